"""The recount finds what a broken promise would look like: it is no use if it always agrees."""

from dataclasses import replace
from typing import Any

import msgspec
import pytest

from edp_app.core.canonical import encode, kind_of
from edp_app.core.commands import (
    AddItem,
    CastBallot,
    CloseStage,
    Describe,
    Join,
    OpenStage,
    RevealResult,
)
from edp_app.core.views import view
from edp_app.rehearsal.ledger import Ledger
from edp_app.rehearsal.recount import Row, Verdict, judge
from tests.support.definitions import GROUPS, short
from tests.support.memory import MemoryWorkshop, plain

PEOPLE = [f"p:{n}" for n in range(9)]


class Told:
    """A small workshop, what its phones were told, and its log as it is stored."""

    def __init__(self) -> None:
        self.room = MemoryWorkshop(short())
        self.ledger = Ledger()
        self.op_of: dict[int, str] = {}
        for n, person in enumerate(PEOPLE):
            self.room.must(Join(), person)
            self.room.must(Describe(group=GROUPS[n % 3]), person)
        self.room.must(OpenStage(stage="swot"))
        for n, person in enumerate(PEOPLE[:4]):
            self.send(AddItem(run="swot.1", column="s", title=f"Strength {n}"), person)
        self.room.must(OpenStage(stage="weigh"))
        items = list(self.room.state.items)
        for n, person in enumerate(PEOPLE):
            self.send(CastBallot(run="weigh.1", item=items[n % 2], dots=2), person)
            self.send(CastBallot(run="weigh.1", item=items[2 + n % 2], dots=1), person)
        self.send(CastBallot(run="weigh.1", item="i999", dots=1), PEOPLE[0], accepted=False)
        self.room.must(CloseStage(run="weigh.1"))
        self.room.must(RevealResult(run="weigh.1"))
        shown: Any = plain(view(self.room.state, "console")["results"]["weigh.1"]["result"])
        self.published = {"weigh.1": shown}

    def send(self, command: Any, person: str, *, accepted: bool = True) -> None:
        op_id = f"operation-{len(self.ledger.operations)}"
        operation = self.ledger.open(op_id, person, msgspec.to_builtins(command))
        if accepted:
            self.room.must(command, person)
            seq = self.room.state.seq
            self.op_of[seq] = op_id
            self.ledger.answered(operation, {"ok": True, "first": seq, "last": seq})
        else:
            self.ledger.answered(operation, {"ok": False, "refusal": {"code": "unknown_item"}})

    def rows(self) -> list[Row]:
        return [
            Row(
                recorded.seq,
                kind_of(recorded.event),
                recorded.actor,
                self.op_of.get(recorded.seq, ""),
                msgspec.json.decode(encode(recorded.event)),
            )
            for recorded in self.room.log
        ]

    def judged(self, rows: list[Row]) -> Verdict:
        return judge(self.ledger, rows, self.published)


@pytest.fixture(scope="module")
def told() -> Told:
    return Told()


def ballot(rows: list[Row]) -> int:
    return next(n for n, row in enumerate(rows) if row.kind == "ballot_cast")


def test_an_honest_log_agrees_with_what_was_told(told: Told) -> None:
    verdict = told.judged(told.rows())
    assert verdict.problems == []
    assert verdict.contributions.whole
    assert verdict.ballots.whole
    assert (verdict.contributions.counted, verdict.ballots.counted) == (4, 18)
    assert (verdict.refused.sent, verdict.refused.counted) == (1, 0)
    assert verdict.figures_compared > 10


def test_a_lost_ballot_is_found(told: Told) -> None:
    rows = told.rows()
    del rows[ballot(rows)]
    verdict = told.judged(rows)
    assert not verdict.ballots.whole
    assert any("stands 0 times" in problem for problem in verdict.problems)
    assert any("dots" in problem for problem in verdict.problems)


def test_a_ballot_stored_twice_is_found(told: Told) -> None:
    rows = told.rows()
    rows.append(rows[ballot(rows)])
    assert any("stands 2 times" in problem for problem in told.judged(rows).problems)


def test_a_refused_ballot_in_the_log_is_found(told: Told) -> None:
    rows = told.rows()
    refused = next(o for o in told.ledger.operations.values() if o.refused)
    rows[ballot(rows)] = replace(rows[ballot(rows)], op_id=refused.op_id, actor=refused.person)
    assert any("was refused and stands in the log" in problem for problem in told.judged(rows).problems)


def test_an_altered_ballot_is_found(told: Told) -> None:
    rows = told.rows()
    at = ballot(rows)
    rows[at] = replace(rows[at], payload={**rows[at].payload, "dots": 1})
    assert any("published" in problem for problem in told.judged(rows).problems)


def test_an_altered_result_is_found(told: Told) -> None:
    forged: Any = msgspec.json.decode(msgspec.json.encode(told.published))
    forged["weigh.1"]["columns"][0]["items"][0]["balanced"] += 0.001
    assert any("balanced" in problem for problem in judge(told.ledger, told.rows(), forged).problems)


def test_an_unanswered_ballot_makes_the_account_unequal(told: Told) -> None:
    silent = Told()
    operation = next(o for o in silent.ledger.operations.values() if o.sort == "ballot" and o.saved)
    operation.answer = None
    verdict = silent.judged(silent.rows())
    assert verdict.ballots.sent == verdict.ballots.acknowledged + 1
    assert any("never answered" in problem for problem in verdict.problems)
    assert not verdict.ballots.whole


def test_two_answers_to_one_operation_are_found(told: Told) -> None:
    twice = Told()
    operation = next(o for o in twice.ledger.operations.values() if o.sort == "ballot" and o.saved)
    twice.ledger.answered(operation, {"ok": False, "refusal": {"code": "stage_closed"}})
    assert any("two different answers" in problem for problem in twice.judged(twice.rows()).problems)
