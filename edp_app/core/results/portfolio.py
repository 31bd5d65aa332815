"""What a room funds together: the Method of Equal Shares, with every cell as strong as any other, exactly.

Dominik Peters and Piotr Skowron, *Proportionality and the Limits of Welfarism*, EC 2020,
doi:10.1145/3391403.3399465 (there called Rule X), and for points and costs Dominik Peters, Grzegorz
Pierczyński and Piotr Skowron, *Proportional Participatory Budgeting with Additive Utilities*, NeurIPS 2021,
arXiv:2008.13276. Every voter starts with the same share of the budget; an item is bought when those who gave
it points can pay for it together, each in proportion to the points given, as far as the voter's money goes.

Here every *cell* starts with the same share, divided equally among its voters, and a voter's points weigh
what the voter's share does. That is what the published rule does when each voter is cloned until all cells
are equally large.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

RAISES = 1000
"""How often endowments are raised at most, each time by a hundredth of the first one."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """An item of the portfolio. ``backed_by``: cell to the share of the cost it paid, summing to 1, cells
    that paid nothing left out; None where the item filled up what nobody had the money to pay for."""

    item: str
    backed_by: Mapping[str, Fraction] | None = None


@dataclass(frozen=True, slots=True)
class Portfolio:
    """``chosen``: in the order in which they were bought, then those that filled up."""

    chosen: tuple[Chosen, ...]
    endowment: Fraction
    """What each cell started with, in the units of the budget."""


def portfolio(
    ballots: Mapping[str, Mapping[str, int]],
    cell_of_voter: Mapping[str, str],
    *,
    order: Sequence[str],
    budget: int,
    cost: Mapping[str, int] | None = None,
) -> Portfolio:
    """The whole rule: equal shares, endowments raised while the result fits, then filled up.

    ``ballots``: voter to item to points. ``cell_of_voter``: voter to cell; voters without one have no say.
    ``order``: the items that may be chosen, best first; it settles ties and fills up. ``budget``: how many
    items may be chosen; with ``cost`` (item to a whole number above 0), what they may cost together.

    1. Equal shares with the budget as it is (:func:`equal_shares`).
    2. While something could still be bought with the rest of the budget: again from the start, with each
       endowment higher by 1 % of the first one, at most :data:`RAISES` times. The last result that costs no
       more than the budget is kept.
    3. Each item that got points and is not chosen, best first, if the rest of the budget is enough for it.

    The order of ``ballots`` does not matter.
    """
    election = _election(ballots, cell_of_voter, order, cost)
    bought, raised = _raised(election, budget)
    chosen = [_told(election, purchase) for purchase in bought]
    left = budget - sum(election.cost[purchase.item] for purchase in bought)
    taken = {purchase.item for purchase in bought}
    for n in range(len(election.items)):
        if n not in taken and election.cost[n] <= left:
            left -= election.cost[n]
            chosen.append(Chosen(election.items[n]))
    return Portfolio(tuple(chosen), _endowment(election, budget, raised))


def equal_shares(
    ballots: Mapping[str, Mapping[str, int]],
    cell_of_voter: Mapping[str, str],
    *,
    order: Sequence[str],
    budget: int,
    cost: Mapping[str, int] | None = None,
    raising: bool = False,
) -> Portfolio:
    """The first step of :func:`portfolio` alone, or with ``raising`` the first two; the arguments are the
    same.

    c cells with a voter; each starts with budget/c, and each of its n_h voters, who gave anything or not,
    with a share w = 1/n_h of that. Again and again, of the items whose supporters have enough left, the one
    with the lowest ρ is bought, where Σ min(what v has left, ρ · points of v · w_v) = cost, the sum being
    over supporters v, and each pays that. Ties go to the first in ``order``.
    """
    election = _election(ballots, cell_of_voter, order, cost)
    bought, raised = _raised(election, budget) if raising else (_buy(election, budget, 0), 0)
    return Portfolio(
        tuple(_told(election, purchase) for purchase in bought), _endowment(election, budget, raised)
    )


@dataclass(frozen=True, slots=True)
class _Election:
    """Voters and items by number. Whole numbers only: a whole cell weighs ``whole``, the lcm of cells'
    sizes."""

    items: list[str]
    """Those that anybody gave points to, best first."""
    cost: list[int]
    supporters: list[list[tuple[int, int, int]]]
    """For each item its supporters: voter, points, points × weight."""
    voters: list[list[int]]
    """For each item its supporters alone."""
    support: list[int]
    """For each item the weight of its supporters."""
    points: list[int]
    """For each item its points × weight."""
    cells: list[str]
    cell: list[int]
    """For each voter the number of the cell."""
    weight: list[int]
    whole: int


@dataclass(frozen=True, slots=True)
class _Purchase:
    item: int
    paid: tuple[int, ...]
    """By each cell, in one unit of this purchase."""


def _election(
    ballots: Mapping[str, Mapping[str, int]],
    cell_of_voter: Mapping[str, str],
    order: Sequence[str],
    cost: Mapping[str, int] | None,
) -> _Election:
    wanted = set(order)
    voters = [
        (
            cell_of_voter[voter],
            {item: points for item, points in ballot.items() if points > 0 and item in wanted},
        )
        for voter, ballot in ballots.items()
        if voter in cell_of_voter
    ]
    size = Counter(cell for cell, _ in voters)
    cells = sorted(size)
    number = {cell: n for n, cell in enumerate(cells)}
    whole = lcm(*size.values())
    weight = [whole // size[cell] for cell, _ in voters]
    supporters: dict[str, list[tuple[int, int, int]]] = {item: [] for item in order}
    for voter, (_, given) in enumerate(voters):
        for item, points in given.items():
            supporters[item].append((voter, points, points * weight[voter]))
    items = [item for item, found in supporters.items() if found]
    found = [supporters[item] for item in items]
    return _Election(
        items=items,
        cost=[1 if cost is None else cost[item] for item in items],
        supporters=found,
        voters=[[voter for voter, _, _ in of] for of in found],
        support=[sum(weight[voter] for voter, _, _ in of) for of in found],
        points=[sum(weighed for _, _, weighed in of) for of in found],
        cells=cells,
        cell=[number[cell] for cell, _ in voters],
        weight=weight,
        whole=whole,
    )


def _told(election: _Election, purchase: _Purchase) -> Chosen:
    total = sum(purchase.paid)
    paid = zip(election.cells, purchase.paid, strict=True)
    return Chosen(
        election.items[purchase.item], {cell: Fraction(share, total) for cell, share in paid if share}
    )


def _endowment(election: _Election, budget: int, raised: int) -> Fraction:
    return Fraction(budget * (100 + raised), 100 * len(election.cells)) if election.cells else Fraction(0)


def _raised(election: _Election, budget: int) -> tuple[list[_Purchase], int]:
    """What is bought with endowments raised as often as it fits, and how often that is."""
    dull = bisect_left(range(RAISES), True, key=lambda raised: not _surely_goes_on(election, budget, raised))
    raised = max(dull - 1, 0)
    kept = _buy(election, budget, raised)
    while raised < RAISES and not _nothing_left(election, kept, budget):
        bought = _buy(election, budget, raised + 1)
        if sum(election.cost[purchase.item] for purchase in bought) > budget:
            break
        kept, raised = bought, raised + 1
    return kept, raised


def _surely_goes_on(election: _Election, budget: int, raised: int) -> bool:
    """Whether it takes no run to know that with endowments raised so often the result fits, and that
    something could still be bought with the rest: even everything whose supporters have the money for it
    alone leaves enough for an item whose supporters have not. If it is so, then with lower endowments, too;
    where few items got points, that spares most runs."""
    payable = 0
    cheapest: int | None = None
    for n, cost in enumerate(election.cost):
        if _can_pay(election, n, budget, raised):
            payable += cost
        elif cheapest is None or cost < cheapest:
            cheapest = cost
    return cheapest is not None and payable + cheapest <= budget


def _can_pay(election: _Election, n: int, budget: int, raised: int) -> bool:
    """Whether the item's supporters could pay for it before anything else is bought."""
    endowments = budget * (100 + raised) * election.support[n]
    return endowments >= election.cost[n] * election.whole * 100 * len(election.cells)


def _nothing_left(election: _Election, bought: Sequence[_Purchase], budget: int) -> bool:
    """Whether no further item with points could be bought with the rest of the budget."""
    taken = {purchase.item for purchase in bought}
    left = budget - sum(election.cost[n] for n in taken)
    return all(n in taken or cost > left for n, cost in enumerate(election.cost))


def _buy(election: _Election, budget: int, raised: int) -> list[_Purchase]:
    """One run, with endowments raised by so many hundredths.

    What voter v has left is kept as what v's cell would have left if all its voters were like v:
    ``left[v] / unit``, in units of the budget; so at first it is the same for all. ρ only rises as money is
    spent, so an item whose last known ρ is above the lowest one found needs no look.
    """
    unit = 100 * len(election.cells)
    left = [budget * (100 + raised)] * len(election.cell)
    wealth = [share * weight for share, weight in zip(left, election.weight, strict=True)]
    # What ρ is at least: nobody pays more than in proportion to the points. Times `whole`, as everywhere
    # here.
    open_to = sorted(
        (Fraction(election.cost[n] * election.whole, election.points[n]), n)
        for n in range(len(election.items))
        if _can_pay(election, n, budget, raised)
    )
    bought: list[_Purchase] = []
    while open_to:
        best: tuple[Fraction, int] | None = None
        known: list[tuple[Fraction, int]] = []
        for place, (bound, n) in enumerate(open_to):
            if best is not None and bound > best[0]:
                known += open_to[place:]
                break
            rho = _price(election, n, left, wealth, unit, best[0] if best else None)
            if rho is not None:
                known.append((rho, n))
                if best is None or (rho, n) < best:
                    best = (rho, n)
        if best is None:
            break
        rho, n = best
        unit = _pay(election, n, rho, left, unit, bought)
        wealth = [share * weight for share, weight in zip(left, election.weight, strict=True)]
        open_to = sorted(entry for entry in known if entry[1] != n)
    return bought


def _price(
    election: _Election,
    n: int,
    left: Sequence[int],
    wealth: Sequence[int],
    unit: int,
    beaten: Fraction | None,
) -> Fraction | None:
    """The item's ρ; None where its supporters have not enough left. Where ρ is above ``beaten``, perhaps only
    a number above that and not above ρ. ``wealth``: ``left`` times weight.

    All are asked to pay in proportion to their points; who has less pays that, and the others so much more.
    """
    missing = election.cost[n] * election.whole * unit
    if sum(map(wealth.__getitem__, election.voters[n])) < missing:
        return None
    sharing = election.points[n]
    rich = election.supporters[n]
    while True:
        still = []
        for supporter in rich:
            voter, points, weighed = supporter
            if left[voter] * sharing < points * missing:
                missing -= wealth[voter]
                sharing -= weighed
            else:
                still.append(supporter)
        if len(still) == len(rich):
            return Fraction(missing, sharing * unit)
        if beaten is not None and missing * beaten.denominator > beaten.numerator * sharing * unit:
            return Fraction(missing, sharing * unit)
        rich = still


def _pay(
    election: _Election, n: int, rho: Fraction, left: list[int], unit: int, bought: list[_Purchase]
) -> int:
    """Buys an item: takes the money from ``left``, adds to ``bought``, and returns the new unit of
    ``left``."""
    # ρ·points in the new unit is a whole number, and so is everything else.
    finer = rho.denominator // gcd(rho.denominator, unit)
    unit *= finer
    for voter in range(len(left)):
        left[voter] *= finer
    each = rho.numerator * (unit // rho.denominator)
    paid = [0] * len(election.cells)
    for voter, points, _ in election.supporters[n]:
        share = min(left[voter], each * points)
        left[voter] -= share
        paid[election.cell[voter]] += share * election.weight[voter]
    bought.append(_Purchase(n, tuple(paid)))
    return unit
