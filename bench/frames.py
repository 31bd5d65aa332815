"""The client side of WebSocket (RFC 6455) in as few instructions as Python allows: text only, no extension.

It is for the load generator alone, which must cost far less than what it measures. It trusts the server: what
a client has to check to be safe is not checked.
"""

import os
from itertools import cycle

TEXT, CLOSE, PING = 0x81, 0x88, 0x89

_MASKS = cycle([os.urandom(4) for _ in range(64)])
"""Masks need not be secret here, but must not be zero: a server may skip the work for a mask of zeros."""


def handshake(host: str, path: str, headers: dict[str, str] | None = None) -> bytes:
    """The request that asks for a WebSocket."""
    lines = [
        f"GET {path} HTTP/1.1",
        f"Host: {host}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version: 13",
        *(f"{name}: {value}" for name, value in (headers or {}).items()),
    ]
    return "\r\n".join([*lines, "", ""]).encode()


def masked(payload: bytes, opcode: int = TEXT) -> bytes:
    """One complete frame from a client; ``payload`` has at most 65,535 bytes."""
    mask = next(_MASKS)
    size = len(payload)
    head = bytes((opcode, 0x80 | size)) if size < 126 else bytes((opcode, 0xFE)) + size.to_bytes(2)
    key = (mask * (size // 4 + 1))[:size]
    mixed = int.from_bytes(payload) ^ int.from_bytes(key)
    return head + mask + mixed.to_bytes(size)


def split(data: bytes) -> tuple[list[tuple[int, bytes]], bytes]:
    """The complete frames of a server in ``data`` as (first byte, payload), and the bytes left over."""
    frames = []
    at, end = 0, len(data)
    while end - at >= 2:
        size, start = data[at + 1], at + 2
        if size == 126:
            size, start = int.from_bytes(data[at + 2 : at + 4]), at + 4
        elif size == 127:
            size, start = int.from_bytes(data[at + 2 : at + 10]), at + 10
        if start > end or start + size > end:
            break
        frames.append((data[at], data[start : start + size]))
        at = start + size
    return frames, data[at:]
