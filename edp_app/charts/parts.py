"""Parts that several pictures are made of: keys, titles of items, scales."""

from collections.abc import Sequence
from dataclasses import dataclass

from edp_app.charts.drawing import LINE, SIZE, SMALL, SMALL_LINE, Drawing
from edp_app.charts.look import Look, Mark
from edp_app.charts.measure import HIGHEST

NARROW = 400.0
"""Drawings narrower than this put words above what they name, not beside it."""

SWATCH = 20.0


@dataclass(frozen=True, slots=True)
class Key:
    """What one kind of area means: a group (``mark``), or an answer in ink of this strength (0 to 1)."""

    name: str
    mark: Mark | None = None
    ink: float = 1.0
    texture: str = "plain"

    def fill(self, draw: Drawing, x: float, y: float, width: float, height: float) -> None:
        """An area of this kind."""
        if self.mark is not None:
            draw.area(self.mark, x, y, width, height)
            return
        draw.rect(x, y, width, height, "paper")
        draw.rect(x, y, width, height, "ink", opacity=self.ink)
        draw.grain(self.texture, x, y, width, height, "paper" if self.ink > 0.5 else "ink")
        draw.path(f"M{x:.1f} {y:.1f}h{width:.1f}v{height:.1f}h{-width:.1f}z", stroke="ink", width=0.8)


def ramp(names: Sequence[str]) -> list[Key]:
    """Keys for answers in an order: from dark to light, every other one with a texture."""
    last = max(1, len(names) - 1)
    textures = ("plain", "rising", "plain", "dots", "plain", "falling", "plain", "level")
    return [
        Key(name, None, round(0.82 - 0.78 * place / last, 3), textures[place % len(textures)])
        for place, name in enumerate(names)
    ]


def legend(draw: Drawing, keys: Sequence[Key], y: float, width: float, x: float = 0.0) -> float:
    """The keys in as few lines as they need, the first from ``y`` down; returns where they end."""
    metrics, at, tallest = draw.look.metrics, x, 0.0
    for key in keys:
        icon = 17.0 if key.mark else 0.0
        head = SWATCH + 5 + icon
        lines = metrics.wrap(key.name, SMALL, width - x - head, 2)
        room = head + max((metrics.width(line, SMALL) for line in lines), default=0.0)
        if at > x and at + room > width:
            y, at, tallest = y + tallest + 4, x, 0.0
        key.fill(draw, at, y + 1.5, SWATCH, 11)
        if key.mark:
            draw.icon(at + SWATCH + 4, y - 0.5, key.mark.icon)
        draw.lines(at + head, y + 11, lines)
        tallest = max(tallest, len(lines) * SMALL_LINE + 1)
        at += room + 16
    return y + tallest + 5 if keys else y


def title(draw: Drawing, words: str, x: float, y: float, width: float, *, strong: bool = False) -> float:
    """An item's title in at most three lines, the first with its foot at ``y``; returns its height."""
    weight = 600 if strong else 400
    lines = draw.look.metrics.wrap(words, SIZE, width, 3, weight)
    draw.lines(x, y, lines, SIZE, weight, step=LINE)
    return (max(1, len(lines)) - 1) * LINE + 11


def longest_word(texts: Sequence[str], look: Look, size: float = SMALL, weight: int = 400) -> float:
    """How wide the widest single word of these texts is."""
    return max(
        (look.metrics.width(word, size, weight) for text in texts for word in text.split()), default=0.0
    )


def score_scale(draw: Drawing, x: float, y: float, width: float, height: float) -> None:
    """Lines at 1 to 5 over this area, with their figures above it."""
    for step in range(1, HIGHEST + 1):
        at = x + width * (step - 1) / (HIGHEST - 1)
        draw.line(at, y, at, y + height, "line")
        anchor = "start" if step == 1 else "end" if step == HIGHEST else "middle"
        draw.text(at, y - 4, str(step), SMALL, colour="quiet", anchor=anchor)
