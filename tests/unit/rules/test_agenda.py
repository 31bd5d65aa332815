"""How a workshop moves: opening, stepping back, ending, the timer."""

from edp_app.core.commands import (
    AddItem,
    CastBallot,
    CloseStage,
    CorrectGroup,
    Describe,
    EndWorkshop,
    ExtendTimer,
    HoldTimer,
    Join,
    MergeItems,
    OpenStage,
    PauseStage,
    ReopenWorkshop,
    ResumeStage,
    RevealResult,
    SetDoor,
    SetTimer,
    StepBack,
)
from edp_app.core.events import StageReopened
from edp_app.core.state import Timer
from edp_app.core.views import self_view, view
from tests.support.acting import ANA, refused, write
from tests.support.memory import MemoryWorkshop


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
        stages = {
            stage["id"]: stage["runs"][0] for stage in view(room.state, "console")["stages"] if stage["runs"]
        }
        assert stages["ideas"]["closed_at"] == stages["swot"]["reopened_at"]
        room.must(OpenStage(stage="ideas"))
        assert item in view(room.state, "phone")["now"]["board"]["items"]

    def test_stepping_back_reopens_a_close_and_keeps_the_ballots(self, voting: MemoryWorkshop) -> None:
        item = next(iter(voting.state.items))
        voting.must(CastBallot(run="weigh.1", item=item, dots=1), ANA)
        voting.must(CloseStage(run="weigh.1"))
        voting.must(StepBack())
        assert view(voting.state, "phone")["now"]["status"] == "open"
        assert self_view(voting.state, ANA)["ballots"]["weigh.1"][item]["dots"] == 1

    def test_pressed_on_two_consoles_at_once_it_is_done_once(self, voting: MemoryWorkshop) -> None:
        running = StepBack(run="weigh.1", stood="running")
        closed = StepBack(run="weigh.1", stood="closed")
        revealed = StepBack(run="weigh.1", stood="revealed")
        voting.must(CloseStage(run="weigh.1"))
        voting.must(closed)
        refused(voting, closed, "f:1", "outdated")
        voting.must(running)
        refused(voting, running, "f:1", "outdated")
        voting.must(RevealResult(run="weigh.1"))
        refused(voting, closed, "f:1", "outdated")
        voting.must(EndWorkshop())
        refused(voting, revealed, "f:1", "outdated")
        voting.must(StepBack(run="weigh.1", stood="ended"))
        refused(voting, StepBack(run="weigh.1", stood="ended"), "f:1", "outdated")
        voting.must(revealed)
        refused(voting, revealed, "f:1", "outdated")
        assert voting.state.current == "weigh.2"

    def test_after_a_reveal_it_is_a_new_marked_run(self, voting: MemoryWorkshop) -> None:
        voting.must(CloseStage(run="weigh.1"))
        voting.must(RevealResult(run="weigh.1"))
        voting.must(StepBack())
        now = view(voting.state, "phone")["now"]
        assert (now["run"], now["number"], now["revealed"]) == ("weigh.2", 2, False)
        assert voting.state.runs["weigh.2"].again_after == "weigh.1"

    def test_a_stage_that_was_closed_on_purpose_stays_closed(self, voting: MemoryWorkshop) -> None:
        voting.must(CloseStage(run="weigh.1"))
        voting.must(OpenStage(stage="ideas"))
        voting.must(StepBack())
        assert voting.state.runs["ideas.1"].status == "cancelled"
        assert voting.state.runs["weigh.1"].status == "closed"
        assert voting.state.current == "weigh.1"

    def test_stepping_back_from_a_stage_opened_again_does_not_make_it_undone(
        self, room: MemoryWorkshop
    ) -> None:
        room.must(OpenStage(stage="swot"))
        first, second = write(room, ANA, "Sol"), write(room, ANA, "Mucho sol")
        room.must(OpenStage(stage="sort"))
        room.must(MergeItems(into=first, items=[second]))
        room.must(CloseStage(run="sort.1"))
        room.must(OpenStage(stage="sort"))
        room.must(StepBack())
        assert room.state.runs["sort.1"].status == "closed"
        statuses = {entry["id"]: entry["status"] for entry in view(room.state, "phone")["agenda"]}
        assert statuses["sort"] == "closed"

    def test_a_sort_in_which_something_was_merged_is_not_as_if_it_had_not_been(
        self, room: MemoryWorkshop
    ) -> None:
        room.must(OpenStage(stage="swot"))
        first, second = write(room, ANA, "Sol"), write(room, ANA, "Mucho sol")
        room.must(OpenStage(stage="sort"))
        room.must(MergeItems(into=first, items=[second]))
        room.must(StepBack())
        assert room.state.runs["sort.1"].status == "closed"
        assert view(room.state, "phone")["now"]["run"] == "swot.1"

    def test_nothing_to_step_back_from(self, room: MemoryWorkshop) -> None:
        refused(room, StepBack(), "f:1", "nothing_to_undo")

    def test_the_end_closes_everything_and_can_be_taken_back(self, room: MemoryWorkshop) -> None:
        room.must(OpenStage(stage="swot"))
        room.must(EndWorkshop())
        refused(room, AddItem(run="swot.1", column="s", title="late"), ANA, "workshop_ended")
        refused(room, Join(), "p:new", "workshop_ended")
        refused(room, OpenStage(stage="ideas"), "f:1", "workshop_ended")
        refused(room, Describe(group="academia"), ANA, "workshop_ended")
        refused(room, CorrectGroup(person=ANA, group="academia"), "f:1", "workshop_ended")
        refused(room, SetDoor(open=False), "f:1", "workshop_ended")
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

    def test_a_minute_more_of_no_timer_is_none(self, room: MemoryWorkshop) -> None:
        room.must(OpenStage(stage="swot"))
        assert room.must(ExtendTimer(run="swot.1", seconds=60)) == []
        room.must(PauseStage(run="swot.1"))
        assert room.must(ExtendTimer(run="swot.1", seconds=60)) == []
        assert room.state.runs["swot.1"].timer is None

    def test_a_timer_never_runs_while_its_stage_is_paused(self, room: MemoryWorkshop) -> None:
        room.must(OpenStage(stage="swot"))
        room.must(SetTimer(run="swot.1", seconds=60, close=True))
        room.must(HoldTimer(run="swot.1", held=True))
        room.must(PauseStage(run="swot.1"))
        room.must(HoldTimer(run="swot.1", held=False))
        assert "ends_at" not in view(room.state, "screen")["now"]["timer"]
        room.must(ResumeStage(run="swot.1"))
        assert "ends_at" in view(room.state, "screen")["now"]["timer"]

    def test_a_slip_and_the_step_back_lose_neither_timer_nor_pause(self, room: MemoryWorkshop) -> None:
        """The wrong stage was opened: the right one is open again, with its timer held where it stood."""
        room.must(OpenStage(stage="swot"))
        write(room, ANA, "Sol")
        room.must(SetTimer(run="swot.1", seconds=300, close=True))
        room.must(OpenStage(stage="ideas"))
        room.must(StepBack(run="ideas.1", stood="running"))
        run = room.state.runs["swot.1"]
        assert (run.status, run.timer) == ("open", Timer(left=299_000, close=True, held=True))
        assert room.refolded().runs["swot.1"] == run
        room.must(HoldTimer(run="swot.1", held=False))
        assert run.timer == Timer(ends_at=room.now + 299_000, close=True)

        # paused: it is so again, and its timer runs on with it, unless it was held by hand
        for held in (False, True):
            room.must(HoldTimer(run="swot.1", held=held))
            room.must(PauseStage(run="swot.1"))
            before = run.timer
            room.must(CloseStage(run="swot.1"))
            assert run.timer is None
            room.must(StepBack(run="swot.1", stood="closed"))
            assert (run.status, run.timer) == ("paused", before)
            room.must(ResumeStage(run="swot.1"))
            assert (run.timer and run.timer.held) is held

    def test_a_timer_that_ran_out_does_not_come_back(self, room: MemoryWorkshop) -> None:
        room.must(OpenStage(stage="swot"))
        write(room, ANA, "Sol")
        room.must(SetTimer(run="swot.1", seconds=1, close=True))
        room.must(CloseStage(run="swot.1"), "system")
        room.must(StepBack())
        run = room.state.runs["swot.1"]
        assert (run.status, run.timer) == ("open", None)
        # nor does one from before, after the stage was opened again by itself
        room.must(SetTimer(run="swot.1", seconds=60))
        room.must(CloseStage(run="swot.1"))
        room.must(OpenStage(stage="swot"))
        assert run.timer is None
        room.must(CloseStage(run="swot.1"))
        assert room.must(StepBack()) == [StageReopened(run="swot.1")]

    def test_setting_a_held_timer_does_not_let_it_run(self, room: MemoryWorkshop) -> None:
        room.must(OpenStage(stage="swot"))
        room.must(SetTimer(run="swot.1", seconds=60))
        room.must(HoldTimer(run="swot.1", held=True))
        room.must(SetTimer(run="swot.1", seconds=59, close=True))
        assert view(room.state, "screen")["now"]["timer"] == {"close": True, "left": 59_000}

    def test_the_system_closes_a_stage_and_nothing_else(self, room: MemoryWorkshop) -> None:
        room.must(OpenStage(stage="swot"))
        refused(room, PauseStage(run="swot.1"), "system", "not_allowed")
        room.must(SetTimer(run="swot.1", seconds=2, close=True))
        assert room.must(CloseStage(run="swot.1"), "system") == []  # a timer that has time left
        assert room.must(CloseStage(run="swot.1"), "system") != []
        assert room.must(CloseStage(run="swot.1"), "system") == []
