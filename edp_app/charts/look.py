"""What drawing needs to know of the house (colours, icons, widths of characters, words), and what a drawing
is.

A colour is named by its token, as the style sheets name it. Every shape carries the colour of the printed
report as an attribute and the token as a class, so that the same drawing stands by itself in a PDF or a file,
and follows the page's theme where the page's style sheet knows the classes (``static/css/_picture.css``).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Generic, Protocol, TypeVar

from edp_app.charts.metrics import EXACT, Metrics, Slack


class Speech(Protocol):
    """How a picture speaks: the words, numbers and places of one language."""

    language: str

    def gettext(self, message: str, **values: object) -> str:
        """The message in this language, its blanks filled."""

    def ngettext(self, one: str, many: str, num: int, **values: object) -> str:
        """The message in the number that ``num`` asks for."""

    def number(self, value: float, digits: int = 0) -> str:
        """A number with ``digits`` decimals."""

    def percent(self, share: float, digits: int = 0) -> str:
        """A share from 0 to 1 as per cent."""

    def ordinal(self, rank: int) -> str:
        """A rank as it is read."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How a group, or several counted together, is recognised: word, icon, colour token, and a texture for
    where there is no colour (a name of :data:`edp_app.charts.textures.TEXTURES`)."""

    name: str
    icon: str
    colour: str
    texture: str = "plain"


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


Voice = TypeVar("Voice", bound=Speech, covariant=True)


@dataclass(frozen=True)
class LookOf(Generic[Voice]):
    """What drawing needs to know: colours by token name, icons by name (paths on 24 × 24), widths of
    characters. ``scale``: how large a unit of the drawing is shown, in pixels."""

    palette: Mapping[str, str]
    icons: Mapping[str, str]
    metrics: Metrics
    wording: Voice
    scale: float = 1.0

    def token(self, token: str) -> str:
        """The token itself where there is such a colour; groups without one of their own share the one called
        "other"."""
        return token if token in self.palette else "group-other"

    def colour(self, token: str) -> str:
        """A token's colour in the printed report."""
        return self.palette[self.token(token)]

    def at(self, scale: float, slack: Slack = EXACT) -> "LookOf[Voice]":
        """The same for a drawing shown so large, with ``slack`` for type that runs wider than the
        family's."""
        return replace(self, scale=scale, metrics=self.metrics.widened(slack))


Look = LookOf[Speech]


def palette(css: str) -> dict[str, str]:
    """The colours (and other tokens) that a style sheet sets for every medium, the last one of each name."""
    unconditional = re.sub(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", css)
    return {name: value.strip() for name, value in re.findall(r"--([\w-]+)\s*:\s*([^;}]+)", unconditional)}
