"""Agree, disagree or pass, on each item."""

from fractions import Fraction

from edp_app.rehearsal.oracle.clones import portfolio
from edp_app.rehearsal.oracle.listing import Item, Ranked
from edp_app.rehearsal.oracle.measures import GeometricMean, in_no_order
from edp_app.rehearsal.oracle.question import Json
from edp_app.rehearsal.oracle.room import Block, Room, key

SAID = ("agree", "disagree", "pass")


def lists(room: Room) -> list[Json]:
    items = [_item(room, name) for name in room.question.items]
    if room.heads_only:
        return [{"column": ""} | Ranked(room, items).listing()]
    told = {item.id for item in items if item.headcount is not None}
    approved = {
        voter: {item: 1 for item, ballot in sheet.items() if ballot["choice"] == "agree" and item in told}
        for voter, sheet in room.sheets.items()
    }
    shared = portfolio(room, items, approved)
    return [{"column": "", "portfolio": shared.told()} | Ranked(room, items, shared.names()).listing()]


def _item(room: Room, name: str) -> Item:
    said = {voter: sheet[name]["choice"] for voter, sheet in room.sheets.items() if name in sheet}
    row: Json = {"item": name, "n": len(said)}
    if (title := room.question.items[name]["title"]) is not None:
        row["title"] = title
    if not said:
        return Item(name, row)
    if room.too_few(said):
        return Item(name, row | {"few": True})
    blocks = room.blocks(set(said), whole=set(said))

    def counts(voters: set[str]) -> list[int]:
        return [sum(said[voter] == one for voter in voters) for one in SAID]

    def share(voters: set[str]) -> Fraction:
        agree, disagree, passed = counts(voters)
        return Fraction(agree, agree + disagree + passed)

    def smoothed(block: Block) -> Fraction:
        voters = room.of(block, said)
        return Fraction(counts(voters)[0] + 1, len(voters) + 2)

    row |= dict(zip(SAID, counts(set(said)), strict=True))
    if not room.heads_only:
        inside = {key(block): room.of(block, said) for block in blocks}
        row["cells"] = {name: float(share(voters)) for name, voters in inside.items()}
        row["counts"] = {name: counts(voters) for name, voters in inside.items()}
    if territories := room.by_territory(set(said), share):
        row["territories"] = territories
    if reasons := _reasons(room, name):
        row["reasons"] = reasons
    return Item(
        id=name,
        row=row,
        headcount=share(set(said)),
        blocks=blocks,
        balanced=lambda those: GeometricMean(tuple(map(smoothed, those))) if those else None,
        lowest=lambda those: min((share(room.of(block, said)) for block in those), default=None),
        backed=lambda those: any(counts(room.of(block, said))[0] for block in those),
    )


def _reasons(room: Room, name: str) -> dict[str, list[str]]:
    ballots = [sheet[name] for sheet in room.sheets.values() if name in sheet]
    texts = {one: [b["reason"] for b in ballots if b["choice"] == one and b.get("reason")] for one in SAID}
    return {one: in_no_order(given, room.question.seed, name) for one, given in texts.items() if given}
