"""Statements brought in on the server's page: looked at, brought in at once or not at all, taken out."""

import html
import io
import re
from typing import Any

import pytest

from edp_app.clock import milliseconds
from edp_app.core.commands import Context, OpenStage
from edp_app.core.definition import GatherSettings
from edp_app.rooms import Room
from tests.support.definitions import short
from tests.web.conftest import Browser, Site

LIST = "título;fuente;columna\nSol todo el año;Censo de 2022;s\nPocos caminos;;w\n"
TITLES = ["Sol todo el año", "Pocos caminos"]


class Desk:
    """A facilitator at the page of one workshop's SWOT."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.code = site.workshop(site.account(), short())
        self.browser: Browser = site.signed_in()
        self.path = f"/workshops/{self.code}/bring?stage=swot"

    @property
    def room(self) -> Room:
        room = self.site.app.extensions["edp.rooms"].by_code(self.code)
        room.when_settled()
        return room  # type: ignore[no-any-return]

    def look(self, text: str = "", **more: object) -> Any:
        return self.browser.send(self.path, text=text, do="look", **more)

    def hidden(self, page: str) -> dict[str, str]:
        """What the page that shows what will be brought in sends back."""
        found = re.findall(r'<input type="hidden" name="(column|source|op)" value="([^"]*)"', page)
        text = re.search(r'<textarea name="text" hidden[^>]*>(.*?)</textarea>', page, re.DOTALL)
        assert text, "nothing is shown to be brought in"
        return {name: html.unescape(value) for name, value in found} | {"text": html.unescape(text[1])}

    def bring(self, text: str = "", **more: object) -> Any:
        """Look at it, then bring it in."""
        seen = self.look(text, **more)
        assert seen.status_code == 200, seen.text
        return self.browser.send(self.path, do="bring", **self.hidden(seen.text))

    def begin(self) -> None:
        """Open the first stage, as its console would."""
        ctx = Context("f:1", "facilitator", milliseconds(), "begin")
        answer = self.room.submit(OpenStage(stage="opening"), ctx, "0" * 64)
        assert answer.refusal is None

    @property
    def prepared(self) -> list[str]:
        stage = self.room.state.definition.stage("swot")
        assert stage is not None
        assert isinstance(stage.settings, GatherSettings)
        return [one.title for one in stage.settings.statements]

    @property
    def standing(self) -> list[str]:
        return [item.title for item in self.room.state.items_of("swot") if item.stands]


@pytest.fixture
def desk(site: Site) -> Desk:
    return Desk(site)


def test_a_list_is_looked_at_and_then_part_of_what_is_prepared(desk: Desk) -> None:
    seen = desk.look(LIST)
    assert seen.status_code == 200
    assert "2 statements for “SWOT”" in seen.text
    assert "Nothing was brought in yet." in seen.text
    assert not desk.prepared, "looking brings nothing in"
    assert desk.bring(LIST).status_code == 303
    assert desk.prepared == TITLES
    page = desk.browser.get(desk.path).text
    assert "2 statements were brought in." in page
    assert "Censo de 2022" in page


def test_while_it_runs_they_stand_there_at_once(desk: Desk) -> None:
    desk.begin()
    assert desk.bring("Sol\nLluvia\nViento", column="o", source="Prioridades de 2023").status_code == 303
    assert desk.standing == ["Sol", "Lluvia", "Viento"]
    assert {item.source for item in desk.room.state.items.values()} == {"Prioridades de 2023"}
    assert not desk.prepared


def test_a_press_that_arrives_twice_is_done_once(desk: Desk) -> None:
    for begun in (False, True):
        if begun:
            desk.begin()
        sent = desk.hidden(desk.look(f"Sol {begun}", column="s").text)
        before = desk.room.state.seq
        for _ in range(2):
            desk.browser.send(desk.path, do="bring", **sent)
        assert desk.room.state.seq == before + 1


def test_the_same_list_that_has_grown_brings_in_what_is_new(desk: Desk) -> None:
    desk.bring("Sol\nLluvia", column="s")
    seen = desk.look("sol\nViento\nLLUVIA", column="s").text
    assert "One statement for “SWOT”" in seen
    assert "2 of the list are there already and are left out." in seen
    desk.begin()
    assert "Nothing new" in desk.look("Sol", column="s").text
    desk.bring("Sol", column="w")
    assert desk.standing == ["Sol", "Lluvia", "Sol"], "under another heading it is another one"


@pytest.mark.parametrize(
    "source",
    [
        LIST.encode("utf-8-sig"),
        LIST.encode("utf-16"),
        LIST.encode("cp1252"),
        LIST.replace(";", ",").encode(),
        LIST.replace(";", "\t").encode(),
        "Statement;Heading;E-mail\nSol todo el año;s;a@b.example\nPocos caminos;w;\n".encode(),
    ],
    ids=["bom", "utf-16", "windows", "commas", "tabs", "a column of e-mails"],
)
def test_files_as_spreadsheets_save_them(desk: Desk, source: bytes) -> None:
    seen = desk.look(file=(io.BytesIO(source), "list.csv"))
    assert seen.status_code == 200, seen.text
    assert ("Windows-1252" in seen.text) is (source == LIST.encode("cp1252"))
    assert ("keeps no e-mail addresses" in seen.text) is (b"E-mail" in source)
    assert "a@b.example" not in seen.text
    assert desk.browser.send(desk.path, do="bring", **desk.hidden(seen.text)).status_code == 303
    assert desk.prepared == TITLES


LANGUAGES = "title_es;Título (PT);statement en;source\nSol;Sol;Sun;Censo\n;Chuva;Rain;\nViento;;;\n"


def test_a_list_may_say_each_thing_in_several_languages(desk: Desk) -> None:
    """The workshop's language is what is brought in, the others stand beside it."""
    own = desk.room.state.definition.language
    assert own == "es"
    seen = desk.look(LANGUAGES, column="s")
    assert seen.status_code == 200, seen.text
    assert '<span lang="en">English: Sun</span>' in seen.text
    assert desk.browser.send(desk.path, do="bring", **desk.hidden(seen.text)).status_code == 303
    assert '<span lang="pt">Português: Chuva</span>' in desk.browser.get(desk.path).text
    desk.begin()
    shown = {one.title: one.translated for one in desk.room.state.items_of("swot")}
    assert shown == {"Sol": {"en": "Sun"}, "Rain": {"pt": "Chuva"}, "Viento": {}}


def test_one_column_may_name_no_language(desk: Desk) -> None:
    desk.begin()
    assert desk.bring("title,title_en,title_es\nSol,Sun,Sol\nSOL,,\n", column="s").status_code == 303
    assert [(one.title, one.translated) for one in desk.room.state.items_of("swot")] == [
        ("Sol", {"en": "Sun"})
    ]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("title_es;title_en\nSol;Sun\nSOL;Sunshine\n", 3, "the column “statement_en” says something else"),
        (
            "title_es;title_en\nSol;" + "x" * 501 + "\n",
            2,
            "text in the column “statement_en” is too long",
        ),
        ("title_es;title_es\nSol;Sol\n", 1, "The column “title_es” stands there twice."),
        ("title_es;title_fr\nSol;Soleil\n", 1, "“title_fr” is no column."),
    ],
)
def test_what_is_wrong_in_one_language_is_named(desk: Desk, text: str, line: int, said: str) -> None:
    seen = desk.look(file=(io.BytesIO(text.encode()), "list.csv"), column="s")
    assert seen.status_code == 400
    assert f"Line {line}" in seen.text
    assert said in html.unescape(seen.text)
    assert not desk.prepared


@pytest.mark.parametrize(
    "text",
    [
        "Sol\nLluvia\n• SOL\n\n- lluvia\n",
        "title;source\nSol;\nSOL;Censo\nLluvia;INDEC\nlluvia;\nlluvia;indec\n",
    ],
    ids=["one a line", "a table"],
)
def test_a_line_that_repeats_another_is_taken_once_and_told(desk: Desk, text: str) -> None:
    seen = desk.look(text, column="s")
    assert seen.status_code == 200, seen.text
    told = re.findall(r"Line (\d+) repeats line (\d+); it is taken once", seen.text)
    assert told == ([("3", "1"), ("5", "2")] if "•" in text else [("3", "2"), ("5", "4"), ("6", "4")])
    assert "2 statements for “SWOT”" in seen.text
    assert desk.browser.send(desk.path, do="bring", **desk.hidden(seen.text)).status_code == 303
    assert desk.prepared == ["Sol", "Lluvia"]
    page = desk.browser.get(desk.path).text
    assert ("Censo" in page and "INDEC" in page) is ("title" in text), (
        "the source is that of whichever has one"
    )


WRONG: list[tuple[bytes, int, str]] = [
    (b"nombre;grupo\nAna;business\n", 1, "“nombre” is no column."),
    (b"fuente,columna\nCenso,s\n", 1, "The column “statement” is missing."),
    (b"title;column\nSol;s\nLluvia;zzzz\n", 3, "“zzzz” in the column “heading” is no heading"),
    (b"title;column\nSol;s\n;w\n", 3, "The column “statement” is empty."),
    (b"title;column\nSol;s\nLluvia\n", 3, "It is not said under which heading this stands."),
    (
        b"title;column;source\nSol;s;Census\nSOL;s;Survey\n",
        3,
        (
            "This says the same as line 2, and the column “source” says something else: here “Survey”, there "
            "“Census”. Please leave one of them."
        ),
    ),
    (b"title;column\nSol;s;x\n", 2, "There are 3 cells on this line, and 2 columns."),
    (b"title;source;column\nSol;" + b"x" * 201 + b";s\n", 2, "The text in the column “source” is too"),
    (b"title;column\n" + b"x" * 201 + b";s\n", 2, "The text in the column “statement” is too long: 200"),
    (b"title;column\nwrite to ana@b.example;s\n", 2, "There is an e-mail address in the column “stat"),
    (b'title;column\nSol;s\n"Lluvia;s\n', 3, "From here on the list cannot be read"),
    (b"title;column\nSol;s\nA\xc3\xb1o y a\xf1o;s\n", 3, "This line is not written in UTF-8."),
    (b"title;column\nSol\x81;s\n", 2, "This line is not written in UTF-8."),
    (b"title;column\nSol\x00;s\n", 2, "From this line on it is no text."),
    (b"PK\x03\x04" + bytes(range(256)), 0, "This is the file of a spreadsheet"),
    (b"", 0, "There is nothing yet."),
    (b"title\n", 1, "Below the names of the columns there is nothing."),
    (
        b"title;column\n" + b"".join(b"Sol %d;s\n" % n for n in range(201)),
        0,
        "200 fit at once; here there are 201.",
    ),
    (b"x" * (256 * 1024 + 1), 0, "The list is too large: 256 KB fit."),
    (b"title;column\n<script>alert(1)</script>;%(names)s\n", 2, "“%(names)s” in the column “heading”"),
]  # fmt: skip


@pytest.mark.parametrize("begun", [False, True], ids=["before", "while it runs"])
def test_each_mistake_is_named_with_its_place_and_nothing_is_half_made(desk: Desk, begun: bool) -> None:
    if begun:
        desk.begin()
    before = desk.room.state.seq
    for source, line, said in WRONG:
        for do in ("look", "bring"):
            answer = desk.browser.send(desk.path, do=do, file=(io.BytesIO(source), "list.csv"))
            assert answer.status_code == 400, said
            found = html.unescape(answer.text)
            assert said in found
            assert (f">Line {line}</b>" in found) is bool(line), said
            assert "<script>alert" not in answer.text
    assert desk.room.state.seq == before


def test_one_is_taken_out_again(desk: Desk) -> None:
    desk.bring("Sol\nLluvia\nViento", column="s")
    page = desk.browser.get(desk.path).text
    edition = re.search(r'name="edition" value="(\d+)"', page)
    assert edition
    desk.browser.send(desk.path, do="drop:1", edition=edition[1])
    assert desk.prepared == ["Sol", "Viento"]
    late = desk.browser.send(desk.path, do="drop:1", edition=edition[1])
    assert late.status_code == 400, "of the list as it was it might be another one"
    desk.begin()
    sun = next(iter(desk.room.state.items))
    desk.browser.send(desk.path, do=f"drop:{sun}", edition="0")
    assert desk.standing == ["Viento"]


def test_of_very_many_it_is_said_how_many_fit(desk: Desk) -> None:
    for n in range(2):
        answer = desk.look("\n".join(f"Sol {n} {k}" for k in range(150)), column="s")
        assert (answer.status_code == 200) is (n == 0)
        if n == 0:
            desk.browser.send(desk.path, do="bring", **desk.hidden(answer.text))
    assert "200 fit into this stage; 50 more can be brought in." in answer.text
    assert len(desk.prepared) == 150


def test_only_whoever_runs_the_workshop_and_only_where_something_is_written(desk: Desk) -> None:
    assert desk.browser.get(desk.path.replace("swot", "opening")).status_code == 404
    desk.site.account("beto")
    assert desk.site.signed_in("beto").get(desk.path).status_code == 404
    assert desk.site.browser().get(desk.path).status_code == 302


def test_the_editor_leaves_them_as_they_are(desk: Desk) -> None:
    desk.bring(LIST)
    page = f"/workshops/{desk.code}/stages/swot"
    text = desk.browser.get(page).text
    assert desk.path.replace("&", "&amp;") in text
    listed = desk.browser.get(f"/workshops/{desk.code}/stages").text
    assert "2 statements brought in" in listed
    written = desk.browser.get(f"/workshops/{desk.code}/format.toml").text
    assert '{ title = "Sol todo el año", column = "s", source = "Censo de 2022" },' in written
