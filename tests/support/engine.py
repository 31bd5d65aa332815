"""An Engine.IO server with what is hooked into it, over real sockets, without the application."""

import json
import types

import engineio
from gevent.pywsgi import WSGIServer

from edp_app.live import transport
from edp_app.live.transport import Handler, install
from tests.support.raw_websocket import RawWebSocket

PATH = "/engine.io/?EIO=4&transport=websocket"


def serve_engine(own_websocket, ping_interval=10):
    server = engineio.Server(
        async_mode="gevent",
        ping_interval=ping_interval,
        ping_timeout=8,
        max_http_buffer_size=transport.MAX_MESSAGE,
        async_handlers=False,
        cors_allowed_origins="*",
    )
    install(server, own_websocket=own_websocket)
    log = types.SimpleNamespace(server=server, messages=[], gone=[], address=None)

    @server.on("message")
    def message(sid, data):
        log.messages.append(data)
        server.send(sid, f"2{data}")

    server.on("disconnect", lambda *args: log.gone.append(args[1]))
    wsgi = WSGIServer(
        ("127.0.0.1", 0), engineio.WSGIApp(server), handler_class=Handler, log=None, error_log=None
    )
    wsgi.start()
    log.address = wsgi.address
    yield log
    server.shutdown()
    wsgi.stop(timeout=1)


def connected(engine):
    raw = RawWebSocket(engine.address, PATH).open()
    assert raw.status == 101
    opened = raw.read_text()
    assert opened[0] == "0"
    return raw, json.loads(opened[1:])["sid"]
