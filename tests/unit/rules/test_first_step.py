"""A scale that begins at 0: what may be answered, how it is counted, here and by other code."""

import msgspec
import pytest

from edp_app.core.commands import Answer, CloseStage, OpenStage, RevealResult
from edp_app.core.definition import AskSettings, Question, Stage
from edp_app.core.views import view
from edp_app.exports.figures import of_ask
from edp_app.exports.model import export_model
from edp_app.report.model import report_model
from tests.support.acting import ANA, BETO, CARLA, refused
from tests.support.memory import MemoryWorkshop

WHEEL = Stage(
    "wheel",
    {"en": "Wheel"},
    5,
    AskSettings([Question(step, {"en": step}, steps=6, first=0) for step in ("analysis", "vision", "money")]),
)


@pytest.fixture
def wheel(room: MemoryWorkshop) -> MemoryWorkshop:
    definition = room.state.definition
    room.state.definition = msgspec.structs.replace(definition, stages=[*definition.stages, WHEEL])
    room.must(OpenStage(stage="wheel"))
    return room


def test_nought_is_an_answer_and_six_is_none(wheel: MemoryWorkshop) -> None:
    for bad in (-1, 6):
        refused(wheel, Answer(run="wheel.1", question="vision", value=bad), ANA, "bad_value")
    for person, value in ((ANA, 0), (BETO, 0), (CARLA, 5)):
        wheel.must(Answer(run="wheel.1", question="vision", value=value), person)
    assert view(wheel.state, "phone")["now"]["questions"][0]["first"] == 0
    wheel.must(CloseStage(run="wheel.1"))
    wheel.must(RevealResult(run="wheel.1"))
    vision = view(wheel.state, "screen")["now"]["result"]["questions"][1]
    assert vision["mean"] == pytest.approx(5 / 3)
    assert vision["counts"] == [2, 0, 0, 0, 0, 1]
    told = report_model(wheel.state).questionnaires[-1].questions[1]
    assert (told.first, told.counts) == (0, (2, 0, 0, 0, 0, 1))
    (asked,) = [run for run in export_model(wheel.state).results if run.stage == "wheel"]
    figures = {f.measure: f.value for f in of_ask(asked) if f.aspect == "vision"}
    assert figures["gave_0"] == 2
    assert figures["gave_5"] == 1
    assert "gave_6" not in figures
