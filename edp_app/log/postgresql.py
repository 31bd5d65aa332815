"""PostgreSQL: how its connections are set, how transactions begin, and how processes hear of each other.

Several processes serve the same workshops from one database. Those who append to a workshop's log lock its
row first; everything else that writes takes one lock of all processes, so that there is one such writer at a
time, as on SQLite. Whoever commits sends word (:func:`edp_app.log.store.announce.announce`), and every
process listens (:class:`Ear`).
"""

import zlib
from typing import Any

import psycopg
import sqlalchemy as sa
from psycopg import IsolationLevel
from sqlalchemy import event
from sqlalchemy.engine import URL, Connection, Engine, ExceptionContext
from sqlalchemy.pool import NullPool

from edp_app.log.store.announce import CHANNEL

WAIT_MS = 5000
"""How long a transaction waits for a lock that another process holds."""

STALL_MS = 20_000
"""A transaction in which nothing was asked for so long is ended by the database: a process that was stopped
in the middle of one keeps the others waiting no longer than that."""

ALONE = zlib.crc32(b"edp: one writer")
"""The key of the advisory lock that lets one writer in at a time."""


def make_engine(url: URL) -> Engine:
    """An engine for this database; any driver that the URL names is replaced by psycopg."""
    settings: dict[str, Any] = {
        "application_name": "edp",
        "client_encoding": "utf8",
        "connect_timeout": 5,
        # A machine that is gone is noticed within half a minute, not within hours.
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": 20_000,
        "options": f"-c lock_timeout={WAIT_MS} -c idle_in_transaction_session_timeout={STALL_MS}",
    }
    engine = sa.create_engine(
        url.set(drivername="postgresql+psycopg"),
        poolclass=NullPool,
        hide_parameters=True,  # what people wrote must not stand in error messages
        connect_args={name: value for name, value in settings.items() if name not in url.query},
    )
    event.listen(engine, "begin", _on_begin)
    event.listen(engine, "handle_error", _without_details)
    return engine


def _on_begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    writes = options.get("writes")
    driver = _driver(connection)
    driver.isolation_level = (
        IsolationLevel.REPEATABLE_READ if writes is False else IsolationLevel.READ_COMMITTED
    )
    if writes is True:
        wait_ms = options.get("wait_ms", WAIT_MS)
        connection.exec_driver_sql(
            f"SET LOCAL lock_timeout = {int(wait_ms)}; SELECT pg_advisory_xact_lock({ALONE})"
        )


def _without_details(context: ExceptionContext) -> None:
    """Take the row that was to be stored out of the messages."""
    original, shown = context.original_exception, context.sqlalchemy_exception
    if isinstance(original, psycopg.Error) and original.diag.message_primary:
        original.args = (original.diag.message_primary,)
        if shown is not None:
            shown.args = (f"({type(original).__name__}) {original.diag.message_primary}",)


def _driver(connection: Connection) -> "psycopg.Connection[Any]":
    driver = connection.connection.driver_connection
    if not isinstance(driver, psycopg.Connection):
        raise TypeError("not a connection of psycopg")
    return driver


class Ear:
    """A connection of its own that hears what every process announces. Made by :func:`listen`.

    Only making it waits for the database; everything else returns at once, and can be used in a loop.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._pgconn = _driver(connection).pgconn

    def fileno(self) -> int:
        """Readable when there may be something to hear, or the connection was lost."""
        return int(self._pgconn.socket)

    def words(self) -> list[str]:
        """What was announced since the last time. Raises ``psycopg.OperationalError`` if the connection is
        lost; what was announced after that is never heard."""
        self._pgconn.consume_input()
        heard = []
        while notification := self._pgconn.notifies():
            heard.append(notification.extra.decode())
        return heard

    def close(self) -> None:
        """Stop listening. Repeatable."""
        if not self._connection.closed:
            self._connection.invalidate()
            self._connection.close()


def listen(engine: Engine) -> Ear:
    """Begin to listen. Whatever is committed after this returned is heard. Waits for the database; raises
    ``sqlalchemy.exc.OperationalError`` if it cannot be reached."""
    connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    try:
        connection.exec_driver_sql(f"LISTEN {CHANNEL}")
        return Ear(connection)
    except BaseException:
        connection.close()
        raise


def vacuum(engine: Engine) -> None:
    """Give back the room of rows that were changed or deleted. What stood in them is overwritten by and by;
    in the write-ahead log it stays until that is recycled."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM event, operation, person_name, workshop")
