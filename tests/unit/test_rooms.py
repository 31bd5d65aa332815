"""Rooms: the commit of whole batches, and what happens when something fails in the middle."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import gevent
import pytest

from edp_app.core.commands import (
    AddItem,
    CastBallot,
    Command,
    Context,
    Describe,
    Join,
    NameMyself,
    OpenStage,
    PauseStage,
    ResumeStage,
    SetDoor,
)
from edp_app.core.events import Recorded
from edp_app.core.state import State
from edp_app.core.workshop import decide as real_decide
from edp_app.core.workshop import evolve as real_evolve
from edp_app.log import store
from edp_app.log.database import Database
from edp_app.rooms import Outcome, Room, Rooms, committer, room, staging
from tests.support.definitions import short
from tests.support.workshops import StoredWorkshop, content, open_database, person


@pytest.fixture
def workshop(tmp_path: Path) -> Iterator[StoredWorkshop]:
    workshop = StoredWorkshop(tmp_path / "edp.db", short(dots=3, cap=3, per="stage"))
    yield workshop
    workshop.close()


def add(title: str, column: str = "s") -> AddItem:
    return AddItem(run="swot.1", column=column, title=title)


def together(*asked: Callable[[], Outcome]) -> list[Outcome]:
    """Ask all of this at once, so that it comes into one batch."""
    greenlets = [gevent.spawn(ask) for ask in asked]
    gevent.joinall(greenlets, raise_error=True)
    return [greenlet.value for greenlet in greenlets]


def codes(outcomes: list[Outcome]) -> list[str]:
    return ["ok" if o.ok else o.refusal.code if o.refusal else "?" for o in outcomes]


def commits(workshop: StoredWorkshop) -> Callable[[], int]:
    """Counts the transactions that were committed from now on."""
    counted = [0]
    real = workshop.database._end

    def count(commit: bool) -> None:
        real(commit)
        counted[0] += commit

    workshop.database._end = count  # type: ignore[method-assign]
    return lambda: counted[0]


def opened(workshop: StoredWorkshop, count: int = 3) -> list[str]:
    people = workshop.people(count)
    workshop.must(OpenStage(stage="swot"))
    return people


class TestBatches:
    def test_what_waits_together_is_one_transaction(self, workshop: StoredWorkshop) -> None:
        people = opened(workshop, 40)
        committed = commits(workshop)
        outcomes = together(*(lambda p=p: workshop.do(add(f"From {p}"), p) for p in people))  # type: ignore[misc]
        assert set(codes(outcomes)) == {"ok"}
        assert committed() == 1
        assert [o.first for o in outcomes] == list(range(outcomes[0].first, outcomes[0].first + 40))
        assert workshop.database.read(store.verify, workshop.id).ok

    def test_each_command_is_decided_on_what_those_before_it_did(self, workshop: StoredWorkshop) -> None:
        (ana,) = workshop.people(1)
        outcomes = together(
            lambda: workshop.do(add("Too early"), ana),
            lambda: workshop.do(OpenStage(stage="swot")),
            lambda: workshop.do(add("In time"), ana),
        )
        assert codes(outcomes) == ["unknown_run", "ok", "ok"]

    def test_several_workshops_share_a_transaction(self, workshop: StoredWorkshop) -> None:
        definition = workshop.room.state.definition
        row = workshop.database.call(
            store.create_workshop, definition, workshop.account.id, workshop.clock.now
        )
        other = workshop.rooms.by_code(row.code)
        assert other is not None
        here = workshop.room
        committed = commits(workshop)
        ctx = Context(person(1), "participant", workshop.clock.now, "join-there")
        outcomes = together(
            lambda: workshop.do(Join(), person(1)), lambda: other.submit(Join(), ctx, content(Join()))
        )
        assert codes(outcomes) == ["ok", "ok"]
        assert committed() == 1
        assert (len(here.state.persons), len(other.state.persons)) == (1, 1)

    def test_time_never_runs_backwards(self, workshop: StoredWorkshop) -> None:
        workshop.must(Join(), person(1))
        at = workshop.room.state.at
        workshop.do(Join(), person(2), at=at - 60_000)
        assert workshop.room.state.at == at

    def test_a_long_queue_is_taken_in_pieces(
        self, workshop: StoredWorkshop, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(committer, "BATCH", 10)
        monkeypatch.setattr(committer, "MOST_WAITING", 35)
        committed = commits(workshop)
        outcomes = together(*(lambda n=n: workshop.do(Join(), person(n)) for n in range(50)))  # type: ignore[misc]
        assert codes(outcomes) == ["ok"] * 35 + ["try_again"] * 15
        assert committed() == 4

    def test_nobody_is_told_before_the_commit(
        self, workshop: StoredWorkshop, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        here = workshop.room
        order: list[str] = []
        write = committer._write

        def slow(*args: Any) -> None:
            write(*args)
            order.append(f"stored with {here.state.seq} staged, settled: {here.is_settled}")

        def hear(told: Room, recorded: list[Recorded]) -> None:
            order.append(f"told of {[r.seq for r in recorded]}, settled: {told.is_settled}")

        def read() -> None:
            while here.is_settled:
                gevent.sleep(0)
            here.when_settled()
            order.append("read")

        monkeypatch.setattr(committer, "_write", slow)
        here.listeners.append(hear)  # type: ignore[arg-type]
        reader = gevent.spawn(read)
        asked = gevent.spawn(workshop.do, Join(), person(1))
        asked.link(lambda _: order.append("answered"))
        gevent.joinall([reader, asked], timeout=120)
        reader.kill()  # it waits for ever if nothing was ever staged
        assert order[:2] == ["stored with 2 staged, settled: False", "told of [2], settled: True"]
        assert set(order[2:]) == {"read", "answered"}

    def test_a_listener_that_raises_harms_nobody(
        self, workshop: StoredWorkshop, caplog: pytest.LogCaptureFixture
    ) -> None:
        heard: list[int] = []

        def fail(_room: Room, _recorded: object) -> None:
            raise KeyError("-".join(["a", "secret", "text"]))  # the log shows this line, not the message

        workshop.room.listeners.extend([fail, lambda told, _: heard.append(told.state.seq)])
        workshop.must(Join(), person(1))
        assert heard == [2]
        assert "KeyError" in caplog.text
        assert "a-secret-text" not in caplog.text

    def test_dots_are_never_overspent_however_many_hands(self, workshop: StoredWorkshop) -> None:
        """200 pages of one person, each with one dot to spend, and a budget of three."""
        people = opened(workshop, 5)
        for n in range(10):
            workshop.must(add(f"Item {n}"), people[n % 5])
        items = list(workshop.room.state.items)
        workshop.must(OpenStage(stage="weigh"))

        def cast(n: int) -> Outcome:
            return workshop.do(CastBallot(run="weigh.1", item=items[n % 10], dots=1), people[0])

        outcomes = together(*(lambda n=n: cast(n) for n in range(200)))  # type: ignore[misc]
        found = codes(outcomes)
        assert found.count("ok") == 3
        assert set(found) <= {"ok", "no_dots_left", "outdated"}
        views = workshop.views()
        ballots = views["selves"][people[0]]["ballots"]["weigh.1"]
        assert sum(ballot["dots"] for ballot in ballots.values()) == 3
        assert set(views["selves"][people[0]]["left"]["weigh.1"].values()) == {0}
        workshop.restart()
        assert workshop.views() == views


class TestRepeats:
    def test_a_repeat_gets_the_same_answer_and_changes_nothing(self, workshop: StoredWorkshop) -> None:
        ana, *_ = opened(workshop)
        first = workshop.do(add("Once"), ana, op_id="the-one-op")
        log = workshop.log()
        for _ in range(3):
            again = workshop.do(add("Once"), ana, op_id="the-one-op")
            assert (again.ok, again.first, again.last, again.repeated) == (
                True,
                first.first,
                first.last,
                True,
            )
        workshop.restart()
        assert workshop.do(add("Once"), ana, op_id="the-one-op").repeated
        assert workshop.log() == log

    def test_also_twice_in_one_batch(self, workshop: StoredWorkshop) -> None:
        ana, *_ = opened(workshop)
        outcomes = together(*[lambda: workshop.do(add("Once"), ana, op_id="the-one-op")] * 5)
        assert [o.repeated for o in outcomes] == [False, True, True, True, True]
        assert {(o.first, o.last) for o in outcomes} == {(outcomes[0].first, outcomes[0].first)}
        assert len(workshop.room.state.items) == 1

    def test_a_refusal_stays_a_refusal(self, workshop: StoredWorkshop) -> None:
        (ana,) = workshop.people(1)
        early = workshop.do(add("Early"), ana, op_id="too-early")
        assert codes([early]) == ["unknown_run"]
        workshop.must(OpenStage(stage="swot"))
        again = workshop.do(add("Early"), ana, op_id="too-early")
        assert again.refusal == early.refusal
        assert again.repeated
        assert codes([workshop.do(add("Early"), ana)]) == ["ok"]

    def test_nothing_is_kept_of_somebody_who_is_not_in_the_workshop(self, workshop: StoredWorkshop) -> None:
        """Whoever knows the code only can neither fill the disk nor have commits made."""
        workshop.must(OpenStage(stage="swot"))
        workshop.must(SetDoor(open=False))
        stranger = "p:stranger"
        committed = commits(workshop)
        assert codes([workshop.do(add("Mine"), stranger, op_id="too-early")]) == ["not_joined"]
        assert codes([workshop.do(Join(), stranger, op_id="join-closed")]) == ["door_closed"]
        assert committed() == 0
        workshop.must(SetDoor(open=True))
        assert codes([workshop.do(Join(), stranger, op_id="join-closed")]) == ["ok"]
        workshop.must(Describe(group="business", territory="tacna"), stranger)
        assert codes([workshop.do(add("Mine"), stranger, op_id="too-early")]) == ["ok"]

    def test_what_met_a_pause_is_looked_at_anew_and_counts_once(self, workshop: StoredWorkshop) -> None:
        ana, *_ = opened(workshop)
        workshop.must(PauseStage(run="swot.1"))
        committed = commits(workshop)
        for _ in range(2):
            assert codes([workshop.do(add("Mine"), ana, op_id="in-the-pause")]) == ["stage_paused"]
        assert committed() == 0
        workshop.must(ResumeStage(run="swot.1"))
        outcomes = [workshop.do(add("Mine"), ana, op_id="in-the-pause") for _ in range(2)]
        assert codes(outcomes) == ["ok", "ok"]
        assert [o.repeated for o in outcomes] == [False, True]
        assert len(workshop.room.state.items) == 1

    def test_the_parameters_of_a_refusal_are_kept(self, workshop: StoredWorkshop) -> None:
        ana, *_ = opened(workshop)
        first = workshop.do(add("x" * 300), ana, op_id="too-long")
        assert first.refusal is not None
        assert first.refusal.params == {"limit": 200, "length": 300}
        assert workshop.do(add("x" * 300), ana, op_id="too-long").refusal == first.refusal

    @pytest.mark.parametrize("at_once", [True, False])
    def test_the_same_id_with_other_content_is_refused_and_not_stored(
        self, workshop: StoredWorkshop, at_once: bool
    ) -> None:
        ana, *_ = opened(workshop)
        asked = [
            lambda: workshop.do(add("One"), ana, op_id="the-one-op"),
            lambda: workshop.do(add("Other"), ana, op_id="the-one-op"),
            lambda: workshop.do(add("One"), ana, op_id="the-one-op"),
        ]
        outcomes = together(*asked) if at_once else [ask() for ask in asked]
        assert codes(outcomes) == ["ok", "op_id_reused", "ok"]
        assert [item.title for item in workshop.room.state.items.values()] == ["One"]

    def test_operation_ids_belong_to_one_person_and_one_workshop(self, workshop: StoredWorkshop) -> None:
        ana, bea, _ = opened(workshop)
        outcomes = together(
            lambda: workshop.do(add("One"), ana, op_id="the-one-op"),
            lambda: workshop.do(add("Other"), bea, op_id="the-one-op"),
        )
        assert codes(outcomes) == ["ok", "ok"]

    def test_where_there_is_nothing_to_do_the_answer_names_no_position(
        self, workshop: StoredWorkshop
    ) -> None:
        (ana,) = workshop.people(1)
        again = workshop.do(Join(), ana, op_id="join-again")
        assert (again.ok, again.first, again.last) == (True, 0, 0)
        repeat = workshop.do(Join(), ana, op_id="join-again")
        assert (repeat.ok, repeat.first, repeat.last, repeat.repeated) == (True, 0, 0, True)

    @pytest.mark.parametrize("op_id", ["", "x" * 121])
    def test_an_operation_needs_an_id(self, workshop: StoredWorkshop, op_id: str) -> None:
        with pytest.raises(ValueError, match="id"):
            workshop.room.submit(Join(), Context(person(1), "participant", 1, op_id), content(Join()))


class TestFailures:
    def test_a_failed_commit_answers_everyone_and_leaves_nothing(
        self, workshop: StoredWorkshop, caplog: pytest.LogCaptureFixture
    ) -> None:
        ana, bea, _ = opened(workshop)
        views, log = workshop.views(), workshop.log()
        heard: list[int] = []
        workshop.room.listeners.append(lambda _, recorded: heard.append(len(recorded)))
        execute(
            workshop.database,
            "CREATE TRIGGER full BEFORE INSERT ON event WHEN NEW.payload LIKE '%poison%' "
            "BEGIN SELECT RAISE(ABORT, 'no room'); END",
        )
        asked = [
            lambda: workshop.do(add("Good"), ana, op_id="good-one"),
            lambda: workshop.do(add("poison"), bea, op_id="bad-one"),
        ]
        assert codes(together(*asked)) == ["try_again", "try_again"]
        assert workshop.views() == views
        assert workshop.log() == log
        assert heard == [0]  # folded anew
        assert "poison" not in caplog.text
        execute(workshop.database, "DROP TRIGGER full")
        assert codes(together(*asked)) == ["ok", "ok"]
        assert len(workshop.room.state.items) == 2
        assert workshop.database.read(store.verify, workshop.id).ok

    def test_a_full_disk(self, workshop: StoredWorkshop) -> None:
        ana, *_ = opened(workshop)
        execute_in_thread(workshop.database, "PRAGMA max_page_count = 1")  # SQLite takes the present size
        answered: list[str] = []
        for n in range(60):
            answered += codes([workshop.do(add("x" * 190, "swot"[n % 4]), ana, op_id=f"fill-{n:04d}")])
        assert "ok" in answered[:20]
        assert answered[-1] == "try_again"
        stored = answered.count("ok")
        assert len(workshop.room.state.items) == stored
        before = workshop.views()
        workshop.restart()  # a new connection knows no limit: there is room again
        assert workshop.views() == before
        full = answered.index("try_again")
        assert workshop.do(add("x" * 190, "swot"[full % 4]), ana, op_id=f"fill-{full:04d}").ok
        assert workshop.database.read(store.verify, workshop.id).ok

    def test_a_command_whose_decision_raises_answers_only_itself(
        self, workshop: StoredWorkshop, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        ana, bea, cleo = opened(workshop)

        def decide(state: State, command: Command, ctx: Context) -> Any:
            if getattr(command, "title", "") == "poison":
                raise ZeroDivisionError(command)
            return real_decide(state, command, ctx)

        monkeypatch.setattr(staging, "decide", decide)
        asked = [
            lambda: workshop.do(add("One"), ana),
            lambda: workshop.do(add("poison"), bea, op_id="the-poison"),
            lambda: workshop.do(add("Two"), cleo),
        ]
        assert codes(together(*asked)) == ["ok", "try_again", "ok"]
        assert "ZeroDivisionError" in caplog.text
        assert "title=" not in caplog.text
        monkeypatch.setattr(staging, "decide", real_decide)
        again = workshop.do(add("poison"), bea, op_id="the-poison")
        assert again.ok
        assert not again.repeated

    def test_a_command_whose_events_raise_leaves_nothing_half_done(
        self, workshop: StoredWorkshop, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ana, bea, cleo = opened(workshop)

        def evolve(state: State, recorded: Recorded) -> None:
            real_evolve(state, recorded)
            if getattr(recorded.event, "title", "") == "poison":
                state.persons.clear()
                raise ZeroDivisionError

        monkeypatch.setattr(staging, "evolve", evolve)
        outcomes = together(
            lambda: workshop.do(add("One"), ana),
            lambda: workshop.do(add("poison"), bea),
            lambda: workshop.do(add("Two"), cleo),
        )
        assert codes(outcomes) == ["ok", "try_again", "ok"]
        assert [item.title for item in workshop.room.state.items.values()] == ["One", "Two"]
        views = workshop.views()
        workshop.restart()
        assert workshop.views() == views
        assert workshop.database.read(store.verify, workshop.id).ok

    def test_a_room_that_cannot_be_read_waits_until_it_can(
        self, workshop: StoredWorkshop, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(committer, "RETRY_SECONDS", 0.05)
        ana, *_ = opened(workshop)
        before = workshop.views()
        here = workshop.room
        broken = [True]
        fold_log = committer.fold_log

        def sometimes(database: Database, workshop_id: str) -> State:
            if broken[0]:
                raise OSError("the disk is gone")
            return fold_log(database, workshop_id)

        def fail(*_: object) -> None:
            raise OSError("the disk is gone")

        write = committer._write
        monkeypatch.setattr(committer, "fold_log", sometimes)
        monkeypatch.setattr(committer, "_write", fail)
        assert codes([workshop.do(add("Lost"), ana)]) == ["try_again"]
        reader = gevent.spawn(here.when_settled)
        assert codes([workshop.do(add("Lost too"), ana)]) == ["try_again"]
        gevent.sleep(0.1)
        assert not reader.ready()
        monkeypatch.setattr(committer, "_write", write)
        broken[0] = False
        reader.get(timeout=30)
        assert workshop.views() == before
        assert codes([workshop.do(add("Kept"), ana)]) == ["ok"]

    def test_an_answer_that_cannot_be_read_harms_only_its_own_command(self, workshop: StoredWorkshop) -> None:
        ana, bea, _ = opened(workshop)
        workshop.do(add("One"), ana, op_id="the-one-op")
        execute(workshop.database, """UPDATE operation SET outcome = '{}' WHERE op_id = 'the-one-op'""")
        outcomes = together(
            lambda: workshop.do(add("One"), ana, op_id="the-one-op"), lambda: workshop.do(add("Two"), bea)
        )
        assert codes(outcomes) == ["try_again", "ok"]

    def test_giving_up_waiting_does_not_take_the_command_back(self, workshop: StoredWorkshop) -> None:
        ana, *_ = opened(workshop)
        asked = gevent.spawn(workshop.do, add("Once"), ana, "the-one-op")
        gevent.sleep(0)
        asked.kill()
        again = workshop.do(add("Once"), ana, op_id="the-one-op")
        assert again.repeated
        assert len(workshop.room.state.items) == 1


class TestOtherProcesses:
    def test_what_the_command_line_appends_is_folded_before_anything_is_decided(
        self, workshop: StoredWorkshop
    ) -> None:
        here = workshop.room
        heard: list[list[int]] = []
        here.listeners.append(lambda _, recorded: heard.append([r.seq for r in recorded]))
        elsewhere = open_database(workshop.path)
        rooms = Rooms(elsewhere)
        other = rooms.by_code(workshop.code)
        assert other is not None
        ctx = Context(workshop.facilitator, "facilitator", workshop.clock.now, "from-elsewhere")
        assert other.submit(OpenStage(stage="swot"), ctx, content(OpenStage(stage="swot"))).ok
        rooms.stop()
        elsewhere.close()
        assert here.state.seq == 1
        assert codes([workshop.do(OpenStage(stage="swot"))]) == ["stage_open"]
        assert here.state.seq == 2
        assert heard == [[2]]
        assert workshop.do(OpenStage(stage="swot"), op_id="from-elsewhere").repeated


class TestWhichRoomsAreInMemory:
    def test_a_room_is_folded_once_however_many_ask(
        self, workshop: StoredWorkshop, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        opened(workshop, 30)
        monkeypatch.setattr(room, "FOLD_AT_ONCE", 7)
        workshop.restart()
        folded: list[str] = []
        fold_log = room.fold_log

        def count(database: Database, workshop_id: str) -> State:
            folded.append(workshop_id)
            return fold_log(database, workshop_id)

        monkeypatch.setattr("edp_app.rooms.registry.fold_log", count)
        asked = [gevent.spawn(workshop.rooms.by_code, workshop.code) for _ in range(50)]
        gevent.joinall(asked, raise_error=True)
        assert len({id(greenlet.value) for greenlet in asked}) == 1
        assert folded == [workshop.id]
        assert len(workshop.room.state.persons) == 30

    def test_unknown_ones_are_none(self, workshop: StoredWorkshop) -> None:
        assert workshop.rooms.by_id("nothing") is None
        assert workshop.rooms.by_code("000000") is None

    def test_a_log_that_cannot_be_folded_is_said_to_everyone_who_asks(self, workshop: StoredWorkshop) -> None:
        workshop.people(2)
        execute(workshop.database, "UPDATE event SET payload = '{}' WHERE seq = 3")
        workshop.restart()
        asked = [gevent.spawn(workshop.rooms.by_id, workshop.id) for _ in range(3)]
        logging.disable(logging.CRITICAL)
        gevent.joinall(asked)
        logging.disable(logging.NOTSET)
        assert [greenlet.successful() for greenlet in asked] == [False] * 3
        execute(workshop.database, "DELETE FROM event WHERE seq >= 3")
        assert workshop.rooms.by_id(workshop.id) is not None

    def test_idle_rooms_are_let_go_and_come_back(self, workshop: StoredWorkshop) -> None:
        workshop.people(2)
        views = workshop.views()
        here = workshop.room

        def hear(_room: Room, _recorded: object) -> None: ...

        here.listeners.append(hear)
        here.touched -= 3600
        workshop.rooms.drop_idle()
        assert workshop.rooms.loaded() == [here]  # somebody listens
        here.listeners.clear()
        workshop.rooms.drop_idle()
        assert workshop.rooms.loaded() == []
        assert workshop.views() == views
        assert workshop.room is not here
        workshop.rooms.drop_idle()
        assert len(workshop.rooms.loaded()) == 1  # it was asked for just now

    def test_an_archived_workshop_is_not_found_any_more(self, workshop: StoredWorkshop) -> None:
        here = workshop.rooms.by_code(workshop.code)
        workshop.database.call(store.archive_workshop, workshop.id, workshop.clock.now)
        workshop.rooms.forget(workshop.id)
        assert workshop.rooms.by_code(workshop.code) is None
        assert workshop.rooms.by_id(workshop.id) is here
        workshop.database.call(store.unarchive_workshop, workshop.id)
        assert workshop.rooms.by_code(workshop.code) is here
        assert workshop.rooms.by_code(workshop.code) is here

    def test_at_the_start_the_recent_ones_are_folded(self, workshop: StoredWorkshop) -> None:
        workshop.restart()
        workshop.rooms.start()
        workshop.rooms.start()
        for _ in range(1000):
            if workshop.rooms.loaded():
                break
            gevent.sleep(0.01)
        assert [loaded.id for loaded in workshop.rooms.loaded()] == [workshop.id]

    def test_after_stopping_what_waited_is_stored_and_nothing_else(self, workshop: StoredWorkshop) -> None:
        here = workshop.room
        asked = [gevent.spawn(workshop.do, Join(), person(n)) for n in range(5)]
        gevent.sleep(0)
        workshop.rooms.stop()
        assert [greenlet.get().ok for greenlet in asked] == [True] * 5
        late = here.submit(Join(), Context(person(9), "participant", 1, "too-late"), content(Join()))
        assert codes([late]) == ["try_again"]


def test_names_stand_beside_the_log_and_are_stored_with_it(workshop: StoredWorkshop) -> None:
    ana, bea = workshop.people(2)
    outcomes = together(
        lambda: workshop.do(NameMyself(name="  Ana\tMaría ", organisation=""), ana),
        lambda: workshop.do(NameMyself(name="Bea\u202e", organisation=""), bea),
        lambda: workshop.do(Describe(group="business"), ana),
    )
    assert codes(outcomes) == ["ok", "bad_text", "ok"]
    assert workshop.database.read(store.names_of_workshop, workshop.id) == {ana: ("Ana María", "")}
    assert workshop.room.state.persons[ana].named
    assert not workshop.room.state.persons[bea].named
    assert "María" not in str(workshop.log())


def execute(database: Database, statement: str) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql(statement)


def execute_in_thread(database: Database, statement: str) -> None:
    """On the connection that the rooms write with."""
    database.read(lambda session: session.connection().exec_driver_sql(statement).close())
