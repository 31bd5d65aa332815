"""The limits of the WebSocket layer, and that everything ends, over real sockets."""

import gc
import itertools
import struct

import gevent
import pytest
from gevent import socket
from wsproto.frame_protocol import Opcode, RsvBits

from edp_app.live import limits, websocket
from edp_app.live.size_limit import SizeLimit
from tests.support.raw_websocket import (
    CLOSE,
    CONTINUATION,
    LIMIT,
    PING,
    PONG,
    TEXT,
    RawWebSocket,
    ended_with,
    frame,
    header,
)
from tests.support.waiting import until

pytest_plugins = ["tests.support.echo_websocket"]


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
        with gevent.Timeout(30, AssertionError("the server went on reading")):
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


# ---- how much


def flood(kind, count):
    empty = frame(TEXT, b"40", fin=False) + frame(CONTINUATION, fin=False) * (count - 1)
    return {"messages": frame(TEXT, b"40") * count, "pings": frame(PING) * count, "empty": empty}[kind]


def code_in_the_end(raw):
    while (came := raw.read_frame())[0] != CLOSE:
        pass
    return struct.unpack("!H", came[1])[0]


@pytest.mark.parametrize("kind", ["messages", "pings", "empty"])
def test_more_frames_than_a_page_would_send_are_refused(served, kind, monkeypatch):
    monkeypatch.setattr(limits, "MESSAGES", (limits.MESSAGES[0], 0.001))  # however long these take
    with RawWebSocket(served.address) as raw:
        raw.open()
        raw.send(flood(kind, 2 * limits.MESSAGES[0]))
        assert code_in_the_end(raw) == 1008
    served.echos[0].wait_ended()
    assert len(served.echos[0].got) <= limits.MESSAGES[0]


def test_more_bytes_than_a_page_would_send_are_refused_before_they_are_decoded(served, monkeypatch):
    monkeypatch.setattr(limits, "BYTES", (limits.BYTES[0], 0.001))
    message, most = frame(TEXT, b"4" * LIMIT), limits.BYTES[0] // LIMIT
    with RawWebSocket(served.address) as raw:
        raw.open()
        raw.send(message * 2 * most)
        assert code_in_the_end(raw) == 1008
    served.echos[0].wait_ended()
    assert len(served.echos[0].got) <= most


def test_whoever_sends_without_a_pause_does_not_keep_the_loop(client, served, monkeypatch):
    """While there is something to be read, reading does not wait: others would get no turn before the end."""
    turns = []

    def others():
        while not served.echos[0].ended.is_set():
            turns.append(len(served.echos[0].got))
            gevent.sleep(0)

    client.text("40here")
    assert client.read_text() == "40here"
    watching = gevent.spawn(others)
    client.send(frame(TEXT, b"40silent") * 150)
    while len(served.echos[0].got) < 151:
        gevent.sleep(0)
    client.send(frame(CLOSE))
    watching.join(30)
    steps = sorted(set(turns))
    assert max(after - before for before, after in itertools.pairwise(steps)) <= websocket.IN_ONE_GO


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

    def there():
        gc.collect()
        return [o for o in gc.get_objects() if isinstance(o, socket.socket) and not o.closed]

    before = there()
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
    until(lambda: not [one for one in there() if one not in before])


# ---- half-sent requests


def test_a_request_that_is_never_finished_is_given_up(served, monkeypatch):
    monkeypatch.setattr("edp_app.live.transport.HEAD_SECONDS", 0.2)
    for start in (b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: x\r\n"):
        with socket.create_connection(served.address) as sock, gevent.Timeout(15):
            sock.sendall(start)
            answer = sock.recv(1000)
            assert answer == b"" or answer.startswith(b"HTTP/1.1 400")
