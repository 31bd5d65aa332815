"""An attacker in a process of its own, without a library: sends as fast as the line takes it until it is cut.

``python -m tests.support.flooder HOST PORT CODE KIND SECONDS`` prints JSON: how many messages were sent,
whether the server ended the connection, and how many answers came.
"""

import json
import select
import sys
import time

from tests.support.raw_websocket import CONTINUATION, PING, PONG, TEXT, RawWebSocket, frame

PATH = "/socket.io/?EIO=4&transport=websocket"
PONG_FRAME = frame(PONG, masked=False)
SECRET = "attacker-" + "x" * 32


ANSWERED = ("pings", "ops")
"""Floods of what is answered. Of those one goes first, and the flood follows its answer: whoever is cut may
lose all that came before."""


def burst(kind: str, number: int) -> tuple[bytes, int]:
    """Some frames of this kind of flood, and how many messages they are: of what is answered so many that one
    burst is too much already, however soon it is cut."""
    many = 400 if number else 1
    if kind == "junk":  # events that nobody handles
        return frame(TEXT, b'42["nothing",{"junk":"' + b"x" * 20_000 + b'"}]'), 1
    if kind == "pings":
        return frame(PING) * many, many
    if kind == "empty":
        return (b"" if number else frame(TEXT, b"42", fin=False)) + frame(CONTINUATION, fin=False) * 100, 100
    if kind == "ops":
        op = '42%d["op",{"op_id":"flood-%06d","command":{"type":"join"}}]'
        numbers = range(number, number + many)
        return b"".join(frame(TEXT, (op % (n, n)).encode()) for n in numbers), many
    raise ValueError(kind)


def flood(address: tuple[str, int], code: str, kind: str, seconds: float) -> dict[str, object]:
    """Connect (as a phone for ``ops``, else as a screen), then send until cut, or for so many seconds."""
    auth = {"v": 1, "role": "phone" if kind == "ops" else "screen", "code": code}
    if kind == "ops":
        auth["secret"] = SECRET
    with RawWebSocket(address, PATH) as raw:
        raw.open()
        raw.read_text()
        raw.text("40" + json.dumps(auth))
        raw.read_text()
        sock, waiting = raw.sock, b""
        said, sent, end = raw.buffer, 0, time.monotonic() + seconds
        try:
            while time.monotonic() < end:
                if not waiting and (not sent or kind not in ANSWERED or answers(said)):
                    waiting, count = burst(kind, sent)
                    sent += count
                readable, writable, _ = select.select([sock], [sock] if waiting else [], [], 0.1)
                if readable:
                    data = sock.recv(65536)
                    if not data:
                        break
                    said += data
                if writable:
                    waiting = waiting[sock.send(waiting) :]
            else:
                return {"cut": False, "sent": sent}
        except OSError:
            pass
    return {"cut": True, "sent": sent, "answered": answers(said)}


def answers(said: bytes) -> int:
    """How many answers came."""
    return said.count(b'"ok":') + said.count(PONG_FRAME)


if __name__ == "__main__":
    host, port, code, kind, seconds = sys.argv[1:]
    print(json.dumps(flood((host, int(port)), code, kind, float(seconds))))
