"""Asking what says the same: answered from what one may see, refused where one may not ask or
asks too fast."""

import asyncio

import pytest

from tests.support.definitions import short
from tests.support.page import Page, asynchronous

pytestmark = pytest.mark.live


async def joined(page: Page, group: str) -> Page:
    await page.must("join")
    await page.must("describe", group=group)
    return page


async def answered(page: Page, name: str, about: dict[str, object]) -> dict[str, object]:
    """The answer, asked for again as long as things are being compared; not faster than one may."""
    while True:
        answer = await page.call(name, about)
        if answer.get("refusal", {}).get("code") not in ("try_again", "too_fast"):
            return answer
        await asyncio.sleep(0.05)


@asynchronous
async def test_writers_and_consoles_ask_and_nobody_is_told_more_than_the_board(new_hall):
    hall = new_hall()
    async with hall.console() as console, hall.phone() as ana, hall.phone() as beto, hall.screen() as screen:
        await console.must("open_stage", stage="swot")
        await joined(ana, "business")
        await joined(beto, "government")
        titles = [
            "Sol todo el año",
            "Puerto cercano",
            "Dos universidades",
            "Aceite de oliva",
            "Playas",
            "Cocina",
        ]
        for title in titles:
            await ana.must("add_item", run="swot.1", column="s", title=title)
        await beto.must("add_item", run="swot.1", column="s", title="Hay sol todo el año")
        await console.until(lambda: len(console.view["items"]) == 7)
        item = {i["title"]: i["id"] for i in console.view["items"].values()}

        about = {"run": "swot.1", "column": "s", "text": "todo el ano sol"}
        assert (await answered(beto, "similar", about)) == {"items": [item["Sol todo el año"]]}
        assert (await answered(ana, "similar", about)) == {"items": [item["Hay sol todo el año"]]}
        two = [item["Sol todo el año"], item["Hay sol todo el año"]]
        assert (await answered(console, "alike", {"stage": "swot"})) == {"groups": [two]}

        await console.must("hide_item", item=two[0])
        assert (await answered(beto, "similar", about)) == {"items": []}
        assert (await answered(console, "alike", {"stage": "swot"})) == {"groups": []}
        await console.must("show_item", item=two[0])
        await console.must("tell_apart", items=two)
        assert (await answered(console, "alike", {"stage": "swot"})) == {"groups": []}

        for page, name, sent, code in (
            (screen, "similar", about, "not_allowed"),
            (beto, "alike", {"stage": "swot"}, "not_allowed"),
            (console, "similar", about, "not_allowed"),
            (beto, "similar", {"text": "sol"}, "bad_message"),
        ):
            assert (await answered(page, name, sent)) == {"ok": False, "refusal": {"code": code}}
        rushed = [await beto.call("similar", about) for _ in range(10)]
        assert rushed[-1]["refusal"]["code"] == "too_fast"
        await beto.must("add_item", run="swot.1", column="s", title="Votes and texts are not held up by it")


@asynchronous
async def test_where_others_are_hidden_nothing_is_suggested(new_hall):
    hall = new_hall(short(others="after_close"))
    async with hall.console() as console, hall.phone() as ana, hall.phone() as beto:
        await console.must("open_stage", stage="swot")
        await joined(ana, "business")
        await joined(beto, "government")
        await ana.must("add_item", run="swot.1", column="s", title="Sol todo el año")
        about = {"run": "swot.1", "column": "s", "text": "Sol todo el año"}
        assert (await answered(beto, "similar", about)) == {"items": []}
        told = [told for name, told in beto.told if name != "similar"]
        assert "Sol todo el año" not in str(told)
        await console.must("bring_items", stage="swot", items=[{"title": "Sol el año todo", "column": "s"}])
        await beto.until(lambda: "brought" in beto.view["now"])
        (brought,) = beto.view["now"]["brought"]["items"]
        assert (await answered(beto, "similar", about)) == {"items": [brought]}


@asynchronous
async def test_who_is_not_in_is_suggested_nothing(new_hall):
    hall = new_hall(short(door="admitted"))
    async with hall.console() as console, hall.phone() as ana, hall.phone() as waits, hall.phone() as outside:
        await console.must("open_stage", stage="swot")
        for phone in (ana, waits):
            await joined(phone, "business")
        await console.must("admit", person=ana.own["person"])
        await ana.must("add_item", run="swot.1", column="s", title="Sol todo el año")
        about = {"run": "swot.1", "column": "s", "text": "todo el año sol"}
        for phone, code in ((waits, "not_admitted"), (outside, "not_joined")):
            assert (await answered(phone, "similar", about)) == {"ok": False, "refusal": {"code": code}}
        await console.must("admit", person=waits.own["person"])
        assert len((await answered(waits, "similar", about))["items"]) == 1
