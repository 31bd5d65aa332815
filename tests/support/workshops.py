"""A workshop in a database file, driven by commands through a real room: what tests of the log and of
everything that reads it start from.

:class:`~tests.support.memory.MemoryWorkshop` is its quick sister for tests that need no file.
"""

from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy.orm import Session

from edp_app.core.canonical import command_hash
from edp_app.core.commands import Command, Context, Describe, Join, Role
from edp_app.core.definition import Definition
from edp_app.core.views import AUDIENCES, self_view, view
from edp_app.log import store
from edp_app.log.database import Database
from edp_app.log.engine import database_url
from edp_app.log.models import Base
from edp_app.log.store.sql import execute
from edp_app.log.upgrade import upgrade
from edp_app.rooms import Outcome, Room, Rooms
from tests.support.definitions import GROUPS
from tests.support.memory import START, plain


def person(n: int) -> str:
    """The id of the n-th participant."""
    return f"p:{n:026d}"


def content(command: Command) -> str:
    """The hash by which a repeat is known."""
    return command_hash(msgspec.json.encode(command, order="deterministic"))


def open_database(where: Path | str) -> Database:
    """The database in this file, or under this URL, with the tables of this version."""
    database = Database.open(where if isinstance(where, str) else database_url(where))
    upgrade(database.engine)
    return database


class Clock:
    """Milliseconds, moved by hand."""

    def __init__(self, now: int = START) -> None:
        self.now = now

    def __call__(self) -> int:
        return self.now


class StoredWorkshop:
    """One workshop of one facilitator, in an SQLite file or under a URL. The clock moves by one second with
    every command."""

    def __init__(self, where: Path | str, definition: Definition, login: str = "ana") -> None:
        self.where = where
        self.clock = Clock()
        self.database = open_database(where)
        self.rooms = Rooms(self.database, clock=self.clock)
        self.account = self.database.call(
            store.create_account, login=login, name=login.title(), password_hash="-", now=self.clock.now
        )
        row = self.database.call(store.create_workshop, definition, self.account.id, self.clock.now)
        self.id, self.code = row.id, row.code
        self.facilitator = f"f:{self.account.id}"
        self._ops = 0

    @property
    def room(self) -> Room:
        room = self.rooms.by_id(self.id)
        assert room is not None
        return room

    def do(
        self, command: Command, actor: str = "", op_id: str = "", content_hash: str = "", at: int = 0
    ) -> Outcome:
        """Submit one command and wait for the answer; the actor is the facilitator unless said otherwise."""
        self._ops += 1
        self.clock.now += 1000
        actor = actor or self.facilitator
        role: Role = "participant" if actor.startswith("p:") else "facilitator"
        ctx = Context(actor, role, at or self.clock.now, op_id or f"op-{self._ops:06d}")
        return self.room.submit(command, ctx, content_hash or content(command))

    def must(self, command: Command, actor: str = "", op_id: str = "") -> Outcome:
        """Like :meth:`do`, where a refusal would make the test pointless."""
        outcome = self.do(command, actor, op_id)
        assert outcome.ok, f"{command} was refused: {outcome.refusal}"
        return outcome

    def people(self, count: int) -> list[str]:
        """So many people who have joined, spread over the groups."""
        ids = [person(n) for n in range(count)]
        for n, actor in enumerate(ids):
            self.must(Join(), actor)
            self.must(Describe(group=GROUPS[n % len(GROUPS)]), actor)
        return ids

    def views(self) -> dict[str, Any]:
        """Everything that anybody may see now, as it comes out of JSON."""
        self.room.when_settled()
        state = self.room.state
        seen: dict[str, Any] = {name: plain(view(state, name)) for name in AUDIENCES}
        seen["selves"] = {p: plain(self_view(state, p)) for p in state.persons}
        return seen

    @property
    def path(self) -> Path:
        """The SQLite file."""
        assert isinstance(self.where, Path)
        return self.where

    def execute(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Run a statement with ``?`` for each value, behind everybody's back; its rows."""

        def run(session: Session) -> list[tuple[Any, ...]]:
            found = execute(session, statement, values)
            return [tuple(row) for row in found] if found.returns_rows else []

        return self.database.call(run)

    def is_anywhere(self, text: str) -> bool:
        """Whether this text is in a file of the database, or in a row of a table on PostgreSQL."""
        if isinstance(self.where, Path):
            files = self.where.parent.glob(f"{self.where.name}*")
            return any(text.encode() in file.read_bytes() for file in files)
        return any(
            self.execute(f"SELECT 1 FROM {table} AS t WHERE position(? IN t::text) > 0", text)  # noqa: S608
            for table in Base.metadata.tables
        )

    def log(self) -> list[tuple[Any, ...]]:
        """Every stored event, as it is stored."""
        return self.execute("SELECT * FROM event ORDER BY workshop_id, seq")

    def restart(self) -> None:
        """As after the end of the process: nothing is left but the database."""
        self.close()
        self.database = open_database(self.where)
        self.database.call(store.rebuild_missing)
        self.rooms = Rooms(self.database, clock=self.clock)

    def close(self) -> None:
        self.rooms.stop()
        self.database.close()
