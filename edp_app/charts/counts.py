"""The two counts of every item beside each other, and one item's figure in every group.

Nothing depends on colour: every bar has its word and its figure beside it, bars of groups have an outline in
ink, and the two counts differ in filling. Lengths are in the user units of the drawing, of which a page of
the report is :data:`~edp_app.charts.drawing.PAGE_WIDTH` wide.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from edp_app.charts.around import ALONE, Around
from edp_app.charts.drawing import LINE, PAGE_WIDTH, SIZE, SMALL, SMALL_LINE, Drawing
from edp_app.charts.look import Chart, Look, Mark, Speech, Table
from edp_app.charts.measure import Measure
from edp_app.charts.parts import NARROW, score_scale
from edp_app.core.definition import Rule

BAR = 11.5
SIGN_ROOM = 18.0
"""What the warning sign takes after a title."""

NAME_LINES = 40
"""A cell of many small groups names each of them: nobody could look up which one was cut off."""

SHARE = Measure()


@dataclass(frozen=True, slots=True)
class CountRow:
    """One item in both counts, in the unit of the measure. None: there is no figure."""

    label: str
    headcount: float | None
    rank_headcount: int | None
    balanced: float | None
    rank_balanced: int | None
    passes: bool
    doubtful: bool = False
    """The warning sign stands beside it; whoever sets the chart says what the sign means."""


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One cell's figure for an item, such as the share of its own dots. ``voters`` None: not told."""

    mark: Mark
    share: float
    voters: int | None


def no_figure(words: Speech) -> str:
    """What stands where fewer than three people judged an item."""
    return words.gettext("fewer than three people")


@dataclass(frozen=True, slots=True)
class _Count:
    """One of the two counts: how it is drawn, and its figure and rank of a row."""

    name: str
    fill: str
    decides: bool
    legend: str
    balanced: bool

    def of(self, row: CountRow) -> tuple[float | None, int | None]:
        if self.balanced:
            return row.balanced, row.rank_balanced
        return row.headcount, row.rank_headcount

    def first(self, rows: Sequence[CountRow]) -> str | None:
        ranked = [(rank, row.label) for row in rows if (rank := self.of(row)[1]) is not None]
        return min(ranked, key=lambda pair: pair[0])[1] if ranked else None


def two_counts(
    rows: Sequence[CountRow], look: Look, rule: Rule | None, width: float = PAGE_WIDTH,
    measure: Measure = SHARE, around: Around = ALONE,
) -> Chart:  # fmt: skip
    """Bars of both counts for each item, one under the other; one bar where there are no groups to balance.

    ``rule`` says which count decides: it stands first, dark, its figures bold (None: nothing is decided).
    Items that pass are ticked.
    """
    draw, counts = Drawing(look), _counts(rows, look, rule)
    figures = [value for row in rows for count in counts if (value := count.of(row)[0]) is not None]
    said = [_figure(*count.of(row), count, look.wording, measure) for row in rows for count in counts]
    figure_room = max(look.metrics.width(words, SMALL, 600) for words in said) + 9 if said else 0.0
    frame = _Frame(width, max([0.01, *figures]), measure, figure_room, stacked=width < NARROW)
    y = 4.0
    for count in counts:
        y += _legend(draw, count, frame.legend_x, y, width)
    y += 6
    if measure.kind == "score":
        y += 12
        deep = 0 if frame.stacked else sum(_height(draw, row, counts, frame) for row in rows)
        score_scale(draw, frame.bar_x, y, frame.room, deep)
    for index, row in enumerate(rows):
        if index:
            draw.line(0, y, width, y, "line")
        y += _count_row(draw, row, counts, frame, y)
    firsts = [
        look.wording.gettext("%(count)s: first is “%(item)s”.", count=count.name, item=first)
        for count in counts
        if (first := count.first(rows)) is not None
    ]
    alt = " ".join(firsts) or look.wording.gettext("There is no figure for any item.")
    return draw.finish(width, y + 2, alt, _counts_table(rows, counts, look.wording, measure), around)


def _legend(draw: Drawing, count: _Count, x: float, y: float, width: float) -> float:
    weight = 600 if count.decides else 400
    lines = draw.look.metrics.wrap(count.legend, SMALL, width - x - 20, 2, weight)
    draw.rect(x, y, 14, 8, count.fill)
    draw.lines(x + 20, y + 8, lines, SMALL, weight, "quiet")
    return 14 + SMALL_LINE * (len(lines) - 1)


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where titles, bars and figures stand: beside each other, or ``stacked`` where it is narrow."""

    width: float
    longest: float
    measure: Measure
    figure_room: float
    stacked: bool
    tick: float = 18.0

    @property
    def label_width(self) -> float:
        return self.width - self.tick if self.stacked else self.width * 0.44

    @property
    def bar_x(self) -> float:
        return self.tick if self.stacked else self.tick + self.label_width + 14

    @property
    def legend_x(self) -> float:
        return 0.0 if self.stacked else self.bar_x

    @property
    def room(self) -> float:
        return self.width - self.bar_x - self.figure_room

    def length(self, value: float) -> float:
        return self.room * self.measure.length(value, self.longest)


def _count_row(draw: Drawing, row: CountRow, counts: Sequence[_Count], frame: _Frame, y: float) -> float:
    """One item from ``y`` down; returns how high it is."""
    look, weight = draw.look, 600 if row.passes else 400
    lines = _title(draw, row, frame)
    words = (len(lines) - 1) * LINE + 11
    height = _height(draw, row, counts, frame)
    if row.passes:
        draw.tick(2, y + 11)
    draw.lines(frame.tick, y + 13, lines, SIZE, weight, step=LINE)
    if row.doubtful and lines:
        end = frame.tick + look.metrics.width(lines[-1], SIZE, weight)
        draw.icon(end + 4, y + 2.5 + (len(lines) - 1) * LINE, "warning", 13, "warn")
    top = y + 5 + (words + 5 if frame.stacked else 0)
    if all(count.of(row)[0] is None for count in counts):
        draw.text(frame.bar_x, top + 7.6, no_figure(look.wording), SMALL, colour="quiet")
        return height
    for place, count in enumerate(counts):
        value, rank = count.of(row)
        at = top + BAR * place
        length = frame.length(value) if value is not None else 0.0
        draw.rect(frame.bar_x, at, max(length, 0.8), 8, count.fill)
        said = _figure(value, rank, count, look.wording, frame.measure)
        weight = 600 if count.decides else 400
        draw.text(
            frame.bar_x + length + 7, at + 7.6, said, SMALL, weight, cleared=frame.measure.kind == "score"
        )
    return height


def _title(draw: Drawing, row: CountRow, frame: _Frame) -> list[str]:
    room = frame.label_width - SIGN_ROOM if row.doubtful else frame.label_width
    return draw.look.metrics.wrap(row.label, SIZE, room, 3, 600 if row.passes else 400)


def _height(draw: Drawing, row: CountRow, counts: Sequence[_Count], frame: _Frame) -> float:
    words = (len(_title(draw, row, frame)) - 1) * LINE + 11
    return (words + 6 + BAR * len(counts) if frame.stacked else max(BAR * len(counts), words)) + 10


def _figure(value: float | None, rank: int | None, count: _Count, words: Speech, measure: Measure) -> str:
    if value is None:
        return "–"
    written = measure.written(value, words, balanced=count.balanced)
    return written if rank is None else f"{written} · {words.ordinal(rank)}"


def _counts(rows: Sequence[CountRow], look: Look, rule: Rule | None) -> list[_Count]:
    """The counts there are, the deciding one first and in ink, the other one lighter; where both decide, the
    balanced one first, as on the screen."""
    gettext = look.wording.gettext
    both = any(row.balanced is not None for row in rows)
    names = {False: gettext("One person, one vote"), True: gettext("Every group the same")}
    order = [False] if not both else [False, True] if rule == "headcount" else [True, False]
    found = []
    for place, balanced in enumerate(order):
        decides = rule in ("balanced", "headcount", "both") and (place == 0 or rule == "both")
        name = names[balanced]
        legend = ": ".join((name, gettext("this count decides"))) if decides and both else name
        fill = "line-strong" if place else "ink"
        found.append(_Count(name, fill, decides, legend, balanced))
    return found


def _counts_table(
    rows: Sequence[CountRow], counts: Sequence[_Count], words: Speech, measure: Measure
) -> Table:
    gettext = words.gettext
    head = [gettext("Item")]
    for count in counts:
        head += [count.name, gettext("Rank")]
    body = []
    for row in rows:
        figures = []
        for count in counts:
            value, rank = count.of(row)
            figures.append("–" if value is None else measure.written(value, words, balanced=count.balanced))
            figures.append("–" if rank is None else words.ordinal(rank))
        body.append((row.label, *figures, gettext("yes") if row.passes else gettext("no")))
    return Table((*head, gettext("Passes")), tuple(body))


def shares(
    rows: Sequence[ShareRow], balanced: float | None, look: Look, width: float = PAGE_WIDTH,
    scale: float = 0, measure: Measure = SHARE, around: Around = ALONE,
) -> Chart:  # fmt: skip
    """What each group gave to one item: the share of its own dots, how many agreed, its mean score. A line
    marks the balanced count. ``scale`` is the figure at full width (0: the largest one here), so that several
    items can be compared."""
    wording, draw = look.wording, Drawing(look)
    label_width, value_width = width * 0.48, 34.0
    bar_x = 22 + label_width + 8
    bar_room = width - bar_x - value_width
    longest = max([scale, 0.01, balanced or 0, *(row.share for row in rows)])
    y = 1.0
    for row in rows:
        lines = look.metrics.wrap(row.mark.name, SMALL, label_width, NAME_LINES)
        draw.icon(0, y + 1, row.mark.icon)
        draw.lines(22, y + 12, lines)
        length = bar_room * measure.length(row.share, longest)
        if length > 0:
            draw.rect(bar_x, y + 3.5, length, 10, row.mark.colour, "ink")
        draw.text(width, y + 12, measure.written(row.share, wording, digits=0), SMALL, 600, anchor="end")
        y += max(18.0, len(lines) * SMALL_LINE + 5)
    draw.line(bar_x, 0, bar_x, y, "line-strong")
    if balanced is not None:
        mean_x = bar_x + bar_room * measure.length(balanced, longest)
        draw.line(mean_x, 0, mean_x, y, "ink", 1.4)
    alt = _shares_said(rows, balanced, wording, measure)
    return draw.finish(width, y, alt, _shares_table(rows, wording, measure), around)


def _shares_said(rows: Sequence[ShareRow], balanced: float | None, words: Speech, measure: Measure) -> str:
    gettext = words.gettext
    said = "; ".join(
        gettext("%(group)s: %(share)s", group=r.mark.name, share=measure.written(r.share, words, digits=0))
        for r in rows
    )
    mean = "–" if balanced is None else measure.written(balanced, words, balanced=True, digits=0)
    if measure.kind == "share":
        return gettext(
            "Share of each group's own dots: %(shares)s. Mean of the groups: %(mean)s.",
            shares=said,
            mean=mean,
        )
    if measure.kind == "consensus":
        return gettext(
            "How many of each group agree: %(shares)s. Every group the same: %(mean)s.",
            shares=said,
            mean=mean,
        )
    return gettext("Mean of each group: %(shares)s. Every group the same: %(mean)s.", shares=said, mean=mean)


def _shares_table(rows: Sequence[ShareRow], words: Speech, measure: Measure) -> Table:
    gettext = words.gettext
    heads = {
        "share": gettext("Share of its dots"),
        "consensus": gettext("Share that agrees"),
        "score": gettext("Mean"),
    }
    counted = any(row.voters is not None for row in rows)
    body = []
    for row in rows:
        voters = () if not counted else ("–" if row.voters is None else words.number(row.voters),)
        body.append((row.mark.name, *voters, measure.written(row.share, words)))
    people = (gettext("People who voted"),) if counted else ()
    return Table((gettext("Group"), *people, heads[measure.kind]), tuple(body))
