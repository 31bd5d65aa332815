"""A room that reads back what it decided, where whoever does not stand by it may say so with their name."""

import msgspec

from edp_app.core.commands import CastBallot, CloseStage, NameMyself, RevealResult
from edp_app.core.definition import AgreeMethod, Definition, VoteSettings
from tests.support.memory import MemoryWorkshop
from tests.support.shortlisted import PEOPLE, Room, shortlisted

WHY = "The valley has no water for it"
NAMES = {PEOPLE[0]: "Ana Quispe", PEOPLE[1]: "Bruno Salas", PEOPLE[2]: "Carla Mamani"}


def signable(*, may_sign: bool = True) -> Definition:
    """The workshop of :mod:`tests.support.shortlisted`, with reasons in its read-back."""
    plain = shortlisted()
    stages = [
        msgspec.structs.replace(
            stage,
            settings=msgspec.structs.replace(
                stage.settings, method=AgreeMethod(reason=True, may_sign=may_sign)
            ),
        )
        if stage.id == "read_back" and isinstance(stage.settings, VoteSettings)
        else stage
        for stage in plain.stages
    ]
    return msgspec.structs.replace(plain, stages=stages)


def at_read_back(*, may_sign: bool = True) -> tuple[Room, str]:
    """The room when its read-back has just been opened, and that run; two were named as they came in."""
    room = Room(workshop=MemoryWorkshop(signable(may_sign=may_sign)))
    for person in list(NAMES)[:2]:
        room.workshop.must(NameMyself(NAMES[person]), person)
    room.spend("Alpha", "Gamma", "Delta")
    room.score(Alpha=(5, 4), Gamma=(4, 5), Delta=(1, 2))
    return room, room.open("read_back")


def against(
    room: Room, run: str, person: str, *, revision: int = 0, signed: bool = True, why: str = WHY
) -> None:
    """Somebody does not stand by Alpha."""
    ballot = CastBallot(
        run, room.ids["Alpha"], revision=revision, choice="disagree", reason=why, signed=signed
    )
    room.workshop.must(ballot, person)


def read_back(*, signed: bool = True) -> tuple[Room, str]:
    """One is against Alpha, with a name or without; another for the same reason without; the rest agree."""
    room, run = at_read_back()
    against(room, run, PEOPLE[0], signed=signed)
    against(room, run, PEOPLE[1], signed=False)
    for person in PEOPLE[2:]:
        room.workshop.must(CastBallot(run, room.ids["Alpha"], choice="agree"), person)
    room.workshop.must(CloseStage(run))
    room.workshop.must(RevealResult(run))
    return room, run
