"""Choice: one of a few options for each item ("now", "with changes", "no"). It informs; nothing passes by
it."""

from collections.abc import Mapping

from edp_app.core.definition import ChoiceMethod
from edp_app.core.refusals import Refusal, refuse
from edp_app.core.results.chosen import choice_result
from edp_app.core.results.voted import Ballot, Json, Voted
from edp_app.core.voting.ballots import Tally
from edp_app.core.voting.plain import PlainMethod


class Choice(PlainMethod):
    """The method itself; holds nothing."""

    id = "choice"
    settings = ChoiceMethod
    part = "choice"

    def check(
        self,
        settings: ChoiceMethod,
        tally: Tally[Ballot],
        voter: str,
        item: str,
        column_of: Mapping[str, str],
        ballot: Ballot,
        *,
        funder: bool = False,
    ) -> Refusal | None:
        """``bad_value`` for an option there is not."""
        return None if any(o.id == ballot.choice for o in settings.options) else refuse("bad_value")

    def result(self, voted: Voted) -> Json:
        return choice_result(voted)


CHOICE = Choice()
