"""Workshop files as people break them: each is told in one message, where they have to look, in words of
theirs; what is only wrong because of it is not told as well."""

import pytest

from edp_app.core.formats import check_format
from tests.unit.test_catalogues import compiled
from tests.unit.test_library import LIBRARY

TOP = """\
format = 1
title = "Taller de prueba"
language = "es"
groups = "triple"
"""
IDEAS = '\n[[stages]]\nuse = "ideas"\n'
SORT = '\n[[stages]]\nuse = "group_and_name"\nof = "ideas"\n'
SHORTLIST = '\n[[stages]]\nuse = "shortlist"\nof = "ideas"\n'
SCORE = '\n[[stages]]\nuse = "score"\nof = "ideas"\n'
AGAIN = '\n[[stages]]\nuse = "second_round"\nsecond_of = "score"\n'
OWN = """
[[stages]]
id = "own"
kind = "gather"
title = "Own"
minutes = 5
columns = [{ id = "a", name = "A" }]
"""
SIDES = '\n[[territories]]\nid = "north"\nname = "North"\n\n[[territories]]\nid = "south"\nname = "South"\n'
LINK = IDEAS + 'id = "{}"\nlinks_to = "{}"\n'

BROKEN = {
    "a stage that is not there": (
        TOP + IDEAS + SORT + SHORTLIST.replace('"ideas"', '"proposals"'),
        15,
        "“of” names the stage “proposals”, which is not in this workshop. Earlier stages that fit",
    ),
    "a vote on a stage in which nothing is written": (
        TOP + '\n[[stages]]\nuse = "opening"\n' + SHORTLIST.replace('"ideas"', '"opening"'),
        11,
        "“of” names the stage “opening”, which has no items.",
    ),
    "a vote on a stage without columns": (
        TOP + OWN.replace('{ id = "a", name = "A" }', "") + SHORTLIST.replace('"ideas"', '"own"'),
        11,
        "“columns” needs at least 1; here there are 0.",
    ),
    "a vote that is about nothing": (
        TOP + IDEAS + SHORTLIST.replace('of = "ideas"\n', ""),
        9,
        "“of” is missing: it names the earlier stage that this one is about. These fit: ideas.",
    ),
    "a circle of one": (
        TOP + IDEAS + SORT + SHORTLIST.replace('of = "ideas"', 'of = "shortlist"'),
        15,
        "“of” names the stage “shortlist” itself, which would go round in a circle.",
    ),
    "a circle of one second round": (
        TOP + IDEAS + SORT + SCORE + AGAIN.replace('"score"', '"second_round"'),
        19,
        "“second_of” names the stage “second_round” itself, which would go round in a circle.",
    ),
    "a circle of two": (
        TOP + LINK.format("first", "second") + LINK.format("second", "first"),
        9,
        "circle, each of them waiting for the next: first → second → first (lines 9, 14).",
    ),
    "a circle of two, of the library's votes": (
        TOP
        + IDEAS
        + SORT
        + SHORTLIST.replace('"ideas"', '"score"')
        + SCORE.replace('"ideas"', '"shortlist"'),
        15,
        "circle, each of them waiting for the next: shortlist → score → shortlist (lines 15, 19).",
    ),
    "a circle of a second round and its first": (
        TOP + IDEAS + SORT + AGAIN + SCORE.replace('"ideas"', '"second_round"'),
        15,
        "circle, each of them waiting for the next: second_round → score → second_round (lines 15, 19).",
    ),
    "a circle of three": (
        TOP + LINK.format("a", "c") + LINK.format("b", "a") + LINK.format("c", "b"),
        9,
        "circle, each of them waiting for the next: a → c → b → a (lines 9, 14, 19).",
    ),
    "a circle of three, the other way round": (
        TOP + LINK.format("a", "b") + LINK.format("b", "c") + LINK.format("c", "a"),
        9,
        "circle, each of them waiting for the next: a → b → c → a (lines 9, 14, 19).",
    ),
    "two hundred stages": (
        TOP + "".join(f'\n[[stages]]\nuse = "opening"\nid = "s{n}"\n' for n in range(200)),
        246,
        "“stages” may have at most 60; here there are 200.",
    ),
    "a stage that comes too late to be read": (
        TOP + SHORTLIST.replace('"ideas"', '"s99"') + "".join(IDEAS + f'id = "s{n}"\n' for n in range(100)),
        246,
        "“stages” may have at most 60; here there are 101.",
    ),
    "no minutes": (TOP + IDEAS + "minutes = 0\n", 8, "“minutes” must be between 1 and 600; here it is 0."),
    "minutes below none": (TOP + IDEAS + "minutes = -5\n", 8, "between 1 and 600; here it is -5."),
    "minutes in words": (
        TOP + IDEAS + 'minutes = "ten"\n',
        8,
        '“minutes” must be a whole number, in digits and without quotation marks; here it is "ten".',
    ),
    "half a minute": (TOP + IDEAS + "minutes = 7.5\n", 8, "a whole number, in digits"),
    "a year in quotation marks": (TOP + '\n[[stages]]\nuse = "vision"\nyear = "2040"\n', 8, "“year” must be"),
    "an unknown stage of the library": (
        TOP + '\n[[stages]]\nuse = "comitments"\n' + SHORTLIST.replace('"ideas"', '"comitments"'),
        7,
        "“use” cannot be “comitments”. Did you mean “commitments”?",
    ),
    "an unknown stage that many rest on": (
        TOP + IDEAS.replace("ideas", "ideass") + SORT + SCORE + AGAIN,
        7,
        "“use” cannot be “ideass”. Did you mean “ideas”?",
    ),
    "a stage of the library twice": (
        TOP + IDEAS + IDEAS + SORT + SHORTLIST,
        10,
        "“ideas” is used twice; the first time in line 7. Give this one an id of its own",
    ),
    "an id twice": (
        TOP + OWN + OWN,
        14,
        "The id “own” is used twice; the first time in line 7. Give one of them another id.",
    ),
    "an id with capitals, which others name": (
        TOP + IDEAS + 'id = "My Ideas"\n' + SORT.replace('"ideas"', '"My Ideas"'),
        8,
        "“id” must begin with a small letter",
    ),
    "no id, where others name it": (
        TOP + OWN.replace('id = "own"\n', "") + SHORTLIST.replace('"ideas"', '"own"'),
        6,
        "“id” is missing.",
    ),
    "a kind that there is not": (
        TOP + OWN.replace("gather", "gathr") + SHORTLIST.replace('"ideas"', '"own"'),
        8,
        "“kind” cannot be “gathr”. Did you mean “gather”?",
    ),
    "a setting misspelt that has to be there": (
        TOP + OWN.replace("minutes", "minuts"),
        10,
        "There is no setting called “minuts” here. Did you mean “minutes”?",
    ),
    "“use” misspelt": (TOP + IDEAS.replace("use", "usa") + SORT, 7, "There is no setting called “usa” here."),
    "a list that is none": (TOP + IDEAS + "columns = 3\n" + SORT + SHORTLIST, 8, "“columns” must be a list."),
    "criteria that are none": (
        TOP + IDEAS + SORT + SCORE + "criteria = []\n",
        16,
        "“criteria” needs at least 1; here there are 0.",
    ),
    "a weight that refers to nothing": (
        TOP + IDEAS + SORT + SCORE + 'weights_from = "weights"\n',
        16,
        "“weights_from” names the stage “weights”, which is not in this workshop, and no earlier stage",
    ),
    "a weight from a stage that is wrong itself": (
        TOP
        + IDEAS
        + SORT
        + '\n[[stages]]\nuse = "agree_criteria"\nquestions = 4\n'
        + SCORE
        + 'weights_from = "agree_criteria"\n',
        15,
        "“questions” must be a list.",
    ),
    "a second round of nothing": (
        TOP + IDEAS + SORT + AGAIN,
        15,
        "“second_of” names the stage “score”, which is not in this workshop",
    ),
    "groups that there are not, and what one of them is asked": (
        TOP.replace("triple", "triples") + IDEAS + 'prompt_for.business = "What sells?"\n',
        4,
        "“groups” cannot be “triples”. Did you mean “triple”?",
    ),
    "a territory twice": (
        TOP + SIDES.replace("south", "north") + IDEAS,
        11,
        "The id “north” is used twice; the first time in line 7.",
    ),
    "a language that there is not": (
        TOP.replace('"es"', '"fr"') + IDEAS,
        3,
        "“language” cannot be “fr”. It can be one of these: en, es, pt.",
    ),
    "a text in a language that there is not": (
        TOP + IDEAS + 'title.fr = "Idées"\n',
        8,
        "“fr” is not a language of this program. It has: en, es, pt.",
    ),
    "Latin-1": (
        (TOP.replace("Taller", "Reunión") + IDEAS).encode("latin-1"),
        2,
        "From this line on the file is not written in UTF-8.",
    ),
    "UTF-16": ((TOP + IDEAS).encode("utf-16"), 1, "From this line on the file is not written in UTF-8."),
    "a spreadsheet": (b"PK\x03\x04" + bytes(range(200)), 1, "This is the file of a text processor"),
    "a binary": (b"title = 3\n" + bytes(range(256)), 2, "From this line on it is no text."),
    "an empty file": ("", 1, "There is nothing in this file: no title, no groups, no stages."),
    "nothing but remarks": ("\n# To do\n\n", 1, "There is nothing in this file"),
    "no stages": (TOP, 1, "There are no stages. Each begins with a line of its own: [[stages]]"),
    "one bracket too few": (TOP + "\n[[stages]\n" + IDEAS, 6, "A heading that begins with [ must end with ]"),
    "no equals sign": (TOP + IDEAS + "minutes 10\n", 8, "A name must be followed by = and a value."),
    "curved quotation marks": (
        TOP + IDEAS + "title = “Ideas”\n",
        8,
        "Texts stand in straight quotation marks",
    ),
    "a text without its end": (
        TOP + IDEAS + 'title = "Ideas\n',
        8,
        "A text that begins here has no closing quotation mark.",
    ),
    "single brackets, once": (TOP + "\n[stages]\nuse = 3\n", 6, "This heading needs double brackets"),
    "single brackets, always": (
        TOP + (IDEAS + SORT).replace("[[", "[").replace("]]", "]"),
        6,
        "This heading needs double brackets, each time it stands there: [[stages]]",
    ),
    "single brackets, only the first": (TOP + "\n[stages]\nuse = 3\n" + SORT, 6, "[[stages]]"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_mistake_is_told_once_and_where_it_is(name: str) -> None:
    source, line, said = BROKEN[name]
    found = check_format(source, "taller.toml", LIBRARY)
    assert found.definition is None, "nothing is taken over"
    assert found.warnings == [], "what is worth a look waits until the file can be read"
    assert [(error.file, error.line) for error in found.errors] == [("taller.toml", line)], found.errors
    assert said in found.errors[0].plain()


@pytest.mark.parametrize("language", ["es", "pt"])
@pytest.mark.parametrize("name", BROKEN)
def test_it_is_told_in_the_language_of_whoever_reads_it(name: str, language: str) -> None:
    (error,) = check_format(BROKEN[name][0], "taller.toml", LIBRARY).errors
    said = error.plain(compiled(language).gettext)
    assert said != error.plain()
    assert "%(" not in said


def test_what_the_files_own_stage_makes_of_the_library_is_told_in_the_file() -> None:
    shortlist, score = SHORTLIST + "passes = 4\n", SCORE.replace('"ideas"', '"shortlist"')
    (warning,) = check_format(TOP + IDEAS + SORT + shortlist + score, "w.toml", LIBRARY).warnings
    assert (warning.file, warning.line) == ("w.toml", 19)
    assert warning.plain().startswith("5 pass here, of 4 that pass by “shortlist”")


def test_two_mistakes_are_told_as_two() -> None:
    text = TOP + IDEAS + "minutes = 0\n" + SORT.replace('"ideas"', '"idea"')
    assert [error.line for error in check_format(text, "w.toml", LIBRARY).errors] == [8, 12]


def test_two_circles_are_told_as_two() -> None:
    text = TOP + LINK.format("a", "b") + LINK.format("b", "a") + LINK.format("c", "d") + LINK.format("d", "c")
    assert [error.line for error in check_format(text, "w.toml", LIBRARY).errors] == [9, 19]


def test_two_sides_with_one_name_are_worth_a_look() -> None:
    text = TOP + SIDES.replace("South", "NORTH") + IDEAS
    (warning,) = check_format(text, "w.toml", LIBRARY).warnings
    assert (warning.line, warning.plain()) == (
        12,
        "“south” is called “NORTH”, as “north” is: nobody could tell them apart.",
    )
    assert check_format(TOP + SIDES + IDEAS, "w.toml", LIBRARY).warnings == []


def test_a_mark_at_the_beginning_of_a_file_is_no_mistake() -> None:
    assert check_format(("\ufeff" + TOP + IDEAS).encode(), "w.toml", LIBRARY).errors == []
