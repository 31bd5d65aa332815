"""How the report tells each voting method.

A method is one module and its place in :data:`TELLINGS`; the rest of the report knows methods only through
:class:`edp_app.report.votes.base.Telling`. A contract test names a method of the rules that is missing here.
"""

from collections.abc import Mapping

from edp_app.report.parts import Vote
from edp_app.report.votes.agree import AGREE
from edp_app.report.votes.axes import AXES
from edp_app.report.votes.base import Telling
from edp_app.report.votes.choice import CHOICE
from edp_app.report.votes.criteria import CRITERIA
from edp_app.report.votes.ranking import RANKING
from edp_app.report.votes.spent import DOTS, POINTS

TELLINGS: Mapping[str, Telling] = {
    telling.id: telling for telling in (DOTS, POINTS, AGREE, CRITERIA, AXES, CHOICE, RANKING)
}


def telling(vote: Vote) -> Telling:
    """How a vote is told. Raises ``KeyError`` for a method that the report does not know."""
    return TELLINGS[vote.method]
