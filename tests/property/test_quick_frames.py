"""The quick reading of frames against wsproto: what it takes, the library reads alike; it leaves the rest."""

from hypothesis import example, given
from hypothesis import strategies as st
from wsproto.connection import Connection, ConnectionType
from wsproto.events import TextMessage

from edp_app.live.quick_frames import whole_texts
from tests.support.raw_websocket import BINARY, CLOSE, CONTINUATION, PING, TEXT, frame

LIMIT = 300

texts = st.text(max_size=40).map(str.encode) | st.integers(100, LIMIT + 20).map(lambda size: b"x" * size)
sound = texts.map(lambda payload: frame(TEXT, payload))
odd = st.one_of(
    st.tuples(st.sampled_from([BINARY, CLOSE, PING, CONTINUATION]), st.binary(max_size=30)).map(
        lambda one: frame(*one)
    ),
    st.binary(max_size=30).map(lambda payload: frame(TEXT, payload)),
    texts.map(lambda payload: frame(TEXT, payload, fin=False)),
    texts.map(lambda payload: frame(TEXT, payload, rsv1=True)),
    st.binary(max_size=12),
)
streams = st.lists(sound | sound | odd, max_size=8).map(b"".join)


def read_by_the_library(data: bytes) -> list[str]:
    """The whole texts that wsproto finds; raises if there is anything else."""
    server = Connection(ConnectionType.SERVER)
    server.receive_data(data)
    found = []
    for event in server.events():
        assert isinstance(event, TextMessage)
        assert event.message_finished
        found.append(event.data)
    server.receive_data(frame(TEXT, b"next"))
    (following,) = server.events()
    assert following.data == "next", "nothing is left in the middle"
    return found


@given(streams, st.integers(0, 40))
@example(frame(TEXT, b""), 0)
@example(frame(TEXT, b"x" * 126) + frame(TEXT, b"\xff"), 0)
@example(b"\x81\xfe\x00\x05aaaa12345", 0)
@example(b"\x81\x05plain", 0)
@example(frame(TEXT, b"x" * (LIMIT + 1)), 0)
def test_what_is_taken_is_what_the_library_reads(stream: bytes, cut: int) -> None:
    data = stream[: len(stream) - cut]
    found, taken = whole_texts(data, LIMIT)
    assert read_by_the_library(data[:taken]) == found
    assert all(len(text.encode()) <= LIMIT for text in found)


@given(st.lists(sound, max_size=8))
def test_of_sound_frames_within_the_limit_nothing_is_left(frames: list[bytes]) -> None:
    fitting = [one for one in frames if len(one) <= LIMIT + 8]
    found, taken = whole_texts(b"".join(fitting), LIMIT)
    assert taken == sum(map(len, fitting))
    assert len(found) == len(fitting)
