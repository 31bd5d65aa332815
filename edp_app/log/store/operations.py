"""What was answered to each operation, so that sending one again changes nothing."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy.orm import Session

from edp_app.log.store.rows import Insert

OpKey = tuple[str, str, str]
"""Workshop, actor, operation id."""


class NewOperation(NamedTuple):
    """One row, as it is stored; ``outcome`` is JSON."""

    workshop_id: str
    actor: str
    op_id: str
    content_hash: str | None
    outcome: str
    first_seq: int | None
    last_seq: int | None


class StoredOperation(NamedTuple):
    """An answer that was given before. ``content_hash`` is None where it was erased or never known."""

    content_hash: str | None
    outcome: dict[str, Any]
    first_seq: int | None
    last_seq: int | None


_FIND = (
    "SELECT o.workshop_id, o.actor, o.op_id, o.content_hash, o.outcome, o.first_seq, o.last_seq "
    "FROM json_each(?) AS wanted CROSS JOIN operation AS o "
    "ON o.workshop_id = wanted.value ->> 0 AND o.actor = wanted.value ->> 1 AND o.op_id = wanted.value ->> 2"
)


def find_operations(session: Session, keys: Sequence[OpKey]) -> dict[OpKey, StoredOperation]:
    """Which of these operations were answered before, and how. One query for any number of them."""
    if not keys:
        return {}
    wanted = msgspec.json.encode(keys).decode()
    rows = session.connection().exec_driver_sql(_FIND, (wanted,))
    return {
        (row[0], row[1], row[2]): StoredOperation(row[3], msgspec.json.decode(row[4]), row[5], row[6])
        for row in rows
    }


_INSERT = Insert("operation", NewOperation._fields)


def record_operations(session: Session, rows: Sequence[NewOperation]) -> None:
    """Store answers. Raises ``IntegrityError`` for an operation that has one already."""
    _INSERT.run(session, rows)


def restore_operations(session: Session, workshop_ids: Iterable[str]) -> None:
    """Record the accepted operations of these workshops anew from their logs; known ones stay as they are."""
    for workshop_id in workshop_ids:
        session.connection().exec_driver_sql(
            "INSERT INTO operation (workshop_id, actor, op_id, content_hash, outcome, first_seq, last_seq) "
            "SELECT workshop_id, actor, op_id, NULL, '{\"ok\":true}', min(seq), max(seq) "
            "FROM event WHERE workshop_id = ? GROUP BY actor, op_id "
            "ON CONFLICT (workshop_id, actor, op_id) DO NOTHING",
            (workshop_id,),
        )


def forget_content(session: Session, workshop_id: str, actor: str, op_ids: Iterable[str]) -> None:
    """Remove the content hashes of operations: the hash of a short text can be guessed."""
    for op_id in op_ids:
        session.connection().exec_driver_sql(
            "UPDATE operation SET content_hash = NULL WHERE workshop_id = ? AND actor = ? AND op_id = ?",
            (workshop_id, actor, op_id),
        )


def forget_contents_of(session: Session, workshop_id: str, actor: str) -> None:
    """Remove the content hashes of everything that somebody asked for, refused or not."""
    session.connection().exec_driver_sql(
        "UPDATE operation SET content_hash = NULL WHERE workshop_id = ? AND actor = ?", (workshop_id, actor)
    )


_ACCEPTED = (
    "SELECT e.first, o.first_seq IS NULL FROM "
    "(SELECT actor, op_id, min(seq) AS first, max(seq) AS last FROM event WHERE workshop_id = :id "
    " GROUP BY actor, op_id) AS e "
    "LEFT JOIN operation AS o ON o.workshop_id = :id AND o.actor = e.actor AND o.op_id = e.op_id "
    "WHERE (o.first_seq, o.last_seq, o.outcome ->> 'ok') IS NOT (e.first, e.last, 1) ORDER BY e.first LIMIT 1"
)
_STRAY = (
    "SELECT first_seq FROM operation AS o WHERE workshop_id = :id AND first_seq > 0 AND NOT EXISTS "
    "(SELECT 1 FROM event AS e WHERE e.workshop_id = :id AND e.seq = o.first_seq AND e.actor = o.actor "
    " AND e.op_id = o.op_id) ORDER BY first_seq LIMIT 1"
)


def verify_operations(session: Session, workshop_id: str) -> str | None:
    """Compare the answers that were given with the log: a sentence on the first that does not fit, or
    None."""
    connection = session.connection()
    if row := connection.exec_driver_sql(_ACCEPTED, {"id": workshop_id}).first():
        said = "has no answer" if row[1] else "was answered with other positions"
        return f"The operation that led to position {row[0]} {said}."
    if row := connection.exec_driver_sql(_STRAY, {"id": workshop_id}).first():
        return f"An operation was answered with position {row[0]}, which is not its own."
    return None
