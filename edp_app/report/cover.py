"""The cover's map as SVG: contour lines and, at each peak, how many people spoke for that group."""

from collections.abc import Sequence
from html import escape

from edp_app.report.charts import Chart, Look, Table
from edp_app.report.contents import GroupCount
from edp_app.report.relief import Point, relief

WIDTH, HEIGHT = 210.0, 150.0
"""Millimetres: the whole width of the page."""

SIZE = 3.1
LINE = 3.8
LABEL_ROOM = 44.0


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
                f'<path d="{path}" fill="none" stroke="{ink}" stroke-width="{width}" stroke-opacity="{opacity}"/>'
            )
    for group, hill in zip(groups, drawn.hills, strict=True):
        if group.people:
            parts.append(_peak(group, hill.x, hill.y, look))
    said = "; ".join(f"{group.mark.name}: {look.wording.number(group.people)}" for group in groups)
    alt = look.wording.gettext(
        "A relief map drawn from who took part: one hill for each group, as high as it had people. %(groups)s.",
        groups=said,
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" '
        f"font-family=\"'Source Sans 3','Source Sans 3 Ext',sans-serif\"><title>{escape(alt)}</title>"
        f"{''.join(parts)}</svg>"
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


def _peak(group: GroupCount, x: float, y: float, look: Look) -> str:
    """A spot height: the surveyor's triangle, the number, the group's name."""
    ink = look.colour("ink")
    count = look.wording.number(group.people)
    lines = look.metrics.wrap(group.mark.name, SIZE, LABEL_ROOM, 2)
    to_left = x > WIDTH * 0.62
    anchor, label_x = ("end", x - 3.2) if to_left else ("start", x + 3.2)
    room = max(look.metrics.width(line, SIZE) for line in lines) + 2
    ground_x = label_x - room + 1 if to_left else label_x - 1
    texts = "".join(
        f'<text x="{label_x:.1f}" y="{y + 1.4 + LINE * (n + 1):.1f}" font-size="{SIZE}" text-anchor="{anchor}" '
        f'fill="{ink}">{escape(line)}</text>'
        for n, line in enumerate(lines)
    )
    return (
        f'<rect x="{ground_x:.1f}" y="{y - 3.6:.1f}" width="{room:.1f}" height="{6.4 + LINE * len(lines):.1f}" '
        f'fill="#ffffff" fill-opacity="0.82"/>'
        f'<path d="M{x:.1f} {y - 1.5:.1f}l1.7 2.9h-3.4z" fill="{ink}"/>'
        f'<text x="{label_x:.1f}" y="{y + 1.4:.1f}" font-size="5" font-weight="700" text-anchor="{anchor}" '
        f'fill="{ink}">{count}</text>{texts}'
    )
