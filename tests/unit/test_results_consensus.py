"""Group-informed consensus, by hand."""

from fractions import Fraction
from math import isclose, sqrt

from edp_app.core.results.consensus import Consensus, consensus, in_one_measure


def test_by_hand():
    found = consensus([(3, 4), (1, 2)])
    assert found == Consensus(Fraction(4, 6) * Fraction(2, 4), 2)
    assert isclose(found.value, sqrt(1 / 3))


def test_one_group_is_rational():
    assert consensus([(3, 3)]).value == 0.8


def test_groups_that_have_not_seen_it_are_left_out():
    assert consensus([(3, 4), (0, 0), (1, 2)]) == consensus([(3, 4), (1, 2)])
    assert consensus([(0, 0)]) is None
    assert consensus([]) is None


def test_a_small_group_against_it_weighs_as_much_as_a_large_one_for_it():
    loved_by_most = consensus([(20, 20), (0, 3)])
    liked_by_all = consensus([(14, 20), (2, 3)])
    assert loved_by_most.value < liked_by_all.value


def test_ranks_are_exact_with_any_number_of_groups():
    # The root of 4/9 over two groups is the same as 2/3 over one; a float may say otherwise.
    measured = in_one_measure(
        {
            "one": Consensus(Fraction(2, 3), 1),
            "two": Consensus(Fraction(4, 9), 2),
            "three": Consensus(Fraction(8, 27), 3),
            "a little more": Consensus(Fraction(4 * 10**40 + 1, 9 * 10**40), 2),
            "a little less": Consensus(Fraction(8 * 10**40 - 1, 27 * 10**40), 3),
        }
    )
    assert measured["one"] == measured["two"] == measured["three"]
    assert measured["a little less"] < measured["one"] < measured["a little more"]


def test_the_measure_is_the_place_from_below():
    found = {"x": Consensus(Fraction(1, 3), 4), "y": Consensus(Fraction(1, 2), 4)}
    assert in_one_measure(found) == {"x": 1, "y": 2}
    assert in_one_measure({}) == {}


def test_a_product_below_every_float_still_has_a_mean():
    found = consensus([(0, 999)] * 150)
    assert isclose(found.value, 1 / 1001)
