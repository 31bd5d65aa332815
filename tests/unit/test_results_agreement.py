"""Van der Eijk's A: published values, the article's extremes, and what it makes of short scales."""

from fractions import Fraction

import pytest

from edp_app.core.results.agreement import agreement, averaged, polarisation
from tests.support.literature import AGREEMENT


@pytest.mark.parametrize(
    ("frequencies", "a"),
    AGREEMENT,
)
def test_known_values(frequencies, a):
    assert round(float(agreement(frequencies)), 4) == a


def test_by_hand():
    # Layers of [1, 2, 1]: all three (weight 3/4, 0) and the middle one (weight 1/4, 1).
    assert agreement([1, 2, 1]) == Fraction(1, 4)
    # [0, 1, 1]: TU = 1, so U = 1, and 1 - 1/2 for two of three categories.
    assert agreement([0, 1, 1]) == Fraction(1, 2)
    # [2, 0, 1]: both ends (weight 2/3, U = -2, so -2 · 1/2) and one end (weight 1/3, 1).
    assert agreement([2, 0, 1]) == Fraction(-1, 3)


def test_two_categories_are_apart_or_together():
    assert agreement([4, 0]) == 1
    assert agreement([2, 2]) == 0
    assert agreement([3, 1]) == Fraction(1, 2)


def test_one_category_is_agreed_on():
    assert agreement([7]) == 1


@pytest.mark.parametrize("frequencies", [[], [0], [0, 0, 0], [Fraction(0)] * 5])
def test_nothing_to_count(frequencies):
    assert agreement(frequencies) is None


def test_shares_are_as_good_as_numbers():
    assert agreement([Fraction(1, 5), 0, Fraction(4, 5)]) == agreement([1, 0, 4])


def test_polarisation():
    assert polarisation(Fraction(1)) == 0
    assert polarisation(Fraction(0)) == Fraction(1, 2)
    assert polarisation(Fraction(-1)) == 1


def test_the_average_of_cells():
    assert averaged([[6, 0, 0], [0, 1, 1]]) == [Fraction(1, 2), Fraction(1, 4), Fraction(1, 4)]
    assert averaged([[0, 3], [0, 0]]) == [0, 1]
    assert averaged([[0, 0]]) == []
    assert agreement(averaged([[0, 0]])) is None


def test_the_worked_example_of_a_room_in_which_every_group_is_shown():
    # Twelve fives; 2 2 3 1 2 3; 4 3 4 3 4; 2; 1. By its five steps, every group counting the same.
    steps = [[0, 0, 0, 0, 12], [1, 3, 2, 0, 0], [0, 0, 2, 3, 0], [0, 1, 0, 0, 0], [1, 0, 0, 0, 0]]
    assert round(float(agreement(averaged(steps))), 4) == 0.0678
