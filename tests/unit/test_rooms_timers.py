"""Stages that close by themselves."""

from collections.abc import Iterator
from pathlib import Path

import gevent
import pytest

from edp_app.core.commands import (
    CloseStage,
    ExtendTimer,
    HoldTimer,
    OpenStage,
    PauseStage,
    ResumeStage,
    SetTimer,
    StepBack,
)
from edp_app.core.refusals import refuse
from edp_app.rooms import Outcome, Room, timers
from tests.support.definitions import short
from tests.support.workshops import StoredWorkshop


@pytest.fixture
def workshop(tmp_path: Path) -> Iterator[StoredWorkshop]:
    workshop = StoredWorkshop(tmp_path / "edp.db", short())
    workshop.must(OpenStage(stage="swot"))
    workshop.rooms.start()
    yield workshop
    workshop.close()


def later(workshop: StoredWorkshop, seconds: float) -> None:
    """So much later, as the timers see it when they next look."""
    workshop.clock.now += round(seconds * 1000)
    workshop.rooms._timers._wake.set()
    gevent.sleep(0.1)
    workshop.room.when_settled()


def closes(workshop: StoredWorkshop) -> bool:
    """Whether the stage is closed soon; a busy machine may take its time."""
    for _ in range(1000):
        if workshop.rooms.loaded() and workshop.room.is_settled and status(workshop) == "closed":
            return True
        gevent.sleep(0.01)
    return False


def status(workshop: StoredWorkshop) -> str:
    return workshop.room.state.runs["swot.1"].status


def closings(workshop: StoredWorkshop) -> list[tuple[str, str]]:
    return [(row[5], row[6]) for row in workshop.log() if row[3] == "stage_closed"]


def test_a_timer_that_was_told_to_closes_the_stage_once(workshop: StoredWorkshop) -> None:
    workshop.must(SetTimer(run="swot.1", seconds=60, close=True))
    ends_at = workshop.clock.now + 60_000
    later(workshop, 59.9)
    assert status(workshop) == "open"
    later(workshop, 0.2)
    assert closes(workshop)
    later(workshop, 600)
    assert closings(workshop) == [("system", f"timer.swot.1.{ends_at}")]


def test_in_real_time(workshop: StoredWorkshop) -> None:
    workshop.room._clock = lambda: workshop.clock.now + round(1000 * (gevent.get_hub().loop.now() - began))
    gevent.get_hub().loop.update_now()
    began = gevent.get_hub().loop.now()
    workshop.must(SetTimer(run="swot.1", seconds=2, close=True))
    assert closes(workshop)
    assert gevent.get_hub().loop.now() - began >= 1.99


def test_one_that_was_not_told_to_does_not(workshop: StoredWorkshop) -> None:
    workshop.must(SetTimer(run="swot.1", seconds=60))
    later(workshop, 90)
    assert status(workshop) == "open"


def test_held_paused_extended_and_removed(workshop: StoredWorkshop) -> None:
    workshop.must(SetTimer(run="swot.1", seconds=60, close=True))
    workshop.must(HoldTimer(run="swot.1", held=True))
    later(workshop, 600)
    assert status(workshop) == "open"
    workshop.must(HoldTimer(run="swot.1", held=False))
    workshop.must(PauseStage(run="swot.1"))
    later(workshop, 600)
    assert status(workshop) == "paused"
    workshop.must(ResumeStage(run="swot.1"))
    workshop.must(ExtendTimer(run="swot.1", seconds=60))
    later(workshop, 70)
    assert status(workshop) == "open"
    workshop.must(SetTimer(run="swot.1", seconds=0))
    later(workshop, 600)
    assert status(workshop) == "open"


def test_one_that_is_extended_in_the_last_moment_closes_nothing(workshop: StoredWorkshop) -> None:
    """The facilitator's extension and the timer's closing are in the same batch, in this order."""
    workshop.must(SetTimer(run="swot.1", seconds=60, close=True))
    extension = gevent.spawn(workshop.do, ExtendTimer(run="swot.1", seconds=60))
    gevent.sleep(0)
    later(workshop, 61)
    assert extension.get().ok
    assert status(workshop) == "open"
    later(workshop, 60)
    assert closes(workshop)


def test_after_stepping_back_it_stays_open(workshop: StoredWorkshop) -> None:
    workshop.must(SetTimer(run="swot.1", seconds=60, close=True))
    later(workshop, 61)
    assert closes(workshop)
    workshop.must(StepBack())
    later(workshop, 600)
    assert status(workshop) == "open"


def test_after_a_restart_it_is_made_up_for(workshop: StoredWorkshop) -> None:
    workshop.must(SetTimer(run="swot.1", seconds=60, close=True))
    workshop.restart()
    workshop.clock.now += 90_000
    workshop.rooms.start()
    assert closes(workshop)
    assert closings(workshop)[0][0] == "system"


def test_a_room_with_such_a_timer_is_not_let_go(workshop: StoredWorkshop) -> None:
    workshop.must(SetTimer(run="swot.1", seconds=60, close=True))
    here = workshop.room
    here.touched -= 3600
    workshop.rooms.drop_idle()
    assert workshop.rooms.loaded() == [here]
    workshop.must(CloseStage(run="swot.1"))
    here.touched -= 3600
    workshop.rooms.drop_idle()
    assert workshop.rooms.loaded() == []


def test_if_it_cannot_be_stored_it_is_tried_again(
    workshop: StoredWorkshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timers, "RETRY_MS", 50)
    tried: list[str] = []
    submit = Room.submit

    def fail_once(here: Room, command: object, ctx: object, content_hash: str) -> Outcome:
        tried.append(content_hash)
        if len(tried) == 1:
            return Outcome(ok=False, refusal=refuse("try_again"))
        return submit(here, command, ctx, content_hash)  # type: ignore[arg-type]

    workshop.must(SetTimer(run="swot.1", seconds=60, close=True))
    monkeypatch.setattr(Room, "submit", fail_once)
    later(workshop, 61)
    while not tried:
        gevent.sleep(0.01)
    assert status(workshop) == "open"
    later(workshop, 0.06)
    assert closes(workshop)
    assert len(tried) == 2
