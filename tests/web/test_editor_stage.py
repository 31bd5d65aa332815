"""The editor: one stage with everything that can be set in it."""

import html
import re

import pytest
from msgspec.structs import replace

from edp_app.log import store
from edp_app.web.definitions import shipped
from tests.support.definitions import every_method, short
from tests.support.editor import alerts, filled, now, press
from tests.web.conftest import Browser, Site
from tests.web.test_workshops import error_of


class TestStage:
    def test_a_text_that_is_taken_out_is_gone_in_every_language(
        self, site: Site, ana: Browser, code: str
    ) -> None:
        path, before = f"/workshops/{code}/stages/swot", now(site, code).stage("swot")
        assert press(ana, path, "save", **{"prompt.en": "", "columns.0.prompt.en": " "}).status_code == 303
        swot = now(site, code).stage("swot")
        assert before is not None
        assert swot is not None
        assert set(before.prompt) == {"en", "es", "pt"}
        assert swot.prompt == {}
        columns = swot.settings.columns  # type: ignore[union-attr]
        assert columns[0].prompt == {}
        assert set(columns[1].prompt) == {"en", "es", "pt"}
        untitled = press(ana, path, "save", **{"title.en": ""})
        assert error_of(untitled.text, "title.en") == "Please fill this in."
        kept = ana.client.post(path, data={**filled(untitled.text), "title.en": "SWOT", "do": "save"})
        assert kept.status_code == 303
        assert now(site, code).stage("swot") == swot, "the texts in other languages are still there"

    @pytest.mark.parametrize(("spoken", "out"), [("es", "Quitar"), ("pt", "Tirar")])
    def test_a_heading_is_taken_out_and_not_told_apart(
        self, ana: Browser, code: str, spoken: str, out: str
    ) -> None:
        ana.send("/language", page="/privacy", language=spoken, next="/workshops")
        page = ana.get(f"/workshops/{code}/stages/swot").text
        assert re.search(rf'value="drop:columns\.0"[^>]*>{out}<', page)
        assert "Separar" not in page

    def test_the_librarys_example_goes_with_the_librarys_question(
        self, site: Site, ana: Browser, code: str
    ) -> None:
        path = f"/workshops/{code}/stages/ideas"

        def example() -> dict[str, str]:
            ideas = now(site, code).stage("ideas")
            assert ideas is not None
            return ideas.settings.columns[0].prompt  # type: ignore[union-attr]

        there = example()
        assert there
        press(ana, path, "save", **{"title.en": "Our ideas"})
        assert example() == there
        press(ana, path, "save", **{"prompt.en": "What first?", "columns.0.prompt.en": "Such as olives"})
        assert example() == {**there, "en": "Such as olives"}, "one's own stays"
        press(ana, path, "save", **{"prompt.en": "What then?"})
        assert example() == {**there, "en": "Such as olives"}
        press(ana, path, "save", **{"columns.0.prompt.en": there["en"]})
        assert example() == there
        shown = press(ana, path, "preview", **{"prompt.en": "What at all?"}).text
        assert there["en"][:12] not in shown, "the preview shows what would be saved"
        press(ana, path, "save", **{"prompt.en": "What at all?"})
        assert example() == {}
        assert "so it was taken out" in ana.get(f"/workshops/{code}/stages").text

    def test_words_and_numbers_are_changed(self, site: Site, ana: Browser, code: str) -> None:
        path = f"/workshops/{code}/stages/swot"
        changes = {
            "title.en": " What we have ",
            "prompt.en": "One line\r\nand another",
            "minutes": "12",
            "columns.0.name.en": "Good things",
            "per_person": "4",
            "others": "after_close",
            "step": "vision",
        }
        assert press(ana, path, "save", **changes).status_code == 303
        swot = now(site, code).stage("swot")
        assert swot is not None
        assert (swot.title["en"], swot.title["es"]) == ("What we have", "FODA")
        assert (swot.prompt["en"], swot.minutes, swot.step) == ("One line\nand another", 12, "vision")
        assert swot.settings.columns[0].name["en"] == "Good things"  # type: ignore[union-attr]
        assert (swot.settings.per_person, swot.settings.others) == (4, "after_close")  # type: ignore[union-attr]

    def test_the_year_that_a_question_asks_about(self, site: Site, ana: Browser, code: str) -> None:
        path = f"/workshops/{code}/stages/swot"
        asked = {"prompt.en": "What will help us by {year}?"}
        missing = press(ana, path, "save", **asked)
        assert error_of(missing.text, "prompt.en") == "This speaks of {year}. Please type the year below."
        assert press(ana, path, "save", **asked, year="2041").status_code == 303
        swot = now(site, code).stage("swot")
        assert swot is not None
        assert swot.asking(swot.prompt)["en"] == "What will help us by 2041?"
        page = ana.get(path).text
        assert "What will help us by {year}?" in page
        assert filled(page)["year"] == "2041"

    def test_a_group_is_asked_something_else(self, site: Site, ana: Browser, code: str) -> None:
        path = f"/workshops/{code}/stages/swot"
        page = ana.get(path).text
        assert "Another question for: Government" in page
        assert not re.search(r"<details[^>]* open", page), "none is asked anything else yet"
        assert 'name="prompt_for' not in ana.get(f"/workshops/{code}/stages/who").text, "nobody has a group"
        asked = {
            "prompt_for.government.en": "Which rules help?\r\nWhich do not?",
            "prompt_for.academia.en": " ",
        }
        shown = press(ana, path, "preview", **asked, as_group="government").text
        assert "Which rules help?" in shown.partition('class="preview"')[2]
        assert press(ana, path, "save", **asked).status_code == 303

        def apart() -> dict[str, dict[str, str]]:
            swot = now(site, code).stage("swot")
            assert swot is not None
            return swot.prompt_for

        assert apart() == {"government": {"en": "Which rules help?\nWhich do not?"}}
        assert re.search(r"<details[^>]* open", ana.get(path).text)
        long = press(ana, path, "save", **{"prompt_for.government.en": "x" * 700})
        assert "600 fit" in error_of(long.text, "prompt_for.government.en")
        press(ana, path, "save", **{"prompt.en": "What do we have?"})
        said = "A question of its own stays, as it was, for: Government and public bodies."
        assert said in ana.get(f"/workshops/{code}/stages").text
        press(ana, path, "save", **{"prompt_for.government.en": ""})
        assert apart() == {}
        press(ana, path, "save", **{"prompt.en": "What else?"})
        assert said not in ana.get(f"/workshops/{code}/stages").text

    def test_the_librarys_question_for_a_group_is_there_and_can_be_taken_out(
        self, site: Site, ana: Browser, code: str
    ) -> None:
        assert press(ana, f"/workshops/{code}/stages", "add:value_chain").status_code == 303
        path = f"/workshops/{code}/stages/value_chain"
        form = filled(ana.get(path).text)
        assert form["prompt_for.government.en"].startswith("Where does the chain break because of a rule")
        assert press(ana, path, "save", **{"prompt_for.government.en": ""}).status_code == 303
        chain = now(site, code).stage("value_chain")
        assert chain is not None
        assert set(chain.prompt_for) == {"academia"}, "gone in every language"
        assert set(chain.prompt_for["academia"]) == {"en", "es", "pt"}

    def test_saving_what_stands_there_changes_nothing(self, site: Site, ana: Browser) -> None:
        owner = site.database.read(store.account_by_login, "ana")
        assert owner is not None
        for definition in (every_method(), short(), shipped()["short"].definition):
            code = site.workshop(owner.id, definition)
            for stage in definition.stages:
                answer = press(ana, f"/workshops/{code}/stages/{stage.id}", "save")
                assert answer.status_code == 303, (stage.id, alerts(answer.text))
            assert now(site, code) == definition
            assert site.app.extensions["edp.rooms"].by_code(code).state.seq == 1
        assert press(ana, f"/workshops/{code}/groups", "save").status_code == 303
        assert now(site, code) == definition

    def test_what_is_wrong_stands_beside_the_field_and_what_was_typed_stays(
        self, site: Site, ana: Browser, code: str
    ) -> None:
        path, before = f"/workshops/{code}/stages/shortlist", now(site, code)
        wrong = {
            "dots": "2",
            "cap": "3",
            "passes": "0",
            "minutes": "",
            "title.en": "",
            "title.es": "",
            "title.pt": "",
        }
        answer = press(ana, path, "save", **wrong)
        assert answer.status_code == 400
        assert "everyone has only 2 dots" in error_of(answer.text, "cap")
        assert "1 or more" in error_of(answer.text, "passes")
        assert error_of(answer.text, "minutes") == "Please type a whole number."
        assert error_of(answer.text, "title.en") == "Please fill this in."
        assert 'name="dots" value="2"' in answer.text
        long = press(ana, path, "save", **{"title.en": "x" * 200, "prompt.en": "a\x07b"})
        assert "120 fit" in error_of(long.text, "title.en")
        assert "cannot be shown" in error_of(long.text, "prompt.en")
        assert now(site, code) == before

    def test_entries_are_added_moved_and_taken_out(self, site: Site, ana: Browser, code: str) -> None:
        path = f"/workshops/{code}/stages/ideas"
        drawn = press(ana, path, "add:columns", **{"title.en": "My ideas"})
        assert drawn.status_code == 200
        form = filled(drawn.text)
        assert form["title.en"] == "My ideas"
        assert form["columns.1.id"] == ""
        form = filled(
            ana.client.post(
                path, data={**form, "columns.1.name.en": "Próximo paso", "do": "up:columns.1"}
            ).text
        )
        assert (form["columns.0.name.en"], form["columns.1.id"]) == ("Próximo paso", "ideas")
        form = filled(ana.client.post(path, data={**form, "do": "add:columns"}).text)
        form = filled(ana.client.post(path, data={**form, "do": "drop:fields.0"}).text)
        assert ana.client.post(path, data={**form, "do": "save"}).status_code == 303
        ideas = now(site, code).stage("ideas")
        assert ideas is not None
        columns = ideas.settings.columns  # type: ignore[union-attr]
        assert [(one.id, one.name["en"]) for one in columns] == [
            ("proximo_paso", "Próximo paso"),
            ("ideas", "Ideas"),
        ]
        assert [one.id for one in ideas.settings.fields] == ["new", "chain"]  # type: ignore[union-attr]
        only = press(ana, path, "drop:columns.0")
        rest = ana.client.post(path, data={**filled(only.text), "do": "drop:columns.0"})
        none = ana.client.post(path, data={**filled(rest.text), "do": "save"})
        assert "At least 1" in none.text

    def test_with_another_method_the_usual_rule_decides_unless_one_was_chosen(
        self, ana: Browser, code: str
    ) -> None:
        path = f"/workshops/{code}/stages/shortlist"
        points = press(ana, path, "save", method="points")
        assert 'value="portfolio" selected' in points.text, "as the library has it with points"
        assert (
            "“The list is shared out among the groups” instead of “Every group counts the same”"
            in points.text
        )
        dots = ana.client.post(path, data={**filled(points.text), "do": "save", "method": "dots"})
        assert 'value="balanced" selected' in dots.text
        assert "“Every group counts the same” instead of “The list is shared out" in html.unescape(dots.text)
        form = {**filled(points.text), "rule": "headcount"}
        chosen = ana.client.post(path, data={**form, "do": "save", "method": "dots"})
        assert 'value="headcount" selected' in chosen.text
        assert "What decides has changed" not in chosen.text
        again = ana.client.post(path, data={**filled(chosen.text), "do": "save", "method": "ranking"})
        assert 'value="headcount" selected' in again.text, "it was chosen, two methods ago"
        form = {**filled(dots.text), "rule": "portfolio", "do": "save", "method": "ranking"}
        refused = ana.client.post(path, data=form)
        assert 'value="balanced" selected' in refused.text, "the list cannot be shared out by an order"
        assert "Every group decides an equal part of what passes" in points.text

    def test_another_method_brings_its_own_settings(self, site: Site, ana: Browser, code: str) -> None:
        path, before = f"/workshops/{code}/stages/shortlist", now(site, code)
        for method in ("points", "agree", "criteria", "axes", "choice", "ranking", "dots"):
            drawn = press(ana, path, "save", method=method)
            assert drawn.status_code == 200, method
            assert "Nothing was saved yet" in drawn.text
            saved = ana.client.post(path, data={**filled(drawn.text), "do": "save"})
            assert saved.status_code == 303, (method, alerts(saved.text))
            settings = now(site, code).stage("shortlist").settings  # type: ignore[union-attr]
            assert settings.method.__struct_config__.tag == method  # type: ignore[union-attr]
        assert now(site, code) != before

    def test_criteria_and_the_stage_that_agrees_on_their_weights_go_together(
        self, site: Site, ana: Browser, code: str
    ) -> None:
        for name in ("agree_criteria", "score", "second_round"):
            press(ana, f"/workshops/{code}/stages", f"add:{name}")
        path = f"/workshops/{code}/stages/score"
        form = filled(press(ana, path, "add:criteria").text)
        form = {**form, "criteria.4.name.en": "Cost", "criteria.4.weight": "2", "criteria.4.low.en": "dear"}
        assert ana.client.post(path, data={**form, "do": "save"}).status_code == 303
        score, again, asking = (
            now(site, code).stage(one) for one in ("score", "second_round", "agree_criteria")
        )
        assert score
        assert again
        assert asking
        assert score.settings.method.criteria[4].id == "cost"  # type: ignore[union-attr]
        assert again.settings.method.criteria == score.settings.method.criteria  # type: ignore[union-attr]
        assert asking.settings.questions[-1].id == "cost"  # type: ignore[union-attr]
        form = filled(press(ana, path, "drop:criteria.0").text)
        assert ana.client.post(path, data={**form, "do": "save"}).status_code == 303
        asking = now(site, code).stage("agree_criteria")
        assert asking
        assert "assets" not in [one.id for one in asking.settings.questions]
        unasked = press(ana, f"/workshops/{code}/stages/agree_criteria", "drop:questions.0")
        wrong = ana.client.post(
            f"/workshops/{code}/stages/agree_criteria", data={**filled(unasked.text), "do": "save"}
        )
        assert "does not ask how much" in alerts(wrong.text)

    def test_a_second_round_is_made_one_and_no_more_one(self, site: Site, ana: Browser, code: str) -> None:
        for name in ("score", "score"):
            press(ana, f"/workshops/{code}/stages", f"add:{name}")
        path = f"/workshops/{code}/stages/score_2"
        drawn = press(ana, path, "save", second_of="score")
        assert 'name="criteria.0.id"' not in drawn.text
        assert ana.client.post(path, data={**filled(drawn.text), "do": "save"}).status_code == 303
        assert now(site, code).stage("score_2").settings.second_of == "score"  # type: ignore[union-attr]
        drawn = press(ana, path, "save", second_of="")
        assert 'name="criteria.0.id"' in drawn.text
        assert ana.client.post(path, data={**filled(drawn.text), "do": "save"}).status_code == 303
        score, other = (now(site, code).stage(one) for one in ("score", "score_2"))
        assert score
        assert other
        assert other.settings == replace(score.settings, passes=1), "of what passed by the first, half"

    def test_one_press_puts_the_sort_before_the_vote(self, site: Site, ana: Browser, code: str) -> None:
        page = f"/workshops/{code}/stages"
        before = [stage.id for stage in now(site, code).stages]
        assert 'value="sort:' not in ana.get(page).text
        assert press(ana, page, "down:group_ideas").status_code == 303
        assert 'value="sort:shortlist"' in ana.get(page).text
        assert press(ana, page, "sort:shortlist").status_code == 303
        assert [stage.id for stage in now(site, code).stages] == before, "the one that came too late"
        press(ana, page, "add:rank", after="ideas")
        assert press(ana, page, "remove:group_ideas").status_code == 303
        shown = ana.get(page).text
        assert 'value="sort:shortlist"' in shown
        assert 'value="sort:rank"' in shown
        assert press(ana, page, "sort:shortlist", **{"minutes-ideas": "31"}).status_code == 303
        stages = now(site, code).stages
        ids = [stage.id for stage in stages]
        n = ids.index("ideas")
        assert ids[n + 1 : n + 3] == ["group_and_name", "rank"], "before the first vote on it"
        assert stages[n + 1].settings.of == "ideas"  # type: ignore[union-attr]
        assert stages[n].minutes == 31
        assert 'value="sort:' not in ana.get(page).text
        assert press(ana, page, "sort:opening").status_code == 404
