"""What the report knows of a workshop: plain values in one language, nothing that a reader may not see.

Every format of the report is made from these and from nothing else. Shares are between 0 and 1; times are
milliseconds since 1970, UTC.
"""

from dataclasses import dataclass
from typing import Literal

from edp_app.charts import Mark as Mark
from edp_app.core.definition import Privacy, Rule

ItemState = Literal["shown", "merged"]


@dataclass(frozen=True, slots=True)
class GroupCount:
    """How many people spoke for a group, and how many were expected (None: nobody said)."""

    mark: Mark
    people: int
    expected: int | None


@dataclass(frozen=True, slots=True)
class TerritoryCount:
    """How many people came from one side of the border."""

    name: str
    people: int


@dataclass(frozen=True, slots=True)
class Held:
    """A stage of the agenda and whether it was held."""

    title: str
    kind: str
    minutes: int
    held: bool


@dataclass(frozen=True, slots=True)
class Reference:
    """Another item, by its running number and the title under which it stands."""

    n: int
    title: str
    column: str


@dataclass(frozen=True, slots=True)
class Original:
    """An item that was merged into another one, as it was written."""

    n: int
    title: str


@dataclass(frozen=True, slots=True)
class Goal:
    """A Sustainable Development Goal."""

    n: int
    name: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A contribution that stands by itself. ``own_title`` is how its author wrote it, where a merge renamed
    it."""

    id: str
    n: int
    title: str
    own_title: str
    column: str
    fields: tuple[tuple[str, str], ...]
    goals: tuple[Goal, ...]
    links: tuple[Reference, ...]
    merged: tuple[Original, ...]
    group: Mark | None


@dataclass(frozen=True, slots=True)
class Column:
    """One heading of a gather stage and what stands under it, in order of arrival."""

    id: str
    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Gathering:
    """A gather stage that was held."""

    stage: str
    title: str
    step: str
    columns: tuple[Column, ...]
    withdrawn: int
    hidden: int
    not_shown_yet: bool
    """It is still open and what was written is not to be seen before it closes."""

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(entry for column in self.columns for entry in column.entries)


@dataclass(frozen=True, slots=True)
class Cell:
    """Groups that a result counts as one."""

    id: str
    mark: Mark
    groups: tuple[str, ...]
    voters: int


@dataclass(frozen=True, slots=True)
class Row:
    """One item's result. ``entry`` and ``title`` are missing (None, "") where it was hidden since. Without
    groups there is no balanced count."""

    item: str
    entry: Entry | None
    title: str
    dots: int
    headcount: float
    rank_headcount: int
    balanced: float | None
    rank_balanced: int | None
    passes: bool
    passes_headcount: bool
    passes_balanced: bool | None
    shares: tuple[tuple[Cell, float], ...]
    lot: bool
    small_group: bool
    cut_depends: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """A ranking: of one column, or of the whole stage (``column`` and ``name`` empty then)."""

    column: str
    name: str
    dots: int
    rows: tuple[Row, ...]

    @property
    def through(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.passes)


@dataclass(frozen=True, slots=True)
class Vote:
    """A vote whose result was revealed. ``few``: fewer than three people voted, and there are no figures."""

    run: str
    stage: str
    of: str
    title: str
    number: int
    last: bool
    """No later run of the same stage was revealed."""
    rule: Rule
    passes: int
    per_column: bool
    dots: int
    cap: int
    voters: int
    few: bool
    cells: tuple[Cell, ...]
    absent: tuple[str, ...]
    listings: tuple[Listing, ...]

    @property
    def pooled(self) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.cells if len(cell.groups) > 1)

    @property
    def by_groups(self) -> bool:
        """Whether there is a balanced count beside the head-count."""
        return bool(self.cells)

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for listing in self.listings for row in listing.rows)

    @property
    def through(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.passes)

    @property
    def all_together(self) -> bool:
        """Whether all groups were so small that they stand in one cell."""
        return len(self.cells) == 1 and len(self.cells[0].groups) > 1

    def listing_of(self, row: Row) -> Listing:
        """The list in which a row stands. Raises ``LookupError`` for one of another vote."""
        for listing in self.listings:
            if any(one.item == row.item for one in listing.rows):
                return listing
        raise LookupError(row.item)


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """The answers to one question. ``mean`` is None where fewer than three answered; texts have no
    authors."""

    text: str
    scale: bool
    n: int
    mean: float | None
    counts: tuple[int, ...]
    low: str
    high: str
    by_cell: tuple[tuple[str, float], ...]
    together: bool
    """Too few of each group answered to show the groups apart; ``by_cell`` is empty then."""
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """A round of questions whose result was revealed."""

    run: str
    title: str
    number: int
    voters: int
    few: bool
    questions: tuple[QuestionResult, ...]

    @property
    def together(self) -> bool:
        """Whether no question has figures that are told by group, because there were too few in each."""
        figures = [one for one in self.questions if one.mean is not None]
        return bool(figures) and all(one.together for one in figures)


@dataclass(frozen=True, slots=True)
class Report:
    """Everything the report says."""

    language: str
    title: str
    territory: str
    convener: str
    date: str
    draft: bool
    privacy: Privacy
    credit: str
    seq: int
    digest: str
    at: int
    people: int
    undecided: int
    funders: int
    paper: int
    groups: tuple[GroupCount, ...]
    territories: tuple[TerritoryCount, ...]
    agenda: tuple[Held, ...]
    gatherings: tuple[Gathering, ...]
    votes: tuple[Vote, ...]
    questionnaires: tuple[Questionnaire, ...]
    unrevealed: tuple[str, ...]
    """Titles of stages with a result that has not been revealed."""
    erased: int

    @property
    def placeless(self) -> int:
        """People who named no territory."""
        return self.people - sum(place.people for place in self.territories)

    @property
    def decision(self) -> Vote | None:
        """The vote that decided: the last one on priorities, else on ideas that name evidence, else the
        last."""
        last = [vote for vote in self.votes if vote.last]
        steps = {gathering.stage: gathering.step for gathering in self.gatherings}
        linking = {g.stage for g in self.gatherings if any(entry.links for entry in g.entries)}
        for wanted in (
            [vote for vote in last if steps.get(vote.of) == "priorities"],
            [vote for vote in last if vote.of in linking],
            last,
        ):
            if wanted:
                return wanted[-1]
        return None

    def vote_on(self, gathering: Gathering) -> Vote | None:
        """The last vote on what this stage gathered."""
        return next((vote for vote in reversed(self.votes) if vote.of == gathering.stage), None)
