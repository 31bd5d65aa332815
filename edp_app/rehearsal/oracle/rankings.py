"""Rankings: everybody puts the items in order, or some of them."""

from fractions import Fraction

from edp_app.rehearsal.oracle.listing import Item, Ranked
from edp_app.rehearsal.oracle.measures import concordance
from edp_app.rehearsal.oracle.question import Json
from edp_app.rehearsal.oracle.room import Block, Room, key, mean_of, mean_score


def lists(room: Room) -> list[Json]:
    names = list(room.question.items)
    places = {voter: _places(sheet[""]["order"], names) for voter, sheet in room.sheets.items()}
    items = [_item(room, name, {voter: place[name] for voter, place in places.items()}) for name in names]
    listing: Json = {"column": "", "rankings": len(places)}
    w = concordance([list(place.values()) for place in places.values()])
    return [listing | ({} if w is None else {"w": float(w)}) | Ranked(room, items).listing()]


def _places(order: list[str], names: list[str]) -> dict[str, Fraction]:
    """Item to place, from 1; those that were left out share the mean of the places left."""
    shared = Fraction(len(order) + 1 + len(names), 2)
    return {name: Fraction(order.index(name) + 1) if name in order else shared for name in names}


def _item(room: Room, name: str, place: dict[str, Fraction]) -> Item:
    last = len(room.question.items)
    share = {v: (last - p) / (last - 1) if last > 1 else Fraction(1) for v, p in place.items()}

    def mean(block: Block) -> Fraction:
        return mean_score(share, room.of(block, share)) or Fraction(0)

    blocks = room.whole_cells()
    ranked = {voter for voter, sheet in room.sheets.items() if name in sheet[""]["order"]}
    row: Json = {"item": name, "n": len(ranked), "mean_place": float(mean_of(place.values()))}
    if (title := room.question.items[name]["title"]) is not None:
        row["title"] = title
    if not room.heads_only:
        row["cells"] = {key(block): float(mean(block)) for block in blocks}
    if territories := room.by_territory(share, lambda there: mean_score(share, there)):
        row["territories"] = territories
    return Item(
        id=name,
        row=row,
        headcount=mean_of(share.values()),
        blocks=blocks,
        balanced=lambda those: mean_of([mean(block) for block in those]) if those else None,
        lowest=lambda those: min(map(mean, those), default=None),
        backed=lambda those: any(room.of(block, ranked) for block in those),
    )
