"""The shape of published results, version 1, as types: what an export's JSON Schema is made from.

docs/results.md says how each figure is computed. A field that has no value is absent, never null.
"""

from typing import Any, Literal, TypeVar, Union

import msgspec
from msgspec import UNSET, UnsetType

from edp_app.core.definition import Rule
from edp_app.core.results.labels import Label

T = TypeVar("T")
Maybe = Union[T, UnsetType]  # noqa: UP007 (an alias with a parameter)
"""A field that may be absent."""

By = dict[str, float]
"""Key of a cell ("c1", or several joined, "c1+pool"), or territory, to a figure."""

Json = dict[str, Any]


class Shape(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of everything that is exported."""


class Cell(Shape, frozen=True, kw_only=True):
    """Groups that a result counts as one. ``funders``: those who speak for a funding institution are in it,
    where they are counted apart."""

    id: str
    groups: list[str]
    voters: int
    funders: Maybe[bool] = UNSET


class Side(Shape, frozen=True, kw_only=True):
    """A territory from which somebody voted."""

    id: str
    voters: int


class Result(Shape, frozen=True, kw_only=True):
    """What every result begins with. ``few``: fewer than three voted, and nothing below is given."""

    voters: int
    few: Maybe[Literal[True]] = UNSET
    cells: Maybe[list[Cell]] = UNSET
    not_represented: Maybe[list[str]] = UNSET
    territories: Maybe[list[Side]] = UNSET
    territories_without: Maybe[list[str]] = UNSET
    territories_withheld: Maybe[Literal[True]] = UNSET


class VoteResult(Result, frozen=True, kw_only=True):
    """A result of a vote."""

    version: Literal[1]
    seed: Maybe[str] = UNSET


class Deciding(VoteResult, frozen=True, kw_only=True):
    """A result by which something passes."""

    rule: Rule
    passes: int


class PassesBy(Shape, frozen=True, kw_only=True):
    """Whether an item would pass by each count alone."""

    headcount: bool
    balanced: Maybe[bool] = UNSET
    portfolio: Maybe[bool] = UNSET


class Row(Shape, frozen=True, kw_only=True):
    """One item. ``title`` is absent where it was hidden since. ``few``: one or two people judged it."""

    item: str
    n: int
    title: Maybe[str] = UNSET
    few: Maybe[Literal[True]] = UNSET


class Place(Row, frozen=True, kw_only=True):
    """An item with a figure by which it stands in the list."""

    headcount: Maybe[float] = UNSET
    rank_headcount: Maybe[int] = UNSET
    balanced: Maybe[float] = UNSET
    rank_balanced: Maybe[int] = UNSET
    passes: Maybe[bool] = UNSET
    passes_by: Maybe[PassesBy] = UNSET
    cells: Maybe[By] = UNSET
    territories: Maybe[By] = UNSET
    lot: Maybe[bool] = UNSET
    small_group: Maybe[bool] = UNSET
    cut_depends: Maybe[bool] = UNSET


class Bought(Shape, frozen=True, kw_only=True):
    """An item of a portfolio. ``backed_by``: cell to the share of the cost it paid; ``filled``: nobody paid,
    the place was filled up by the balanced count."""

    item: str
    backed_by: Maybe[By] = UNSET
    filled: Maybe[bool] = UNSET


class Portfolio(Shape, frozen=True, kw_only=True):
    """What equal shares choose, in the order in which it was bought."""

    chosen: list[Bought]
    budget_per_cell: Maybe[float] = UNSET


class List(Shape, frozen=True, kw_only=True):
    """The items of one column, or with ``column`` "" of the whole stage, in the order in which they are
    listed."""

    column: str


class Ranked(List, frozen=True, kw_only=True):
    """A list with a cut. ``tied_out``: had as much as the last one through, and is not through."""

    tied_out: Maybe[list[str]] = UNSET


class DotsRow(Place, frozen=True, kw_only=True):
    """``n``: people who gave it a dot."""

    dots: int


class DotsList(Ranked, frozen=True, kw_only=True):
    """``dots``: all that were given here."""

    items: list[DotsRow]
    dots: int
    portfolio: Maybe[Portfolio] = UNSET


class DotsResult(Deciding, frozen=True, kw_only=True, tag_field="method", tag="dots"):
    """Figures are shares of the dots."""

    columns: Maybe[list[DotsList]] = UNSET


class PointsRow(Place, frozen=True, kw_only=True):
    """``n``: people who gave it a point."""

    points: int


class PointsList(Ranked, frozen=True, kw_only=True):
    """``points``: all that were given."""

    items: list[PointsRow]
    points: int
    portfolio: Maybe[Portfolio] = UNSET


class PointsResult(Deciding, frozen=True, kw_only=True, tag_field="method", tag="points"):
    """Figures are shares of the points."""

    columns: Maybe[list[PointsList]] = UNSET


class AgreeReasons(Shape, frozen=True, kw_only=True):
    """What people of either side wrote, in an order that tells nothing of who did."""

    agree: Maybe[list[str]] = UNSET
    disagree: Maybe[list[str]] = UNSET
    pass_: Maybe[list[str]] = msgspec.field(default=UNSET, name="pass")


class AgreeRow(Place, frozen=True, kw_only=True):
    """``headcount`` and ``cells``: shares of those who agree. ``balanced``: group-informed consensus.
    ``counts``: for each cell how many agree, disagree, pass."""

    agree: Maybe[int] = UNSET
    disagree: Maybe[int] = UNSET
    pass_: Maybe[int] = msgspec.field(default=UNSET, name="pass")
    counts: Maybe[dict[str, list[int]]] = UNSET
    reasons: Maybe[AgreeReasons] = UNSET


class AgreeList(Ranked, frozen=True, kw_only=True):
    """Statements."""

    items: list[AgreeRow]
    portfolio: Maybe[Portfolio] = UNSET


class AgreeResult(Deciding, frozen=True, kw_only=True, tag_field="method", tag="agree"):
    """Who agrees, disagrees, passes."""

    columns: Maybe[list[AgreeList]] = UNSET


class Measure(Shape, frozen=True, kw_only=True):
    """One criterion or axis of an item, scores from 1 to 5. ``counts``: how many gave 1, 2, 3, 4, 5.
    ``beside``: answered by funders only, not in the total."""

    n: int
    headcount: Maybe[float] = UNSET
    balanced: Maybe[float] = UNSET
    cells: Maybe[By] = UNSET
    territories: Maybe[By] = UNSET
    ones: Maybe[int] = UNSET
    counts: Maybe[list[int]] = UNSET
    beside: Maybe[bool] = UNSET


class Sides(Shape, frozen=True, kw_only=True):
    """How many people's totals are 3.5 or more, between, 2.5 or less."""

    high: int
    middle: int
    low: int


class SideReasons(Shape, frozen=True, kw_only=True):
    """What people of either side wrote, in an order that tells nothing of who did."""

    high: Maybe[list[str]] = UNSET
    middle: Maybe[list[str]] = UNSET
    low: Maybe[list[str]] = UNSET


class Before(Shape, frozen=True, kw_only=True):
    """What the round before had published of the item."""

    run: str
    balanced: Maybe[float] = UNSET
    headcount: Maybe[float] = UNSET
    rank_balanced: Maybe[int] = UNSET
    rank_headcount: Maybe[int] = UNSET
    label: Maybe[Label] = UNSET
    sides: Maybe[Sides] = UNSET
    agreement: Maybe[float] = UNSET


class CriteriaRow(Place, frozen=True, kw_only=True):
    """Figures are totals between 1 and 5. ``scores``: by criterion. ``rated``: people with a total of their
    own; ``dont_know``: people without one. ``p``: of the permutation test, where groups differ."""

    scores: Maybe[dict[str, Measure]] = UNSET
    rated: Maybe[int] = UNSET
    dont_know: Maybe[int] = UNSET
    sides: Maybe[Sides] = UNSET
    gap: Maybe[float] = UNSET
    agreement: Maybe[float] = UNSET
    polarisation: Maybe[float] = UNSET
    label: Maybe[Label] = UNSET
    p: Maybe[float] = UNSET
    reasons: Maybe[SideReasons] = UNSET
    before: Maybe[Before] = UNSET


class CriteriaList(Ranked, frozen=True, kw_only=True):
    """Items scored on criteria."""

    items: list[CriteriaRow]


class CriteriaResult(Deciding, frozen=True, kw_only=True, tag_field="method", tag="criteria"):
    """``weights``: share of each criterion that counts, summing to 1; ``weights_agreed``: by the room.
    ``before``: the run that ``before`` of its rows is taken from."""

    weights: Maybe[By] = UNSET
    weights_agreed: Maybe[bool] = UNSET
    before: Maybe[str] = UNSET
    columns: Maybe[list[CriteriaList]] = UNSET


class AxesRow(Row, frozen=True, kw_only=True):
    """Where an item was placed on either axis."""

    x: Maybe[Measure] = UNSET
    y: Maybe[Measure] = UNSET


class AxesList(List, frozen=True, kw_only=True):
    """Items placed on two axes."""

    items: list[AxesRow]


class AxesResult(VoteResult, frozen=True, kw_only=True, tag_field="method", tag="axes"):
    """Places on two axes; nothing passes."""

    columns: Maybe[list[AxesList]] = UNSET


Counts = dict[str, int]
"""Option to how many chose it."""


class ChoiceRow(Row, frozen=True, kw_only=True):
    """``counts``: of all; ``by_cell`` and ``territories``: of each."""

    counts: Maybe[Counts] = UNSET
    by_cell: Maybe[dict[str, Counts]] = UNSET
    territories: Maybe[dict[str, Counts]] = UNSET


class ChoiceList(List, frozen=True, kw_only=True):
    """Items for which an option was chosen."""

    items: list[ChoiceRow]


class ChoiceResult(VoteResult, frozen=True, kw_only=True, tag_field="method", tag="choice"):
    """Which option was chosen; nothing passes."""

    columns: Maybe[list[ChoiceList]] = UNSET


class RankingRow(Place, frozen=True, kw_only=True):
    """Figures are Borda shares, 1 for the best. ``n``: people who ranked it."""

    mean_place: float


class RankingList(Ranked, frozen=True, kw_only=True):
    """``w``: Kendall's W; ``rankings``: of how many people."""

    items: list[RankingRow]
    rankings: int
    w: Maybe[float] = UNSET


class RankingResult(Deciding, frozen=True, kw_only=True, tag_field="method", tag="ranking"):
    """Orders, the best first."""

    columns: Maybe[list[RankingList]] = UNSET


AnyVote = DotsResult | PointsResult | AgreeResult | CriteriaResult | AxesResult | ChoiceResult | RankingResult


class QuestionResult(Shape, frozen=True, kw_only=True):
    """One question. Figures are absent where fewer than three answered it. ``counts``: how many gave 1, 2, …;
    ``texts``: open answers, in an order that tells nothing of who wrote them."""

    id: str
    n: int
    mean: Maybe[float] = UNSET
    balanced: Maybe[float] = UNSET
    counts: Maybe[list[int]] = UNSET
    by_cell: Maybe[By] = UNSET
    territories: Maybe[By] = UNSET
    agreement: Maybe[float] = UNSET
    gap: Maybe[float] = UNSET
    texts: Maybe[list[str]] = UNSET


class AskResult(Result, frozen=True, kw_only=True):
    """Answers to questions."""

    questions: Maybe[list[QuestionResult]] = UNSET
