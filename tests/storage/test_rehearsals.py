"""The copy of a workshop that is rehearsed with, on both databases."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from edp_app.keeping import DAY_MS, delete_overdue, throw_old_rehearsals_away
from edp_app.log import backup, portable, store
from edp_app.log.database import Database
from edp_app.log.models import Event, PersonName, Workshop
from tests.support.definitions import short
from tests.support.workshops import StoredWorkshop

NOW = 1_800_000_000_000


def whole(database: Database, workshop_id: str) -> list[store.StoredEvent]:
    return database.read(store.events_after, workshop_id)


@pytest.fixture
def real(workshop: StoredWorkshop) -> StoredWorkshop:
    return workshop


def begun(real: StoredWorkshop) -> Workshop:
    made, is_new = real.database.call(store.begin_rehearsal, real.id, NOW)
    assert is_new
    return made


def test_it_is_the_same_workshop_under_a_code_of_its_own(real: StoredWorkshop) -> None:
    before = whole(real.database, real.id)
    other = real.database.call(
        store.create_account, login="bea", name="Bea", password_hash="x", now=NOW, language="es"
    )
    real.database.call(store.grant_access, real.id, other.id)
    copy = begun(real)
    row = real.database.read(store.workshop_by_id, real.id)
    assert copy.rehearsal_of == real.id
    assert copy.code != row.code
    read = real.database.read
    assert read(store.definition_of, copy.id) == read(store.definition_of, real.id)
    assert read(store.access_role, copy, other) == "facilitator"
    assert read(store.workshop_by_code, copy.code).id == copy.id
    assert whole(real.database, real.id) == before, "the workshop itself is not touched"


def test_there_is_one_at_a_time_and_none_of_itself(real: StoredWorkshop) -> None:
    copy = begun(real)
    again, is_new = real.database.call(store.begin_rehearsal, real.id, NOW + 1)
    assert (again.id, is_new) == (copy.id, False)
    with pytest.raises(LookupError):
        real.database.call(store.begin_rehearsal, copy.id, NOW)


def test_starting_over_leaves_the_code_and_nothing_else(real: StoredWorkshop) -> None:
    before = whole(real.database, real.id)
    copy = begun(real)
    real.database.call(store.set_name, copy.id, "p:ana", "Ana", "Sala")
    fresh = real.database.call(store.rehearse_again, copy.id, NOW + 5)
    assert fresh is not None
    assert (fresh.code, fresh.epoch, fresh.rehearsal_of) == (copy.code, copy.epoch, real.id)
    assert fresh.id != copy.id
    with real.database.engine.connect() as connection:
        for table in (Event, PersonName):
            left = sa.select(sa.func.count()).select_from(table).where(table.workshop_id == copy.id)
            assert connection.scalar(left) == 0
    assert real.database.call(store.rehearse_again, copy.id, NOW + 6) is None, "somebody else was first"
    assert real.database.call(store.rehearse_again, real.id, NOW + 6) is None, "never the workshop itself"
    assert whole(real.database, real.id) == before


def test_it_stands_in_no_list_and_is_gone_after_a_day(real: StoredWorkshop, tmp_path: Path) -> None:
    copy = begun(real)
    owner = real.database.read(store.workshop_by_id, real.id).owner_id
    assert [row.id for row in real.database.read(store.workshops_of, owner)] == [real.id]
    reports = tmp_path / "reports" / copy.id
    reports.mkdir(parents=True)
    (reports / "report-a.pdf").touch()
    assert throw_old_rehearsals_away(real.database, tmp_path, NOW + DAY_MS) == []
    assert throw_old_rehearsals_away(real.database, tmp_path, NOW + DAY_MS + 1) == [copy.id]
    assert not reports.exists()
    assert real.database.read(store.workshop_by_id, copy.id) is None
    assert real.database.read(store.workshop_by_id, real.id) is not None


def test_a_workshop_past_its_time_takes_it_along_and_not_the_other_way_round(
    real: StoredWorkshop, tmp_path: Path
) -> None:
    copy = begun(real)
    assert real.database.read(store.overdue, NOW * 2) == [real.id]
    assert delete_overdue(real.database, tmp_path, 1, NOW * 2) == [real.id]
    assert real.database.read(store.workshop_by_id, copy.id) is None
    assert whole(real.database, copy.id) == []


def test_an_index_made_anew_knows_what_is_a_rehearsal(real: StoredWorkshop) -> None:
    copy = begun(real)
    with real.database.engine.begin() as connection:
        connection.execute(sa.delete(Workshop).where(Workshop.id == copy.id))
    assert real.database.call(store.rebuild_missing) == [copy.id]
    assert real.database.read(store.rehearsal_of, real.id).id == copy.id


def test_no_backup_holds_it(real: StoredWorkshop, tmp_path: Path) -> None:
    copy = begun(real)
    path = tmp_path / "all.edp-backup"
    backup.make(real.database.engine, path, NOW, "test")
    with portable.opened(path, tmp_path) as kept, kept.session() as session:
        assert store.workshop_by_id(session, real.id) is not None
        assert store.workshop_by_id(session, copy.id) is None
        assert store.events_after(session, copy.id) == []


def test_the_log_itself_says_that_it_is_one(database: Database) -> None:
    account = database.call(
        store.create_account, login="ana", name="Ana", password_hash="x", now=NOW, language="es"
    )
    made = database.call(store.create_workshop, short(), account.id, NOW)
    copy, _ = database.call(store.begin_rehearsal, made.id, NOW)
    events = {one: database.read(store.log_of, one) for one in (made.id, copy.id)}
    said = {one: next(iter(log)).event.rehearsal_of for one, log in events.items()}
    assert said == {made.id: "", copy.id: made.id}
