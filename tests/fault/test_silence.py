"""A line that falls silent without being closed: both sides notice, and nothing happens twice."""

import asyncio
from collections.abc import Callable
from typing import Any

from tests.support.fault_hall import Hall, limited
from tests.support.fault_proxy import Proxy
from tests.support.fault_results import Results
from tests.support.fault_server import SHORT_PINGS, FaultServer
from tests.support.page import Page

PHONES = 12


def server(serve: Callable[..., FaultServer], long: bool) -> FaultServer:
    """One that notices after four seconds in a short run, after eighteen in a long one, as in a hall."""
    return serve(before="" if long else SHORT_PINGS)


def is_offline(page: Any) -> bool:
    return page._socket is None or not page._socket.connected


def test_a_server_that_stands_still(serve: Callable[..., FaultServer], long: bool, results: Results) -> None:
    hall = Hall(server(serve, long))

    async def through() -> None:
        await hall.console.connect()
        await hall.fill(PHONES)
        await hall.open("swot")
        await asyncio.gather(*(phone.must(phone.next()) for phone in hall.phones))
        await hall.open("weigh")
        run = hall.console.view["now"]["run"]
        async with hall.everybody_acts():
            for _ in range(20 if long else 2):
                await hall.until_answered(40)
                hall.server.hold()
                try:
                    await hall.until(lambda: all(is_offline(phone.client) for phone in hall.phones))
                finally:
                    hall.server.go_on()
                results.count(restarts=1)
                await hall.until_answered(40)
        await hall.do("close_stage", run=run)
        await hall.do("reveal_result", run=run)
        await hall.everybody(lambda page: run in page.view["results"])
        assert len({str(phone.client.view) for phone in hall.phones}) == 1
        await hall.leave()

    limited(3600 if long else 300, through())
    account = hall.account()
    results.count(operations=account.operations, lost=len(account.lost), double=len(account.double))
    results.note(f"{account.resent} operations sent more than once; the server stopped and went on")
    assert account.whole, account
    assert account.resent > 0
    assert not (problems := hall.recounted()), problems


def test_phones_whose_line_swallows_everything(
    serve: Callable[..., FaultServer], long: bool, results: Results
) -> None:
    hall = Hall(server(serve, long))

    async def through() -> None:
        async with Proxy(hall.server.port) as proxy:
            console = await Page(hall.server.url, "console", hall.code, cookie=hall.cookie).open()

            def here() -> int:
                return int((console.heard("presence") or [{"phones": -1}])[-1]["phones"])

            await hall.fill(4, proxy.url)
            await hall.fill(3)
            await until(console, lambda: here() == 7)
            proxy.silent = True
            await until(console, lambda: here() == 3)  # the others are still there
            results.count(cuts=4)
            await hall.leave()
            await console.close()

    limited(300, through())
    assert hall.account().whole


async def until(page: Page, condition: Callable[[], bool]) -> None:
    """Like the page's own, for as long as silence takes to be noticed and longer."""
    while not condition():
        page._news.clear()
        await page._news.wait()
