"""What the command line changes beside a running server: erased, archived and deleted workshops."""

from collections.abc import Iterator
from pathlib import Path

import gevent
import pytest
from sqlalchemy.orm import Session

from edp_app.core.commands import AddItem, OpenStage, SetTimer
from edp_app.core.erasing import holding
from edp_app.keeping import DAY_MS, delete_overdue, remove_reports
from edp_app.log import store
from edp_app.log.database import Database
from edp_app.rooms import registry
from tests.support.definitions import short
from tests.support.memory import START
from tests.support.workshops import StoredWorkshop, open_database, person

SECRET = "The mayor keeps the water for himself"


@pytest.fixture
def elsewhere(workshop: StoredWorkshop) -> Iterator[Database]:
    """The same database as another process has it."""
    database = open_database(workshop.where)
    yield database
    database.close()


def write(workshop: StoredWorkshop) -> None:
    people = workshop.people(3)
    workshop.must(OpenStage(stage="swot"))
    workshop.must(AddItem(run="swot.1", column="w", title=SECRET), people[0])


def erase(database: Database, workshop: StoredWorkshop) -> None:
    def work(session: Session) -> None:
        seqs = holding(store.log_of(session, workshop.id), person=person(0))
        store.erase_events(session, workshop.id, seqs)
        store.erase_person(session, workshop.id, person(0))

    database.call(work)


class TestErased:
    def test_a_running_server_lets_go_of_the_words(
        self, workshop: StoredWorkshop, elsewhere: Database
    ) -> None:
        write(workshop)
        heard: list[int] = []
        workshop.room.listeners.append(lambda _room, recorded: heard.append(len(recorded)))
        epoch = workshop.room.epoch
        erase(elsewhere, workshop)
        assert SECRET in str(workshop.views())
        workshop.rooms.notice()
        assert SECRET not in str(workshop.views())
        assert heard == [0]
        assert workshop.room.epoch != epoch
        workshop.rooms.notice()
        workshop.room.when_settled()
        assert heard == [0]

    def test_the_next_command_is_decided_without_them(
        self, workshop: StoredWorkshop, elsewhere: Database
    ) -> None:
        write(workshop)
        erase(elsewhere, workshop)
        outcome = workshop.do(AddItem(run="swot.1", column="w", title="After"), person(1))
        assert outcome.ok
        assert SECRET not in str(workshop.views())
        assert [item.n for item in workshop.room.state.items.values()] == [1, 2]
        assert elsewhere.read(store.verify, workshop.id).ok

    def test_it_notices_by_itself(
        self, workshop: StoredWorkshop, elsewhere: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(registry, "NOTICE_SECONDS", 0.02)
        write(workshop)
        workshop.rooms.start()
        erase(elsewhere, workshop)
        with gevent.Timeout(30):
            while SECRET in str(workshop.views()):
                gevent.sleep(0.01)


class TestArchived:
    def test_its_code_finds_nothing_until_it_is_brought_back(
        self, workshop: StoredWorkshop, elsewhere: Database
    ) -> None:
        room = workshop.room
        elsewhere.call(store.archive_workshop, workshop.id, 1)
        workshop.rooms.notice()
        assert workshop.rooms.by_code(workshop.code) is None
        elsewhere.call(store.unarchive_workshop, workshop.id)
        workshop.rooms.notice()
        assert workshop.rooms.by_code(workshop.code) is room


class TestDeleted:
    def test_nothing_is_stored_for_it_any_more(self, workshop: StoredWorkshop, elsewhere: Database) -> None:
        write(workshop)
        room = workshop.room
        elsewhere.call(store.delete_workshop, workshop.id)
        refused = workshop.do(AddItem(run="swot.1", column="w", title="After"), person(1))
        assert refused.refusal is not None
        assert refused.refusal.code == "try_again"
        assert room.gone
        room.when_settled()
        assert workshop.log() == []
        assert elsewhere.call(store.rebuild_missing) == []

    def test_the_server_lets_it_go(self, workshop: StoredWorkshop, elsewhere: Database) -> None:
        write(workshop)
        workshop.must(SetTimer(run="swot.1", seconds=60, close=True))
        room = workshop.room
        elsewhere.call(store.delete_workshop, workshop.id)
        workshop.rooms.notice()
        assert room.archived
        assert workshop.rooms.loaded() == []
        assert workshop.rooms.by_code(workshop.code) is None
        assert not workshop.rooms._timers.waits_for(room)

    def test_nothing_of_it_is_left(self, workshop: StoredWorkshop, elsewhere: Database) -> None:
        write(workshop)
        other = elsewhere.call(store.create_workshop, short(), workshop.account.id, START)
        elsewhere.call(store.delete_workshop, workshop.id)
        assert elsewhere.checkpoint()
        assert not workshop.is_anywhere(SECRET)
        assert not workshop.is_anywhere(workshop.id)
        assert elsewhere.read(store.verify, other.id).ok


class TestRetention:
    def test_what_ended_longer_ago_is_deleted_whole(self, workshop: StoredWorkshop, tmp_path: Path) -> None:
        database, start = workshop.database, workshop.clock.now

        def made(last: float, ended: float | None = None) -> str:
            row = database.call(store.create_workshop, short(), workshop.account.id, START)
            at = None if ended is None else start + int(ended * DAY_MS)
            database.call(store.note_progress, row.id, start + int(last * DAY_MS), at)
            return row.id

        ended_early, ended_late = made(9, ended=0), made(20, ended=20)
        used_early, used_late = made(0), made(20)
        folder = tmp_path / "reports" / ended_early
        folder.mkdir(parents=True)
        (folder / "report-1.pdf").write_bytes(b"x")

        def left() -> set[str]:
            rows = (database.read(store.workshop_by_id, one) for one in made_here)
            return {row.id for row in rows if row is not None}

        made_here = (ended_early, ended_late, used_early, used_late)
        assert delete_overdue(database, tmp_path, 0, start + 9999 * DAY_MS) == []
        assert delete_overdue(database, tmp_path, 30, start + 30 * DAY_MS) == []
        gone = delete_overdue(database, tmp_path, 30, start + 30 * DAY_MS + 1)
        assert {ended_early, used_early} <= set(gone)
        assert left() == {ended_late, used_late}
        assert not folder.exists()
        assert not any(row[0] in gone for row in workshop.log())
        delete_overdue(database, tmp_path, 30, start + 50 * DAY_MS + 1)
        assert left() == set()


def test_reports_are_removed_also_those_under_way(tmp_path: Path) -> None:
    folder = tmp_path / "reports" / "abc"
    folder.mkdir(parents=True)
    for name in ("report-1.pdf", "2.part", ".2.part.77"):
        (folder / name).write_bytes(b"x")
    assert remove_reports(tmp_path, "abc") == 1
    assert list((tmp_path / "reports").iterdir()) == []
    assert remove_reports(tmp_path, "abc") == 0
    assert remove_reports(tmp_path / "nowhere", "abc") == 0
