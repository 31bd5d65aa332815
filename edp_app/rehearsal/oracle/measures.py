"""Measures of one item: agreement, the test of a gap, the geometric mean, concordance."""

import hashlib
import math
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import total_ordering
from itertools import combinations

PERMUTATIONS = 2_000
HITS_THAT_SETTLE_IT = 100
"""With so many p is above 0.05 whatever the rest would give."""


def agreement(votes: Sequence[Fraction | int]) -> Fraction | None:
    """Agreement A of a frequency vector, -1 to 1 (van der Eijk 2001, doi:10.1023/A:1010374114305); None where
    it is empty."""
    left, total = [Fraction(n) for n in votes], Fraction(sum(votes))
    a = Fraction(0)
    while any(left):
        pattern = [n > 0 for n in left]
        height = min(n for n in left if n)
        left = [n - height if n else n for n in left]
        a += _of_layer(pattern) * height * sum(pattern) / total
    return a if total else None


def _of_layer(pattern: list[bool]) -> Fraction:
    k, s = len(pattern), sum(pattern)
    if s == 1:
        return Fraction(1)
    triplets = Counter(combinations(pattern, 3))
    tu = triplets[True, True, False] + triplets[False, True, True]
    tdu = triplets[True, False, True]
    if tu + tdu == 0:
        return Fraction(0)
    u = Fraction((k - 2) * tu - (k - 1) * tdu, (k - 2) * (tu + tdu))
    return u * (1 - Fraction(s - 1, k - 1))


def gap(means: Sequence[Fraction]) -> Fraction | None:
    return max(means) - min(means) if len(means) > 1 else None


def permutation_p(cells: Sequence[Sequence[Fraction]], seed: str) -> Fraction | None:
    """How often a gap as large as that of these cells' means comes from shuffling who is in which cell:
    (1 + hits) / 2001; None where it is certain to be above 0.05.

    The values of all cells are one list; it is shuffled from the front, as far as the last cell.
    """
    values = [value for cell in cells for value in sorted(cell)]
    sizes = [len(cell) for cell in cells]
    # In whole numbers: all values over one denominator, each cell's sum as if cells were equally large.
    unit, equal = math.lcm(*(value.denominator for value in values)), math.lcm(*sizes)
    whole = [int(value * unit) for value in values]

    def gap_now() -> int:
        means, start = [], 0
        for size in sizes:
            means.append(sum(whole[start : start + size]) * (equal // size))
            start += size
        return max(means) - min(means)

    observed, hits = gap_now(), 0
    rng, n = random.Random(seed), len(whole)  # noqa: S311 -- whoever has the seed must get the same
    for _ in range(PERMUTATIONS):
        for i in range(n - sizes[-1]):
            j = i + int(rng.random() * (n - i))
            whole[i], whole[j] = whole[j], whole[i]
        hits += gap_now() >= observed
        if hits == HITS_THAT_SETTLE_IT:
            return None
    return Fraction(1 + hits, 1 + PERMUTATIONS)


@total_ordering
@dataclass(frozen=True, eq=False)
class GeometricMean:
    """The geometric mean of positive fractions, compared exactly."""

    factors: tuple[Fraction, ...]

    def __float__(self) -> float:
        return math.exp(math.fsum(math.log(f) for f in self.factors) / len(self.factors))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, GeometricMean) and self._to_the(other) == other._to_the(self)

    def __lt__(self, other: "GeometricMean") -> bool:
        return self._to_the(other) < other._to_the(self)

    def __hash__(self) -> int:
        return hash(round(float(self), 6))

    def _to_the(self, other: "GeometricMean") -> Fraction:
        """Of a**(1/m) and b**(1/n) the first is larger where a**n is larger than b**m."""
        return math.prod(self.factors, start=Fraction(1)) ** len(other.factors)


def concordance(places: Sequence[Sequence[Fraction]]) -> Fraction | None:
    """Kendall's W, 0 to 1, corrected for ties; ``places``: for each ranking the place of each item."""
    m, n = len(places), len(places[0]) if places else 0
    if m < 2 or n < 2:
        return None
    sums = [sum(ranking[item] for ranking in places) for item in range(n)]
    middle = Fraction(sum(sums), n)
    s = sum((one - middle) ** 2 for one in sums)
    ties = sum(t**3 - t for ranking in places for t in Counter(ranking).values())
    below = m**2 * (n**3 - n) - m * ties
    return Fraction(12 * s) / below if below else None


def lot(seed: str, item: str) -> str:
    """The lower one wins."""
    return hashlib.sha256(f"{seed}|{item}".encode()).hexdigest()


def in_no_order(texts: Sequence[str], seed: str, item: str) -> list[str]:
    """Reasons in an order that tells nothing of who gave them or when."""
    return sorted(texts, key=lambda text: hashlib.sha256(f"{seed}|{item}|{text}".encode()).hexdigest())
