"""Nobody's vote can be worked out from what is published, by any method.

For small rooms every way in which the room could have voted is enumerated. Somebody who knows who was in
which group and territory, and that everyone voted, compares all ways that lead to the same published result.
Nobody's ballot may be the same in all of them, except where everyone else of that person's cell (on that
person's side, where territories are shown) voted alike. This holds for somebody from outside and for somebody
in the room who knows their own ballot. (Sheets of paper: ``tests/unit/test_results_privacy.py``.)
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

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
from edp_app.core.results import electorate as electorates
from edp_app.core.results.electorate import electorate
from edp_app.core.results.voted import Ballot, Candidate, Voted
from edp_app.core.voting import METHODS, method_for
from tests.support.told import tell

NAMES = {"en": "–"}
WEIGHTS = {"a": Fraction(2, 3), "b": Fraction(1, 3)}
CRITERIA = [Criterion("a", NAMES, weight=2), Criterion("b", NAMES, flag_ones=True)]


def scores(**given: int) -> Ballot:
    return Ballot(scores=given)


@dataclass(frozen=True)
class Way:
    """A method, and the ballots that anybody may cast: voter's choice of one of them."""

    method: Method
    ballots: tuple[dict[str, Any], ...]
    weights: bool = False

    @property
    def id(self) -> str:
        return method_for(self.method).id


WAYS = (
    Way(DotsMethod(dots=2), ({"x": 1}, {"y": 1}, {"x": 1, "y": 1})),
    Way(PointsMethod(points=3), ({"": scores(x=3)}, {"": scores(x=1, y=2)}, {"": scores(y=1)})),
    Way(
        AgreeMethod(),
        ({"x": Ballot(choice="agree")}, {"x": Ballot(choice="disagree")}, {"y": Ballot(choice="pass")}),
    ),
    Way(
        CriteriaMethod(CRITERIA),
        ({"x": scores(a=1, b=1)}, {"x": scores(a=5, b=4)}, {"x": scores(a=5, b=0), "y": scores(a=3, b=3)}),
        weights=True,
    ),
    Way(
        AxesMethod(Axis("a", NAMES), Axis("b", NAMES)),
        ({"x": scores(a=1, b=5)}, {"x": scores(a=4, b=0)}, {"y": scores(a=2, b=2)}),
    ),
    Way(
        ChoiceMethod([Option("yes", NAMES), Option("no", NAMES)], funders_apart=True),
        ({"x": Ballot(choice="yes")}, {"x": Ballot(choice="no")}, {"y": Ballot(choice="no")}),
    ),
    Way(
        RankingMethod(),
        ({"": Ballot(order=("x", "y"))}, {"": Ballot(order=("y", "x"))}, {"": Ballot(order=("y",))}),
    ),
)

ROOMS = ("aaa", "aab", "abc", "aaab", "aabbb", "aaabb", "aaabbb", "aaaabc")
"""The group of each voter."""

SIDES = (("aaaaaa", "nnnsss"), ("aaabbb", "nnnsss"), ("aaabbb", "nnssss"), ("aaaabbb", "nnnssss"))
"""Groups, and the territory of each voter."""

BIG_SIDES = (("aaaaaabbb", "nnnsssnnn"), ("aaaaaabbbb", "nnnsssnsss"), ("aaaaaabbb", "nnnsssnns"))
"""The same where several blocks are as small as they may be; with two ballots to choose from."""


def test_every_method_is_looked_at() -> None:
    assert {way.id for way in WAYS} == {method.id for method in METHODS}


def voted(
    way: Way,
    groups: str,
    cast: Sequence[int],
    sides: str = "",
    funders: str = "",
) -> Voted:
    """The room in which voter n has cast the ``cast[n]``-th of the ballots."""
    return Voted(
        vote=VoteSettings(of="x", method=way.method, rule="balanced", passes=1),
        columns=["c"],
        candidates={"x": Candidate("c"), "y": Candidate("c")},
        ballots={str(n): way.ballots[ballot] for n, ballot in enumerate(cast)},
        groups={str(n): group for n, group in enumerate(groups)},
        privacy="grouped",
        order=list("abc"),
        seed="00",
        territories=list("ns") if sides else [],
        sides={str(n): side for n, side in enumerate(sides)},
        funders=frozenset(str(n) for n, mark in enumerate(funders) if mark == "f"),
        weights=WEIGHTS if way.weights else {},
    )


def mates_of(room: Voted, *, apart: bool) -> list[list[int]]:
    """For each voter, those who are shown in one cell, and on one side if sides are shown, with them."""
    people = electorate(room, list(room.ballots), funders_apart=apart)
    if people is None:
        return [list(range(len(room.ballots)))] * len(room.ballots)
    block = [(people.cell_of.get(voter), people.side_of[voter]) for voter in room.ballots]
    return [[m for m, other in enumerate(block) if other == own] for own in block]


def enumerate_room(way: Way, groups: str, sides: str = "", funders: str = "", options: int = 3) -> int:
    """Check one room; how many ways of voting there were."""
    seen = defaultdict(list)
    for cast in product(range(options), repeat=len(groups)):
        seen[repr(method_for(way.method).result(voted(way, groups, cast, sides, funders)))].append(cast)
    apart = isinstance(way.method, ChoiceMethod)
    room = voted(way, groups, (0,) * len(groups), sides, funders)
    mates = mates_of(room, apart=apart)
    for fitting in seen.values():
        for insider in (None, *range(len(groups))):
            by_own = defaultdict(list)
            for cast in fitting:
                by_own[None if insider is None else cast[insider]].append(cast)
            for possible in by_own.values():
                _check(possible, mates, insider, f"{way.id} {groups} {sides} {funders}")
    return options ** len(groups)


def _check(possible: list[tuple[int, ...]], mates: list[list[int]], insider: int | None, where: str) -> None:
    for target, of_cell in enumerate(mates):
        if target == insider or len({cast[target] for cast in possible}) > 1:
            continue
        for cast in possible:
            rest = [cast[mate] for mate in of_cell if mate != insider]
            assert len(rest) > 1, (where, cast, target, insider)
            assert len(set(rest)) == 1, (where, cast, target, insider)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.id)
def test_no_vote_is_determined_unless_everyone_else_in_the_cell_voted_alike(way: Way) -> None:
    ways = [enumerate_room(way, groups) for groups in ROOMS]
    ways += [enumerate_room(way, groups, sides) for groups, sides in SIDES]
    ways += [enumerate_room(way, groups, sides, options=2) for groups, sides in BIG_SIDES]
    if isinstance(way.method, ChoiceMethod):
        ways += [
            enumerate_room(way, "aaabbb", funders=marks) for marks in ("f-----", "ff--ff", "fff---", "f--fff")
        ]
    tell(f"privacy, {way.id}: {len(ways)} rooms, {sum(ways)} ways of voting, nobody's vote determined")


def test_what_funders_say_beside_determines_none_of_them() -> None:
    """Of six people of one cell some speak for funders: what one of these said is known only where all said
    the same."""
    criteria = [Criterion("a", NAMES), Criterion("b", NAMES, beside=True)]
    way = Way(CriteriaMethod(criteria), tuple({"x": scores(a=3, b=b)} for b in (1, 3, 5)))
    for marks in ("ff----", "fff---", "ffff--"):
        funders = [n for n, mark in enumerate(marks) if mark == "f"]
        seen = defaultdict(list)
        for said in product(range(3), repeat=len(funders)):
            cast = (*said, *(0 for _ in range(len(marks) - len(funders))))
            seen[repr(method_for(way.method).result(voted(way, "aaaaaa", cast, funders=marks)))].append(said)
        for possible in seen.values():
            _check(possible, [list(range(len(funders)))] * len(funders), None, marks)


def test_blocks_of_two_on_each_side_would_give_votes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rule for territories is needed: with figures of both sides shown, blocks of two do not hide a
    vote."""
    monkeypatch.setattr(electorates, "cells_to_tell", lambda blocks, **_: {cell for cell, *_ in blocks})
    with pytest.raises(AssertionError):
        enumerate_room(WAYS[0], "aaaabbbb", "nnssnnss", options=2)
