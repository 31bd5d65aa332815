"""The side of the border beside contributions, in data and report: where the board shows it, nowhere else."""

import json

import pytest

from edp_app.core.commands import CloseStage, Describe, Join, MergeItems, OpenStage, TranslateItem
from edp_app.core.definition import Privacy
from edp_app.exports.command import made
from edp_app.exports.model import export_model
from edp_app.report import pages, pdf
from edp_app.report.model import report_model
from tests.support.acting import write
from tests.support.definitions import short
from tests.support.memory import MemoryWorkshop
from tests.support.sheets import read_csv, read_xlsx

SIZES = {
    ("government", "tacna"): 3,
    ("government", "arica"): 3,
    ("business", "tacna"): 3,
    ("business", "arica"): 1,
}
TOLD = {f"government {side} {n}": side for side in ("tacna", "arica") for n in range(3)}
NOTE = "A territory stands beside those of a group only if"


def held(privacy: Privacy = "grouped", *, close: bool = True) -> MemoryWorkshop:
    """A workshop in which so many people of each group and side wrote."""
    room = MemoryWorkshop(short(privacy=privacy))
    room.must(OpenStage("swot"))
    for (group, side), size in SIZES.items():
        for n in range(size):
            person = f"p:{group}{side}{n}"
            room.must(Join(), person)
            room.must(Describe(group, side), person)
            write(room, person, f"{group} {side} {n}")
    if close:
        room.must(CloseStage("swot.1"))
    return room


def as_json(room: MemoryWorkshop) -> list[dict]:
    found: list[dict] = json.loads(made(export_model(room.state), "json"))["gatherings"][0]["items"]
    return found


def as_rows(room: MemoryWorkshop) -> list[dict[str, str]]:
    heads, *rows = read_csv(made(export_model(room.state), "csv"))["items.csv"]
    return [dict(zip(heads, row, strict=True)) for row in rows]


def test_json_csv_and_spreadsheet_say_the_same() -> None:
    room = held()
    assert {one["title"]: one["territory"] for one in as_json(room) if "territory" in one} == TOLD
    rows = as_rows(room)
    heads = [head for head in rows[0] if head.endswith(("[territory]", "[territory_name]"))]
    assert len(heads) == 2
    title = next(head for head in rows[0] if head.endswith("[title]"))
    assert {row[title]: row[heads[0]] for row in rows if row[heads[0]]} == TOLD
    assert {row[heads[1]] for row in rows} == {"Tacna", "Arica", ""}
    sheets = read_xlsx(made(export_model(room.state), "xlsx"))
    cells = [[str(cell) for cell in row] for rows in sheets.values() for row in rows]
    for told, side in TOLD.items():
        (row,) = (row for row in cells if told in row)
        assert side.title() in row
    (small,) = (row for row in cells if "business arica 0" in row)
    assert not {"Tacna", "Arica"} & set(small)


@pytest.mark.parametrize(("privacy", "close"), [("headcount", True), ("grouped", False)])
def test_nothing_of_it_where_heads_are_counted_or_people_still_write(privacy: Privacy, close: bool) -> None:
    room = held(privacy, close=close)
    assert not any("territory" in one or "group" in one for one in as_json(room))
    assert not any("territory" in head for head in as_rows(room)[0])
    assert NOTE not in annex(room)


def annex(room: MemoryWorkshop) -> str:
    return pdf.Typesetter(report_model(room.state, "en")).html("report/report.html", fit=pages.FITS[0])


def test_the_annex_has_it_beside_the_group_and_says_why_not_everywhere() -> None:
    room = held()
    ids = {item.title: item.id for item in room.state.items.values()}
    room.must(MergeItems(into=ids["government tacna 0"], items=[ids["government arica 0"]]))
    text = annex(room)
    assert "Group and territory" in text
    assert "<td>Government · Tacna</td>" in text
    assert "“government arica 0” · Government · Arica</p>" in " ".join(text.split())
    assert "<td>Business</td>" in text
    assert "Business · " not in text
    assert NOTE in text


def test_what_was_merged_says_whose_it_was_in_every_export() -> None:
    room = held()
    ids = {item.title: item.id for item in room.state.items.values()}
    room.must(MergeItems(into=ids["government tacna 0"], items=[ids["government arica 0"]]))
    room.must(TranslateItem(item=ids["government tacna 1"], language="pt", text="um"))
    room.must(MergeItems(into=ids["government tacna 2"], items=[ids["government tacna 1"]]))
    merged = {one["title"]: one for item in as_json(room) for one in item.get("merged", [])}
    assert merged["government arica 0"]["group"] == "government"
    assert merged["government arica 0"]["territory"] == "arica"
    assert merged["government tacna 1"]["translations"] == {"pt": "um"}
    heads, *rows = read_csv(made(export_model(room.state), "csv"))["merged.csv"]
    told = [{head.rpartition("[")[2]: cell for head, cell in zip(heads, row, strict=True)} for row in rows]
    assert [
        (one["own_title]"], one["group]"], one["territory]"], one["territory_name]"], one["translation_pt]"])
        for one in sorted(told, key=lambda one: one["own_title]"])
    ] == [
        ("government arica 0", "government", "arica", "Arica", ""),
        ("government tacna 1", "government", "tacna", "Tacna", "um"),
    ]
    cells = [
        [str(cell) for cell in row]
        for rows in read_xlsx(made(export_model(room.state), "xlsx")).values()
        for row in rows
    ]
    (row,) = (row for row in cells if "government arica 0" in row)
    assert "Arica" in row


def test_where_heads_are_counted_what_was_merged_is_nobodys() -> None:
    room = held("headcount")
    ids = {item.title: item.id for item in room.state.items.values()}
    room.must(MergeItems(into=ids["government tacna 0"], items=[ids["business arica 0"]]))
    (merged,) = (one for item in as_json(room) for one in item.get("merged", []))
    assert not {"group", "territory"} & merged.keys()
