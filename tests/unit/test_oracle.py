"""The second computation of results, against figures from the literature and figures worked out by hand."""

from dataclasses import replace
from fractions import Fraction

import pytest

from edp_app.rehearsal.oracle import Question, publish
from edp_app.rehearsal.oracle.clones import Clones, equal_shares, raised
from edp_app.rehearsal.oracle.measures import GeometricMean, agreement, concordance, permutation_p
from tests.support.literature import AGREEMENT
from tests.support.rooms_at_random import METHODS, room

GROUPS = ["gov", "biz", "aca", "civ", "fifth"]
X = {"gov": [5] * 12, "biz": [2, 2, 3, 1, 2, 3], "aca": [4, 3, 4, 3, 4], "civ": [2], "fifth": [1]}
Y = {"gov": [3] * 12, "biz": [4, 5, 4, 4, 5, 4], "aca": [4, 4, 5, 4, 4], "civ": [5], "fifth": [4]}


def question(method, said, *, items="xy", privacy="grouped", rule="balanced", passes=1, **more):
    """``said``: group to a list of what each of its people said."""
    people = [(f"{group}{n}", group, one) for group, all_of in said.items() for n, one in enumerate(all_of)]
    return Question(
        method=method,
        rule=rule,
        passes=passes,
        privacy=privacy,
        groups=GROUPS,
        territories=more.pop("territories", []),
        columns=["s"],
        items={item: {"column": "s", "title": item.upper()} for item in items},
        ballots={voter: ballots for voter, _, ballots in people},
        group_of={voter: group for voter, group, _ in people},
        seed="5eed",
        **more,
    )


def criterion(name, weight=1, **more):
    return {"id": name, "weight": weight, "beside": False, "flag_ones": False} | more


def scored(by_item, *names, **more):
    """Votes on criteria; ``by_item``: item to group to scores, each one score or one for each criterion."""
    method = {"type": "criteria", "reason": True, "criteria": [criterion(name) for name in names or ["all"]]}
    said = {}
    for item, groups in by_item.items():
        for group, scores in groups.items():
            sheets = said.setdefault(group, [{} for _ in scores])
            for sheet, score in zip(sheets, scores, strict=True):
                values = score if isinstance(score, tuple) else (score,)
                sheet[item] = {"scores": dict(zip(names or ["all"], values, strict=True))}
    return question(more.pop("method", method), said, items=list(by_item), **more)


def rows(result):
    return {row["item"]: row for row in result["columns"][0]["items"]}


# ---- measures


@pytest.mark.parametrize(
    ("votes", "a"),
    AGREEMENT,
)
def test_agreement_of_the_literature(votes, a):
    assert round(float(agreement(votes)), 4) == a


def test_there_is_no_agreement_of_nothing():
    assert agreement([0, 0, 0]) is None


def places(*rankings):
    return [[Fraction(place) for place in ranking] for ranking in rankings]


def test_concordance():
    assert round(float(concordance(places([1, 2, 3, 4], [2, 1, 3, 4], [1, 3, 2, 4]))), 4) == 0.7778
    assert concordance(places([1, 2, 3], [1, 2, 3])) == 1
    assert concordance(places([1, 2], [2, 1])) == 0
    assert concordance(places([1, 2])) is None
    assert concordance(places([1], [1])) is None
    assert concordance(places([1.5, 1.5], [1.5, 1.5])) is None


def test_geometric_means_are_compared_exactly():
    half, quarter = Fraction(1, 2), Fraction(1, 4)
    assert GeometricMean((half, half)) == GeometricMean((half,)) == GeometricMean((quarter, Fraction(1)))
    assert GeometricMean((half, quarter)) < GeometricMean((half,))
    assert float(GeometricMean((quarter, Fraction(1)))) == pytest.approx(0.5)


def test_a_gap_of_two_cells_that_shuffling_does_not_make():
    far, mixed = [Fraction(5)] * 8, [Fraction(n) for n in (1, 5) * 4]
    assert permutation_p([far, [Fraction(1)] * 8], "a") <= Fraction(1, 20)
    assert permutation_p([mixed, mixed], "a") is None


# ---- scores


def test_the_two_counts_turn_the_order_round():
    result = publish(scored({"x": X, "y": Y}, privacy="open"))
    x, y = rows(result)["x"], rows(result)["y"]
    assert (x["headcount"], round(x["balanced"], 4), round(x["agreement"], 4)) == (3.76, 2.7533, 0.0678)
    assert (y["headcount"], round(y["balanced"], 4)) == (3.68, 4.1067)
    assert (x["rank_headcount"], x["rank_balanced"], y["rank_headcount"], y["rank_balanced"]) == (1, 2, 2, 1)
    assert [row["passes"] for row in result["columns"][0]["items"]] == [True, False]


def test_small_groups_are_one_cell():
    result = publish(scored({"x": X, "y": Y}))
    assert [cell["id"] for cell in result["cells"]] == ["c1", "c2", "pool"]
    assert result["cells"][2]["groups"] == ["aca", "civ", "fifth"]
    assert {item: round(row["balanced"], 4) for item, row in rows(result).items()} == {
        "x": 3.3889,
        "y": 3.8730,
    }


def test_a_total_needs_every_criterion():
    ballots = [(5, 0), (5, 3), (4, 3), (3, 3)]
    row = rows(publish(scored({"x": {"gov": ballots}}, "one", "two")))["x"]
    assert (row["n"], row["rated"], row["dont_know"]) == (4, 3, 1)
    assert row["scores"]["one"]["headcount"] == 4.25
    assert row["balanced"] == (4.25 + 3) / 2
    assert row["cells"] == {"c1": 3.5}
    nothing = rows(publish(scored({"x": {"gov": [(5, 0), (5, 0), (4, 3), (3, 3)]}}, "one", "two")))["x"]
    assert nothing["scores"]["two"] == {"n": 2}
    assert not {"headcount", "balanced", "rank_balanced", "cells", "sides", "label"} & nothing.keys()
    assert nothing["passes"] is False


def test_reasons_stand_on_the_side_of_their_author():
    vote = scored({"x": {"gov": [5, 5, 1, 3, 0]}})
    for n, voter in enumerate(vote.ballots):
        vote.ballots[voter]["x"]["reason"] = f"reason {n}"
    reasons = rows(publish(vote))["x"]["reasons"]
    assert {side: sorted(texts) for side, texts in reasons.items()} == {
        "high": ["reason 0", "reason 1"],
        "middle": ["reason 3"],
        "low": ["reason 2"],
    }


def test_what_stands_beside_the_total_is_the_funders():
    criteria = [criterion("all"), criterion("money", beside=True)]
    vote = question(
        {"type": "criteria", "reason": False, "criteria": criteria},
        {"gov": [{"x": {"scores": {"all": 4, "money": 2}}}] * 4},
        items="x",
        funders={"gov0", "gov1", "gov2"},
    )
    result = publish(vote)
    assert result["weights"] == {"all": 1.0}
    assert rows(result)["x"]["scores"]["money"] == {"n": 3, "headcount": 2.0, "beside": True}
    assert rows(result)["x"]["balanced"] == 4.0


@pytest.mark.parametrize(
    ("scores", "label"),
    [
        ({"gov": [5] * 8, "biz": [1] * 8}, "groups_differ"),
        ({"gov": [5, 5, 4, 3], "biz": [4, 4, 5, 3]}, "shared_yes"),
        ({"gov": [4] * 7, "biz": [4, 3, 3]}, "open"),
        ({"gov": [1, 2, 2, 3], "biz": [1, 1, 2, 3]}, "shared_no"),
        ({"gov": [5, 1, 3, 5, 1], "biz": [5, 1, 3, 5, 1]}, "divided"),
    ],
)
def test_labels(scores, label):
    assert rows(publish(scored({"x": scores})))["x"]["label"] == label


def test_two_scores_of_a_cell_stand_with_the_smallest_other():
    row = rows(publish(scored({"x": {"gov": [5] * 4, "biz": [1, 0, 0, 2], "aca": [3] * 3}})))["x"]
    assert row["cells"] == {"c1": 5.0, "c2+c3": 2.4}
    assert row["balanced"] == 3.7


# ---- the other methods


def test_agreeing_within_every_group():
    says = {"gov": ["agree"] * 3 + ["pass"], "biz": ["disagree", "agree", "agree"]}
    said = {group: [{"x": {"choice": one}} for one in all_of] for group, all_of in says.items()}
    row = rows(publish(question({"type": "agree", "reason": False}, said, items="x")))["x"]
    assert (row["agree"], row["disagree"], row["pass"], row["n"]) == (5, 1, 1, 7)
    assert row["headcount"] == 5 / 7
    assert row["balanced"] == pytest.approx((4 / 6 * 3 / 5) ** 0.5)
    assert row["counts"] == {"c1": [3, 0, 1], "c2": [2, 1, 0]}


def test_rankings_that_leave_items_out():
    said = {"gov": [{"": {"order": ["x", "y", "z"]}}, {"": {"order": ["x"]}}, {"": {"order": ["gone", "y"]}}]}
    listing = publish(question({"type": "ranking", "top": None}, said, items="xyz"))["columns"][0]
    assert listing["rankings"] == 3
    assert {row["item"]: (row["n"], row["mean_place"]) for row in listing["items"]} == {
        "x": (2, 1.5),
        "y": (2, pytest.approx(5.5 / 3)),
        "z": (1, pytest.approx(8 / 3)),
    }
    assert listing["items"][0]["balanced"] == 0.75


def test_funders_apart_are_a_cell_or_in_the_pool():
    method = {"type": "choice", "funders_apart": True, "options": [{"id": "now"}, {"id": "never"}]}
    said = {"gov": [{"x": {"choice": "now"}}] * 7}
    apart = question(method, said, items="x", funders={"gov0", "gov1", "gov2"})
    assert publish(apart)["cells"] == [
        {"id": "c1", "groups": ["gov"], "voters": 4},
        {"id": "funders", "groups": [], "voters": 3, "funders": True},
    ]
    pooled = publish(replace(apart, funders={"gov0"}))["cells"]
    assert pooled == [{"id": "pool", "groups": ["gov"], "voters": 7, "funders": True}]


def test_an_axis_that_nobody_knows_puts_an_item_last():
    def at(x, y):
        return {"scores": {"impact": x, "unsure": y}}

    method = {"type": "axes", "x": {"id": "impact"}, "y": {"id": "unsure"}}
    said = {"gov": [{"x": at(5, 0), "y": at(1, 2)}] * 3}
    result = publish(question(method, said))
    assert [row["item"] for row in result["columns"][0]["items"]] == ["y", "x"]
    assert rows(result)["x"]["y"] == {"n": 0}


@pytest.mark.parametrize("method", ["agree", "dots", "ranking"])
def test_what_the_smallest_cell_alone_backs_depends_on_it(method):
    want = {
        "agree": lambda one: {i: {"choice": "agree" if i == one else "disagree"} for i in "xy"},
        "dots": lambda one: {one: {"dots": 1}},
        "ranking": lambda one: {"": {"order": [one]}},
    }[method]
    said = {"gov": [want("x")] * 6, "biz": [want("x")] * 6, "aca": [want("y")] * 3}
    settings = {"type": method, "reason": False, "dots": 1, "cap": 1, "per": "stage", "top": None}
    found = rows(publish(question(settings, said, items="xyz", passes=2)))
    assert {item for item, row in found.items() if row["passes"]} == {"x", "y"}
    assert {item for item, row in found.items() if row.get("cut_depends")} == {"y"}


def test_what_nobody_agrees_with_does_not_pass_and_stands_last():
    said = {group: [{"x": {"choice": "disagree"}}] * 30 for group in ("gov", "biz")}
    said["gov"] = [{"x": {"choice": "agree"}}, *said["gov"][3:], *[{c: {"choice": "pass"} for c in "xy"}] * 3]
    found = rows(publish(question({"type": "agree", "reason": False}, said, passes=2)))
    assert found["y"]["balanced"] > found["x"]["balanced"]
    assert [(i, row["rank_balanced"], row["passes"]) for i, row in found.items()] == [
        ("x", 1, True),
        ("y", 2, False),
    ]


# ---- the portfolio


def clones_of(wants, number):
    """As many entries as there are clones: ``wants``: cell to what each voter wants."""
    return [
        Clones(1, cell, dict.fromkeys(one, 1))
        for cell, voters in wants.items()
        for one in voters
        for _ in range(number[cell])
    ]


def test_clones_that_are_counted_do_as_clones_that_are_there():
    wants = {"c1": ["ab", "a"], "c2": ["b", "bc", "c"], "c3": ["abcd"]}
    each = {"c1": 3, "c2": 2, "c3": 6}
    there = clones_of(wants, each)
    counted = [
        Clones(each[cell], cell, dict.fromkeys(one, 1)) for cell, all_of in wants.items() for one in all_of
    ]
    for places in (1, 2, 3):
        order = list("abcd")
        budget = Fraction(places)
        assert equal_shares(there, budget, order) == equal_shares(counted, budget, order)
        assert raised(there, places, places, order) == raised(counted, places, places, order)


def test_equal_shares_by_hand():
    # Two cells have one priority's worth each. Of the first, all want a; of the second, all want b and c.
    wants = {"c1": ["a", "a"], "c2": ["bc"]}
    paid = equal_shares(clones_of(wants, {"c1": 1, "c2": 2}), Fraction(2), list("abc"))
    assert paid == {"a": {"c1": 1}, "b": {"c2": 1}}


def test_whoever_is_many_has_no_more_to_spend():
    said = {
        "gov": [{"": {"scores": {"x": 5, "y": 5}}}] * 9,
        "biz": [{"": {"scores": {"z": 10}}}] * 3,
    }
    vote = question(
        {"type": "points", "points": 10, "cap": None}, said, items="xyz", rule="portfolio", passes=2
    )
    listing = publish(vote)["columns"][0]
    chosen = listing["portfolio"]["chosen"]
    assert chosen[0] == {"item": "z", "backed_by": {"c2": 1.0}}
    assert chosen[1]["item"] in "xy"
    assert chosen[1]["backed_by"] == {"c1": 1.0}
    assert listing["portfolio"]["budget_per_cell"] == 1.0
    assert [row["passes"] for row in listing["items"]] == [True, True, False]


# ---- whatever the method


@pytest.mark.parametrize("method", METHODS)
def test_too_few_are_told_nothing(method):
    few = 0
    for seed in range(40):
        result = publish(room(method, seed))
        assert "few" in result or result["voters"] >= 3
        if "few" in result:
            few += 1
            assert result.keys() <= {"version", "method", "rule", "passes", "voters", "few"}
    assert few


@pytest.mark.parametrize("method", METHODS)
def test_the_order_of_voters_says_nothing(method):
    for seed in range(25):
        vote = room(method, seed)
        turned = dict(reversed(vote.ballots.items()))
        assert publish(replace(vote, ballots=turned)) == publish(vote)


@pytest.mark.parametrize("method", METHODS)
def test_where_all_vote_alike_both_counts_are_the_same(method):
    compared = 0
    for seed in range(25):
        vote = room(method, seed)
        if not vote.ballots or method == "agree":
            continue
        one = next(iter(vote.ballots.values()))
        alike = replace(vote, ballots=dict.fromkeys(vote.ballots, one), privacy="open", funders=set())
        for listing in publish(alike).get("columns", ()):
            for row in listing["items"]:
                if "balanced" in row:
                    compared += 1
                    assert row["balanced"] == pytest.approx(row["headcount"])
    assert compared or method in ("agree", "axes", "choice")
