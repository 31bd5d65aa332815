"""One batch between reading and storing: decides the waiting commands in order, each on what those before
it did."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec
from gevent.event import AsyncResult

from edp_app.core.commands import Command, Context
from edp_app.core.events import Event, Recorded
from edp_app.core.refusals import Refusal
from edp_app.core.workshop import decide, evolve, names_beside
from edp_app.log.store import NewEvent, NewOperation, StoredOperation, sealed
from edp_app.log.store.operations import OpKey
from edp_app.rooms.outcome import NOT_KEPT, Outcome, from_stored, refused, stored_form
from edp_app.rooms.places import log_places
from edp_app.rooms.room import Room


@dataclass(eq=False, slots=True)
class Waiting:
    """A command in the queue, and where its answer goes."""

    room: Room
    command: Command
    ctx: Context
    content_hash: str
    answer: "AsyncResult[Outcome]" = field(default_factory=AsyncResult)

    @property
    def key(self) -> OpKey:
        return self.room.id, self.ctx.actor, self.ctx.op_id


class HalfStagedError(Exception):
    """A command raised when its events were folded: the room's state is of no use any more."""

    def __init__(self, item: Waiting) -> None:
        super().__init__("a command raised while its events were folded")
        self.item = item


class Batch:
    """What one transaction is going to store, and what will be answered if it succeeds."""

    def __init__(self, known: dict[OpKey, StoredOperation]) -> None:
        self._known = known
        self._fresh: dict[OpKey, tuple[str, Outcome]] = {}
        self.events: list[NewEvent] = []
        self.operations: list[NewOperation] = []
        self.names: list[tuple[str, str, str, str]] = []
        self.outcomes: list[tuple[Waiting, Outcome]] = []
        self.added: dict[Room, list[Recorded]] = {}
        self._unkept: list[tuple[Waiting, Outcome]] = []
        self.elsewhere: dict[Room, int] = {}
        """How many of those another process has appended; they come first."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to store."""
        return not self.operations

    def catch_up(self, room: Room, recorded: Iterable[Recorded]) -> None:
        """Fold what another process has appended."""
        added = self.added.setdefault(room, [])
        for event in recorded:
            evolve(room.state, event)
            added.append(event)
        self.elsewhere[room] = len(added)

    def decide(self, item: Waiting) -> None:
        """Settle one command. Raises :class:`HalfStagedError` if the room has to be folded anew."""
        try:
            outcome = self._repeated(item)
        except Exception as error:  # noqa: BLE001 -- logged without what people wrote
            log_places(error, "a stored answer could not be read")
            outcome = refused("try_again")
        if outcome is None:
            outcome = self._decided(item)
            if outcome.refusal is None or self._is_kept(item, outcome.refusal):
                self._keep(item, outcome)
        self.outcomes.append((item, outcome))

    def _repeated(self, item: Waiting) -> Outcome | None:
        if stored := self._known.get(item.key):
            content_hash, outcome = stored.content_hash, from_stored(stored)
        elif fresh := self._fresh.get(item.key):
            content_hash, first = fresh
            outcome = Outcome(first.ok, first.first, first.last, first.refusal, repeated=True)
        elif unkept := item.room.refusals.remembered(*item.key[1:]):
            content_hash, first = unkept
            outcome = Outcome(first.ok, first.first, first.last, first.refusal, repeated=True)
        else:
            return None
        same = content_hash is None or content_hash == item.content_hash
        return outcome if same else refused("op_id_reused")

    def _decided(self, item: Waiting) -> Outcome:
        state = item.room.state
        # The log's clock never runs backwards, and the rules see the time that will be stored.
        item.ctx = msgspec.structs.replace(item.ctx, now=max(state.at, item.ctx.now))
        try:
            decision = decide(state, item.command, item.ctx)
            staged = [] if isinstance(decision, Refusal) else self._sealed(item, decision)
        except Exception as error:  # noqa: BLE001 -- logged without what people wrote
            log_places(error, f"the command {type(item.command).__name__} raised")
            return refused("try_again")
        if isinstance(decision, Refusal):
            return refused(decision)
        if not staged:
            return Outcome(ok=True)
        item.room.unsettle()
        try:
            for _, recorded in staged:
                evolve(state, recorded)
        except Exception as error:  # noqa: BLE001 -- logged without what people wrote
            log_places(error, f"the events of {type(item.command).__name__} raised")
            raise HalfStagedError(item) from None
        self.events.extend(row for row, _ in staged)
        self.added.setdefault(item.room, []).extend(recorded for _, recorded in staged)
        return Outcome(ok=True, first=staged[0][1].seq, last=staged[-1][1].seq)

    def _sealed(self, item: Waiting, events: list[Event]) -> list[tuple[NewEvent, Recorded]]:
        state, ctx = item.room.state, item.ctx
        at, digest = ctx.now, state.digest
        staged = []
        for seq, event in enumerate(events, state.seq + 1):
            row = sealed(
                item.room.id, event, previous=digest, seq=seq, at=at, actor=ctx.actor, op_id=ctx.op_id
            )
            digest = row.digest
            staged.append((row, Recorded(seq, at, ctx.actor, event, digest)))  # type: ignore[arg-type]
        return staged

    def _is_kept(self, item: Waiting, refusal: Refusal) -> bool:
        """Whether a refusal is stored. Nothing was promised to strangers; of a participant's only so many are
        (:class:`edp_app.rooms.outcome.Refusals` says why that is safe)."""
        if refusal.code in NOT_KEPT:
            return False
        state, actor = item.room.state, item.ctx.actor
        if item.ctx.role != "participant":
            return True
        if not state.somebody(actor):
            return False
        if item.room.refusals.takes(actor, state.current):
            return True
        self._unkept.append((item, refused(refusal)))
        return False

    def remember_unkept(self) -> None:
        """Once the batch is answered: have the rooms remember the refusals that were not stored."""
        for item, outcome in self._unkept:
            item.room.refusals.remember(*item.key[1:], item.content_hash, outcome)

    def _keep(self, item: Waiting, outcome: Outcome) -> None:
        room_id, actor, op_id = item.key
        first, last = (outcome.first, outcome.last) if outcome.ok else (None, None)
        self._fresh[item.key] = (item.content_hash, outcome)
        self.operations.append(
            NewOperation(room_id, actor, op_id, item.content_hash, stored_form(outcome), first, last)
        )
        if outcome.ok:
            made = outcome.last - outcome.first + 1 if outcome.first else 0
            recorded = self.added[item.room][-made:] if made else []
            self.names += [(room_id, *given) for given in names_beside(item.command, actor, recorded)]
