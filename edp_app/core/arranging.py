"""The agenda while the workshop runs: stages that were not opened yet change places, stages of the library
are put in. What is left out, and with how many minutes, is the plan: :mod:`edp_app.core.planning`."""

from collections.abc import Sequence

import msgspec

from edp_app.core.commands import AddStage, Command, Context, MoveStage, RemoveStage
from edp_app.core.definition import (
    MOST_STAGES,
    PLACEHOLDER,
    AskSettings,
    CriteriaMethod,
    Definition,
    Stage,
    VoteSettings,
    in_language,
)
from edp_app.core.events import Event, StageAdded, StageMoved, StageRemoved
from edp_app.core.formats.adding import REFERENCES, added, fewer_then, title_of, weighed_by
from edp_app.core.formats.source import Table
from edp_app.core.plan import needs
from edp_app.core.refusals import Refusal, refuse
from edp_app.core.registry import Decides, Evolves
from edp_app.core.state import Act, State
from edp_app.core.text import clean, clean_lines

LONGEST_TITLE = 200
LONGEST_QUESTION = 600
LONGEST_ID = 32


def ids(definition: Definition) -> tuple[str, ...]:
    """The stages in their order."""
    return tuple(stage.id for stage in definition.stages)


def upto(definition: Definition, stage_id: str) -> list[Stage]:
    """The stages up to this one, and with it; none if there is no such stage."""
    known = ids(definition)
    return definition.stages[: 1 + known.index(stage_id)] if stage_id in known else []


def order_after(state: State, event: StageMoved | StageAdded | StageRemoved) -> tuple[str, ...]:
    """Their order once this has happened."""
    return tuple(stage.id for stage in _arranged(state.definition.stages, event))


# ---- moving


def move_stage(state: State, command: MoveStage, ctx: Context) -> list[Event] | Refusal:
    """``place_passed`` for one that was opened; ``stage_needs``; ``unknown_stage``."""
    if refusal := why_not_moved(state, command):
        return refusal
    moved = StageMoved(stage=command.stage, after=command.after)
    return [] if order_after(state, moved) == ids(state.definition) else [moved]


def why_not_moved(state: State, command: MoveStage) -> Refusal | None:
    """Why a stage cannot go there, or None."""
    definition = state.definition
    known = ids(definition)
    if command.stage not in known or (command.after and command.after not in known):
        return refuse("unknown_stage")
    if command.after == command.stage:
        return refuse("bad_value")
    order = _arranged(definition.stages, StageMoved(stage=command.stage, after=command.after))
    if state.runs_of(command.stage):
        return refuse("place_passed")
    return _out_of_order(order, definition.language)


def _out_of_order(order: Sequence[Stage], language: str) -> Refusal | None:
    """The first stage that would come before one that it needs."""
    before: set[str] = set()
    titles = {stage.id: in_language(stage.title, language) for stage in order}
    for stage in order:
        if missing := sorted(needs(stage) - before):
            return _needed(titles[stage.id], titles.get(missing[0], missing[0]))
        before.add(stage.id)
    return None


def _needed(stage: str, other: str) -> Refusal:
    return refuse("stage_needs", stage=stage, other=other)


# ---- putting in, and taking out again


def add_stage(state: State, command: AddStage, ctx: Context) -> list[Event] | Refusal:
    """``unknown_preset``, ``unknown_stage``; ``place_passed`` before the current stage; ``stage_needs`` where
    it would refer to a later one; ``empty_text`` for a question that the workshop's language lacks;
    ``does_not_fit`` where a file could not have it; ``too_many_stages``."""
    definition = state.definition
    preset = ctx.library.presets.get(command.preset)
    if preset is None:
        return refuse("unknown_preset")
    words = _own_words(command, definition.language, preset.raw.get("year") is not None)
    if isinstance(words, Refusal):
        return words
    referred = {key: one for key in REFERENCES if (one := getattr(command, key)) is not None}
    called = words.get("title") or in_language(title_of(preset, definition.language), definition.language)
    if refusal := _why_not_there(state, command, called, list(referred.values())):
        return refusal
    fewer = fewer_then(preset, definition.stage(command.of) if command.of else None)
    own = {"use": command.preset, "id": _free_id(state, command.preset), **referred, **fewer, **words}
    if command.minutes is not None:
        own["minutes"] = command.minutes
    needed = _needed_of(definition.stages, set(referred.values()))
    stage = added(definition, needed, own, ctx.library)
    if isinstance(stage, list):
        return refuse("does_not_fit")
    weighs = weighed_by(stage, waiting_after(state, command.after))
    return [StageAdded(stage=stage, after=command.after, weighs=weighs)]


def waiting_after(state: State, stage_id: str) -> list[Stage]:
    """The stages that come after this one ("": all of them) and were not opened."""
    later = state.definition.stages[len(upto(state.definition, stage_id)) :]
    return [stage for stage in later if not state.runs_of(stage.id)]


def _own_words(command: AddStage, language: str, has_year: bool) -> Table | Refusal:
    """The title and the question that it is given here, instead of those of the library. In the question
    nothing can stand for something else, but the year, where the stage has one."""
    title = clean(command.title, LONGEST_TITLE, required=False)
    if isinstance(title, Refusal):
        return title
    asked = {}
    for code, raw in command.prompt.items():
        text = clean_lines(raw, LONGEST_QUESTION, required=code == language)
        if isinstance(text, Refusal):
            return text
        if any(name != "year" or not has_year for name in PLACEHOLDER.findall(text)):
            return refuse("bad_text")
        if text:
            asked[code] = text
    if asked and language not in asked:
        return refuse("empty_text")
    return ({"title": title} if title else {}) | ({"prompt": asked} if asked else {})


def _why_not_there(state: State, command: AddStage, called: str, referred: Sequence[str]) -> Refusal | None:
    order = state.definition.stages
    known = ids(state.definition)
    if any(one not in known for one in (*referred, *([command.after] if command.after else []))):
        return refuse("unknown_stage")
    if len(order) >= MOST_STAGES:
        return refuse("too_many_stages", most=MOST_STAGES)
    at = 1 + known.index(command.after) if command.after else 0
    now = state.now()
    if now is not None and at <= known.index(now.stage.id):
        return refuse("place_passed")
    for stage in order[at:]:
        if stage.id in referred:
            return _needed(called, in_language(stage.title, state.definition.language))
    return None


def _free_id(state: State, preset: str) -> str:
    """The preset's name or, with a number, as much of it as leaves room for one: an id that no stage has, and
    none had that was taken out again."""
    taken = {*ids(state.definition), *state.added}
    number, found = 1, preset[:LONGEST_ID]
    while found in taken:
        number += 1
        end = f"_{number}"
        found = preset[: LONGEST_ID - len(end)] + end
    return found


def _needed_of(order: Sequence[Stage], named: set[str]) -> list[Stage]:
    """The stages named, with those that they need themselves: enough to read one that refers to them."""
    wanted = set(named)
    for stage in reversed(order):
        if stage.id in wanted:
            wanted |= needs(stage)
    return [stage for stage in order if stage.id in wanted]


def remove_stage(state: State, command: RemoveStage, ctx: Context) -> list[Event] | Refusal:
    """``unknown_stage`` for one that was not put in; ``place_passed`` once it was opened; ``stage_needs``."""
    return why_not_removed(state, command) or [StageRemoved(stage=command.stage)]


def why_not_removed(state: State, command: RemoveStage) -> Refusal | None:
    """Why a stage cannot be taken out again, or None. A vote that takes its weights from it has its own
    again; one that was opened is never changed."""
    definition = state.definition
    if definition.stage(command.stage) is None or command.stage not in state.added:
        return refuse("unknown_stage")
    if state.runs_of(command.stage):
        return refuse("place_passed")
    titles = {stage.id: in_language(stage.title, definition.language) for stage in definition.stages}
    for stage in definition.stages:
        if command.stage in needs(stage) and (weighs_by(stage) != command.stage or state.runs_of(stage.id)):
            return _needed(titles[stage.id], titles[command.stage])
    return None


# ---- taking it back


def moved_back(state: State, act: Act) -> list[Command]:
    """What takes a move back. Not while the agenda was changed otherwise since: that is taken back first."""
    if ids(state.definition) != act.became:
        return []
    at = act.was.index(act.stage)
    back = MoveStage(stage=act.stage, after=act.was[at - 1] if at else "")
    return [] if why_not_moved(state, back) else [back]


def taken_out(state: State, act: Act) -> list[Command]:
    """What takes a stage out that was put in; as in :func:`moved_back`."""
    out = RemoveStage(stage=act.stage)
    return [] if ids(state.definition) != act.became or why_not_removed(state, out) else [out]


# ---- what the events do


def arranged(definition: Definition, event: StageMoved | StageAdded | StageRemoved) -> Definition:
    """The workshop once this has happened."""
    stages = _arranged(definition.stages, event)
    match event:
        case StageAdded(stage=Stage(settings=AskSettings()), weighs=[_, *_]):  # a record may be altered
            taking = set(event.weighs)
            stages = [_weighing(one, event.stage.id) if one.id in taking else one for one in stages]
        case StageRemoved():
            stages = [_weighing(one, None) if weighs_by(one) == event.stage else one for one in stages]
    return msgspec.structs.replace(definition, stages=stages)


def weighs_by(stage: Stage) -> str | None:
    """The stage from which a vote by criteria takes the weights that the room agrees on, if from any."""
    method = getattr(stage.settings, "method", None)
    return method.weights_from if isinstance(method, CriteriaMethod) else None


def _weighing(stage: Stage, asking: str | None) -> Stage:
    """A vote by criteria that takes its weights from that stage, or from none."""
    settings = stage.settings
    if not isinstance(settings, VoteSettings) or not isinstance(settings.method, CriteriaMethod):
        return stage
    method = msgspec.structs.replace(settings.method, weights_from=asking)
    return msgspec.structs.replace(stage, settings=msgspec.structs.replace(settings, method=method))


def _arranged(stages: Sequence[Stage], event: StageMoved | StageAdded | StageRemoved) -> list[Stage]:
    of = event.stage.id if isinstance(event, StageAdded) else event.stage
    mine = event.stage if isinstance(event, StageAdded) else next((s for s in stages if s.id == of), None)
    rest = [stage for stage in stages if stage.id != of]
    if isinstance(event, StageRemoved) or mine is None:
        return rest
    at = next((n for n, stage in enumerate(rest, start=1) if stage.id == event.after), 0)
    return [*rest[:at], mine, *rest[at:]]


def on_moved(state: State, event: StageMoved, at: int, actor: str) -> None:
    state.definition = arranged(state.definition, event)


def on_added(state: State, event: StageAdded, at: int, actor: str) -> None:
    state.definition = arranged(state.definition, event)
    state.added.add(event.stage.id)


def on_removed(state: State, event: StageRemoved, at: int, actor: str) -> None:
    state.definition = arranged(state.definition, event)
    state.plan.pop(event.stage, None)


DECIDES: Decides = {MoveStage: move_stage, AddStage: add_stage, RemoveStage: remove_stage}
EVOLVES: Evolves = {StageMoved: on_moved, StageAdded: on_added, StageRemoved: on_removed}
