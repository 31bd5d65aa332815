"""Items on a plane: numbers in circles, their titles beside it.

Where two circles would meet, the later one stands as near as there is room, and a line leads to its place.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from edp_app.charts.around import ALONE, Around
from edp_app.charts.drawing import PAGE_WIDTH, SMALL, SMALL_LINE, Drawing
from edp_app.charts.look import Chart, Look, Speech, Table
from edp_app.charts.parts import NARROW

RADIUS = 9.5
APART = 2 * RADIUS + 1.5
PLOT_HEIGHT = 160.0
AWAY = 7.0
"""Between the names of the quarters and what is said of the axis below them."""

Spot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Point:
    """An item and where it stands; None: there is no figure."""

    label: str
    x: float | None
    y: float | None
    strong: bool = False
    """It passes: its circle is dark."""


@dataclass(frozen=True, slots=True)
class Axis:
    """A side of the plane: its name, the words at its ends, and from where to where it goes."""

    name: str
    low: str
    high: str
    start: float
    end: float
    steps: tuple[float, ...]

    def part(self, value: float) -> float:
        """Where a value lies, from 0 to 1."""
        return min(1.0, max(0.0, (value - self.start) / (self.end - self.start)))


@dataclass(frozen=True, slots=True)
class Corners:
    """What it means to stand in each quarter."""

    upper_left: str = ""
    upper_right: str = ""
    lower_left: str = ""
    lower_right: str = ""


@dataclass(frozen=True, slots=True)
class _Field:
    """The rectangle in which circles may stand."""

    left: float
    top: float
    width: float
    height: float

    def at(self, part_x: float, part_y: float) -> Spot:
        inset = RADIUS + 1
        return (
            self.left + inset + part_x * (self.width - 2 * inset),
            self.top + self.height - inset - part_y * (self.height - 2 * inset),
        )

    def holds(self, spot: Spot) -> bool:
        inset = RADIUS
        return (
            self.left + inset <= spot[0] <= self.left + self.width - inset
            and self.top + inset <= spot[1] <= self.top + self.height - inset
        )


def settle(wanted: Sequence[Spot], field: _Field) -> list[Spot]:
    """Places near those wanted at which no two circles meet, as long as the field has room; what comes after
    that stands where it is wanted."""
    placed: list[Spot] = []
    for spot in wanted:
        free = _nearest_free(spot, placed, field)
        if free is None:  # nor would there be room for any later one, and a full field takes long to search
            break
        placed.append(free)
    return [*placed, *wanted[len(placed) :]]


def _nearest_free(spot: Spot, placed: Sequence[Spot], field: _Field) -> Spot | None:
    ring = 0.0
    while ring < field.width + field.height:
        turns = max(1, int(ring * 0.9))
        for turn in range(turns):
            angle = 2 * math.pi * turn / turns - math.pi / 2
            tried = (spot[0] + ring * math.cos(angle), spot[1] + ring * math.sin(angle))
            if field.holds(tried) and all(math.dist(tried, other) >= APART for other in placed):
                return tried
        ring += 3.0
    return None


def plane(
    points: Sequence[Point], x: Axis, y: Axis, corners: Corners, alt: str, look: Look,
    width: float = PAGE_WIDTH, digits: int = 1, around: Around = ALONE,
) -> Chart:  # fmt: skip
    """The items by two figures. ``alt`` is what the picture says, but for the items without a figure."""
    words, draw = look.wording, Drawing(look)
    narrow = width < NARROW
    field = _Field(18.0, _head(draw, y, corners, 18.0, width if narrow else width * 0.54), 0, 0)
    field = _Field(field.left, field.top, (width if narrow else width * 0.54) - 19, PLOT_HEIGHT)
    _grid(draw, field, x, y, words)
    bottom = _foot(draw, field, x, corners)
    _circles(draw, points, field, x, y)
    if narrow:
        bottom = _titles(draw, points, 0, bottom + 8, width)
    else:
        start = field.left + field.width + 20
        bottom = max(bottom, _titles(draw, points, start, 4, width - start))
    missing = [point.label for point in points if point.x is None or point.y is None]
    if missing:
        without = words.gettext("Without a figure: %(items)s.", items="; ".join(missing))
        alt = f"{alt} {without}"
    return draw.finish(width, bottom + 2, alt, _table(points, x, y, words, digits), around)


def _head(draw: Drawing, y: Axis, corners: Corners, left: float, width: float) -> float:
    """The name of the upright axis and what stands over the upper corners; returns where the field begins."""
    metrics = draw.look.metrics
    top = draw.lines(0, 11, metrics.wrap(f"↑ {y.name}", SMALL, width, 2, 600), weight=600)
    if y.low or y.high:
        ends = f"{_signed(y.start, draw.look.wording)} {y.low} – {_signed(y.end, draw.look.wording)} {y.high}"
        top = draw.lines(left, top, metrics.wrap(ends, SMALL, width - left, 2), colour="quiet")
    return _pair(draw, corners.upper_left, corners.upper_right, left, width, top) - 8


def _pair(draw: Drawing, first: str, second: str, left: float, right: float, y: float) -> float:
    """Words at the left and at the right, in up to two lines each; returns where the next one would stand."""
    half = (right - left) / 2 - 6
    lines = [draw.look.metrics.wrap(words, SMALL, half, 2) for words in (first, second)]
    draw.lines(left, y, lines[0], colour="quiet")
    draw.lines(right, y, lines[1], colour="quiet", anchor="end")
    return y + SMALL_LINE * max(len(lines[0]), len(lines[1]))


def _grid(draw: Drawing, field: _Field, x: Axis, y: Axis, words: Speech) -> None:
    draw.rect(field.left, field.top, field.width, field.height, "paper", "line-strong")
    middle, level = field.left + field.width / 2, field.top + field.height / 2
    draw.line(middle, field.top, middle, field.top + field.height, "line-strong", dash="3 3")
    draw.line(field.left, level, field.left + field.width, level, "line-strong", dash="3 3")
    for step in y.steps:
        at = field.at(0, y.part(step))[1]
        draw.text(field.left - 5, at + 4, _signed(step, words), SMALL, colour="quiet", anchor="end")
    for step in x.steps:
        at = field.at(x.part(step), 0)[0]
        foot = field.top + field.height + 13
        draw.text(at, foot, _signed(step, words), SMALL, colour="quiet", anchor="middle")


def _signed(figure: float, words: Speech, digits: int = 0) -> str:
    """The figure with a minus sign, not a hyphen."""
    return words.number(figure, digits).replace("-", "−")


def _foot(draw: Drawing, field: _Field, x: Axis, corners: Corners) -> float:
    """What stands below the field; returns where it ends."""
    right = field.left + field.width
    at = field.top + field.height + 13 + SMALL_LINE
    if corners.lower_left or corners.lower_right:
        at = _pair(draw, corners.lower_left, corners.lower_right, field.left, right, at) + AWAY
    ends = f"← {x.low}" if x.low else "", f"{x.high} →" if x.high else ""
    return _axis(draw, x.name, ends, field, at) - SMALL_LINE + 4


def _axis(draw: Drawing, name: str, ends: tuple[str, str], field: _Field, y: float) -> float:
    """The name of the axis between the words at its ends, or below them where they have no room beside each
    other; returns where the next line would stand."""
    metrics, right, middle = draw.look.metrics, field.left + field.width, field.left + field.width / 2
    beside = max(metrics.width(words, SMALL) for words in ends) + metrics.width(name, SMALL, 600) / 2
    if beside + 10 > field.width / 2:
        if any(ends):
            y = _pair(draw, *ends, field.left, right, y)
        lines = metrics.wrap(name, SMALL, field.width, 2, 600)
        return draw.lines(middle, y, lines, weight=600, anchor="middle")
    for words, x, anchor in zip(ends, (field.left, right), ("start", "end"), strict=True):
        if words:
            draw.text(x, y, words, SMALL, colour="quiet", anchor=anchor)
    draw.text(middle, y, name, SMALL, 600, anchor="middle")
    return y + SMALL_LINE


def _circles(draw: Drawing, points: Sequence[Point], field: _Field, x: Axis, y: Axis) -> None:
    shown = [(n, p) for n, p in enumerate(points, 1) if p.x is not None and p.y is not None]
    wanted = [field.at(x.part(p.x or 0), y.part(p.y or 0)) for _, p in shown]
    placed = settle(wanted, field)
    for spot, at in zip(wanted, placed, strict=True):
        if math.dist(spot, at) > 1:
            draw.line(spot[0], spot[1], at[0], at[1], "ink", 0.8)
            draw.circle(spot[0], spot[1], 1.8, "ink")
    for (number, point), at in zip(shown, placed, strict=True):
        _circle(draw, number, at, strong=point.strong)


def _circle(draw: Drawing, number: int, at: Spot, *, strong: bool) -> None:
    draw.circle(at[0], at[1], RADIUS, "ink" if strong else "paper", "paper" if strong else "ink", 1.2)
    draw.text(at[0], at[1] + 3.8, str(number), SMALL, 600, "paper" if strong else "ink", "middle")


def _titles(draw: Drawing, points: Sequence[Point], x: float, y: float, width: float) -> float:
    """What each number stands for; returns where the list ends."""
    for number, point in enumerate(points, 1):
        label = point.label
        if point.x is None or point.y is None:
            label = draw.look.wording.gettext("%(item)s (no figure)", item=label)
        weight = 600 if point.strong else 400
        lines = draw.look.metrics.wrap(label, SMALL, width - 26, 3, weight)
        _circle(draw, number, (x + RADIUS + 1, y + RADIUS + 1), strong=point.strong)
        draw.lines(x + 26, y + 14.5, lines, weight=weight)
        y += max(2 * RADIUS + 4, SMALL_LINE * len(lines) + 6)
    return y


def _table(points: Sequence[Point], x: Axis, y: Axis, words: Speech, digits: int) -> Table:
    def written(value: float | None) -> str:
        return "–" if value is None else _signed(value, words, digits)

    return Table(
        (words.gettext("Number"), words.gettext("Item"), x.name, y.name),
        tuple(
            (words.number(n), point.label, written(point.x), written(point.y))
            for n, point in enumerate(points, 1)
        ),
    )
