"""One person with many connections: one budget for all of them, and the others notice nothing."""

import asyncio
from contextlib import AsyncExitStack

import pytest

from edp_app.live.limits import OPS_OF_PERSON, PAGES_OF_PERSON
from edp_app.log.store.sql import execute
from edp_app.rooms.outcome import MOST_KEPT
from tests.live.test_live_refusals import refused
from tests.support.page import Page, asynchronous

pytestmark = pytest.mark.live

ANA = "ana-" + "s" * 40


def mine(hall) -> Page:
    return hall.phone(secret=ANA)


@asynchronous
async def test_a_person_has_so_many_pages(hall):
    async with AsyncExitStack() as stack:
        pages = [await stack.enter_async_context(mine(hall)) for _ in range(PAGES_OF_PERSON)]
        assert await refused(mine(hall)) == "too_fast"
        async with hall.phone() as other:
            await other.must("join")
        await pages[0].close()
        while True:  # until the server has noticed
            page = mine(hall)
            try:
                await page.connect()
            except Exception:  # noqa: BLE001 -- refused as before
                await page.close()
                continue
            break
        await page.must("join")
        await page.close()


@asynchronous
async def test_many_pages_of_one_person_do_no_more_than_one(hall):
    size, rate = OPS_OF_PERSON
    async with AsyncExitStack() as stack:
        console = await stack.enter_async_context(hall.console())
        await console.must("open_stage", stage="swot")
        pages = [await stack.enter_async_context(mine(hall)) for _ in range(8)]
        await pages[0].must("join")
        loop = asyncio.get_running_loop()
        began, codes = loop.time(), []

        async def hurry(page):
            for _ in range(20):
                codes.append(await page.refused("withdraw_item", run="swot.1", item="i999"))

        other = await stack.enter_async_context(hall.phone())
        await asyncio.gather(*map(hurry, pages), other.must("join"))
        took = loop.time() - began
    decided = len(codes) - codes.count("too_fast")
    assert size - 5 <= decided <= size + rate * took + 1
    statement = "SELECT count(*) FROM operation WHERE workshop_id = ? AND first_seq IS NULL"
    rows = hall.server.database.read(lambda session: execute(session, statement, (hall.id,)).scalar())
    assert rows <= MOST_KEPT
