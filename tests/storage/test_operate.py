"""The commands of whoever operates a server, on a database that a room is using at the same time."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from edp_app.cli import edp
from edp_app.clock import milliseconds
from edp_app.config import from_environment
from edp_app.core.commands import (
    AddItem,
    Answer,
    CastBallot,
    ChangeItem,
    CloseStage,
    FillCard,
    Join,
    MergeItems,
    NameMyself,
    OpenStage,
    RevealResult,
    TurnAway,
)
from edp_app.core.definition import CardSettings, Stage
from edp_app.core.events import BallotCast
from edp_app.core.parts import CardField
from edp_app.log import store
from tests.support.definitions import short
from tests.support.workshops import StoredWorkshop

WORDS = ("The mayor's water", "The mayor's well", "Mayor and water", "Because of the mayor", "Rosa Quispe")


@pytest.fixture
def workshop(of_commands: Path | str) -> Iterator[StoredWorkshop]:
    """A workshop in the database of every command, in which person 1 wrote item 1."""
    workshop = StoredWorkshop(of_commands, short())
    people = workshop.people(6)
    workshop.must(NameMyself(name=WORDS[4]), people[0])
    workshop.must(OpenStage(stage="swot"))
    first = f"i{workshop.must(AddItem(run='swot.1', column='w', title=WORDS[0]), people[0]).first}"
    other = f"i{workshop.must(AddItem(run='swot.1', column='w', title='Few roads'), people[1]).first}"
    workshop.must(ChangeItem(run="swot.1", item=first, revision=1, title=WORDS[1], fields={}), people[0])
    workshop.must(MergeItems(into=first, items=[other], title=WORDS[2]))
    workshop.must(OpenStage(stage="weigh"))
    for person in people:
        workshop.must(CastBallot(run="weigh.1", item=first, dots=2), person)
    workshop.must(CloseStage(run="weigh.1"))
    workshop.must(RevealResult(run="weigh.1"))
    workshop.must(OpenStage(stage="evaluation"))
    for person in people[:3]:
        workshop.must(Answer(run="evaluation.1", question="more", value=WORDS[3]), person)
        workshop.must(Answer(run="evaluation.1", question="useful", value=4), person)
    workshop.must(CloseStage(run="evaluation.1"))
    workshop.must(RevealResult(run="evaluation.1"))
    yield workshop
    workshop.close()


def run(*arguments: str, given: str = "") -> Result:
    return CliRunner().invoke(edp, arguments, input=given)


def finished_report(workshop: StoredWorkshop) -> Path:
    folder = from_environment().data / "reports" / workshop.id
    folder.mkdir(parents=True)
    (folder / "report-1.pdf").write_bytes(b"%PDF")
    return folder


class TestVerify:
    def test_a_whole_record(self, workshop: StoredWorkshop) -> None:
        state = workshop.room.state
        said = run("verify", workshop.code)
        assert said.exit_code == 0, said.output
        assert f"{workshop.code}  Valle de prueba" in said.output
        assert f"Entries    {state.seq}\n" in said.output
        assert f"{state.digest[:8]} {state.digest[8:16]}\n" in said.output
        assert f"{state.digest}\n" in said.output
        assert said.output.endswith("The record is whole.\n")

    def test_the_digest_of_an_earlier_report(self, workshop: StoredWorkshop) -> None:
        ninth = next(row for row in workshop.log() if row[1] == 9)
        said = run("verify", workshop.code, "--at", "9")
        assert said.exit_code == 0
        assert f"At 9       {ninth[10][:8]} {ninth[10][8:16]}\n           {ninth[10]}\n" in said.output
        assert run("verify", workshop.code, "--at", "9999").exit_code == 1

    @pytest.mark.parametrize(
        ("change", "problem"),
        [
            ("UPDATE event SET at = at + 1 WHERE seq = 9", "The chain breaks at position 9."),
            ("UPDATE operation SET first_seq = 8 WHERE first_seq = 9", "position 9 was answered with other"),
        ],
    )
    def test_what_is_broken_is_said(self, workshop: StoredWorkshop, change: str, problem: str) -> None:
        workshop.execute(change)
        said = run("verify", workshop.code)
        assert said.exit_code == 1
        assert problem in said.output
        assert "whole" not in said.output

    def test_an_entry_that_cannot_be_folded_is_found(self, workshop: StoredWorkshop) -> None:
        """The chain checks, and still nobody can read the record: it names a run that there never was."""
        last = workshop.room.state
        position = last.seq + 1
        event = BallotCast(run="weigh.9", voter="p:x", item="i1", dots=1, revision=1)
        row = store.sealed(
            workshop.id, event, previous=last.digest, seq=position, at=last.at, actor="p:x", op_id="x"
        )
        workshop.database.call(store.append_events, [row])
        workshop.database.call(store.rebuild_index)
        assert workshop.database.read(store.verify, workshop.id).ok
        said = run("verify", workshop.code)
        assert said.exit_code == 1
        assert f"The entry at position {position} cannot be read (KeyError)." in said.output

    @pytest.mark.usefixtures("workshop")
    def test_no_such_workshop(self) -> None:
        said = run("verify", "000000")
        assert said.exit_code == 1
        assert "There is no workshop with the code 000000." in said.output


class TestErase:
    def test_an_item_loses_its_words_and_nothing_else(self, workshop: StoredWorkshop) -> None:
        folder = finished_report(workshop)
        before = workshop.views()["console"]["results"]["weigh.1"]["result"]["columns"]
        said = run("erase", workshop.code, "--item", "1", given="y\n")
        assert said.exit_code == 0, said.output
        assert WORDS[1] in said.output
        assert "Entries erased: 3. Finished reports deleted: 1." in said.output
        for words in WORDS[:3]:
            assert not workshop.is_anywhere(words)
        assert workshop.is_anywhere(WORDS[3])
        assert not folder.exists()
        workshop.rooms.notice()
        workshop.room.when_settled()
        seen = workshop.views()
        assert not any(words in str(seen) for words in WORDS[:3])
        row = next(row for column in before for row in column["items"])
        assert row["title"] == WORDS[2]
        row["title"] = "(borrado)"
        assert seen["console"]["results"]["weigh.1"]["result"]["columns"] == before
        assert [item.n for item in workshop.room.state.items.values()] == [1, 2]
        whole = run("verify", workshop.code)
        assert whole.exit_code == 0
        assert ", 3 of them erased\n" in whole.output

    def test_a_person_loses_all_they_wrote_and_their_name(self, workshop: StoredWorkshop) -> None:
        said = run("erase", workshop.code, "--person", "1", "--yes")
        assert said.exit_code == 0, said.output
        for words in (*WORDS[:3], WORDS[4]):
            assert not workshop.is_anywhere(words)
        assert workshop.database.read(store.names_of_workshop, workshop.id) == {}
        query = "SELECT count(*) FROM operation WHERE actor = ? AND content_hash IS NOT NULL"
        actor = next(iter(workshop.room.state.persons))
        assert workshop.execute(query, actor) == [(0,)]
        workshop.rooms.notice()
        workshop.room.when_settled()
        questions = workshop.views()["console"]["results"]["evaluation.1"]["result"]["questions"]
        texts = next(question for question in questions if "texts" in question)
        assert (texts["n"], sorted(texts["texts"])) == (3, ["(borrado)", WORDS[3], WORDS[3]])
        scale = next(question for question in questions if "mean" in question)
        assert (scale["n"], scale["mean"]) == (3, 4)
        assert not workshop.room.state.persons[actor].named

    def test_who_was_turned_away_is_erased_by_their_number(self, workshop: StoredWorkshop) -> None:
        other = StoredWorkshop(workshop.where, short(door="admitted"), login="eva")
        other.must(Join(), "p:luis")
        other.must(NameMyself(name="Luis Rojas"), "p:luis")
        other.must(TurnAway(person="p:luis"))
        said = run("erase", other.code, "--person", "1", "--yes")
        other.close()
        assert (said.exit_code, "Entries erased: 1." in said.output) == (0, True), said.output
        assert not workshop.is_anywhere("Luis Rojas")

    def test_texts_on_cards_are_named_and_erased(self, of_commands: Path | str) -> None:
        """Of a person what they wrote on any card; what others wrote there stays."""
        whole, fields = short(), [CardField("owner", {"en": "Owner"})]
        cards = Stage("cards", {"en": "Cards"}, 5, CardSettings("swot", fields))
        whole = msgspec.structs.replace(whole, stages=[*whole.stages, cards])
        workshop = StoredWorkshop(of_commands, whole)
        ana, beto = workshop.people(2)
        workshop.must(OpenStage(stage="swot"))
        item = f"i{workshop.must(AddItem(run='swot.1', column='w', title='Few roads'), beto).first}"
        workshop.must(OpenStage(stage="cards"))
        for person, value, revision in ((ana, WORDS[3], 0), (beto, "The two towns", 1)):
            workshop.must(FillCard("cards.1", item, "owner", value, revision), person)
        said = run("erase", workshop.code, "--person", "1", given="y\n")
        assert "1 texts on cards" in said.output, said.output
        assert "Entries erased: 1." in said.output
        assert not workshop.is_anywhere(WORDS[3])
        assert workshop.is_anywhere("The two towns")
        assert run("verify", workshop.code).exit_code == 0
        workshop.close()

    def test_votes_stay_unless_they_are_asked_for(self, workshop: StoredWorkshop) -> None:
        said = run("erase", workshop.code, "--person", "2", "--with-ballots", "--yes")
        assert said.exit_code == 0, said.output
        assert "results are other ones" in said.output
        assert "can see from the difference" in said.output
        workshop.rooms.notice()
        workshop.room.when_settled()
        assert workshop.views()["console"]["results"]["weigh.1"]["result"]["voters"] == 5
        assert run("verify", workshop.code).exit_code == 0
        again = run("erase", workshop.code, "--person", "2", "--with-ballots", "--yes")
        assert "Nothing of it is left" in again.output
        assert "Entries erased: 0." in again.output

    def test_what_an_earlier_result_gives_away_is_said_before_votes_are_erased(
        self, workshop: StoredWorkshop
    ) -> None:
        log = workshop.log()
        said = run("erase", workshop.code, "--person", "2", "--with-ballots", given="n\n")
        assert said.exit_code == 1
        assert said.output.index("can see from the difference") < said.output.index("Erase this for good?")
        assert workshop.log() == log
        words = run("erase", workshop.code, "--person", "2", given="n\n")
        assert "difference" not in words.output

    def test_it_asks_first(self, workshop: StoredWorkshop) -> None:
        folder = finished_report(workshop)
        log = workshop.log()
        assert run("erase", workshop.code, "--item", "1", given="n\n").exit_code == 1
        assert workshop.log() == log
        assert folder.exists()

    @pytest.mark.parametrize(
        "options", [[], ["--item", "1", "--person", "1"], ["--item", "9"], ["--person", "9"], ["--item", "0"]]
    )
    def test_what_is_not_there_is_not_erased(self, workshop: StoredWorkshop, options: list[str]) -> None:
        log = workshop.log()
        assert run("erase", workshop.code, *options, "--yes").exit_code != 0
        assert workshop.log() == log

    def test_an_item_under_another_is_pointed_out(self, workshop: StoredWorkshop) -> None:
        said = run("erase", workshop.code, "--item", "2", given="n\n")
        assert f"It stands under item 1, “{WORDS[2]}”" in said.output


class TestArchive:
    def test_there_and_back(self, workshop: StoredWorkshop) -> None:
        assert run("archive", workshop.code).exit_code == 0
        assert workshop.database.read(store.workshop_by_code, workshop.code) is None
        assert run("archive", workshop.code, "--undo").exit_code == 0
        assert workshop.database.read(store.workshop_by_code, workshop.code) is not None
        assert run("archive", "000000").exit_code == 1


class TestAccess:
    def test_given_and_taken(self, workshop: StoredWorkshop) -> None:
        bea = workshop.database.call(store.create_account, login="bea", name="Bea", password_hash="-", now=1)
        assert run("access", workshop.code).output == "ana  owner\n"
        assert run("access", workshop.code, "--add", "Bea").output == "ana  owner\nbea  facilitator\n"

        def role() -> str | None:
            row = workshop.database.read(store.workshop_by_id, workshop.id)
            assert row is not None
            return workshop.database.read(store.access_role, row, bea)

        assert role() == "facilitator"
        assert run("access", workshop.code, "--remove", "bea").output == "ana  owner\n"
        assert role() is None
        assert run("access", workshop.code, "--add", "nobody").exit_code == 1
        owner = run("access", workshop.code, "--remove", "ana")
        assert owner.exit_code == 1
        assert "is the owner" in owner.output

    def test_who_helps_is_named_and_sent_away(self, workshop: StoredWorkshop) -> None:
        now = milliseconds()
        helper = workshop.database.call(store.add_helper, workshop.id, "Rosa", now)
        assert helper is not None
        assert run("access", workshop.code).output == f"ana  owner\n{helper.actor}  assistant, Rosa\n"
        assert run("access", workshop.code, "--remove", helper.actor).output == "ana  owner\n"
        assert workshop.database.read(store.helper_by_token, workshop.id, helper.token, now) is None
        assert run("access", workshop.code, "--remove", helper.actor).exit_code == 1


class TestAccount:
    def account(self, workshop: StoredWorkshop) -> store.Account:
        found = workshop.database.read(store.account_by_login, "ana")
        assert found is not None
        return found

    def test_closed_and_opened(self, workshop: StoredWorkshop) -> None:
        assert "is closed" in run("account", "ana", "--close").output
        assert not self.account(workshop).active
        assert "ana  owner, closed" in run("access", workshop.code).output
        assert "is open" in run("account", "ana", "--open").output
        assert self.account(workshop).active

    def test_a_new_pass_phrase(self, workshop: StoredWorkshop) -> None:
        assert run("account", "ana", "--password-stdin", given="short\n").exit_code == 1
        assert self.account(workshop).password_hash == "-"
        assert run("account", "ana", "--password-stdin", given="correct horse battery\n").exit_code == 0
        assert self.account(workshop).password_hash.startswith("$argon2id$")

    @pytest.mark.usefixtures("workshop")
    def test_nothing_asked_nothing_done(self) -> None:
        assert run("account", "ana").exit_code == 2
        assert run("account", "nobody", "--close").exit_code == 1
