"""Ranking: everybody puts the items in order, the best first, as far as they like; one ballot for all
together."""

from typing import ClassVar

from edp_app.core.definition import RankingMethod, Rule
from edp_app.core.refusals import Refusal, refuse
from edp_app.core.results.ranked import ranking_result
from edp_app.core.results.voted import Ballot, Json, Voted
from edp_app.core.voting.plain import RANKED, About, PlainMethod


class Ranking(PlainMethod):
    """The method itself; holds nothing."""

    id = "ranking"
    settings = RankingMethod
    part = "order"
    whole = True
    rules: ClassVar[frozenset[Rule]] = RANKED

    def wrong(self, settings: RankingMethod, ballot: Ballot, about: About) -> Refusal | None:
        """``unknown_item``; ``bad_value`` where an item stands twice or there are more than there are
        places."""
        for of in ballot.order:
            if of not in about.items:
                return refuse("unknown_item", item=of)
        places = settings.top or len(about.items)
        if len(set(ballot.order)) < len(ballot.order) or len(ballot.order) > places:
            return refuse("bad_value")
        return None

    def result(self, voted: Voted) -> Json:
        return ranking_result(voted)


RANKING = Ranking()
