"""From the figures of each item to the list: ranks, what passes, and in which order it stands."""

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from edp_app.rehearsal.oracle.measures import GeometricMean, lot
from edp_app.rehearsal.oracle.question import Json
from edp_app.rehearsal.oracle.room import Block, Cell, Room

Figure = Fraction | GeometricMean
VERY_FEW = 5


def _nothing(_: list[Block]) -> None:
    return None


@dataclass
class Item:
    """One item as it was counted. The functions say what it would come to of some of its blocks alone.

    ``row``: what is published whatever became of the item in the list. ``backed``: whether somebody gave it
    anything, without which it cannot pass.
    """

    id: str
    row: Json
    headcount: Fraction | None = None
    blocks: list[Block] = field(default_factory=list)
    balanced: Callable[[list[Block]], Figure | None] = _nothing
    lowest: Callable[[list[Block]], Fraction | None] = _nothing
    agreement: Callable[[list[Block]], Fraction | None] = _nothing
    backed: Callable[[list[Block]], bool] = bool


@dataclass(frozen=True)
class Standing:
    """What decides on the place of an item by one count."""

    figure: Any
    lowest: Fraction | None
    agreement: Fraction | None
    lot: str
    backed: bool
    """Whether anybody gave it anything; what nobody did stands after all that somebody did."""

    def before(self, other: "Standing") -> bool:
        if self.backed != other.backed:
            return self.backed
        if self.figure != other.figure:
            return bool(self.figure > other.figure)
        for mine, theirs in ((self.lowest, other.lowest), (self.agreement, other.agreement)):
            if mine != theirs:
                return theirs is None or (mine is not None and mine > theirs)
        return self.lot < other.lot

    def equal(self, other: "Standing") -> bool:
        """Whether only the lot tells them apart."""
        mine, theirs = (self.lowest, self.agreement), (other.lowest, other.agreement)
        return bool(self.figure == other.figure) and mine == theirs


Standings = dict[str, Standing]
"""Of the items that have a figure."""


def standings(items: list[Item], by: str, seed: str, without: Cell | None = None) -> Standings:
    """How the items stand by one count; by the balanced one also as if a cell had not been there."""
    found = {}
    for item in items:
        blocks = [block for block in item.blocks if without is None or without.id not in block]
        figure = item.headcount if by == "headcount" else item.balanced(blocks)
        if figure is not None:
            found[item.id] = Standing(
                figure,
                item.lowest(blocks),
                item.agreement(blocks),
                lot(seed, item.id),
                item.backed(blocks),
            )
    return found


def ranks(standing: Standings) -> dict[str, int]:
    """Equal figures share a rank."""
    figures = {item: (one.backed, one.figure) for item, one in standing.items()}
    return {item: 1 + sum(other > mine for other in figures.values()) for item, mine in figures.items()}


def in_order(standing: Standings) -> list[str]:
    return sorted(standing, key=lambda item: sum(other.before(standing[item]) for other in standing.values()))


def through(standing: Standings, passes: int) -> list[str]:
    """The first so many of the items that may pass."""
    return [item for item in in_order(standing) if standing[item].backed][:passes]


class Ranked:
    """One list of a method that has a rule."""

    def __init__(self, room: Room, items: list[Item], chosen: list[str] | None = None) -> None:
        """``chosen``: the items of the portfolio, None where there is none."""
        self.room, self.items, self.chosen = room, items, chosen
        self.question = room.question
        self.rule = self.question.decided_by
        counts = ["headcount"] if room.heads_only else ["headcount", "balanced"]
        self.standing = {by: standings(items, by, self.question.seed) for by in counts}
        self.through = {by: through(one, self.question.passes) for by, one in self.standing.items()}
        if chosen is not None:
            self.through["portfolio"] = chosen
        self.deciding = {"both": ["headcount", "balanced"]}.get(self.rule, [self.rule])
        self.ordering = "headcount" if self.rule == "headcount" else "balanced"

    def listing(self) -> Json:
        """``items`` and ``tied_out`` of the list."""
        rows = {item.id: item.row | self._place(item) for item in self.items}
        tied, drawn = self._at_the_cut()
        for item in drawn:
            rows[item]["lot"] = True
        for item in self._moved_without_smallest():
            rows[item]["small_group"] = True
        for item in self._swayed_by_few():
            rows[item]["cut_depends"] = True
        listing: Json = {"items": [rows[item] for item in self._order()]}
        return listing | ({"tied_out": [item for item in self._order() if item in tied]} if tied else {})

    def _place(self, item: Item) -> Json:
        place: Json = {}
        for by, standing in self.standing.items():
            if item.id in standing:
                place[by] = float(standing[item.id].figure)
                place[f"rank_{by}"] = ranks(standing)[item.id]
        place["passes_by"] = {by: item.id in among for by, among in self.through.items()}
        place["passes"] = all(place["passes_by"][by] for by in self.deciding)
        return place

    def _order(self) -> list[str]:
        """Those with a figure, the portfolio before the others where it decides; then the rest as it came."""
        standing = self.standing[self.ordering]
        order = in_order(standing)
        # What nobody gave anything and is equal by its figure comes as it came; no lot is drawn for it.
        came = [item.id for item in self.items]
        nothing = [item for item in order if not standing[item].backed]
        nothing.sort(key=lambda item: (ranks(standing)[item], came.index(item)))
        order = [item for item in order if standing[item].backed]
        if self.rule == "portfolio":
            order.sort(key=lambda item: item not in self.through["portfolio"])
        return order + nothing + [item for item in came if item not in standing]

    def _at_the_cut(self) -> tuple[set[str], set[str]]:
        """Who had as much as the last one through and is not; and who was told from whom by the lot alone."""
        if self.rule == "portfolio":
            return set(), set()
        tied: set[str] = set()
        drawn: set[str] = set()
        for by in self.deciding:
            standing, among = self.standing[by], self.through[by]
            out = [item for item in in_order(standing) if standing[item].backed and item not in among]
            if not among or not out:
                continue
            last = standing[among[-1]]
            tied |= {i for i in out if standing[i].figure == last.figure}
            if standing[out[0]].equal(last):
                drawn |= {i for i in among + out if standing[i].equal(last)}
        return tied, drawn

    # ---- without the smallest cell

    def _smallest(self) -> list[Cell]:
        """The smallest of the cells that have a figure here; all of them if several are equally small."""
        figured = [item for item in self.items if item.id in self.standing["balanced"]]
        told = {block for item in figured for block in item.blocks if item.lowest([block]) is not None}
        here = [cell for cell in self.room.cells if any(cell.id in block for block in told)]
        fewest = min((len(cell.voters) for cell in here), default=0)
        return [cell for cell in here if len(cell.voters) == fewest] if len(here) > 1 else []

    def _moved_without_smallest(self) -> set[str]:
        if self.room.heads_only:
            return set()
        rank, moved = ranks(self.standing["balanced"]), set()
        backed = [item.id for item in self.items if item.backed(item.blocks)]
        for small in self._smallest():
            again = ranks(standings(self.items, "balanced", self.question.seed, without=small))
            moved |= {item for item in backed if rank.get(item) != again.get(item)}
        return moved

    def _swayed_by_few(self) -> set[str]:
        if "balanced" not in self.deciding:
            return set()
        swayed: set[str] = set()
        for small in self._smallest():
            if len(small.voters) <= VERY_FEW:
                again = standings(self.items, "balanced", self.question.seed, without=small)
                passing = through(again, self.question.passes)
                swayed |= set(passing) ^ set(self.through["balanced"])
        return swayed
