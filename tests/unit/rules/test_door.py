"""The door: open, one by one, with badges; closed at any time; and what each way lets nobody do."""

import pytest
from msgspec.structs import replace

from edp_app.core.commands import (
    AddItem,
    Admit,
    AdmitAll,
    CastBallot,
    CorrectGroup,
    CountHeads,
    Describe,
    DescribeWorkshop,
    EndWorkshop,
    Join,
    MakeBadges,
    NameMyself,
    NewBadge,
    OpenStage,
    PutBack,
    RemakeBadge,
    SetDoor,
    TurnAway,
    VoidBadges,
)
from edp_app.core.definition import Door
from edp_app.core.door import MOST_BADGES, badge_digest, whose
from edp_app.core.events import BadgeMade, Described, Joined, Named
from edp_app.core.views import self_view, view
from tests.support.acting import refused
from tests.support.definitions import short
from tests.support.memory import MemoryWorkshop

ANA, LUIS, EVA = "p:ana", "p:luis", "p:eva"
SECRETS = ("0123456789ABCDEF", "FEDCBA9876543210", "AAAABBBBCCCCDDDD")


def at(door: Door) -> MemoryWorkshop:
    return MemoryWorkshop(short(door=door))


def new(n: int, group: str = "business", **more: object) -> NewBadge:
    fields = {"mark": f"mark-number-{n}", "digest": badge_digest(SECRETS[n]), "group": group, **more}
    return NewBadge(**fields)  # type: ignore[arg-type]


@pytest.fixture
def admitting() -> MemoryWorkshop:
    """Each is let in; Ana waits as business, Luis has said nothing yet."""
    room = at("admitted")
    room.must(Join(), ANA)
    room.must(Describe(group="business", territory="tacna"), ANA)
    room.must(Join(), LUIS)
    return room


@pytest.fixture
def invited() -> MemoryWorkshop:
    """Two badges: one for business with a name, one for academia in Arica that speaks for a funder."""
    room = at("badges")
    room.must(
        MakeBadges(
            badges=[
                new(0, name="Ana Quispe", territory="tacna"),
                new(1, group="academia", territory="arica", funder=True),
            ]
        )
    )
    return room


def door(room: MemoryWorkshop) -> dict:
    return view(room.state, "console")["door"]


def total(room: MemoryWorkshop) -> int:
    return view(room.state, "console")["people"]["total"]


class TestOneByOne:
    def test_who_waits_has_a_number_and_counts_nowhere(self, admitting: MemoryWorkshop) -> None:
        assert self_view(admitting.state, ANA) == {
            "person": ANA,
            "joined": False,
            "waiting": True,
            "n": 1,
            "group": "business",
            "territory": "tacna",
            "funder": False,
            "named": False,
        }
        assert (total(admitting), admitting.state.persons) == (0, {})
        assert {one["n"] for one in door(admitting)["waiting"].values()} == {1, 2}
        assert "waiting" not in view(admitting.state, "screen") | view(admitting.state, "phone")

    def test_who_waits_writes_and_votes_nothing(self, admitting: MemoryWorkshop) -> None:
        admitting.must(OpenStage(stage="swot"))
        refused(admitting, AddItem(run="swot.1", column="s", title="Sol"), ANA, "not_admitted")
        refused(admitting, CastBallot(run="weigh.1", item="i1", dots=1), ANA, "not_admitted")
        refused(admitting, AddItem(run="swot.1", column="s", title="Sol"), EVA, "not_joined")
        assert admitting.must(Join(), ANA) == []

    def test_admitted_one_is_in_at_that_moment_with_what_was_said_at_the_door(
        self, admitting: MemoryWorkshop
    ) -> None:
        admitting.must(OpenStage(stage="swot"))
        admitting.must(NameMyself(name="Ana"), ANA)
        admitting.must(Admit(person=ANA))
        mine = self_view(admitting.state, ANA)
        assert (mine["joined"], mine["n"], mine["group"], mine["named"]) == (True, 1, "business", True)
        admitting.must(AddItem(run="swot.1", column="s", title="Sol"), ANA)
        assert admitting.must(Admit(person=ANA)) == []
        refused(admitting, Admit(person="p:nobody"), "f:1", "unknown_person")

    def test_all_are_those_whom_the_console_showed(self, admitting: MemoryWorkshop) -> None:
        admitting.must(Join(), EVA)
        admitting.must(AdmitAll(upto=2))
        assert (set(admitting.state.persons), set(admitting.state.waiting)) == ({ANA, LUIS}, {EVA})

    def test_turned_away_stays_away_until_a_facilitator_thinks_again(self, admitting: MemoryWorkshop) -> None:
        admitting.must(TurnAway(person=LUIS))
        assert self_view(admitting.state, LUIS)["turned_away"]
        assert admitting.must(Join(), LUIS) == []
        admitting.must(AdmitAll(upto=99))
        assert list(admitting.state.persons) == [ANA]
        admitting.must(PutBack(person=LUIS))
        assert list(door(admitting)["waiting"]) == [LUIS]
        admitting.must(TurnAway(person=LUIS))
        admitting.must(Admit(person=LUIS))
        assert self_view(admitting.state, LUIS)["n"] == 2
        refused(admitting, TurnAway(person=LUIS), "f:1", "unknown_person")

    def test_letting_in_is_undone_until_something_was_contributed(self, admitting: MemoryWorkshop) -> None:
        admitting.must(OpenStage(stage="swot"))
        admitting.must(AdmitAll(upto=2))
        assert view(admitting.state, "console")["persons"][LUIS]["put_back"]
        admitting.must(PutBack(person=LUIS))
        assert (self_view(admitting.state, LUIS)["waiting"], total(admitting)) == (True, 1)
        admitting.must(AddItem(run="swot.1", column="s", title="Sol"), ANA)
        refused(admitting, PutBack(person=ANA), "f:1", "has_acted")
        assert "put_back" not in view(admitting.state, "console")["persons"][ANA]

    def test_the_closed_door_takes_no_new_ones_and_those_who_wait_may_be_let_in(
        self, admitting: MemoryWorkshop
    ) -> None:
        admitting.must(Admit(person=ANA))
        admitting.must(SetDoor(open=False))
        refused(admitting, Join(), EVA, "door_closed")
        assert admitting.must(Join(), ANA) == admitting.must(Join(), LUIS) == []
        admitting.must(Admit(person=LUIS))
        assert total(admitting) == 2

    def test_opening_the_door_to_all_lets_in_who_waits(self, admitting: MemoryWorkshop) -> None:
        admitting.must(DescribeWorkshop(title="Short", door="open"))
        assert set(admitting.state.persons) == {ANA, LUIS}
        assert view(admitting.state, "phone")["workshop"]["way_in"] == "open"

    def test_nobody_is_put_back_who_came_in_by_themselves(self) -> None:
        room = at("open")
        room.must(Join(), ANA)
        refused(room, PutBack(person=ANA), "f:1", "unknown_person")
        refused(room, TurnAway(person=ANA), "f:1", "unknown_person")


class TestBadges:
    def test_a_badge_says_who_one_speaks_for(self, invited: MemoryWorkshop) -> None:
        came = invited.must(Join(badge=SECRETS[1]), LUIS)
        assert [type(event) for event in came] == [Joined, Described]
        mine = self_view(invited.state, LUIS)
        assert (mine["group"], mine["territory"], mine["funder"], mine["badge"]) == (
            "academia",
            "arica",
            True,
            True,
        )
        assert any(isinstance(event, Named) for event in invited.must(Join(badge=SECRETS[0]), ANA))
        assert door(invited)["badges"] == {"made": 2, "used": 2}

    def test_only_a_facilitator_changes_it(self, invited: MemoryWorkshop) -> None:
        invited.must(Join(badge=SECRETS[0]), ANA)
        refused(invited, Describe(group="academia"), ANA, "group_from_badge")
        refused(invited, Describe(group="business", funder=True), ANA, "group_from_badge")
        assert invited.must(Describe(group="business"), ANA) == []
        invited.must(CorrectGroup(person=ANA, group="academia"))
        assert self_view(invited.state, ANA)["group"] == "academia"

    def test_a_badge_serves_one_phone(self, invited: MemoryWorkshop) -> None:
        invited.must(Join(badge=SECRETS[0]), ANA)
        refused(invited, Join(badge=SECRETS[0]), LUIS, "badge_used")
        assert invited.must(Join(badge=SECRETS[0]), ANA) == []
        refused(invited, Join(), LUIS, "badge_needed")
        refused(invited, Join(badge="no such badge"), LUIS, "unknown_badge")
        assert total(invited) == 1

    def test_the_closed_door_is_closed_to_badges_too(self, invited: MemoryWorkshop) -> None:
        invited.must(SetDoor(open=False))
        refused(invited, Join(badge=SECRETS[0]), ANA, "door_closed")

    def test_a_lost_badge_is_made_anew_and_the_old_one_is_void(self, invited: MemoryWorkshop) -> None:
        first = next(iter(invited.state.badges))
        invited.must(RemakeBadge(badge=first, mark="another-mark", digest=badge_digest(SECRETS[2])))
        refused(invited, Join(badge=SECRETS[0]), ANA, "unknown_badge")
        invited.must(Join(badge=SECRETS[2]), ANA)
        assert self_view(invited.state, ANA)["group"] == "business"

    def test_who_came_in_with_a_badge_made_anew_is_out_unless_they_have_acted(
        self, invited: MemoryWorkshop
    ) -> None:
        first = next(iter(invited.state.badges))
        invited.must(Join(badge=SECRETS[0]), LUIS)
        again = RemakeBadge(badge=first, mark="another-mark", digest=badge_digest(SECRETS[2]))
        invited.must(again)
        assert self_view(invited.state, LUIS) == {"person": LUIS, "joined": False}
        assert total(invited) == 0
        invited.must(Join(badge=SECRETS[2]), ANA)
        invited.must(OpenStage(stage="swot"))
        invited.must(AddItem(run="swot.1", column="s", title="Sol"), ANA)
        again = RemakeBadge(badge=first, mark="a-third-mark", digest=badge_digest(SECRETS[0]))
        refused(invited, again, "f:1", "has_acted")

    def test_unused_invitations_are_taken_back_all_or_none(self, invited: MemoryWorkshop) -> None:
        first, second = invited.state.badges
        invited.must(Join(badge=SECRETS[0]), ANA)
        refused(invited, VoidBadges(badges=[second, first]), "f:1", "badge_used")
        assert len(invited.state.badges) == 2
        invited.must(VoidBadges(badges=[second, second]))
        refused(invited, Join(badge=SECRETS[1]), LUIS, "unknown_badge")
        refused(invited, VoidBadges(badges=[second]), "f:1", "unknown_badge")

    def test_a_list_makes_all_of_its_badges_or_none(self, invited: MemoryWorkshop) -> None:
        third = new(2)
        for wrong, code in (
            (new(2, group="martians"), "unknown_group"),
            (new(2, territory="mars"), "unknown_territory"),
            (new(2, name="a\x00"), "bad_text"),
            (new(0), "bad_value"),
        ):
            refused(invited, MakeBadges(badges=[third, wrong]), "f:1", code)
        assert len(invited.state.badges) == 2
        many = [NewBadge(mark=f"mark-{n:06}", digest=f"{n:064x}", group="business") for n in range(1999)]
        invited.must(MakeBadges(badges=many[:1000]))
        refused(invited, MakeBadges(badges=many[1000:]), "f:1", "workshop_full")
        assert len(invited.state.badges) == 1002 < MOST_BADGES

    def test_neither_secret_nor_name_stands_in_the_log(self, invited: MemoryWorkshop) -> None:
        invited.must(Join(badge=SECRETS[0]), ANA)
        assert all(word not in str(invited.log) for word in (SECRETS[0], "Quispe"))
        made = [one.event for one in invited.log if isinstance(one.event, BadgeMade)]
        assert [badge.named for badge in made] == [True, False]


class TestTheDoor:
    def test_the_way_in_is_chosen_until_the_first_stage_opens(self) -> None:
        room = at("open")
        room.must(DescribeWorkshop(title="Short", door="badges"))
        refused(room, Join(), ANA, "badge_needed")
        room.must(DescribeWorkshop(title="Another title"))
        assert room.state.definition.door == "badges"
        room.must(OpenStage(stage="swot"))
        refused(room, DescribeWorkshop(title="Short", door="open"), "f:1", "workshop_begun")
        room.must(DescribeWorkshop(title="A third title", door="badges"))

    def test_heads_are_noted_beside_the_phones(self) -> None:
        room = at("open")
        room.must(CountHeads(heads=41))
        assert (room.must(CountHeads(heads=41)), door(room)["heads"]) == ([], 41)
        room.must(CountHeads(heads=None))
        assert "heads" not in door(room)

    @pytest.mark.parametrize(
        "command",
        [
            Admit(person=LUIS),
            AdmitAll(upto=9),
            TurnAway(person=LUIS),
            PutBack(person=LUIS),
            CountHeads(heads=3),
            MakeBadges(badges=[new(0)]),
            RemakeBadge(badge="b:1", mark="some-mark", digest="0" * 64),
            VoidBadges(badges=["b:1"]),
        ],
    )
    def test_participants_open_no_door_and_the_end_closes_all(
        self, admitting: MemoryWorkshop, command: object
    ) -> None:
        refused(admitting, command, ANA, "not_allowed")
        admitting.must(EndWorkshop())
        refused(admitting, command, "f:1", "workshop_ended")


class TestAnotherPhone:
    @pytest.fixture
    def lost(self, invited: MemoryWorkshop) -> MemoryWorkshop:
        """Ana came in by the first badge and wrote something; her phone is dead, and her badge made anew."""
        invited.must(Join(badge=SECRETS[0]), ANA)
        invited.must(OpenStage(stage="swot"))
        invited.must(AddItem(run="swot.1", column="s", title="Sol"), ANA)
        anew = RemakeBadge(badge="b:2", mark="mark-anew", digest=badge_digest(SECRETS[2]))
        refused(invited, anew, "f:1", "has_acted")
        invited.must(replace(anew, hand_on=True))
        return invited

    def test_the_phone_that_comes_with_the_new_badge_is_the_same_person(self, lost: MemoryWorkshop) -> None:
        assert whose(lost.state, ANA) == ANA, "the phone before is hers until then"
        refused(lost, Join(badge=SECRETS[0]), EVA, "unknown_badge")
        lost.must(SetDoor(open=False))
        lost.must(Join(badge=SECRETS[2]), EVA)
        for state in (lost.state, lost.refolded()):
            assert (whose(state, EVA), whose(state, ANA)) == (ANA, f"{ANA}-old")
            assert [item["title"] for item in self_view(state, whose(state, EVA))["items"].values()] == [
                "Sol"
            ]
            assert self_view(state, whose(state, ANA)) == {"person": f"{ANA}-old", "joined": False}
        assert total(lost) == 1
        lost.must(SetDoor(open=True))
        refused(lost, Join(badge=SECRETS[2]), LUIS, "badge_used")
        refused(lost, Join(badge=SECRETS[2]), whose(lost.state, ANA), "badge_used")

    def test_once_more_and_the_phone_between_is_nobodys(self, lost: MemoryWorkshop) -> None:
        lost.must(Join(badge=SECRETS[2]), EVA)
        again = RemakeBadge(badge="b:2", mark="mark-again", digest=badge_digest("X"), hand_on=True)
        lost.must(again)
        lost.must(Join(badge="X"), LUIS)
        assert [whose(lost.state, one) for one in (LUIS, EVA, ANA)] == [ANA, f"{EVA}-old", f"{ANA}-old"]
        came = lost.must(Join(badge=SECRETS[1]), whose(lost.state, ANA))
        assert [type(event) for event in came] == [Joined, Described], "with a badge of its own it is another"
        assert total(lost) == 2
