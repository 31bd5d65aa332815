"""Counting away from the loop: what is waited for, what is counted ahead, what happens when a child fails."""

from collections.abc import Callable
from typing import Any

import pytest

from edp_app.core.commands import AddItem, CastBallot, CloseStage, Describe, Join, OpenStage, RevealResult
from edp_app.core.stages import kind_by_id
from edp_app.core.views import view
from edp_app.rooms import counting
from edp_app.rooms.counting import Counter
from tests.support.definitions import short
from tests.support.memory import MemoryWorkshop

Json = dict[str, Any]


@pytest.fixture
def room() -> MemoryWorkshop:
    """A vote that is closed and not revealed."""
    room = MemoryWorkshop(short(passes=1))
    people = [f"p:{n}" for n in range(4)]
    for person in people:
        room.must(Join(), person)
        room.must(Describe(group="business"), person)
    room.must(OpenStage(stage="swot"))
    room.must(AddItem(run="swot.1", column="s", title="Sol"), people[0])
    room.must(OpenStage(stage="weigh"))
    item = next(iter(room.state.items))
    for person in people:
        room.must(CastBallot(run="weigh.1", item=item, dots=1), person)
    room.must(CloseStage(run="weigh.1"))
    return room


def counted(room: MemoryWorkshop) -> bool:
    run = room.state.runs["weigh.1"]
    return kind_by_id(run.kind).to_count(room.state, run) is None


def apart(calls: list[tuple[str, str, int]], figures: Json) -> Callable[[str, str, int], Json]:
    def count(code: str, run: str, seq: int) -> Json:
        calls.append((code, run, seq))
        return figures

    return count


def test_what_is_small_is_counted_once_it_is_revealed_and_in_no_other_process(room: MemoryWorkshop) -> None:
    calls: list[tuple[str, str, int]] = []
    counter = Counter(apart(calls, {}))
    counter.count(room.state, ahead=True)
    assert not counted(room)
    room.must(RevealResult(run="weigh.1"))
    assert not counter.is_ready(room.state)
    counter.count(room.state)
    assert counter.is_ready(room.state)
    assert calls == []
    assert kind_by_id("vote").result(room.state, room.state.runs["weigh.1"])["voters"] == 4


def test_what_is_big_is_counted_ahead_in_a_process_of_its_own(
    room: MemoryWorkshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "BIG", 1)
    calls: list[tuple[str, str, int]] = []
    counter = Counter(apart(calls, {"voters": 99}))
    counter.count(room.state, ahead=True)
    assert calls == [(room.state.code, "weigh.1", room.state.seq)]
    room.must(RevealResult(run="weigh.1"))
    assert counter.is_ready(room.state)
    assert kind_by_id("vote").result(room.state, room.state.runs["weigh.1"]) == {"voters": 99}


def fails(code: str, run: str, seq: int) -> Json:
    raise OSError("no more processes")


def test_where_the_process_fails_it_is_counted_here_once_somebody_waits_for_it(
    room: MemoryWorkshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "BIG", 1)
    counter = Counter(fails)
    counter.count(room.state, ahead=True)
    assert not counted(room)
    room.must(RevealResult(run="weigh.1"))
    counter.count(room.state)
    assert counted(room)
    assert kind_by_id("vote").result(room.state, room.state.runs["weigh.1"])["voters"] == 4


def test_what_failed_ahead_is_not_tried_again_before_the_reveal(
    room: MemoryWorkshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "BIG", 1)
    tried = []

    def apart(code: str, run: str, seq: int) -> Json:
        tried.append(run)
        raise OSError("no more processes")

    counter = Counter(apart)
    counter.count(room.state, ahead=True)
    counter.count(room.state, ahead=True)
    assert tried == ["weigh.1"]


def test_what_cannot_be_counted_at_all_is_not_tried_for_ever(
    room: MemoryWorkshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.must(RevealResult(run="weigh.1"))

    def broken(self: object, voted: object) -> Json:
        raise ArithmeticError

    monkeypatch.setattr("edp_app.core.voting.dots.Dots.result", broken)
    counter = Counter(None)
    counter.count(room.state)
    assert counter.is_ready(room.state)
    assert "result" not in view(room.state, "screen")["now"]
