"""An attacker in a process of its own: sends malformed frames made from a seed, connection after connection.

``python -m tests.support.fault_fuzzer PORT CODE SECRET SEED FRAMES`` prints JSON: how many frames went out
on how many connections, how these ended, and what was accepted that should not have been.
"""

import base64
import json
import os
import random
import struct
import sys
from collections import Counter

import gevent
from gevent import socket
from gevent.pool import Pool

from tests.support.fault_frames import bursts, text
from tests.support.fault_raw import PATH, packed
from tests.support.raw_websocket import CLOSE, PING, PONG, TEXT, frame

AT_ONCE = 6
WAIT = 120.0
"""Seconds after which an unanswered connection is a server that hangs."""

BURST = 24


class Attacker:
    """Knows the workshop's code, and the secret of somebody who has joined."""

    def __init__(self, port: int, code: str, secret: str) -> None:
        self.port, self.code, self.secret = port, code, secret
        self.frames = self.connections = 0
        self.answers = 0
        self.ends: Counter[str] = Counter()
        self.wrong: list[str] = []

    def connection(self, number: int) -> None:
        """One connection, all of whose content follows from its number."""
        chance = random.Random(number)
        self.connections += 1
        with socket.create_connection(("127.0.0.1", self.port)) as sock:
            sock.settimeout(WAIT)
            try:
                if chance.random() < 0.04:
                    self._request(sock, chance)
                else:
                    self._burst(sock, chance)
            except ConnectionError:
                self.ends["reset"] += 1

    def _burst(self, sock: socket.socket, chance: random.Random) -> None:
        first, then = bursts(chance, BURST)
        who = chance.choices(["member", "stranger", "screen", "nobody"], [6, 1, 1, 1])[0]
        opening = self._opening(chance, who)
        farewell = chance.randbytes(8)
        last = b"431" + chance.choice([b"", b"0", b"77"])
        # Whoever has not said who they are is not answered.
        asked = b"" if who == "nobody" else packed(b"42" + last[2:] + b'["view",{}]')
        pieces = [kind(chance) for kind in first]
        self.frames += len(pieces)
        sock.sendall(b"".join([opening, *pieces, asked or frame(PING, farewell)]))
        head, _, buffer = self._until(sock, b"", b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 101"), head
        names = ", ".join(kind.__name__ for kind in first)
        rest = self._read(sock, buffer, (PONG, farewell) if not asked else (TEXT, last + b"["), names)
        if rest is None or not then:
            self.ends["served"] += rest is not None
            return
        pieces = [kind(chance) for kind in then]
        self.frames += len(pieces)
        sock.sendall(b"".join([*pieces, frame(PING, farewell)]))
        rest = self._read(sock, rest, (PONG, farewell), ", ".join(kind.__name__ for kind in then))
        self.ends["served"] += rest is not None

    def _opening(self, chance: random.Random, who: str) -> bytes:
        key = base64.b64encode(os.urandom(16)).decode()
        head = (
            f"GET {PATH} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n"
        )
        auth = {"v": 1, "role": "screen" if who == "screen" else "phone", "code": self.code}
        if who != "screen":
            auth["secret"] = self.secret if who == "member" else f"{chance.getrandbits(200):043d}"[:43]
        greeting = b"" if who == "nobody" else packed(f"40{json.dumps(auth)}")
        return head.encode() + greeting

    def _request(self, sock: socket.socket, chance: random.Random) -> None:
        """A request to the same address that is no handshake, or none of ours."""
        query = chance.choice(
            [
                *("", "EIO=4", "EIO=3&transport=polling", "EIO=4&transport=polling", "transport=websocket"),
                *("EIO=4&transport=polling&j=1", "EIO=4&transport=polling&sid=none", "EIO=4&transport=%00"),
            ]
        )
        body = chance.choice([b"", b"4", b"40", b"\x1e" * 500, text(chance).encode("utf-8", "replace")])
        length = chance.choice([len(body), len(body), -1, 10**12, "x", "1_0", len(body) + 1])
        method = chance.choice(["GET", "POST", "PUT", "OPTIONS", "X"])
        fields = f"Host: 127.0.0.1\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
        head = chance.choice(
            [
                f"{method} /socket.io/?{query} HTTP/1.1\r\n{fields}",
                f"GET /socket.io/?{query} HTTP/9.9\r\n\r\n",
                "\x16\x03\x01\x02\x00\x01\x00\r\n\r\n",
                f"GET {PATH} HTTP/1.1\r\nUpgrade: websocket\r\nConnection: close\r\n\r\n",
            ]
        )
        self.frames += 1
        sock.sendall(head.encode() + body)
        sock.shutdown(socket.SHUT_WR)
        while sock.recv(65536):
            pass
        self.ends["request"] += 1

    def _read(
        self, sock: socket.socket, buffer: bytes, awaited: tuple[int, bytes], sent: str
    ) -> bytes | None:
        """Read up to a frame with this opcode that begins like this; what came after it, or None if the
        server ended the connection before."""
        while True:
            while (found := _frame(buffer)) is None:
                data = sock.recv(65536)
                if not data:
                    self.ends["ended"] += 1
                    return None
                buffer += data
            opcode, payload, buffer = found
            if opcode == CLOSE:
                self.ends[f"closed {struct.unpack('!H', payload[:2])[0] if payload else ''}"] += 1
                return None
            self.answers += payload.startswith(b"43")
            if payload.startswith(b"43") and b'"ok":true' in payload and b'"first":0,' not in payload:
                self.wrong.append(f"{payload[:200]!r} after {sent}")
            if opcode == awaited[0] and payload.startswith(awaited[1]):
                return buffer

    def _until(self, sock: socket.socket, buffer: bytes, mark: bytes) -> tuple[bytes, bytes, bytes]:
        while mark not in buffer:
            data = sock.recv(65536)
            if not data:
                raise ConnectionResetError
            buffer += data
        return buffer.partition(mark)


def _frame(buffer: bytes) -> tuple[int, bytes, bytes] | None:
    """The first frame of a server in these bytes, and the rest; None while it is not whole."""
    if len(buffer) < 2:
        return None
    length, start = buffer[1] & 0x7F, 2
    if length >= 126:
        size = 2 if length == 126 else 8
        length, start = int.from_bytes(buffer[2 : 2 + size]), 2 + size
    if len(buffer) < start + length:
        return None
    return buffer[0] & 0x0F, buffer[start : start + length], buffer[start + length :]


def attack(port: int, code: str, secret: str, seed: int, frames: int) -> dict[str, object]:
    """Send so many frames, some connections at once; what came of it."""
    attacker, pool, number = Attacker(port, code, secret), Pool(AT_ONCE), seed * 10**9
    while attacker.frames < frames:
        number += 1
        pool.wait_available()
        pool.spawn(attacker.connection, number).link_exception(_failed)
    pool.join()
    return {
        "frames": attacker.frames,
        "connections": attacker.connections,
        "answers": attacker.answers,
        "ends": attacker.ends.most_common(),
        "wrong": attacker.wrong[:20],
    }


def _failed(greenlet: gevent.Greenlet) -> None:
    sys.stderr.write(f"an attacker failed: {greenlet.exception!r}\n")
    os._exit(1)


if __name__ == "__main__":
    port, code, secret, seed, frames = sys.argv[1:]
    json.dump(attack(int(port), code, secret, int(seed), int(frames)), sys.stdout)
