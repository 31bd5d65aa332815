"""A stage as a phone and the screen will show it: what stands in the frames, and that nothing is kept."""

import html
import json
import re
from typing import Any

import pytest

from edp_app.core.commands import OpenStage
from edp_app.log import store
from edp_app.web.definitions import shipped
from tests.support.editor import alerts, filled, now, press
from tests.web.conftest import Browser, Site
from tests.web.test_workshops import carry_out


@pytest.fixture
def code(site: Site, ana: Browser) -> str:
    """A workshop in Spanish, prepared by somebody who reads English."""
    return site.prepared("half_day", "es")


def framed(page: str) -> dict[str, Any]:
    """The settings of the pages in the frames, by role."""
    found = {}
    for document in re.findall(r'<iframe[^>]* srcdoc="([^"]*)"', page):
        settings = re.search(
            r'<script id="edp" type="application/json">(.*?)</script>', html.unescape(document)
        )
        assert settings
        config = json.loads(settings[1])
        found[config["role"]] = config | {"document": html.unescape(document)}
    return found


def test_a_stage_stands_in_both_frames_with_the_pages_own_scripts(ana: Browser, code: str) -> None:
    answer = ana.get(f"/workshops/{code}/preview/shortlist")
    frames = framed(answer.text)
    assert frames.keys() == {"phone", "screen"}
    for role, config in frames.items():
        assert config["preview"]["view"]["now"]["stage"] == "shortlist"
        assert "Ejemplo 1" in config["document"], "in the language of the workshop"
        assert re.search(rf'<script src="/static/dist/{role}\.preview\.\w+\.js" defer>', config["document"])
        assert config["language"] == "es"
        assert f"page={role}&" in config["i18n"]["es"]
        assert config["id"] == "preview", "what a phone of the real workshop keeps is another's"
    assert frames["phone"]["preview"]["self"]["group"] == "government"
    assert "self" not in frames["screen"]["preview"]
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_language_and_group_of_the_phone_are_chosen(site: Site, ana: Browser, code: str) -> None:
    path = f"/workshops/{code}/preview/swot"
    frames = framed(ana.get(f"{path}?speaks=pt&as_group=academia").text)
    assert frames["phone"]["language"] == "pt"
    assert frames["phone"]["preview"]["self"]["group"] == "academia"
    assert frames["screen"]["language"] == "es", "the screen speaks the workshop's"
    other = framed(ana.get(f"{path}?speaks=tlh&as_group=nobody").text)
    assert (other["phone"]["language"], other["phone"]["preview"]["self"]["group"]) == ("es", "government")


def test_one_goes_from_stage_to_stage(ana: Browser, code: str) -> None:
    stages = [stage.id for stage in shipped()["half_day"].definition.stages]
    page = ana.get(f"/workshops/{code}/preview/{stages[0]}?speaks=pt").text
    assert f"/preview/{stages[1]}?speaks=pt" in page
    assert len(re.findall('href="[^"]*/preview/', page)) == 1, "there is nothing before the first"
    assert f"/preview/{stages[-2]}?" in ana.get(f"/workshops/{code}/preview/{stages[-1]}").text
    assert f'href="/workshops/{code}/preview/{stages[3]}"' in ana.get(f"/workshops/{code}/stages").text


def test_nobody_else_sees_it_and_nothing_is_stored(site: Site, ana: Browser, code: str) -> None:
    row = site.database.read(store.workshop_by_code, code)
    assert row is not None
    before = site.database.read(store.head, row.id)
    assert ana.get(f"/workshops/{code}/preview/swot").status_code == 200
    press(ana, f"/workshops/{code}/stages/swot", "preview")
    assert site.database.read(store.head, row.id) == before
    assert site.app.extensions["edp.rooms"].by_code(code).state.persons == {}
    assert ana.get(f"/workshops/{code}/preview/no_such").status_code == 404
    site.account("bea")
    assert site.signed_in("bea").get(f"/workshops/{code}/preview/swot").status_code == 404
    assert site.browser().get(f"/workshops/{code}/preview/swot").status_code == 302


def test_what_was_typed_is_shown_and_not_saved(site: Site, ana: Browser, code: str) -> None:
    path, before = f"/workshops/{code}/stages/shortlist", now(site, code)
    assert framed(ana.get(path).text) == {}
    page = press(ana, path, "preview", **{"title.es": "Los mejores", "dots": "7", "speaks": "en"})
    assert page.status_code == 200
    frames = framed(page.text)
    for config in frames.values():
        shown = config["preview"]["view"]["now"]
        assert (shown["title"]["es"], shown["method"]["dots"]) == ("Los mejores", 7)
    assert frames["phone"]["language"] == "en"
    assert 'value="Los mejores"' in page.text, "it is still there to be saved"
    assert now(site, code) == before
    again = press(ana, path, "preview", dots="many")
    assert again.status_code == 400
    assert framed(again.text) == {}
    assert "has to be corrected first" in alerts(again.text)
    assert 'value="many"' in again.text


def test_what_was_added_and_not_saved_yet_is_shown_too(site: Site, ana: Browser, code: str) -> None:
    path = f"/workshops/{code}/stages/swot"
    with_row = press(ana, path, "add:columns")
    count = with_row.text.count('name="columns.') and len(
        re.findall(r'name="columns\.\d+\.id"', with_row.text)
    )
    typed = {**filled(with_row.text), f"columns.{count - 1}.name.es": "Sueños", "do": "preview"}
    page = ana.client.post(path, data=typed)
    assert "Sueños" in [
        column["name"].get("es") for column in framed(page.text)["phone"]["preview"]["view"]["now"]["columns"]
    ]
    assert len(now(site, code).stage("swot").settings.columns) == count - 1  # type: ignore[union-attr]
    saved = ana.client.post(path, data={**filled(page.text), "do": "save"})
    assert saved.status_code == 303
    assert now(site, code).stage("swot").settings.columns[-1].name["es"] == "Sueños"  # type: ignore[union-attr]


def test_a_workshop_that_has_begun_can_still_be_looked_at(site: Site, ana: Browser, code: str) -> None:
    carry_out(site, code, OpenStage(stage="opening"))
    page = ana.get(f"/workshops/{code}/preview/swot")
    assert page.status_code == 200
    assert framed(page.text)["phone"]["preview"]["view"]["now"]["stage"] == "swot"
    assert f"/workshops/{code}/stages/swot" not in page.text
