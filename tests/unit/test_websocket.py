"""The WebSocket layer, held to RFC 6455 over real sockets."""

import struct

import gevent
import pytest

from edp_app.live.websocket import SharedText
from tests.support.raw_websocket import (
    BINARY,
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

pytest_plugins = ["tests.support.echo_websocket"]


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


def test_whole_and_cut_frames_keep_their_order(client):
    first, second, third = (frame(TEXT, f"40{name}".encode()) for name in ("first", "second", "third"))
    client.send(first + second[:3])
    assert client.read_text() == "40first"
    client.send(second[3:] + third)
    client.text("40fourth")
    assert [client.read_text() for _ in range(3)] == ["40second", "40third", "40fourth"]


def test_what_is_wrong_is_refused_after_good_messages_in_the_same_breath(client):
    client.text("40good")
    assert client.read_text() == "40good"
    client.send(frame(TEXT, b"40good") + frame(TEXT, b"40\xff"))
    assert client.read_close() == 1007


def test_many_messages_may_come_at_once_and_keep_their_order(client):
    client.send(b"".join(frame(TEXT, f"40{i}".encode()) for i in range(150)))
    assert [client.read_text() for _ in range(150)] == [f"40{i}" for i in range(150)]


def test_a_ping_is_answered_with_its_own_bytes(client):
    client.send(frame(PING, b"\x00\xffabc"))
    assert client.read_frame() == (PONG, b"\x00\xffabc")


def test_a_pong_nobody_asked_for_is_ignored(client):
    client.send(frame(PONG, b"x"))
    client.text("40still here")
    assert client.read_text() == "40still here"


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
    ids=(
        "reserved opcode",
        "reserved control",
        "reserved bit",
        "nothing to continue",
        "begun twice",
        "ping in parts",
        "long ping",
        "length in too many bytes",
        "half a code",
        "999",
        "1005",
        "1100",
    ),
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


# ---- one frame for many


def test_a_shared_text_is_framed_once_and_alike(client, served):
    text = SharedText('42["change",{"título":"€"}]')
    served.echos[0].websocket.send(text)
    served.echos[0].websocket.send(str(text))
    assert client.read_text() == client.read_text() == text
    assert text.frame() is text.frame()
