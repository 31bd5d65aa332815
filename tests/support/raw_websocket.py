"""A WebSocket client written by hand, so that a test can send what a proper library would never send."""

import base64
import os
import struct
from typing import Any

from gevent import Timeout, socket

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA
FIN, RSV1 = 0x80, 0x40

LIMIT = 20 * 1024

SECONDS = 15.0
"""For so long something is waited for that has to come: less than what the server itself waits for."""


def header(opcode: int, length: int, *, fin: bool = True, masked: bool = True, rsv1: bool = False) -> bytes:
    """The beginning of a frame, up to and without the mask."""
    first = opcode | (FIN if fin else 0) | (RSV1 if rsv1 else 0)
    mask = 0x80 if masked else 0
    if length < 126:
        return bytes([first, mask | length])
    if length < 1 << 16:
        return bytes([first, mask | 126]) + struct.pack("!H", length)
    return bytes([first, mask | 127]) + struct.pack("!Q", length)


def frame(
    opcode: int, payload: bytes = b"", *, fin: bool = True, masked: bool = True, rsv1: bool = False
) -> bytes:
    """A whole frame, as a client sends it."""
    start = header(opcode, len(payload), fin=fin, masked=masked, rsv1=rsv1)
    if not masked:
        return start + payload
    key = os.urandom(4)
    return start + key + bytes(byte ^ key[i % 4] for i, byte in enumerate(payload))


class RawWebSocket:
    """One connection. Every wait is given up after :data:`SECONDS`, as a failure of the test."""

    def __init__(
        self, address: tuple[str, int], path: str = "/", headers: dict[str, str | None] | None = None
    ) -> None:
        self.sock = socket.create_connection(address)
        self.buffer = b""
        wanted: dict[str, str | None] = {
            "Host": f"{address[0]}:{address[1]}",
            "Upgrade": "websocket",
            "Connection": "Upgrade",
            "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(),
            "Sec-WebSocket-Version": "13",
        }
        wanted |= headers or {}
        lines = [f"GET {path} HTTP/1.1"] + [
            f"{name}: {value}" for name, value in wanted.items() if value is not None
        ]
        self.request = "\r\n".join([*lines, "", ""]).encode()
        self.answer = ""

    def __enter__(self) -> "RawWebSocket":
        return self

    def __exit__(self, *_: object) -> None:
        self.sock.close()

    def open(self, early: bytes = b"") -> "RawWebSocket":
        """Send the handshake, and ``early`` in the same breath; read the answer's head."""
        self.sock.sendall(self.request + early)
        while b"\r\n\r\n" not in self.buffer:
            self._more()
        head, _, self.buffer = self.buffer.partition(b"\r\n\r\n")
        self.answer = head.decode()
        return self

    @property
    def status(self) -> int:
        """The status code of the answer to the handshake."""
        return int(self.answer.split()[1])

    def send(self, data: bytes) -> None:
        """Send bytes as they are."""
        self.sock.sendall(data)

    def text(self, message: str) -> None:
        """Send one text message in one frame."""
        self.send(frame(TEXT, message.encode()))

    def read_frame(self) -> tuple[int, bytes]:
        """The next frame from the server: opcode and payload. The server may neither mask nor fragment."""
        first, second = self._take(2)
        assert first & FIN
        assert not first & 0x70, "a reserved bit is set: something was agreed on that should not be"
        assert not second & 0x80, "a server must not mask"
        length = second & 0x7F
        if length == 126:
            (length,) = struct.unpack("!H", self._take(2))
        elif length == 127:
            (length,) = struct.unpack("!Q", self._take(8))
        return first & 0x0F, self._take(length)

    def read_text(self) -> str:
        """The next message, which must be text."""
        opcode, payload = self.read_frame()
        assert opcode == TEXT, f"opcode {opcode}, {payload!r}"
        return payload.decode()

    def read_close(self) -> int:
        """The code of the closing frame, which must be what comes next."""
        opcode, payload = self.read_frame()
        assert opcode == CLOSE, f"opcode {opcode}, {payload!r}"
        return int(struct.unpack("!H", payload[:2])[0]) if payload else 1005

    def is_ended(self) -> bool:
        """Wait for the server to close the TCP connection; False if it sends anything more."""
        try:
            with Timeout(SECONDS, AssertionError("the server did not close the connection")):
                return self.buffer == b"" and self.sock.recv(1) == b""
        except ConnectionError:
            return True

    def _take(self, count: int) -> bytes:
        while len(self.buffer) < count:
            self._more()
        taken, self.buffer = self.buffer[:count], self.buffer[count:]
        return taken

    def _more(self) -> None:
        with Timeout(SECONDS, AssertionError("nothing came")):
            data = self.sock.recv(65536)
        if not data:
            raise ConnectionResetError("the server closed the connection")
        self.buffer += data


def ended_with(client: RawWebSocket, served: Any, code: int) -> bool:
    """The client is told this code, the connection is closed, and the handler knows."""
    assert client.read_close() == code
    client.send(frame(CLOSE, struct.pack("!H", code)))
    assert client.is_ended()
    served.echos[0].wait_ended()
    return True
