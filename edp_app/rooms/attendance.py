"""How many pages the other processes of an installation serve: each says so every few seconds, in a table."""

import time
from collections.abc import Callable, Mapping

import gevent

from edp_app.log import store
from edp_app.log.database import Database
from edp_app.log.store import Counts
from edp_app.log.store.accounts import random_id
from edp_app.rooms.background import Background
from edp_app.rooms.places import log_places

EXCHANGE_SECONDS = 2.0
"""How often a process looks what the others serve, and says what it serves if that has changed."""

RENEW_SECONDS = 5.0
"""How often it says so anyway, well within the time for which it is believed."""


class Attendance(Background):
    """``here()`` tells how many pages of each workshop this process serves; ``told(counts)`` is given those
    of all others, each time."""

    def __init__(
        self,
        database: Database,
        here: Callable[[], Mapping[str, Counts]],
        told: Callable[[Mapping[str, Counts]], object],
    ) -> None:
        self._database = database
        self._here = here
        self._told = told
        self._process = random_id(12)
        self._said: Mapping[str, Counts] = {}
        self._said_at = 0.0

    def stop(self) -> None:
        """Stop, and take back what was said. Repeatable."""
        if self._greenlet is None:
            return
        super().stop()
        try:
            self._say({})
        except Exception as error:  # noqa: BLE001 -- it is not believed for long anyway
            log_places(error, "how many pages were served could not be taken back")

    def exchange(self) -> None:
        """Say and hear once."""
        here = {workshop_id: counts for workshop_id, counts in self._here().items() if any(counts)}
        is_due = bool(here) and time.monotonic() - self._said_at > RENEW_SECONDS
        if here != self._said or is_due:
            self._say(here)
        self._told(self._database.read(store.presence_elsewhere, self._process))

    def _say(self, here: Mapping[str, Counts]) -> None:
        with self._database.transaction() as transaction:
            transaction.commit(store.note_presence, self._process, here)
        self._said, self._said_at = here, time.monotonic()

    def _run(self) -> None:
        while True:
            try:
                self.exchange()
            except Exception as error:  # noqa: BLE001 -- it is tried again
                log_places(error, "how many pages other processes serve could not be exchanged")
            gevent.sleep(EXCHANGE_SECONDS)
