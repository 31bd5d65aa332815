"""Who is connected is asked now and then whether they are still there."""

import time

import pytest
from engineio import packet as eio
from engineio.socket import Socket

from tests.support.engine import connected, serve_engine
from tests.support.waiting import until

pytestmark = pytest.mark.live


@pytest.fixture
def restless(own_websocket):
    """An Engine.IO server that pings often."""
    yield from serve_engine(own_websocket, ping_interval=0.1)


@pytest.fixture
def engine():
    yield from serve_engine(True)


def test_pings_need_no_greenlet_each(restless, monkeypatch):
    def waits_by_itself(_socket):
        raise AssertionError("Engine.IO's own ping was started")

    monkeypatch.setattr(Socket, "_send_ping", waits_by_itself)
    pages = [connected(restless)[0] for _ in range(3)]
    for _ in range(2):  # each answer brings the next
        for raw in pages:
            assert raw.read_text() == "2"
            raw.text("3")
    pages[0].sock.close()
    for raw in pages[1:]:
        with raw:
            assert raw.read_text() == "2"


def test_a_page_that_answers_no_ping_is_given_up(engine):
    raw, sid = connected(engine)
    with raw:
        engine.server.sockets[sid].last_ping = time.time() - engine.server.ping_timeout - 1
        engine.server.sockets[sid].send(eio.Packet(eio.MESSAGE, "2late"))
        until(lambda: engine.gone == ["ping timeout"])
