"""Votes with dots against a second, slow way of counting them, and what must hold of every result."""

from fractions import Fraction
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edp_app.core.definition import DotsMethod
from edp_app.core.results.cells import form_cells, group_labels_allowed, pooled
from edp_app.core.results.shares import count
from edp_app.core.results.voted import Candidate
from tests.support.voting import dots_published

ORDER = ["gov", "biz", "aca", "civ", "env"]
COLUMNS = ["s", "w", "o"]

rooms = st.dictionaries(st.sampled_from(ORDER), st.integers(0, 9))


@st.composite
def votes(draw):
    """Everything :func:`dots_result` takes, for a small room."""
    items = [f"i{n}" for n in range(draw(st.integers(0, 7)))]
    where = {item: draw(st.sampled_from(COLUMNS)) for item in items}
    voters = [f"p{n}" for n in range(draw(st.integers(0, 16)))]
    sheet = st.dictionaries(st.sampled_from([*items, "gone"]), st.integers(0, 3), max_size=4)
    return {
        "method": DotsMethod(dots=12, cap=3, per=draw(st.sampled_from(["stage", "column"]))),
        "rule": draw(st.sampled_from(["headcount", "balanced", "both"])),
        "passes": draw(st.integers(1, 5)),
        "privacy": draw(st.sampled_from(["grouped", "open", "headcount"])),
        "order": ORDER,
        "columns": COLUMNS,
        "candidates": {item: Candidate(column, item.upper()) for item, column in where.items()},
        "ballots": {voter: draw(sheet) for voter in voters},
        "groups": {voter: draw(st.sampled_from(ORDER)) for voter in voters},
        "paper": draw(
            st.one_of(st.just(set()), st.sets(st.sampled_from(voters)) if voters else st.just(set()))
        ),
        "seed": draw(st.sampled_from(["00" * 32, "1f" * 32])),
    }


# ---- the second way of counting: one entry for each dot, no running sums, everything looked up anew


def oracle_cells(by_group, phones, privacy):
    if not any(phones.values()):
        phones = by_group
    present = [(g, phones[g]) for g in ORDER if by_group.get(g)]
    if privacy == "headcount":
        return []
    if privacy == "open":
        return [{g} for g, _ in present]
    pool = {g for g, n in present if n < 3}
    while pool and sum(n for g, n in present if g in pool) < 3:
        rest = [(n, ORDER.index(g), g) for g, n in present if g not in pool]
        pool.add(min(rest)[2])
    return [{g} for g, _ in present if g not in pool] + ([pool] if pool else [])


def oracle(vote):
    dots = [
        (voter, vote["groups"][voter], item, vote["candidates"][item].column)
        for voter, sheet in vote["ballots"].items()
        for item, n in sheet.items()
        if item in vote["candidates"]
        for _ in range(n)
    ]
    voters = {voter for voter, *_ in dots}
    on_phones = voters - vote["paper"]
    if len(on_phones or voters) < 3:
        return None
    phones = {g: sum(vote["groups"][v] == g for v in on_phones) for g in ORDER}
    by_group = {g: sum(vote["groups"][v] == g for v in voters) for g in ORDER}
    cells = oracle_cells(by_group, phones, vote["privacy"])
    lists = {}
    for column in [""] if vote["method"].per == "stage" else COLUMNS:
        items = [i for i, c in vote["candidates"].items() if column in ("", c.column)]
        here = [d for d in dots if d[2] in items]
        figures = {}
        for item in items:
            shares = [
                Fraction(sum(d[2] == item for d in here if d[1] in cell), cast)
                for cell in cells
                if (cast := sum(d[1] in cell for d in here))
            ]
            figures[item] = {
                "dots": sum(d[2] == item for d in here),
                "headcount": Fraction(sum(d[2] == item for d in here), len(here)) if here else Fraction(0),
                "balanced": sum(shares, Fraction(0)) / len(shares) if shares else Fraction(0),
                "lowest": min(shares, default=Fraction(0)),
            }
        lists[column] = figures
    return {"voters": len(voters), "by_group": by_group, "cells": cells, "lists": lists}


def oracle_passing(figures, by, passes, seed):
    def place(item):
        drawn = int(sha256(f"{seed}|{item}".encode()).hexdigest(), 16)
        return (figures[item][by], figures[item]["lowest"], -drawn)

    wanted = [i for i in figures if figures[i]["dots"]]
    return {i for i in wanted if sum(place(other) > place(i) for other in wanted) < passes}


@settings(max_examples=300, deadline=None)
@given(votes())
def test_the_result_is_the_one_that_a_second_way_of_counting_gives(vote):
    result, expected = dots_published(**vote), oracle(vote)
    if expected is None:
        assert result["few"] is True
        assert set(result) == {"method", "rule", "passes", "voters", "few"}
        return
    heads_only = vote["privacy"] == "headcount"
    assert result["voters"] == expected["voters"]
    assert [set(c["groups"]) for c in result.get("cells", [])] == expected["cells"]
    if not heads_only:
        assert result["not_represented"] == [g for g in ORDER if not expected["by_group"][g]]
    assert [part["column"] for part in result["columns"]] == list(expected["lists"])
    rule = "headcount" if heads_only else vote["rule"]
    for part in result["columns"]:
        figures = expected["lists"][part["column"]]
        rows = {row["item"]: row for row in part["items"]}
        assert set(rows) == set(figures)
        counts = ["headcount"] if heads_only else ["headcount", "balanced"]
        passing = {by: oracle_passing(figures, by, vote["passes"], vote["seed"]) for by in counts}
        deciding = counts if rule == "both" else [rule]
        for item, row in rows.items():
            assert row["dots"] == figures[item]["dots"]
            for by in counts:
                assert row[by] == float(figures[item][by])
                ahead = sum(f[by] > figures[item][by] for f in figures.values())
                assert row[f"rank_{by}"] == 1 + ahead
                assert row["passes_by"][by] == (item in passing[by])
            assert row["passes"] == all(item in passing[by] for by in deciding)


@settings(max_examples=150, deadline=None)
@given(votes(), st.randoms(use_true_random=False))
def test_the_order_of_ballots_does_not_matter(vote, random):
    voters = list(vote["ballots"])
    random.shuffle(voters)
    shuffled = {}
    for voter in voters:
        sheet = list(vote["ballots"][voter].items())
        random.shuffle(sheet)
        shuffled[voter] = dict(sheet)
    assert dots_published(**{**vote, "ballots": shuffled}) == dots_published(**vote)


@settings(max_examples=150, deadline=None)
@given(votes())
def test_never_more_pass_than_were_announced(vote):
    result = dots_published(**vote)
    for part in result.get("columns", []):
        through = [row for row in part["items"] if row["passes"]]
        with_dots = [row for row in part["items"] if row["dots"]]
        assert len(through) <= vote["passes"]
        assert all(row["dots"] for row in through)
        assert sum(row.get("lot", False) for row in part["items"]) != 1
        if result["rule"] == "both":
            continue
        assert len(through) == min(vote["passes"], len(with_dots))
        # What passes stands before what does not; what is out had as much only where the list says so.
        assert part["items"][: len(through)] == through
        by = result["rule"]
        equal = [r["item"] for r in with_dots[len(through) :] if r[by] == through[-1][by]]
        assert part.get("tied_out", []) == equal


@settings(max_examples=150, deadline=None)
@given(votes())
def test_shares_sum_to_exactly_one(vote):
    items = list(vote["candidates"])
    cell_of_voter = {voter: group for voter, group in vote["groups"].items() if group != "env"}
    counted = count(items, vote["ballots"], cell_of_voter)
    cast = {v for v, sheet in vote["ballots"].items() if any(sheet.get(i) for i in items)}
    assert sum(c.headcount for c in counted) == (1 if cast else 0)
    assert sum(c.balanced for c in counted) == (1 if cast & set(cell_of_voter) else 0)
    for cell in counted[0].by_cell if counted else ():
        assert sum(c.by_cell[cell] for c in counted) == 1


@given(rooms)
def test_no_shown_cell_has_one_or_two_voters_and_everyone_is_in_exactly_one(room):
    present = {group for group, n in room.items() if n}
    total = sum(room.values())
    cells = form_cells(room, "grouped", ORDER)
    if total < 3:
        assert cells == []
        return
    assert all(cell.voters >= 3 for cell in cells)
    assert sum(cell.voters for cell in cells) == total
    assert sorted(group for cell in cells for group in cell.groups) == sorted(present)
    assert len({cell.id for cell in cells}) == len(cells)


@given(rooms, st.data())
def test_every_cell_has_three_phones_unless_all_is_paper(room, data):
    phones = {group: data.draw(st.integers(0, n)) for group, n in room.items()}
    cells = form_cells(room, "grouped", ORDER, phones)
    if not any(phones.values()):
        assert cells == form_cells(room, "grouped", ORDER)
        return
    if sum(phones.values()) < 3:
        assert cells == []
        return
    assert all(sum(phones[group] for group in cell.groups) >= 3 for cell in cells)
    assert all(cell.voters == sum(room[group] for group in cell.groups) for cell in cells)
    assert sum(cell.voters for cell in cells) == sum(room.values())


@given(rooms)
def test_the_pool_takes_in_no_more_than_it_needs(room):
    small = {group for group, n in room.items() if 0 < n < 3}
    pool = set(pooled(room, ORDER))
    assert small <= pool
    assert small or not pool
    if taken := pool - small:
        largest = max(room[group] for group in taken)
        assert sum(room[g] for g in pool) - largest < 3
        assert all(room[g] >= largest for g in room if room[g] and g not in pool)


@given(rooms)
def test_labels_are_those_of_groups_that_stand_alone(room):
    labelled = group_labels_allowed(room, "grouped", ORDER)
    assert all(room[group] >= 3 for group in labelled)
    unlabelled = sum(n for group, n in room.items() if group not in labelled)
    assert unlabelled == 0 or unlabelled >= 3 or not labelled


@pytest.mark.parametrize("privacy", ["open", "headcount"])
@given(rooms)
def test_the_other_modes_pool_nothing(privacy, room):
    cells = form_cells(room, privacy, ORDER)
    assert all(len(cell.groups) == 1 for cell in cells)
