"""Thousands of connections that say nothing, stop half-way or read nothing, and floods: the server's memory
stays within bounds, and an honest phone is served."""

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from tests.support.fault_hall import FIELD_LENGTH, GROUPS, Hall, busy, limited
from tests.support.fault_results import Results
from tests.support.fault_server import FaultServer
from tests.support.server import ROOT

BOUND = 300_000_000
"""Bytes that the server may grow by, whatever is done to it."""

FIELDS, ITEMS = 4, 4
"""Of each of ten people: enough for views of some 300 KB."""

HOARDS = {
    "connect": (300, 4000),
    "head": (300, 4000),
    "handshake": (300, 4000),
    "screen": (300, 4000),
    "slow": (200, 3000),
    "patient": (300, 4000),
}
"""How many connections a short and a long run open of each kind."""

FLOODS = ("junk", "pings", "empty", "ops")


@contextlib.asynccontextmanager
async def hoarding(hall: Hall, kind: str, count: int) -> AsyncIterator[None]:
    """Within the block somebody keeps so many connections of this kind open."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.support.fault_hoarder"),
        *(str(hall.server.port), hall.code, kind, str(count)),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert await process.stdout.readline() == b"open\n"
    try:
        yield
    finally:
        process.stdin.close()
        await process.wait()


async def served(hall: Hall, number: int) -> None:
    """Somebody who is here is answered and sees the view; somebody else comes, joins and goes."""
    honest = hall.phones[number % len(hall.phones)]
    groups = [group for group in GROUPS if group != honest.client.own.get("group")]
    await honest.must({"type": "describe", "group": groups[0]})
    await honest.client.fetch()
    newcomer = hall.stranger(number)
    await newcomer.connect()
    assert (await newcomer.op("join-it-is", {"type": "join"}))["ok"]
    await newcomer.close()


async def furnish(hall: Hall) -> None:
    """Ten people write until the view is large."""
    await hall.console.connect()
    await hall.fill(10)
    run = await hall.open("swot")
    fields = {f"f{n}": "x" * FIELD_LENGTH for n in range(FIELDS)}
    for phone in hall.phones:
        for n in range(ITEMS):
            command = {"type": "add_item", "run": run, "column": "s", "title": f"{phone.number} {n}"}
            await phone.must(command | {"fields": fields})


def open_files(server: FaultServer) -> int:
    return len(list(Path(f"/proc/{server.pid}/fd").iterdir()))


async def gone(server: FaultServer, left: int) -> None:
    """Wait until the server has given up the connections."""
    while open_files(server) > left:
        await asyncio.sleep(0.1)


def test_hoarded_connections(serve: Callable[..., FaultServer], long: bool, results: Results) -> None:
    hall = Hall(serve(), definition=busy(FIELDS))

    async def through() -> None:
        await furnish(hall)
        await served(hall, 0)
        before, base = open_files(hall.server), hall.server.memory()
        for number, (kind, counts) in enumerate(HOARDS.items()):
            hall.server.forget_most_memory()
            async with hoarding(hall, kind, counts[long]):
                for step in range(10 if long else 2):
                    await served(hall, 1 + 100 * number + step)
                grown = hall.server.most_memory() - base
            results.count(connections=counts[long])
            results.peak(grown)
            results.note(f"{counts[long]} × {kind}: {grown / 1e6:.0f} MB")
            assert grown < BOUND, (kind, grown)
            await gone(hall.server, before + 10)
        await hall.leave()

    limited(3600 if long else 300, through())
    account = hall.account()
    results.count(operations=account.operations)
    assert not account.lost
    assert not account.double


def test_floods(serve: Callable[..., FaultServer], long: bool, results: Results) -> None:
    """Attackers who send as fast as they can, one after the other and several at once."""
    hall, rounds = Hall(serve()), 50 if long else 1

    async def flood(kind: str) -> None:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.support.flooder", "127.0.0.1", str(hall.server.port), hall.code),
            *(kind, "15"),
            cwd=ROOT,
            stdout=asyncio.subprocess.PIPE,
        )
        out, _ = await process.communicate()
        assert b'"cut": true' in out, out

    async def through() -> None:
        await hall.console.connect()
        await hall.fill(10)
        base = hall.server.memory()
        hall.server.forget_most_memory()
        for step in range(rounds):
            attackers = [asyncio.create_task(flood(kind)) for kind in FLOODS]
            while not all(attacker.done() for attacker in attackers):
                await served(hall, step)
                await asyncio.wait(attackers, timeout=1.2)
            await asyncio.gather(*attackers)
        grown = hall.server.most_memory() - base
        results.count(connections=rounds * len(FLOODS))
        results.peak(grown)
        assert grown < BOUND, grown
        await hall.leave()

    limited(3600 if long else 300, through())
    results.count(operations=hall.account().operations)
