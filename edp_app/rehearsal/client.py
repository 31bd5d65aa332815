"""A page's connection as the browser keeps it: view and changes, operations resent until they are
answered.
"""

import asyncio
import contextlib
import logging
import random
import secrets
from collections.abc import Callable
from typing import Any

import socketio
from socketio.exceptions import ConnectionError as NotConnected
from socketio.exceptions import DisconnectedError, SocketIOError
from socketio.exceptions import TimeoutError as NoAnswer

from edp_app.core.patch import apply

ANSWER_SECONDS = 8.0
PROTOCOL = 1
CONNECT_ATTEMPTS = 60

Json = dict[str, Any]
log = logging.getLogger(__name__)


def pause_before(attempt: int, chance: Callable[[], float] = random.random) -> float:
    """Seconds before the next attempt to connect, after so many that failed: longer and longer, each time at
    a moment of one's own, so that a hall does not come back as one."""
    return min(2.0, 0.1 * 2 ** (attempt - 1)) * (0.5 + chance())


class Lost(Exception):
    """The server could not be reached for so long that the rehearsal makes no sense any more."""


class LiveClient:
    """One connection to one workshop, kept up through cuts. ``view`` and ``own`` are what the page would
    show.
    """

    def __init__(
        self, url: str, auth: Json, headers: dict[str, str] | None = None, *, patience: float | None = 600.0
    ) -> None:
        """``patience``: how many seconds it waits at most for something to happen; None: for ever."""
        self._url, self._headers, self._patience = url, headers or {}, patience
        self._auth = {"v": PROTOCOL, **auth}
        self._socket: socketio.AsyncClient | None = None
        self._connecting = asyncio.Lock()
        self._news = asyncio.Condition()
        self._gone = asyncio.Event()
        """Set when the present connection is lost: whoever waits for an answer on it need not wait longer."""
        self.view: Json = {}
        self.own: Json = {}
        self.seq = -1
        self.refused: Json | None = None
        self.reports: list[Json] = []
        self.cuts = 0
        self.gaps = 0

    async def connect(self) -> None:
        """Connect if there is no connection, and fetch the view. Raises :class:`Lost` if it never works."""
        async with self._connecting:
            for attempt in range(CONNECT_ATTEMPTS):
                if self._socket and self._socket.connected:
                    return
                try:
                    await self._open()
                    await self.fetch()
                    return
                except (SocketIOError, OSError, TimeoutError) as error:
                    log.debug("connection attempt %s: %s", attempt, error)
                    await self.close()
                    await asyncio.sleep(pause_before(attempt + 1))
            raise Lost(f"The server at {self._url} does not answer.")

    async def _open(self) -> None:
        client = socketio.AsyncClient(reconnection=False)
        gone = self._gone = asyncio.Event()

        async def lost(*_reason: object) -> None:
            gone.set()
            await self._tell()

        client.on("disconnect", lost)
        client.on("change", self._on_change)
        client.on("self", self._on_self)
        client.on("report", self._on_report)
        self._socket = client
        headers = dict(self._headers)  # the library takes the cookie out of what it is given
        await client.connect(self._url, headers=headers, auth=self._auth, transports=["websocket"])

    async def fetch(self) -> None:
        """Ask for the view: the one way to be in step again."""
        answer = await self._call("view", {})
        if "view" not in answer:
            raise NotConnected(str(answer))
        await self._tell()

    async def op(self, operation_id: str, command: Json, note: Callable[[], None] = lambda: None) -> Json:
        """Send one command until it is answered, under one ``op_id``. ``note`` is called before each
        attempt.
        """
        for _ in range(CONNECT_ATTEMPTS):
            await self.connect()
            note()
            with contextlib.suppress(SocketIOError, NoAnswer, OSError):
                answer: Json = await self._call("op", {"op_id": operation_id, "command": command})
                if not answer["ok"] and answer["refusal"]["code"] in ("too_fast", "try_again"):
                    await asyncio.sleep(0.3)
                    continue
                return answer
        raise Lost(f"No answer to {command['type']}.")

    async def _call(self, message: str, body: Json) -> Json:
        socket, is_gone = self._socket, self._gone
        if socket is None:
            raise DisconnectedError
        answered: asyncio.Future[Json] = asyncio.get_running_loop().create_future()

        def take(answer: Json) -> None:
            if socket is self._socket and not answered.done():
                self._take_over(answer)
                answered.set_result(answer)

        gone = asyncio.ensure_future(is_gone.wait())
        try:
            await socket.emit(message, body, callback=take)
            await asyncio.wait({answered, gone}, timeout=ANSWER_SECONDS, return_when=asyncio.FIRST_COMPLETED)
            if answered.done():
                return answered.result()
            raise DisconnectedError if is_gone.is_set() else NoAnswer
        finally:
            gone.cancel()
            answered.cancel()

    def _take_over(self, answer: Json) -> None:
        """What an answer says counts from the moment in which it arrives, not from when whoever waits for it
        runs again: what the server tells in the same breath is heard in between, and builds on it."""
        if "view" in answer:
            self.view, self.seq = answer["view"], answer["seq"]
        self.own = answer.get("self", self.own)

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until the view (or whatever ``condition`` reads) is so, connecting again whenever the link is
        lost meanwhile. Raises ``TimeoutError`` when its patience is at an end."""
        async with asyncio.timeout(self._patience):
            while True:
                await self.connect()
                async with self._news:
                    await self._news.wait_for(lambda: condition() or self._gone.is_set())
                    if condition():
                        return

    async def cut(self) -> None:
        """Lose the link without a word, as a phone does that walks out of the Wi-Fi."""
        self.cuts += 1
        self._gone.set()
        client, self._socket = self._socket, None
        if client is None:
            return
        with contextlib.suppress(Exception):
            connection = client.eio.ws._response.connection
            connection.transport.abort()
        with contextlib.suppress(SocketIOError, OSError):
            await client.disconnect()

    async def close(self) -> None:
        """End the connection properly."""
        client, self._socket = self._socket, None
        if client:
            with contextlib.suppress(SocketIOError, OSError):
                await client.disconnect()

    async def _on_change(self, change: Json) -> None:
        if change["from"] != self.seq:
            self.gaps += 1
            with contextlib.suppress(SocketIOError, NoAnswer):
                await self.fetch()
            return
        self.view, self.seq = apply(self.view, change["patch"]), change["to"]
        await self._tell()

    async def _on_self(self, own: Json) -> None:
        self.own = own
        await self._tell()

    async def _on_report(self, report: Json) -> None:
        self.reports.append(report)
        await self._tell()

    async def _tell(self) -> None:
        async with self._news:
            self._news.notify_all()


def new_id(random_bits: Callable[[int], int] | None = None) -> str:
    """An operation id, or a phone's secret; from ``random_bits`` where a seed shall fix it."""
    if random_bits is None:
        return secrets.token_urlsafe(24)
    return f"{random_bits(160):040x}"
