"""The Method of Equal Shares against ``pabutools``, whose authors published it."""

from math import lcm
from random import Random

import pytest
from pabutools.election import Additive_Cardinal_Sat, CardinalBallot, CardinalProfile, Instance, Project
from pabutools.fractions import frac
from pabutools.rules import method_of_equal_shares
from pabutools.tiebreaking import TieBreakingRule

from edp_app.core.results.portfolio import equal_shares
from tests.support.told import tell

INSTANCES = 200


def random_vote(chance, sizes, *, priced):
    """Cells of these sizes, whose voters give points to up to ten items; every voter gives at least one."""
    items = [f"i{n}" for n in range(chance.randint(2, 10))]
    chance.shuffle(items)
    liked = {cell: [chance.random() ** 2 for _ in items] for cell in range(len(sizes))}
    ballots, cell_of_voter = {}, {}
    for cell, size in enumerate(sizes):
        for n in range(size):
            voter = f"v{cell}.{n}"
            points = chance.choice([1, 3, 10])
            drawn = chance.choices(items, liked[cell], k=points)
            ballots[voter] = {item: drawn.count(item) for item in items if item in drawn}
            cell_of_voter[voter] = f"c{cell}"
    cost = {item: chance.randint(1, 20) for item in items} if priced else None
    budget = chance.randint(10, 60) if priced else chance.randint(1, len(items))
    return {
        "ballots": ballots,
        "cell_of_voter": cell_of_voter,
        "order": items,
        "budget": budget,
        "cost": cost,
    }


def theirs(vote, clones, *, raising):
    """Names of what ``pabutools`` buys, in its order. ``clones``: voter to how many of them there are."""
    order, cost = vote["order"], vote["cost"]
    project = {item: Project(item, cost[item] if cost else 1) for item in order}
    instance = Instance(project.values(), budget_limit=vote["budget"])
    sheets = [
        CardinalBallot({project[item]: points for item, points in ballot.items()})
        for voter, ballot in vote["ballots"].items()
        for _ in range(clones[voter])
    ]
    bought = method_of_equal_shares(
        instance,
        CardinalProfile(sheets, instance=instance),
        Additive_Cardinal_Sat,
        tie_breaking=TieBreakingRule(lambda _instance, _profile, project: order.index(project.name)),
        voter_budget_increment=frac(vote["budget"], 100 * len(sheets)) if raising else None,
    )
    return [project.name for project in bought]


def sizes_of(chance, alike):
    cells = chance.randint(1, 4)
    return [chance.randint(1, 6)] * cells if alike else [chance.randint(1, 4) for _ in range(cells)]


@pytest.mark.parametrize("alike", [True, False], ids=["cells alike", "voters cloned"])
@pytest.mark.parametrize("raising", [False, True], ids=["as it is", "raised"])
@pytest.mark.parametrize("priced", [False, True], ids=["one each", "costs"])
def test_against_the_reference(alike, raising, priced):
    chance = Random(f"{alike} {raising} {priced}")
    different, bought, weighed = [], 0, 0
    for n in range(INSTANCES):
        sizes = sizes_of(chance, alike)
        vote = random_vote(chance, sizes, priced=priced)
        size = dict(zip((f"c{cell}" for cell in range(len(sizes))), sizes, strict=True))
        clones = {voter: lcm(*sizes) // size[cell] for voter, cell in vote["cell_of_voter"].items()}
        ours = [chosen.item for chosen in equal_shares(**vote, raising=raising).chosen]
        reference = theirs(vote, clones, raising=raising)
        bought += len(ours)
        if ours != reference:
            different.append((n, vote, ours, reference))
        if not alike:
            weighed += ours != theirs(vote, dict.fromkeys(clones, 1), raising=raising)
    tell(
        f"equal shares, {'equal cells' if alike else 'voters cloned'}, {'costs' if priced else 'one each'}, "
        f"{'raised' if raising else 'as it is'}: {INSTANCES} instances against pabutools, "
        f"{len(different)} differences ({bought} items bought"
        + (")" if alike else f"; without clones {weighed} come out otherwise)")
    )
    assert different == []
    # Enough is bought for a difference to show, and where cells are unequal the weights decide something.
    assert bought > INSTANCES
    assert alike or weighed > INSTANCES // 20
