"""What was answered to each operation, so that sending one again changes nothing."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy.orm import Session

from edp_app.log.store.sql import execute, insert, is_postgresql

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


_FOUND = (
    "SELECT o.workshop_id, o.actor, o.op_id, o.content_hash, CAST(o.outcome AS TEXT), o.first_seq, o.last_seq"
)
_FIND = (
    f"{_FOUND} FROM json_each(?) AS wanted CROSS JOIN operation AS o "
    "ON o.workshop_id = wanted.value ->> 0 AND o.actor = wanted.value ->> 1 AND o.op_id = wanted.value ->> 2"
)
_FIND_ON_POSTGRESQL = (
    f"{_FOUND} FROM unnest(?::text[], ?::text[], ?::text[]) AS wanted (workshop_id, actor, op_id) "
    "JOIN operation AS o USING (workshop_id, actor, op_id)"
)


def find_operations(session: Session, keys: Sequence[OpKey]) -> dict[OpKey, StoredOperation]:
    """Which of these operations were answered before, and how. One query for any number of them."""
    if not keys:
        return {}
    if is_postgresql(session):
        columns = [list(values) for values in zip(*keys, strict=True)]
        rows = execute(session, _FIND_ON_POSTGRESQL, columns)
    else:
        rows = execute(session, _FIND, [msgspec.json.encode(keys).decode()])
    return {
        (row[0], row[1], row[2]): StoredOperation(row[3], msgspec.json.decode(row[4]), row[5], row[6])
        for row in rows
    }


_COLUMNS = dict.fromkeys(NewOperation._fields, "text") | {
    "outcome": "json", "first_seq": "bigint", "last_seq": "bigint"
}  # fmt: skip


def record_operations(session: Session, rows: Sequence[NewOperation]) -> None:
    """Store answers. Raises ``IntegrityError`` for an operation that has one already."""
    insert(session, "operation", _COLUMNS, rows)


def restore_operations(session: Session, workshop_ids: Iterable[str]) -> None:
    """Record the accepted operations of these workshops anew from their logs; known ones stay as they are."""
    accepted = "?::json" if is_postgresql(session) else "?"
    found = f"SELECT workshop_id, actor, op_id, NULL, {accepted}, min(seq), max(seq) FROM event"  # noqa: S608
    statement = (
        f"INSERT INTO operation ({', '.join(NewOperation._fields)}) {found} "
        "WHERE workshop_id = ? GROUP BY workshop_id, actor, op_id "
        "ON CONFLICT (workshop_id, actor, op_id) DO NOTHING"
    )
    for workshop_id in workshop_ids:
        execute(session, statement, ['{"ok":true}', workshop_id])


def forget_content(session: Session, workshop_id: str, actor: str, op_ids: Iterable[str]) -> None:
    """Remove the content hashes of operations: the hash of a short text can be guessed."""
    for op_id in op_ids:
        execute(
            session,
            "UPDATE operation SET content_hash = NULL WHERE workshop_id = ? AND actor = ? AND op_id = ?",
            (workshop_id, actor, op_id),
        )


def forget_contents_of(session: Session, workshop_id: str, actor: str) -> None:
    """Remove the content hashes of everything that somebody asked for, refused or not."""
    statement = "UPDATE operation SET content_hash = NULL WHERE workshop_id = ? AND actor = ?"
    execute(session, statement, (workshop_id, actor))


_ACCEPTED = (
    "SELECT e.first, o.first_seq IS NULL FROM "
    "(SELECT actor, op_id, min(seq) AS first, max(seq) AS last FROM event WHERE workshop_id = ? "
    " GROUP BY actor, op_id) AS e "
    "LEFT JOIN operation AS o ON o.workshop_id = ? AND o.actor = e.actor AND o.op_id = e.op_id "
    "WHERE o.first_seq IS DISTINCT FROM e.first OR o.last_seq IS DISTINCT FROM e.last "
    "OR coalesce(CAST(o.outcome ->> 'ok' AS TEXT), '') NOT IN ('true', '1') ORDER BY e.first LIMIT 1"
)
_STRAY = (
    "SELECT first_seq FROM operation AS o WHERE workshop_id = ? AND first_seq > 0 AND NOT EXISTS "
    "(SELECT 1 FROM event AS e WHERE e.workshop_id = ? AND e.seq = o.first_seq AND e.actor = o.actor "
    " AND e.op_id = o.op_id) ORDER BY first_seq LIMIT 1"
)


def verify_operations(session: Session, workshop_id: str) -> str | None:
    """Compare the answers that were given with the log: a sentence on the first that does not fit, or
    None."""
    both = (workshop_id, workshop_id)
    if row := execute(session, _ACCEPTED, both).first():
        said = "has no answer" if row[1] else "was answered with other positions"
        return f"The operation that led to position {row[0]} {said}."
    if row := execute(session, _STRAY, both).first():
        return f"An operation was answered with position {row[0]}, which is not its own."
    return None
