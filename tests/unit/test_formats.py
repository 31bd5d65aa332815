"""Format files: what they are read into, and what is said about a wrong one."""

import re
import tomllib
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from edp_app.core import definition as d
from edp_app.core.definition import Definition, DotsMethod
from edp_app.core.formats import FormatError, Library, check_format, read_format, write_format
from edp_app.core.formats.lines import lines_of
from edp_app.core.formats.reader import KINDS
from edp_app.core.formats.shapes import fields_of
from edp_app.core.refusals import Refusal
from edp_app.core.text import clean, clean_lines
from edp_app.core.voting import METHODS

ROOT = Path(__file__).parents[2]
WORKSHOPS = ROOT / "workshops"
PRESETS = (WORKSHOPS / "library").glob("*.toml")
DEMONSTRATIONS = {
    "tacna-arica": "items",
    "putumayo": "putumayo-items",
    "latin-america": "latin-america-items",
    "mexico-guatemala": "mexico-guatemala-items",
}
"""Workshops of the folder ``demo``, and the files with what their people write."""
SHIPPED = [
    *sorted((WORKSHOPS / "formats").glob("*.toml")),
    *(WORKSHOPS / "demo" / f"{name}.toml" for name in DEMONSTRATIONS),
]


@pytest.fixture(scope="module")
def library():
    return Library.in_folder(WORKSHOPS / "library")


TOP = """\
format = 1
title = "A workshop"
language = "en"
groups = "triple"
"""
GATHER = """
[[stages]]
id = "swot"
kind = "gather"
title = "SWOT"
minutes = 10
columns = [{ id = "s", name = "Strengths" }, { id = "w", name = "Weaknesses" }]
"""
SORT = """
[[stages]]
use = "group_and_name"
id = "tidy"
of = "swot"
"""
VOTE = """
[[stages]]
id = "weigh"
kind = "vote"
title = "Weigh"
minutes = 5
of = "swot"
"""
NEXT = VOTE.replace('"weigh"', '"next"').replace('"swot"', '"weigh"')
LAST = VOTE.replace('"weigh"', '"last"').replace('"swot"', '"next"')
PROMISES = """
[[stages]]
use = "commitments"
links_to = "weigh"
"""

CARDS = """
[[stages]]
id = "cards"
kind = "card"
title = "Cards"
minutes = 5
of = "swot"

[[stages.fields]]
id = "owner"
name = "Owner"
"""


def read(text, library):
    found = read_format(text, "w.toml", library)
    assert isinstance(found, Definition), [error.sentence() for error in found]
    return found


def errors(text, library):
    """The mistakes in a file as (line, sentence)."""
    found = read_format(text, "w.toml", library)
    assert isinstance(found, list)
    return [(error.line, error.plain()) for error in found]


def line_of(text, part):
    return text[: text.index(part)].count("\n") + 1


# ---- what is read


def test_settings_of_kind_and_method_stand_flat_in_the_stage(library):
    workshop = read(
        TOP + GATHER + VOTE + 'method = "dots"\ndots = 6\nper = "column"\ncap = 2\npasses = 4\n', library
    )
    gather, vote = workshop.stages
    assert gather.title == {"en": "SWOT"}
    assert isinstance(gather.settings, d.GatherSettings)
    assert [column.name for column in gather.settings.columns] == [{"en": "Strengths"}, {"en": "Weaknesses"}]
    assert vote.settings == d.VoteSettings(of="swot", method=DotsMethod(6, "column", 2), passes=4)


def test_what_is_left_out_has_its_default(library):
    vote = read(TOP + GATHER + VOTE, library).stages[1].settings
    assert vote == d.VoteSettings(of="swot")


def test_a_stage_may_replace_what_its_preset_says(library):
    workshop = read(
        TOP
        + '[[stages]]\nuse = "swot"\nminutes = 7\ntitle.en = "Look around"\n'
        + 'columns = [{ id = "a", name = "A" }]\n',
        library,
    )
    stage = workshop.stages[0]
    assert (stage.id, stage.minutes, stage.step) == ("swot", 7, "analysis")
    assert stage.title == {"en": "Look around"}
    assert set(stage.prompt) == set(d.LANGUAGES)
    assert [column.id for column in stage.settings.columns] == ["a"]


@pytest.mark.parametrize(
    ("name", "last"),
    [
        ("triple", "academia"),
        ("quadruple", "civil_society"),
        ("quintuple", "environment"),
        ("quintuple_funders", "funders"),
    ],
)
def test_groups_by_the_name_of_a_list(library, name, last):
    groups = read(TOP.replace("triple", name) + GATHER, library).groups
    assert groups[-1].id == last
    assert all(set(group.name) == set(group.examples) == set(d.LANGUAGES) for group in groups)


def test_groups_that_the_library_knows_need_no_words(library):
    own = '[[groups]]\nid = "government"\nexpected = 9\n[[groups]]\nid = "fishers"\nname = "Fishers"\n'
    groups = read(TOP.replace('groups = "triple"\n', "") + own + GATHER, library).groups
    assert groups[0].name["es"] == "Gobierno y administración pública"
    assert (groups[0].icon, groups[0].expected) == ("government", 9)
    assert groups[1] == d.Group(id="fishers", name={"en": "Fishers"})


def test_times_of_day_are_read_as_people_write_them_and_stages_are_held_against_them(library):
    for written in ('"9:05"', '"09.05"', '"9h05"', "09:05:00"):
        assert read(f"starts = {written}\n" + TOP + GATHER, library).starts == "09:05"
    checked = check_format('starts = "9:00"\nends = "9:01"\n' + TOP + GATHER, "w.toml", library)
    (warning,) = checked.warnings
    assert warning.line == 2
    assert "; from 09:00 to 09:01 there are 1: " in warning.plain()
    there = sum(stage.minutes for stage in checked.definition.stages)
    assert warning.plain().startswith(f"The stages take {there} minutes")
    assert warning.plain().endswith(f" {there - 1} too many.")
    fits = f'starts = "9:00"\nends = "9:{there:02}"\n' + TOP + GATHER
    assert check_format(fits, "w.toml", library).warnings == []


def test_a_date_may_stand_without_quotation_marks(library):
    assert read("date = 2026-03-14\n" + TOP + GATHER, library).date == "2026-03-14"
    assert read('date = "2026-03-14"\n' + TOP + GATHER, library).date == "2026-03-14"


def test_texts_are_cleaned_and_composed(library):
    workshop = read(TOP.replace("A workshop", "  Cafe\u0301   de  Tacna ") + GATHER, library)
    assert workshop.title == "Café de Tacna"


def test_bytes_with_a_mark_at_the_beginning_and_windows_line_ends(library):
    text = (TOP + GATHER).replace("\n", "\r\n")
    assert read(b"\xef\xbb\xbf" + text.encode(), library) == read(TOP + GATHER, library)


# ---- what is wrong


@pytest.mark.parametrize(
    ("old", "new", "part", "sentence"),
    [
        ("minutes = 10", "", "[[stages]]", "“minutes” is missing."),
        (
            "minutes = 10",
            "minutes = 10\nminuts = 10",
            "minuts",
            "There is no setting called “minuts” here. Did you mean “minutes”?",
        ),
        ("minutes = 10", "minutes = 10\nzzz = 1", "zzz", "There is no setting called “zzz” here."),
        (
            "minutes = 10",
            'minutes = "10"',
            "minutes",
            '“minutes” must be a whole number, in digits and without quotation marks; here it is "10".',
        ),
        (
            "minutes = 10",
            "minutes = true",
            "minutes",
            "“minutes” must be a whole number, in digits and without quotation marks; here it is true.",
        ),
        ("minutes = 10", "minutes = 601", "minutes", "“minutes” must be between 1 and 600; here it is 601."),
        (
            "minutes = 10",
            "minutes = 10\nsdgs = 1",
            "sdgs",
            "“sdgs” must be true or false, without quotation marks.",
        ),
        ("minutes = 10", "minutes = 10\nfields = 1", "fields", "“fields” must be a list."),
        ("minutes = 10", "minutes = 10\nfields = [1]", "fields", "“fields” must have settings of its own."),
        (
            "minutes = 10",
            'minutes = 10\nothers = "lve"',
            "others",
            "“others” cannot be “lve”. Did you mean “live”? It can be one of these: after_close, live.",
        ),
        (
            'kind = "gather"',
            'kind = "gathr"',
            "kind",
            (
                "“kind” cannot be “gathr”. Did you mean “gather”? "
                "It can be one of these: who, gather, sort, vote, card, ask, show."
            ),
        ),
        (
            'kind = "gather"',
            "",
            "[[stages]]",
            "“kind” is missing. It can be one of these: who, gather, sort, vote, card, ask, show.",
        ),
        ('title = "SWOT"', 'title = ""', 'title = ""', "“title” must not be empty."),
        ('title = "SWOT"', "title = {}", "title = {}", "“title” must not be empty."),
        (
            'title = "SWOT"',
            "title = 5",
            "title = 5",
            "“title” must be a text in quotation marks, or one text for each language.",
        ),
        ('title = "SWOT"', "title.es = 5", "title.es", "“title.es” must be a text in quotation marks."),
        (
            'title = "SWOT"',
            'title.en = "a"\ntitle.fr = "b"',
            "title.fr",
            "“fr” is not a language of this program. It has: en, es, pt.",
        ),
        (
            'title = "SWOT"',
            f'title = "{"x" * 121}"',
            "title = ",
            "“title” may have 120 characters; here it has 121.",
        ),
        (
            'title = "SWOT"',
            'title = "a\\u202eb"',
            'title = "a',
            "“title” contains characters that cannot be shown.",
        ),
        (
            'id = "swot"',
            'id = "Análisis"',
            'id = "Aná',
            (
                "“id” must begin with a small letter and have only small letters without accents, digits "
                "and _, at most 32; here it is “Análisis”."
            ),
        ),
        (
            'id = "w"',
            'id = "s"',
            "columns",
            "The id “s” is used twice; the first time in line 11. Give one of them another id.",
        ),
    ],
)
def test_a_mistake_in_a_stage_is_told_with_its_line(library, old, new, part, sentence):
    text = (TOP + GATHER).replace(old, new, 1)
    assert part in text
    # The title of the workshop stands before the one of the stage.
    stage = text.index("[[stages]]")
    line = text[: text.index(part, stage)].count("\n") + 1
    assert (line, sentence) in errors(text, library)


@pytest.mark.parametrize(
    ("old", "new", "line", "sentence"),
    [
        ("format = 1", "", 1, "The file must begin with the line: format = 1"),
        ("format = 1", "format = 2", 1, "This is a file of format 2; this program reads format 1."),
        ('title = "A workshop"\n', "", 1, "“title” is missing."),
        ('"A workshop"', "1", 2, "“title” must be a text in quotation marks."),
        (
            '"en"',
            '"fr"',
            3,
            "“language” cannot be “fr”. It can be one of these: en, es, pt.",
        ),
        (
            '"triple"',
            '"tripel"',
            4,
            (
                "“groups” cannot be “tripel”. Did you mean “triple”? It can be one of these: "
                "triple, quadruple, quintuple, quintuple_funders."
            ),
        ),
        (
            'groups = "triple"\n',
            "",
            1,
            "“groups” is missing. It can be one of these: triple, quadruple, quintuple, quintuple_funders.",
        ),
        ('"triple"', "7", 4, "“groups” must be a list."),
        ('"triple"', '[{ id = "government" }]', 4, "“groups” needs at least 2; here there are 1."),
        (
            '"triple"',
            '"triple"\ndate = "2026-02-30"',
            5,
            "“date” must be a date like 2026-03-14; here it is “2026-02-30”.",
        ),
        (
            '"triple"',
            '"triple"\ndate = 2026-02-03T10:00:00',
            5,
            "“date” must be a date like 2026-03-14; here it is “2026-02-03 10:00:00”.",
        ),
        (
            '"triple"',
            '"triple"\nends = "24:10"',
            5,
            "“ends” must be a time of day like 12:30; here it is “24:10”.",
        ),
        ('"triple"', '"triple"\nends = 12', 5, "“ends” must be a time of day like 12:30; here it is “12”."),
        (
            '"triple"',
            '"triple"\nstarts = 09:00:00\nends = "8:59"',
            6,
            "“ends” is 08:59, which does not come after the beginning at 09:00.",
        ),
        (
            '"triple"',
            '"triple"\nprivacy = "secret"',
            5,
            "“privacy” cannot be “secret”. It can be one of these: grouped, headcount, open.",
        ),
    ],
)
def test_a_mistake_at_the_top_is_told_with_its_line(library, old, new, line, sentence):
    assert (line, sentence) in errors((TOP + GATHER).replace(old, new, 1), library)


@pytest.mark.parametrize(
    ("text", "part", "sentence"),
    [
        (
            TOP + GATHER + SORT + VOTE.replace('of = "swot"', 'of = "swat"'),
            'of = "swat"',
            "“of” names the stage “swat”, which is not in this workshop. Did you mean “swot”?",
        ),
        (
            TOP + GATHER + VOTE.replace('of = "swot"', 'of = "zzz"'),
            'of = "zzz"',
            "“of” names the stage “zzz”, which is not in this workshop. Earlier stages that fit here: swot.",
        ),
        (
            TOP + VOTE + GATHER,
            'of = "swot"',
            "“of” names the stage “swot”, which comes later. It must come before this one.",
        ),
        (
            TOP + GATHER + VOTE + SORT.replace("swot", "weigh"),
            'of = "weigh"',
            "“of” names the stage “weigh”, where nothing is written. It must be a stage of kind gather.",
        ),
        (
            TOP + GATHER + SORT + VOTE + NEXT + 'method = "agree"\npasses = 0\n' + LAST,
            'of = "next"',
            (
                "“of” names the vote “next”, by which nothing passes, so this stage would be about nothing. "
                "Name a vote by which something passes, or the stage where the items were written."
            ),
        ),
        (
            TOP + GATHER + SORT + VOTE + 'method = "agree"\npasses = 0\n' + PROMISES,
            'links_to = "weigh"',
            (
                "“links_to” names the vote “weigh”, by which nothing passes, so there would be nothing to "
                "name. Name a vote by which something passes, or the stage where the items were written."
            ),
        ),
        (
            TOP + GATHER + SORT + PROMISES + VOTE,
            'links_to = "weigh"',
            "“links_to” names the stage “weigh”, which comes later. It must come before this one.",
        ),
        (
            TOP + GATHER + SORT + PROMISES.replace('"weigh"', '"weight"') + VOTE,
            'links_to = "weight"',
            (
                "“links_to” names the stage “weight”, which is not in this workshop. Earlier stages that fit "
                "here: swot."
            ),
        ),
        (
            TOP + GATHER + SORT + PROMISES.replace('"weigh"', '"tidy"'),
            'links_to = "tidy"',
            (
                "“links_to” names the stage “tidy”, which has no items. It must be a stage of kind gather, "
                "or a vote."
            ),
        ),
        (
            TOP + GATHER + SORT + VOTE.replace('"swot"', '"weigh"'),
            'of = "weigh"',
            (
                "“of” names the stage “weigh” itself, which would go round in a circle. It must be an "
                "earlier stage."
            ),
        ),
        (
            TOP + GATHER + SORT + VOTE.replace('"swot"', '"last"') + NEXT + LAST,
            'of = "last"',
            (
                "Here stages go round in a circle, each of them waiting for the next: weigh → last → next → "
                "weigh (lines 23, 30, 37). None of them could be the first. Take “of” out here, or name a "
                "stage in it that comes before them all."
            ),
        ),
        (
            TOP + GATHER + SORT + VOTE.replace('"swot"', '"tidy"'),
            'of = "tidy"',
            (
                "“of” names the stage “tidy”, which has no items. It must be a stage of kind gather, or a "
                "vote."
            ),
        ),
        (
            TOP + GATHER.replace("minutes = 10", 'minutes = 10\nlinks_to = "swot"'),
            "links_to",
            (
                "“links_to” names the stage “swot” itself, which would go round in a circle. It must be an "
                "earlier stage."
            ),
        ),
        (
            TOP + GATHER + VOTE.replace('of = "swot"\n', ""),
            'id = "weigh"',
            "“of” is missing: it names the earlier stage that this one is about. These fit: swot.",
        ),
        (
            TOP + GATHER + VOTE + "dots = 2\ncap = 3\n",
            "cap = 3",
            "“cap” is 3, but everyone has only 2 dots to spend.",
        ),
        (TOP + GATHER + VOTE + "dots = 0\n", "dots = 0", "“dots” must be between 1 and 100; here it is 0."),
        (
            TOP + GATHER + VOTE + "passes = 101\n",
            "passes",
            "“passes” must be between 0 and 100; here it is 101.",
        ),
        (
            TOP + GATHER + VOTE + "passes = 0\n",
            "passes",
            "“passes” can be 0 only by the method “agree”; by “dots” something passes. Write 1 or more.",
        ),
        (
            TOP + GATHER + VOTE + 'method = "stars"\n',
            "method",
            f"“method” cannot be “stars”. It can be one of these: {', '.join(way.id for way in METHODS)}.",
        ),
        (
            TOP + GATHER + VOTE + "per_person = 3\n",
            "per_person",
            "There is no setting called “per_person” here.",
        ),
        (
            TOP + '\n[[stages]]\nuse = "swott"\n',
            "use",
            (
                "“use” cannot be “swott”. Did you mean “swot”? It can be one of these: "
                f"{', '.join(sorted({path.stem for path in PRESETS} - {'groups', 'criteria'}))}."
            ),
        ),
        (
            TOP + CARDS.replace("swot", "swat"),
            'of = "swat"',
            (
                "“of” names the stage “swat”, which is not in this workshop, and no earlier stage would fit "
                "here. Put that stage before this one."
            ),
        ),
        (
            TOP + GATHER + SORT + VOTE + CARDS.replace("swot", "wegh"),
            'of = "wegh"',
            "“of” names the stage “wegh”, which is not in this workshop. Did you mean “weigh”?",
        ),
        (
            TOP + CARDS + GATHER,
            'of = "swot"',
            "“of” names the stage “swot”, which comes later. It must come before this one.",
        ),
        (
            TOP + GATHER + SORT + CARDS.replace("swot", "tidy"),
            'of = "tidy"',
            (
                "“of” names the stage “tidy”, which has no items. It must be a stage of kind gather, or a "
                "vote."
            ),
        ),
        (
            TOP + GATHER + SORT + VOTE + 'method = "agree"\npasses = 0\n' + CARDS.replace("swot", "weigh"),
            'of = "weigh"',
            (
                "“of” names the vote “weigh”, by which nothing passes, so this stage would be about nothing. "
                "Name a vote by which something passes, or the stage where the items were written."
            ),
        ),
        (
            TOP + GATHER + CARDS + 'options = [{id = "yes", name = "Yes"}]\n',
            "options",
            "“options” needs at least 2; here there are 1.",
        ),
        (
            TOP + GATHER + CARDS + 'options = [{id = "yes", name = "Yes"}, {id = "yes", name = "Ja"}]\n',
            "options",
            "The id “yes” is used twice; the first time in line 23. Give one of them another id.",
        ),
        (
            TOP + '\n[[stages]]\nuse = "swot"\nkind = "vote"\n',
            "kind",
            "A stage that uses “swot” is of kind “gather” and cannot be made another.",
        ),
    ],
)
def test_what_does_not_fit_together_is_told_with_its_line(library, text, part, sentence):
    found = errors(text, library)
    line = line_of(text, part) - ("is missing" in sentence)
    assert (line, sentence) in found


def test_with_another_prompt_a_preset_does_not_show_the_example_for_its_own(library):
    def ideas(more):
        text = TOP + '\n[[stages]]\nuse = "ideas"\n' + more
        return check_format(text, "f.toml", library).definition.stages[0]

    (own,) = ideas("").settings.columns
    assert "eco-construction" in own.prompt["en"]
    asked = ideas('prompt = "¿Qué podría salir de Tacna?"\n')
    assert asked.prompt == {"en": "¿Qué podría salir de Tacna?"}
    (column,) = asked.settings.columns
    assert (column.id, column.prompt) == ("ideas", {})
    own = 'prompt = "¿Y?"\n[[stages.columns]]\nid = "c"\nname = "C"\nprompt = "¿Cómo?"\n'
    assert ideas(own).settings.columns[0].prompt == {"en": "¿Cómo?"}


@pytest.mark.parametrize(("privacy", "warned"), [("grouped", True), ("open", False), ("headcount", False)])
def test_it_is_told_that_a_group_of_two_will_be_counted_with_others(library, privacy, warned):
    groups = "".join(
        f'[[groups]]\nid = "{g}"\nexpected = {n}\n' for g, n in (("government", 3), ("academia", 2))
    )
    text = TOP.replace('groups = "triple"\n', f'privacy = "{privacy}"\n') + groups + GATHER
    checked = check_format(text, "w.toml", library)
    assert checked.definition is not None
    said = [(warning.line, warning.sentence().partition(": ")[2]) for warning in checked.warnings]
    sentence = (
        "“academia” expects 2: groups with fewer than three voters are shown and counted together "
        "with others, as one group."
    )
    assert said == ([(line_of(text, "expected = 2"), sentence)] if warned else [])


def test_the_documentation_names_every_group_that_is_known(library):
    page = (ROOT / "docs" / "formats.md").read_text()
    for name, (group, _) in library.groups.items():
        row = " | ".join([f"`{name}`", *(group["name"][code] for code in ("en", "es", "pt"))])
        assert f"| {row} |" in page


def test_a_read_back_decides_nothing(library):
    text = TOP + GATHER + '\n[[stages]]\nuse = "read_back"\nof = "swot"\n'
    (read_back,) = [s for s in check_format(text, "f.toml", library).definition.stages if s.id == "read_back"]
    assert (read_back.settings.passes, read_back.settings.method.reason) == (0, True)


def test_a_stage_that_is_there_twice(library):
    text = TOP + GATHER + GATHER
    last = text.rindex('id = "swot"')
    line = text[:last].count("\n") + 1
    assert errors(text, library) == [
        (line, "The id “swot” is used twice; the first time in line 7. Give one of them another id.")
    ]


def test_a_preset_used_twice_needs_another_id(library):
    found = errors(TOP + GATHER + '\n[[stages]]\nuse = "break"\n\n[[stages]]\nuse = "break"\n', library)
    assert [sentence for _, sentence in found] == [
        (
            "“break” is used twice; the first time in line 14. Give this one an id of its own, as in: "
            'id = "break_2"'
        )
    ]


def test_no_stages_at_all(library):
    assert errors(TOP, library) == [
        (1, "There are no stages. Each begins with a line of its own: [[stages]]")
    ]
    assert errors(TOP + "stages = []\n", library) == [(5, "“stages” needs at least 1; here there are 0.")]
    assert errors(TOP + "stages = 1\n", library) == [(5, "“stages” must be a list.")]


def test_everything_is_told_at_once_in_the_order_of_the_lines(library):
    text = (
        (TOP + GATHER + VOTE)
        .replace("minutes = 5", "minutes = 5\ncolour = 1")
        .replace("minutes = 10", "minutes = 0")
        .replace('"triple"', '"all"')
        .replace('of = "swot"', 'of = "swat"')
    )
    found = errors(text, library)
    assert [line for line, _ in found] == sorted(line for line, _ in found)
    assert [re.sub(r"[“”]", "'", sentence).split("'")[1] for _, sentence in found] == [
        "groups",
        "minutes",
        "colour",
        "of",
    ]


def test_a_mistake_in_a_preset_is_told_with_the_presets_file():
    library = Library.of(
        {"odd.toml": 'kind = "show"\ntitle.en = "Odd"\nminutes = 0\n', "groups.toml": GROUPS}
    )
    found = read_format(TOP + '\n[[stages]]\nuse = "odd"\n', "w.toml", library)
    assert [error.sentence() for error in found] == [
        "library/odd.toml, line 3: “minutes” must be between 1 and 600; here it is 0."
    ]


GROUPS = """
[sets]
triple = ["a", "b"]
[[groups]]
id = "a"
name.en = "A"
[[groups]]
id = "b"
name.en = "B"
"""


def test_a_library_that_cannot_be_read_says_where():
    with pytest.raises(ValueError, match=r"library/odd\.toml, line 2"):
        Library.of({"odd.toml": "a = 1\nb\n"})
    with pytest.raises(ValueError, match="unknown groups: zzz"):
        Library.of({"groups.toml": GROUPS.replace('["a", "b"]', '["a", "zzz"]')})


@pytest.mark.parametrize(
    ("source", "line", "sentence"),
    [
        ('format = 1\ntitle = "x\n', 2, "A text that begins here has no closing quotation mark."),
        (
            "format = 1\ntitle = x\n",
            2,
            "The value after = cannot be read. Texts stand in quotation marks, numbers do not.",
        ),
        ("format = 1\ntitle = “x”\n", 2, 'Texts stand in straight quotation marks ("), not in curved ones.'),
        ("format = 1\ntitle\n", 2, "A name must be followed by = and a value."),
        ("format = 1\n\nformat = 2\n", 3, "This name was given a value before."),
        ("a = [1,\n2\n", 2, "A list that begins with [ has no closing ], or a comma is missing."),
        (
            "[[stages]\n",
            1,
            "A heading that begins with [ must end with ], and one that begins with [[ with ]].",
        ),
        ('a = "C:\\Users"\n', 1, "A \\ in a text must be written twice."),
        (
            b'format = 1\ntitle = "Regi\xf3n"\n',
            2,
            (
                "From this line on the file is not written in UTF-8. Please save it again with the encoding "
                "UTF-8, which most editors offer under “Save as”."
            ),
        ),
        ("a = " + "[" * 2000, 1, "Lists or tables stand inside each other too deeply."),
        ('a = "\x01"', 1, "This line cannot be read: Illegal character '\\x01'."),
    ],
)
def test_a_file_that_is_no_toml(library, source, line, sentence):
    assert errors(source, library) == [(line, sentence)]


LARGE = "The file is larger than 64 kilobytes; a workshop file is much smaller."
DEEP = "Lists or tables stand inside each other too deeply."
LONG_LINE = "This line has more than 4096 characters. Please shorten it."
LONG_KEY = "This name has more than 8 parts with dots between them."
MANY_LINES = "The file has more than 5000 lines; a workshop file has far fewer."
MANY_TABLES = "The file has more than 300 headings in brackets; a workshop has far fewer."
MANY_ENTRIES = "The file has more than 8000 settings and entries; a workshop has far fewer."


@pytest.mark.parametrize(
    ("source", "line", "sentence"),
    [
        ("#\n" * 33_000, 1, LARGE),
        (b"#\n" * 33_000, 1, LARGE),
        (".".join(["a"] * 7000) + "=1", 1, LONG_LINE),
        ("format = 1\n" + ".".join(["a"] * 2000) + "=1\n", 2, LONG_KEY),
        ("a = 1\n" + " . ".join(["'a.a'"] * 9) + " = 1\n", 2, LONG_KEY),
        ("[a." + ".".join(["a"] * 8) + "]\n", 1, LONG_KEY),
        ("a = {x=1, b" + ".b" * 8 + " = 1}\n", 1, LONG_KEY),
        ("[[stages]]\n" * 4900, 301, MANY_TABLES),
        ("  [a]\n# no table\n" * 301, 601, MANY_TABLES),
        ("\n" * 5000, 5001, MANY_LINES),
        ("a = [\n" + ("1," * 2000 + "\n") * 5 + "]\n", 5, MANY_ENTRIES),
        ("a = [[[[[[[[[1]]]]]]]]]\n", 1, DEEP),
    ],
)
def test_what_would_take_long_to_read_is_not_read(library, monkeypatch, source, line, sentence):
    def never(*_):
        raise AssertionError("the reader was reached")

    monkeypatch.setattr("edp_app.core.formats.source.tomllib.loads", never)
    monkeypatch.setattr("edp_app.core.formats.source.lines_of", never)
    assert errors(source, library) == [(line, sentence)]


@pytest.mark.parametrize(
    "setting",
    [
        'credit = "a.b.c.d.e.f.g.h.i.j, [[[[[[[[[[ {{{{{{{{{{{ # = "',
        "credit = 'a.b.c.d.e.f.g.h.i.j \" ['",
        'credit = """\n[[[[[[[[[[ a.b.c.d.e.f.g.h.i.j =\n"quoted" \\""" """"',
        "credit = '''\n[[[[[[[[[[ a.b.c.d.e.f.g.h.i.j '' = '''",
        'credit = "a" # a.b.c.d.e.f.g.h.i.j " [[[[[[[[[[[',
    ],
)
def test_texts_and_comments_may_hold_anything(library, setting):
    assert check_format(f"{TOP}{setting}\n{GATHER}", "w.toml", library).errors == []


def test_of_very_many_mistakes_the_first_are_told_and_how_many_more_there_are(library):
    source = TOP + "".join(f"key{n} = {n}\n" for n in range(200)) + GATHER
    found = check_format(source, "w.toml", library).errors
    assert [error.line for error in found] == list(range(5, 56))
    assert found[-1].plain() == "There are 150 more mistakes from here on. Please correct those above first."


def test_a_number_that_cannot_be_written_out_is_told_as_any_other(library):
    number = "0x" + "F" * 4000
    source = TOP + GATHER.replace("minutes = 10", f"minutes = {number}") + f"others = [{number}]\n"
    found = errors(source.replace("format = 1", f"format = {number}"), library)
    assert [line for line, _ in found] == [1, 10, 12]


def test_marks_piled_up_without_end_are_refused_before_they_are_sorted(monkeypatch):
    def never(*_):
        raise AssertionError("sorted")

    for cleaning in (clean, clean_lines):
        with monkeypatch.context() as patched:
            patched.setattr("edp_app.core.text.unicodedata.normalize", never)
            refusal = cleaning("a" + "\u0301\u0323" * 16, 100)
        assert isinstance(refusal, Refusal)
        assert refusal.code == "bad_text"


def test_a_sentence_can_be_translated():
    error = FormatError("w.toml", 3, "“%(key)s” is missing.", {"key": "minutes"})
    spanish = {
        "“%(key)s” is missing.": "Falta “%(key)s”.",
        "%(file)s, line %(line)s: %(message)s": "%(file)s, línea %(line)s: %(message)s",
    }
    assert error.sentence() == "w.toml, line 3: “minutes” is missing."
    assert error.sentence(spanish.__getitem__) == "w.toml, línea 3: Falta “minutes”."


# ---- what is allowed, but hardly meant


def test_a_vote_on_what_nobody_sorted_is_warned_of(library):
    checked = check_format(TOP + GATHER + VOTE, "w.toml", library)
    assert checked.definition is not None
    assert [warning.sentence() for warning in checked.warnings] == [
        (
            "w.toml, line 18: Items of “swot” are voted on without a stage of kind sort before: "
            "duplicates will split the votes."
        )
    ]
    assert check_format(TOP + GATHER + SORT + VOTE, "w.toml", library).warnings == []


def test_words_that_lack_the_language_of_the_workshop_are_warned_of(library):
    checked = check_format(TOP + GATHER.replace('title = "SWOT"', 'title.es = "FODA"'), "w.toml", library)
    assert [(w.line, w.plain()) for w in checked.warnings] == [
        (9, "In the stage “swot”, “title” has no text in the language of the workshop (en).")
    ]


# ---- lines


def test_the_line_of_everything():
    text = """\
# a remark
a = 1
b.c = "x # no remark"
"d e" = '''
[[no.heading]]
'''
list = [ # remark ]
  1, [2,
  3], { x = 1, "y z" = [
  4 ] },
]
quotes = \"\"\"a\\\"\"\"b\"\"\"\"
[t]
k = 2026-01-01 10:00:00 # late
[[t.s]]
k = 1
  [t.s.u]
  v = { }
[[t.s]]
[[t.s.w]]
k = 1
"""
    tomllib.loads(text)
    lines = lines_of(text)
    assert lines == {
        ("a",): 2,
        ("b",): 3,
        ("b", "c"): 3,
        ("d e",): 4,
        ("list",): 7,
        ("list", 0): 8,
        ("list", 1): 8,
        ("list", 1, 0): 8,
        ("list", 1, 1): 9,
        ("list", 2): 9,
        ("list", 2, "x"): 9,
        ("list", 2, "y z"): 9,
        ("list", 2, "y z", 0): 10,
        ("quotes",): 12,
        ("t",): 13,
        ("t", "k"): 14,
        ("t", "s"): 15,
        ("t", "s", 0): 15,
        ("t", "s", 0, "k"): 16,
        ("t", "s", 0, "u"): 17,
        ("t", "s", 0, "u", "v"): 18,
        ("t", "s", 1): 19,
        ("t", "s", 1, "w"): 20,
        ("t", "s", 1, "w", 0): 20,
        ("t", "s", 1, "w", 0, "k"): 21,
    }


# ---- what is shipped


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_workshops_are_faultless_and_in_three_languages(library, path):
    checked = check_format(path.read_bytes(), path.name, library)
    assert checked.errors == []
    assert checked.warnings == []

    def texts(value, key=""):
        if isinstance(value, list):
            for entry in value:
                yield from texts(entry, key)
        elif isinstance(value, dict):
            if value and set(value) <= set(d.LANGUAGES):
                yield key, value
            else:
                for name, entry in value.items():
                    yield from texts(entry, name)

    found = list(texts(msgspec.to_builtins(checked.definition)))
    assert len(found) > 40
    assert [(key, words) for key, words in found if set(words) != set(d.LANGUAGES)] == []


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_workshops_can_be_written_and_read_back_without_the_library(library, path):
    definition = read(path.read_bytes(), library)
    assert read(write_format(definition), Library()) == definition


def test_every_preset_of_the_library_is_used_or_usable(library):
    for name, preset in library.presets.items():
        needs = 'of = "swot"\n' if preset.raw["kind"] in ("sort", "vote", "card") else ""
        first = '\n[[stages]]\nuse = "score"\nof = "swot"\n' if name == "second_round" else ""
        needs += 'second_of = "score"\n' if first else ""
        own = f'id = "tried"\nuse = "{name}"\n{needs}'
        text = TOP + GATHER + SORT + first + f"\n[[stages]]\n{own}"
        checked = check_format(text, "w.toml", library)
        assert (checked.errors, checked.warnings) == ([], []), name


@pytest.fixture(scope="module")
def played(library):
    """The demonstration workshops and what their people write, by name: stage to texts."""
    return {
        name: (
            read((WORKSHOPS / "demo" / f"{name}.toml").read_bytes(), library),
            tomllib.loads((WORKSHOPS / "demo" / f"{items}.toml").read_text("utf-8")),
        )
        for name, items in DEMONSTRATIONS.items()
    }


def test_the_demonstration_has_enough_to_say(played):
    _demonstration, said = played["tacna-arica"]
    assert set(said) == {"swot", "ideas"}
    for column in ("strengths", "weaknesses", "opportunities", "threats"):
        assert sum(text["column"] == column for text in said["swot"]) >= 10
    assert len(said["ideas"]) >= 24
    assert sum("same_as" in text for texts in said.values() for text in texts) >= 6


def test_the_workshop_of_every_way_of_voting_has_each_of_them_once(played):
    workshop, said = played["putumayo"]
    votes = [s.settings for s in workshop.stages if isinstance(s.settings, d.VoteSettings)]
    ways = [type(vote.method) for vote in votes if not vote.second_of]
    assert set(ways) == set(get_args(d.Method)), "workshops/demo/putumayo.toml votes by every method"
    assert [vote.second_of for vote in votes if vote.second_of] == ["score"]
    assert {vote.rule for vote in votes} >= {"balanced", "portfolio"}
    gathers = {s.id for s in workshop.stages if isinstance(s.settings, d.GatherSettings)}
    assert set(said) == gathers
    assert len([text for text in said["ideas"] if "same_as" not in text]) >= 9


@pytest.mark.parametrize("name", DEMONSTRATIONS)
def test_what_is_said_comes_from_everybody(played, name):
    workshop, said = played[name]
    everything = [text for texts in said.values() for text in texts]
    assert {text["group"] for text in everything} == {group.id for group in workshop.groups}
    assert {text["territory"] for text in everything} == {side.id for side in workshop.territories}
    assert {text["language"] for text in everything} == set(d.LANGUAGES)
    assert sum("same_as" in text for text in everything) >= 5
    assert workshop.credit


@pytest.mark.parametrize("name", DEMONSTRATIONS)
def test_a_demonstration_can_take_what_its_people_write(played, name):
    demonstration, said = played[name]
    column_of = {text["key"]: text["column"] for texts in said.values() for text in texts}
    assert len(column_of) == sum(map(len, said.values()))
    optional = {"fields", "sdgs", "evidence", "same_as"}
    for stage, texts in said.items():
        gather = demonstration.stage(stage).settings
        lengths = {field.id: field.max_length for field in gather.fields}
        for text in texts:
            assert {"key", "column", "group", "territory", "language", "title"} == set(text) - optional
            assert text["column"] in {column.id for column in gather.columns}
            assert clean(text["title"], gather.max_length) == text["title"]
            for field, words in text.get("fields", {}).items():
                assert clean(words, lengths[field]) == words
            assert all(1 <= goal <= 17 for goal in text.get("sdgs", []))
            named = gather.links_to and demonstration.gathered_in(gather.links_to)
            assert set(text.get("evidence", [])) <= {t["key"] for t in said.get(named, [])}
            if same := text.get("same_as"):
                assert column_of[same] == text["column"]
                assert same != text["key"]


def test_a_format_may_have_a_name_of_its_own(library):
    checked = check_format(f'{TOP}name.en = "Short"\nname.pt = "Breve"\n{GATHER}', "w.toml", library)
    assert checked.name == {"en": "Short", "pt": "Breve"}
    assert checked.definition == read(TOP + GATHER, library)
    assert errors(f"{TOP}name = 5\n{GATHER}", library) == [
        (5, "“name” must be a text in quotation marks, or one text for each language.")
    ]


# ---- the documentation


def documentation():
    """How a workshop file is written, and its stages."""
    return "\n".join((ROOT / "docs" / name).read_text("utf-8") for name in ("formats.md", "stages.md"))


def test_the_example_in_the_documentation_is_complete_and_right(library):
    example = re.search(r"```toml\n(.*?)```", documentation(), re.DOTALL)
    checked = check_format(example.group(1), "example.toml", library)
    assert (checked.errors, checked.warnings) == ([], [])
    assert [stage.id for stage in checked.definition.stages][-1] == "evaluation"


def test_the_documentation_names_every_setting_kind_and_preset(library):
    text = documentation()
    parts = [Definition, d.Stage, d.Group, d.Territory, d.Column, d.Field, d.Question, d.CardField]
    parts += [*get_args(d.Method), d.Criterion, d.Axis, d.Option]
    names = {name for part in [*parts, *KINDS.values()] for name in fields_of(part)} - {"settings"}
    names |= set(KINDS) | set(library.presets) | set(library.sets)
    lacking = {name for name in names if not re.search(rf"\b{name}\b", text)}
    assert not lacking, f"docs/formats.md and docs/stages.md do not name: {lacking}"
