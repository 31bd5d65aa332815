"""Backups: whole, consistent while people write, in place again on either database, and never believed
without being looked through."""

import hashlib
import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from edp_app.core.commands import AddItem
from edp_app.log import backup, portable, store
from edp_app.log.files import FileProblemError, written_whole
from edp_app.log.portable import BackupError
from tests.support.carrying import NAME, held, lively
from tests.support.definitions import short
from tests.support.postgres import Postgres
from tests.support.workshops import StoredWorkshop, open_database, person

MADE_AT = 1_790_000_000_000


@pytest.fixture
def workshop(where: Path | str) -> Iterator[StoredWorkshop]:
    workshop = lively(where)
    yield workshop
    workshop.close()


def make(workshop: StoredWorkshop, path: Path, **options: bool) -> backup.Made:
    return backup.make(workshop.database.engine, path, MADE_AT, "1.0", **options)


def put(path: Path, where: Path | str, **options: bool) -> None:
    database = open_database(where)
    try:
        with portable.opened(path, path.parent) as found:
            backup.restore(database.engine, found, **options)
    finally:
        database.close()


def test_a_backup_brings_everything_back_with_new_epochs(workshop: StoredWorkshop, tmp_path: Path) -> None:
    file, there = tmp_path / "it.backup", tmp_path / "there.db"
    workshop.database.call(store.grant_access, workshop.id, another(workshop))
    workshop.database.call(store.instance_epoch)
    made = make(workshop, file)
    assert made.size == file.stat().st_size
    assert file.stat().st_mode & 0o777 == 0o600
    put(file, there)
    restored = open_database(there)
    before, after = (
        database.read(store.workshop_by_id, workshop.id) for database in (workshop.database, restored)
    )
    assert before
    assert after
    assert held(restored, workshop.id) == held(workshop.database, workshop.id)
    assert held(restored, workshop.id)["head"].ok
    assert (after.code, after.title, after.owner_id) == (before.code, before.title, before.owner_id)
    assert (after.created_at, after.last_at) == (before.created_at, before.last_at)
    assert {a.login for a in restored.read(store.facilitators, after)} == {"ana", "bea"}
    assert after.epoch[:8] != before.epoch[:8]
    assert restored.read(store.setting, "epoch") not in (None, workshop.database.read(store.setting, "epoch"))
    restored.close()


def another(workshop: StoredWorkshop) -> str:
    return workshop.database.call(
        store.create_account, login="bea", name="Bea", password_hash="-", now=1, language="es"
    ).id


def test_nobody_stays_signed_in(workshop: StoredWorkshop, tmp_path: Path) -> None:
    secret = workshop.database.call(store.sign_in, workshop.account.id, MADE_AT)
    link = workshop.database.call(store.make_link, "help", workshop.id, workshop.account.id, MADE_AT, 60)
    helper = workshop.database.call(store.add_helper, workshop.id, "Rosa", MADE_AT)
    make(workshop, tmp_path / "it.backup")
    put(tmp_path / "it.backup", tmp_path / "there.db")
    restored = open_database(tmp_path / "there.db")
    assert not restored.read(store.is_signed_in, workshop.account.id, secret, MADE_AT)
    assert workshop.database.read(store.link_by_token, "help", link, MADE_AT) is not None
    assert restored.read(store.link_by_token, "help", link, MADE_AT) is None
    assert helper is not None
    assert restored.read(store.helper_by_token, workshop.id, helper.token, MADE_AT) is None
    restored.close()


def sums(made: backup.Made) -> list[portable.Sum]:
    """All but those of the tables in which the epochs are."""
    return [one for one in made.manifest.sums if one.table not in ("workshop", "setting")]


def test_from_one_database_to_the_other_and_back(postgres: Postgres, tmp_path: Path) -> None:
    """What is in it does not tell which database it was made from."""
    workshop = lively(tmp_path / "first.db")
    first = make(workshop, tmp_path / "first.backup")
    kept = held(workshop.database, workshop.id)
    workshop.close()
    with postgres.database() as url:
        put(tmp_path / "first.backup", url)
        there = open_database(url)
        assert held(there, workshop.id) == kept
        second = backup.make(there.engine, tmp_path / "second.backup", MADE_AT, "1.0")
        there.close()
    put(tmp_path / "second.backup", tmp_path / "third.db")
    back = open_database(tmp_path / "third.db")
    third = backup.make(back.engine, tmp_path / "third.backup", MADE_AT, "1.0")
    assert held(back, workshop.id) == kept
    back.close()
    assert sums(first) == sums(second) == sums(third)


def test_an_installation_with_something_in_it_is_left_alone(workshop: StoredWorkshop, tmp_path: Path) -> None:
    file = tmp_path / "it.backup"
    make(workshop, file)
    log = workshop.log()
    workshop.must(AddItem(run="ideas.1", column="idea", title="Since then"), person(1))
    with pytest.raises(BackupError, match="something in this installation"):
        put(file, workshop.where)
    assert len(workshop.log()) == len(log) + 1
    put(file, workshop.where, replace=True)
    assert workshop.log() == log


def test_an_older_backup_is_brought_forward(path: Path, tmp_path: Path) -> None:
    """Its tables are those of the first version, as a backup made then would have them."""
    workshop = lively(path)
    engine = workshop.database.engine
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE presence")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    made = make(workshop, tmp_path / "old.backup")
    assert made.manifest.revision == "0001"
    put(tmp_path / "old.backup", tmp_path / "there.db")
    restored = open_database(tmp_path / "there.db")
    assert held(restored, workshop.id) == held(workshop.database, workshop.id)
    assert not list(tmp_path.glob(".*forward*"))
    restored.close()
    workshop.close()


# ---- while people write


WRITER = """
import sys, gevent
from edp_app.core.commands import Context, Describe
from edp_app.log.database import Database
from edp_app.rooms import Rooms
from tests.support.definitions import GROUPS
from tests.support.workshops import content, person

rooms = Rooms(Database.open(sys.argv[1]))
room = rooms.by_code(sys.argv[2])

def write(actor):
    n = 0
    while True:
        n += 1
        command = Describe(group=GROUPS[n % 2 + 3])
        ctx = Context(actor, "participant", 1, f"{actor[-3:]}-{n:06d}")
        outcome = room.submit(command, ctx, content(command))
        if outcome.first:
            print(outcome.first, flush=True)

gevent.joinall([gevent.spawn(write, person(n)) for n in range(20)])
"""


def test_a_burst_of_writes_and_a_backup_do_not_disturb_each_other(where: Path | str, tmp_path: Path) -> None:
    """What was answered before the backup began is in it; the writer never stops; every backup is whole."""
    workshop = StoredWorkshop(where, short())
    workshop.people(20)
    url = workshop.database.engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", WRITER, url, workshop.code]
    writer = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    try:
        last = 0
        for n in range(3):
            answered = [int(writer.stdout.readline()) for _ in range(100)]
            made = make(workshop, tmp_path / f"{n}.backup")
            with portable.opened(made.path, tmp_path) as found, found.session() as session:
                whole = store.verify(session, workshop.id)
                assert store.verify_operations(session, workshop.id) is None
            assert whole.ok
            assert whole.events == made.manifest.rows("event")
            assert whole.events >= max(answered)
            assert whole.events > last
            last = whole.events
        beyond = [int(writer.stdout.readline()) for _ in range(last)]
        assert max(beyond) > last  # it went on all the while, and after
    finally:
        writer.kill()
        writer.wait()
        writer.stdout.close()
    workshop.restart()
    assert workshop.database.read(store.verify, workshop.id).ok
    workshop.close()


# ---- files that are no good


Spoil = Callable[[Path], object]


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def flip(text: str) -> Spoil:
    """Changes one bit of a text that stands in the file."""

    def spoil(path: Path) -> None:
        raw = bytearray(path.read_bytes())
        place = raw.index(text.encode())
        raw[place] ^= 1
        path.write_bytes(bytes(raw))

    return spoil


def sql(*statements: str) -> Spoil:
    def spoil(path: Path) -> None:
        connection = sqlite3.connect(path)
        for statement in statements:
            connection.execute(statement)
        connection.commit()
        connection.close()

    return spoil


def zeros(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[8192:12288] = bytes(4096)
    path.write_bytes(bytes(raw))


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (cut, r"is cut short: [\d,]+ bytes of [\d,]+ are there\."),
        (lambda path: path.write_bytes(path.read_bytes()[:50]), "is cut short: only 50 bytes are there"),
        (lambda path: path.write_bytes(b""), "is empty"),
        (lambda path: path.write_text("{}"), "is no backup made by edp backup"),
        (lambda path: path.write_text('{"edp":"log"}'), "is one exported workshop"),
        (lambda path: path.write_bytes(bytes(9000)), "is no backup made by edp backup"),
        (sql("DROP TABLE backup"), "is an SQLite file, but no backup"),
        (flip("Few roads"), r"in the table “event”, workshop \d{6}, position 17 of its record\)"),
        (flip("Quispe"), r"in the table “person_name”, workshop \d{6}\)"),
        (
            sql("UPDATE event SET at = at + 1 WHERE seq = 9"),
            r"in the table “event”, workshop \d{6}, position 9 of its record\)",
        ),
        (sql("DELETE FROM event WHERE seq = 9"), r"workshop \d{6}, position 9 of its record is missing\)"),
        (sql("UPDATE operation SET content_hash = NULL"), r"in the table “operation”, workshop \d{6}\)"),
        (sql("UPDATE account SET is_admin = 1"), "the table “account”"),
        (sql("DELETE FROM workshop"), "the table “workshop”"),
        (sql("UPDATE backup SET manifest = replace(manifest, '1.0', '1.1')"), "its own account"),
        (zeros, r"is damaged: part of it cannot be read\. \("),
    ],
)
def test_what_is_wrong_with_a_file_is_said(tmp_path: Path, path: Path, spoil: Spoil, said: str) -> None:
    workshop = lively(path)
    file = tmp_path / "it.backup"
    make(workshop, file)
    workshop.close()
    spoil(file)
    with pytest.raises(BackupError, match=said):
        put(file, tmp_path / "there.db")
    there = open_database(tmp_path / "there.db")
    assert not there.read(store.any_account)
    there.close()


def from_the_future(path: Path) -> None:
    """What a version with another form of the file would write."""
    connection = sqlite3.connect(path)
    manifest = json.loads(connection.execute("SELECT manifest FROM backup").fetchone()[0])
    words = json.dumps(manifest | {"format": portable.FORMAT + 1, "program": "9.9", "more": True})
    seal = hashlib.sha256(words.encode()).hexdigest()
    connection.execute("UPDATE backup SET manifest = ?, sha256 = ?", (words, seal))
    connection.commit()
    connection.close()


@pytest.mark.parametrize("newer", [from_the_future, sql("UPDATE alembic_version SET version_num = '9999'")])
def test_a_backup_of_a_newer_version_is_refused(path: Path, tmp_path: Path, newer: Spoil) -> None:
    workshop = lively(path)
    make(workshop, tmp_path / "it.backup")
    workshop.close()
    newer(tmp_path / "it.backup")
    with pytest.raises(BackupError, match="newer version of this program"):
        put(tmp_path / "it.backup", tmp_path / "there.db")


def test_no_backup_is_made_of_a_broken_record(workshop: StoredWorkshop, tmp_path: Path) -> None:
    workshop.execute("UPDATE event SET at = at + 1 WHERE seq = 9")
    file = tmp_path / "it.backup"
    with pytest.raises(BackupError, match=rf"Workshop {workshop.code}: The chain breaks at position 9\."):
        make(workshop, file)
    assert not list(tmp_path.glob("it.backup*"))
    make(workshop, file, check=False)  # of what is about to be replaced, as it is
    assert file.exists()


# ---- writing it


def test_a_file_that_is_there_is_replaced_only_if_that_is_wanted(
    workshop: StoredWorkshop, tmp_path: Path
) -> None:
    file = tmp_path / "it.backup"
    file.write_text("mine")
    with pytest.raises(FileProblemError, match="already"):
        make(workshop, file)
    assert file.read_text() == "mine"
    (tmp_path / "it.backup.part").write_text("left by a process that was killed")
    make(workshop, file, replace=True)
    assert file.read_bytes().startswith(b"SQLite format 3")
    assert sorted(p.name for p in tmp_path.glob("it.backup*")) == ["it.backup"]


def test_of_a_backup_that_fails_nothing_is_left(
    workshop: StoredWorkshop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portable, "sums_of", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        make(workshop, tmp_path / "it.backup")
    assert not list(tmp_path.glob("it.backup*"))


def test_two_backups_into_one_file_do_not_mix(workshop: StoredWorkshop, tmp_path: Path) -> None:
    with written_whole(tmp_path / "it.backup"):  # noqa: SIM117
        with pytest.raises(FileProblemError, match="Another process"):
            make(workshop, tmp_path / "it.backup")


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A folder with room for very little."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no file system can be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_is_said_and_leaves_nothing(workshop: StoredWorkshop, small: Path) -> None:
    with pytest.raises(FileProblemError, match="no space left"):
        make(workshop, small / "it.backup")
    assert not list(small.iterdir())


def test_names_are_in_it(workshop: StoredWorkshop, tmp_path: Path) -> None:
    """So that nobody takes a backup for something that could be published: docs/trust.md says what it is."""
    make(workshop, tmp_path / "it.backup")
    assert NAME.encode() in (tmp_path / "it.backup").read_bytes()


def test_an_empty_database_is_no_backup(path: Path, tmp_path: Path) -> None:
    engine = sa.create_engine("sqlite://")
    with pytest.raises(BackupError, match="nothing to back up"):
        backup.make(engine, tmp_path / "it.backup", MADE_AT, "1.0")
