"""The simulated people of the rehearsals that this process has begun: each crowd a process of its own, at the
lowest priority, which joins through the same door as phones do."""

import logging
import os
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

import gevent
import msgspec
from gevent import subprocess

from edp_app.apart import EDP, KEPT, kill
from edp_app.config import PACKAGE, Settings
from edp_app.core.definition import Definition
from edp_app.rehearsal.brief import Brief

log = logging.getLogger(__name__)

MOST_CROWDS = 3
"""So many rehearsals have people at once, for each server process."""

LOOK_SECONDS = 30.0
UNWATCHED_SECONDS = 600.0
"""When no console was open for so long, the people leave."""

LONGEST_SECONDS = 8 * 3600.0
"""They leave after a working day in any case."""

EVERYWHERE = ("", "0.0.0.0", "::")  # noqa: S104 -- compared with, not bound


class CrowdsBusyError(Exception):
    """There are as many rehearsals with people already as there may be."""


@dataclass
class _Crowd:
    child: "subprocess.Popen[bytes]"
    begun: float
    watched: float
    """When a console was last seen."""


class Crowds:
    """The crowds of this process, by the id of the copy that they take part in. ``is_watched`` tells whether
    a console of a workshop is open."""

    def __init__(
        self,
        settings: Settings,
        is_watched: Callable[[str], bool],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.command: list[str] = [*EDP, "rehearsal-crowd"]
        self._settings = settings
        self._is_watched = is_watched
        self._clock = clock
        self._crowds: dict[str, _Crowd] = {}
        self._watch: gevent.Greenlet | None = None

    def start(self, workshop_id: str, code: str, definition: Definition, people: int, speed: float) -> None:
        """Send simulated people into this copy. Raises :class:`CrowdsBusyError`, ``OSError``."""
        self.look()
        if len(self._crowds) >= MOST_CROWDS:
            raise CrowdsBusyError
        url, host = own_address(self._settings)
        seed = secrets.randbits(62)
        brief = Brief(url, host, code, definition, people, speed, seed)
        child = subprocess.Popen(
            self.command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            env=_environment(),
            start_new_session=True,
            close_fds=True,
        )
        now = self._clock()
        self._crowds[workshop_id] = _Crowd(child, now, now)
        try:
            child.stdin.write(msgspec.json.encode(brief) + b"\n")
            child.stdin.flush()  # and left open: its end tells them that the server has ended
        except OSError:
            self.end(workshop_id)
            raise
        if not self._watch:
            self._watch = gevent.spawn(self._look_again)

    def end(self, workshop_id: str) -> None:
        """The people of this copy leave, if there are any of ours. Repeatable."""
        crowd = self._crowds.pop(workshop_id, None)
        if crowd is not None:
            kill(crowd.child)
            crowd.child.stdin.close()

    def here(self) -> list[str]:
        """The copies that have people of ours, by id."""
        return list(self._crowds)

    def look(self) -> None:
        """Let those go that have ended, that nobody has watched for long, or that are there for too long."""
        now = self._clock()
        for workshop_id, crowd in list(self._crowds.items()):
            if self._is_watched(workshop_id):
                crowd.watched = now
            if crowd.child.poll() is not None:
                log.warning("the people of a rehearsal have ended with status %s", crowd.child.returncode)
                self.end(workshop_id)
            elif now - crowd.watched > UNWATCHED_SECONDS or now - crowd.begun > LONGEST_SECONDS:
                self.end(workshop_id)

    def stop(self) -> None:
        """End all of them; for the end of the server. Repeatable."""
        if self._watch:
            self._watch.kill(block=False)
            self._watch = None
        for workshop_id in self.here():
            self.end(workshop_id)

    def _look_again(self) -> None:
        while self._crowds:
            gevent.sleep(LOOK_SECONDS)
            self.look()


def own_address(settings: Settings) -> tuple[str, str]:
    """Where this process reaches itself, and the name (with the port) under which it answers there."""
    host = "127.0.0.1" if settings.host in EVERYWHERE else settings.host
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{settings.port}", f"127.0.0.1:{settings.port}"


def _environment() -> dict[str, str]:
    """What the child needs: nothing of the settings, and nothing that is secret."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return kept | {"PYTHONPATH": str(PACKAGE.parent)}
