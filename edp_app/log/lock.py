"""Who may serve a database. One server owns an SQLite file: the kernel lets go of the lock when the process
dies, however it dies. Several may share PostgreSQL, as long as they sign with the same secret key."""

import fcntl
import hashlib
import os
import zlib
from pathlib import Path
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from edp_app.log.engine import database_path, is_postgresql, make_engine

_SERVERS = zlib.crc32(b"edp: servers") >> 1
"""The first key of the advisory locks by which servers on PostgreSQL know of each other."""


class AlreadyInUseError(Exception):
    """Another server uses the database in a way that this one cannot join; the message says how."""


class Lock(Protocol):
    """What a server holds as long as it serves."""

    def acquire(self) -> None:
        """Hold it from now on. Raises :class:`AlreadyInUseError`."""

    def renew(self) -> None:
        """Hold it again if it was lost. May wait for the database."""

    def release(self) -> None:
        """Let go. Repeatable."""


def server_lock(url: str, secret_key: str) -> Lock:
    """The lock that a server with this database and secret key has to hold."""
    return SharedLock(url, secret_key) if is_postgresql(url) else ServerLock(database_path(url))


class ServerLock:
    """The lock on ``<database>.lock``. A second server is refused; the command line does not need it."""

    def __init__(self, database: Path) -> None:
        self.path = database.with_name(database.name + ".lock")
        self._database = database
        self._descriptor: int | None = None

    def acquire(self) -> None:
        """Own the file from now on. Raises :class:`AlreadyInUseError`."""
        if self._descriptor is not None:
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(descriptor, 32, 0).decode("ascii", "replace").strip() or "unknown"
            os.close(descriptor)
            raise AlreadyInUseError(
                f"The database {self._database} is in use by another server (process {holder}). "
                "Two servers on one SQLite file would not see each other's workshops; stop that one first."
            ) from None
        except OSError:
            os.close(descriptor)  # a file system without locks: better not to start than to start twice
            raise
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        self._descriptor = descriptor

    def renew(self) -> None:
        """A lock on a file is not lost."""

    def release(self) -> None:
        """Let go. The file stays: removing it would let two servers hold locks on two files of one name."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> "ServerLock":
        self.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


class SharedLock:
    """A place among the servers of a PostgreSQL database. One with another secret key is refused: people
    whom one of them has signed in would be strangers to the other.

    Held by a connection, so that the database lets go of it when the process dies.
    """

    def __init__(self, url: str, secret_key: str) -> None:
        self._engine = make_engine(url)
        digest = hashlib.sha256(b"edp secret key:" + secret_key.encode()).digest()
        self._key = int.from_bytes(digest[:4]) >> 1
        self._connection: Connection | None = None
        self._holds = False

    def acquire(self) -> None:
        """Take a place. Raises :class:`AlreadyInUseError` if a server with another secret key has one."""
        if self._holds:
            return
        connection = self._take_place()
        try:
            others = connection.exec_driver_sql(
                "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND objid <> %s "
                "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
                (_SERVERS, self._key),
            )
            if others.first() is not None:
                raise AlreadyInUseError(
                    "Another server on this PostgreSQL database has another secret key. Give all of them the "
                    "same one: the same folder EDP_DATA, or the same EDP_SECRET_KEY."
                )
        except BaseException:
            connection.close()
            raise
        self._connection, self._holds = connection, True

    def renew(self) -> None:
        """Take a place again if the connection that held it was lost. Raises ``DBAPIError`` if the database
        cannot be reached."""
        if not self._holds:
            return
        if self._connection is not None:
            try:
                self._connection.exec_driver_sql("SELECT 1")
            except DBAPIError:
                self._connection.close()
                self._connection = None
        if self._connection is None:
            self._connection = self._take_place()

    def _take_place(self) -> Connection:
        connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        try:
            connection.execute(sa.select(sa.func.pg_advisory_lock_shared(_SERVERS, self._key)))
        except BaseException:
            connection.close()
            raise
        return connection

    def release(self) -> None:
        """Let go. Repeatable."""
        self._holds = False
        if self._connection is not None:
            self._connection.invalidate()  # which ends the session, and with it what it held
            self._connection.close()
            self._connection = None
