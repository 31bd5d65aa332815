"""Group-informed consensus: how well a statement is received in every group, not only in the largest.

Christopher Small, Michael Bjorkegren, Timo Erkkilä, Lynette Shaw and Colin Megill, *Polis: Scaling
deliberation by mapping high dimensional opinion spaces*, Recerca 26 (2021), doi:10.6035/recerca.5516: the
probability that somebody of a group agrees is estimated as (agree + 1) / (seen + 2), by Laplace's rule of
succession, and the groups' probabilities are multiplied. We publish the geometric mean instead of the
product, so that statements which not every group has seen can stand beside those that all have.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cmp_to_key
from math import exp, log


@dataclass(frozen=True, slots=True)
class Consensus:
    """The consensus on one item: the ``cells``-th root of ``product``, which need not be rational."""

    product: Fraction
    """Of (agree + 1) / (seen + 2) over the cells in which anybody voted on it."""
    cells: int

    @property
    def value(self) -> float:
        """The geometric mean, between 0 and 1 and neither of them, to be published. Never rank by it:
        :func:`in_one_measure` is for that."""
        if self.cells == 1:
            return float(self.product)
        # A product over many large cells may be smaller than any float; its logarithm is not.
        return exp((log(self.product.numerator) - log(self.product.denominator)) / self.cells)

    def against(self, other: "Consensus") -> int:
        """Below 0, 0 or above it where this mean is lower than the other one, equal or higher."""
        mine, theirs = self.product**other.cells, other.product**self.cells
        return (mine > theirs) - (mine < theirs)


def consensus(cells: Iterable[tuple[int, int]]) -> Consensus | None:
    """The consensus on an item. ``cells``: for each cell how many of its voters agree, and how many voted on
    the item at all (agree, disagree or pass). Cells in which nobody did are left out; None where no other is.
    """
    product, counted = Fraction(1), 0
    for agree, seen in cells:
        if seen > 0:
            product *= Fraction(agree + 1, seen + 2)
            counted += 1
    return Consensus(product, counted) if counted else None


def in_one_measure(found: Mapping[str, Consensus]) -> dict[str, Fraction]:
    """Item to a fraction that is equal, lower or higher exactly where the geometric mean is: its place from
    below, from 1 on. Fractions of one call say nothing about those of another.

    Two means are compared as a^(1/m) and b^(1/n) are, by a^n and b^m: exact, and with small exponents. One
    power that makes all of them rational would be the least common multiple of all numbers of cells, 27,720
    where there are twelve.
    """
    in_order = sorted(found, key=lambda item: _Exact(found[item]))
    places: dict[str, Fraction] = {}
    place = 0
    for before, item in zip([None, *in_order], in_order, strict=False):
        if before is None or found[before].against(found[item]):
            place += 1
        places[item] = Fraction(place)
    return places


_Exact = cmp_to_key(Consensus.against)
