"""What a commitment may name: what passed by a vote, its second round taken in."""

from typing import Any

import pytest

from edp_app.core.commands import (
    AddItem,
    AddStage,
    ChangeItem,
    CloseStage,
    HideItem,
    MergeItems,
    OpenStage,
    RemoveStage,
    RevealResult,
    StepBack,
)
from edp_app.core.refusals import Refusal
from edp_app.core.views import view
from edp_app.exports.model import export_model
from edp_app.exports.names import Names
from edp_app.exports.tables import items
from tests.support.acting import refused
from tests.support.memory import MemoryWorkshop
from tests.support.shortlisted import PEOPLE, Room, shortlisted

ANA = PEOPLE[0]


def nameable(room: Room) -> list[str]:
    """What every phone offers to name."""
    links = room.shown().get("links")
    return room.titles(links["items"]) if links else []


def promise(room: Room, *titles: str, run: str = "promises.1") -> AddItem:
    return AddItem(run, "a", "I will", links=[room.ids[one] for one in titles])


def scored() -> Room:
    """Beta and Delta have passed by the score of Beta, Gamma and Delta."""
    room = Room()
    room.spend("Beta", "Gamma", "Delta")
    room.score(Beta=(5, 5), Gamma=(1, 1), Delta=(4, 4))
    return room


def test_what_passed_can_be_named_and_nothing_else() -> None:
    room = scored()
    room.open("promises")
    assert nameable(room) == ["Beta", "Delta"], "in the order of the result"
    links = room.shown()["links"]
    assert (links["stage"], links["passed_by"], links["title"]) == ("score", "score", {"en": "Score"})
    assert {one["id"] for one in links["columns"]} == {"a", "b"}
    for title in ("Gamma", "Alpha"):
        refused(room.workshop, promise(room, title), ANA, "unknown_link")
    room.workshop.must(promise(room, "Delta"), ANA)
    item = f"i{room.workshop.state.seq}"
    assert room.shown()["board"]["items"][item]["links"] == [room.ids["Delta"]]
    row = next(one for one in view(room.workshop.state, "console")["stages"] if one["id"] == "promises")
    assert row["links_to"] == "score"
    room.holds()


def test_both_rounds_are_one() -> None:
    room = Room()
    room.spend("Alpha", "Beta", "Gamma")
    room.score(Alpha=(5, 5), Beta=(5, 1), Gamma=(2, 2))
    run = room.open("again")
    for person in PEOPLE:
        for ballot in room.ballots(run, [0, 5, 0, 0, 0]):
            room.workshop.do(ballot, person)
    refused(room.workshop, OpenStage("promises"), "f:1", "not_revealed_yet")
    room.end(run)
    room.open("promises")
    assert nameable(room) == ["Alpha", "Beta"]
    room.holds()


def test_what_is_hidden_is_waited_for() -> None:
    room = Room()
    room.spend("Beta", "Gamma", "Delta")
    run = room.open("score")
    refusal = room.workshop.do(OpenStage("promises"))
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.params) == ("not_revealed_yet", {"title": "Score"})
    room.end(run)
    room.open("promises")


@pytest.mark.parametrize("held", [False, True])
def test_without_what_passed_people_write_all_the_same(held: bool) -> None:
    """A vote that was left out, or by which nothing passed, is no reason to promise nothing."""
    room = Room()
    room.spend("Beta", "Gamma", "Delta")
    if held:
        room.end(room.open("score"))
    room.open("promises")
    assert "links" not in room.shown()
    refused(room.workshop, promise(room, "Beta"), ANA, "unknown_link")
    room.workshop.must(promise(room), ANA)
    room.holds()


def test_what_passes_later_can_be_named_once_the_stage_goes_on() -> None:
    room = Room()
    room.spend("Beta", "Gamma", "Delta")
    room.open("promises")
    room.workshop.must(promise(room), ANA)
    room.score(Beta=(5, 5), Gamma=(1, 1), Delta=(4, 4))
    assert room.open("promises") == "promises.1", "what was written can still be changed"
    room.workshop.must(promise(room, "Beta"), ANA)
    item = f"i{room.workshop.state.seq}"
    room.score(Beta=(1, 1), Gamma=(5, 5), Delta=(4, 4))
    room.open("promises")
    assert nameable(room) == ["Gamma", "Delta"]
    refused(room.workshop, promise(room, "Beta"), ANA, "unknown_link")
    kept = ChangeItem("promises.1", item, 1, "I will, in May", links=[room.ids["Beta"]])
    room.workshop.must(kept, ANA)
    room.holds()


def test_going_back_while_the_vote_is_hidden_leaves_what_was_settled() -> None:
    room = scored()
    room.open("promises")
    room.workshop.must(promise(room, "Beta"), ANA)
    room.workshop.must(CloseStage("promises.1"))
    run = room.open("score")
    room.workshop.must(CloseStage(run))
    refused(room.workshop, OpenStage("promises"), "f:1", "not_revealed_yet")
    room.workshop.must(RevealResult(run))
    room.open("promises")
    assert nameable(room) == [], "by the vote that was held again nothing passed"
    room.holds()


def test_a_step_back_to_it_settles_it_as_opening_does() -> None:
    room = scored()
    room.open("promises")
    room.open("read_back")
    room.workshop.must(StepBack())
    assert room.workshop.state.current == "promises.1"
    assert nameable(room) == ["Beta", "Delta"]


def test_merged_and_hidden_later_as_links_are() -> None:
    room = scored()
    room.open("promises")
    room.workshop.must(promise(room, "Delta"), ANA)
    item = f"i{room.workshop.state.seq}"
    room.workshop.must(MergeItems(into=room.ids["Beta"], items=[room.ids["Delta"]]))
    assert nameable(room) == ["Beta"]
    assert room.shown()["board"]["items"][item]["links"] == [room.ids["Beta"]]
    room.workshop.must(promise(room, "Delta"), ANA)
    room.workshop.must(HideItem(item=room.ids["Beta"]))
    assert nameable(room) == []
    assert "links" not in room.shown()["board"]["items"][item]
    refused(room.workshop, promise(room, "Beta"), ANA, "unknown_link")
    room.holds()


def test_a_stage_of_commitments_is_put_in_while_the_workshop_runs() -> None:
    room = scored()
    room.workshop.must(AddStage("commitments", after="score", links_to="score"))
    run = room.open("commitments")
    assert nameable(room) == ["Beta", "Delta"]
    room.workshop.must(AddItem(run, "personal", "I will", links=[room.ids["Beta"]]), ANA)
    late: Any = room.workshop.do(AddStage("commitments", after="commitments", links_to="read_back"))
    assert late.code == "stage_needs"
    room.workshop.must(AddStage("commitments", after="read_back", links_to="shortlist"))
    answer: Any = room.workshop.do(AddStage("commitments", after="read_back", links_to="read_back"))
    assert answer.code == "does_not_fit", "nothing passes by it"
    room.holds()


def test_the_vote_that_is_named_cannot_be_taken_out() -> None:
    room = MemoryWorkshop(shortlisted())
    room.must(AddStage("weigh", after="shortlist", of="ideas"))
    room.must(AddStage("commitments", after="weigh", links_to="weigh"))
    refused(room, RemoveStage("weigh"), "f:1", "stage_needs")


def test_exports_tell_what_a_commitment_is_for_from_what_an_idea_rests_on() -> None:
    room = scored()
    room.open("promises")
    room.workshop.must(promise(room, "Delta"), ANA)
    room.workshop.must(CloseStage("promises.1"))
    export = export_model(room.workshop.state)
    named = {one.stage: one.links_name for one in export.gatherings}
    assert named["promises"] == "priorities"
    assert "priorities" not in {kind for stage, kind in named.items() if stage != "promises"}
    (commitments,) = (one for one in export.gatherings if one.stage == "promises")
    sheet = items(export, Names(export, "en"), commitments)
    headings = {column.id: column.heading for column in sheet.columns}
    assert "links" not in headings
    number = room.workshop.state.items[room.ids["Delta"]].n
    at = [column.id for column in sheet.columns].index("priorities")
    assert (headings["priorities"], [row[at] for row in sheet.rows]) == ("For priority no.", [str(number)])
    whole = {column.id: n for n, column in enumerate(items(export, Names(export, "en")).columns)}
    assert {"links", "priorities"} <= whole.keys()
