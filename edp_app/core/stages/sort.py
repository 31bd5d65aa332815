"""``sort``: facilitators merge and hide the items of a gather stage, while everyone watches."""

from edp_app.core.definition import SortSettings, Stage
from edp_app.core.items import board, columns_of, standing_items
from edp_app.core.refusals import Refusal, refuse
from edp_app.core.registry import Json
from edp_app.core.stages.base import Plain
from edp_app.core.state import Run, State


class SortKind(Plain):
    id = "sort"

    def may_open(self, state: State, stage: Stage) -> Refusal | None:
        assert isinstance(stage.settings, SortSettings)
        return None if standing_items(state, stage.settings.of) else refuse("nothing_to_vote_on")

    def public(self, state: State, run: Run, *, counts: bool) -> Json:
        settings = run.stage.settings
        assert isinstance(settings, SortSettings)
        return {
            "of": settings.of,
            "columns": columns_of(state, settings.of),
            "board": board(state, settings.of),
        }
