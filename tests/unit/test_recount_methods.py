"""Every method's results are worked out a second time from the stored rows, and nothing that differs is
missed."""

from dataclasses import replace
from typing import Any

import msgspec
import pytest

from edp_app.core.commands import HideItem
from edp_app.core.voting import METHODS
from edp_app.rehearsal.recount import Row, Verdict, compare, recount
from edp_app.rehearsal.retally import Replay
from tests.support.all_methods import Played

LABELS = {"shared_yes", "groups_differ", "divided", "open"}
"""Of what a shortlist lets through: what the room shares a no to, it does not."""


@pytest.fixture(scope="module")
def played() -> Played:
    return Played()


@pytest.fixture(scope="module")
def rows(played: Played) -> list[Row]:
    return played.rows()


@pytest.fixture(scope="module")
def published(played: Played) -> dict[str, Any]:
    return played.published()


@pytest.fixture(scope="module")
def expected(rows: list[Row]) -> dict[str, Any]:
    replay = Replay(rows)
    return {run: replay.expected(run) for run in [*replay.votes, *replay.asked]}


def problems(expected: Any, shown: Any) -> list[str]:
    """Where one result differs from another."""
    verdict = Verdict()
    compare("", expected, shown, verdict)
    return verdict.problems


def anew(published: dict[str, Any]) -> dict[str, Any]:
    copied: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(published))
    return copied


def first_row(result: dict[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = result["columns"][0]["items"][0]
    return row


def test_by_a_read_back_nothing_passes_and_everything_has_its_place(published: dict[str, Any]) -> None:
    result = published["read_back.1"]
    assert result["passes"] == 0
    (listing,) = result["columns"]
    assert not any(row["passes"] or any(row["passes_by"].values()) for row in listing["items"])
    assert listing["portfolio"] == {"chosen": []}
    assert listing["items"][0]["rank_balanced"] == 1


@pytest.mark.parametrize("privacy", ["grouped", "open", "headcount"])
@pytest.mark.parametrize(("people", "paper"), [(25, 3), (6, 2), (3, 0)])
def test_rules_and_second_count_agree(people: int, paper: int, privacy: Any) -> None:
    one = Played(people, paper=paper, privacy=privacy)
    verdict = recount(one.rows(), one.published())
    assert verdict.problems == []
    assert verdict.runs_compared >= 9
    assert verdict.figures_compared > 100


def test_every_method_and_every_label_is_among_them(published: dict[str, Any]) -> None:
    methods = {result["method"] for result in published.values() if "method" in result}
    assert methods == {method.id for method in METHODS}
    rows = published["score.1"]["columns"][0]["items"]
    assert {row["label"] for row in rows} == LABELS
    assert len(rows) == published["shortlist.1"]["passes"], "what nobody wants is not among them"
    assert published["score.1"]["weights_agreed"]
    again = published["second_round.1"]["columns"][0]["items"]
    assert {row["item"] for row in again} == {
        row["item"] for row in rows if row["label"] in ("divided", "groups_differ")
    }
    assert all(row["before"]["run"] == "score.1" for row in again)
    assert any(row["sides"]["low"] < row["before"]["sides"]["low"] for row in again)


def test_a_vote_that_is_opened_again_tells_what_it_was_before() -> None:
    one = Played(12, until="score")
    one.stage("score")
    shown = one.published()["score.2"]
    assert shown["before"] == "score.1"
    assert all(row["before"]["run"] == "score.1" for row in shown["columns"][0]["items"])
    assert recount(one.rows(), one.published()).problems == []


def test_what_is_hidden_later_keeps_its_figures_and_loses_its_words(played: Played) -> None:
    one = Played(8, until="evidence_check")
    one.room.must(HideItem(item=next(iter(one.room.state.items))))
    assert recount(one.rows(), one.published()).problems == []


@pytest.mark.parametrize(
    "run", ["points.1", "evidence_check.1", "drivers.1", "score.1", "fundability.1", "rank.1"]
)
def test_a_ballot_that_is_altered_changes_the_count(
    run: str, rows: list[Row], published: dict[str, Any]
) -> None:
    cast = [n for n, row in enumerate(rows) if row.kind == "ballot_cast" and row.payload["run"] == run]
    at = next(n for n in cast if rows[n].payload["voter"] == "p:5")
    without = Replay([*rows[:at], *rows[at + 1 :]])
    assert problems(without.expected(run), published[run])


@pytest.mark.parametrize(
    ("run", "spoil"),
    [
        ("evidence_check.1", lambda result: first_row(result).update(agree=9)),
        ("evidence_check.1", lambda result: first_row(result)["counts"].popitem()),
        ("drivers.1", lambda result: first_row(result)["x"].update(balanced=3.123)),
        ("drivers.1", lambda result: result["columns"][0]["items"].reverse()),
        ("fundability.1", lambda result: first_row(result)["counts"].update(now=99)),
        ("points.1", lambda result: result["columns"][0]["portfolio"]["chosen"].reverse()),
        ("points.1", lambda result: first_row(result).update(passes=not first_row(result)["passes"])),
        ("score.1", lambda result: first_row(result).update(label="divided")),
        ("score.1", lambda result: first_row(result)["scores"]["market"].update(n=1)),
        ("score.1", lambda result: first_row(result).pop("reasons")),
        ("score.1", lambda result: result["weights"].update(market=0.3)),
        ("score.1", lambda result: result.pop("weights_agreed")),
        ("second_round.1", lambda result: first_row(result)["before"].update(balanced=1.0)),
        ("second_round.1", lambda result: result.update(before="score.2")),
        ("second_round.1", lambda result: first_row(result).update(title="Something else")),
        ("rank.1", lambda result: result["columns"][0].update(w=0.5)),
        ("rank.1", lambda result: first_row(result).update(mean_place=1.5)),
        ("agree_criteria.1", lambda result: result["questions"][0].update(balanced=4.999)),
        ("agree_criteria.1", lambda result: result["questions"][0]["counts"].reverse()),
        ("agree_criteria.1", lambda result: result["cells"].pop()),
    ],
)
def test_a_spoiled_result_is_found(
    run: str, spoil: Any, expected: dict[str, Any], published: dict[str, Any]
) -> None:
    spoiled = anew(published[run])
    spoil(spoiled)
    assert spoiled != published[run]
    assert len(problems(expected[run], spoiled)) > len(problems(expected[run], published[run]))


def test_weights_that_came_from_other_answers_are_found(rows: list[Row], published: dict[str, Any]) -> None:
    at = next(n for n, row in enumerate(rows) if row.kind == "answered")
    other = 1 if rows[at].payload["value"] != 1 else 5
    altered = [*rows[:at], replace(rows[at], payload={**rows[at].payload, "value": other}), *rows[at + 1 :]]
    replay = Replay(altered)
    assert problems(replay.expected("agree_criteria.1"), published["agree_criteria.1"])
    assert any("weights" in one for one in problems(replay.expected("score.1"), published["score.1"]))


def test_a_second_round_on_something_else_is_found(rows: list[Row]) -> None:
    replay = Replay(rows)
    assert set(replay.votes["second_round.1"].candidates) < set(replay.votes["score.1"].candidates)
    assert replay.votes["score.1"].before_run == ""
    assert replay.votes["second_round.1"].before_run == "score.1"
