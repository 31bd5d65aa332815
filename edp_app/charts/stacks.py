"""What stands in bars made of pieces: what each group gave, who agrees and who does not, which answer was
chosen, and who backed what was chosen.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from edp_app.charts.around import ALONE, Around
from edp_app.charts.bars import Bar, Piece, draw_bars
from edp_app.charts.drawing import PAGE_WIDTH, Drawing
from edp_app.charts.look import Chart, Look, Mark, Speech, Table
from edp_app.charts.measure import Measure
from edp_app.charts.parts import Key, ramp

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
    rows: Sequence[GivenRow], marks: Mapping[str, Mark], spent: str, look: Look, width: float = PAGE_WIDTH,
    around: Around = ALONE,
) -> Chart:  # fmt: skip
    """One bar for each item, as long as its balanced share, made of a piece for each cell: it tells the
    share of what the cell itself gave, and is as long as that divided by the number of cells. ``marks``: by
    key of the cell, in their order; ``spent``: dots or points."""
    words, draw = look.wording, Drawing(look)
    keys = {cell: Key(mark.name, mark) for cell, mark in marks.items()}
    longest = max([0.01, *(sum(row.cells.values()) / max(1, len(row.cells)) for row in rows)])
    bars = []
    for row in rows:
        pieces = tuple(
            Piece(keys[cell], share / len(row.cells) / longest, words.percent(share))
            for cell, share in row.cells.items()
        )
        told = row.balanced is not None
        bars.append(
            Bar(
                row.label,
                pieces,
                _percent(row.balanced, words) if told else "",
                under="" if told else words.gettext("fewer than three people"),
                passes=row.passes,
                dashed=not told,
            )
        )
    y = draw_bars(draw, list(keys.values()), bars, width)
    table = Table(
        (
            words.gettext("Item"),
            words.gettext("Every group the same"),
            *(_own(mark.name, spent, words) for mark in marks.values()),
        ),
        tuple(
            (
                row.label,
                _percent(row.balanced, words),
                *(_percent(row.cells.get(cell), words) for cell in marks),
            )
            for row in rows
        ),
    )
    return draw.finish(width, y, _given_said(rows, marks, words), table, around)


def _own(group: str, spent: str, words: Speech) -> str:
    if spent == "points":
        return words.gettext("%(group)s: share of its own points", group=group)
    return words.gettext("%(group)s: share of its own dots", group=group)


def _percent(share: float | None, words: Speech) -> str:
    return "–" if share is None else words.percent(share, 1)


def _given_said(rows: Sequence[GivenRow], marks: Mapping[str, Mark], words: Speech) -> str:
    ranked = sorted((row for row in rows if row.cells), key=lambda row: -(row.balanced or 0))
    if not ranked:
        return words.gettext("There is no figure for any item.")
    first = ranked[0]
    cell, share = max(first.cells.items(), key=lambda pair: pair[1])
    return words.gettext(
        "First is “%(item)s” with %(figure)s, most strongly backed by %(group)s (%(share)s of its own).",
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


def opinions(
    rows: Sequence[OpinionRow], look: Look, width: float = PAGE_WIDTH, around: Around = ALONE
) -> Chart:
    """Who agrees, has no opinion and disagrees with each item, in people; every bar is of the same
    length."""
    words, draw = look.wording, Drawing(look)
    gettext, sides = words.gettext, _sides(words)
    bars, body = [], []
    for row in rows:
        people = row.people
        told = () if people is None else tuple((side.key, side.of(people)) for side in sides)
        bars.append(
            Bar(
                row.label,
                _people(told, words),
                passes=row.passes,
                dashed=people is None,
                under="" if people else gettext("fewer than three people"),
            )
        )
        body.append((row.label, *([words.number(n) for _, n in told] or ["–"] * len(sides))))
    y = draw_bars(draw, [side.key for side in sides], bars, width)
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
    return draw.finish(width, y, alt, table, around)


def _people(told: Sequence[tuple[Key, int]], words: Speech) -> tuple[Piece, ...]:
    """Pieces as long as so many people are of all; what nobody said has none."""
    of = max(1, sum(n for _, n in told))
    return tuple(Piece(key, n / of, words.number(n)) for key, n in told if n)


# ---- one of several answers


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """How many people chose each option (in their order; None: too few to say), and how many of those who
    speak for a funding institution, where they stand apart."""

    label: str
    counts: tuple[int, ...] | None
    funders: tuple[int, ...] | None = None


def choice(
    rows: Sequence[ChoiceRow],
    options: Sequence[str],
    look: Look,
    width: float = PAGE_WIDTH,
    around: Around = ALONE,
) -> Chart:
    """For each item the answers chosen, in people; what funders chose stands in a thin bar of its own."""
    words, draw = look.wording, Drawing(look)
    gettext, keys = words.gettext, ramp(options)
    funders = any(row.funders for row in rows)
    bars, body = [], []
    for row in rows:
        apart = row.funders or ()
        bars.append(
            Bar(
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
    y = draw_bars(draw, keys, bars, width)
    alt = _choice_said(rows, options, words)
    if funders:
        apart_said = gettext("Answers of those who speak for a funding institution stand apart.")
        alt = f"{alt} {apart_said}"
    return draw.finish(width, y, alt, Table((gettext("Item"), *options), tuple(body)), around)


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
    around: Around = ALONE,
) -> Chart:
    """The chosen priorities, and who backed each of them."""
    words, draw = look.wording, Drawing(look)
    gettext = words.gettext
    keys = {cell: Key(mark.name, mark) for cell, mark in marks.items()}
    filled = gettext("fills a place that was left, by the count in which every group counts the same")
    measure, bars, body = Measure(), [], []
    for row in rows:
        pieces = tuple(
            Piece(keys[cell], share, measure.written(share, words, digits=0))
            for cell, share in row.backed_by.items()
        )
        bars.append(Bar(row.label, pieces, under=_backers(row, marks, words) or filled, dashed=not pieces))
        figures = (words.percent(row.backed_by[cell]) if cell in row.backed_by else "–" for cell in marks)
        body.append((row.label, *figures, gettext("yes") if not pieces else gettext("no")))
    y = draw_bars(draw, list(keys.values()), bars, width)
    said = [gettext("%(n)s priorities were chosen.", n=words.number(len(rows)))]
    said += [f"“{row.label}”: {_backers(row, marks, words) or filled}." for row in rows[:2]]
    table = Table((gettext("Item"), *(m.name for m in marks.values()), gettext("Fills a place")), tuple(body))
    return draw.finish(width, y, " ".join(said), table, around)


def _backers(row: BackedRow, marks: Mapping[str, Mark], words: Speech) -> str:
    """ "Backed by: a 60%, b 40%", the strongest first; empty where it filled a place."""
    backed = sorted(row.backed_by.items(), key=lambda pair: -pair[1])
    listed = ", ".join(
        f"{marks[cell].name} {words.percent(share)}" for cell, share in backed if share >= 0.005
    )
    return words.gettext("Backed by: %(groups)s", groups=listed) if listed else ""
