"""No single vote can be worked out from what is published.

For small rooms, every way in which the room could have voted is enumerated. Somebody who knows who was in
which group, and that everyone voted, compares the ways that lead to the same published result. Nobody's
ballot may be the same in all of them, except where everyone else in that person's cell voted alike. This
holds for somebody from outside, for somebody in the room who knows their own ballot, and for the facilitator,
who knows every sheet of paper, and perhaps their own ballot besides.
"""

from collections import defaultdict
from itertools import product

import pytest

from edp_app.core.definition import DotsMethod
from edp_app.core.results.cells import cell_of_group, form_cells
from edp_app.core.results.voted import Candidate
from tests.support.voting import dots_published

SHEETS = ({"x": 1}, {"y": 1}, {"x": 1, "y": 1})
ORDER = ["a", "b", "c"]


def published(groups, way, paper=frozenset()):
    result = dots_published(
        method=DotsMethod(dots=2),
        rule="balanced",
        passes=1,
        privacy="grouped",
        order=ORDER,
        columns=["s"],
        candidates={"x": Candidate("s"), "y": Candidate("s")},
        ballots={str(n): SHEETS[sheet] for n, sheet in enumerate(way)},
        groups={str(n): group for n, group in enumerate(groups)},
        paper={str(n) for n in paper},
        seed="00",
    )
    return repr(result)


def ways_published(groups, paper):
    """What may be published, each with the ways in which the room could have voted that lead to it."""
    ways = defaultdict(list)
    for way in product(range(len(SHEETS)), repeat=len(groups)):
        ways[published(groups, way, paper)].append(way)
    return ways.values()


def cell_mates(groups, paper):
    """For each phone voter, those with phones that are shown in one cell with them."""
    phones = [v for v in range(len(groups)) if v not in paper]
    by_group = {g: groups.count(g) for g in set(groups)}
    on_phones = {g: sum(groups[v] == g for v in phones) for g in set(groups)}
    cells = cell_of_group(form_cells(by_group, "grouped", ORDER, on_phones))
    # No cells: nothing is shown, as of a single cell of everybody.
    return {v: [w for w in phones if cells.get(groups[w]) == cells.get(groups[v])] for v in phones}


def check(groups, paper, *, knows_paper):
    mates = cell_mates(groups, paper)
    for fitting in ways_published(groups, paper):
        # What the observer knows from the start: the sheets of paper, and it may be one ballot more.
        by_known = defaultdict(list)
        for way in fitting:
            by_known[tuple(way[v] for v in sorted(paper) if knows_paper)].append(way)
        for known in by_known.values():
            for insider in [None, *mates]:
                by_own = defaultdict(list)
                for way in known:
                    by_own[None if insider is None else way[insider]].append(way)
                for possible in by_own.values():
                    for target in mates:
                        if target == insider or len({way[target] for way in possible}) > 1:
                            continue
                        for way in possible:
                            # Everyone in the cell but the one who looks. One alone has nobody to hide among.
                            rest = [way[mate] for mate in mates[target] if mate != insider]
                            assert len(rest) > 1, (groups, paper, way, target, insider)
                            assert len(set(rest)) == 1, (groups, paper, way, target, insider)


@pytest.mark.parametrize("groups", ["aaa", "aab", "abc", "aaab", "aabb", "aabc", "aaabb", "aaaabc", "aaabbb"])
def test_no_vote_is_determined_unless_everyone_else_in_the_cell_voted_alike(groups):
    assert len(ways_published(groups, frozenset())) > 1
    check(groups, frozenset(), knows_paper=False)


ROOMS_WITH_PAPER = [
    "Aaa",
    "AAaa",
    "aaaB",
    "aaabB",
    "aaabBB",
    "aaaBBB",
    "aaAbBb",
    "aaabbB",
    "aaaBbC",
    "aabbBB",
]


@pytest.mark.parametrize("room", ROOMS_WITH_PAPER)
@pytest.mark.parametrize("knows_paper", [True, False])
def test_no_vote_on_a_phone_is_determined_by_those_who_know_the_sheets(room, knows_paper):
    """Groups in capitals are voters on paper."""
    paper = frozenset(n for n, group in enumerate(room) if group.isupper())
    check(room.lower(), paper, knows_paper=knows_paper)


def test_a_group_of_one_phone_and_two_sheets_would_give_the_phone_away():
    """The rule is needed: counted like phones, sheets would make a cell in which one ballot is unknown."""
    with pytest.raises(AssertionError):
        unprotected("aaabBB")


def unprotected(room):
    """:func:`check` of the results as they would be if sheets of paper counted towards a cell's three."""
    paper = {n for n, group in enumerate(room) if group.isupper()}
    seen = defaultdict(set)
    for way in product(range(len(SHEETS)), repeat=len(room)):
        sheets = tuple(way[v] for v in sorted(paper))
        seen[published(room.lower(), way), sheets].add(way[room.index("b")])
    assert all(len(ballots) > 1 for ballots in seen.values())
