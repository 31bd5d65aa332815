"""The live side of the application as one object: made at the start, stopped at the end."""

import contextlib
import ctypes
import gc
import logging
import resource
from collections.abc import Callable
from functools import partial
from typing import Any

import gevent
import msgspec
from flask import Flask
from flask_socketio import SocketIO

from edp_app.config import Settings
from edp_app.core.formats import Library
from edp_app.live.broadcast import Broadcaster
from edp_app.live.consoles import Consoles
from edp_app.live.handlers import Handlers
from edp_app.live.limits import SOCKETS, Connections, Guesses
from edp_app.live.protocol import MAX_MESSAGE, PING_INTERVAL, PING_TIMEOUT, Report
from edp_app.live.transport import (
    Guard,
    WirePacket,
    abort,
    count_connections,
    hear_nothing_after_the_end,
    install,
    relieve,
)
from edp_app.rooms import Rooms
from edp_app.rooms.places import log_places

SWEEP_SECONDS = 5.0
"""How often connections are looked through: one that has opened a transport but not said who it is by the
second sweep is closed."""

M_MMAP_THRESHOLD = -3
"""The number of this setting in glibc's malloc.h."""

LARGE_BLOCK = 64 * 1024
"""Bytes from which on a block of memory is asked for by itself."""

RELIEF_SECONDS = 0.25
"""How often it is looked whether too much waits for pages that do not read: it piles up fast."""

RECHECK_SECONDS = 30.0
"""How often the right of every console is asked for anew, for what another process has changed."""

COLLECT_AFTER = (20_000, 20, 20)
"""New objects that may form cycles, before Python looks for cycles among them, and among older ones. With
Python's own 700, 10 and 10 it went through everything that a thousand connections hold (200 ms at a time, a
sixth of the processor time) several times a minute."""

_log = logging.getLogger(__name__)

LastReport = Callable[[str], dict[str, Any] | None]


def _quiet(name: str) -> logging.Logger:
    """A logger for the libraries that never writes what people sent, whatever the level of the others is."""
    logger = logging.getLogger(f"{__name__}.{name}")
    logger.setLevel(logging.ERROR)
    if not logger.filters:
        logger.addFilter(_in_one_line)
    return logger


def _in_one_line(record: logging.LogRecord) -> bool:
    """What pages send wrongly on purpose is no fault of ours to be traced: the kind of error is enough."""
    if record.exc_info and record.exc_info[0]:
        record.msg = f"{record.msg} ({record.exc_info[0].__name__})"
        record.exc_info = record.exc_text = None
    return True


class Live:
    """Socket.IO for this application. Makes itself part of ``app.wsgi_app``; whatever else wraps that
    afterwards is asked first."""

    def __init__(
        self,
        app: Flask,
        rooms: Rooms,
        settings: Settings,
        consoles: Consoles,
        last_report: LastReport = lambda _: None,
        library: Callable[[], Library] = Library,
    ) -> None:
        """``last_report`` tells what was last heard of the report of a workshop (by its id), in the shape of
        :meth:`report_progress`; a console that asks for the view is told so, too. ``library`` gives the
        stages that can be put into an agenda."""
        self.socketio = SocketIO(
            app,
            async_mode="gevent",
            async_handlers=False,
            manage_session=False,
            serializer=WirePacket,
            cors_allowed_origins=settings.origins(),
            ping_interval=PING_INTERVAL,
            ping_timeout=PING_TIMEOUT,
            max_http_buffer_size=MAX_MESSAGE,
            logger=_quiet("socketio"),
            engineio_logger=_quiet("engineio"),
        )
        self.server = self.socketio.server
        install(self.server.eio, own_websocket=settings.own_websocket)
        count_connections(self.server.eio, Connections())
        hear_nothing_after_the_end(self.server.eio)
        app.wsgi_app = Guard(app.wsgi_app, self.server.eio, self._begin)  # type: ignore[method-assign]
        self.broadcaster = Broadcaster()
        self.guesses = Guesses()
        heard = partial(_as_report, last_report)
        self.handlers = Handlers(self.server, rooms, self.broadcaster, consoles, self.guesses, heard, library)
        self._jobs: list[gevent.Greenlet] = []
        self._nameless: set[str] = set()
        self._stopped = False

    def _begin(self) -> None:
        allow_open_files(SOCKETS + 500)
        give_memory_back()
        self._jobs = [
            gevent.spawn(_every, SWEEP_SECONDS, self._sweep),
            gevent.spawn(_every, RELIEF_SECONDS, partial(relieve, self.server.eio)),
            gevent.spawn(_every, RECHECK_SECONDS, self.handlers.recheck),
        ]

    def cut_account(self, account_id: str) -> None:
        """Cut this account's consoles wherever it has no right to the workshop (any more). Call it after
        the account or its access was changed and that is stored."""
        self.handlers.recheck(account_id)

    def cut_workshop(self, workshop_id: str) -> None:
        """End every connection to a workshop, for good. Call it after the workshop was archived."""
        for member in list(self.handlers.members.values()):
            if member.room.id == workshop_id:
                self.handlers.cut(member, "unknown_workshop")

    def report_progress(self, code: str, message: dict[str, Any]) -> None:
        """Tell the consoles of a workshop how far a report is. ``message`` has the fields of
        :class:`~edp_app.live.protocol.Report`; raises ``msgspec.ValidationError`` if it has others."""
        self.broadcaster.to_consoles(code, "report", msgspec.convert(message, Report))

    def stop(self) -> None:
        """End every connection; the pages connect again when the server is back. Repeatable."""
        if self._stopped:
            return
        self._stopped = True
        gevent.killall(self._jobs, block=False)
        self.broadcaster.stop()
        for engine in list(self.server.eio.sockets.values()):
            abort(engine)
        self.server.shutdown()

    def _sweep(self) -> None:
        """Close connections that never said who they are. Engine.IO would keep them while they answer
        pings."""
        open_sids = set(self.server.eio.sockets)
        named = {member.engine.sid for member in self.handlers.members.values()}
        nameless = open_sids - named
        for sid in nameless & self._nameless:
            if engine := self.server.eio.sockets.get(sid):
                abort(engine)
        self._nameless = nameless


def allow_open_files(count: int) -> None:
    """Let this process have so many files and sockets open, as far as the system allows. Most systems begin
    at 1,024, which a big hall exceeds, and allow more to whoever asks."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = count if hard == resource.RLIM_INFINITY else min(count, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    if most < count:
        _log.warning("The system allows %d open files; %d connections would need %d.", most, SOCKETS, count)


def collect_seldom() -> None:
    """Have this process look for cycles of objects less often than Python would, and never among what is
    there now: programs, settings, templates. Cycles are still found; what has none never waited for it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)


def give_memory_back() -> None:
    """Have large blocks returned to the system as soon as they are free. By itself the C library (glibc)
    keeps ever larger ones for later use, and a hall's views stay in memory long after they were sent."""
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).mallopt(M_MMAP_THRESHOLD, LARGE_BLOCK)


def _as_report(last_report: LastReport, workshop_id: str) -> Report | None:
    progress = last_report(workshop_id)
    return msgspec.convert(progress, Report) if progress else None


def _every(seconds: float, job: Callable[[], object]) -> None:
    while True:
        gevent.sleep(seconds)
        try:
            job()
        except Exception as error:  # noqa: BLE001 -- it is tried again
            log_places(error, "a periodic job failed")
