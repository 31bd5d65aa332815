"""The one writer of a process: takes whatever waits, in all rooms, and commits it in one transaction.

The loop decides; the database thread reads, appends and commits; the loop waits for
neither lock nor disk. Nobody is answered and nobody is told before the commit.
"""

import time
from collections import deque
from collections.abc import Callable

import gevent
from gevent.event import Event as Signal
from sqlalchemy.orm import Session

from edp_app.core.commands import Command, Context
from edp_app.log import store
from edp_app.log.database import Database
from edp_app.log.store import NewEvent, NewOperation, StoredEvent, StoredOperation
from edp_app.log.store.operations import OpKey
from edp_app.rooms.outcome import Outcome, refused
from edp_app.rooms.places import log_places
from edp_app.rooms.room import Room, fold_log
from edp_app.rooms.staging import Batch, HalfStagedError, Waiting
from edp_app.rooms.storing import Storing, probe

WINDOW = 0.005
"""Seconds in which commands gather before a commit. Measured: 0 and 20 ms were both slower flat out."""

BATCH = 256
"""Commands in one transaction at most, so that deciding them never holds the loop for long."""

MOST_WAITING = 5000
"""Commands in the queue at most; whoever comes then is told to try again."""

MOST_OP_ID = 120

FOLLOW_AT_ONCE = 500
"""Events that another process has appended, folded in one go."""

RETRY_SECONDS = 2.0
"""How often a room that could not be folded anew is tried again."""


class ChangedElsewhereError(Exception):
    """Another process has erased content of these workshops, or deleted them."""

    def __init__(self, rooms: list[Room]) -> None:
        super().__init__("workshops were changed by another process")
        self.rooms = rooms


class Committer:
    """The queue of commands and the greenlet that empties it. ``on_change(room)`` is called after each
    commit."""

    def __init__(self, database: Database, on_change: Callable[[Room], None]) -> None:
        self._database = database
        self._on_change = on_change
        self._queue: deque[Waiting] = deque()
        self._stale: dict[Room, float] = {}
        self._behind: set[Room] = set()
        self._wake = Signal()
        self._greenlet: gevent.Greenlet | None = None
        self._stopping = False
        self.storing = Storing()

    def submit(self, room: Room, command: Command, ctx: Context, content_hash: str) -> Outcome:
        """See :meth:`edp_app.rooms.Room.submit`."""
        if not 0 < len(ctx.op_id) <= MOST_OP_ID:
            raise ValueError("an operation needs an id of 1 to 120 characters")
        if self._stopping or len(self._queue) >= MOST_WAITING:
            return refused("try_again")
        item = Waiting(room, command, ctx, content_hash)
        self._queue.append(item)
        self._awake()
        outcome: Outcome = item.answer.get()
        return outcome

    def refold(self, room: Room) -> None:
        """Fold a room's log anew, between two batches; returns when that is done."""
        self.distrust(room)
        room.when_settled()

    def distrust(self, room: Room) -> None:
        """Have a room's log folded anew, before anything else is done for it. Does not wait."""
        self._distrust(room)
        self._awake()

    def catch_up(self, room: Room) -> None:
        """Have what other processes appended to a room's log folded and told. Does not wait. A batch with a
        command for this room does it by the way."""
        self._behind.add(room)
        self._awake()

    def has_work_for(self, room: Room) -> bool:
        """Whether the room is needed by what waits."""
        return room.stale or any(item.room is room for item in self._queue)

    def stop(self) -> None:
        """Commit what waits, then end. Later commands are told to try again."""
        self._stopping = True
        self._wake.set()
        if self._greenlet is not None:
            self._greenlet.join()

    def _awake(self) -> None:
        self._wake.set()
        if self._greenlet is None or self._greenlet.dead:
            self._greenlet = gevent.spawn(self._run)

    def _run(self) -> None:
        while self._queue or not self._stopping:
            if not (self._queue or self._behind):
                self._wake.clear()
                troubled = self._stale or self.storing.has_failed
                if not self._wake.wait(RETRY_SECONDS if troubled else None) and not troubled:
                    continue
            self._mend()
            if self._queue:
                if len(self._queue) < BATCH:
                    gevent.sleep(WINDOW)
                self._settle_all([self._queue.popleft() for _ in range(min(BATCH, len(self._queue)))])
            elif self.storing.wants_probe:
                self._try_to_store()
            if self._behind:
                self._follow()

    def _try_to_store(self) -> None:
        try:
            with self.storing.attempt():
                self._database.call(probe)
        except Exception as error:  # noqa: BLE001 -- it is tried again
            log_places(error, "it is still not possible to store anything")
            self.storing.did_not()
        else:
            self.storing.did()

    def _settle_all(self, items: list[Waiting]) -> None:
        """Answer every one of these commands, whatever happens."""
        items = self._without_stale(items)
        while items:
            rooms = {item.room for item in items}
            behind = self._behind & rooms
            self._behind -= rooms  # before it is read: whatever is heard of after that is news again
            try:
                with self.storing.attempt():
                    batch = self._commit(items, rooms)
            except HalfStagedError as error:
                # Nothing was stored. The others are decided again, on a state without the one that raised.
                self._refold_unsettled(rooms)
                error.item.answer.set(refused("try_again"))
                items = self._without_stale([item for item in items if item is not error.item])
            except ChangedElsewhereError as error:
                for room in error.rooms:
                    self._distrust(room)
                self._mend()
                items = self._without_stale(items)
            except Exception as error:  # noqa: BLE001 -- logged without what people wrote
                log_places(error, "a batch could not be stored")
                self.storing.did_not()
                self._behind |= behind
                self._refold_unsettled(rooms)
                for item in items:
                    item.answer.set(refused("try_again"))
                return
            else:
                self._publish(batch)
                return

    def _without_stale(self, items: list[Waiting]) -> list[Waiting]:
        for item in items:
            if item.room.stale or item.room.gone:
                item.answer.set(refused("try_again"))
        return [item for item in items if not (item.room.stale or item.room.gone)]

    def _commit(self, items: list[Waiting], rooms: set[Room]) -> Batch:
        positions = [(room.id, room.state.seq) for room in rooms]
        with self._database.transaction() as transaction:
            news, known, standings = transaction.run(_read, positions, [item.key for item in items])
            if changed := [room for room in rooms if not room.stands_as(standings.get(room.id))]:
                raise ChangedElsewhereError(changed)
            batch = Batch(known)
            for room in rooms:
                if rows := news.get(room.id):
                    room.unsettle()
                    batch.catch_up(room, map(store.recorded, rows))
            for item in items:
                batch.decide(item)
            if not batch.is_empty:
                progress = [
                    (room.id, room.state.at, room.state.ended_at, room.state.definition.title)
                    for room in batch.added
                ]
                transaction.commit(_write, batch.events, batch.operations, batch.names, progress)
                self.storing.did()
        return batch

    def _publish(self, batch: Batch) -> None:
        for room in batch.added:
            room.settle()
        batch.remember_unkept()
        for item, outcome in batch.outcomes:
            item.answer.set(outcome)
        for room, added in batch.added.items():
            room.tell(added, batch.elsewhere.get(room, 0))
            self._changed(room)

    def _follow(self) -> None:
        """Fold what other processes have appended. What cannot be read now is noticed again by
        :meth:`edp_app.rooms.Rooms.notice`."""
        rooms = [room for room in self._behind if not (room.stale or room.gone)]
        self._behind.clear()
        try:
            news, standings = self._database.read(_news, [(room.id, room.state.seq) for room in rooms])
        except Exception as error:  # noqa: BLE001 -- logged without what people wrote
            log_places(error, "what other processes have appended could not be read")
            return
        for room in rooms:
            rows = news[room.id]
            if room.stale:
                continue  # it is about to be folded anew
            if not room.stands_as(standings.get(room.id)):
                self._distrust(room)
            elif rows:
                self._fold(room, rows)
                if len(rows) == FOLLOW_AT_ONCE:
                    self._behind.add(room)

    def _fold(self, room: Room, rows: list[StoredEvent]) -> None:
        batch = Batch({})
        try:
            batch.catch_up(room, map(store.recorded, rows))
        except Exception as error:  # noqa: BLE001 -- logged without what people wrote
            log_places(error, "what another process has appended could not be folded")
            self._distrust(room)
            return
        self._publish(batch)

    # ---- rooms whose state is of no use

    def _distrust(self, room: Room) -> None:
        room.unsettle()
        room.stale = True
        self._stale[room] = 0.0

    def _refold_unsettled(self, rooms: set[Room]) -> None:
        for room in rooms:
            if not room.is_settled:
                self._distrust(room)
        self._mend()

    def _mend(self) -> None:
        """Fold the stale rooms anew. One that cannot be stays stale, and whoever wants to read it waits."""
        for room, not_before in list(self._stale.items()):
            if time.monotonic() < not_before:
                continue
            try:
                # The row first: whatever is erased while the log is read leads to another fold.
                row = self._row(room.id)
                if row is not None:
                    room.state = fold_log(self._database, room.id)
            except Exception as error:  # noqa: BLE001 -- logged without what people wrote
                log_places(error, "a workshop could not be read from its log")
                self._stale[room] = time.monotonic() + RETRY_SECONDS
                continue
            del self._stale[room]
            room.settle()
            if row is None:
                room.archived = room.gone = True
                continue
            room.epoch = row.epoch
            room.tell(())
            self._changed(room)

    def _row(self, workshop_id: str) -> store.Workshop | None:
        return self._database.read(store.workshop_by_id, workshop_id)

    def _changed(self, room: Room) -> None:
        try:
            self._on_change(room)
        except Exception as error:  # noqa: BLE001 -- logged without what people wrote
            log_places(error, "what follows a commit failed")


def _read(
    session: Session, positions: list[tuple[str, int]], keys: list[OpKey]
) -> tuple[dict[str, list[StoredEvent]], dict[OpKey, StoredOperation], dict[str, store.Standing]]:
    """In the database thread: what is new in these logs, which of these operations were answered before, and
    how the workshops stand. From here to the end of the transaction nobody else appends to them."""
    store.lock_workshops(session, [workshop_id for workshop_id, _ in positions])
    news, standings = _news(session, positions, store.ALL)
    return news, store.find_operations(session, keys), standings


def _news(
    session: Session, positions: list[tuple[str, int]], limit: int = FOLLOW_AT_ONCE
) -> tuple[dict[str, list[StoredEvent]], dict[str, store.Standing]]:
    """In the database thread: the first of what is new in these logs, and how the workshops stand."""
    news = {
        workshop_id: store.events_after(session, workshop_id, seq, limit=limit)
        for workshop_id, seq in positions
    }
    return news, store.standings(session, list(news))


def _write(
    session: Session,
    events: list[NewEvent],
    operations: list[NewOperation],
    names: list[tuple[str, str, str, str]],
    progress: list[tuple[str, int, int | None, str]],
) -> None:
    """In the database thread: append a batch."""
    store.append_events(session, events)
    store.record_operations(session, operations)
    for workshop_id, person, name, organisation in names:
        store.set_name(session, workshop_id, person, name, organisation)
    for workshop_id, last_at, ended_at, title in progress:
        store.note_progress(session, workshop_id, last_at, ended_at, title)
