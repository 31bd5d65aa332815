"""What the server says of its own health, while its database is locked and afterwards."""

import asyncio
import sqlite3
import time
import urllib.error
import urllib.request

from tests.support.page import asynchronous


def health(url: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"{url}/healthz", timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


async def until(url: str, wanted: tuple[int, str]) -> None:
    end = time.monotonic() + 40
    while (found := await asyncio.to_thread(health, url)) != wanted:
        assert time.monotonic() < end, found
        await asyncio.sleep(0.2)


@asynchronous
async def test_a_server_that_cannot_store_says_so_and_says_when_it_can_again(hall):
    async with hall.phone() as phone:
        assert await asyncio.to_thread(health, hall.server.url) == (200, "ok\n")
        lock = sqlite3.connect(hall.server.data / "edp.sqlite3", isolation_level=None)
        lock.execute("BEGIN IMMEDIATE")
        try:
            waiting = asyncio.create_task(phone.op({"type": "join"}))
            await until(hall.server.url, (503, "cannot store\n"))
            waiting.cancel()
        finally:
            lock.execute("ROLLBACK")
            lock.close()
    # Nobody asks for anything any more: the server finds out by itself.
    await until(hall.server.url, (200, "ok\n"))
