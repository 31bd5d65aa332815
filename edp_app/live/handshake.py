"""What a WebSocket handshake has to bring, and the socket that is left after it."""

import base64
import binascii
import ssl
from typing import Any

Environ = dict[str, Any]


class HandshakeRefused(Exception):
    """The request is no WebSocket handshake that can be accepted."""


def check_key(key: str) -> None:
    """Raises :class:`HandshakeRefused` unless it is 16 bytes in base64."""
    try:
        good = len(base64.b64decode(key, validate=True)) == 16
    except binascii.Error:
        good = False
    if not good:
        raise HandshakeRefused("its key is not 16 bytes")


def take_socket(environ: Environ) -> tuple[Any, bytes]:
    """The connection's socket, and what its reader has read of it beyond the request.

    The reader is closed (the socket is not), so that pywsgi does not take what follows for another request
    and closes the connection when the application returns.
    """
    reader: Any = environ["wsgi.input"]
    reader = getattr(reader, "rfile", reader)
    sock = reader.raw._sock
    sock.settimeout(0)
    try:
        early = reader.peek()
    except (BlockingIOError, ssl.SSLWantReadError):
        early = b""
    reader.close()
    return sock, bytes(early)
