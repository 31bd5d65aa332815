"""Votes on what an earlier vote let through: which items they are about, and from when on."""

from dataclasses import replace
from typing import Any

import msgspec
import pytest

from edp_app.core.commands import (
    AddItem,
    AddStage,
    CastBallot,
    CloseStage,
    Describe,
    HideItem,
    Join,
    MergeItems,
    MoveStage,
    OpenStage,
    PlanStage,
    RevealResult,
    ShowItem,
    StepBack,
    UnmergeItem,
)
from edp_app.core.definition import VoteSettings
from edp_app.core.events import BallotCast, Erased
from edp_app.core.plan import needed_by
from edp_app.core.refusals import Refusal
from edp_app.core.views import view
from edp_app.core.workshop import fold
from edp_app.rehearsal.recount import recount
from edp_app.rehearsal.recount_cards import cards_shown
from tests.support.acting import refused
from tests.support.all_methods import rows_of
from tests.support.memory import MemoryWorkshop, plain
from tests.support.shortlisted import IDEAS, PEOPLE, Room, shortlisted


def test_only_what_the_shortlist_let_through_is_scored() -> None:
    room = Room()
    room.spend("Alpha", "Gamma", "Delta")
    run = room.open("score")
    assert room.about() == ["Alpha", "Gamma", "Delta"]
    shown = room.shown()
    assert (shown["of"], shown["passed_by"], shown["among"]) == ("ideas", "shortlist", 5)
    assert shown["passed_in"] == {"en": "Shortlist"}
    assert [column["id"] for column in shown["columns"]] == ["a", "b"]
    ballot = CastBallot(run, room.ids["Beta"], scores={"all": 5})
    refused(room.workshop, ballot, PEOPLE[0], "unknown_item")
    room.workshop.must(CastBallot(run, room.ids["Delta"], scores={"all": 5}), PEOPLE[0])
    room.holds()


def test_before_the_reveal_nothing_can_rest_on_it() -> None:
    room = Room()
    refusal = refused(room.workshop, OpenStage("score"), "f:1", "not_revealed_yet")
    assert refusal.params == {"title": "Shortlist"}
    run = room.open("shortlist")
    room.workshop.must(CastBallot(run, room.ids["Alpha"], dots=1), PEOPLE[0])
    refused(room.workshop, OpenStage("score"), "f:1", "not_revealed_yet")
    room.workshop.must(CloseStage(run))
    refused(room.workshop, OpenStage("score"), "f:1", "not_revealed_yet")
    room.holds()


@pytest.mark.parametrize("people", [0, 2])
def test_where_nothing_passed_there_is_nothing_to_score(people: int) -> None:
    room = Room()
    room.spend("Alpha", people=people)
    refusal = refused(room.workshop, OpenStage("score"), "f:1", "nothing_passed")
    assert refusal.params == {"title": "Shortlist"}
    room.holds()


def test_where_all_that_passed_was_hidden_since_there_is_nothing_to_score() -> None:
    room = Room(passes=1)
    room.spend("Alpha")
    room.workshop.must(HideItem(room.ids["Alpha"]))
    refused(room.workshop, OpenStage("score"), "f:1", "nothing_passed")
    room.workshop.must(ShowItem(room.ids["Alpha"]))
    room.open("score")
    assert room.about() == ["Alpha"]
    room.holds()


def test_one_that_passed_is_scored_by_itself_and_can_be_stood_by() -> None:
    room = Room(passes=1)
    room.spend("Beta")
    room.score(Beta=(5, 4))
    run = room.open("read_back")
    assert room.about() == ["Beta"]
    for person in PEOPLE:
        room.workshop.must(CastBallot(run, room.ids["Beta"], choice="agree"), person)
    room.end(run)
    room.holds()


def test_of_a_tie_those_are_scored_that_the_lot_let_through() -> None:
    room = Room()
    room.spend("Alpha", "Beta", "Gamma")
    room.spend("Delta", "Epsilon", "Alpha")
    assert room.workshop.state.runs_of("shortlist")[-1].id == "shortlist.2"
    room.open("score")
    assert room.about() == ["Alpha", "Delta", "Epsilon"]
    tied = Room(passes=2)
    tied.spend("Alpha", "Beta", "Gamma")
    rows = tied.shown("screen")["result"]["columns"][0]
    tied.open("score")
    assert set(tied.about()) == {row["title"] for row in rows["items"] if row["passes"]}
    assert len(tied.about()) == 2
    assert rows["tied_out"]
    tied.holds()


def test_what_was_merged_since_is_scored_as_the_one_that_stands_for_it() -> None:
    room = Room()
    room.spend("Alpha", "Gamma", "Delta")
    room.workshop.must(MergeItems(into=room.ids["Epsilon"], items=[room.ids["Alpha"], room.ids["Gamma"]]))
    room.score(Epsilon=(4, 4), Delta=(3, 3))
    assert room.titles(room.workshop.state.runs["score.1"].data.candidates) == ["Delta", "Epsilon"]
    assert room.workshop.state.runs["score.1"].data.among == 3
    room.workshop.must(UnmergeItem(item=room.ids["Alpha"]))
    room.holds()
    room.open("score")
    assert room.about() == ["Alpha", "Delta", "Epsilon"], "Gamma, which passed, still stands under Epsilon"


def test_a_score_goes_on_while_it_is_about_the_same() -> None:
    room = Room()
    room.spend("Alpha", "Gamma", "Delta")
    run = room.open("score")
    room.workshop.must(HideItem(room.ids["Gamma"]))
    assert room.about() == ["Alpha", "Delta"]
    room.workshop.must(CloseStage(run))
    assert room.open("score") == "score.1"
    room.workshop.must(CloseStage(run))
    room.workshop.must(MergeItems(into=room.ids["Epsilon"], items=[room.ids["Alpha"]]))
    assert room.open("score") == "score.2", "it is about something else"
    assert room.about() == ["Delta", "Epsilon"]
    room.workshop.must(StepBack())
    room.holds()


def test_a_shortlist_held_again_makes_another_score_of_it() -> None:
    room = Room()
    room.spend("Alpha", "Gamma", "Delta")
    run = room.open("score")
    room.workshop.must(CastBallot(run, room.ids["Alpha"], scores={"all": 5}), PEOPLE[0])
    room.workshop.must(CloseStage(run))
    again = room.open("shortlist")
    room.workshop.must(CloseStage(again))
    refused(room.workshop, OpenStage("score"), "f:1", "not_revealed_yet")
    room.workshop.must(RevealResult(again))
    refused(room.workshop, OpenStage("score"), "f:1", "nothing_passed")
    room.spend("Beta", "Epsilon")
    assert room.open("score") == "score.2"
    assert room.about() == ["Beta", "Epsilon"]
    room.holds()


class TestBothRounds:
    @pytest.fixture
    def room(self) -> Room:
        """Two pass, one of which divides the room."""
        room = Room()
        room.spend("Alpha", "Gamma", "Delta")
        room.score(Alpha=(4, 4), Gamma=(5, 1), Delta=(4, 1))
        return room

    def test_without_a_second_round_the_first_one_counts(self, room: Room) -> None:
        room.open("read_back")
        assert room.about() == ["Alpha", "Gamma"]
        assert room.shown()["among"] == 5
        room.holds()

    def test_a_second_round_is_about_what_was_divided_and_takes_its_places(self, room: Room) -> None:
        run = room.open("again")
        assert room.about() == ["Gamma", "Delta"]
        assert "passed_by" not in room.shown()
        refusal = refused(room.workshop, OpenStage("read_back"), "f:1", "not_revealed_yet")
        assert refusal.params == {"title": "Again"}
        for person in PEOPLE:
            for title, score in (("Gamma", 2), ("Delta", 5)):
                room.workshop.must(CastBallot(run, room.ids[title], scores={"all": score}), person)
        room.end(run)
        room.open("cards")
        assert room.titles(room.shown()["order"]) == ["Alpha", "Delta"]
        room.open("read_back")
        assert room.about() == ["Alpha", "Delta"]
        room.holds()

    def test_a_second_round_asks_the_same_though_the_shortlist_was_held_again(self, room: Room) -> None:
        room.spend("Beta", "Epsilon")
        room.open("again")
        assert room.about() == ["Gamma", "Delta"]
        room.holds()

    def test_what_kept_its_place_and_was_merged_since_is_read_back_once(self, room: Room) -> None:
        room.score("again", Gamma=(5, 5), Delta=(1, 1))
        room.workshop.must(MergeItems(into=room.ids["Gamma"], items=[room.ids["Alpha"]]))
        room.open("read_back")
        assert room.about() == ["Gamma"]
        room.open("cards")
        assert room.titles(room.shown()["order"]) == ["Gamma"]
        room.holds()

    def test_a_vote_on_what_a_second_round_let_through_is_about_both_rounds(self, room: Room) -> None:
        room.open("points")
        assert room.about() == ["Alpha", "Gamma"], "the second round was not held"
        assert room.shown()["passed_by"] == "score"
        room.score("again", Gamma=(1, 1), Delta=(5, 5))
        room.open("points")
        assert room.about() == ["Alpha", "Delta"]
        room.holds()


class TestTheAgenda:
    def test_what_a_vote_rests_on_is_needed_and_stays_before_it(self) -> None:
        definition = shortlisted()
        assert needed_by(definition, "shortlist") == ["score", "again"]
        assert needed_by(definition, "score") == ["again", "cards", "promises", "read_back"]
        assert needed_by(definition, "again") == ["points"]
        assert needed_by(definition, "sort") == ["shortlist", "score", "again", "points", "read_back"]
        room = MemoryWorkshop(definition)
        refused(room, MoveStage(stage="score", after="sort"), "f:1", "stage_needs")

    def test_one_that_was_left_out_is_asked_for(self) -> None:
        room = Room()
        room.workshop.must(PlanStage("shortlist", skipped=True))
        refused(room.workshop, OpenStage("score"), "f:1", "not_revealed_yet")

    def test_a_vote_of_the_library_can_be_put_in_about_what_passed(self) -> None:
        room = Room()
        room.spend("Alpha", "Gamma")
        room.workshop.must(AddStage("fundability", after="shortlist", of="shortlist"))
        room.open("fundability")
        assert room.about() == ["Alpha", "Gamma"]
        room.workshop.must(AddStage("fundability", after="read_back", of="ideas"))
        room.open("fundability_2")
        assert room.about() == list(IDEAS)
        room.holds()

    def test_not_before_the_vote_that_it_would_be_about(self) -> None:
        room = MemoryWorkshop(shortlisted())
        refused(room, AddStage("fundability", after="sort", of="shortlist"), "f:1", "stage_needs")
        answer = room.do(AddStage("fundability", after="read_back", of="read_back"))
        assert isinstance(answer, Refusal)
        assert answer.code == "does_not_fit", "nothing passes by it"


def test_where_votes_are_erased_what_passed_may_be_another() -> None:
    """The results become other ones then; what was said of an item that had no place now counts nowhere."""
    room = Room(passes=2)
    run = room.open("shortlist")
    for n, person in enumerate(PEOPLE):
        for title in ("Alpha", "Beta" if n < 4 else "Gamma"):
            room.workshop.must(CastBallot(run, room.ids[title], dots=1), person)
    room.end(run)
    room.score(Alpha=(4, 4), Gamma=(2, 5))
    log, rows = list(room.workshop.log), rows_of(room.workshop)
    for at, one in enumerate(log):
        if isinstance(one.event, BallotCast) and one.event.item == room.ids["Gamma"] and one.event.dots:
            log[at] = msgspec.structs.replace(one, event=Erased())
            rows[at] = replace(rows[at], payload={})
    left = fold(log)
    assert room.titles(left.runs["score.1"].data.candidates) == ["Alpha", "Beta"]
    console: Any = plain(view(left, "console"))
    shown = console["results"]["score.1"]["result"]["columns"][0]["items"]
    assert [(row["title"], row["n"]) for row in shown] == [("Alpha", 10), ("Beta", 0)]
    results = {run: past["result"] for run, past in console["results"].items()}
    assert not recount(rows, results, cards_shown(console)).problems


def test_a_workshop_whose_votes_are_about_everything_is_as_it_was() -> None:
    definition = shortlisted()
    stages = [
        msgspec.structs.replace(one, settings=msgspec.structs.replace(one.settings, of="ideas"))
        if isinstance(one.settings, VoteSettings)
        else one
        for one in definition.stages
    ]
    room = Room()
    room.workshop = MemoryWorkshop(msgspec.structs.replace(definition, stages=stages))
    room.workshop.must(OpenStage("ideas"))
    for person in PEOPLE[:1]:
        room.workshop.must(Join(), person)
        room.workshop.must(Describe("gov"), person)
        room.workshop.must(AddItem("ideas.1", "a", "Alpha"), person)
    room.open("score")
    shown = room.shown()
    assert shown["of"] == "ideas"
    assert not {"passed_by", "passed_in", "among"} & shown.keys()
    assert len(shown["candidates"]) == 1
