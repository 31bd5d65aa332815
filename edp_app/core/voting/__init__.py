"""The voting methods: their settings, the check of a ballot, the running tally, the result.

A method is one module and its place in :data:`METHODS`. The kind ``vote`` knows methods only through
:class:`edp_app.core.voting.base.Method`.
"""

from edp_app.core.voting.agree import AGREE
from edp_app.core.voting.base import AnyMethod
from edp_app.core.voting.choice import CHOICE
from edp_app.core.voting.criteria import AXES, CRITERIA
from edp_app.core.voting.dots import DOTS
from edp_app.core.voting.points import POINTS
from edp_app.core.voting.ranking import RANKING

METHODS: tuple[AnyMethod, ...] = (DOTS, POINTS, AGREE, CRITERIA, AXES, CHOICE, RANKING)


def method_for(settings: object) -> AnyMethod:
    """The method that these settings belong to. Raises LookupError for settings of no method."""
    for method in METHODS:
        if type(settings) is method.settings:
            return method
    raise LookupError(type(settings).__name__)
