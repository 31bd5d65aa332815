"""Cells: the groups as a result shows them, so that a group of one or two does not give away their votes.

The votes inside a cell cannot be told apart in anything that is published: with three voters or more in every
cell, nobody's vote is determined, except where everyone else in the cell voted alike.

Sheets of paper hide nobody: whoever typed them in knows them and can take them out of every sum. So cells are
formed from those who voted on a phone, and paper counts in the cell of its group.
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from edp_app.core.definition import Privacy

FEWEST = 3
"""The smallest number of people that figures are shown for."""

JOINT = "+"
"""Joins the ids of cells that are shown as one for an item or a question ("c1+pool")."""

POOL = "pool"
"""The id of the cell in which small groups stand together."""


class Cell(msgspec.Struct, frozen=True, omit_defaults=True):
    """Groups that a result counts as one. ``voters`` is how many of them cast a ballot. ``funders``: it holds
    those who speak for a funding institution, where they are counted apart from their groups."""

    id: str
    groups: tuple[str, ...]
    voters: int
    funders: bool = False


def too_few(voters: int) -> bool:
    """Whether there are so few voters in all that no figures may be shown."""
    return voters < FEWEST


def to_protect(by_group: Mapping[str, int], phones: Mapping[str, int] | None = None) -> Mapping[str, int]:
    """How many votes of each group somebody has to be hidden among.

    ``by_group``: how many of each group voted. ``phones``: how many of them on a phone; None for all. Where
    everybody voted on paper it is all of them: whoever typed the sheets in knows every vote anyway, and the
    sheets are hidden among each other from the rest of the room.
    """
    return phones if phones is not None and any(phones.values()) else by_group


def in_order(groups: Iterable[str], order: Sequence[str]) -> list[str]:
    """``groups`` in the definition's order; any that it does not know come last, by id."""
    place = {group: n for n, group in enumerate(order)}
    return sorted(groups, key=lambda group: (place.get(group, len(place)), group))


def pooled(
    by_group: Mapping[str, int], order: Sequence[str], phones: Mapping[str, int] | None = None
) -> list[str]:
    """The groups to be shown together, in order; none if every group has :data:`FEWEST` or more.

    All groups of one or two are in it, and then the next smallest, ties by ``order``, while the pool itself
    has fewer than :data:`FEWEST`. Groups of nobody are left out. Where there are fewer than :data:`FEWEST`
    people in all, the pool is everyone, and still too small to be shown.

    With ``phones`` (see :func:`to_protect`) sizes are those of phone voters, so that a group with nothing but
    paper is among the small ones.
    """
    size = to_protect(by_group, phones)
    present = in_order((group for group, n in by_group.items() if n > 0), order)
    pool = [group for group in present if size.get(group, 0) < FEWEST]
    # Python's sort is stable: equal groups stay in the definition's order.
    others = sorted((g for g in present if g not in pool), key=lambda g: size[g])
    while pool and others and sum(size.get(g, 0) for g in pool) < FEWEST:
        pool.append(others.pop(0))
    return in_order(pool, order)


def form_cells(
    by_group: Mapping[str, int],
    privacy: Privacy,
    order: Sequence[str],
    phones: Mapping[str, int] | None = None,
) -> list[Cell]:
    """The cells of a run, in the order of the groups, the pool last.

    ``by_group``: how many of each group cast a ballot; ``phones``: how many of them on a phone, None for all.
    A cell's ``voters`` are all of its groups' voters. No cells where figures may not be shown at all
    (:func:`too_few`) or the workshop counts heads only. In an *open* workshop every group is a cell of its
    own.
    """
    if privacy == "headcount" or too_few(sum(to_protect(by_group, phones).values())):
        return []
    pool = pooled(by_group, order, phones) if privacy == "grouped" else []
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

    ``by_group``: how many people of each group have contributed. Those of a group of one or two carry no
    label; nor do those of the next smallest, while fewer than :data:`FEWEST` people in all write without one:
    the only person without a label would be as good as named. In an *open* workshop all may; where heads
    alone are counted, none.
    """
    if privacy == "headcount":
        return frozenset()
    present = {group for group, n in by_group.items() if n > 0}
    return frozenset(present if privacy == "open" else present - set(pooled(by_group, order)))


def side_labels_allowed(blocks: Mapping[tuple[str, str], int], privacy: Privacy) -> frozenset[str]:
    """The group labels ("" for none) beside which contributions may carry their author's side of the border.

    ``blocks``: of how many authors under each label are how many of each side ("" where none was said).
    Beside a label all carry it or none: all, if each of its blocks has :data:`FEWEST` people or nobody. In an
    *open* workshop all may; where heads alone are counted, none.
    """
    if privacy == "headcount":
        return frozenset()
    labels = {label for (label, _), n in blocks.items() if n > 0}
    small = {label for (label, _), n in blocks.items() if 0 < n < FEWEST}
    return frozenset(labels if privacy == "open" else labels - small)
