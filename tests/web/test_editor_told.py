"""The editor's list: what is said where something was done, the sum of what is typed, what a stage is for."""

import html
import re

from msgspec.structs import replace

from edp_app.log import store
from tests.support.definitions import short
from tests.support.editor import filled, now, press
from tests.web.conftest import Browser, Site


def rows(page: str) -> dict[str, str]:
    """What stands in each row of the list."""
    found = re.findall(r'<li class="stages-row" id="(\w+)">(.*?)</li>', page, re.S)
    return {name: html.unescape(row) for name, row in found}


def timed(site: Site, **times: str) -> str:
    """A workshop of Ana's that says when it begins and ends; its code."""
    owner = site.database.read(store.account_by_login, "ana")
    assert owner is not None
    return site.workshop(owner.id, replace(short(), **times))


class TestNotices:
    def test_what_was_done_to_a_stage_is_said_in_its_row(self, ana: Browser, code: str) -> None:
        press(ana, f"/workshops/{code}/stages/swot", "save", minutes="17")
        page = ana.get(f"/workshops/{code}/stages").text
        assert "“SWOT” is saved." in rows(page)["swot"]
        assert html.unescape(page).count("“SWOT” is saved.") == 1
        assert "SWOT” is saved" not in html.unescape(ana.get(f"/workshops/{code}/stages").text), "once"
        done = press(ana, f"/workshops/{code}/stages", "up:swot")
        assert done.headers["Location"].endswith("/stages#swot")
        assert "“SWOT” is number" in rows(ana.get(f"/workshops/{code}/stages").text)["swot"]
        press(ana, f"/workshops/{code}/stages", "add:points")
        assert "“Divide points” was added" in rows(ana.get(f"/workshops/{code}/stages").text)["points"]

    def test_what_belongs_to_no_stage_is_said_below_the_sum(self, ana: Browser, code: str) -> None:
        done = press(ana, f"/workshops/{code}/stages", "save", **{"minutes-swot": "18"})
        assert done.headers["Location"].endswith("/stages#at-times")
        page = ana.get(f"/workshops/{code}/stages").text
        assert page.index('id="at-times"') < page.index("Saved. Every page") < page.index("stages-row")
        press(ana, f"/workshops/{code}/groups", "save", **{"groups.0.expected": "7"})
        page = ana.get(f"/workshops/{code}/stages").text
        assert page.index('id="at-groups"') < page.index("Saved. Every page") < page.index('id="at-times"')

    def test_on_another_page_it_is_said_above_everything(self, ana: Browser, code: str) -> None:
        press(ana, f"/workshops/{code}/stages/swot", "save", minutes="17")
        page = html.unescape(ana.get("/workshops").text)
        assert '<p class="notice notice-good" role="status">“SWOT” is saved.' in page
        press(ana, f"/workshops/{code}/stages/swot", "save", minutes="18")
        ana.get(f"/workshops/{code}/groups")
        assert "SWOT” is saved" not in html.unescape(ana.get(f"/workshops/{code}/stages").text)


class TestSum:
    def test_it_is_told_of_what_is_typed_and_nothing_is_saved(self, site: Site, ana: Browser) -> None:
        code = timed(site, starts="09:00", ends="11:00")
        path = f"/workshops/{code}/stages"
        before = now(site, code)
        minutes = {f"minutes-{stage.id}": "10" for stage in before.stages}
        told = press(ana, path, "sum", **minutes).get_json()
        count = len(before.stages)
        assert told["total"] == f"Together: {10 * count // 60} h {10 * count % 60} min"
        assert told["clocks"][before.stages[1].id] == "09:10"
        assert told["fits"] is True
        late = press(ana, path, "sum", **minutes, ends="09:20").get_json()
        assert late["fits"] is False
        assert "From 09:00 to 09:20 there are 20 minutes" in late["fit"]
        assert now(site, code) == before
        press(ana, path, "save", **minutes)
        page = html.unescape(ana.get(path).text)
        assert told["total"] in page
        assert told["fit"] in page

    def test_what_cannot_be_has_no_sum(self, ana: Browser, code: str) -> None:
        for typed in ("", "x", "-3", "99999"):
            answer = press(ana, f"/workshops/{code}/stages", "sum", **{"minutes-swot": typed})
            assert (answer.status_code, answer.text) == (204, ""), typed

    def test_of_stages_that_were_changed_meanwhile_there_is_none(self, ana: Browser, code: str) -> None:
        path = f"/workshops/{code}/stages"
        old = filled(ana.get(path).text)
        press(ana, path, "save", **{"minutes-swot": "18"})
        assert ana.client.post(path, data={**old, "do": "sum"}).status_code == 409

    def test_what_is_left_out_does_not_count(self, ana: Browser, code: str) -> None:
        whole = press(ana, f"/workshops/{code}/stages", "sum").get_json()
        assert whole["total"] in ana.get(f"/workshops/{code}/stages").text
        assert whole["clocks"] == {}, "it is not said when it begins"

    def test_what_is_not_saved_is_said_without_a_script_too(self, ana: Browser, code: str) -> None:
        path = f"/workshops/{code}/stages"
        assert "stages-foot is-unsaved" not in ana.get(path).text
        wrong = press(ana, path, "save", **{"minutes-swot": "x"}).text
        assert "stages-foot is-unsaved" in wrong
        kept = press(ana, path, "keep", **{"minutes-swot": "59"}).text
        assert "stages-foot is-unsaved" in kept
        assert press(ana, path, "sum", **{"minutes-swot": "59"}).get_json()["total"] in kept
        assert "stages-foot is-unsaved" not in press(ana, path, "keep").text
        said = re.findall(r'<(\w+)[^>]* role="status">([^<]*)<', kept.partition('class="stages-foot')[2])
        assert ("b", "Not saved yet.") in said, "the sum is not read out for each figure that is typed"
        assert not [text for tag, text in said if tag == "p" and "saved" in text]


def test_what_the_stage_of_groups_is_for_is_said(ana: Browser, code: str) -> None:
    said = "It may be left out"
    listed = rows(ana.get(f"/workshops/{code}/stages").text)
    assert [name for name, row in listed.items() if said in row] == ["who"]
    assert said in ana.get(f"/workshops/{code}/stages/who").text
    assert said not in ana.get(f"/workshops/{code}/stages/swot").text
