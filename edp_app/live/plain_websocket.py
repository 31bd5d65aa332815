"""Engine.IO's own WebSocket layer, to fall back on, with our limits as far as it lets us."""

import contextlib
from collections.abc import Callable
from typing import Any

from engineio.async_drivers.gevent import WebSocketWSGI as PlainWebSocket
from gevent import sleep
from wsproto.frame_protocol import CloseReason

from edp_app.live.limits import Inflow


class LimitedPlainWebSocket(PlainWebSocket):
    """Engine.IO's own, with the same limit on what a page may send; it counts whole messages only."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._inflow = Inflow()

    def wait(self) -> str | None:
        message: str | None = super().wait()
        sleep(0)
        if message is None or self._inflow.takes(1, len(message)):
            return message
        with contextlib.suppress(Exception):  # it has gone already, in one of several ways
            self.ws.close(CloseReason.POLICY_VIOLATION)
        return None


def plain_websocket(limit: int) -> Callable[[Any, Any], Any]:
    """The way Engine.IO does it by itself, through simple-websocket, with the same limit on messages. It
    looks at the size of what has arrived, not of what is announced, and agrees to compression."""

    def make(handler: Any, server: Any) -> Any:
        websocket = LimitedPlainWebSocket(handler, server)
        websocket.server_args["max_message_size"] = limit
        return websocket

    return make
