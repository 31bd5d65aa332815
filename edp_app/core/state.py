"""The state of a workshop in memory: what folding its log gives. Changed by ``evolve`` only."""

from collections import Counter
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from edp_app.core.canonical import FIRST
from edp_app.core.definition import Definition, Stage
from edp_app.core.item import Item
from edp_app.core.removed import Removal

SEAT = "."
"""Stands between a phone and a seat at it, in the id of a person."""


def phone_of(person: str) -> str:
    """The phone by which somebody takes part: the id under which they joined, or of the phone they sit at."""
    return person.partition(SEAT)[0]


Status = Literal["open", "paused", "closed", "cancelled"]


@dataclass(slots=True)
class Person:
    """Somebody who can contribute and vote; ``n`` is the running number by which they are spoken of."""

    id: str
    n: int
    group: str | None = None
    territory: str | None = None
    funder: bool = False
    named: bool = False
    fixed: bool = False
    """They have voted: only a facilitator changes the group now."""
    corrected: bool = False
    paper: bool = False
    admitted: bool = False
    """A facilitator let them in."""
    badge: str = ""
    """The badge by which they came in, which says their group; empty: without one."""
    acted: bool = False
    """They have written, answered or voted: they stay in."""
    place: int = 1
    """At a phone that several people share: 1 is whoever joined with it."""

    @property
    def phone(self) -> str:
        """The phone at which they have a seat; "" for everybody else."""
        return phone_of(self.id) if SEAT in self.id else ""


@dataclass(slots=True)
class Badge:
    """An invitation. ``person``: who came in with it; if ``handed_on``, whom the next phone with it is."""

    id: str
    mark: str
    digest: str
    group: str
    territory: str | None = None
    funder: bool = False
    named: bool = False
    person: str = ""
    handed_on: bool = False


@dataclass(slots=True)
class Timer:
    """``ends_at`` (ms) while it runs, ``left`` (ms) while it is held. ``held``: by hand."""

    ends_at: int | None = None
    left: int | None = None
    close: bool = False
    held: bool = False


@dataclass(frozen=True, slots=True)
class Stopped:
    """What the closing of a run ended: whether it was paused; its timer with what was left, if anything."""

    paused: bool
    timer: Timer | None


@dataclass(slots=True)
class Run:
    """One opening of a stage. ``data`` belongs to the stage's kind (a tally, the answers, …)."""

    id: str
    stage: Stage
    kind: str
    number: int
    opened_at: int
    opened_seq: int
    data: Any = None
    status: Status = "open"
    revealed: bool = False
    again_after: str | None = None
    closes: str | None = None
    """The run that its latest opening closed."""
    closings: int = 0
    reopened_at: int | None = None
    """When it was last gone back to (ms): a later stage that closed at that moment was interrupted by it."""
    closed_at: int | None = None
    closed_seq: int | None = None
    closing_digest: str = ""
    """The chain digest of the closing, or of the last sheet of paper typed in after it: from then on nothing
    that counts is added, and nobody who still could add something knows it."""
    timer: Timer | None = None
    stopped: Stopped | None = None
    """What its latest closing put an end to."""
    groups_then: dict[str, str] = field(default_factory=dict)
    """Who spoke for which group when the run closed: later corrections do not change what was counted. Sheets
    of paper typed in since then stand here with their own group."""
    sides_then: dict[str, str] = field(default_factory=dict)
    """Who spoke for which territory then."""
    funders_then: frozenset[str] = frozenset()
    """Who spoke for a funding institution then."""
    late: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    """Whose sheets of paper were typed in after a closing, with the group and the territory on them: for
    these they count here also after the run was opened again, unless something else was said since."""
    figures: tuple[Hashable, dict[str, Any]] | None = None
    """The result's figures, and what they were computed from."""
    titled: tuple[int, dict[str, Any]] | None = None
    """The result with what its items are called, as of so many curations."""
    contributions: int = 0
    """How many operations it took in; a run that took none can be cancelled."""
    since: int = 0
    """When it was last opened (ms)."""
    took: int = 0
    """How long it was open before that (ms), pauses counted."""

    @property
    def running(self) -> bool:
        return self.status in ("open", "paused")

    @property
    def began(self) -> int:
        """When it would have been opened, had it been open since without interruption (ms)."""
        return self.since - self.took

    def stand(self, person: str, group: str, territory: str | None) -> None:
        """Have somebody count for these here, whatever they count for elsewhere."""
        self.groups_then[person] = group
        self.sides_then.pop(person, None)
        if territory:
            self.sides_then[person] = territory


@dataclass(frozen=True, slots=True)
class Planned:
    """What was planned anew for a stage while the workshop ran."""

    minutes: int
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class Reminder:
    """Who is waited for: people of ``group`` who are to come (``here``) or to answer (``answered``)."""

    about: Literal["here", "answered"]
    group: str


@dataclass(frozen=True, slots=True)
class Act:
    """Something a facilitator did that may be taken back. ``what`` is the kind of its event; which of the
    other fields it has depends on that. ``before`` is what was planned before, where that is not None."""

    seq: int
    at: int
    actor: str
    what: str
    stage: str = ""
    run: str = ""
    items: tuple[str, ...] = ()
    before: Planned | None = None
    after: Planned | None = None
    end_before: int | None = None
    end_after: int | None = None
    person: str = ""
    language: str = ""
    words: str = ""
    """What an item was called."""
    was: Any = None
    became: Any = None
    """Of what else was changed: as it stood before, and after."""
    start_before: int | None = None
    start_after: int | None = None
    weighs: tuple[str, ...] = ()
    """Votes that take their weights from a stage since it was put in."""


@dataclass(slots=True)
class State:
    """A workshop, folded up to and including ``seq``."""

    definition: Definition = None  # type: ignore[assignment]  # set by the first event of every log
    code: str = ""
    owner: str = ""
    rules: int = 0
    rehearsal: bool = False
    """Whether this is a copy of another workshop, to rehearse with."""
    created_at: int = 0
    seq: int = 0
    at: int = 0
    digest: str = FIRST
    door: bool = True
    moderated: bool = False
    """Whether what people write waits until a facilitator approves it."""
    ended: bool = False
    ended_at: int | None = None
    persons: dict[str, Person] = field(default_factory=dict)
    """Who is in. Whoever is not here contributes nothing and counts nowhere."""
    seats: dict[str, list[str]] = field(default_factory=dict)
    """Phones that several people share: the phone's id to those who sit there beside its own person."""
    waiting: dict[str, Person] = field(default_factory=dict)
    """Who asked to come in and was neither let in nor turned away."""
    away: dict[str, Person] = field(default_factory=dict)
    """Who was turned away."""
    gone: dict[str, Person] = field(default_factory=dict)
    """Who had come in by a badge that was made anew since, and so is out: as if they had not come."""
    numbered: int = 0
    """The last of the numbers by which people are spoken of."""
    heads: int | None = None
    """How many people a facilitator counted in the room."""
    badges: dict[str, Badge] = field(default_factory=dict)
    phones: dict[str, str] = field(default_factory=dict)
    """Phones that are not the person of their own id: whose they are, or "" for one that was replaced."""
    items: dict[str, Item] = field(default_factory=dict)
    runs: dict[str, Run] = field(default_factory=dict)
    apart: set[tuple[str, str]] = field(default_factory=set)
    """Items of which somebody said that they do not say the same, each two in order."""
    current: str | None = None
    """The latest run, open or not."""
    erased: int = 0
    """Of how many events the content was erased."""
    added: set[str] = field(default_factory=set)
    """Stages put in while the workshop ran, those taken out again among them: no id is given twice."""
    plan: dict[str, Planned] = field(default_factory=dict)
    """By stage: what was planned otherwise than the workshop was prepared."""
    edition: int = 0
    """The latest event that changed the stages, or their plan."""
    removed: list[Removal] = field(default_factory=list)
    """What was taken out while the workshop was prepared, and is not back: oldest first."""
    ends_at: int | None = None
    """When the workshop is to end (ms), if the facilitator said so."""
    starts_at: int | None = None
    """When it is to begin (ms), if the facilitator said so; of use until the first stage is opened."""
    reminder: Reminder | None = None
    acts: list["Act"] = field(default_factory=list)
    """The latest acts that may still be taken back, oldest first; see :mod:`edp_app.core.undo`."""
    curations: int = 0
    """How often items were hidden, merged, rewritten, withdrawn, or this undone: their names may change."""

    def now(self) -> Run | None:
        """The run that phones and screen show."""
        return self.runs.get(self.current) if self.current else None

    def open_run(self) -> Run | None:
        """The run that is open or paused, if there is one."""
        run = self.now()
        return run if run and run.running else None

    def runs_of(self, stage_id: str) -> list[Run]:
        """The runs of a stage, oldest first, without the cancelled ones."""
        return [r for r in self.runs.values() if r.stage.id == stage_id and r.status != "cancelled"]

    def minutes_of(self, stage: Stage) -> int:
        """The minutes that are planned for a stage now."""
        planned = self.plan.get(stage.id)
        return planned.minutes if planned else stage.minutes

    def is_skipped(self, stage_id: str) -> bool:
        """Whether a stage is left out. One that was opened all the same is not."""
        planned = self.plan.get(stage_id)
        return planned is not None and planned.skipped and not self.runs_of(stage_id)

    def items_of(self, stage_id: str) -> Iterator[Item]:
        """Everything written in any run of a gather stage, or brought into it, in order of arrival."""
        return (item for item in self.items.values() if item.stage == stage_id)

    def top(self, item_id: str) -> Item | None:
        """The item under which this one stands after merges, or itself, whether or not it is to be seen."""
        item = self.items.get(item_id)
        for _ in range(len(self.items)):
            if item is None or item.into is None:
                break
            item = self.items.get(item.into)
        return item

    def standing(self, item_id: str) -> Item | None:
        """The item that stands for this one after merges, if it is to be seen."""
        top = self.top(item_id)
        return top if top and top.stands else None

    def is_hidden(self, item: Item) -> bool:
        """Whether it was taken off the board, by itself or with the item under which it stands."""
        top = self.top(item.id)
        return item.hidden or (top is not None and top.hidden)

    def is_seen(self, item_id: str) -> bool:
        """Whether everybody may see this item, be it under another one."""
        item = self.items.get(item_id)
        return item is not None and not (item.withdrawn or item.waiting or self.is_hidden(item))

    def merged_into(self, item_id: str) -> list[Item]:
        """The items that stand under this one, directly."""
        return [i for i in self.items.values() if i.into == item_id and not i.hidden and not i.withdrawn]

    def somebody(self, person: str) -> Person | None:
        """Who is in, waits at the door, or was turned away from it."""
        return self.persons.get(person) or self.waiting.get(person) or self.away.get(person)

    def everybody(self) -> Iterator[Person]:
        """Whoever has a number and may have given something of themselves, wherever they are now."""
        for place in (self.persons, self.waiting, self.away, self.gone):
            yield from place.values()

    def number(self) -> int:
        """The next number by which somebody is spoken of, which nobody else gets."""
        self.numbered += 1
        return self.numbered

    def group_of(self, person: str) -> str | None:
        """The group somebody speaks for now."""
        known = self.persons.get(person)
        return known.group if known else None

    def expected(self) -> dict[str, int]:
        """How many people are expected, by group: as somebody said, or else as many as were given a badge.
        Groups of which nothing is known are left out."""
        said = {one.id: one.expected for one in self.definition.groups if one.expected is not None}
        if said or not self.badges:
            return said
        badges = Counter(badge.group for badge in self.badges.values())
        return {one.id: badges[one.id] for one in self.definition.groups if badges[one.id]}

    def expected_from(self) -> dict[str, int]:
        """The same by territory."""
        sides = self.definition.territories
        said = {one.id: one.expected for one in sides if one.expected is not None}
        if said or not self.badges:
            return said
        badges = Counter(badge.territory for badge in self.badges.values())
        return {one.id: badges[one.id] for one in sides if badges[one.id]}

    def persons_by_group(self) -> dict[str, int]:
        """How many people speak for each group, in the definition's order; groups of nobody are 0."""
        counts = {group.id: 0 for group in self.definition.groups}
        for person in self.persons.values():
            if person.group:
                counts[person.group] += 1
        return counts
