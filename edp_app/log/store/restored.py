"""That a workshop was put in place from a backup: told to its facilitators, who must open its stage again."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from edp_app.log.models import Setting, Workshop
from edp_app.log.store.settings import forget_setting, set_setting, setting

_KEY = "restored."


def note_restored(session: Session) -> None:
    """Write down for every workshop that it was put in place from a backup, and where its log ended then.
    Replaces what was written down before. Needs a transaction that writes."""
    session.execute(sa.delete(Setting).where(Setting.key.startswith(_KEY, autoescape=True)))
    for workshop_id, last_at in session.execute(sa.select(Workshop.id, Workshop.last_at)).all():
        set_setting(session, _key(workshop_id), str(last_at))


def restored_as_of(session: Session, workshop_id: str) -> int | None:
    """The time (ms since 1970, UTC) of the event with which the log of a workshop ended when it was last put
    in place from a backup; None if it never was."""
    stored = setting(session, _key(workshop_id))
    return None if stored is None else int(stored)


def forget_restored(session: Session, workshop_id: str) -> None:
    """As if it had never been. Repeatable."""
    forget_setting(session, _key(workshop_id))


def _key(workshop_id: str) -> str:
    return f"{_KEY}{workshop_id}"
