"""The editor: lists in a list, such as the answers of a line of a card; entries that have another name."""

import html
import re
from typing import Any

import pytest

from tests.support.editor import filled, now, press
from tests.web.conftest import Browser, Site


class TestAnswersOfACardsLine:
    @pytest.fixture
    def code(self, site: Site, ana: Browser) -> str:
        made = site.prepared("short", "en")
        assert press(ana, f"/workshops/{made}/stages", "add:policy_mix").status_code == 303
        return made

    def answers(self, site: Site, code: str, line: int = 2) -> list[str]:
        stage = now(site, code).stage("policy_mix")
        assert stage is not None
        fields = stage.settings.fields  # type: ignore[union-attr]
        assert len(fields) == 3
        return [one.name["en"] for one in fields[line].options]

    def pressed(self, ana: Browser, page: Any, path: str, do: str, **changes: object) -> Any:
        return ana.client.post(path, data={**filled(page.text), **changes, "do": do})

    def test_one_is_taken_out_put_back_and_moved(self, site: Site, ana: Browser, code: str) -> None:
        path = f"/workshops/{code}/stages/policy_mix"
        first, second, third = self.answers(site, code)
        page = press(ana, path, "drop:fields.2.options.0")
        assert f"Taken out: {first}." in html.unescape(page.text)
        page = self.pressed(ana, page, path, "down:fields.2.options.0")
        page = self.pressed(ana, page, path, "up:fields.2")  # what was taken out goes with its line
        assert page.text.count(f"Taken out: {first}.") == 1
        assert 'name="fields.1.options.gone.0.id"' in page.text
        page = self.pressed(ana, page, path, "back:fields.1.options.gone.0")
        page = self.pressed(ana, page, path, "down:fields.1")
        assert self.pressed(ana, page, path, "save").status_code == 303
        assert self.answers(site, code) == [first, third, second]
        assert press(ana, path, "drop:fields.2.options.1").status_code == 200
        page = press(ana, path, "drop:fields.2.options.1")
        assert self.pressed(ana, page, path, "save").status_code == 303
        assert self.answers(site, code) == [first, second]
        removed = ana.get(f"/workshops/{code}/stages").text
        assert f"“Policy mix”: {third}." in html.unescape(removed)
        back = re.search(r'value="(back:\d+)"', removed)
        assert back
        press(ana, f"/workshops/{code}/stages", back[1])
        assert self.answers(site, code) == [first, third, second]

    def test_one_is_added_and_has_an_id(self, site: Site, ana: Browser, code: str) -> None:
        path = f"/workshops/{code}/stages/policy_mix"
        there = self.answers(site, code)
        page = press(ana, path, "add:fields.2.options")
        assert not re.search(
            r'<details class="setting-fold"[^>]*>(?:(?!</details>).)*fields\.2\.', page.text, re.S
        )
        assert (
            self.pressed(ana, page, path, "save", **{"fields.2.options.3.name.en": "Later"}).status_code
            == 303
        )
        assert self.answers(site, code) == [*there, "Later"]
        page = press(ana, path, "add:fields.2.options")
        assert self.pressed(ana, page, path, "save").status_code == 303, "nothing was written in it"
        assert self.answers(site, code) == [*there, "Later"]

    def test_what_stands_in_the_place_of_one_that_was_moved_stays_folded(
        self, ana: Browser, code: str
    ) -> None:
        def folded(do: str) -> list[str]:
            page = press(ana, f"/workshops/{code}/stages/policy_mix", do).text
            inside = re.findall(r'<details class="setting-fold">.*?</details>', page, re.S)
            return [found[1] for one in inside if (found := re.search(r'name="fields\.(\d)\.name', one))]

        assert folded("up:fields.2") == folded("down:fields.0") == ["0", "1", "2"]
        assert folded("drop:fields.0") == ["0", "1"]
        assert folded("drop:fields.2.options.0") == folded("down:fields.2.options.0") == ["0", "1"]

    def test_of_an_answer_that_is_not_there_nothing_is_done(self, ana: Browser, code: str) -> None:
        for what in (
            "drop:fields.2.options.9",
            "drop:fields.9.options.0",
            "add:fields.2.nothing",
            "drop:fields.2.options.x",
        ):
            page = press(ana, f"/workshops/{code}/stages/policy_mix", what)
            assert page.status_code == 200
            assert "fields.2.options.2.id" in page.text
            assert "fields.2.options.3.id" not in page.text
            assert "fields.3.id" not in page.text


class TestAnotherName:
    BESIDE = "The name has changed, and these still say what they said: "

    def notes(self, page: str) -> list[str]:
        found = re.findall(r'<p class="setting-note"[^>]*>(.*?)</p>', page)
        return [html.unescape(one) for one in found]

    def test_what_was_said_of_the_old_one_is_named_beside_it(self, site: Site, ana: Browser) -> None:
        code = site.prepared("half_day", "en")
        path = f"/workshops/{code}/stages/score"
        changes = {"criteria.1.name.en": "Water saved", "criteria.1.low.en": "None", "criteria.3.name.en": ""}
        shown = press(ana, path, "preview", **{**changes, "criteria.3.name.en": "Buyers"}).text
        said = [
            f"{self.BESIDE}What is looked at; What 3 means; What 5 means.",
            f"{self.BESIDE}What is looked at; What 1 means; What 3 means; What 5 means.",
        ]
        assert self.notes(shown) == said, "before it is saved"
        assert self.notes(ana.get(path).text) == []
        assert press(ana, path, "save", **{**changes, "criteria.3.name.en": "Buyers"}).status_code == 303
        listed = html.unescape(ana.get(f"/workshops/{code}/stages").text)
        told = re.search(
            r'(The name has changed, and what is said of it has not: [^<]*) <a href="([^"]+)"', listed
        )
        assert told
        assert told[1] == "The name has changed, and what is said of it has not: “Water saved”; “Buyers”."
        assert told[2].endswith("#criteria.1")
        there = told[2].partition("#")[0]
        after = ana.get(there).text
        assert [one.partition(": ")[0] for one in self.notes(after)] == [self.BESIDE[:-2]] * 2
        assert 'id="criteria.1.low.en"' not in "".join(
            re.findall(r'<details class="setting-fold">.*?</details>', after, re.S)
        )
        assert press(ana, there, "save", **{"criteria.1.asks.en": "How much?"}).status_code == 303
        assert "what is said of it has not" not in ana.get(f"/workshops/{code}/stages").text

    def test_nothing_is_said_where_all_of_it_was_changed_or_there_is_nothing(
        self, site: Site, ana: Browser
    ) -> None:
        code = site.prepared("half_day", "en")
        path = f"/workshops/{code}/stages/score"
        texts = {f"criteria.0.{key}.en": key for key in ("name", "asks", "low", "middle", "high")}
        assert press(ana, path, "save", **texts).status_code == 303
        assert press(ana, path, "save", **{"criteria.1.name.es": "Agua"}).status_code == 303
        assert "what is said of it has not" not in ana.get(f"/workshops/{code}/stages").text

    def test_the_examples_of_a_group_that_is_called_otherwise(self, site: Site, ana: Browser) -> None:
        code = site.prepared("short", "en")
        path = f"/workshops/{code}/groups"
        assert press(ana, path, "save", **{"groups.1.name.en": "Farmers"}).status_code == 303
        listed = html.unescape(ana.get(f"/workshops/{code}/stages").text)
        told = re.search(r'has not: “Farmers”\. <a href="([^"#]+)#groups\.1"', listed)
        assert told
        assert self.notes(ana.get(told[1]).text) == [f"{self.BESIDE}Who belongs to it, for example."]
