"""A workshop in memory, built from commands alone: what tests of the rules, the views and the report start
from.

It keeps a log as the real one does (bytes, salts, digests), so that whatever is folded here was decoded from
what would have been stored.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

import msgspec

from edp_app.core.canonical import chain, content_digest, decode, encode, kind_of
from edp_app.core.commands import Command, Context
from edp_app.core.definition import Definition
from edp_app.core.events import AnyEvent, Event, Recorded
from edp_app.core.formats import Library
from edp_app.core.refusals import Refusal
from edp_app.core.state import State
from edp_app.core.workshop import creation, decide, evolve, fold

START = 1_770_000_000_000
FACILITATOR = "f:1"
LIBRARY = Library.in_folder(Path(__file__).parents[2] / "workshops/library")


class MemoryWorkshop:
    """A log, its state, and commands done in order. The clock moves by one second with every command."""

    def __init__(self, definition: Definition, code: str = "314159") -> None:
        self.log: list[Recorded] = []
        self.op_ids: list[str] = []
        """Of each event, the operation it came by."""
        self.state = State()
        self.now = START
        self.append([creation(definition, code, FACILITATOR)], "system")

    def do(self, command: Command, actor: str = FACILITATOR) -> Refusal | list[AnyEvent]:
        """Decide and fold one command; the events that came of it, or why not."""
        self.now += 1000
        role = "participant" if actor.startswith("p:") else "system" if actor == "system" else "facilitator"
        decision = decide(self.state, command, Context(actor, role, self.now, library=LIBRARY))
        return decision if isinstance(decision, Refusal) else self.append(decision, actor)

    def must(self, command: Command, actor: str = FACILITATOR) -> list[AnyEvent]:
        """Like :meth:`do`, where a refusal would make the test pointless."""
        done = self.do(command, actor)
        assert not isinstance(done, Refusal), f"{command} was refused: {done.code} {done.params}"
        return done

    def refolded(self) -> State:
        """The state that folding the whole log anew gives."""
        return fold(self.log)

    def append(self, events: Iterable[Event], actor: str) -> list[AnyEvent]:
        """Store and fold these events; what of them comes out of the log."""
        done: list[AnyEvent] = []
        op_id = f"operation-{self.state.seq + 1:06d}"
        for event in events:
            seq, payload = self.state.seq + 1, encode(event)
            salt = hashlib.sha256(f"salt {seq}".encode()).digest()[:16]
            stored = decode(kind_of(event), event.version, payload)
            digest = chain(
                self.state.digest,
                seq,
                self.now,
                actor,
                op_id,
                kind_of(event),
                event.version,
                content_digest(salt, payload),
            )
            recorded = Recorded(seq, self.now, actor, stored, digest)
            evolve(self.state, recorded)
            self.log.append(recorded)
            self.op_ids.append(op_id)
            done.append(stored)
        return done


def plain(value: object) -> object:
    """A value as it comes out of JSON, so that views are compared as clients get them."""
    return msgspec.json.decode(msgspec.json.encode(value))
