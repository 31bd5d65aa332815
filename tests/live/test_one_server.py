"""One server for one SQLite file, by whatever name somebody comes to it: real processes, started as operators
start them."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from edp_app.log import store
from edp_app.rehearsal.own_server import free_port
from tests.support.server import LiveServer


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    with LiveServer(tmp_path_factory.mktemp("data")) as server:
        server.account("ana")
        yield server


@pytest.fixture
def backup(running: LiveServer, tmp_path: Path) -> Path:
    file = tmp_path / "it.edp-backup"
    status, said = edp(running.data, "backup", str(file))
    assert status == 0, said
    return file


def edp(data: Path, *words: str) -> tuple[int, str]:
    """The status of a command of this installation, and what it said."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("EDP_")}
    done = subprocess.run(
        [sys.executable, "-m", "edp_app.cli", *words],
        env={**environ, "EDP_DATA": str(data), "EDP_PORT": str(free_port()), "EDP_SECRET_KEY": "k" * 40},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout


def of_the_folder(file: Path, other: Path) -> None:
    other.parent.rmdir()
    other.parent.symlink_to(file.parent)


LINKS = [
    pytest.param(lambda file, other: other.symlink_to(file), "in use by another server", id="symbolic"),
    pytest.param(of_the_folder, "in use by another server", id="symbolic-folder"),
    pytest.param(lambda file, other: other.hardlink_to(file), "has a second name (a hard link)", id="hard"),
]


@pytest.mark.parametrize(("link", "said"), LINKS)
def test_no_second_server_and_no_restore_through_a_link(
    running: LiveServer, backup: Path, tmp_path: Path, link: object, said: str
) -> None:
    other = tmp_path / "other" / "edp.sqlite3"
    other.parent.mkdir()
    assert callable(link)
    link(running.data / "edp.sqlite3", other)
    try:
        status, heard = edp(other.parent, "serve")
        assert (status, said in heard) == (1, True), heard
        assert "Traceback" not in heard
        status, heard = edp(other.parent, "restore", "--force", str(backup))
        assert status == 1
        assert any(words in heard for words in (said, "A server is running on this installation.")), heard
        assert "Traceback" not in heard
        assert "Restored" not in heard
    finally:
        if other.stat().st_nlink > 1:
            other.unlink()
    assert running.database.read(store.account_by_login, "ana"), "nothing was put in place of it"
