"""Shapes and words put on a drawing, and the SVG that comes of them."""

import re
from html import escape

from edp_app.charts.around import ALONE, Around
from edp_app.charts.look import Chart, Look, Mark, Table
from edp_app.charts.textures import texture

PAGE_WIDTH = 612
"""Units of which a page of the report is this wide."""

FAMILY = "'Source Sans 3','Source Sans 3 Ext',sans-serif"
SIZE = 12.25
SMALL = 11.0
"""The smallest size of any word; what is shown so large that this is legible is legible everywhere."""
LINE = 14.5
HEADING = 13.5
HEADING_LINE = 16.0
SMALL_LINE = 13.0

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml(words: str) -> str:
    """Words as they may stand in a drawing: escaped, and without what XML cannot hold."""
    return escape(_NOT_XML.sub("\ufffd", words))


class Drawing:
    """Collects shapes; writes them with coordinates short enough for a page. Colours are names of tokens."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.parts: list[str] = []

    def _paint(self, fill: str, stroke: str = "none", width: float = 0.8, opacity: float = 1.0) -> str:
        """The attributes that colour a shape: for by itself, and the classes that a page's theme goes by."""
        classes, out = [], ""
        for prefix, attribute, colour in (("f", "fill", fill), ("s", "stroke", stroke)):
            if colour == "none":
                out += ' fill="none"' if attribute == "fill" else ""
                continue
            classes.append(f"{prefix}-{self.look.token(colour)}")
            out += f' {attribute}="{self.look.colour(colour)}"'
        if stroke != "none":
            out += f' stroke-width="{width:g}"'
        if opacity < 1:
            out += f' fill-opacity="{opacity:g}"'
        return out + (f' class="{" ".join(classes)}"' if classes else "")

    def rect(
        self, x: float, y: float, width: float, height: float, fill: str, stroke: str = "none",
        opacity: float = 1.0, corner: float = 0.0,
    ) -> None:  # fmt: skip
        """A rectangle."""
        rounded = f' rx="{corner:g}"' if corner else ""
        self.parts.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" height="{height:.1f}"{rounded}'
            f"{self._paint(fill, stroke, 0.8, opacity)}/>"
        )

    def line(
        self, x1: float, y1: float, x2: float, y2: float, stroke: str, width: float = 0.8, dash: str = ""
    ) -> None:
        """A straight line."""
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(
            f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"{dashes}'
            f"{self._paint('none', stroke, width)}/>"
        )

    def path(
        self, data: str, fill: str = "none", stroke: str = "none", width: float = 1.0, dash: str = "",
        opacity: float = 1.0,
    ) -> None:  # fmt: skip
        """Any outline, its ends and corners round."""
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        ends = ' stroke-linecap="round" stroke-linejoin="round"' if stroke != "none" else ""
        self.parts.append(f'<path d="{data}"{dashes}{ends}{self._paint(fill, stroke, width, opacity)}/>')

    def circle(
        self, x: float, y: float, radius: float, fill: str, stroke: str = "none", width: float = 0.8
    ) -> None:
        """A circle."""
        self.parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}"{self._paint(fill, stroke, width)}/>'
        )

    def text(
        self, x: float, y: float, words: str, size: float = SIZE, weight: int = 400, colour: str = "ink",
        anchor: str = "start", cleared: bool = False,
    ) -> None:  # fmt: skip
        """One line of words; ``cleared``: nothing drawn before is seen behind it."""
        if cleared:
            width = self.look.metrics.width(words, size, weight) + 4
            left = x - 2 if anchor == "start" else x + 2 - width if anchor == "end" else x - width / 2
            self.rect(left, y - size * 0.8, width, size * 1.05, "paper")
        self.parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" font-weight="{weight}" '
            f'text-anchor="{anchor}"{self._paint(colour)}>{xml(words)}</text>'
        )

    def icon(self, x: float, y: float, name: str, size: float = 15, colour: str = "ink") -> None:
        """An icon in a square whose upper left corner is given."""
        path = self.look.icons.get(name) or self.look.icons["other"]
        self.parts.append(
            f'<g transform="translate({x:.1f} {y:.1f}) scale({size / 24:.4f})"><path d="{path}"'
            f'{self._paint("none", colour, 1.75)} stroke-linecap="round" stroke-linejoin="round"/></g>'
        )

    def tick(self, x: float, y: float) -> None:
        """The sign for "passes"."""
        self.path(f"M{x:.1f} {y:.1f}l3.6 3.6 7-8.6", stroke="ink", width=1.8)

    def grain(
        self, name: str, x: float, y: float, width: float, height: float, stroke: str = "grain"
    ) -> None:
        """A texture over an area."""
        data, strength = texture(name, x, y, width, height)
        if data:
            self.path(data, stroke=stroke, width=strength)

    def area(self, mark: Mark, x: float, y: float, width: float, height: float) -> None:
        """A piece of a bar in a group's colour and texture, outlined in ink."""
        self.rect(x, y, width, height, mark.colour)
        self.grain(mark.texture, x, y, width, height)
        self.parts.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
            f"{self._paint('none', 'ink', 0.8)}/>"
        )

    def plate(self, x: float, y: float, words: str, weight: int = 600) -> None:
        """Words on a piece of paper, legible on any ground; ``x``, ``y``: the middle of the plate."""
        width = self.look.metrics.width(words, SMALL, weight) + 5
        self.rect(x - width / 2, y - 6.5, width, 13, "paper", corner=2)
        self.text(x, y + 3.8, words, SMALL, weight, anchor="middle")

    def lines(
        self, x: float, y: float, lines: list[str], size: float = SMALL, weight: int = 400,
        colour: str = "ink", anchor: str = "start", step: float = SMALL_LINE, cleared: bool = False,
    ) -> float:  # fmt: skip
        """Several lines, the first one with its foot at ``y``; returns where the next one would stand."""
        for words in lines:
            self.text(x, y, words, size, weight, colour, anchor, cleared)
            y += step
        return y

    def svg(self, width: float, height: float, alt: str, over: float = 0.0) -> str:
        """Everything drawn, as one element, from ``over`` above zero down."""
        scale, tall = self.look.scale, height + over
        said, size = xml(alt), f'width="{width * scale:g}" height="{tall * scale:.1f}"'
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{said}" '
            f'viewBox="0 {-over:g} {width:g} {tall:.1f}" {size} '
            f'font-family="{FAMILY}"><title>{said}</title>{"".join(self.parts)}</svg>'
        )

    def finish(self, width: float, y: float, alt: str, table: Table, around: Around = ALONE) -> Chart:
        """The chart, with what stands over it and a last line that says what is not in it."""
        if around.note:
            self.text(0, y + 14, around.note, SMALL, colour="quiet")
            y += 20
        over = self._head(width, around)
        title = f"{around.title}." if around.title else ""
        alt = " ".join(words for words in (title, around.said, alt, around.note) if words)
        return Chart(self.svg(width, y, alt, over), width, y + over, alt, table)

    def _head(self, width: float, around: Around) -> float:
        """What stands over a drawing, above zero, and first in it; returns how high it is."""
        wrap = self.look.metrics.wrap
        title = wrap(around.title, HEADING, width, 3, 600) if around.headed else []
        said = wrap(around.said, SMALL, width, 6)
        if not title and not said:
            return 0.0
        high = len(title) * HEADING_LINE + len(said) * SMALL_LINE + 6
        drawn, self.parts = self.parts, []
        y = self.lines(0, 11 - high, title, HEADING, 600, step=HEADING_LINE)
        self.lines(0, y, said, colour="quiet")
        self.parts += drawn
        return high


def icon(name: str, look: Look, colour: str = "ink") -> str:
    """An icon alone, on 24 × 24."""
    draw = Drawing(look)
    draw.icon(0, 0, name, 24, colour)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">{draw.parts[0]}</svg>'
