"""``who``: people say which group they speak for. They may at any time; this stage asks all at once."""

from typing import ClassVar

from edp_app.core.stages.base import Plain
from edp_app.core.state import Run, State


class WhoKind(Plain):
    id: ClassVar[str] = "who"

    def took_part(self, state: State, run: Run) -> set[str]:
        return {person.id for person in state.persons.values() if person.group}
