"""No single vote can be worked out from what is published.

For small rooms, every way in which the room could have voted is enumerated. Somebody who knows who was in
which group, and that everyone voted, compares the ways that lead to the same published result. Nobody's
ballot may be the same in all of them, except where everyone else in that person's cell voted alike. This
holds for somebody from outside and for somebody in the room who knows their own ballot.
"""

from collections import defaultdict
from itertools import product

import pytest

from edp_app.core.definition import DotsMethod
from edp_app.core.results.cells import cell_of_group, form_cells
from edp_app.core.results.dots import Candidate, as_json, dots_result

SHEETS = ({"x": 1}, {"y": 1}, {"x": 1, "y": 1})
ORDER = ["a", "b", "c"]


def published(groups, way):
    result = dots_result(
        method=DotsMethod(dots=2),
        rule="balanced",
        passes=1,
        privacy="grouped",
        order=ORDER,
        columns=["s"],
        candidates={"x": Candidate("s"), "y": Candidate("s")},
        ballots={str(n): SHEETS[sheet] for n, sheet in enumerate(way)},
        groups={str(n): group for n, group in enumerate(groups)},
        seed="00",
    )
    return repr(as_json(result))


def determined(fitting, ballots, target, insider):
    """Whether all ways that fit, and that agree with the insider's own ballot, have the same ballot of
    ``target``."""
    possible = {w[target] for w in fitting if insider is None or w[insider] == ballots[insider]}
    return len(possible) == 1


@pytest.mark.parametrize("groups", ["aaa", "aab", "abc", "aaab", "aabb", "aabc", "aaabb", "aaaabc", "aaabbb"])
def test_no_vote_is_determined_unless_everyone_else_in_the_cell_voted_alike(groups):
    voters = range(len(groups))
    cells = cell_of_group(form_cells({g: groups.count(g) for g in set(groups)}, "grouped", ORDER))
    mates = {v: [w for w in voters if cells[groups[w]] == cells[groups[v]]] for v in voters}
    ways = defaultdict(list)
    for way in product(range(len(SHEETS)), repeat=len(groups)):
        ways[published(groups, way)].append(way)
    assert len(ways) > 1
    for fitting in ways.values():
        for ballots in fitting:
            for target in voters:
                for insider in [None, *(v for v in voters if v != target)]:
                    # Everyone in the cell but the one who looks. One alone has nobody to hide among.
                    rest = [ballots[mate] for mate in mates[target] if mate != insider]
                    alike = len(rest) > 1 and len(set(rest)) == 1
                    assert alike or not determined(fitting, ballots, target, insider)
