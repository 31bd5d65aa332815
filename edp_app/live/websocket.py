"""The WebSocket layer between gevent's pywsgi and Engine.IO.

The handshake and the framing are wsproto's. What this module adds is what a hall full of strangers needs:

- a message over the limit ends its connection with 1009 as soon as a frame's header says so: nothing of it is
  buffered, whatever length it claims;
- no extension is ever agreed on, so nothing is ever inflated;
- text that is no Engine.IO packet ends the connection here, where it can be ended cleanly;
- a connection that sends more than any page of ours would is ended with 1008, before anything is decoded;
  pings and empty frames count, too;
- whoever sends without a pause does not keep the event loop: it is handed on every few messages;
- every wait has an end, and the socket is closed on every path;
- a broadcast is framed once (:class:`SharedText`), whatever the number of phones.

It stands in for ``engineio.async_drivers.gevent.WebSocketWSGI``: same constructor, same ``wait``, ``send``,
``close``.
"""

import contextlib
import logging
import re
from collections import deque
from collections.abc import Callable, Iterable
from time import monotonic
from typing import Any

import h11
from gevent import get_hub, sleep, spawn
from gevent import socket as gsocket
from gevent.event import Event as Signal
from wsproto.connection import Connection, ConnectionState, ConnectionType
from wsproto.events import AcceptConnection, BytesMessage, CloseConnection, Ping, Request, TextMessage
from wsproto.frame_protocol import CloseReason
from wsproto.handshake import H11Handshake
from wsproto.utilities import ProtocolError

from edp_app.live.handshake import HandshakeRefused, check_key, take_socket
from edp_app.live.limits import Inflow
from edp_app.live.quick_frames import whole_texts
from edp_app.live.size_limit import SizeLimit

Environ = dict[str, Any]
StartResponse = Callable[[str, list[tuple[str, str]]], object]

READ = 4096
CLOSE_SECONDS = 3.0
"""How long the other side has to answer our closing frame."""

DRAIN_SECONDS = 0.3
DRAIN_BYTES = 1024 * 1024
"""After a refused message what still comes is read and thrown away until there is this much silence or
this much of it, so that our closing frame is not lost to a reset."""

LEAST_READ = 64
"""What one read counts at least, in bytes: somebody may send a byte at a time."""

IN_ONE_GO = 8
"""Reads and messages after which the others get a turn. Reading does not wait while there is something to be
read, so whoever sends faster than we read would never let go."""

MOST_PENDING = 8
"""Control frames (pongs) kept while another frame is being written; a peer that causes more is cut off."""

_HANDSHAKE_HEADERS = {
    "HTTP_HOST": b"Host",
    "HTTP_UPGRADE": b"Upgrade",
    "HTTP_CONNECTION": b"Connection",
    "HTTP_SEC_WEBSOCKET_KEY": b"Sec-WebSocket-Key",
    "HTTP_SEC_WEBSOCKET_VERSION": b"Sec-WebSocket-Version",
}

_PACKET = re.compile(r"4[0-6]|[12356](?:probe)?\Z")
"""How the Engine.IO packets begin that a page may send: a message that holds a Socket.IO packet, or one of
the short ones. Engine.IO itself would raise on others in a place where nothing closes the connection."""

_log = logging.getLogger(__name__)


class SharedText(str):
    """One text that goes to many: carries its frame, made at the first use. Frames from a server carry no
    mask and no extension, so they are the same on every connection."""

    _frame: bytes | None = None

    def frame(self) -> bytes:
        """The text as one complete WebSocket frame."""
        if self._frame is None:
            self._frame = Connection(ConnectionType.SERVER).send(TextMessage(data=str(self)))
        return self._frame


class WebSocket:
    """One WebSocket. Engine.IO makes it with its handler, calls it as a WSGI application, and uses it
    inside the handler: ``wait`` in one greenlet, ``send`` and ``close`` in another."""

    def __init__(self, handler: Callable[["WebSocket"], object], server: Any) -> None:
        self._handler: Callable[[WebSocket], object] | None = handler
        self._limit: int = server.max_http_buffer_size
        self._idle: float = server.ping_interval + server.ping_timeout
        self._messages: deque[str] = deque()
        self._parts: list[str] = []
        self._pending: deque[bytes] = deque()
        self._writing = False
        self._written = Signal()
        self.held = 0  # bytes in memory for frames that are being written, or wait for it: whole to their end
        self.moved = 0.0  # when the other side last took some of them, by the monotonic clock
        self._ended = False
        self._timer: Any = None
        self._inflow = Inflow()
        self._quick = (
            True  # wsproto has seen nothing of this connection yet that it could be in the middle of
        )
        self._steps = 0
        # Engine.IO gives its socket's bound method; the socket is where others find this object again.
        handler.__self__.websocket = self  # type: ignore[attr-defined]

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        # Engine.IO takes a list for packets to be sent; anything else it hands on to the WSGI server as it
        # is. Its socket knows us: we do not keep it, since a circle of objects stays in memory for long.
        handler, self._handler = self._handler, None
        if handler is None:
            raise RuntimeError("a WebSocket is opened once")
        try:
            self._open(environ)
        except (HandshakeRefused, ProtocolError, h11.ProtocolError, UnicodeError) as error:
            _log.info("WebSocket handshake refused: %s", error)
            headers = [
                ("Content-Type", "text/plain"),
                ("Sec-WebSocket-Version", "13"),
                ("Connection", "close"),
            ]
            start_response("400 Bad Request", headers)
            return (b"This is no WebSocket handshake.",)
        except OSError:
            return ()
        try:
            handler(self)
        except OSError:
            pass  # the connection was lost while the handler wrote to it
        except Exception:  # noqa: BLE001 -- whatever it is, the socket is closed below
            _log.exception("a WebSocket's handler failed")
        finally:
            self._ended = True
            if self._timer is not None:
                self._timer.close()
            self.abort()
        return ()

    def wait(self) -> str | None:
        """The next message; None once the connection is closed, for whatever reason."""
        while not self._messages:
            if self._ended:
                return None
            try:
                data = self._sock.recv(READ)
            except OSError:  # also the time-out of a connection that has fallen silent
                self.abort()
                return None
            if not data:
                self._ended = True
                return None
            self._feed(data)
            self._let_others()
        self._let_others()
        return self._messages.popleft() if self._messages else None

    def _let_others(self) -> None:
        self._steps += 1
        if self._steps % IN_ONE_GO == 0:
            sleep(0)

    def send(self, message: str) -> None:
        """Write one message; waits while the other side does not read. Raises OSError once the connection
        is over."""
        if self._ended or self._timer is not None:
            raise OSError("the WebSocket is closed")
        frame = message.frame() if isinstance(message, SharedText) else self._frame(TextMessage(data=message))
        del message  # it can be long, and so can the writing
        self._write(frame)

    def send_now(self, message: str) -> bool:
        """Write one message without waiting and without waking anybody, if the line is idle and takes it;
        False, and nothing written, if not. The caller sees to it that no earlier message is still in a queue.

        A socket takes a part of a frame when its buffer fills up: the rest is written by a greenlet of its
        own, and whatever comes next waits for it.
        """
        if self._writing or self._ended or self._timer is not None or type(self._sock) is not gsocket.socket:
            return False
        if isinstance(message, SharedText):
            frame = message.frame()
        else:
            frame = self._frame(TextMessage(data=message))
        try:
            sent = self._sock._sock.send(frame)
        except OSError:  # full, or gone: in both cases the ordinary way finds out
            return False
        if sent < len(frame):
            self._writing, self.held = True, self.held + len(frame) - sent
            spawn(self._finish, frame[sent:])
        return True

    def close(self) -> None:
        """Begin the closing handshake. The waiting greenlet gets None when it is over, in 3 seconds at
        most."""
        self._close(CloseReason.NORMAL_CLOSURE)

    def abort(self) -> None:
        """End the connection without a word: wakes whoever reads or writes. Repeatable."""
        self._ended = True
        with contextlib.suppress(OSError):  # already gone
            self._sock.shutdown(gsocket.SHUT_RDWR)

    def cut(self) -> None:
        """The same, and forget what it has sent and nobody has looked at yet."""
        self._messages.clear()
        self.abort()

    def _open(self, environ: Environ) -> None:
        if environ.get("CONTENT_LENGTH", "0") != "0" or "HTTP_TRANSFER_ENCODING" in environ:
            raise HandshakeRefused("it has a body")
        check_key(environ.get("HTTP_SEC_WEBSOCKET_KEY", ""))
        headers = [
            (wire, environ[name].encode("latin-1"))
            for name, wire in _HANDSHAKE_HEADERS.items()
            if name in environ
        ]
        handshake = H11Handshake(ConnectionType.SERVER)
        handshake.initiate_upgrade_connection(headers, "/")
        if not any(isinstance(event, Request) for event in handshake.events()):
            raise HandshakeRefused("it is incomplete")
        answer = handshake.send(AcceptConnection(extensions=[SizeLimit(self._limit)]))
        if handshake.connection is None:
            raise HandshakeRefused("it was not accepted")
        self._connection = handshake.connection
        self._sock, early = take_socket(environ)
        self._sock.settimeout(self._idle)
        self._sock.sendall(answer)
        if early:
            self._feed(early)

    def _feed(self, data: bytes) -> None:
        if not self._inflow.takes(0, max(len(data), LEAST_READ)):
            self._overrun()
            return
        if self._quick:
            texts, taken = whole_texts(data, self._limit)
            for text in texts:
                if not self._inflow.takes(1):
                    self._overrun()
                    return
                self._message(text)
                if self._ended:
                    return
            if taken == len(data):
                return
            data = data[taken:]
            self._quick = False
        connection = self._connection
        connection.receive_data(data)
        for event in connection.events():
            if getattr(event, "frame_finished", True) and not self._inflow.takes(1):
                self._overrun()
                return
            if isinstance(event, TextMessage):
                self._text(event)
            elif isinstance(event, Ping):
                self._control(self._frame(event.response()))
            elif isinstance(event, BytesMessage):
                self._fail(CloseReason.UNSUPPORTED_DATA)
            elif isinstance(event, CloseConnection):
                if connection.state is ConnectionState.REMOTE_CLOSING:
                    self._control(self._frame(event.response()))
                elif connection.state is not ConnectionState.CLOSED:
                    self._fail(CloseReason(event.code))
                self._ended = True
            if self._ended:
                return

    def _text(self, event: TextMessage) -> None:
        if event.data:
            self._parts.append(event.data)
        if not event.message_finished:
            return
        message = "".join(self._parts)
        self._parts.clear()
        self._message(message)

    def _message(self, message: str) -> None:
        if self._timer is not None:
            return  # we are closing: what still arrives counts no more
        if _PACKET.match(message):
            self._messages.append(message)
        else:
            self._fail(CloseReason.PROTOCOL_ERROR)

    def _overrun(self) -> None:
        _log.info("a connection that sent too much was ended")
        self._fail(CloseReason.POLICY_VIOLATION)

    def _fail(self, code: CloseReason) -> None:
        """End the connection because of what was received, saying why."""
        self._messages.clear()
        if self._writing:
            self.abort()
            return
        self._close(code)
        self._ended = True
        self._drain()

    def _drain(self) -> None:
        """Closing with unread bytes in the kernel would reset the connection and lose our closing frame."""
        left = DRAIN_BYTES
        try:
            self._sock.shutdown(gsocket.SHUT_WR)
            self._sock.settimeout(DRAIN_SECONDS)
            while left > 0 and (data := self._sock.recv(READ * 4)):
                left -= len(data)
                sleep(0)
        except OSError:
            pass

    def _close(self, code: CloseReason) -> None:
        if self._ended or self._connection.state not in (
            ConnectionState.OPEN,
            ConnectionState.REMOTE_CLOSING,
        ):
            return
        self._timer = get_hub().loop.timer(CLOSE_SECONDS)
        self._timer.start(self.abort)
        self._control(self._frame(CloseConnection(code=code)))

    def _frame(self, event: Any) -> bytes:
        try:
            return bytes(self._connection.send(event))
        except ProtocolError as error:
            raise OSError("the WebSocket is closing") from error

    def _control(self, frame: bytes) -> None:
        """Write a control frame: never into the middle of another frame, and never waiting for one."""
        if not self._writing:
            try:
                self._write(frame)
            except OSError:
                self.abort()
        elif len(self._pending) < MOST_PENDING:
            self._pending.append(frame)
        else:
            self.abort()

    def _write(self, frame: bytes) -> None:
        self.held += len(frame)
        while self._writing:  # the rest of a frame that was sent at once, or a control frame
            self._written.clear()
            self._written.wait()
        self._writing = True
        self._write_rest(frame)

    def _finish(self, rest: bytes) -> None:
        with contextlib.suppress(OSError):  # whoever reads finds out
            self._write_rest(rest)

    def _write_rest(self, frame: bytes) -> None:
        rest = memoryview(frame)
        try:
            while rest:
                self.moved = monotonic()
                rest = rest[self._sock.send(rest) :]
            while self._pending:
                self._sock.sendall(self._pending.popleft())
        except OSError:
            self.abort()
            raise
        finally:
            self._writing, self.held = False, self.held - len(frame)
            self._written.set()
