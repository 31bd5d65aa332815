"""Looking after logs: erasing content, checking the chain, making the index anew."""

import contextlib
from collections.abc import Iterable
from typing import NamedTuple

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session

from edp_app.core import canonical
from edp_app.core.erasing import left_of
from edp_app.core.events import CodeGiven, WorkshopCreated
from edp_app.core.state import phone_of
from edp_app.log.models import Account, Event, Workshop
from edp_app.log.store.announce import announce_workshop
from edp_app.log.store.chain import Chain
from edp_app.log.store.epochs import epoch_after_erasing, new_epoch
from edp_app.log.store.events import READ_AT_ONCE, events_after, head, recorded, workshop_ids
from edp_app.log.store.names import set_name
from edp_app.log.store.operations import forget_content, forget_contents_of, restore_operations
from edp_app.log.store.workshops import definition_of, lock_workshops


class Verdict(NamedTuple):
    """What checking a log found. ``problem`` is a sentence naming the first position that does not fit."""

    events: int
    erased: int
    head: str
    problem: str | None = None

    @property
    def ok(self) -> bool:
        return self.problem is None


def erase_events(session: Session, workshop_id: str, seqs: Iterable[int], *, ballots: bool = False) -> None:
    """Erase the words of these events (:func:`edp_app.core.erasing.left_of` says what stays), their salts,
    and the content hashes of the operations they came by; of votes all, if ``ballots``.

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
        if row.payload is None:
            continue
        event = canonical.decode(row.kind, row.version, row.payload.encode())
        left = left_of(event, definition.language, ballots=ballots)
        if row.salt is None and left == event:
            continue
        row.payload = None if left is None else canonical.encode(left).decode()
        row.salt = None
        forget_content(session, workshop_id, row.actor, [row.op_id])
    workshop.epoch = epoch_after_erasing(workshop.epoch)
    announce_workshop(session, workshop_id)


def erase_person(session: Session, workshop_id: str, person: str) -> None:
    """Remove what stands of a person beside the log: the name, the organisation, and the content hashes of
    whatever they asked for, so that nothing they wrote can be guessed from them. Repeatable."""
    set_name(session, workshop_id, person, "", "")
    forget_contents_of(session, workshop_id, phone_of(person))  # it was a phone that asked


def verify(session: Session, workshop_id: str) -> Verdict:
    """Compute a log's chain again, from the first event to the last, and compare."""
    chain = Chain()
    query = (
        sa.select(Event)
        .where(Event.workshop_id == workshop_id)
        .order_by(Event.seq)
        .execution_options(yield_per=READ_AT_ONCE)
    )
    with contextlib.closing(session.scalars(query)) as events:
        for event in events:
            if problem := chain.follow(event):
                return Verdict(chain.seq, chain.erased, chain.digest, problem)
            session.expunge(event)
    missing = None if chain.seq else "There is no log of this workshop."
    return Verdict(chain.seq, chain.erased, chain.digest, missing)


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
    definition = definition_of(session, workshop_id) or first.event.definition
    workshop.code, workshop.title = _code(session, workshop_id, first.event), definition.title
    workshop.owner_id = owner.id if owner else None
    workshop.created_at, workshop.last_at = first.at, last_at
    workshop.ended_at = ends.at if ends and ends.kind == "workshop_ended" else None
    workshop.rehearsal_of = first.event.rehearsal_of or None
    session.add(workshop)


def _code(session: Session, workshop_id: str, created: WorkshopCreated) -> str:
    """The code that the log gave last."""
    query = sa.select(Event.payload).where(Event.workshop_id == workshop_id, Event.kind == "code_given")
    payload = session.scalars(query.order_by(Event.seq.desc()).limit(1)).first()
    return created.code if payload is None else msgspec.json.decode(payload, type=CodeGiven).code
