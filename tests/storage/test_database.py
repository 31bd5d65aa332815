"""The database thread: who waits, who does not, and what becomes of a transaction."""

import threading
import time
from typing import NoReturn

import gevent
import pytest
from sqlalchemy.orm import Session

from edp_app.log import database as module
from edp_app.log import store
from edp_app.log.database import Database, DatabaseClosedError
from edp_app.log.models import Setting


def name_of_thread(_session: Session) -> str:
    return threading.current_thread().name


def put(session: Session, key: str, value: str = "x") -> None:
    session.add(Setting(key=key, value=value))


def slow(_session: Session, seconds: float) -> None:
    time.sleep(seconds)


def put_and_raise(session: Session, key: str) -> NoReturn:
    put(session, key)
    session.flush()
    raise KeyError(key)


def keys(database: Database) -> set[str]:
    return set(database.read(lambda session: [row.key for row in session.query(Setting)]))


def test_work_is_done_in_one_thread_from_wherever_it_is_asked(database: Database) -> None:
    found: list[str] = [database.call(name_of_thread)]
    thread = threading.Thread(target=lambda: found.append(database.read(name_of_thread)))
    thread.start()
    thread.join()
    greenlet = gevent.spawn(database.call, name_of_thread)
    greenlet.join()
    pool = gevent.get_hub().threadpool.apply(database.call, (name_of_thread,))
    assert {*found, greenlet.value, pool} == {"edp-database"}


def test_the_loop_goes_on_while_the_thread_works(database: Database) -> None:
    database.call(put, "a")
    enough = threading.Event()

    def tick() -> None:
        for _ in range(20):
            gevent.sleep(0.005)
        enough.set()

    ticker = gevent.spawn(tick)
    assert database.call(lambda _: enough.wait(30)), "the thread waited in vain for turns of the loop"
    ticker.join()


def test_what_raises_is_raised_in_the_caller_and_undone(database: Database) -> None:
    with pytest.raises(KeyError):
        database.call(put_and_raise, "a")
    database.call(put, "b")
    assert keys(database) == {"b"}


def test_reading_keeps_nothing(database: Database) -> None:
    database.read(put, "a")
    assert keys(database) == set()


def test_objects_may_be_read_after_their_transaction(database: Database) -> None:
    made = database.call(store.create_account, login="Ana", name="Ana", password_hash="-", now=1)
    found = database.read(store.account_by_id, made.id)
    assert found is not None
    assert (made.login, found.login, found.is_admin, found.language) == ("ana", "ana", False, "en")


def test_a_caller_that_gives_up_disturbs_nobody(database: Database) -> None:
    greenlet = gevent.spawn(database.call, put, "a")
    waiting = gevent.spawn(database.call, slow, 0.05)
    gevent.sleep(0)
    greenlet.kill()
    waiting.get()
    assert keys(database) == {"a"}  # asked is asked


class TestTransactions:
    def test_steps_are_one_transaction(self, database: Database) -> None:
        with database.transaction() as transaction:
            transaction.run(put, "a")
            other = gevent.spawn(keys, database)
            gevent.sleep(0.02)
            assert not other.ready()  # the thread does nothing else meanwhile
            transaction.commit(put, "b")
        assert other.get() == {"a", "b"}

    def test_leaving_without_committing_undoes(self, database: Database) -> None:
        with database.transaction() as transaction:
            transaction.run(put, "a")
        assert keys(database) == set()
        transaction.rollback()
        with pytest.raises(RuntimeError, match="over"):
            transaction.run(put, "b")

    def test_a_step_that_raises_ends_it(self, database: Database) -> None:
        with database.transaction() as transaction:
            transaction.run(put, "a")
            with pytest.raises(KeyError):
                transaction.run(put_and_raise, "b")
            with pytest.raises(RuntimeError, match="over"):
                transaction.commit(put, "c")
        assert keys(database) == set()

    def test_a_killed_greenlet_leaves_no_transaction(self, database: Database) -> None:
        def hold() -> None:
            with database.transaction() as transaction:
                transaction.run(put, "a")
                gevent.sleep(60)

        greenlet = gevent.spawn(hold)
        gevent.sleep(0.05)
        greenlet.kill()
        assert keys(database) == set()

    def test_one_that_is_held_too_long_is_rolled_back(
        self, database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(module, "STEP_SECONDS", 0.05)
        with database.transaction() as transaction:
            transaction.run(put, "a")
            gevent.sleep(0.2)
            with pytest.raises(TimeoutError):
                transaction.commit(put, "b")
        assert keys(database) == set()

    def test_nothing_asked_is_nothing_begun(self, database: Database) -> None:
        with database.transaction():
            pass
        database.call(put, "a")


def test_the_thread_cannot_wait_for_itself(database: Database) -> None:
    with pytest.raises(RuntimeError, match="itself"):
        database.call(lambda _session: database.read(store.any_account))


def test_after_closing_nothing_is_done(database: Database) -> None:
    waiting = [gevent.spawn(database.call, put, str(n)) for n in range(20)]
    gevent.sleep(0)
    database.close()
    gevent.joinall(waiting, raise_error=True)  # what had been asked was done
    with pytest.raises(DatabaseClosedError):
        database.call(put, "a")
    database.close()


def test_a_broken_connection_is_replaced(database: Database) -> None:
    def break_it(session: Session) -> None:
        put(session, "lost")
        session.flush()
        session.connection().connection.driver_connection.close()

    with pytest.raises(Exception, match="closed"):
        database.call(break_it)
    database.call(put, "a")
    assert keys(database) == {"a"}
