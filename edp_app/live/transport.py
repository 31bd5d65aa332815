"""How Engine.IO and Socket.IO are set up here, and everything of theirs that is hooked into.

tests/live/test_hooks.py pins each of these places, so that a release of theirs that moves one turns red.
"""

import contextlib
import io
import json
import logging
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any
from urllib.parse import parse_qs

import engineio
import msgspec
from engineio import packet as eio
from engineio.exceptions import SocketIsClosedError
from engineio.socket import Socket as EngineSocket
from gevent import Timeout, sleep
from gevent.pywsgi import WSGIHandler
from gevent.queue import JoinableQueue
from socketio import packet as sio

from edp_app.live.limits import Connections, Inflow
from edp_app.live.pings import ping_together
from edp_app.live.plain_websocket import plain_websocket
from edp_app.live.protocol import FROM_PAGE, MAX_MESSAGE
from edp_app.live.websocket import SharedText, WebSocket
from edp_app.network import address_key

HEAD_SECONDS = 20.0
"""How long a request line and headers may take, and how long an idle HTTP connection is kept."""

STALL_SECONDS = 60.0
"""How long one read of a body, or one write of an answer, may make no progress."""

PATH = "/socket.io/"

MOST_WAITING_IN_ALL = 64 * 1024 * 1024
"""Bytes in memory that wait to be sent to all pages together. Each page alone may fall behind by a view or
two; thousands that ask and do not read would take the memory of everybody."""

SEPARATOR = b"\x1e"
"""Stands between the packets of one request of a page that polls."""

Environ = dict[str, Any]

BAD, TOO_MUCH = "400 Bad Request", "429 Too Many Requests"

EVENTS = frozenset(FROM_PAGE) - {"connect"}

_encode = msgspec.json.Encoder().encode
_log = logging.getLogger(__name__)


def to_json(value: object) -> str:
    """JSON text of views and messages."""
    return _encode(value).decode()


def event_packet(name: str, payload: object) -> eio.Packet:
    """An event, encoded once: the packet may be sent to any number of sockets."""
    text = f"{sio.EVENT}{to_json([name, payload])}"
    packet = eio.Packet(eio.MESSAGE, text)
    packet.encode_cache = SharedText(f"{eio.MESSAGE}{text}")
    return packet


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is no JSON")


class _Json:
    """What Socket.IO packets are written and read with. Reading stays with the standard library, which
    hands on half characters, so that a text that holds one can be refused with a sentence."""

    @staticmethod
    def dumps(value: object, **_: object) -> str:
        return to_json(value)

    @staticmethod
    def loads(text: str) -> Any:
        return json.loads(text, parse_constant=_no_constant)


class WirePacket(sio.Packet):
    """A Socket.IO packet as this server reads it: no binary parts, the default namespace, known events
    with one argument. Whatever else arrives becomes an event that nobody handles. Without this, a page
    could name its event ``connect`` and have the handler of connections run on what it sends."""

    uses_binary_events = False
    json = _Json

    def decode(self, encoded_packet: str) -> int:
        try:
            super().decode(encoded_packet)
            understood = self.namespace in (None, "/") and self._is_understood()
        except (ValueError, TypeError, RecursionError):
            understood = False
        if not understood:
            self.packet_type, self.namespace, self.id, self.data = sio.EVENT, None, None, ["unknown"]
        return 0

    def _is_understood(self) -> bool:
        if self.packet_type == sio.EVENT:
            data = self.data
            return (
                isinstance(data, list) and len(data) == 2 and isinstance(data[0], str) and data[0] in EVENTS
            )
        if self.packet_type == sio.CONNECT:
            # An empty auth object is falsy, which Socket.IO takes for an older client.
            self.data = self.data if isinstance(self.data, dict) and self.data else {"v": 0}
            return True
        return self.packet_type == sio.DISCONNECT


class Once(eio.Packet):
    """A packet for one page, encoded already. Lets go of its text when it is fetched to be written: Engine.IO
    takes all packets out of the queue at once, and holds the last ones until the next come."""

    def __init__(self, text: str) -> None:
        super().__init__(eio.MESSAGE, text)
        self.queue: SendQueue | None = None

    def encode(self, b64: bool = False) -> str:  # noqa: ARG002 -- Engine.IO's signature
        text: str = self.data
        self.data = ""
        if self.queue is not None:
            self.queue.bytes -= len(text)
        return text


class SendQueue(JoinableQueue):
    """Engine.IO's queue of what waits to be sent to one page, which has no limit by itself: counts its
    bytes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bytes = 0

    def _put(self, item: eio.Packet | None) -> None:
        self.bytes += _size(item)
        super()._put(item)

    def _get(self) -> eio.Packet | None:
        item = super()._get()
        if isinstance(item, Once):
            item.queue = self  # it waits on, for those that were fetched with it
        else:
            self.bytes -= _size(item)
        return item


def _size(item: eio.Packet | None) -> int:
    data = item.data if item is not None else None
    return len(data) if isinstance(data, str | bytes) else 0


def install(server: engineio.Server, *, own_websocket: bool = True) -> None:
    """Give this Engine.IO server (no other) the counting queue and our WebSocket layer, and let it write
    to an idle page at once. With ``own_websocket`` off, the plain way of Engine.IO is used, with its limit
    on message sizes."""
    server._async = {
        **server._async,
        "queue": SendQueue,
        "websocket": WebSocket if own_websocket else plain_websocket(MAX_MESSAGE),
    }
    server.send_packet = partial(_send_packet, server)
    ping_together(server)


def count_connections(server: engineio.Server, connections: Connections) -> None:
    """Refuse connections beyond the limits. To be called after Socket.IO has registered with this server."""
    opened, closed = server.handlers["connect"], server.handlers["disconnect"]

    def connect(sid: str, environ: Environ) -> object:
        if not connections.enter(sid, address_key(environ.get("REMOTE_ADDR", ""))):
            return False
        return opened(sid, environ)

    def disconnect(sid: str, reason: str) -> None:
        connections.leave(sid)
        closed(sid, reason)

    server.on("connect", connect)
    server.on("disconnect", disconnect)


def hear_nothing_after_the_end(server: engineio.Server) -> None:
    """What a page sends after its own farewell goes to nobody: Socket.IO has forgotten the connection, and
    trips over it. To be called after Socket.IO has registered with this server."""
    heard = server.handlers["message"]

    def message(sid: str, data: object) -> None:
        socket = server.sockets.get(sid)
        if socket is not None and not (socket.closing or socket.closed):
            heard(sid, data)

    server.on("message", message)


def _send_packet(server: engineio.Server, sid: str, packet: eio.Packet) -> None:
    """In the place of Engine.IO's method of this name: everything that Socket.IO sends goes through it."""
    if socket := server.sockets.get(sid):
        with contextlib.suppress(SocketIsClosedError):  # its own greenlet is about to find out
            put(socket, packet)


def put(socket: EngineSocket, packet: eio.Packet) -> None:
    """Send one packet. If the page's line is idle it is written here and now, which spares two switches and a
    timer; else it waits in the page's queue. Raises ``SocketIsClosedError``."""
    websocket = _websocket(socket)
    if websocket is None or not socket.upgraded:
        socket.send(packet)
        return
    text = packet.encode()
    if not (socket.closing or socket.closed or socket.queue.qsize()) and websocket.send_now(text):
        return
    # What goes to many is one text for all of them; what goes to one is not kept for longer than it must.
    many = isinstance(text, SharedText) or packet.packet_type != eio.MESSAGE
    socket.send(packet if many else Once(text))


def abort(socket: EngineSocket) -> None:
    """End a page's connection at once, whatever is still to be sent. The page connects again by itself."""
    socket.close(wait=False, abort=True, reason=engineio.Server.reason.SERVER_DISCONNECT)
    websocket = getattr(socket, "websocket", None)
    if websocket is not None:
        websocket.cut()


def relieve(server: engineio.Server, most: int = MOST_WAITING_IN_ALL) -> int:
    """If more than ``most`` bytes wait for all pages together, cut pages off until a quarter of it is free
    again: first those that have taken nothing for the longest time. Returns how many were cut off."""
    waiting = {socket: size for socket in server.sockets.values() if (size := _held(socket))}
    excess = sum(waiting.values()) - most
    if excess <= 0:
        return 0
    excess += most // 4
    behind = sorted(waiting, key=lambda socket: getattr(_websocket(socket), "moved", 0.0), reverse=True)
    count = len(behind)
    while excess > 0:
        socket = behind.pop()
        excess -= waiting[socket]
        abort(socket)
    _log.warning("Too much was waiting for pages that do not read: %d were cut off.", count - len(behind))
    return count - len(behind)


def _websocket(socket: EngineSocket) -> WebSocket | None:
    return getattr(socket, "websocket", None)


def _held(socket: EngineSocket) -> int:
    size: int = socket.queue.bytes + getattr(_websocket(socket), "held", 0)
    return size


class Guard:
    """In front of Socket.IO: refuses what no page of ours sends and what Engine.IO reads carelessly, and ends
    the sessions of pages that poll and send too much."""

    def __init__(
        self, app: Callable[..., Iterable[bytes]], server: engineio.Server, begin: Callable[[], object]
    ) -> None:
        """``begin`` is called once, with the first request to it: from then on an event loop is running."""
        self._app = app
        self._server = server
        self._begin: Callable[[], object] | None = begin

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if not environ.get("PATH_INFO", "").startswith(PATH):
            return self._app(environ, start_response)
        if self._begin is not None:
            begin, self._begin = self._begin, None
            begin()
        if refusal := self._refusal(environ):
            body = refusal.partition(" ")[2].encode()
            headers = [
                ("Content-Type", "text/plain"),
                ("Content-Length", str(len(body))),
                ("Connection", "close"),
            ]
            start_response(refusal, headers)
            return [body]
        return self._app(environ, start_response)

    def _refusal(self, environ: Environ) -> str:
        query = parse_qs(environ.get("QUERY_STRING", ""))
        if "j" in query:  # JSONP: lets a foreign page read answers
            return BAD
        socket = self._server.sockets.get(query.get("sid", [""])[0])
        packets, size = 1, 0
        if environ["REQUEST_METHOD"] == "POST":
            length = environ.get("CONTENT_LENGTH") or ""
            if not (length.isdecimal() and int(length) <= MAX_MESSAGE):
                # Engine.IO would wait, perhaps for ever, until the page has fetched what is still to be sent.
                if socket:
                    abort(socket)
                return BAD
            try:
                body = environ["wsgi.input"].read(int(length))
            except OSError:  # it was announced and did not come
                return BAD
            environ["wsgi.input"] = io.BytesIO(body)
            packets, size = body.count(SEPARATOR) + 1, len(body)
        if socket and not _inflow(socket).takes(packets, size):
            _log.info("a page that polls sent too much and was cut off")
            abort(socket)
            return TOO_MUCH
        return ""


def _inflow(socket: EngineSocket) -> Inflow:
    """What this page may still send by polling; its WebSocket, if it gets one, has its own."""
    if not hasattr(socket, "inflow"):
        socket.inflow = Inflow()
    inflow: Inflow = socket.inflow
    return inflow


class Handler(WSGIHandler):
    """pywsgi's handler, with an end to every wait for the other side. pywsgi itself waits for ever."""

    def handle(self) -> None:
        self.socket.settimeout(STALL_SECONDS)
        super().handle()

    def log_error(self, msg: str, *args: object) -> None:  # noqa: ARG002 -- pywsgi's signature
        """What cannot be read as a request is refused; what it was and from where stays out of the log."""
        _log.info("a request that could not be read was refused")

    def read_requestline(self) -> str:
        sleep(0)  # whoever sends one request after the other without a pause does not keep the event loop
        with Timeout(HEAD_SECONDS, TimeoutError("no request")):
            return super().read_requestline()

    def read_request(self, raw_requestline: str) -> bool:
        try:
            with Timeout(HEAD_SECONDS, TimeoutError()):
                return super().read_request(raw_requestline)
        except TimeoutError:
            raise ValueError("the request's headers took too long") from None
