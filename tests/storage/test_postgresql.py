"""What is so on PostgreSQL alone: who waits for whom, what is heard, what becomes of a lost connection."""

import json
import threading
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any

import gevent
import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from edp_app.core.commands import AddItem, Context, Join, OpenStage
from edp_app.core.views import view
from edp_app.log import postgresql, store
from edp_app.log.database import Database
from edp_app.log.engine import UnusableDatabaseError, make_engine
from edp_app.log.store import Counts
from edp_app.log.store.sql import execute
from edp_app.log.upgrade import is_current, upgrade
from edp_app.rooms import Outcome, Room, Rooms
from tests.support.memory import plain
from tests.support.postgres import Postgres
from tests.support.workshops import StoredWorkshop, content, open_database, person


@pytest.fixture
def where(postgres: Postgres) -> Iterator[str]:
    with postgres.database() as url:
        yield url


@pytest.fixture
def elsewhere(workshop: StoredWorkshop) -> Iterator[Database]:
    """The same database as another process has it."""
    database = open_database(workshop.where)
    yield database
    database.close()


@pytest.fixture
def other(workshop: StoredWorkshop, elsewhere: Database) -> Iterator[Room]:
    """The same workshop as another process has it."""
    rooms = Rooms(elsewhere, clock=workshop.clock)
    room = rooms.by_id(workshop.id)
    assert room is not None
    room.rooms = rooms  # type: ignore[attr-defined]
    yield room
    rooms.stop()


def add(title: str) -> AddItem:
    return AddItem(run="swot.1", column="s", title=title)


def submit(room: Room, title: str, actor: str, op_id: str, now: int) -> Outcome:
    return room.submit(add(title), Context(actor, "participant", now, op_id), content(add(title)))


def until(condition: Callable[[], object]) -> None:
    with gevent.Timeout(30):
        while not condition():
            gevent.sleep(0.01)


class TestTwoWriters:
    def test_each_decides_on_what_the_other_did(self, workshop: StoredWorkshop, other: Room) -> None:
        people = workshop.people(10)
        workshop.must(OpenStage(stage="swot"))
        rooms = (workshop.room, other)
        asked = [
            gevent.spawn(
                submit, rooms[n % 2], f"Item {n}", people[n % 10], f"op-of-{n:04}", workshop.clock.now
            )
            for n in range(150)
        ]
        gevent.joinall(asked, raise_error=True)
        assert all(asked_one.value.ok for asked_one in asked)
        assert sorted(asked_one.value.first for asked_one in asked) == list(range(23, 173))
        assert workshop.database.read(store.verify, workshop.id).ok
        for room in rooms:
            room.when_settled()
        behind = min(rooms, key=lambda room: room.state.seq)
        # whatever is asked there, it reads first what is new
        assert submit(behind, "Item 0", people[0], "op-of-0000", workshop.clock.now).repeated
        until(lambda: behind.state.seq == 172)
        assert plain(view(rooms[0].state, "console")) == plain(view(rooms[1].state, "console"))

    def test_the_same_operation_counts_once(self, workshop: StoredWorkshop, other: Room) -> None:
        (ana,) = workshop.people(1)
        workshop.must(OpenStage(stage="swot"))
        for n in range(10):
            asked = [
                gevent.spawn(submit, room, "Once", ana, f"the-one-{n:04}", workshop.clock.now)
                for room in (workshop.room, other)
            ]
            gevent.joinall(asked, raise_error=True)
            first, second = (asked_one.value for asked_one in asked)
            assert (first.ok, first.first, first.repeated) == (True, second.first, not second.repeated)

    def test_whoever_does_not_get_the_lock_is_told_to_try_again(
        self, workshop: StoredWorkshop, elsewhere: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(postgresql, "WAIT_MS", 100)
        workshop.restart()
        (ana,) = workshop.people(1)
        workshop.must(OpenStage(stage="swot"))
        before = workshop.views()
        with elsewhere.transaction() as transaction:
            transaction.run(store.lock_workshops, [workshop.id])
            refused = workshop.do(add("Later"), ana, op_id="the-one-op")
            assert refused.refusal is not None
            assert refused.refusal.code == "try_again"
            assert workshop.views() == before
        assert workshop.do(add("Later"), ana, op_id="the-one-op").ok

    def test_a_process_that_was_stopped_in_the_middle_is_put_out(
        self, workshop: StoredWorkshop, where: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (ana,) = workshop.people(1)
        workshop.must(OpenStage(stage="swot"))
        monkeypatch.setattr(postgresql, "STALL_MS", 100)
        stopped = open_database(where)
        with stopped.transaction() as transaction:
            transaction.run(store.lock_workshops, [workshop.id])
            assert workshop.do(add("Now"), ana).ok
            with pytest.raises(DBAPIError):
                transaction.commit(store.note_progress, workshop.id, 1, None)
        stopped.close()

    def test_writers_of_other_things_are_alone(self, workshop: StoredWorkshop, elsewhere: Database) -> None:
        """Each reads, then writes what follows from it."""
        workshop.database.call(store.set_setting, "count", "0")

        def count(session: Session) -> None:
            store.set_setting(session, "count", str(int(store.setting(session, "count") or 0) + 1))

        def many(database: Database) -> None:
            for _ in range(50):
                database.call(count)

        threads = [threading.Thread(target=many, args=(one,)) for one in (workshop.database, elsewhere)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert elsewhere.read(store.setting, "count") == "100"


def test_a_reader_sees_one_state_of_everything(workshop: StoredWorkshop, elsewhere: Database) -> None:
    def read(session: Session) -> list[int]:
        found = [store.head(session, workshop.id).seq]
        event = store.sealed(
            workshop.id, store.recorded(first).event, previous="0" * 64, seq=2, at=2, actor="a", op_id="x"
        )
        elsewhere.call(store.append_events, [event])
        return [*found, store.head(session, workshop.id).seq]

    (first,) = workshop.database.read(store.events_after, workshop.id)
    assert workshop.database.read(read) == [1, 1]
    assert workshop.database.read(store.head, workshop.id).seq == 2


def test_error_messages_do_not_hold_what_was_to_be_stored(database: Database) -> None:
    def fail(session: Session) -> None:
        store.set_name(session, "w", "p:1", "Aureliano Buendía", "Macondo")
        session.flush()
        execute(session, "INSERT INTO person_name VALUES (?, ?, ?, ?)", ("w", "p:1", "Aureliano", ""))

    with pytest.raises(sa.exc.IntegrityError, match="duplicate key") as caught:
        database.call(fail)
    assert "Aureliano" not in str(caught.value)
    assert "p:1" not in str(caught.value)
    assert "p:1" not in str(caught.value.orig)


def test_tables_that_another_process_makes_between_two_looks_are_ours(postgres: Postgres) -> None:
    with postgres.database(empty=True) as url:
        mine, theirs = make_engine(url), make_engine(url)
        with mine.connect() as connection:

            @sa.event.listens_for(connection, "after_cursor_execute", once=True)
            def another_process_starts(*_: object) -> None:
                upgrade(theirs)

            assert is_current(connection)
            assert sa.inspect(connection).has_table("event")


def test_a_database_that_cannot_hold_every_language_is_refused(postgres: Postgres) -> None:
    with postgres.database(empty=True) as url:
        postgres.execute(
            url,
            "CREATE DATABASE edp_ascii ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0",
        )
        with pytest.raises(UnusableDatabaseError, match="encoded in SQL_ASCII"):
            upgrade(make_engine(postgres.url_of("edp_ascii")))


class TestWord:
    def heard(self, ear: postgresql.Ear) -> list[store.Word]:
        with gevent.Timeout(30):
            gevent.socket.wait_read(ear.fileno())
        return [word for word in map(store.understood, ear.words()) if word]

    @pytest.fixture
    def ear(self, workshop: StoredWorkshop) -> Iterator[postgresql.Ear]:
        ear = postgresql.listen(workshop.database.engine)
        yield ear
        ear.close()
        ear.close()

    def test_it_is_sent_with_the_commit(self, workshop: StoredWorkshop, ear: postgresql.Ear) -> None:
        workshop.people(1)
        words = list(chain(self.heard(ear), ear.words()))
        assert [word.seq for word in words if isinstance(word, store.Word)][:1] == [2]
        with workshop.database.transaction() as transaction:
            transaction.run(store.archive_workshop, workshop.id, 1)
        workshop.database.call(store.archive_workshop, workshop.id, 1)
        until(lambda: ear.words()[-1:] == [f"{workshop.id}:0"])

    def test_what_is_not_committed_is_not_said(self, workshop: StoredWorkshop, ear: postgresql.Ear) -> None:
        with workshop.database.transaction() as transaction:
            transaction.run(store.archive_workshop, workshop.id, 1)
        workshop.database.call(store.set_account, workshop.account.id, name="Ana María")
        assert self.heard(ear) == [store.Word(None, 0, workshop.account.id)]

    def test_signing_out_is_said(self, workshop: StoredWorkshop, ear: postgresql.Ear) -> None:
        secret = workshop.database.call(store.sign_in, workshop.account.id, 1)
        workshop.database.call(store.sign_out, secret)
        assert self.heard(ear) == [store.Word(None, 0, workshop.account.id)]

    @pytest.mark.parametrize("text", ["", "x", "x:y", ":", "x:-1"])
    def test_what_others_say_there_is_not_understood(self, text: str) -> None:
        assert store.understood(text) is None

    def test_without_it_the_log_is_looked_at(self, workshop: StoredWorkshop, other: Room) -> None:
        """Nothing listens here: these rooms were not started."""
        told: list[tuple[list[int], int]] = []
        other.listeners.append(lambda room, new: told.append(([event.seq for event in new], room.elsewhere)))
        room, now = workshop.room, workshop.clock.now
        joins = [(Join(), Context(person(n), "participant", now, "join-once")) for n in range(1200)]
        asked = [gevent.spawn(room.submit, command, ctx, content(command)) for command, ctx in joins]
        gevent.joinall(asked, raise_error=True)
        other.rooms.notice()  # type: ignore[attr-defined]
        until(lambda: other.state.seq == 1201)
        assert plain(view(other.state, "console")) == plain(view(workshop.room.state, "console"))
        seqs = [seq for new, _ in told for seq in new]
        assert seqs == list(range(2, 1202))
        assert [count for _, count in told] == [len(new) for new, _ in told]


class TestPresence:
    def test_it_is_the_sum_of_what_the_others_said_lately(self, database: Database) -> None:
        def said(process: str, **counts: Counts) -> None:
            database.call(store.note_presence, process, counts)

        said("a", w=Counts(3, 1, 0), v=Counts(1, 0, 0))
        said("b", w=Counts(4, 0, 1))
        said("c", w=Counts(5, 0, 1))
        said("b", w=Counts(2, 0, 1))
        assert database.read(store.presence_elsewhere, "a") == {"w": Counts(7, 0, 2)}
        assert database.read(store.presence_elsewhere, "b") == {"w": Counts(8, 1, 1), "v": Counts(1, 0, 0)}
        statement = "UPDATE presence SET at = at - 16000 WHERE process = 'c'"
        database.call(lambda session: execute(session, statement) and None)
        assert database.read(store.presence_elsewhere, "a") == {"w": Counts(2, 0, 1)}
        said("b")
        assert database.read(store.presence_elsewhere, "a") == {}


def test_the_log_of_one_database_is_the_log_of_the_other(workshop: StoredWorkshop, tmp_path: Any) -> None:
    """The same rows, value by value, so that what is said of one is true of the other."""
    people = workshop.people(3)
    workshop.must(OpenStage(stage="swot"))
    for n, actor in enumerate(people):
        workshop.must(add(f"Ñandú 🌵 {n} “x” \\ %s ? ' "), actor)
    rows = workshop.log()
    assert all(
        row[7] == json.dumps(json.loads(row[7]), ensure_ascii=False, separators=(",", ":")) for row in rows
    )
    lite = open_database(tmp_path / "edp.db")
    lite.call(store.append_events, [store.NewEvent(*row[:11]) for row in rows])
    lite.call(store.rebuild_index)
    assert lite.read(store.verify, workshop.id) == workshop.database.read(store.verify, workshop.id)
    assert lite.read(store.events_after, workshop.id) == workshop.database.read(
        store.events_after, workshop.id
    )
    lite.close()


def test_what_the_rules_let_through_fits(workshop: StoredWorkshop) -> None:
    """Columns have lengths here; what the rules let through must fit."""
    people = workshop.people(1)
    workshop.must(OpenStage(stage="swot"))
    assert workshop.do(add("ñ" * 200), people[0], op_id="x" * 120).ok
    assert workshop.log()[-1][5:7] == (person(0), "x" * 120)
