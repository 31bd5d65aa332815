"""A big vote as it stands in the log, put there at once: nobody has to tap three hundred thousand times.

The events are those that taps would have led to, in their order and form; only the answers that are stored
beside them, by which a repeated tap is known, are not there.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from bench.machine import ROOT
from edp_app.cli_formats import read_format
from edp_app.clock import milliseconds
from edp_app.core.events import BallotCast, Described, Event, ItemAdded, Joined, StageClosed, StageOpened
from edp_app.live.protocol import person_id
from edp_app.log import store
from edp_app.log.database import Database
from edp_app.log.store import NewEvent

AT_ONCE = 5000
"""Events in one transaction."""

GROUPS = ("government", "business", "academia", "civil_society", "environment")
SIZES = (0.44, 0.24, 0.16, 0.08, 0.08)
"""How a room is made up, as workshops are."""

FAR_APART = (1.5, 4.5, 3.0, 4.0, 2.0)
"""What each group thinks on average where groups are wide apart."""

CRITERIA = ("market", "people", "knowledge", "region")
DO_NOT_KNOW = 0.05
SPREAD = 1.2
VOTE = "vote.1"


@dataclass(frozen=True)
class Room:
    """How big a vote is, and what it is like."""

    people: int
    items: int
    apart: bool
    """Whether groups are of opinions wide apart, so that every item is tested; else all are of one."""
    seed: int = 1

    @property
    def title(self) -> str:
        """What it is called in tables."""
        return f"{self.items:,} items × {self.people:,} voters, {'apart' if self.apart else 'of one opinion'}"


@dataclass(frozen=True)
class Stored:
    """A workshop that stands in the log, its vote open."""

    code: str
    items: tuple[str, ...]
    secrets: tuple[str, ...]
    """What the phones of its people are known by, in the order in which they joined."""


def put(database: Database, login: str, room: Room) -> Stored:
    """Store a workshop with such a vote, which this account runs."""
    account = database.read(store.account_by_login, login)
    if account is None:
        raise LookupError(f"there is no account {login}")
    definition = read_format(ROOT / "bench" / "reveal.toml")
    workshop = database.call(store.create_workshop, definition, account.id, milliseconds())
    chance = random.Random(room.seed)
    secrets = tuple(f"{chance.getrandbits(200):050x}" for _ in range(room.people))
    people = [person_id(workshop.id, secret) for secret in secrets]
    log = _Log(database, workshop.id)
    groups = chance.choices(range(len(GROUPS)), SIZES, k=room.people)
    for person, group in zip(people, groups, strict=True):
        log.add(person, Joined(person=person))
        log.add(person, Described(person=person, group=GROUPS[group]))
    facilitator = f"f:{account.id}"
    log.add(facilitator, StageOpened(stage="board", run="board.1"))
    items = tuple(log.add_item(people[n % len(people)], n) for n in range(room.items))
    log.add(facilitator, StageClosed(run="board.1"))
    log.add(facilitator, StageOpened(stage="vote", run=VOTE, closes="board.1"))
    for person, group in zip(people, groups, strict=True):
        for item, scores in _opinions(chance, items, FAR_APART[group] if room.apart else 3.0):
            log.add(person, BallotCast(run=VOTE, voter=person, item=item, revision=1, scores=scores))
    log.store()
    return Stored(workshop.code, items, secrets)


def _opinions(
    chance: random.Random, items: tuple[str, ...], mean: float
) -> Iterator[tuple[str, dict[str, int]]]:
    def score() -> int:
        unknown = chance.random() < DO_NOT_KNOW
        return 0 if unknown else max(1, min(5, round(chance.gauss(mean, SPREAD))))

    for item in items:
        yield item, {criterion: score() for criterion in CRITERIA}


class _Log:
    """The end of a workshop's log."""

    def __init__(self, database: Database, workshop_id: str) -> None:
        self._database, self._id = database, workshop_id
        head = database.read(store.head, workshop_id)
        self._seq, self._digest = head.seq, head.digest
        self._rows: list[NewEvent] = []

    def add(self, actor: str, event: Event) -> None:
        """Append one event, sooner or later."""
        self._seq += 1
        row = store.sealed(
            self._id,
            event,
            previous=self._digest,
            seq=self._seq,
            at=milliseconds(),
            actor=actor,
            op_id=f"bench-{self._seq}",
        )
        self._digest = row.digest
        self._rows.append(row)
        if len(self._rows) >= AT_ONCE:
            self.store()

    def add_item(self, author: str, number: int) -> str:
        """Append an item; its id."""
        item = f"i{self._seq + 1}"
        title = f"Idea number {number} of this territory, in a few words"
        self.add(author, ItemAdded(item=item, run="board.1", author=author, column="ideas", title=title))
        return item

    def store(self) -> None:
        """Append what waits."""
        if self._rows:
            self._database.call(store.append_events, self._rows)
            self._rows = []
