"""Worked examples of votes with dots; every figure here was computed by hand."""

from fractions import Fraction
from hashlib import sha256

import pytest

from edp_app.core.definition import DotsMethod
from edp_app.core.results.voted import Candidate
from tests.support.voting import dots_published

ORDER = ["gov", "biz", "aca", "civ"]
SEED = "5eed" * 16


def vote(ballots, *, items="xyz", columns=("s",), where=None, seed=SEED, privacy="grouped", **settings):
    """``ballots``: group -> list of ballots, each a text whose letters are one dot on that item; on paper
    where it begins with a dash."""
    rule = settings.pop("rule", "balanced")
    passes = settings.pop("passes", 1)
    by_voter, groups, paper = {}, {}, set()
    for group, sheets in ballots.items():
        for n, sheet in enumerate(sheets):
            voter = f"{group}{n}"
            if sheet.startswith("-"):
                paper.add(voter)
            by_voter[voter] = {item: sheet.count(item) for item in set(sheet.removeprefix("-"))}
            groups[voter] = group
    where = where or {}
    return dots_published(
        method=DotsMethod(**settings),
        rule=rule,
        passes=passes,
        privacy=privacy,
        order=ORDER,
        columns=columns,
        candidates={i: Candidate(where.get(i, columns[0]), f"Item {i}") for i in items},
        ballots=by_voter,
        groups=groups,
        paper=paper,
        seed=seed,
    )


def rows(result, column=0):
    return {row["item"]: row for row in result["columns"][column]["items"]}


def order(result, column=0):
    return [row["item"] for row in result["columns"][column]["items"]]


def through(result, column=0):
    return [row["item"] for row in result["columns"][column]["items"] if row["passes"]]


FLIPS = {"gov": ["x"] * 6, "biz": ["y"] * 3, "aca": ["y", "y", "x"]}


def test_the_two_counts_of_one_vote():
    result = vote(FLIPS)
    assert result["voters"] == 12
    assert result["cells"] == [
        {"id": "c1", "groups": ["gov"], "voters": 6},
        {"id": "c2", "groups": ["biz"], "voters": 3},
        {"id": "c3", "groups": ["aca"], "voters": 3},
    ]
    assert result["not_represented"] == ["civ"]
    x, y, z = (rows(result)[item] for item in "xyz")
    assert (x["dots"], y["dots"], z["dots"]) == (7, 5, 0)
    assert x["headcount"] == float(Fraction(7, 12))
    assert y["headcount"] == float(Fraction(5, 12))
    assert x["cells"] == {"c1": 1.0, "c2": 0.0, "c3": float(Fraction(1, 3))}
    assert x["balanced"] == float(Fraction(4, 9))
    assert y["balanced"] == float(Fraction(5, 9))
    assert (x["rank_headcount"], x["rank_balanced"]) == (1, 2)
    assert (y["rank_headcount"], y["rank_balanced"]) == (2, 1)
    assert (z["rank_headcount"], z["rank_balanced"], z["passes"]) == (3, 3, False)
    assert x["title"] == "Item x"


@pytest.mark.parametrize(
    ("rule", "passing", "listing"),
    [("headcount", ["x"], "xyz"), ("balanced", ["y"], "yxz"), ("both", [], "yxz")],
)
def test_the_declared_rule_decides_and_orders(rule, passing, listing):
    result = vote(FLIPS, rule=rule)
    assert result["rule"] == rule
    assert through(result) == passing
    assert order(result) == list(listing)
    assert rows(result)["x"]["passes_by"] == {"headcount": True, "balanced": False}
    assert rows(result)["y"]["passes_by"] == {"headcount": False, "balanced": True}


def test_both_lets_through_what_is_among_the_first_by_each_count():
    result = vote(FLIPS, rule="both", passes=2)
    assert through(result) == ["y", "x"]


def test_small_groups_count_as_one_cell():
    result = vote({"gov": ["x"] * 6, "biz": ["y"], "aca": ["y", "x"]})
    assert result["cells"][1] == {"id": "pool", "groups": ["biz", "aca"], "voters": 3}
    assert rows(result)["x"]["cells"] == {"c1": 1.0, "pool": float(Fraction(1, 3))}
    assert rows(result)["x"]["balanced"] == float(Fraction(2, 3))
    assert result["not_represented"] == ["civ"]


def test_in_an_open_workshop_every_group_counts_by_itself():
    result = vote({"gov": ["x"] * 6, "biz": ["y"], "aca": ["y", "x"]}, privacy="open")
    assert [cell["voters"] for cell in result["cells"]] == [6, 1, 2]
    assert rows(result)["x"]["balanced"] == 0.5


def test_where_heads_are_counted_nothing_is_known_of_groups():
    result = vote(FLIPS, privacy="headcount", rule="both", passes=1)
    assert result["rule"] == "headcount"
    assert "cells" not in result
    assert result["not_represented"] == []
    assert through(result) == ["x"]
    for row in rows(result).values():
        assert not {"balanced", "rank_balanced", "cells", "small_group"} & set(row)
        assert set(row["passes_by"]) == {"headcount"}


def test_a_tie_at_the_cut_goes_to_the_higher_lowest_share():
    # x: (1/4 + 1/4)/2 = 1/4; y: (2/4 + 0)/2 = 1/4; z: (1/4 + 3/4)/2 = 1/2.
    result = vote({"gov": ["x", "y", "y", "z"], "biz": ["x", "z", "z", "z"]}, passes=2)
    assert order(result) == ["z", "x", "y"]
    assert through(result) == ["z", "x"]
    assert result["columns"][0]["tied_out"] == ["y"]
    assert all("lot" not in row for row in rows(result).values())
    assert rows(result)["x"]["rank_balanced"] == rows(result)["y"]["rank_balanced"] == 2


@pytest.mark.parametrize("seed", ["aa" * 32, "bb" * 32, "cc" * 32, "dd" * 32])
def test_what_nothing_else_tells_apart_is_decided_by_the_lot(seed):
    result = vote({"gov": ["xy"] * 3, "biz": ["xy"] * 3}, dots=2, seed=seed)
    winner = min("xy", key=lambda item: sha256(f"{seed}|{item}".encode()).hexdigest())
    loser = "y" if winner == "x" else "x"
    assert through(result) == [winner]
    assert rows(result)["x"]["lot"] is True
    assert rows(result)["y"]["lot"] is True
    assert "lot" not in rows(result)["z"]
    assert result["columns"][0]["tied_out"] == [loser]


def test_the_lot_is_not_always_the_same():
    winners = {
        through(vote({"gov": ["xy"] * 3, "biz": ["xy"] * 3}, dots=2, seed=f"{n:064x}"))[0] for n in range(20)
    }
    assert winners == {"x", "y"}


def test_no_tie_is_named_where_all_that_are_equal_pass():
    result = vote({"gov": ["xy"] * 3, "biz": ["xy"] * 3}, dots=2, passes=2)
    assert sorted(through(result)) == ["x", "y"]
    assert "tied_out" not in result["columns"][0]


def test_what_nobody_gave_a_dot_never_passes_and_is_listed():
    result = vote({"gov": ["y"] * 4}, items="abyz", passes=3)
    assert order(result) == ["y", "a", "b", "z"]
    assert through(result) == ["y"]
    assert [rows(result)[i]["rank_balanced"] for i in "yabz"] == [1, 2, 2, 2]
    assert "tied_out" not in result["columns"][0]


def test_dots_per_column_are_shared_out_within_the_column():
    ballots = {"gov": ["xxa", "xya", "yya"], "biz": ["xb"] * 3}
    result = vote(
        ballots, items="xyab", columns=("s", "w"), where={"a": "w", "b": "w"}, per="column", dots=3, cap=2
    )
    strengths, weaknesses = rows(result, 0), rows(result, 1)
    assert [listing["column"] for listing in result["columns"]] == ["s", "w"]
    assert [listing["dots"] for listing in result["columns"]] == [9, 6]
    assert strengths["x"]["cells"] == {"c1": 0.5, "c2": 1.0}
    assert strengths["x"]["balanced"] == 0.75
    assert strengths["x"]["headcount"] == float(Fraction(6, 9))
    assert weaknesses["a"]["balanced"] == 0.5
    assert (through(result, 0), len(through(result, 1))) == (["x"], 1)


def test_a_cell_without_dots_in_a_column_does_not_count_there():
    ballots = {"gov": ["xa", "xa", "ya"], "biz": ["x"] * 3}
    result = vote(ballots, items="xya", columns=("s", "w"), where={"a": "w"}, per="column")
    assert rows(result, 1)["a"]["cells"] == {"c1": 1.0}
    assert rows(result, 1)["a"]["balanced"] == 1.0
    assert "small_group" not in rows(result, 1)["a"]


def test_a_column_without_items_and_one_without_dots_are_lists_all_the_same():
    result = vote({"gov": ["x"] * 3}, items="xo", columns=("s", "w", "o"), where={"o": "o"}, per="column")
    assert [(part["column"], part["dots"], len(part["items"])) for part in result["columns"]] == [
        ("s", 3, 1),
        ("w", 0, 0),
        ("o", 0, 1),
    ]
    assert rows(result, 2)["o"]["headcount"] == 0.0
    assert rows(result, 2)["o"]["balanced"] == 0.0


def test_for_the_whole_stage_there_is_one_list_over_all_columns():
    result = vote({"gov": ["x", "a", "a"]}, items="xa", columns=("s", "w"), where={"a": "w"})
    assert [(listing["column"], order(result)) for listing in result["columns"]] == [("", ["a", "x"])]


@pytest.mark.parametrize("ballots", [{}, {"gov": ["x"]}, {"gov": ["x"], "biz": ["y"]}])
def test_fewer_than_three_voters_have_no_figures(ballots):
    result = vote(ballots)
    voters = sum(len(sheets) for sheets in ballots.values())
    assert result == {"method": "dots", "rule": "balanced", "passes": 1, "voters": voters, "few": True}


def test_who_gave_dots_to_nothing_that_counts_is_no_voter():
    result = vote({"gov": ["x", "x", "hh", "h"]}, items="xy", dots=2, cap=2)
    assert result == {"method": "dots", "rule": "balanced", "passes": 1, "voters": 2, "few": True}


def test_nothing_to_vote_on():
    assert vote({"gov": ["x"] * 3}, items="")["few"] is True


def test_paper_counts_in_the_cell_of_its_group_and_makes_no_cell_of_its_own():
    sheets = {
        "gov": ["x"] * 4 + ["-y"],
        "biz": ["x", "-y", "-y"],
        "aca": ["y"] * 3,
        "civ": ["-z", "-z", "-z"],
    }
    result = vote(sheets)
    assert result["voters"] == 14
    assert result["cells"] == [
        {"id": "c1", "groups": ["gov"], "voters": 5},
        {"id": "pool", "groups": ["biz", "aca", "civ"], "voters": 9},
    ]
    assert rows(result)["x"]["cells"] == {"c1": 4 / 5, "pool": 1 / 9}


def test_two_phones_among_many_sheets_have_no_figures():
    result = vote({"gov": ["x", "y"] + ["-x"] * 9})
    assert (result["voters"], result["few"]) == (11, True)
    assert "columns" not in result
    assert "columns" in vote({"gov": ["-x"] * 3})
    assert vote({"gov": ["-x"] * 2})["few"] is True


def test_an_item_that_was_hidden_since_keeps_its_figures_without_its_words():
    result = dots_published(
        method=DotsMethod(),
        rule="headcount",
        passes=1,
        privacy="grouped",
        order=ORDER,
        columns=["s"],
        candidates={"x": Candidate("s"), "y": Candidate("s", "Item y")},
        ballots={v: {"x": 1} for v in "123"},
        groups=dict.fromkeys("123", "gov"),
        paper=(),
        seed=SEED,
    )
    assert "title" not in rows(result)["x"]
    assert rows(result)["x"]["dots"] == 3


def test_a_rank_that_depends_on_the_smallest_cell_is_marked():
    # With biz: x (3/5 + 0 + 3/5)/3 = 2/5, y (2/5 + 1 + 2/5)/3 = 3/5. Without: x 3/5, y 2/5.
    result = vote({"gov": ["x"] * 3 + ["y"] * 2, "biz": ["y"] * 3, "aca": ["x"] * 3 + ["y"] * 2})
    assert rows(result)["y"]["rank_balanced"] == 1
    assert rows(result)["x"]["small_group"] is True
    assert rows(result)["y"]["small_group"] is True
    assert "small_group" not in rows(result)["z"]


def test_passing_by_the_grace_of_very_few_is_pointed_out():
    # One passes: y with biz (3 voters), x without.
    votes = {"gov": ["x"] * 3 + ["y"] * 2, "biz": ["y"] * 3, "aca": ["x"] * 3 + ["y"] * 2}
    result = vote(votes, passes=1)
    assert rows(result)["y"]["passes"] is True
    assert {item for item, row in rows(result).items() if row.get("cut_depends")} == {"x", "y"}
    assert not any(row.get("cut_depends") for row in rows(vote(votes, passes=2)).values())
    assert not any(row.get("cut_depends") for row in rows(vote(votes, passes=1, rule="headcount")).values())


def test_a_cell_that_is_not_very_small_is_not_pointed_at():
    result = vote({"gov": ["x"] * 5 + ["y"] * 3, "biz": ["y"] * 6, "aca": ["x"] * 5 + ["y"] * 3}, passes=1)
    assert rows(result)["x"]["small_group"] is True
    assert not any(row.get("cut_depends") for row in rows(result).values())


def test_a_rank_that_holds_without_the_smallest_cell_is_not_marked():
    result = vote({"gov": ["x"] * 5, "biz": ["x", "x", "y"], "aca": ["x"] * 3 + ["y"]})
    assert all("small_group" not in row for row in rows(result).values())
