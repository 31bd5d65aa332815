"""What must hold of every figure: its bounds, its symmetries, and that order and names mean nothing to it."""

from collections import Counter
from fractions import Fraction
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from edp_app.core.results.agreement import agreement, averaged, polarisation
from edp_app.core.results.consensus import consensus, in_one_measure
from edp_app.core.results.kendall import concordance, places
from edp_app.core.results.portfolio import equal_shares, portfolio

frequencies = st.lists(st.integers(0, 20), min_size=2, max_size=7).filter(any)
groups = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)).map(lambda n: (n[0], sum(n))), max_size=5)

# ---- agreement


@given(frequencies)
def test_agreement_is_between_two_camps_and_one(counts):
    a = agreement(counts)
    assert -1 <= a <= 1
    assert 0 <= polarisation(a) <= 1
    assert (a == 1) == (sum(1 for n in counts if n) == 1)


@given(frequencies, st.integers(1, 9))
def test_agreement_does_not_mind_the_direction_or_the_number(counts, times):
    assert agreement(counts[::-1]) == agreement(counts)
    assert agreement([n * times for n in counts]) == agreement(counts)
    assert agreement([Fraction(n, sum(counts)) for n in counts]) == agreement(counts)


@given(frequencies)
def test_everybody_alike_neither_agrees_nor_not(counts):
    assert agreement([1] * len(counts)) == 0


@given(frequencies)
def test_agreement_peeled_from_the_top(counts):
    """Another way: one vote at a time. Each layer of height 1 is the pattern of those that have so many."""
    k = len(counts)
    total = Fraction(0)
    for height in range(1, max(counts) + 1):
        pattern = [n >= height for n in counts]
        s = sum(pattern)
        found = Counter("".join("01"[x] for x in three) for three in combinations(pattern, 3))
        tu, tdu = found["110"] + found["011"], found["101"]
        u = Fraction((k - 2) * tu - (k - 1) * tdu, (k - 2) * (tu + tdu)) if tu + tdu else Fraction(0)
        total += s * (Fraction(1) if s == 1 else u * (1 - Fraction(s - 1, k - 1)))
    assert agreement(counts) == total / sum(counts)


@given(st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=1, max_size=5))
def test_averages_are_shares(cells):
    shares = averaged(cells)
    assert sum(shares) == (1 if any(map(any, cells)) else 0)
    assert averaged(cells[::-1]) == shares
    assert averaged([[n * 3 for n in cells[0]], *cells[1:]]) == shares


# ---- consensus


@given(groups)
def test_consensus_is_between_nothing_and_all(cells):
    found = consensus(cells)
    if not any(seen for _, seen in cells):
        assert found is None
    else:
        assert 0 < found.value < 1
        assert consensus(cells[::-1]) == found
        assert consensus([*cells, (0, 0)]) == found


@given(groups, groups)
def test_consensus_is_ranked_as_it_is_published(first, second):
    found = {"x": consensus(first), "y": consensus(second)}
    if all(found.values()):
        measured = in_one_measure(found)
        x, y = found["x"].value, found["y"].value
        if abs(x - y) > 1e-9:
            assert (x < y) == (measured["x"] < measured["y"])
        else:
            # So near to one another that only whole numbers tell: both to the power of both numbers of cells.
            left = found["x"].product ** found["y"].cells
            right = found["y"].product ** found["x"].cells
            assert (left < right, left == right) == (
                measured["x"] < measured["y"],
                measured["x"] == measured["y"],
            )


@given(st.integers(0, 20), st.integers(0, 20), st.integers(1, 5))
def test_groups_that_answer_alike_count_once(agree, others, cells):
    alike = {
        "one": consensus([(agree, agree + others)]),
        "many": consensus([(agree, agree + others)] * cells),
    }
    if all(alike.values()):
        assert len(set(in_one_measure(alike).values())) == 1


# ---- Kendall's W


@st.composite
def rankings(draw, whole=False):
    items = [f"i{n}" for n in range(draw(st.integers(2, 6)))]
    full = [draw(st.permutations(items)) for _ in range(draw(st.integers(2, 6)))]
    return items, [r if whole else r[: draw(st.integers(0, len(items)))] for r in full]


@given(rankings(), st.randoms(use_true_random=False))
def test_w_is_between_nothing_and_one_whatever_names_and_order(drawn, chance):
    items, given_ = drawn
    w = concordance([places(items, r) for r in given_])
    if w is None:
        assert not any(given_)
        return
    assert 0 <= w <= 1
    named = dict(zip(items, chance.sample(items, len(items)), strict=True))
    again = [[named[item] for item in r] for r in chance.sample(given_, len(given_))]
    assert concordance([places(chance.sample(items, len(items)), r) for r in again]) == w
    assert concordance([places(items, r) for r in given_ * 2]) == w


@given(rankings(whole=True))
def test_w_is_the_mean_of_spearmans(drawn):
    """Without ties, W = (1 + (m − 1) · mean of Spearman's rho over all pairs) / m."""
    items, given_ = drawn
    place = [places(items, r) for r in given_]
    m, n = len(place), len(items)
    rhos = [
        1 - 6 * sum((a[item] - b[item]) ** 2 for item in items) / Fraction(n**3 - n)
        for a, b in combinations(place, 2)
    ]
    assert concordance(place) == (1 + (m - 1) * sum(rhos) / len(rhos)) / m


@given(rankings())
def test_places_always_sum_to_the_same(drawn):
    items, given_ = drawn
    for ranking in given_:
        assert sum(places(items, ranking).values()) == Fraction(len(items) * (len(items) + 1), 2)


# ---- equal shares


@st.composite
def votes(draw):
    items = [f"i{n}" for n in range(draw(st.integers(1, 6)))]
    ballots, cell_of_voter = {}, {}
    for n in range(draw(st.integers(0, 9))):
        ballots[f"v{n}"] = draw(st.dictionaries(st.sampled_from(items), st.integers(0, 5), max_size=3))
        cell_of_voter[f"v{n}"] = draw(st.sampled_from(["c1", "c2", "pool"]))
    cost = draw(st.none() | st.fixed_dictionaries({item: st.integers(1, 9) for item in items}))
    return {
        "ballots": ballots,
        "cell_of_voter": cell_of_voter,
        "order": items,
        "budget": draw(st.integers(1, 8)),
        "cost": cost,
    }


@given(votes())
def test_a_portfolio_fits_and_leaves_nothing_that_would(vote):
    found = portfolio(**vote)
    chosen = [c.item for c in found.chosen]
    cost = vote["cost"] or dict.fromkeys(vote["order"], 1)
    left = vote["budget"] - sum(cost[item] for item in chosen)
    given_ = {item for ballot in vote["ballots"].values() for item, points in ballot.items() if points}
    assert left >= 0
    assert len(set(chosen)) == len(chosen)
    assert set(chosen) <= given_
    assert all(cost[item] > left for item in given_ - set(chosen))


@given(votes())
def test_who_backed_it_paid_for_it(vote):
    found = portfolio(**vote)
    cost = vote["cost"] or dict.fromkeys(vote["order"], 1)
    spent = Counter()
    for c in found.chosen:
        if c.backed_by is not None:
            assert sum(c.backed_by.values()) == 1
            for cell, share in c.backed_by.items():
                assert share > 0
                spent[cell] += share * cost[c.item]
                assert any(
                    vote["ballots"][v].get(c.item) for v, of in vote["cell_of_voter"].items() if of == cell
                )
    assert all(sum_ <= found.endowment for sum_ in spent.values())
    filled = [c.backed_by is None for c in found.chosen]
    assert filled == sorted(filled)


@given(votes(), st.randoms(use_true_random=False))
def test_names_and_order_of_voters_and_cells_mean_nothing(vote, chance):
    found = portfolio(**vote)
    voters = chance.sample(sorted(vote["ballots"]), len(vote["ballots"]))
    cells = {"c1": "z", "c2": "y", "pool": "x"}
    again = portfolio(
        **vote
        | {
            "ballots": {f"other {v}": vote["ballots"][v] for v in voters},
            "cell_of_voter": {f"other {v}": cells[vote["cell_of_voter"][v]] for v in voters},
        }
    )
    assert again.endowment == found.endowment
    assert [(c.item, c.backed_by) for c in again.chosen] == [
        (c.item, c.backed_by and {cells[cell]: share for cell, share in c.backed_by.items()})
        for c in found.chosen
    ]


@given(votes(), st.integers(2, 4))
def test_a_cell_counts_the_same_however_many_voters_it_has(vote, times):
    """Every voter of one cell several times over changes nothing."""
    ballots, cells = dict(vote["ballots"]), dict(vote["cell_of_voter"])
    for voter, cell in vote["cell_of_voter"].items():
        for n in range(times - 1):
            if cell == "c1":
                ballots[f"{voter} again {n}"], cells[f"{voter} again {n}"] = ballots[voter], cell
    assert portfolio(**vote | {"ballots": ballots, "cell_of_voter": cells}) == portfolio(**vote)


@given(votes())
def test_the_first_step_buys_what_it_can_and_no_more(vote):
    """With the budget as it is nothing is left that its supporters could pay for together."""
    found = equal_shares(**vote)
    cost = vote["cost"] or dict.fromkeys(vote["order"], 1)
    assert sum(cost[c.item] for c in found.chosen) <= vote["budget"]
    # Everything is bought for which a whole cell that gave to nothing else has the money.
    sizes = Counter(vote["cell_of_voter"][v] for v in vote["ballots"])
    for item in vote["order"]:
        only = [
            cell
            for cell in sizes
            if all(
                {i for i, points in vote["ballots"][v].items() if points} == {item}
                for v, of in vote["cell_of_voter"].items()
                if of == cell
            )
        ]
        if only and found.endowment * len(only) >= cost[item]:
            assert item in [c.item for c in found.chosen]
