"""The editor: stages, groups and territories changed in forms, before the first stage is opened."""

import html
import re

from edp_app.clock import milliseconds
from edp_app.core.commands import Context, Join, OpenStage, PlanEnd, PlanStage
from edp_app.core.definition import in_language
from edp_app.core.formats import read_format
from edp_app.web.definitions import library, shipped
from tests.support.editor import alerts, filled, ids, now, press
from tests.web.conftest import Browser, Site
from tests.web.test_workshops import GOOD, carry_out, error_of, made


def press_all(ana: Browser, path: str, stage: str) -> None:
    """Remove a stage, and say yes to what becomes of others."""
    asked = press(ana, path, f"remove:{stage}").text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', asked.partition("<main")[2])
    edition = re.search(r'name="edition" value="(\d+)"', asked)
    assert token
    assert edition
    sure = {"csrf_token": token[1], "edition": edition[1], "do": f"remove-all:{stage}"}
    assert ana.client.post(path, data=sure).status_code == 303


class TestList:
    def test_stages_are_moved_and_nothing_comes_before_what_it_rests_on(
        self, site: Site, ana: Browser, code: str
    ) -> None:
        path, before = f"/workshops/{code}/stages", ids(site, code)
        assert press(ana, path, "down:opening").status_code == 303
        assert ids(site, code) == [before[1], before[0], *before[2:]]
        assert press(ana, path, "up:opening").status_code == 303
        assert ids(site, code) == before
        answer = press(ana, path, "up:group_swot")
        assert answer.status_code == 400
        assert "“Group and name” rests on “SWOT”" in alerts(answer.text)
        assert press(ana, path, "down:swot").status_code == 400
        assert ids(site, code) == before
        assert press(ana, path, "up:opening").status_code == 303, "nothing is above the first"

    def test_minutes_are_summed_and_held_against_the_end(self, site: Site, ana: Browser, code: str) -> None:
        path = f"/workshops/{code}/stages"
        page = press(
            ana, path, "save", **{"minutes-opening": "0", "minutes-swot": "soon", "minutes-who": "6"}
        )
        assert page.status_code == 400
        assert error_of(page.text, "minutes-opening") == "Please type a number from 1 to 600."
        assert error_of(page.text, "minutes-swot") == "Please type a whole number."
        assert 'value="soon"' in page.text
        assert 'value="6"' in page.text
        assert now(site, code).stages[1].minutes == 5
        total = sum(stage.minutes for stage in now(site, code).stages)
        press(ana, path, "save", **{"minutes-opening": "10"})
        assert now(site, code).stages[0].minutes == 10
        assert "Say when it begins and ends" in ana.get(path).text
        soon = milliseconds() + 600_000
        cases = (
            (70, "1 h 10 min to spare"),
            (0, "it fits exactly"),
            (-5, "5 minutes too many"),
            (4936, "The planned end is 4 days away."),
        )
        for more, said in cases:
            room = site.app.extensions["edp.rooms"].by_code(code)
            command = PlanEnd(starts_at=soon, ends_at=soon + 60_000 * (total + 5 + more))
            ctx = Context(f"f:{room.state.owner}", "facilitator", milliseconds(), f"op-end-{more}")
            assert room.submit(command, ctx, "").ok
            assert said in html.unescape(ana.get(path).text)
        carry_out(site, code, PlanStage(stage="swot", minutes=33))
        assert 'id="minutes-swot" name="minutes-swot" value="33"' in ana.get(path).text
        press(ana, path, "save", **{"minutes-opening": "11"})
        assert now(site, code).stages[2].minutes == 33, "what the console planned is not lost"

    def test_what_rests_on_a_stage_is_named_before_it_is_removed(
        self, site: Site, ana: Browser, code: str
    ) -> None:
        path, before = f"/workshops/{code}/stages", ids(site, code)
        asked = press(ana, path, "remove:swot")
        assert asked.status_code == 200
        lists = re.findall(r"<ul>(.*?)</ul>", asked.text.partition("<main")[2], re.S)
        assert [re.findall("<li>(.*?)</li>", one) for one in lists] == [
            ["Group and name", "What weighs most"],
            ["Ideas"],
        ]
        assert ids(site, code) == before
        press_all(ana, path, "swot")
        assert ids(site, code) == [one for one in before if one not in ("swot", "group_swot", "weigh")]
        ideas = now(site, code).stage("ideas")
        assert ideas is not None
        assert ideas.settings.links_to is None
        assert press(ana, path, "remove:evaluation").status_code == 303, "nothing rests on it"
        assert "evaluation" not in ids(site, code)

    def test_the_library_says_of_every_vote_how_people_vote(self, ana: Browser, code: str) -> None:
        def said(lang: str) -> dict[str, str]:
            ana.client.set_cookie("language", lang)
            page = ana.client.get(f"/workshops/{code}/stages").text
            rows = re.findall(r'<li class="library-row">(.*?)value="add:(\w+)"', page, re.S)
            return {name: html.unescape(row) for row, name in rows}

        english, spanish, portuguese = said("en"), said("es"), said("pt")
        assert (
            "Everyone places 5 dots. At most 2 on the same contribution. The first 5 pass."
            in english["shortlist"]
        )
        assert "Everyone places 2 dots under each heading. At most one" in english["weigh"]
        assert "Everyone divides a budget of 10 points" in english["points"]
        assert "by the criteria of the first round" in english["second_round"]
        assert "Nothing passes or drops out by it." in english["read_back"]
        assert "Cada persona pone 5 puntos adhesivos." in spanish["shortlist"]
        assert "2 puntos adhesivos bajo cada título" in spanish["weigh"]
        assert "un presupuesto de 10 puntos" in spanish["points"]
        assert "5 pontos adesivos" in portuguese["shortlist"]
        votes = [name for name, one in library().presets.items() if one.raw["kind"] == "vote"]
        assert len({re.sub(r"\s+", " ", spanish[name].rpartition("<p>")[2]) for name in votes}) >= 9

    def test_minutes_that_were_typed_are_saved_on_the_way_to_another_page(
        self, site: Site, ana: Browser, code: str
    ) -> None:
        path, swot = f"/workshops/{code}/stages", f"/workshops/{code}/stages/swot"
        there = press(ana, path, "", **{"minutes-swot": "31", "way": swot})
        assert (there.status_code, there.headers["Location"]) == (303, swot)
        assert {stage.id: stage.minutes for stage in now(site, code).stages}["swot"] == 31
        wrong = press(ana, path, "", **{"minutes-swot": "x", "way": swot})
        assert wrong.status_code == 400, "what is wrong is said first"
        elsewhere = press(ana, path, "", way="https://elsewhere.example/")
        assert elsewhere.headers["Location"] == "/"

    def test_where_something_passes_and_nobody_says_who_does_what_one_press_asks_it(
        self, site: Site, ana: Browser, code: str
    ) -> None:
        path = f"/workshops/{code}/stages"
        assert "nobody is asked who does what by when" in ana.get(path).text
        assert press(ana, path, "add:commitments").status_code == 303
        added = now(site, code).stages[-1]
        assert getattr(added.settings, "feeds", "") == "actions"
        assert getattr(added.settings, "links_to", "") == "shortlist"
        assert "nobody is asked who does what by when" not in ana.get(path).text

    def test_every_stage_of_the_library_can_be_added(self, site: Site, ana: Browser, code: str) -> None:
        path = f"/workshops/{code}/stages"
        page = ana.get(path).text
        for name, preset in library().presets.items():
            assert f'value="add:{name}"' in page
            assert in_language(preset.raw["title"], "en") in html.unescape(page)
        assert "this region by 2035, whether" in page
        assert "{year}" not in page
        for name in ("agree_criteria", "score", *library().presets):
            assert press(ana, path, f"add:{name}").status_code == 303, name
        definition = now(site, code)
        assert (
            len(definition.stages) == len(shipped()["short"].definition.stages) + len(library().presets) + 2
        )
        score = definition.stage("score")
        assert score is not None
        assert score.settings.of == "shortlist", "what passed of the ideas"  # type: ignore[union-attr]
        assert score.settings.method.weights_from == "agree_criteria"  # type: ignore[union-attr]
        again = definition.stage("second_round")
        assert again is not None
        assert again.settings.second_of

    def test_agreed_weights_weigh_whatever_was_added_first(self, site: Site, ana: Browser, code: str) -> None:
        path = f"/workshops/{code}/stages"

        def weights() -> str | None:
            score = now(site, code).stage("score")
            assert score is not None
            weights_from: str | None = score.settings.method.weights_from  # type: ignore[union-attr]
            return weights_from

        press(ana, path, "add:score")
        press(ana, path, "add:agree_criteria")
        assert ids(site, code)[-2:] == ["score", "agree_criteria"]
        assert weights() is None
        page = html.unescape(ana.get(path).text)
        assert "What is agreed in this stage weighs nothing: it comes after “Score”" in page
        assert press(ana, path, "up:agree_criteria").status_code == 303
        assert weights() == "agree_criteria"
        page = html.unescape(ana.get(path).text)
        assert "“Score” takes its weights from “Agree on the criteria” now." in page
        assert "weighs nothing" not in page
        press(ana, path, "add:agree_criteria", after="opening")
        assert weights() == "agree_criteria", "it has its weights already"
        assert press(ana, path, "remove-all:agree_criteria").status_code == 303
        assert weights() is None
        page = html.unescape(ana.get(path).text)
        assert "“Score” has the same criteria, and nothing is chosen there for “The room agrees on" in page
        press(ana, path, "remove-all:agree_criteria_2")
        press(ana, path, "add:agree_criteria", after="opening")
        assert weights() == "agree_criteria_3", "the others can be brought back under their own names"

    def test_a_vote_that_goes_leaves_what_it_was_about(self, site: Site, ana: Browser, code: str) -> None:
        path = f"/workshops/{code}/stages"
        for name in ("score", "second_round", "commitments", "read_back", "indicators"):
            press(ana, path, f"add:{name}")

        def about() -> dict[str, str | None]:
            stages = now(site, code).stages
            return {one.id: getattr(one.settings, "of", None) for one in stages if one.id in ("score", *last)}

        def named() -> str | None:
            commitments = now(site, code).stage("commitments")
            assert commitments is not None
            return commitments.settings.links_to  # type: ignore[union-attr]

        last = ("second_round", "read_back", "indicators")
        assert about() == {
            "score": "shortlist",
            "second_round": "shortlist",
            "read_back": "score",
            "indicators": "score",
        }, "of commitments nothing is chosen"
        answer = press(ana, path, "up:score")
        for _ in range(2):
            answer = press(ana, path, "up:score")
        assert "rests on “Shortlist”" in alerts(answer.text)
        chosen = ana.get(f"{path}/read_back").text
        options = re.search(r'<select[^>]*name="of"[^>]*>(.*?)</select>', chosen, re.S)
        assert options
        assert "What passes in “Score”" in html.unescape(options[1])
        asked = html.unescape(press(ana, path, "remove:shortlist").text)
        assert "Score: about “Ideas”" in asked
        assert "Read-back" not in asked
        press_all(ana, path, "shortlist")
        assert about()["score"] == about()["second_round"] == "ideas"
        assert named() == "score", "a commitment is for what was decided"
        chosen = html.unescape(ana.get(f"{path}/commitments").text)
        options = re.search(r'<select[^>]*name="links_to"[^>]*>(.*?)</select>', chosen, re.S)
        assert options
        assert "What passes in “Score”" in options[1]
        asked = html.unescape(press(ana, path, "remove:score").text)
        assert "cannot be without it" in asked
        assert "Commitments: about “Ideas”" in asked
        assert "no longer take anything" not in asked
        assert "Read-back: about “Ideas”" in asked
        press_all(ana, path, "score")
        assert about() == {"read_back": "ideas", "indicators": "ideas"}
        assert named() == "ideas"

    def test_what_needs_another_stage_before_it_says_so(self, site: Site, ana: Browser, code: str) -> None:
        path, before = f"/workshops/{code}/stages", ids(site, code)
        first = press(ana, path, "add:shortlist", after="opening")
        assert "add a stage before it in which people write" in alerts(first.text)
        assert "needs a first one" in alerts(press(ana, path, "add:second_round").text)
        assert press(ana, path, "add:no_such").status_code == 404
        assert ids(site, code) == before
        assert press(ana, path, "add:break", after="swot").status_code == 303
        assert ids(site, code) == [*before[:3], "break", *before[3:]]

    def test_the_later_of_two_is_told_and_keeps_what_was_typed(
        self, site: Site, ana: Browser, code: str
    ) -> None:
        path = f"/workshops/{code}/stages"
        mine = filled(ana.get(path).text)
        press(ana, path, "add:break")
        late = ana.client.post(path, data={**mine, "minutes-swot": "44", "do": "save"})
        assert late.status_code == 409
        assert "Somebody changed the stages" in alerts(late.text)
        assert 'value="44"' in late.text
        assert "break" in ids(site, code)
        assert now(site, code).stage("swot").minutes == 20  # type: ignore[union-attr]
        again = ana.client.post(path, data={**filled(late.text), "do": "save"})
        assert again.status_code == 303
        assert now(site, code).stage("swot").minutes == 44  # type: ignore[union-attr]

    def test_once_it_has_begun_the_stages_stay(self, site: Site, ana: Browser, code: str) -> None:
        path, before = f"/workshops/{code}/stages", ids(site, code)
        mine = filled(ana.get(path).text)
        assert "Stages and questions" in ana.get("/workshops").text
        carry_out(site, code, OpenStage(stage="opening"))
        page = ana.get(path).text
        assert "The workshop has begun" in page
        assert 'name="do" value="add' not in page
        answer = ana.client.post(path, data={**mine, "do": "remove:evaluation"})
        assert answer.status_code == 400
        assert "The workshop has begun" in alerts(answer.text)
        assert ids(site, code) == before
        assert ana.get(f"{path}/swot").status_code == 303
        assert "Stages and questions" not in ana.get("/workshops").text

    def test_nobody_else_edits_it(self, site: Site, code: str) -> None:
        site.account("eva")
        eva = site.signed_in("eva")
        for path in ("stages", "stages/swot", "groups", "format.toml"):
            assert eva.get(f"/workshops/{code}/{path}").status_code == 404
            assert site.browser().get(f"/workshops/{code}/{path}").status_code in (302, 303)

    def test_without_a_valid_token_nothing_is_done(self, site: Site, ana: Browser, code: str) -> None:
        path, before = f"/workshops/{code}/stages/swot", now(site, code)
        sent = {**filled(ana.get(path).text), "csrf_token": "no", "title.en": "Mine", "do": "save"}
        answer = ana.client.post(path, data=sent)
        assert answer.status_code == 400
        assert 'value="Mine"' in answer.text
        assert now(site, code) == before


class TestGroups:
    def test_groups_and_territories_are_changed_until_somebody_has_come(
        self, site: Site, ana: Browser, code: str
    ) -> None:
        path = f"/workshops/{code}/groups"
        form = filled(press(ana, path, "add:territories").text)
        form = filled(
            ana.client.post(path, data={**form, "territories.0.name.en": "North", "do": "add:groups"}).text
        )
        n = len(now(site, code).groups)
        form |= {f"groups.{n}.name.en": "Fishers", f"groups.{n}.expected": "7", "groups.0.expected": "2"}
        assert ana.client.post(path, data={**form, "do": "save"}).status_code == 303
        definition = now(site, code)
        assert (definition.groups[-1].id, definition.groups[-1].expected) == ("fishers", 7)
        assert definition.groups[0].icon == shipped()["short"].definition.groups[0].icon
        assert [(one.id, one.name) for one in definition.territories] == [("north", {"en": "North"})]
        room = site.app.extensions["edp.rooms"].by_code(code)
        assert room.submit(Join(), Context("p:ana", "participant", room.state.at + 5, "op-join"), "").ok
        assert ana.get(path).status_code == 303
        assert ana.client.post(path, data={**form, "do": "save"}).status_code == 303
        assert now(site, code) == definition
        assert press(ana, f"/workshops/{code}/stages", "add:break").status_code == 303
        assert now(site, code).groups == definition.groups


class TestFile:
    def test_a_file_and_the_editor_give_the_same_workshop(self, site: Site, ana: Browser, code: str) -> None:
        path = f"/workshops/{code}/stages"
        for name in library().presets:
            press(ana, path, f"add:{name}")
        press(
            ana,
            f"{path}/swot",
            "save",
            **{"prompt.en": "Say “what” \\ and why", "columns.0.name.en": 'The "good"'},
        )
        answer = ana.get(f"/workshops/{code}/format.toml")
        assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
        read = read_format(answer.data, "workshop.toml", library())
        assert read == now(site, code)
        sent = ana.send("/workshops/upload", text=answer.text)
        assert sent.status_code == 303
        assert now(site, made(site)[-1]) == now(site, code)

    def test_what_is_written_can_rest_on_what_came_before(self, site: Site, ana: Browser) -> None:
        answer = ana.send("/workshops/new", format="own", **{**GOOD, "groups": "format", "language": "es"})
        (code,) = made(site)

        def links() -> dict[str, str]:
            found = {one.id: getattr(one.settings, "links_to", None) for one in now(site, code).stages}
            return {stage: named for stage, named in found.items() if named}

        for name in ("swot", "evidence", "ideas", "value_chain", "swot", "ideas", "commitments"):
            assert press(ana, answer.location, f"add:{name}").status_code == 303, name
        expected = {"ideas": "swot", "swot_2": "evidence", "ideas_2": "swot_2", "commitments": "ideas_2"}
        assert links() == expected, "the first had nothing to rest on"
        press(ana, answer.location, "add:shortlist", after="value_chain")
        press(ana, answer.location, "add:missing_voices")
        press(ana, answer.location, "add:ideas", after="value_chain")
        press(ana, answer.location, "add:commitments", after="shortlist")
        assert links() == {**expected, "ideas_3": "value_chain", "commitments_2": "shortlist"}

    def test_a_workshop_is_made_from_nothing_but_the_library(self, site: Site, ana: Browser) -> None:
        answer = ana.send("/workshops/new", format="own", **{**GOOD, "groups": "format", "language": "es"})
        (code,) = made(site)
        assert answer.location == f"/workshops/{code}/stages"
        for name in ("ideas", "group_and_name", "shortlist"):
            assert press(ana, answer.location, f"add:{name}").status_code == 303
        assert ids(site, code) == ["who", "ideas", "group_and_name", "shortlist"]
        other = ana.send("/workshops/new", format="short", then="stages", **GOOD)
        assert other.location == f"/workshops/{made(site)[-1]}/stages"
