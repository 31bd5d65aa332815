"""Points: everyone divides a number of them among the items; one ballot for all items together."""

from collections.abc import Iterable, Mapping
from typing import ClassVar

from edp_app.core.definition import PointsMethod, Rule
from edp_app.core.refusals import Refusal, refuse
from edp_app.core.results.published import WHOLE_STAGE
from edp_app.core.results.spent import points_result
from edp_app.core.results.voted import Ballot, Json, Voted
from edp_app.core.voting.ballots import Tally
from edp_app.core.voting.plain import CHOSEN, About, PlainMethod


class Points(PlainMethod):
    """The method itself; holds nothing."""

    id = "points"
    settings = PointsMethod
    part = "scores"
    whole = True
    rules: ClassVar[frozenset[Rule]] = CHOSEN

    def wrong(self, settings: PointsMethod, ballot: Ballot, about: About) -> Refusal | None:
        """``unknown_item``, ``bad_value`` (none given to an item), ``cap_reached`` (``cap``),
        ``no_points_left`` (``points``: how many there are in all)."""
        for of, points in ballot.scores.items():
            if of not in about.items:
                return refuse("unknown_item", item=of)
            if points < 1:
                return refuse("bad_value", item=of)
            if settings.cap is not None and points > settings.cap:
                return refuse("cap_reached", cap=settings.cap, item=of)
        if sum(ballot.scores.values()) > settings.points:
            return refuse("no_points_left", points=settings.points)
        return None

    def left(
        self,
        settings: PointsMethod,
        tally: Tally[Ballot],
        voter: str,
        columns: Iterable[str],
        column_of: Mapping[str, str],
    ) -> dict[str, int]:
        """Points not given yet; what was given to items hidden since is free again."""
        given = tally.ballot(voter, "")[0].scores
        return {WHOLE_STAGE: settings.points - sum(n for item, n in given.items() if item in column_of)}

    def result(self, voted: Voted) -> Json:
        return points_result(voted)


POINTS = Points()
