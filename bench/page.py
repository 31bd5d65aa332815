"""One page of the crowd: Engine.IO and Socket.IO over a raw WebSocket, as docs/protocol.md has them.

Nothing is decoded that the measurement does not need: a change is looked up by its bytes, since the same
bytes go to every page of an audience.
"""

import contextlib
import errno
import json
import select
import socket
import struct
from collections.abc import Callable
from typing import Any

from bench.frames import CLOSE, PING, TEXT, handshake, masked, split
from bench.loop import Loop, clock

PATH = "/socket.io/?EIO=4&transport=websocket"
PONG = 0x8A
READ = 65536

Json = dict[str, Any]
Answered = Callable[[bytes, float], object]
"""Called with the JSON text of the answer (``[…]``) and the time at which it came."""


class Audience:
    """What all pages of one kind were told: each change with its position and its arrivals."""

    def __init__(self) -> None:
        self.changes: dict[bytes, Change] = {}
        self.order: list[Change] = []
        self.deliveries = 0
        self.bytes = 0

    def heard(self, payload: bytes, now: float) -> None:
        """One page was told this now."""
        change = self.changes.get(payload)
        if change is None:
            change = self.changes[payload] = Change(position(payload, b'"to":'), len(payload))
            self.order.append(change)
        change.arrivals.append(now)
        self.deliveries += 1
        self.bytes += len(payload)

    def clear(self) -> None:
        """Forget everything: a new phase begins."""
        self.__init__()  # type: ignore[misc]


class Change:
    """One change, and when each page was told."""

    __slots__ = ("arrivals", "size", "to")

    def __init__(self, to: int, size: int) -> None:
        self.to, self.size = to, size
        self.arrivals: list[float] = []


def position(payload: bytes, name: bytes) -> int:
    """The whole number after this name in a JSON text; -1 if the name is not there."""
    start = payload.find(name)
    if start < 0:
        return -1
    start += len(name)
    end = start
    while payload[end : end + 1].isdigit():
        end += 1
    return int(payload[start:end])


class Page:
    """One connection. ``opened`` is called when it has its view, ``lost`` when it breaks by itself."""

    __slots__ = (
        "_answers",
        "_audience",
        "_auth",
        "_count",
        "_fd",
        "_headers",
        "_loop",
        "_on_open",
        "_out",
        "_rest",
        "_server",
        "_sock",
        "_talking",
        "bytes_in",
        "lost",
        "opened_at",
        "refused",
        "reports",
        "revisions",
        "selves",
        "view_bytes",
    )

    def __init__(
        self,
        loop: Loop,
        server: tuple[str, int],
        auth: Json,
        audience: Audience,
        headers: dict[str, str] | None = None,
    ) -> None:
        self._loop, self._server, self._audience = loop, server, audience
        self._auth = b"40" + json.dumps(auth, separators=(",", ":")).encode()
        self._headers = headers
        self._sock: socket.socket | None = None
        self._fd = -1
        self._answers: dict[int, Answered] = {}
        self._count = 0
        self._rest = self._out = b""
        self._talking = False
        self._on_open: Callable[[], object] = lambda: None
        self.lost = self.bytes_in = self.view_bytes = self.selves = 0
        self.refused = ""
        self.opened_at = 0.0
        self.revisions: dict[str, int] = {}
        self.reports: list[tuple[float, str]] = []

    @property
    def is_open(self) -> bool:
        """Whether it stands and has its view."""
        return self._sock is not None and self.opened_at > 0

    def open(self, then: Callable[[], object]) -> None:
        """Connect, ask for the view, then call ``then``. Does not wait."""
        self._on_open = then
        sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM | socket.SOCK_NONBLOCK)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._sock, self._fd = sock, sock.fileno()
        self._rest, self._talking = b"", False
        self._out = handshake(f"{self._server[0]}:{self._server[1]}", PATH, self._headers)
        with contextlib.suppress(BlockingIOError):
            sock.connect(self._server)
        self._loop.watch(self._fd, self._ready, writing=True)

    def cut(self) -> None:
        """Break the connection without a word, as a phone does that loses its network. Repeatable."""
        if self._sock is None:
            return
        self._loop.forget(self._fd)
        # Closing with this set sends a reset instead of the usual farewell.
        self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._sock.close()
        self._sock, self.opened_at = None, 0.0
        self._answers.clear()

    def ask(self, name: str, body: str, answered: Answered) -> None:
        """Send a message whose ``body`` is JSON text already."""
        self._count += 1
        self._answers[self._count] = answered
        self._send(f'42{self._count}["{name}",{body}]'.encode())

    def _send(self, payload: bytes, opcode: int = TEXT) -> None:
        frame = masked(payload, opcode)
        if self._out or self._sock is None:
            self._out += frame
            return
        try:
            sent = self._sock.send(frame)
        except BlockingIOError:
            sent = 0
        except OSError:
            self._break()
            return
        if sent < len(frame):
            self._out = frame[sent:]
            self._loop.watch(self._fd, self._ready, writing=True)

    def _ready(self, events: int) -> None:
        if events & select.EPOLLOUT:
            self._flush()
        if events & ~select.EPOLLOUT:
            self._read()

    def _flush(self) -> None:
        if self._sock is None:
            return
        if code := self._sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
            self._break(errno.errorcode.get(code, str(code)))
            return
        try:
            self._out = self._out[self._sock.send(self._out) :]
        except BlockingIOError:
            return
        except OSError:
            self._break()
            return
        if not self._out:
            self._loop.watch(self._fd, self._ready)

    def _read(self) -> None:
        if self._sock is None:
            return
        try:
            data = self._sock.recv(READ)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._break()
            return
        self.bytes_in += len(data)
        if self._rest:
            data = self._rest + data
        if not self._talking:
            head, gap, data = data.partition(b"\r\n\r\n")
            if not gap:
                self._rest = head
                return
            if b" 101 " not in head[:16]:
                self._break(head[:60].decode(errors="replace"))
                return
            self._talking = True
        frames, self._rest = split(data)
        now = clock()
        for first, payload in frames:
            self._frame(first, payload, now)

    def _frame(self, first: int, payload: bytes, now: float) -> None:
        if first == TEXT:
            kind = payload[:2]
            if kind == b"42":
                self._event(payload, now)
            elif kind == b"43":
                start = payload.index(b"[")
                if answered := self._answers.pop(int(payload[2:start]), None):
                    answered(payload[start:], now)
            else:
                self._greeting(payload)
        elif first == PING:
            self._send(payload, PONG)
        elif first == CLOSE:
            self._break(f"closed with {int.from_bytes(payload[:2])}")

    def _event(self, payload: bytes, now: float) -> None:
        if payload.startswith(b'42["change"'):
            self._audience.heard(payload, now)
        elif payload.startswith(b'42["self"'):
            self.selves += 1
        elif payload.startswith(b'42["report"'):
            self.reports.append((now, str(json.loads(payload[2:])[1]["state"])))

    def _greeting(self, payload: bytes) -> None:
        if payload[:1] == b"2":
            self._send(b"3")
        elif payload[:1] == b"0":
            self._send(self._auth)
        elif payload[:2] == b"40":
            self.ask("view", "{}", self._has_view)
        elif payload[:2] == b"44":
            self._break(payload[2:].decode(errors="replace"))

    def _has_view(self, answer: bytes, now: float) -> None:
        self.view_bytes = len(answer)
        self.opened_at = now
        self._on_open()

    def _break(self, why: str = "lost") -> None:
        self.lost += 1
        self.refused = why
        self.cut()
