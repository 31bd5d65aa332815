"""The stages of a workshop, its groups and its territories, prepared otherwise before its first stage was
opened."""

import msgspec

from edp_app.core.commands import Context, EditWorkshop
from edp_app.core.definition import Definition, Stage
from edp_app.core.events import Event, WorkshopEdited
from edp_app.core.formats import could_be_read
from edp_app.core.hours import TIMES
from edp_app.core.refusals import Refusal, refuse
from edp_app.core.registry import Decides, Evolves
from edp_app.core.removed import removal_of, still_out
from edp_app.core.state import Planned, State


def edit_workshop(state: State, command: EditWorkshop, ctx: Context) -> list[Event] | Refusal:
    """``workshop_begun`` once a stage was opened, and for groups and territories once somebody has come or
    was invited: they are what people chose from. ``outdated`` where it replaces other stages than those that
    there are; ``bad_value`` for a workshop that could not be read from a format file either."""
    if state.now():
        return refuse("workshop_begun")
    if command.edition != state.edition:
        return refuse("outdated")
    before = state.definition
    after = asking_its_groups(_with(before, command))
    if not may_change_groups(state) and (after.groups, after.territories) != (
        before.groups,
        before.territories,
    ):
        return refuse("workshop_begun")
    if after == before.prepared(stages_as_planned(state)):
        return []
    if not could_be_read(after):
        return refuse("bad_value")
    times = {name: getattr(after, name) for name in TIMES if getattr(after, name) != getattr(before, name)}
    return [WorkshopEdited(stages=after.stages, groups=after.groups, territories=after.territories, **times)]


def _with(before: Definition, change: EditWorkshop | WorkshopEdited) -> Definition:
    """A workshop after such a change."""
    return before.prepared(
        change.stages,
        groups=change.groups,
        territories=change.territories,
        starts=change.starts,
        ends=change.ends,
    )


def asking_its_groups(definition: Definition) -> Definition:
    """The same workshop without what is asked of groups that it does not have."""
    known = {group.id for group in definition.groups}
    stages = [
        msgspec.structs.replace(
            stage, prompt_for={g: words for g, words in stage.prompt_for.items() if g in known}
        )
        if stage.prompt_for.keys() - known
        else stage
        for stage in definition.stages
    ]
    return msgspec.structs.replace(definition, stages=stages)


def may_change_groups(state: State) -> bool:
    """Whether nobody has come yet, nor was invited."""
    return not (state.now() or state.numbered or state.badges)


def stages_as_planned(state: State) -> list[Stage]:
    """The stages with the minutes that are planned for them now."""
    return [
        msgspec.structs.replace(stage, minutes=state.minutes_of(stage)) for stage in state.definition.stages
    ]


def edited(before: Definition, event: WorkshopEdited) -> Definition:
    """A workshop after it was edited; stages that stayed as they were are the same in memory, too."""
    then = {stage.id: stage for stage in before.stages}
    same = [then[stage.id] if then.get(stage.id) == stage else stage for stage in event.stages]
    return _with(before, msgspec.structs.replace(event, stages=same))


def on_edited(state: State, event: WorkshopEdited, at: int, actor: str) -> None:
    was = state.definition.prepared(stages_as_planned(state))
    out = [stage.id for stage in was.stages if state.is_skipped(stage.id)]
    there = {stage.id for stage in was.stages}
    again = {stage for one in state.removed for stage in one.skipped} - there
    skipped = [stage for stage in event.stages if stage.id in again.union(out)]
    state.definition = edited(was, event)
    if any(getattr(event, name) is not None for name in TIMES):
        state.ends_at = state.starts_at = None  # the console asks again, and begins with these
    removal = removal_of(state.seq, was, state.definition, out, state.removed)
    state.removed = still_out([*state.removed, removal] if removal else state.removed, state.definition)
    state.items.clear()  # what was brought in: it comes again, as it is then, with the next opening
    state.apart = set()
    state.plan = {stage.id: Planned(stage.minutes, skipped=True) for stage in skipped}
    state.edition = state.seq
    state.added &= {stage.id for stage in event.stages}
    # what was done to stages as they were cannot be taken back any more
    state.acts[:] = [act for act in state.acts if act.what not in _OF_STAGES]
    if state.reminder and all(group.id != state.reminder.group for group in state.definition.groups):
        state.reminder = None


_OF_STAGES = frozenset(("stage_planned", "stage_moved", "stage_added", "stage_removed"))

DECIDES: Decides = {EditWorkshop: edit_workshop}
EVOLVES: Evolves = {WorkshopEdited: on_edited}
