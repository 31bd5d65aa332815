"""The tables: migrations against models, older and newer databases, tables that somebody dropped."""

import re
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


def statements(engine: sa.Engine) -> dict[str, list[str]]:
    """What SQLite says of every table and index, without regard to the order of columns and constraints."""
    query = "SELECT name, sql FROM sqlite_master WHERE tbl_name <> 'alembic_version'"
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(query)
        return {name: sorted(re.split(r"[\s,]*[\n\t,]\s*", sql or "")) for name, sql in rows}


def test_the_migrations_make_the_tables_that_the_models_describe(path: Path, tmp_path: Path) -> None:
    migrated, modelled = make_engine(database_url(path)), make_engine(database_url(tmp_path / "models.db"))
    upgrade(migrated)
    Base.metadata.create_all(modelled)
    assert statements(migrated) == statements(modelled)
    with migrated.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_a_second_upgrade_changes_nothing(path: Path) -> None:
    engine = make_engine(database_url(path))
    upgrade(engine)
    before = statements(engine)
    upgrade(engine)
    assert statements(engine) == before
    with engine.connect() as connection:
        assert is_current(connection)


def test_the_database_of_a_newer_version_is_left_alone(path: Path) -> None:
    engine = make_engine(database_url(path))
    upgrade(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(UnusableDatabaseError, match=r"newer version .* 9999"):
        upgrade(engine)


def test_a_database_of_unknown_origin_is_left_alone(path: Path) -> None:
    engine = make_engine(database_url(path))
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE event (id INTEGER)")
    with pytest.raises(UnusableDatabaseError, match="not made by this program"):
        upgrade(engine)
    assert "workshop" not in statements(engine)


def test_a_failed_upgrade_leaves_nothing_half_made(path: Path) -> None:
    engine = make_engine(database_url(path))
    with engine.begin() as connection:
        # It stands in the way of the last table.
        connection.exec_driver_sql("CREATE TABLE workshop_access (id INTEGER)")
    with pytest.raises(sa.exc.OperationalError):
        upgrade(engine)
    assert set(statements(engine)) == {"workshop_access"}


def test_dropped_tables_that_follow_from_the_log_come_back(database: Database) -> None:
    with database.engine.begin() as connection:
        for table in ("workshop_access", *DERIVED):
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS {table}")
    upgrade(database.engine)
    assert database.call(store.instance_epoch)
    assert database.read(store.workshop_by_code, "123456") is None
