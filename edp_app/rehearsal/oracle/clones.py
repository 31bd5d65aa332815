"""The portfolio: the Method of Equal Shares (Peters, Pierczyński & Skowron 2021), with every voter cloned
until all cells are equally large, so that the published rule needs no weights.
"""

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from edp_app.rehearsal.oracle.listing import Item, in_order, standings
from edp_app.rehearsal.oracle.question import Json
from edp_app.rehearsal.oracle.room import Room

RAISES = 1_000
STEP = Fraction(1, 100)

Paid = dict[str, dict[str, Fraction]]
"""Item to cell to what it paid, in the order in which items were chosen."""


@dataclass
class Clones:
    """The clones of one voter. They have as much and want the same as each other, so they do the same in
    every step, and are written down once, with their number."""

    number: int
    cell: str
    wants: Mapping[str, int]
    """Item to what having it is worth to each of them."""
    purse: Fraction = Fraction(0)
    """What each of them has left."""


@dataclass
class Portfolio:
    paid: Paid
    filled: list[str] = field(default_factory=list)
    budget_per_cell: Fraction | None = None
    """What each cell had in the end, in items."""

    def names(self) -> list[str]:
        return [*self.paid, *self.filled]

    def told(self) -> Json:
        chosen: list[Json] = []
        for item, by_cell in self.paid.items():
            total = sum(by_cell.values())
            chosen.append({"item": item, "backed_by": {c: float(n / total) for c, n in by_cell.items() if n}})
        told: Json = {"chosen": chosen + [{"item": item, "filled": True} for item in self.filled]}
        return (
            told | {"budget_per_cell": float(self.budget_per_cell)}
            if self.budget_per_cell  # without a place there is nothing to share
            else told
        )


def portfolio(room: Room, items: list[Item], given: Mapping[str, Mapping[str, int]]) -> Portfolio:
    """``given``: voter to item to how much it is worth to that voter, above nothing; everybody who voted."""
    standing = standings(items, "balanced", room.question.seed)
    wanted = {voter: {i: n for i, n in sheet.items() if i in standing} for voter, sheet in given.items()}
    clones = cloned(room, wanted)
    if not clones:
        return Portfolio({})
    places = room.question.passes
    supported = {item for sheet in wanted.values() for item in sheet}
    order = in_order(standing)
    paid, budget = raised(clones, places, min(places, len(supported)), order)
    rest = [item for item in order if item in supported and item not in paid]
    cells = {one.cell for one in clones}
    return Portfolio(paid, rest[: places - len(paid)], budget / len(cells))


def cloned(room: Room, wanted: Mapping[str, Mapping[str, int]]) -> list[Clones]:
    """Everybody who voted, so often that each cell has as many; also who wants nothing."""
    cells = {cell.id: sorted(cell.voters.intersection(wanted)) for cell in room.cells}
    equal = math.lcm(*(len(voters) for voters in cells.values() if voters))
    return [
        Clones(equal // len(voters), cell, wanted[voter])
        for cell, voters in cells.items()
        for voter in voters
    ]


def raised(clones: list[Clones], places: int, enough: int, order: list[str]) -> tuple[Paid, Fraction]:
    """The last result that fits, and its budget: it is raised step by step until enough is chosen."""
    kept: tuple[Paid, Fraction] = {}, Fraction(places)
    for step in range(RAISES + 1):
        budget = places * (1 + step * STEP)
        paid = equal_shares(clones, budget, order)
        if len(paid) > places:
            break
        kept = paid, budget
        if len(paid) == enough:
            break
    return kept


def equal_shares(clones: list[Clones], budget: Fraction, order: list[str]) -> Paid:
    """What is chosen when the budget is shared out equally among all clones. Every item costs 1;
    of those that cost as little, the first in ``order`` is taken."""
    everybody = sum(one.number for one in clones)
    for one in clones:
        one.purse = budget / everybody
    open_items = {item for one in clones for item in one.wants}
    paid: Paid = {}
    while True:
        rates = {item: _rate(clones, item) for item in open_items}
        affordable = {item: rate for item, rate in rates.items() if rate is not None}
        if not affordable:
            return paid
        lowest = min(affordable.values())
        best = next(item for item in order if affordable.get(item) == lowest)
        open_items.remove(best)
        paid[best] = _pay(clones, best, lowest)


def _rate(clones: list[Clones], item: str) -> Fraction | None:
    """The lowest price of a unit of what an item is worth, at which its supporters have its cost together:
    each pays so much for each unit, or all that is left. None where all that they have is too little."""
    supporters = [one for one in clones if one.wants.get(item)]
    if sum(one.number * one.purse for one in supporters) < 1:
        return None
    # Whoever pays all that is left pays no more than the others would for as much.
    supporters.sort(key=lambda one: one.purse / one.wants[item])
    cost, worth = Fraction(1), sum(one.number * one.wants[item] for one in supporters)
    for one in supporters:
        if one.purse * worth >= cost * one.wants[item]:
            return cost / worth
        cost -= one.number * one.purse
        worth -= one.number * one.wants[item]
    raise AssertionError("what is enough for all of it is enough")


def _pay(clones: list[Clones], item: str, rate: Fraction) -> dict[str, Fraction]:
    paid: dict[str, Fraction] = defaultdict(Fraction)
    for one in clones:
        if one.wants.get(item):
            price = min(one.purse, rate * one.wants[item])
            one.purse -= price
            paid[one.cell] += one.number * price
    return dict(paid)
