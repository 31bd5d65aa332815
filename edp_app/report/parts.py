"""What the report knows of a vote: what every method has, and the part that each method adds.

Shares are between 0 and 1, scores between 1 and 5. Nothing here is computed that the rules compute.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from edp_app.core.definition import Rule
from edp_app.report.entries import Entry, Mark

Json = Mapping[str, Any]
Label = Literal["groups_differ", "shared_yes", "shared_no", "divided", "open"]
Side = Literal["high", "middle", "low"]


@dataclass(frozen=True, slots=True)
class Cell:
    """Groups that a result counts as one, or several such cells that stand together for one item.
    ``funders``: it holds those who speak for a funding institution."""

    id: str
    mark: Mark
    groups: tuple[str, ...]
    voters: int
    funders: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """The scores from 1 to 5 for one thing: both counts, by cell, by territory. Without figures where fewer
    than three gave one. ``counts``: how many gave 1 to 5; ``ones``: how many gave 1, where that is
    flagged."""

    n: int
    headcount: float | None = None
    balanced: float | None = None
    by_cell: tuple[tuple[Cell, float], ...] = ()
    by_territory: tuple[tuple[str, float], ...] = ()
    counts: tuple[int, ...] = ()
    ones: int = 0


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion of a vote. ``weight``: its share of the total, None where it stands beside it."""

    id: str
    name: str
    asks: str
    low: str
    middle: str
    high: str
    weight: float | None
    beside: bool


@dataclass(frozen=True, slots=True)
class Before:
    """What an earlier run had published of an item."""

    run: str
    balanced: float | None
    headcount: float | None
    rank_balanced: int | None
    rank_headcount: int | None
    label: Label | None
    sides: tuple[int, int, int] | None
    agreement: float | None


@dataclass(frozen=True, slots=True)
class Spent:
    """Dots or points: how many an item was given stands in the row itself."""


@dataclass(frozen=True, slots=True)
class Opinions:
    """Agree, disagree, pass: how many of each, by cell, and why."""

    agree: int
    disagree: int
    passed: int
    by_cell: tuple[tuple[Cell, tuple[int, int, int]], ...]
    reasons: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Scored:
    """Scores on criteria. ``sides``: how many of those who scored every criterion that counts (``rated``)
    have a total that is high (3.5 or more), between, low (2.5 or less); ``dont_know``: how many have
    none."""

    scores: tuple[tuple[Criterion, Measured], ...]
    rated: int
    dont_know: int
    sides: tuple[int, int, int] | None
    gap: float | None
    agreement: float | None
    polarisation: float | None
    label: Label | None
    p: float | None
    reasons: tuple[tuple[Side, tuple[str, ...]], ...]
    before: Before | None

    @property
    def contested(self) -> bool:
        """Whether opinions are divided or the groups differ."""
        return self.label in ("divided", "groups_differ")


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an item stands on the two axes."""

    x: Measured
    y: Measured


@dataclass(frozen=True, slots=True)
class Chosen:
    """How often each option was chosen, in the order of the options, and by cell."""

    counts: tuple[int, ...]
    by_cell: tuple[tuple[Cell, tuple[int, ...]], ...]

    @property
    def funders(self) -> tuple[int, ...] | None:
        """What those who speak for a funding institution chose, where they stand alone."""
        return next((counts for cell, counts in self.by_cell if cell.funders and not cell.groups), None)


@dataclass(frozen=True, slots=True)
class Ranked:
    """The mean of the places in which people put an item."""

    mean_place: float


Part = Spent | Opinions | Scored | Placed | Chosen | Ranked


@dataclass(frozen=True, slots=True)
class Row:
    """One item's result. ``entry`` and ``title`` are missing (None, "") where it was hidden since. Without
    groups there is no balanced count; where too few judged it (``few``) there are no figures at all."""

    item: str
    entry: Entry | None
    title: str
    n: int
    """How many judged it."""
    few: bool
    given: int
    """Dots or points it was given; by other methods how many judged it, 0 where it has no figure."""
    headcount: float | None
    rank_headcount: int | None
    balanced: float | None
    rank_balanced: int | None
    passes: bool
    passes_headcount: bool
    passes_balanced: bool | None
    passes_portfolio: bool | None
    by_cell: tuple[tuple[Cell, float], ...]
    by_territory: tuple[tuple[str, float], ...]
    lot: bool
    small_group: bool
    cut_depends: bool
    part: Part | None
    """None where there are no figures."""

    @property
    def scored(self) -> Scored | None:
        """Its scores on criteria, where it has some."""
        return self.part if isinstance(self.part, Scored) else None


@dataclass(frozen=True, slots=True)
class Backing:
    """An item that equal shares chose, and which cells paid how much of it. Nobody: it filled the rest."""

    row: Row
    backed_by: tuple[tuple[Cell, float], ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A ranking: of one column, or of the whole stage (``column`` and ``name`` empty then)."""

    column: str
    name: str
    given: int
    """All dots or points; by other methods how many judged anything."""
    rows: tuple[Row, ...]
    portfolio: tuple[Backing, ...] = ()
    w: float | None = None
    """Kendall's W of the orders, where it is defined."""

    @property
    def through(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.passes)


@dataclass(frozen=True, slots=True)
class Spending:
    """How dots or points may be spent. ``cap``: most on one item, 0 where there is no such limit."""

    amount: int
    cap: int
    per_column: bool = False


@dataclass(frozen=True, slots=True)
class Scoring:
    """The criteria of a vote; ``agreed``: the room agreed on their weights; ``reason``: one could be
    given."""

    criteria: tuple[Criterion, ...]
    agreed: bool
    reason: bool


@dataclass(frozen=True, slots=True)
class Axis:
    """One of two directions, with what its ends are called."""

    name: str
    low: str
    high: str


@dataclass(frozen=True, slots=True)
class Placing:
    """The two axes of a vote."""

    x: Axis
    y: Axis


@dataclass(frozen=True, slots=True)
class Choosing:
    """The options of a choice; ``funders_apart``: those who speak for a funding institution are a group."""

    options: tuple[str, ...]
    funders_apart: bool


@dataclass(frozen=True, slots=True)
class Agreeing:
    """Whether one line may say why."""

    reason: bool


@dataclass(frozen=True, slots=True)
class Ordering:
    """How many places everybody may fill; None: all."""

    top: int | None


Asked = Spending | Agreeing | Scoring | Placing | Choosing | Ordering


@dataclass(frozen=True, slots=True)
class Vote:
    """A vote whose result was revealed. ``few``: fewer than three people voted, and there are no figures."""

    run: str
    stage: str
    of: str
    """The stage where its items were written."""
    title: str
    prompt: str
    prompts_for: tuple[tuple[str, str], ...]
    """What groups were asked instead: a group's name and its question."""
    number: int
    last: bool
    """No later run of the same stage was revealed."""
    method: str
    asked: Asked
    rule: Rule | None
    """None where nothing passes by it."""
    passes: int
    voters: int
    few: bool
    cells: tuple[Cell, ...]
    absent: tuple[str, ...]
    territories: tuple[tuple[str, int], ...]
    """Those whose figures are shown, with how many of them voted."""
    territories_without: tuple[str, ...]
    """The cells that are left out of these figures."""
    territories_withheld: bool
    second_of: str
    """The stage of which it is the second round."""
    before: str
    """The run whose figures stand beside those of this one."""
    follows: str
    """The run of which it is the second round; empty for another vote."""
    kept: tuple[str, ...]
    """Items of that run that keep the place they had, whatever this round says."""
    listings: tuple[Listing, ...]
    past: Json
    """The revealed run as every view has it, and the groups: what pictures are drawn from."""
    groups: Sequence[Json]
    passed_by: str = ""
    """The stage of the earlier vote by which its items had passed; empty where it is about all there were."""
    passed_in: str = ""
    """What that is called."""
    among: int = 0
    """How many these had passed among."""
    signed: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    """Item to the reasons against it beside which their authors set their names: reason and name."""

    @property
    def decides(self) -> bool:
        """Whether something was to pass by it, or had passed by the vote of which it is a second round."""
        return self.rule is not None and (self.passes > 0 or bool(self.second_of))

    @property
    def per_column(self) -> bool:
        return isinstance(self.asked, Spending) and self.asked.per_column

    @property
    def pooled(self) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.cells if len(cell.groups) + cell.funders > 1)

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
    def all_in_doubt(self) -> bool:
        """Whether everything that passed, two items at least, depends on groups of very few voters: then that
        is said once, and of no item."""
        return len(self.through) > 1 and all(row.cut_depends for row in self.through)

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

    def row_of(self, item: str) -> Row | None:
        """The row of this item, if it was voted on."""
        return next((row for row in self.rows if row.item == item), None)
