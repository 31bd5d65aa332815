"""Scores from 1 to 5 on one thing, by the cells of an item; 0 was "don't know" and is none."""

from collections.abc import Iterable
from fractions import Fraction

from edp_app.rehearsal.oracle.question import Json
from edp_app.rehearsal.oracle.room import Block, Room, key, mean_of, mean_score

Scores = dict[str, Fraction]
"""Voter to score, of those who gave one."""


def scores_on(room: Room, item: str, what: str, voters: Iterable[str] | None = None) -> Scores:
    """The valid scores on a criterion or an axis; only those of ``voters``, if given."""
    found = {}
    for voter, sheet in room.sheets.items():
        score = sheet.get(item, {}).get("scores", {}).get(what, 0)
        if score and (voters is None or voter in voters):
            found[voter] = Fraction(score)
    return found


def cell_means(room: Room, scores: Scores, blocks: list[Block]) -> dict[Block, Fraction]:
    """Of the blocks with scores."""
    means = {block: mean_score(scores, room.of(block, scores)) for block in blocks}
    return {block: mean for block, mean in means.items() if mean is not None}


def balanced(room: Room, scores: Scores, blocks: list[Block]) -> Fraction | None:
    """The mean of the means of those blocks that have scores."""
    means = cell_means(room, scores, blocks).values()
    return mean_of(means) if means else None


def summed(parts: Iterable[Fraction | None]) -> Fraction | None:
    """Never of some of the parts alone."""
    total = Fraction(0)
    for part in parts:
        if part is None:
            return None
        total += part
    return total


def told(room: Room, scores: Scores, blocks: list[Block]) -> Json:
    """How many scored, and what they come to, unless they are too few."""
    if room.too_few(scores):
        return {"n": len(scores)}
    entry: Json = {"n": len(scores), "headcount": float(mean_of(scores.values()))}
    means = cell_means(room, scores, blocks)
    if means and not room.heads_only:
        entry["balanced"] = float(mean_of(means.values()))
        entry["cells"] = {key(block): float(mean) for block, mean in means.items()}
    if territories := room.by_territory(scores, lambda there: mean_score(scores, there)):
        entry["territories"] = territories
    return entry
