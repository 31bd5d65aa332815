"""A server that answers each message, on our WebSocket layer; and one client. Fixtures, used as a plugin."""

import types

import gevent.event
import pytest
from gevent.pywsgi import WSGIServer

from edp_app.live.transport import Handler
from edp_app.live.websocket import WebSocket
from tests.support.raw_websocket import LIMIT, SECONDS, RawWebSocket


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
        assert self.ended.wait(SECONDS), "the handler was not told that the connection is over"


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
