"""What is hooked into Engine.IO, Socket.IO and gevent, pinned: a release that moves one turns red here."""

import importlib.util
import inspect
import json

import engineio
import gevent
import pytest
import socketio
from engineio import packet as eio
from engineio.async_drivers import gevent as driver
from engineio.base_socket import BaseSocket
from engineio.socket import Socket
from gevent.pywsgi import WSGIHandler
from socketio import packet as sio

from edp_app.live import transport
from edp_app.live.transport import Once, SendQueue, WirePacket, abort, event_packet, install
from edp_app.live.websocket import SharedText, WebSocket
from tests.support.engine import PATH, connected, serve_engine
from tests.support.raw_websocket import CLOSE, PING, PONG, TEXT, RawWebSocket, frame, header
from tests.support.waiting import until

pytestmark = pytest.mark.live


@pytest.fixture
def engine(own_websocket):
    """An Engine.IO server with our layer, then with the plain one, over real sockets."""
    yield from serve_engine(own_websocket)


@pytest.fixture
def own_engine():
    """The same with our layer, for what the plain one cannot do."""
    yield from serve_engine(True)


# ---- Engine.IO


def test_gevent_websocket_is_not_installed():
    """Engine.IO would choose it silently, and our layer would stand on something else."""
    assert importlib.util.find_spec("geventwebsocket") is None


def test_the_driver_has_the_parts_that_are_replaced():
    assert {"thread", "queue", "queue_empty", "event", "websocket", "sleep"} == set(driver._async)
    assert list(inspect.signature(driver.WebSocketWSGI.__init__).parameters)[:3] == [
        "self",
        "handler",
        "server",
    ]
    assert issubclass(SendQueue, driver._async["queue"])


def test_only_this_server_is_changed():
    one, other = engineio.Server(async_mode="gevent"), engineio.Server(async_mode="gevent")
    install(one)
    assert one._async["websocket"] is WebSocket
    assert other._async is driver._async
    assert driver._async["websocket"] is driver.WebSocketWSGI


def test_the_queue_of_a_socket_comes_from_the_server():
    server = engineio.Server(async_mode="gevent")
    install(server)
    assert type(BaseSocket(server, "sid").queue) is SendQueue


def test_a_message_goes_through_the_layer(engine):
    raw, sid = connected(engine)
    with raw:
        raw.text("42abc")
        assert raw.read_text() == "422abc"
        assert engine.messages == ["2abc"]
        assert sid in engine.server.sockets


def test_our_layer_is_found_from_the_socket_of_engine_io(engine, own_websocket):
    raw, sid = connected(engine)
    with raw:
        found = getattr(engine.server.sockets[sid], "websocket", None)
        assert isinstance(found, WebSocket) == own_websocket


def test_what_was_written_is_let_go(own_engine):
    """Engine.IO's writing loop fetches the text of each packet once, and keeps the packet itself."""
    raw, sid = connected(own_engine)
    with raw:
        socket = own_engine.server.sockets[sid]
        packets = [Once(f"4{letter * 5}") for letter in "ab"]
        for packet in packets:
            socket.send(packet)
        assert socket.queue.bytes == 12
        assert [raw.read_text(), raw.read_text()] == ["4aaaaa", "4bbbbb"]
        until(lambda: socket.queue.bytes == 0)
        assert [packet.data for packet in packets] == ["", ""]


def test_a_lost_connection_is_noticed(engine):
    raw, _sid = connected(engine)
    raw.sock.close()
    until(lambda: engine.gone == ["transport close"])
    until(lambda: not engine.server.sockets)


def test_a_message_over_the_limit_closes_that_connection_alone(engine, own_websocket):
    raw, _sid = connected(engine)
    other, _ = connected(engine)
    with raw, other:
        if own_websocket:
            raw.send(header(TEXT, 200_000_000) + b"mask")
        else:  # looks at what has arrived
            raw.send(frame(TEXT, b"42" + b"x" * transport.MAX_MESSAGE))
        assert raw.read_close() == 1009
        raw.send(frame(CLOSE, b"\x03\xf1"))
        until(lambda: engine.gone == ["transport close"])
        other.text("42still")
        assert other.read_text() == "422still"
    assert engine.messages == ["2still"]


def test_rubbish_closes_the_connection_and_leaves_nothing_behind(own_engine):
    raw, _sid = connected(own_engine)
    with raw:
        raw.text("rubbish")
        assert raw.read_close() == 1002
    until(lambda: not own_engine.server.sockets)
    assert own_engine.gone == ["transport close"]


def test_polling_can_be_upgraded(engine):
    from urllib.request import urlopen

    host, port = engine.address
    pool = gevent.get_hub().threadpool
    base = f"http://{host}:{port}/engine.io/?EIO=4&transport=polling"

    def get(url):
        with urlopen(url, timeout=30) as answer:
            return answer.read().decode()

    sid = json.loads(pool.apply(get, (base,))[1:])["sid"]
    waiting = gevent.spawn(pool.apply, get, (f"{base}&sid={sid}",))
    gevent.sleep(0.05)
    with RawWebSocket(engine.address, f"{PATH}&sid={sid}").open() as raw:
        raw.text("2probe")
        assert raw.read_text() == "3probe"
        assert waiting.get(timeout=30) == "6"
        raw.text("5")
        raw.text("42abc")
        assert raw.read_text() == "422abc"
    until(lambda: not engine.server.sockets)


def test_the_server_can_end_a_connection(own_engine):
    raw, sid = connected(own_engine)
    with raw:
        gevent.spawn(own_engine.server.disconnect, sid)
        assert raw.read_text() == "1"
        assert raw.read_close() == 1000
        raw.send(frame(CLOSE, b"\x03\xe8"))
        assert raw.is_ended()
    until(lambda: not own_engine.server.sockets)


def test_aborting_ends_a_connection_that_does_not_read(own_engine):
    raw, sid = connected(own_engine)
    with raw:
        socket = own_engine.server.sockets[sid]
        for _ in range(100):
            socket.send(eio.Packet(eio.MESSAGE, "x" * 100_000))
        until(lambda: socket.queue.bytes == 0)  # its writer has taken all and is stuck with it
        for _ in range(10):
            socket.send(eio.Packet(eio.MESSAGE, "x" * 100_000))
        gevent.sleep(0.05)
        assert socket.queue.bytes == 1_000_000
        abort(socket)
        until(lambda: sid not in own_engine.server.sockets)
        assert own_engine.gone == ["server disconnect"]


def test_what_is_sent_at_once_keeps_its_order(own_engine):
    """Small and large, more than the line takes, while the page reads late: nothing overtakes anything."""
    raw, sid = connected(own_engine)
    with raw:
        for number in range(60):
            own_engine.server.send(sid, f"2{number}," + "x" * (200_000 if number % 3 == 0 else 20))
            if number % 7 == 0:
                raw.send(frame(PING, str(number).encode()))
                gevent.sleep(0)
        read, pongs = [], []
        while len(read) < 60:
            opcode, payload = raw.read_frame()
            (pongs if opcode == PONG else read).append(payload)
        assert [int(text[2:].split(b",")[0]) for text in read] == list(range(60))
        assert {len(text) for text in read[1::3]} <= {24, 25}
        raw.text("42abc")
        while (text := raw.read_frame())[0] == PONG:
            pongs.append(text[1])
        assert text == (TEXT, b"422abc")
        assert pongs == [str(number).encode() for number in range(0, 60, 7)][: len(pongs)]


def test_an_idle_page_is_written_to_at_once_and_a_busy_one_is_not(own_engine):
    raw, sid = connected(own_engine)
    with raw:
        socket = own_engine.server.sockets[sid]
        gevent.sleep(0.02)
        own_engine.server.send(sid, "2one")
        assert socket.queue.qsize() == 0, "it was written without a turn of the loop"
        assert raw.read_text() == "42one"
        while socket.websocket.send_now("42" + "x" * 100_000):
            pass  # until the line takes no more
        own_engine.server.send(sid, "2waits")
        assert socket.queue.qsize() == 1


def test_everything_that_socket_io_sends_goes_through_the_hook(own_engine):
    calls = inspect.getsource(engineio.Server.send)
    assert "self.send_packet(" in calls
    for name in ("_send_packet", "_send_eio_packet"):
        assert "self.eio.send" in inspect.getsource(getattr(socketio.Server, name))


def test_the_queue_counts_what_waits():
    queue = SendQueue()
    queue.put(eio.Packet(eio.MESSAGE, "12345"))
    queue.put(None)
    queue.put(eio.Packet(eio.OPEN, {"sid": "x"}))
    assert queue.bytes == 5
    queue.get()
    assert queue.bytes == 0
    assert [queue.get(), queue.get().packet_type] == [None, eio.OPEN]
    assert queue.bytes == 0


def test_a_packet_that_was_encoded_before_is_sent_as_it_is():
    packet = event_packet("change", {"título": 1})
    assert isinstance(packet.encode(), SharedText)
    assert packet.encode() == packet.encode(b64=True) == '42["change",{"título":1}]'
    fresh = eio.Packet(eio.MESSAGE, packet.data)
    assert fresh.encode() == packet.encode()


def test_the_pages_answer_to_a_ping_is_what_engine_io_waits_for():
    source = inspect.getsource(Socket.receive)
    assert "packet.PONG" in source
    assert "schedule_ping" in source


# ---- Socket.IO


def test_socket_io_takes_our_packets():
    server = socketio.Server(async_mode="gevent", serializer=WirePacket)
    assert server.packet_class is WirePacket


@pytest.mark.parametrize(
    "text",
    [
        '2["connect",{"REMOTE_ADDR":"x"}]',
        '2["disconnect",{}]',
        '2["op"]',
        '2["op",{},{}]',
        '2["other",{}]',
        '2[["op"],{}]',
        '2{"op":1}',
        "2",
        "2null",
        "2[",
        "2" + "[" * 10_000,
        '2/admin,["op",{}]',
        '2["op",NaN]',
        '31[{"a":1}]',
        '4{"message":"x"}',
        '51-["op",{"_placeholder":true,"num":0}]',
        '61-1[{"_placeholder":true,"num":0}]',
        "0/admin,{}",
        "9",
        "x",
    ],
)
def test_what_no_page_of_ours_sends_becomes_an_event_that_nobody_handles(text):
    packet = WirePacket(encoded_packet=text)
    assert (packet.packet_type, packet.data, packet.id) == (sio.EVENT, ["unknown"], None)
    assert packet.attachment_count == 0


def test_what_pages_send_is_read():
    packet = WirePacket(encoded_packet='212["op",{"op_id":"abcdefgh","command":{"type":"join"}}]')
    assert packet.packet_type == sio.EVENT
    assert packet.id == 12
    assert packet.data == ["op", {"op_id": "abcdefgh", "command": {"type": "join"}}]
    assert WirePacket(encoded_packet='0{"v":1}').data == {"v": 1}
    assert WirePacket(encoded_packet="0").data == {"v": 0}  # no auth is wrong auth
    assert WirePacket(encoded_packet="1").packet_type == sio.DISCONNECT
    half = WirePacket(encoded_packet='21["op",{"x":"\\ud800"}]')
    assert half.data[1]["x"] == "\ud800"


def test_our_packets_are_written_like_those_of_socket_io():
    for kind, data, number in (
        (sio.EVENT, ["change", {"título": [1, None, True]}], None),
        (sio.ACK, [{"ok": True}], 7),
        (sio.CONNECT, {"sid": "x"}, None),
        (sio.CONNECT_ERROR, {"message": "refused", "data": {"code": "too_fast"}}, None),
    ):
        ours = WirePacket(kind, data=data, namespace="/", id=number).encode()
        theirs = sio.Packet(kind, data=data, namespace="/", id=number).encode()
        assert sio.Packet(encoded_packet=ours).data == sio.Packet(encoded_packet=theirs).data
        assert ours[: theirs.index("{") if "{" in theirs else None].startswith(str(kind))


def test_the_manager_knows_the_engine_of_a_connection():
    assert list(inspect.signature(socketio.Manager().eio_sid_from_sid).parameters) == ["sid", "namespace"]


# ---- gevent


def test_pywsgi_gives_an_upgrade_its_raw_reader():
    source = inspect.getsource(WSGIHandler.get_environ)
    assert "env['wsgi.input'] = self.wsgi_input if handling_reads else self.rfile" in source
    assert "self.rfile.closed" in inspect.getsource(WSGIHandler.handle_one_request)


def test_pywsgi_reads_a_request_where_the_handler_limits_it():
    source = inspect.getsource(WSGIHandler.handle_one_request)
    assert "self.read_requestline()" in source
    assert "self.read_request(self.requestline)" in source
