"""Criteria that nobody scored, or too few for a figure: then there is no total, and nothing passes."""

from edp_app.report.parts import Criterion, Vote
from edp_app.report.wording import Wording


def unscored(vote: Vote) -> tuple[list[Criterion], bool]:
    """The criteria that count and have no figure for any item; where nobody scored some of them, these alone,
    and that it is so."""
    told = [dict(row.scored.scores) for row in vote.rows if row.scored]
    if not told:
        return [], False
    lacking = [c for c in told[0] if not c.beside and c.weight and all(s[c].headcount is None for s in told)]
    untold = any(row.few for row in vote.rows)
    nobody = [c for c in lacking if not untold and not any(scores[c].n for scores in told)]
    return nobody or lacking, bool(nobody)


def no_totals(vote: Vote, words: Wording) -> str:
    """Why nothing has a total, in the words of the screen; empty where something has."""
    lacking, nobody = unscored(vote)
    if not lacking:
        return ""
    names = words.listed([words.gettext("“%(title)s”", title=criterion.name) for criterion in lacking])
    if nobody:
        return words.gettext(
            "Nobody scored %(criteria)s, so there is no total, and nothing could pass.", criteria=names
        )
    return words.gettext(
        "Too few people scored %(criteria)s, so there is no total, and nothing could pass.", criteria=names
    )
