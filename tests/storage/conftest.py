"""Databases in real files."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from edp_app.log.database import Database
from tests.support.definitions import short
from tests.support.workshops import StoredWorkshop, open_database


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "edp.db"


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    database = open_database(path)
    yield database
    database.close()


@pytest.fixture
def workshop(path: Path) -> Iterator[StoredWorkshop]:
    workshop = StoredWorkshop(path, short())
    yield workshop
    workshop.close()
