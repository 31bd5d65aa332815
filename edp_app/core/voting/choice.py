"""Choice: one of a few options for each item ("now", "with changes", "no"). It informs; nothing passes by
it."""

from edp_app.core.definition import ChoiceMethod
from edp_app.core.refusals import Refusal, refuse
from edp_app.core.results.chosen import choice_result
from edp_app.core.results.voted import Ballot, Json, Voted
from edp_app.core.voting.plain import About, PlainMethod


class Choice(PlainMethod):
    """The method itself; holds nothing."""

    id = "choice"
    settings = ChoiceMethod
    part = "choice"

    def wrong(self, settings: ChoiceMethod, ballot: Ballot, about: About) -> Refusal | None:
        """``bad_value`` for an option there is not."""
        return None if any(o.id == ballot.choice for o in settings.options) else refuse("bad_value")

    def result(self, voted: Voted) -> Json:
        return choice_result(voted)


CHOICE = Choice()
