"""What stands after a second round: both rounds together.

An item keeps its place if it passed in the first round and was not one of those that divided the room. All
other places are given anew by the second round, to what it asks about. Two items that were merged into one
between the rounds have one place; the place of an item that was hidden then is free for the others.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Places:
    """The places of a first round when its second one opens: settled then, so that a merge or an item hidden
    later changes none of it. Items are ids.

    ``kept``: those that keep their place. ``asked``: what had one of the places that the second round gives,
    each under the item that now stands for it if that is asked about. ``items``: how many items there were,
    merged ones as one.
    """

    kept: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    items: int = 0


def places(
    items: Iterable[str],
    passed: Collection[str],
    divided: Collection[str],
    candidates: Collection[str],
    top: Callable[[str], str],
) -> Places:
    """The places when a second round opens.

    ``items``: those of the first round, in the order in which they were listed; of them those that ``passed``
    and those that ``divided`` the room. ``candidates``: what the second round asks about. ``top``: the item
    under which one stands after merges, itself where it was not merged.
    """
    listed = list(items)
    kept: dict[str, str] = {}
    for item in listed:
        over = top(item)
        stays = item in passed and item not in divided and over not in candidates
        if stays and (item == over or over not in kept):
            kept[over] = item
    asked: dict[str, str] = {}
    for item in listed:
        over = top(item)
        if item in passed and over not in kept:
            asked.setdefault(over, over if over in candidates else item)
    return Places(tuple(kept.values()), tuple(asked.values()), len({top(item) for item in listed}))


def both_rounds(first: str, held: Places, result: dict[str, Any]) -> dict[str, Any]:
    """What stands after both rounds, to be published beside the second one's ``result``.

    ``first``: the run it followed. ``kept``: items that keep the place they had. ``out``: had a place and
    have none; ``added``: have one and had none. ``items``: of how many. Where too few voted in the second
    round it changed nothing, and only ``first`` is said.
    """
    if result.get("few"):
        return {"first": first}
    passing = [row["item"] for column in result["columns"] for row in column["items"] if row["passes"]]
    return {
        "first": first,
        "kept": list(held.kept),
        "out": [item for item in held.asked if item not in passing],
        "added": [item for item in passing if item not in held.asked],
        "items": held.items,
    }
