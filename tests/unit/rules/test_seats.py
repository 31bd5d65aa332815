"""Several people at one phone: each a voter of their own, whoever taps."""

from collections import Counter

import msgspec
import pytest

from edp_app.core.commands import (
    AddItem,
    Answer,
    CastBallot,
    CloseStage,
    CorrectGroup,
    Describe,
    EndWorkshop,
    EnterPaperBallot,
    OpenStage,
    RevealResult,
    SetDoor,
    TakeSeat,
)
from edp_app.core.erasing import holding, left_of
from edp_app.core.seats import MOST_AT_TABLE
from edp_app.core.views import self_view, view
from edp_app.live.affected import affected
from edp_app.log import bounds
from tests.support.acting import ANA, BETO, CARLA, refused, write
from tests.support.memory import MemoryWorkshop

ROSA, LUIS = f"{ANA}.rosa", f"{ANA}.luis"


@pytest.fixture
def table(voting: MemoryWorkshop) -> MemoryWorkshop:
    """Rosa and Luis sit at Ana's phone, of two other groups than hers."""
    voting.must(TakeSeat(seat="rosa", group="business"), ANA)
    voting.must(TakeSeat(seat="luis", group="academia", funder=True), ANA)
    return voting


def dot(room: MemoryWorkshop, seat: str, n: int = 0, phone: str = ANA, revision: int = 0) -> CastBallot:
    item = list(room.state.items)[n]
    return CastBallot(run="weigh.1", item=item, dots=1, revision=revision, seat=seat)


class TestSittingDown:
    def test_everybody_at_a_table_is_a_head_and_the_phone_is_one_phone(self, table: MemoryWorkshop) -> None:
        people = view(table.state, "console")["people"]
        assert (people["total"], people["phones"], people["tables"], people["paper"]) == (5, 3, 1, 0)
        assert people["by_group"]["business"] == 2
        assert people["by_group"]["academia"] == 2
        assert people["funders"] == 1
        persons = view(table.state, "console")["persons"]
        assert (persons[ROSA]["phone"], persons[ROSA]["place"]) == (ANA, 2)
        assert (persons[LUIS]["phone"], persons[LUIS]["place"]) == (ANA, 3)
        assert "phone" not in persons[ANA]

    def test_taking_a_seat_again_says_another_group_until_the_first_vote(self, table: MemoryWorkshop) -> None:
        assert table.must(TakeSeat(seat="rosa", group="business"), ANA) == []
        table.must(TakeSeat(seat="rosa", group="civil_society"), ANA)
        seat = self_view(table.state, ANA)["seats"]["rosa"]
        assert (seat["group"], seat["group_fixed"], seat["place"]) == ("civil_society", False, 2)
        assert not table.state.persons[ROSA].corrected
        table.must(dot(table, "rosa"), ANA)
        refused(table, TakeSeat(seat="rosa", group="business"), ANA, "group_fixed")
        table.must(Describe(group="environment"), ANA)  # Ana has not voted
        table.must(CorrectGroup(person=ROSA, group="business"))
        assert table.state.persons[ROSA].corrected
        assert self_view(table.state, ANA)["seats"]["rosa"]["group"] == "business"

    def test_the_first_vote_of_one_fixes_the_group_of_no_other(self, table: MemoryWorkshop) -> None:
        table.must(dot(table, ""), ANA)
        refused(table, Describe(group="business"), ANA, "group_fixed")
        table.must(TakeSeat(seat="luis", group="government"), ANA)

    def test_a_seat_is_a_new_person_at_the_door(self, table: MemoryWorkshop) -> None:
        table.must(SetDoor(open=False))
        refused(table, TakeSeat(seat="late", group="business"), ANA, "door_closed")
        table.must(TakeSeat(seat="rosa", group="academia"), ANA)  # who is in stays in
        table.must(dot(table, "rosa"), ANA)

    @pytest.mark.parametrize("way", ["admitted", "badges"])
    def test_where_everybody_is_let_in_or_invited_no_phone_is_shared(
        self, table: MemoryWorkshop, way: str
    ) -> None:
        table.state.definition = msgspec.structs.replace(table.state.definition, door=way)
        refused(table, TakeSeat(seat="late", group="business"), ANA, "not_allowed")

    def test_a_table_has_an_end(self, table: MemoryWorkshop) -> None:
        for n in range(MOST_AT_TABLE - 3):
            table.must(TakeSeat(seat=f"s{n}", group="business"), ANA)
        no = refused(table, TakeSeat(seat="more", group="business"), ANA, "table_full")
        assert no.params == {"most": MOST_AT_TABLE}
        table.must(TakeSeat(seat="more", group="business"), BETO)

    def test_group_and_side_must_be_of_this_workshop(self, table: MemoryWorkshop) -> None:
        refused(table, TakeSeat(seat="new", group="martians"), ANA, "unknown_group")
        refused(table, TakeSeat(seat="new", group="business", territory="mars"), ANA, "unknown_territory")
        refused(table, TakeSeat(seat="new", group="business"), "p:stranger", "not_joined")
        table.must(EndWorkshop())
        refused(table, TakeSeat(seat="new", group="business"), ANA, "workshop_ended")

    def test_a_table_may_write_as_much_as_all_who_sit_there(self, table: MemoryWorkshop) -> None:
        table.must(OpenStage(stage="swot"))
        run = view(table.state, "phone")["now"]
        there = len(table.state.items)
        for n in range(3 * run["per_person"] - there):
            write(table, ANA, f"More {n}", run=run["run"])
        refused(table, AddItem(run=run["run"], column="s", title="One too many"), ANA, "too_many_items")


class TestVoting:
    def test_each_has_dots_of_their_own_and_is_told_apart_in_the_record(self, table: MemoryWorkshop) -> None:
        for seat in ("", "rosa", "luis"):
            (cast,) = table.must(dot(table, seat), ANA)
            assert cast.voter == (f"{ANA}.{seat}" if seat else ANA)
            assert table.log[-1].actor == ANA
        now = view(table.state, "console")
        assert now["now"]["cast"] == 3
        assert now["answered"]["total"] == 3
        assert now["answered"]["by_group"]["business"] == 1

    def test_those_who_can_answer_are_those_the_answers_are_held_against(self, table: MemoryWorkshop) -> None:
        """Two at Ana's table beside her, of other groups; four on paper, of whom one voted in this run."""
        item = next(iter(table.state.items))

        def answered() -> dict:  # type: ignore[type-arg]
            seen = view(table.state, "console")
            able = seen["answered"]["able"]["total"]
            assert seen["now"].get("able", able) == able
            return seen["answered"]  # type: ignore[no-any-return]

        phones = answered()["able"]
        assert phones["total"] == len(table.state.persons)
        for n in range(4):
            table.must(EnterPaperBallot(run="weigh.1", voter=f"{n}", group="government", dots={item: 1}))
        assert answered()["able"]["by_group"]["government"] == phones["by_group"]["government"] + 4
        table.must(OpenStage(stage="ideas"))
        assert (answered()["able"], answered()["total"]) == (phones, 0)
        column = table.state.definition.stage("ideas").settings.columns[0].id
        table.must(AddItem(run="ideas.1", column=column, title="From the table"), ANA)
        groups = Counter(table.state.persons[p].group for p in (ANA, ROSA, LUIS))
        assert answered()["total"] == 3
        assert {group: n for group, n in answered()["by_group"].items() if n} == groups
        table.must(OpenStage(stage="weigh"))
        assert view(table.state, "screen")["now"]["able"] == phones["total"] + 4

    def test_the_phone_holds_the_ballot_of_each_apart(self, table: MemoryWorkshop) -> None:
        table.must(dot(table, "rosa", 1), ANA)
        mine = self_view(table.state, ANA)
        item = list(table.state.items)[1]
        assert mine["ballots"]["weigh.1"] == {}
        assert mine["seats"]["luis"]["ballots"]["weigh.1"] == {}
        assert mine["seats"]["rosa"]["ballots"]["weigh.1"][item]["dots"] == 1
        assert mine["seats"]["rosa"]["left"] != mine["seats"]["luis"]["left"]
        assert "seats" not in self_view(table.state, BETO)

    def test_a_ballot_is_changed_by_choosing_the_seat_again(self, table: MemoryWorkshop) -> None:
        table.must(dot(table, "rosa"), ANA)
        refused(table, dot(table, "rosa"), ANA, "outdated")
        item = next(iter(table.state.items))
        table.must(CastBallot(run="weigh.1", item=item, revision=1, seat="rosa"), ANA)
        assert view(table.state, "console")["now"]["cast"] == 0

    def test_nobody_votes_from_a_seat_that_was_not_taken_or_is_another_phones(
        self, table: MemoryWorkshop
    ) -> None:
        refused(table, dot(table, "nobody"), ANA, "unknown_person")
        refused(table, dot(table, "rosa"), BETO, "unknown_person")

    def test_results_count_heads_each_in_their_group(self, table: MemoryWorkshop) -> None:
        for seat in ("", "rosa", "luis"):
            table.must(dot(table, seat), ANA)
        table.must(dot(table, ""), BETO)
        table.must(dot(table, ""), CARLA)
        table.must(CloseStage(run="weigh.1"))
        table.must(CorrectGroup(person=ROSA, group="environment"))  # too late for what was counted
        table.must(RevealResult(run="weigh.1"))
        result = view(table.state, "screen")["now"]["result"]
        assert result["voters"] == 5
        assert table.state.runs["weigh.1"].groups_then[ROSA] == "business"
        assert table.refolded().runs["weigh.1"].groups_then == table.state.runs["weigh.1"].groups_then

    def test_each_answers_questions_for_themselves(self, table: MemoryWorkshop) -> None:
        table.must(OpenStage(stage="evaluation"))
        question = view(table.state, "phone")["now"]["questions"][0]["id"]
        for n, seat in enumerate(("", "rosa", "luis")):
            table.must(Answer(run="evaluation.1", question=question, value=n + 1, seat=seat), ANA)
        mine = self_view(table.state, ANA)
        assert mine["answers"]["evaluation.1"][question]["value"] == 1
        assert mine["seats"]["luis"]["answers"]["evaluation.1"][question]["value"] == 3
        assert view(table.state, "console")["now"]["answered"] == 3
        refused(
            table, Answer(run="evaluation.1", question=question, value=1, seat="x"), ANA, "unknown_person"
        )


class TestAround:
    def test_what_concerns_a_seat_is_told_to_its_phone(self, table: MemoryWorkshop) -> None:
        assert affected(table.state, table.log[-1]) == {ANA}
        table.must(dot(table, "rosa"), ANA)
        assert affected(table.state, table.log[-1]) == {ANA}

    def test_what_one_voted_is_erased_without_the_others(self, table: MemoryWorkshop) -> None:
        for seat in ("", "rosa", "luis"):
            table.must(dot(table, seat), ANA)
        (position,) = holding(table.log, person=ROSA, ballots=True)
        event = table.log[position - 1].event
        assert event.voter == ROSA
        assert left_of(event, "es", ballots=True) is None

    def test_records_hold_seats_where_people_stand_and_nowhere_else(self) -> None:
        checks, own = bounds.CHECKS, bounds.OWN_CHECKS
        assert checks["voter"](ROSA)
        assert checks["person"](ROSA)
        assert own["seat_taken", "person"](ROSA)
        for wrong in (ANA, "v:1.rosa", f"{ANA}.", f"{ANA}.Rosa", f"{ANA}.rosa.luis", f"{ANA}.123456789"):
            assert not own["seat_taken", "person"](wrong), wrong
        assert not checks["author"](ROSA)
        assert not own["joined", "person"](ROSA)
        assert not bounds.ACTOR.fullmatch(ROSA)
