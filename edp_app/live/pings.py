"""The pings of all pages from one greenlet.

Engine.IO starts one for each ping of each page, which does nothing but wait. Every greenlet holds sixteen
kilobytes for its frames: with thousands of connections that is a third of what they take.
"""

import logging
import time
from collections import deque
from collections.abc import Callable
from types import MethodType
from typing import Any
from weakref import ref

import engineio
from engineio import packet as eio
from engineio.socket import Socket as EngineSocket
from gevent import sleep, spawn

_log = logging.getLogger(__name__)


class Pinger:
    """Pings each page once, ``interval`` seconds after it was added. Lives as long as somebody waits."""

    def __init__(self, interval: float) -> None:
        self._interval = interval
        # All wait equally long: first come, first due. Who has gone is not kept for that.
        self._due: deque[tuple[float, ref[EngineSocket]]] = deque()

    def add(self, socket: EngineSocket) -> None:
        """One ping for this page."""
        self._due.append((time.monotonic() + self._interval, ref(socket)))
        if len(self._due) == 1:
            spawn(self._run)

    def _run(self) -> None:
        while self._due:
            due, page = self._due[0]
            if (left := due - time.monotonic()) > 0:
                sleep(left)
                continue
            try:
                self._ping(page())
            except Exception:  # noqa: BLE001 -- the others wait for theirs
                _log.exception("a page could not be pinged")
            self._due.popleft()

    def _ping(self, socket: EngineSocket | None) -> None:
        if socket is not None and not (socket.closing or socket.closed):
            socket.last_ping = time.time()  # Engine.IO's own clock, which it compares with
            socket.send(eio.Packet(eio.PING))  # queued: who reads the queue gives up if nothing comes


def ping_together(server: engineio.Server) -> None:
    """Have the pings of this server's pages sent by one greenlet."""
    pinger, start = Pinger(server.ping_interval), server.start_background_task

    def start_background_task(target: Callable[..., Any], *args: Any, **more: Any) -> Any:
        if isinstance(target, MethodType) and target.__func__ is EngineSocket._send_ping:
            pinger.add(target.__self__)
            return None
        return start(target, *args, **more)

    server.start_background_task = start_background_task
