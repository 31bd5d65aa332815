"""What was gathered, on one page: each column's items, the ones with most support first."""

from dataclasses import dataclass

from edp_app.report import asking, sentences
from edp_app.report.contents import Column, Gathering, Listing, Vote
from edp_app.report.wording import Look

MATRIX_HEIGHT, MATRIX_HEADING = 210.0, 19.0
"""Millimetres that the matrix has on its page, and what each row of it needs beside its items."""

MATRIX_LINE, MATRIX_GAP = 4.05, 1.2
"""Millimetres of a line of the matrix, and between two items."""

MATRIX_TYPE, MATRIX_ROOM = 12.25, 232.0
"""Size and measure of the matrix's text, in the units of the charts."""

ASKED_ROOM, ASKED_GAP = 540.0, 3.0
"""Measure of the question above the matrix, in the same units, and millimetres below it."""


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """A quadrant: the items that have room in it, first the ones with most support."""

    name: str
    prompt: str
    total: int
    rows: tuple[tuple[str, str, str, bool], ...]
    """Rank (empty where nothing was voted), title, dots (empty), whether it passed."""
    more: int


def matrix(gathering: Gathering, vote: Vote | None, look: Look) -> list[MatrixColumn]:
    """The quadrants; none where there is but one column. ``vote``: the one by which items are in order."""
    if len(gathering.columns) < 2:
        return []
    by_column = {one.column: one for one in vote.listings} if vote and vote.per_column else {}
    rows = (len(gathering.columns) + 1) // 2
    question = asking.of_gathering(gathering, look.wording)
    above = _lines(question, look, ASKED_ROOM) * MATRIX_LINE + ASKED_GAP if question else 0.0
    room = max((MATRIX_HEIGHT - above) / rows - MATRIX_HEADING, 5 * MATRIX_LINE)
    return [_quadrant(column, by_column.get(column.id), vote, room, look) for column in gathering.columns]


def _lines(text: str, look: Look, measure: float, weight: int = 400) -> int:
    return len(look.metrics.wrap(text, MATRIX_TYPE, measure, 20, weight))


def _quadrant(
    column: Column, listing: Listing | None, vote: Vote | None, room: float, look: Look
) -> MatrixColumn:
    """The items of a column that fit into ``room`` millimetres."""
    words = look.wording
    if listing and vote:
        listed = [
            (
                words.number(sentences.rank_of(row, vote) or 0) if row.given else "",
                sentences.title_of(row, words),
                words.number(row.given),
                row.passes,
            )
            for row in listing.rows
        ]
    else:
        listed = [("", entry.title, "", False) for entry in column.entries]
    shown = 0
    used = _lines(column.prompt, look, MATRIX_ROOM) * MATRIX_LINE + MATRIX_GAP if column.prompt else 0.0
    for _rank, title, _, passes in listed:
        used += _lines(title, look, MATRIX_ROOM, 600 if passes else 400) * MATRIX_LINE + MATRIX_GAP
        if used > room:
            break
        shown += 1
    left = len(listed) - shown
    return MatrixColumn(column.name, column.prompt, len(column.entries), tuple(listed[:shown]), left)
