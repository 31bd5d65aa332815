"""Bringing a database forward, but not without a backup of what it was."""

from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy.engine import Connection, Engine

from edp_app.log import upgrade as upgrading


def to_revision(connection: Connection, revision: str) -> None:
    """Make the tables of one version in an empty database, in the transaction that is open."""
    config = Config()
    config.set_main_option("script_location", str(upgrading._MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def is_behind(engine: Engine) -> bool:
    """Whether this database has tables of an older version. Raises
    :class:`~edp_app.log.engine.UnusableDatabaseError` for one that a newer version has written, or that is
    not ours."""
    with engine.connect() as connection:
        there = MigrationContext.configure(connection).get_current_revision() is not None
        return not upgrading.is_current(connection) and there


def has_tables(engine: Engine) -> bool:
    """Whether this program, or another, has made its tables here."""
    with engine.connect() as connection:
        there = MigrationContext.configure(connection).get_current_revision() is not None
        return there or sa.inspect(connection).has_table("event")


def upgrade(engine: Engine, keep: Callable[[Engine], Path]) -> Path | None:
    """:func:`edp_app.log.upgrade.upgrade`, with a backup first where it changes tables that are there.

    ``keep`` makes that backup. Returns where it is, or None where none was needed. If a migration fails, the
    database is what it was, and the backup stays.
    """
    kept = keep(engine) if is_behind(engine) else None
    upgrading.upgrade(engine)
    return kept
