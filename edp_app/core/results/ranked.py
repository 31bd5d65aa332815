"""The result of votes in which everybody puts the items in order, as it is published.

A place is worth (items - place) ÷ (items - 1), from 1 for the first to 0 for the last (Borda's count, as a
share); what somebody did not rank shares the mean of the places that are left. *Head-count* is the mean over
voters, *balanced* the mean over cells of their means. Kendall's W (:mod:`edp_app.core.results.kendall`) says
how much the orders agree.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from fractions import Fraction

from edp_app.core.results.electorate import Electorate, electorate, few
from edp_app.core.results.kendall import concordance, places
from edp_app.core.results.published import VERSION, WHOLE_STAGE, Json, present
from edp_app.core.results.shares import NOTHING, Counted, mean, without_cell
from edp_app.core.results.standing import stand
from edp_app.core.results.voted import Voted


def ranking_result(voted: Voted) -> Json:
    """The result of a run in which items were put in order."""
    orders = {
        voter: order
        for voter, given in voted.ballots.items()
        if "" in given and (order := [item for item in given[""].order if item in voted.candidates])
    }
    head: Json = {"version": VERSION, "method": "ranking"}
    people = electorate(voted, list(orders))
    if people is None:
        return head | few(voted, list(orders))
    head |= {"rule": voted.rule, "passes": voted.vote.passes} | people.head()
    items = list(voted.candidates)
    placing = {voter: places(items, order) for voter, order in orders.items()}
    placed: dict[str, Counter[str]] = {item: Counter() for item in items}
    for voter, order in orders.items():
        for item in order:
            placed[item][people.cell_of.get(voter, "")] += 1
    by_cell = _worth(placing, people.cell_of, len(items))
    by_side = _worth(placing, {v: s for v, s in people.side_of.items() if s}, len(items))
    mean_place = {item: sum((p[item] for p in placing.values()), NOTHING) / len(placing) for item in items}
    counted = [_counted(item, placed[item], mean_place[item], by_cell, len(items), people) for item in items]
    standing = stand(
        counted,
        voted,
        people.cells,
        lambda cell: without_cell(counted, cell),
    )
    grouped = bool(people.cells)
    shown = [side.id for side in people.sides or ()]
    rows = [
        present(
            item=c.item,
            title=voted.candidates[c.item].title,
            n=c.given,
            headcount=c.headcount,
            balanced=c.balanced if grouped else None,
            place=standing.places[c.item],
            cells=dict(c.by_cell) if grouped else None,
            territories={t: by_side[t][c.item] for t in shown if t in by_side} or None,
            mean_place=mean_place[c.item],
        )
        for c in standing.order
    ]
    w = concordance(placing.values())
    listing = present(column=WHOLE_STAGE, items=rows, tied_out=standing.tied_out, w=w, rankings=len(orders))
    return head | {"columns": [listing]}


def _value(place: Fraction, items: int) -> Fraction:
    return (items - place) / (items - 1) if items > 1 else Fraction(1)


def _worth(
    placing: Mapping[str, Mapping[str, Fraction]], part_of: Mapping[str, str], items: int
) -> dict[str, dict[str, Fraction]]:
    """Part (a cell, a territory) to item to the mean of what its voters' places are worth."""
    sums: defaultdict[str, Counter[str]] = defaultdict(Counter)
    voters: Counter[str] = Counter()
    for voter, of in placing.items():
        if part := part_of.get(voter):
            voters[part] += 1
            for item, place in of.items():
                sums[part][item] += place  # type: ignore[assignment]  # a sum of fractions
    return {
        part: {item: _value(Fraction(total) / voters[part], items) for item, total in of.items()}
        for part, of in sums.items()
    }


def _counted(
    item: str,
    placed: Mapping[str, int],
    mean_place: Fraction,
    by_cell: Mapping[str, Mapping[str, Fraction]],
    items: int,
    people: Electorate,
) -> Counted:
    shares = {cell.id: by_cell[cell.id][item] for cell in people.cells if cell.id in by_cell}
    return Counted(
        item=item,
        given=sum(placed.values()),
        given_in=placed,
        headcount=_value(mean_place, items),
        balanced=mean(shares),
        by_cell=shares,
        lowest=min(shares.values(), default=NOTHING),
    )
