"""Items by criteria: every figure in its cell, on a ground that is the darker the higher it is.

The grounds are strengths of ink, one for each half step, so the picture says the same printed in grey.
Between the ground of 3 and that of 3.5 is a wider gap: neither ink nor paper would be legible on what lies
there.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from edp_app.charts.around import ALONE, Around
from edp_app.charts.drawing import LINE, PAGE_WIDTH, SIZE, SMALL, SMALL_LINE, Drawing
from edp_app.charts.look import Chart, Look, Speech, Table
from edp_app.charts.measure import score_digits
from edp_app.charts.parts import NARROW, longest_word

STEPS = (0.02, 0.11, 0.195, 0.275, 0.355, 0.65, 0.74, 0.84, 0.95)
"""How strong the ink is for a score that rounds to 1, 1.5, 2 … 5."""

MOST_LINES = 6
"""Lines of a title beside its cells; the longest there may be has as many on the narrowest drawing."""

DARK = 0.5
"""From this strength on figures stand in the colour of paper."""

TOTAL_ROOM = 46.0
GAP = 6.0
FLAG = "▲"


@dataclass(frozen=True, slots=True)
class HeatColumn:
    """A criterion. ``share``: its weight in the total, 0 to 1; None: it stands beside the total."""

    name: str
    share: float | None


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A figure from 1 to 5 (None: too few gave one), and how many gave a 1 where that is told."""

    figure: float | None
    ones: int = 0


@dataclass(frozen=True, slots=True)
class HeatRow:
    """An item: a cell for every column, and its total."""

    label: str
    cells: tuple[HeatCell, ...]
    total: float | None
    passes: bool = False


def step_of(figure: float) -> int:
    """Which of the grounds a figure has, from 0."""
    return min(len(STEPS), max(1, int(2 * figure + 0.5) - 1)) - 1


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where everything stands. ``lettered``: the columns have letters, their names stand below. ``stacked``:
    titles stand above their cells."""

    width: float
    label_width: float
    label_x: float
    cell: float
    lettered: bool
    stacked: bool
    counted: int
    """So many columns stand before the total."""

    def x(self, place: int) -> float:
        """Where a column begins; those beside the total stand after it."""
        beside = TOTAL_ROOM + 2 * GAP if place >= self.counted else 0.0
        return self.label_x + self.label_width + GAP + place * self.cell + beside

    @property
    def total_x(self) -> float:
        """The middle of the totals."""
        return self.label_x + self.label_width + 2 * GAP + self.counted * self.cell + TOTAL_ROOM / 2


def _plan(columns: Sequence[HeatColumn], look: Look, width: float) -> _Plan:
    label_x, many = 18.0, max(1, len(columns))
    counted = sum(column.share is not None for column in columns)
    room = width - label_x - GAP - TOTAL_ROOM - 2 * GAP
    if width < NARROW:
        return _Plan(width, 0.0, label_x - GAP, min(40.0, (room + GAP) / many), True, True, counted)
    needed = longest_word([column.name for column in columns], look, SMALL, 600) + 7
    lettered = room - needed * many < 0.26 * width
    cell = min(40.0 if lettered else 76.0, (room - 0.34 * width) / many)
    cell = cell if lettered else max(cell, needed)
    return _Plan(width, room - cell * many, label_x, cell, lettered, False, counted)


def heat(
    rows: Sequence[HeatRow], columns: Sequence[HeatColumn], total: str, look: Look,
    width: float = PAGE_WIDTH, around: Around = ALONE,
) -> Chart:  # fmt: skip
    """The figures of every item on every criterion, and its total; ``total`` names what that is. Columns
    that stand beside the total come last."""
    words, draw = look.wording, Drawing(look)
    plan = _plan(columns, look, width)
    digits = score_digits([row.total for row in rows if row.total is not None])
    y = _heads(draw, columns, total, plan, words)
    if _corner(draw, around, plan, y):
        around = replace(around, headed=False)
    for row in rows:
        y = _row(draw, row, plan, y, digits)
    y = _key(draw, rows, y + 6, plan, words)
    if plan.lettered:
        y = _names(draw, columns, y, plan, words)
    return draw.finish(
        width, y, _said(rows, columns, words, digits), _table(rows, columns, total, words, digits), around
    )


def _weight(column: HeatColumn, words: Speech) -> str:
    return words.gettext("beside") if column.share is None else words.percent(column.share)


def _unequal(columns: Sequence[HeatColumn]) -> bool:
    """Whether the criteria in the total have different weights."""
    return len({round(column.share, 4) for column in columns if column.share is not None}) > 1


def _heads(draw: Drawing, columns: Sequence[HeatColumn], total: str, plan: _Plan, words: Speech) -> float:
    metrics = draw.look.metrics
    heads = [
        [chr(ord("A") + place)] if plan.lettered else metrics.wrap(column.name, SMALL, plan.cell - 4, 4, 600)
        for place, column in enumerate(columns)
    ]
    total_head = metrics.wrap(total, SMALL, TOTAL_ROOM + GAP, 4, 600)
    deepest = max([len(total_head), *(len(lines) for lines in heads)])
    unequal = _unequal(columns)
    foot = 11 + SMALL_LINE * (deepest - 1)
    for place, (column, lines) in enumerate(zip(columns, heads, strict=True)):
        middle = plan.x(place) + plan.cell / 2
        start = foot - SMALL_LINE * (len(lines) - 1)
        draw.lines(middle, start, lines, weight=600, anchor="middle")
        if (unequal or column.share is None) and plan.cell > 30:
            draw.text(
                middle, foot + SMALL_LINE, _weight(column, words), SMALL, colour="quiet", anchor="middle"
            )
    start = foot - SMALL_LINE * (len(total_head) - 1)
    draw.lines(plan.total_x, start, total_head, weight=600, anchor="middle")
    beside = any(column.share is None for column in columns)
    return foot + (SMALL_LINE if unequal or beside else 0) + 6


def _corner(draw: Drawing, around: Around, plan: _Plan, height: float) -> bool:
    """The title over the items, beside the heads of the columns, if it has room there; whether it has."""
    room = plan.label_x + plan.label_width - GAP
    if plan.stacked or not around.headed:
        return False
    lines = draw.look.metrics.wrap(around.title, SIZE, room, MOST_LINES, 600)
    if len(lines) * LINE > height:
        return False
    draw.lines(0, 11, lines, SIZE, 600, step=LINE)
    return True


def _row(draw: Drawing, row: HeatRow, plan: _Plan, y: float, digits: int) -> float:
    words, weight = draw.look.wording, 600 if row.passes else 400
    room = plan.width - 18 if plan.stacked else plan.label_width
    size, step = (SIZE, LINE) if plan.stacked else (SMALL, SMALL_LINE)
    lines = draw.look.metrics.wrap(row.label, size, room, MOST_LINES, weight)
    deep = len(lines) * step
    if plan.stacked:
        foot = draw.lines(18, y + 13, lines, size, weight, step=step)
        tick, height, y = y + 11, 24.0, foot - 8
    else:
        height = max(23.0, deep + 4)
        draw.lines(plan.label_x, y + (height - deep) / 2 + 10, lines, size, weight, step=step)
        tick = y + height / 2
    if row.passes:
        draw.tick(2, tick)
    for place, cell in enumerate(row.cells):
        _cell(draw, cell, plan.x(place), y, plan.cell, height)
    figure = "–" if row.total is None else words.number(row.total, digits)
    draw.text(plan.total_x, y + height / 2 + 4.5, figure, SIZE, 600, anchor="middle")
    return y + height + (4 if plan.stacked else 0)


def _cell(draw: Drawing, cell: HeatCell, x: float, y: float, width: float, height: float) -> None:
    middle, foot = x + width / 2, y + height / 2 + 4
    if cell.figure is None:
        draw.grain("rising", x + 1, y + 1, width - 2, height - 2, "line-strong")
        draw.plate(middle, y + height / 2, "–")
        return
    strength = STEPS[step_of(cell.figure)]
    draw.rect(x + 0.75, y + 0.75, width - 1.5, height - 1.5, "ink", opacity=strength)
    colour = "paper" if strength > DARK else "ink"
    draw.text(middle, foot, draw.look.wording.number(cell.figure, 1), SMALL, 600, colour, "middle")
    if cell.ones:
        _flag(draw, x + width - 8.6, y + 2.6, colour)


def _flag(draw: Drawing, x: float, y: float, colour: str) -> None:
    """The sign for "some gave a 1": a triangle on its tip."""
    draw.path(f"M{x:.1f} {y:.1f}h6.4l-3.2 5.6z", colour)


def _key(draw: Drawing, rows: Sequence[HeatRow], y: float, plan: _Plan, words: Speech) -> float:
    """What the grounds and signs mean; returns where it ends."""
    x = 0.0
    for step, strength in enumerate(STEPS):
        draw.rect(x, y, 22, 13, "ink", opacity=strength)
        draw.path(f"M{x:.1f} {y:.1f}h22v13h-22z", stroke="line-strong", width=0.6)
        if step % 2 == 0:
            colour = "paper" if strength > DARK else "ink"
            draw.text(x + 11, y + 10.4, str(step // 2 + 1), SMALL, 600, colour, "middle")
        x += 22
    cells = [cell for row in rows for cell in row.cells]
    signs = []
    if any(cell.figure is None for cell in cells):
        signs.append(("hatch", words.gettext("fewer than three figures")))
    if any(cell.ones for cell in cells):
        signs.append(("flag", words.gettext("somebody gave a 1")))
    x += 10
    for sign, said in signs:
        room = 27 + draw.look.metrics.width(said, SMALL)
        if x + room > plan.width:
            x, y = 0.0, y + 18
        if sign == "hatch":
            draw.grain("rising", x, y, 22, 13, "line-strong")
        else:
            _flag(draw, x + 9, y + 4, "ink")
        draw.text(x + 27, y + 10.4, said, SMALL, colour="quiet")
        x += room + 14
    return y + 19


def _names(draw: Drawing, columns: Sequence[HeatColumn], y: float, plan: _Plan, words: Speech) -> float:
    """What the letters of the columns stand for, in two lists where it is wide enough."""
    lists = 1 if plan.width < NARROW else 2
    deep, room = -(-len(columns) // lists), plan.width / lists
    ends = [y]
    for first in range(0, len(columns), deep):
        x, foot = room * (first // deep), y
        for place, column in enumerate(columns[first : first + deep], first):
            said = column.name
            if _unequal(columns) or column.share is None:
                said = f"{said} ({_weight(column, words)})"
            draw.text(x, foot + 11, chr(ord("A") + place), SMALL, 600)
            foot = draw.lines(x + 16, foot + 11, draw.look.metrics.wrap(said, SMALL, room - 24, 2)) - 11
        ends.append(foot)
    return max(ends) + 3


def _said(rows: Sequence[HeatRow], columns: Sequence[HeatColumn], words: Speech, digits: int) -> str:
    gettext = words.gettext
    best = max((row for row in rows if row.total is not None), key=lambda row: row.total or 0, default=None)
    said = gettext(
        "%(items)s items by %(criteria)s criteria, each figure from 1 to 5.",
        items=words.number(len(rows)),
        criteria=words.number(len(columns)),
    )
    if best is None or best.total is None:
        none = gettext("There is no total for any item.")
        return f"{said} {none}"
    first = gettext(
        "The highest total is that of “%(item)s”: %(total)s.",
        item=best.label,
        total=words.number(best.total, digits),
    )
    return f"{said} {first}"


def _table(
    rows: Sequence[HeatRow], columns: Sequence[HeatColumn], total: str, words: Speech, digits: int
) -> Table:
    def written(cell: HeatCell) -> str:
        if cell.figure is None:
            return "–"
        figure = words.number(cell.figure, 1)
        if not cell.ones:
            return figure
        gave = words.ngettext("%(num)s person gave a 1", "%(num)s people gave a 1", cell.ones)
        return f"{figure} ({gave})"

    heads = [f"{column.name} ({_weight(column, words)})" for column in columns]
    return Table(
        (words.gettext("Item"), *heads, total),
        tuple(
            (
                row.label,
                *(written(cell) for cell in row.cells),
                "–" if row.total is None else words.number(row.total, digits),
            )
            for row in rows
        ),
    )
