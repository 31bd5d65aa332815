"""Votes with scores: the two counts whose order flips, labels, "don't know", cells that stand together for
one item."""

from fractions import Fraction

import pytest

from tests.support.voting import scored

X = {"gov": [5] * 12, "biz": [2, 2, 3, 1, 2, 3], "aca": [4, 3, 4, 3, 4], "civ": [2], "env": [1]}
Y = {"gov": [3] * 12, "biz": [4, 5, 4, 4, 5, 4], "aca": [4, 4, 5, 4, 4], "civ": [5], "env": [4]}


def rows(result):
    return {row["item"]: row for row in result["columns"][0]["items"]}


def test_the_order_flips_when_every_group_counts_the_same():
    result = scored({"x": X, "y": Y}, privacy="open")
    x, y = rows(result)["x"], rows(result)["y"]
    assert (x["headcount"], round(x["balanced"], 4), round(x["agreement"], 4)) == (3.76, 2.7533, 0.0678)
    assert (y["headcount"], round(y["balanced"], 4)) == (3.68, 4.1067)
    assert (x["rank_headcount"], x["rank_balanced"]) == (1, 2)
    assert (y["rank_headcount"], y["rank_balanced"]) == (2, 1)
    assert [row["item"] for row in result["columns"][0]["items"]] == ["y", "x"]
    assert (y["passes"], x["passes"]) == (True, False)
    assert x["passes_by"] == {"headcount": True, "balanced": False}


def test_small_groups_are_one_cell():
    result = scored({"x": X, "y": Y})
    assert [cell["groups"] for cell in result["cells"]] == [["gov"], ["biz"], ["aca", "civ", "env"]]
    assert round(rows(result)["x"]["balanced"], 4) == 3.3889
    assert round(rows(result)["y"]["balanced"], 4) == 3.8730


def test_where_heads_are_counted_nothing_is_told_of_groups():
    result = scored({"x": X, "y": Y}, privacy="headcount", rule="balanced")
    assert result["rule"] == "headcount"
    row = rows(result)["x"]
    assert row["passes"]
    assert not {"balanced", "rank_balanced", "cells", "gap"} & row.keys()
    assert "cells" not in result


def test_a_cell_with_one_or_two_scores_of_an_item_stands_with_the_next_smallest():
    items = {"x": {"gov": [5, 5, 5, 5], "biz": [1, None, None, 2], "aca": [3, 3, 3]}}
    row = rows(scored(items))["x"]
    assert row["cells"] == {"c1": 5.0, "c2+c3": 2.4}
    assert (row["n"], row["rated"], row["dont_know"]) == (11, 9, 2)
    assert row["balanced"] == 3.7


def test_an_item_with_fewer_than_three_scores_has_no_total():
    items = {
        "x": {"gov": [5, None, None, None], "biz": [4, 4, 4]},
        "y": {"gov": [None] * 4, "biz": [None] * 3},
    }
    y = rows(scored(items))["y"]
    assert (y["n"], y["rated"], y["dont_know"]) == (7, 0, 7)
    assert not {"headcount", "balanced", "label", "agreement", "rank_balanced"} & y.keys()
    assert y["scores"] == {"all": {"n": 0}}
    assert not y["passes"]


def test_nobody_and_nothing():
    assert scored({})["few"]
    assert scored({"x": {"gov": [5, 5]}}) == {
        "version": 1, "method": "criteria", "rule": "balanced", "passes": 1, "voters": 2, "few": True,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("by_group", "label"),
    [
        ({"gov": [5] * 8, "biz": [1] * 8}, "groups_differ"),
        ({"gov": [5, 5, 4, 4], "biz": [4, 4, 5, 3]}, "shared_yes"),
        ({"gov": [1, 2, 2, 1], "biz": [2, 2, 1, 3]}, "shared_no"),
        ({"gov": [5, 1, 5, 1], "biz": [1, 5, 1, 5]}, "divided"),
        ({"gov": [3, 3, 3, 4], "biz": [3, 2, 3, 3]}, "open"),
    ],
)
def test_labels(by_group, label):
    assert rows(scored({"x": by_group}))["x"]["label"] == label


def test_a_cell_with_one_or_two_on_a_side_is_left_out_of_figures_by_territory():
    by_group = {"gov": [5, 4, 3, 2, 1, 5], "biz": [1, 2, 3, 4, 5, 5]}
    sides = {f"{group}{n}": "north" if n < 3 else "south" for group in by_group for n in range(6)}
    told = scored({"x": by_group}, territories=["north", "south"], sides=sides)
    assert told["territories"] == [{"id": "north", "voters": 6}, {"id": "south", "voters": 6}]
    assert rows(told)["x"]["territories"] == {"north": 3.0, "south": float(Fraction(22, 6))}
    moved = {**sides, "gov0": "south"}
    without = scored({"x": by_group}, territories=["north", "south"], sides=moved)
    assert without["territories"] == [{"id": "north", "voters": 3}, {"id": "south", "voters": 3}]
    assert without["territories_without"] == ["c1"]
    assert rows(without)["x"]["territories"] == {"north": 2.0, "south": float(Fraction(14, 3))}
    withheld = scored({"x": by_group}, territories=["north", "south"], sides={**moved, "biz0": "south"})
    assert withheld["territories_withheld"]
    assert "territories" not in withheld
    assert "territories" not in rows(withheld)["x"]


def test_an_item_is_told_by_territory_only_of_all_the_groups_that_the_run_is_told_of():
    """Two of biz who are against it do not know on one side: without biz both territories would be of one
    mind, and nobody would see why."""
    everybody = [(group, n) for group in ("gov", "biz", "civ") for n in range(6)]
    sides = {f"{group}{n}": "north" if n < 3 else "south" for group, n in everybody}
    sides |= {"civ0": "south", "civ1": "south"}  # one on a side: left out of the whole run, and named
    for_it = {"gov": [5, 4, 5, 4, 5, 4], "civ": [3] * 6}
    items = {
        "x": for_it | {"biz": [1, None, None, 1, 1, 1]},
        "y": for_it | {"biz": [1, 1, 1, 1, 1, 1]},
        "z": {"gov": [None] * 6, "biz": [1, 1, 1, 2, 2, 2], "civ": [None] * 6},
    }
    told = scored(items, territories=["north", "south"], sides=sides)
    assert told["territories_without"] == ["c3"]
    x, y, z = (rows(told)[item] for item in "xyz")
    assert "territories" not in x
    assert "territories" not in x["scores"]["all"]
    assert y["territories"] == {"north": float(Fraction(17, 6)), "south": float(Fraction(16, 6))}
    # Nobody of gov said anything of it, so nobody of gov is left out.
    assert z["territories"] == {"north": 1.0, "south": 2.0}
