"""Dots: everyone has a few to spend, and may put so many on one item as the cap allows."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from edp_app.core.definition import DotsMethod, Rule
from edp_app.core.refusals import Refusal, refuse
from edp_app.core.results.published import WHOLE_STAGE
from edp_app.core.results.spent import dots_result
from edp_app.core.results.voted import Json, Voted
from edp_app.core.voting.ballots import PARTS, Said, Tally


class DotsTally(Tally[int]):
    """A tally of dots; see :class:`edp_app.core.voting.ballots.Tally`."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__(0, int)

    def spent(self, voter: str, column_of: Mapping[str, str] | None = None, column: str = WHOLE_STAGE) -> int:
        """The dots this voter has placed: on any item, or on those in ``column_of``, or on those of one
        column."""
        if column_of is None:
            return self.amount(voter)
        whole = column == WHOLE_STAGE
        return sum(
            dots
            for item, (dots, _) in self._ballots.get(voter, {}).items()
            if item in column_of and (whole or column_of[item] == column)
        )


class Dots:
    """The method itself; holds nothing."""

    id = "dots"
    settings = DotsMethod
    whole = False
    rules: frozenset[Rule] = frozenset(("headcount", "balanced", "both", "portfolio"))

    def new_tally(self) -> DotsTally:
        return DotsTally()

    def read(self, settings: DotsMethod, said: Said) -> int | Refusal:
        """The number of dots."""
        if any(getattr(said, part, False) for part in PARTS if part != "dots"):
            return refuse("bad_message")
        return said.dots

    def write(self, ballot: int) -> Json:
        return {"dots": ballot}

    def check(
        self,
        settings: DotsMethod,
        tally: DotsTally,
        voter: str,
        item: str,
        column_of: Mapping[str, str],
        ballot: int,
        *,
        funder: bool = False,
    ) -> Refusal | None:
        """``cap_reached`` (``cap``), ``no_dots_left`` (``left``: what is not placed yet), ``bad_value``
        below 0.

        Taking dots away is always allowed. ``item`` must be in ``column_of`` unless dots are taken away.
        """
        if ballot < 0:
            return refuse("bad_value")
        more = ballot - tally.ballot(voter, item)[0]
        if more <= 0:
            return None
        if ballot > settings.cap:
            return refuse("cap_reached", cap=settings.cap)
        column = WHOLE_STAGE if settings.per == "stage" else column_of[item]
        left = self._left(settings, tally, voter, column, column_of)
        return refuse("no_dots_left", left=left) if more > left else None

    def left(
        self,
        settings: DotsMethod,
        tally: DotsTally,
        voter: str,
        columns: Iterable[str],
        column_of: Mapping[str, str],
    ) -> dict[str, int]:
        """Dots not placed yet, never below 0."""
        of = [WHOLE_STAGE] if settings.per == "stage" else columns
        return {column: self._left(settings, tally, voter, column, column_of) for column in of}

    def _left(
        self,
        settings: DotsMethod,
        tally: DotsTally,
        voter: str,
        column: str,
        column_of: Mapping[str, str],
    ) -> int:
        return max(0, settings.dots - tally.spent(voter, column_of, column))

    def standing(
        self, settings: DotsMethod, tally: DotsTally, voter: str, column_of: Mapping[str, str]
    ) -> dict[str, int]:
        """What of this voter's ballots counts, by item, without zeros.

        Nobody's dots count twice: where an item was hidden, its dots spent elsewhere, and the item shown
        again, the later ballots count first and the earlier ones as far as the dots reach.
        """
        given = ((i, dots) for i, (dots, _) in tally.given(voter).items() if dots > 0 and i in column_of)
        return _within(settings, given, column_of)

    def result(self, voted: Voted) -> Json:
        """The result, of what of each ballot counts (:meth:`standing`)."""
        method = voted.vote.method
        if not isinstance(method, DotsMethod):
            raise TypeError("no dots")
        column_of = {item: candidate.column for item, candidate in voted.candidates.items()}
        counting = {
            voter: _within(method, ((i, d) for i, d in ballot.items() if i in column_of), column_of)
            for voter, ballot in voted.ballots.items()
        }
        return dots_result(replace(voted, ballots=counting))


def _within(
    settings: DotsMethod, given: Iterable[tuple[str, int]], column_of: Mapping[str, str]
) -> dict[str, int]:
    """``given``, the latest ballot last, as far as the dots reach; the latest count first."""
    left: dict[str, int] = {}
    counting: dict[str, int] = {}
    for item, dots in reversed(list(given)):
        column = WHOLE_STAGE if settings.per == "stage" else column_of[item]
        have = left.get(column, settings.dots)
        counting[item] = min(dots, have)
        left[column] = have - counting[item]
    return {item: dots for item, dots in reversed(counting.items()) if dots > 0}


DOTS = Dots()
