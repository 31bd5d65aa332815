"""The two counts of votes that people spend (dots, points), in exact fractions.

- *Head-count*: an item's dots ÷ all dots. One person, one vote.
- *Balanced*: s_h = the item's dots from cell h ÷ all dots cast by h; the item's figure is the mean of s_h
  over the cells that cast any. Every group counts the same, whatever its size.

Over the items of a list each of them sums to exactly 1, or to 0 where nobody cast a dot.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class Counted:
    """One item's figures, by whatever method.

    ``given``: how many dots or points it was given, or how many people scored it, put it in a place or agree
    with it; what has 0 cannot pass. ``ranked``: whether it has figures to be ranked by: none of the dots is
    one, too; no score is not. ``given_in``: how much of ``given`` came from each cell, where
    :func:`without_cell` has to know. ``by_cell``: its figure in each cell, or in each of those that stand
    together for this item. ``lowest`` is the lowest of them, which settles ties; 0 where there are no cells.
    ``agreement`` settles those that are left; None where the method has none.
    """

    item: str
    given: int
    headcount: Fraction
    balanced: Fraction
    by_cell: Mapping[str, Fraction]
    lowest: Fraction
    agreement: Fraction | None = None
    ranked: bool = True
    given_in: Mapping[str, int] = field(default_factory=dict)


def count(
    items: Sequence[str],
    ballots: Mapping[str, Mapping[str, int]],
    cell_of_voter: Mapping[str, str],
) -> list[Counted]:
    """The figures of ``items``, in their order. Dots on anything else are not counted.

    ``ballots``: voter to item to dots. ``cell_of_voter``: voter to cell id; voters who are not in it count by
    heads only.
    """
    wanted = set(items)
    dots: Counter[str] = Counter()
    cells: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for voter, ballot in ballots.items():
        cell = cell_of_voter.get(voter)
        for item, given in ballot.items():
            if given > 0 and item in wanted:
                dots[item] += given
                if cell is not None:
                    cells[cell][item] += given
    total = dots.total()
    by_cell = {cell: (spent, spent.total()) for cell, spent in cells.items()}
    counted = []
    for item in items:
        shares = {cell: Fraction(spent[item], of) for cell, (spent, of) in by_cell.items()}
        counted.append(
            Counted(
                item=item,
                given=dots[item],
                headcount=Fraction(dots[item], total) if total else NOTHING,
                balanced=mean(shares),
                by_cell=shares,
                lowest=min(shares.values(), default=NOTHING),
                given_in={cell: spent[item] for cell, (spent, _) in by_cell.items()},
            )
        )
    return counted


def without_cell(counted: Sequence[Counted], cell: str) -> list[Counted]:
    """The same figures as if this cell had not voted, by the balanced count: what it alone gave anything has
    then been given nothing. Heads are counted as they were."""
    left = []
    for c in counted:
        shares = {name: share for name, share in c.by_cell.items() if name != cell}
        lowest = min(shares.values(), default=NOTHING)
        given = sum(n for name, n in c.given_in.items() if name != cell)
        left.append(replace(c, given=given, balanced=mean(shares), by_cell=shares, lowest=lowest))
    return left


def mean(shares: Mapping[str, Fraction]) -> Fraction:
    """The mean over cells, 0 where there is none."""
    return sum(shares.values(), NOTHING) / len(shares) if shares else NOTHING
