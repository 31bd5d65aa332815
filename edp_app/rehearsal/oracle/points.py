"""Dots and points: everybody's are shared out over the items of a list."""

from fractions import Fraction

from edp_app.rehearsal.oracle.clones import Portfolio, portfolio
from edp_app.rehearsal.oracle.listing import Item, Ranked
from edp_app.rehearsal.oracle.question import Json
from edp_app.rehearsal.oracle.room import Block, Room, key


def lists(room: Room) -> list[Json]:
    """One list, or one for each column."""
    method = room.question.method
    columns = room.question.columns if method.get("per") == "column" else [""]
    return [_list(room, column) for column in columns]


def _list(room: Room, column: str) -> Json:
    what = room.question.type
    where = room.question.items
    names = [item for item in where if column in ("", where[item]["column"])]
    given = {
        voter: {item: ballot[what] for item, ballot in sheet.items() if item in names}
        for voter, sheet in room.sheets.items()
    }
    given = {voter: sheet for voter, sheet in given.items() if sheet}
    items = [_item(room, name, given) for name in names]
    listing: Json = {"column": column, what: sum(sum(sheet.values()) for sheet in given.values())}
    shared: Portfolio | None = None
    if not column and not room.heads_only:
        shared = portfolio(room, items, given)
        listing["portfolio"] = shared.told()
    return listing | Ranked(room, items, shared.names() if shared else None).listing()


Given = dict[str, dict[str, int]]
"""Voter to item to how much."""


def _item(room: Room, name: str, given: Given) -> Item:
    # Whoever gave anything judged every item, so that nobody's cell is smaller for one of them.
    cast_by = {block: here for block in room.whole_cells() if (here := room.of(block, given))}
    givers = [voter for voter, sheet in given.items() if name in sheet]
    row: Json = {"item": name, "n": len(givers)}
    row[room.question.type] = sum(given[voter][name] for voter in givers)
    if (title := room.question.items[name]["title"]) is not None:
        row["title"] = title

    def share(block: Block) -> Fraction:
        return _share(name, given, cast_by[block]) or Fraction(0)

    if not room.heads_only:
        row["cells"] = {key(block): float(share(block)) for block in cast_by}
    if territories := room.by_territory(room.voters, lambda v: _share(name, given, v)):
        row["territories"] = territories
    return Item(
        id=name,
        row=row,
        headcount=_share(name, given, set(given)) or Fraction(0),
        blocks=list(cast_by),
        balanced=lambda blocks: sum(map(share, blocks), Fraction(0)) / len(blocks) if blocks else Fraction(0),
        lowest=lambda blocks: min(map(share, blocks), default=None),
        backed=lambda blocks: any(room.of(block, givers) for block in blocks),
    )


def _share(name: str, given: Given, voters: set[str]) -> Fraction | None:
    """What an item got of all that some voters gave; None where they gave nothing."""
    sheets = [given[voter] for voter in voters if voter in given]
    total = sum(sum(sheet.values()) for sheet in sheets)
    return Fraction(sum(sheet.get(name, 0) for sheet in sheets), total) if total else None
