"""What a voting method is."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from edp_app.core.definition import Privacy, VoteSettings
from edp_app.core.refusals import Refusal
from edp_app.core.results.dots import Candidate

S_contra = TypeVar("S_contra", contravariant=True)
T = TypeVar("T")


class Method(Protocol[S_contra, T]):
    """One way to judge items. ``S`` is its settings, ``T`` its tally.

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

    def new_tally(self) -> T:
        """An empty tally, for a run that begins."""
        ...

    def check(
        self, settings: S_contra, tally: T, voter: str, item: str, column_of: Mapping[str, str], dots: int
    ) -> Refusal | None:
        """Why this voter may not give ``item`` this many, instead of what they gave it before; or None."""
        ...

    def standing(
        self, settings: S_contra, tally: T, voter: str, column_of: Mapping[str, str]
    ) -> dict[str, int]:
        """What of this voter's ballots counts, by item, without zeros."""
        ...

    def left(
        self, settings: S_contra, tally: T, voter: str, columns: Iterable[str], column_of: Mapping[str, str]
    ) -> dict[str, int]:
        """How much this voter has left, by column; under "" where it is for the whole stage."""
        ...

    def result(
        self,
        vote: VoteSettings,
        tally: T,
        *,
        privacy: Privacy,
        order: Sequence[str],
        columns: Sequence[str],
        candidates: Mapping[str, Candidate],
        groups: Mapping[str, str],
        paper: Collection[str],
        seed: str,
    ) -> dict[str, Any]:
        """The result as it is published, ready for JSON. See
        :func:`edp_app.core.results.dots.dots_result`."""
        ...
