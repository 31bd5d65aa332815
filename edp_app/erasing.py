"""Erasing what somebody wrote from a stored workshop: for the command line and the owner's page alike. What
is left of each event is decided in :mod:`edp_app.core.erasing`."""

from collections import Counter
from typing import NamedTuple

from sqlalchemy.orm import Session

from edp_app.core.erasing import holding
from edp_app.core.state import State
from edp_app.core.workshop import evolve
from edp_app.log import store


class Target(NamedTuple):
    """What is to be erased: an item, or all that a person wrote, by id."""

    item: str | None = None
    person: str | None = None


def state_of(session: Session, workshop_id: str) -> State:
    """The workshop as its log says it is now."""
    state = State()
    for recorded in store.log_of(session, workshop_id):
        evolve(state, recorded)
    return state


def kinds_of(session: Session, workshop_id: str, target: Target, *, ballots: bool = False) -> Counter[str]:
    """How many events of each kind hold words of the target still. ``ballots``: or votes."""
    seqs = set(_seqs(session, workshop_id, target, ballots))
    log = store.log_of(session, workshop_id)
    return Counter(str(one.event.__struct_config__.tag) for one in log if one.seq in seqs)


def erase_target(session: Session, workshop_id: str, target: Target, *, ballots: bool = False) -> int:
    """Erase it for good; how many events held something. Looked up in the transaction that erases, since more
    may have been written while somebody was asked. Finished reports and the journal of the database are up to
    whoever calls this (:mod:`edp_app.keeping`)."""
    seqs = _seqs(session, workshop_id, target, ballots)
    store.erase_events(session, workshop_id, seqs, ballots=ballots)
    if target.person is not None:
        store.erase_person(session, workshop_id, target.person)
        everybody = state_of(session, workshop_id).everybody()
        person = next((one for one in everybody if one.id == target.person), None)
        if person is not None and person.badge:
            store.set_name(session, workshop_id, person.badge, "", "")
    return len(seqs)


def _seqs(session: Session, workshop_id: str, target: Target, ballots: bool) -> list[int]:
    log = store.log_of(session, workshop_id)
    return holding(log, item=target.item, person=target.person, ballots=ballots)
