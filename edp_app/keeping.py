"""What is kept beside the log and for how long: finished reports, rehearsals, and whole workshops past their
time."""

import contextlib
import logging
import os
import secrets
import shutil
from pathlib import Path

from sqlalchemy.orm import Session

from edp_app.log import store
from edp_app.log.database import Database

log = logging.getLogger(__name__)

DAY_MS = 24 * 3600 * 1000
CHECKPOINT_TRIES = 3


def remove_reports(data: Path, workshop_id: str) -> int:
    """Delete the finished reports of a workshop, and those that are being written. Returns how many finished
    ones there were. Repeatable.

    The folder is renamed first: a report that is finished in this moment finds no place any more.
    """
    folder = data / "reports" / workshop_id
    away = folder.with_name(f".{workshop_id}.{os.getpid()}.{secrets.token_hex(4)}")
    with contextlib.suppress(FileNotFoundError):
        folder.rename(away)
    removed = 0
    for left in folder.parent.glob(f".{workshop_id}.*"):  # also of a run that was cut short
        removed += len(list(left.glob("report-*.pdf")))
        shutil.rmtree(left)
    return removed


def empty_journal(database: Database) -> bool:
    """Write over what was deleted, in SQLite's journal too. Returns whether that was possible: not while
    others read without a pause."""
    return any(database.checkpoint() for _ in range(CHECKPOINT_TRIES))


def delete_overdue(database: Database, data: Path, days: int, now: int) -> list[str]:
    """Delete whole workshops (log, operations, names, reports) that ended longer than ``days`` ago; one that
    was never ended counts from when it was last used. ``now`` in ms; 0 days: none. Returns their ids."""
    if not days:
        return []
    gone = database.call(_delete_before, now - days * DAY_MS)
    for workshop_id in gone:
        remove_reports(data, workshop_id)
    if gone:
        empty_journal(database)
        log.info("%d workshops were deleted, %d days after their end (EDP_RETENTION_DAYS)", len(gone), days)
    return gone


REHEARSAL_MS = DAY_MS
"""A rehearsal that nobody has ended is thrown away so long after it was last used."""


def throw_away(database: Database, data: Path, rehearsals: list[str]) -> None:
    """Delete these rehearsals: log, operations, names, reports. Repeatable."""
    for workshop_id in rehearsals:
        database.call(store.delete_workshop, workshop_id)
        remove_reports(data, workshop_id)


def throw_old_rehearsals_away(database: Database, data: Path, now: int) -> list[str]:
    """:func:`throw_away` those that were not used for :data:`REHEARSAL_MS`. ``now`` in ms. Returns their
    ids."""
    old = database.read(store.rehearsals, now - REHEARSAL_MS)
    throw_away(database, data, old)
    return old


def _delete_before(session: Session, before: int) -> list[str]:
    gone = store.overdue(session, before)
    for workshop_id in gone:
        store.delete_workshop(session, workshop_id)
    return gone
