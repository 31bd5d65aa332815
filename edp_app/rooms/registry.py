"""Which workshops are in memory. A room is folded from its log when it is first asked for, and let go when
nobody has listened for a while."""

import time
from collections.abc import Callable, Iterable, Mapping
from typing import ParamSpec

import gevent
from gevent.event import AsyncResult

from edp_app.clock import milliseconds
from edp_app.core.stages import kind_by_id
from edp_app.log import store
from edp_app.log.database import Database
from edp_app.log.engine import is_postgresql
from edp_app.log.store import Counts
from edp_app.rooms.attendance import Attendance
from edp_app.rooms.committer import Committer
from edp_app.rooms.counting import Apart
from edp_app.rooms.hearing import Hearing
from edp_app.rooms.places import log_places
from edp_app.rooms.room import Room, fold_log
from edp_app.rooms.timers import Timers

IDLE_SECONDS = 15 * 60.0
SWEEP_SECONDS = 60.0

NOTICE_SECONDS = 5.0
"""How often the server looks whether another process has appended, erased, archived or deleted something …"""

DEAF_SECONDS = 1.0
"""… and while it cannot be told of it."""

RECENT_MS = 12 * 3600 * 1000
"""Workshops with something in the last twelve hours are folded at the start: a timer may be running there,
and the phones of a room that was cut off come back all at once."""


P = ParamSpec("P")


class Rooms:
    """The workshops of one process. Usable at once; :meth:`start` adds what runs by itself."""

    def __init__(
        self,
        database: Database,
        *,
        clock: Callable[[], int] = milliseconds,
        idle_seconds: float = IDLE_SECONDS,
        apart: Apart | None = None,
    ) -> None:
        """``apart`` counts what is much in a process of its own (:mod:`edp_app.rooms.counting`)."""
        self._apart = apart
        self._database = database
        self._clock = clock
        self._idle_seconds = idle_seconds
        self._rooms: dict[str, Room] = {}
        self._loading: dict[str, AsyncResult[Room | None]] = {}
        self._timers = Timers()
        self._committer = Committer(database, self._changed)
        self._hearing: Hearing | None = None
        if is_postgresql(database.engine.url):
            self._hearing = Hearing(database.engine, self._heard, self._hears_again)
        self._attendance: Attendance | None = None
        self._jobs: list[gevent.Greenlet] = []
        self.when_put_away: list[Callable[[str], object]] = []
        """Called with the id of a workshop that another process has archived or deleted."""
        self.when_rights_change: list[Callable[[str], object]] = []
        """Called with the id of an account whose rights or sessions another process may have changed."""
        self.when_hearing: list[Callable[[], object]] = []
        """Called when it begins to hear other processes, and when it does so again: nobody knows what it has
        missed, nor what else that lost connections held."""

    def start(self) -> None:
        """Fold the recent workshops, watch the timers, let idle rooms go. Needs a running loop.
        Repeatable."""
        if not self._jobs:
            self._timers.start()
            if self._hearing:
                self._hearing.start()
            if self._attendance:
                self._attendance.start()
            self._jobs = [gevent.spawn(job) for job in (self._fold_recent, self._sweep, self._watch)]

    def stop(self) -> None:
        """Store what waits and end. Later commands are told to try again."""
        gevent.killall(self._jobs)
        self._jobs = []
        if self._hearing:
            self._hearing.stop()
        if self._attendance:
            self._attendance.stop()
        self._timers.stop()
        self._committer.stop()

    @property
    def can_store(self) -> bool:
        """Whether what is asked can be stored, as far as the last commits tell. Asks nobody."""
        return self._committer.storing.can_store

    def count_elsewhere(
        self, here: Callable[[], Mapping[str, Counts]], told: Callable[[Mapping[str, Counts]], object]
    ) -> None:
        """Exchange with other processes how many pages of each workshop they serve: ``here()`` tells it of
        this one, ``told(counts)`` hears it of the others. Call it before :meth:`start`. Where no other
        process can serve, nothing is told."""
        if self._hearing:
            self._attendance = Attendance(self._database, here, told)

    def by_code(self, code: str) -> Room | None:
        """The room of the workshop with these six digits, or None: unknown, or archived."""
        for known in self._rooms.values():
            if known.code == code and not known.archived:
                return self._touched(known)
        row = self._database.read(store.workshop_by_code, code)
        room = self.by_id(row.id) if row else None
        if room is not None:
            room.archived = False
        return room

    def by_id(self, workshop_id: str) -> Room | None:
        """The room of this workshop, or None if there is none. Waits while its log is folded."""
        if room := self._rooms.get(workshop_id):
            return self._touched(room)
        if loading := self._loading.get(workshop_id):
            loaded: Room | None = loading.get()
            return loaded
        result = self._loading[workshop_id] = AsyncResult()
        try:
            room = self._load(workshop_id)
        except BaseException as error:
            result.set_exception(error if isinstance(error, Exception) else LookupError(workshop_id))
            raise
        finally:
            del self._loading[workshop_id]
        result.set(room)
        return room

    def loaded(self) -> list[Room]:
        """The rooms that are in memory now."""
        return list(self._rooms.values())

    def reload(self, workshop_id: str) -> None:
        """Fold a workshop's log anew if it is in memory, after content was erased from it."""
        if room := self._rooms.get(workshop_id):
            self._committer.refold(room)

    def forget(self, workshop_id: str) -> None:
        """The workshop was archived: its code finds nothing any more. Pages that are connected stay so."""
        if room := self._rooms.get(workshop_id):
            room.archived = True

    def notice(self) -> None:
        """Take note of what another process has changed: events it appended are folded, erased content is
        folded away, a workshop that was archived is found no more (or again), one that was deleted is let
        go."""
        rooms = self.loaded()
        known = self._database.read(store.standings, [room.id for room in rooms]) if rooms else {}
        for room in rooms:
            standing = known.get(room.id)
            was_found = not room.archived
            if standing is None:
                room.archived = room.gone = True
                self._timers.forget(room)
                self._rooms.pop(room.id, None)
            else:
                room.archived = standing.archived
                if not room.stands_as(standing):
                    self._committer.distrust(room)
                elif standing.seq > room.state.seq:
                    self._committer.catch_up(room)
            if room.archived and was_found:
                _tell(self.when_put_away, room.id)

    def _heard(self, words: Iterable[store.Word]) -> None:
        """Another process (or this one) has committed something."""
        look = False
        for word in words:
            if word.account_id is not None:
                _tell(self.when_rights_change, word.account_id)
            elif room := self._rooms.get(word.workshop_id or ""):
                if word.seq > room.state.seq:
                    self._committer.catch_up(room)
                look = look or word.seq == 0
        if look:
            gevent.spawn(self._notice_now)

    def _hears_again(self) -> None:
        _tell(self.when_hearing)
        self._notice_now()

    def _notice_now(self) -> None:
        try:
            self.notice()
        except Exception as error:  # noqa: BLE001 -- it is tried again
            log_places(error, "the index of workshops could not be read")

    def _watch(self) -> None:
        while True:
            deaf = self._hearing is not None and not self._hearing.is_listening
            gevent.sleep(min(NOTICE_SECONDS, DEAF_SECONDS) if deaf else NOTICE_SECONDS)
            self._notice_now()

    def _changed(self, room: Room) -> None:
        """Called after each commit."""
        self._timers.look(room)
        run = room.state.now()
        if run is not None and run.status == "closed" and not run.revealed and kind_by_id(run.kind).reveals:
            gevent.spawn(room.count_ahead)

    def _touched(self, room: Room) -> Room:
        room.touched = time.monotonic()
        return room

    def _load(self, workshop_id: str) -> Room | None:
        row = self._database.read(store.workshop_by_id, workshop_id)
        if row is None:
            return None
        state = fold_log(self._database, workshop_id)
        restored = self._database.read(store.restored_as_of, workshop_id)
        room = self._rooms[workshop_id] = Room(
            workshop_id, row.epoch, state, self._committer.submit, self._clock, restored, self._apart
        )
        self._timers.look(room)
        if self._hearing:
            self._committer.catch_up(room)  # what was announced while it was folded was for nobody
        return room

    def _fold_recent(self) -> None:
        for row in self._database.read(store.workshops_recent, self._clock() - RECENT_MS):
            try:
                self.by_id(row.id)
            except Exception as error:  # noqa: BLE001 -- logged without what people wrote
                log_places(error, "a workshop could not be read from its log")

    def _sweep(self) -> None:
        while True:
            gevent.sleep(min(SWEEP_SECONDS, self._idle_seconds))
            self.drop_idle()

    def drop_idle(self) -> None:
        """Let the rooms go that nobody listens to, nobody has asked for lately, and no timer waits for."""
        limit = time.monotonic() - self._idle_seconds
        for room in list(self._rooms.values()):
            needed = room.listeners or self._timers.waits_for(room) or self._committer.has_work_for(room)
            if room.touched < limit and not needed:
                del self._rooms[room.id]


def _tell(listeners: list[Callable[P, object]], *what: P.args, **more: P.kwargs) -> None:
    """Each in a greenlet of its own: they may wait for the database."""
    for listener in listeners:
        gevent.spawn(listener, *what, **more)
