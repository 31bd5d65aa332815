"""Databases in real files, and the same on a real PostgreSQL."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from edp_app.log.database import Database
from tests.support.definitions import short
from tests.support.postgres import Postgres
from tests.support.workshops import StoredWorkshop, open_database


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "edp.sqlite3"


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, path: Path) -> Iterator[Path | str]:
    """Where the database of a test is: an SQLite file, or a URL. Each test is run with either."""
    if request.param == "sqlite":
        yield path
    else:
        postgres: Postgres = request.getfixturevalue("postgres")
        with postgres.database() as url:
            yield url


@pytest.fixture
def of_commands(where: Path | str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path | str:
    """The same, and every command works on it, whatever the environment says."""
    for name in list(os.environ):
        if name.startswith("EDP_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("EDP_DATA", str(tmp_path))
    if isinstance(where, str):
        monkeypatch.setenv("EDP_DATABASE_URL", where)
    return where


@pytest.fixture
def database(where: Path | str) -> Iterator[Database]:
    database = open_database(where)
    yield database
    database.close()


@pytest.fixture
def workshop(where: Path | str) -> Iterator[StoredWorkshop]:
    workshop = StoredWorkshop(where, short())
    yield workshop
    workshop.close()
