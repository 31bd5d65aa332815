"""Charts drawn as SVG: the same drawing in the PDF and on a screen.

Each chart carries a text that says what it shows and the table behind it. Nothing depends on colour: every
bar has its word and its figure beside it, bars of groups have an outline in ink, and the two counts differ
in filling. Lengths are in the user units of the drawing, of which a page of the report is :data:`PAGE_WIDTH`
wide.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from edp_app.core.definition import Rule
from edp_app.report.contents import Mark
from edp_app.report.metrics import Metrics
from edp_app.report.wording import Wording

PAGE_WIDTH = 612
FAMILY = "'Source Sans 3','Source Sans 3 Ext',sans-serif"
SIZE = 12.25
SMALL = 11.0
LINE = 14.5
BAR = 11.5
SIGN_ROOM = 18.0
"""What the warning sign takes after a title."""


@dataclass(frozen=True, slots=True)
class Table:
    """What stands behind a chart: the same figures in rows."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing (``svg``, of ``width`` × ``height`` units), what it says in words, and its figures."""

    svg: str
    width: float
    height: float
    alt: str
    table: Table


@dataclass(frozen=True, slots=True)
class Look:
    """What drawing needs to know: colours by token name, icons by name (paths on 24 × 24), widths of
    characters."""

    palette: Mapping[str, str]
    icons: Mapping[str, str]
    metrics: Metrics
    wording: Wording

    def colour(self, token: str) -> str:
        """A token's colour; groups without one of their own share the one called "other"."""
        return self.palette.get(token) or self.palette["group-other"]


@dataclass(frozen=True, slots=True)
class CountRow:
    """One item in both counts. Shares from 0 to 1."""

    label: str
    headcount: float
    rank_headcount: int
    balanced: float | None
    rank_balanced: int | None
    passes: bool
    doubtful: bool = False
    """The warning sign stands beside it; whoever sets the chart says what the sign means."""


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One cell's share of its own dots."""

    mark: Mark
    share: float
    voters: int


class _Drawing:
    """Collects shapes; writes them with coordinates short enough for a page."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.parts: list[str] = []

    def rect(self, x: float, y: float, width: float, height: float, fill: str, stroke: str = "none") -> None:
        outline = f' stroke="{stroke}" stroke-width="0.8"' if stroke != "none" else ""
        self.parts.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" height="{height:.1f}" '
            f'fill="{fill}"{outline}/>'
        )

    def line(self, x1: float, y1: float, x2: float, y2: float, stroke: str, width: float = 0.8) -> None:
        self.parts.append(
            f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" '
            f'stroke="{stroke}" stroke-width="{width}"/>'
        )

    def text(
        self, x: float, y: float, words: str, size: float = SIZE, weight: int = 400, colour: str = "ink",
        anchor: str = "start",
    ) -> None:  # fmt: skip
        self.parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" font-weight="{weight}" '
            f'text-anchor="{anchor}" fill="{self.look.colour(colour)}">{escape(words)}</text>'
        )

    def icon(self, x: float, y: float, name: str, size: float = 15, colour: str = "ink") -> None:
        path = self.look.icons.get(name) or self.look.icons["other"]
        self.parts.append(
            f'<g transform="translate({x:.1f} {y:.1f}) scale({size / 24:.4f})"><path d="{path}" '
            f'fill="none" stroke="{self.look.colour(colour)}" stroke-width="1.75" stroke-linecap="round" '
            f'stroke-linejoin="round"/></g>'
        )

    def tick(self, x: float, y: float) -> None:
        self.parts.append(
            f'<path d="M{x:.1f} {y:.1f}l3.6 3.6 7-8.6" fill="none" stroke="{self.look.colour("ink")}" '
            f'stroke-width="1.8" stroke-linecap="round"/>'
        )

    def svg(self, width: float, height: float, alt: str) -> str:
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {width:g} {height:.1f}" '
            f'width="{width:g}" height="{height:.1f}" font-family="{FAMILY}">'
            f"<title>{escape(alt)}</title>{''.join(self.parts)}</svg>"
        )


def icon(name: str, look: Look, colour: str = "ink") -> str:
    """An icon alone, on 24 × 24."""
    draw = _Drawing(look)
    draw.icon(0, 0, name, 24, colour)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">{draw.parts[0]}</svg>'


def two_counts(rows: Sequence[CountRow], look: Look, rule: Rule, width: float = PAGE_WIDTH) -> Chart:
    """Bars of both counts for each item, one under the other; one bar where there are no groups to balance.

    ``rule`` says which count decides: it stands first, dark, its figures bold. Items that pass are ticked.
    """
    wording, draw = look.wording, _Drawing(look)
    counts = _counts(rows, look, rule)
    label_width, value_width, tick = width * 0.44, 84.0, 18.0
    bar_x = tick + label_width + 14
    bar_room = width - bar_x - value_width
    longest = max([0.01, *(share for row in rows for share in (row.headcount, row.balanced or 0))])

    y = 4.0
    for count in counts:
        draw.rect(bar_x, y, 14, 8, count.fill)
        draw.text(bar_x + 20, y + 8, count.legend, SMALL, 600 if count.decides else 400, "quiet")
        y += 14
    y += 6
    for index, row in enumerate(rows):
        weight = 600 if row.passes else 400
        room = label_width - SIGN_ROOM if row.doubtful else label_width
        lines = look.metrics.wrap(row.label, SIZE, room, 3, weight)
        height = max(BAR * len(counts), (len(lines) - 1) * LINE + 11) + 10
        if index:
            draw.line(0, y, width, y, look.colour("line"))
        if row.passes:
            draw.tick(2, y + 11)
        for number, words in enumerate(lines):
            draw.text(tick, y + 13 + number * LINE, words, SIZE, weight)
        if row.doubtful and lines:
            end = tick + look.metrics.width(lines[-1], SIZE, weight)
            draw.icon(end + 4, y + 2.5 + (len(lines) - 1) * LINE, "warning", 13, "warn")
        for place, count in enumerate(counts):
            share, rank = count.of(row)
            top, length = y + 5 + BAR * place, bar_room * share / longest
            draw.rect(bar_x, top, max(length, 0.8), 8, count.fill)
            figures = f"{wording.percent(share, 1)} · {wording.ordinal(rank)}"
            draw.text(bar_x + length + 7, top + 7.6, figures, SMALL, 600 if count.decides else 400)
        y += height
    alt = " ".join(
        wording.gettext("%(count)s: first is “%(item)s”.", count=count.name, item=count.first(rows))
        for count in counts
        if rows
    )
    return Chart(draw.svg(width, y + 2, alt), width, y + 2, alt, _counts_table(rows, counts, wording))


@dataclass(frozen=True, slots=True)
class _Count:
    """One of the two counts: how it is drawn, and its share and rank of a row."""

    name: str
    fill: str
    decides: bool
    legend: str
    balanced: bool

    def of(self, row: CountRow) -> tuple[float, int]:
        if self.balanced:
            return row.balanced or 0.0, row.rank_balanced or 0
        return row.headcount, row.rank_headcount

    def first(self, rows: Sequence[CountRow]) -> str:
        return min(rows, key=lambda row: self.of(row)[1]).label


def _counts(rows: Sequence[CountRow], look: Look, rule: Rule) -> list[_Count]:
    """The counts there are, the deciding one first and in ink, the other one lighter; where both decide, the
    balanced one first, as on the screen."""
    gettext = look.wording.gettext
    both = any(row.balanced is not None for row in rows)
    names = {False: gettext("One person, one vote"), True: gettext("Every group the same")}
    order = [False] if not both else [False, True] if rule == "headcount" else [True, False]
    found = []
    for place, balanced in enumerate(order):
        decides = place == 0 or rule == "both"
        name = names[balanced]
        legend = ": ".join((name, gettext("this decides"))) if decides and both else name
        fill = look.colour("line-strong" if place else "ink")
        found.append(_Count(name, fill, decides, legend, balanced))
    return found


def _counts_table(rows: Sequence[CountRow], counts: Sequence[_Count], wording: Wording) -> Table:
    gettext = wording.gettext
    head = [gettext("Item")]
    for count in counts:
        head += [count.name, gettext("Rank")]
    body = []
    for row in rows:
        figures = []
        for count in counts:
            share, rank = count.of(row)
            figures += [wording.percent(share, 1), wording.ordinal(rank)]
        body.append((row.label, *figures, gettext("yes") if row.passes else gettext("no")))
    return Table((*head, gettext("Passes")), tuple(body))


def shares(
    rows: Sequence[ShareRow], balanced: float, look: Look, width: float = PAGE_WIDTH, scale: float = 0
) -> Chart:
    """What share of its own dots each group gave to one item; a line marks their mean, which is the balanced
    count. ``scale`` is the share at full width (0: the largest one here), so that several items can be
    compared."""
    wording, draw = look.wording, _Drawing(look)
    gettext = wording.gettext
    ink = look.colour("ink")
    label_width, value_width = width * 0.48, 34.0
    bar_x = 22 + label_width + 8
    bar_room = width - bar_x - value_width
    longest = max([scale, 0.01, balanced, *(r.share for r in rows)])
    y = 1.0
    for row in rows:
        lines = look.metrics.wrap(row.mark.name, SMALL, label_width, 3)
        height = max(18.0, len(lines) * 13.0 + 5)
        draw.icon(0, y + 1, row.mark.icon)
        for number, words in enumerate(lines):
            draw.text(22, y + 12 + number * 13, words, SMALL)
        length = bar_room * row.share / longest
        if row.share > 0:
            draw.rect(bar_x, y + 3.5, length, 10, look.colour(row.mark.colour), ink)
        draw.text(width, y + 12, wording.percent(row.share), SMALL, 600, anchor="end")
        y += height
    mean_x = bar_x + bar_room * balanced / longest
    draw.line(bar_x, 0, bar_x, y, look.colour("line-strong"))
    draw.line(mean_x, 0, mean_x, y, ink, 1.4)
    said = [gettext("%(group)s: %(share)s", group=r.mark.name, share=wording.percent(r.share)) for r in rows]
    alt = gettext(
        "Share of each group's own dots: %(shares)s. Mean of the groups: %(mean)s.",
        shares="; ".join(said),
        mean=wording.percent(balanced),
    )
    table = Table(
        (gettext("Group"), gettext("People who voted"), gettext("Share of its dots")),
        tuple((r.mark.name, wording.number(r.voters), wording.percent(r.share, 1)) for r in rows),
    )
    return Chart(draw.svg(width, y, alt), width, y, alt, table)


def answers(counts: Sequence[int], mean: float, low: str, high: str, look: Look, width: float) -> Chart:
    """How many people chose each step of a scale from 1 up; a mark under the steps shows the mean."""
    wording, draw = look.wording, _Drawing(look)
    gettext = wording.gettext
    ink = look.colour("ink")
    steps = len(counts)
    step = width / steps
    tallest = max([1, *counts])
    for index, count in enumerate(counts):
        height = 34 * count / tallest
        x = index * step + step * 0.14
        if count:
            draw.rect(x, 48 - height, step * 0.72, height, look.colour("wash"), ink)
        middle = index * step + step / 2
        draw.text(middle, 48 - height - 4, wording.number(count), SMALL, 600, anchor="middle")
        draw.text(middle, 63, str(index + 1), SMALL, colour="quiet", anchor="middle")
    draw.line(0, 48, width, 48, look.colour("line-strong"))
    at = (mean - 0.5) * step
    draw.parts.append(f'<path d="M{at:.1f} 49l4.5 7h-9z" fill="{ink}"/>')
    y = 66.0
    if low or high:
        y = 80.0
        for words, x, anchor in ((low, 0.0, "start"), (high, width, "end")):
            fitted = look.metrics.wrap(words, SMALL, width / 2 - 6, 1)
            if fitted:
                draw.text(x, 77, fitted[0], SMALL, colour="quiet", anchor=anchor)
    alt = gettext(
        "Answers on a scale from 1 to %(steps)s: %(counts)s. Mean %(mean)s.",
        steps=steps,
        counts="; ".join(f"{i + 1}: {c}" for i, c in enumerate(counts)),
        mean=wording.number(mean, 1),
    )
    table = Table(
        (gettext("Answer"), gettext("People")),
        tuple((str(i + 1), wording.number(c)) for i, c in enumerate(counts)),
    )
    return Chart(draw.svg(width, y, alt), width, y, alt, table)
