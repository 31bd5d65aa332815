"""Kendall's W, by hand."""

from fractions import Fraction

from edp_app.core.results.kendall import concordance, places


def w(items, *rankings):
    return concordance(places(items, ranking) for ranking in rankings)


def test_the_known_value():
    assert w("abcd", "abcd", "bacd", "acbd") == Fraction(7, 9)


def test_the_extremes():
    assert w("abc", "bca", "bca") == 1
    assert w("abc", "abc", "cba") == 0
    assert w("ab", "ab", "ba", "ab", "ba") == 0


def test_places_left_are_shared():
    assert places("abcde", "db") == {
        "d": 1,
        "b": 2,
        "a": 4,
        "c": 4,
        "e": 4,
    }
    assert places("abcd", "c") == {"c": 1, "a": 3, "b": 3, "d": 3}
    assert places("abc", "") == {"a": 2, "b": 2, "c": 2}
    assert places("ab", "xbya") == {"b": 1, "a": 2}


def test_ties_are_corrected_for():
    # 1 2½ 2½ twice: sums 2, 5, 5 about 4: S = 6; 72 / (4 · 24 - 2 · 12).
    assert w("abc", "a", "a") == 1
    # 1 2 3 and 1 2½ 2½: sums 2, 4½, 5½ about 4: S = 6.5; 12 · 6.5 / (4 · 24 - 2 · 6) = 78/84.
    assert w("abc", "abc", "a") == Fraction(13, 14)


def test_where_it_is_not_defined():
    assert w("abc") is None
    assert w("abc", "abc") is None
    assert w("a", "a", "a") is None
    assert w("", "", "") is None
    assert w("abc", "", "") is None


def test_somebody_who_ties_everything_agrees_with_nobody():
    # 1 2 3 and 2 2 2: sums 3 4 5, S = 2; 24 / (4 · 24 - 2 · 24).
    assert w("abc", "abc", "") == Fraction(1, 2)
