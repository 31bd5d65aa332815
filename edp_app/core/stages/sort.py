"""``sort``: facilitators merge and hide the items of a gather stage, while everyone watches."""

from typing import ClassVar

from edp_app.core.definition import SortSettings, Stage
from edp_app.core.items import board, columns_of, has_items
from edp_app.core.refusals import Refusal, refuse
from edp_app.core.registry import Json, settings_as
from edp_app.core.stages.base import Plain
from edp_app.core.state import Run, State


class SortKind(Plain):
    id: ClassVar[str] = "sort"

    def may_open(self, state: State, stage: Stage) -> Refusal | None:
        of = settings_as(stage, SortSettings).of
        return None if has_items(state, of) else refuse("nothing_to_sort")

    def public(self, state: State, run: Run, *, counts: bool) -> Json:
        of = settings_as(run.stage, SortSettings).of
        return {
            "of": of,
            "columns": columns_of(state, of),
            "board": board(state, of),
        }
