"""What a ballot says, and how the latest ones of a run are kept."""

from collections.abc import Callable
from typing import Any, Generic, Protocol, TypeVar

import msgspec

from edp_app.core.refusals import Refusal, refuse
from edp_app.core.results.voted import Ballot
from edp_app.core.text import clean_lines

REASON_LENGTH = 300
"""The longest reason in characters."""

AGAINST = "disagree"
"""The answer that may be signed, where the method lets people sign."""

PARTS = ("dots", "choice", "scores", "order", "reason", "signed")
"""What a ballot may be made of; each method uses one of the first four."""


class Said(Protocol):
    """A command, an event or a line of a sheet with the parts of a ballot."""

    @property
    def dots(self) -> int: ...
    @property
    def choice(self) -> str: ...
    @property
    def scores(self) -> dict[str, int]: ...
    @property
    def order(self) -> list[str]: ...
    @property
    def reason(self) -> str: ...


def ballot_of(said: Said, part: str, *, reason: bool = False, may_sign: bool = False) -> Ballot | Refusal:
    """What was said as a ballot that uses ``part`` and, where the method asks for it, a reason, whose text is
    cleaned. ``bad_message`` where anything else is filled; ``text_too_long``, ``bad_text``. A reason alone is
    no ballot. Signed is a reason alone, and against: a signature that has nothing to stand beside, as after
    a change of mind, is none."""
    allowed = {part} | ({"reason"} if reason else set()) | ({"signed"} if reason and may_sign else set())
    # A sheet of paper cannot be signed.
    if any(getattr(said, name, False) for name in PARTS if name not in allowed):
        return refuse("bad_message")
    if not getattr(said, part):
        return Ballot()
    text = clean_lines(said.reason, REASON_LENGTH) if said.reason else ""
    if isinstance(text, Refusal):
        return text
    signed = getattr(said, "signed", False) and said.choice == AGAINST and bool(text)
    return Ballot(
        choice=said.choice, scores=dict(said.scores), order=tuple(said.order), reason=text, signed=signed
    )


def fields_of(ballot: Ballot) -> dict[str, Any]:
    """The filled parts of a ballot, as they stand in commands, events and views."""
    built: dict[str, Any] = msgspec.to_builtins(ballot)
    return built | {"order": list(ballot.order)} if ballot.order else built


B = TypeVar("B")


class Tally(Generic[B]):
    """Everyone's ballots of one run, the latest of each person and item, with their revisions.

    Knows no limits: it keeps what the log says. Changed by :meth:`cast` only. ``weigh`` tells how much a
    ballot is: 0 for one that says nothing; whoever has given anything has voted.
    """

    __slots__ = ("_ballots", "_cast", "_nothing", "_voters", "_weigh")

    def __init__(self, nothing: B, weigh: Callable[[B], int]) -> None:
        # voter -> item -> (ballot, revision), the ballot cast last at the end
        self._ballots: dict[str, dict[str, tuple[B, int]]] = {}
        self._cast: dict[str, int] = {}
        self._voters = 0
        self._nothing, self._weigh = nothing, weigh

    def cast(self, voter: str, item: str, ballot: B, revision: int) -> None:
        """Replace this voter's ballot on this item; one that says nothing takes it back, and the revision is
        kept."""
        given = self._ballots.setdefault(voter, {})
        before = given.pop(item, (self._nothing, 0))[0]
        given[item] = (ballot, revision)
        had = self._cast.get(voter, 0)
        has = had - self._weigh(before) + self._weigh(ballot)
        self._cast[voter] = has
        self._voters += (has > 0) - (had > 0)

    def given(self, voter: str) -> dict[str, tuple[B, int]]:
        """This voter's ballots as they were cast: item to (ballot, revision), also those taken back by
        now."""
        return dict(self._ballots.get(voter, {}))

    def ballot(self, voter: str, item: str) -> tuple[B, int]:
        """This ballot and its revision; the one that says nothing and 0 if there is none."""
        return self._ballots.get(voter, {}).get(item, (self._nothing, 0))

    def revision(self, voter: str, item: str) -> int:
        """The revision of this ballot, 0 if there is none."""
        return self.ballot(voter, item)[1]

    def changes(self, voter: str) -> int:
        """How often any ballot of this voter was cast or changed: the revision of all of them together."""
        return sum(revision for _, revision in self._ballots.get(voter, {}).values())

    def amount(self, voter: str) -> int:
        """How much this voter has given in all, on hidden items, too."""
        return self._cast.get(voter, 0)

    def has_voted(self, voter: str) -> bool:
        """Whether this voter has given anything to any item, hidden ones included."""
        return self._cast.get(voter, 0) > 0

    def voters(self) -> int:
        """How many people have given anything to any item, hidden ones included. Costs nothing."""
        return self._voters

    def who(self) -> list[str]:
        """The people :meth:`voters` counts, in the order of their first ballot."""
        return [voter for voter, given in self._cast.items() if given > 0]

    def ballots(self) -> dict[str, dict[str, B]]:
        """Everyone's ballots as they were cast, without those that say nothing; a voter's latest ballot
        stands last."""
        weigh = self._weigh
        return {v: {i: said for i, (said, _) in b.items() if weigh(said)} for v, b in self._ballots.items()}
