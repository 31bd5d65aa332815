"""Reads a revealed vote into the report's parts: what every method has; the rest is the method's own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from edp_app.core.results.cells import JOINT
from edp_app.report.entries import Entry, Mark
from edp_app.report.parts import Backing, Cell, Json, Listing, Measured, Part, Row
from edp_app.report.wording import Wording

Say = Callable[[Mapping[str, str]], str]


@dataclass(frozen=True)
class Reading:
    """One revealed vote while it is read in one language. ``marks``: group to how it is recognised;
    ``sides``: territory to its name."""

    past: Json
    say: Say
    words: Wording
    marks: Mapping[str, Mark]
    sides: Mapping[str, str]
    cells: Mapping[str, Cell]
    entries: Mapping[str, Entry]

    @property
    def result(self) -> Json:
        """The published result."""
        found: Json = self.past["result"]
        return found

    @property
    def method(self) -> Json:
        """The settings of the method."""
        found: Json = self.past["method"]
        return found

    def cell(self, key: str) -> Cell:
        """The cell of this key, or those of it that stand together for an item, as one."""
        if key in self.cells:
            return self.cells[key]
        joined = [self.cells[one] for one in key.split(JOINT)]
        groups = tuple(group for cell in joined for group in cell.groups)
        funders = any(cell.funders for cell in joined)
        mark = together(groups, self.words, funders=funders)
        return Cell(key, mark, groups, sum(cell.voters for cell in joined), funders)

    def by_cell(self, figures: Mapping[str, Any] | None) -> tuple[tuple[Cell, Any], ...]:
        """Figures under their cells."""
        return tuple((self.cell(key), figure) for key, figure in (figures or {}).items())

    def by_territory(self, figures: Mapping[str, float] | None) -> tuple[tuple[str, float], ...]:
        """Figures under the names of their territories."""
        return tuple((self.sides.get(side, side), figure) for side, figure in (figures or {}).items())

    def measured(self, scores: Json) -> Measured:
        """What was published of one criterion or axis."""
        return Measured(
            n=scores["n"],
            headcount=scores.get("headcount"),
            balanced=scores.get("balanced"),
            by_cell=self.by_cell(scores.get("cells")),
            by_territory=self.by_territory(scores.get("territories")),
            counts=tuple(scores.get("counts", ())),
            ones=scores.get("ones", 0),
        )


def together(groups: tuple[str, ...], words: Wording, *, funders: bool = False) -> Mark:
    """How groups that stand together are recognised."""
    names = [*groups, funders_mark(words).name] if funders else groups
    name = words.gettext("Smaller groups together: %(groups)s", groups=", ".join(names))
    return Mark(name, "pool", "group-pool")


def funders_mark(words: Wording) -> Mark:
    """How those are recognised who speak for a funding institution."""
    return Mark(words.gettext("Funders"), "funding", "group-other")


def read_cells(result: Json, marks: Mapping[str, Mark], words: Wording) -> dict[str, Cell]:
    """The cells of a result by their ids."""
    cells = {}
    for cell in result.get("cells", []):
        groups = tuple(marks[g].name for g in cell["groups"] if g in marks)
        funders = bool(cell.get("funders"))
        if funders and not groups:
            mark = funders_mark(words)
        elif len(groups) == 1 and not funders:
            mark = next(marks[g] for g in cell["groups"] if g in marks)
        else:
            mark = together(groups, words, funders=funders)
        cells[cell["id"]] = Cell(cell["id"], mark, groups, cell["voters"], funders)
    return cells


class Method(Protocol):
    """What reading needs of a method; see :class:`edp_app.report.votes.base.Telling`."""

    id: ClassVar[str]

    def part(self, row: Json, reading: Reading) -> Part:
        """What this method adds to a row that has figures."""

    def told(self, row: Json) -> bool:
        """Whether there is anything to read of a row."""

    def given(self, row: Json) -> int:
        """See :attr:`edp_app.report.parts.Row.given`."""

    def cells(self, row: Json) -> Mapping[str, float]:
        """Cell key to the figure by which items are listed."""

    def territories(self, row: Json) -> Mapping[str, float]:
        """Territory to the same."""


def read_listing(listing: Json, name: str, method: Method, reading: Reading) -> Listing:
    """One list of a result."""
    rows = tuple(_row(row, method, reading) for row in listing["items"])
    return Listing(
        column=listing["column"],
        name=name,
        given=listing.get(method.id, sum(row.given for row in rows)),
        rows=rows,
        portfolio=_portfolio(listing, rows, reading),
        w=listing.get("w"),
    )


def _row(row: Json, method: Method, reading: Reading) -> Row:
    by, few = row.get("passes_by", {}), bool(row.get("few"))
    given = 0 if few else method.given(row)
    return Row(
        item=row["item"],
        entry=reading.entries.get(row["item"]),
        title=row.get("title", ""),
        n=row["n"],
        few=few,
        given=given,
        headcount=row.get("headcount"),
        rank_headcount=row.get("rank_headcount"),
        balanced=row.get("balanced"),
        rank_balanced=row.get("rank_balanced"),
        passes=bool(row.get("passes")),
        passes_headcount=bool(by.get("headcount")),
        passes_balanced=by.get("balanced"),
        passes_portfolio=by.get("portfolio"),
        by_cell=reading.by_cell(method.cells(row)),
        by_territory=reading.by_territory(method.territories(row)),
        lot=bool(row.get("lot")),
        small_group=bool(row.get("small_group")),
        cut_depends=bool(row.get("cut_depends")),
        part=method.part(row, reading) if not few and method.told(row) else None,
    )


def _portfolio(listing: Json, rows: tuple[Row, ...], reading: Reading) -> tuple[Backing, ...]:
    """What equal shares chose, in the order in which it was chosen."""
    by_item = {row.item: row for row in rows}
    return tuple(
        Backing(by_item[one["item"]], reading.by_cell(one.get("backed_by")))
        for one in listing.get("portfolio", {}).get("chosen", [])
        if one["item"] in by_item
    )
