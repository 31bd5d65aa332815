"""How a workshop moves: stages opened, held, closed, revealed, stepped back from; timer and end."""

from edp_app.core.bringing import brought
from edp_app.core.commands import (
    CloseStage,
    Context,
    EndWorkshop,
    ExtendTimer,
    HoldTimer,
    OpenStage,
    PauseStage,
    ReopenWorkshop,
    ResumeStage,
    RevealResult,
    SetTimer,
    StepBack,
    Stood,
)
from edp_app.core.definition import Stage, kind_of
from edp_app.core.events import (
    CodeGiven,
    Event,
    ResultRevealed,
    StageCancelled,
    StageClosed,
    StageOpened,
    StagePaused,
    StageReopened,
    StageResumed,
    TimerSet,
    WorkshopEnded,
    WorkshopReopened,
)
from edp_app.core.items import due
from edp_app.core.refusals import Refusal, refuse
from edp_app.core.registry import Decides, Evolves
from edp_app.core.stages import kind_by_id
from edp_app.core.state import Run, State, Stopped, Timer


def known_run(state: State, run_id: str) -> Run | Refusal:
    """The run with this id, if it was not cancelled."""
    run = state.runs.get(run_id)
    return refuse("unknown_run") if run is None or run.status == "cancelled" else run


def running(state: State, run_id: str) -> Run | Refusal:
    """The run with this id, if it is the one that is open or paused."""
    run = known_run(state, run_id)
    if isinstance(run, Refusal):
        return run
    return run if run.running else refuse("stage_closed")


def next_run_id(state: State, stage: Stage) -> str:
    """``stage.n``; cancelled runs keep their number, so that an id never means two runs."""
    return f"{stage.id}.{1 + sum(r.stage.id == stage.id for r in state.runs.values())}"


def open_stage(state: State, command: OpenStage, ctx: Context) -> list[Event] | Refusal:
    """A closed run that was not revealed goes on; else a new run begins. The open run is closed first."""
    stage = state.definition.stage(command.stage)
    if stage is None:
        return refuse("unknown_stage")
    if state.ended:
        return refuse("workshop_ended")
    open_now = state.open_run()
    if open_now and open_now.stage.id == stage.id:
        return refuse("stage_open")
    kind = kind_by_id(kind_of(stage.settings))
    if refusal := kind.may_open(state, stage):
        return refusal
    events: list[Event] = brought(state, due(state))
    events += [StageClosed(run=open_now.id)] if open_now else []
    closes = open_now.id if open_now else None
    before = state.runs_of(stage.id)
    latest = before[-1] if before else None
    if latest and not latest.revealed and kind.resumable(state, latest):
        events.append(StageReopened(run=latest.id, closes=closes))
    else:
        after = latest.id if latest else None
        run = next_run_id(state, stage)
        events.append(StageOpened(stage=stage.id, run=run, again_after=after, closes=closes))
    return events


def pause(state: State, command: PauseStage, ctx: Context) -> list[Event] | Refusal:
    run = running(state, command.run)
    if isinstance(run, Refusal):
        return run
    return [] if run.status == "paused" else [StagePaused(run=run.id)]


def resume(state: State, command: ResumeStage, ctx: Context) -> list[Event] | Refusal:
    run = running(state, command.run)
    if isinstance(run, Refusal):
        return run
    return [StageResumed(run=run.id)] if run.status == "paused" else []


def close(state: State, command: CloseStage, ctx: Context) -> list[Event] | Refusal:
    run = known_run(state, command.run)
    if isinstance(run, Refusal):
        return run
    if ctx.role == "system" and not _has_run_out(run.timer, ctx.now):
        return []  # the timer was moved, held or removed while this was on its way
    return [StageClosed(run=run.id)] if run.running else []


def _has_run_out(timer: Timer | None, now: int) -> bool:
    return timer is not None and timer.close and timer.ends_at is not None and timer.ends_at <= now


def reveal(state: State, command: RevealResult, ctx: Context) -> list[Event] | Refusal:
    run = known_run(state, command.run)
    if isinstance(run, Refusal):
        return run
    if not kind_by_id(run.kind).reveals:
        return refuse("unknown_run")
    if run.running:
        return refuse("stage_open")
    return [] if run.revealed else [ResultRevealed(run=run.id)]


def step_back(state: State, command: StepBack, ctx: Context) -> list[Event] | Refusal:
    """Undo the latest opening or closing. Nothing that people sent in is lost by it, nor is a pause, nor what
    was left of the timer: it is held until it is let run on. Pressed by two at once, it is done once: the
    second stands before something else than it saw."""
    if (command.run or state.current) != state.current or command.stood not in (None, _stood(state)):
        return refuse("outdated")
    if state.ended:
        return [WorkshopReopened()]
    run = state.now()
    if run is None or run.status == "cancelled":
        return refuse("nothing_to_undo")
    if run.running:
        used = run.contributions or run.closings
        undone: Event = StageClosed(run=run.id) if used else StageCancelled(run=run.id)
        before = state.runs.get(run.closes) if run.closes else None
        if before is None or before.revealed or before.status != "closed":
            return [undone]
        return [undone, *_reopened(before)]
    if run.revealed:
        again = next_run_id(state, run.stage)
        return [StageOpened(stage=run.stage.id, run=again, again_after=run.id)]
    return _reopened(run)


def _reopened(run: Run) -> list[Event]:
    events: list[Event] = [StageReopened(run=run.id)]
    if run.stopped and run.stopped.paused:
        events.append(StagePaused(run=run.id))
    if run.stopped and (timer := run.stopped.timer):
        held = timer.held or not run.stopped.paused
        events.append(TimerSet(run=run.id, left=timer.left, close=timer.close, held=held))
    return events


def _stood(state: State) -> Stood | None:
    run = state.now()
    if state.ended:
        return "ended"
    if run is None:
        return None
    return "running" if run.running else "revealed" if run.revealed else "closed"


def set_timer(state: State, command: SetTimer, ctx: Context) -> list[Event] | Refusal:
    run = running(state, command.run)
    if isinstance(run, Refusal):
        return run
    if command.seconds == 0:
        return [TimerSet(run=run.id)] if run.timer else []
    length = command.seconds * 1000
    held = bool(run.timer and run.timer.held)
    if held or run.status == "paused":
        return [TimerSet(run=run.id, left=length, close=command.close, held=held)]
    return [TimerSet(run=run.id, ends_at=ctx.now + length, close=command.close)]


def extend_timer(state: State, command: ExtendTimer, ctx: Context) -> list[Event] | Refusal:
    run = running(state, command.run)
    if isinstance(run, Refusal):
        return run
    timer = run.timer
    if timer is None:
        return []
    more = command.seconds * 1000
    if timer.left is not None:
        return [TimerSet(run=run.id, left=timer.left + more, close=timer.close, held=timer.held)]
    return [TimerSet(run=run.id, ends_at=max(timer.ends_at or 0, ctx.now) + more, close=timer.close)]


def hold_timer(state: State, command: HoldTimer, ctx: Context) -> list[Event] | Refusal:
    """In a paused run only what happens when it goes on is changed: its timer does not run meanwhile."""
    run = running(state, command.run)
    if isinstance(run, Refusal):
        return run
    timer = run.timer
    if timer is None or command.held == timer.held:
        return []
    left = timer.left if timer.left is not None else max(0, (timer.ends_at or ctx.now) - ctx.now)
    if command.held or run.status == "paused":
        return [TimerSet(run=run.id, left=left, close=timer.close, held=command.held)]
    return [TimerSet(run=run.id, ends_at=ctx.now + left, close=timer.close)]


def end(state: State, command: EndWorkshop, ctx: Context) -> list[Event] | Refusal:
    if state.ended:
        return []
    open_now = state.open_run()
    return [*([StageClosed(run=open_now.id)] if open_now else []), WorkshopEnded()]


def reopen(state: State, command: ReopenWorkshop, ctx: Context) -> list[Event] | Refusal:
    return [WorkshopReopened()] if state.ended else []


# ---- what the events do


def on_opened(state: State, event: StageOpened, at: int, actor: str) -> None:
    stage = state.definition.stage(event.stage)
    if stage is None:
        return
    kind = kind_by_id(kind_of(stage.settings))
    state.runs[event.run] = Run(
        id=event.run,
        stage=stage,
        kind=kind.id,
        number=1 + len(state.runs_of(stage.id)),
        opened_at=at,
        opened_seq=state.seq,
        since=at,
        again_after=event.again_after,
        closes=event.closes,
        data=kind.start(state, stage),
    )
    state.current = event.run
    state.reminder = None


def on_paused(state: State, event: StagePaused, at: int, actor: str) -> None:
    run = state.runs[event.run]
    run.status = "paused"
    if run.timer and run.timer.ends_at is not None:
        run.timer = Timer(left=max(0, run.timer.ends_at - at), close=run.timer.close)


def on_resumed(state: State, event: StageResumed, at: int, actor: str) -> None:
    run = state.runs[event.run]
    run.status = "open"
    if run.timer and run.timer.left is not None and not run.timer.held:
        run.timer = Timer(ends_at=at + run.timer.left, close=run.timer.close)


def on_closed(state: State, event: StageClosed, at: int, actor: str) -> None:
    run = state.runs[event.run]
    run.stopped = _stopped(run, at)
    run.status, run.timer = "closed", None
    run.took += at - run.since
    run.closings += 1
    state.reminder = None
    run.closed_at, run.closed_seq, run.closing_digest = at, state.seq, state.digest
    run.groups_then = {p.id: p.group for p in state.persons.values() if p.group}
    run.sides_then = {p.id: p.territory for p in state.persons.values() if p.territory}
    run.funders_then = frozenset(p.id for p in state.persons.values() if p.funder)
    for person, (group, territory) in run.late.items():
        run.stand(person, group, territory)
    kind_by_id(run.kind).close(state, run)


def _stopped(run: Run, at: int) -> Stopped:
    timer, left = run.timer, 0
    if timer is not None:
        left = timer.left if timer.left is not None else max(0, (timer.ends_at or at) - at)
    rest = Timer(left=left, close=timer.close, held=timer.held) if timer and left else None
    return Stopped(paused=run.status == "paused", timer=rest)


def on_reopened(state: State, event: StageReopened, at: int, actor: str) -> None:
    run = state.runs[event.run]
    run.status = "open"
    run.closed_at = run.closed_seq = None
    run.opened_seq, run.closes = state.seq, event.closes  # it is the latest again
    run.reopened_at = run.since = at
    run.closing_digest, run.groups_then = "", {}
    run.sides_then, run.funders_then = {}, frozenset()
    kind_by_id(run.kind).go_on(state, run)
    state.current = run.id
    state.reminder = None


def on_cancelled(state: State, event: StageCancelled, at: int, actor: str) -> None:
    run = state.runs[event.run]
    run.status, run.timer = "cancelled", None
    kept = [r for r in state.runs.values() if r.status != "cancelled"]
    state.current = max(kept, key=lambda r: r.opened_seq).id if kept else None
    state.reminder = None


def on_revealed(state: State, event: ResultRevealed, at: int, actor: str) -> None:
    run = state.runs[event.run]
    run.revealed = True
    kind_by_id(run.kind).reveal(state, run)


def on_timer(state: State, event: TimerSet, at: int, actor: str) -> None:
    run = state.runs[event.run]
    if event.ends_at is None and event.left is None:
        run.timer = None
        return
    run.timer = Timer(ends_at=event.ends_at, left=event.left, close=event.close, held=event.held)


def on_code(state: State, event: CodeGiven, at: int, actor: str) -> None:
    state.code = event.code


def on_ended(state: State, event: WorkshopEnded, at: int, actor: str) -> None:
    state.ended, state.ended_at = True, at


def on_workshop_reopened(state: State, event: WorkshopReopened, at: int, actor: str) -> None:
    state.ended, state.ended_at = False, None


DECIDES: Decides = {
    OpenStage: open_stage,
    PauseStage: pause,
    ResumeStage: resume,
    CloseStage: close,
    RevealResult: reveal,
    StepBack: step_back,
    SetTimer: set_timer,
    ExtendTimer: extend_timer,
    HoldTimer: hold_timer,
    EndWorkshop: end,
    ReopenWorkshop: reopen,
}
EVOLVES: Evolves = {
    StageOpened: on_opened,
    StagePaused: on_paused,
    StageResumed: on_resumed,
    StageClosed: on_closed,
    StageReopened: on_reopened,
    StageCancelled: on_cancelled,
    ResultRevealed: on_revealed,
    TimerSet: on_timer,
    CodeGiven: on_code,
    WorkshopEnded: on_ended,
    WorkshopReopened: on_workshop_reopened,
}
