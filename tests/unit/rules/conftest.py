"""A room with three people of three groups, and a vote on four strengths."""

import pytest

from edp_app.core.commands import Describe, Join, OpenStage
from tests.support.acting import ANA, PEOPLE, write
from tests.support.definitions import GROUPS, short
from tests.support.memory import MemoryWorkshop


@pytest.fixture
def room() -> MemoryWorkshop:
    """Three people of three groups, and nothing open yet."""
    workshop = MemoryWorkshop(short())
    for person, group in zip(PEOPLE, GROUPS, strict=False):
        workshop.must(Join(), person)
        workshop.must(Describe(group=group), person)
    return workshop


@pytest.fixture
def voting(room: MemoryWorkshop) -> MemoryWorkshop:
    """The vote on four strengths is open."""
    room.must(OpenStage(stage="swot"))
    for n in range(4):
        write(room, ANA, f"Strength {n}")
    room.must(OpenStage(stage="weigh"))
    return room
