"""Who is through: ranks, the cut after the first k, and what settles a tie at the cut.

A tie at the cut goes to the higher lowest figure of any cell, then to the higher agreement, then to a lot
drawn from the log's digest at the closing: it is published, so anyone can draw it again, and nobody who votes
can know it before. What was tied and did not pass is named.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256

from edp_app.core.results.shares import Counted

Figure = Callable[[Counted], Fraction]


def headcount(counted: Counted) -> Fraction:
    """One person, one vote."""
    return counted.headcount


def balanced(counted: Counted) -> Fraction:
    """Every group counting the same."""
    return counted.balanced


@dataclass(frozen=True, slots=True)
class Cut:
    """What passes by one count.

    ``tied_out``: items that had as much as the last one through and are not through. ``by_lot``: items of
    which some passed and some did not, and only the lot told them apart.
    """

    through: frozenset[str]
    tied_out: tuple[str, ...] = ()
    by_lot: frozenset[str] = frozenset()


def ranks(counted: Iterable[Counted], figure: Figure) -> dict[str, int]:
    """Item to rank by ``figure``, 1 for the highest, of the items that have figures; those that were given
    nothing after all others. Equal figures share the rank, and the next one counts them all (1, 1, 3)."""
    figures = {c.item: (c.given > 0, figure(c)) for c in counted if c.ranked}
    ordered = sorted(figures.values(), reverse=True)
    first: dict[tuple[bool, Fraction], int] = {}
    for n, of in enumerate(ordered, start=1):
        first.setdefault(of, n)
    return {item: first[of] for item, of in figures.items()}


def lot(seed: str, item: str) -> str:
    """An item's lot; the lower one wins. ``seed``: the chain digest (hex) at which the run was
    complete: of its closing, or of the last sheet of paper typed in after that."""
    return sha256(f"{seed}|{item}".encode()).hexdigest()


def listed(counted: Iterable[Counted], figure: Figure, seed: str) -> list[Counted]:
    """The items as they are listed: by ``figure``, ties by the lowest cell figure, by agreement, then by lot;
    those that nobody gave anything stand at the end, by ``figure`` where they have one (nobody may agree with
    them and some still be seen by fewer), else in the order they came in."""
    items = list(counted)
    given = [c for c in items if c.given]
    nothing = [c for c in items if not c.given]
    given.sort(key=lambda c: (-figure(c), *_tie_break(c), lot(seed, c.item)))
    nothing.sort(key=lambda c: (not c.ranked, -figure(c)))  # stable
    return given + nothing


def _tie_break(c: Counted) -> tuple[Fraction, Fraction]:
    """What settles a tie before the lot does, the lower first. Agreement is never below -1."""
    return -c.lowest, Fraction(2) if c.agreement is None else -c.agreement


def cut(counted: Sequence[Counted], figure: Figure, passes: int, seed: str) -> Cut:
    """The first ``passes`` items by ``figure``: never more, fewer where fewer were given anything."""
    order = [c for c in listed(counted, figure, seed) if c.given]
    through, out = order[:passes], order[passes:]
    if not through or not out or figure(out[0]) != figure(through[-1]):
        return Cut(frozenset(c.item for c in through))
    last = through[-1]
    tied_out = tuple(c.item for c in out if figure(c) == figure(last))
    by_lot: frozenset[str] = frozenset()
    if _tie_break(out[0]) == _tie_break(last):
        alike = (c for c in order if figure(c) == figure(last) and _tie_break(c) == _tie_break(last))
        by_lot = frozenset(c.item for c in alike)
    return Cut(frozenset(c.item for c in through), tied_out, by_lot)
