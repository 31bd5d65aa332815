"""Scores as tables: one item's criteria by both counts and by cell. Strings in one language, nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass

from edp_app.core.results.cells import JOINT
from edp_app.report.parts import Cell, Measured, Row, Vote
from edp_app.report.ties import Count
from edp_app.report.votes import criteria
from edp_app.report.wording import Wording

LETTERS = "ABCDEFGHIJKLMN"
MOST_CELLS = 6
"""More cells than these have no columns of their own."""


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """A criterion, or the total (the last line in ink). ``figures`` in the order of the table's head."""

    name: str
    weight: str
    figures: tuple[str, ...]
    flag: str
    total: bool = False
    beside: bool = False


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """``counts``: the names of both counts, the deciding one first; ``letters``: those of the cells."""

    counts: tuple[Count, ...]
    letters: tuple[str, ...]
    lines: tuple[ScoreLine, ...]


def letter(cell: Cell, vote: Vote) -> str:
    """The letter under which a cell stands in tables; several where cells stand together for an item."""
    place = {one.id: LETTERS[n] for n, one in enumerate(vote.cells)}
    return JOINT.join(place[part] for part in cell.id.split(JOINT))


def score_table(
    row: Row, vote: Vote, counts: Sequence[Count], words: Wording, *, like: Vote
) -> ScoreTable | None:
    """An item's criteria; None where it has no scores. ``like``: the vote whose letters the reader knows;
    where the cells are others, they have no columns."""
    said = row.scored
    if said is None:
        return None
    cells = list(dict.fromkeys(cell for _, measured in said.scores for cell, _ in measured.by_cell))
    cells.sort(key=lambda cell: letter(cell, vote))
    if len(cells) > MOST_CELLS or len(cells) < 2 or _groups(vote) != _groups(like):
        cells = []
    lines = []
    for criterion, measured in said.scores:
        figures = [*_counts(measured, counts, words), *_cells(dict(measured.by_cell), cells, words)]
        weight = "" if criterion.weight is None else words.percent(criterion.weight)
        flag = criteria.ones(measured, words)
        lines.append(ScoreLine(criterion.name, weight, tuple(figures), flag, beside=criterion.beside))
    lines.sort(key=lambda line: line.beside)
    if sum(bool(criterion.weight) for criterion, _ in said.scores) > 1:
        total = Measured(row.n, row.headcount, row.balanced)
        figures = [*_counts(total, counts, words), *_cells(dict(row.by_cell), cells, words)]
        counting = [line for line in lines if not line.beside]
        lines.insert(len(counting), ScoreLine(words.gettext("Total"), "", tuple(figures), "", total=True))
    return ScoreTable(tuple(counts), tuple(letter(cell, vote) for cell in cells), tuple(lines))


def _groups(vote: Vote) -> list[tuple[str, ...]]:
    return [cell.groups for cell in vote.cells]


def _counts(measured: Measured, counts: Sequence[Count], words: Wording) -> list[str]:
    values = [measured.headcount if count == "headcount" else measured.balanced for count in counts]
    return [score(value, words) for value in values]


def _cells(figures: dict[Cell, float], cells: Sequence[Cell], words: Wording) -> list[str]:
    return [score(figures.get(cell), words) for cell in cells]


def score(value: float | None, words: Wording) -> str:
    """A score as it stands in a table."""
    return "–" if value is None else words.number(value, 1)


def on_a_line(row: Row, vote: Vote, words: Wording) -> str:
    """An item's criteria by the count that decides, on a line."""
    said = row.scored
    if said is None:
        return ""
    by_heads = vote.rule == "headcount" or not vote.by_groups
    told = []
    for criterion, measured in said.scores:
        value = measured.headcount if by_heads or criterion.beside else measured.balanced
        flag = criteria.ones(measured, words)
        figure = f"{score(value, words)} ({flag})" if flag else score(value, words)
        told.append(f"{criterion.name} {figure}")
    return " · ".join(told)
