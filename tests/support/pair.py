"""Two servers on one PostgreSQL, and a workshop with pages at both."""

import asyncio
import contextlib
import itertools
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from edp_app.core import views
from edp_app.core.definition import Definition
from edp_app.core.workshop import fold
from edp_app.log import store
from tests.support.definitions import GROUPS, short
from tests.support.page import Json, Page
from tests.support.server import ROOT, LiveServer

KEY = "one secret key for all servers of this installation"
SECONDS = 60.0


def server_on(url: str, folder: Path, **settings: str) -> LiveServer:
    """A server of this database, with the installation's secret key and a data folder of its own."""
    return LiveServer(folder, **({"EDP_DATABASE_URL": url, "EDP_SECRET_KEY": KEY} | settings))


@contextlib.asynccontextmanager
async def one_more(url: str, folder: Path) -> AsyncIterator[LiveServer]:
    """One more server of this database. While it starts and ends, pages go on answering pings."""
    server = server_on(url, folder)
    try:
        await asyncio.to_thread(server.start)
        yield server
    finally:
        await asyncio.to_thread(server.stop)
        server.database.close()


def talkative() -> Definition:
    """A short workshop in which everybody may write a lot, and has three dots for the whole vote."""
    definition = short(dots=3, cap=3, per="stage")
    stages = [
        replace(stage, settings=replace(stage.settings, per_person=100)) if stage.id == "swot" else stage
        for stage in definition.stages
    ]
    return replace(definition, stages=stages)


@dataclass
class Pair:
    """A workshop of Ana's, and pages at either server."""

    url: str
    """Of the database."""
    servers: list[LiveServer]
    cookie: str

    def __post_init__(self) -> None:
        owner = self.servers[0].database.read(store.account_by_login, "ana")
        assert owner is not None
        self.id, self.code = self.servers[0].workshop(talkative(), owner.id)
        self._ids = (f"insisting-{n:06}" for n in itertools.count())

    def page(self, role: str, at: int, **more: Any) -> Page:
        return Page(self.servers[at].url, role, self.code, **more)

    def console(self, at: int = 0) -> Page:
        return self.page("console", at, cookie=self.cookie)

    async def phones(self, count: int) -> list[Page]:
        """So many people who have joined, at one server and the other in turn."""
        pages = [await self.page("phone", n % 2).open() for n in range(count)]
        for n, page in enumerate(pages):
            await page.must("join")
            await page.must("describe", group=GROUPS[n % len(GROUPS)], territory="tacna")
        return pages

    async def insist(self, page: Page, command: Json, op_id: str = "") -> Json:
        """Ask as a phone does: the same again, until it is stored or refused for good."""
        op_id = op_id or next(self._ids)
        async with asyncio.timeout(SECONDS):
            while True:
                answer = await page.op(command, op_id)
                if answer["ok"] or answer["refusal"]["code"] not in ("try_again", "too_fast"):
                    return answer
                await asyncio.sleep(0.1)

    def log(self) -> list[store.StoredEvent]:
        return self.servers[0].database.read(store.events_after, self.id)

    async def check(self, *pages: tuple[str, Page]) -> None:
        """The record is whole, and every page comes to show what follows from it."""
        database = self.servers[0].database
        assert database.read(store.verify, self.id).ok
        assert database.read(store.verify_operations, self.id) is None
        state = fold(database.read(lambda session: list(store.log_of(session, self.id))))
        for role, page in pages:
            shown = msgspec.json.decode(msgspec.json.encode(views.view(state, role)))
            await page.until(lambda page=page, shown=shown: page.view == shown)


async def close(*pages: Page) -> None:
    for page in pages:
        await page.close()


def refusals(answers: list[Json]) -> Counter[str]:
    return Counter("ok" if answer["ok"] else answer["refusal"]["code"] for answer in answers)


def edp(url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command of the operator, with a data folder of its own."""
    command = [sys.executable, "-m", "edp_app.cli", *arguments]
    with tempfile.TemporaryDirectory() as folder:
        environ = {
            "PATH": os.environ["PATH"],
            "EDP_DATA": folder,
            "EDP_DATABASE_URL": url,
            "EDP_SECRET_KEY": KEY,
        }
        return subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=120)
