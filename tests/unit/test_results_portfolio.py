"""The Method of Equal Shares on cells, by hand."""

from fractions import Fraction

from edp_app.core.results.portfolio import Chosen, equal_shares, portfolio


def room(**cells):
    """``gov="xx y"``: two voters of gov, whose letters are a point each; gives ballots and cells."""
    ballots, cell = {}, {}
    for name, sheets in cells.items():
        for n, sheet in enumerate(sheets.split()):
            ballots[f"{name}{n}"] = {item: sheet.count(item) for item in set(sheet)}
            cell[f"{name}{n}"] = name
    return ballots, cell


def chosen(found):
    return [c.item for c in found.chosen]


def test_a_small_cell_buys_what_it_wants():
    found = portfolio(*room(gov="x x x", biz="y"), order="xy", budget=2)
    assert found.chosen == (Chosen("x", {"gov": 1}), Chosen("y", {"biz": 1}))
    assert found.endowment == 1


def test_the_order_settles_ties():
    found = portfolio(*room(gov="x x x", biz="y"), order="yx", budget=2)
    assert chosen(found) == ["y", "x"]


def test_the_first_choice_of_a_large_cell_is_worth_no_more_than_that_of_a_small_one():
    found = portfolio(*room(gov="x x x x", biz="y", aca="y"), order="xy", budget=1)
    # Each cell has 1/3; raised by half, both cells that want y have 1/2 each, long before gov alone has 1.
    assert found.chosen == (Chosen("y", {"aca": Fraction(1, 2), "biz": Fraction(1, 2)}),)
    assert found.endowment == Fraction(1, 2)


def test_raised_until_somebody_can_pay_and_who_has_less_pays_it_all():
    ballots, cell = room(a="xxxy x", b="yy")
    assert equal_shares(ballots, cell, order="xy", budget=1).chosen == ()
    # y: half of a's 1/2 and b's 1/2. Raised by 34 %: 0.335 + 0.67 = 1.005. b pays all it has, a's voter the
    # rest.
    found = portfolio(ballots, cell, order="xy", budget=1)
    assert found.endowment == Fraction(67, 100)
    assert found.chosen == (Chosen("y", {"a": Fraction(33, 100), "b": Fraction(67, 100)}),)
    assert found == equal_shares(ballots, cell, order="xy", budget=1, raising=True)


def test_points_decide_how_much_each_pays():
    # x: rho · (3 + 1) = 1 with enough money on both sides.
    found = equal_shares(*room(a="xxx", b="x"), order="x", budget=2)
    assert found.chosen == (Chosen("x", {"a": Fraction(3, 4), "b": Fraction(1, 4)}),)


def test_what_nobody_can_pay_for_fills_up_best_first():
    # y and z are each wanted by one of forty: eleven times the endowment is 11/40 of what they cost.
    ballots, cell = room(gov="x " * 38 + "y z")
    found = portfolio(ballots, cell, order="xzy", budget=2)
    assert found.chosen == (Chosen("x", {"gov": 1}), Chosen("z"))
    found = portfolio(ballots, cell, order="xyz", budget=3)
    assert found.chosen == (Chosen("x", {"gov": 1}), Chosen("y"), Chosen("z"))
    assert found.endowment == 33


def test_never_more_than_the_budget_and_never_what_got_nothing():
    ballots, cell = room(gov="x y z", biz="y y", aca="z")
    for k in range(1, 6):
        found = portfolio(ballots, cell, order="wxyz", budget=k)
        assert len(found.chosen) == min(k, 3)
        assert "w" not in chosen(found)


def test_where_two_at_once_would_be_too_many_the_last_that_fits_is_kept_and_filled():
    # One cell with 1, of which x and y each have half of the supporters: both can pay at twice that.
    found = portfolio(*room(gov="x y"), order="yx", budget=1)
    assert found.chosen == (Chosen("y"),)
    assert found.endowment == Fraction(199, 100)


def test_costs():
    ballots, cell = room(gov="x x y", biz="x z")
    cost = {"x": 60, "y": 30, "z": 50}
    # 50 each. x: 2/3 · 50 + 1/2 · 50 = 58.3 of 60; y: 1/3 · 50 of 30; z: 1/2 · 50 of 50.
    assert equal_shares(ballots, cell, order="xyz", budget=100, cost=cost).chosen == ()
    found = portfolio(ballots, cell, order="xyz", budget=100, cost=cost)
    assert chosen(found) == ["x", "y"]
    # y needs 90 in gov (x and y have no supporter in common); with 100, z could be paid for, too.
    assert found.endowment == 90
    assert found.chosen[1].backed_by == {"gov": 1}
    cheap = portfolio(ballots, cell, order="zyx", budget=50, cost=cost)
    assert chosen(cheap) == ["z"]


def test_those_without_a_cell_or_a_point_have_no_say():
    ballots, cell = room(gov="x x", biz="y")
    del cell["biz0"]
    ballots["gov9"], cell["gov9"] = {"w": 5, "y": 0}, "gov"
    found = portfolio(ballots, cell, order="xy", budget=1)
    assert found.chosen == (Chosen("x", {"gov": 1}),)


def test_an_empty_room():
    found = portfolio({}, {}, order="xy", budget=3)
    assert (found.chosen, found.endowment) == ((), 0)
    assert portfolio(*room(gov="x"), order="", budget=3).chosen == ()
