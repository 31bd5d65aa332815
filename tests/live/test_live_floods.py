"""One connection that sends as fast as it can: it is cut, little of it is looked at, and the others go on."""

import asyncio
import contextlib
import json
import sys

import pytest
from socketio.exceptions import SocketIOError

from edp_app.live.limits import MESSAGES
from tests.support.page import asynchronous
from tests.support.server import ROOT

pytestmark = pytest.mark.live

SECONDS = 15.0


async def attack(hall, kind):
    """Let an attacker loose, in a process of its own; what came of it."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.support.flooder"),
        *("127.0.0.1", str(hall.server.port), hall.code, kind, str(SECONDS)),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    out, _ = await process.communicate()
    assert process.returncode == 0
    return json.loads(out)


@pytest.mark.parametrize("kind", ["junk", "pings", "empty", "ops"])
@asynchronous
async def test_a_flood_is_cut_and_the_others_go_on(hall, kind):
    async with hall.console() as console, hall.phone() as phone:
        await console.must("open_stage", stage="swot")
        await phone.must("join")
        attackers = [asyncio.create_task(attack(hall, kind)) for _ in range(2)]
        answered = 0
        while not all(attacker.done() for attacker in attackers):
            await phone.must("describe", group=("business", "academia")[answered % 2], territory="tacna")
            answered += 1
            await asyncio.sleep(0.15)
        assert answered > 0
        for attacker in attackers:
            came = attacker.result()
            assert came["cut"], "it was let go on"
            if kind in ("ops", "pings"):  # the others get no answers that could be counted
                assert 0 < came["answered"] < 2 * MESSAGES[0] <= came["sent"]
        await phone.must("describe", group="business", territory="tacna")


@asynchronous
async def test_a_page_that_polls_and_sends_too_much_is_cut_off(hall):
    phone = await hall.phone(transports=("polling",)).open()
    async with hall.phone() as other:
        await phone.must("join")
        with contextlib.suppress(SocketIOError):  # it may be gone at any of them
            for number in range(MESSAGES[0] * 3):
                await phone.socket.emit("nothing", {"number": number})
                await asyncio.sleep(0)
        await phone.until_gone()
        await other.must("join")
    assert "polls sent too much" in hall.server.log.read_text()
    await phone.close()
