"""A wheel of three or more axes with up to three series, told apart by the style of their lines and marks."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from edp_app.charts.around import ALONE, Around
from edp_app.charts.drawing import PAGE_WIDTH, SMALL, SMALL_LINE, Drawing
from edp_app.charts.look import Chart, Look, Table
from edp_app.charts.parts import NARROW, longest_word

MOST = 3
WIDE = 500.0
"""From this width on the key stands beside the wheel."""
DASHES = ("", "6 3", "1.5 3.2")
WIDTHS = (2.0, 1.6, 1.8)


@dataclass(frozen=True, slots=True)
class Series:
    """A name and a figure for each axis; None: there is none."""

    name: str
    figures: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class _Wheel:
    x: float
    y: float
    radius: float
    low: float
    high: float
    axes: int

    def at(self, axis: int, part: float) -> tuple[float, float]:
        """A place on an axis, ``part`` of the way out."""
        angle = 2 * math.pi * axis / self.axes - math.pi / 2
        return self.x + self.radius * part * math.cos(angle), self.y + self.radius * part * math.sin(angle)

    def part(self, figure: float) -> float:
        """How far out a figure lies; the lowest step stands a little outside of the middle."""
        return 0.14 + 0.86 * min(1.0, max(0.0, (figure - self.low) / (self.high - self.low)))


def radar(
    axes: Sequence[str], series: Sequence[Series], ends: tuple[int, int], look: Look,
    width: float = PAGE_WIDTH, around: Around = ALONE,
) -> Chart:  # fmt: skip
    """The series on these axes, whose lowest and highest steps are ``ends``. Raises ``ValueError`` for fewer
    than three axes or more than :data:`MOST` series."""
    if len(axes) < 3 or not 1 <= len(series) <= MOST:
        raise ValueError(f"{len(axes)} axes, {len(series)} series")
    draw = Drawing(look)
    beside = width >= WIDE and len(series) > 1
    left = width * 0.26 if beside else 0.0
    top = _legend(draw, series, left or width)
    middle = left + (width - left) / 2
    radius = 96.0 if width >= NARROW else min(96.0, width / 2 - 44)
    side = width - middle - radius - 16
    numbered = longest_word(axes, look, SMALL, 600) + 4 > side
    room = 26.0 if numbered else side
    head = SMALL_LINE * (2 if numbered else 1 + len(look.metrics.wrap(axes[0], SMALL, 2 * room, 3, 600)))
    wheel = _Wheel(middle, (0 if beside else top) + head + radius + 6, radius, *ends, len(axes))
    _rings(draw, wheel, ends)
    for place, one in reversed(list(enumerate(series))):
        _series(draw, wheel, one, place)
    y = wheel.y
    for axis, name in enumerate(axes):
        label = str(axis + 1) if numbered else name
        y = max(y, _axis(draw, wheel, axis, label, [] if numbered else series, room))
    if numbered:
        y = _names(draw, axes, series, y + 4, width)
    return draw.finish(
        width,
        max(y, top, wheel.y + radius) + 4,
        _said(axes, series, look),
        _table(axes, series, look),
        around,
    )


def _legend(draw: Drawing, series: Sequence[Series], width: float) -> float:
    if len(series) == 1:
        lines = draw.look.metrics.wrap(series[0].name, SMALL, width, 2, 600)
        return draw.lines(0, 11, lines, weight=600) - 8
    y = 0.0
    for place, one in enumerate(series):
        draw.line(0, y + 7.5, 34, y + 7.5, "ink", WIDTHS[place], DASHES[place])
        _mark(draw, 17, y + 7.5, place)
        lines = draw.look.metrics.wrap(one.name, SMALL, width - 42, 2)
        y = draw.lines(42, y + 11, lines) - 11 + 3
    return y


def _rings(draw: Drawing, wheel: _Wheel, ends: tuple[int, int]) -> None:
    for step in range(ends[0], ends[1] + 1):
        spots = [wheel.at(axis, wheel.part(step)) for axis in range(wheel.axes)]
        draw.path(_outline(spots), stroke="line-strong" if step == ends[1] else "line", width=0.8)
    for axis in range(wheel.axes):
        x, y = wheel.at(axis, 1)
        draw.line(wheel.x, wheel.y, x, y, "line")


def _outline(spots: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in spots) + "z"


def _series(draw: Drawing, wheel: _Wheel, one: Series, place: int) -> None:
    spots = [
        None if figure is None else wheel.at(axis, wheel.part(figure))
        for axis, figure in enumerate(one.figures)
    ]
    for axis, spot in enumerate(spots):
        after = spots[(axis + 1) % len(spots)]
        if spot and after:
            draw.line(*spot, *after, "ink", WIDTHS[place], DASHES[place])
    for spot in spots:
        if spot:
            _mark(draw, *spot, place)


def _mark(draw: Drawing, x: float, y: float, place: int) -> None:
    """A dark disc, a light square, a light triangle."""
    if place == 0:
        draw.circle(x, y, 3.6, "ink")
    elif place == 1:
        draw.path(f"M{x - 3.4:.1f} {y - 3.4:.1f}h6.8v6.8h-6.8z", "paper", "ink", 1.4)
    else:
        draw.path(f"M{x:.1f} {y - 4.4:.1f}l4.2 7.4h-8.4z", "paper", "ink", 1.4)


def _axis(
    draw: Drawing, wheel: _Wheel, axis: int, label: str, series: Sequence[Series], room: float
) -> float:
    """The name of an axis and, under it, the figures on it; returns where they end."""
    metrics = draw.look.metrics
    x, y = wheel.at(axis, 1)
    across = (x - wheel.x) / wheel.radius
    anchor = "middle" if abs(across) < 0.2 else "start" if across > 0 else "end"
    lines = metrics.wrap(label, SMALL, room if anchor != "middle" else 2 * room, 3, 600)
    figures = _written(series, axis, draw.look)
    height = SMALL_LINE * (len(lines) + bool(figures))
    down = (y - wheel.y) / wheel.radius
    x += 9 * across
    y = y - height + 6 if down < -0.85 else y + 15 if down > 0.85 else y - height / 2 + 11 + 6 * down
    draw.lines(x, y, lines, weight=600, anchor=anchor)
    _figures(draw, x, y + SMALL_LINE * len(lines), figures, anchor)
    return y + height - 9


def _figures(draw: Drawing, x: float, y: float, figures: Sequence[str], anchor: str) -> None:
    """One after another, each with the mark of its series if there are several."""
    metrics = draw.look.metrics
    sign = 12.0 if len(figures) > 1 else 0.0
    widths = [sign + metrics.width(figure, SMALL) for figure in figures]
    total = sum(widths) + 7 * max(0, len(figures) - 1)
    at = x if anchor == "start" else x - total if anchor == "end" else x - total / 2
    for place, (figure, width) in enumerate(zip(figures, widths, strict=True)):
        if sign:
            _mark(draw, at + 4, y - 4, place)
        draw.text(at + sign, y, figure, SMALL)
        at += width + 7


def _names(draw: Drawing, axes: Sequence[str], series: Sequence[Series], y: float, width: float) -> float:
    """What the numbers stand for, and under each name its figures; returns where the list ends."""
    for axis, name in enumerate(axes):
        draw.text(0, y + 11, str(axis + 1), SMALL, 600)
        foot = draw.lines(18, y + 11, draw.look.metrics.wrap(name, SMALL, width - 18, 2))
        _figures(draw, 18, foot, _written(series, axis, draw.look), "start")
        y = foot + 6
    return y


def _written(series: Sequence[Series], axis: int, look: Look) -> list[str]:
    """The figures on one axis."""
    return ["–" if (f := one.figures[axis]) is None else look.wording.number(f, 1) for one in series]


def _said(axes: Sequence[str], series: Sequence[Series], look: Look) -> str:
    words = look.wording
    parts = []
    for one in series:
        told = [(f, name) for f, name in zip(one.figures, axes, strict=True) if f is not None]
        if not told:
            parts.append(words.gettext("%(name)s: there is no figure.", name=one.name))
            continue
        low, high = min(told), max(told)
        parts.append(
            words.gettext(
                "%(name)s: highest on %(best)s (%(high)s), lowest on %(worst)s (%(low)s).",
                name=one.name,
                best=high[1],
                high=words.number(high[0], 1),
                worst=low[1],
                low=words.number(low[0], 1),
            )
        )
    return " ".join(parts)


def _table(axes: Sequence[str], series: Sequence[Series], look: Look) -> Table:
    words = look.wording
    return Table(
        ("", *(one.name for one in series)),
        tuple(
            (name, *("–" if (f := one.figures[axis]) is None else words.number(f, 1) for one in series))
            for axis, name in enumerate(axes)
        ),
    )
