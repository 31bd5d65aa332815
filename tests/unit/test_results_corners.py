"""Corners of every method: nobody, one voter, a group with nobody, nothing to vote on, a criterion that
nobody scored, two thousand items. A result is defined, or says that there are too few; no figure is made
up."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec
import pytest

from edp_app.core.definition import (
    AgreeMethod,
    AxesMethod,
    Axis,
    ChoiceMethod,
    CriteriaMethod,
    Criterion,
    DotsMethod,
    Method,
    Option,
    PointsMethod,
    RankingMethod,
    VoteSettings,
)
from edp_app.core.results.voted import Ballot, Candidate, Voted
from edp_app.core.stages.rounds import own_weights
from edp_app.core.voting import METHODS, method_for

NAMES = {"en": "–"}
EVERY: tuple[tuple[Method, Callable[[str, int], Mapping[str, Any]]], ...] = (
    (DotsMethod(dots=3), lambda item, n: {item: 1 + n % 2}),
    (PointsMethod(points=9), lambda item, n: {"": Ballot(scores={item: 1 + n % 9})}),
    (AgreeMethod(), lambda item, n: {item: Ballot(choice=("agree", "disagree", "pass")[n % 3])}),
    (
        CriteriaMethod([Criterion("a", NAMES), Criterion("b", NAMES)]),
        lambda item, n: {item: Ballot(scores={"a": 1 + n % 5, "b": 5 - n % 5})},
    ),
    (
        AxesMethod(Axis("x", NAMES), Axis("y", NAMES)),
        lambda item, n: {item: Ballot(scores={"x": 1 + n % 5, "y": 3})},
    ),
    (
        ChoiceMethod([Option("yes", NAMES), Option("no", NAMES)], funders_apart=True),
        lambda item, n: {item: Ballot(choice=("yes", "no")[n % 2])},
    ),
    (RankingMethod(), lambda item, _: {"": Ballot(order=(item,))}),
)  # fmt: skip


def result(
    method: Method, ballots: Mapping[str, Mapping[str, Any]], items: int = 2, **room: Any
) -> dict[str, Any]:
    vote = VoteSettings(of="x", method=method, passes=1)
    found = method_for(method).result(
        Voted(
            vote=vote,
            columns=["c"],
            candidates={f"i{n}": Candidate("c", f"Item {n}") for n in range(items)},
            ballots=ballots,
            groups={voter: voter[0] for voter in ballots},
            weights=own_weights(method),
            **{"privacy": "grouped", "order": ["g", "b", "e"], "seed": "00", **room},
        )
    )
    # Everything in it can be sent, and nothing is null.
    assert b"null" not in msgspec.json.encode(found)
    return found


@pytest.fixture(params=EVERY, ids=lambda one: str(type(one[0]).__struct_config__.tag))
def method(request: pytest.FixtureRequest) -> Any:
    return request.param


def test_every_method_is_looked_at() -> None:
    assert {type(settings) for settings, _ in EVERY} == {known.settings for known in METHODS}


def test_nobody_votes_and_nobody_is_few(method: Any) -> None:
    settings, _ = method
    found = result(settings, {})
    assert (found["few"], found["voters"]) == (True, 0)
    assert "columns" not in found


def test_one_voter_is_too_few_for_any_figure(method: Any) -> None:
    settings, ballot = method
    found = result(settings, {"g1": ballot("i0", 1)})
    assert (found["few"], found["voters"]) == (True, 1)
    assert "columns" not in found


def test_who_says_nothing_of_what_counts_is_no_voter(method: Any) -> None:
    settings, ballot = method
    found = result(settings, {f"g{n}": ballot("gone", n) for n in range(5)})
    assert (found["few"], found["voters"]) == (True, 0)


def test_a_group_with_nobody_is_named(method: Any) -> None:
    settings, ballot = method
    voters = {f"{group}{n}": ballot("i0", n) for group in "gb" for n in range(4)}
    found = result(settings, voters)
    assert found["not_represented"] == ["e"]
    assert [cell["groups"] for cell in found["cells"]] == [["g"], ["b"]]


def test_an_item_that_nobody_judged_stands_last_and_has_no_figure(method: Any) -> None:
    settings, ballot = method
    found = result(settings, {f"g{n}": ballot("i1", n) for n in range(5)})
    rows = found["columns"][0]["items"]
    assert [row["item"] for row in rows] == ["i1", "i0"]
    assert rows[1]["n"] == 0
    assert not rows[1].get("passes")
    assert not {"agreement", "label", "counts", "x", "y"} & rows[1].keys()


def test_two_thousand_items(method: Any) -> None:
    settings, ballot = method
    voters = {f"{group}{n}": ballot(f"i{400 * n}", n) for group in "gb" for n in range(5)}
    found = result(settings, voters, items=2000)
    rows = found["columns"][0]["items"]
    assert len(rows) == 2000
    assert len({row["item"] for row in rows}) == 2000
    assert sum(bool(row.get("passes")) for row in rows) <= 1


def test_a_criterion_that_nobody_scored_leaves_no_total() -> None:
    settings = CriteriaMethod([Criterion("a", NAMES, weight=3), Criterion("b", NAMES)])
    found = result(settings, {f"g{n}": {"i0": Ballot(scores={"a": 4, "b": 0})} for n in range(5)})
    row = found["columns"][0]["items"][0]
    assert row["scores"]["a"]["headcount"] == 4.0
    assert row["scores"]["b"] == {"n": 0}
    assert not {"headcount", "balanced", "rank_headcount", "rank_balanced", "label", "agreement"} & row.keys()
    assert row["passes"] is False


def test_weights_are_shares_of_their_sum_whatever_that_is() -> None:
    def weights(*given: int) -> list[float]:
        method = CriteriaMethod([Criterion(f"c{n}", NAMES, weight=w) for n, w in enumerate(given)])
        return [float(share) for share in own_weights(method).values()]

    assert weights(1, 1, 2) == [0.25, 0.25, 0.5]
    assert weights(30, 30, 30) == weights(0, 0, 0) == pytest.approx([1 / 3] * 3)
    assert weights(5, 0) == [1.0]
