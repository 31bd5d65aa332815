"""No space for the database, or another process that holds it: nothing is acknowledged that is not stored,
others are served meanwhile, and the server goes on by itself once it can."""

import asyncio
import contextlib
import os
import random
import resource
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pysqlite3 import dbapi2

from tests.support.fault_hall import Hall, limited
from tests.support.fault_results import Results
from tests.support.fault_server import FaultServer

PHONES = 10

IMPATIENT = """
import edp_app.live.handlers as handlers, edp_app.log.engine as engine
engine.BUSY_MS, handlers.SUBMIT_SECONDS = 400, 0.6
"""
"""A short run does not wait for a lock as long as a server does."""


@pytest.fixture
def volume(tmp_path: Path) -> Iterator[Path]:
    """A small file system in memory. Who may not mount one leaves these tests out."""
    place = tmp_path / "volume"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(place)], capture_output=True, text=True
    )
    if mounted.returncode:
        pytest.skip(f"no small file system can be mounted here: {mounted.stderr.strip()}")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


class Quota:
    """The server's files may be written up to somewhere within its write-ahead log, then nowhere at all."""

    nothing_fits = True

    def __init__(self, server: FaultServer) -> None:
        self._server = server
        self._chance = random.Random(7)

    def shut(self) -> None:
        size = Path(f"{self._server.data / 'edp.sqlite3'}-wal").stat().st_size
        self._limit(self._chance.randrange(size // 2, size))

    def tighten(self) -> None:
        self._limit(0)

    def open(self) -> None:
        self._limit(resource.RLIM_INFINITY)

    def _limit(self, size: int) -> None:
        resource.prlimit(self._server.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


class Ballast:
    """A file that takes up the whole volume. The write-ahead log can still be written anew from its
    beginning, as far as it once was: some operations are stored meanwhile."""

    nothing_fits = False

    def __init__(self, server: FaultServer) -> None:
        self._file = server.data / "ballast"

    def shut(self) -> None:
        with contextlib.suppress(OSError), self._file.open("wb", buffering=0) as file:
            while file.write(bytes(4096)):
                pass
        assert os.statvfs(self._file).f_bavail == 0

    def tighten(self) -> None:
        pass

    def open(self) -> None:
        self._file.unlink()


class Lock:
    """Another process in the middle of a write transaction."""

    nothing_fits = True

    def __init__(self, server: FaultServer) -> None:
        self._path = str(server.data / "edp.sqlite3")

    def shut(self) -> None:
        self._connection = dbapi2.connect(self._path, isolation_level=None)
        self._connection.execute("PRAGMA busy_timeout = 10000")
        self._connection.execute("BEGIN IMMEDIATE")

    def tighten(self) -> None:
        pass

    def open(self) -> None:
        self._connection.execute("ROLLBACK")
        self._connection.close()


async def through(hall: Hall, trouble: Quota | Ballast | Lock, rounds: int) -> None:
    """Everybody acts while there is trouble and while there is none."""
    await hall.console.connect()
    await hall.fill(PHONES)
    await hall.open("swot")
    await asyncio.gather(*(phone.must(phone.next()) for phone in hall.phones))
    run = await hall.open("weigh")
    pid = hall.server.pid
    async with hall.everybody_acts():
        for turn in range(rounds):
            await hall.until_answered(30)
            trouble.shut()
            await hall.until_put_off(PHONES)
            trouble.tighten()
            await hall.until_put_off(PHONES)
            before = hall.answered()
            for n in range(3):  # not always the same: who asks for too many views is told to wait
                await hall.phones[(3 * turn + n) % PHONES].client.fetch()
            newcomer = hall.stranger()
            await newcomer.connect()
            assert newcomer.view["now"]["run"] == run
            await newcomer.close()
            await hall.until_put_off(PHONES)
            if trouble.nothing_fits:
                assert hall.answered() - before <= PHONES, "answered as stored while nothing could be"
            trouble.open()
            await hall.until_answered(30)
    assert hall.server.pid == pid
    await hall.do("close_stage", run=run)
    await hall.do("reveal_result", run=run)
    await hall.everybody(lambda page: run in page.view["results"])
    await hall.leave()


def settle(hall: Hall, results: Results) -> None:
    """Everything is as it was answered, also for whoever starts the server anew."""
    hall.server.kill()
    hall.server.start()
    account = hall.account()
    results.count(
        operations=account.operations,
        kills=hall.server.kills,
        lost=len(account.lost),
        double=len(account.double),
    )
    results.note(f"{hall.put_off} times told to try again")
    assert account.whole, account
    assert not (problems := hall.recounted()), problems


def test_files_that_may_not_grow(serve: Callable[..., FaultServer], long: bool, results: Results) -> None:
    hall = Hall(serve())
    limited(3600 if long else 300, through(hall, Quota(hall.server), 40 if long else 1))
    settle(hall, results)


def test_a_full_volume(volume: Path, long: bool, results: Results) -> None:
    with FaultServer(volume) as server:
        server.account("ana")
        hall = Hall(server)
        limited(3600 if long else 300, through(hall, Ballast(server), 40 if long else 1))
        settle(hall, results)


def test_a_database_that_somebody_else_holds(
    serve: Callable[..., FaultServer], long: bool, results: Results
) -> None:
    hall = Hall(serve(before="" if long else IMPATIENT))
    limited(3600 if long else 300, through(hall, Lock(hall.server), 10 if long else 1))
    settle(hall, results)
