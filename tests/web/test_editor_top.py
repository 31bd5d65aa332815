"""What stands above the stages in the editor: when the workshop begins and ends, and its groups."""

import html
import re

from edp_app.core.definition import in_language
from edp_app.core.formats import read_format
from edp_app.web.definitions import library
from tests.support.editor import filled, now, press
from tests.web.conftest import Browser, Site
from tests.web.test_workshops import GOOD, error_of, made


class TestTimes:
    def test_minutes_are_summed_against_the_end_without_a_file(
        self, site: Site, ana: Browser, code: str
    ) -> None:
        path = f"/workshops/{code}/stages"
        total = sum(stage.minutes for stage in now(site, code).stages)

        def told(**times: str) -> str:
            assert press(ana, path, "save", **times).status_code == 303
            found = re.search(r'<p class="stages-sum[^>]*>(.*?)</p>', ana.get(path).text, re.S)
            assert found
            return html.unescape(re.sub("<[^>]+>", "", found[1]))

        assert total == 100
        assert "Say when it begins and ends" in told()
        assert "It would end at 10:40." in told(starts="09:00")
        assert "To end at 12:00 it has to begin at 10:20." in told(starts="", ends="12:00")
        assert "there are 1 h 40 min: it fits exactly" in told(starts="10:20")
        said = told(starts="10:45")
        assert "From 10:45 to 12:00 there are 1 h 15 min: 25 minutes too many." in said
        assert "It would end at 12:25." in said
        assert "20 minutes to spare" in told(starts="10:00")
        assert (now(site, code).starts, now(site, code).ends) == ("10:00", "12:00")
        wrong = press(ana, path, "save", ends="09:30", **{"minutes-swot": "21"})
        assert wrong.status_code == 400
        assert error_of(wrong.text, "ends") == "The end has to come after the beginning at 10:00."
        assert 'value="21"' in wrong.text
        assert 'value="09:30"' in wrong.text
        assert "Please type a time" in press(ana, path, "save", starts="25:00").text

    def test_a_file_says_them_too(self, site: Site, ana: Browser, code: str) -> None:
        press(ana, f"/workshops/{code}/stages", "save", starts="9:00", ends="12.30")
        answer = ana.get(f"/workshops/{code}/format.toml")
        assert 'starts = "09:00"\nends = "12:30"' in answer.text
        assert read_format(answer.data, "workshop.toml", library()) == now(site, code)
        ana.send("/workshops/upload", text=answer.text.replace('"09:00"', "09:00:00"))
        assert now(site, made(site)[-1]) == now(site, code)

    def test_the_form_asks_for_them(self, site: Site, ana: Browser) -> None:
        said = ana.send("/workshops/new", format="short", **{**GOOD, "starts": "09:00", "ends": "08:00"})
        assert error_of(said.text, "ends") == "The end has to come after the beginning at 09:00."
        ana.send("/workshops/new", format="short", **{**GOOD, "starts": "09:00", "ends": "12:30"})
        (code,) = made(site)
        assert (now(site, code).starts, now(site, code).ends) == ("09:00", "12:30")
        assert 'id="starts" name="starts" value="09:00"' in ana.get(f"/workshops/{code}/stages").text


class TestNamesInOtherLanguages:
    def test_names_that_lack_a_language_are_named_in_the_list(
        self, site: Site, ana: Browser, code: str
    ) -> None:
        path, groups = f"/workshops/{code}/stages", f"/workshops/{code}/groups"

        def notes() -> list[str]:
            return re.findall(r'class="groups-note">(.*?)</div>', html.unescape(ana.get(path).text))

        assert notes() == []
        n = len(now(site, code).groups)
        form = filled(press(ana, groups, "add:groups").text)
        form = filled(ana.client.post(groups, data={**form, "do": "add:territories"}).text)
        form |= {f"groups.{n}.name.en": "Fishers", "territories.0.name.en": "North", "do": "save"}
        form |= {"groups.0.name.pt": ""}
        assert ana.client.post(groups, data=form).status_code == 303
        first = in_language(now(site, code).groups[0].name, "en")
        assert notes() == [
            (
                "No text in Spanish, so another language is shown there: Name of the group (Fishers); "
                "Name of the territory (North)."
            ),
            (
                f"No text in Portuguese, so another language is shown there: Name of the group ({first}); "
                "Name of the group (Fishers); Name of the territory (North)."
            ),
        ]
        assert f'href="{groups}?all=1"' in ana.get(path).text, "there they are typed"
        form = filled(ana.get(f"{groups}?all=1").text) | {
            f"groups.{n}.name.es": "Pescadores",
            "territories.0.name.es": "Norte",
        }
        assert ana.client.post(groups, data={**form, "do": "save"}).status_code == 303
        (left,) = notes()
        assert "Portuguese" in left

    def test_in_one_language_alone_nothing_is_missing(self, site: Site, ana: Browser) -> None:
        ana.send("/workshops/upload", text=ONE_LANGUAGE)
        assert "groups-note" not in ana.get(f"/workshops/{made(site)[-1]}/stages").text


ONE_LANGUAGE = """format = 1
title = "Uno"
[[groups]]
id = "a"
name = "Pescadores"
[[groups]]
id = "b"
name = "Otros"
[[stages]]
id = "talk"
kind = "show"
title = "Charla"
minutes = 5
"""
