"""A line between phones and server that breaks at a byte of one's choosing, or falls silent."""

import asyncio
import re
import socket
import struct
from collections.abc import Callable
from typing import Literal

Way = Literal["up", "down"]

Plan = Callable[[Way, int], int | None]
"""Asked for each operation on its way up, and each answer to one on its way down, with the length of its
frame: after how many of its bytes the line breaks, or None to let it through."""

_OPERATION = re.compile(rb'42(\d+)\["op"')
_ANSWER = re.compile(rb"43(\d+)\[")


def never(_way: Way, _length: int) -> None:
    """The plan of a good line."""


class Connection:
    """One phone's connection through the line."""

    def __init__(self, phone: asyncio.StreamWriter, server: asyncio.StreamWriter) -> None:
        self.phone, self.server = phone, server
        self.asked: set[bytes] = set()
        """The numbers under which operations wait for their answers."""


class Proxy:
    """The line. Knows just enough of WebSocket to tell one frame from the next. A context manager."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._open: set[Connection] = set()
        self.plan: Plan = never
        self.resets = False
        """Whether a line breaks with a reset, which may lose what was sent before, and not with a proper
        end."""
        self.silent = False
        """Whether everything is swallowed, both ways, with no connection closed."""
        self.cuts = 0
        self.url = ""

    async def __aenter__(self) -> "Proxy":
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.url = "http://{}:{}".format(*self._server.sockets[0].getsockname())
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for connection in list(self._open):
            self._break(connection)

    async def _accept(self, reader: asyncio.StreamReader, phone: asyncio.StreamWriter) -> None:
        try:
            from_server, server = await asyncio.open_connection("127.0.0.1", self._port)
        except OSError:
            phone.close()
            return
        connection = Connection(phone, server)
        self._open.add(connection)
        for way, source, target in (("up", reader, server), ("down", from_server, phone)):
            task = asyncio.create_task(self._pump(connection, way, source, target))  # type: ignore[arg-type]
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _pump(
        self, connection: Connection, way: Way, source: asyncio.StreamReader, target: asyncio.StreamWriter
    ) -> None:
        try:
            target.write(await source.readuntil(b"\r\n\r\n"))
            while True:
                frame, message = await _frame(source)
                if self.silent:
                    continue
                at = self.plan(way, len(frame)) if _concerned(connection, way, message) else None
                target.write(frame[:at])
                await target.drain()
                if at is not None:
                    self.cuts += 1
                    break
        except (asyncio.IncompleteReadError, OSError):
            pass
        self._break(connection)

    def _break(self, connection: Connection) -> None:
        self._open.discard(connection)
        for writer in (connection.phone, connection.server):
            if self.resets and (sock := writer.get_extra_info("socket")) is not None:
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            writer.close()


async def _frame(source: asyncio.StreamReader) -> tuple[bytes, bytes]:
    """The next frame as it is on the wire, and what it says."""
    head = await source.readexactly(2)
    length, masked = head[1] & 0x7F, head[1] & 0x80
    if length >= 126:
        more = await source.readexactly(2 if length == 126 else 8)
        head, length = head + more, int.from_bytes(more)
    key = await source.readexactly(4) if masked else b""
    payload = await source.readexactly(length)
    return head + key + payload, unmasked(key, payload)


def unmasked(key: bytes, payload: bytes) -> bytes:
    """What a client's frame says."""
    if not key:
        return payload
    whole = (key * (len(payload) // 4 + 1))[: len(payload)]
    return (int.from_bytes(payload) ^ int.from_bytes(whole)).to_bytes(len(payload))


def _concerned(connection: Connection, way: Way, message: bytes) -> bool:
    """Whether this is an operation, or the answer to one."""
    if way == "up":
        if found := _OPERATION.match(message):
            connection.asked.add(found[1])
        return bool(found)
    found = _ANSWER.match(message)
    return bool(found and found[1] in connection.asked)
