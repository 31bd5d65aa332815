"""Looking after logs: erasing content, checking the chain, making the index anew."""

from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from edp_app.core import canonical
from edp_app.core.events import WorkshopCreated
from edp_app.log.models import Account, Event, Workshop
from edp_app.log.store.events import READ_AT_ONCE, events_after, head, recorded, workshop_ids
from edp_app.log.store.operations import forget_content, restore_operations
from edp_app.log.store.workshops import new_epoch


class Verdict(NamedTuple):
    """What checking a log found. ``problem`` is a sentence naming the first position that does not fit."""

    events: int
    erased: int
    head: str
    problem: str | None = None

    @property
    def ok(self) -> bool:
        return self.problem is None


def erase_event(session: Session, workshop_id: str, seq: int) -> bool:
    """Erase one event's content: payload, salt, and the content hash of the operation it came by.

    What is left says who did what kind of thing when, and the chain still checks. Repeatable. Returns whether
    there is such an event; raises ``ValueError`` for the first one, without which there is no workshop. A
    server that holds the workshop in memory has to fold it again (:meth:`edp_app.rooms.Rooms.reload`); the
    file keeps no copy after :meth:`edp_app.log.database.Database.checkpoint`.
    """
    if seq == 1:
        raise ValueError("the first event holds the definition of the workshop and cannot be erased")
    event = session.get(Event, (workshop_id, seq))
    if event is None:
        return False
    event.payload = event.salt = None
    forget_content(session, workshop_id, event.actor, [event.op_id])
    workshop = session.get(Workshop, workshop_id)
    if workshop is not None:
        workshop.epoch = new_epoch()
    return True


def verify(session: Session, workshop_id: str) -> Verdict:
    """Compute a log's chain again, from the first event to the last, and compare."""
    digest, seq, erased, at = canonical.FIRST, 0, 0, 0
    query = (
        sa.select(Event)
        .where(Event.workshop_id == workshop_id)
        .order_by(Event.seq)
        .execution_options(yield_per=READ_AT_ONCE)
    )
    for event in session.scalars(query):
        content = event.content_digest
        if event.payload is None or event.salt is None:
            erased += 1
        else:
            content = canonical.content_digest(event.salt, event.payload.encode())
        following = canonical.chain(
            digest, event.seq, event.at, event.actor, event.kind, event.version, event.content_digest
        )
        problem = (
            (event.seq != seq + 1 and f"Position {seq + 1} is missing.")
            or (content != event.content_digest and f"The content at position {event.seq} was changed.")
            or (following != event.digest and f"The chain breaks at position {event.seq}.")
            or (event.at < at and f"Time runs backwards at position {event.seq}.")
        )
        if problem:
            return Verdict(seq, erased, digest, problem)
        digest, seq, at = following, event.seq, event.at
        session.expunge(event)
    return Verdict(seq, erased, digest, None if seq else "There is no log of this workshop.")


def rebuild_index(session: Session) -> list[str]:
    """Make the workshops' rows and the accepted operations anew from all logs. Returns the workshops' ids.

    What the logs do not say (archived, epoch) stays as it is where a row is left and is lost where none is.
    Refused operations are not restored: sent again, they are decided again. Repeatable.
    """
    ids = workshop_ids(session)
    _restore(session, ids)
    return ids


def rebuild_missing(session: Session) -> list[str]:
    """:func:`rebuild_index` for the logs that no row points to, at the start of a server. Returns their
    ids."""
    known = set(session.scalars(sa.select(Workshop.id)))
    ids = [workshop_id for workshop_id in workshop_ids(session) if workshop_id not in known]
    _restore(session, ids)
    return ids


def _restore(session: Session, ids: list[str]) -> None:
    for workshop_id in ids:
        _restore_row(session, workshop_id)
    session.flush()
    restore_operations(session, ids)


def _restore_row(session: Session, workshop_id: str) -> None:
    rows = events_after(session, workshop_id, limit=1)
    first = recorded(rows[0])
    if not isinstance(first.event, WorkshopCreated):
        raise ValueError(f"the log of workshop {workshop_id} does not begin with its creation")
    ends = session.execute(
        sa.select(Event.kind, Event.at)
        .where(Event.workshop_id == workshop_id, Event.kind.in_(("workshop_ended", "workshop_reopened")))
        .order_by(Event.seq.desc())
        .limit(1)
    ).first()
    owner = session.get(Account, first.event.owner)
    last_at = head(session, workshop_id).at
    workshop = session.get(Workshop, workshop_id) or Workshop(id=workshop_id, epoch=new_epoch())
    workshop.code, workshop.title = first.event.code, first.event.definition.title
    workshop.owner_id = owner.id if owner else None
    workshop.created_at, workshop.last_at = first.at, last_at
    workshop.ended_at = ends.at if ends and ends.kind == "workshop_ended" else None
    session.add(workshop)
