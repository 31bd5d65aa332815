"""Two axes: a place in a plane for each item, and nothing that passes."""

from edp_app.rehearsal.oracle.listing import Item, in_order, standings
from edp_app.rehearsal.oracle.question import Json
from edp_app.rehearsal.oracle.room import Room, mean_of
from edp_app.rehearsal.oracle.scores import balanced, scores_on, summed, told


def lists(room: Room) -> list[Json]:
    items = [_item(room, name) for name in room.question.items]
    by = "headcount" if room.heads_only else "balanced"
    order = in_order(standings(items, by, room.question.seed))
    rows = {item.id: item.row for item in items}
    return [{"column": "", "items": [rows[i] for i in order] + [rows[i] for i in rows if i not in order]}]


def _item(room: Room, name: str) -> Item:
    ballots = [voter for voter, sheet in room.sheets.items() if name in sheet]
    row: Json = {"item": name, "n": len(ballots)}
    if (title := room.question.items[name]["title"]) is not None:
        row["title"] = title
    if not ballots:
        return Item(name, row)
    if room.too_few(ballots):
        return Item(name, row | {"few": True})
    x, y = (scores_on(room, name, room.question.method[axis]["id"]) for axis in ("x", "y"))
    blocks = room.blocks(x, y, x.keys() & y.keys())
    row |= {"x": told(room, x, blocks), "y": told(room, y, blocks)}
    if room.too_few(x) or room.too_few(y):
        return Item(name, row)
    return Item(
        id=name,
        row=row,
        headcount=mean_of(x.values()) + mean_of(y.values()),
        blocks=blocks,
        balanced=lambda those: summed(balanced(room, one, those) for one in (x, y)),
    )
