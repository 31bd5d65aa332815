"""Hears what other processes commit, on a connection of its own, and connects again when that is lost."""

import logging
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import gevent
from gevent.socket import wait_read
from sqlalchemy.engine import Engine

from edp_app.log import store
from edp_app.rooms.background import Background
from edp_app.rooms.places import log_places

if TYPE_CHECKING:
    from edp_app.log.postgresql import Ear

LONGEST_PAUSE = 5.0
"""Seconds between two attempts to listen, at most."""

_log = logging.getLogger(__name__)


class Hearing(Background):
    """Calls ``hear(words)`` with what was announced. ``missed()`` is called whenever it begins to listen:
    nobody knows what was said before. Neither may wait for long."""

    def __init__(
        self, engine: Engine, hear: Callable[[Iterable[store.Word]], None], missed: Callable[[], None]
    ) -> None:
        self._engine = engine
        self._hear = hear
        self._missed = missed
        self.is_listening = False

    def _run(self) -> None:
        from edp_app.log.postgresql import listen

        pause = 0.0
        while True:
            try:
                # Making a connection waits for the database: in a thread of the pool.
                ear = gevent.get_hub().threadpool.apply(listen, (self._engine,))
                pause = 0.0
                self._listen(ear)
            except Exception as error:  # noqa: BLE001 -- it is tried again
                _log.warning("other processes cannot be heard at the moment (%s)", type(error).__name__)
            pause = min(max(0.1, 2 * pause), LONGEST_PAUSE)
            gevent.sleep(pause)

    def _listen(self, ear: "Ear") -> None:
        try:
            self.is_listening = True
            gevent.spawn(self._missed)
            while True:
                wait_read(ear.fileno())
                words = [word for word in map(store.understood, ear.words()) if word is not None]
                try:
                    self._hear(words)
                except Exception as error:  # noqa: BLE001 -- the next word is heard all the same
                    log_places(error, "what another process said could not be followed")
        finally:
            self.is_listening = False
            ear.close()
