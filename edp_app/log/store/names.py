"""Names and organisations of participants, and names of helpers: beside the log, so that they can be taken
back without a trace."""

from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from edp_app.log.models import Event, PersonName
from edp_app.log.store.operations import forget_content

HELPER = "h:"
"""What the actor of somebody begins with who helps the facilitator."""


class PersonNames(NamedTuple):
    """What one participant gave; either may be empty."""

    name: str
    organisation: str


def set_name(session: Session, workshop_id: str, person: str, name: str, organisation: str) -> None:
    """Store these cleaned texts for a person (or, under its id, for whom a badge was made out), in place of
    earlier ones; both empty: remove them, together with the hashes of the operations by which they came."""
    row = session.get(PersonName, (workshop_id, person))
    if name or organisation:
        if row is None:
            row = PersonName(workshop_id=workshop_id, person=person)
            session.add(row)
        row.name, row.organisation = name, organisation
        return
    if row is not None:
        session.delete(row)
    naming = sa.select(Event.actor, Event.op_id).where(Event.workshop_id == workshop_id)
    if person.startswith("b:"):  # a badge is called after the position of what made it
        naming = naming.where(Event.kind == "badge_made", Event.seq == int(person[2:]))
    else:
        naming = naming.where(Event.kind == "named", Event.actor == person)
    for actor, op_id in session.execute(naming).all():
        forget_content(session, workshop_id, actor, [op_id])


def names_of_workshop(session: Session, workshop_id: str) -> dict[str, PersonNames]:
    """Person id to what that participant gave. Helpers are no participants."""
    rows = session.execute(
        sa.select(PersonName.person, PersonName.name, PersonName.organisation).where(
            PersonName.workshop_id == workshop_id, PersonName.person.not_like(f"{HELPER}%")
        )
    )
    return {person: PersonNames(name, organisation) for person, name, organisation in rows}
