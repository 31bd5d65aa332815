"""People of a small workshop in memory, and what tests of the rules have them do."""

from edp_app.core.commands import AddItem, Command
from edp_app.core.refusals import Refusal
from edp_app.core.views import AUDIENCES, view
from tests.support.memory import MemoryWorkshop

ANA, BETO, CARLA = PEOPLE = ("p:ana", "p:beto", "p:carla")


def write(room: MemoryWorkshop, person: str, title: str, column: str = "s", run: str = "swot.1") -> str:
    """Somebody writes an item; its id."""
    room.must(AddItem(run=run, column=column, title=title), person)
    return f"i{room.state.seq}"


def refused(room: MemoryWorkshop, command: Command, actor: str, code: str) -> Refusal:
    """The command is refused with this code, and nothing whatever changes."""
    seq, seen = room.state.seq, view(room.state, "console")
    decision = room.do(command, actor)
    assert isinstance(decision, Refusal), f"{command} was accepted"
    assert decision.code == code
    assert (room.state.seq, view(room.state, "console")) == (seq, seen)
    return decision


def no_result_anywhere(room: MemoryWorkshop) -> None:
    """No audience is shown a result."""
    for audience in AUDIENCES:
        seen = view(room.state, audience)
        assert "result" not in seen["now"]
        assert not seen["results"]
