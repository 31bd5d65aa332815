"""How far rankings agree with each other: Kendall's W, corrected for ties, in exact fractions.

M. G. Kendall and B. Babington Smith, *The problem of m rankings*, Annals of Mathematical Statistics 10
(1939), 275–287, doi:10.1214/aoms/1177732186; with ties in M. G. Kendall, *Rank Correlation Methods* (1948),
chapter 6.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction


def places(items: Collection[str], ranking: Sequence[str]) -> dict[str, Fraction]:
    """Item to its place in a ranking, 1 for the best.

    ``ranking``: items without repeats, best first; those that are not among ``items`` are passed over. Items
    that it leaves out share the mean of the places that are left, so the places of all n items always sum to
    n(n+1)/2.
    """
    wanted = set(items)
    ranked = [item for item in ranking if item in wanted]
    place = {item: Fraction(n) for n, item in enumerate(ranked, start=1)}
    shared = Fraction(len(ranked) + 1 + len(wanted), 2)
    return {item: place.get(item, shared) for item in items}


def concordance(rankings: Iterable[Mapping[str, Fraction]]) -> Fraction | None:
    """Kendall's W: 1 where all rankings are the same, 0 where their sums do not tell any item from another.

    ``rankings``: for each of m people every one of the same n items with its place (see :func:`places`), ties
    with the mean of the places they take. With S the sum over items of the squared distance between an item's
    sum of places and the mean of these sums, and t the sizes of the ties,
    W = 12·S / (m²·(n³−n) − m·Σ(t³−t)).

    None where it is not defined: m < 2, n < 2, or everybody ties everything.
    """
    given = list(rankings)
    m, n = len(given), len(given[0]) if given else 0
    if m < 2 or n < 2:
        return None
    ties = sum(t**3 - t for ranking in given for t in Counter(ranking.values()).values())
    below = m**2 * (n**3 - n) - m * ties
    if below == 0:
        return None
    mean = Fraction(m * (n + 1), 2)
    squares = sum((sum(r[item] for r in given) - mean) ** 2 for item in given[0])
    return Fraction(12 * squares) / below
