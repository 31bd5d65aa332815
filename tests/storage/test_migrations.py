"""The tables: migrations against models, older and newer databases, tables that somebody dropped."""

import contextlib
import itertools
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from edp_app.log import store
from edp_app.log.database import Database
from edp_app.log.engine import UnusableDatabaseError, database_url, make_engine
from edp_app.log.models import DERIVED, Base
from edp_app.log.upgrade import is_current, upgrade


@pytest.fixture(params=["sqlite", "postgresql"])
def new_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], sa.Engine]]:
    """Makes engines of empty databases."""
    with contextlib.ExitStack() as stack:
        numbers = itertools.count()

        def make() -> sa.Engine:
            if request.param == "sqlite":
                url = database_url(tmp_path / f"{next(numbers)}.db")
            else:
                url = stack.enter_context(request.getfixturevalue("postgres").database(empty=True))
            engine = make_engine(url)
            stack.callback(engine.dispose)
            return engine

        yield make


@pytest.fixture
def engine(new_engine: Callable[[], sa.Engine]) -> sa.Engine:
    return new_engine()


def statements(engine: sa.Engine) -> dict[str, list[str]]:
    """What the database says of every table and index, without regard to the order of columns and
    constraints."""
    if engine.dialect.name == "sqlite":
        query = "SELECT name, sql FROM sqlite_master WHERE tbl_name <> 'alembic_version'"
    else:
        query = """
            SELECT table_name, concat_ws(' ', column_name, data_type, character_maximum_length, is_nullable)
            FROM information_schema.columns WHERE table_schema = 'public'
            UNION ALL SELECT conrelid::regclass::text, concat_ws(' ', conname, pg_get_constraintdef(oid))
            FROM pg_constraint WHERE connamespace = 'public'::regnamespace
            UNION ALL SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'"""
    found: dict[str, list[str]] = {}
    with engine.connect() as connection:
        for name, said in connection.exec_driver_sql(query):
            if name != "alembic_version":
                found.setdefault(name, []).extend(re.split(r"[\s,]*[\n\t,]\s*", said or ""))
    return {name: sorted(lines) for name, lines in found.items()}


def test_the_migrations_make_the_tables_that_the_models_describe(
    new_engine: Callable[[], sa.Engine],
) -> None:
    migrated, modelled = new_engine(), new_engine()
    upgrade(migrated)
    Base.metadata.create_all(modelled)
    assert len(statements(migrated)) > 8
    assert statements(migrated) == statements(modelled)
    with migrated.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_of_several_at_once_one_upgrades_and_the_others_wait(engine: sa.Engine) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(upgrade, [make_engine(engine.url) for _ in range(4)]))
    with engine.connect() as connection:
        assert is_current(connection)


def test_a_second_upgrade_changes_nothing(engine: sa.Engine) -> None:
    upgrade(engine)
    before = statements(engine)
    upgrade(engine)
    assert statements(engine) == before
    with engine.connect() as connection:
        assert is_current(connection)


def test_the_database_of_a_newer_version_is_left_alone(engine: sa.Engine) -> None:
    upgrade(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(UnusableDatabaseError, match=r"newer version .* 9999"):
        upgrade(engine)


def test_a_database_of_unknown_origin_is_left_alone(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE event (id INTEGER)")
    with pytest.raises(UnusableDatabaseError, match="not made by this program"):
        upgrade(engine)
    assert "workshop" not in statements(engine)


def test_a_failed_upgrade_leaves_nothing_half_made(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        # It stands in the way of the last table.
        connection.exec_driver_sql("CREATE TABLE workshop_access (id INTEGER)")
    with pytest.raises(sa.exc.DBAPIError):
        upgrade(engine)
    assert set(statements(engine)) == {"workshop_access"}


def test_dropped_tables_that_follow_from_the_log_come_back(database: Database) -> None:
    with database.engine.begin() as connection:
        for table in ("workshop_access", *DERIVED):
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS {table}")
    upgrade(database.engine)
    assert database.call(store.instance_epoch)
    assert database.read(store.workshop_by_code, "123456") is None
