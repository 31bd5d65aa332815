"""Questions and their answers."""

import pytest

from edp_app.core.commands import Answer, CloseStage, OpenStage, RevealResult
from edp_app.core.views import view
from tests.support.acting import ANA, BETO, CARLA, refused
from tests.support.memory import MemoryWorkshop


class TestAsking:
    def test_answers_are_checked_changed_and_hidden_until_revealed(self, room: MemoryWorkshop) -> None:
        room.must(OpenStage(stage="evaluation"))
        run = "evaluation.1"
        for bad in (0, 6, "five"):
            refused(room, Answer(run=run, question="useful", value=bad), ANA, "bad_value")
        refused(room, Answer(run=run, question="more", value=3), ANA, "bad_value")
        refused(room, Answer(run=run, question="nothing", value=3), ANA, "unknown_question")
        for person in (ANA, BETO, CARLA):
            room.must(Answer(run=run, question="useful", value=3), person)
        room.must(Answer(run=run, question="useful", value=5, revision=1), ANA)
        refused(room, Answer(run=run, question="useful", value=1, revision=1), ANA, "outdated")
        room.must(Answer(run=run, question="more", value=" Más tiempo \n\n\n\n para ideas "), ANA)
        assert "result" not in view(room.state, "console")["now"]
        room.must(CloseStage(run=run))
        room.must(RevealResult(run=run))
        useful = view(room.state, "phone")["now"]["result"]["questions"][0]
        assert useful["mean"] == pytest.approx(11 / 3)
