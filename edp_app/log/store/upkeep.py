"""Looking after logs: erasing content, checking the chain, making the index anew."""

from collections.abc import Iterable
from typing import NamedTuple

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session

from edp_app.core import canonical
from edp_app.core.erasing import GONE, is_left, left_of
from edp_app.core.events import WorkshopCreated
from edp_app.log.models import Account, Event, Workshop
from edp_app.log.store.announce import announce_workshop
from edp_app.log.store.events import READ_AT_ONCE, events_after, head, recorded, workshop_ids
from edp_app.log.store.names import set_name
from edp_app.log.store.operations import forget_content, forget_contents_of, restore_operations
from edp_app.log.store.workshops import definition_of, lock_workshops, new_epoch


class Verdict(NamedTuple):
    """What checking a log found. ``problem`` is a sentence naming the first position that does not fit."""

    events: int
    erased: int
    head: str
    problem: str | None = None

    @property
    def ok(self) -> bool:
        return self.problem is None


def erase_events(session: Session, workshop_id: str, seqs: Iterable[int]) -> None:
    """Erase the words of these events (:func:`edp_app.core.erasing.left_of` says what stays), their salts,
    and the content hashes of the operations they came by.

    Digests stay, so the chain still checks. Repeatable. Raises ``ValueError`` for an event without words,
    ``LookupError`` for a position that is not there. A server that holds the workshop in memory folds it
    again when it sees the new epoch; the file keeps no copy after
    :meth:`edp_app.log.database.Database.checkpoint`.
    """
    lock_workshops(session, [workshop_id])
    definition, workshop = definition_of(session, workshop_id), session.get(Workshop, workshop_id)
    if definition is None or workshop is None:
        raise LookupError(workshop_id)
    for seq in seqs:
        row = session.get(Event, (workshop_id, seq))
        if row is None:
            raise LookupError(seq)
        if row.salt is None:
            continue
        payload = None if row.payload is None else row.payload.encode()
        left = left_of(canonical.decode(row.kind, row.version, payload), definition.language)
        row.payload = None if left is None else canonical.encode(left).decode()
        row.salt = None
        forget_content(session, workshop_id, row.actor, [row.op_id])
    workshop.epoch = new_epoch()
    announce_workshop(session, workshop_id)


def erase_person(session: Session, workshop_id: str, person: str) -> None:
    """Remove what stands of a person beside the log: the name, the organisation, and the content hashes of
    whatever they asked for, so that nothing they wrote can be guessed from them. Repeatable."""
    set_name(session, workshop_id, person, "", "")
    forget_contents_of(session, workshop_id, person)


def verify(session: Session, workshop_id: str) -> Verdict:
    """Compute a log's chain again, from the first event to the last, and compare.

    Of an event that was erased, the chain shows that there was one, of which kind, when and by whom; what is
    left of it is not in any digest, and only checked to hold no words.
    """
    digest, seq, erased, at = canonical.FIRST, 0, 0, 0
    query = (
        sa.select(Event)
        .where(Event.workshop_id == workshop_id)
        .order_by(Event.seq)
        .execution_options(yield_per=READ_AT_ONCE)
    )
    for event in session.scalars(query):
        content, wordless = event.content_digest, True
        if event.payload is not None and event.salt is not None:
            content = canonical.content_digest(event.salt, event.payload.encode())
        else:
            erased, wordless = erased + 1, _is_wordless(event)
        following = canonical.chain(
            digest, event.seq, event.at, event.actor, event.kind, event.version, event.content_digest
        )
        problem = (
            (event.seq != seq + 1 and f"Position {seq + 1} is missing.")
            or (content != event.content_digest and f"The content at position {event.seq} was changed.")
            or (not wordless and f"What erasing left at position {event.seq} was changed.")
            or (following != event.digest and f"The chain breaks at position {event.seq}.")
            or (event.at < at and f"Time runs backwards at position {event.seq}.")
        )
        if problem:
            return Verdict(seq, erased, digest, problem)
        digest, seq, at = following, event.seq, event.at
        session.expunge(event)
    return Verdict(seq, erased, digest, None if seq else "There is no log of this workshop.")


def _is_wordless(event: Event) -> bool:
    if event.payload is None:
        return event.kind in GONE
    try:
        left = canonical.decode(event.kind, event.version, event.payload.encode())
    except msgspec.MsgspecError:
        return False
    return canonical.kind_of(left) == event.kind and is_left(left)


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
    lock_workshops(session, ids)
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
