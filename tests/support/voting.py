"""Votes as tests write them down: what a result is computed from, in the fewest words."""

from collections.abc import Mapping
from typing import Any

from edp_app.core.definition import DotsMethod, VoteSettings
from edp_app.core.results.spent import dots_result
from edp_app.core.results.voted import Voted


def dots_published(
    *, method: DotsMethod, rule: Any, passes: int, ballots: Mapping[str, Mapping[str, int]], **room: Any
) -> dict[str, Any]:
    """The published result of a vote with dots."""
    vote = VoteSettings(of="x", method=method, rule=rule, passes=passes)
    return dots_result(Voted(vote=vote, ballots=ballots, **room))
