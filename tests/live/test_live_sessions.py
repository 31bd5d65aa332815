"""What a facilitator's session allows: the console until signing out, and the names that people gave."""

import asyncio
import json
import re
import urllib.error
import urllib.parse
import urllib.request

import pytest

from edp_app.log import store
from tests.support.page import Page, Refused, asynchronous

pytestmark = pytest.mark.live

NAME, ORGANISATION = "Rosaura Mamani", "Cooperativa del Valle"


def ask(server, path, cookie, form=None):
    """The answer's status and text."""
    data = None if form is None else urllib.parse.urlencode(form).encode()
    request = urllib.request.Request(
        f"{server.url}{path}", data, {"Cookie": cookie, "Accept": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.read().decode()


def sign_out(server, cookie):
    """Press “Sign out” on the list of workshops."""
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', ask(server, "/workshops", cookie)[1])
    assert token
    return ask(server, "/logout", cookie, {"csrf_token": token[1]})[0]


@asynchronous
async def test_signing_out_cuts_the_consoles_of_that_session_and_no_others(hall, server):
    cookie = server.sign_in("ana")
    console = await Page(server.url, "console", hall.code, cookie=cookie).open()
    async with hall.console() as other:
        assert await asyncio.to_thread(sign_out, server, cookie) == 200
        await console.until_gone()
        assert console.heard("bye") == [{"code": "signed_out"}]
        again = Page(server.url, "console", hall.code, cookie=cookie)
        with pytest.raises(Refused) as caught:
            await again.connect()
        assert caught.value.code == "signed_out"
        await again.close()
        await other.must("open_stage", stage="swot")
        assert not other.heard("bye")
    await console.close()


@asynchronous
async def test_names_are_for_the_facilitators_of_the_workshop_alone(hall, server):
    async with hall.console() as console, hall.screen() as screen, hall.phone() as other:
        await other.must("join")
        async with hall.phone() as phone:
            await phone.must("join")
            await phone.must("name_myself", name=NAME, organisation=ORGANISATION)
            person = phone.own["person"]
            await console.until(lambda: console.view["persons"].get(person, {}).get("named"))
            path = f"/workshops/{hall.code}/names"
            status, text = await asyncio.to_thread(ask, server, path, hall.cookies["ana"])
            assert status == 200
            assert json.loads(text) == {person: {"name": NAME, "organisation": ORGANISATION}}
            assert (await asyncio.to_thread(ask, server, path, hall.cookies["bea"]))[0] == 404
            assert (await asyncio.to_thread(ask, server, path, ""))[0] == 401
            for page in (console, screen, other, phone):
                await page.fetch()
                held = json.dumps([page.told, page.view, page.own], ensure_ascii=False)
                assert NAME not in held, page.auth
                assert ORGANISATION not in held, page.auth
            assert "named" not in json.dumps([screen.view, other.view])
            # The report reads the log alone.
            log = server.database.read(store.events_after, hall.id)
            assert not [row for row in log if NAME in (row.payload or "")]
            await phone.must("name_myself", name="", organisation="")
            await console.until(lambda: "named" not in console.view["persons"][person])
            assert json.loads((await asyncio.to_thread(ask, server, path, hall.cookies["ana"]))[1]) == {}
