"""The stages of a workshop prepared otherwise, as long as none was opened."""

import msgspec
from msgspec.structs import replace

from edp_app.core.commands import (
    DescribeWorkshop,
    EditWorkshop,
    EndWorkshop,
    ExpectPeople,
    Join,
    OpenStage,
    PlanEnd,
    PlanStage,
    RemindRoom,
    StepBack,
)
from edp_app.core.definition import Definition, DotsMethod, ShowSettings, Stage, VoteSettings
from edp_app.core.editing import stages_as_planned
from edp_app.core.parts import Group, Territory
from edp_app.core.undo import acts_view
from edp_app.core.views import AUDIENCES, view
from edp_app.log.bounds import out_of_bounds
from tests.support.acting import ANA, refused
from tests.support.definitions import short
from tests.support.memory import FACILITATOR, MemoryWorkshop

TALK = Stage("talk", {"es": "Charla"}, 15, ShowSettings())


def now(room: MemoryWorkshop) -> Definition:
    """The workshop as it stands, also from a log folded anew."""
    assert room.refolded().definition == room.state.definition
    return room.state.definition


def edit(room: MemoryWorkshop, *stages: Stage, **more: object) -> EditWorkshop:
    """These stages in the place of those that there are."""
    return EditWorkshop(edition=room.state.edition, stages=list(stages), **more)  # type: ignore[arg-type]


class TestTimes:
    def test_the_times_of_day_are_prepared_and_the_console_begins_with_them(
        self, room: MemoryWorkshop
    ) -> None:
        before = now(room)
        (event,) = room.must(edit(room, *before.stages, starts="09:00", ends="12:30"))
        assert out_of_bounds(event) is None
        assert (now(room).starts, now(room).ends) == ("09:00", "12:30")
        assert replace(now(room), starts="", ends="") == before
        shown = view(room.state, "console")["workshop"]
        assert (shown["starts"], shown["ends"]) == ("09:00", "12:30")
        end = room.now + 3_600_000
        room.must(PlanEnd(ends_at=end))
        assert "ends" not in view(room.state, "console")["workshop"], "the plan of the day stands"
        (event,) = room.must(edit(room, *before.stages[:2]))
        assert (event.starts, event.ends) == (None, None)  # type: ignore[union-attr]
        assert room.state.ends_at == end
        assert (now(room).starts, now(room).ends) == ("09:00", "12:30"), "what is not said stays"
        room.must(edit(room, *before.stages[:2], ends=""))
        assert room.refolded().ends_at is room.state.ends_at is None, "what was said last stands"
        assert (now(room).starts, now(room).ends) == ("09:00", "")
        assert not any(act.what == "end_planned" for act in room.state.acts if acts_view(room.state))
        refused(room, edit(room, *before.stages[:2], ends="08:59"), FACILITATOR, "bad_value")


class TestEditing:
    def test_stages_are_added_moved_and_removed_and_everybody_sees_it(self, room: MemoryWorkshop) -> None:
        before = now(room).stages
        moved = [TALK, *before[1:3]]
        (event,) = room.must(edit(room, *moved))
        assert out_of_bounds(event) is None
        assert now(room).stages == moved
        for audience in AUDIENCES:
            for state in (room.state, room.refolded()):
                seen = msgspec.json.decode(msgspec.json.encode(view(state, audience)))
                assert [stage["id"] for stage in seen["agenda" if "agenda" in seen else "stages"]] == [
                    stage.id for stage in moved
                ]
        assert room.must(edit(room, *moved)) == [], "nothing changed"
        room.must(OpenStage(stage="talk"))
        assert room.state.now().stage == TALK  # type: ignore[union-attr]

    def test_once_a_stage_was_opened_it_is_refused(self, room: MemoryWorkshop) -> None:
        stages = now(room).stages
        room.must(OpenStage(stage="opening"))
        refused(room, edit(room, TALK), FACILITATOR, "workshop_begun")
        room.must(StepBack())
        room.must(edit(room, TALK, *stages))
        room.must(EndWorkshop())
        refused(room, edit(room, TALK), FACILITATOR, "workshop_ended")
        refused(room, edit(room, TALK), ANA, "not_allowed")

    def test_the_later_of_two_is_told(self, room: MemoryWorkshop) -> None:
        stages = now(room).stages
        theirs, mine = edit(room, TALK), edit(room, *stages[:1])
        room.must(theirs)
        refused(room, mine, FACILITATOR, "outdated")
        seen = edit(room, *stages)
        room.must(PlanStage(stage="talk", minutes=20))
        refused(room, seen, FACILITATOR, "outdated")
        room.must(DescribeWorkshop(title="Otro"))
        room.must(edit(room, *stages))
        assert now(room).title == "Otro"
        assert now(room).stages == stages

    def test_what_could_stand_in_no_file_is_refused(self, room: MemoryWorkshop) -> None:
        stages = now(room).stages
        swot, vote = (next(one for one in stages if one.id == wanted) for wanted in ("swot", "weigh"))
        refused(room, edit(room, vote, swot), FACILITATOR, "bad_value")
        refused(room, edit(room, vote), FACILITATOR, "bad_value")
        refused(room, edit(room, TALK, TALK), FACILITATOR, "bad_value")
        greedy = replace(vote, settings=VoteSettings("swot", DotsMethod(dots=2, cap=3)))
        refused(room, edit(room, swot, greedy), FACILITATOR, "bad_value")
        refused(room, edit(room, replace(TALK, title={"es": "a\x00b"})), FACILITATOR, "bad_value")
        assert now(room).stages == stages

    def test_what_was_planned_is_in_the_minutes_and_what_is_left_out_stays_so(
        self, room: MemoryWorkshop
    ) -> None:
        room.must(PlanStage(stage="opening", minutes=7))
        room.must(PlanStage(stage="evaluation", skipped=True))
        planned = stages_as_planned(room.state)
        assert planned[0].minutes == 7
        room.must(edit(room, *planned[:2], TALK, *planned[2:]))
        for state in (room.state, room.refolded()):
            assert state.definition.stages[0].minutes == 7
            assert state.is_skipped("evaluation")
            assert not state.is_skipped("opening")
            assert acts_view(state) == [], "what was planned of other stages is not taken back"
        room.must(PlanStage(stage="evaluation", skipped=False))
        assert not room.refolded().is_skipped("evaluation")


class TestGroups:
    NEW = (Group("sea", {"es": "Mar"}, expected=3), Group("land", {"es": "Tierra"}))

    def test_they_change_until_somebody_has_come(self) -> None:
        room = MemoryWorkshop(short())
        stages = now(room).stages
        room.must(RemindRoom(group=now(room).groups[0].id))
        sides = [Territory("north", {"es": "Norte"})]
        room.must(edit(room, *stages, groups=list(self.NEW), territories=sides))
        assert (now(room).groups, now(room).territories) == (list(self.NEW), sides)
        assert "reminder" not in view(room.refolded(), "phone") or not view(room.state, "phone")["reminder"]
        room.must(ExpectPeople(expected={"land": 2}))
        room.must(edit(room, TALK, *stages))
        assert [one.expected for one in now(room).groups] == [None, 2], "an edit of stages leaves the groups"
        room.must(Join(), ANA)
        refused(room, edit(room, *stages, groups=[self.NEW[1], self.NEW[0]]), FACILITATOR, "workshop_begun")
        refused(room, edit(room, *stages, territories=[]), FACILITATOR, "workshop_begun")
        room.must(edit(room, *stages))
