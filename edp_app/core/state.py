"""The state of a workshop in memory: what folding its log gives. Changed by ``evolve`` only."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from edp_app.core.canonical import FIRST
from edp_app.core.definition import Definition, Stage

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


@dataclass(slots=True)
class Item:
    """What somebody wrote. ``into`` names the item under which it stands since a merge."""

    id: str
    n: int
    run: str
    stage: str
    column: str
    author: str
    title: str
    fields: dict[str, str] = field(default_factory=dict)
    sdgs: list[int] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    revision: int = 1
    hidden: bool = False
    withdrawn: bool = False
    into: str | None = None
    name: str = ""
    """What it is called since others were merged into it; empty: its own title."""
    label: str | None = None
    """The group that stands beside it while its run is closed, settled at the closing."""

    @property
    def called(self) -> str:
        """The title under which it is shown."""
        return self.name or self.title

    @property
    def stands(self) -> bool:
        """Whether it is shown by itself."""
        return not (self.hidden or self.withdrawn or self.into)


@dataclass(slots=True)
class Timer:
    """``ends_at`` (ms) while it runs, ``left`` (ms) while it is held. ``held``: by hand."""

    ends_at: int | None = None
    left: int | None = None
    close: bool = False
    held: bool = False


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

    @property
    def running(self) -> bool:
        return self.status in ("open", "paused")

    def stand(self, person: str, group: str, territory: str | None) -> None:
        """Have somebody count for these here, whatever they count for elsewhere."""
        self.groups_then[person] = group
        self.sides_then.pop(person, None)
        if territory:
            self.sides_then[person] = territory


@dataclass(slots=True)
class State:
    """A workshop, folded up to and including ``seq``."""

    definition: Definition = None  # type: ignore[assignment]  # set by the first event of every log
    code: str = ""
    owner: str = ""
    rules: int = 0
    created_at: int = 0
    seq: int = 0
    at: int = 0
    digest: str = FIRST
    door: bool = True
    ended: bool = False
    ended_at: int | None = None
    persons: dict[str, Person] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)
    runs: dict[str, Run] = field(default_factory=dict)
    current: str | None = None
    """The latest run, open or not."""
    erased: int = 0
    """Of how many events the content was erased."""
    curations: int = 0
    """How often items were hidden, merged, rewritten or withdrawn, or this undone: results may call them
    otherwise since."""

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

    def items_of(self, stage_id: str) -> Iterator[Item]:
        """Everything written in any run of a gather stage, in order of arrival."""
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

    def merged_into(self, item_id: str) -> list[Item]:
        """The items that stand under this one, directly."""
        return [i for i in self.items.values() if i.into == item_id and not i.hidden and not i.withdrawn]

    def group_of(self, person: str) -> str | None:
        """The group somebody speaks for now."""
        known = self.persons.get(person)
        return known.group if known else None

    def persons_by_group(self) -> dict[str, int]:
        """How many people speak for each group, in the definition's order; groups of nobody are 0."""
        counts = {group.id: 0 for group in self.definition.groups}
        for person in self.persons.values():
            if person.group:
                counts[person.group] += 1
        return counts
