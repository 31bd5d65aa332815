"""What was left out and what was added on the day is said in the report, in the order of the day itself."""

from pathlib import Path

import pytest

from edp_app.core.commands import (
    AddStage,
    CloseStage,
    Describe,
    EndWorkshop,
    Join,
    MoveStage,
    OpenStage,
    PlanStage,
)
from tests.pdf.conftest import Printed, printed
from tests.support.acting import ANA, write
from tests.support.definitions import short
from tests.support.memory import MemoryWorkshop


@pytest.fixture(scope="module")
def arranged(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    room = MemoryWorkshop(short())
    room.must(OpenStage(stage="swot"))
    room.must(Join(), ANA)
    room.must(Describe(group="business", territory="tacna"), ANA)
    write(room, ANA, "Olivos centenarios")
    room.must(MoveStage(stage="ideas", after="swot"))
    room.must(AddStage(preset="break", after="swot", title="Café", minutes=5))
    room.must(PlanStage(stage="weigh", skipped=True))
    room.must(OpenStage(stage="break"))
    room.must(CloseStage(run="break.1"))
    room.must(EndWorkshop())
    folder: Path = tmp_path_factory.mktemp("arranged")
    return printed(room, folder, "en")


def test_the_method_names_what_was_left_out_and_what_was_added(arranged: Printed) -> None:
    text = arranged.text
    assert "Stages held SWOT · Café" in text
    assert "Left out on the day Weigh" in text
    assert "Added on the day Café" in text
    assert "Weigh" not in text[text.index("Planned, not held") : text.index("Left out on the day")]
    assert arranged.complaints == []


def test_the_annex_tells_it_in_the_order_of_the_day(arranged: Printed) -> None:
    titles = [stage.title for stage in arranged.report.agenda]
    assert titles[2:5] == ["SWOT", "Café", "Ideas"]
    annex = arranged.text[arranged.text.index("Annex: planned and taken time") :]
    assert "Café added 5 1" in annex
    assert "Weigh 10 left out –" in annex
