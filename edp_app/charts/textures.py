"""Textures: how areas are told apart where colour does not reach, as strokes cut to the area.

They are drawn as lines, not as an SVG pattern: a pattern needs a name of its own, which two pictures on one
page would share.
"""

from collections.abc import Callable, Sequence

STEP = 5.0
"""Distance between two strokes, in units of the drawing."""

Strokes = list[str]


def _diagonals(x: float, y: float, width: float, height: float, *, rising: bool, step: float) -> Strokes:
    """Lines at 45°, where x + y (rising) or x − y is a multiple of ``step``, cut to the rectangle."""
    sign = 1.0 if rising else -1.0
    ends = sorted((sign * y, sign * (y + height)))
    low, high = x + ends[0], x + width + ends[1]
    strokes = []
    at = (low // step + 1) * step
    while at < high:
        left, right = max(x, at - ends[1]), min(x + width, at - ends[0])
        if right - left > 0.3:
            strokes.append(f"M{left:.1f} {sign * (at - left):.1f}L{right:.1f} {sign * (at - right):.1f}")
        at += step
    return strokes


def _multiples(start: float, length: float, step: float) -> list[float]:
    first = (start // step + 1) * step
    return [first + step * n for n in range(max(0, int((start + length - first - 0.2) // step) + 1))]


def _plain(_x: float, _y: float, _width: float, _height: float) -> Strokes:
    return []


def _rising(x: float, y: float, width: float, height: float) -> Strokes:
    return _diagonals(x, y, width, height, rising=True, step=STEP)


def _falling(x: float, y: float, width: float, height: float) -> Strokes:
    return _diagonals(x, y, width, height, rising=False, step=STEP)


def _lattice(x: float, y: float, width: float, height: float) -> Strokes:
    return _rising(x, y, width, height) + _falling(x, y, width, height)


def _level(x: float, y: float, width: float, height: float) -> Strokes:
    return [f"M{x:.1f} {at:.1f}h{width:.1f}" for at in _inside(y, height, STEP * 0.7)]


def _upright(x: float, y: float, width: float, height: float) -> Strokes:
    return [f"M{at:.1f} {y:.1f}v{height:.1f}" for at in _multiples(x, width, STEP)]


def _grid(x: float, y: float, width: float, height: float) -> Strokes:
    return _level(x, y, width, height) + _upright(x, y, width, height)


def _inside(start: float, length: float, step: float) -> list[float]:
    """As many places as fit, the same distance from both ends."""
    many = max(1, int(length // step))
    return [start + length * (2 * n + 1) / (2 * many) for n in range(many)]


def _spots(x: float, y: float, width: float, height: float, step: float) -> list[tuple[float, float]]:
    rows = _inside(y, height, step)
    return [
        (at, row)
        for place, row in enumerate(rows)
        for at in _multiples(x + 1 + (step / 2 if place % 2 else 0), width - 2, step)
        if at < x + width - 1
    ]


def _dots(x: float, y: float, width: float, height: float) -> Strokes:
    return [f"M{at:.1f} {row:.1f}h.01" for at, row in _spots(x, y, width, height, STEP * 0.9)]


def _crosses(x: float, y: float, width: float, height: float) -> Strokes:
    return [
        f"M{at - 1.4:.1f} {row:.1f}h2.8M{at:.1f} {row - 1.4:.1f}v2.8"
        for at, row in _spots(x + 1, y, width - 2, height, STEP * 1.3)
    ]


def _dashes(x: float, y: float, width: float, height: float) -> Strokes:
    return [f"M{at - 1.8:.1f} {row:.1f}h3.6" for at, row in _spots(x + 1.5, y, width - 3, height, STEP * 1.2)]


def _waves(x: float, y: float, width: float, height: float) -> Strokes:
    strokes = []
    for row in _inside(y, height, STEP * 1.1):
        teeth = max(0, int((width - 1) // 3))
        steps = "".join(f"l3 {-2.4 if n % 2 == 0 else 2.4}" for n in range(teeth))
        if steps:
            strokes.append(f"M{x + 0.5:.1f} {row + 1.2:.1f}{steps}")
    return strokes


def _bands(x: float, y: float, width: float, height: float) -> Strokes:
    return _diagonals(x, y, width, height, rising=False, step=STEP * 2)


def _sparse(x: float, y: float, width: float, height: float) -> Strokes:
    return [f"M{at:.1f} {y:.1f}v{height:.1f}" for at in _multiples(x, width, STEP * 2)]


TEXTURES: dict[str, tuple[Callable[[float, float, float, float], Strokes], float]] = {
    "plain": (_plain, 0.0),
    "rising": (_rising, 1.0),
    "dots": (_dots, 2.0),
    "level": (_level, 1.0),
    "falling": (_falling, 1.0),
    "upright": (_upright, 1.0),
    "grid": (_grid, 0.9),
    "crosses": (_crosses, 1.0),
    "dashes": (_dashes, 1.2),
    "waves": (_waves, 1.0),
    "bands": (_bands, 2.6),
    "sparse": (_sparse, 1.8),
    "lattice": (_lattice, 0.9),
}
"""How a texture is drawn, and how wide its strokes are."""

POOL = "lattice"
"""The texture of several small groups together."""

OWN = {
    "government": "plain",
    "business": "rising",
    "academia": "dots",
    "civil_society": "level",
    "environment": "falling",
}
"""Groups that have the same one in every workshop."""


def texture(name: str, x: float, y: float, width: float, height: float) -> tuple[str, float]:
    """The strokes of a texture within a rectangle, as the data of a path, and their width."""
    draw, stroke = TEXTURES[name]
    return "".join(draw(x, y, width, height)) if width > 1 else "", stroke


def of_groups(groups: Sequence[str]) -> dict[str, str]:
    """A texture for each of up to twelve groups, no two alike; more than that begin anew."""
    taken = {OWN[group] for group in groups if group in OWN}
    rest = [name for name in TEXTURES if name not in taken and name != POOL]
    others = [group for group in groups if group not in OWN]
    return {group: OWN[group] for group in groups if group in OWN} | {
        group: rest[place % len(rest)] for place, group in enumerate(others)
    }
