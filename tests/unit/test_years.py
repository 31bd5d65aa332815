"""The year that a stage looks at: filled in wherever it is asked about, named where it is missing."""

import json
from pathlib import Path

import pytest

from edp_app.core.commands import AddStage, Describe, Join, OpenStage
from edp_app.core.definition import Definition
from edp_app.core.formats import Library
from edp_app.core.formats.reader import check_format, read_format
from edp_app.core.formats.writer import write_format
from edp_app.core.views import AUDIENCES, view
from edp_app.exports.command import made
from edp_app.exports.model import export_model
from edp_app.report import pages, pdf
from edp_app.report.model import report_model
from tests.support.acting import write
from tests.support.memory import MemoryWorkshop

LIBRARY = Library.in_folder(Path(__file__).parents[2] / "workshops/library")
TOP = 'format = 1\nlanguage = "en"\ntitle = "A"\ngroups = "triple"\n'
STAGE = """
[[stages]]
id = "vision"
kind = "gather"
minutes = 5
title = "Vision{title}"
prompt = "In {asked} we are …"
prompt_for.business = "In {asked} we sell …"
{year}
[[stages.columns]]
id = "a"
name = "Vision{name}"
prompt = "Of {asked}, one thought."
"""


def stage(asked: str = "{year}", year: str = "year = 2041", title: str = "", name: str = "") -> str:
    return TOP + STAGE.format(asked=asked, year=year, title=title, name=name)


def mistakes(source: str) -> list[str]:
    return [error.sentence() for error in check_format(source, "a.toml", LIBRARY).errors]


def held(source: str) -> MemoryWorkshop:
    definition = read_format(source, "a.toml", LIBRARY)
    assert isinstance(definition, Definition), definition
    room = MemoryWorkshop(definition)
    room.must(Join(), "p:ana")
    room.must(Describe(group="business"), "p:ana")
    return room


def test_it_stands_in_the_question_on_every_face_in_report_and_data() -> None:
    room = held(stage())
    room.must(OpenStage(stage="vision"))
    write(room, "p:ana", "Olives", column="a", run="vision.1")
    told = [view(room.state, audience) for audience in AUDIENCES]
    report = report_model(room.state)
    page = pdf.Typesetter(report).html("report/report.html", fit=pages.FITS[0])
    data = json.dumps(json.loads(made(export_model(room.state), "json")))
    for shown in (*map(str, told), str(report), page, data):
        assert "{year}" not in shown
    for shown in told:
        now = shown["now"]
        assert now["prompt"]["en"] == "In 2041 we are …"
        assert now["prompt_for"]["business"]["en"] == "In 2041 we sell …"
        assert now["columns"][0]["prompt"]["en"] == "Of 2041, one thought."
    for sentence in ("In 2041 we are …", "In 2041 we sell …", "Of 2041, one thought."):
        assert sentence in page


def test_written_out_as_a_file_it_can_still_be_changed() -> None:
    definition = read_format(stage(), "a.toml", LIBRARY)
    assert isinstance(definition, Definition)
    written = write_format(definition)
    assert "In {year} we are …" in written
    assert "year = 2041" in written
    assert read_format(written, "a.toml", LIBRARY) == definition


def test_a_year_that_is_missing_is_named_with_its_line() -> None:
    said = "speaks of {year}, and the stage does not say which: add a year, as in: year = 2040"
    where = [(11, "prompt"), (12, "prompt_for"), (17, "prompt")]
    assert mistakes(stage(year="")) == [f"a.toml, line {line}: “{key}” {said}" for line, key in where]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("{years}", "has {years} in it, and nothing would be put in its place. Did you mean {year}?"),
        ("{region}", "has {region} in it, and nothing would be put in its place. Only {year} is filled in."),
    ],
)
def test_another_placeholder_is_named(asked: str, said: str) -> None:
    assert [said in mistake for mistake in mistakes(stage(asked))] == [True] * 3


def test_so_is_one_where_nothing_is_filled_in() -> None:
    found = mistakes(stage(title=" {year}", name=" {year}"))
    assert ["“title” has {year} in it, which is filled in only in" in found[0], "“name”" in found[1]] == [
        True,
        True,
    ]
    assert len(found) == 2


@pytest.mark.parametrize("year", ["year = 20", "year = 2999", 'year = "2040"'])
def test_a_year_is_one_that_somebody_can_look_at(year: str) -> None:
    assert any("“year”" in mistake for mistake in mistakes(stage(year=year)))


@pytest.mark.parametrize("preset", ["changes", "vision"])
def test_the_presets_have_one_that_a_file_may_change(preset: str) -> None:
    """Also where it is put in while the workshop runs."""
    own = read_format(f'{TOP}\n[[stages]]\nuse = "{preset}"\nyear = 2050\n', "a.toml", LIBRARY)
    assert isinstance(own, Definition)
    asked = own.stages[0].asking(own.stages[0].prompt)
    assert all("2050" in asked[language] for language in ("en", "es", "pt"))
    room = held(stage())
    room.must(OpenStage(stage="vision"))
    room.must(AddStage(preset=preset, after="vision"))
    put_in = room.state.definition.stages[1]
    room.must(OpenStage(stage=put_in.id))
    assert "2035" in view(room.state, "phone")["now"]["prompt"]["es"]
