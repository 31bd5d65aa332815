"""Who voted in a run, and how finely that may be told: by cell, by territory, for the whole run and for one
item.

Whatever is published is the same if two people of one block (a cell on one side of the border) swap their
ballots. So nobody's vote can be worked out unless everyone else of that block voted alike, however figures
are combined; that is why blocks of one or two are never told apart.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

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

    ``cell_of``: voter to cell; empty where heads alone are counted. ``protected``: those among whom votes are
    hidden (see :func:`edp_app.core.results.cells.to_protect`). ``sides``: those that may be shown, None if
    none may.
    """

    voters: tuple[str, ...]
    cells: tuple[Cell, ...]
    cell_of: Mapping[str, str]
    side_of: Mapping[str, str]
    protected: Collection[str]
    sides: tuple[Side, ...] | None
    withheld: bool
    absent: tuple[str, ...]
    merges: bool
    """Whether cells that are small for one item stand together for it."""

    def few(self, voters: Iterable[str]) -> bool:
        """Whether these are so few that no figure of theirs may be shown."""
        return too_few(sum(voter in self.protected for voter in voters))

    def head(self) -> Json:
        """What every result begins with, besides the method."""
        said: Json = {"voters": len(self.voters)}
        if self.cells:
            said["cells"] = [plain(msgspec.to_builtins(cell)) for cell in self.cells]
        said["not_represented"] = list(self.absent) if self.cells else []
        if self.sides is not None:
            said["territories"] = [msgspec.to_builtins(side) for side in self.sides]
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
    sides, withheld = _sides(room, who, cell_of, side_of, protected)
    if funders_apart:
        of = {cell.id: "funders" for cell in cells if cell.groups == (FUNDERS,)}
        cells = [_with_funders(cell, of.get(cell.id, cell.id)) for cell in cells]
        cell_of = {voter: of.get(cell, cell) for voter, cell in cell_of.items()}
    return Electorate(
        voters=tuple(who),
        cells=tuple(cells),
        cell_of=cell_of,
        side_of=side_of,
        protected=protected,
        sides=sides,
        withheld=withheld,
        absent=tuple(in_order(set(room.order) - {room.groups.get(v) for v in who}, room.order)),
        merges=room.privacy == "grouped",
    )


def few(voted: Voted, who: Sequence[str]) -> Json:
    """The result where :func:`electorate` found too few."""
    return {"rule": voted.rule, "passes": voted.vote.passes, "voters": len(who), "few": True}


def _with_funders(cell: Cell, id_: str) -> Cell:
    if FUNDERS not in cell.groups:
        return cell
    return Cell(id_, tuple(g for g in cell.groups if g != FUNDERS), cell.voters, funders=True)


def _sides(
    room: Room,
    who: Sequence[str],
    cell_of: Mapping[str, str],
    side_of: Mapping[str, str],
    protected: Collection[str],
) -> tuple[tuple[Side, ...] | None, bool]:
    """The territories to be shown, and whether there would be some and they are withheld."""
    if not room.territories or not cell_of:
        return None, False
    voters = Counter(side_of[v] for v in who if side_of[v])
    if not voters:
        return None, False
    if not may_tell_sides((cell_of.get(v, ""), side_of[v], 1, v in protected) for v in who):
        return None, True
    return tuple(Side(t, voters[t]) for t in room.territories if voters[t]), False


Block = tuple[str, str, int, int]
"""A cell, a territory ("" where none was said), how many people of both, and how many of these hide a
vote."""


def may_tell_sides(blocks: Iterable[Block]) -> bool:
    """Whether figures by territory may stand beside those by cell: every block must be nobody, three or more,
    or a whole cell, of which nothing more can be learned. One block may be given in several parts."""
    everybody: Counter[tuple[str, str]] = Counter()
    hiding: Counter[tuple[str, str]] = Counter()
    cells: Counter[str] = Counter()
    for cell, side, n, hide in blocks:
        everybody[cell, side] += n
        hiding[cell, side] += hide
        cells[cell] += n
    return all(hiding[block] >= FEWEST or n == cells[block[0]] for block, n in everybody.items())


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
