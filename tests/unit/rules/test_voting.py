"""Dots: the budget, revisions, paper, hidden items, and when a result is seen."""

from edp_app.core.commands import (
    CastBallot,
    CloseStage,
    CorrectGroup,
    Describe,
    EnterPaperBallot,
    HideItem,
    Join,
    MergeItems,
    OpenStage,
    RevealResult,
    ShowItem,
)
from edp_app.core.views import self_view, view
from tests.support.acting import ANA, BETO, CARLA, no_result_anywhere, refused
from tests.support.memory import MemoryWorkshop


class TestVoting:
    def test_dots_are_spent_changed_and_never_more_than_there_are(self, voting: MemoryWorkshop) -> None:
        a, b, c, _ = voting.state.items
        voting.must(CastBallot(run="weigh.1", item=a, dots=2), ANA)
        voting.must(CastBallot(run="weigh.1", item=b, dots=1), ANA)
        left = refused(voting, CastBallot(run="weigh.1", item=c, dots=1), ANA, "no_dots_left")
        assert left.params == {"left": 0}
        voting.must(CastBallot(run="weigh.1", item=a, dots=1, revision=1), ANA)
        voting.must(CastBallot(run="weigh.1", item=c, dots=1), ANA)
        assert self_view(voting.state, ANA)["left"]["weigh.1"]["s"] == 0
        refused(voting, CastBallot(run="weigh.1", item=b, dots=3, revision=1), BETO, "outdated")
        refused(voting, CastBallot(run="weigh.1", item=b, dots=3), BETO, "cap_reached")
        refused(voting, CastBallot(run="weigh.1", item="i999", dots=1), BETO, "unknown_item")

    def test_a_forgotten_tab_loses_against_the_newer_ballot(self, voting: MemoryWorkshop) -> None:
        item = next(iter(voting.state.items))
        voting.must(CastBallot(run="weigh.1", item=item, dots=1), ANA)
        voting.must(CastBallot(run="weigh.1", item=item, dots=2, revision=1), ANA)
        refused(voting, CastBallot(run="weigh.1", item=item, dots=0, revision=1), ANA, "outdated")

    def test_a_ballot_counts_in_the_run_that_it_names(self, voting: MemoryWorkshop) -> None:
        """A phone that has not heard of the second vote yet does not vote in it."""
        item = next(iter(voting.state.items))
        voting.must(CloseStage(run="weigh.1"))
        voting.must(RevealResult(run="weigh.1"))
        voting.must(OpenStage(stage="weigh"))
        refused(voting, CastBallot(run="weigh.1", item=item, dots=1), ANA, "stage_closed")
        voting.must(CastBallot(run="weigh.2", item=item, dots=1), ANA)
        given = self_view(voting.state, ANA)["ballots"]
        assert (given.get("weigh.1", {}), given["weigh.2"]) == ({}, {item: {"dots": 1, "revision": 1}})

    def test_dots_on_a_hidden_item_are_free_again_and_do_not_count(self, voting: MemoryWorkshop) -> None:
        a, b, *_ = voting.state.items
        for person in (ANA, BETO, CARLA):
            voting.must(CastBallot(run="weigh.1", item=a, dots=2), person)
            voting.must(CastBallot(run="weigh.1", item=b, dots=1), person)
        voting.must(HideItem(item=a))
        assert self_view(voting.state, ANA)["left"]["weigh.1"]["s"] == 2
        refused(voting, CastBallot(run="weigh.1", item=a, dots=0, revision=1), ANA, "item_hidden")
        voting.must(CloseStage(run="weigh.1"))
        voting.must(RevealResult(run="weigh.1"))
        rows = view(voting.state, "screen")["now"]["result"]["columns"][0]["items"]
        assert a not in [row["item"] for row in rows]

    def test_what_is_hidden_after_closing_keeps_its_figures_and_loses_its_words(
        self, voting: MemoryWorkshop
    ) -> None:
        a, *_ = voting.state.items
        for person in (ANA, BETO, CARLA):
            voting.must(CastBallot(run="weigh.1", item=a, dots=2), person)
        voting.must(CloseStage(run="weigh.1"))
        voting.must(RevealResult(run="weigh.1"))
        voting.must(HideItem(item=a))
        row = view(voting.state, "screen")["now"]["result"]["columns"][0]["items"][0]
        assert (row["item"], row["dots"]) == (a, 6)
        assert "title" not in row

    def test_what_is_hidden_before_the_reveal_is_not_in_the_result(self, voting: MemoryWorkshop) -> None:
        a, b, c, d = voting.state.items
        for person in (ANA, BETO, CARLA):
            voting.must(CastBallot(run="weigh.1", item=a, dots=2), person)
            voting.must(CastBallot(run="weigh.1", item=b, dots=1), person)
        voting.must(CloseStage(run="weigh.1"))
        for item in (a, c, d):
            voting.must(HideItem(item=item))
        voting.must(ShowItem(item=d))
        voting.must(RevealResult(run="weigh.1"))
        result = view(voting.state, "screen")["now"]["result"]
        rows = {row["item"]: row for row in result["columns"][0]["items"]}
        assert list(rows) == [b, d]
        assert (rows[b]["headcount"], result["columns"][0]["dots"]) == (1.0, 3)
        voting.must(ShowItem(item=a))
        assert view(voting.state, "screen")["now"]["result"] == result
        assert view(voting.refolded(), "screen")["now"]["result"] == result

    def test_sheets_of_paper_do_not_make_a_small_group_large(self, voting: MemoryWorkshop) -> None:
        a, b, *_ = voting.state.items
        for n in range(4):
            voting.must(Join(), f"p:{n}")
            voting.must(Describe(group="government"), f"p:{n}")
            voting.must(CastBallot(run="weigh.1", item=a, dots=2), f"p:{n}")
        voting.must(CastBallot(run="weigh.1", item=b, dots=2), BETO)
        for sheet in "12":
            voting.must(EnterPaperBallot(run="weigh.1", voter=sheet, group="business", dots={a: 1}))
        voting.must(CloseStage(run="weigh.1"))
        voting.must(RevealResult(run="weigh.1"))
        result = view(voting.state, "screen")["now"]["result"]
        assert result["voters"] == 7
        assert result["cells"] == [{"id": "pool", "groups": ["government", "business"], "voters": 7}]

    def test_two_phones_and_any_number_of_sheets_have_no_figures(self, voting: MemoryWorkshop) -> None:
        a, *_ = voting.state.items
        for person in (ANA, BETO):
            voting.must(CastBallot(run="weigh.1", item=a, dots=2), person)
        for sheet in range(1, 6):
            voting.must(EnterPaperBallot(run="weigh.1", voter=str(sheet), group="business", dots={a: 1}))
        voting.must(CloseStage(run="weigh.1"))
        voting.must(RevealResult(run="weigh.1"))
        result = view(voting.state, "screen")["now"]["result"]
        assert (result["voters"], result["few"]) == (7, True)
        assert "columns" not in result

    def test_nobody_sees_a_result_before_it_is_revealed(self, voting: MemoryWorkshop) -> None:
        for person in (ANA, BETO, CARLA):
            item = next(iter(voting.state.items))
            voting.must(CastBallot(run="weigh.1", item=item, dots=1), person)
        refused(voting, RevealResult(run="weigh.1"), "f:1", "stage_open")
        no_result_anywhere(voting)
        voting.must(CloseStage(run="weigh.1"))
        no_result_anywhere(voting)
        voting.must(RevealResult(run="weigh.1"))
        assert view(voting.state, "phone")["now"]["result"]["voters"] == 3

    def test_a_correction_after_closing_does_not_change_what_was_counted(
        self, voting: MemoryWorkshop
    ) -> None:
        item = next(iter(voting.state.items))
        for n in range(8):
            voting.must(Join(), f"p:{n}")
            voting.must(Describe(group=("government", "business")[n % 2]), f"p:{n}")
            voting.must(CastBallot(run="weigh.1", item=item, dots=1), f"p:{n}")
        voting.must(CloseStage(run="weigh.1"))
        voting.must(RevealResult(run="weigh.1"))
        before = view(voting.state, "screen")["now"]["result"]
        voting.must(CorrectGroup(person="p:0", group="business"))
        assert view(voting.state, "screen")["now"]["result"] == before

    def test_paper_sheets_count_for_their_number_and_can_be_corrected(self, voting: MemoryWorkshop) -> None:
        a, b, c, _ = voting.state.items
        sheet = EnterPaperBallot(run="weigh.1", voter="7", group="business", dots={a: 2, b: 1})
        voting.must(sheet)
        assert voting.must(sheet) == []
        voting.must(EnterPaperBallot(run="weigh.1", voter="07", group="business", dots={a: 1, c: 2}))
        assert view(voting.state, "console")["paper"]["weigh.1"]["7"]["dots"] == {a: 1, c: 2}
        too_many = EnterPaperBallot(run="weigh.1", voter="8", group="business", dots={a: 2, b: 2})
        refused(voting, too_many, "f:1", "no_dots_left")
        refused(voting, sheet, ANA, "not_allowed")
        voting.must(CloseStage(run="weigh.1"))
        voting.must(RevealResult(run="weigh.1"))
        assert view(voting.state, "console")["paper"] == {}

    def test_a_vote_on_nothing_cannot_be_opened(self, room: MemoryWorkshop) -> None:
        refused(room, OpenStage(stage="weigh"), "f:1", "nothing_to_vote_on")

    def test_a_merge_acts_on_the_next_run(self, voting: MemoryWorkshop) -> None:
        a, b, *_ = voting.state.items
        voting.must(MergeItems(into=a, items=[b]))
        assert len(view(voting.state, "phone")["now"]["candidates"]) == 4
        voting.must(CloseStage(run="weigh.1"))
        voting.must(OpenStage(stage="weigh"))
        assert voting.state.current == "weigh.2"
        assert len(view(voting.state, "phone")["now"]["candidates"]) == 3
