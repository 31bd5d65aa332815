"""Criteria: a score from 1 to 5 on each of a few weighted criteria, or "don't know"; and one reason."""

from typing import ClassVar

from edp_app.core.definition import AxesMethod, CriteriaMethod, Rule
from edp_app.core.refusals import Refusal, refuse
from edp_app.core.results.rated import STEPS
from edp_app.core.results.scores import axes_result, criteria_result
from edp_app.core.results.voted import Ballot, Json, Voted
from edp_app.core.voting.plain import RANKED, About, PlainMethod


class Criteria(PlainMethod):
    """The method itself; holds nothing. A score of 0 is "don't know"."""

    id = "criteria"
    settings = CriteriaMethod
    part = "scores"
    rules: ClassVar[frozenset[Rule]] = RANKED

    def wrong(self, settings: CriteriaMethod, ballot: Ballot, about: About) -> Refusal | None:
        """``bad_value`` for a score outside 0 to 5 or a criterion there is not; ``incomplete`` where a
        criterion is left out; ``not_allowed`` where somebody answers what only funders are asked."""
        asked = {c.id for c in settings.criteria if not c.beside}
        besides = {c.id for c in settings.criteria if c.beside}
        if refusal := _check_scores(ballot, asked, asked | besides):
            return refusal
        if not about.funder and besides & ballot.scores.keys():
            return refuse("not_allowed")
        return None

    def result(self, voted: Voted) -> Json:
        return criteria_result(voted)


class Axes(PlainMethod):
    """Two axes: each item is placed on both, from 1 to 5, or "don't know"."""

    id = "axes"
    settings = AxesMethod
    part = "scores"

    def wrong(self, settings: AxesMethod, ballot: Ballot, about: About) -> Refusal | None:
        """``bad_value``, ``incomplete`` as for criteria."""
        asked = {settings.x.id, settings.y.id}
        return _check_scores(ballot, asked, asked)

    def result(self, voted: Voted) -> Json:
        return axes_result(voted)


def _check_scores(ballot: Ballot, asked: set[str], known: set[str]) -> Refusal | None:
    if not ballot.scores.keys() <= known or any(not 0 <= s <= STEPS for s in ballot.scores.values()):
        return refuse("bad_value")
    return None if asked <= ballot.scores.keys() else refuse("incomplete")


CRITERIA = Criteria()
AXES = Axes()
