"""Rehearsals: a copy of a workshop, of the same definition, with a code and a log of its own, to be thrown
away. A workshop has one at a time. Where the workshop lets people in by badge, the copy's door is open."""

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session

from edp_app.log.models import Workshop, WorkshopAccess
from edp_app.log.store.workshops import (
    create_workshop,
    definition_of,
    delete_workshop,
    lock_workshops,
)


def rehearsal_of(session: Session, workshop_id: str) -> Workshop | None:
    """The copy with which this workshop is being rehearsed, if there is one; one that was put away leads
    nowhere."""
    query = sa.select(Workshop).where(Workshop.rehearsal_of == workshop_id, Workshop.archived_at.is_(None))
    return session.scalars(query).first()


def begin_rehearsal(session: Session, workshop_id: str, now: int) -> tuple[Workshop, bool]:
    """The copy with which this workshop is rehearsed, made if there is none yet, and whether it was. Whoever
    may run the workshop may run the copy. ``now``: ms since 1970, UTC.

    Raises ``LookupError`` for a workshop that is not there or is such a copy itself.
    """
    lock_workshops(session, [workshop_id])
    if there := rehearsal_of(session, workshop_id):
        return there, False
    away = session.scalars(sa.select(Workshop.id).where(Workshop.rehearsal_of == workshop_id)).first()
    if away is not None:  # it was put away, and there is one at a time
        delete_workshop(session, away)
    return _copy(session, workshop_id, now), True


def rehearse_again(session: Session, rehearsal_id: str, now: int) -> Workshop | None:
    """Throw a copy away and make a fresh one, under the same code, so that the screen and the links stay. The
    epoch stays, too: phones that had sent something to the old copy offer it to nobody. None if somebody else
    has thrown it away meanwhile."""
    old = session.get(Workshop, rehearsal_id)
    if old is None or old.rehearsal_of is None:
        return None
    original, code, epoch = old.rehearsal_of, old.code, old.epoch
    lock_workshops(session, [original, rehearsal_id])
    there = rehearsal_of(session, original)
    if there is None or there.id != rehearsal_id:
        return None
    delete_workshop(session, rehearsal_id)
    return _copy(session, original, now, code, epoch)


def rehearsals(session: Session, before: int) -> list[str]:
    """The copies that were last used before then (ms since 1970, UTC)."""
    query = sa.select(Workshop.id).where(Workshop.rehearsal_of.is_not(None), Workshop.last_at < before)
    return list(session.scalars(query.order_by(Workshop.id)))


def but_rehearsals(table: str, columns: list[str], of_workshops: list[str]) -> str:
    """The condition, in SQL, that leaves rehearsals out of the rows of a table with these columns; "" where
    the table ``workshop`` (``of_workshops``: its columns) is of a version that knew none."""
    if "rehearsal_of" not in of_workshops:
        return ""
    if table == "workshop":
        return "WHERE rehearsal_of IS NULL"
    among = "WHERE workshop_id NOT IN (SELECT id FROM workshop WHERE rehearsal_of IS NOT NULL)"
    return among if "workshop_id" in columns else ""


def _copy(session: Session, workshop_id: str, now: int, code: str = "", epoch: str = "") -> Workshop:
    original = session.get(Workshop, workshop_id)
    definition = definition_of(session, workshop_id)
    if original is None or definition is None or original.owner_id is None:
        raise LookupError(workshop_id)
    if original.rehearsal_of is not None:
        raise LookupError(f"{workshop_id} is a rehearsal itself")
    if definition.door == "badges":  # which simulated people have none of
        definition = msgspec.structs.replace(definition, door="open")
    made = create_workshop(
        session, definition, original.owner_id, now, code=code, epoch=epoch, rehearsal_of=workshop_id
    )
    shared = sa.select(WorkshopAccess).where(WorkshopAccess.workshop_id == workshop_id)
    for access in session.scalars(shared).all():
        session.add(WorkshopAccess(workshop_id=made.id, account_id=access.account_id, role=access.role))
    session.flush()
    return made
