"""The connection to SQLite: which library, which settings, and how transactions begin.

``pysqlite3`` brings its own SQLite, so that the version is ours and not the machine's. Only files are
supported: a database in memory would be lost, and several connections could not see the same one.
"""

import os
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from pysqlite3 import dbapi2
from sqlalchemy import event
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.pool import NullPool

BUSY_MS = 5000
"""How long a connection waits for another process (the command line) to finish writing."""

Version = tuple[int, int, int]


class UnusableDatabaseError(Exception):
    """The database cannot be used; the message is a sentence for whoever runs the server."""


def database_url(path: Path | str) -> str:
    """The URL of an SQLite file."""
    return f"sqlite:///{Path(path).absolute()}"


def database_path(url: str | URL) -> Path:
    """The file an URL names. Raises :class:`UnusableDatabaseError` for anything that is not an SQLite
    file."""
    parsed = make_url(url)
    kind = parsed.get_backend_name()
    if kind != "sqlite":
        raise UnusableDatabaseError(
            f"Workshops are stored in an SQLite file; a {kind} database cannot be used."
        )
    if not parsed.database or parsed.database == ":memory:" or parsed.database.startswith("file:"):
        raise UnusableDatabaseError(
            "The database must be a plain file, for example sqlite:////var/lib/edp/edp.db."
        )
    return Path(parsed.database).absolute()


def make_engine(url: str | URL) -> Engine:
    """An engine for this SQLite file, which is made (mode 0600, as are its WAL files) if it is not there.

    Transactions begin with an explicit ``BEGIN``, or ``BEGIN IMMEDIATE`` on a connection with the execution
    option ``writes=True``: two writers then wait for one another instead of failing half-way.
    """
    path = database_path(url)
    _make_private(path)
    # hide_parameters: what people wrote must not stand in error messages.
    engine = sa.create_engine(f"sqlite:///{path}", module=dbapi2, poolclass=NullPool, hide_parameters=True)
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def _make_private(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if os.fstat(descriptor).st_mode & 0o077:
            os.fchmod(descriptor, 0o600)
    finally:
        os.close(descriptor)


def _on_connect(dbapi_connection: Any, _record: Any) -> None:
    dbapi_connection.isolation_level = None  # the library begins no transactions of its own
    cursor = dbapi_connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA secure_delete = ON")  # what is erased is overwritten in the file
    cursor.close()


def _on_begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def sqlite_version() -> Version:
    """The version of the SQLite library in use."""
    major, minor, patch = dbapi2.sqlite_version_info[:3]
    return major, minor, patch


def sqlite_problem(version: Version | None = None) -> str | None:
    """A sentence if this SQLite may corrupt a database in WAL mode, else None.

    Versions 3.7.0 to 3.51.2 can lose a WAL reset that races with a checkpoint; it was fixed in 3.51.3 and,
    for older lines, in 3.50.7 and 3.44.6 (sqlite.org/wal.html, "The WAL-reset bug").
    """
    used = version or sqlite_version()
    fixed = used >= (3, 51, 3) or (3, 50, 7) <= used < (3, 51, 0) or (3, 44, 6) <= used < (3, 45, 0)
    if used < (3, 7, 0) or fixed:
        return None
    name = ".".join(map(str, used))
    return (
        f"SQLite {name} has a bug that can damage the database (the WAL-reset bug). "
        "Use 3.51.3 or later, 3.50.7, or 3.44.6; the package pysqlite3 brings a good one."
    )
