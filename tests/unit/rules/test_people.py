"""Who is in the room: joining, groups, names, corrections."""

from edp_app.core.commands import (
    CastBallot,
    CorrectGroup,
    Describe,
    EndWorkshop,
    HideItem,
    Join,
    NameMyself,
    OpenStage,
    SetDoor,
    StepBack,
)
from edp_app.core.views import self_view, view
from tests.support.acting import ANA, refused
from tests.support.memory import MemoryWorkshop


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

    def test_what_a_correction_does_not_name_stays_as_it_is(self, room: MemoryWorkshop) -> None:
        room.must(Describe(group="academia", territory="tacna", funder=True), ANA)
        room.must(CorrectGroup(person=ANA, group="business"))
        mine = self_view(room.state, ANA)
        assert (mine["group"], mine["territory"], mine["funder"]) == ("business", "tacna", True)

    def test_a_name_is_noted_in_the_log_and_its_words_are_not(self, room: MemoryWorkshop) -> None:
        room.must(NameMyself(name="Ana Quispe", organisation="Cooperativa"), ANA)
        assert self_view(room.state, ANA)["named"]
        assert all("Quispe" not in str(recorded) for recorded in room.log)
        refused(room, NameMyself(name="a\u0007"), ANA, "bad_text")

    def test_facilitators_are_nobody_in_the_count(self, room: MemoryWorkshop) -> None:
        refused(room, Join(), "f:1", "not_allowed")
        assert view(room.state, "console")["people"]["total"] == 3


def test_a_participant_may_not_facilitate(room: MemoryWorkshop) -> None:
    for command in (
        OpenStage(stage="swot"),
        SetDoor(open=False),
        EndWorkshop(),
        StepBack(),
        HideItem(item="i1"),
    ):
        refused(room, command, ANA, "not_allowed")
