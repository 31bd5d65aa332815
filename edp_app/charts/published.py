"""Pictures of a published result: which ones it has, and each of them drawn from it.

What is read is a revealed run as every view has it under ``results`` (see :mod:`edp_app.core.views`), never
anything finer; so a picture says nothing that its page does not.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from edp_app.charts import drawers
from edp_app.charts.around import Around
from edp_app.charts.drawers import Source
from edp_app.charts.drawing import PAGE_WIDTH
from edp_app.charts.headings import said_of, title_of
from edp_app.charts.look import Chart, Look
from edp_app.charts.naming import Json, Names
from edp_app.charts.radar import MOST
from edp_app.core.voting import METHODS

OF_SOME = ("radar", "shares")
"""Pictures of a few items, however many there are."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A picture by its name, and of what: one column where a vote has several; these items (by id), where
    the picture is of some; ``limit`` items from ``start`` on. ``headed``: with its title in it."""

    name: str
    column: str = ""
    items: tuple[str, ...] = ()
    start: int = 0
    limit: int | None = None
    headed: bool = True


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture with its title, and which items are in it: ``shown`` from ``start`` on, of ``all``."""

    title: str
    chart: Chart
    start: int
    shown: int
    all: int


def pictures_of(past: Json) -> list[str]:
    """The names of the pictures that this revealed run has, the one that says most first; none where too few
    took part."""
    result = past["result"]
    if result.get("few"):
        return []
    return [name for name, (there_is, _) in PICTURES.items() if there_is(past)]


def pictures_of_item(past: Json) -> list[str]:
    """The names of those that can be drawn of a single item of it (``Wanted.items``)."""
    result = past["result"]
    if result.get("few"):
        return []
    return [name for name in ("shares", "radar") if PICTURES[name][0](past) and "columns" in result]


def draw(wanted: Wanted, past: Json, groups: Sequence[Json], look: Look, width: float = PAGE_WIDTH) -> Drawn:
    """The picture wanted of this revealed run. Raises ``LookupError`` where it has none of this name, no such
    column or no such item."""
    names = Names(past, groups, look.wording)
    if wanted.name not in pictures_of(past):
        raise LookupError(wanted.name)
    listing = _listing(names.result, wanted.column)
    rows = _rows(listing, wanted)
    limit = len(rows) if wanted.limit is None else max(1, wanted.limit)
    shown = rows[wanted.start : wanted.start + limit]
    if not shown and (rows or (wanted.name in OF_SOME and "columns" in names.result)):
        raise LookupError(wanted.start if rows else wanted.name)
    note = ""
    if len(shown) < len(rows):
        note = look.wording.gettext(
            "Items %(first)s to %(last)s of %(all)s.",
            first=look.wording.number(wanted.start + 1),
            last=look.wording.number(wanted.start + len(shown)),
            all=look.wording.number(len(rows)),
        )
    title = title_of(wanted.name, names, listing.get("column", ""), items=len(shown))
    around = Around(title, said_of(wanted.name, names.result, look.wording), note, wanted.headed)
    source = Source(names, listing, shown, look, width, around)
    return Drawn(title, PICTURES[wanted.name][1](source), wanted.start, len(shown), len(rows))


def fitting(
    wanted: Wanted, past: Json, groups: Sequence[Json], look: Look, width: float, height: float
) -> Drawn:
    """The same with as many items as a picture of this height holds, at least one."""
    drawn = draw(wanted, past, groups, look, width)
    few, many = 1, drawn.shown
    if drawn.chart.height <= height or many <= 1 or wanted.name in OF_SOME:
        return drawn
    drawn = draw(replace(wanted, limit=1), past, groups, look, width)
    while many - few > 1:
        tried = draw(replace(wanted, limit=(few + many) // 2), past, groups, look, width)
        if tried.chart.height <= height:
            drawn, few = tried, (few + many) // 2
        else:
            many = (few + many) // 2
    return drawn


def _listing(result: Json, column: str) -> Json:
    """The list of this column; without a name the first one that has figures, else the first one, and an
    empty one where there are no lists."""
    listings: Sequence[Json] = result.get("columns", ())
    if not column:
        with_figures = (one for one in listings if any(not row.get("few") for row in one["items"]))
        return next(with_figures, listings[0] if listings else {"items": []})
    for listing in listings:
        if listing["column"] == column:
            return listing
    raise LookupError(column)


def _rows(listing: Json, wanted: Wanted) -> list[Json]:
    rows = list(listing["items"])
    if wanted.name == "portfolio":
        rows = list(listing.get("portfolio", {}).get("chosen", ()))
    if wanted.items:
        by_id = {row["item"]: row for row in rows}
        missing = [item for item in wanted.items if item not in by_id]
        if missing:
            raise LookupError(missing[0])
        return [by_id[item] for item in wanted.items]
    if wanted.name == "portfolio":
        return rows
    if wanted.name == "before_and_after":
        rows = [row for row in rows if "before" in row]
    if wanted.name in OF_SOME:
        rows = [row for row in rows if not row.get("few")][: MOST if wanted.name == "radar" else 1]
    return [row for row in rows if row.get("passes")] + [row for row in rows if not row.get("passes")]


# ---- which result has which


def _listings(past: Json) -> Sequence[Json]:
    found: Sequence[Json] = past["result"].get("columns", ())
    return found


def _has_figures(past: Json) -> bool:
    return any(not row.get("few") for listing in _listings(past) for row in listing["items"])


def _method(past: Json, *methods: str) -> bool:
    return past["result"].get("method") in methods and any(listing["items"] for listing in _listings(past))


def _by_cells(past: Json) -> bool:
    """Whether there are figures by group, of two cells at least."""
    return len(past["result"].get("cells", ())) > 1


def _has_rounds(past: Json) -> bool:
    return any("before" in row for listing in _listings(past) for row in listing["items"])


def _has_portfolio(past: Json) -> bool:
    return any(listing.get("portfolio", {}).get("chosen") for listing in _listings(past))


def _has_wheel(past: Json) -> bool:
    if "questions" in past["result"]:
        return len(drawers.on_one_scale(past)[0]) >= 3
    weighted = len(past["result"].get("weights", ()))
    return _method(past, "criteria") and weighted >= 3 and _has_figures(past)


COUNTED = tuple(method.id for method in METHODS if method.rules)
"""Methods that put the items in an order by both counts."""

PICTURES: Mapping[str, tuple[Callable[[Json], bool], Callable[[Source], Chart]]] = {
    "before_and_after": (_has_rounds, drawers.draw_before_and_after),
    "heat": (lambda past: _method(past, "criteria"), drawers.draw_heat),
    "agreement": (lambda past: _method(past, "criteria"), drawers.draw_agreement),
    "axes": (lambda past: _method(past, "axes"), drawers.draw_axes),
    "choice": (lambda past: _method(past, "choice"), drawers.draw_choice),
    "opinions": (lambda past: _method(past, "agree"), drawers.draw_opinions),
    "portfolio": (_has_portfolio, drawers.draw_portfolio),
    "counts": (lambda past: _method(past, *COUNTED), drawers.draw_counts),
    "by_group": (
        lambda past: _method(past, "dots", "points") and _by_cells(past),
        drawers.draw_by_group,
    ),
    "shares": (
        lambda past: (
            _method(past, "dots", "points", "agree", "criteria") and _by_cells(past) and _has_figures(past)
        ),
        drawers.draw_shares,
    ),
    "radar": (_has_wheel, drawers.draw_radar),
}
"""Every picture by its name: whether a revealed run has it, and how it is drawn."""
