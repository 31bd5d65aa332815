"""What is wrong with an uploaded workshop file stands on the page, with its line, and nothing is made of it;
the formats that are shipped can be chosen in three languages."""

import html
import re

import pytest

from edp_app.core.definition import LANGUAGES
from edp_app.core.formats import check_format, write_format
from edp_app.log import store
from edp_app.web.definitions import definition_of, library, shipped, with_changes
from tests.web.conftest import Browser, Site
from tests.web.test_workshops import GOOD, made, text_of

TOP = 'format = 1\ntitle = "Valle"\nlanguage = "en"\ngroups = "triple"\n'
IDEAS = '[[stages]]\nuse = "ideas"\n'


@pytest.mark.parametrize(
    ("stages", "line", "said"),
    [
        (
            '[[stages]]\nuse = "shortlist"\nof = "idea"\n' + IDEAS,
            7,
            "names the stage “idea”, which is not in",
        ),
        (IDEAS + 'links_to = "ideas"\n', 7, "names the stage “ideas” itself"),
        ('[[stages]]\nuse = "shortlist"\nof = "ideas"\n' + IDEAS, 7, "which comes later"),
        (
            '[[stages]]\nuse = "break"\n[[stages]]\nuse = "weigh"\nof = "break"\n',
            9,
            "which has no items",
        ),
        (IDEAS + "minutes = 0\n", 7, "“minutes” must be between 1 and 600; here it is 0."),
        ('[[stages]]\nuse = "comitments"\n', 6, "Did you mean “commitments”?"),
        (
            "".join(f'[[stages]]\nuse = "break"\nid = "s{n}"\n' for n in range(200)),
            185,
            "here there are 200.",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_nothing_is_made(
    site: Site, ana: Browser, stages: str, line: int, said: str
) -> None:
    answer = ana.send("/workshops/upload", text=TOP + stages)
    page = html.unescape(answer.text)
    assert answer.status_code == 400
    assert said in page
    assert re.search(rf"\b[Ll]ine {line}\b", page), "the line is named"
    assert text_of(answer.text).splitlines() == (TOP + stages).splitlines(), "what was typed comes back"
    assert made(site) == []


def test_a_missing_translation_is_worth_a_look(ana: Browser) -> None:
    text = TOP + IDEAS + 'title.en = "Ideas"\ntitle.es = "Ideas"\nprompt.en = "What?"\nprompt.pt = "O quê?"\n'
    assert ana.send("/workshops/upload", text=text).status_code == 303
    said = html.unescape(ana.get("/workshops").text)
    assert re.search(r"Worth a look, line 7: In the stage “ideas”, “title” has no text in “pt”", said)
    assert re.search(r"Worth a look, line 9: In the stage “ideas”, “prompt” has no text in “es”", said)


@pytest.mark.parametrize("speaks", LANGUAGES)
def test_the_formats_are_offered_by_name_the_shortest_first(ana: Browser, speaks: str) -> None:
    ana.client.set_cookie("language", speaks)
    page = html.unescape(ana.get("/workshops/new").text)
    offered = re.findall(r'<span class="choice-name">([^<]*)</span>', page)
    names = [one.name[speaks] for one in shipped().values()]
    assert [name for name in offered if name in names] == names
    assert list(shipped()) == ["short", "half_day", "binational", "lab", "full_day"]


def test_with_other_groups_nobody_is_asked_who_is_not_there(site: Site, ana: Browser) -> None:
    ana.send("/workshops/new", format="binational", **{**GOOD, "groups": "triple"})
    row = site.database.read(store.workshop_by_code, made(site)[0])
    assert row is not None
    definition = site.database.read(definition_of, row.id)
    assert {group for stage in definition.stages for group in stage.prompt_for} == {"government", "academia"}
    fewer = definition.groups[1:]
    again = with_changes(definition, groups=fewer)
    assert {group for stage in again.stages for group in stage.prompt_for} == {"academia"}
    assert check_format(write_format(again), "w.toml", library()).errors == []
