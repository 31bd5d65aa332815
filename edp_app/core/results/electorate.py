"""Who voted in a run, and how finely that may be told: by cell, by territory, for the whole run and for one
item.

Whatever is published is the same if two people of one block (a cell on one side of the border) swap their
ballots. So nobody's vote can be worked out unless everyone else of that block voted alike, however figures
are combined; that is why blocks of one or two are never told apart.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import msgspec

from edp_app.core.results.cells import (
    FEWEST,
    JOINT,
    POOL,
    Cell,
    cell_of_group,
    form_cells,
    in_order,
    to_protect,
    too_few,
)
from edp_app.core.results.published import plain
from edp_app.core.results.voted import Json, Room, Voted

FUNDERS = "+funders"
"""Stands for a group of those who speak for a funding institution; no group of a workshop can be called
that."""


class Side(msgspec.Struct, frozen=True):
    """A territory whose people voted."""

    id: str
    voters: int


@dataclass(frozen=True, slots=True)
class Electorate:
    """Everybody who cast a ballot in a run.

    ``cell_of``: voter to cell; empty where heads alone are counted. ``side_of``: voter to territory, "" where
    none was said or they are left out of figures by territory. ``protected``: those among whom votes are
    hidden (see :func:`edp_app.core.results.cells.to_protect`). ``sides``: those that may be shown, None if
    none may.
    """

    voters: tuple[str, ...]
    cells: tuple[Cell, ...]
    cell_of: Mapping[str, str]
    side_of: Mapping[str, str]
    protected: Collection[str]
    sides: tuple[Side, ...] | None
    without: tuple[str, ...]
    """The cells that are left out of figures by territory."""
    withheld: bool
    absent: tuple[str, ...]
    seed: str
    """By which lots are drawn, labels tested and texts shuffled."""
    merges: bool
    """Whether cells that are small for one item stand together for it."""

    def few(self, voters: Iterable[str]) -> bool:
        """Whether these are so few that no figure of theirs may be shown."""
        return too_few(sum(voter in self.protected for voter in voters))

    def head(self) -> Json:
        """What every result begins with, besides the method."""
        said: Json = {"voters": len(self.voters), "seed": self.seed}
        if self.cells:
            said["cells"] = [plain(msgspec.to_builtins(cell)) for cell in self.cells]
        said["not_represented"] = list(self.absent) if self.cells else []
        if self.sides is not None:
            said["territories"] = [msgspec.to_builtins(side) for side in self.sides]
            if self.without:
                said["territories_without"] = list(self.without)
        elif self.withheld:
            said["territories_withheld"] = True
        return said


def electorate(room: Room, who: Sequence[str], *, funders_apart: bool = False) -> Electorate | None:
    """Those who voted, or None where they are too few for any figure."""
    groups: Mapping[str, str] = room.groups
    order = list(room.order)
    if funders_apart:
        groups = {v: FUNDERS if v in room.funders else g for v, g in groups.items()}
        order.append(FUNDERS)
    by_group = Counter(groups.get(voter, "") for voter in who)
    phones = Counter(groups.get(voter, "") for voter in who if voter not in room.paper)
    if too_few(sum(to_protect(by_group, phones).values())):
        return None
    cells = form_cells(by_group, room.privacy, order, phones)
    of_group = cell_of_group(cells)
    cell_of = {v: of_group[g] for v in who if (g := groups.get(v, "")) in of_group}
    on_phones = frozenset(voter for voter in who if voter not in room.paper)
    protected = on_phones or frozenset(who)
    side_of = {voter: room.sides.get(voter, "") for voter in who}
    if funders_apart:
        of = {cell.id: "funders" for cell in cells if cell.groups == (FUNDERS,)}
        cells = [_with_funders(cell, of.get(cell.id, cell.id)) for cell in cells]
        cell_of = {voter: of.get(cell, cell) for voter, cell in cell_of.items()}
    told = _sides(room, who, cell_of, side_of, protected)
    counted = {v: side for v, side in side_of.items() if told.sides and cell_of.get(v) in told.cells}
    return Electorate(
        voters=tuple(who),
        cells=tuple(cells),
        cell_of=cell_of,
        side_of={voter: counted.get(voter, "") for voter in who},
        protected=protected,
        sides=told.sides,
        without=told.without,
        withheld=told.withheld,
        absent=tuple(in_order(set(room.order) - {room.groups.get(v) for v in who}, room.order)),
        seed=room.seed,
        merges=room.privacy == "grouped",
    )


def few(voted: Voted, who: Sequence[str]) -> Json:
    """The result where :func:`electorate` found too few."""
    return {"rule": voted.rule, "passes": voted.vote.passes, "voters": len(who), "few": True}


def _with_funders(cell: Cell, id_: str) -> Cell:
    if FUNDERS not in cell.groups:
        return cell
    return Cell(id_, tuple(g for g in cell.groups if g != FUNDERS), cell.voters, funders=True)


class _Sides(NamedTuple):
    """What may be told of territories. ``cells``: those whose people count in it, ``without``: the others."""

    sides: tuple[Side, ...] | None = None
    cells: frozenset[str] = frozenset()
    without: tuple[str, ...] = ()
    withheld: bool = False


def _sides(
    room: Room,
    who: Sequence[str],
    cell_of: Mapping[str, str],
    side_of: Mapping[str, str],
    protected: Collection[str],
) -> _Sides:
    """What may be told of territories: nothing where that is of fewer than half of those who said theirs."""
    with_side = [voter for voter in who if side_of[voter]]
    if not room.territories or not cell_of or not with_side:
        return _Sides()
    blocks = [(cell_of.get(v, ""), side_of[v], 1, int(v in protected)) for v in who]
    cells = cells_to_tell(blocks, merges=room.privacy == "grouped")
    voters = Counter(side_of[v] for v in with_side if cell_of.get(v, "") in cells)
    if 2 * voters.total() < len(with_side):
        return _Sides(withheld=True)
    told = tuple(Side(t, voters[t]) for t in room.territories if voters[t])
    without = tuple(dict.fromkeys(c for v in who if (c := cell_of.get(v, "")) not in cells))
    return _Sides(told, cells, tuple(sorted(without)))


Block = tuple[str, str, int, int]
"""A cell, a territory ("" where none was said), how many people of both, and how many of these hide a
vote."""


def cells_to_tell(blocks: Iterable[Block], *, merges: bool) -> frozenset[str]:
    """The cells whose people may be counted by territory beside the figures of cells: those in which every
    block holds three people or more. Where each group is shown whatever its size (not ``merges``), also those
    that are a single block: of these nothing more can be learned. One block may be given in several parts."""
    everybody: Counter[tuple[str, str]] = Counter()
    hiding: Counter[tuple[str, str]] = Counter()
    cells: Counter[str] = Counter()
    for cell, side, n, hide in blocks:
        everybody[cell, side] += n
        hiding[cell, side] += hide
        cells[cell] += n
    small = {
        cell
        for (cell, side), n in everybody.items()
        if hiding[cell, side] < FEWEST and (merges or n < cells[cell])
    }
    return frozenset(cells) - small


def enough_to_tell(blocks: Sequence[Block], *, merges: bool) -> frozenset[str]:
    """The cells of which one item is told by territory, of the blocks of which anything is told: all whose
    people said anything of it and count by territory in this run; none where one of these would have to be
    left out (:func:`cells_to_tell`). What a run leaves out is said with it, so a figure never leaves out more
    than that: without a group of another mind it would be another one, and nobody could see why."""
    counted = frozenset(cell for cell, side, n, _ in blocks if side and n)
    return counted if counted <= cells_to_tell(blocks, merges=merges) else frozenset()


Tallied = Mapping[str, int]
"""Cell to how many."""


def standing_together(
    cells: Sequence[Cell], measures: Sequence[tuple[Tallied, Tallied]], size: Tallied
) -> dict[str, str]:
    """For one item, each cell's key: its id, or the ids of several that stand together for this item, because
    one or two valid scores in a cell would be as good as shown.

    ``measures``: for each thing that is told of the item, how many in a cell have said it, and how many of
    these hide a vote. All cells with too few on any measure stand together; while they still are too few, the
    one with the next smallest ``size`` joins them, ties in order of the cells, the pool last. Cells in which
    nobody said anything are left out.
    """
    place = {cell.id: (cell.id == POOL, n) for n, cell in enumerate(cells)}
    present = [cell.id for cell in cells if any(all_of.get(cell.id) for all_of, _ in measures)]

    def small(ids: Sequence[str]) -> bool:
        return any(
            sum(all_of.get(i, 0) for i in ids) and sum(hiding.get(i, 0) for i in ids) < FEWEST
            for all_of, hiding in measures
        )

    joint = [cell for cell in present if small([cell])]
    others = sorted((c for c in present if c not in joint), key=lambda c: (size.get(c, 0), place[c]))
    while joint and others and small(joint):
        joint.append(others.pop(0))
    together = JOINT.join(cell for cell in present if cell in joint)
    return {cell: together if cell in joint else cell for cell in present}
