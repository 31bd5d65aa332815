"""A real PostgreSQL of the tests' own: Debian's programs, its data in a temporary folder, reached through a
socket in that folder and by nobody else."""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import psycopg

from edp_app.log.engine import make_engine
from edp_app.log.models import Base
from edp_app.log.upgrade import upgrade

_TEMPLATE = "edp_template"


def programs() -> Path:
    """Where the programs of PostgreSQL are, the latest version: where Debian keeps them, or in the folder of
    versions that EDP_POSTGRESQL names. Raises ``FileNotFoundError`` with what to install."""
    versions = Path(os.environ.get("EDP_POSTGRESQL") or "/usr/lib/postgresql")
    found = sorted(versions.glob("*/bin/postgres"), key=lambda path: float(path.parents[1].name))
    if not found:
        raise FileNotFoundError("There is no PostgreSQL. On Debian: apt-get install postgresql")
    return found[-1].parent


class Postgres:
    """One database server. A context manager; leaving it stops the server and removes its data."""

    def __init__(self) -> None:
        self._programs = programs()
        # PostgreSQL refuses to run as root.
        self._as: dict[str, Any] = {}
        if os.getuid() == 0:
            self._as = {"user": "postgres", "group": "postgres", "extra_groups": []}
        self._user = "postgres" if self._as else pwd.getpwuid(os.getuid()).pw_name
        self._process: subprocess.Popen[bytes] | None = None
        self._numbers = count(1)
        self._cleared: list[str] = []

    def __enter__(self) -> "Postgres":
        self.folder = Path(tempfile.mkdtemp(prefix="edp-pg-"))
        self.log = self.folder / "log"
        try:
            self.folder.chmod(0o700)
            if self._as:
                shutil.chown(self.folder, "postgres", "postgres")
            self._run("initdb", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "-D", self._data)
            self.start()
            self._execute(f"CREATE DATABASE {_TEMPLATE}", "postgres")
            engine = make_engine(self.url_of(_TEMPLATE))
            upgrade(engine)
            engine.dispose()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop(signal.SIGQUIT)  # nothing of it is kept
        shutil.rmtree(self.folder)

    @property
    def _data(self) -> str:
        return str(self.folder / "data")

    def start(self) -> None:
        """Start the server and wait until it answers."""
        command = [
            str(self._programs / "postgres"), "-D", self._data, "-k", str(self.folder),
            "-c", "listen_addresses=", "-c", "max_connections=60", "-c", "shared_buffers=32MB",
        ]  # fmt: skip
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/", **self._as
            )
        end = time.monotonic() + 60
        while not self._answers():
            assert self._process.poll() is None, f"PostgreSQL ended:\n{self.log.read_text()}"
            assert time.monotonic() < end, f"PostgreSQL does not answer:\n{self.log.read_text()}"
            time.sleep(0.05)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop the server at once, as an administrator would: whoever is connected is cut off. Repeatable."""
        process, self._process = self._process, None
        if process is not None:
            process.send_signal(how)
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGQUIT)
                process.wait(10)

    def url_of(self, database: str) -> str:
        """The URL of a database of this server."""
        return f"postgresql+psycopg://{self._user}@/{database}?host={self.folder}"

    @contextlib.contextmanager
    def database(self, *, empty: bool = False) -> Iterator[str]:
        """The URL of a database with the tables of this version and nothing in them, or of an ``empty`` one.
        On leaving, whoever is still connected to it is cut off."""
        if empty or not self._cleared:
            name = f"edp_{next(self._numbers)}"
            template = "template0" if empty else _TEMPLATE
            self._execute(f"CREATE DATABASE {name} TEMPLATE {template}", "postgres")
        else:
            name = self._cleared.pop()
        try:
            yield self.url_of(name)
        finally:
            self.cut(self.url_of(name))
            if not empty and self._clear(name):
                self._cleared.append(name)

    def _clear(self, name: str) -> bool:
        """Empty the tables, which takes less than making others. False where a test has changed them."""
        if self._shape(name) != self._shape(_TEMPLATE):
            return False
        tables = [table.name for table in reversed(Base.metadata.sorted_tables)]
        self._execute("; ".join(f"DELETE FROM {table}" for table in tables), name)  # noqa: S608 -- ours
        return True

    def _shape(self, name: str) -> list[tuple[Any, ...]]:
        try:
            return self._execute(
                "SELECT 'version', version_num FROM alembic_version UNION ALL SELECT table_name, column_name "
                "FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2",
                name,
            )
        except psycopg.errors.UndefinedTable:
            return []

    def cut(self, url: str) -> None:
        """End every connection to this database."""
        cut = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s"
        self._execute(cut, "postgres", _name_in(url))

    def execute(self, url: str, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Run a statement (``%s`` for each value), as an administrator beside everybody; its rows."""
        return self._execute(statement, _name_in(url), *values)

    def _execute(self, statement: str, database: str, *values: object) -> list[tuple[Any, ...]]:
        with psycopg.connect(
            host=str(self.folder), user=self._user, dbname=database, autocommit=True
        ) as connection:
            cursor = connection.execute(statement, values or None)
            return cursor.fetchall() if cursor.description else []

    def _answers(self) -> bool:
        try:
            self._execute("SELECT 1", "postgres")
        except psycopg.OperationalError:
            return False
        return True

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [str(self._programs / program), *arguments],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd="/",
            **self._as,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout


def _name_in(url: str) -> str:
    return url.partition("?")[0].rpartition("/")[2]
