"""SQLite: which version, which settings, which files; and who owns one."""

import errno
import os
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa

from edp_app.log import store
from edp_app.log.database import Database
from edp_app.log.engine import (
    UnusableDatabaseError,
    database_path,
    database_url,
    make_engine,
    sqlite_problem,
    sqlite_version,
)
from edp_app.log.files import FileProblemError, others_may_read, written_whole
from edp_app.log.lock import AlreadyInUseError, ServerLock, server_lock

HOLD = """
import sys, time, pathlib
from edp_app.log.lock import ServerLock
ServerLock(pathlib.Path(sys.argv[1])).acquire()
print("held", flush=True)
time.sleep(60)
"""

WRITE = """
import sys
from gevent._hub_local import get_hub_if_exists
from edp_app.log import store
from edp_app.log.database import Database
database = Database.open(sys.argv[1])
database.call(store.set_setting, "a", "b")
print(get_hub_if_exists())
database.close()
"""


@pytest.fixture
def where(path: Path) -> Path:
    """What is said here is said of SQLite."""
    return path


@pytest.mark.parametrize("version", [(3, 7, 0), (3, 44, 5), (3, 45, 1), (3, 50, 6), (3, 51, 0), (3, 51, 2)])
def test_versions_with_the_wal_reset_bug_are_named(version: tuple[int, int, int]) -> None:
    assert ".".join(map(str, version)) in (sqlite_problem(version) or "")


@pytest.mark.parametrize("version", [(3, 6, 23), (3, 44, 6), (3, 44, 9), (3, 50, 7), (3, 51, 3), (3, 53, 0)])
def test_versions_without_it_are_not(version: tuple[int, int, int]) -> None:
    assert sqlite_problem(version) is None


def test_the_sqlite_in_use_is_a_good_one(database: Database) -> None:
    assert sqlite_problem() is None
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT sqlite_version()").scalar() == ".".join(
            map(str, sqlite_version())
        )


def test_every_connection_is_durable_and_checks_foreign_keys(database: Database) -> None:
    with database.engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
        }
    assert found == {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "busy_timeout": 5000
    }  # fmt: skip


def test_only_the_owner_of_the_server_may_read_the_files(path: Path) -> None:
    path.touch(mode=0o644)
    engine = make_engine(database_url(path))
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE t (a)")
        files = sorted(path.parent.iterdir())
        assert [file.name for file in files] == ["edp.sqlite3", "edp.sqlite3-shm", "edp.sqlite3-wal"]
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("mysql://db/edp", "a mysql database cannot be used"),
        ("data/edp.sqlite3", "is not the URL of a database"),
        ("sqlite://", "must be a plain file"),
        ("sqlite:///:memory:", "must be a plain file"),
    ],
)
def test_other_databases_are_refused_with_a_sentence(url: str, says: str) -> None:
    with pytest.raises(UnusableDatabaseError, match=says):
        make_engine(url)


def test_two_writers_wait_for_one_another(path: Path, database: Database) -> None:
    """Each reads, then writes what follows from it: with a plain BEGIN one of the two would fail."""
    database.call(store.set_setting, "count", "0")

    def count(engine: sa.Engine) -> None:
        for _ in range(50):
            with engine.connect().execution_options(writes=True) as connection, connection.begin():
                value = connection.exec_driver_sql("SELECT value FROM setting WHERE key = 'count'").scalar()
                connection.exec_driver_sql("UPDATE setting SET value = ?", (str(int(value or 0) + 1),))

    threads = [threading.Thread(target=count, args=(make_engine(database_url(path)),)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert database.read(store.setting, "count") == "100"


def test_error_messages_do_not_hold_what_was_to_be_stored(database: Database) -> None:
    def fail(session: sa.orm.Session) -> None:
        store.set_name(session, "w", "p:1", "Aureliano Buendía", "Macondo")
        session.flush()
        session.connection().exec_driver_sql(
            "INSERT INTO person_name VALUES (?, ?, ?, ?)", ("w", "p:1", "Aureliano", "")
        )

    with pytest.raises(sa.exc.IntegrityError) as caught:
        database.call(fail)
    assert "Aureliano" not in str(caught.value)


class TestOneServer:
    def test_a_second_server_is_told_who_holds_the_file(self, path: Path) -> None:
        holder = subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE, text=True)
        try:
            assert holder.stdout is not None
            assert holder.stdout.readline() == "held\n"
            with pytest.raises(AlreadyInUseError, match=rf"{path.name} is in use .*process {holder.pid}\)"):
                ServerLock(path).acquire()
            holder.send_signal(signal.SIGKILL)
            holder.wait()
            with ServerLock(path):  # the kernel has let go of it
                assert path.with_name("edp.sqlite3.lock").read_text() == f"{os.getpid()}\n"
        finally:
            holder.kill()
            holder.wait()
            holder.stdout.close()

    def test_the_command_line_reads_and_writes_while_a_server_holds_it(
        self, path: Path, database: Database
    ) -> None:
        with ServerLock(path):
            command = [sys.executable, "-c", WRITE, database_url(path)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
        assert done.stdout == "None\n"  # and it needed no event loop
        assert database.read(store.setting, "a") == "b"

    def test_letting_go_lets_another_in(self, path: Path) -> None:
        first, second = ServerLock(path), ServerLock(path)
        first.acquire()
        first.acquire()
        with pytest.raises(AlreadyInUseError):
            second.acquire()
        first.release()
        first.release()
        second.acquire()
        second.release()
        assert stat.S_IMODE(path.with_name("edp.sqlite3.lock").stat().st_mode) == 0o600

    def test_another_name_of_the_file_is_the_same_file(self, path: Path, tmp_path: Path) -> None:
        """By symbolic links, of the file or of its folder, the database's own name is found."""
        (tmp_path / "other").mkdir()
        links = [tmp_path / "other" / "edp.sqlite3", tmp_path / "folder" / path.name]
        links[0].symlink_to(path)
        (tmp_path / "folder").symlink_to(tmp_path)
        with ServerLock(path):
            for link in links:
                assert database_path(database_url(link)) == path
                lock = server_lock(database_url(link), "key")
                with pytest.raises(AlreadyInUseError, match=rf"{path} is in use .*process {os.getpid()}\)"):
                    lock.acquire()

    def test_a_link_that_leads_round_in_a_circle_is_said(self, path: Path) -> None:
        path.symlink_to(path)
        with pytest.raises(UnusableDatabaseError, match="leads round in a circle"):
            make_engine(database_url(path))

    def test_a_file_with_a_second_name_is_not_used_by_either(self, path: Path, tmp_path: Path) -> None:
        path.touch()
        second = tmp_path / "second.sqlite3"
        second.hardlink_to(path)
        for name in (path, second):
            with pytest.raises(UnusableDatabaseError, match="has a second name"):
                make_engine(database_url(name))
        second.unlink()
        make_engine(database_url(path)).dispose()


class TestMediumWithoutRights:
    """As on a stick with FAT or exFAT: whose files are seen as everybody's, and it cannot be changed."""

    @pytest.fixture(autouse=True)
    def _no_rights(self, monkeypatch: pytest.MonkeyPatch) -> None:
        chmod = os.chmod

        def refuse(file: object, mode: int, **_: object) -> None:
            assert mode == 0o600
            chmod(file, 0o755)  # type: ignore[arg-type]
            raise PermissionError(errno.EPERM, "Operation not permitted")

        monkeypatch.setattr(os, "chmod", refuse)

    def test_a_database_is_used_and_that_is_said(self, path: Path, caplog: pytest.LogCaptureFixture) -> None:
        path.touch(mode=0o644)
        with make_engine(database_url(path)).begin() as connection:
            connection.exec_driver_sql("CREATE TABLE t (a)")
        assert f"can read {path}: the medium keeps no rights" in caplog.text

    def test_a_file_is_written_there_and_others_may_read_it(self, tmp_path: Path) -> None:
        with written_whole(tmp_path / "it") as part:
            part.write_text("words")
        assert (tmp_path / "it").read_text() == "words"
        assert others_may_read(tmp_path / "it")

    def test_another_trouble_is_one(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(*_: object, **__: object) -> None:
            raise OSError(errno.EIO, "Input/output error")

        monkeypatch.setattr(os, "chmod", fail)
        with pytest.raises(FileProblemError, match="cannot be written: input/output error"):
            written_whole(tmp_path / "it").__enter__()
