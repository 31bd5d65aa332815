"""Statements brought in while a workshop runs, over the wire: on every page, once, by a facilitator alone."""

import pytest

from tests.support.page import asynchronous

pytestmark = pytest.mark.live

BRING = {
    "type": "bring_items",
    "stage": "swot",
    "items": [{"title": "Sol", "column": "s", "source": "Censo"}, {"title": "Lluvia", "column": "o"}],
}


def board(page):
    return [item["title"] for item in page.view.get("now", {}).get("board", {}).get("items", {}).values()]


@asynchronous
async def test_they_stand_on_every_page_at_once_and_are_taken_back_at_once(hall):
    async with hall.console() as console, hall.phone() as phone, hall.screen() as screen:
        await console.must("open_stage", stage="swot")
        await phone.must("join")
        for _ in range(2):
            assert (await console.op(BRING, op_id="brought-once-0001"))["ok"]
        for page in (phone, screen):
            await page.until(lambda page=page: board(page) == ["Sol", "Lluvia"])
        assert await phone.refused("take_back_items", items=["i1"]) == "not_allowed"
        refused = await phone.op(BRING, op_id="brought-once-0002")
        assert refused["refusal"]["code"] == "not_allowed"
        await console.until(lambda: console.view["acts"][0]["what"] == "item_brought")
        (command,) = console.view["acts"][0]["commands"]
        assert (await console.op(command, op_id="taken-back-000001"))["ok"]
        for page in (phone, screen):
            await page.until(lambda page=page: board(page) == [])


@asynchronous
async def test_all_of_it_or_nothing(hall):
    async with hall.console() as console:
        await console.must("open_stage", stage="swot")
        wrong = {**BRING, "items": [*BRING["items"], {"title": " ", "column": "s"}]}
        answer = await console.op(wrong, op_id="nothing-half-made")
        assert answer["refusal"]["code"] == "empty_text"
        many = {**BRING, "items": [{"title": "x"}] * 201}
        assert (await console.op(many, op_id="more-than-fit-0001"))["refusal"]["code"] == "bad_message"
        await console.must("bring_items", stage="swot", items=BRING["items"])
        await console.until(lambda: len(console.view["items"]) == 2)
