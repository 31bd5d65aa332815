"""Erasing, checking, and making anew what follows from the log."""

from pathlib import Path

import pytest

from edp_app.core import canonical
from edp_app.core.commands import (
    AddItem,
    Answer,
    CastBallot,
    CloseStage,
    DescribeWorkshop,
    EndWorkshop,
    HideItem,
    MergeItems,
    NameMyself,
    OpenStage,
    ReopenWorkshop,
    RevealResult,
    SetTimer,
    TakeSeat,
)
from edp_app.core.erasing import holding
from edp_app.log import store
from edp_app.log.models import DERIVED
from tests.support.workshops import StoredWorkshop, person

SECRET = "The mayor keeps the water for himself"


def eventful(workshop: StoredWorkshop) -> None:
    """Something of everything: people, items, a merge, votes, a revealed result, a timer."""
    people = workshop.people(8)
    workshop.must(OpenStage(stage="swot"))
    for n, actor in enumerate(people):
        workshop.must(AddItem(run="swot.1", column="swot"[n % 4], title=f"Item {n}"), actor)
    items = list(workshop.room.state.items)
    workshop.must(MergeItems(into=items[0], items=[items[4]]))
    workshop.must(HideItem(item=items[5]))
    workshop.must(OpenStage(stage="weigh"))
    for actor in people:
        workshop.must(CastBallot(run="weigh.1", item=items[0], dots=2), actor)
        workshop.must(CastBallot(run="weigh.1", item=items[1], dots=1), actor)
    workshop.must(CloseStage(run="weigh.1"))
    workshop.must(RevealResult(run="weigh.1"))
    workshop.must(OpenStage(stage="ideas"))
    workshop.must(SetTimer(run="ideas.1", seconds=600, close=True))
    workshop.must(NameMyself(name="Rosa", organisation="Minka"), people[0])


class TestMakingAnew:
    def test_without_all_that_follows_from_the_log_the_views_are_the_same(
        self, workshop: StoredWorkshop
    ) -> None:
        eventful(workshop)
        views, log = workshop.views(), workshop.log()
        names = workshop.database.read(store.names_of_workshop, workshop.id)
        for table in ("workshop_access", *DERIVED):
            workshop.execute(f"DROP TABLE IF EXISTS {table}")
        workshop.restart()
        assert workshop.views() == views
        assert workshop.log() == log
        assert workshop.database.read(store.names_of_workshop, workshop.id) == names
        assert workshop.rooms.by_code(workshop.code) is workshop.room

    def test_an_accepted_operation_is_still_known(self, workshop: StoredWorkshop) -> None:
        people = workshop.people(1)
        workshop.must(OpenStage(stage="swot"))
        command = AddItem(run="swot.1", column="s", title="Once")
        first = workshop.must(command, people[0], op_id="once-only")
        workshop.execute("DELETE FROM operation")
        workshop.execute("DELETE FROM workshop")
        workshop.restart()
        again = workshop.do(command, people[0], op_id="once-only")
        assert again.repeated
        assert (again.first, again.last) == (first.first, first.last)
        assert len(workshop.room.state.items) == 1

    def test_the_rows_are_what_they_were(self, workshop: StoredWorkshop) -> None:
        eventful(workshop)
        workshop.must(DescribeWorkshop(title="Another name"))
        workshop.must(EndWorkshop())

        def rows() -> list[tuple[object, ...]]:
            index = workshop.execute(
                "SELECT id, code, title, owner_id, created_at, last_at, ended_at FROM workshop"
            )
            accepted = workshop.execute(
                "SELECT workshop_id, actor, op_id, first_seq, last_seq FROM operation "
                "WHERE CAST(outcome AS TEXT) = '{\"ok\":true}' ORDER BY first_seq"
            )
            return index + accepted

        before = rows()
        assert len(before) > 30
        assert (before[0][2], before[0][-1] is None) == ("Another name", False)
        described = workshop.database.read(store.definition_of, workshop.id)
        assert described is not None
        assert described.title == "Another name"
        workshop.execute("DELETE FROM operation")
        workshop.execute("DELETE FROM workshop")
        assert workshop.database.call(store.rebuild_index) == [workshop.id]
        assert rows() == before
        workshop.must(ReopenWorkshop())
        assert workshop.database.call(store.rebuild_missing) == []
        workshop.database.call(store.rebuild_index)
        assert rows()[0][-1] is None

    def test_several_logs_are_all_found(self, workshop: StoredWorkshop) -> None:
        definition = workshop.room.state.definition
        others = [
            workshop.database.call(store.create_workshop, definition, workshop.account.id, n).id
            for n in range(9)
        ]
        workshop.execute("DELETE FROM workshop")
        assert sorted(workshop.database.call(store.rebuild_missing)) == sorted([workshop.id, *others])


def chained_anew(workshop: StoredWorkshop, half: int, *, after: bool = False) -> None:
    """Chain the first half of a log in the first form, or (``after``) the second."""
    digest = canonical.FIRST
    for row in workshop.log():
        _, seq, at, kind, version, actor, op_id, _, _, content, _ = row
        if (seq <= half) != after:
            digest = canonical.first_chain(digest, seq, at, actor, kind, version, content)
        else:
            digest = canonical.chain(digest, seq, at, actor, op_id, kind, version, content)
        workshop.execute("UPDATE event SET digest = ? WHERE seq = ?", digest, seq)


class TestChecking:
    def test_an_untouched_log_is_fine(self, workshop: StoredWorkshop) -> None:
        eventful(workshop)
        state = workshop.room.state
        assert workshop.database.read(store.verify, workshop.id) == (state.seq, 0, state.digest, None)

    @pytest.mark.parametrize(
        ("change", "problem"),
        [
            ("payload = replace(payload, '\"dots\":2', '\"dots\":1')", "content at position {} was changed"),
            ("salt = CAST('another salt' AS {blob})", "content at position {} was changed"),
            ("at = at + 1", "chain breaks at position {}"),
            ("actor = 'p:somebody'", "chain breaks at position {}"),
            ("kind = 'item_shown'", "chain breaks at position {}"),
            ("digest = substr(digest, 2) || substr(digest, 1, 1)", "chain breaks at position {}"),
            ("seq = 900", "Position {} is missing"),
        ],
    )
    def test_every_change_is_found(self, workshop: StoredWorkshop, change: str, problem: str) -> None:
        eventful(workshop)
        ballots = [row for row in workshop.log() if row[3] == "ballot_cast" and '"dots":2' in row[7]]
        seq = ballots[1][1]
        change = change.format(blob="BLOB" if isinstance(workshop.where, Path) else "BYTEA")
        workshop.execute(f"UPDATE event SET {change} WHERE seq = ?", seq)  # noqa: S608 -- from above
        found = workshop.database.read(store.verify, workshop.id).problem
        assert found is not None
        assert problem.format(seq) in found

    def test_a_removed_event_is_found(self, workshop: StoredWorkshop) -> None:
        eventful(workshop)
        workshop.execute("DELETE FROM event WHERE seq = 5")
        assert workshop.database.read(store.verify, workshop.id).problem == "Position 5 is missing."

    def test_operations_that_do_not_fit_the_log_are_found(self, workshop: StoredWorkshop) -> None:
        eventful(workshop)
        assert workshop.database.read(store.verify_operations, workshop.id) is None
        row = next(row for row in workshop.log() if row[3] == "ballot_cast")
        seq, actor, op_id = row[1], row[5], row[6]
        of = "WHERE actor = ? AND op_id = ?"

        def problem() -> str:
            return workshop.database.read(store.verify_operations, workshop.id) or ""

        workshop.execute(f"UPDATE operation SET last_seq = last_seq + 1 {of}", actor, op_id)  # noqa: S608
        assert problem() == f"The operation that led to position {seq} was answered with other positions."
        workshop.execute(f"UPDATE operation SET first_seq = NULL, last_seq = NULL {of}", actor, op_id)  # noqa: S608
        assert problem() == f"The operation that led to position {seq} was answered with other positions."
        workshop.execute(f"DELETE FROM operation {of}", actor, op_id)  # noqa: S608
        assert problem() == f"The operation that led to position {seq} has no answer."
        workshop.database.call(store.rebuild_index)
        assert problem() == ""
        workshop.execute(
            "INSERT INTO operation SELECT workshop_id, actor, 'made-up', NULL, outcome, first_seq, last_seq "  # noqa: S608
            f"FROM operation {of}",
            actor,
            op_id,
        )
        assert problem() == f"An operation was answered with position {seq}, which is not its own."

    @pytest.mark.parametrize(
        ("who", "outcome", "positions", "said"),
        [
            (
                "p:nobody",
                '{"ok":true}',
                (0, 0),
                "An operation of somebody who is not in the record",
            ),
            ("", '{"ok":true}', (None, None), "An operation was answered with no position."),
            ("", '{"ok":true}', (0, 3), "An operation was answered with no position."),
            ("", '{"ok":true,"more":1}', (0, 0), "The answer to an operation is not one."),
            ("", '{"ok":1}', (0, 0), "The answer to an operation is not one."),
            ("", '{"ok":false}', (None, None), "The answer to an operation is not one."),
            (
                "",
                '{"ok":false,"refusal":{"code":"no"}}',
                (None, None),
                "The answer to an operation is not one.",
            ),
            (
                "",
                '{"ok":false,"refusal":{"code":"outdated"}}',
                (1, 1),
                "An operation was answered with position 1",
            ),
            ("f: x", '{"ok":true}', (0, 0), "The answer to an operation is not one."),
        ],
    )
    def test_answers_that_nobody_was_given_are_found(
        self,
        workshop: StoredWorkshop,
        who: str,
        outcome: str,
        positions: tuple[int | None, int | None],
        said: str,
    ) -> None:
        eventful(workshop)
        row = (workshop.id, who or workshop.facilitator, "made-up-00", None, outcome, *positions)
        json = "?" if isinstance(workshop.where, Path) else "CAST(? AS json)"
        workshop.execute(f"INSERT INTO operation VALUES (?, ?, ?, ?, {json}, ?, ?)", *row)  # noqa: S608
        assert (workshop.database.read(store.verify_operations, workshop.id) or "").startswith(said)

    def test_an_acceptance_that_was_made_a_refusal_is_found(self, workshop: StoredWorkshop) -> None:
        eventful(workshop)
        outcome = '{"ok":false,"refusal":{"code":"outdated"}}'
        json = "?" if isinstance(workshop.where, Path) else "CAST(? AS json)"
        workshop.execute(f"UPDATE operation SET outcome = {json} WHERE first_seq = 9", outcome)  # noqa: S608
        found = workshop.database.read(store.verify_operations, workshop.id)
        assert found == "The operation that led to position 9 was answered as refused."

    def test_another_operation_id_in_event_and_answer_is_found(self, workshop: StoredWorkshop) -> None:
        """Sent again, the operation that was answered would otherwise count twice."""
        eventful(workshop)
        row = next(row for row in workshop.log() if row[3] == "ballot_cast")
        for table in ("event", "operation"):
            statement = f"UPDATE {table} SET op_id = 'another-id' WHERE actor = ? AND op_id = ?"  # noqa: S608
            workshop.execute(statement, row[5], row[6])
        assert workshop.database.read(store.verify_operations, workshop.id) is None
        found = workshop.database.read(store.verify, workshop.id).problem
        assert found == f"The chain breaks at position {row[1]}."

    def test_a_log_that_began_in_the_first_form_of_the_chain_goes_on_in_the_present_one(
        self, workshop: StoredWorkshop
    ) -> None:
        eventful(workshop)
        half = len(workshop.log()) // 2
        chained_anew(workshop, half)
        assert workshop.database.read(store.verify, workshop.id).ok
        assert workshop.database.read(store.verify_operations, workshop.id) is None
        chained_anew(workshop, half, after=True)
        found = workshop.database.read(store.verify, workshop.id).problem
        assert found == f"The chain breaks at position {half + 1}.", "there is no way back"

    def test_no_log_is_a_problem_too(self, workshop: StoredWorkshop) -> None:
        assert not workshop.database.read(store.verify, "nothing").ok


class TestErasing:
    def written(self, workshop: StoredWorkshop) -> int:
        people = workshop.people(3)
        workshop.must(OpenStage(stage="swot"))
        done = workshop.must(AddItem(run="swot.1", column="w", title=SECRET), people[0], op_id="the-secret")
        workshop.must(AddItem(run="swot.1", column="w", title="Few roads"), people[1])
        return done.first

    def test_the_chain_still_checks_and_the_rest_stands(self, workshop: StoredWorkshop) -> None:
        seq = self.written(workshop)
        head = workshop.room.state.digest
        workshop.database.call(store.erase_events, workshop.id, [seq])
        workshop.database.call(store.erase_events, workshop.id, [seq])
        verdict = workshop.database.read(store.verify, workshop.id)
        assert verdict == (workshop.room.state.seq, 1, head, None)
        heard: list[int] = []
        workshop.room.listeners.append(lambda _room, recorded: heard.append(len(recorded)))
        epoch = workshop.room.epoch
        workshop.rooms.reload(workshop.id)
        assert heard == [0]
        assert workshop.room.epoch != epoch
        assert [item.title for item in workshop.room.state.items.values()] == ["(borrado)", "Few roads"]
        assert SECRET not in str(workshop.views())
        views = workshop.views()
        workshop.restart()
        assert workshop.views() == views
        workshop.must(AddItem(run="swot.1", column="w", title="After"), person(2))
        assert workshop.database.read(store.verify, workshop.id).ok

    @pytest.mark.parametrize(
        "change",
        [
            "payload = replace(payload, '(borrado)', 'The mayor')",
            'payload = replace(payload, \'"title":\', \'"fields":{"who":"The mayor"},"title":\')',
            "payload = replace(payload, '\"erased\":1', '\"erased\":0')",
            'payload = \'{"kind":"door_set","open":true}\'',
            "payload = 'nothing'",
            "payload = NULL",
        ],
    )
    def test_words_that_were_put_where_some_were_erased_are_found(
        self, workshop: StoredWorkshop, change: str
    ) -> None:
        seq = self.written(workshop)
        workshop.database.call(store.erase_events, workshop.id, [seq])
        workshop.execute(f"UPDATE event SET {change} WHERE seq = ?", seq)  # noqa: S608 -- from above
        problem = workshop.database.read(store.verify, workshop.id).problem
        assert problem == f"What erasing left at position {seq} was changed."

    def test_nothing_of_it_is_left(self, workshop: StoredWorkshop) -> None:
        seq = self.written(workshop)
        ((guessable,),) = workshop.execute("SELECT content_hash FROM operation WHERE op_id = 'the-secret'")
        assert guessable
        assert workshop.is_anywhere(SECRET)
        assert workshop.is_anywhere(guessable)
        workshop.database.call(store.erase_events, workshop.id, [seq])
        workshop.database.checkpoint()
        assert not workshop.is_anywhere(SECRET)
        assert not workshop.is_anywhere(guessable)

    def test_what_one_at_a_table_wrote_is_erased_and_what_the_others_wrote_stays(
        self, workshop: StoredWorkshop
    ) -> None:
        (phone,) = workshop.people(1)
        workshop.must(TakeSeat(seat="rosa", group="business"), phone)
        workshop.must(OpenStage(stage="evaluation"))
        workshop.must(Answer(run="evaluation.1", question="more", value="Less talk"), phone)
        told = Answer(run="evaluation.1", question="more", value=SECRET, seat="rosa")
        seq = workshop.must(told, phone, op_id="the-secret").first
        ((guessable,),) = workshop.execute("SELECT content_hash FROM operation WHERE op_id = 'the-secret'")
        rosa = f"{phone}.rosa"
        held = workshop.database.read(
            lambda session: holding(store.log_of(session, workshop.id), person=rosa)
        )
        assert held == [seq]
        workshop.database.call(store.erase_events, workshop.id, [seq])
        workshop.database.call(store.erase_person, workshop.id, rosa)
        workshop.database.checkpoint()
        assert workshop.database.read(store.verify, workshop.id).ok
        assert not workshop.is_anywhere(SECRET)
        assert not workshop.is_anywhere(guessable)
        assert workshop.is_anywhere("Less talk")

    def test_sending_the_erased_command_again_does_not_bring_it_back(self, workshop: StoredWorkshop) -> None:
        seq = self.written(workshop)
        workshop.database.call(store.erase_events, workshop.id, [seq])
        workshop.rooms.reload(workshop.id)
        again = workshop.do(AddItem(run="swot.1", column="w", title=SECRET), person(0), op_id="the-secret")
        assert again.repeated
        assert SECRET not in str(workshop.views())

    def test_only_what_holds_words_or_votes_can_be_erased(self, workshop: StoredWorkshop) -> None:
        eventful(workshop)
        for row in workshop.log():
            seq, kind = row[1], row[3]
            if kind in ("item_added", "items_merged", "named", "ballot_cast"):
                workshop.database.call(store.erase_events, workshop.id, [seq])
                assert workshop.database.read(store.verify, workshop.id).ok
                workshop.rooms.reload(workshop.id)
                assert workshop.views()["screen"]
            else:
                with pytest.raises(ValueError, match="holds no words"):
                    workshop.database.call(store.erase_events, workshop.id, [seq])
        with pytest.raises(LookupError):
            workshop.database.call(store.erase_events, workshop.id, [900])
        with pytest.raises(LookupError):
            workshop.database.call(store.erase_events, "nothing", [1])


def test_taking_a_name_back_leaves_nothing_of_it(workshop: StoredWorkshop) -> None:
    (rosa,) = workshop.people(1)
    workshop.must(NameMyself(name="Rosa Quispe", organisation="Minka"), rosa, op_id="my-name-is")
    assert workshop.database.read(store.names_of_workshop, workshop.id) == {rosa: ("Rosa Quispe", "Minka")}
    assert not any("Rosa" in str(row) for row in workshop.log())
    workshop.must(NameMyself(), rosa)
    assert workshop.database.read(store.names_of_workshop, workshop.id) == {}
    kept = workshop.execute(
        "SELECT count(*) FROM operation WHERE content_hash IS NOT NULL AND (op_id = 'my-name-is' OR "
        "op_id IN (SELECT op_id FROM event WHERE kind = 'named'))"
    )
    assert kept == [(0,)]
    workshop.database.checkpoint()
    assert not workshop.is_anywhere("Rosa Quispe")
