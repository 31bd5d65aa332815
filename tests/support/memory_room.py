"""A room without a database: a workshop in memory that tells its listeners."""

from typing import Any

import gevent.event

from edp_app.core.commands import Command
from edp_app.core.state import State
from tests.support.definitions import short
from tests.support.memory import MemoryWorkshop


class MemoryRoom:
    """Has what a room has, on a workshop in memory. ``do`` commits and tells, as the committer does."""

    def __init__(self) -> None:
        self.workshop = MemoryWorkshop(short())
        self.id, self.epoch, self.restored = "w1", "e1", None
        self.archived = False
        self.elsewhere = 0
        self.listeners: list[Any] = []
        self.settled = gevent.event.Event()
        self.settled.set()

    @property
    def state(self) -> State:
        return self.workshop.state

    @property
    def code(self) -> str:
        return self.state.code

    def now(self) -> int:
        return self.workshop.now

    def when_settled(self) -> None:
        self.settled.wait()

    def when_countable(self) -> None:
        self.when_settled()  # what is small is counted when it is asked for

    def do(self, command: Command, actor: str = "f:1") -> None:
        before = len(self.workshop.log)
        self.workshop.must(command, actor)
        self.tell(self.workshop.log[before:])

    def tell(self, recorded: list[Any]) -> None:
        for listener in list(self.listeners):
            listener(self, recorded)
