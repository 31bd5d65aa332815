"""How far a room agrees on a scale: van der Eijk's A, in exact fractions.

Cees van der Eijk, *Measuring agreement in ordered rating scales*, Quality & Quantity 35 (2001), 325–341,
doi:10.1023/A:1010374114305. The figures are those that the R package ``agrmt`` gives by default.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import combinations

Share = Fraction | int


def agreement(frequencies: Sequence[Share]) -> Fraction | None:
    """A: 1 where everybody chose one category, 0 where every category is chosen alike, −1 where one half
    stands at each end.

    ``frequencies``: for each category of an ordered scale, in its order, how many chose it or which share of
    all did; none is negative, and only their proportions matter. None where there is nothing to count: no
    category, or nobody in any.

    The vector is peeled into layers, from the bottom: in each, all categories that are not used up yet have
    the same height. A is the mean of the layers' own agreement (:func:`_of_pattern`), each weighted by its
    share of the votes.

    The article asks for three categories or more. With two there is no triplet to look at, so a layer of both
    counts 0 and A = 1 − 2 × the smaller share; with one, everybody agrees.
    """
    total = sum(frequencies)
    if total == 0:
        return None
    weighted = Fraction(0)
    used_up: Share = 0
    for height in sorted({f for f in frequencies if f > 0}):
        pattern = tuple(f >= height for f in frequencies)
        weighted += (height - used_up) * sum(pattern) * _of_pattern(pattern)
        used_up = height
    return weighted / total


def polarisation(a: Fraction) -> Fraction:
    """(1 − A) / 2: 0 where everybody chose one category, ½ where all are chosen alike, 1 where one half
    stands at each end."""
    return (1 - a) / 2


def averaged(counts_by_cell: Iterable[Sequence[int]]) -> list[Fraction]:
    """For each category the mean over cells of the share of the cell's votes, every cell counting the same.

    ``counts_by_cell``: for each cell how many chose each category, all of one length. A cell without a vote
    is left out; [] where there is no other.
    """
    shares = [[Fraction(n, sum(counts)) for n in counts] for counts in counts_by_cell if any(counts)]
    return [sum(column, Fraction(0)) / len(shares) for column in zip(*shares, strict=True)]


@lru_cache(maxsize=4096)
def _of_pattern(chosen: tuple[bool, ...]) -> Fraction:
    """The agreement of one layer: which of the K categories are in it, all with the same weight.

    Of all triplets of categories i < j < k, TU have the patterns 110 or 011 (as one peak would) and TDU have
    101 (as two peaks would). U = [(K−2)·TU − (K−1)·TDU] / [(K−2)·(TU+TDU)], 0 where there is no such triplet;
    with S categories in the layer its agreement is U·(1 − (S−1)/(K−1)), and 1 where S = 1.
    """
    k, s = len(chosen), sum(chosen)
    if s == 1:
        return Fraction(1)
    one_peak = two_peaks = 0
    for left, middle, right in combinations(chosen, 3):
        if left + middle + right == 2:
            one_peak += middle
            two_peaks += not middle
    if one_peak + two_peaks == 0:
        return Fraction(0)
    u = Fraction((k - 2) * one_peak - (k - 1) * two_peaks, (k - 2) * (one_peak + two_peaks))
    return u * (1 - Fraction(s - 1, k - 1))
