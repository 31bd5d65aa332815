"""A workshop's title, region, convener and date, corrected after it was made."""

from edp_app.core.commands import DescribeWorkshop, EndWorkshop, OpenStage, StepBack
from edp_app.core.views import AUDIENCES, view
from tests.support.acting import ANA, refused
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
