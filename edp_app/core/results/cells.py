"""Cells: the groups as a result shows them, so that a group of one or two does not give away their votes.

The votes inside a cell cannot be told apart in anything that is published: with three voters or more in every
cell, nobody's vote is determined, except where everyone else in the cell voted alike.
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from edp_app.core.definition import Privacy

FEWEST = 3
"""The smallest number of people that figures are shown for."""

POOL = "pool"
"""The id of the cell in which small groups stand together."""


class Cell(msgspec.Struct, frozen=True):
    """Groups that a result counts as one. ``voters`` is how many of them cast a ballot."""

    id: str
    groups: tuple[str, ...]
    voters: int


def too_few(voters: int) -> bool:
    """Whether there are so few voters in all that no figures may be shown."""
    return voters < FEWEST


def in_order(groups: Iterable[str], order: Sequence[str]) -> list[str]:
    """``groups`` in the definition's order; any that it does not know come last, by id."""
    place = {group: n for n, group in enumerate(order)}
    return sorted(groups, key=lambda group: (place.get(group, len(place)), group))


def pooled(by_group: Mapping[str, int], order: Sequence[str]) -> list[str]:
    """The groups to be shown together, in order; none if every group has :data:`FEWEST` or more.

    All groups of one or two are in it, and then the next smallest, ties by ``order``, while the pool itself
    has fewer than :data:`FEWEST`. Groups of nobody are left out. Where there are fewer than :data:`FEWEST`
    people in all, the pool is everyone, and still too small to be shown.
    """
    present = in_order((group for group, n in by_group.items() if n > 0), order)
    pool = [group for group in present if by_group[group] < FEWEST]
    # Python's sort is stable: equal groups stay in the definition's order.
    others = sorted((g for g in present if by_group[g] >= FEWEST), key=lambda g: by_group[g])
    while pool and others and sum(by_group[g] for g in pool) < FEWEST:
        pool.append(others.pop(0))
    return in_order(pool, order)


def form_cells(by_group: Mapping[str, int], privacy: Privacy, order: Sequence[str]) -> list[Cell]:
    """The cells of a run, in the order of the groups, the pool last.

    ``by_group``: how many of each group cast a ballot. No cells where figures may not be shown at all
    (:func:`too_few`) or the workshop counts heads only. In an *open* workshop every group is a cell of its
    own.
    """
    if privacy == "headcount" or too_few(sum(by_group.values())):
        return []
    pool = pooled(by_group, order) if privacy == "grouped" else []
    alone = in_order((g for g, n in by_group.items() if n > 0 and g not in pool), order)
    cells = [Cell(f"c{n}", (group,), by_group[group]) for n, group in enumerate(alone, start=1)]
    if pool:
        cells.append(Cell(POOL, tuple(pool), sum(by_group[g] for g in pool)))
    return cells


def cell_of_group(cells: Iterable[Cell]) -> dict[str, str]:
    """Group id to the id of the cell it is counted in."""
    return {group: cell.id for cell in cells for group in cell.groups}


def group_labels_allowed(
    by_group: Mapping[str, int], privacy: Privacy, order: Sequence[str] = ()
) -> frozenset[str]:
    """The groups whose contributions may be labelled with their group.

    ``by_group``: how many people there are in each group. Those of a group of one or two carry no label;
    nor do those of the next smallest, while fewer than :data:`FEWEST` people in all write without one: the
    only person without a label would be as good as named. In an *open* workshop all may; where heads alone
    are counted, none.
    """
    if privacy == "headcount":
        return frozenset()
    present = {group for group, n in by_group.items() if n > 0}
    return frozenset(present if privacy == "open" else present - set(pooled(by_group, order)))
