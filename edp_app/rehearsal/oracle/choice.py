"""A choice among options, for each item; nothing passes."""

from edp_app.rehearsal.oracle.question import Json
from edp_app.rehearsal.oracle.room import Room, key


def lists(room: Room) -> list[Json]:
    rows = [_row(room, name) for name in room.question.items]
    rows.sort(key=lambda row: "counts" not in row)
    return [{"column": "", "items": rows}]


def _row(room: Room, name: str) -> Json:
    chosen = {voter: sheet[name]["choice"] for voter, sheet in room.sheets.items() if name in sheet}
    row: Json = {"item": name, "n": len(chosen)}
    if (title := room.question.items[name]["title"]) is not None:
        row["title"] = title
    if not chosen:
        return row
    if room.too_few(chosen):
        return row | {"few": True}

    def counts(voters: set[str]) -> dict[str, int]:
        options = [option["id"] for option in room.question.method["options"]]
        return {option: sum(chosen[voter] == option for voter in voters) for option in options}

    row["counts"] = counts(set(chosen))
    blocks = room.blocks(set(chosen), whole=set(chosen))
    if not room.heads_only:
        row["by_cell"] = {key(b): counts(room.of(b, chosen)) for b in blocks}
    if territories := room.in_territories(set(chosen)):
        row["territories"] = {territory: counts(there) for territory, there in territories.items()}
    return row
