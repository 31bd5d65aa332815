"""On what scale a figure stands, and how it is written: shares, the consensus of groups, scores from 1 to
5, places."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from edp_app.charts.look import Speech

Kind = Literal["share", "consensus", "score", "place"]

HIGHEST = 5
"""Criteria and axes are judged from 1 to 5."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A scale. *share*: 0 to 1, told as per cent; *consensus*: the head-count is a share, the balanced figure
    an index from 0 to 1; *score*: 1 to 5; *place*: what places among ``items`` are worth, 0 to 1, told as the
    mean place. ``digits``: decimals of a score or a place."""

    kind: Kind = "share"
    digits: int = 1
    items: int = 0

    @property
    def zero(self) -> float:
        """Where bars begin."""
        return 1.0 if self.kind == "score" else 0.0

    @property
    def top(self) -> float | None:
        """Where a full bar ends; None: at the largest figure there is."""
        tops = {"share": None, "consensus": 1.0, "score": float(HIGHEST), "place": 1.0}
        return tops[self.kind]

    def written(self, value: float, words: Speech, *, balanced: bool = False, digits: int = 1) -> str:
        """The figure; ``digits``: decimals of a per cent."""
        if self.kind == "score":
            return words.number(value, self.digits)
        if self.kind == "place":
            place = words.number(self.items - value * (self.items - 1), self.digits)
            return words.gettext("mean place %(place)s", place=place)
        if self.kind == "consensus" and balanced:
            return words.number(value, 2)
        return words.percent(value, digits if self.kind == "share" else 0)

    def length(self, value: float, longest: float) -> float:
        """How much of a full bar this figure fills, from 0 to 1."""
        top = self.top or longest
        return min(1.0, max(0.0, (value - self.zero) / (top - self.zero))) if top > self.zero else 0.0


def score_digits(figures: Iterable[float]) -> int:
    """One decimal, or two where with one of them two different scores would be written alike."""
    order = sorted(set(figures))
    alike = any(round(low, 1) == round(high, 1) and high - low > 1e-9 for low, high in pairwise(order))
    return 2 if alike else 1
