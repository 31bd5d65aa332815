"""A rehearsal as it is begun at the console, against real servers: the people come, act and go, whichever of
two processes is asked."""

import asyncio
import contextlib
import http.cookiejar
import re
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from edp_app.log import store
from tests.support.definitions import short
from tests.support.page import Page, asynchronous
from tests.support.pair import Pair
from tests.support.server import PASSWORD, LiveServer

pytestmark = [pytest.mark.live, pytest.mark.slow]

PEOPLE = 3


class Desk:
    """The browser of a facilitator: pages, forms, and the cookie of the session, for any of the servers."""

    def __init__(self, url: str) -> None:
        self._jar = http.cookiejar.CookieJar()
        self._browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self._jar))
        form = {"login": "ana", "password": PASSWORD, "csrf_token": self._token(f"{url}/login")}
        self._browser.open(f"{url}/login", urllib.parse.urlencode(form).encode(), timeout=60).close()

    def press(self, url: str, path: str, **fields: Any) -> str:
        """Send the console's form to this server; the code of the console that it led to."""
        form = {"csrf_token": self._token(f"{url}/workshops/new"), **fields}
        with self._browser.open(f"{url}{path}", urllib.parse.urlencode(form).encode(), timeout=60) as page:
            found = re.search(r"/workshops/(\d{6})/console", page.url)
            assert found, f"{path} led to {page.url}"
            return found[1]

    @property
    def cookie(self) -> str:
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self._jar)

    def _token(self, address: str) -> str:
        with self._browser.open(address, timeout=60) as page:
            token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.read().decode())
        assert token
        return token[1]


def crowds_of(server: LiveServer) -> list[int]:
    """The processes of simulated people that this server has started."""
    found = []
    for task in Path(f"/proc/{server.pid}/task").iterdir():
        with contextlib.suppress(OSError):  # a thread of the server that has just ended
            found += [int(child) for child in (task / "children").read_text().split() if is_crowd(child)]
    return found


def is_crowd(pid: str) -> bool:
    try:
        return b"rehearsal-crowd" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:  # it has just ended
        return False


async def nobody_of(server: LiveServer) -> None:
    """Until its simulated people have gone."""
    async with asyncio.timeout(60):
        while crowds_of(server):
            await asyncio.sleep(0.05)


async def come(page: Page) -> None:
    """Until everybody has joined and said who they are, except those who come late."""
    await page.until(lambda: sum(page.view["people"]["by_group"].values()) >= 1)


@asynchronous
async def test_people_come_act_as_stages_open_and_go(server: LiveServer) -> None:
    owner = server.database.read(store.account_by_login, "ana")
    real, code = server.workshop(short(), owner.id)
    before = server.database.read(store.events_after, real)
    desk = await asyncio.to_thread(Desk, server.url)
    path = f"/workshops/{code}/rehearsal"
    copy = await asyncio.to_thread(desk.press, server.url, path, people=PEOPLE, speed=10)
    assert len(crowds_of(server)) == 1
    console = await Page(server.url, "console", copy, cookie=desk.cookie).open()
    assert console.view["workshop"]["rehearsal"] is True
    await come(console)
    await console.must("open_stage", stage="swot")
    await console.until(lambda: console.view["items"] != {})
    assert {item["column"] for item in console.view["items"].values()} <= {"s", "w", "o", "t"}

    phone = await Page(server.url, "phone", copy).open()
    await phone.must("join")
    again = await asyncio.to_thread(desk.press, server.url, f"/workshops/{copy}/rehearsal/again")
    assert again == copy
    for page in (console, phone):
        await page.until_gone()
        assert ("bye", {"code": "unknown_workshop"}) in page.told
    console = await Page(server.url, "console", copy, cookie=desk.cookie).open()
    assert console.view["items"] == {}
    await come(console)

    await asyncio.to_thread(desk.press, server.url, f"/workshops/{copy}/rehearsal/end")
    await console.until_gone()
    assert crowds_of(server) == []
    assert server.database.read(store.workshop_by_code, copy) is None
    assert server.database.read(store.events_after, real) == before, "the workshop itself is not touched"
    for page in (console, phone):
        await page.close()


@asynchronous
async def test_any_process_may_be_asked_and_the_one_that_is_sends_the_people(pair: Pair) -> None:
    one, other = pair.servers
    desk = await asyncio.to_thread(Desk, one.url)
    path = f"/workshops/{pair.code}/rehearsal"
    copy = await asyncio.to_thread(desk.press, one.url, path, people=PEOPLE, speed=10)
    assert await asyncio.to_thread(desk.press, other.url, path) == copy, "there is one at a time"
    assert (len(crowds_of(one)), crowds_of(other)) == (1, [])

    await asyncio.to_thread(desk.press, other.url, f"/workshops/{copy}/rehearsal/again")
    assert len(crowds_of(other)) == 1
    console = await Page(one.url, "console", copy, cookie=desk.cookie).open()
    await come(console)
    await nobody_of(one)  # which has heard that its copy is gone

    await asyncio.to_thread(desk.press, one.url, f"/workshops/{copy}/rehearsal/end")
    await console.until_gone()
    await nobody_of(other)
    assert [event.kind for event in pair.log()] == ["workshop_created"]
    await console.close()
