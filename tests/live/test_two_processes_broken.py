"""What breaks while two servers run one workshop: connections to the database, the database, a server."""

import asyncio
import contextlib
import itertools
import os
import signal
from collections import Counter
from typing import Any

import pytest

from tests.support.page import Json, Page, asynchronous
from tests.support.pair import SECONDS, Pair, close, one_more, refusals
from tests.support.postgres import Postgres

pytestmark = pytest.mark.live


def backends(postgres: Postgres, url: str, which: str) -> set[int]:
    """The database's processes for our servers: those that listen, or all that serve them."""
    name = url.partition("?")[0].rpartition("/")[2]
    query = f"SELECT pid FROM pg_stat_activity WHERE datname = %s AND application_name = 'edp' AND {which}"  # noqa: S608
    return {row[0] for row in postgres.execute(url, query, name)}


LISTENING = "query LIKE 'LISTEN%%'"


@asynchronous
async def test_deaf_servers_catch_up_and_listen_again(pair: Pair, postgres: Postgres) -> None:
    console, screen = await pair.console(0).open(), await pair.page("screen", 1).open()
    async with asyncio.timeout(SECONDS):  # a third that has just ended may still be there
        while len(before := backends(postgres, pair.url, LISTENING)) != 2:
            await asyncio.sleep(0.05)
    for n in range(3):
        for pid in backends(postgres, pair.url, LISTENING):
            postgres.execute(pair.url, "SELECT pg_terminate_backend(%s, 5000)", pid)
        answer = await console.must("set_door", open=bool(n % 2))
        await screen.until(lambda answer=answer: screen.seq >= answer["last"])  # type: ignore[misc]
    async with asyncio.timeout(SECONDS):
        while len(backends(postgres, pair.url, LISTENING) - before) != 2:
            await asyncio.sleep(0.05)
    await console.must("open_stage", stage="swot")
    await screen.until(lambda: screen.view.get("now"))
    await pair.check(("console", console), ("screen", screen))
    await close(console, screen)


@contextlib.asynccontextmanager
async def everybody_writes(pair: Pair) -> Any:
    """Within the block phones at both servers write, one item after the other; afterwards every one of them
    is in the log as it was answered, once, and both servers show it."""
    console = await pair.console().open()
    screens = [await pair.page("screen", at).open() for at in (0, 1)]
    phones = await pair.phones(10)
    await console.must("open_stage", stage="swot")
    enough = asyncio.Event()
    answers: dict[str, Json] = {}

    async def write(number: int, page: Page) -> None:
        for n in itertools.count():
            op_id = f"writes-{number:03}-{n:06}"
            command = {"type": "add_item", "run": "swot.1", "column": "s", "title": op_id}
            answers[op_id] = await pair.insist(page, command, op_id)
            if enough.is_set():
                return

    writers = [asyncio.create_task(write(number, page)) for number, page in enumerate(phones)]
    yield answers
    enough.set()
    await asyncio.gather(*writers)
    assert set(refusals(list(answers.values()))) == {"ok"}
    stored = [(event.op_id, event.seq) for event in pair.log() if event.kind == "item_added"]
    assert sorted(stored) == sorted((op_id, answer["first"]) for op_id, answer in answers.items())
    await pair.check(("console", console), *(("screen", page) for page in screens))
    await close(console, *screens, *phones)


async def more(answers: dict[str, Json], count: int) -> None:
    """Wait until so many more were answered."""
    goal = len(answers) + count
    async with asyncio.timeout(SECONDS):
        while len(answers) < goal:
            await asyncio.sleep(0.01)


@asynchronous
async def test_cut_connections_in_a_burst_lose_nothing(pair: Pair, postgres: Postgres) -> None:
    async with everybody_writes(pair) as answers:
        for _ in range(8):
            await more(answers, 20)
            for pid in backends(postgres, pair.url, "true"):
                postgres.execute(pair.url, "SELECT pg_terminate_backend(%s)", pid)


@asynchronous
async def test_a_restart_of_the_database_in_a_burst_loses_nothing(pair: Pair, postgres: Postgres) -> None:
    async with everybody_writes(pair) as answers:
        await more(answers, 30)
        await asyncio.to_thread(postgres.stop)
        phone = await pair.page("phone", 1).connect()
        assert (await phone.op({"type": "join"}))["refusal"]["code"] == "try_again"
        await phone.close()
        await asyncio.to_thread(postgres.start)
        await more(answers, 30)


@asynchronous
async def test_a_killed_server_keeps_nobody_waiting(
    pair: Pair, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """What it had answered is known to the other, and what it had begun is undone."""
    console, screen = await pair.console(0).open(), await pair.page("screen", 1).open()
    await console.must("open_stage", stage="swot")
    async with one_more(pair.url, tmp_path_factory.mktemp("server")) as third:
        pages = [await Page(third.url, "phone", pair.code).open() for _ in range(4)]
        for page in pages:
            await page.must("join")
            await page.must("describe", group="business", territory="tacna")
        await console.until(lambda: console.heard("presence")[-1]["phones"] == 4)

        def command(op_id: str) -> Json:
            return {"type": "add_item", "run": "swot.1", "column": "s", "title": op_id}

        asked: dict[str, tuple[Page, Json]] = {}

        async def write(page: Page, number: int) -> None:
            with contextlib.suppress(Exception):  # the connection ends in the middle
                for n in itertools.count():
                    op_id = f"killed-{number}-{n:06}"
                    asked[op_id] = page, {}
                    asked[op_id] = page, await page.op(command(op_id), op_id)

        writers = [asyncio.create_task(write(page, n)) for n, page in enumerate(pages)]
        async with asyncio.timeout(SECONDS):
            while len(asked) < 40:
                await asyncio.sleep(0.01)
        os.kill(third.pid, signal.SIGKILL)
        await asyncio.gather(*(page.gone.wait() for page in pages))
        for writer in writers:
            writer.cancel()
        third._process.wait()
        third._process = None
    again = {page: await pair.page("phone", 1, secret=page.secret).open() for page in pages}
    for op_id, (page, answer) in asked.items():
        repeated = await pair.insist(again[page], command(op_id), op_id)
        assert repeated["ok"]
        assert not answer.get("ok") or (repeated["first"] == answer["first"])
    titles = Counter(item["title"] for item in console.view["items"].values())
    await pair.check(("console", console), ("screen", screen))
    titles = Counter(item["title"] for item in console.view["items"].values())
    assert titles == Counter(list(asked))
    await close(console, screen, *pages, *again.values())
