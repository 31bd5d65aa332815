"""The portfolio of a vote, as it is published: what equal shares choose, and which cells backed it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from edp_app.core.results.cut import balanced, listed
from edp_app.core.results.portfolio import Portfolio, portfolio
from edp_app.core.results.published import Json, present
from edp_app.core.results.shares import Counted


@dataclass(frozen=True, slots=True)
class Backed:
    """A portfolio and the items in it, in the order in which they were chosen."""

    found: Portfolio
    items: tuple[str, ...]

    def published(self) -> Json:
        """Ready for JSON."""
        chosen = [
            present(
                item=c.item,
                backed_by=dict(c.backed_by) if c.backed_by else None,
                filled=c.backed_by is None or None,
            )
            for c in self.found.chosen
        ]
        return present(chosen=chosen, budget_per_cell=self.found.endowment or None)


def backed(
    counted: Sequence[Counted],
    given: Mapping[str, Mapping[str, int]],
    cell_of: Mapping[str, str],
    passes: int,
    seed: str,
) -> Backed:
    """Equal shares on cells; ties, and what fills up, by the balanced count. ``given``: voter to item to
    points."""
    order = [c.item for c in listed(counted, balanced, seed) if c.given]
    found = portfolio(given, cell_of, order=order, budget=passes)
    return Backed(found, tuple(c.item for c in found.chosen))
