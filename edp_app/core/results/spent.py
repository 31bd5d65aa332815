"""The result of votes in which something is spent (dots, points), as it is published: nothing finer than this
may be shown or exported anywhere.

The figures are shares (:mod:`edp_app.core.results.shares`). Where one list is voted on, there is also the
portfolio that equal shares would choose.
"""

from collections.abc import Mapping, Sequence

from edp_app.core.definition import DotsMethod
from edp_app.core.results.backed import Backed, backed
from edp_app.core.results.electorate import Electorate, electorate, few
from edp_app.core.results.published import VERSION, WHOLE_STAGE, Json, present
from edp_app.core.results.shares import Counted, count, without_cell
from edp_app.core.results.standing import stand
from edp_app.core.results.voted import Voted

Spent = Mapping[str, Mapping[str, int]]
"""Voter to item to what they gave it."""


def dots_result(voted: Voted) -> Json:
    """The result of a run with dots: ballots are numbers, within what each voter had to spend."""
    method = voted.vote.method
    per_column = isinstance(method, DotsMethod) and method.per == "column"
    return _result("dots", voted, _counting(voted, voted.ballots), per_column=per_column)


def points_result(voted: Voted) -> Json:
    """The result of a run with points, of which everybody has divided theirs."""
    spent = {voter: given[""].scores for voter, given in voted.ballots.items() if "" in given}
    return _result("points", voted, _counting(voted, spent), per_column=False)


def _counting(voted: Voted, spent: Spent) -> Spent:
    """What was given to items that count, by those who gave any."""
    counting = {}
    for voter, ballot in spent.items():
        if given := {item: n for item, n in ballot.items() if n > 0 and item in voted.candidates}:
            counting[voter] = given
    return counting


def _result(unit: str, voted: Voted, spent: Spent, *, per_column: bool) -> Json:
    head = {"version": VERSION, "method": unit}
    people = electorate(voted, list(spent))
    if people is None:
        return head | few(voted, list(spent))
    head |= {"rule": voted.rule, "passes": voted.vote.passes}
    lists = _lists(voted, per_column=per_column)
    listings = [
        _listing(unit, voted, people, spent, column, items, one_list=not per_column)
        for column, items in lists
    ]
    return head | people.head() | {"columns": listings}


def _lists(voted: Voted, *, per_column: bool) -> list[tuple[str, list[str]]]:
    if not per_column:
        return [(WHOLE_STAGE, list(voted.candidates))]
    return [
        (column, [i for i, c in voted.candidates.items() if c.column == column]) for column in voted.columns
    ]


def _listing(
    unit: str,
    voted: Voted,
    people: Electorate,
    spent: Spent,
    column: str,
    items: list[str],
    *,
    one_list: bool,
) -> Json:
    counted = count(items, spent, people.cell_of)
    portfolio = _portfolio(voted, people, spent, counted) if one_list and people.cells else None
    standing = stand(
        counted,
        voted,
        people.cells,
        lambda cell: without_cell(counted, cell),
        portfolio=portfolio.items if portfolio else None,
    )
    by_side = _by_side(people, items, spent)
    gave = {item: sum(item in ballot for ballot in spent.values()) for item in items}
    names = [cell.id for cell in people.cells]
    rows = [
        present(
            item=c.item,
            title=voted.candidates[c.item].title,
            n=gave[c.item],
            **{unit: c.given},
            headcount=c.headcount,
            balanced=c.balanced if names else None,
            place=standing.places[c.item],
            cells={name: c.by_cell[name] for name in names if name in c.by_cell} if names else None,
            territories=(by_side[c.item] or None) if by_side else None,
        )
        for c in standing.order
    ]
    return present(
        column=column,
        **{unit: sum(c.given for c in counted)},
        items=rows,
        tied_out=standing.tied_out,
        portfolio=portfolio.published() if portfolio else None,
    )


def _portfolio(voted: Voted, people: Electorate, spent: Spent, counted: Sequence[Counted]) -> Backed:
    return backed(counted, spent, people.cell_of, voted.vote.passes, voted.seed)


def _by_side(people: Electorate, items: list[str], spent: Spent) -> Mapping[str, Mapping[str, float]] | None:
    """Item to territory to the share of that territory's own; those that gave nothing here are left out."""
    if people.sides is None:
        return None
    counted = count(items, spent, {voter: side for voter, side in people.side_of.items() if side})
    shown = [side.id for side in people.sides]
    return {c.item: {t: float(c.by_cell[t]) for t in shown if t in c.by_cell} for c in counted}
