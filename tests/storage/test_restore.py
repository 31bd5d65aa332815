"""The commands that make a backup and put one in place, and what an upgrade keeps, as an operator meets
them."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from edp_app.config import from_environment
from edp_app.core.commands import AddItem
from edp_app.log import store, upgrade
from edp_app.log.engine import UnusableDatabaseError, is_postgresql, named
from edp_app.log.lock import server_lock
from edp_app.opened import bring_forward
from tests.support.carrying import held, lively, run
from tests.support.workshops import StoredWorkshop, open_database, person


@pytest.fixture
def workshop(of_commands: Path | str) -> Iterator[StoredWorkshop]:
    """A workshop in the database of every command."""
    workshop = lively(of_commands)
    yield workshop
    workshop.close()


def backups(tmp_path: Path, stem: str) -> list[Path]:
    return sorted((tmp_path / "backups").glob(f"{stem}-*.edp-backup"))


def test_there_and_back(workshop: StoredWorkshop, tmp_path: Path) -> None:
    before = held(workshop.database, workshop.id)
    made = run("backup")
    assert made.exit_code == 0, made.output
    (file,) = backups(tmp_path, "edp")
    assert f"{file}: " in made.output
    assert f"1 workshop, {before['head'].events} entries, 1 account. Read again" in made.output
    workshop.must(AddItem(run="ideas.1", column="idea", title="Since then"), person(1))
    ahead = held(workshop.database, workshop.id)
    reports = tmp_path / "reports" / workshop.id
    reports.mkdir(parents=True)
    (reports / "report-1.pdf").write_bytes(b"%PDF")
    assert "--force replaces it" in run("restore", file).output
    assert held(workshop.database, workshop.id) == ahead
    said = run("restore", "--force", file)
    assert said.exit_code == 0, said.output
    assert held(workshop.database, workshop.id) == before
    assert not reports.exists()
    assert len(list(tmp_path.glob(f"reports-before-restore-*/{workshop.id}/report-1.pdf"))) == 1
    (kept,) = backups(tmp_path, "before-restore")
    assert f"What was there is kept in {kept}." in said.output
    assert run("restore", "--force", kept).exit_code == 0
    assert held(workshop.database, workshop.id) == ahead


def test_where_the_log_ended_is_kept_for_the_consoles_until_the_workshop_is_deleted(
    workshop: StoredWorkshop, tmp_path: Path
) -> None:
    def as_of() -> int | None:
        return workshop.database.read(store.restored_as_of, workshop.id)

    assert as_of() is None
    ended = workshop.database.read(store.head, workshop.id).at
    run("backup", tmp_path / "first.backup")
    workshop.clock.now += 60_000
    workshop.must(AddItem(run="ideas.1", column="idea", title="Since then"), person(1))
    later = workshop.database.read(store.head, workshop.id).at
    run("backup", tmp_path / "second.backup")
    assert run("restore", "--force", tmp_path / "first.backup").exit_code == 0
    assert as_of() == ended
    assert run("restore", "--force", tmp_path / "second.backup").exit_code == 0
    assert as_of() == later > ended
    workshop.database.call(store.delete_workshop, workshop.id)
    assert workshop.execute("SELECT count(*) FROM setting WHERE key LIKE 'restored.%'") == [(0,)]


def test_a_file_or_a_folder_of_ones_own(
    workshop: StoredWorkshop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name with an ending is a file's; any other, or one with a slash at its end, is a folder's."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    assert run("backup", folder).exit_code == 0
    assert len(list(folder.glob("edp-*.edp-backup"))) == 1
    mine = folder / "mine.edp-backup"
    assert run("backup", mine).exit_code == 0
    again = run("backup", mine)
    assert again.exit_code == 1
    assert "already" in again.output
    assert run("backup", mine, "--force").exit_code == 0
    monkeypatch.chdir(tmp_path)
    for name in ("monday/", "example.org/", "tuesday", str(tmp_path / "wednesday")):
        assert run("backup", name).exit_code == 0
        assert len(list((tmp_path / name).glob("edp-*.edp-backup"))) == 1
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o700
    (tmp_path / "letter").write_text("mine")
    for name, said in {
        "letter": f"{tmp_path / 'letter'} is a file. The name of a file to be written needs an ending",
        "nowhere/thursday/": f"There is no folder {tmp_path / 'nowhere'}.",
        "nowhere/mine.edp-backup": f"There is no folder {tmp_path / 'nowhere'}.",
    }.items():
        refused = run("backup", name, "--force")
        assert refused.exit_code == 1
        assert said in refused.output
    assert (tmp_path / "letter").read_text() == "mine"
    shown = " ".join(run("backup", "--help").output.split())
    assert "folder “backups” of the data folder" in shown
    assert "any name with a slash at its end, is that of a folder, which is made if it is not there" in shown
    assert workshop.log()


def test_no_folder_stays_of_a_backup_that_fails(workshop: StoredWorkshop, tmp_path: Path) -> None:
    workshop.execute("UPDATE event SET at = at + 1 WHERE seq = 9")
    assert run("backup", tmp_path / "new/").exit_code == 1
    assert not (tmp_path / "new").exists()


def test_what_was_backed_up_and_restored_is_named(workshop: StoredWorkshop, tmp_path: Path) -> None:
    """Neither the database nor the folder is left to be guessed, and no password is shown."""
    url = workshop.database.engine.url
    made = run("backup", tmp_path / "mine.edp-backup")
    assert f"It holds what is in {named(url)}.\n" in made.output
    said = run("restore", "--force", tmp_path / "mine.edp-backup")
    assert said.exit_code == 0, said.output
    assert f"It is in {named(url)}.\n" in said.output
    assert f"  EDP_DATA={tmp_path}\n" in said.output
    assert ("  EDP_DATABASE_URL=" in said.output) == is_postgresql(url)
    assert not url.password or url.password not in made.output + said.output


def test_a_restoration_into_the_folder_below_says_so(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDP_DATA", str(tmp_path))
    monkeypatch.delenv("EDP_DATABASE_URL", raising=False)
    lively(path).close()
    run("backup", tmp_path / "mine.edp-backup")
    assert "EDP_DATA is not set" not in run("restore", "--force", tmp_path / "mine.edp-backup").output
    monkeypatch.delenv("EDP_DATA")
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path / "below")
    said = run("restore", tmp_path / "mine.edp-backup")
    assert said.exit_code == 0, said.output
    assert "EDP_DATA is not set, so this is below the folder that you are in." in said.output
    assert f"It is in {tmp_path / 'below' / 'data' / 'edp.sqlite3'}.\n" in said.output
    assert (tmp_path / "below" / "data").stat().st_mode & 0o777 == 0o700


def test_not_while_a_server_runs(workshop: StoredWorkshop, tmp_path: Path) -> None:
    run("backup", tmp_path / "mine.edp-backup")
    settings = from_environment()
    lock = server_lock(settings.database_url, settings.secret_key)
    lock.acquire()
    try:
        said = run("restore", "--force", tmp_path / "mine.edp-backup")
        assert said.exit_code == 1
        assert "A server is running on this installation." in said.output
        assert not backups(tmp_path, "before-restore")
        assert run("backup", tmp_path / "another.edp-backup").exit_code == 0
    finally:
        lock.release()
    assert run("restore", "--force", tmp_path / "mine.edp-backup").exit_code == 0
    assert workshop.log()


def test_a_backup_that_is_no_good_changes_nothing(workshop: StoredWorkshop, tmp_path: Path) -> None:
    before = held(workshop.database, workshop.id)
    run("backup", tmp_path / "mine.edp-backup")
    (tmp_path / "mine.edp-backup").write_bytes((tmp_path / "mine.edp-backup").read_bytes()[:-100])
    said = run("restore", "--force", tmp_path / "mine.edp-backup")
    assert said.exit_code == 1
    assert "is cut short: " in said.output
    assert "Nothing was changed. Please take another backup" in said.output
    assert held(workshop.database, workshop.id) == before
    assert not backups(tmp_path, "before-restore")


def test_a_record_that_was_broken_already_is_not_put_in_place(
    workshop: StoredWorkshop, tmp_path: Path
) -> None:
    """As it may stand in the backup that was made of a damaged installation."""
    good = tmp_path / "good.edp-backup"
    run("backup", good)
    workshop.execute("UPDATE event SET at = at + 1 WHERE seq = 9")
    said = run("backup", tmp_path / "bad.edp-backup")
    assert said.exit_code == 1
    assert "No backup was made, because a record is broken." in said.output
    assert run("restore", "--force", good).exit_code == 0  # what is replaced is kept as it is
    (damaged,) = backups(tmp_path, "before-restore")
    said = run("restore", "--force", damaged)
    assert said.exit_code == 1
    assert "Nothing was changed. Please take an older backup." in said.output
    assert f"(Workshop {workshop.code}: The chain breaks at position 9)" in said.output


def test_a_database_that_cannot_be_read_is_put_aside(path: Path, tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("EDP_DATA", str(tmp_path))
        workshop = lively(path)
        before = held(workshop.database, workshop.id)
        run("backup", tmp_path / "mine.edp-backup")
        workshop.close()
        path.write_bytes(b"something else" * 1000)
        said = run("restore", tmp_path / "mine.edp-backup")
        assert said.exit_code == 1
        assert "cannot be read" in said.output
        assert path.read_bytes().startswith(b"something else")
        said = run("restore", "--force", tmp_path / "mine.edp-backup")
        assert said.exit_code == 0, said.output
    (aside,) = tmp_path.glob("edp.sqlite3-*.unreadable")
    assert str(aside) in said.output
    assert aside.read_bytes().startswith(b"something else")
    restored = open_database(path)
    assert held(restored, workshop.id) == before
    restored.close()


def test_a_refused_file_leaves_nothing_in_a_new_folder(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a key nor a lock nor the folder."""
    monkeypatch.delenv("EDP_DATABASE_URL", raising=False)
    monkeypatch.setenv("EDP_DATA", str(tmp_path))
    lively(path).close()
    file = tmp_path / "mine.edp-backup"
    run("backup", file)
    raw = bytearray(file.read_bytes())
    raw[8192:12288] = bytes(4096)
    file.write_bytes(bytes(raw))
    monkeypatch.setenv("EDP_DATA", str(tmp_path / "new"))
    said = run("restore", file)
    assert said.exit_code == 1
    assert said.output.startswith(f"edp: {file} is damaged: part of it cannot be read. Nothing was changed. ")
    assert "***" not in said.output.split("(")[0]
    checked = run("verify", file)
    assert checked.exit_code == 1
    assert "is damaged: part of it cannot be read. Please take another backup" in checked.output
    assert not (tmp_path / "new").exists()


# ---- upgrades

NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "9000"
down_revision = "{head}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("workshop", sa.Column("mood", sa.String(10), nullable=True))
    op.execute(sa.text("UPDATE workshop SET {set}"))
"""


def a_newer_version(folder: Path, monkeypatch: pytest.MonkeyPatch, *, works: bool) -> None:
    """As after installing a version with one migration more."""
    shutil.copytree(upgrade._MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    head = max(path.name[:4] for path in (folder / "versions").glob("0*.py"))
    change = "mood = 'good'" if works else "code = 'none'"  # which the tables do not allow
    (folder / "versions" / "9000_next.py").write_text(NEXT.format(head=head, set=change))
    monkeypatch.setattr(upgrade, "_MIGRATIONS", folder)


def test_an_upgrade_makes_a_backup_first(
    workshop: StoredWorkshop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = held(workshop.database, workshop.id)
    assert run("db", "upgrade").exit_code == 0
    assert not backups(tmp_path, "before-upgrade"), "nothing was to be changed"
    with pytest.MonkeyPatch.context() as newer:
        a_newer_version(tmp_path / "newer", newer, works=True)
        said = run("db", "upgrade")
        assert said.exit_code == 0, said.output
        assert workshop.execute("SELECT mood FROM workshop") == [("good",)]
        (kept,) = backups(tmp_path, "before-upgrade")
        assert f"kept in {kept}." in said.output
        name = named(workshop.database.engine.url)
        assert run("db", "upgrade").output == f"The database has the tables of this version: {name}\n"
    # Back to the version that is tested here: it refuses what the newer one has made, and its backup helps.
    for words in (("db", "upgrade"), ("verify",)):
        refused = run(*words)
        assert refused.exit_code == 1
        assert isinstance(refused.exception, UnusableDatabaseError)
    with pytest.raises(UnusableDatabaseError, match=r"newer version .* 9000"):
        bring_forward(from_environment(), workshop.database.engine)
    refused = run("restore", kept)
    assert refused.exit_code == 1
    assert "newer version" in refused.output
    assert "Nothing was changed. To go back, " in refused.output
    if is_postgresql(workshop.database.engine.url):
        assert run("restore", "--force", kept).output == refused.output
        monkeypatch.setenv("EDP_DATABASE_URL", f"sqlite:///{tmp_path / 'back.sqlite3'}")
        went, there = run("restore", kept), tmp_path / "back.sqlite3"
    else:
        there = tmp_path / "edp.sqlite3"
        workshop.close()
        went = run("restore", "--force", kept)
        (aside,) = tmp_path.glob("edp.sqlite3-*.not-understood")
        assert f"it was moved to {aside}.\n" in went.output
    assert went.exit_code == 0, went.output
    back = open_database(there)
    assert held(back, workshop.id) == before
    back.close()


def test_an_upgrade_that_fails_leaves_the_database_as_it_was(
    workshop: StoredWorkshop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = held(workshop.database, workshop.id)
    a_newer_version(tmp_path / "newer", monkeypatch, works=False)
    said = run("db", "upgrade")
    assert said.exit_code == 1
    assert isinstance(said.exception, sa.exc.DatabaseError)
    assert len(backups(tmp_path, "before-upgrade")) == 1
    monkeypatch.undo()
    assert held(workshop.database, workshop.id) == before
    columns = sa.inspect(workshop.database.engine).get_columns("workshop")
    assert "mood" not in {column["name"] for column in columns}
    upgrade.upgrade(workshop.database.engine)
    assert workshop.database.read(store.workshop_by_code, workshop.code)
