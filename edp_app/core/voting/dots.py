"""Dots: everyone has a few to spend, and may put so many on one item as the cap allows."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from edp_app.core.definition import DotsMethod, Privacy, VoteSettings
from edp_app.core.refusals import Refusal, refuse
from edp_app.core.results.dots import WHOLE_STAGE, Candidate, as_json, dots_result


class DotsTally:
    """Everyone's ballots of one run, the latest of each person and item, with their revisions.

    Knows no limits: it keeps what the log says. Changed by :meth:`cast` only.
    """

    __slots__ = ("_ballots", "_cast", "_voters")

    def __init__(self) -> None:
        # voter -> item -> (dots, revision), the ballot cast last at the end
        self._ballots: dict[str, dict[str, tuple[int, int]]] = {}
        self._cast: dict[str, int] = {}
        self._voters = 0

    def cast(self, voter: str, item: str, dots: int, revision: int) -> None:
        """Replace this voter's ballot on this item; 0 dots take it back, and the revision is kept."""
        ballot = self._ballots.setdefault(voter, {})
        before = ballot.pop(item, (0, 0))[0]
        ballot[item] = (dots, revision)
        had = self._cast.get(voter, 0)
        has = had - before + dots
        self._cast[voter] = has
        self._voters += (has > 0) - (had > 0)

    def given(self, voter: str) -> dict[str, tuple[int, int]]:
        """This voter's ballots as they were cast: item to (dots, revision), also where the dots are 0 by
        now."""
        return dict(self._ballots.get(voter, {}))

    def revision(self, voter: str, item: str) -> int:
        """The revision of this ballot, 0 if there is none."""
        return self._ballots.get(voter, {}).get(item, (0, 0))[1]

    def dots(self, voter: str, item: str) -> int:
        """The dots of this voter on this item."""
        return self._ballots.get(voter, {}).get(item, (0, 0))[0]

    def spent(self, voter: str, column_of: Mapping[str, str] | None = None, column: str = WHOLE_STAGE) -> int:
        """The dots this voter has placed: on any item, or on those in ``column_of``, or on those of one
        column."""
        if column_of is None:
            return self._cast.get(voter, 0)
        ballot = self._ballots.get(voter, {})
        whole = column == WHOLE_STAGE
        return sum(
            dots
            for item, (dots, _) in ballot.items()
            if item in column_of and (whole or column_of[item] == column)
        )

    def has_voted(self, voter: str) -> bool:
        """Whether this voter has a dot on any item, hidden ones included."""
        return self._cast.get(voter, 0) > 0

    def voters(self) -> int:
        """How many people have a dot on any item, hidden ones included. Costs nothing."""
        return self._voters

    def who(self) -> list[str]:
        """The people :meth:`voters` counts, in the order of their first ballot."""
        return [voter for voter, dots in self._cast.items() if dots > 0]

    def ballots(self) -> dict[str, dict[str, int]]:
        """Everyone's dots as they were cast, without zeros; a voter's latest ballot stands last."""
        return {v: {i: dots for i, (dots, _) in b.items() if dots > 0} for v, b in self._ballots.items()}


class Dots:
    """The method itself; holds nothing."""

    id = "dots"
    settings = DotsMethod

    def new_tally(self) -> DotsTally:
        return DotsTally()

    def check(
        self,
        settings: DotsMethod,
        tally: DotsTally,
        voter: str,
        item: str,
        column_of: Mapping[str, str],
        dots: int,
    ) -> Refusal | None:
        """``cap_reached`` (``cap``), ``no_dots_left`` (``left``: what is not placed yet), ``bad_value``
        below 0.

        Taking dots away is always allowed. ``item`` must be in ``column_of`` unless dots are taken away.
        """
        if dots < 0:
            return refuse("bad_value")
        more = dots - tally.dots(voter, item)
        if more <= 0:
            return None
        if dots > settings.cap:
            return refuse("cap_reached", cap=settings.cap)
        column = WHOLE_STAGE if settings.per == "stage" else column_of[item]
        left = self._left(settings, tally, voter, column, column_of)
        return refuse("no_dots_left", left=left) if more > left else None

    def standing(
        self, settings: DotsMethod, tally: DotsTally, voter: str, column_of: Mapping[str, str]
    ) -> dict[str, int]:
        """What of this voter's ballots counts, by item, without zeros.

        Nobody's dots count twice: where an item was hidden, its dots spent elsewhere, and the item shown
        again, the later ballots count first and the earlier ones as far as the dots reach.
        """
        given = ((i, dots) for i, (dots, _) in tally.given(voter).items() if dots > 0 and i in column_of)
        return _within(settings, given, column_of)

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

    def result(
        self,
        vote: VoteSettings,
        tally: DotsTally,
        *,
        privacy: Privacy,
        order: Sequence[str],
        columns: Sequence[str],
        candidates: Mapping[str, Candidate],
        groups: Mapping[str, str],
        paper: Collection[str],
        seed: str,
    ) -> dict[str, Any]:
        column_of = {item: candidate.column for item, candidate in candidates.items()}
        counting = {
            voter: _within(vote.method, ((i, d) for i, d in ballot.items() if i in column_of), column_of)
            for voter, ballot in tally.ballots().items()
        }
        result = dots_result(
            method=vote.method,
            rule=vote.rule,
            passes=vote.passes,
            privacy=privacy,
            order=order,
            columns=columns,
            candidates=candidates,
            ballots=counting,
            groups=groups,
            paper=paper,
            seed=seed,
        )
        return as_json(result)


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
