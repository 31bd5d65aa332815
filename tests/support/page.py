"""A page as the browser keeps it, strict: it follows the protocol to the letter and keeps all it was told."""

import asyncio
import gc
import itertools
import secrets
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

import socketio
from socketio.exceptions import ConnectionError as SocketRefused

from edp_app.core import patch

Json = dict[str, Any]

SECONDS = 60.0
MOST_SECONDS = 150.0


class Refused(Exception):
    """The server refused the connection. ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Page:
    """One connection to one workshop."""

    def __init__(
        self,
        url: str,
        role: str,
        code: str,
        *,
        cookie: str = "",
        secret: str | None = None,
        transports: tuple[str, ...] = ("websocket",),
        headers: dict[str, str] | None = None,
        auth: Json | None = None,
    ) -> None:
        self.secret = secret or secrets.token_urlsafe(32)
        self.auth = {"v": 1, "role": role, "code": code} | (
            {"secret": self.secret} if role == "phone" else {}
        )
        self.auth = self.auth if auth is None else auth
        self._url = url
        self._headers = ({"Cookie": cookie} if cookie else {}) | (headers or {})
        self._transports = list(transports)
        self.view: Json = {}
        self.own: Json = {}
        self.seq = -1
        self.epoch = ""
        self.told: list[tuple[str, Any]] = []
        """Everything that came, in order: event or answer, and its content."""
        self.gap = ""
        """A change that did not follow what the page had: where nothing was lost, this must not happen."""
        self.gone = asyncio.Event()
        self._news = asyncio.Event()
        self._ids = (f"op-{number:08}" for number in itertools.count())
        self.socket = socketio.AsyncClient(reconnection=False, handle_sigint=False)
        for name in ("change", "self", "presence", "report", "bye"):
            self.socket.on(name, self._hearing(name))
        self.socket.on("connect_error", lambda data: self.told.append(("connect_error", data)))
        self.socket.on("disconnect", lambda *_: self.gone.set())

    async def connect(self) -> "Page":
        """Connect only. Raises :class:`Refused`."""
        try:
            await self.socket.connect(
                self._url,
                auth=self.auth,
                headers=self._headers,
                transports=self._transports,
                wait_timeout=SECONDS,
            )
        except SocketRefused:
            for name, data in reversed(self.told):
                if name == "connect_error" and isinstance(data, dict) and isinstance(data.get("data"), dict):
                    raise Refused(data["data"]["code"]) from None
            raise
        return self

    async def open(self) -> "Page":
        """Connect and ask for the view, as every page does."""
        await self.connect()
        await self.fetch()
        return self

    async def __aenter__(self) -> "Page":
        return await self.open()

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Leave, and close the HTTP session that the library leaves open."""
        await self.socket.disconnect()
        if self.socket.eio.http is not None:
            await self.socket.eio.http.close()
        await asyncio.sleep(0)
        assert not self.gap, self.gap

    async def fetch(self) -> Json:
        """Ask for the view and start from it."""
        return await self.call("view", {})

    async def op(self, command: Json, op_id: str | None = None) -> Json:
        """Ask for a command; the answer."""
        return await self.call("op", {"op_id": op_id or next(self._ids), "command": command})

    async def must(self, type_: str, **fields: Any) -> Json:
        """A command that has to be accepted."""
        answer = await self.op({"type": type_, **fields})
        assert answer["ok"], f"{type_} was refused: {answer}"
        return answer

    async def refused(self, type_: str, **fields: Any) -> str:
        """A command that has to be refused; the code."""
        answer = await self.op({"type": type_, **fields})
        assert not answer["ok"], f"{type_} was accepted: {answer}"
        return str(answer["refusal"]["code"])

    async def call(self, name: str, data: object) -> Json:
        """Send an event and wait for its answer.

        What the answer says is taken over when it arrives, not when whoever waits for it runs again: a change
        that follows it in the same breath is heard in between.
        """
        answered = asyncio.get_running_loop().create_future()

        def take(answer: Json) -> None:
            self.told.append((f"answer to {name}", answer))
            if "view" in answer:
                self.view, self.seq, self.epoch = answer["view"], answer["seq"], answer["epoch"]
                self.own = answer.get("self", {})
            elif "self" in answer:
                self.own = answer["self"]
            self._news.set()
            if not answered.done():
                answered.set_result(answer)

        await self.socket.emit(name, data, callback=take)
        return await asyncio.wait_for(answered, SECONDS)

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait until something that the page was told makes this true."""
        async with asyncio.timeout(SECONDS):
            while not condition():
                assert not self.gap, self.gap
                self._news.clear()
                await self._news.wait()

    async def until_gone(self, seconds: float = SECONDS) -> None:
        """Wait until the server has ended the connection."""
        await asyncio.wait_for(self.gone.wait(), seconds)

    def heard(self, name: str) -> list[Any]:
        """What came under this name."""
        return [data for told, data in self.told if told == name]

    def _hearing(self, name: str) -> Callable[[Any], None]:
        def hear(data: Any) -> None:
            self.told.append((name, data))
            if name == "change":
                self._apply(data)
            elif name == "self":
                self.own = data
            self._news.set()

        return hear

    def _apply(self, change: Json) -> None:
        if change["to"] <= self.seq:
            return  # on its way since before the view was asked for
        if change["from"] != self.seq:
            self.gap = f"at {self.seq}, told {change['from']} to {change['to']}"
            return
        self.view, self.seq = patch.apply(self.view, change["patch"]), change["to"]


def asynchronous(test: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., None]:
    """A test that is a coroutine, run in a loop of its own, for :data:`MOST_SECONDS` at most."""

    @wraps(test)
    def run(*args: Any, **kwargs: Any) -> None:
        async def limited() -> None:
            async with asyncio.timeout(MOST_SECONDS):
                await test(*args, **kwargs)

        asyncio.run(limited())
        gc.collect()  # what the client library forgets is found now, not during a test of somebody else

    return run
