"""People who help without an account, over the wire: what they may, where, and until when."""

import asyncio
import http.cookiejar
import itertools
import json
import re
import time
import urllib.parse
import urllib.request

import msgspec
import pytest

from edp_app.live.describe import COMMANDS
from edp_app.log import store
from tests.support.page import Page, Refused, asynchronous
from tests.support.roles import ALL, ASSISTANTS, MAY, tag_of

pytestmark = pytest.mark.live

NAME = "Rosa Mamani"
PORTIONS = [COMMANDS[n : n + 15] for n in range(0, len(COMMANDS), 15)]
"""So many commands any page may send without being asked to slow down."""


class Desk:
    """A facilitator's browser, for what the console asks for beside the live connection."""

    def __init__(self, hall, cookie=None):
        self.base = f"{hall.server.url}/workshops/{hall.code}"
        self.cookie = cookie or hall.cookies["ana"]
        page = self._open(urllib.request.Request(f"{self.base}/console", headers={"Cookie": self.cookie}))
        self.token = json.loads(re.search(r'"csrf": ("[^"]+")', page)[1])

    def ask(self, path, *, post=True):
        headers = {"Cookie": self.cookie, "X-CSRFToken": self.token, "Accept": "application/json"}
        url = urllib.parse.urljoin(f"{self.base}/", path)
        request = urllib.request.Request(url, b"" if post else None, headers)
        return json.loads(self._open(request))

    def _open(self, request):
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.read().decode()


def come(url, leads_to="/helping/"):
    """Open an invitation, give a name, press the button; the cookies of the browser that did. A link for a
    device is pressed alike."""
    jar = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    with browser.open(url, timeout=60) as page:
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.read().decode())[1]
    form = urllib.parse.urlencode({"csrf_token": token, "name": NAME}).encode()
    with browser.open(url, form, timeout=60) as page:
        assert leads_to in page.url
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


async def helping(hall, desk):
    """The cookie of somebody who has just come to help."""
    made = await asyncio.to_thread(desk.ask, "helpers/invite")
    return await asyncio.to_thread(come, made["url"])


@asynchronous
async def test_every_command_in_every_role(hall):
    desk = await asyncio.to_thread(Desk, hall)
    cookie = await helping(hall, desk)
    pages = {
        "participant": hall.phone,
        "screen": hall.screen,
        "assistant": lambda: Page(hall.server.url, "console", hall.code, cookie=cookie),
        "facilitator": hall.console,
    }
    for (role, opened), some in itertools.product(pages.items(), PORTIONS):
        async with opened() as page:
            for command in some:
                answer = await page.op(msgspec.to_builtins(command), f"asked-{role}-{tag_of(command)}")
                code = None if answer["ok"] else answer["refusal"]["code"]
                allowed = tag_of(command) in MAY.get(role, ())
                assert (code == "not_allowed") is not allowed, (role, command, code)


@asynchronous
async def test_the_view_says_what_a_helper_may_ask_for_and_others_are_told_nothing(hall):
    desk = await asyncio.to_thread(Desk, hall)
    cookie = await helping(hall, desk)
    async with Page(hall.server.url, "console", hall.code, cookie=cookie) as helper, hall.console() as ana:
        assert set((await helper.fetch())["may"]) == ASSISTANTS < ALL
        assert "may" not in await ana.fetch()
        await ana.must("open_stage", stage="swot")
        await helper.until(lambda: helper.view.get("now", {}).get("run") == "swot.1")
        async with hall.phone() as phone:
            await phone.must("join")
            await phone.must("describe", group="business")
            await phone.must("add_item", run="swot.1", column="w", title="Few roads")
        await helper.until(lambda: helper.view["items"])
        (item,) = helper.view["items"]
        await helper.must("hide_item", item=item)
        assert await helper.refused("close_stage", run="swot.1") == "not_allowed"
        assert NAME not in json.dumps([helper.view, ana.view])
    log = hall.server.database.read(store.events_after, hall.id)
    (hidden,) = [row for row in log if row.kind == "item_hidden"]
    (listed,) = (await asyncio.to_thread(desk.ask, "helpers", post=False))["helpers"]
    assert hidden.actor == listed["actor"] != ""
    assert hidden.actor.startswith("h:")
    assert NAME not in "".join(row.payload or "" for row in log)


@asynchronous
async def test_who_is_sent_away_is_cut_at_once_and_stays_out(hall, new_hall):
    desk = await asyncio.to_thread(Desk, hall)
    cookie, other = await helping(hall, desk), await helping(hall, desk)
    helper = await Page(hall.server.url, "console", hall.code, cookie=cookie).open()
    async with Page(hall.server.url, "console", hall.code, cookie=other) as stays:
        first, _second = (await asyncio.to_thread(desk.ask, "helpers", post=False))["helpers"]
        await asyncio.to_thread(desk.ask, f"helpers/{first['actor']}/remove")
        await helper.until_gone()
        assert helper.heard("bye") == [{"code": "not_allowed"}]
        assert (await stays.op({"type": "hide_item", "item": "i9"}))["refusal"]["code"] == "unknown_item"
    await helper.close()
    elsewhere = new_hall()
    for code, shown in ((hall.code, cookie), (elsewhere.code, other)):
        page = Page(hall.server.url, "console", code, cookie=shown)
        with pytest.raises(Refused) as caught:
            await page.connect()
        assert caught.value.code == "signed_out"
        await page.close()


@asynchronous
async def test_a_right_that_was_taken_elsewhere_counts_at_the_next_command(hall):
    """By the command line, beside the server: nobody told it."""
    desk = await asyncio.to_thread(Desk, hall)
    cookie = await helping(hall, desk)
    for asks in ("view", "op"):
        cookie = await helping(hall, desk) if asks == "op" else cookie
        page = await Page(hall.server.url, "console", hall.code, cookie=cookie).open()
        database = hall.server.database
        for row in database.read(store.helpers_of, hall.id, time.time_ns() // 1_000_000):
            database.call(store.remove_helper, hall.id, row.actor)
        sent = {} if asks == "view" else {"op_id": "op-12345678", "command": {"type": "step_back"}}
        await page.socket.emit(asks, sent)
        await page.until_gone(10)  # sooner than rights are looked through anew
        assert page.heard("bye") == [{"code": "not_allowed"}]
        await page.close()


@asynchronous
async def test_signing_out_elsewhere_cuts_the_other_consoles(hall, server):
    account = server.account("cleo")
    server.database.call(store.grant_access, hall.id, account)
    here, there = [await asyncio.to_thread(server.sign_in, "cleo") for _ in range(2)]
    desk = await asyncio.to_thread(Desk, hall, here)
    async with Page(server.url, "console", hall.code, cookie=here) as stays:
        other = await Page(server.url, "console", hall.code, cookie=there).open()
        assert await asyncio.to_thread(desk.ask, "/workshops/devices", post=False) == {"others": 1}
        assert await asyncio.to_thread(desk.ask, "/workshops/devices/sign-out") == {"others": 0}
        await other.until_gone()
        assert other.heard("bye") == [{"code": "signed_out"}]
        await other.close()
        await stays.must("open_stage", stage="swot")


@asynchronous
async def test_a_remote_leads_its_workshop_and_no_other(new_hall):
    hall, other = new_hall(), new_hall()
    desk = await asyncio.to_thread(Desk, hall)
    link = (await asyncio.to_thread(desk.ask, "device"))["url"]
    cookie = await asyncio.to_thread(come, link, f"/workshops/{hall.code}/console")
    async with Page(hall.server.url, "console", hall.code, cookie=cookie) as remote:
        await remote.must("open_stage", stage="swot")
    with pytest.raises(Refused, match="not_allowed"):
        await Page(hall.server.url, "console", other.code, cookie=cookie).open()
