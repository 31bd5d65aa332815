"""An attacker in a process of its own: opens connections, keeps them, and reads nothing.

``python -m tests.support.fault_hoarder PORT CODE KIND COUNT`` prints a line once all are open, and holds them
until its input ends. The kinds:

- ``connect`` says nothing, ``head`` sends half a request;
- ``handshake`` is a WebSocket and no greeting, ``screen`` is greeted and subscribed;
- ``slow`` asks for the view again and again and answers pings, so that what it asked for piles up;
- ``patient`` does the same within what a page may leave unread.
"""

import base64
import contextlib
import json
import os
import resource
import select
import socket
import sys

from tests.support.fault_raw import PATH, packed

VIEWS = 10
"""As many as a page may ask for at once."""


def opening(port: int, code: str, kind: str) -> bytes:
    """What each connection sends."""
    if kind == "connect":
        return b""
    key = base64.b64encode(os.urandom(16)).decode()
    head = (
        f"GET {PATH} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
        f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
    ).encode()
    if kind == "head":
        return head
    head += b"\r\n"
    if kind == "handshake":
        return head
    head += packed(f"40{json.dumps({'v': 1, 'role': 'screen', 'code': code})}")
    views = {"slow": VIEWS, "patient": 2}.get(kind, 1)
    return head + b"".join(packed(f'42{number}["view",{{}}]') for number in range(views))


def hoard(port: int, code: str, kind: str, count: int) -> None:
    """Open the connections, and keep them until the input ends."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    kept = []
    for _ in range(count):
        sock = socket.socket()
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        sock.connect(("127.0.0.1", port))
        sock.sendall(opening(port, code, kind))
        kept.append(sock)
    sys.stdout.write("open\n")
    sys.stdout.flush()
    while not select.select([sys.stdin], [], [], 1.0)[0]:
        more = {"slow": packed("3") + packed('421["view",{}]'), "patient": packed("3")}.get(kind, b"")
        for sock in kept:
            _more(sock, more)


def _more(sock: socket.socket, data: bytes) -> None:
    with contextlib.suppress(OSError):  # ended by the server
        sock.send(data, socket.MSG_DONTWAIT)


if __name__ == "__main__":
    port, code, kind, count = sys.argv[1:]
    hoard(int(port), code, kind, int(count))
