"""Databases in real files, and the same on a real PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from edp_app.log.database import Database
from tests.support.definitions import short
from tests.support.postgres import Postgres
from tests.support.workshops import StoredWorkshop, open_database


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "edp.db"


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
def database(where: Path | str) -> Iterator[Database]:
    database = open_database(where)
    yield database
    database.close()


@pytest.fixture
def workshop(where: Path | str) -> Iterator[StoredWorkshop]:
    workshop = StoredWorkshop(where, short())
    yield workshop
    workshop.close()
