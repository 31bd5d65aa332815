"""Sheets of paper: collected when a vote closes, typed in until it is revealed, refused by the line."""

import msgspec
import pytest

from edp_app.core.commands import (
    CastBallot,
    CloseStage,
    CorrectGroup,
    Describe,
    EndWorkshop,
    EnterPaperBallot,
    HideItem,
    Join,
    MergeItems,
    OpenStage,
    RevealResult,
    StepBack,
)
from edp_app.core.results.cut import lot
from edp_app.core.views import AUDIENCES, view
from tests.support.acting import ANA, BETO, CARLA, no_result_anywhere, refused
from tests.support.memory import MemoryWorkshop

RUN = "weigh.1"


def sheet(number: int, group: str = "business", run: str = RUN, **dots: int) -> EnterPaperBallot:
    return EnterPaperBallot(run=run, voter=str(number), group=group, dots=dots)


def result(room: MemoryWorkshop, run: str = RUN) -> dict:  # type: ignore[type-arg]
    """The result as published, the same from a log folded anew."""
    shown = view(room.state, "console")["results"][run]["result"]
    assert view(room.refolded(), "console")["results"][run]["result"] == shown
    return shown  # type: ignore[no-any-return]


def dots_of(room: MemoryWorkshop) -> dict[str, int]:
    return {row["item"]: row["dots"] for row in result(room)["columns"][0]["items"]}


@pytest.fixture
def closed(voting: MemoryWorkshop) -> MemoryWorkshop:
    """Nine phones have voted, three of each group, and the vote is closed."""
    a, *_ = voting.state.items
    for n in range(9):
        voting.must(Join(), f"p:{n}")
        voting.must(Describe(group=("government", "business", "academia")[n % 3]), f"p:{n}")
        voting.must(CastBallot(run=RUN, item=a, dots=1), f"p:{n}")
    voting.must(CloseStage(run=RUN))
    return voting


class TestLate:
    def test_sheets_are_taken_until_the_reveal_and_phones_are_not(self, closed: MemoryWorkshop) -> None:
        a, b, *_ = closed.state.items
        closed.must(sheet(1, **{b: 2}))
        refused(closed, CastBallot(run=RUN, item=b, dots=1), ANA, "stage_closed")
        refused(closed, sheet(2, **{b: 2}), ANA, "not_allowed")
        no_result_anywhere(closed)
        assert view(closed.state, "console")["now"]["cast"] == 10
        closed.must(RevealResult(run=RUN))
        assert dots_of(closed) == {a: 9, b: 2} | dict.fromkeys(list(closed.state.items)[2:], 0)
        assert result(closed)["voters"] == 10
        refused(closed, sheet(2, **{b: 2}), "f:1", "result_revealed")
        refused(closed, sheet(1, **{b: 1}), "f:1", "result_revealed")

    def test_they_are_typed_in_during_the_break(self, closed: MemoryWorkshop) -> None:
        """The next stage is open by then: what the console needs of the vote is still there, for it alone."""
        _, b, *_ = closed.state.items
        assert view(closed.state, "console")["unrevealed"] == {}
        closed.must(OpenStage(stage="ideas"))
        closed.must(sheet(1, **{b: 2}))
        seen = view(closed.state, "console")
        assert seen["unrevealed"][RUN]["status"] == "closed"
        assert b in seen["unrevealed"][RUN]["candidates"]
        assert seen["paper"] == {RUN: {"1": {"group": "business", "revision": 1, "dots": {b: 2}}}}
        for audience in set(AUDIENCES) - {"console"}:
            assert not {"unrevealed", "paper"} & set(view(closed.state, audience))  # type: ignore[arg-type]
        closed.must(RevealResult(run=RUN))
        assert dots_of(closed)[b] == 2
        seen = view(closed.state, "console")
        assert (seen["unrevealed"], seen["paper"]) == ({}, {})

    def test_a_late_sheet_counts_for_the_group_that_stands_on_it(self, closed: MemoryWorkshop) -> None:
        _, b, *_ = closed.state.items
        closed.must(sheet(1, "academia", **{b: 2}))
        closed.must(sheet(2, "academia", **{b: 1}))
        assert closed.state.runs[RUN].groups_then["v:1"] == "academia"
        # Typed in again with the right group, the dots the same.
        closed.must(sheet(1, "government", **{b: 2}))
        assert view(closed.state, "console")["paper"][RUN]["1"]["group"] == "government"
        closed.must(RevealResult(run=RUN))
        voters = {tuple(cell["groups"]): cell["voters"] for cell in result(closed)["cells"]}
        assert voters == {("government",): 4, ("business",): 3, ("academia",): 4}

    def test_one_number_may_stand_for_another_group_in_another_vote(self, closed: MemoryWorkshop) -> None:
        _, b, c, d = closed.state.items
        closed.must(sheet(1, "government", **{b: 2}))
        closed.must(MergeItems(into=c, items=[d]))  # so that opening again is another vote
        closed.must(OpenStage(stage="weigh"))
        closed.must(sheet(1, "academia", run="weigh.2", **{c: 1}))
        sheets = view(closed.state, "console")["paper"]
        assert {run: typed["1"]["group"] for run, typed in sheets.items()} == {
            RUN: "government",
            "weigh.2": "academia",
        }
        assert closed.state.runs[RUN].groups_then["v:1"] == "government"
        # Said of the first vote, too, although it is what is known of the number by now.
        closed.must(sheet(1, "academia", **{b: 2}))
        assert closed.state.runs[RUN].groups_then["v:1"] == "academia"

    def test_only_who_saw_a_sheet_puts_another_in_its_place(self, voting: MemoryWorkshop) -> None:
        a, b, *_ = voting.state.items
        first, other = sheet(1, "academia", **{a: 2}), sheet(1, **{b: 2})
        new = msgspec.structs.replace(other, replaces=0)

        def stands() -> dict:  # type: ignore[type-arg]
            return view(voting.state, "console")["paper"][RUN]["1"]  # type: ignore[no-any-return]

        voting.must(msgspec.structs.replace(first, replaces=0), "f:1")
        shown = stands()
        assert shown == {"group": "academia", "revision": 1, "dots": {a: 2}}
        # the same again is the same sheet, whoever sends it; another one is not, nor that of another group
        assert voting.must(msgspec.structs.replace(first, replaces=0), "h:2") == []
        refused(voting, new, "h:2", "outdated")
        refused(voting, msgspec.structs.replace(first, group="business", replaces=0), "h:2", "outdated")
        assert stands() == shown
        # corrected by one who saw it; a second who saw it as it was before is not to undo that unseen
        voting.must(msgspec.structs.replace(other, replaces=1), "h:2")
        assert stands() == {"group": "business", "revision": 3, "dots": {b: 2}}
        refused(voting, msgspec.structs.replace(first, replaces=1), "f:1", "outdated")
        assert voting.must(msgspec.structs.replace(other, replaces=1), "h:2") == []
        # as records of before have it: whatever stood there
        voting.must(first, "f:1")
        assert stands()["dots"] == {a: 2}
        # in the next vote the number is free again
        voting.must(CloseStage(run=RUN))
        voting.must(RevealResult(run=RUN))
        voting.must(OpenStage(stage="weigh"))
        voting.must(msgspec.structs.replace(new, run="weigh.2"), "h:2")

    def test_a_sheet_of_before_the_closing_is_corrected_after_it(self, voting: MemoryWorkshop) -> None:
        a, b, *_ = voting.state.items
        for person in (ANA, BETO, CARLA):
            voting.must(CastBallot(run=RUN, item=a, dots=1), person)
        voting.must(sheet(7, **{a: 2}))
        voting.must(CloseStage(run=RUN))
        voting.must(sheet(7, **{b: 1}))
        assert voting.must(sheet(7, **{b: 1})) == []
        voting.must(RevealResult(run=RUN))
        assert (dots_of(voting)[a], dots_of(voting)[b]) == (3, 1)

    def test_the_lot_is_drawn_after_the_last_sheet(self, closed: MemoryWorkshop) -> None:
        """Nobody who can still add a ballot knows it."""
        _, b, c, d = closed.state.items
        at_closing = closed.state.digest
        assert closed.state.runs[RUN].closing_digest == at_closing
        closed.must(sheet(1, **{b: 1, c: 1, d: 1}))
        with_sheets = closed.state.digest
        closed.must(RevealResult(run=RUN))
        assert closed.state.runs[RUN].closing_digest == with_sheets != at_closing
        tied = [row["item"] for row in result(closed)["columns"][0]["items"][1:]]
        assert tied == sorted([b, c, d], key=lambda item: lot(with_sheets, item))

    def test_a_vote_that_is_opened_again_keeps_its_late_sheets(self, closed: MemoryWorkshop) -> None:
        _, b, *_ = closed.state.items
        closed.must(sheet(1, "academia", **{b: 2}))
        closed.must(StepBack())
        assert view(closed.state, "console")["paper"][RUN]["1"]["dots"] == {b: 2}
        closed.must(CastBallot(run=RUN, item=b, dots=1), "p:0")
        closed.must(CloseStage(run=RUN))
        closed.must(RevealResult(run=RUN))
        assert dots_of(closed)[b] == 3
        assert {cell["voters"] for cell in result(closed)["cells"] if "academia" in cell["groups"]} == {4}

    def test_opened_again_it_counts_for_the_group_that_stands_on_it_all_the_same(
        self, closed: MemoryWorkshop
    ) -> None:
        """Also where its number stands for another group in another vote."""
        _, b, c, d = closed.state.items
        closed.must(sheet(1, "government", **{b: 2}))
        closed.must(MergeItems(into=c, items=[d]))  # so that opening again is another vote
        closed.must(OpenStage(stage="weigh"))
        closed.must(CloseStage(run="weigh.2"))
        closed.must(sheet(1, "academia", run="weigh.2", **{c: 1}))

        def stands() -> str:
            seen = view(closed.state, "console")["paper"]
            assert view(closed.refolded(), "console")["paper"] == seen
            return seen["weigh.2"]["1"]["group"]  # type: ignore[no-any-return]

        for _again in range(2):
            closed.must(StepBack())
            assert stands() == "academia"
            closed.must(CloseStage(run="weigh.2"))
            assert stands() == "academia"
        assert closed.state.runs["weigh.2"].groups_then["v:1"] == "academia"
        assert closed.state.runs[RUN].groups_then["v:1"] == "government"

    def test_what_is_typed_in_while_it_is_open_again_takes_its_place(self, closed: MemoryWorkshop) -> None:
        _, b, *_ = closed.state.items
        closed.must(sheet(1, "government", **{b: 2}))
        closed.must(sheet(1, "academia", **{b: 2}))
        closed.must(StepBack())
        closed.must(sheet(1, "government", **{b: 2}))  # which is what is known of the number
        assert view(closed.state, "console")["paper"][RUN]["1"]["group"] == "government"
        closed.must(CloseStage(run=RUN))
        assert closed.state.runs[RUN].groups_then["v:1"] == "government"

    def test_a_correction_of_the_person_takes_its_place(self, closed: MemoryWorkshop) -> None:
        _, b, *_ = closed.state.items
        closed.must(sheet(1, "government", **{b: 2}))
        closed.must(sheet(1, "academia", **{b: 2}))
        closed.must(CorrectGroup(person="v:1", group="business"))
        assert closed.state.runs[RUN].groups_then["v:1"] == "academia"
        closed.must(StepBack())
        closed.must(CloseStage(run=RUN))
        assert closed.state.runs[RUN].groups_then["v:1"] == "business"

    def test_after_the_end_nothing_is_taken(self, closed: MemoryWorkshop) -> None:
        closed.must(EndWorkshop())
        refused(closed, sheet(1), "f:1", "workshop_ended")


class TestRefusedLine:
    """The facilitator types from a pile of sheets: what does not fit has to be found at a glance."""

    def test_too_many_on_one_item(self, voting: MemoryWorkshop) -> None:
        a, b, *_ = voting.state.items
        no = refused(voting, sheet(1, **{a: 1, b: 3}), "f:1", "cap_reached")
        assert no.params == {"cap": 2, "item": b, "column": "s"}

    def test_more_than_there_are(self, voting: MemoryWorkshop) -> None:
        a, b, c, _ = voting.state.items
        no = refused(voting, sheet(1, **{a: 2, b: 1, c: 2}), "f:1", "no_dots_left")
        assert no.params == {"left": 0, "item": c, "column": "s"}

    def test_an_item_that_was_hidden_or_never_was(self, voting: MemoryWorkshop) -> None:
        a, b, *_ = voting.state.items
        voting.must(HideItem(item=b))
        no = refused(voting, sheet(1, **{a: 1, b: 1}), "f:1", "item_hidden")
        assert no.params == {"item": b, "column": "s"}
        no = refused(voting, sheet(1, i999=1), "f:1", "unknown_item")
        assert no.params == {"item": "i999", "column": ""}
