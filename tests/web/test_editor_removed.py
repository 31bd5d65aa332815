"""What is taken out in the editor is brought back with one tap, as it was and at its place."""

import html
import re

import pytest
from msgspec.structs import replace

from edp_app.core.commands import OpenStage, PlanStage
from edp_app.web.definitions import shipped
from tests.support.editor import alerts, filled, ids, now, press
from tests.web.conftest import Browser, Site
from tests.web.test_editor import press_all
from tests.web.test_workshops import carry_out


@pytest.fixture
def code(site: Site, ana: Browser) -> str:
    """A workshop made from the format of half a day."""
    return site.prepared("half_day", "es")


def offered(page: str) -> list[tuple[str, str]]:
    """What can be brought back: its button, and of what."""
    buttons = re.findall(r'value="(back:\d+)">(.*?)</button>', page, re.S)
    return [(do, html.unescape(re.sub(r"<[^>]+>", "", words)).partition(": ")[2]) for do, words in buttons]


def test_a_stage_comes_back_as_it_was(site: Site, ana: Browser, code: str) -> None:
    path = f"/workshops/{code}/stages"
    press(ana, f"{path}/swot", "save", **{"prompt.es": "¿Y aquí?", "columns.0.name.pt": "Forças nossas"})
    carry_out(site, code, PlanStage(stage="swot", skipped=True))
    before = now(site, code)
    press_all(ana, path, "swot")
    assert "swot" not in ids(site, code)
    assert {"group_swot", "weigh"} & set(ids(site, code)) == set(), "and what rests on it went with it"
    assert offered(ana.get(path).text)
    ((do, names),) = offered(ana.get(path).text)  # a reload takes nothing away
    assert "; " in names
    assert press(ana, path, do).status_code == 303
    assert now(site, code) == before
    room = site.app.extensions["edp.rooms"].by_code(code)
    assert room.state.is_skipped("swot"), "left out as it was"
    assert offered(ana.get(path).text) == []
    assert press(ana, path, do).status_code == 400


def test_what_was_done_since_stays(site: Site, ana: Browser, code: str) -> None:
    path = f"/workshops/{code}/stages"
    press_all(ana, path, "score")
    press_all(ana, path, "swot")
    press(ana, path, "add:swot", after="opening")
    assert ids(site, code)[1] == "swot_2", "the name is kept for the one that was removed"
    press(ana, path, "save", **{"minutes-ideas": "41"})
    press(ana, f"{path}/ideas", "save", **{"prompt.es": "¿Qué haría usted?"})
    buttons = {names: do for do, names in offered(ana.get(path).text)}
    assert len(buttons) == 2
    for do in buttons.values():
        assert press(ana, path, do).status_code == 303
    made, format_ = now(site, code), shipped()["half_day"].definition
    assert [one.id for one in made.stages if one.id != "swot_2"] == [one.id for one in format_.stages]
    for stage in format_.stages:
        if stage.id != "ideas":
            assert made.stage(stage.id) == stage
    ideas = made.stage("ideas")
    assert ideas is not None
    assert (ideas.minutes, ideas.prompt["es"]) == (41, "¿Qué haría usted?")
    assert ideas.settings.links_to == "swot", "it rests on it again"  # type: ignore[union-attr]


def test_what_it_rests_on_comes_with_it(site: Site, ana: Browser, code: str) -> None:
    path, before = f"/workshops/{code}/stages", now(site, code)
    assert press(ana, path, "remove:evaluation").status_code == 303
    press(ana, path, "remove:weigh")
    press_all(ana, path, "swot")
    found = {names: do for do, names in offered(ana.get(path).text)}
    vote = next(stage for stage in before.stages if stage.id == "weigh")
    weigh = next(do for names, do in found.items() if names == vote.title["en"])
    assert press(ana, path, weigh).status_code == 303
    evaluation = before.stage("evaluation")
    assert [one.id for one in now(site, code).stages] == [
        one.id for one in before.stages if one.id != "evaluation"
    ]
    assert evaluation is not None
    ((do, names),) = offered(ana.get(path).text)
    assert names == evaluation.title["en"]
    press(ana, path, do)
    assert now(site, code) == before


def test_entries_of_a_stage_come_back(site: Site, ana: Browser, code: str) -> None:
    path, before = f"/workshops/{code}/stages", now(site, code)
    form = press(ana, f"{path}/score", "drop:criteria.1", **{"criteria.1.low.es": "ninguna aún"}).text
    assert 'value="back:criteria.gone.0"' in form
    again = filled(form)
    assert again["criteria.gone.0.low.es"] == "ninguna aún"
    back = ana.client.post(f"{path}/score", data={**again, "do": "back:criteria.gone.0"}).text
    assert filled(back)["criteria.1.low.es"] == "ninguna aún", "at its place, as it was typed"
    assert "criteria.gone" not in back
    assert ana.client.post(f"{path}/score", data={**again, "do": "save"}).status_code == 303
    score = now(site, code).stage("score")
    assert score is not None
    assert len(score.settings.method.criteria) == 3  # type: ignore[union-attr]
    ((do, _names),) = offered(ana.get(path).text)
    press(ana, path, "save", **{"minutes-score": "33"})
    assert press(ana, path, do).status_code == 303
    stages = [replace(one, minutes=33) if one.id == "score" else one for one in before.stages]
    assert now(site, code) == replace(before, stages=stages), "and the room agrees on its weight again"


def test_what_another_method_had_comes_back(site: Site, ana: Browser, code: str) -> None:
    path, before = f"/workshops/{code}/stages", now(site, code)
    press(ana, path, "remove:second_round")
    form = filled(press(ana, f"{path}/score", "", method="dots").text)
    assert ana.client.post(f"{path}/score", data={**form, "do": "save"}).status_code == 303
    (do, _), (second, _) = offered(ana.get(path).text)
    for one in (do, second):  # the vote has to be one by criteria again before it has a second round
        assert press(ana, path, one).status_code == 303, alerts(ana.get(path).text)
    assert now(site, code) == before


def test_groups_come_back_until_somebody_has_come(site: Site, ana: Browser, code: str) -> None:
    path = f"/workshops/{code}/stages"
    group = now(site, code).groups[0].id
    press(ana, f"{path}/swot", "save", all="1", **{f"prompt_for.{group}.es": "¿Y ustedes?"})
    before = now(site, code)
    form = filled(press(ana, f"/workshops/{code}/groups", "drop:groups.0").text)
    sent = ana.client.post(f"/workshops/{code}/groups", data={**form, "do": "save"})
    assert sent.status_code == 303, alerts(sent.text)
    assert now(site, code).stage("swot") != before.stage("swot")
    ((do, _names),) = offered(ana.get(path).text)
    assert press(ana, path, do).status_code == 303
    assert now(site, code) == before


def test_once_it_has_begun_nothing_is_offered(site: Site, ana: Browser, code: str) -> None:
    path = f"/workshops/{code}/stages"
    press(ana, path, "remove:evaluation")
    assert offered(ana.get(path).text)
    carry_out(site, code, OpenStage(stage="opening"))
    assert offered(ana.get(path).text) == []


def test_minutes_typed_before_a_question_are_kept(site: Site, ana: Browser, code: str) -> None:
    path = f"/workshops/{code}/stages"
    asked = press(ana, path, "remove:swot", **{"minutes-ideas": "44"}).text.partition("<main")[2]
    sent = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', asked))
    assert sent["minutes-ideas"] == "44"
    left = ana.client.post(path, data={**sent, "do": "keep"})
    assert 'name="minutes-ideas" value="44"' in left.text
    ana.client.post(path, data={**sent, "do": "remove-all:swot"})
    ideas = now(site, code).stage("ideas")
    assert ideas is not None
    assert ideas.minutes == 44
