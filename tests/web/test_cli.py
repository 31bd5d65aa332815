"""The command line beside a server, and the server's start and stop."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from edp_app import __version__
from edp_app.cli import edp
from edp_app.config import from_environment, resource_dir
from edp_app.doctor import examine
from edp_app.log import store
from edp_app.log.database import Database
from edp_app.log.lock import ServerLock
from edp_app.rehearsal.own_server import free_port

SHORT = resource_dir("workshops") / "formats" / "short.toml"


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of its own for every command."""
    for name in list(os.environ):
        if name.startswith("EDP_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("EDP_DATA", str(tmp_path))
    return tmp_path


def run(*arguments: str, given: str = "") -> Result:
    """One command."""
    return CliRunner().invoke(edp, arguments, input=given)


def admin(given: str = "correct horse battery\n") -> Result:
    """Make an account."""
    return run("create-admin", "--login", "ana", "--name", "Ana", "--password-stdin", given=given)


def test_help_and_version() -> None:
    assert __version__ in run("--version").output
    shown = run("--help").output
    here = ("serve", "create-admin", "check", "new", "db", "doctor", "report", "verify", "erase", "archive")
    for command in here:
        assert f"\n  {command}" in shown


def test_an_account_is_made_once(data: Path) -> None:
    assert admin().exit_code == 0
    again = admin()
    assert again.exit_code == 1
    assert "already" in again.output
    database = Database.open(f"sqlite:///{data / 'edp.sqlite3'}")
    try:
        (account,) = database.read(store.accounts)
    finally:
        database.close()
    assert account.is_admin
    assert account.password_hash.startswith("$argon2id$")


@pytest.mark.parametrize(
    ("terminal", "option", "language"),
    [
        ("es_PE.UTF-8", [], "es"),
        ("fr_FR.UTF-8", [], "en"),
        ("C", [], "en"),
        ("es_PE", ["--language", "pt"], "pt"),
    ],
)
def test_an_account_speaks_the_language_of_the_terminal_or_the_one_that_is_asked_for(
    data: Path, monkeypatch: pytest.MonkeyPatch, terminal: str, option: list[str], language: str
) -> None:
    monkeypatch.setenv("LC_ALL", terminal)
    made = ["create-admin", "--login", "ana", "--name", "Ana", "--password-stdin", *option]
    assert run(*made, given="correct horse battery\n").exit_code == 0
    database = Database.open(f"sqlite:///{data / 'edp.sqlite3'}")
    try:
        (account,) = database.read(store.accounts)
    finally:
        database.close()
    assert account.language == language


def test_a_short_pass_phrase_is_refused() -> None:
    assert admin("short\n").exit_code == 1


def test_a_workshop_is_made_from_a_file(data: Path) -> None:
    admin()
    answer = run("new", str(SHORT), "--owner", "ana")
    assert answer.exit_code == 0, answer.output
    code = answer.output.split()[1]
    assert f"http://127.0.0.1:8000/j/{code}" in answer.output
    database = Database.open(f"sqlite:///{data / 'edp.sqlite3'}")
    try:
        assert database.read(store.workshop_by_code, code) is not None
    finally:
        database.close()


def test_a_workshop_needs_an_owner_that_there_is() -> None:
    admin()
    answer = run("new", str(SHORT), "--owner", "nobody")
    assert answer.exit_code == 1
    assert "There is no account “nobody”" in answer.output


def test_the_tables_can_be_made_and_made_again() -> None:
    assert run("db", "upgrade").exit_code == 0
    assert run("db", "upgrade").exit_code == 0


def test_the_doctor_finds_a_key_that_others_can_read_and_a_database_that_is_none(data: Path) -> None:
    run("db", "upgrade")
    settings = from_environment()
    good = {finding.text for finding in examine(settings) if finding.good}
    assert any(text.startswith("Secret key in") for text in good)
    assert any(text.startswith("Database") for text in good)
    (data / "secret.key").chmod(0o644)
    (data / "edp.sqlite3").unlink()
    (data / "edp.sqlite3").write_bytes(b"this is no database, whatever its name says" * 100)
    bad = [finding.text for finding in examine(settings) if not finding.good]
    assert any("chmod 600" in text for text in bad)
    assert any("edp.sqlite3" in text for text in bad)
    assert run("doctor").exit_code == 1
    command = [sys.executable, "-m", "edp_app.cli", "db", "upgrade"]
    root = Path(__file__).resolve().parents[2]
    said = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert said.returncode == 1
    assert said.stderr.startswith("edp: The database cannot be used: file is not a database.")


def _serve(port: int, data: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "edp_app.cli", "serve", "--port", str(port)]
    environment = {**os.environ, "EDP_DATA": str(data), "PYTHONUNBUFFERED": "1"}
    root = Path(__file__).resolve().parents[2]
    return subprocess.Popen(
        command, cwd=root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def _until_it_answers(port: int) -> None:
    end = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
                assert answer.read() == b"ok\n"
                return
        except OSError:
            assert time.monotonic() < end, "the server does not answer"
            time.sleep(0.05)


@pytest.mark.live
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_server_starts_prints_its_links_and_stops_when_told(data: Path, how: signal.Signals) -> None:
    port = free_port()
    with _serve(port, data) as server:
        try:
            _until_it_answers(port)
            second = _serve(free_port(), data)
            said, _ = second.communicate(timeout=120)
            assert second.returncode == 1
            assert "in use by another server" in said
            # Beside a running server, workshops can be made and are there at once.
            admin()
            code = run("new", str(SHORT), "--owner", "ana").output.split()[1]
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/j/{code}", timeout=30) as page:
                assert page.status == 200
        finally:
            server.send_signal(how)
            said, _ = server.communicate(timeout=120)
    assert server.returncode == 0, said
    assert f"http://127.0.0.1:{port}/first/" in said
    assert "Traceback" not in said
    with ServerLock(data / "edp.sqlite3"):
        pass  # it has let go of the database


@pytest.mark.live
def test_a_port_that_is_taken_is_said(data: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        server = _serve(taken.getsockname()[1], data)
        said, _ = server.communicate(timeout=120)
    assert server.returncode == 1
    assert "cannot be used" in said
    assert "still runs in another terminal: end it there with Ctrl-C" in said
    assert "--port" in said
    assert "Traceback" not in said
