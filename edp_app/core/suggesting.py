"""What is suggested of items that may say the same: to whoever writes another one, and to those who merge
them.

Only what stands on the board is suggested, in what it says as it was written and in the name that a merge
gave it; an item that was merged is suggested as the one under which it stands. What somebody told apart is
not suggested again.
"""

from collections.abc import Iterable
from heapq import nlargest

from edp_app.core.erasing import ERASED
from edp_app.core.item import Item
from edp_app.core.items import brought_board
from edp_app.core.similar import clusters
from edp_app.core.stages.gather import shows_others
from edp_app.core.state import State

MOST = 3
"""So many are suggested to somebody who writes."""

MOST_PAIRS, MOST_GROUPS = 1000, 60
"""So many of the most alike are looked at, and so many groups of them are suggested to a console."""

_NAME = "/name"
_GONE = frozenset(ERASED.values())


def texts_of(state: State, stage_id: str) -> dict[str, str]:
    """What of a gather stage is to be compared, by keys of which :func:`_item_of` tells the item."""
    texts: dict[str, str] = {}
    for item in state.items_of(stage_id):
        if not item.withdrawn and item.title not in _GONE:
            texts[item.id] = item.title
            if item.name:
                texts[item.id + _NAME] = item.name
    return texts


def _item_of(state: State, key: str) -> Item | None:
    return state.items.get(key.removesuffix(_NAME))


def for_writer(
    state: State, person: str, run_id: str, column: str, found: Iterable[tuple[str, float]]
) -> list[str]:
    """The ids of the items on the board of this run, in this column, that somebody else wrote; ``found`` as
    :meth:`edp_app.core.similar.Index.like` gives it. Where others are not shown, what was brought in alone,
    in its own words."""
    run = state.runs.get(run_id)
    if run is None or run.kind != "gather":
        return []
    shows = shows_others(run)
    seen = {} if shows else brought_board(state, run.stage.id)["items"]
    suggested: list[str] = []
    for key, _ in found:
        item = _item_of(state, key)
        if item is None or item.stage != run.stage.id or item.column != column or item.author == person:
            continue
        if not shows and key not in seen:
            continue
        top = state.standing(item.id) if shows else item
        if top is not None and top.author != person and top.id not in suggested:
            suggested.append(top.id)
    return suggested[:MOST]


def for_merging(state: State, pairs: Iterable[tuple[str, str, float]], *, across: bool) -> list[list[str]]:
    """Groups of ids of items that may say the same, the most alike first; ``pairs`` as
    :meth:`edp_app.core.similar.Index.pairs` gives them. Items of one column each; ``across``: then two of
    different columns each, which cannot be merged."""
    same: dict[tuple[str, str], float] = {}
    other: dict[tuple[str, str], float] = {}
    for one, two, score in nlargest(MOST_PAIRS, pairs, key=lambda pair: (pair[2], pair[0], pair[1])):
        tops = _two_tops(state, one, two)
        if tops is None:
            continue
        first, second = tops
        into = same if first.column == second.column else other
        into.setdefault((first.id, second.id), score)
    groups = clusters((one, two, score) for (one, two), score in same.items())
    if across:
        groups += [list(two) for two in other]
    return [sorted(group, key=lambda i: state.items[i].n) for group in groups[:MOST_GROUPS]]


def _two_tops(state: State, one: str, two: str) -> tuple[Item, Item] | None:
    """The items that stand for these two texts, in the order of their ids; None where there are not two, or
    somebody told them apart."""
    first, second = _item_of(state, one), _item_of(state, two)
    if first is None or second is None or _two(first.id, second.id) in state.apart:
        return None
    top, other = state.standing(first.id), state.standing(second.id)
    if top is None or other is None or top.id == other.id or _two(top.id, other.id) in state.apart:
        return None
    return (top, other) if top.id < other.id else (other, top)


def _two(one: str, two: str) -> tuple[str, str]:
    return (one, two) if one < two else (two, one)
