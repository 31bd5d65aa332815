"""What could be put into the agenda of a running workshop, as a console is told."""

from edp_app.core.arranging import upto, waiting_after
from edp_app.core.formats import Library
from edp_app.core.formats.adding import offers
from edp_app.core.state import State
from edp_app.live.protocol import LibraryAnswer, Offered


def offered(state: State, after: str, library: Library) -> LibraryAnswer:
    """The stages of the library, each with what it could refer to behind the stage ``after``. To what is
    left out it could not."""
    definition = state.definition
    before = [stage for stage in upto(definition, after) if not state.is_skipped(stage.id)]
    groups = {group.id for group in definition.groups}
    found = offers(before, library, definition.language, groups, waiting_after(state, after))
    return LibraryAnswer([Offered(*one) for one in found])
