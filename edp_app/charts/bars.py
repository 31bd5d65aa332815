"""Bars made of pieces, one for each item, with the key above them.

A piece has its colour or strength of ink, its texture, an outline and, where there is room, its figure.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from edp_app.charts.drawing import SMALL, SMALL_LINE, Drawing
from edp_app.charts.parts import NARROW, Key, legend, title

BAR = 17.0
THIN = 13.0
PLATE_ROOM = 6.0


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar: its key, its share of a full bar, what stands on it where it fits."""

    key: Key
    length: float
    said: str


@dataclass(frozen=True, slots=True)
class Bar:
    """An item: its bar, the figure after it, words below it, a second bar with its name."""

    label: str
    pieces: tuple[Piece, ...]
    figure: str = ""
    under: str = ""
    passes: bool = False
    second: tuple[Piece, ...] = ()
    second_name: str = ""
    dashed: bool = False
    """There is nothing to tell by pieces: an empty bar."""


def draw_bars(draw: Drawing, keys: Sequence[Key], bars: Sequence[Bar], width: float) -> float:
    """All of it; returns how high it is."""
    stacked = width < NARROW
    tick = 18.0 if any(bar.passes for bar in bars) else 0.0
    after = [(bar.figure, 600) for bar in bars] + [(bar.second_name, 400) for bar in bars]
    figure_room = 8 + max([0.0, *(draw.look.metrics.width(words, SMALL, weight) for words, weight in after)])
    label_width = width - tick if stacked else width * 0.36
    bar_x = tick if stacked else tick + label_width + 12
    room = width - bar_x - figure_room
    y = legend(draw, keys, 2, width) + 4
    for index, bar in enumerate(bars):
        if index:
            draw.line(0, y, width, y, "line")
        if bar.passes:
            draw.tick(2, y + 11)
        words = title(draw, bar.label, tick, y + 13, label_width, strong=bar.passes)
        top = y + words + 9 if stacked else y + 4
        foot = _draw_bar(draw, bar, bar_x, top, room, width)
        y = max(y + words + 8, foot + 6)
    return y


def _draw_bar(draw: Drawing, bar: Bar, x: float, y: float, room: float, width: float) -> float:
    """One item's bars and the words below; returns where they end."""
    if bar.dashed:
        draw.path(
            f"M{x:.1f} {y:.1f}h{room:.1f}v{BAR:.1f}h{-room:.1f}z", stroke="line-strong", width=1.0, dash="4 3"
        )
    end = _draw_pieces(draw, bar.pieces, x, y, room, BAR)
    if bar.figure:
        draw.text((x + room if bar.dashed else end) + 7, y + 12.5, bar.figure, SMALL, 600)
    y += BAR
    if bar.second_name:
        _draw_pieces(draw, bar.second, x, y + 3, room, THIN)
        draw.text(x + room + 7, y + 13.5, bar.second_name, SMALL, colour="quiet")
        y += 3 + THIN
    if bar.under:
        lines = draw.look.metrics.wrap(bar.under, SMALL, width - x, 6)
        y = draw.lines(x, y + 13, lines, colour="quiet") - SMALL_LINE + 3
    return y


def _draw_pieces(
    draw: Drawing, pieces: Sequence[Piece], x: float, y: float, room: float, height: float
) -> float:
    for piece in pieces:
        length = room * piece.length
        if length < 0.05:
            continue
        piece.key.fill(draw, x, y, length, height)
        icon = 15.0 if piece.key.mark and height >= BAR else 0.0
        said = draw.look.metrics.width(piece.said, SMALL, 600)
        if said + PLATE_ROOM + (icon + 4 if icon else 0) <= length:
            _label(draw, piece, x + length / 2, y + height / 2, icon)
        elif said + PLATE_ROOM <= length:
            _label(draw, piece, x + length / 2, y + height / 2, 0)
        elif icon and piece.key.mark and icon + 4 <= length:
            draw.rect(x + length / 2 - 7, y + height / 2 - 7, 14, 14, "paper", corner=2)
            draw.icon(x + length / 2 - 6, y + height / 2 - 6, piece.key.mark.icon, 12)
        x += length
    return x


def _label(draw: Drawing, piece: Piece, x: float, y: float, icon: float) -> None:
    """Icon and figure on paper, their middle at ``x``, ``y``."""
    width = draw.look.metrics.width(piece.said, SMALL, 600) + 5 + icon
    height = 14.0 if icon else 12.0
    draw.rect(x - width / 2, y - height / 2, width, height, "paper", corner=2)
    if icon and piece.key.mark:
        draw.icon(x - width / 2 + 1.5, y - 6, piece.key.mark.icon, 12)
    draw.text(x + icon / 2, y + 3.8, piece.said, SMALL, 600, anchor="middle")
