"""What a room's scores of one item say in a word: agreed, rejected, divided, or seen differently by groups.

The scores are whole or broken numbers between 1 and 5: each voter's own total over the criteria. The words
come from shares and from a permutation test (R. A. Fisher, *The Design of Experiments*, 1935; E. J. G.
Pitman, *Significance tests which may be applied to samples from any populations*, 1937; hits are counted with
the observed arrangement among them, B. Phipson and G. K. Smyth, *Permutation P-values should never be zero*,
2010, doi:10.2202/1544-6115.1585). The only chance in it comes from a seed that nobody could know while people
voted, and that anybody can use again.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor, lcm

# The one generator of the rules: always with a seed, so that a log always gives the same result.
from random import Random
from typing import Literal

from edp_app.core.results.agreement import agreement, averaged, polarisation
from edp_app.core.results.cells import too_few

Label = Literal["groups_differ", "shared_yes", "shared_no", "divided", "open"]

HIGH = Fraction(7, 2)
"""A score of at least so much is high."""

LOW = Fraction(5, 2)
"""A score of at most so much is low."""

WIDE = 1
"""The gap between cells' means from which it is tested whether groups differ."""

PERMUTATIONS = 2000
TOO_MANY = 100
"""So many hits mean p > 0.05 however the rest comes out: with 99, p = 100/2001 ≤ 0.05; with 100, 101/2001."""

SHARED_BY = Fraction(7, 10)
SHARED_IN_A_CELL = Fraction(1, 2)
DIVIDED = Fraction(3, 10)


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the scores of one item say."""

    high: int
    """How many scored it :data:`HIGH` or more."""
    middle: int
    low: int
    label: Label
    agreement: Fraction
    """Van der Eijk's A of low, middle and high, every cell counting the same."""
    polarisation: Fraction
    gap: Fraction | None = None
    """Highest less lowest mean of a cell; None where fewer than two cells scored it."""
    p: Fraction | None = None
    """Of the permutation test of the gap, where that was wide enough to be tested and p ≤ 0.05."""


def opinion(
    scores_by_cell: Mapping[str, Sequence[Fraction | int]], *, seed: str, item: str, scale: int = 1
) -> Opinion | None:
    """The opinion on ``item``; None below three scores.

    ``scores_by_cell``: for each cell, in the order of cells, the scores its voters gave; cells without any
    are passed over, and the order within a cell does not matter. Where heads alone are counted everybody is
    in one cell: then there is no gap, and A is that of all together. ``seed``: the chain digest (hex) at the
    run's closing. ``scale``: scores are so many times as large as they count, so that they can be whole
    numbers, which are compared many times faster.

    The label is the first of these that holds:

    - *groups differ*: gap ≥ 1, and p ≤ 0.05 in the permutation test of the gap (:func:`permutation_p`);
    - *shared yes*: at least 70 % of all scores are high, and at least 50 % in every cell;
    - *shared no*: the same with low;
    - *divided*: at least 30 % of all scores are high and at least 30 % low;
    - *open*: everything else.
    """
    cells = [sorted(scores) for scores in scores_by_cell.values() if scores]
    n = sum(map(len, cells))
    if too_few(n):
        return None
    counts = [sides(scores, scale) for scores in cells]
    low, middle, high = (sum(side) for side in zip(*counts, strict=True))
    gap = _gap(cells) / scale if len(cells) > 1 else None
    p = permutation_p(cells, seed=seed, item=item) if gap is not None and gap >= WIDE else None
    label: Label
    if p is not None:
        label = "groups_differ"
    elif _shared([(c[2], sum(c)) for c in counts]):
        label = "shared_yes"
    elif _shared([(c[0], sum(c)) for c in counts]):
        label = "shared_no"
    elif min(high, low) >= DIVIDED * n:
        label = "divided"
    else:
        label = "open"
    a = agreement(averaged(counts))
    assert a is not None  # noqa: S101 (there are three scores or more)
    return Opinion(high, middle, low, label, a, polarisation(a), gap, p)


def permutation_p(cells: Sequence[Sequence[Fraction | int]], *, seed: str, item: str) -> Fraction | None:
    """p = (1 + hits) / 2001: how often a gap as wide comes out where scores are dealt to cells by chance.

    ``cells``: the scores of each cell, ascending, in any unit; none of them empty, two at least. None where
    p > 0.05: counting stops as soon as that is certain.

    All scores stand in one list, cell after cell. 2,000 times the list is shuffled on from where it is: for
    every i from 0 to n − 1 − (size of the last cell), the score at i changes places with the one at i + int(r
    · (n − i)), where r is the next number of the generator (Python's Mersenne Twister, seeded with the text
    "seed|item|labels"). Then the first n₁ scores are the first cell's, and so on; what is left is the last
    cell's, so it needs no shuffling. A hit is a gap between means at least as wide as the observed one.
    """
    sizes = [len(scores) for scores in cells]
    n = sum(sizes)
    # Means are compared as whole numbers: scores times the lcm of their denominators, means times that of
    # sizes.
    unit = lcm(*(score.denominator for scores in cells for score in scores))
    scores = [int(score * unit) for scores in cells for score in scores]
    over = lcm(*sizes)
    ends = [sum(sizes[: k + 1]) for k in range(len(sizes))]
    slots = [(end - size, end, over // size) for end, size in zip(ends, sizes, strict=True)]
    observed = _spread(scores, slots)
    draw = Random(f"{seed}|{item}|labels").random  # noqa: S311 (it has to come out again)
    # This is where the time of a big room goes: 2,000 shuffles of a thousand scores for each item. Of a float
    # that is not negative, floor() is what int() is, in a third of the time; n - i is made a float here once.
    steps = [(i, float(n - i)) for i in range(n - sizes[-1])]
    hits = 0
    for _ in range(PERMUTATIONS):
        for i, left in steps:
            j = i + floor(draw() * left)
            scores[i], scores[j] = scores[j], scores[i]
        if _spread(scores, slots) >= observed:
            hits += 1
            if hits == TOO_MANY:
                return None
    return Fraction(1 + hits, PERMUTATIONS + 1)


def _spread(scores: Sequence[int], slots: Sequence[tuple[int, int, int]]) -> int:
    """The gap between the slots' means. A slot: its first score, the one behind its last, and by what its sum
    is multiplied so that sums compare as means do."""
    means = [sum(scores[begin:end]) * times for begin, end, times in slots]
    return max(means) - min(means)


def _gap(cells: Sequence[Sequence[Fraction | int]]) -> Fraction:
    means = [Fraction(sum(scores)) / len(scores) for scores in cells]
    return max(means) - min(means)


def sides(scores: Sequence[Fraction | int], scale: int = 1) -> tuple[int, int, int]:
    """How many of these scores, which ascend, are low (:data:`LOW` or less), between, and high (:data:`HIGH`
    or more). ``scale``: they are so many times as large as they count."""
    low = bisect_right(scores, LOW * scale)
    high = len(scores) - bisect_left(scores, HIGH * scale)
    return low, len(scores) - low - high, high


def _shared(cells: Sequence[tuple[int, int]]) -> bool:
    """Whether a side is taken by enough of all, and enough of each cell. A cell: how many take it, of how
    many."""
    takers, voters = (sum(numbers) for numbers in zip(*cells, strict=True))
    return takers >= SHARED_BY * voters and all(taken >= SHARED_IN_A_CELL * of for taken, of in cells)
