"""The voting methods: their settings, the check of a ballot, the running tally, the result.

A method is one module and its place in :data:`METHODS`. The kind ``vote`` knows methods only through
:class:`edp_app.core.voting.base.Method`.
"""

from typing import Any

from edp_app.core.voting.base import Method
from edp_app.core.voting.dots import DOTS

METHODS: tuple[Method[Any, Any], ...] = (DOTS,)


def method_for(settings: object) -> Method[Any, Any]:
    """The method that these settings belong to. Raises LookupError for settings of no method."""
    for method in METHODS:
        if type(settings) is method.settings:
            return method
    raise LookupError(type(settings).__name__)
