"""What the methods have in common whose ballots are anything but a number of dots."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from edp_app.core.definition import Rule
from edp_app.core.refusals import Refusal
from edp_app.core.results.voted import Ballot, Json
from edp_app.core.voting.ballots import Said, Tally, ballot_of, fields_of

RANKED: frozenset[Rule] = frozenset(("headcount", "balanced", "both"))
CHOSEN: frozenset[Rule] = frozenset((*RANKED, "portfolio"))


class PlainMethod:
    """One ballot for each item, made of :attr:`part`. The methods override what they do differently."""

    id: ClassVar[str] = ""
    part: ClassVar[str] = ""
    whole: ClassVar[bool] = False
    rules: ClassVar[frozenset[Rule]] = frozenset()

    def new_tally(self) -> Tally[Ballot]:
        return Tally(Ballot(), bool)

    def read(self, settings: Any, said: Said) -> Ballot | Refusal:
        """What was said as a ballot; ``bad_message``, ``text_too_long``, ``bad_text``."""
        return ballot_of(said, self.part, reason=bool(getattr(settings, "reason", False)))

    def write(self, ballot: Ballot) -> Json:
        return fields_of(ballot)

    def left(
        self,
        settings: Any,
        tally: Tally[Ballot],
        voter: str,
        columns: Iterable[str],
        column_of: Mapping[str, str],
    ) -> dict[str, int]:
        """Nothing is spent."""
        return {}
