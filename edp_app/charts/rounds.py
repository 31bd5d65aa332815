"""What a second round has changed: for each item where it stood before and where it stands now."""

from collections.abc import Sequence
from dataclasses import dataclass

from edp_app.charts.around import ALONE, Around
from edp_app.charts.drawing import PAGE_WIDTH, SMALL, Drawing
from edp_app.charts.look import Chart, Look, Speech, Table
from edp_app.charts.measure import HIGHEST, score_digits
from edp_app.charts.parts import NARROW, score_scale, title


@dataclass(frozen=True, slots=True)
class RoundRow:
    """An item's totals (None: there was no figure) and how the room stood, in words, in both rounds."""

    label: str
    before: float | None
    after: float | None
    stood: str = ""
    stands: str = ""
    passes: bool = False


def before_and_after(
    rows: Sequence[RoundRow], look: Look, width: float = PAGE_WIDTH, around: Around = ALONE
) -> Chart:
    """Two marks for each item on a scale from 1 to 5, joined by a line: a light one before, a dark one
    now."""
    words, draw = look.wording, Drawing(look)
    digits = score_digits([f for row in rows for f in (row.before, row.after) if f is not None])
    stacked = width < NARROW
    tick = 18.0 if any(row.passes for row in rows) else 0.0
    label_width = width - tick if stacked else width * 0.4
    scale_x = tick if stacked else tick + label_width + 16
    figures = max((look.metrics.width(_change(row, words, digits), SMALL, 600) for row in rows), default=0.0)
    room = width - scale_x - figures - 22
    y = _key(draw, scale_x, words) + 6
    if not stacked:
        height = sum(_height(draw, row, label_width, width - scale_x, stacked=False) for row in rows)
        score_scale(draw, scale_x, y + 14, room, height)
        y += 14
    for index, row in enumerate(rows):
        if index:
            draw.line(0, y, width, y, "line")
        if row.passes:
            draw.tick(2, y + 11)
        deep = title(draw, row.label, tick, y + 13, label_width, strong=row.passes)
        top = y + deep + 4 if stacked else y
        if stacked:
            score_scale(draw, scale_x, top + 14, room, 14)
            top += 14
        _marks(draw, row, scale_x, top + 9, room)
        draw.text(scale_x + room + 14, top + 13, _change(row, words, digits), SMALL, 600)
        lines = look.metrics.wrap(_standing(row, words), SMALL, width - scale_x, 2)
        draw.lines(scale_x, top + 29, lines, colour="quiet", cleared=True)
        y += _height(draw, row, label_width, width - scale_x, stacked=stacked)
    return draw.finish(width, y, _said(rows, words, digits), _table(rows, words, digits), around)


def _height(draw: Drawing, row: RoundRow, label_width: float, room: float, *, stacked: bool) -> float:
    """How high an item stands."""
    metrics, words = draw.look.metrics, draw.look.wording
    titles = len(metrics.wrap(row.label, 12.25, label_width, 3, 600 if row.passes else 400))
    deep = (max(1, titles) - 1) * 14.5 + 11
    below = 13.0 * len(metrics.wrap(_standing(row, words), SMALL, room, 2))
    beside = 20 + below + 4
    return deep + 18 + beside if stacked else max(deep + 10, beside)


def _key(draw: Drawing, x: float, words: Speech) -> float:
    draw.circle(x + 5, 8, 4.2, "paper", "ink", 1.4)
    draw.text(x + 15, 12, words.gettext("before"), SMALL, colour="quiet")
    at = x + 15 + draw.look.metrics.width(words.gettext("before"), SMALL) + 20
    draw.circle(at, 8, 4.6, "ink")
    draw.text(at + 10, 12, words.gettext("now"), SMALL, colour="quiet")
    return 16.0


def _marks(draw: Drawing, row: RoundRow, x: float, y: float, room: float) -> None:
    def at(figure: float) -> float:
        return x + room * (figure - 1) / (HIGHEST - 1)

    if row.before is not None and row.after is not None:
        draw.line(at(row.before), y, at(row.after), y, "ink", 2.2)
    if row.before is not None:
        draw.circle(at(row.before), y, 4.2, "paper", "ink", 1.4)
    if row.after is not None:
        draw.circle(at(row.after), y, 4.6, "ink")


def _written(figure: float | None, words: Speech, digits: int) -> str:
    return "–" if figure is None else words.number(figure, digits)


def _change(row: RoundRow, words: Speech, digits: int) -> str:
    return f"{_written(row.before, words, digits)} → {_written(row.after, words, digits)}"


def _standing(row: RoundRow, words: Speech) -> str:
    if not row.stood and not row.stands:
        return ""
    if row.stood == row.stands:
        return words.gettext("still: %(label)s", label=row.stands)
    return f"{row.stood or '–'} → {row.stands or '–'}"


def _said(rows: Sequence[RoundRow], words: Speech, digits: int) -> str:
    moved = [row for row in rows if row.before is not None and row.after is not None]
    if not moved:
        return words.gettext("There is no figure for any item.")
    most = max(moved, key=lambda row: abs((row.after or 0) - (row.before or 0)))
    settled = sum(row.stood != row.stands for row in rows)
    first = words.gettext(
        "The second round beside the first: “%(item)s” moved most, from %(before)s to %(after)s.",
        item=most.label,
        before=words.number(most.before or 0, digits),
        after=words.number(most.after or 0, digits),
    )
    second = words.ngettext(
        "%(num)s item is judged otherwise than before.",
        "%(num)s items are judged otherwise than before.",
        settled,
    )
    return f"{first} {second}"


def _table(rows: Sequence[RoundRow], words: Speech, digits: int) -> Table:
    gettext = words.gettext
    head = (
        gettext("Item"),
        gettext("Total before"),
        gettext("Total now"),
        gettext("The room before"),
        gettext("The room now"),
    )
    return Table(
        head,
        tuple(
            (
                row.label,
                _written(row.before, words, digits),
                _written(row.after, words, digits),
                row.stood or "–",
                row.stands or "–",
            )
            for row in rows
        ),
    )
