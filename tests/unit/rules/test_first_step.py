"""A scale that begins at 0: what may be answered, how it is counted, here and by other code."""

import msgspec
import pytest

from edp_app.core.commands import Answer, CloseStage, OpenStage, RevealResult
from edp_app.core.definition import AskSettings, Stage
from edp_app.core.parts import Question
from edp_app.core.views import view
from edp_app.exports.figures import of_ask
from edp_app.exports.model import export_model
from edp_app.report import illustrations, pdf
from edp_app.report.contents import Questionnaire
from edp_app.report.model import report_model
from edp_app.report.wording import wording
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


def test_the_wheel_in_the_report_goes_from_nought(wheel: MemoryWorkshop) -> None:
    look = pdf.look(wording("en"))
    definition = wheel.state.definition
    assert illustrations.wheel(_told(wheel), look) is None, "three questions are told one by one"
    steps = [Question(f"q{n}", {"en": f"Step {n}"}, steps=6, first=0) for n in range(6)]
    six = msgspec.structs.replace(WHEEL, id="six", settings=AskSettings(steps))
    wheel.state.definition = msgspec.structs.replace(definition, stages=[*definition.stages, six])
    drawn = illustrations.wheel(_told(wheel, "six", 6), look)
    assert drawn is not None
    assert "highest on Step 5 (5.0), lowest on Step 0 (0.0)" in drawn.chart.alt


def _told(workshop: MemoryWorkshop, stage: str = "wheel", questions: int = 3) -> Questionnaire:
    """The stage, answered by three people with the number of each question, and revealed."""
    run = f"{stage}.1"
    if stage != "wheel":
        workshop.must(OpenStage(stage=stage))
    asked = view(workshop.state, "phone")["now"]["questions"][:questions]
    for person in (ANA, BETO, CARLA):
        for value, question in enumerate(asked):
            workshop.must(Answer(run=run, question=question["id"], value=value), person)
    workshop.must(CloseStage(run=run))
    workshop.must(RevealResult(run=run))
    return report_model(workshop.state).questionnaires[-1]
