"""Each picture of a published result: its figures and names looked up, then drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from edp_app.charts import heat as heating
from edp_app.charts import plane as planes
from edp_app.charts.around import Around
from edp_app.charts.counts import CountRow, ShareRow, shares, two_counts
from edp_app.charts.headings import count_of
from edp_app.charts.look import Chart, Look
from edp_app.charts.measure import Kind, Measure, score_digits
from edp_app.charts.naming import FUNDERS, JOINT, Json, Names, label_name
from edp_app.charts.radar import Series, radar
from edp_app.charts.rounds import RoundRow, before_and_after
from edp_app.charts.stacks import (
    BackedRow,
    ChoiceRow,
    GivenRow,
    OpinionRow,
    Opinions,
    by_group,
    choice,
    opinions,
    portfolio,
)

KINDS: Mapping[str, Kind] = {"agree": "consensus", "criteria": "score", "ranking": "place"}
"""Methods whose figures are no shares."""


@dataclass(frozen=True)
class Source:
    """What a picture is drawn from."""

    names: Names
    listing: Json
    rows: Sequence[Json]
    look: Look
    width: float
    around: Around

    @property
    def measure(self) -> Measure:
        kind = KINDS.get(self.names.result.get("method", ""), "share")
        if kind == "place":
            return Measure(kind, items=len(self.listing["items"]))
        if kind != "score":
            return Measure(kind)
        figures = [row[count] for row in self.rows for count in ("balanced", "headcount") if count in row]
        return Measure(kind, score_digits(figures))

    def figure(self, row: Json) -> float | None:
        """The figure of a row, or of a criterion of it, by the count that decides; by the other one where it
        has none by that."""
        first = count_of(self.names.result)
        found: float | None = row.get(first, row.get("balanced", row.get("headcount")))
        return found


def draw_counts(source: Source) -> Chart:
    """Both counts of every item."""
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
    return two_counts(rows, source.look, rule, source.width, source.measure, source.around)


def draw_shares(source: Source) -> Chart:
    """One item in every group."""
    row, names = source.rows[0], source.names
    told = source.measure.kind == "share"
    rows = [
        ShareRow(mark, row["cells"][key], _voters(names, key) if told else None)
        for key, mark in names.marks(row.get("cells", {})).items()
    ]
    return shares(
        rows, row.get("balanced"), source.look, source.width, measure=source.measure, around=source.around
    )


def _voters(names: Names, key: str) -> int | None:
    return None if JOINT in key else names.cells[key]["voters"]


def draw_by_group(source: Source) -> Chart:
    """What each group gave."""
    rows = [
        GivenRow(source.names.item(row), row.get("balanced"), row.get("cells", {}), bool(row.get("passes")))
        for row in source.rows
    ]
    marks = source.names.marks(key for row in rows for key in row.cells)
    return by_group(rows, marks, source.names.result["method"], source.look, source.width, source.around)


def draw_opinions(source: Source) -> Chart:
    """Who agrees, who has no opinion, who disagrees."""
    rows = [
        OpinionRow(
            source.names.item(row),
            Opinions(agree=row["agree"], disagree=row["disagree"], no_opinion=row["pass"])
            if "agree" in row
            else None,
            bool(row.get("passes")),
        )
        for row in source.rows
    ]
    return opinions(rows, source.look, source.width, source.around)


def draw_portfolio(source: Source) -> Chart:
    """Who backed what was chosen."""
    titles = {row["item"]: source.names.item(row) for row in source.listing["items"]}
    rows = [BackedRow(titles[row["item"]], row.get("backed_by", {})) for row in source.rows]
    marks = source.names.marks(key for row in rows for key in row.backed_by)
    return portfolio(rows, marks, source.look, source.width, source.around)


def draw_choice(source: Source) -> Chart:
    """Which answers were chosen."""
    options = source.names.method["options"]
    ids = [option["id"] for option in options]
    rows = [ChoiceRow(source.names.item(row), *_chosen(row, ids)) for row in source.rows]
    return choice(
        rows,
        [source.names.say(option["name"]) for option in options],
        source.look,
        source.width,
        source.around,
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


def draw_heat(source: Source) -> Chart:
    """Items by criteria."""
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
        cells = tuple(heating.HeatCell(source.figure(score), score.get("ones", 0)) for score in scores)
        rows.append(heating.HeatRow(names.item(row), cells, source.figure(row), bool(row.get("passes"))))
    total = source.look.wording.gettext("Total")
    return heating.heat(rows, columns, total, source.look, source.width, source.around)


def draw_agreement(source: Source) -> Chart:
    """How high, and how far the room agrees."""
    words = source.look.wording
    gettext = words.gettext
    points = [
        planes.Point(
            source.names.item(row), row.get("agreement"), source.figure(row), bool(row.get("passes"))
        )
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
        points, across, upright, corners, alt, source.look, source.width, digits=2, around=source.around
    )


def draw_axes(source: Source) -> Chart:
    """Items by two axes."""
    names, words = source.names, source.look.wording

    def axis(setting: Json) -> planes.Axis:
        ends = (names.say(setting.get("low")), names.say(setting.get("high")))
        return planes.Axis(names.say(setting["name"]), *ends, 1, 5, (1, 2, 3, 4, 5))

    points = [
        planes.Point(names.item(row), source.figure(row.get("x", {})), source.figure(row.get("y", {})))
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
        points, across, upright, planes.Corners(), alt, source.look, source.width, around=source.around
    )


def draw_radar(source: Source) -> Chart:
    """Items by criteria, or the questions of a round, on a wheel."""
    if "questions" in source.names.result:
        return _wheel_of_questions(source)
    names, gettext = source.names, source.look.wording.gettext
    weighted = names.result.get("weights", {})
    criteria = [c for c in names.method["criteria"] if c["id"] in weighted]
    axes = [names.say(c["name"]) for c in criteria]

    def figures(row: Json, *counts: str) -> tuple[float | None, ...]:
        scores = [row.get("scores", {}).get(c["id"], {}) for c in criteria]
        if not counts:
            return tuple(source.figure(score) for score in scores)
        return tuple(next((score[n] for n in counts if n in score), None) for score in scores)

    if len(source.rows) == 1:
        row = source.rows[0]
        both = [
            Series(f"{names.item(row)} – {gettext('Every group the same')}", figures(row, "balanced")),
            Series(gettext("One person, one vote"), figures(row, "headcount")),
        ]
        series = both if "balanced" in row else [Series(names.item(row), figures(row, "headcount"))]
    else:
        series = [Series(names.item(row), figures(row)) for row in source.rows]
    return radar(axes, series, (1, 5), source.look, source.width, source.around)


def _wheel_of_questions(source: Source) -> Chart:
    names, gettext = source.names, source.look.wording.gettext
    asked, ends = on_one_scale(names.past)
    given = {question["id"]: question for question in names.result["questions"]}
    axes = [names.say(question["text"]) for question in asked]
    rows = [given[question["id"]] for question in asked]
    series = [Series(gettext("One person, one vote"), tuple(row.get("mean") for row in rows))]
    if any("balanced" in row for row in rows):
        balanced = tuple(row.get("balanced") for row in rows)
        series.insert(0, Series(gettext("Every group the same"), balanced))
    return radar(axes, series, ends, source.look, source.width, source.around)


def on_one_scale(past: Json) -> tuple[list[Json], tuple[int, int]]:
    """The scale questions that have a figure, as far as they share the scale of the first one; and its
    ends."""
    told = {question["id"] for question in past["result"].get("questions", ()) if "mean" in question}
    asked = [q for q in past.get("questions", ()) if q.get("type", "scale") == "scale" and q["id"] in told]
    ends = _ends(asked[0]) if asked else (1, 5)
    return [question for question in asked if _ends(question) == ends], ends


def _ends(question: Json) -> tuple[int, int]:
    """The lowest and the highest step of a scale."""
    first: int = question.get("first", 1)
    return first, first + question.get("steps", 5) - 1


def draw_before_and_after(source: Source) -> Chart:
    """Both rounds of every item."""
    names = source.names
    rows = [
        RoundRow(
            names.item(row),
            source.figure(row["before"]),
            source.figure(row),
            label_name(row["before"].get("label"), names.words),
            label_name(row.get("label"), names.words),
            bool(row.get("passes")),
        )
        for row in source.rows
    ]
    return before_and_after(rows, source.look, source.width, source.around)
