"""How the items of one list stand: ranks, what passes by each count, what a place depends on."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from edp_app.core.definition import Rule
from edp_app.core.results import cut as cutting
from edp_app.core.results.cells import JOINT, Cell
from edp_app.core.results.cut import Cut, Figure, cut, listed, ranks
from edp_app.core.results.shares import Counted
from edp_app.core.results.voted import Voted

VERY_FEW = 5
"""A cell of at most so many voters is small enough for its weight at the cut to be pointed out. Ranks far
from the cut move with every cell in every room: a mark on all of them would tell nobody anything."""

Without = Callable[[str], Sequence[Counted]]
"""The figures of the same items as if the cell with this id had not voted."""


class PassesBy(msgspec.Struct, frozen=True, omit_defaults=True):
    """Whether an item would pass by each count alone; ``balanced`` only where groups are counted,
    ``portfolio`` only where there is one."""

    headcount: bool
    balanced: bool | None = None
    portfolio: bool | None = None


class Place(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Where one item stands; what is None is not known or not to be shown."""

    rank_headcount: int | None = None
    rank_balanced: int | None = None
    passes: bool | None = None
    passes_by: PassesBy | None = None
    lot: bool | None = None
    """At the cut only the lot told this item from another."""
    small_group: bool | None = None
    """Its balanced rank is another one without the smallest cell."""
    cut_depends: bool | None = None
    """Whether it passes by the balanced count depends on a cell of very few voters (:data:`VERY_FEW`)."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The items in the order in which they are listed, and where each stands. ``tied_out``: items that had as
    much as the last one through, by the deciding count, and are not through."""

    order: list[Counted]
    places: Mapping[str, Place]
    tied_out: tuple[str, ...] | None


def stand(
    counted: Sequence[Counted],
    voted: Voted,
    cells: Sequence[Cell],
    without: Without,
    *,
    portfolio: Sequence[str] | None = None,
) -> Standing:
    """Rank, cut and order, by the vote's rule. Without cells (heads are counted) there is no balanced count,
    and so nothing about one.

    ``portfolio``: the items that equal shares choose, in order, where there is a portfolio.
    """
    rule, passes, seed = voted.rule, voted.vote.passes, voted.seed
    by_heads = cut(counted, cutting.headcount, passes, seed)
    by_groups = cut(counted, cutting.balanced, passes, seed) if cells else None
    rank_heads = ranks(counted, cutting.headcount)
    rank_groups = ranks(counted, cutting.balanced) if cells else {}
    through, deciding = _decide(rule, by_heads, by_groups, portfolio)
    moved = _moved_without_smallest(counted, cells, rank_groups, without)
    by_balance = rule in ("balanced", "both")
    swayed = _swayed_by_few(counted, cells, passes, seed, without) if by_balance else set()
    shown_by: Figure = cutting.headcount if rule == "headcount" or not cells else cutting.balanced
    order = listed(counted, shown_by, seed)
    if rule == "portfolio" and portfolio is not None:
        order.sort(
            key=lambda c: c.item not in through
        )  # stable: the chosen first, each part by the balanced count
    places = {}
    for c in order:
        by = PassesBy(
            c.item in by_heads.through,
            c.item in by_groups.through if by_groups else None,
            c.item in portfolio if portfolio is not None and cells else None,
        )
        places[c.item] = Place(
            rank_headcount=rank_heads.get(c.item),
            rank_balanced=rank_groups.get(c.item),
            passes=c.item in through,
            passes_by=by,
            lot=True if any(c.item in d.by_lot for d in deciding) else None,
            small_group=True if c.item in moved else None,
            cut_depends=True if c.item in swayed else None,
        )
    out = {item for d in deciding for item in d.tied_out if item not in through}
    return Standing(order, places, tuple(c.item for c in order if c.item in out) or None)


def _decide(
    rule: Rule, by_heads: Cut, by_groups: Cut | None, portfolio: Sequence[str] | None
) -> tuple[Collection[str], list[Cut]]:
    """What passes, and the cuts that decided it. *Both*: only what is among the first by each count."""
    if by_groups is None or rule == "headcount":
        return by_heads.through, [by_heads]
    if rule == "portfolio" and portfolio is not None:
        return set(portfolio), []
    if rule == "both":
        return by_heads.through & by_groups.through, [by_heads, by_groups]
    return by_groups.through, [by_groups]


def _smallest(counted: Sequence[Counted], cells: Sequence[Cell]) -> list[Cell]:
    """The smallest of the cells that have a figure here: several where they are equally small, none where
    leaving one out would leave nothing."""
    have = {name for c in counted for key in c.by_cell for name in key.split(JOINT)}
    here = [cell for cell in cells if cell.id in have]
    fewest = min((cell.voters for cell in here), default=0)
    return [cell for cell in here if cell.voters == fewest] if len(here) > 1 else []


def _moved_without_smallest(
    counted: Sequence[Counted],
    cells: Sequence[Cell],
    rank: Mapping[str, int],
    without: Without,
) -> set[str]:
    """The items whose balanced rank is another one if the smallest cell that has a figure here is left out.

    Where several cells are equally small, leaving out any one of them counts.
    """
    moved: set[str] = set()
    for small in _smallest(counted, cells):
        again = ranks(without(small.id), cutting.balanced)
        moved |= {c.item for c in counted if c.given and again.get(c.item) != rank[c.item]}
    return moved


def _swayed_by_few(
    counted: Sequence[Counted], cells: Sequence[Cell], passes: int, seed: str, without: Without
) -> set[str]:
    """The items that pass by the balanced count only with, or only without, the smallest cell, if that is
    very small."""
    through = cut(counted, cutting.balanced, passes, seed).through
    swayed: set[str] = set()
    for small in _smallest(counted, cells):
        if small.voters <= VERY_FEW:
            swayed |= through ^ cut(without(small.id), cutting.balanced, passes, seed).through
    return swayed
