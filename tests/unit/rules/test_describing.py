"""A workshop's title, region, convener and date, corrected after it was made."""

import msgspec
from msgspec.structs import replace

from edp_app.core.commands import (
    AddItem,
    CloseStage,
    Describe,
    DescribeWorkshop,
    EndWorkshop,
    ExpectPeople,
    Join,
    MakeBadges,
    NewBadge,
    OpenStage,
    RemindRoom,
    StepBack,
    VoidBadges,
)
from edp_app.core.describing import described
from edp_app.core.door import badge_digest
from edp_app.core.events import WorkshopDescribed
from edp_app.core.views import AUDIENCES, view
from edp_app.exports.model import export_model
from edp_app.log.bounds import out_of_bounds
from edp_app.report.model import report_model
from tests.support.acting import ANA, refused
from tests.support.definitions import short
from tests.support.memory import FACILITATOR, MemoryWorkshop

NEW = DescribeWorkshop(title=" Valle  nuevo ", territory="Tacna", convener="Cámara", date="2027-03-14")
SHOWN = {"title": "Valle nuevo", "territory": "Tacna", "convener": "Cámara", "date": "2027-03-14"}


def seen(room: MemoryWorkshop) -> dict[str, str]:
    """What every audience is shown of it, also from a log folded anew."""
    shown = [
        {name: view(state, audience)["workshop"][name] for name in SHOWN}
        for audience in AUDIENCES
        for state in (room.state, room.refolded())
    ]
    assert all(one == shown[0] for one in shown)
    return shown[0]


class TestDescribing:
    def test_before_the_first_stage_everything_can_be_corrected(self, room: MemoryWorkshop) -> None:
        room.must(NEW)
        assert seen(room) == SHOWN
        assert room.must(NEW) == []
        room.must(DescribeWorkshop(title="Otro", convener=""))
        assert seen(room) == SHOWN | {"title": "Otro", "convener": ""}
        assert room.state.definition.stages[0].id == "opening"

    def test_once_it_has_begun_the_title_alone(self, room: MemoryWorkshop) -> None:
        room.must(NEW)
        room.must(OpenStage(stage="swot"))
        room.must(DescribeWorkshop(title="Otro"))
        for changed in ({"territory": "Arica"}, {"convener": ""}, {"date": "2027-03-15"}):
            refused(room, DescribeWorkshop(title="Nada", **changed), FACILITATOR, "workshop_begun")  # type: ignore[arg-type]
        room.must(DescribeWorkshop(title="Otro más", territory="Tacna", date="2027-03-14"))
        assert seen(room) == SHOWN | {"title": "Otro más"}
        room.must(EndWorkshop())
        refused(room, DescribeWorkshop(title="Tarde"), FACILITATOR, "workshop_ended")

    def test_the_language_can_always_be_corrected(self, room: MemoryWorkshop) -> None:
        room.must(OpenStage(stage="swot"))
        room.must(DescribeWorkshop(title="Valle", language="pt"))
        assert all(
            view(one, "screen")["workshop"]["language"] == "pt" for one in (room.state, room.refolded())
        )

    def test_how_results_protect_people_until_somebody_has_come(self) -> None:
        room = MemoryWorkshop(short())
        room.must(DescribeWorkshop(title="Valle", privacy="open"))
        room.must(Join(), ANA)
        refused(room, DescribeWorkshop(title="Valle", privacy="grouped"), FACILITATOR, "workshop_begun")
        room.must(DescribeWorkshop(title="Cerro", privacy="open"))
        assert view(room.refolded(), "phone")["workshop"]["privacy"] == "open"

    def test_what_older_records_do_not_say_stays(self) -> None:
        before = replace(short(privacy="headcount"), language="pt")
        after = described(before, WorkshopDescribed(title="Valle", date="2027-03-14"))
        assert (after.title, after.language, after.privacy, after.door) == (
            "Valle",
            "pt",
            "headcount",
            "open",
        )

    def test_a_stage_that_was_opened_by_mistake_does_not_count(self, room: MemoryWorkshop) -> None:
        room.must(OpenStage(stage="swot"))
        room.must(StepBack())
        room.must(NEW)
        assert seen(room) == SHOWN

    def test_what_cannot_be_is_refused(self, room: MemoryWorkshop) -> None:
        refused(room, NEW, ANA, "not_allowed")
        refused(room, DescribeWorkshop(title="  "), FACILITATOR, "empty_text")
        refused(room, DescribeWorkshop(title="a" * 201), FACILITATOR, "text_too_long")
        refused(room, DescribeWorkshop(title="a", territory="a" * 201), FACILITATOR, "text_too_long")
        refused(room, DescribeWorkshop(title="a", convener="\x00"), FACILITATOR, "bad_text")
        for date in ("2027-02-30", "14.3.2027", "20270314"):
            refused(room, DescribeWorkshop(title="a", date=date), FACILITATOR, "bad_value")


def expected(room: MemoryWorkshop) -> dict[str, int]:
    """How many are expected, as screen and console are told, also from a log folded anew."""
    shown = [
        view(state, audience)["people"]["expected"]
        for audience in ("screen", "console")
        for state in (room.state, room.refolded())
    ]
    assert all(one == shown[0] for one in shown)
    assert "people" not in view(room.state, "phone")
    return shown[0]


class TestExpecting:
    def test_it_is_said_and_corrected_until_the_end(self) -> None:
        room = MemoryWorkshop(short().expecting({}))
        assert expected(room) == {}
        room.must(ExpectPeople(expected={"business": 4, "academia": 2}))
        assert room.must(ExpectPeople(expected={"business": 4, "academia": 2})) == []
        room.must(OpenStage(stage="swot"))
        room.must(CloseStage(run="swot.1"))
        room.must(ExpectPeople(expected={"business": 3}))
        assert expected(room) == {"business": 3}
        refused(room, ExpectPeople(expected={"martians": 1}), FACILITATOR, "unknown_group")
        refused(room, ExpectPeople(expected={}), ANA, "not_allowed")
        room.must(EndWorkshop())
        refused(room, ExpectPeople(expected={}), FACILITATOR, "workshop_ended")

    def test_so_it_is_by_territory(self) -> None:
        room = MemoryWorkshop(short())
        nobody = {"tacna": {"here": 0}, "arica": {"here": 0}}
        assert view(room.state, "console")["people"]["territories"] == nobody
        (told,) = room.must(ExpectPeople(expected={"business": 4}, territories={"tacna": 3}))
        assert out_of_bounds(told) is None
        room.must(Join(), ANA)
        room.must(Describe(group="business", territory="tacna"), ANA)
        for state in (room.state, room.refolded()):
            shown = view(state, "console")["people"]["territories"]
            assert shown == {"tacna": {"here": 1, "expected": 3}, "arica": {"here": 0}}
        room.must(ExpectPeople(expected={"business": 5}))
        assert room.state.expected_from() == {"tacna": 3}, "left out, it stays"
        assert room.must(ExpectPeople(expected={"business": 5}, territories={"tacna": 3})) == []
        counts = export_model(room.state).people.territories
        assert [(one.people, one.expected) for one in counts] == [(1, 3), (0, msgspec.UNSET)]
        assert [one.expected for one in report_model(room.state).territories] == [3, None]
        refused(room, ExpectPeople(expected={}, territories={"mars": 1}), FACILITATOR, "unknown_territory")
        room.must(ExpectPeople(expected={}, territories={}))
        new = NewBadge(mark="mark-0000", digest=badge_digest("0"), group="business", territory="arica")
        room.must(MakeBadges(badges=[new]))
        assert room.state.expected_from() == {"arica": 1}, "as many as were invited"

    def test_how_many_came_and_answered_from_each_side_is_seen_without_expecting_anybody(self) -> None:
        room = MemoryWorkshop(short().expecting({}))
        for n, (group, side) in enumerate((("business", "tacna"), ("academia", "arica"), ("business", None))):
            room.must(Join(), f"p:{n}")
            room.must(Describe(group=group, territory=side), f"p:{n}")
        room.must(Join(), "p:9")
        room.must(OpenStage(stage="swot"))
        for n in (0, 2):
            room.must(AddItem(run="swot.1", column="s", title="Puerto"), f"p:{n}")
        for state in (room.state, room.refolded()):
            shown = view(state, "console")
            assert shown["people"]["territories"] == {"tacna": {"here": 1}, "arica": {"here": 1}}
            assert shown["answered"]["by_territory"] == {"tacna": 1, "arica": 0}
            assert shown["answered"]["total"] == 2

    def test_where_nothing_is_said_who_was_invited_is_expected(self) -> None:
        room = MemoryWorkshop(short(door="badges").expecting({}))
        new = [
            NewBadge(mark=f"mark-{n:04}", digest=badge_digest(str(n)), group=group)
            for n, group in enumerate(("business", "business", "academia"))
        ]
        room.must(MakeBadges(badges=new))
        assert expected(room) == {"business": 2, "academia": 1}
        room.must(RemindRoom(group="business"))
        assert view(room.state, "phone")["reminder"] == {
            "about": "here",
            "group": "business",
            "here": 0,
            "expected": 2,
        }
        room.must(VoidBadges(badges=["b:2"]))
        assert expected(room) == {"business": 1, "academia": 1}
        room.must(ExpectPeople(expected={"business": 7}))
        assert expected(room) == {"business": 7}, "what somebody said goes before"
        room.must(ExpectPeople(expected={}))
        assert expected(room) == {"business": 1, "academia": 1}
