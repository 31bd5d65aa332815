"""Ties at the cut: items with the same figure, of which one count lets some through and others not.

Ranks are those of exact fractions, so equal ranks are equal figures. What told the items apart is the rule of
:mod:`edp_app.core.results.cut`: more support in the group where support is lowest, then more agreement, then
a lot. It is read from what is published.
"""

from dataclasses import dataclass
from typing import Literal

from edp_app.report.parts import Listing, Row

Count = Literal["headcount", "balanced"]
Step = Literal["cells", "agreement", "lot"]
"""What tells items apart that have the same figure: the lowest figure of any group, the agreement, a lot."""
STEPS: tuple[Step, ...] = ("cells", "agreement", "lot")
COUNTS: tuple[Count, ...] = ("headcount", "balanced")


@dataclass(frozen=True, slots=True)
class Tie:
    """The items tied at one cut. ``won`` are those that the count lets through; neither is ever empty."""

    count: Count
    rank: int
    won: tuple[Row, ...]
    lost: tuple[Row, ...]

    def step(self, *rows: Row) -> Step:
        """What told these items from those on the other side of the cut: of several steps the last, without
        which the cut would not be where it is."""
        steps = [settled_by(row, other) for row in rows for other in self._across(row)]
        return max(steps, key=STEPS.index)

    def before(self, row: Row) -> tuple[Row, ...]:
        """The items to which one that lost had to give way, by the last step that it came to."""
        last = self.step(row)
        return tuple(one for one in self.won if settled_by(one, row) == last)

    def _across(self, row: Row) -> tuple[Row, ...]:
        return self.lost if row in self.won else self.won


def settled_by(one: Row, other: Row) -> Step:
    """What tells two items apart that have the same figure. Where heads alone are counted there are no
    groups, and without scores there is no agreement."""
    if _lowest(one) != _lowest(other):
        return "cells"
    return "lot" if _agreement(one) == _agreement(other) else "agreement"


def rank(row: Row, count: Count) -> int | None:
    """An item's rank by a count; None where there is no such count."""
    return row.rank_headcount if count == "headcount" else row.rank_balanced


def figure(row: Row, count: Count) -> float | None:
    """An item's figure by a count; None where it has none."""
    return row.headcount if count == "headcount" else row.balanced


def passes(row: Row, count: Count) -> bool:
    """Whether an item would pass by this count alone."""
    return bool(row.passes_headcount if count == "headcount" else row.passes_balanced)


def tie_at_cut(listing: Listing, count: Count) -> Tie | None:
    """The tie at the cut of a list by this count, whether or not it is the count that decided."""
    through = [row for row in listing.rows if passes(row, count)]
    last = max((rank(row, count) or 0 for row in through), default=0)
    alike = [row for row in listing.rows if row.given and rank(row, count) == last]
    won = tuple(row for row in alike if passes(row, count))
    lost = tuple(row for row in alike if not passes(row, count))
    return Tie(count, last, won, lost) if won and lost else None


def _lowest(row: Row) -> float:
    """The lowest figure of an item in any cell; 0 where there are no cells."""
    return min((figure for _, figure in row.by_cell), default=0.0)


def _agreement(row: Row) -> float | None:
    return row.scored.agreement if row.scored else None
