"""A server, a workshop and a facilitator for tests that drive a browser.

The facilitator works in a thread with an event loop of its own: Playwright's synchronous interface
occupies the test's thread.
"""

import asyncio
import contextlib
import os
import random
import subprocess
import sys
import threading
from collections.abc import Callable, Coroutine, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from edp_app.core.definition import Definition
from edp_app.core.formats import write_format
from edp_app.rehearsal.client import LiveClient, new_id
from edp_app.rehearsal.facilitator import Browser, Facilitator
from edp_app.rehearsal.own_server import serving

T = TypeVar("T")
Json = dict[str, Any]

LOGIN, PASSWORD = "ana", "a long pass phrase for tests"
SECONDS = 60.0


@dataclass(frozen=True)
class Stage:
    """A running server and its data."""

    url: str
    data: Path

    def new_workshop(self, definition: Definition) -> str:
        """Makes a workshop as the command line does; its code."""
        file = self.data / "workshop.toml"
        file.write_text(write_format(definition), encoding="utf-8")
        said = edp(self.data, "new", str(file), "--owner", LOGIN)
        return next(line.split()[-1] for line in said.splitlines() if line.startswith("Code"))


@contextlib.contextmanager
def stage(data: Path, **extra: str) -> Iterator[Stage]:
    """A server with one account, on a free port, until the block ends. ``extra`` are settings (EDP_…)."""
    edp(data, "create-admin", "--login", LOGIN, "--name", "Ana", "--password-stdin", typed=PASSWORD + "\n")
    with serving(data, extra) as url:
        yield Stage(url, data)


def edp(data: Path, *arguments: str, typed: str = "") -> str:
    """What the command ``edp`` prints. Fails with what it said if it fails."""
    done = subprocess.run(
        [sys.executable, "-m", "edp_app.cli", *arguments],
        input=typed,
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "EDP_DATA": str(data), "EDP_DATABASE_URL": ""},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


class Hand:
    """The facilitator's hand: commands and views of the console, one call at a time."""

    def __init__(self, url: str, code: str) -> None:
        self.url, self.code = url, code
        self._seated: list[LiveClient] = []
        self.join_url = f"{url}/j/{code}"
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._facilitator = self._run(self._begin(url, code))

    async def _begin(self, url: str, code: str) -> Facilitator:
        browser = Browser(url)
        await browser.log_in(LOGIN, PASSWORD)
        facilitator = Facilitator(browser, code, random.Random(1))
        await facilitator.client.connect()
        return facilitator

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(SECONDS * 4)

    @property
    def view(self) -> Json:
        """What the console shows at this moment; use :meth:`until` for what somebody else did."""
        return self._facilitator.client.view

    @property
    def seq(self) -> int:
        """Up to which event of the log the console is."""
        return self._facilitator.client.seq

    @property
    def run(self) -> str:
        """The run that phones and screen show."""
        found: str = self.view["now"]["run"]
        return found

    def do(self, command: str, **fields: Any) -> Json:
        """One command; fails if it is refused. Afterwards the console shows what it has changed."""
        answer = self._run(self._facilitator.do(command, **fields))
        self.until(lambda _: self.seq >= answer["last"], f"what {command} has changed")
        return answer

    def open(self, stage_id: str) -> str:
        """Opens a stage and waits until it is open; its run."""
        run: Json = self._run(self._facilitator.open(stage_id))
        found: str = run["run"]
        return found

    def reveal(self, run: str) -> None:
        """Closes this vote, or these questions, reveals the result and waits until the console shows it."""
        self.do("close_stage", run=run)
        self.do("reveal_result", run=run)

    def until(self, condition: Callable[[Json], bool], what: str) -> Json:
        """Waits until the console's view is so; the view."""
        client = self._facilitator.client
        try:
            self._run(asyncio.wait_for(client.until(lambda: condition(client.view)), SECONDS))
        except TimeoutError:
            raise AssertionError(f"The console never showed: {what}\n{client.view}") from None
        return client.view

    def somebody(self, group: str, *commands: Json) -> None:
        """Somebody else in the room: joins with a group and sends these commands; all are accepted."""
        self._run(self._somebody(group, commands))

    async def _somebody(self, group: str, commands: tuple[Json, ...]) -> None:
        await self._anybody({"group": group}, commands)

    async def _anybody(self, who: Json, commands: Sequence[Json]) -> None:
        client = LiveClient(self.url, {"role": "phone", "code": self.code, "secret": new_id() + new_id()})
        await client.connect()
        for command in ({"type": "join"}, {"type": "describe", **who}, *commands):
            answer = await client.op(new_id(), command)
            assert answer["ok"], answer
        await client.close()

    def everybody(self, people: Sequence[tuple[Json, Sequence[Json]]]) -> None:
        """People come in one after the other, say who they are (the fields of ``describe``) and send their
        commands; all are accepted."""
        self._run(self._everybody(people))

    async def _everybody(self, people: Sequence[tuple[Json, Sequence[Json]]]) -> None:
        for who, commands in people:
            await self._anybody(who, commands)

    def seat(self, people: Sequence[Json]) -> list[LiveClient]:
        """People who come in, say who they are (the fields of ``describe``) and stay until the end."""

        async def come(who: Json) -> LiveClient:
            client = LiveClient(self.url, {"role": "phone", "code": self.code, "secret": new_id() + new_id()})
            await client.connect()
            self._seated.append(client)
            await self._say(client, {"type": "join"})
            await self._say(client, {"type": "describe", **who})
            return client

        return [self._run(come(who)) for who in people]

    def send(self, client: LiveClient, commands: Sequence[Json]) -> None:
        """Somebody who was seated sends these commands; all are accepted."""

        async def send() -> None:
            for command in commands:
                await self._say(client, command)

        self._run(send())

    async def _say(self, client: LiveClient, command: Json) -> None:
        answer = await client.op(new_id(), command)
        assert answer["ok"], answer

    def leave(self) -> None:
        """Ends the connection and the thread."""

        async def end() -> None:
            for client in self._seated:
                await client.close()
            await self._facilitator.client.close()
            await self._facilitator.browser.close()

        self._run(end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(SECONDS)
        self._loop.close()
