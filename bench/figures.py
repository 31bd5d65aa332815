"""From single moments to figures."""

from bisect import bisect_left
from collections.abc import Sequence
from statistics import median
from typing import Any, Protocol

MOST_TIMES = 200_000


class Told(Protocol):
    """A change and when each page was told."""

    to: int
    arrivals: list[float]


class Tapped(Protocol):
    """An operation, when it was tapped, and its place in the log."""

    tapped: float
    first: int


def percentile(ordered: Sequence[float], percent: float) -> float | None:
    """The value that ``percent`` of the sorted ``ordered`` do not exceed (nearest rank); None of nothing."""
    if not ordered:
        return None
    rank = -(-len(ordered) * percent // 100)
    return ordered[max(0, int(rank) - 1)]


def visible(ops: Sequence[Tapped], changes: Sequence[Told]) -> list[float]:
    """Sorted times in ms from each operation's tap until a page was told of it: one for each operation and
    page, thinned out evenly where they would be very many.

    An operation at position ``p`` of the log is told by the first change that leads to ``p`` or beyond.
    """
    reached = [change.to for change in changes]
    pairs = []
    for op in ops:
        index = bisect_left(reached, op.first)
        if index < len(changes):
            pairs.append((op, changes[index]))
    step = 1 + sum(len(change.arrivals) for _, change in pairs) // MOST_TIMES
    return sorted(1000 * (told - op.tapped) for op, change in pairs for told in change.arrivals[::step])


def medians(rounds: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """For each name the median of its numbers over all rounds that have one. What was refused or lost is
    added up instead: one is one too many."""
    found: dict[str, Any] = {}
    for name in dict.fromkeys(name for one in rounds for name in one):
        values = [one[name] for one in rounds if one.get(name) is not None]
        if name == "refused":
            found[name] = {
                code: sum(v.get(code, 0) for v in values) for code in {c for v in values for c in v}
            }
        elif name == "lost":
            found[name] = sum(values)
        elif values and all(isinstance(value, int | float) for value in values):
            found[name] = median(values)
    return found
