"""Whether this process can store what is asked of it: known from what became of its last commits, so that it
is told without waiting for a database that is locked or a disk that is full."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from edp_app.log.store.settings import forget_setting, set_setting

SLOW_SECONDS = 2.0
"""A commit takes some milliseconds; one that takes this long waits for something."""

PROBE_SECONDS = 10.0
"""How often it is tried again while nobody asks for anything that would have to be stored. Seldom: while
that waits for a lock, whoever only reads waits, too."""


class Storing:
    """What commits say of themselves."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._since: float | None = None
        self._probe_at = 0.0
        self.has_failed = False
        """The last attempt to store something failed."""

    @property
    def can_store(self) -> bool:
        """Whether the last commit succeeded and none is waiting. True before there was any."""
        waits = self._since is not None and self._clock() - self._since > SLOW_SECONDS
        return not (self.has_failed or waits)

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """The time in which a transaction is carried out. The methods below say what came of it."""
        self._since = self._clock()
        try:
            yield
        finally:
            self._since = None

    def did(self) -> None:
        """Something was stored."""
        self.has_failed = False

    def did_not(self) -> None:
        """Something could not be stored."""
        self.has_failed, self._probe_at = True, self._clock() + PROBE_SECONDS

    @property
    def wants_probe(self) -> bool:
        """Whether it should be tried now, without being asked to store anything."""
        return self.has_failed and self._clock() >= self._probe_at


def probe(session: Session) -> None:
    """Write something and take it away again: committing that needs lock and disk and leaves nothing."""
    set_setting(session, _KEY, "")
    session.flush()
    forget_setting(session, _KEY)


_KEY = "probe"
