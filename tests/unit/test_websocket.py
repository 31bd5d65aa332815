"""The WebSocket layer, held to RFC 6455 and to its own limits, over real sockets."""

import gc
import struct
import types

import gevent
import pytest
from gevent import socket
from gevent.pywsgi import WSGIServer
from wsproto.frame_protocol import Opcode, RsvBits

from edp_app.live import websocket
from edp_app.live.transport import Handler
from edp_app.live.websocket import SharedText, SizeLimit, WebSocket
from tests.support.raw_websocket import (
    BINARY,
    CLOSE,
    CONTINUATION,
    PING,
    PONG,
    TEXT,
    RawWebSocket,
    frame,
    header,
)

LIMIT = 20 * 1024


class Echo:
    """Stands where Engine.IO's socket stands: answers each message, and notes how its WebSockets ended."""

    def __init__(self):
        self.websocket = None
        self.ended = gevent.event.Event()
        self.failure = None
        self.got = []

    def handle(self, ws):
        try:
            while (message := ws.wait()) is not None:
                self.got.append(message)
                if message == "40raise":
                    raise RuntimeError("a fault in the handler")
                if message == "40close":
                    ws.close()
                elif message == "40silent":
                    pass
                elif message.startswith("40big"):
                    ws.send("4" * int(message[5:]))
                else:
                    ws.send(message)
        except Exception as error:
            self.failure = error
            raise

    def wait_ended(self):
        assert self.ended.wait(5), "the handler was not told that the connection is over"


@pytest.fixture
def settings():
    return types.SimpleNamespace(max_http_buffer_size=LIMIT, ping_interval=10, ping_timeout=8)


@pytest.fixture
def served(settings):
    """A server whose every request becomes a WebSocket of an Echo; gives its address and the Echos."""
    echos = []

    def app(environ, start_response):
        echo = Echo()
        echos.append(echo)
        try:
            return WebSocket(echo.handle, settings)(environ, start_response)
        finally:
            echo.ended.set()

    server = WSGIServer(("127.0.0.1", 0), app, handler_class=Handler, log=None, error_log=None)
    server.start()
    yield types.SimpleNamespace(address=server.address, echos=echos)
    server.stop(timeout=1)


@pytest.fixture
def client(served):
    with RawWebSocket(served.address) as raw:
        yield raw.open()


def ended_with(client, served, code):
    """The client is told this code, the connection is closed, and the handler knows."""
    assert client.read_close() == code
    client.send(frame(CLOSE, struct.pack("!H", code)))
    assert client.is_ended()
    served.echos[0].wait_ended()
    return True


# ---- the handshake


def test_a_handshake_is_answered_as_the_rfc_says(served):
    with RawWebSocket(served.address, headers={"Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="}) as raw:
        raw.open()
        assert raw.status == 101
        assert "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=" in raw.answer  # the example of RFC 6455, 1.3


def test_compression_that_is_offered_is_not_accepted(served):
    offer = "permessage-deflate; client_max_window_bits, x-webkit-deflate-frame"
    with RawWebSocket(served.address, headers={"Sec-WebSocket-Extensions": offer}) as raw:
        raw.open()
        assert raw.status == 101
        assert "extensions" not in raw.answer.lower()
        raw.send(frame(TEXT, b"4\x00", rsv1=True))
        assert raw.read_close() == 1002


@pytest.mark.parametrize("name", ["", "permessage-deflate", '""'])
def test_our_own_hook_cannot_be_negotiated(served, name):
    with RawWebSocket(served.address, headers={"Sec-WebSocket-Extensions": f"{name}; x=1, {name}"}) as raw:
        raw.open()
        assert raw.status == 101
        assert "extensions" not in raw.answer.lower()


def test_a_subprotocol_that_is_offered_is_not_accepted(served):
    with RawWebSocket(served.address, headers={"Sec-WebSocket-Protocol": "chat"}) as raw:
        assert "sec-websocket-protocol" not in raw.open().answer.lower()


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-WebSocket-Key": None},
        {"Sec-WebSocket-Key": "short"},
        {"Sec-WebSocket-Key": "%%%"},
        {"Sec-WebSocket-Version": "8"},
        {"Sec-WebSocket-Version": None},
        {"Upgrade": None, "Connection": "keep-alive"},
        {"Host": None},
        {"Content-Length": "5"},
        {"Transfer-Encoding": "chunked"},
    ],
)
def test_what_is_no_handshake_is_refused(served, headers):
    with RawWebSocket(served.address, headers=headers) as raw:
        raw.open(
            early=b"0\r\n\r\n"
            if "Transfer-Encoding" in headers
            else b"hello"
            if "Content-Length" in headers
            else b""
        )
        assert raw.status == 400
        assert "13" in raw.answer
    assert not served.echos[0].got


def test_what_is_sent_in_the_same_breath_as_the_handshake_is_not_lost(served):
    with RawWebSocket(served.address) as raw:
        raw.open(early=frame(TEXT, b"40early"))
        assert raw.read_text() == "40early"


def test_what_follows_a_websocket_is_never_taken_for_a_request(served):
    """Otherwise a page could smuggle a request past whatever stands in front of the server."""
    smuggled = b"GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n"
    with RawWebSocket(served.address) as raw:
        raw.open(early=frame(CLOSE, struct.pack("!H", 1000)) + smuggled)
        assert raw.read_close() == 1000
        assert raw.is_ended()
    assert len(served.echos) == 1


# ---- messages


def test_text_goes_and_comes(client):
    client.text("40héllo ✓ 🗳")
    assert client.read_text() == "40héllo ✓ 🗳"


@pytest.mark.parametrize("size", [1, 125, 126, 127, 65_535, 65_536, 300_000])
def test_every_length_of_frame_can_be_sent(client, size):
    client.text(f"40big{size}")
    assert client.read_text() == "4" * size


@pytest.mark.parametrize("size", [125, 126, LIMIT])
def test_every_length_up_to_the_limit_is_taken(client, size):
    client.text("4" * size)
    assert client.read_text() == "4" * size


def test_a_fragmented_message_is_put_together(client):
    client.send(frame(TEXT, b"40one ", fin=False))
    client.send(frame(CONTINUATION, b"two ", fin=False))
    client.send(frame(PING, b"between"))  # control frames may come in between
    client.send(frame(CONTINUATION, b"three"))
    assert client.read_frame() == (PONG, b"between")
    assert client.read_text() == "40one two three"


def test_a_character_may_be_cut_by_a_fragment(client):
    euro = "€".encode()
    client.send(frame(TEXT, b"40" + euro[:1], fin=False))
    client.send(frame(CONTINUATION, euro[1:]))
    assert client.read_text() == "40€"


def test_bytes_may_come_one_at_a_time(client):
    for byte in frame(TEXT, b"40slowly") + frame(TEXT, b"40" + b"x" * 200):
        client.send(bytes([byte]))
        gevent.sleep(0)
    assert client.read_text() == "40slowly"
    assert client.read_text() == "40" + "x" * 200


def test_many_messages_may_come_at_once_and_keep_their_order(client):
    client.send(b"".join(frame(TEXT, f"40{i}".encode()) for i in range(300)))
    assert [client.read_text() for _ in range(300)] == [f"40{i}" for i in range(300)]


def test_a_ping_is_answered_with_its_own_bytes(client):
    client.send(frame(PING, b"\x00\xffabc"))
    assert client.read_frame() == (PONG, b"\x00\xffabc")


def test_a_pong_nobody_asked_for_is_ignored(client):
    client.send(frame(PONG, b"x"))
    client.text("40still here")
    assert client.read_text() == "40still here"


# ---- limits


def test_a_frame_that_claims_200_megabytes_is_refused_at_its_header(client, served):
    client.send(header(TEXT, 200_000_000) + b"mask" + b"a few bytes")
    assert ended_with(client, served, 1009)
    assert served.echos[0].got == []


def test_one_byte_too_many_is_refused(client, served):
    client.send(header(TEXT, LIMIT + 1) + b"mask")
    assert ended_with(client, served, 1009)


def test_a_length_beyond_reason_is_refused(client, served):
    client.send(bytes([0x81, 0xFF]) + struct.pack("!Q", 1 << 63) + b"mask")
    assert ended_with(client, served, 1002)


def test_fragments_that_add_up_to_too_much_are_refused(client, served):
    client.send(frame(TEXT, b"4" * (LIMIT - 10), fin=False))
    client.send(frame(CONTINUATION, b"x" * 10, fin=False))  # up to the limit is fine
    client.send(frame(PING, b"here"))
    assert client.read_frame() == (PONG, b"here")
    client.send(header(CONTINUATION, 1) + b"mask")
    assert ended_with(client, served, 1009)
    assert served.echos[0].got == []


def test_after_a_message_at_the_limit_another_one_fits(client):
    for _ in range(3):
        client.send(frame(TEXT, b"4" * (LIMIT - 1), fin=False))
        client.send(frame(CONTINUATION, b"4"))
        assert len(client.read_text()) == LIMIT


def test_the_size_is_not_counted_twice_when_a_header_comes_in_pieces(client):
    payload = b"4" * LIMIT
    whole = frame(TEXT, payload)
    for at in range(8):
        client.send(whole[at : at + 1])
        gevent.sleep(0.001)
    client.send(whole[8:])
    assert client.read_text() == payload.decode()


def test_nothing_of_a_refused_message_is_kept(client, served):
    """A peer that goes on sending after it was refused costs no memory, and not for long."""
    client.send(header(TEXT, 200_000_000) + b"mask")
    sent = 0
    try:
        with gevent.Timeout(8, AssertionError("the server went on reading")):
            while True:
                client.send(b"x" * 65536)
                sent += 65536
    except OSError:
        pass
    served.echos[0].wait_ended()
    assert sent < 16 * websocket.DRAIN_BYTES  # the kernel's buffers, and what is drained


def test_the_size_limit_forgets_nothing_and_counts_nothing_twice():
    limit = SizeLimit(100)

    def head(opcode, length):
        return limit.frame_inbound_header(None, opcode, RsvBits(False, False, False), length)

    fine = RsvBits(False, False, False)
    for _ in range(2):  # the same header, seen again because its mask was not there yet
        assert head(Opcode.TEXT, 60) == fine
    limit.frame_inbound_complete(None, False)
    assert head(Opcode.PING, 125) == fine
    limit.frame_inbound_complete(None, True)
    assert head(Opcode.CONTINUATION, 40) == fine
    assert head(Opcode.CONTINUATION, 41) == 1009
    limit.frame_inbound_complete(None, True)
    assert head(Opcode.BINARY, 100) == fine


# ---- what is not allowed


def test_an_unmasked_frame_is_refused(client, served):
    client.send(frame(TEXT, b"4hello", masked=False))
    assert ended_with(client, served, 1002)


@pytest.mark.parametrize("bad", [b"4\xff\xfe", b"4\xed\xa0\x80", b"4\xc0\xaf", b"4\xe2\x82"])
def test_text_that_is_no_utf8_is_refused(client, served, bad):
    client.send(frame(TEXT, bad))
    assert ended_with(client, served, 1007)


def test_text_that_turns_bad_in_a_later_fragment_is_refused(client, served):
    client.send(frame(TEXT, b"4good", fin=False))
    client.send(frame(CONTINUATION, b"\xff", fin=False))
    assert ended_with(client, served, 1007)


def test_a_binary_message_is_refused(client, served):
    client.send(frame(BINARY, b"\x01\x02"))
    assert ended_with(client, served, 1003)


@pytest.mark.parametrize(
    "bad",
    [
        frame(0x3, b"4reserved"),
        frame(0xB, b""),
        frame(TEXT, b"4", rsv1=True),
        frame(CONTINUATION, b"4nothing to continue"),
        frame(TEXT, b"4first", fin=False) + frame(TEXT, b"4second"),
        frame(PING, b"", fin=False),
        header(PING, 126) + b"mask" + b"x" * 126,
        bytes([0x81, 0x80 | 126]) + struct.pack("!H", 5) + b"mask" + b"4long",  # longer than it need be
        frame(CLOSE, b"\x03"),
        frame(CLOSE, struct.pack("!H", 999)),
        frame(CLOSE, struct.pack("!H", 1005)),
        frame(CLOSE, struct.pack("!H", 1100)),
    ],
)
def test_what_breaks_the_protocol_is_refused(client, served, bad):
    client.send(bad)
    assert ended_with(client, served, 1002)


@pytest.mark.parametrize(
    "text", ["", "x", "7", "4", "4x", "47", "4[[[[", "bAAAA", "0{}", "2probe again", "3" * 40, "²"]
)
def test_text_that_is_no_engine_io_packet_of_a_page_is_refused(client, served, text):
    client.text(text)
    assert ended_with(client, served, 1002)


@pytest.mark.parametrize("text", ["1", "2", "3", "5", "6", "2probe", "3probe", '42["view",{}]', "40"])
def test_the_packets_of_a_page_are_taken(client, text):
    client.text(text)
    assert client.read_text() == text


# ---- the end


@pytest.mark.parametrize("code", [1000, 1001, 3000, 4999])
def test_a_closing_page_gets_its_code_back(client, served, code):
    client.send(frame(CLOSE, struct.pack("!H", code) + "adiós".encode()))
    assert client.read_close() == code
    assert client.is_ended()
    served.echos[0].wait_ended()


def test_a_page_may_close_without_a_code(client, served):
    client.send(frame(CLOSE))
    assert client.read_close() == 1005
    assert client.is_ended()


def test_the_server_closes_politely(client, served):
    client.text("40close")
    assert ended_with(client, served, 1000)


def test_messages_that_cross_our_closing_frame_count_no_more(client, served):
    client.text("40close")
    client.text("40late")
    assert client.read_close() == 1000
    client.send(frame(CLOSE, struct.pack("!H", 1000)))
    assert client.is_ended()
    served.echos[0].wait_ended()
    assert served.echos[0].got == ["40close"]


def test_a_page_that_never_answers_the_closing_frame_is_cut_off(client, served, monkeypatch):
    monkeypatch.setattr(websocket, "CLOSE_SECONDS", 0.2)
    client.text("40close")
    assert client.read_close() == 1000
    assert client.is_ended()
    served.echos[0].wait_ended()


def test_a_connection_that_is_dropped_ends_the_handler(client, served):
    client.text("40silent")
    client.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.sock.close()
    served.echos[0].wait_ended()
    assert served.echos[0].failure is None


def test_a_connection_that_falls_silent_is_given_up(served, settings):
    settings.ping_interval = settings.ping_timeout = 0.15
    with RawWebSocket(served.address) as raw:
        raw.open()
        assert raw.is_ended()
    served.echos[0].wait_ended()


def test_a_page_that_does_not_read_is_given_up(served, settings):
    settings.ping_interval = settings.ping_timeout = 0.15
    with RawWebSocket(served.address) as raw:
        raw.open()
        raw.text("40big50000000")
        served.echos[0].wait_ended()
        assert isinstance(served.echos[0].failure, OSError)


def test_a_fault_in_the_handler_closes_the_socket(client, served, caplog):
    client.text("40raise")
    assert client.is_ended()
    assert "handler failed" in caplog.text


def test_aborting_wakes_whoever_waits(client, served):
    client.text("40here")
    assert client.read_text() == "40here"
    served.echos[0].websocket.abort()
    served.echos[0].websocket.abort()
    served.echos[0].wait_ended()
    assert client.is_ended()


def test_nothing_can_be_sent_after_the_end(client, served):
    client.send(frame(CLOSE))
    served.echos[0].wait_ended()
    with pytest.raises(OSError, match="closed"):
        served.echos[0].websocket.send("40late")


def test_pings_of_a_page_that_does_not_read_are_not_hoarded(served):
    with RawWebSocket(served.address) as raw:
        raw.open()
        ws = served.echos[0].websocket
        ws._writing = True  # as while a large message is being written
        raw.send(frame(PING, b"x") * (websocket.MOST_PENDING + 1))
        assert raw.is_ended()
        ws._writing = False
    assert len(ws._pending) == websocket.MOST_PENDING


def test_sockets_are_closed_on_every_path(served):
    """Descriptors, not only objects: as many open after a hundred connections as before."""

    def count():
        gc.collect()
        gevent.sleep(0.05)
        return sum(isinstance(o, socket.socket) and not o.closed for o in gc.get_objects())

    before = count()
    for i in range(100):
        with RawWebSocket(served.address) as raw:
            if i % 5 == 0:
                raw.sock.sendall(raw.request[:20])  # half a handshake
                continue
            raw.open()
            if i % 5 == 1:
                raw.send(frame(CLOSE, struct.pack("!H", 1000)))
            elif i % 5 == 2:
                raw.send(header(TEXT, 1 << 40) + b"mask")
            elif i % 5 == 3:
                raw.text("40raise")
    for echo in served.echos:
        echo.wait_ended()
    assert count() == before


# ---- half-sent requests


def test_a_request_that_is_never_finished_is_given_up(served, monkeypatch):
    monkeypatch.setattr("edp_app.live.transport.HEAD_SECONDS", 0.2)
    for start in (b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: x\r\n"):
        with socket.create_connection(served.address) as sock, gevent.Timeout(5):
            sock.sendall(start)
            answer = sock.recv(1000)
            assert answer == b"" or answer.startswith(b"HTTP/1.1 400")


# ---- one frame for many


def test_a_shared_text_is_framed_once_and_alike(client, served):
    text = SharedText('42["change",{"título":"€"}]')
    served.echos[0].websocket.send(text)
    served.echos[0].websocket.send(str(text))
    assert client.read_text() == client.read_text() == text
    assert text.frame() is text.frame()
