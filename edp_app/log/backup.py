"""Making a backup of an installation while it runs, and putting one in its place."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import Session

from edp_app.log import portable
from edp_app.log.files import FileProblemError, written_whole
from edp_app.log.models import Base, Event, PersonName, Workshop
from edp_app.log.portable import BackupError, Manifest
from edp_app.log.store.epochs import new_epoch
from edp_app.log.store.restored import note_restored
from edp_app.log.store.settings import set_setting

_FULL = 13
"""SQLite's code for a disk that is full."""


class Made(NamedTuple):
    """A backup that was made."""

    path: Path
    size: int
    manifest: Manifest


def make(
    engine: Engine, path: Path, made_at: int, program: str, *, replace: bool = False, check: bool = True
) -> Made:
    """Copy everything in the database into the file ``path``, as it is at this moment.

    Writers go on meanwhile: on SQLite a reader of the write-ahead log stops nobody, on PostgreSQL neither
    does a snapshot. What was committed before this was called is in it; of what is committed meanwhile,
    nothing or all. The file gets its name once it was read again and found whole; with ``check`` the records
    too are checked, and none is made of records that are broken. ``made_at``: ms since 1970, UTC;
    ``program``: this version. Raises :class:`~edp_app.log.portable.BackupError` or
    :class:`~edp_app.log.files.FileProblemError`.
    """
    with written_whole(path, replace=replace) as part:
        try:
            with engine.connect().execution_options(writes=False) as source, source.begin():
                revision = portable.copy(source, part)
            manifest = portable.seal(part, revision, made_at, program)
            problem = _looked_through(part, check)
        except sa.exc.OperationalError as error:
            if getattr(error.orig, "sqlite_errorcode", None) == _FULL or "is full" in str(error.orig):
                raise FileProblemError(f"{path} cannot be written: no space left on the disk.") from None
            raise
        if problem is not None:
            raise BackupError(
                f"No backup was made, because a record is broken. {problem} More is told by: edp verify"
            )
        size = part.stat().st_size
    return Made(path, size, manifest)


def _looked_through(path: Path, check: bool) -> str | None:
    """Raises if the file is not whole; what is wrong with a record in it, if that is to be checked."""
    if not check:
        portable.look_through(path)
        return None
    with portable.opened(path, path.parent) as backup, backup.session() as session:
        return portable.problem_in(session)


def is_empty(session: Session) -> bool:
    """Whether this installation has no account and no workshop."""
    return not any(session.execute(sa.select(table).limit(1)).first() for table in _HELD)


_HELD = (Base.metadata.tables["account"], Event.__table__, Workshop.__table__, PersonName.__table__)


def restore(engine: Engine, backup: portable.Backup, *, replace: bool = False) -> None:
    """Put what is in the backup into the database, in one transaction, with new epochs.

    The database must have the tables of this version and, unless ``replace``, be empty; else
    :class:`~edp_app.log.portable.BackupError`. The new epochs tell phones that were ahead of the backup to
    offer again what they hold, and consoles say so. Nobody is signed in afterwards. No server may be running.
    """
    with (
        engine.connect().execution_options(writes=True) as connection,
        connection.begin(),
        Session(bind=connection) as target,
        backup.session() as source,
    ):
        if not replace and not is_empty(target):
            raise BackupError("There is something in this installation already.")
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(sa.delete(table))
        for table in Base.metadata.sorted_tables:
            if table.name not in portable.LEFT_OUT:
                _fill(connection, table, source)
        renew_epochs(target)
        note_restored(target)
        target.flush()


def _fill(connection: Connection, table: sa.Table, source: Session) -> None:
    if connection.dialect.name == "sqlite":
        table = _as_stored(table)
    insert = sa.insert(table)
    for some in _rows(source, table):
        connection.execute(insert, some)


def _as_stored(table: sa.Table) -> sa.Table:
    """The same table, JSON read and written as the text that it is in SQLite: to the letter."""
    copy = table.to_metadata(sa.MetaData())
    for column in copy.columns:
        if isinstance(column.type, sa.JSON):
            column.type = sa.Text()
    return copy


def _rows(source: Session, table: sa.Table) -> Iterator[list[dict[str, Any]]]:
    result = source.execute(sa.select(table).execution_options(yield_per=portable.ROWS_AT_ONCE))
    for some in result.mappings().partitions(portable.ROWS_AT_ONCE):
        yield [dict(row) for row in some]


def renew_epochs(session: Session) -> None:
    """A new epoch for the installation and for each workshop: positions may mean something else now."""
    set_setting(session, "epoch", new_epoch())
    for workshop_id in session.scalars(sa.select(Workshop.id)).all():
        values = {"epoch": new_epoch()}
        session.execute(sa.update(Workshop).where(Workshop.id == workshop_id).values(values))


__all__ = ["BackupError", "FileProblemError", "Made", "make", "restore"]
