"""Who is against what passed, also where the room as a whole was for it: the groups that are, or the one that
is least for it, by the figures that are published of them. Pure: contents and a wording in, sentences out.
"""

from collections.abc import Sequence

from edp_app.core.results.labels import LOW
from edp_app.report.contents import Cell, Row, Vote
from edp_app.report.parts import Opinions, Scored
from edp_app.report.votes import telling
from edp_app.report.why import PARTED, sides_of
from edp_app.report.wording import Wording

Figures = Sequence[tuple[Cell, float]]


def is_opposed(row: Row) -> bool:
    """Whether somebody is against an item, or a group is on the whole."""
    return bool(sides_of(row)["against"] or _rejecting(row))


def by_group(row: Row, vote: Vote, words: Wording) -> str:
    """The groups that are on the whole against an item; else the one that is least for it, where they are
    apart. Empty where no figures are told by group, and where every group is against it: then the room
    is."""
    rejecting = _rejecting(row)
    if len(rejecting) == len(row.by_cell):
        return ""
    if rejecting:
        named = _named(rejecting, row, vote, words)
        return words.gettext("On the whole against it: %(groups)s.", groups=named)
    if least := _least(row):
        return words.gettext("Least in favour of it: %(groups)s.", groups=_named(least, row, vote, words))
    return ""


def are_several(row: Row) -> bool:
    """Whether more than one group is against an item."""
    return len(_rejecting(row)) > 1


def _told(row: Row) -> Figures:
    """The figures by group; none where all stand together in one cell."""
    return row.by_cell if len(row.by_cell) > 1 else ()


def _rejecting(row: Row) -> Figures:
    """Groups whose mean is low, or of which more disagree than agree; the least favourable first."""
    if isinstance(row.part, Scored):
        found = [(cell, mean) for cell, mean in _told(row) if mean <= float(LOW)]
    elif isinstance(row.part, Opinions):
        counts = {cell.id: answers for cell, answers in row.part.by_cell}
        found = [
            (cell, share)
            for cell, share in _told(row)
            if cell.id in counts and counts[cell.id][1] > counts[cell.id][0]
        ]
    else:
        found = []
    return sorted(found, key=lambda one: one[1])


def _least(row: Row) -> Figures:
    """The group with the lowest figure, or those that share it, where the highest is not next to it."""
    figures = [figure for _, figure in _told(row)]
    if not figures or not isinstance(row.part, (Scored, Opinions)):
        return ()
    apart = PARTED if isinstance(row.part, Scored) else PARTED / 4  # a score has four steps, a share is one
    low = min(figures)
    if max(figures) - low < apart:
        return ()
    return [(cell, figure) for cell, figure in _told(row) if figure == low]


def _named(figures: Figures, row: Row, vote: Vote, words: Wording) -> str:
    listing, method = vote.listing_of(row), telling(vote)
    told = [f"{cell.mark.name} ({method.in_cell(figure, listing, words)})" for cell, figure in figures]
    return words.listed(told)
