"""The plan while the workshop runs: minutes of a stage, what is left out, when it is to end; and who is
waited for in front of everybody."""

from edp_app.core.commands import Context, PlanEnd, PlanStage, RemindRoom
from edp_app.core.events import EndPlanned, Event, RoomReminded, StagePlanned
from edp_app.core.refusals import Refusal, refuse
from edp_app.core.registry import Decides, Evolves, Json
from edp_app.core.stages import kind_by_id
from edp_app.core.state import Planned, Reminder, Run, State

FARTHEST_END = 366 * 24 * 3_600_000
"""How far from now the end may be planned (ms), either way: an undo may put one back that has passed."""

FEWEST_NAMED = 3
"""How many of a group are here, at the least, where the whole room is told that its answers are missing."""


def plan_stage(state: State, command: PlanStage, ctx: Context) -> list[Event] | Refusal:
    """``unknown_stage``; ``stage_closed`` for one that was held; ``stage_open`` for leaving out one that is
    on."""
    stage = state.definition.stage(command.stage)
    if stage is None:
        return refuse("unknown_stage")
    runs = state.runs_of(stage.id)
    if runs and not runs[-1].running:
        return refuse("stage_closed")
    if runs and command.skipped:
        return refuse("stage_open")
    before = Planned(state.minutes_of(stage), state.is_skipped(stage.id))
    after = Planned(
        minutes=before.minutes if command.minutes is None else command.minutes,
        skipped=before.skipped if command.skipped is None else command.skipped,
    )
    if after == before:
        return []
    return [StagePlanned(stage=stage.id, minutes=after.minutes, skipped=after.skipped)]


def plan_end(state: State, command: PlanEnd, ctx: Context) -> list[Event] | Refusal:
    """``bad_value`` for an end that is more than a year away, or before the beginning."""
    end, start = command.ends_at, command.starts_at if command.ends_at is not None else None
    if (end, start) == (state.ends_at, state.starts_at):
        return []
    if any(at is not None and abs(at - ctx.now) > FARTHEST_END for at in (end, start)):
        return refuse("bad_value")
    if end is not None and start is not None and end <= start:
        return refuse("bad_value")
    return [EndPlanned(ends_at=end, starts_at=start)]


def remind(state: State, command: RemindRoom, ctx: Context) -> list[Event] | Refusal:
    """``unknown_group``; ``stage_closed`` where nothing can be sent in that could be waited for."""
    if command.group is None:
        return [RoomReminded()] if state.reminder else []
    if all(group.id != command.group for group in state.definition.groups):
        return refuse("unknown_group")
    if command.about == "answered" and state.open_run() is None:
        return refuse("stage_closed")
    if state.reminder == Reminder(command.about, command.group):
        return []
    return [RoomReminded(group=command.group, about=command.about)]


def reminder_view(state: State) -> Json | None:
    """Who is waited for, as everyone is told. Of those who are to come it says how many are here of how many
    expected, which the screen shows anyway, and nothing any more once all are. Of those who are to answer it
    says no number: how many of a small group have voted is told to nobody but the facilitator. A group of
    which fewer than :data:`FEWEST_NAMED` are here is not named either: that would point at a person."""
    reminder = state.reminder
    if reminder is None or state.ended:
        return None
    shown: Json = {"about": reminder.about, "group": reminder.group}
    if reminder.about == "answered":
        run = state.open_run()
        if run is None or not _awaited(state, run, reminder.group):
            return None
        if state.persons_by_group().get(reminder.group, 0) < FEWEST_NAMED:
            del shown["group"]
        return shown | {"kind": kind_by_id(run.kind).id}
    expected = state.expected().get(reminder.group)
    here = state.persons_by_group().get(reminder.group, 0)
    if expected is None:
        return shown
    return shown | {"here": here, "expected": expected} if here < expected else None


def settle(state: State) -> None:
    """Nobody is asked to answer any more once all of the group have: then that is over, also if one of them
    takes an answer back or another one joins them."""
    reminder, run = state.reminder, state.open_run()
    if reminder and reminder.about == "answered" and run and not _awaited(state, run, reminder.group):
        state.reminder = None


def _awaited(state: State, run: Run, group: str) -> bool:
    """Whether anybody of a group who can send something in this run has not: who is on paper sends nothing,
    and what a table wrote together, all who sit at it have written."""
    there = {person.id for person in state.persons.values() if person.group == group and not person.paper}
    took_part = kind_by_id(run.kind).took_part(state, run)
    if run.kind == "gather":
        took_part = took_part.union(*(state.seats.get(person, []) for person in took_part))
    return not there <= took_part


def on_planned(state: State, event: StagePlanned, at: int, actor: str) -> None:
    state.plan[event.stage] = Planned(event.minutes, event.skipped)
    state.edition = state.seq


def on_end(state: State, event: EndPlanned, at: int, actor: str) -> None:
    state.ends_at, state.starts_at = event.ends_at, event.starts_at


def on_reminded(state: State, event: RoomReminded, at: int, actor: str) -> None:
    state.reminder = Reminder(event.about, event.group) if event.group else None


DECIDES: Decides = {PlanStage: plan_stage, PlanEnd: plan_end, RemindRoom: remind}
EVOLVES: Evolves = {StagePlanned: on_planned, EndPlanned: on_end, RoomReminded: on_reminded}
