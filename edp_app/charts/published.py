"""Pictures of a published result: which ones it has, and each of them drawn from it.

What is read is a revealed run as every view has it under ``results`` (see :mod:`edp_app.core.views`), never
anything finer; so a picture says nothing that its page does not.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from edp_app.charts import heat as heating
from edp_app.charts import plane as planes
from edp_app.charts.counts import CountRow, ShareRow, shares, two_counts
from edp_app.charts.drawing import PAGE_WIDTH
from edp_app.charts.look import Chart, Look
from edp_app.charts.measure import Kind, Measure, score_digits
from edp_app.charts.naming import FUNDERS, JOINT, Json, Names
from edp_app.charts.radar import MOST, Series, radar
from edp_app.charts.rounds import RoundRow, before_and_after
from edp_app.charts.stacks import (
    BackedRow,
    ChoiceRow,
    GivenRow,
    OpinionRow,
    by_group,
    choice,
    opinions,
    portfolio,
)

KINDS: Mapping[str, Kind] = {"agree": "consensus", "criteria": "score"}
"""Methods whose figures are no shares."""


OF_SOME = ("radar", "shares")
"""Pictures of a few items, however many there are."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A picture by its name, and of what: one column where a vote has several; these items (by id), where
    the picture is of some; ``limit`` items from ``start`` on."""

    name: str
    column: str = ""
    items: tuple[str, ...] = ()
    start: int = 0
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture, and which items are in it: ``shown`` from ``start`` on, of ``all``."""

    chart: Chart
    start: int
    shown: int
    all: int


@dataclass(frozen=True)
class _Source:
    """What a picture is drawn from."""

    names: Names
    listing: Json
    rows: Sequence[Json]
    look: Look
    width: float
    note: str

    @property
    def measure(self) -> Measure:
        kind = KINDS.get(self.names.result.get("method", ""), "share")
        if kind != "score":
            return Measure(kind)
        figures = [row[count] for row in self.rows for count in ("balanced", "headcount") if count in row]
        return Measure(kind, score_digits(figures))


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
    if rows and not shown:
        raise LookupError(wanted.start)
    note = ""
    if len(shown) < len(rows):
        note = look.wording.gettext(
            "Items %(first)s to %(last)s of %(all)s.",
            first=look.wording.number(wanted.start + 1),
            last=look.wording.number(wanted.start + len(shown)),
            all=look.wording.number(len(rows)),
        )
    source = _Source(names, listing, shown, look, width, note)
    return Drawn(PICTURES[wanted.name][1](source), wanted.start, len(shown), len(rows))


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
    """The list of this column; without a name the first one, and an empty one where there are no lists."""
    listings: Sequence[Json] = result.get("columns", ())
    if not column:
        return listings[0] if listings else {"items": []}
    for listing in listings:
        if listing["column"] == column:
            return listing
    raise LookupError(column)


def _rows(listing: Json, wanted: Wanted) -> list[Json]:
    rows = list(listing["items"])
    if wanted.items:
        by_id = {row["item"]: row for row in rows}
        missing = [item for item in wanted.items if item not in by_id]
        if missing:
            raise LookupError(missing[0])
        return [by_id[item] for item in wanted.items]
    if wanted.name == "portfolio":
        return list(listing.get("portfolio", {}).get("chosen", ()))
    if wanted.name == "before_and_after":
        rows = [row for row in rows if "before" in row]
    if wanted.name in OF_SOME:
        rows = [row for row in rows if not row.get("few")][: MOST if wanted.name == "radar" else 1]
    return [row for row in rows if row.get("passes")] + [row for row in rows if not row.get("passes")]


# ---- the pictures


def _counts(source: _Source) -> Chart:
    rows = [
        CountRow(
            source.names.item(row),
            row.get("headcount"),
            row.get("rank_headcount"),
            row.get("balanced"),
            row.get("rank_balanced"),
            bool(row.get("passes")),
            bool(row.get("lot") or row.get("cut_depends")),
        )
        for row in source.rows
    ]
    rule = source.names.result.get("rule")
    return two_counts(rows, source.look, rule, source.width, source.measure, source.note)


def _shares(source: _Source) -> Chart:
    row, names = source.rows[0], source.names
    told = source.measure.kind == "share"
    rows = [
        ShareRow(mark, row["cells"][key], _voters(names, key) if told else None)
        for key, mark in names.marks(row.get("cells", {})).items()
    ]
    return shares(
        rows, row.get("balanced"), source.look, source.width, measure=source.measure, note=source.note
    )


def _voters(names: Names, key: str) -> int | None:
    return None if JOINT in key else names.cells[key]["voters"]


def _by_group(source: _Source) -> Chart:
    rows = [
        GivenRow(
            source.names.item(row), row.get("balanced", 0.0), row.get("cells", {}), bool(row.get("passes"))
        )
        for row in source.rows
    ]
    marks = source.names.marks(key for row in rows for key in row.cells)
    return by_group(rows, marks, source.look, source.width, source.note)


def _opinions(source: _Source) -> Chart:
    rows = [
        OpinionRow(
            source.names.item(row),
            (row["agree"], row["disagree"], row["pass"]) if "agree" in row else None,
            bool(row.get("passes")),
        )
        for row in source.rows
    ]
    return opinions(rows, source.look, source.width, source.note)


def _portfolio(source: _Source) -> Chart:
    titles = {row["item"]: source.names.item(row) for row in source.listing["items"]}
    rows = [BackedRow(titles[row["item"]], row.get("backed_by", {})) for row in source.rows]
    marks = source.names.marks(key for row in rows for key in row.backed_by)
    return portfolio(rows, marks, source.look, source.width, source.note)


def _choice(source: _Source) -> Chart:
    options = source.names.method["options"]
    ids = [option["id"] for option in options]
    rows = [ChoiceRow(source.names.item(row), *_chosen(row, ids)) for row in source.rows]
    return choice(
        rows, [source.names.say(option["name"]) for option in options], source.look, source.width, source.note
    )


def _chosen(row: Json, options: Sequence[str]) -> tuple[tuple[int, ...] | None, tuple[int, ...] | None]:
    """How often each option was chosen, and by funders where those stand apart."""
    if "counts" not in row:
        return None, None
    cells = row.get("by_cell", {})
    if FUNDERS not in cells:
        return tuple(row["counts"].get(option, 0) for option in options), None
    others = [counts for key, counts in cells.items() if key != FUNDERS]
    return (
        tuple(sum(counts.get(option, 0) for counts in others) for option in options),
        tuple(cells[FUNDERS].get(option, 0) for option in options),
    )


def _deciding(row: Json) -> float | None:
    """The balanced figure, or that by heads where groups are not counted."""
    found: float | None = row.get("balanced", row.get("headcount"))
    return found


def _heat(source: _Source) -> Chart:
    names = source.names
    criteria = sorted(names.method["criteria"], key=lambda criterion: bool(criterion.get("beside")))
    weights = names.result.get("weights", {})
    columns = [
        heating.HeatColumn(names.say(c["name"]), None if c.get("beside") else weights.get(c["id"], 0.0))
        for c in criteria
    ]
    rows = []
    for row in source.rows:
        scores = [row.get("scores", {}).get(c["id"], {}) for c in criteria]
        cells = tuple(heating.HeatCell(_deciding(score), score.get("ones", 0)) for score in scores)
        rows.append(heating.HeatRow(names.item(row), cells, _deciding(row), bool(row.get("passes"))))
    total = source.look.wording.gettext("Total")
    return heating.heat(rows, columns, total, source.look, source.width, source.note)


def _agreement(source: _Source) -> Chart:
    words = source.look.wording
    gettext = words.gettext
    points = [
        planes.Point(source.names.item(row), row.get("agreement"), _deciding(row), bool(row.get("passes")))
        for row in source.rows
    ]
    across = planes.Axis(
        gettext("Agreement"), gettext("two camps"), gettext("of one mind"), -1, 1, (-1, 0, 1)
    )
    upright = planes.Axis(gettext("Total"), "", "", 1, 5, (1, 2, 3, 4, 5))
    corners = planes.Corners(
        gettext("wanted and disputed"),
        gettext("wanted and shared"),
        gettext("not wanted, and disputed"),
        gettext("not wanted, and shared"),
    )
    told = [point for point in points if point.x is not None and point.y is not None]
    alt = gettext(
        "Each item by how high its total is and how far the room agrees: %(wanted)s are wanted and shared, "
        "%(disputed)s are wanted and disputed.",
        wanted=words.number(sum((p.x or 0) > 0 and (p.y or 0) >= 3 for p in told)),
        disputed=words.number(sum((p.x or 0) <= 0 and (p.y or 0) >= 3 for p in told)),
    )
    return planes.plane(
        points, across, upright, corners, alt, source.look, source.width, digits=2, note=source.note
    )


def _axes(source: _Source) -> Chart:
    names, words = source.names, source.look.wording

    def axis(setting: Json) -> planes.Axis:
        ends = (names.say(setting.get("low")), names.say(setting.get("high")))
        return planes.Axis(names.say(setting["name"]), *ends, 1, 5, (1, 2, 3, 4, 5))

    points = [
        planes.Point(names.item(row), _deciding(row.get("x", {})), _deciding(row.get("y", {})))
        for row in source.rows
    ]
    across, upright = axis(names.method["x"]), axis(names.method["y"])
    told = [point for point in points if point.x is not None and point.y is not None]
    alt = words.gettext(
        "Each item by %(across)s and %(upright)s, both from 1 to 5.", across=across.name, upright=upright.name
    )
    if told:
        best = max(told, key=lambda point: (point.x or 0) + (point.y or 0))
        first = words.gettext(
            "Highest on both together: “%(item)s” (%(x)s and %(y)s).",
            item=best.label,
            x=words.number(best.x or 0, 1),
            y=words.number(best.y or 0, 1),
        )
        alt = f"{alt} {first}"
    return planes.plane(
        points, across, upright, planes.Corners(), alt, source.look, source.width, note=source.note
    )


def _radar(source: _Source) -> Chart:
    if "questions" in source.names.result:
        return _wheel_of_questions(source)
    names, gettext = source.names, source.look.wording.gettext
    weighted = names.result.get("weights", {})
    criteria = [c for c in names.method["criteria"] if c["id"] in weighted]
    axes = [names.say(c["name"]) for c in criteria]

    def figures(row: Json, *counts: str) -> tuple[float | None, ...]:
        scores = [row.get("scores", {}).get(c["id"], {}) for c in criteria]
        return tuple(next((score[n] for n in counts if n in score), None) for score in scores)

    if len(source.rows) == 1:
        row = source.rows[0]
        both = [
            Series(f"{names.item(row)} – {gettext('Every group the same')}", figures(row, "balanced")),
            Series(gettext("One person, one vote"), figures(row, "headcount")),
        ]
        series = both if "balanced" in row else [Series(names.item(row), figures(row, "headcount"))]
    else:
        series = [Series(names.item(row), figures(row, "balanced", "headcount")) for row in source.rows]
    return radar(axes, series, (1, 5), source.look, source.width, source.note)


def _wheel_of_questions(source: _Source) -> Chart:
    names, gettext = source.names, source.look.wording.gettext
    asked, steps = _on_one_scale(names.past)
    given = {question["id"]: question for question in names.result["questions"]}
    axes = [names.say(question["text"]) for question in asked]
    rows = [given[question["id"]] for question in asked]
    series = [Series(gettext("One person, one vote"), tuple(row.get("mean") for row in rows))]
    if any("balanced" in row for row in rows):
        balanced = tuple(row.get("balanced") for row in rows)
        series.insert(0, Series(gettext("Every group the same"), balanced))
    return radar(axes, series, (1, steps), source.look, source.width, source.note)


def _on_one_scale(past: Json) -> tuple[list[Json], int]:
    """The scale questions that have a figure, as far as they share the steps of the first one; and these."""
    told = {question["id"] for question in past["result"].get("questions", ()) if "mean" in question}
    asked = [q for q in past.get("questions", ()) if q.get("type", "scale") == "scale" and q["id"] in told]
    steps = asked[0].get("steps", 5) if asked else 5
    return [question for question in asked if question.get("steps", 5) == steps], steps


def _before_and_after(source: _Source) -> Chart:
    names = source.names
    rows = [
        RoundRow(
            names.item(row),
            _deciding(row["before"]),
            _deciding(row),
            names.label(row["before"].get("label", "")),
            names.label(row.get("label", "")),
            bool(row.get("passes")),
        )
        for row in source.rows
    ]
    return before_and_after(rows, source.look, source.width, source.note)


# ---- which result has which


def _listings(past: Json) -> Sequence[Json]:
    found: Sequence[Json] = past["result"].get("columns", ())
    return found


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
        return len(_on_one_scale(past)[0]) >= 3
    return _method(past, "criteria") and len(past["result"].get("weights", ())) >= 3


PICTURES: Mapping[str, tuple[Callable[[Json], bool], Callable[[_Source], Chart]]] = {
    "before_and_after": (_has_rounds, _before_and_after),
    "heat": (lambda past: _method(past, "criteria"), _heat),
    "agreement": (lambda past: _method(past, "criteria"), _agreement),
    "axes": (lambda past: _method(past, "axes"), _axes),
    "choice": (lambda past: _method(past, "choice"), _choice),
    "opinions": (lambda past: _method(past, "agree"), _opinions),
    "portfolio": (_has_portfolio, _portfolio),
    "counts": (lambda past: _method(past, "dots", "points", "agree", "criteria", "ranking"), _counts),
    "by_group": (lambda past: _method(past, "dots", "points", "ranking") and _by_cells(past), _by_group),
    "shares": (
        lambda past: _method(past, "dots", "points", "agree", "criteria", "ranking") and _by_cells(past),
        _shares,
    ),
    "radar": (_has_wheel, _radar),
}
"""Every picture by its name: whether a revealed run has it, and how it is drawn."""
