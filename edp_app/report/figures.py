"""How a figure is written: the one place in Python, to the digit as the browser's pages write it.

The pages format with ``Intl.NumberFormat``, which rounds the shortest decimal number that stands for a double
(0.0825, not the 0.08250000000000000333… behind it), halves away from zero. ``repr`` gives the same decimal
number, so the same is done here. Rounding the double itself would tell 2.0 where a phone tells 2.1 (for
2.05).
"""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

SIGNS = {"en": (",", "."), "es": (".", ","), "pt": (".", ",")}
"""Language to the sign between thousands and that before decimals (CLDR)."""

UNGROUPED = {"es": 10_000}
"""Below this a number is written without a sign between thousands (CLDR: ``minimumGroupingDigits``)."""

PER_CENT = {"es": "\u00a0%"}
"""What follows a figure in per cent; Spanish sets a space that must not break."""


def rounded(value: float, digits: int, shift: int = 0) -> Decimal:
    """``value`` × 10 to the power ``shift``, with exactly ``digits`` decimals, halves away from zero."""
    exact = Decimal(repr(value)).scaleb(shift)
    return exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def number(value: float, digits: int, language: str) -> str:
    """A number with ``digits`` decimals in a language's notation."""
    return _written(rounded(value, digits), language)


def points(share: float, digits: int, language: str) -> str:
    """A share from 0 to 1 in per cent without the sign, for a column that has it in its head."""
    return _written(rounded(share, digits, shift=2), language)


def percent(share: float, digits: int, language: str) -> str:
    """A share from 0 to 1 in per cent."""
    return points(share, digits, language) + PER_CENT.get(language, "%")


def decimals_of(*orders: Iterable[tuple[int, float]]) -> int:
    """With how many decimals the per cents of a list are told: one where without it two neighbours of
    different rank would show the same figure, else none. ``orders``: rank and share of every row, by each
    count. The same rule as ``decimalsOf`` of the pages."""
    for order in orders:
        for one, after in pairwise(sorted(order, key=lambda pair: pair[0])):
            if one != after and one[0] != after[0] and rounded(one[1], 0, 2) == rounded(after[1], 0, 2):
                return 1
    return 0


def _written(value: Decimal, language: str) -> str:
    thousands, point = SIGNS[language]
    grouped = "," if abs(value) >= UNGROUPED.get(language, 0) else ""
    return f"{value:{grouped}f}".translate({ord(","): thousands, ord("."): point})
