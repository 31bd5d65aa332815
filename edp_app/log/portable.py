"""The file that a backup is: everything an installation holds, whatever database it was made from.

It is an SQLite file with the tables of the version that made it, and one table more, ``backup``, whose one
row says what is in it: the manifest, with a SHA-256 over each workshop's rows in each table. That the tables
are the program's own means that an older backup is brought forward by the same migrations as a database.

What is of the moment is left out: who is connected, rehearsals, where accounts are signed in, who helps and
the links that are open, since whoever signed out or was sent away must stay so.
"""

import contextlib
import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import msgspec
import sqlalchemy as sa
from alembic.runtime.migration import MigrationContext
from pysqlite3 import dbapi2
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from edp_app.core import canonical
from edp_app.log import store
from edp_app.log.engine import UnusableDatabaseError, database_url, make_engine
from edp_app.log.forward import to_revision
from edp_app.log.store.events import workshop_ids
from edp_app.log.store.rehearsals import but_rehearsals
from edp_app.log.upgrade import is_current, upgrade

FORMAT = 1
"""Counts the changes to the form of the file, apart from those of the tables."""

LEFT_OUT = frozenset({"alembic_version", "backup", "helper", "invitation", "presence", "signed_in"})
ROWS_AT_ONCE = 1000
_MAGIC = b"SQLite format 3\x00"


class BackupError(Exception):
    """A backup cannot be made or used; the message is a sentence for the operator."""


class DamagedError(BackupError):
    """A backup is not as it was made. ``sentence`` says so to whoever operates the server, ``detail`` where,
    for whoever looks into it ("" if there is no more to say)."""

    def __init__(self, sentence: str, detail: str = "") -> None:
        super().__init__(f"{sentence} ({detail})" if detail else sentence)
        self.sentence, self.detail = sentence, detail


class Sum(msgspec.Struct, frozen=True):
    """What stands of one workshop (or, under "", of none) in one table."""

    table: str
    workshop: str
    rows: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """What is in a backup. ``made_at``: ms since 1970, UTC."""

    format: int
    program: str
    revision: str
    made_at: int
    sums: list[Sum]

    def rows(self, table: str) -> int:
        """How many rows of a table there are."""
        return sum(one.rows for one in self.sums if one.table == table)


# ---- writing


def copy(source: Connection, path: Path) -> str:
    """Copy what ``source`` sees, in the transaction it has begun, into the empty file ``path``, which is no
    backup before it is sealed. Returns the revision of its tables."""
    is_current(source)  # raises for one that is not ours, or newer
    revision = MigrationContext.configure(source).get_current_revision()
    if revision is None:
        raise BackupError("There is nothing to back up: the database has no tables yet.")
    engine = _engine(path, "mode=rwc&nolock=1")
    with engine.connect() as target, target.begin():
        to_revision(target, revision)
        for table in _tables(target):
            _copy(source, target, table)
    engine.dispose()
    return revision


def seal(path: Path, revision: str, made_at: int, program: str) -> Manifest:
    """Write into a copy what is in it. Apart from :func:`copy`, so that nobody's transaction waits for it."""
    engine = _engine(path, "mode=rw&nolock=1")
    with engine.connect() as target, target.begin():
        manifest = Manifest(FORMAT, program, revision, made_at, sums_of(target))
        words = msgspec.json.encode(manifest).decode()
        target.exec_driver_sql("CREATE TABLE backup (manifest TEXT NOT NULL, sha256 TEXT NOT NULL)")
        target.exec_driver_sql("INSERT INTO backup VALUES (?, ?)", (words, _sha256(words.encode())))
    engine.dispose()
    return manifest


def _copy(source: Connection, target: Connection, table: str) -> None:
    columns = _columns(target, table)
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join("?" * len(columns))
    insert = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'  # noqa: S608 -- names of our tables
    reading = source.execution_options(stream_results=True, yield_per=ROWS_AT_ONCE)
    kept = but_rehearsals(table, columns, _columns(target, "workshop"))
    rows = reading.execute(sa.text(f'SELECT {names} FROM "{table}" {kept}'))  # noqa: S608 -- the same
    for some in rows.partitions(ROWS_AT_ONCE):
        target.exec_driver_sql(insert, [tuple(map(_plain, row)) for row in some])


def _plain(value: Any) -> Any:
    """A value as SQLite keeps it, whichever database it came from."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, dict | list):
        return msgspec.json.encode(value).decode()
    return bytes(value) if isinstance(value, memoryview | bytearray) else value


def sums_of(connection: Connection) -> list[Sum]:
    """A sum for each table and workshop of a portable file, in the order of the primary keys."""
    found: list[Sum] = []
    for table in _tables(connection):
        columns = _columns(connection, table)
        place = columns.index("workshop_id") if "workshop_id" in columns else -1
        for workshop, rows, sha256 in _by_workshop(connection, table, place):
            found.append(Sum(table, workshop, rows, sha256))
    return found


def _by_workshop(connection: Connection, table: str, place: int) -> Iterator[tuple[str, int, str]]:
    keys = _keys(connection, table)
    order = ", ".join(f'"{name}"' for name in keys)
    query = f'SELECT * FROM "{table}" ORDER BY {order}'  # noqa: S608 -- names of our tables
    workshop, rows, digest = "", 0, hashlib.sha256()
    for row in connection.exec_driver_sql(query).yield_per(ROWS_AT_ONCE):
        of = str(row[place]) if place >= 0 else ""
        if of != workshop and rows:
            yield workshop, rows, digest.hexdigest()
            rows, digest = 0, hashlib.sha256()
        workshop, rows = of, rows + 1
        digest.update(msgspec.msgpack.encode(tuple(row)))
    if rows:
        yield workshop, rows, digest.hexdigest()


def _tables(connection: Connection) -> list[str]:
    rows = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return [name for (name,) in rows if name not in LEFT_OUT and not name.startswith("sqlite_")]


def _columns(connection: Connection, table: str) -> list[str]:
    return [row[1] for row in connection.exec_driver_sql(f'PRAGMA table_info("{table}")')]


def _keys(connection: Connection, table: str) -> list[str]:
    rows = connection.exec_driver_sql(f'PRAGMA table_info("{table}")').all()
    keys = [(row[5], row[1]) for row in rows if row[5]]
    return [name for _, name in sorted(keys)] or [row[1] for row in rows]


# ---- reading


class Backup:
    """A backup that was looked through. ``session()`` reads it, with the tables of this version."""

    def __init__(self, manifest: Manifest, engine: Engine) -> None:
        self.manifest = manifest
        self._engine = engine

    @contextlib.contextmanager
    def session(self) -> Iterator[Session]:
        """For reading what is in it, with the functions of :mod:`edp_app.log.store`."""
        with self._engine.connect() as connection, connection.begin(), Session(bind=connection) as session:
            yield session

    def close(self) -> None:
        self._engine.dispose()


class Looked(NamedTuple):
    """What looking through a file found."""

    manifest: Manifest
    current: bool
    """Whether its tables are those of this version."""


def look_through(path: Path) -> Looked:
    """Find a backup to be whole and unaltered down to the last row.

    Raises :class:`BackupError` with what is wrong: no backup, cut short, damaged, altered (where), newer than
    this program. Whether the records themselves are in order is :func:`problem_in`'s business.
    """
    _look_at(path)
    engine = _engine(path, "mode=ro&immutable=1")
    try:
        with engine.connect() as connection:
            manifest = _manifest(path, connection)
            _integrity(path, connection)
            _compare(path, connection, manifest)
            return Looked(manifest, is_current(connection))
    except UnusableDatabaseError:
        raise BackupError(
            f"{path} was made by a newer version of this program ({manifest.program}). Please use that one."
        ) from None
    except sa.exc.DatabaseError as error:
        raise _damaged(path, error.orig) from None
    finally:
        engine.dispose()


@contextlib.contextmanager
def opened(path: Path, scratch: Path) -> Iterator[Backup]:
    """A backup that was looked through (:func:`look_through`, which raises), to be read.

    One of an older version is brought forward in a copy in the folder ``scratch``, which is gone afterwards.
    """
    looked = look_through(path)
    with contextlib.ExitStack() as after:
        if not looked.current:
            path = after.enter_context(_forward(path, scratch))
        backup = Backup(looked.manifest, _engine(path, "mode=ro&immutable=1"))
        after.callback(backup.close)
        yield backup


@contextlib.contextmanager
def _forward(path: Path, scratch: Path) -> Iterator[Path]:
    """A copy with the tables of this version, in a folder that is made for it if need be."""
    made = not scratch.exists()
    scratch.mkdir(mode=0o700, parents=True, exist_ok=True)
    copy = scratch / f".{path.name}.{os.getpid()}.forward"
    try:
        descriptor = os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as out, path.open("rb") as whole:
            shutil.copyfileobj(whole, out)
        engine = make_engine(database_url(copy))
        upgrade(engine)
        engine.dispose()
        connection = dbapi2.connect(str(copy))
        connection.execute("PRAGMA journal_mode = DELETE")  # so that nothing of it stands in a journal
        connection.close()
        yield copy
    finally:
        for left in scratch.glob(f"{copy.name}*"):
            left.unlink(missing_ok=True)
        if made:
            with contextlib.suppress(OSError):  # somebody else put something into it meanwhile
                scratch.rmdir()


def _look_at(path: Path) -> None:
    """The first bytes and the length: what can be said without a database."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(100)
    except OSError as error:
        raise BackupError(f"{path} cannot be read: {(error.strerror or '').lower()}.") from None
    if not size:
        raise DamagedError(f"{path} is empty.")
    if head.startswith(b'{"edp"'):
        raise BackupError(
            f"{path} is one exported workshop and no backup. Bring it in with: edp import {path}"
        )
    if not head.startswith(_MAGIC[: len(head)]):
        raise BackupError(f"{path} is no backup made by edp backup.")
    page = int.from_bytes(head[16:18]) if len(head) == 100 else 0
    whole = (65536 if page == 1 else page) * int.from_bytes(head[28:32])
    if not whole or size < whole:
        there = f"{size:,} bytes of {whole:,} are there" if whole else f"only {size} bytes are there"
        raise DamagedError(f"{path} is cut short: {there}.")


def _damaged(path: Path, found: object) -> DamagedError:
    """``found``: SQLite's own words."""
    return DamagedError(
        f"{path} is damaged: part of it cannot be read.", " ".join(str(found).split()).rstrip(".")
    )


def _altered(path: Path, where: str) -> DamagedError:
    return DamagedError(f"{path} was changed after it was made.", where)


def is_backup(path: Path) -> bool:
    """Whether a file looks like a backup, whole or not."""
    with contextlib.suppress(OSError), path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC
    return False


def _manifest(path: Path, connection: Connection) -> Manifest:
    there = connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'backup'").first()
    if there is None:
        raise BackupError(f"{path} is an SQLite file, but no backup made by edp backup.")
    row = connection.exec_driver_sql("SELECT manifest, sha256 FROM backup").first()
    if row is None or _sha256(str(row[0]).encode()) != row[1]:
        raise _altered(path, "its own account of what is in it does not fit its digest")
    said: dict[str, Any] = msgspec.json.decode(row[0])
    if said["format"] > FORMAT:
        raise BackupError(
            f"{path} was made by a newer version of this program ({said['program']}). Please use that one."
        )
    return msgspec.convert(said, Manifest)


def _integrity(path: Path, connection: Connection) -> None:
    found = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
    if found != "ok":
        raise _damaged(path, found)


def _compare(path: Path, connection: Connection, manifest: Manifest) -> None:
    expected = {(one.table, one.workshop): one for one in manifest.sums}
    found = {(one.table, one.workshop): one for one in sums_of(connection)}
    # The log first: it knows the position.
    for table, workshop in sorted(expected.keys() | found.keys(), key=lambda key: (key[0] != "event", key)):
        if expected.get((table, workshop)) != found.get((table, workshop)):
            where = f"in the table “{table}”"
            if workshop:
                where = f"{where}, workshop {_called(connection, workshop)}"
                where += _position(connection, workshop) if table == "event" else ""
            raise _altered(path, where)


def _called(connection: Connection, workshop_id: str) -> str:
    row = connection.exec_driver_sql("SELECT code FROM workshop WHERE id = ?", (workshop_id,)).first()
    return str(row[0]) if row else workshop_id


def _position(connection: Connection, workshop_id: str) -> str:
    """Where a log's chain breaks, if it does; read with no more than what every version's log has."""
    digest, expected, form = canonical.FIRST, 1, 1
    rows = connection.exec_driver_sql(
        "SELECT seq, at, actor, op_id, kind, version, payload, salt, content_digest, digest "
        "FROM event WHERE workshop_id = ? ORDER BY seq",
        (workshop_id,),
    )
    for seq, at, actor, op_id, kind, version, payload, salt, content, stored in rows:
        if seq != expected:
            return f", position {expected} of its record is missing"
        whole = salt is None or (
            isinstance(salt, bytes)
            and payload is not None
            and canonical.content_digest(salt, str(payload).encode()) == content
        )
        follows = canonical.chained_by(stored, *(digest, seq, at, actor, op_id, kind, version, content))
        if not whole or follows < form:
            return f", position {seq} of its record"
        digest, form, expected = stored, follows, expected + 1
    return ""


def problem_in(session: Session) -> str | None:
    """The first thing that is not in order in the records of all workshops here, or None."""
    for workshop_id in workshop_ids(session):
        workshop = store.workshop_by_id(session, workshop_id)
        called = workshop.code if workshop else workshop_id
        problem = store.verify(session, workshop_id).problem or store.verify_operations(session, workshop_id)
        if problem:
            return f"Workshop {called}: {problem}"
    return None


def _engine(path: Path, how: str) -> Engine:
    uri = f"file:{quote(str(path.absolute()))}?{how}"

    def connect() -> Any:
        connection = dbapi2.connect(uri, uri=True, isolation_level=None)
        # What was altered may be no text any more; it has to be read to say where.
        connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
        connection.execute("PRAGMA synchronous = OFF")  # whoever writes it makes it last, at the end
        connection.execute("PRAGMA journal_mode = MEMORY" if "rw" in how else "PRAGMA query_only = ON")
        return connection

    engine = sa.create_engine(
        "sqlite://", module=dbapi2, creator=connect, poolclass=NullPool, hide_parameters=True
    )
    sa.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    return engine


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
