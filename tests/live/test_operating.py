"""Commands of the operator beside a running server, as the pages see them."""

import asyncio
import gc
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from edp_app.config import from_environment
from edp_app.keeping import DAY_MS
from edp_app.log import store
from edp_app.rehearsal.own_server import free_port
from edp_app.server import Server
from tests.support.definitions import short
from tests.support.page import asynchronous
from tests.support.workshops import open_database

pytestmark = pytest.mark.live

SECRET = "The mayor keeps the water for himself"


def edp(data: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "edp_app.cli", *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        env={"EDP_DATA": str(data), "PATH": "/usr/bin:/bin"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@asynchronous
async def test_what_is_erased_leaves_every_page(hall, server):
    author, neighbour = hall.phone(), hall.phone()
    pages = [await page.open() for page in (hall.console(), hall.screen(), author, neighbour)]
    await pages[0].must("open_stage", stage="swot")
    for phone in (author, neighbour):
        await phone.must("join")
        await phone.must("describe", group="business")
    await author.must("add_item", run="swot.1", column="w", title=SECRET)
    for page in pages:
        await page.until(lambda page=page: SECRET in str(page.view))
    said = await asyncio.to_thread(edp, server.data, "erase", hall.code, "--item", "1", "--yes")
    assert "Entries erased: 1." in said
    for page in pages:
        await page.until_gone()
        await page.close()
    again = (hall.console(), hall.screen(), hall.phone(secret=author.secret), hall.phone())
    for page, before in zip(again, pages, strict=True):
        async with page:
            assert SECRET not in str((page.view, page.own))
            assert "(borrado)" in str(page.view)
            assert (page.seq, page.epoch != before.epoch) == (before.seq, True)
    assert (await asyncio.to_thread(edp, server.data, "verify", hall.code)).endswith("is whole.\n")


def test_a_server_deletes_what_is_past_its_time_when_it_starts(tmp_path):
    settings = from_environment({"EDP_DATA": str(tmp_path), "EDP_RETENTION_DAYS": "30"})
    settings = replace(settings, port=free_port())
    database = open_database(tmp_path / "edp.sqlite3")
    owner = database.call(store.create_account, login="ana", name="Ana", password_hash="-", now=1)
    old = database.call(store.create_workshop, short(), owner.id, 1)
    new = database.call(store.create_workshop, short(), owner.id, 10 * DAY_MS)
    now = [30 * DAY_MS + 2]
    server = Server(settings, clock=lambda: now[0])
    try:
        assert database.read(store.workshop_by_id, old.id) is None
        assert database.read(store.workshop_by_id, new.id) is not None
        now[0] += 10 * DAY_MS
        server.delete_overdue()
        assert database.read(store.workshop_by_id, new.id) is None
        answer = server.app.test_client().get("/privacy", headers={"Host": "127.0.0.1"})
        assert "30 days after a workshop has ended" in answer.text
    finally:
        server.stop()
        database.close()
        gc.collect()
