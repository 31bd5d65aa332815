"""The log itself: reading it, sealing new events into the chain, appending them."""

import secrets
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from edp_app.core import canonical
from edp_app.core.events import AnyEvent, Recorded
from edp_app.core.events import Event as Payload
from edp_app.log.models import Event
from edp_app.log.store.announce import announce
from edp_app.log.store.sql import execute, insert

SALT_BYTES = 16
READ_AT_ONCE = 1000

ALL = 2**62
"""More than any log holds."""


class NewEvent(NamedTuple):
    """One row of the log, as it is stored; without salt, and perhaps payload, where it was erased."""

    workshop_id: str
    seq: int
    at: int
    kind: str
    version: int
    actor: str
    op_id: str
    payload: str | None
    salt: bytes | None
    content_digest: str
    digest: str


class StoredEvent(NamedTuple):
    """What folding needs of a row; ``payload`` is None where erasing left nothing."""

    seq: int
    at: int
    kind: str
    version: int
    actor: str
    op_id: str
    payload: str | None
    digest: str


class Head(NamedTuple):
    """The last position of a log; 0 and the first digest for an empty one."""

    seq: int
    at: int
    digest: str


def sealed(
    workshop_id: str, event: Payload, *, previous: str, seq: int, at: int, actor: str, op_id: str
) -> NewEvent:
    """The row for an event that follows the digest ``previous``, with a fresh salt. Stores nothing."""
    payload = canonical.encode(event)
    salt = secrets.token_bytes(SALT_BYTES)
    kind = canonical.kind_of(event)
    content = canonical.content_digest(salt, payload)
    digest = canonical.chain(previous, seq, at, actor, op_id, kind, event.version, content)
    return NewEvent(
        workshop_id, seq, at, kind, event.version, actor, op_id, payload.decode(), salt, content, digest
    )


def recorded(row: StoredEvent) -> Recorded:
    """A stored event as the rules read it, brought forward to the present version; erased words as such.

    Raises ``msgspec.ValidationError`` for a payload that is not one.
    """
    payload = None if row.payload is None else row.payload.encode()
    event: AnyEvent = canonical.decode(row.kind, row.version, payload)
    return Recorded(seq=row.seq, at=row.at, actor=row.actor, event=event, digest=row.digest)


_COLUMNS = dict.fromkeys(NewEvent._fields, "text") | {
    "seq": "bigint", "at": "bigint", "version": "integer", "salt": "bytea"
}  # fmt: skip


def append_events(session: Session, rows: Sequence[NewEvent]) -> None:
    """Append rows of any number of logs, and tell the other processes. Raises ``IntegrityError`` if a
    position is taken."""
    insert(session, "event", _COLUMNS, rows)
    ends = {row.workshop_id: row.seq for row in rows}
    announce(session, [f"{workshop_id}:{seq}" for workshop_id, seq in ends.items()])


_AFTER = (
    f"SELECT {', '.join(StoredEvent._fields)} FROM event "  # noqa: S608 -- names from above only
    "WHERE workshop_id = ? AND seq > ? AND seq <= ? ORDER BY seq LIMIT ?"
)


def events_after(
    session: Session, workshop_id: str, after: int = 0, *, upto: int = ALL, limit: int = ALL
) -> list[StoredEvent]:
    """The events with ``after < seq <= upto`` in order, at most ``limit`` of them."""
    rows = execute(session, _AFTER, (workshop_id, after, upto, limit))
    return [StoredEvent(*row) for row in rows]


def last_of_kind(session: Session, workshop_id: str, kind: type[Payload]) -> StoredEvent | None:
    """The latest event of this kind in a log, or None."""
    statement = (
        f"SELECT {', '.join(StoredEvent._fields)} FROM event "  # noqa: S608 -- names from above only
        "WHERE workshop_id = ? AND kind = ? ORDER BY seq DESC LIMIT 1"
    )
    row = execute(session, statement, (workshop_id, str(kind.__struct_config__.tag))).first()
    return StoredEvent(*row) if row else None


def all_of_kinds(session: Session, workshop_id: str, kinds: Sequence[type[Payload]]) -> list[StoredEvent]:
    """The events of these kinds in a log, in their order."""
    statement = (
        f"SELECT {', '.join(StoredEvent._fields)} FROM event "  # noqa: S608 -- names from above only
        f"WHERE workshop_id = ? AND kind IN ({', '.join('?' * len(kinds))}) ORDER BY seq"
    )
    tags = [str(kind.__struct_config__.tag) for kind in kinds]
    return [StoredEvent(*row) for row in execute(session, statement, (workshop_id, *tags))]


def has_begun(session: Session, workshop_id: str) -> bool:
    """Whether a stage was opened in a workshop, be it by mistake."""
    query = sa.select(Event.seq).where(Event.workshop_id == workshop_id, Event.kind == "stage_opened")
    return session.scalars(query.order_by(Event.seq).limit(1)).first() is not None


def log_of(session: Session, workshop_id: str, upto: int | None = None) -> Iterator[Recorded]:
    """A whole log, ready for folding, read in pieces. The session must stay open until the end."""
    after, upto = 0, ALL if upto is None else upto
    while rows := events_after(session, workshop_id, after, upto=upto, limit=READ_AT_ONCE):
        yield from map(recorded, rows)
        after = rows[-1].seq


def head(session: Session, workshop_id: str) -> Head:
    """Where the log ends."""
    row = session.execute(
        sa.select(Event.seq, Event.at, Event.digest)
        .where(Event.workshop_id == workshop_id)
        .order_by(Event.seq.desc())
        .limit(1)
    ).first()
    return Head(*row) if row else Head(0, 0, canonical.FIRST)


def workshop_ids(session: Session) -> list[str]:
    """Every workshop that has a log: from one id to the next by the primary key, not reading the logs."""
    rows = execute(
        session,
        "WITH RECURSIVE known(id) AS (SELECT min(workshop_id) FROM event UNION ALL "
        "SELECT (SELECT min(workshop_id) FROM event WHERE workshop_id > id) FROM known WHERE id IS NOT NULL) "
        "SELECT id FROM known WHERE id IS NOT NULL",
    )
    return [row[0] for row in rows]
