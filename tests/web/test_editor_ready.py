"""The editor: criteria of the field that are added as they are, to what is scored and to what it weighs."""

import html
import re
from dataclasses import replace
from typing import Any

import pytest

from edp_app.core.definition import LANGUAGES
from edp_app.core.formats import check_values
from edp_app.web import definitions
from edp_app.web.definitions import library
from edp_app.web.editor import changes, ready
from tests.support.editor import alerts, filled, now, press
from tests.web.conftest import Browser, Site

SCORED = ["assets", "added_value", "distinctiveness", "market"]


@pytest.fixture
def scored(site: Site, ana: Browser) -> str:
    """A workshop in which the room agrees on the weights of what is scored; its code."""
    return site.prepared("half_day", "en")


def offered(page: str) -> dict[str, str]:
    """What can be added as it is: its title, and what stands beside it."""
    rows = re.findall(r'<li class="ready-row.*?</li>', page, re.S)
    plain = [re.sub(r"<svg.*?</svg>|<[^>]+>", "|", row, flags=re.S) for row in rows]
    said = [[part.strip() for part in html.unescape(one).split("|") if part.strip()] for one in plain]
    return {one[0]: next(word for word in one if word in ("Add", "In the list")) for one in said}


def criteria(site: Site, code: str) -> list[Any]:
    stage = now(site, code).stage("score")
    assert stage is not None
    return list(stage.settings.method.criteria)  # type: ignore[union-attr]


def asked(site: Site, code: str) -> dict[str, str]:
    stage = now(site, code).stage("agree_criteria")
    assert stage is not None
    return {one.id: one.text["en"] for one in stage.settings.questions}  # type: ignore[union-attr]


def test_every_criterion_of_the_field_is_whole_and_a_vote_can_have_all_of_them() -> None:
    assert list(ready.criteria())[:4] == SCORED
    assert {"sustainability", "fundability", "legal_feasibility"} <= ready.criteria().keys()
    assert (
        {*SCORED, "sustainability", "legal_feasibility"}
        <= ready.questions().keys()
        <= ready.criteria().keys()
    )
    assert "fundability" not in ready.questions(), "beside the total: no weight"
    for one in ready.criteria().values():
        for key in ("name", "asks", "low", "middle", "high"):
            assert set(one[key]) == set(LANGUAGES), (one["id"], key)
    for one in ready.questions().values():
        for key in ("text", "low", "high"):
            assert set(one[key]) == set(LANGUAGES), (one["id"], key)
    presets = {name: preset.raw for name, preset in library().presets.items()}
    stages: list[changes.Table] = []
    for name in ("ideas", "group_and_name", "agree_criteria", "score"):
        made = changes.from_library(name, presets, stages, len(stages), [])
        assert not isinstance(made, str)
        if name in ("agree_criteria", "score"):
            key = "questions" if name == "agree_criteria" else "criteria"
            made[key] = list(ready.ready_for(made, stages)[key].values())[:12]
        stages.append(made)
    assert stages[-1]["weights_from"] == "agree_criteria"
    groups = [{"id": id_, "name": {"en": id_}} for id_ in ("one", "two")]
    found = check_values({"title": "a", "language": "en", "groups": groups, "stages": stages}, library())
    assert found.errors == found.warnings == []


def test_one_press_adds_a_criterion_in_every_language(site: Site, ana: Browser, scored: str) -> None:
    path = f"/workshops/{scored}/stages/score"
    at_first = offered(ana.get(path).text)
    assert [said for said in at_first.values() if said != "Add"] == ["In the list"] * len(SCORED)
    for title in ("Sustainability", "Fundability", "Legal feasibility across the border"):
        assert at_first[title] == "Add"
    once = press(ana, path, "ready:criteria.sustainability").text
    assert offered(once)["Sustainability"] == "In the list"
    assert [one.id for one in criteria(site, scored)] == SCORED, "nothing is saved yet"
    twice = ana.client.post(path, data={**filled(once), "do": "ready:criteria.fundability"}).text
    assert ana.client.post(path, data={**filled(twice), "do": "save"}).status_code == 303
    assert [one.id for one in criteria(site, scored)] == [*SCORED, "sustainability", "fundability"]
    added, beside = criteria(site, scored)[4:]
    assert set(added.high) == set(added.name) == set(LANGUAGES)
    assert (added.flag_ones, added.beside, beside.beside) == (True, False, True)
    assert asked(site, scored)["sustainability"] == "Sustainability: benefit for people and nature"
    assert "fundability" not in asked(site, scored)


def test_one_that_was_taken_out_comes_back_as_it_was(site: Site, ana: Browser, scored: str) -> None:
    path = f"/workshops/{scored}/stages/score"
    out = press(ana, path, "drop:criteria.3", **{"criteria.3.asks.en": "Who buys it?"}).text
    assert offered(out)["Market and connections"] == "Add"
    back = ana.client.post(path, data={**filled(out), "do": "ready:criteria.market"}).text
    assert 'name="criteria.gone.0.id"' not in back
    ana.client.post(path, data={**filled(back), "do": "save"})
    assert [one.id for one in criteria(site, scored)] == SCORED
    assert criteria(site, scored)[3].asks["en"] == "Who buys it?"


def test_one_that_was_renamed_is_another_and_can_be_added_again(
    site: Site, ana: Browser, scored: str
) -> None:
    path = f"/workshops/{scored}/stages/score"
    renamed = {f"criteria.0.name.{code}": f"Coffee {code}" for code in LANGUAGES}
    press(ana, path, "save", **renamed)
    assert offered(ana.get(path).text)["Assets and critical mass"] == "Add"
    added = press(ana, path, "ready:criteria.assets").text
    assert ana.client.post(path, data={**filled(added), "do": "save"}).status_code == 303
    assert [one.id for one in criteria(site, scored)] == [*SCORED, "assets_2"]
    assert asked(site, scored)["assets_2"] == "Assets and critical mass"


def test_a_name_in_the_workshops_language_says_what_a_criterion_is(
    site: Site, ana: Browser, scored: str
) -> None:
    path = f"/workshops/{scored}/stages/score"
    added = filled(press(ana, path, "ready:criteria.sustainability").text)
    renamed = {**added, "criteria.4.name.en": "Water", "do": "save"}
    assert ana.client.post(path, data=renamed).status_code == 303
    assert criteria(site, scored)[4].name["es"] == "Sostenibilidad"
    assert asked(site, scored)["sustainability"] == "Water"
    assert offered(ana.get(path).text)["Sustainability"] == "Add"


@pytest.mark.parametrize("ready_one", [False, True])
def test_a_question_that_somebody_wrote_brings_no_criterion(
    site: Site, ana: Browser, scored: str, ready_one: bool
) -> None:
    path = f"/workshops/{scored}/stages/agree_criteria"
    page = press(ana, path, "ready:questions.sustainability" if ready_one else "add:questions").text
    written = "How much should water count?" if ready_one else "Fundability"
    typed = {**filled(page), "questions.4.type": "scale", "questions.4.text.en": written, "do": "save"}
    assert ana.client.post(path, data=typed).status_code == 303
    assert asked(site, scored)["sustainability" if ready_one else "fundability"] == written
    assert [one.id for one in criteria(site, scored)] == SCORED


def test_what_is_wrong_with_a_vote_is_told_once_and_with_its_name(
    site: Site, ana: Browser, scored: str
) -> None:
    path = f"/workshops/{scored}/stages/agree_criteria"
    gone = press(ana, path, "drop:questions.3").text
    answer = ana.client.post(path, data={**filled(gone), "do": "save"})
    said = "In “Score”: “Agree on the criteria” does not ask how much each of these criteria counts."
    assert answer.status_code == 400
    assert alerts(answer.text).count(said) == alerts(answer.text).count("does not ask") == 1


def test_of_two_criteria_with_one_id_that_of_the_vote_is_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = library()
    score = shelf.presets["score"]
    other = {**score.raw, "criteria": [{**score.raw["criteria"][0], "name": {"en": "Other"}}]}
    another = {"a_new_one": replace(score, raw=other)}
    for presets in ({**another, **shelf.presets}, {**shelf.presets, **another}):
        with_both = replace(shelf, presets=presets)
        monkeypatch.setattr(definitions, "library", lambda both=with_both: both)
        assert ready.criteria.__wrapped__()["assets"]["name"]["en"] == "Assets and critical mass"


def test_what_the_room_agrees_on_is_scored(site: Site, ana: Browser, scored: str) -> None:
    path = f"/workshops/{scored}/stages/agree_criteria"
    assert "ready-row" not in ana.get(f"/workshops/{scored}/stages/evaluation").text, "other questions"
    assert len(offered(ana.get(path).text)) >= len(SCORED) + 2
    added = press(ana, path, "ready:questions.legal_feasibility").text
    assert ana.client.post(path, data={**filled(added), "do": "save"}).status_code == 303
    assert "legal_feasibility" in asked(site, scored)
    assert [one.id for one in criteria(site, scored)] == [*SCORED, "legal_feasibility"]
    assert "“Score” scores by the same criteria now." in ana.get(f"/workshops/{scored}/stages").text


def test_a_scale_that_is_added_is_as_the_others(site: Site, ana: Browser, scored: str) -> None:
    path = f"/workshops/{scored}/stages/agree_criteria"
    steps = {f"questions.{n}.steps": "7" for n in range(4)}
    added = press(ana, path, "ready:questions.sustainability", **steps).text
    assert ana.client.post(path, data={**filled(added), "do": "save"}).status_code == 303
    stage = now(site, scored).stage("agree_criteria")
    assert stage is not None
    assert [one.steps for one in stage.settings.questions] == [7] * 5  # type: ignore[union-attr]


def test_of_what_is_not_ready_nothing_is_added(ana: Browser, scored: str) -> None:
    for what in ("ready:criteria.nothing", "ready:options.market", "ready:questions.market", "ready:"):
        page = press(ana, f"/workshops/{scored}/stages/score", what)
        assert page.status_code == 200
        assert 'name="criteria.4.id"' not in page.text
