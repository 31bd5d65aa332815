"""The machine's clock set by an hour, while the server runs and while it does not: no timer fires because of
it, and none is late."""

import asyncio
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from edp_app.log import store
from tests.support.fault_hall import Hall, limited
from tests.support.fault_results import Results
from tests.support.fault_server import FaultServer

HOUR = 3600

MOVED = """
import os, pathlib, time
path, seconds, nanoseconds = pathlib.Path(os.environ["MOVED_BY"]), time.time, time.time_ns
time.time = lambda: seconds() + int(path.read_text())
time.time_ns = lambda: nanoseconds() + int(path.read_text()) * 10**9
"""
"""The clock of the server's process is off by what stands in a file."""

SOON = 30.0
"""Seconds in which a timer of two has to have run out, on a machine however busy."""


class Wall:
    """The clock on the wall beside the server, for a test to move."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "moved-by"
        self.by(0)

    def by(self, seconds: int) -> None:
        """Set it so far ahead of the real time. At once: the server reads it all the time."""
        made = self.file.with_name("to-be-moved-by")
        made.write_text(str(seconds))
        made.replace(self.file)


@pytest.fixture(scope="module")
def wall(tmp_path_factory: pytest.TempPathFactory) -> Wall:
    return Wall(tmp_path_factory.mktemp("wall"))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, wall: Wall) -> Iterator[FaultServer]:
    with FaultServer(tmp_path_factory.mktemp("moved"), before=MOVED, MOVED_BY=str(wall.file)) as server:
        server.account("ana")
        yield server


@pytest.fixture
def hall(server: FaultServer, wall: Wall) -> Hall:
    wall.by(0)
    return Hall(server)


async def left(hall: Hall) -> float:
    """Seconds that the console shows on its timer."""
    await hall.console.until(lambda: "timer" in hall.console.view["now"])
    answer = await hall.console._call("view", {})
    return float(answer["view"]["now"]["timer"]["ends_at"] - answer["now"]) / 1000


async def closes_soon(hall: Hall, run: str) -> None:
    """Set a timer of two seconds: it shows two, and closes the stage."""
    await hall.do("set_timer", run=run, seconds=2, close=True)
    view = hall.console.view
    await asyncio.wait_for(hall.console.until(lambda: hall.console.view["now"]["status"] == "closed"), SOON)
    assert view["now"]["run"] == run


def times(hall: Hall) -> list[int]:
    """Of the events in the log."""
    return [row.at for row in hall.server.database.read(store.events_after, hall.id)]


@pytest.mark.parametrize("hours", [1, -1])
def test_moved_while_a_timer_runs(hall: Hall, wall: Wall, hours: int) -> None:
    async def through() -> None:
        await hall.console.connect()
        await hall.fill(1)
        run = await hall.open("swot")
        await hall.do("set_timer", run=run, seconds=600, close=True)
        assert 500 < await left(hall) <= 600
        wall.by(hours * HOUR)
        for _ in range(10):  # each commit makes the server look at its timers
            await hall.phones[0].must(hall.phones[0].next())
        assert hall.console.view["now"]["status"] == "open"
        assert 500 < await left(hall) <= 600
        await closes_soon(hall, run)
        assert times(hall) == sorted(times(hall))
        await hall.leave()

    limited(300, through())
    assert hall.account().whole


@pytest.mark.parametrize("hours", [1, -1])
def test_one_about_to_run_out_runs_out(hall: Hall, wall: Wall, hours: int) -> None:
    async def through() -> None:
        await hall.console.connect()
        run = await hall.open("swot")
        await hall.do("set_timer", run=run, seconds=2, close=True)
        wall.by(hours * HOUR)
        await asyncio.wait_for(
            hall.console.until(lambda: hall.console.view["now"]["status"] == "closed"), SOON
        )
        opened, closed = times(hall)[1], times(hall)[-1]
        assert 2_000 <= closed - opened < SOON * 1000
        await hall.leave()

    limited(300, through())


def test_moved_while_the_server_was_down(hall: Hall, wall: Wall) -> None:
    """As on a small computer without a battery: it goes on from the log's time, and timers last as long as
    they say."""

    async def through() -> None:
        await hall.console.connect()
        for hours in (1, -1):
            run = await hall.open("swot")
            hall.server.stop()
            wall.by(hours * HOUR)
            hall.server.start()
            await hall.do("set_timer", run=run, seconds=600, close=True)
            assert 500 < await left(hall) <= 600
            await closes_soon(hall, run)
            assert times(hall) == sorted(times(hall))
        await hall.leave()

    limited(300, through())


def test_moved_again_and_again(hall: Hall, wall: Wall, long: bool, results: Results) -> None:
    """Up to a day at a time, forth and back, while people write: each timer closes its stage once."""
    chance, rounds = random.Random(7), 120 if long else 2

    async def through() -> None:
        await hall.console.connect()
        await hall.fill(3)
        for _ in range(rounds):
            run = await hall.open("last")
            await hall.do("set_timer", run=run, seconds=2, close=True)
            for phone in hall.phones:
                wall.by(chance.randint(-24 * HOUR, 24 * HOUR))
                await phone.send(phone.next())
            await asyncio.wait_for(
                hall.console.until(lambda: hall.console.view["now"]["status"] == "closed"), SOON
            )
            assert hall.console.view["now"]["run"] == run
        await hall.leave()

    limited(3600 if long else 300, through())
    account = hall.account()
    results.count(operations=account.operations, lost=len(account.lost), double=len(account.double))
    results.note(f"the clock was set {rounds * 3} times, by up to a day; {rounds} timers")
    assert account.whole, account
    log = hall.log()
    assert times(hall) == sorted(times(hall))
    assert sum(row.kind == "stage_closed" for row in log) == rounds
