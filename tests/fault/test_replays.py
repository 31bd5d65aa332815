"""The bytes of an operation sent again: on the same line, on another of the same person, by somebody else."""

import random
import time
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from edp_app.log import store
from tests.support.fault_hall import Hall
from tests.support.fault_raw import RawPage
from tests.support.fault_results import Results
from tests.support.fault_server import FaultServer

ANA, BETO, STRANGER = (f"{name}-{'s' * 32}" for name in ("ana", "beto", "stranger"))


class Room:
    """A workshop in which two people have joined, with whoever else a test brings."""

    def __init__(self, server: FaultServer, stack: ExitStack) -> None:
        self.server, self._stack = server, stack
        self.hall = Hall(server)
        self.console = self._enter(RawPage(server.port, "console", self.hall.code, cookie=self.hall.cookie))
        self.ana, self.beto = self.phone(ANA), self.phone(BETO)
        for page in (self.ana, self.beto):
            assert page.op("join-it-is", "join")["ok"]
            assert page.op("this-group", "describe", group="business")["ok"]
        assert self.console.op("open-first", "open_stage", stage="swot")["ok"]

    def phone(self, secret: str) -> RawPage:
        """One more connection of this person."""
        return self._enter(RawPage(self.server.port, "phone", self.hall.code, secret=secret))

    def screen(self) -> RawPage:
        return self._enter(RawPage(self.server.port, "screen", self.hall.code))

    def _enter(self, page: RawPage) -> RawPage:
        return self._stack.enter_context(page)

    def stored(self, op_id: str) -> list[tuple[str, int]]:
        """Who is in the log with this operation, and where."""
        return [(row.actor, row.seq) for row in self.hall.log() if row.op_id == op_id]


@pytest.fixture
def room(shared: FaultServer) -> Iterator[Room]:
    with ExitStack() as stack:
        yield Room(shared, stack)


def gist(answer: dict[str, Any]) -> tuple[object, ...]:
    return answer["ok"], answer.get("first"), answer.get("last"), answer.get("refusal")


def test_on_the_same_line_and_on_another_of_the_same_person(room: Room) -> None:
    person = room.ana.own["person"]
    data, number = room.ana.framed("write-once", "add_item", run="swot.1", column="s", title="Once")
    first = room.ana.replay(data, number)
    assert first["ok"]
    for _ in range(5):
        assert gist(room.ana.replay(data, number)) == gist(first)
    room.ana.raw.send(data * 3)  # in one piece
    assert [gist(room.ana.answer(number)) for _ in range(3)] == [gist(first)] * 3
    assert gist(room.phone(ANA).replay(data, number)) == gist(first)
    assert room.stored("write-once") == [(person, first["first"])]


def test_by_somebody_else_it_is_theirs(room: Room) -> None:
    data, number = room.ana.framed("write-once", "add_item", run="swot.1", column="s", title="Mine")
    mine = room.ana.replay(data, number)
    theirs = room.beto.replay(data, number)
    assert theirs["ok"]
    assert theirs["first"] > mine["first"]
    assert gist(room.beto.replay(data, number)) == gist(theirs)
    assert gist(room.ana.replay(data, number)) == gist(mine)
    assert room.stored("write-once") == [
        (room.ana.own["person"], mine["first"]),
        (room.beto.own["person"], theirs["first"]),
    ]


def test_by_those_who_may_not(room: Room) -> None:
    data, number = room.ana.framed("write-once", "add_item", run="swot.1", column="s", title="Mine")
    assert room.ana.replay(data, number)["ok"]
    head = room.server.database.read(store.head, room.hall.id)
    stranger = room.phone(STRANGER)
    for _ in range(2):
        assert stranger.replay(data, number)["refusal"]["code"] == "not_joined"
        for page in (room.screen(), room.console):
            assert page.replay(data, number)["refusal"]["code"] == "not_allowed"
    assert room.server.database.read(store.head, room.hall.id) == head
    # Nothing was promised to somebody who was not in: once they are, it is looked at anew.
    assert stranger.op("join-it-is", "join")["ok"]
    assert stranger.op("this-group", "describe", group="academia")["ok"]
    assert stranger.replay(data, number)["ok"]
    assert len(room.stored("write-once")) == 2


def test_a_refused_one_stays_refused(room: Room) -> None:
    data, number = room.ana.framed("too-early-1", "cast_ballot", run="weigh.1", item="i9", dots=1)
    refused = room.ana.replay(data, number)
    assert refused["refusal"]["code"] == "unknown_run"
    assert room.ana.op("write-once", "add_item", run="swot.1", column="s", title="To vote on")["ok"]
    assert room.console.op("open-second", "open_stage", stage="weigh")["ok"]
    assert gist(room.ana.replay(data, number)) == gist(refused)
    assert gist(room.phone(ANA).replay(data, number)) == gist(refused)
    assert room.stored("too-early-1") == []


def test_a_ballot_spends_once_for_everybody_who_sends_it(room: Room) -> None:
    item = f"i{room.ana.op('write-once', 'add_item', run='swot.1', column='s', title='X')['first']}"
    assert room.console.op("open-second", "open_stage", stage="weigh")["ok"]
    data, number = room.ana.framed("vote-once", "cast_ballot", run="weigh.1", item=item, dots=7, revision=0)
    for page in (room.ana, room.beto, room.ana, room.phone(ANA), room.beto, room.phone(BETO)):
        own = page.replay(data, number)["self"]
        assert own["ballots"]["weigh.1"] == {item: {"dots": 7, "revision": 1}}
        assert own["left"]["weigh.1"] == {"": 93}
    assert sorted(who for who, _ in room.stored("vote-once")) == sorted(
        page.own["person"] for page in (room.ana, room.beto)
    )


def test_the_same_id_with_other_content_is_refused_and_the_first_stands(room: Room) -> None:
    first = room.ana.op("write-once", "add_item", run="swot.1", column="s", title="This")
    forged = room.ana.op("write-once", "add_item", run="swot.1", column="s", title="That")
    assert forged["refusal"]["code"] == "op_id_reused"
    again = room.ana.op("write-once", "add_item", run="swot.1", column="s", title="This")
    assert gist(again) == gist(first)
    assert len(room.stored("write-once")) == 1


def test_everything_again_in_any_order(room: Room, long: bool, results: Results) -> None:
    """All that two people have sent is sent again, by either line and in any order: answered as before, and
    nothing changes."""
    chance, turns = random.Random(7), 5_000 if long else 40
    lines = {ANA: [room.ana, room.phone(ANA)], BETO: [room.beto, room.phone(BETO)]}
    sent = []
    for n in range(12):
        for secret, pages in lines.items():
            data, number = pages[0].framed(
                f"write-{n:04}", "add_item", run="swot.1", column="s", title=f"{n}"
            )
            sent.append((secret, data, number, gist(pages[0].replay(data, number))))
    head = room.server.database.read(store.head, room.hall.id)
    for _ in range(turns):
        secret, data, number, before = chance.choice(sent)
        answer = chance.choice(lines[secret]).replay(data, number)
        while answer.get("refusal", {}).get("code") == "too_fast":
            time.sleep(0.1)  # as a page would
            answer = chance.choice(lines[secret]).replay(data, number)
        assert gist(answer) == before
    account = [room.stored(f"write-{n:04}") for n in range(12)]
    results.count(operations=len(sent), frames=turns, double=sum(len(found) > 2 for found in account))
    results.note("frames are those sent again")
    assert room.server.database.read(store.head, room.hall.id) == head
    assert all(len({who for who, _ in found}) == len(found) == 2 for found in account)
