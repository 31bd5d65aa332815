"""What was brought in, on the report's pages: named as that, beside each and in numbers."""

from edp_app.core.commands import BringItems, Brought, CloseStage, Describe, Join, MergeItems, OpenStage
from edp_app.report import pages, pdf
from edp_app.report.model import report_model
from tests.support.acting import ANA, write
from tests.support.definitions import GROUPS, short
from tests.support.memory import MemoryWorkshop


def test_it_is_told_beside_each_and_in_numbers() -> None:
    room = MemoryWorkshop(short())
    room.must(Join(), ANA)
    room.must(Describe(group=GROUPS[0]), ANA)
    room.must(OpenStage(stage="opening"))
    room.must(BringItems("ideas", [Brought("Solar drying", source="Priorities of 2023")]))
    room.must(OpenStage(stage="swot"))
    own = write(room, ANA, "Sun")
    room.must(BringItems("swot", [Brought("Three hundred days of sun", "s", "Census"), Brought("Rain", "o")]))
    room.must(MergeItems(into=own, items=[list(room.state.items)[-2]]))
    room.must(CloseStage(run="swot.1"))
    report = report_model(room.state, "en")
    typeset = pdf.Typesetter(report).html("report/report.html", fit=pages.FITS[0])
    assert "brought in: Priorities of 2023" in typeset, "also of a stage that was never opened"
    assert "One of them was brought in by the facilitators; nobody in the room wrote it." in typeset
    assert "“Three hundred days of sun” · brought in: Census" in typeset
    assert "2 contributions." in typeset
    assert "withdrawn by" not in typeset
