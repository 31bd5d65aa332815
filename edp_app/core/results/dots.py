"""The result of a vote with dots, as it is published: nothing finer than this may be shown or exported
anywhere."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import msgspec

from edp_app.core.definition import DotsMethod, Privacy, Rule
from edp_app.core.results import cut as cutting
from edp_app.core.results.cells import Cell, cell_of_group, form_cells, in_order, to_protect, too_few
from edp_app.core.results.cut import Cut, Figure, cut, listed, ranks
from edp_app.core.results.shares import Counted, count, without_cell

VERY_FEW = 5
"""A cell of at most so many voters is small enough for its weight at the cut to be pointed out. Ranks far
from
the cut move with every cell in every room: a mark on all of them would tell nobody anything."""

WHOLE_STAGE = ""
"""The ``column`` of the only list where dots are for the whole stage."""


class Candidate(msgspec.Struct, frozen=True):
    """An item that was voted on. ``title`` is None where it was hidden since: it keeps its figures, not its
    words."""

    column: str
    title: str | None = None


class PassesBy(msgspec.Struct, frozen=True, omit_defaults=True):
    """Whether an item would pass by each count alone; ``balanced`` only where groups are counted."""

    headcount: bool
    balanced: bool | None = None


class Row(msgspec.Struct, frozen=True, omit_defaults=True):
    """One item. Shares are between 0 and 1; what is None is not known or not to be shown."""

    item: str
    dots: int
    headcount: float
    rank_headcount: int
    passes: bool
    passes_by: PassesBy
    title: str | None = None
    balanced: float | None = None
    rank_balanced: int | None = None
    cells: dict[str, float] | None = None
    """Cell to the share of its dots that this item got; cells that cast none in this list are left out."""
    lot: bool | None = None
    """At the cut only the lot told this item from another."""
    small_group: bool | None = None
    """Its balanced rank is another one without the smallest cell."""
    cut_depends: bool | None = None
    """Whether it passes by the balanced count depends on a cell of very few voters (:data:`VERY_FEW`)."""


class Listing(msgspec.Struct, frozen=True, omit_defaults=True):
    """The ranking of one column, or of the whole stage, in the order in which it is shown."""

    column: str
    dots: int
    items: tuple[Row, ...]
    tied_out: tuple[str, ...] | None = None
    """Items that had as much as the last one through, by the deciding count, and are not through."""


class DotsResult(msgspec.Struct, frozen=True, omit_defaults=True):
    """The whole result. ``rule`` is the one that decided: head-count wherever groups are not counted.

    ``few``: fewer than three people voted on a phone (or at all, where there was nothing but paper); then
    there are no figures, and nothing below is given.
    """

    method: str
    rule: Rule
    passes: int
    voters: int
    few: bool | None = None
    cells: tuple[Cell, ...] | None = None
    not_represented: tuple[str, ...] | None = None
    columns: tuple[Listing, ...] | None = None


def as_json(result: DotsResult) -> dict[str, Any]:
    """``result`` ready for JSON; what is None is left out."""
    # Through JSON, so that lists are lists, as they are wherever a result was sent or stored.
    built: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(result))
    return built


def dots_result(
    *,
    method: DotsMethod,
    rule: Rule,
    passes: int,
    privacy: Privacy,
    order: Sequence[str],
    columns: Sequence[str],
    candidates: Mapping[str, Candidate],
    ballots: Mapping[str, Mapping[str, int]],
    groups: Mapping[str, str],
    paper: Collection[str],
    seed: str,
) -> DotsResult:
    """The result of a run.

    ``order``: the ids of the definition's groups. ``columns``: the gather stage's column ids.
    ``candidates``: every item whose dots count, in the order they came in; dots on others do not count.
    ``ballots``: voter to item to dots, within what each voter had to spend. ``groups``: voter to group when
    the run closed. ``paper``: the voters whose sheets somebody typed in, among whom nobody's vote is hidden
    (see :mod:`edp_app.core.results.cells`). ``seed``: see :func:`edp_app.core.results.cut.lot`. The order of
    ballots does not matter.
    """
    valid = {voter: given for voter, ballot in ballots.items() if (given := _counting(ballot, candidates))}
    if privacy == "headcount":
        rule = "headcount"
    by_group = Counter(groups.get(voter, "") for voter in valid)
    phones = Counter(groups.get(voter, "") for voter in valid if voter not in paper)
    if too_few(sum(to_protect(by_group, phones).values())):
        return DotsResult("dots", rule, passes, len(valid), few=True)
    cells = form_cells(by_group, privacy, order, phones)
    of_group = cell_of_group(cells)
    cell_of_voter = {v: of_group[g] for v in valid if (g := groups.get(v, "")) in of_group}
    lists = []
    for column, items in _lists(method, columns, candidates):
        counted = count(items, valid, cell_of_voter)
        lists.append(_listing(column, counted, cells, rule, passes, candidates, seed))
    grouped = privacy != "headcount"
    return DotsResult(
        method="dots",
        rule=rule,
        passes=passes,
        voters=len(valid),
        cells=tuple(cells) if grouped else None,
        not_represented=tuple(in_order(set(order) - set(by_group), order)) if grouped else (),
        columns=tuple(lists),
    )


def _counting(ballot: Mapping[str, int], candidates: Mapping[str, Candidate]) -> dict[str, int]:
    return {item: dots for item, dots in ballot.items() if dots > 0 and item in candidates}


def _lists(
    method: DotsMethod, columns: Sequence[str], candidates: Mapping[str, Candidate]
) -> list[tuple[str, list[str]]]:
    if method.per == "stage":
        return [(WHOLE_STAGE, list(candidates))]
    return [(column, [i for i, c in candidates.items() if c.column == column]) for column in columns]


def _listing(
    column: str,
    counted: list[Counted],
    cells: Sequence[Cell],
    rule: Rule,
    passes: int,
    candidates: Mapping[str, Candidate],
    seed: str,
) -> Listing:
    """One list. Without cells (heads are counted) there is no balanced count, and so nothing about one."""
    by_heads = cut(counted, cutting.headcount, passes, seed)
    by_groups = cut(counted, cutting.balanced, passes, seed) if cells else None
    through, deciding = _decide(rule, by_heads, by_groups)
    rank_heads = ranks({c.item: c.headcount for c in counted})
    rank_groups = ranks({c.item: c.balanced for c in counted}) if cells else {}
    moved = _moved_without_smallest(counted, cells, rank_groups)
    swayed = set() if rule == "headcount" else _swayed_by_few(counted, cells, passes, seed)
    shown_by: Figure = cutting.headcount if rule == "headcount" or not cells else cutting.balanced
    names = [cell.id for cell in cells]
    rows = []
    for c in listed(counted, shown_by, seed):
        rows.append(
            Row(
                item=c.item,
                dots=c.dots,
                headcount=float(c.headcount),
                rank_headcount=rank_heads[c.item],
                passes=c.item in through,
                passes_by=PassesBy(
                    c.item in by_heads.through, c.item in by_groups.through if by_groups else None
                ),
                title=candidates[c.item].title,
                balanced=float(c.balanced) if cells else None,
                rank_balanced=rank_groups.get(c.item),
                cells={n: float(c.by_cell[n]) for n in names if n in c.by_cell} if cells else None,
                lot=True if any(c.item in d.by_lot for d in deciding) else None,
                small_group=True if c.item in moved else None,
                cut_depends=True if c.item in swayed else None,
            )
        )
    out = {item for d in deciding for item in d.tied_out if item not in through}
    return Listing(
        column=column,
        dots=sum(c.dots for c in counted),
        items=tuple(rows),
        tied_out=tuple(row.item for row in rows if row.item in out) or None,
    )


def _decide(rule: Rule, by_heads: Cut, by_groups: Cut | None) -> tuple[frozenset[str], list[Cut]]:
    """What passes, and the cuts that decided it. *Both*: only what is among the first by each count."""
    if by_groups is None or rule == "headcount":
        return by_heads.through, [by_heads]
    if rule == "balanced":
        return by_groups.through, [by_groups]
    return by_heads.through & by_groups.through, [by_heads, by_groups]


def _smallest(counted: Sequence[Counted], cells: Sequence[Cell]) -> list[Cell]:
    """The smallest of the cells that cast dots here: several where they are equally small, none where
    leaving one
    out would leave nothing."""
    cast = {name for c in counted for name in c.by_cell}
    here = [cell for cell in cells if cell.id in cast]
    fewest = min((cell.voters for cell in here), default=0)
    return [cell for cell in here if cell.voters == fewest] if len(here) > 1 else []


def _moved_without_smallest(
    counted: Sequence[Counted], cells: Sequence[Cell], rank: Mapping[str, int]
) -> set[str]:
    """The items whose balanced rank is another one if the smallest cell that cast dots here is left out.

    Where several cells are equally small, leaving out any one of them counts.
    """
    moved: set[str] = set()
    for small in _smallest(counted, cells):
        again = ranks({c.item: c.balanced for c in without_cell(counted, small.id)})
        moved |= {c.item for c in counted if c.dots and again[c.item] != rank[c.item]}
    return moved


def _swayed_by_few(
    counted: Sequence[Counted], cells: Sequence[Cell], passes: int, seed: str
) -> frozenset[str]:
    """The items that pass by the balanced count only with, or only without, the smallest cell, if that is
    very
    small."""
    through = cut(counted, cutting.balanced, passes, seed).through
    swayed: frozenset[str] = frozenset()
    for small in _smallest(counted, cells):
        if small.voters <= VERY_FEW:
            swayed |= through ^ cut(without_cell(counted, small.id), cutting.balanced, passes, seed).through
    return swayed
