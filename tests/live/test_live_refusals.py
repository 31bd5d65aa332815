"""Who may not, what is not understood, and what is too much: over the wire, against a real server."""

import asyncio
import json
import urllib.error
import urllib.request

import pytest
from socketio.exceptions import ConnectionError as SocketRefused

from edp_app.live.entrance import OPS
from edp_app.live.protocol import MAX_MESSAGE, person_id
from edp_app.log import store
from tests.support.page import Page, Refused, asynchronous

pytestmark = pytest.mark.live

AT_ONCE = 10.0
"""Seconds: at the command, not when rights are looked through anew, every half minute."""


async def entered(page):
    """The code with which this page's connection is refused; "" if it is not."""
    try:
        await page.connect()
    except Refused as refusal:
        return refusal.code
    finally:
        await page.close()
    return ""


async def refused(page):
    """The code of a connection that has to be refused."""
    code = await entered(page)
    assert code
    return code


# ---- connecting


@asynchronous
async def test_a_code_that_no_workshop_has_is_refused(hall):
    unused = "000000"  # codes begin at 100000
    for role in ("phone", "screen"):
        assert await refused(Page(hall.server.url, role, unused)) == "unknown_workshop"
    assert (
        await refused(Page(hall.server.url, "console", unused, cookie=hall.cookies["ana"]))
        == "unknown_workshop"
    )


@asynchronous
async def test_a_console_needs_its_own_facilitator(hall):
    assert await refused(hall.console(who="nobody")) == "signed_out"
    assert await refused(hall.console(who="bea")) == "not_allowed"
    forged = hall.cookies["ana"][:-4] + "AAAA"
    assert await refused(Page(hall.server.url, "console", hall.code, cookie=forged)) == "signed_out"
    async with hall.console("ana") as console:
        assert console.view["stages"]


@pytest.mark.parametrize(
    ("auth", "code"),
    [
        ({}, "bad_message"),
        ({"v": 1}, "bad_message"),
        ({"v": 2, "role": "screen", "code": "CODE"}, "outdated_page"),
        ({"v": "1", "role": "screen", "code": "CODE"}, "bad_message"),
        ({"v": 1, "role": "owner", "code": "CODE"}, "bad_message"),
        ({"v": 1, "role": "phone", "code": "CODE"}, "bad_message"),
        ({"v": 1, "role": "phone", "code": "CODE", "secret": "short"}, "bad_message"),
        ({"v": 1, "role": "screen", "code": "CODE", "secret": "s" * 43}, "bad_message"),
        ({"v": 1, "role": "screen", "code": "CODE", "person": "p:x"}, "bad_message"),
        ({"v": 1, "role": "screen", "code": ["CODE"]}, "bad_message"),
    ],
)
@asynchronous
async def test_who_connects_is_said_in_one_way_only(hall, auth, code):
    sent = json.loads(json.dumps(auth).replace("CODE", hall.code))
    if sent == {}:
        sent = {"v": 0}  # what an empty object is taken for; see the test of packets
        code = "outdated_page"
    assert await refused(hall.screen(auth=sent)) == code


@asynchronous
async def test_another_sites_page_is_refused(hall):
    for origin in ("https://evil.example", "null", f"http://127.0.0.1:{hall.server.port + 1}"):
        for transport in ("websocket", "polling"):
            page = hall.console(headers={"Origin": origin}, transports=(transport,))
            # The client library closes its session before it reads the refusal, and may stumble over that.
            with pytest.raises((SocketRefused, RuntimeError)):
                await page.connect()
            await page.close()
            assert {name for name, _ in page.told} <= {"connect_error"}
    async with hall.console(headers={"Origin": hall.server.url}) as console:
        assert console.view


def test_jsonp_is_refused(hall):
    """It would let a foreign page read answers without asking the browser's leave."""
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(f"{hall.server.url}/socket.io/?EIO=4&transport=polling&j=0", timeout=60)
    assert caught.value.code == 400
    caught.value.close()


@asynchronous
async def test_a_phone_is_who_its_secret_says_and_nobody_else(hall):
    async with hall.phone() as phone:
        await phone.must("join")
        assert phone.own["person"] == person_id(hall.id, phone.secret)
        assert phone.secret not in json.dumps(phone.told)


# ---- asking


FACILITATORS = [
    {"type": "open_stage", "stage": "swot"},
    {"type": "step_back"},
    {"type": "reveal_result", "run": "swot.1"},
    {"type": "hide_item", "item": "i1"},
    {"type": "set_door", "open": False},
    {"type": "end_workshop"},
    {"type": "enter_paper_ballot", "run": "swot.1", "voter": "1", "group": "business", "dots": {}},
]


@asynchronous
async def test_a_phone_may_not_do_what_a_facilitator_does(hall):
    async with hall.phone() as phone:
        await phone.must("join")
        seq = phone.seq
        for command in FACILITATORS:
            answer = await phone.op(command)
            assert answer["refusal"]["code"] == "not_allowed", command
        await phone.fetch()
        assert phone.seq == seq


@asynchronous
async def test_a_screen_may_send_nothing(hall):
    async with hall.screen() as screen:
        for command in ({"type": "join"}, *FACILITATORS):
            answer = await screen.op(command)
            assert answer["refusal"]["code"] == "not_allowed"
            assert "self" not in answer


@asynchronous
async def test_a_facilitator_does_not_vote(hall):
    async with hall.console() as console:
        for command in ({"type": "join"}, {"type": "cast_ballot", "run": "weigh.1", "item": "i1", "dots": 1}):
            answer = await console.op(command)
            assert answer["refusal"]["code"] == "not_allowed"


@pytest.mark.parametrize(
    "data",
    [
        "x",
        [],
        {},
        {"op_id": "abcdefgh"},
        {"op_id": "abcdefgh", "command": {"type": "join"}, "actor": "f:1"},
        {"op_id": "abcdefgh", "command": {"type": "join", "person": "p:somebody"}},
        {"op_id": "abcdefgh", "command": {"type": "join", "actor": "f:1", "role": "facilitator"}},
        {"op_id": "short", "command": {"type": "join"}},
        {"op_id": "abcdefgh", "command": {"type": "workshop_created"}},
        {"op_id": "abcdefgh", "command": {"type": "cast_ballot", "run": "r", "item": "i", "dots": "NaN"}},
    ],
)
@asynchronous
async def test_what_is_not_understood_is_refused_as_such(hall, data):
    async with hall.phone() as phone:
        answer = await phone.call("op", data)
        assert answer["refusal"]["code"] == "bad_message"
        await phone.must("join")  # and the connection lives on


@asynchronous
async def test_half_characters_are_refused_with_a_sentence(hall):
    async with hall.console() as console, hall.phone() as phone:
        await console.must("open_stage", stage="swot")
        await phone.must("join")
        await phone.must("describe", group="business", territory="tacna")
        refusal = await phone.refused("add_item", run="swot.1", column="s", title="half \ud83d")
        assert refusal == "bad_text"


@asynchronous
async def test_ids_of_another_workshop_are_unknown_here(hall, new_hall):
    other = new_hall()
    async with (
        hall.console() as console,
        other.console() as elsewhere,
        hall.phone() as phone,
        other.phone() as theirs,
    ):
        for one, page in ((console, phone), (elsewhere, theirs)):
            await one.must("open_stage", stage="swot")
            await page.must("join")
            await page.must("describe", group="business", territory="tacna")
        for i in range(5):
            await theirs.must("add_item", run="swot.1", column="s", title=f"Theirs {i}")
        foreign = list(theirs.own["items"])[-1]
        await elsewhere.must("open_stage", stage="weigh")
        assert await phone.refused("withdraw_item", run="swot.1", item=foreign) == "unknown_item"
        assert await console.refused("hide_item", item=foreign) == "unknown_item"
        assert await phone.refused("cast_ballot", run="weigh.1", item=foreign, dots=1) == "unknown_run"
        assert (
            await console.refused("correct_group", person=theirs.own["person"], group="business")
            == "unknown_person"
        )
        assert "Theirs" not in json.dumps([phone.told, console.told])
        # The same secret is another person there.
        async with other.phone(secret=phone.secret) as visitor:
            assert visitor.own["person"] != phone.own["person"]
            assert not visitor.own["joined"]


@asynchronous
async def test_events_that_are_not_in_the_protocol_are_ignored(hall):
    async with hall.console() as console, hall.phone() as phone:
        environ = {"REMOTE_ADDR": "10.0.0.1", "HTTP_COOKIE": hall.cookies["ana"]}
        auth = {"v": 1, "role": "console", "code": hall.code}
        await phone.socket.emit("connect", (environ, auth))
        await phone.socket.emit("connect", environ)
        await phone.socket.emit("disconnect", "server disconnect")
        await phone.socket.emit("change", {"from": 0, "to": 1, "patch": {}})
        await phone.socket.emit("op", ({"op_id": "abcdefgh", "command": {"type": "join"}}, "more"))
        await phone.socket.emit("op")
        await phone.must("join")
        assert await phone.refused("end_workshop") == "not_allowed"
        await console.until(lambda: console.heard("presence")[-1]["phones"] == 1)


# ---- too much


@asynchronous
async def test_a_message_that_is_too_long_ends_that_connection_and_no_other(hall):
    async with hall.phone() as other:
        phone = await hall.phone().open()
        big = {"op_id": "abcdefgh", "command": {"type": "join", "x": "y" * MAX_MESSAGE}}
        await phone.socket.emit("op", big)
        await phone.until_gone()
        await phone.close()
        await other.must("join")
        polling = await hall.phone(transports=("polling",)).open()
        await polling.socket.emit("op", big)
        await polling.until_gone()
        await polling.close()
        await other.fetch()
        assert other.view


@asynchronous
async def test_a_page_that_asks_too_fast_is_told_to_wait_and_may_go_on_then(hall):
    async with hall.phone() as phone, hall.phone() as other:
        await phone.must("join")
        (most, rate), loop = OPS["phone"], asyncio.get_running_loop()
        began = loop.time()
        # What nobody understands waits for no disk: however slow that is, these come too fast.
        rush = [phone.op({"type": "nothing"}, op_id=f"rush-{i:04}") for i in range(60)]
        codes = [answer["refusal"]["code"] for answer in await asyncio.gather(*rush)]
        took = loop.time() - began
        assert set(codes) == {"bad_message", "too_fast"}
        assert most - 1 <= codes.count("bad_message") <= most + rate * took + 1
        await other.must("join")  # nobody else waits
        await asyncio.sleep(0.5)
        slowed = f"rush-{codes.index('too_fast'):04}"
        assert (await phone.op({"type": "join"}, op_id=slowed))["ok"]
        asked = await asyncio.gather(*(phone.call("view", {}) for _ in range(20)))
        assert {a["refusal"]["code"] for a in asked if "refusal" in a} == {"too_fast"}


@asynchronous
async def test_wrong_codes_are_limited_without_locking_out_the_hall(hall, new_hall):
    hall_of_others = new_hall()

    async def guess():
        """Wrong codes until no more may be tried; what each came to."""
        codes = [""]
        while codes[-1] != "too_fast":
            codes.append(await refused(Page(hall.server.url, "screen", f"{len(codes):06}")))
        return codes[1:]

    async with hall.phone():  # the hall has been here
        codes = await guess()
        assert codes[0] == "unknown_workshop"
        assert len(codes) > 50
        async with hall.phone() as late:  # its people still get in
            await late.must("join")
        async with hall_of_others.console() as console:  # and so does whoever has signed in …
            assert console.view
        async with hall_of_others.phone() as guest:  # … and then their people
            await guest.must("join")
        # One more may be tried every two seconds, and this may be the moment: then it is used up again.
        for _ in range(10):
            if (code := await entered(new_hall().phone())) == "too_fast":
                break
            await guess()
        assert code == "too_fast"
        await asyncio.sleep(4.5)  # for the tests after this one


# ---- rights that end


@asynchronous
async def test_a_console_is_cut_when_its_account_is_closed(new_hall, server):
    login = "carla"
    account = server.account(login)
    cookie = server.sign_in(login)
    from tests.support.definitions import short

    _, code = server.workshop(short(), account)
    console = await Page(server.url, "console", code, cookie=cookie).open()
    await console.must("open_stage", stage="swot")
    server.database.call(store.set_account, account, active=False)
    await console.socket.emit("op", {"op_id": "abcdefgh", "command": {"type": "end_workshop"}})
    await console.until_gone(AT_ONCE)
    assert console.heard("bye") == [{"code": "signed_out"}]
    assert await refused(Page(server.url, "console", code, cookie=cookie)) == "signed_out"
    await console.close()
    async with Page(server.url, "screen", code) as screen:
        assert screen.view["workshop"]["ended"] is False


@asynchronous
async def test_a_console_is_cut_when_access_is_taken_away(hall, server):
    bea = server.database.read(store.account_by_login, "bea")
    server.database.call(store.grant_access, hall.id, bea.id, "facilitator")
    console = await hall.console("bea").open()
    await console.must("open_stage", stage="swot")
    server.database.call(store.revoke_access, hall.id, bea.id)
    await console.socket.emit("view", {})
    await console.until_gone(AT_ONCE)
    assert console.heard("bye") == [{"code": "not_allowed"}]
    await console.close()


def test_the_log_of_the_server_holds_no_texts_secrets_or_addresses(server):
    """Looks at what all tests of this folder have made it write."""
    text = server.log.read_text()
    assert "Traceback" not in text
    for secret in ("Olive groves", "Theirs", "Wish number", "REMOTE_ADDR", "s" * 43):
        assert secret not in text
