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
    PointsMethod,
    RankingMethod,
    VoteSettings,
)
from edp_app.core.parts import Option
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
    method: Method, ballots: Mapping[str, Mapping[str, Any]], items: int = 2, passes: int = 1, **room: Any
) -> dict[str, Any]:
    vote = VoteSettings(of="x", method=method, passes=passes)
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


ONE_CRITERION = CriteriaMethod([Criterion("a", NAMES)])
AGREES, DISAGREES, PASSES = (Ballot(choice=choice) for choice in ("agree", "disagree", "pass"))
ONLY_THE_SMALLEST: tuple[tuple[Method, Mapping[str, Any], Mapping[str, Any]], ...] = (
    (DotsMethod(dots=1), {"i0": 1}, {"i1": 1}),
    (PointsMethod(points=1), {"": Ballot(scores={"i0": 1})}, {"": Ballot(scores={"i1": 1})}),
    (AgreeMethod(), {"i0": AGREES, "i1": DISAGREES}, {"i0": DISAGREES, "i1": AGREES}),
    (ONE_CRITERION, {"i0": Ballot(scores={"a": 4})}, {"i1": Ballot(scores={"a": 4})}),
    (RankingMethod(), {"": Ballot(order=("i0",))}, {"": Ballot(order=("i1",))}),
)


@pytest.mark.parametrize(
    ("settings", "others", "smallest"),
    ONLY_THE_SMALLEST,
    ids=[type(one[0]).__name__ for one in ONLY_THE_SMALLEST],
)
def test_what_the_smallest_cell_alone_gave_anything_passes_by_it_alone(
    settings: Method, others: Mapping[str, Any], smallest: Mapping[str, Any]
) -> None:
    """There is room for both; without the smallest cell there would be nothing that the second passes by."""
    voters = {f"{group}{n}": others for group in "gb" for n in range(6)}
    found = result(settings, voters | {f"e{n}": smallest for n in range(3)}, items=3, passes=2)
    rows = {row["item"]: row for row in found["columns"][0]["items"]}
    assert [bool(rows[item].get("passes")) for item in ("i0", "i1", "i2")] == [True, True, False]
    assert [item for item, row in rows.items() if row.get("cut_depends")] == ["i1"]


def agreeing(said: Mapping[str, Mapping[str, Ballot]], **room: Any) -> dict[str, dict[str, Any]]:
    (listing,) = result(AgreeMethod(), said, passes=2, **room)["columns"]
    return {row["item"]: row for row in listing["items"]} | {"": listing.get("portfolio")}


@pytest.mark.parametrize("privacy", ["grouped", "headcount"])
def test_what_nobody_agrees_with_does_not_pass(privacy: str) -> None:
    said = {f"{group}{n}": {"i0": DISAGREES, "i1": DISAGREES} for group in "gb" for n in range(4)}
    said["g0"] = {"i0": DISAGREES, "i1": PASSES}
    rows = agreeing(said, privacy=privacy)
    assert [(rows[i]["agree"], rows[i]["passes"], rows[i].get("lot")) for i in ("i0", "i1")] == [
        (0, False, None)
    ] * 2
    if privacy == "grouped":
        assert rows[""]["chosen"] == []
    said["b0"] = {"i0": AGREES, "i1": DISAGREES}
    rows = agreeing(said, privacy=privacy)
    assert [rows[i]["passes"] for i in ("i0", "i1")] == [True, False]


def test_what_nobody_agrees_with_stands_after_what_somebody_does() -> None:
    """Few were asked about it, and so the rule of succession gives it more than what one of many wants."""
    said = {f"{group}{n}": {"i1": DISAGREES} for group in "gb" for n in range(30)}
    said["g0"] = {"i1": AGREES}
    said |= {f"g{n}": said[f"g{n}"] | {"i0": DISAGREES} for n in range(3)}
    rows = agreeing(said)
    assert rows["i0"]["balanced"] > rows["i1"]["balanced"]
    assert [(i, rows[i]["rank_balanced"], rows[i]["passes"]) for i in list(rows)[:2]] == [
        ("i1", 1, True),
        ("i0", 2, False),
    ]
