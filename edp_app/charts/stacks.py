"""Bars made of pieces: what each group gave, who agrees and who does not, which answer was chosen, and who
backed what was chosen.

A piece has its colour or strength of ink, its texture, an outline and, where there is room, its figure; the
key above names it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from edp_app.charts.drawing import PAGE_WIDTH, SMALL, SMALL_LINE, Drawing
from edp_app.charts.look import Chart, Look, Mark, Speech, Table
from edp_app.charts.measure import Measure
from edp_app.charts.parts import NARROW, Key, legend, ramp, title

BAR = 17.0
THIN = 13.0
PLATE_ROOM = 6.0


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a bar: its key, its share of a full bar, what stands on it where it fits."""

    key: Key
    length: float
    said: str


@dataclass(frozen=True, slots=True)
class _Bar:
    """An item: its bar, the figure after it, words below it, a second bar with its name."""

    label: str
    pieces: tuple[_Piece, ...]
    figure: str = ""
    under: str = ""
    passes: bool = False
    second: tuple[_Piece, ...] = ()
    second_name: str = ""
    dashed: bool = False
    """There is nothing to tell by pieces: an empty bar."""


def _draw_bars(draw: Drawing, keys: Sequence[Key], bars: Sequence[_Bar], width: float) -> float:
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


def _draw_bar(draw: Drawing, bar: _Bar, x: float, y: float, room: float, width: float) -> float:
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
    draw: Drawing, pieces: Sequence[_Piece], x: float, y: float, room: float, height: float
) -> float:
    for piece in pieces:
        length = room * piece.length
        if length < 0.05:
            continue
        piece.key.fill(draw, x, y, length, height)
        icon = 15.0 if piece.key.mark and height >= BAR else 0.0
        said = draw.look.metrics.width(piece.said, SMALL, 600)
        if said + PLATE_ROOM + icon + 4 <= length:
            _label(draw, piece, x + length / 2, y + height / 2, icon)
        elif icon and icon + 4 <= length:
            draw.rect(x + length / 2 - 7, y + height / 2 - 7, 14, 14, "paper", corner=2)
            draw.icon(
                x + length / 2 - 6, y + height / 2 - 6, piece.key.mark.icon if piece.key.mark else "", 12
            )
        elif not icon and said + PLATE_ROOM <= length:
            _label(draw, piece, x + length / 2, y + height / 2, 0)
        x += length
    return x


def _label(draw: Drawing, piece: _Piece, x: float, y: float, icon: float) -> None:
    """Icon and figure on paper, their middle at ``x``, ``y``."""
    width = draw.look.metrics.width(piece.said, SMALL, 600) + 5 + icon
    height = 14.0 if icon else 12.0
    draw.rect(x - width / 2, y - height / 2, width, height, "paper", corner=2)
    if icon and piece.key.mark:
        draw.icon(x - width / 2 + 1.5, y - 6, piece.key.mark.icon, 12)
    draw.text(x + icon / 2, y + 3.8, piece.said, SMALL, 600, anchor="middle")


# ---- what each group gave


@dataclass(frozen=True, slots=True)
class GivenRow:
    """An item, its balanced figure (a share; None: too few to say) and every cell's own share; all of the
    latter count the same, so their mean is the former."""

    label: str
    balanced: float | None
    cells: Mapping[str, float]
    passes: bool = False


def by_group(
    rows: Sequence[GivenRow], marks: Mapping[str, Mark], look: Look, width: float = PAGE_WIDTH, note: str = ""
) -> Chart:
    """One bar for each item, as long as its balanced share, made of what each cell gave: its share divided
    by the number of cells. ``marks``: by key of the cell, in their order."""
    words, draw = look.wording, Drawing(look)
    keys = {cell: Key(mark.name, mark) for cell, mark in marks.items()}
    longest = max([0.01, *(sum(row.cells.values()) / max(1, len(row.cells)) for row in rows)])
    bars = []
    for row in rows:
        pieces = tuple(
            _Piece(keys[cell], share / len(row.cells) / longest, words.percent(share / len(row.cells)))
            for cell, share in row.cells.items()
        )
        told = row.balanced is not None
        bars.append(
            _Bar(
                row.label,
                pieces,
                _percent(row.balanced, words) if told else "",
                under="" if told else words.gettext("fewer than three people"),
                passes=row.passes,
                dashed=not told,
            )
        )
    y = _draw_bars(draw, list(keys.values()), bars, width)
    table = Table(
        (words.gettext("Item"), words.gettext("Every group the same"), *(m.name for m in marks.values())),
        tuple(
            (
                row.label,
                _percent(row.balanced, words),
                *(_cell(row, cell, words) for cell in marks),
            )
            for row in rows
        ),
    )
    return draw.finish(width, y, _given_said(rows, marks, words), table, note)


def _cell(row: GivenRow, cell: str, words: Speech) -> str:
    """What a cell adds to the figure of an item."""
    share = row.cells.get(cell)
    return _percent(None if share is None else share / len(row.cells), words)


def _percent(share: float | None, words: Speech) -> str:
    return "–" if share is None else words.percent(share, 1)


def _given_said(rows: Sequence[GivenRow], marks: Mapping[str, Mark], words: Speech) -> str:
    ranked = sorted((row for row in rows if row.cells), key=lambda row: -(row.balanced or 0))
    if not ranked:
        return words.gettext("There is no figure for any item.")
    first = ranked[0]
    cell, share = max(first.cells.items(), key=lambda pair: pair[1])
    return words.gettext(
        "What each group gave, every group counting the same: first is “%(item)s” with %(figure)s, most "
        "strongly backed by %(group)s (%(share)s of its own).",
        item=first.label,
        figure=_percent(first.balanced, words),
        group=marks[cell].name,
        share=words.percent(share),
    )


# ---- agree, pass, disagree


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinions:
    """How many people agreed with an item, how many disagreed, and how many have no opinion."""

    agree: int
    disagree: int
    no_opinion: int


@dataclass(frozen=True, slots=True)
class OpinionRow:
    """What people think of an item; None: too few to say."""

    label: str
    people: Opinions | None
    passes: bool = False


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the answers: how it is drawn, and how many people of an item gave it."""

    key: Key
    of: Callable[[Opinions], int]


def _sides(words: Speech) -> tuple[_Side, ...]:
    """The answers as they stand in a bar, from left to right."""
    gettext = words.gettext
    return (
        _Side(Key(gettext("agree"), None, 0.82), lambda people: people.agree),
        _Side(Key(gettext("no opinion"), None, 0.04), lambda people: people.no_opinion),
        _Side(Key(gettext("disagree"), None, 0.3, "rising"), lambda people: people.disagree),
    )


def opinions(rows: Sequence[OpinionRow], look: Look, width: float = PAGE_WIDTH, note: str = "") -> Chart:
    """Who agrees, has no opinion and disagrees with each item, in people; every bar is of the same
    length."""
    words, draw = look.wording, Drawing(look)
    gettext, sides = words.gettext, _sides(words)
    bars, body = [], []
    for row in rows:
        people = row.people
        told = () if people is None else tuple((side.key, side.of(people)) for side in sides)
        bars.append(
            _Bar(
                row.label,
                _people(told, words),
                passes=row.passes,
                dashed=people is None,
                under="" if people else gettext("fewer than three people"),
            )
        )
        body.append((row.label, *([words.number(n) for _, n in told] or ["–"] * len(sides))))
    y = _draw_bars(draw, [side.key for side in sides], bars, width)
    alt = gettext("There is no figure for any item.")
    for row in rows:
        if row.people is not None:
            alt = gettext(
                "How many people agree with each item. “%(item)s”: %(agree)s agree, %(passed)s have no "
                "opinion, %(disagree)s disagree.",
                item=row.label,
                agree=words.number(row.people.agree),
                passed=words.number(row.people.no_opinion),
                disagree=words.number(row.people.disagree),
            )
            break
    table = Table((gettext("Item"), *(side.key.name for side in sides)), tuple(body))
    return draw.finish(width, y, alt, table, note)


def _people(told: Sequence[tuple[Key, int]], words: Speech) -> tuple[_Piece, ...]:
    """Pieces as long as so many people are of all; what nobody said has none."""
    of = max(1, sum(n for _, n in told))
    return tuple(_Piece(key, n / of, words.number(n)) for key, n in told if n)


# ---- one of several answers


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """How many people chose each option (in their order; None: too few to say), and how many of those who
    speak for a funding institution, where they stand apart."""

    label: str
    counts: tuple[int, ...] | None
    funders: tuple[int, ...] | None = None


def choice(
    rows: Sequence[ChoiceRow], options: Sequence[str], look: Look, width: float = PAGE_WIDTH, note: str = ""
) -> Chart:
    """For each item the answers chosen, in people; what funders chose stands in a thin bar of its own."""
    words, draw = look.wording, Drawing(look)
    gettext, keys = words.gettext, ramp(options)
    funders = any(row.funders for row in rows)
    bars, body = [], []
    for row in rows:
        apart = row.funders or ()
        bars.append(
            _Bar(
                row.label,
                _people(list(zip(keys, row.counts or (), strict=False)), words),
                second=_people(list(zip(keys, apart, strict=False)), words),
                second_name=gettext("Funders") if row.funders else "",
                dashed=not row.counts,
                under="" if row.counts else gettext("fewer than three people"),
            )
        )
        body.append(_choice_line(row.label, row.counts, len(options), words))
        if row.funders:
            body.append(_choice_line(f"{row.label} – {gettext('Funders')}", row.funders, len(options), words))
    y = _draw_bars(draw, keys, bars, width)
    alt = _choice_said(rows, options, words)
    if funders:
        apart_said = gettext("Answers of those who speak for a funding institution stand apart.")
        alt = f"{alt} {apart_said}"
    return draw.finish(width, y, alt, Table((gettext("Item"), *options), tuple(body)), note)


def _choice_line(label: str, counts: Sequence[int] | None, many: int, words: Speech) -> tuple[str, ...]:
    return (label, *((words.number(n) for n in counts) if counts else ("–",) * many))


def _choice_said(rows: Sequence[ChoiceRow], options: Sequence[str], words: Speech) -> str:
    told = next((row for row in rows if row.counts), None)
    if told is None or told.counts is None:
        return words.gettext("There is no figure for any item.")
    most = max(range(len(options)), key=lambda place: told.counts[place])  # type: ignore[index]
    return words.gettext(
        "Which answer people chose for each item. “%(item)s”: most chose “%(option)s” "
        "(%(count)s of %(all)s).",
        item=told.label,
        option=options[most],
        count=words.number(told.counts[most]),
        all=words.number(sum(told.counts)),
    )


# ---- who backed what was chosen


@dataclass(frozen=True, slots=True)
class BackedRow:
    """A chosen item and which part of it each cell paid, 1 in all; empty: it filled a place that was left."""

    label: str
    backed_by: Mapping[str, float]


def portfolio(
    rows: Sequence[BackedRow],
    marks: Mapping[str, Mark],
    look: Look,
    width: float = PAGE_WIDTH,
    note: str = "",
) -> Chart:
    """The chosen priorities, and who backed each of them."""
    words, draw = look.wording, Drawing(look)
    gettext = words.gettext
    keys = {cell: Key(mark.name, mark) for cell, mark in marks.items()}
    filled = gettext("fills a place that was left, by the count in which every group counts the same")
    measure, bars, body = Measure(), [], []
    for row in rows:
        pieces = tuple(
            _Piece(keys[cell], share, measure.written(share, words, digits=0))
            for cell, share in row.backed_by.items()
        )
        bars.append(_Bar(row.label, pieces, under=_backers(row, marks, words) or filled, dashed=not pieces))
        figures = (words.percent(row.backed_by[cell]) if cell in row.backed_by else "–" for cell in marks)
        body.append((row.label, *figures, gettext("yes") if not pieces else gettext("no")))
    y = _draw_bars(draw, list(keys.values()), bars, width)
    said = [gettext("%(n)s priorities were chosen.", n=words.number(len(rows)))]
    said += [f"“{row.label}”: {_backers(row, marks, words) or filled}." for row in rows[:2]]
    table = Table((gettext("Item"), *(m.name for m in marks.values()), gettext("Fills a place")), tuple(body))
    return draw.finish(width, y, " ".join(said), table, note)


def _backers(row: BackedRow, marks: Mapping[str, Mark], words: Speech) -> str:
    """ "Backed by: a 60%, b 40%", the strongest first; empty where it filled a place."""
    backed = sorted(row.backed_by.items(), key=lambda pair: -pair[1])
    listed = ", ".join(
        f"{marks[cell].name} {words.percent(share)}" for cell, share in backed if share >= 0.005
    )
    return words.gettext("Backed by: %(groups)s", groups=listed) if listed else ""
