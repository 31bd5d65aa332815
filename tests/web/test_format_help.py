"""What helps to write a workshop: the example to start from, the page on how it is written, and what a form
says of what it makes."""

import html
import re

import pytest

from edp_app.core.commands import OpenStage
from edp_app.core.definition import LANGUAGES, in_language
from edp_app.core.formats import check_format
from edp_app.web.definitions import example, group_sets, library, names_of, shipped
from edp_app.web.modes import privacy_notes
from tests.web.conftest import Browser, Site
from tests.web.test_workshops import carry_out, made, text_of


def settings(text: str) -> list[str]:
    """What the file sets, without remarks and words."""
    return [re.sub(r'= "[^"]*"', "=", line) for line in text.splitlines() if not line.startswith("#")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_is_faultless_and_the_same_in_each_language(language: str) -> None:
    checked = check_format(example(language), "example.toml", library())
    assert (checked.errors, checked.warnings) == ([], [])
    assert checked.definition is not None
    assert checked.definition.language == language
    assert settings(example(language)) == settings(example("en"))
    assert example(language).count("\n# ") >= 8
    ideas = checked.definition.stage("ideas")
    assert ideas is not None
    assert set(ideas.prompt) == {language}


def test_the_empty_box_has_a_start_without_a_script(site: Site, ana: Browser) -> None:
    empty = ana.get("/workshops/upload").text
    assert text_of(empty).strip() == ""
    assert '<a class="button-outline" href="/workshops/upload?example=1">' in empty
    assert '<a href="/workshops/format-help">' in empty
    page = ana.get("/workshops/upload?example=1").text
    assert "An example, with remarks." in page
    assert "nothing is lost" not in page
    filled = text_of(page)
    assert filled.strip() == example("en").strip()
    assert ana.send("/workshops/upload?example=1", text=filled).status_code == 303
    assert len(made(site)) == 1


def test_the_page_on_formats_lists_the_library(ana: Browser) -> None:
    page = html.unescape(ana.get("/workshops/format-help").text)
    for name, (group, _) in library().groups.items():
        assert f"<dt><code>{name}</code></dt>\n  <dd>{in_language(group['name'], 'en')}</dd>" in page
    for name, preset in library().presets.items():
        assert f"<code>{name}</code>" in page
        assert f"<b>{preset.raw['title']['en']}</b> · {preset.raw['minutes']} min" in page
    assert all(f"<code>{name}</code>" in page for name in group_sets())
    needs = re.findall(r"<code>(\w+)</code> <span class=\"quiet\">\+ <code>of</code>", page)
    assert {"shortlist", "group_and_name"} <= set(needs)
    assert not {"ideas", "who", "opening", "second_round"} & set(needs)


def test_the_form_names_the_groups_of_the_format_and_what_small_ones_count_for(ana: Browser) -> None:
    page = html.unescape(ana.get("/workshops/new").text)
    (groups,) = {names_of(one.definition.groups, "en") for one in shipped().values()}
    assert f">As in the format: {groups}</option>" in page
    form = page.partition('<form method="post" novalidate>')[2]
    assert form.count(groups) == 1, "all formats have the same"
    assert "5 groups, with: Funding institutions</option>" in page
    notes = re.findall(r'class="choice-note">(.*?)</span>', form, re.S)
    for note in notes:
        named = note.partition("among them: ")[2].partition(".")[0].split(", ")
        assert len(named) == len(set(named)), note
    assert any("SWOT, What weighs most" in note for note in notes)
    with ana.client.application.test_request_context():
        assert "and count as one group" in privacy_notes()["grouped"]
    assert "and count as one group" in page


def test_the_details_say_what_can_be_corrected_and_what_cannot(site: Site, ana: Browser) -> None:
    ana.send("/workshops/upload", text=example("en"))
    (code,) = made(site)
    page = ana.get(f"/workshops/{code}/details").text
    assert f"/workshops/{code}/stages" in page, "stages and groups have pages of their own"
    carry_out(site, code, OpenStage("opening"))
    assert "groups and territories cannot be changed either" in ana.get(f"/workshops/{code}/details").text


def test_what_a_group_of_two_will_count_for_is_said_when_the_workshop_is_made(ana: Browser) -> None:
    text = example("en").replace("expected = 4", "expected = 2")
    assert ana.send("/workshops/upload", text=text).status_code == 303
    said = html.unescape(ana.get("/workshops").text)
    assert re.search(
        r"Worth a look, line \d+: “academia” expects 2: groups with fewer than three voters", said
    )
