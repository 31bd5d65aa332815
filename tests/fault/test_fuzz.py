"""Malformed frames by the thousand: nothing breaks, changes or is kept, and others are served."""

import asyncio
import json
import socket
import sys
from collections.abc import Callable

from edp_app.log import store
from tests.support.fault_hall import GROUPS, Hall, limited
from tests.support.fault_raw import RawPage, packed
from tests.support.fault_results import Results
from tests.support.fault_server import FaultServer
from tests.support.raw_websocket import CLOSE
from tests.support.server import ROOT

FRAMES = (5_000, 1_000_000)
"""Of a short and of a long run."""

SEED = 1
MOST_MEMORY = 150_000_000
"""Bytes that the server may grow by."""


async def attack(hall: Hall, secret: str, frames: int) -> dict:  # type: ignore[type-arg]
    """Let the fuzzer loose, in a process of its own; what came of it."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.support.fault_fuzzer", str(hall.server.port), hall.code, secret),
        *(str(SEED), str(frames)),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    out, _ = await process.communicate()
    assert process.returncode == 0, "the server did not answer an attacker"
    return json.loads(out)


def test_malformed_frames(serve: Callable[..., FaultServer], long: bool, results: Results) -> None:
    hall = Hall(serve())

    async def through() -> None:
        await hall.console.connect()
        await hall.fill(2)
        honest, member = hall.phones
        await hall.open("swot")
        for phone in hall.phones:
            await phone.must(phone.next())
        await hall.do("set_door", open=False)
        await attack(hall, member.secret, 500)  # what is made once, at the first use
        before, base = digest(hall), hall.server.memory()
        hall.server.forget_most_memory()
        attacker = asyncio.create_task(attack(hall, member.secret, FRAMES[long]))
        served = 0
        while not attacker.done():
            served += 1
            answer = await honest.send({"type": "describe", "group": GROUPS[honest.number]})
            assert (answer["ok"], answer["first"]) == (True, 0)
            await honest.client.fetch()
            await asyncio.wait({attacker}, timeout=1.2)
        came = attacker.result()
        grown = hall.server.most_memory() - base
        results.count(frames=came["frames"], connections=came["connections"], operations=served)
        results.peak(grown)
        results.note(f"{came['answers']} frames were answered; connections: {dict(came['ends'])}")
        assert came["answers"] > came["frames"] / 5, "too little of it was looked at"
        assert came["wrong"] == []
        assert served > 0
        assert digest(hall) == before, "something was changed"
        assert grown < MOST_MEMORY, grown
        await hall.leave()

    limited(6 * 3600 if long else 300, through())
    assert hall.account().whole
    said = hall.server.said().split("Stop with Ctrl-C.")[1]
    for word in ("Traceback", "Error", "127.0.0.1", "/socket.io"):
        assert word not in said, said[-3000:]


def test_half_a_character_in_the_name_of_a_field_is_answered(shared: FaultServer) -> None:
    hall = Hall(shared)
    half = {"\ud800": 1}
    with RawPage(shared.port, "screen", hall.code) as page:
        assert page.ask("view", half)["refusal"]["code"] == "bad_message"
        assert page.ask("op", half)["refusal"]["code"] == "bad_text"
    stranger = RawPage(shared.port, "screen", hall.code, auth={"v": 1} | half)
    with stranger.raw as raw:
        raw.open().read_text()
        raw.send(packed(f"40{json.dumps(stranger.auth)}"))
        assert raw.read_text() == '44{"message":"refused","data":{"code":"bad_message"}}'


def test_what_is_no_request_leaves_no_address_in_the_log(shared: FaultServer) -> None:
    for sent in (b"GET /first/secret HTTP/9.9\r\n\r\n", b"\x16\x03\x01\r\n\r\n"):
        with socket.create_connection(("127.0.0.1", shared.port)) as sock:
            sock.sendall(sent)
            assert b" 400 " in sock.recv(100)
    said = shared.said().split("Stop with Ctrl-C.")[1]
    assert "could not be read" in said
    assert "127.0.0.1" not in said
    assert "secret" not in said


def test_what_follows_a_farewell_is_heard_by_nobody(shared: FaultServer) -> None:
    hall = Hall(shared)
    page = RawPage(shared.port, "screen", hall.code)
    greeting = packed(f"40{json.dumps(page.auth)}")
    with page.raw as raw:
        raw.open().read_text()
        raw.send(greeting + packed("1") + greeting + packed('42["view",{}]') + packed("41"))
        while raw.read_frame()[0] != CLOSE:
            pass
    assert "handler error" not in shared.said()


def digest(hall: Hall) -> str:
    """Of the last event of the log, which every event before it goes into."""
    found: str = hall.server.database.read(store.head, hall.id).digest
    return found
