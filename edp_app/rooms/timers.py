"""Closes a stage when a timer runs out that was told to. One greenlet for all rooms of the process."""

import gevent
import msgspec
from gevent.event import Event as Signal

from edp_app.core.canonical import command_hash
from edp_app.core.commands import CloseStage, Context
from edp_app.rooms.background import Background
from edp_app.rooms.places import log_places
from edp_app.rooms.room import Room

RETRY_MS = 1000

LOOK_SECONDS = 5.0
"""How often a timer that runs is looked at: waiting does not count while a laptop sleeps."""

Due = tuple[int, str]
"""When a timer runs out (ms), and the run it closes."""


class Timers(Background):
    """Who is to be closed when, by each workshop's own time. While it does not watch, stages whose timers run
    out stay open."""

    def __init__(self) -> None:
        self._due: dict[Room, Due] = {}
        self._later: dict[Room, int] = {}
        self._wake = Signal()

    def look(self, room: Room) -> None:
        """Take note of a settled room's timer."""
        run = room.state.open_run()
        timer = run.timer if run else None
        if run and timer and timer.close and timer.ends_at is not None:
            self._due[room] = (timer.ends_at, run.id)
        else:
            self._due.pop(room, None)
        self._later.pop(room, None)
        self._wake.set()

    def forget(self, room: Room) -> None:
        """Close nothing in this room any more."""
        self._due.pop(room, None)
        self._later.pop(room, None)

    def waits_for(self, room: Room) -> bool:
        """Whether this room has a timer that will close a stage."""
        return room in self._due

    def _run(self) -> None:
        while True:
            self._wake.clear()
            for room, due in list(self._due.items()):
                if self._left(room, due) <= 0:
                    self._later[room] = room.now() + RETRY_MS  # not again before that, should it fail
                    gevent.spawn(self._close, room, due)
            if self._due:
                soonest = min(self._left(room, due) for room, due in self._due.items())
                self._wake.wait(max(0.001, min(soonest / 1000, LOOK_SECONDS)))
            else:
                self._wake.wait()

    def _left(self, room: Room, due: Due) -> int:
        """Milliseconds until this room's stage is to be closed."""
        return max(due[0], self._later.get(room, 0)) - room.now()

    def _close(self, room: Room, due: Due) -> None:
        """Close the run. The operation's id follows from the timer, so that it happens once, whatever
        happens; the rules see to it that a timer which was moved meanwhile closes nothing."""
        ends_at, run = due
        command = CloseStage(run=run)
        ctx = Context(actor="system", role="system", now=room.now(), op_id=f"timer.{run}.{ends_at}")
        content = msgspec.json.encode(command, order="deterministic")
        try:
            outcome = room.submit(command, ctx, command_hash(content))
        except Exception as error:  # noqa: BLE001 -- logged without what people wrote
            log_places(error, "a timer could not close its stage")
            return
        again = outcome.refusal is not None and outcome.refusal.code == "try_again"
        if not again and self._due.get(room) == due:
            del self._due[room]
