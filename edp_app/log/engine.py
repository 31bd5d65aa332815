"""The connection to the database: an SQLite file, or PostgreSQL (:mod:`edp_app.log.postgresql`).

How a transaction begins is said by the execution option ``writes`` of its connection: ``True`` for one
writer at a time, whoever it is; ``"rows"`` for a writer that locks the workshops it writes to by
:func:`edp_app.log.store.lock_workshops` before it reads them; ``False`` for reading one state of everything.
On SQLite the first two are the same.

``pysqlite3`` brings its own SQLite, so that the version is ours and not the machine's. Only files are
supported: a database in memory would be lost, and several connections could not see the same one.
"""

import contextlib
import logging
import os
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from pysqlite3 import dbapi2
from sqlalchemy import event
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.pool import NullPool

from edp_app.log.files import others_may_read, own_alone

BUSY_MS = 5000
"""How long a connection waits for another process (the command line) to finish writing."""

Version = tuple[int, int, int]

_log = logging.getLogger(__name__)


class UnusableDatabaseError(Exception):
    """The database cannot be used; the message is a sentence for whoever runs the server."""


def database_url(path: Path | str) -> str:
    """The URL of an SQLite file."""
    return f"sqlite:///{Path(path).absolute()}"


def is_postgresql(url: str | URL) -> bool:
    """Whether this URL names a PostgreSQL database, else an SQLite file. Raises
    :class:`UnusableDatabaseError` for any other kind."""
    try:
        kind = make_url(url).get_backend_name()
    except sa.exc.ArgumentError:
        raise UnusableDatabaseError(
            "EDP_DATABASE_URL is not the URL of a database, like postgresql+psycopg://edp@localhost/edp."
        ) from None
    if kind not in ("sqlite", "postgresql"):
        raise UnusableDatabaseError(
            f"Workshops are stored in an SQLite file or in PostgreSQL; a {kind} database cannot be used."
        )
    return kind == "postgresql"


def named(url: str | URL) -> str:
    """A database as it is called where people read it: the file's path, or the URL without its password."""
    if not is_postgresql(url):
        return str(database_path(url))
    parsed = make_url(url)
    kept = {name: value for name, value in parsed.query.items() if name in _NAMING}
    return URL.create(
        parsed.drivername, parsed.username, None, parsed.host, parsed.port, parsed.database, kept
    ).render_as_string()


_NAMING = ("host", "port", "user", "dbname", "service")
"""What may stand after the question mark of an URL and say which database it is; the rest may be secret."""


def database_path(url: str | URL) -> Path:
    """The file an URL names, by the name that it has without symbolic links: SQLite puts its write-ahead log
    beside that one, and so do we put the lock by which one server owns the file. Raises
    :class:`UnusableDatabaseError` for anything that is not an SQLite file."""
    if is_postgresql(url):
        raise UnusableDatabaseError("A PostgreSQL database is not a file.")
    parsed = make_url(url)
    if not parsed.database or parsed.database == ":memory:" or parsed.database.startswith("file:"):
        raise UnusableDatabaseError(
            "The database must be a plain file, for example sqlite:////var/lib/edp/edp.db."
        )
    try:
        return Path(parsed.database).resolve()
    except (OSError, RuntimeError):  # the latter is how Python 3.11 and 3.12 say it
        raise UnusableDatabaseError(
            f"{parsed.database} is a symbolic link that leads round in a circle."
        ) from None


def make_engine(url: str | URL) -> Engine:
    """An engine for this database. An SQLite file is made (mode 0600, as are its WAL files) if it is not
    there; its transactions begin with an explicit ``BEGIN``, or ``BEGIN IMMEDIATE`` for those that write, so
    that two writers wait for one another instead of failing half-way.
    """
    if is_postgresql(url):
        from edp_app.log import postgresql  # its driver is needed by nobody else

        return postgresql.make_engine(make_url(url))
    path = database_path(url)
    _make_private(path)
    # hide_parameters: what people wrote must not stand in error messages.
    engine = sa.create_engine(f"sqlite:///{path}", module=dbapi2, poolclass=NullPool, hide_parameters=True)
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def _make_private(path: Path) -> None:
    """The file, for its owner alone, where the medium keeps rights. One with a second name (a hard link) is
    refused: SQLite keeps what was written last in a file named after the database, so whoever opens it by
    the other name does not see that, and destroys it by writing (sqlite.org/howtocorrupt.html, 2.5)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # One that is there is not opened: closing it would undo the locks of SQLite on it in this process.
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    status = path.stat()
    if status.st_nlink > 1:
        raise UnusableDatabaseError(
            f"The database {path} has a second name (a hard link). Used under two names it would be damaged. "
            f"Stop every server, then remove the other name; find -xdev -samefile {path} finds it."
        )
    if status.st_mode & 0o077:
        own_alone(path)
        if others_may_read(path):
            _log.warning("Others who use this computer can read %s: the medium keeps no rights.", path)


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
