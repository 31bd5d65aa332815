"""Commands name the database they work on, and neither make one up nor take another one for the server's."""

from pathlib import Path

import pytest

from edp_app.cli import edp, main
from edp_app.config import from_environment, resource_dir
from edp_app.log import forward
from edp_app.log.engine import make_engine, named
from edp_app.log.files import written_whole
from edp_app.which_database import NOTE, note_database
from tests.support.carrying import run
from tests.support.postgres import Postgres

SHORT = resource_dir("workshops") / "formats" / "short.toml"
NEEDING_ONE = (
    ("verify",),
    ("verify", "629526"),
    ("backup",),
    ("backup", "new/"),
    ("export", "629526"),
    ("erase", "629526", "--item", "1", "--yes"),
    ("archive", "629526"),
    ("access", "629526"),
    ("account", "ana", "--close"),
    ("new", str(SHORT), "--owner", "ana"),
    ("report", "629526", "--out", "report.pdf"),
)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder that is not there, named in the environment; the commands run in an empty one."""
    monkeypatch.delenv("EDP_DATABASE_URL", raising=False)
    monkeypatch.setenv("EDP_DATA", str(tmp_path / "data"))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path / "data"


@pytest.mark.parametrize("words", NEEDING_ONE, ids=" ".join)
def test_without_a_database_nothing_is_made(data: Path, words: tuple[str, ...]) -> None:
    said = run(*words)
    assert said.exit_code == 1
    assert said.output.startswith(f"edp: There is no database in {data}, and nothing was made there.")
    assert not data.exists()
    assert not list(Path.cwd().iterdir())


def test_all_commands_that_need_a_database_are_tried() -> None:
    context = edp.make_context("edp", [], resilient_parsing=True)
    others = {
        "bench",
        "check",
        "count",
        "create-admin",
        "db",
        "demo",
        "demo-crowd",
        "doctor",
        "import",
        "rehearsal-crowd",
        "rehearse",
    }
    assert {words[0] for words in NEEDING_ONE} | others | {"restore", "serve"} == set(
        edp.list_commands(context)
    )


@pytest.mark.parametrize("words", [words for words in NEEDING_ONE if words[0] != "report"], ids=" ".join)
def test_an_empty_postgresql_database_is_none(
    data: Path, postgres: Postgres, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    with postgres.database(empty=True) as url:
        monkeypatch.setenv("EDP_DATABASE_URL", url)
        said = run(*words)
        assert said.exit_code == 1
        assert f"There is nothing in the database {named(url)}, and nothing was made there." in said.output
        engine = make_engine(url)
        assert not forward.has_tables(engine)
        engine.dispose()
    assert not data.exists()
    assert not list(Path.cwd().iterdir())


def test_a_new_database_is_named(data: Path) -> None:
    made = ("create-admin", "--login", "ana", "--name", "Ana", "--password-stdin")
    said = run(*made, given="correct horse battery\n")
    assert said.exit_code == 0, said.output
    assert said.output == f"A new database was made: {data / 'edp.sqlite3'}\nThe account “ana” is ready.\n"
    assert data.stat().st_mode & 0o777 == 0o700
    checked = run("verify")
    assert checked.exit_code == 0
    assert "There is no workshop in it, so there was nothing to check." in checked.output


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("sqlite:////srv/edp.sqlite3", "/srv/edp.sqlite3"),
        ("postgresql+psycopg://edp:se%40cret@localhost/edp", "postgresql+psycopg://edp@localhost/edp"),
        ("postgresql:///edp?host=/run/x&password=secret", "postgresql:///edp?host=%2Frun%2Fx"),
    ],
)
def test_a_database_is_named_without_its_password(url: str, name: str) -> None:
    assert named(url) == name


def test_an_old_file_is_not_taken_for_the_database_on_postgresql(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a server on PostgreSQL noted in its data folder keeps a command that was not told of it away."""
    made = ("create-admin", "--login", "ana", "--name", "Ana", "--password-stdin")
    assert run(*made, given="correct horse battery\n").exit_code == 0
    monkeypatch.setenv("EDP_DATABASE_URL", "postgresql+psycopg://edp:secret@localhost/edp")
    for _ in range(2):
        note_database(from_environment())
    assert (data / NOTE).read_text() == "postgresql+psycopg://edp@localhost/edp\n"
    assert (data / NOTE).stat().st_mode & 0o777 == 0o600
    before = sorted(data.iterdir())
    monkeypatch.delenv("EDP_DATABASE_URL")
    for words in (("serve",), ("restore", SHORT), ("import", SHORT), made, *NEEDING_ONE):
        said = run(*words, given="correct horse battery\n")
        assert said.exit_code == 1
        assert "uses postgresql+psycopg://edp@localhost/edp, but EDP_DATABASE_URL is not set" in said.output
    assert sorted(data.iterdir()) == before
    monkeypatch.setenv("EDP_DATABASE_URL", f"sqlite:///{data / 'edp.sqlite3'}")
    assert run("verify").exit_code == 0, "whoever says that the file is meant, means it"
    monkeypatch.delenv("EDP_DATABASE_URL")
    (data / NOTE).unlink()
    assert run("verify").exit_code == 0


def test_a_note_that_cannot_be_written_stops_no_server(
    data: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """As when two processes of one server start at once."""
    monkeypatch.setenv("EDP_DATABASE_URL", "postgresql+psycopg://edp@localhost/edp")
    settings = from_environment()
    with written_whole(data / NOTE) as part:
        note_database(settings)
        assert "Another process is writing" in caplog.text
        part.write_text("kept\n")
    assert (data / NOTE).read_text() == "kept\n"


def test_a_server_on_a_file_notes_nothing(data: Path) -> None:
    note_database(from_environment())
    assert not (data / NOTE).exists()


def test_who_may_not_use_a_file_is_told_who_may(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused() -> None:
        raise PermissionError(13, "Permission denied", str(data / "edp.sqlite3"))

    monkeypatch.setattr("edp_app.cli.edp", refused)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    said = capsys.readouterr().err
    assert said.startswith(f"edp: This user may not use {data / 'edp.sqlite3'}. Run the command as the user")
