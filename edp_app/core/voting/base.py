"""What a voting method is."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol, TypeVar

from edp_app.core.definition import Rule
from edp_app.core.refusals import Refusal
from edp_app.core.results.voted import Json, Voted
from edp_app.core.voting.ballots import Said

S = TypeVar("S", contravariant=True)
B = TypeVar("B")
T = TypeVar("T")


class Method(Protocol[S, B, T]):
    """One way to judge items. ``S`` is its settings, ``B`` what a ballot is, ``T`` its tally (a
    :class:`edp_app.core.voting.ballots.Tally` of ``B``).

    ``column_of`` is everywhere the mapping from item to column of the candidates that stand *now*, without
    the hidden ones: what was put on a hidden item does not count and may be spent again.
    """

    @property
    def id(self) -> str:
        """The name of the method in format files and results."""
        ...

    @property
    def settings(self) -> type:
        """The type of its settings in :mod:`edp_app.core.definition`."""
        ...

    @property
    def whole(self) -> bool:
        """Whether there is one ballot for all items together, under the item ""."""
        ...

    @property
    def rules(self) -> frozenset[Rule]:
        """The rules that can decide; none where nothing passes."""
        ...

    def new_tally(self) -> T:
        """An empty tally, for a run that begins."""
        ...

    def read(self, settings: S, said: Said) -> B | Refusal:
        """What was said, as a ballot; ``bad_message`` where it is not said as this method does."""
        ...

    def write(self, ballot: B) -> Json:
        """The fields of a ballot as they stand in commands, events and views."""
        ...

    def check(
        self,
        settings: S,
        tally: T,
        voter: str,
        item: str,
        column_of: Mapping[str, str],
        ballot: B,
        *,
        funder: bool = False,
    ) -> Refusal | None:
        """Why this voter may not judge ``item`` so, instead of how they did before; or None. A ballot that
        says nothing is not asked about. ``funder``: they speak for a funding institution."""
        ...

    def left(
        self, settings: S, tally: T, voter: str, columns: Iterable[str], column_of: Mapping[str, str]
    ) -> dict[str, int]:
        """How much this voter has left, by column; under "" where it is for the whole stage; empty where
        nothing is spent."""
        ...

    def result(self, voted: Voted) -> Json:
        """The result as it is published, ready for JSON. Pure; may take seconds in a big room."""
        ...


AnyMethod = Method[Any, Any, Any]
