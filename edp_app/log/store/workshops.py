"""The index of workshops: making one, finding it by its code, listing, who may run it."""

import secrets
from collections.abc import Iterable
from typing import Any, NamedTuple

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session

from edp_app.core.arranging import arranged
from edp_app.core.canonical import FIRST
from edp_app.core.definition import Definition
from edp_app.core.describing import described
from edp_app.core.editing import edited
from edp_app.core.events import (
    PeopleExpected,
    StageAdded,
    StageMoved,
    StageRemoved,
    WorkshopCreated,
    WorkshopDescribed,
    WorkshopEdited,
)
from edp_app.core.workshop import creation
from edp_app.log.models import (
    ACCESS_ROLES,
    AccessRole,
    Account,
    Event,
    Helper,
    Link,
    Operation,
    PersonName,
    Workshop,
    WorkshopAccess,
)
from edp_app.log.store.accounts import random_id
from edp_app.log.store.announce import announce_account, announce_workshop
from edp_app.log.store.epochs import new_epoch
from edp_app.log.store.events import all_of_kinds, append_events, events_after, recorded, sealed
from edp_app.log.store.operations import NewOperation, record_operations
from edp_app.log.store.restored import forget_restored
from edp_app.log.store.sql import execute, is_postgresql

CREATE_OP = "create"
"""The operation id of every log's first event."""


def create_workshop(
    session: Session,
    definition: Definition,
    owner_id: str,
    now: int,
    *,
    code: str = "",
    epoch: str = "",
    rehearsal_of: str = "",
) -> Workshop:
    """A new workshop with a free code (unless one is given that is free) and the first event of its log. The
    owner must have an account. ``rehearsal_of``: the id of the workshop of which it is a copy to rehearse
    with."""
    code = code or _free_code(session)
    row = Workshop(
        id=random_id(16),
        code=code,
        title=definition.title,
        owner_id=owner_id,
        created_at=now,
        last_at=now,
        ended_at=None,
        archived_at=None,
        epoch=epoch or new_epoch(),
        rehearsal_of=rehearsal_of or None,
    )
    session.add(row)
    session.flush()
    actor = f"f:{owner_id}"
    first = creation(definition, code, owner_id, rehearsal_of)
    event = sealed(row.id, first, previous=FIRST, seq=1, at=now, actor=actor, op_id=CREATE_OP)
    append_events(session, [event])
    record_operations(session, [NewOperation(row.id, actor, CREATE_OP, None, '{"ok":true}', 1, 1)])
    return row


def _free_code(session: Session) -> str:
    """Six digits that no workshop has, archived ones included."""
    while True:
        code = str(100_000 + secrets.randbelow(900_000))
        if session.scalars(sa.select(Workshop.id).where(Workshop.code == code)).first() is None:
            return code


def workshop_by_id(session: Session, workshop_id: str) -> Workshop | None:
    """The workshop, archived or not."""
    return session.get(Workshop, workshop_id)


def workshop_by_code(session: Session, code: str, *, archived: bool = False) -> Workshop | None:
    """The workshop with these six digits. A code stops being valid when the workshop is archived."""
    query = sa.select(Workshop).where(Workshop.code == code)
    if not archived:
        query = query.where(Workshop.archived_at.is_(None))
    return session.scalars(query).first()


def definition_of(session: Session, workshop_id: str) -> Definition | None:
    """What a workshop consists of: the definition in the first event of its log, with everything that was
    changed in it since: its words, the people expected, its stages, groups and territories. None if there is
    no such log."""
    rows = events_after(session, workshop_id, limit=1)
    first = recorded(rows[0]).event if rows else None
    if not isinstance(first, WorkshopCreated):
        return None
    definition = first.definition
    for row in all_of_kinds(session, workshop_id, _REDEFINING):
        match recorded(row).event:
            case WorkshopDescribed() as event:
                definition = described(definition, event)
            case WorkshopEdited() as event:
                definition = edited(definition, event)
            case PeopleExpected() as event:
                definition = definition.expecting(event.expected, event.territories)
            case StageMoved() | StageAdded() | StageRemoved() as event:
                definition = arranged(definition, event)
    return definition


_REDEFINING = (WorkshopDescribed, WorkshopEdited, PeopleExpected, StageMoved, StageAdded, StageRemoved)


def workshops_of(session: Session, account: Account | str, *, archived: bool = False) -> list[Workshop]:
    """The workshops that an account owns or may run, the latest first; ``archived``: those instead. Without
    rehearsals."""
    account_id = account if isinstance(account, str) else account.id
    shared = sa.select(WorkshopAccess.workshop_id).where(WorkshopAccess.account_id == account_id)
    put_away = Workshop.archived_at.is_not(None) if archived else Workshop.archived_at.is_(None)
    query = (
        sa.select(Workshop)
        .where(sa.or_(Workshop.owner_id == account_id, Workshop.id.in_(shared)), put_away)
        .where(Workshop.rehearsal_of.is_(None))
        .order_by(Workshop.created_at.desc(), Workshop.id)
    )
    return list(session.scalars(query))


def workshops_recent(session: Session, since: int) -> list[Workshop]:
    """The workshops, neither ended nor archived, in which something happened since then."""
    query = sa.select(Workshop).where(
        Workshop.last_at >= since, Workshop.ended_at.is_(None), Workshop.archived_at.is_(None)
    )
    return list(session.scalars(query.order_by(Workshop.last_at.desc())))


def note_progress(
    session: Session, workshop_id: str, last_at: int, ended_at: int | None, title: str | None = None
) -> None:
    """Keep the index in step with the log. ``title``: what the workshop is called now; None: as before."""
    statement = "UPDATE workshop SET last_at = ?, ended_at = ?, title = coalesce(?, title) WHERE id = ?"
    execute(session, statement, (last_at, ended_at, title, workshop_id))


def archive_workshop(session: Session, workshop_id: str, now: int) -> bool:
    """Put a workshop away: its code is not valid any more. Returns whether there is such a workshop."""
    row = session.get(Workshop, workshop_id)
    if row is not None:
        row.archived_at = row.archived_at or now
        announce_workshop(session, workshop_id)
    return row is not None


def unarchive_workshop(session: Session, workshop_id: str) -> bool:
    """Undo :func:`archive_workshop`."""
    row = session.get(Workshop, workshop_id)
    if row is not None:
        row.archived_at = None
        announce_workshop(session, workshop_id)
    return row is not None


class Standing(NamedTuple):
    """What may change behind a server's back: in the index, and where the log ends."""

    epoch: str
    archived: bool
    seq: int


def standings(session: Session, workshop_ids: Iterable[str]) -> dict[str, Standing]:
    """How these workshops stand; those that are not there (any more) are left out."""
    statement, wanted = _among(session, workshop_ids)
    rows = execute(session, f"{_STANDING} {statement}", [wanted])
    return {row[0]: Standing(row[1], bool(row[2]), row[3] or 0) for row in rows}


_STANDING = (
    "SELECT id, epoch, archived_at IS NOT NULL, "
    "(SELECT max(seq) FROM event WHERE workshop_id = workshop.id) FROM workshop"
)


def _among(session: Session, workshop_ids: Iterable[str]) -> tuple[str, Any]:
    """The condition that a workshop is among these, and its value."""
    ids = list(workshop_ids)
    if is_postgresql(session):
        return "WHERE id = ANY(?::text[])", ids
    return "WHERE id IN (SELECT value FROM json_each(?))", msgspec.json.encode(ids).decode()


def lock_workshops(session: Session, workshop_ids: Iterable[str]) -> None:
    """From here to the end of the transaction nobody else changes these workshops or appends to their logs,
    and what is read of them is the latest. Always in the same order, so that no two wait for each other.

    On SQLite a transaction that writes has everything locked from its beginning.
    """
    if is_postgresql(session):
        statement, wanted = _among(session, workshop_ids)
        execute(session, f"SELECT 1 FROM workshop {statement} ORDER BY id FOR UPDATE", [wanted])  # noqa: S608


def overdue(session: Session, before: int) -> list[str]:
    """The workshops that ended before then; of those that have not ended, the ones last used before then.
    Without rehearsals, which go sooner."""
    since = sa.func.coalesce(Workshop.ended_at, Workshop.last_at)
    query = sa.select(Workshop.id).where(since < before, Workshop.rehearsal_of.is_(None))
    return list(session.scalars(query.order_by(Workshop.id)))


def delete_workshop(session: Session, workshop_id: str) -> None:
    """Delete all that is stored of a workshop: log, operations, names, access, its row, and the copy with
    which it is being rehearsed. Repeatable.

    The file keeps no copy after :meth:`edp_app.log.database.Database.checkpoint`.
    """
    copies = session.scalars(sa.select(Workshop.id).where(Workshop.rehearsal_of == workshop_id)).all()
    for copy in copies:
        delete_workshop(session, copy)
    lock_workshops(session, [workshop_id])
    announce_workshop(session, workshop_id)
    for table in (Event, Operation, PersonName, WorkshopAccess, Link, Helper):
        session.execute(sa.delete(table).where(table.workshop_id == workshop_id))
    forget_restored(session, workshop_id)
    session.execute(sa.delete(Workshop).where(Workshop.id == workshop_id))


def access_role(session: Session, workshop: Workshop, account: Account) -> str | None:
    """``owner``, ``facilitator``, or None: what this account may be in this workshop. An account that is not
    active is nothing anywhere."""
    if not account.active:
        return None
    if workshop.owner_id == account.id:
        return "owner"
    row = session.get(WorkshopAccess, (workshop.id, account.id))
    return row.role if row else None


def grant_access(
    session: Session, workshop_id: str, account_id: str, role: AccessRole = "facilitator"
) -> None:
    """Let another account run the workshop. Repeatable."""
    if role not in ACCESS_ROLES:
        raise ValueError(f"unknown role {role}")
    session.merge(WorkshopAccess(workshop_id=workshop_id, account_id=account_id, role=role))


def facilitators(session: Session, workshop: Workshop) -> list[Account]:
    """The accounts that may run a workshop, the owner first; one that is closed may not at present."""
    shared = sa.select(WorkshopAccess.account_id).where(WorkshopAccess.workshop_id == workshop.id)
    query = sa.select(Account).where(sa.or_(Account.id == workshop.owner_id, Account.id.in_(shared)))
    return list(session.scalars(query.order_by(Account.id != workshop.owner_id, Account.login)))


def revoke_access(session: Session, workshop_id: str, account_id: str) -> None:
    """Undo :func:`grant_access`. Repeatable."""
    row = session.get(WorkshopAccess, (workshop_id, account_id))
    if row is not None:
        session.delete(row)
        announce_account(session, account_id)
