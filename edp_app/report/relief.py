"""The relief on the cover: a map drawn from who took part, one hill for each group, as high as it has people.

Contour lines come from marching squares (Lorensen & Cline 1987, in two dimensions) over a sum of Gaussian
hills, chained to polylines. The same people give the same map.
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

Point = tuple[float, float]
Edge = tuple[int, int, int]
"""An edge of the grid: its column, its row, and 0 if it runs across, 1 if down."""

Segment = tuple[Edge, Edge, Point, Point]
"""A piece of a contour line: the two edges it joins, and where it crosses them."""

GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))


@dataclass(frozen=True, slots=True)
class Hill:
    """One group's hill: the peak in mm from the top left corner of the map, its height in people."""

    x: float
    y: float
    height: int
    spread: float


@dataclass(frozen=True, slots=True)
class Relief:
    """Contours by level, lowest first, in mm; ``hills`` in the order of the heights given."""

    hills: tuple[Hill, ...]
    contours: tuple[tuple[tuple[Point, ...], ...], ...]


def place(heights: Sequence[int], width: float, height: float) -> tuple[Hill, ...]:
    """Where the hills stand: on a sunflower's spiral, the highest in the middle, which keeps any number of
    them apart."""
    order = sorted(range(len(heights)), key=lambda i: (-heights[i], i))
    highest = max([*heights, 1])
    hills: dict[int, Hill] = {}
    for rank, index in enumerate(order):
        radius = math.sqrt((rank + 0.55) / len(heights)) if len(heights) > 1 else 0.0
        angle = 2.7 + rank * GOLDEN_ANGLE
        relative = heights[index] / highest
        hills[index] = Hill(
            x=width * (0.50 + 0.40 * radius * math.cos(angle)),
            y=height * (0.50 + 0.33 * radius * math.sin(angle)),
            height=heights[index],
            spread=min(width, height) * (0.065 + 0.075 * math.sqrt(relative)),
        )
    return tuple(hills[index] for index in range(len(heights)))


def _ground(hills: Sequence[Hill], x: float, y: float, highest: float, height: float) -> float:
    """The height at a place: near a peak that hill's own, between hills a saddle, around them a faint roll
    of the land. Towards the upper and lower edge the land sinks to nothing, so that no line is cut off
    there."""
    roll = math.sin(x / 31 + 1.3) * math.cos(y / 27 - 0.4) + 0.6 * math.sin((x + 1.7 * y) / 43)
    # The cubic mean stays close to the highest of the hills, where a sum would pile them up.
    hill: float = sum(
        (h.height * math.exp(-((x - h.x) ** 2 + (y - h.y) ** 2) / (2 * h.spread**2))) ** 3
        for h in hills
        if h.height
    ) ** (1 / 3)
    shore = math.sin(math.pi / 2 * min(1.0, max(0.0, 4.5 * min(y, height - y) / height))) ** 2
    return (hill + 0.06 * highest * (roll + 0.35)) * shore


def _segments(field: list[list[float]], step: float, level: float) -> list[Segment]:
    """The pieces of one contour, each between two edges of the grid. An edge is (column, row, 0 across | 1
    down)."""
    found = []
    for row in range(len(field) - 1):
        top, bottom = field[row], field[row + 1]
        for column in range(len(top) - 1):
            a, b, c, d = top[column], top[column + 1], bottom[column + 1], bottom[column]
            case = (a > level) | (b > level) << 1 | (c > level) << 2 | (d > level) << 3
            if case in (0, 15):
                continue
            x, y = column * step, row * step
            cut = {
                "n": ((column, row, 0), (x + step * (level - a) / ((b - a) or 1), y)),
                "e": ((column + 1, row, 1), (x + step, y + step * (level - b) / ((c - b) or 1))),
                "s": ((column, row + 1, 0), (x + step * (level - d) / ((c - d) or 1), y + step)),
                "w": ((column, row, 1), (x, y + step * (level - a) / ((d - a) or 1))),
            }
            for start, end in _CASES[case]:
                (edge_a, at_a), (edge_b, at_b) = cut[start], cut[end]
                found.append((edge_a, edge_b, at_a, at_b))
    return found


_CASES: dict[int, tuple[tuple[str, str], ...]] = {
    1: (("w", "n"),),
    2: (("n", "e"),),
    3: (("w", "e"),),
    4: (("e", "s"),),
    5: (("w", "n"), ("e", "s")),
    6: (("n", "s"),),
    7: (("w", "s"),),
    8: (("w", "s"),),
    9: (("n", "s"),),
    10: (("n", "e"), ("w", "s")),
    11: (("e", "s"),),
    12: (("w", "e"),),
    13: (("n", "e"),),
    14: (("w", "n"),),
}


def _chains(segments: list[Segment]) -> list[list[Point]]:
    """The pieces joined where they share an edge."""
    at_edge: dict[Edge, list[int]] = defaultdict(list)
    for index, (a, b, _, _) in enumerate(segments):
        at_edge[a].append(index)
        at_edge[b].append(index)
    used = [False] * len(segments)

    def follow(edge: Edge) -> list[Point]:
        points: list[Point] = []
        while (index := next((i for i in at_edge[edge] if not used[i]), None)) is not None:
            used[index] = True
            a, b, at_a, at_b = segments[index]
            edge, point = (b, at_b) if a == edge else (a, at_a)
            points.append(point)
        return points

    chains = []
    for index, (a, b, at_a, at_b) in enumerate(segments):
        if used[index]:
            continue
        used[index] = True
        forward = follow(b)
        backward = follow(a)
        chains.append([*reversed(backward), at_a, at_b, *forward])
    return chains


def relief(
    heights: Sequence[int], width: float, height: float, levels: int = 18, step: float = 1.75
) -> Relief:
    """The map of ``heights`` (people by group) on ``width`` × ``height`` mm, with ``levels`` contour
    lines."""
    hills = place(heights, width, height)
    highest = float(max([*heights, 1]))
    columns, rows = int(width / step) + 2, int(height / step) + 2
    field = [
        [_ground(hills, c * step, r * step, highest, height) for c in range(columns)] for r in range(rows)
    ]
    contours = []
    for index in range(levels):
        # Closer together in the plain than on the slopes, so that a small group's hill shows, too.
        level = highest * (0.02 + 0.97 * (index / levels) ** 1.35)
        chains = _chains(_segments(field, step, level))
        contours.append(tuple(tuple(chain) for chain in chains if len(chain) > 3))
    return Relief(hills, tuple(contours))
