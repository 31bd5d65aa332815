"""The agenda changed while a workshop runs, over the wire: what is offered, refused and seen by everybody."""

import pytest

from tests.support.page import asynchronous

pytestmark = pytest.mark.live


def agenda(page):
    return [row["id"] for row in page.view["agenda"]]


@asynchronous
async def test_a_stage_moves_one_is_added_and_both_are_taken_back(hall):
    async with hall.console() as console, hall.console() as other, hall.phone() as phone:
        await console.must("open_stage", stage="swot")
        before = agenda(console)
        answer = await console.call("library", {"after": "swot"})
        offered = {one["preset"]: one for one in answer["presets"]}
        assert offered["weigh"]["refers"] == {"of": ["swot"]}
        assert (offered["weigh"]["step"], offered["ideas"]["step"]) == ("", "priorities")
        assert offered["second_round"]["refers"] == {"second_of": []}
        assert (offered["weigh"]["takes"], offered["second_round"]["takes"]) == ({"of": "swot"}, {})
        await console.must("move_stage", stage="ideas", after="swot")
        await console.must("add_stage", preset="weigh", after="swot", title="Otra mirada", of="swot")
        expected = [*before[: before.index("swot") + 1], "weigh_2", "ideas"]
        for page in (console, other, phone):
            await page.until(lambda page=page: "weigh_2" in agenda(page))
            assert agenda(page)[: len(expected)] == expected
            row = next(row for row in page.view["agenda"] if row["id"] == "weigh_2")
            assert (row["title"], row["minutes"], row["added"]) == ({"es": "Otra mirada"}, 10, True)
        for _ in range(2):  # the newest first, from the other console
            await other.until(lambda: other.view["acts"][0]["what"] != "stage_opened")
            act = other.view["acts"][0]
            (command,) = act["commands"]
            assert (await other.op(command, op_id=f"undone-{act['seq']:08d}"))["ok"]
            await other.until(lambda seq=act["seq"]: other.view["acts"][0]["seq"] != seq)
        for page in (console, phone):
            await page.until(lambda page=page: agenda(page) == before)


@asynchronous
async def test_a_stage_that_is_added_asks_what_was_written_for_it(hall):
    asks = {"es": "¿Qué falta?", "pt": "O que falta?"}
    async with hall.console() as console, hall.phone() as phone, hall.screen() as screen:
        await console.must("open_stage", stage="swot")
        refused = await console.refused("add_stage", preset="ideas", after="swot", prompt={"pt": "E?"})
        assert refused == "empty_text"
        assert await console.refused("add_stage", preset="ideas", after="swot", prompt={"xx": "?"}) == (
            "bad_message"
        )
        await console.must("add_stage", preset="ideas", after="swot", prompt=asks)
        await console.must("open_stage", stage="ideas_2")
        for page in (console, phone, screen):
            await page.until(lambda page=page: page.view["now"]["stage"] == "ideas_2")
            assert page.view["now"]["prompt"] == asks


@asynchronous
async def test_it_is_for_facilitators_and_refused_in_words_where_it_cannot_be(hall):
    async with hall.console() as console, hall.phone() as phone, hall.screen() as screen:
        for page in (phone, screen):
            assert (await page.call("library", {}))["refusal"]["code"] == "not_allowed"
        assert (await console.call("library", {"more": 1}))["refusal"]["code"] == "bad_message"
        await phone.must("join")
        assert await phone.refused("move_stage", stage="ideas", after="swot") == "not_allowed"
        assert await phone.refused("add_stage", preset="break", after="swot") == "not_allowed"
        assert await console.refused("move_stage", stage="weigh") == "stage_needs"
        assert await console.refused("add_stage", preset="shortlist", after="who", of="swot") == "stage_needs"
        assert await console.refused("add_stage", preset="no_such", after="who") == "unknown_preset"
