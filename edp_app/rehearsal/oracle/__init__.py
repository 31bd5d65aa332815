"""What a vote's result should have been: every figure worked out again, slowly and with exact fractions, from
the ballots alone. It shares no code with ``core``; the specification is the same, so that a mistake in the
rules does not agree with itself.
"""

from edp_app.rehearsal.oracle.publish import publish
from edp_app.rehearsal.oracle.question import Question

__all__ = ["Question", "publish"]
