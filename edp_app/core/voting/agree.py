"""Agree, disagree or pass, on each item; where the stage asks for it with one line that says why."""

from typing import ClassVar

from edp_app.core.definition import AgreeMethod, Rule
from edp_app.core.refusals import Refusal, refuse
from edp_app.core.results.chosen import AGREE as ANSWERS
from edp_app.core.results.chosen import agree_result
from edp_app.core.results.voted import Ballot, Json, Voted
from edp_app.core.voting.plain import CHOSEN, About, PlainMethod


class Agree(PlainMethod):
    """The method itself; holds nothing."""

    id = "agree"
    settings = AgreeMethod
    part = "choice"
    rules: ClassVar[frozenset[Rule]] = CHOSEN

    def wrong(self, settings: AgreeMethod, ballot: Ballot, about: About) -> Refusal | None:
        """``bad_value`` for an answer there is not."""
        return None if ballot.choice in ANSWERS else refuse("bad_value")

    def result(self, voted: Voted) -> Json:
        return agree_result(voted)


AGREE = Agree()
