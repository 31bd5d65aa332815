"""Labels: against a slower way to them, and how often they say that groups differ where these do not."""

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edp_app.core.results.cells import cell_of_group, form_cells
from edp_app.core.results.labels import opinion
from tests.support.told import tell

GROUPS = {"gov": 11, "biz": 6, "aca": 4, "civ": 2, "env": 2}
ITEMS = 1000

scores = st.lists(st.integers(4, 20).map(lambda n: Fraction(n, 4)), max_size=7)
rooms = st.lists(scores, min_size=1, max_size=4).map(lambda cells: {f"c{n}": c for n, c in enumerate(cells)})


def mean(numbers):
    return sum(numbers, Fraction(0)) / len(numbers)


def spread(cells):
    means = [mean(cell) for cell in cells]
    return max(means) - min(means)


def share(cells, side):
    everybody = [score for cell in cells for score in cell]
    return Fraction(sum(map(side, everybody)), len(everybody))


def slow_p(cells, seed, item):
    """Every one of 2,000 shuffles, as it is described and in fractions."""
    chance = Random(f"{seed}|{item}|labels")
    dealt = [score for cell in cells for score in sorted(cell)]
    n, hits = len(dealt), 0
    for _ in range(2000):
        for i in range(n - len(cells[-1])):
            j = i + int(chance.random() * (n - i))
            dealt[i], dealt[j] = dealt[j], dealt[i]
        rest, again = list(dealt), []
        for cell in cells:
            again.append([rest.pop(0) for _ in cell])
        hits += spread(again) >= spread(cells)
    return Fraction(1 + hits, 2001)


def slow_label(cells, p):
    def high(score):
        return score >= Fraction("3.5")

    def low(score):
        return score <= Fraction("2.5")

    if p is not None and p <= Fraction("0.05"):
        return "groups_differ"
    for side, label in ((high, "shared_yes"), (low, "shared_no")):
        if share(cells, side) >= Fraction("0.7") and all(share([c], side) >= Fraction("0.5") for c in cells):
            return label
    return "divided" if min(share(cells, high), share(cells, low)) >= Fraction("0.3") else "open"


@settings(max_examples=60)
@given(rooms, st.sampled_from(["00" * 32, "1f" * 32]))
def test_against_a_slower_way(room, seed):
    found = opinion(room, seed=seed, item="x")
    cells = [cell for cell in room.values() if cell]
    n = sum(map(len, cells))
    assert (found is None) == (n < 3)
    if found is None:
        return
    p = slow_p(cells, seed, "x") if len(cells) > 1 and spread(cells) >= 1 else None
    assert found.label == slow_label(cells, p)
    assert found.p == (p if p is not None and p <= Fraction("0.05") else None)
    assert found.gap == (spread(cells) if len(cells) > 1 else None)
    assert found.high + found.middle + found.low == n
    assert -1 <= found.agreement <= 1


@settings(max_examples=60)
@given(rooms, st.randoms(use_true_random=False))
def test_the_order_of_voters_and_the_names_of_cells_mean_nothing(room, chance):
    found = opinion(room, seed="5eed", item="x")
    again = {f"other {cell}": chance.sample(given_, len(given_)) for cell, given_ in room.items()}
    assert opinion(again | {"empty": []}, seed="5eed", item="x") == found


@given(rooms)
@settings(max_examples=40, deadline=None)
def test_whole_numbers_say_what_fractions_say(room):
    found = opinion(room, seed="5eed", item="x")
    whole = {cell: [int(score * 12) for score in given_] for cell, given_ in room.items()}
    assert opinion(whole, seed="5eed", item="x", scale=12) == found


@settings(max_examples=60)
@given(rooms)
def test_no_is_yes_seen_from_the_other_side(room):
    """With every score turned round (1 for 5), yes is no, and nothing else changes. The shuffles deal other
    scores then, so it is of no use where these decide."""
    found = opinion(room, seed="5eed", item="x")
    turned = opinion({cell: [6 - s for s in given_] for cell, given_ in room.items()}, seed="5eed", item="x")
    if found is None or (found.gap or 0) >= 1:
        return
    other_way = {"shared_yes": "shared_no", "shared_no": "shared_yes"}
    assert turned.label == other_way.get(found.label, found.label)
    assert (turned.high, turned.low, turned.agreement) == (found.low, found.high, found.agreement)


def rooms_of_groups(seed, privacy, draw, items):
    """So many rooms of :data:`GROUPS`, in cells. ``draw(chance, group)``: the score of one of the group."""
    chance = Random(seed)
    cells = form_cells(GROUPS, privacy, list(GROUPS))
    of_group = cell_of_group(cells)
    for _ in range(items):
        room = {cell.id: [] for cell in cells}
        for group, voters in GROUPS.items():
            room[of_group[group]] += [Fraction(draw(chance, group)) for _ in range(voters)]
        yield room


def rate_of_difference(seed, privacy, draw, items=ITEMS):
    """The share of items of which it is said that groups differ, and of those with a gap of 1.5 or more."""
    differ = wide = 0
    for n, room in enumerate(rooms_of_groups(seed, privacy, draw, items)):
        found = opinion(room, seed=seed, item=f"i{n}")
        differ += found.label == "groups_differ"
        wide += found.gap >= Fraction("1.5")
    return differ / items, wide / items


ALIKE = {
    "one to five alike": lambda chance, _group: chance.randint(1, 5),
    "mostly at the ends": lambda chance, _group: chance.choice([1, 1, 2, 4, 5, 5]),
    "two criteria": lambda chance, _group: Fraction(chance.randint(1, 5) + chance.randint(1, 5), 2),
}


@pytest.mark.parametrize("privacy", ["grouped", "open"])
@pytest.mark.parametrize("opinions", ALIKE)
def test_groups_of_one_opinion_are_seldom_said_to_differ(privacy, opinions):
    rate, wide = rate_of_difference(f"{privacy} {opinions}", privacy, ALIKE[opinions])
    tell(
        f"labels, 11/6/4/2/2 {privacy}, one opinion ({opinions}): groups differ in {rate:.1%} "
        f"of {ITEMS} items; a gap of 1.5 or more in {wide:.1%}"
    )
    assert rate <= 0.06


APART = {"gov": [4, 5]}


def test_groups_that_differ_are_said_to():
    rate, _ = rate_of_difference(
        "apart", "grouped", lambda chance, group: chance.choice(APART.get(group, [1, 2, 3])), items=200
    )
    tell(f"labels, 11/6/4/2/2 grouped, the largest group for it: groups differ in {rate:.1%} of 200 items")
    assert rate >= 0.99
