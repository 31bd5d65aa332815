"""``show``: people look and listen: an opening, a talk, a break."""

from typing import ClassVar

from edp_app.core.definition import ShowSettings
from edp_app.core.registry import Json, settings_as
from edp_app.core.stages.base import Plain
from edp_app.core.state import Run, State


class ShowKind(Plain):
    id: ClassVar[str] = "show"

    def public(self, state: State, run: Run, *, counts: bool) -> Json:
        settings = settings_as(run.stage, ShowSettings)
        return {"text": settings.text, "is_break": settings.is_break}
