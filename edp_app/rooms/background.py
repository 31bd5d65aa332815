"""Work that goes on beside everything else, from a start to a stop."""

from abc import ABC, abstractmethod

import gevent


class Background(ABC):
    """Work in a greenlet of its own."""

    _greenlet: gevent.Greenlet | None = None

    def start(self) -> None:
        """Begin. Repeatable."""
        if self._greenlet is None:
            self._greenlet = gevent.spawn(self._run)

    def stop(self) -> None:
        """End it where it stands. Repeatable."""
        if self._greenlet is not None:
            self._greenlet.kill()
            self._greenlet = None

    @abstractmethod
    def _run(self) -> None:
        """What is done until it is ended."""
