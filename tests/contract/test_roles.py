"""Every command, asked for in every role: who may is answered, everybody else is not allowed."""

import pytest

from edp_app.core.commands import Command, Context, Role
from edp_app.core.refusals import Refusal
from edp_app.core.workshop import decide
from edp_app.live.describe import COMMANDS
from tests.support.definitions import short
from tests.support.memory import START, MemoryWorkshop
from tests.support.roles import ALL, MAY, tag_of

ACTORS: dict[Role, str] = {
    "participant": "p:a",
    "assistant": "h:rosa",
    "facilitator": "f:1",
    "system": "system",
}


def test_the_table_of_rights_has_every_command_and_no_other() -> None:
    assert frozenset[str]().union(*MAY.values()) == ALL
    assert {tag_of(command) for command in COMMANDS} == ALL


@pytest.mark.parametrize("role", ACTORS)
@pytest.mark.parametrize("command", COMMANDS, ids=tag_of)
def test_who_may_ask(command: Command, role: Role) -> None:
    workshop = MemoryWorkshop(short())
    decided = decide(workshop.state, command, Context(ACTORS[role], role, START))
    refused = isinstance(decided, Refusal) and decided.code == "not_allowed"
    assert refused is (tag_of(command) not in MAY[role])
