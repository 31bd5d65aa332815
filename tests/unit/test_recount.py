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
    EnterPaperBallot,
    HideItem,
    Join,
    MergeItems,
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

    def __init__(self, *, reveal: bool = True) -> None:
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
        self.send(CastBallot(run="weigh.1", item="i999", dots=1), PEOPLE[0], refused="unknown_item")
        self.room.must(CloseStage(run="weigh.1"))
        if reveal:
            self.reveal()

    def reveal(self) -> None:
        self.room.must(RevealResult(run="weigh.1"))
        self.look()

    def look(self) -> None:
        """See what is published by now."""
        shown: Any = plain(view(self.room.state, "console")["results"]["weigh.1"]["result"])
        self.published = {"weigh.1": shown}

    def send(self, command: Any, person: str, *, refused: str = "") -> None:
        op_id = f"operation-{len(self.ledger.operations)}"
        operation = self.ledger.open(op_id, person, msgspec.to_builtins(command))
        if not refused:
            self.room.must(command, person)
            seq = self.room.state.seq
            self.op_of[seq] = op_id
            self.ledger.answered(operation, {"ok": True, "first": seq, "last": seq})
        else:
            self.ledger.answered(operation, {"ok": False, "refusal": {"code": refused}})

    def rows(self) -> list[Row]:
        return [
            Row(
                recorded.seq,
                kind_of(recorded.event),
                recorded.actor,
                self.op_of.get(recorded.seq, ""),
                msgspec.json.decode(encode(recorded.event)),
                recorded.digest,
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


@pytest.mark.parametrize("merge", [False, True])
def test_what_was_taken_off_the_board_before_the_reveal_is_not_counted(merge: bool) -> None:
    told = Told(reveal=False)
    first, second, *_ = told.room.state.items
    if merge:
        told.room.must(MergeItems(into=first, items=[second]))
    told.room.must(HideItem(item=first))
    told.reveal()
    later = list(told.room.state.items)[2]
    told.room.must(HideItem(item=later))
    told.look()
    rows = {row["item"]: row for row in told.published["weigh.1"]["columns"][0]["items"]}
    assert "title" not in rows[later]
    assert set(rows) == set(told.room.state.items) - {first} - ({second} if merge else set())
    assert told.judged(told.rows()).problems == []


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
    assert any("otherwise" in problem for problem in told.judged(rows).problems)


def test_an_altered_result_is_found(told: Told) -> None:
    forged: Any = msgspec.json.decode(msgspec.json.encode(told.published))
    forged["weigh.1"]["columns"][0]["items"][0]["balanced"] += 0.001
    assert any("balanced" in problem for problem in judge(told.ledger, told.rows(), forged).problems)


def doctored(told: Told) -> Any:
    return msgspec.json.decode(msgspec.json.encode(told.published))


def test_a_server_that_refuses_everything_is_found() -> None:
    deaf = Told()
    rows = [row for row in deaf.rows() if row.kind != "ballot_cast"]
    for operation in deaf.ledger.of("ballot"):
        operation.answer = {"ok": False, "refusal": {"code": "no_dots_left"}}
    problems = judge(deaf.ledger, rows, {}).problems
    assert any("does not bear out" in problem for problem in problems)
    assert any("holds no ballot at all" in problem for problem in problems)


def test_a_result_that_was_not_published_is_found(told: Told) -> None:
    assert any("is nowhere" in problem for problem in judge(told.ledger, told.rows(), {}).problems)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda result: result["columns"].clear(),
        lambda result: result["columns"][0]["items"].pop(0),
        lambda result: [row.update(passes=not row["passes"]) for row in result["columns"][0]["items"]],
        lambda result: result["columns"][0]["items"][0].update(rank_balanced=9),
        lambda result: result["columns"][0]["items"][0].update(rank_headcount=9),
        lambda result: result.update(rule="headcount"),
        lambda result: result.update(passes=3),
        lambda result: result.update(voters=10),
        lambda result: result["cells"][0].update(voters=4),
        lambda result: result["not_represented"].pop(),
        lambda result: result.update(few=True),
    ],
)
def test_a_spoiled_result_is_found(told: Told, spoil: Any) -> None:
    result = doctored(told)
    spoil(result["weigh.1"])
    assert judge(told.ledger, told.rows(), result).problems


def test_what_was_stored_otherwise_than_sent_is_found(told: Told) -> None:
    rows = told.rows()
    at = next(n for n, row in enumerate(rows) if row.kind == "item_added")
    rows[at] = replace(rows[at], payload={**rows[at].payload, "title": "Something else"})
    assert any("otherwise than it was sent" in problem for problem in told.judged(rows).problems)


def test_a_refusal_that_the_log_does_not_bear_out_is_found() -> None:
    wronged = Told()
    operation = next(o for o in wronged.ledger.operations.values() if o.refused)
    operation.answer = {"ok": False, "refusal": {"code": "stage_paused"}}
    assert any("does not bear out" in problem for problem in wronged.judged(wronged.rows()).problems)


def test_a_no_to_nothing_to_change_is_told_apart() -> None:
    idle = Told()
    operation = next(o for o in idle.ledger.operations.values() if o.sort == "ballot" and o.saved)
    operation.answer = {"ok": True, "first": 0, "last": 0}
    verdict = idle.judged(idle.rows())
    assert verdict.unchanged == 1
    assert any("was said to change nothing" in problem for problem in verdict.problems)


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


def test_sheets_that_came_in_after_the_closing_count() -> None:
    told = Told(reveal=False)
    a, b, *_ = told.room.state.items
    for number, group in enumerate((GROUPS[0], GROUPS[0], GROUPS[2]), start=1):
        told.room.must(EnterPaperBallot(run="weigh.1", voter=str(number), group=group, dots={a: 1}))
    told.room.must(EnterPaperBallot(run="weigh.1", voter="2", group=GROUPS[1], dots={b: 2}))
    told.reveal()
    assert told.published["weigh.1"]["voters"] == 12
    assert told.judged(told.rows()).problems == []


@pytest.mark.parametrize("after", ["stage_closed", "result_revealed"])
def test_a_ballot_that_was_taken_too_late_is_found(told: Told, after: str) -> None:
    rows = told.rows()
    voter = PEOPLE[0] if after == "stage_closed" else "v:1"
    late = replace(rows[ballot(rows)], op_id="", payload={**rows[ballot(rows)].payload, "voter": voter})
    place = 1 + next(n for n, r in enumerate(rows) if (r.kind, r.payload.get("run")) == (after, "weigh.1"))
    known = replace(rows[1], kind="paper_voter_added", payload={"person": "v:1", "group": GROUPS[0]})
    found = told.judged([rows[0], known, *rows[1:place], late, *rows[place:]]).problems
    assert any("from after its end: 1" in problem for problem in found)
