"""Bringing a database to the tables of this version, from nothing or from an older one."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection, Engine

from edp_app.log.engine import UnusableDatabaseError
from edp_app.log.models import DERIVED, Base

_MIGRATIONS = Path(__file__).parent / "migrations"

UPGRADE_MS = 120_000
"""How long a process waits while another one does it, on PostgreSQL."""


def upgrade(engine: Engine) -> None:
    """Apply what is missing, in one transaction. Repeatable; of several processes doing it at once, one
    does and the others wait.

    Tables that can be made anew are made again, empty, where somebody has dropped them. Raises
    :class:`UnusableDatabaseError` for a database that a newer version has written, or that is not ours.
    """
    options = {"writes": True, "wait_ms": UPGRADE_MS}
    with engine.connect().execution_options(**options) as connection, connection.begin():
        _check_encoding(connection)
        if not is_current(connection):
            config = Config()
            config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
            config.set_main_option("path_separator", "os")
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
        derived = [Base.metadata.tables[name] for name in DERIVED]
        Base.metadata.create_all(connection, tables=derived, checkfirst=True)


def _check_encoding(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        encoding = connection.exec_driver_sql("SHOW server_encoding").scalar()
        if encoding != "UTF8":
            raise UnusableDatabaseError(
                f"The PostgreSQL database is encoded in {encoding}, which cannot hold every language. "
                "Please make one with: createdb --encoding=UTF8 --template=template0 edp"
            )


def is_current(connection: Connection) -> bool:
    """Whether the tables are those of this version. Raises as :func:`upgrade` does."""
    # In this order: between the two looks, another process may make the tables and their version at once.
    events = sa.inspect(connection).has_table("event")
    found = MigrationContext.configure(connection).get_current_revision()
    script = ScriptDirectory(str(_MIGRATIONS))
    if found is None and events:
        raise UnusableDatabaseError(
            "The database has a table of events but does not say of which version. "
            "It was not made by this program, or its table alembic_version was removed."
        )
    if found is not None and found not in {revision.revision for revision in script.walk_revisions()}:
        raise UnusableDatabaseError(
            f"The database was written by a newer version of this program (its tables are at {found}). "
            "Please install that version again; this one would not understand what is stored."
        )
    return found == script.get_current_head()
