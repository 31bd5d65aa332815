"""The running tally of dots, the limits, and dots on items that are hidden."""

import pytest

from edp_app.core.definition import DotsMethod, VoteSettings
from edp_app.core.refusals import refuse
from edp_app.core.results.voted import Candidate, Voted
from edp_app.core.voting import METHODS, method_for
from edp_app.core.voting.dots import DOTS

ITEMS = {"x": "s", "y": "s", "a": "w"}
THREE = DotsMethod(dots=3, cap=2)
PER_COLUMN = DotsMethod(dots=2, per="column", cap=2)


def tally_of(*ballots):
    tally = DOTS.new_tally()
    for revision, (voter, item, dots) in enumerate(ballots, start=1):
        tally.cast(voter, item, dots, revision)
    return tally


def test_a_method_is_found_by_its_settings():
    assert method_for(THREE) is DOTS
    assert len({method.id for method in METHODS}) == len({m.settings for m in METHODS}) == len(METHODS)
    with pytest.raises(LookupError):
        method_for(object())


def test_a_later_ballot_replaces_the_one_before():
    tally = tally_of(("p", "x", 2), ("p", "y", 1), ("p", "x", 0))
    assert tally.given("p") == {"y": (1, 2), "x": (0, 3)}
    assert tally.spent("p") == 1
    assert tally.revision("p", "x") == 3
    assert tally.ballots() == {"p": {"y": 1}}


def test_only_people_with_a_dot_somewhere_have_voted():
    tally = tally_of(("p", "x", 1), ("q", "x", 2), ("p", "x", 0))
    assert (tally.voters(), tally.who()) == (1, ["q"])
    assert not tally.has_voted("p")
    tally.cast("p", "y", 1, 9)
    assert (tally.voters(), tally.has_voted("p")) == (2, True)


@pytest.mark.parametrize(
    ("settings", "item", "dots", "expected"),
    [
        (THREE, "y", 1, None),
        (THREE, "y", 2, refuse("no_dots_left", left=1)),
        (THREE, "x", 3, refuse("cap_reached", cap=2)),
        (THREE, "x", 0, None),
        (THREE, "x", -1, refuse("bad_value")),
        (PER_COLUMN, "y", 1, refuse("no_dots_left", left=0)),
        (PER_COLUMN, "a", 2, None),
        (PER_COLUMN, "a", 3, refuse("cap_reached", cap=2)),
    ],
)
def test_limits(settings, item, dots, expected):
    tally = tally_of(("p", "x", 2))
    assert DOTS.check(settings, tally, "p", item, ITEMS, dots) == expected


def test_what_is_left():
    tally = tally_of(("p", "x", 2))
    assert DOTS.left(THREE, tally, "p", ["s", "w"], ITEMS) == {"": 1}
    assert DOTS.left(PER_COLUMN, tally, "p", ["s", "w"], ITEMS) == {"s": 0, "w": 2}
    assert DOTS.left(THREE, tally, "nobody", ["s", "w"], ITEMS) == {"": 3}


def test_dots_on_a_hidden_item_are_free_again():
    tally = tally_of(("p", "x", 2))
    standing = {"y": "s", "a": "w"}
    assert DOTS.left(THREE, tally, "p", ["s", "w"], standing) == {"": 3}
    assert DOTS.check(THREE, tally, "p", "y", standing, 2) is None
    assert DOTS.standing(THREE, tally, "p", standing) == {}


def test_nobody_has_more_dots_than_the_others_when_a_hidden_item_is_shown_again():
    # x was hidden after the first ballot, its two dots spent elsewhere, and then x was shown again.
    tally = tally_of(("p", "x", 2), ("p", "y", 2), ("p", "a", 1), ("q", "x", 1), ("r", "x", 1))
    assert DOTS.standing(THREE, tally, "p", ITEMS) == {"y": 2, "a": 1}
    assert DOTS.left(THREE, tally, "p", ["s", "w"], ITEMS) == {"": 0}
    assert DOTS.check(THREE, tally, "p", "a", ITEMS, 2) == refuse("no_dots_left", left=0)
    assert DOTS.check(THREE, tally, "p", "y", ITEMS, 1) is None
    result = DOTS.result(
        Voted(
            vote=VoteSettings(of="swot", method=THREE, rule="headcount"),
            ballots=tally.ballots(),
            privacy="grouped",
            order=["gov"],
            columns=["s", "w"],
            candidates={item: Candidate(column) for item, column in ITEMS.items()},
            groups=dict.fromkeys("pqr", "gov"),
            seed="00",
        )
    )
    assert {row["item"]: row["dots"] for row in result["columns"][0]["items"]} == {"x": 2, "y": 2, "a": 1}
    assert result["columns"][0]["dots"] == 5
