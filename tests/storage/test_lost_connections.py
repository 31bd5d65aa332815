"""What becomes of what is under way when PostgreSQL is lost, and of what was held on a connection."""

import contextlib
from collections.abc import Callable, Iterator

import gevent
import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from edp_app.core.commands import AddItem, OpenStage
from edp_app.log import database as module
from edp_app.log import store
from edp_app.log.database import Database, DatabaseAwayError
from edp_app.log.engine import make_engine
from edp_app.log.lock import AlreadyInUseError, server_lock
from tests.support.postgres import Postgres
from tests.support.workshops import StoredWorkshop


@pytest.fixture
def where(postgres: Postgres) -> Iterator[str]:
    with postgres.database() as url:
        yield url


def add(title: str) -> AddItem:
    return AddItem(run="swot.1", column="s", title=title)


def until(condition: Callable[[], object]) -> None:
    with gevent.Timeout(30):
        while not condition():
            gevent.sleep(0.01)


class TestLostConnections:
    def put(self, session: Session, key: str) -> None:
        store.set_setting(session, key, "x")

    def test_what_had_only_begun_is_done_again(
        self, database: Database, postgres: Postgres, where: str
    ) -> None:
        database.call(self.put, "a")
        postgres.cut(where)
        assert database.read(store.setting, "a") == "x"
        postgres.cut(where)
        database.call(self.put, "b")
        postgres.cut(where)
        with database.transaction() as transaction:
            transaction.run(self.put, "c")
            transaction.commit(self.put, "d")
        assert [database.read(store.setting, key) for key in "abcd"] == ["x"] * 4

    def test_what_was_further_on_fails(self, database: Database, postgres: Postgres, where: str) -> None:
        with database.transaction() as transaction:
            transaction.run(self.put, "a")
            postgres.cut(where)
            with pytest.raises(OperationalError):
                transaction.commit(self.put, "b")
        assert [database.read(store.setting, key) for key in "ab"] == [None, None]

    @pytest.mark.parametrize("stored", [True, False])
    def test_nobody_is_told_what_is_not_known(
        self,
        workshop: StoredWorkshop,
        postgres: Postgres,
        where: str,
        monkeypatch: pytest.MonkeyPatch,
        stored: bool,
    ) -> None:
        """The connection is lost in the middle of a commit: before it arrived, or before its answer did."""
        people = workshop.people(2)
        workshop.must(OpenStage(stage="swot"))
        real = workshop.database._end

        def end(commit: bool) -> None:
            monkeypatch.undo()
            if stored:
                real(commit)
            postgres.cut(where)
            if not stored:
                real(commit)
            raise OperationalError("COMMIT", None, Exception("server closed the connection unexpectedly"))

        monkeypatch.setattr(workshop.database, "_end", end)
        answer = workshop.do(add("Perhaps"), people[0], op_id="the-one-op")
        assert answer.refusal is not None
        assert answer.refusal.code == "try_again"
        workshop.room.when_settled()
        assert len(workshop.room.state.items) == int(stored)
        assert workshop.do(add("Perhaps"), people[0], op_id="the-one-op").repeated is stored
        assert workshop.do(add("Another"), people[1]).ok
        assert [item.title for item in workshop.room.state.items.values()] == ["Perhaps", "Another"]
        assert workshop.database.read(store.verify, workshop.id).ok

    def test_a_database_that_is_away_is_not_asked_all_the_time(
        self, database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(module, "LONGEST_PAUSE", 0.2)
        there = database.engine
        database.engine = make_engine("postgresql+psycopg://nobody@/nothing?host=/nowhere")
        failures: list[type[Exception]] = []
        for _ in range(20):
            with pytest.raises((OperationalError, DatabaseAwayError)) as caught:
                database.read(store.any_account)
            failures.append(caught.type)
        assert failures[0] is OperationalError
        assert DatabaseAwayError in failures
        database.engine = there

        def is_back() -> bool:
            with contextlib.suppress(DatabaseAwayError):
                return not database.read(store.any_account)
            return False

        until(is_back)


class TestPlaces:
    KEYS = ("one key that is long enough to be one", "another key that is long enough to be one")

    def test_servers_with_one_key_share_a_database(self, where: str) -> None:
        first, second, third = (server_lock(where, key) for key in (self.KEYS[0], *self.KEYS))
        for lock in (first, second):
            lock.acquire()
            lock.acquire()
        with pytest.raises(AlreadyInUseError, match="another secret key"):
            third.acquire()
        first.release()
        with pytest.raises(AlreadyInUseError):
            third.acquire()
        second.release()
        second.release()
        third.acquire()
        third.release()

    def test_a_place_that_was_lost_is_taken_again(self, where: str, postgres: Postgres) -> None:
        first, second = (server_lock(where, key) for key in self.KEYS)
        first.renew()  # it holds none
        second.acquire()
        second.release()
        first.acquire()
        postgres.cut(where)
        first.renew()
        with pytest.raises(AlreadyInUseError):
            second.acquire()
        first.release()
