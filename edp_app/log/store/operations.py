"""What was answered to each operation, so that sending one again changes nothing."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session

from edp_app.log.models import Event, Operation
from edp_app.log.store.answers import Answer, Answers
from edp_app.log.store.sql import execute, insert, is_postgresql

READ_AT_ONCE = 1000

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


def verify_operations(session: Session, workshop_id: str) -> str | None:
    """Compare the answers that were given with the log: a sentence on the first that does not fit, or
    None."""
    answers, wrong = Answers(), None
    events = sa.select(Event.seq, Event.actor, Event.op_id).where(Event.workshop_id == workshop_id)
    for event in session.execute(events.order_by(Event.seq).execution_options(yield_per=READ_AT_ONCE)):
        said = answers.event(*event)
        wrong = wrong or said
    columns = (getattr(Operation, name) for name in Answer._fields)
    rows = sa.select(*columns).where(Operation.workshop_id == workshop_id)
    rows = rows.order_by(Operation.actor, Operation.op_id)
    for row in session.execute(rows.execution_options(yield_per=READ_AT_ONCE)):
        said = answers.answer(Answer(*row))
        wrong = wrong or said
    return answers.whole() or wrong
