"""Two axes: a place in a plane for each item, and nothing that passes."""

from fractions import Fraction

from edp_app.rehearsal.oracle.question import Json
from edp_app.rehearsal.oracle.room import Room, mean_of
from edp_app.rehearsal.oracle.scores import balanced, scores_on, summed, told


def lists(room: Room) -> list[Json]:
    counted = [_item(room, name) for name in room.question.items]
    # There is nothing to be had by standing first, so that ties stay as they came.
    placed = sorted(((height, row) for row, height in counted if height is not None), key=lambda one: -one[0])
    rest = [row for row, height in counted if height is None]
    return [{"column": "", "items": [row for _, row in placed] + rest}]


def _item(room: Room, name: str) -> tuple[Json, Fraction | None]:
    """An item, and both of its figures together."""
    ballots = [voter for voter, sheet in room.sheets.items() if name in sheet]
    row: Json = {"item": name, "n": len(ballots)}
    if (title := room.question.items[name]["title"]) is not None:
        row["title"] = title
    if not ballots:
        return row, None
    if room.too_few(ballots):
        return row | {"few": True}, None
    x, y = (scores_on(room, name, room.question.method[axis]["id"]) for axis in ("x", "y"))
    blocks = room.blocks(x, y, whole={*x, *y})
    row |= {"x": told(room, x, blocks), "y": told(room, y, blocks)}
    if room.too_few(x) or room.too_few(y):
        return row, None
    if room.heads_only:
        return row, mean_of(x.values()) + mean_of(y.values())
    return row, summed(balanced(room, scores, blocks) for scores in (x, y))
