"""The rules, one at a time: who may do what, when, and what comes of it."""

import pytest

from edp_app.core.commands import (
    AddItem,
    Answer,
    CastBallot,
    ChangeItem,
    CloseStage,
    Command,
    CorrectGroup,
    Describe,
    EndWorkshop,
    EnterPaperBallot,
    ExtendTimer,
    HideItem,
    HoldTimer,
    Join,
    MergeItems,
    NameMyself,
    OpenStage,
    PauseStage,
    ReopenWorkshop,
    ResumeStage,
    RevealResult,
    SetDoor,
    SetTimer,
    ShowItem,
    StepBack,
    UnmergeItem,
    WithdrawItem,
)
from edp_app.core.refusals import Refusal
from edp_app.core.views import AUDIENCES, self_view, view
from tests.support.definitions import GROUPS, short
from tests.support.memory import MemoryWorkshop

ANA, BETO, CARLA = "p:ana", "p:beto", "p:carla"


@pytest.fixture
def room() -> MemoryWorkshop:
    """Three people of three groups, and nothing open yet."""
    workshop = MemoryWorkshop(short())
    for person, group in zip((ANA, BETO, CARLA), GROUPS, strict=False):
        workshop.must(Join(), person)
        workshop.must(Describe(group=group), person)
    return workshop


def write(room: MemoryWorkshop, person: str, title: str, column: str = "s", run: str = "swot.1") -> str:
    room.must(AddItem(run=run, column=column, title=title), person)
    return f"i{room.state.seq}"


@pytest.fixture
def voting(room: MemoryWorkshop) -> MemoryWorkshop:
    """The vote on four strengths is open: i9 to i12."""
    room.must(OpenStage(stage="swot"))
    for n in range(4):
        write(room, ANA, f"Strength {n}")
    room.must(OpenStage(stage="weigh"))
    return room


def refused(room: MemoryWorkshop, command: Command, actor: str, code: str) -> Refusal:
    """The command is refused with this code, and nothing whatever changes."""
    seq, seen = room.state.seq, view(room.state, "console")
    decision = room.do(command, actor)
    assert isinstance(decision, Refusal), f"{command} was accepted"
    assert decision.code == code
    assert (room.state.seq, view(room.state, "console")) == (seq, seen)
    return decision


def _no_result_anywhere(room: MemoryWorkshop) -> None:
    for audience in AUDIENCES:
        seen = view(room.state, audience)
        assert "result" not in seen["now"]
        assert not seen["results"]


class TestPeople:
    def test_joining_twice_changes_nothing(self, room: MemoryWorkshop) -> None:
        assert room.must(Join(), ANA) == []

    def test_a_closed_door_keeps_new_people_out_and_leaves_others_in(self, room: MemoryWorkshop) -> None:
        room.must(SetDoor(open=False))
        refused(room, Join(), "p:new", "door_closed")
        assert room.must(Join(), ANA) == []
        room.must(SetDoor(open=True))
        room.must(Join(), "p:new")

    def test_whoever_has_not_joined_can_do_nothing(self, room: MemoryWorkshop) -> None:
        refused(room, Describe(group="business"), "p:stranger", "not_joined")

    def test_group_and_territory_must_be_of_this_workshop(self, room: MemoryWorkshop) -> None:
        refused(room, Describe(group="martians"), ANA, "unknown_group")
        refused(room, Describe(group="business", territory="mars"), ANA, "unknown_territory")

    def test_the_group_is_fixed_by_the_first_vote_and_corrected_by_the_facilitator(
        self, voting: MemoryWorkshop
    ) -> None:
        voting.must(Describe(group="academia"), ANA)
        item = next(iter(voting.state.items))
        voting.must(CastBallot(run="weigh.1", item=item, dots=1), ANA)
        refused(voting, Describe(group="business"), ANA, "group_fixed")
        voting.must(CorrectGroup(person=ANA, group="business"))
        assert self_view(voting.state, ANA)["group"] == "business"
        assert voting.state.persons[ANA].corrected

    def test_a_name_is_noted_in_the_log_and_its_words_are_not(self, room: MemoryWorkshop) -> None:
        room.must(NameMyself(name="Ana Quispe", organisation="Cooperativa"), ANA)
        assert self_view(room.state, ANA)["named"]
        assert all("Quispe" not in str(recorded) for recorded in room.log)
        refused(room, NameMyself(name="a\u0007"), ANA, "bad_text")

    def test_facilitators_are_nobody_in_the_count(self, room: MemoryWorkshop) -> None:
        refused(room, Join(), "f:1", "not_allowed")
        assert view(room.state, "console")["people"]["total"] == 3


class TestGathering:
    def test_an_item_can_be_written_changed_and_withdrawn_by_its_author_only(
        self, room: MemoryWorkshop
    ) -> None:
        room.must(OpenStage(stage="swot"))
        item = write(room, ANA, "  Aceitunas   de\nTacna ")
        assert room.state.items[item].title == "Aceitunas de Tacna"
        refused(room, ChangeItem(run="swot.1", item=item, revision=1, title="x"), BETO, "not_yours")
        room.must(ChangeItem(run="swot.1", item=item, revision=1, title="Aceituna"), ANA)
        refused(room, ChangeItem(run="swot.1", item=item, revision=1, title="older"), ANA, "outdated")
        refused(room, WithdrawItem(run="swot.1", item=item), BETO, "not_yours")
        room.must(WithdrawItem(run="swot.1", item=item), ANA)
        refused(room, WithdrawItem(run="swot.1", item=item), ANA, "unknown_item")
        assert view(room.state, "phone")["now"]["board"]["items"] == {}

    @pytest.mark.parametrize(
        ("title", "code"),
        [("", "empty_text"), (" \n\t ", "empty_text"), ("x" * 201, "text_too_long"), ("a\x00b", "bad_text"),
         ("\ud83d", "bad_text"), ("\u202eevil", "bad_text"), ("\x1b[31m", "bad_text")],
    )  # fmt: skip
    def test_bad_text_is_refused(self, room: MemoryWorkshop, title: str, code: str) -> None:
        room.must(OpenStage(stage="swot"))
        refused(room, AddItem(run="swot.1", column="s", title=title), ANA, code)

    def test_only_in_the_open_run_and_its_columns(self, room: MemoryWorkshop) -> None:
        refused(room, AddItem(run="swot.1", column="s", title="early"), ANA, "unknown_run")
        room.must(OpenStage(stage="swot"))
        refused(room, AddItem(run="swot.1", column="x", title="a"), ANA, "unknown_column")
        room.must(PauseStage(run="swot.1"))
        refused(room, AddItem(run="swot.1", column="s", title="a"), ANA, "stage_paused")
        room.must(ResumeStage(run="swot.1"))
        room.must(CloseStage(run="swot.1"))
        refused(room, AddItem(run="swot.1", column="s", title="late"), ANA, "stage_closed")

    def test_someone_without_a_group_is_asked_for_it(self, room: MemoryWorkshop) -> None:
        room.must(Join(), "p:new")
        room.must(OpenStage(stage="swot"))
        refused(room, AddItem(run="swot.1", column="s", title="a"), "p:new", "group_needed")

    def test_evidence_goals_and_fields(self, room: MemoryWorkshop) -> None:
        room.must(OpenStage(stage="swot"))
        strength = write(room, ANA, "Sol todo el año")
        gone = write(room, ANA, "Retirado")
        room.must(WithdrawItem(run="swot.1", item=gone), ANA)
        room.must(OpenStage(stage="ideas"))
        idea = AddItem(run="ideas.1", column="idea", title="Secadores", links=[strength], sdgs=[7, 2, 7])
        room.must(idea, BETO)
        item = f"i{room.state.seq}"
        assert view(room.state, "phone")["now"]["board"]["items"][item]["links"] == [strength]
        assert view(room.state, "phone")["now"]["board"]["items"][item]["sdgs"] == [2, 7]
        for link in (gone, "i999", item):
            command = AddItem(run="ideas.1", column="idea", title="x", links=[link])
            refused(room, command, BETO, "unknown_link")
        command = AddItem(run="ideas.1", column="idea", title="x", fields={"forged": "1"})
        refused(room, command, BETO, "bad_message")
        command = AddItem(run="ideas.1", column="idea", title="x", fields={"who": "y" * 101})
        refused(room, command, BETO, "text_too_long")

    def test_so_many_items_a_person(self, room: MemoryWorkshop) -> None:
        room.must(OpenStage(stage="ideas"))
        for n in range(3):
            write(room, ANA, f"idea {n}", "idea", "ideas.1")
        refused(room, AddItem(run="ideas.1", column="idea", title="one more"), ANA, "too_many_items")

    def test_others_are_hidden_until_closing_where_the_stage_says_so(self) -> None:
        room = MemoryWorkshop(short(others="after_close"))
        room.must(Join(), ANA)
        room.must(Describe(group="business"), ANA)
        room.must(OpenStage(stage="swot"))
        write(room, ANA, "Secret until closing")
        for audience in ("phone", "screen"):
            assert "Secret" not in str(view(room.state, audience))  # type: ignore[arg-type]
            assert view(room.state, audience)["now"]["count"]["s"] == 1  # type: ignore[arg-type]
        room.must(CloseStage(run="swot.1"))
        assert "Secret" in str(view(room.state, "screen"))


class TestCuration:
    def test_merge_and_undo_keep_both_originals(self, room: MemoryWorkshop) -> None:
        room.must(OpenStage(stage="swot"))
        first, second = write(room, ANA, "Sol"), write(room, BETO, "Mucho sol")
        room.must(MergeItems(into=first, items=[second], title="Sol todo el año"))
        board = view(room.state, "phone")["now"]["board"]["items"]
        assert board[first]["title"] == "Sol todo el año"
        assert board[first]["merged"] == [{"id": second, "title": "Mucho sol"}]
        assert second not in board
        own = self_view(room.state, BETO)["items"][second]
        assert (own["state"], own["into"]["title"]) == ("merged", "Sol todo el año")
        room.must(UnmergeItem(item=second))
        board = view(room.state, "phone")["now"]["board"]["items"]
        assert (board[first]["title"], board[second]["title"]) == ("Sol", "Mucho sol")

    def test_what_cannot_be_merged(self, room: MemoryWorkshop) -> None:
        room.must(OpenStage(stage="swot"))
        first, other_column = write(room, ANA, "Sol"), write(room, ANA, "Sequía", "t")
        refused(room, MergeItems(into=first, items=[first]), "f:1", "cannot_merge")
        refused(room, MergeItems(into=first, items=[other_column]), "f:1", "cannot_merge")
        refused(room, MergeItems(into=first, items=["i999"]), "f:1", "unknown_item")
        refused(room, MergeItems(into=first, items=[first]), ANA, "not_allowed")

    def test_a_hidden_item_is_nowhere_but_on_the_console(self, room: MemoryWorkshop) -> None:
        room.must(OpenStage(stage="swot"))
        item = write(room, ANA, "Insulto")
        room.must(HideItem(item=item))
        assert "Insulto" not in str(view(room.state, "screen"))
        assert "Insulto" not in str(view(room.state, "phone"))
        assert view(room.state, "console")["items"][item]["state"] == "hidden"
        assert self_view(room.state, ANA)["items"][item]["state"] == "hidden"
        room.must(ShowItem(item=item))
        assert "Insulto" in str(view(room.state, "screen"))

    def test_an_idea_of_a_group_of_two_carries_no_label(self, room: MemoryWorkshop) -> None:
        for n, group in enumerate(("business", "business", "business", "civil_society")):
            room.must(Join(), f"p:b{n}")
            room.must(Describe(group=group), f"p:b{n}")
        room.must(OpenStage(stage="swot"))
        alone, many = write(room, ANA, "From one"), write(room, "p:b0", "From many")
        board = view(room.state, "screen")["now"]["board"]["items"]
        assert "group" not in board[alone]
        assert board[many]["group"] == "business"


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

    def test_nobody_sees_a_result_before_it_is_revealed(self, voting: MemoryWorkshop) -> None:
        for person in (ANA, BETO, CARLA):
            item = next(iter(voting.state.items))
            voting.must(CastBallot(run="weigh.1", item=item, dots=1), person)
        refused(voting, RevealResult(run="weigh.1"), "f:1", "stage_open")
        _no_result_anywhere(voting)
        voting.must(CloseStage(run="weigh.1"))
        _no_result_anywhere(voting)
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


class TestAgenda:
    def test_opening_the_next_stage_closes_the_one_before(self, room: MemoryWorkshop) -> None:
        room.must(OpenStage(stage="opening"))
        room.must(OpenStage(stage="who"))
        statuses = {entry["id"]: entry["status"] for entry in view(room.state, "phone")["agenda"]}
        assert (statuses["opening"], statuses["who"], statuses["swot"]) == ("closed", "open", "waiting")
        refused(room, OpenStage(stage="who"), "f:1", "stage_open")
        refused(room, OpenStage(stage="nowhere"), "f:1", "unknown_stage")

    def test_a_slip_to_the_next_stage_is_undone_without_a_trace(self, room: MemoryWorkshop) -> None:
        room.must(OpenStage(stage="swot"))
        item = write(room, ANA, "Sol")
        room.must(OpenStage(stage="ideas"))
        room.must(StepBack())
        now = view(room.state, "phone")["now"]
        assert (now["run"], now["status"]) == ("swot.1", "open")
        assert item in now["board"]["items"]
        refused(room, AddItem(run="ideas.1", column="idea", title="x"), ANA, "unknown_run")
        room.must(OpenStage(stage="ideas"))
        assert room.state.current == "ideas.2"

    def test_stepping_back_from_a_stage_that_took_something_in_loses_nothing(
        self, room: MemoryWorkshop
    ) -> None:
        room.must(OpenStage(stage="swot"))
        room.must(OpenStage(stage="ideas"))
        item = write(room, ANA, "Idea", "idea", "ideas.1")
        room.must(StepBack())
        assert view(room.state, "phone")["now"]["run"] == "swot.1"
        room.must(OpenStage(stage="ideas"))
        assert item in view(room.state, "phone")["now"]["board"]["items"]

    def test_stepping_back_reopens_a_close_and_keeps_the_ballots(self, voting: MemoryWorkshop) -> None:
        item = next(iter(voting.state.items))
        voting.must(CastBallot(run="weigh.1", item=item, dots=1), ANA)
        voting.must(CloseStage(run="weigh.1"))
        voting.must(StepBack())
        assert view(voting.state, "phone")["now"]["status"] == "open"
        assert self_view(voting.state, ANA)["ballots"]["weigh.1"][item]["dots"] == 1

    def test_after_a_reveal_it_is_a_new_marked_run(self, voting: MemoryWorkshop) -> None:
        voting.must(CloseStage(run="weigh.1"))
        voting.must(RevealResult(run="weigh.1"))
        voting.must(StepBack())
        now = view(voting.state, "phone")["now"]
        assert (now["run"], now["number"], now["revealed"]) == ("weigh.2", 2, False)
        assert voting.state.runs["weigh.2"].again_after == "weigh.1"

    def test_nothing_to_step_back_from(self, room: MemoryWorkshop) -> None:
        refused(room, StepBack(), "f:1", "nothing_to_undo")

    def test_the_end_closes_everything_and_can_be_taken_back(self, room: MemoryWorkshop) -> None:
        room.must(OpenStage(stage="swot"))
        room.must(EndWorkshop())
        refused(room, AddItem(run="swot.1", column="s", title="late"), ANA, "workshop_ended")
        refused(room, Join(), "p:new", "workshop_ended")
        refused(room, OpenStage(stage="ideas"), "f:1", "workshop_ended")
        room.must(ReopenWorkshop())
        room.must(OpenStage(stage="swot"))
        assert room.state.current == "swot.1"

    def test_the_timer_runs_is_held_and_waits_while_the_stage_is_paused(self, room: MemoryWorkshop) -> None:
        room.must(OpenStage(stage="swot"))
        room.must(SetTimer(run="swot.1", seconds=60))
        ends = room.state.runs["swot.1"].timer.ends_at  # type: ignore[union-attr]
        assert ends == room.now + 60_000
        room.must(PauseStage(run="swot.1"))
        assert view(room.state, "screen")["now"]["timer"] == {"close": False, "left": 59_000}
        room.must(ExtendTimer(run="swot.1", seconds=30))
        room.must(ResumeStage(run="swot.1"))
        assert view(room.state, "screen")["now"]["timer"]["ends_at"] == room.now + 89_000
        room.must(HoldTimer(run="swot.1", held=True))
        room.must(PauseStage(run="swot.1"))
        room.must(ResumeStage(run="swot.1"))
        assert "left" in view(room.state, "screen")["now"]["timer"]
        room.must(SetTimer(run="swot.1", seconds=0))
        assert "timer" not in view(room.state, "screen")["now"]

    def test_the_system_closes_a_stage_and_nothing_else(self, room: MemoryWorkshop) -> None:
        room.must(OpenStage(stage="swot"))
        refused(room, PauseStage(run="swot.1"), "system", "not_allowed")
        room.must(SetTimer(run="swot.1", seconds=2, close=True))
        assert room.must(CloseStage(run="swot.1"), "system") == []  # a timer that has time left
        assert room.must(CloseStage(run="swot.1"), "system") != []
        assert room.must(CloseStage(run="swot.1"), "system") == []


class TestAsking:
    def test_answers_are_checked_changed_and_hidden_until_revealed(self, room: MemoryWorkshop) -> None:
        room.must(OpenStage(stage="evaluation"))
        run = "evaluation.1"
        for bad in (0, 6, "five"):
            refused(room, Answer(run=run, question="useful", value=bad), ANA, "bad_value")
        refused(room, Answer(run=run, question="more", value=3), ANA, "bad_value")
        refused(room, Answer(run=run, question="nothing", value=3), ANA, "unknown_question")
        for person in (ANA, BETO, CARLA):
            room.must(Answer(run=run, question="useful", value=3), person)
        room.must(Answer(run=run, question="useful", value=5, revision=1), ANA)
        refused(room, Answer(run=run, question="useful", value=1, revision=1), ANA, "outdated")
        room.must(Answer(run=run, question="more", value=" Más tiempo \n\n\n\n para ideas "), ANA)
        assert "result" not in view(room.state, "console")["now"]
        room.must(CloseStage(run=run))
        room.must(RevealResult(run=run))
        useful = view(room.state, "phone")["now"]["result"]["questions"][0]
        assert useful["mean"] == pytest.approx(11 / 3)


def test_a_participant_may_not_facilitate(room: MemoryWorkshop) -> None:
    for command in (
        OpenStage(stage="swot"),
        SetDoor(open=False),
        EndWorkshop(),
        StepBack(),
        HideItem(item="i1"),
    ):
        refused(room, command, ANA, "not_allowed")
