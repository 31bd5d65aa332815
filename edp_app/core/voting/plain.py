"""What the methods have in common whose ballots are anything but a number of dots."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Mapping
from typing import Any, ClassVar, NamedTuple

from edp_app.core.definition import Rule
from edp_app.core.refusals import Refusal
from edp_app.core.results.voted import Ballot, Json
from edp_app.core.voting.ballots import Said, Tally, ballot_of, fields_of

RANKED: frozenset[Rule] = frozenset(("headcount", "balanced", "both"))
CHOSEN: frozenset[Rule] = frozenset((*RANKED, "portfolio"))


class About(NamedTuple):
    """What a ballot is checked against: the items that stand now, and whether the voter speaks for a funding
    institution."""

    items: Collection[str]
    funder: bool


class PlainMethod(ABC):
    """One ballot for each item, made of :attr:`part`. The methods override what they do differently, and say
    what is :meth:`wrong`."""

    id: ClassVar[str] = ""
    part: ClassVar[str] = ""
    whole: ClassVar[bool] = False
    rules: ClassVar[frozenset[Rule]] = frozenset()

    def new_tally(self) -> Tally[Ballot]:
        return Tally(Ballot(), bool)

    def read(self, settings: Any, said: Said) -> Ballot | Refusal:
        """What was said as a ballot; ``bad_message``, ``text_too_long``, ``bad_text``."""
        asks = {name: bool(getattr(settings, name, False)) for name in ("reason", "may_sign")}
        return ballot_of(said, self.part, **asks)

    def write(self, ballot: Ballot) -> Json:
        return fields_of(ballot)

    def check(
        self,
        settings: Any,
        tally: Tally[Ballot],
        voter: str,
        item: str,
        column_of: Mapping[str, str],
        ballot: Ballot,
        *,
        funder: bool = False,
    ) -> Refusal | None:
        """What is :meth:`wrong` with it, whatever was said before."""
        return self.wrong(settings, ballot, About(column_of.keys(), funder))

    @abstractmethod
    def wrong(self, settings: Any, ballot: Ballot, about: About) -> Refusal | None:
        """Why nobody may say this, or None."""

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
