"""Formats that accounts saved: kept, named once, replaced on purpose, bounded, carried by backups."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from edp_app.access import own_format, usable_format
from edp_app.core.formats import LARGEST
from edp_app.log import backup, portable, store
from edp_app.log.database import Database
from edp_app.log.engine import make_engine
from edp_app.log.forward import to_revision
from edp_app.log.store import formats
from edp_app.log.upgrade import upgrade
from tests.storage.test_store import account
from tests.support.workshops import open_database

NOW = 1_790_000_000_000


def save(database: Database, account_id: str, name: str, **other: object) -> str:
    """Keep a format, private and with a short text unless the test says otherwise."""
    values = {"text": "format = 1\n", "shared": False, "now": NOW, **other}
    return database.call(store.save_format, account_id, name=name, **values)


def names(rows: list[store.SavedFormat]) -> list[str]:
    return [row.name for row in rows]


def test_one_sees_ones_own_and_what_others_share(database: Database) -> None:
    ana, bea = account(database, "ana").id, account(database, "bea").id
    kept = {name: save(database, ana, name) for name in ("water", "Árbol")}
    shared = [save(database, ana, f"For all {n}", shared=True, now=NOW + n) for n in (1, 3, 2)]
    assert names(database.read(store.formats_of, ana)) == [
        "Árbol",
        "For all 1",
        "For all 2",
        "For all 3",
        "water",
    ]
    seen = database.read(store.formats_of_others, bea)
    assert names(seen) == ["For all 3", "For all 2", "For all 1"]
    assert (seen[0].by, seen[0].saved_at, seen[0].text) == ("Ana", NOW + 3, "format = 1\n")
    assert database.read(store.formats_of_others, ana) == []
    assert database.read(usable_format, ana, kept["water"]) == database.read(own_format, ana, kept["water"])
    assert database.read(usable_format, bea, kept["water"]) is None
    assert database.read(usable_format, bea, shared[0]).name == "For all 1"
    assert database.read(own_format, bea, shared[0]) is None
    for nobody in (None, "nobody"):
        assert database.read(usable_format, nobody, shared[0]) is None
    assert database.read(usable_format, bea, "no such id") is None
    database.call(store.set_account, ana, active=False)
    assert database.read(own_format, ana, kept["water"]) is None
    assert database.read(usable_format, bea, shared[0]) is not None, "what was given to all stays given"


def test_a_name_is_one_however_it_is_written_and_replaced_on_purpose(database: Database) -> None:
    ana, bea = account(database, "ana").id, account(database, "bea").id
    first = save(database, ana, "Région")
    with pytest.raises(store.FormatNameTakenError) as taken:
        save(database, ana, "REGION", text="another")
    assert taken.value.format_id == first
    assert save(database, bea, "Région") != first
    assert save(database, ana, "Region", text="another", shared=True, now=NOW + 9, replace=True) == first
    (row,) = database.read(store.formats_of, ana)
    assert row == store.SavedFormat(first, ana, "Ana", "Region", "another", True, NOW + 9)
    second = save(database, ana, "Second")
    with pytest.raises(store.FormatNameTakenError):
        database.call(store.change_format, second, name="région", shared=False)
    assert database.call(store.change_format, first, name="Región", shared=False)
    (row, _) = database.read(store.formats_of, ana)
    assert (row.name, row.shared, row.saved_at) == ("Región", False, NOW + 9)
    database.call(store.delete_format, first)
    database.call(store.delete_format, first)
    assert names(database.read(store.formats_of, ana)) == ["Second"]
    assert not database.call(store.change_format, first, name="Gone", shared=False)


def test_number_and_size_are_bounded(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    ana, bea = account(database, "ana").id, account(database, "bea").id
    monkeypatch.setattr(formats, "MOST_FORMATS", 3)
    for n in range(3):
        save(database, ana, f"f{n}", shared=True)
    with pytest.raises(store.TooManyFormatsError):
        save(database, ana, "one more")
    save(database, ana, "f1", text="in its place", replace=True)
    save(database, bea, "everybody has their own number", text="x" * LARGEST)
    monkeypatch.setattr(formats, "MOST_OF_OTHERS", 2)
    assert len(database.read(store.formats_of_others, bea)) == 2
    for wrong in ({"text": "x" * (LARGEST + 1)}, {"text": ""}, {"name": ""}):
        with pytest.raises(sa.exc.DatabaseError):
            save(database, bea, **{"name": "no", **wrong})
    with pytest.raises(sa.exc.DatabaseError):
        save(database, "nobody", "an account that is not there")


def test_a_backup_brings_them_back(database: Database, tmp_path: Path) -> None:
    ana = account(database, "ana").id
    text = 'format = 1\ntitle = "Ñandú \U0001f33f"\n' + "# " + "x" * 60_000
    save(database, ana, "Mine", text=text)
    save(database, ana, "Everybody’s", shared=True)
    before = database.read(store.formats_of, ana)
    made = backup.make(database.engine, tmp_path / "it.backup", NOW, "1.0")
    assert made.manifest.rows("own_format") == 2
    there = open_database(tmp_path / "there.db")
    with portable.opened(tmp_path / "it.backup", tmp_path) as found:
        backup.restore(there.engine, found)
    assert there.read(store.formats_of, ana) == before
    assert isinstance(there.read(store.formats_of, ana)[0].shared, bool)
    there.close()
    with portable.opened(tmp_path / "it.backup", tmp_path) as found:
        backup.restore(database.engine, found, replace=True)
    assert database.read(store.formats_of, ana) == before


def test_a_database_from_before_there_were_any_takes_them(where: Path | str) -> None:
    url = where if isinstance(where, str) else f"sqlite:///{where}"
    engine = make_engine(url)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        if isinstance(where, str):  # the database of a test has this version's tables already
            connection.exec_driver_sql("DROP TABLE own_format")
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0004'")
        else:
            to_revision(connection, "0004")
        assert "own_format" not in sa.inspect(connection).get_table_names()
    upgrade(engine)
    engine.dispose()
    database = open_database(where)
    ana = account(database, "ana").id
    save(database, ana, "The first")
    assert names(database.read(store.formats_of, ana)) == ["The first"]
    database.close()
