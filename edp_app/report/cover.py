"""The cover's map as SVG: contour lines and, at each peak, how many people spoke for that group."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from edp_app.charts import FAMILY, Chart, Table
from edp_app.report.contents import GroupCount
from edp_app.report.relief import Hill, Point, relief
from edp_app.report.wording import Look

WIDTH, HEIGHT = 210.0, 150.0
"""Millimetres: the whole width of the page."""

SIZE = 3.1
LINE = 3.8
LABEL_ROOMS = (44.0, 26.0, 14.0)


def relief_map(groups: Sequence[GroupCount], look: Look) -> Chart:
    """The map of these groups; its text says in words what the hills say."""
    drawn = relief([group.people for group in groups], WIDTH, HEIGHT)
    ink = look.colour("ink")
    parts = []
    for index, chains in enumerate(drawn.contours):
        # As on a map, every fourth line is drawn stronger.
        width, opacity = (0.32, 0.42) if index % 4 == 3 else (0.18, 0.30)
        path = "".join(_path(chain) for chain in chains)
        if path:
            parts.append(
                f'<path d="{path}" fill="none" stroke="{ink}" stroke-width="{width}" '
                f'stroke-opacity="{opacity}"/>'
            )
    peaks = [(group, hill) for group, hill in zip(groups, drawn.hills, strict=True) if group.people]
    taken = [Box(hill.x - 2.2, hill.y - 2.2, hill.x + 2.2, hill.y + 2.2) for _, hill in peaks]
    for group, hill in sorted(peaks, key=lambda peak: -peak[0].people):
        label = _label(group, hill, look, taken)
        taken.append(label.box)
        parts.append(_peak(hill, label, look))
    said = "; ".join(f"{group.mark.name}: {look.wording.number(group.people)}" for group in groups)
    alt = look.wording.gettext(
        "A relief map drawn from who took part: one hill for each group, as high as it had people. "
        "%(groups)s.",
        groups=said,
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" font-family="{FAMILY}">'
        f"<title>{escape(alt)}</title>{''.join(parts)}</svg>"
    )
    table = Table(
        (look.wording.gettext("Group"), look.wording.gettext("People")),
        tuple((group.mark.name, look.wording.number(group.people)) for group in groups),
    )
    return Chart(svg, WIDTH, HEIGHT, alt, table)


def _path(chain: Sequence[Point]) -> str:
    first, *rest = chain
    steps = "".join(f"L{x:.1f} {y:.1f}" for x, y in rest)
    return f"M{first[0]:.1f} {first[1]:.1f}{steps}"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the map, in millimetres."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether the two have anything in common."""
        beside = self.right <= other.left or other.right <= self.left
        return not (beside or self.bottom <= other.top or other.bottom <= self.top)


@dataclass(frozen=True, slots=True)
class Label:
    """What stands beside a peak, and on which side."""

    box: Box
    count: str
    lines: tuple[str, ...]
    to_left: bool


def _label(group: GroupCount, hill: Hill, look: Look, taken: Sequence[Box]) -> Label:
    """The label at the right of the peak or at its left, where nothing else is; where nowhere is room for the
    name, the number alone. (The table of who took part has every name.)"""
    count = look.wording.number(group.people)
    written = [tuple(look.metrics.wrap(group.mark.name, SIZE, room, 2)) for room in LABEL_ROOMS]
    own = Box(hill.x - 2.2, hill.y - 2.2, hill.x + 2.2, hill.y + 2.2)
    for lines in (*written, ()):
        widths = [look.metrics.width(line, SIZE) for line in lines]
        room = max([look.metrics.width(count, 5, 700), *widths]) + 1.5
        bottom = hill.y + 2.6 + LINE * len(lines)
        for to_left in (False, True):
            left = hill.x - 2.4 - room if to_left else hill.x + 2.4
            box = Box(left, hill.y - 3.6, left + room, bottom)
            free = not any(box.meets(other) for other in taken if other != own)
            if free and box.left > 3 and box.right < WIDTH - 3:
                return Label(box, count, lines, to_left)
    return Label(box, count, (), to_left=True)


def _peak(hill: Hill, label: Label, look: Look) -> str:
    """A spot height: the surveyor's triangle, the number, the group's name."""
    ink, box = look.colour("ink"), label.box
    anchor, x = ("end", box.right - 0.8) if label.to_left else ("start", box.left + 0.8)
    texts = "".join(
        f'<text x="{x:.1f}" y="{hill.y + 1.4 + LINE * (n + 1):.1f}" font-size="{SIZE}" '
        f'text-anchor="{anchor}" fill="{ink}">{escape(line)}</text>'
        for n, line in enumerate(label.lines)
    )
    return (
        f'<rect x="{box.left:.1f}" y="{box.top:.1f}" width="{box.right - box.left:.1f}" '
        f'height="{box.bottom - box.top:.1f}" fill="#ffffff" fill-opacity="0.82"/>'
        f'<path d="M{hill.x:.1f} {hill.y - 1.5:.1f}l1.7 2.9h-3.4z" fill="{ink}"/>'
        f'<text x="{x:.1f}" y="{hill.y + 1.4:.1f}" font-size="5" font-weight="700" text-anchor="{anchor}" '
        f'fill="{ink}">{label.count}</text>{texts}'
    )
