"""What the result of a vote is computed from, settled when it closed: nothing in here changes any more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import msgspec

from edp_app.core.definition import Privacy, Rule, VoteSettings

Json = dict[str, Any]


class Ballot(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one voter says of one item, or of all together. Which part is filled depends on the method.
    ``signed``: the voter's name may stand beside the reason; no figure depends on it."""

    choice: str = ""
    scores: dict[str, int] = {}
    order: tuple[str, ...] = ()
    reason: str = ""
    signed: bool = False

    def __bool__(self) -> bool:
        return bool(self.choice or self.scores or self.order)


class Candidate(msgspec.Struct, frozen=True):
    """An item that was voted on. ``title`` is None where it was hidden since: it keeps its figures, not its
    words."""

    column: str
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Who was in a run when it closed, and what may be told of them.

    ``order`` and ``territories``: the ids of the definition's. ``groups`` and ``sides``: whom everybody spoke
    for, and for which territory. ``funders``: who speaks for a funding institution. ``paper``: the voters
    whose sheets somebody typed in, among whom nobody's vote is hidden (see
    :mod:`edp_app.core.results.cells`). ``seed``: see :func:`edp_app.core.results.cut.lot`.
    """

    privacy: Privacy
    order: Sequence[str]
    groups: Mapping[str, str]
    seed: str
    paper: frozenset[str] = frozenset()
    territories: Sequence[str] = ()
    sides: Mapping[str, str] = field(default_factory=dict)
    funders: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Voted(Room):
    """A run of a vote, closed.

    ``columns``: those of the gather stage. ``candidates``: every item whose ballots count, in the order they
    came in. ``ballots``: voter to item (or "") to what they said; what they said of other items does not
    count. ``weights``: of the criteria that count, summing to 1. ``before``: item to what an earlier round
    had published of it. The order of voters does not matter.
    """

    vote: VoteSettings
    columns: Sequence[str]
    candidates: Mapping[str, Candidate]
    ballots: Mapping[str, Mapping[str, Any]]
    weights: Mapping[str, Fraction] = field(default_factory=dict)
    weights_agreed: bool = False
    before_run: str = ""
    before: Mapping[str, Json] = field(default_factory=dict)

    @property
    def judges(self) -> list[str]:
        """Who said anything of an item that counts, by methods with a ballot for each item."""
        return [v for v, given in self.ballots.items() if any(item in self.candidates for item in given)]

    @property
    def rule(self) -> Rule:
        """The rule that decides: without groups there is nothing to balance."""
        return "headcount" if self.privacy == "headcount" else self.vote.rule
