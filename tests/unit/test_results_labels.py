"""The word for what a room thinks of an item, at its thresholds."""

from fractions import Fraction

import pytest

from edp_app.core.results.labels import opinion, permutation_p

SEED = "5eed" * 16


def said(*cells, seed=SEED, item="x"):
    named = {f"c{n}": [Fraction(s) for s in scores] for n, scores in enumerate(cells, start=1)}
    return opinion(named, seed=seed, item=item)


@pytest.mark.parametrize(
    ("cells", "label"),
    [
        # 7 of 10 are high, and half of a cell.
        (([4, 4, 4, 4, 4, 3], [4, 4, 3, 3]), "shared_yes"),
        (([4, 4, 4, 4, 4, 4], [4, 3, 3, 3]), "open"),
        (([4, 4, 4, 4, 3, 3], [4, 4, 3, 3]), "open"),
        (([2, 2, 2, 2, 2, 3], [2, 2, 3, 3]), "shared_no"),
        (([2, 2, 2, 2, 2, 2], [2, 3, 3, 3]), "open"),
        # 3 of 10 are high and 3 low.
        (([4, 2, 3, 3, 3], [4, 4, 2, 2, 3]), "divided"),
        (([4, 2, 3, 3, 3], [4, 3, 2, 2, 3]), "open"),
        # Half and half: divided, although half of every cell is high.
        (([5, 5, 1, 1], [5, 1]), "divided"),
        (([3, 3, 3], [3, 3, 3]), "open"),
        # Everybody in one cell, heads alone being counted.
        (([4, 4, 4, 4, 4, 4, 4, 1, 1, 1],), "shared_yes"),
        (([4, 4, 4, 4, 4, 4, 3, 1, 1, 1],), "divided"),
        (([1, 1, 1],), "shared_no"),
    ],
)
def test_labels(cells, label):
    assert said(*cells).label == label


def test_sides_include_their_limits():
    o = said(["3.5", "3.49", "2.51", "2.5", "5"])
    assert (o.high, o.middle, o.low) == (2, 2, 1)


def test_groups_differ():
    o = said([5] * 6, [1] * 6)
    assert o.label == "groups_differ"
    assert o.gap == 4
    assert o.p <= Fraction(50, 1000)
    assert (o.agreement, o.polarisation) == (-1, 1)


def test_a_gap_that_chance_gives_as_well_is_none_between_groups():
    # Of the 20 ways to deal three fives and three ones to two cells, two are as far apart.
    o = said([5] * 3, [1] * 3)
    assert o.gap == 4
    assert o.p is None
    assert o.label == "divided"


def test_a_gap_of_less_than_one_is_not_tested():
    o = said([4] * 30, ["3.01"] * 30)
    assert o.gap == Fraction(99, 100)
    assert (o.label, o.p) == ("open", None)
    assert said([4] * 30, [3] * 30).label == "groups_differ"


def test_that_groups_differ_comes_first():
    assert said([5] * 20, [4] * 20).label == "groups_differ"


def test_one_cell_has_no_gap():
    o = said([5, 5, 5, 1, 1, 1])
    assert (o.gap, o.p, o.label, o.agreement) == (None, None, "divided", -1)


def test_three_scores_at_least():
    assert said([5], [1]) is None
    assert said() is None
    assert said([5], [1], [3]) is not None


def test_agreement_counts_every_cell_the_same():
    # (low, middle, high) = (1, 0, 0) and (0, 0, 1): one half at each end, though 8 of 10 are high.
    assert said([1, 1], [5] * 8).agreement == -1
    # Heads alone: (1/5, 0, 4/5): layers both ends (2/5, -1) and one end (3/5, 1).
    assert said([1, 1] + [5] * 8).agreement == Fraction(1, 5)


def test_p_is_about_what_all_arrangements_give():
    # Of the 70 ways to deal four fives and four ones to two cells of four, two are as far apart.
    p = permutation_p([[Fraction(5)] * 4, [Fraction(1)] * 4], seed=SEED, item="x")
    assert abs(p - Fraction(2, 70)) < Fraction(15, 1000)


def test_p_is_never_nothing():
    p = permutation_p([[Fraction(5)] * 40, [Fraction(1)] * 40], seed=SEED, item="x")
    assert p == Fraction(1, 2001)


def test_another_seed_or_item_is_another_shuffle():
    cells = [[Fraction(n) for n in (3, 4, 5, 5, 5)], [Fraction(n) for n in (1, 2, 2, 3, 4)]]
    found = {permutation_p(cells, seed=seed, item=item) for seed in ("a", "b") for item in ("x", "y", "z")}
    assert len(found) > 2
