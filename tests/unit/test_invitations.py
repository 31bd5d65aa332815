"""Invitation lists: what is read, and each mistake beside its sentence."""

import pytest
from babel.support import NullTranslations

from edp_app import pasted
from edp_app.core.definition import Definition
from edp_app.pasted import MOST_MISTAKES, Mistake
from edp_app.web.invitations import Invited, read_list
from tests.support.definitions import short


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pasted, "gettext", NullTranslations().gettext)


def read(text: str | bytes, definition: Definition | None = None) -> tuple[list[Invited], list[str]]:
    source = text.encode() if isinstance(text, str) else text
    listed = read_list(source, definition or short(), "en")
    people, mistakes = listed.people, listed.mistakes
    assert not (people and mistakes)
    return people, [f"{one.line}: {one.said()}" for one in mistakes]


ANA = Invited("business", "tacna", funder=False, name="Ana Quispe", organisation="Minka, Coop.")
LUIS = Invited("academia", "arica", funder=True, name="", organisation="")


COMMAS = """name,organisation,group,territory,funder
Ana Quispe,"Minka, Coop.",business,tacna,no
,,academia,arica,yes
"""
SEMICOLONS = """NOMBRE;Organización;Grupo;Territorio;Financiador

Ana Quispe;Minka, Coop.;Empresas, cooperativas y productores;TACNA;
;;academia;arica;SÍ;;
""".replace("\n", "\r\n")
PASTED = """\ufefffunder\tgroup\tname\tterritory\torganisation
Não\tbusiness\t Ana  Quispe\tTacna\tMinka, Coop.
x\tAcademia\t\tArica"""


@pytest.mark.parametrize("text", [COMMAS, SEMICOLONS, PASTED], ids=["commas", "semicolons", "pasted"])
def test_a_table_is_read(text: str) -> None:
    definition = short()
    definition.groups[1].name["es"] = "Empresas, cooperativas y productores"
    assert read(text, definition) == ([ANA, LUIS], [])


def test_the_beginning_of_a_name_is_enough_where_no_other_begins_so() -> None:
    definition = short()
    definition.groups[1].name["es"] = "Empresas, cooperativas y productores"
    definition.groups[2].name["es"] = "Universidades e investigación"
    definition.groups[0].name["es"] = "Universo público"
    table = "group,territory\n{},tacna\n".format
    for said in ("EMPRESAS", "empresas, coop", "Empr"):
        assert [one.group for one in read(table(f'"{said}"'), definition)[0]] == [definition.groups[1].id]
    assert [one.group for one in read(table("Universidades"), definition)[0]] == [definition.groups[2].id]
    for said in ("Univers", "Emp", "presas"):
        assert read(table(said), definition)[1][0].startswith(f"2: “{said}” is no group of this workshop.")


def test_columns_that_are_not_there_are_left_out() -> None:
    without = short()
    without = Definition(**{f: getattr(without, f) for f in without.__struct_fields__} | {"territories": []})
    assert (
        read("group\nbusiness\nbusiness\n", without)[0]
        == [Invited("business", None, funder=False, name="", organisation="")] * 2
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "0: There is no list yet. Please paste it, or choose a file."),
        ("group,territory\n\n", "1: Below the names of the columns there is nobody."),
        ("Ana,group\n", "1: “Ana” is no column."),
        ("name,territory\nAna,tacna\n", "1: The column “group” is missing."),
        ("group,group\nbusiness,tacna\n", "1: The column “group” stands there twice."),
        ("group,territory\nbusiness,tacna\nbusiness,tacna,Ana\n", "3: There are 3 cells on this line, and 2"),
        ("group,territory\n\n,tacna\n", "3: The group is missing."),
        ("group,territory\nmartians,tacna\n", "2: “martians” is no group of this workshop. Its groups: "),
        ("group,territory\nbusiness,\n", "2: The territory is missing."),
        ("group,territory\nbusiness,mars\n", "2: “mars” is no territory of this workshop."),
        ("group,territory,funder\nbusiness,tacna,maybe\n", "2: “maybe” in the column “funder” is neither"),
        ("name,group,territory\n" + "a" * 121 + ",business,tacna", "2: The text in the column “name” is too"),
        ("name,group,territory\na\x07b,business,tacna", "2: The text in the column “name” contains"),
        ("name,group,territory\na\x00b,business,tacna", "2: From this line on it is no text."),
        ("name,group,territory\nAna,business,tacna\n\nana,business,arica\n", "4: Name and organisation are"),
        ('name,group,territory\n"Ana\nMaría",business,tacna\n"Luis,business,tacna\n', "4: From here on"),
        ("group,territory\n" + "business,tacna\n" * 1001, "0: 1000 people fit on one list; here"),
        (b"name,group,territory\nAn\xc3\xa1,business,tacna\nJos\xe9,business,tacna\n", "3: This line is not"),
        (b"name,group,territory\nAna,business,tacna\nJos\x81,business,tacna\n", "3: This line is not"),
        (b"\xff\xfeg\x00r\x00o", "1: From this line on it is no text."),
        (b"PK\x03\x04" + bytes(range(256)), "0: This is the file of a spreadsheet"),
        ("name,group,territory\nana@b.example,business,tacna", "2: There is an e-mail address in the column"),
        (b"x" * (256 * 1024 + 1), "0: The list is too large: 256 KB fit."),
    ],
)  # fmt: skip
def test_each_mistake_is_said_with_its_line_and_nothing_is_read(text: str | bytes, said: str) -> None:
    people, mistakes = read(text)
    assert people == []
    assert len(mistakes) == 1
    assert mistakes[0].startswith(said)


def test_a_line_that_repeats_another_is_taken_once_and_told() -> None:
    text = "name,organisation,group,territory\nAna,Coop,business,tacna\nLuis,,academia,arica\n"
    again = "\nANA, Coop,Business,tacna\nLuis,INIA,academia,arica\n"
    again += ",,academia,arica\n,,academia,arica\nluis,,academia,arica\n"
    listed = read_list((text + again).encode(), short(), "en")
    assert not listed.mistakes
    assert [(one.name, one.organisation) for one in listed.people] == [
        ("Ana", "Coop"),
        ("Luis", ""),
        ("Luis", "INIA"),
        ("", ""),
        ("", ""),
    ], "who has no name is somebody else each time"
    assert [note.said() for note in listed.notes] == [
        "Line 5 repeats line 2; it is taken once.",
        "Line 9 repeats line 3; it is taken once.",
    ]


@pytest.mark.parametrize(
    ("again", "column"),
    [("academia,tacna,no", "group"), ("business,arica,no", "territory"), ("business,tacna,yes", "funder")],
)
def test_the_same_person_twice_with_other_details_is_named(again: str, column: str) -> None:
    text = f"name,group,territory,funder\nAna,business,tacna,no\nAna,{again}\n"
    assert read(text)[1] == [
        (
            f"3: Name and organisation are those of line 2, and the column “{column}” says something else. "
            "If these are two people, please tell them apart by the name."
        )
    ]


def test_of_many_repeated_lines_the_first_are_told_and_how_many_more_there_are() -> None:
    listed = read_list(b"name,group,territory\n" + b"Ana,business,tacna\n" * 30, short(), "en")
    assert len(listed.people) == 1
    assert len(listed.notes) == pasted.MOST_REPEATS + 1
    assert listed.notes[-1].said() == "More lines that repeat others: 19."


def test_all_mistakes_are_said_up_to_a_bound() -> None:
    people, mistakes = read("group,territory\nmars,\nbusiness,tacna\nvenus,mars\n" + "x,y\n" * 500)
    assert not people
    assert [one.split(":")[0] for one in mistakes[:4]] == ["2", "2", "4", "4"]
    assert len(mistakes) == MOST_MISTAKES


def test_a_mistake_speaks_the_words_of_its_line() -> None:
    assert Mistake(3, "%(name)s", {"name": "100 %"}).said() == "100 %"


def test_a_column_in_one_language_is_named_in_the_readers() -> None:
    words = {"“%(column)s”": "“%(column)s”", "statement": "afirmación", "name": "nombre"}.__getitem__
    assert Mistake(3, "“%(column)s”", {"column": "statement_en"}).said(words) == "“afirmación_en”"
    assert Mistake(3, "“%(column)s”", {"column": "name"}).said(words) == "“nombre”"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_a_list_is_read_as_spreadsheets_save_it(encoding: str) -> None:
    text = "nome;grupo;território;correo electrónico\nJosé Ñandú;business;tacna;jose@b.example\n"
    source = text.encode(encoding)
    listed = read_list(b"\xff\xfe" + source if encoding == "utf-16-le" else source, short(), "en")
    assert not listed.mistakes
    assert [one.name for one in listed.people] == ["José Ñandú"]
    assert ("Windows-1252" in " ".join(note.said() for note in listed.notes)) is (encoding == "cp1252")
    assert listed.notes[-1].said().startswith("The column “correo electrónico” was left out")
    assert "jose@" not in repr(listed.people)
