"""What stands on the pages: the read model arranged into sections, with its charts drawn.

The templates only set what is prepared here; they decide nothing about what may be said.
"""

import base64
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from edp_app import charts
from edp_app.charts import Chart, CountRow, ShareRow
from edp_app.report import contested, sentences, ties
from edp_app.report.contents import (
    Column,
    Entry,
    Gathering,
    GroupCount,
    Listing,
    QuestionResult,
    Report,
    Row,
    Vote,
)
from edp_app.report.cover import relief_map
from edp_app.report.wording import Look

CHART_ROWS = 10
"""More items than these are left to the table: a chart is read at a glance or not at all."""

BLOCK_CHART = 275
"""Width of a block's chart, in units of drawing; the text stands beside it."""

ANSWERS_CHART = 226
"""Width of the chart of one question's answers, in the same units."""

BLOCK_WORDS, BLOCK_FACTS, BLOCK_LINE = 258.0, 470.0, 17.0
"""The measure of a block's words beside the chart, that of its facts below, and a line of both, in the same
units."""

BLOCK_MOST = 310.0
"""The height from which a block may be cut: a third of a page."""
MATRIX_HEIGHT, MATRIX_HEADING = 210.0, 19.0
"""Millimetres that the matrix has on its page, and what each row of it needs beside its items."""

MATRIX_LINE, MATRIX_GAP = 4.05, 1.2
"""Millimetres of a line of the matrix, and between two items."""

MATRIX_TYPE, MATRIX_ROOM = 12.25, 232.0
"""Size and measure of the matrix's text, in the units of the charts."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How densely page one is set, and how much of each list it shows."""

    size: str
    passing: int
    disagreeing: int
    firsts: int


FITS = (
    Fit("roomy", 5, 4, 6),
    Fit("close", 7, 4, 6),
    Fit("tight", 10, 4, 4),
    Fit("tight", 10, 2, 4),
    Fit("tight", 10, 2, 0),
    Fit("tight", 8, 2, 0),
    Fit("tight", 6, 2, 0),
    Fit("tight", 5, 1, 0),
    Fit("tight", 3, 1, 0),
)
"""From the most generous. What was decided gives way last."""


def fits_for(decision: Vote | None) -> list[Fit]:
    """The settings in the order in which they are tried: first those that show all that passed."""
    passing = len(decision.through) if decision and not decision.per_column else 0
    return sorted(FITS, key=lambda fit: fit.passing < passing)


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """A quadrant: the items that have room in it, first the ones with most support."""

    name: str
    total: int
    rows: tuple[tuple[str, str, str, bool], ...]
    """Rank (empty where nothing was voted), title, dots (empty), whether it passed."""
    more: int


@dataclass(frozen=True, slots=True)
class Block:
    """One ranked item with everything that belongs to it."""

    rank: str
    row: Row
    title: str
    places: Sequence[str]
    tie: str
    doubt: str
    """What the warning sign at its title stands for; empty where there is none."""
    chart: Chart | None
    shares: str
    tall: bool
    """So tall that it may be cut between its parts: kept whole, it could leave a third of a page empty."""


@dataclass(frozen=True, slots=True)
class PeopleBar:
    """A group in the table of who took part. Lengths from 0 to 1; ``icon`` is an address."""

    group: GroupCount
    icon: Markup
    colour: str
    length: float
    expected: float | None


def uri(chart: Chart) -> Markup:
    """The drawing as an address of its own: nothing is fetched for it."""
    return _address(chart.svg)


def _address(svg: str) -> Markup:
    return Markup("data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode())  # noqa: S704


def context(report: Report, look: Look) -> dict[str, Any]:
    """Everything that the templates name, but for the density of page one (see :data:`FITS`)."""
    words = look.wording
    decision = report.decision
    return {
        "report": report,
        "words": words,
        "say": sentences,
        "contested": contested,
        "ties": ties,
        "sign": _address(charts.icon("warning", look, "warn")),
        "uri": uri,
        "cover": relief_map(report.groups, look),
        "decision": decision,
        "firsts": _firsts(report, decision),
        "disagreements": _disagreements(decision, look),
        "people": _people(report, look),
        "gatherings": [_gathering(report, gathering, look) for gathering in report.gatherings],
        "blocks": _blocks(decision, look) if decision and not decision.per_column else [],
        "decision_chart": _decision_chart(decision, look),
        "chart_rows": _chart_rows(decision),
        "apart": contested.furthest_apart(decision, 3) if decision else [],
        "left_out": _left_out(decision) if decision else [],
        "differing": contested.differing(decision) if decision else [],
        "questionnaires": [
            (one, [(question, _answers(question, look), _texts(question)) for question in one.questions])
            for one in report.questionnaires
        ],
        "goals": _goals(decision),
        "digest": [report.digest[at : at + 8] for at in range(0, len(report.digest), 8)],
    }


def _firsts(report: Report, decision: Vote | None) -> list[tuple[str, Row, Vote]]:
    """What each column of an earlier vote says first."""
    found = []
    for vote in report.votes:
        if vote.last and vote is not decision and vote.per_column:
            for listing in vote.listings:
                if listing.rows and listing.rows[0].dots and listing.rows[0].title:
                    found.append((listing.name, listing.rows[0], vote))
    return found


def _disagreements(decision: Vote | None, look: Look) -> list[str]:
    """Who disagrees with what was decided, in sentences: groups whose first choice did not pass, then items
    that stand elsewhere by the other count."""
    if decision is None or not decision.by_groups:
        return []
    words = look.wording
    said = [contested.first_choice(choice, words) for choice in _left_out(decision)]
    return said + [contested.difference(row, decision, words) for row in contested.differing(decision)]


def _left_out(decision: Vote) -> list[contested.FirstChoice]:
    return [
        choice
        for listing in decision.listings
        for choice in contested.first_choices_left_out(decision, listing)
    ]


def _people(report: Report, look: Look) -> list[PeopleBar]:
    largest = max([1, *(max(group.people, group.expected or 0) for group in report.groups)])
    return [
        PeopleBar(
            group=group,
            icon=_address(charts.icon(group.mark.icon, look)),
            colour=look.colour(group.mark.colour),
            length=group.people / largest,
            expected=None if group.expected is None else group.expected / largest,
        )
        for group in report.groups
    ]


def _count_row(row: Row, look: Look) -> CountRow:
    return CountRow(
        label=sentences.title_of(row, look.wording),
        headcount=row.headcount,
        rank_headcount=row.rank_headcount,
        balanced=row.balanced,
        rank_balanced=row.rank_balanced,
        passes=row.passes,
        doubtful=bool(sentences.doubt(row, look.wording)),
    )


def _chart_rows(decision: Vote | None) -> list[Row]:
    """The items that are drawn in the overview."""
    if decision is None or decision.per_column:
        return []
    return [row for row in decision.rows if row.dots][:CHART_ROWS]


def _decision_chart(decision: Vote | None, look: Look) -> Chart | None:
    rows = [_count_row(row, look) for row in _chart_rows(decision)]
    return charts.two_counts(rows, look, decision.rule) if decision and rows else None


def _blocks(decision: Vote, look: Look) -> list[Block]:
    words = look.wording
    scale = max([0.01, *(share for row in decision.rows for _, share in row.shares)])
    blocks = []
    for row in decision.rows:
        if not row.dots or row.entry is None:
            continue
        chart = None
        if len(row.shares) > 1 and row.balanced is not None and row.passes:
            marks = [ShareRow(cell.mark, share, cell.voters) for cell, share in row.shares]
            chart = charts.shares(marks, row.balanced, look, BLOCK_CHART, scale)
        places, tie = sentences.places(row, decision, words), contested.tie(row, decision, words)
        doubt = sentences.doubt(row, words)
        blocks.append(
            Block(
                rank=words.number(sentences.rank_of(row, decision)),
                row=row,
                title=sentences.title_of(row, words),
                places=places,
                tie=tie,
                doubt=doubt,
                chart=chart,
                tall=_height(row.entry, [*places, tie, doubt], chart, look) > BLOCK_MOST,
                shares=_shares(row, look),
            )
        )
    return blocks


def _shares(row: Row, look: Look) -> str:
    """How each cell spent its dots, on a line; nothing where there is but one cell."""
    if len(row.shares) < 2:
        return ""
    return " · ".join(f"{cell.mark.name} {look.wording.percent(share)}" for cell, share in row.shares)


def _height(entry: Entry, said: Sequence[str], chart: Chart | None, look: Look) -> float:
    """About how tall an item's block stands, in units of drawing."""

    def lines(text: str, measure: float) -> int:
        return sum(len(look.metrics.wrap(line, charts.SIZE, measure, 99)) for line in text.split("\n"))

    beside = BLOCK_WORDS if chart else BLOCK_FACTS
    told = [*said, *(f"{name} {text}" for name, text in entry.fields)]
    facts = [f"{link.title} ({link.column}, 000)" for link in entry.links]
    facts.append(" · ".join(goal.name for goal in entry.goals))
    facts.append(" ".join(one.title for one in entry.merged))
    words = sum(lines(text, beside) for text in told) * BLOCK_LINE
    below = sum(lines(text, BLOCK_FACTS) for text in facts) * BLOCK_LINE
    return 60 + max(words, chart.height + BLOCK_LINE if chart else 0) + below


def _goals(decision: Vote | None) -> list[tuple[str, int]]:
    """The goals that what passed names, with how many name each."""
    counted: dict[str, int] = {}
    order: dict[str, int] = {}
    for row in decision.through if decision else ():
        for goal in row.entry.goals if row.entry else ():
            counted[goal.name] = counted.get(goal.name, 0) + 1
            order[goal.name] = goal.n
    return [(f"{order[name]} {name}", counted[name]) for name in sorted(counted, key=order.__getitem__)]


def _answers(question: QuestionResult, look: Look) -> Chart | None:
    if not question.scale or question.mean is None:
        return None
    return charts.answers(question.counts, question.mean, question.low, question.high, look, ANSWERS_CHART)


def _texts(question: QuestionResult) -> list[tuple[str, int]]:
    """Each text once, with how many people wrote just that, in the order in which they first came."""
    return list(Counter(text.strip() for text in question.texts).items())


# ---- what was gathered


def _gathering(report: Report, gathering: Gathering, look: Look) -> dict[str, Any]:
    vote = report.vote_on(gathering)
    listings: Mapping[str, Listing] = (
        {listing.column: listing for listing in vote.listings} if vote and vote.per_column else {}
    )
    rows = (len(gathering.columns) + 1) // 2
    room = max(MATRIX_HEIGHT / rows - MATRIX_HEADING, 5 * MATRIX_LINE)
    ranked = [one for one in report.votes if one.of == gathering.stage and not one.few]
    return {
        "gathering": gathering,
        "size": len(gathering.entries),
        "vote": vote,
        "votes": ranked,
        "decides": vote is not None and vote is report.decision and not vote.per_column,
        "labelled": any(entry.group for entry in gathering.entries),
        "unlabelled": sentences.unlabelled(report, gathering, look.wording),
        "longest": {one.run: _longest(one) for one in ranked},
        "matrix": [
            _quadrant(column, listings.get(column.id), vote, room, look) for column in gathering.columns
        ]
        if len(gathering.columns) > 1
        else [],
    }


def _longest(vote: Vote) -> float:
    """The longest bar of a vote, against which the others are measured."""
    return max([0.01, *(max(row.headcount, row.balanced or 0) for row in vote.rows)])


def _quadrant(
    column: Column, listing: Listing | None, vote: Vote | None, room: float, look: Look
) -> MatrixColumn:
    """The items of a column that fit into ``room`` millimetres."""
    words = look.wording
    if listing and vote:
        listed = [
            (
                words.number(sentences.rank_of(row, vote)) if row.dots else "",
                sentences.title_of(row, words),
                words.number(row.dots),
                row.passes,
            )
            for row in listing.rows
        ]
    else:
        listed = [("", entry.title, "", False) for entry in column.entries]
    shown, used = 0, 0.0
    for _rank, title, _, passes in listed:
        lines = len(look.metrics.wrap(title, MATRIX_TYPE, MATRIX_ROOM, 20, 600 if passes else 400))
        used += lines * MATRIX_LINE + MATRIX_GAP
        if used > room:
            break
        shown += 1
    return MatrixColumn(column.name, len(column.entries), tuple(listed[:shown]), len(listed) - shown)
