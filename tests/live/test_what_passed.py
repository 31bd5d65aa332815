"""A shortlist, and what passed there scored, over the wire: what is told, and what can be voted on."""

import msgspec
import pytest

from edp_app.core.definition import CriteriaMethod, Criterion, DotsMethod, GatherSettings, Stage, VoteSettings
from edp_app.core.parts import Column
from tests.support.definitions import short
from tests.support.page import asynchronous

pytestmark = pytest.mark.live

SCORE = VoteSettings("shortlist", CriteriaMethod([Criterion("all", {"en": "All in all"})]), passes=1)


@asynchronous
async def test_what_passed_by_dots_is_scored_once_it_was_revealed(new_hall):
    workshop = short()
    shortlist = Stage("shortlist", {"en": "Shortlist"}, 5, VoteSettings("ideas", DotsMethod(2), passes=2))
    stages = [one for one in workshop.stages if one.id != "shortlist"]
    score = Stage("score", {"en": "Score"}, 5, SCORE)
    hall = new_hall(msgspec.structs.replace(workshop, stages=[*stages, shortlist, score]))
    async with (
        hall.console() as console,
        hall.phone() as ana,
        hall.phone() as beto,
        hall.phone() as carla,
        hall.screen() as screen,
    ):
        phones = (ana, beto, carla)
        await console.must("open_stage", stage="ideas")
        for phone in phones:
            await phone.must("join")
            await phone.must("describe", group="business", territory="tacna")
        sun, wind, sea = [
            f"i{(await phone.must('add_item', run='ideas.1', column='idea', title=title))['first']}"
            for phone, title in zip(phones, ("Sol", "Viento", "Mar"), strict=True)
        ]
        answer = await console.op({"type": "open_stage", "stage": "score"})
        refusal = {"code": "not_revealed_yet", "params": {"title": "Shortlist"}}
        assert answer == {"ok": False, "refusal": refusal}
        await console.must("open_stage", stage="shortlist")
        for phone in phones:
            for item in (sun, sea):
                await phone.must("cast_ballot", run="shortlist.1", item=item, dots=1, revision=0)
        await console.must("close_stage", run="shortlist.1")
        assert await console.refused("open_stage", stage="score") == "not_revealed_yet"
        await console.must("reveal_result", run="shortlist.1")
        await console.must("open_stage", stage="score")
        for page in (*phones, console, screen):
            await page.until(lambda page=page: page.view.get("now", {}).get("run") == "score.1")
            now = page.view["now"]
            assert sorted(now["candidates"]) == sorted([sun, sea])
            assert (now["of"], now["passed_by"], now["among"]) == ("ideas", "shortlist", 3)
        row = next(one for one in console.view["stages"] if one["id"] == "score")
        assert (row["of"], row["passed_by"]) == ("ideas", "shortlist")
        ballot = {"run": "score.1", "scores": {"all": 5}, "revision": 0}
        assert await ana.refused("cast_ballot", item=wind, **ballot) == "unknown_item"
        for phone in phones:
            await phone.must("cast_ballot", item=sea, **ballot)
            await phone.must("cast_ballot", item=sun, **{**ballot, "scores": {"all": 2}})
        await console.must("close_stage", run="score.1")
        await console.must("reveal_result", run="score.1")
        await screen.until(lambda: "score.1" in screen.view["results"])
        told = screen.view["results"]["score.1"]
        assert [row["item"] for row in told["result"]["columns"][0]["items"]] == [sea, sun]
        assert (told["passed_by"], told["among"]) == ("shortlist", 3)


@asynchronous
async def test_a_commitment_names_what_passed(new_hall):
    """What one chooses from on a phone, once the vote was revealed."""
    workshop = short()
    shortlist = Stage("shortlist", {"en": "Shortlist"}, 5, VoteSettings("ideas", DotsMethod(2), passes=1))
    stages = [one for one in workshop.stages if one.id != "shortlist"]
    settings = GatherSettings([Column("mine", {"en": "Mine"})], links_to="shortlist", feeds="actions")
    promises = Stage("promises", {"en": "Promises"}, 5, settings)
    hall = new_hall(msgspec.structs.replace(workshop, stages=[*stages, shortlist, promises]))
    async with hall.console() as console, hall.phone() as ana, hall.phone() as beto, hall.phone() as carla:
        phones = (ana, beto, carla)
        await console.must("open_stage", stage="ideas")
        for phone in phones:
            await phone.must("join")
            await phone.must("describe", group="business", territory="tacna")
        sun, wind = [
            f"i{(await ana.must('add_item', run='ideas.1', column='idea', title=title))['first']}"
            for title in ("Sol", "Viento")
        ]
        await console.must("open_stage", stage="shortlist")
        for phone in phones:
            await phone.must("cast_ballot", run="shortlist.1", item=sun, dots=1, revision=0)
        await console.must("close_stage", run="shortlist.1")
        assert await console.refused("open_stage", stage="promises") == "not_revealed_yet"
        await console.must("reveal_result", run="shortlist.1")
        await console.must("open_stage", stage="promises")
        await ana.until(lambda: ana.view.get("now", {}).get("run") == "promises.1")
        links = ana.view["now"]["links"]
        assert (list(links["items"]), links["passed_by"]) == ([sun], "shortlist")
        promise = {"run": "promises.1", "column": "mine", "title": "I will"}
        assert await ana.refused("add_item", links=[wind], **promise) == "unknown_link"
        item = f"i{(await ana.must('add_item', links=[sun], **promise))['first']}"
        await console.until(lambda: item in console.view["items"])
        assert console.view["items"][item]["links"] == [sun]
