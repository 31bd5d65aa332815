"""Whose an item is, as far as that may stand beside it: the group of its author, and the side of the border.

What was written in one opening of a run is settled when that ends, once. What was told stays as it was told;
what is written after the run was opened again is settled by itself, among its own authors. Were everything
settled anew, whoever remembers the board as it was could subtract: the items of two people, without a label
until a third one of their group writes, would then be known as those of two.
"""

from collections import Counter
from dataclasses import dataclass, field

from edp_app.core.item import Item
from edp_app.core.registry import Json
from edp_app.core.results.cells import group_labels_allowed, side_labels_allowed
from edp_app.core.state import Run, State


@dataclass(slots=True)
class Authors:
    """What a gather run holds: its authors' groups and sides, as they were when the run first closed with
    something of theirs. Looked up again at a later closing, the labels of one person's items would change
    with that person's group, and tell who wrote them. ``settled``: the number of the last item that was."""

    groups: dict[str, str] = field(default_factory=dict)
    sides: dict[str, str] = field(default_factory=dict)
    settled: int = 0


def settle(state: State, run: Run) -> None:
    """Settle what stands beside the items that were written since the last closing, and stand.

    The group beside those of groups of which three or more wrote such an item, where those without one are
    not fewer than three either; the side beside all under one group, or none (see
    :func:`edp_app.core.results.cells.side_labels_allowed`).
    """
    data: Authors = run.data
    fresh = [i for i in state.items.values() if i.run == run.id and i.n > data.settled and i.stands]
    data.settled = len(state.items)
    for item in fresh:
        if group := state.group_of(item.author):
            data.groups.setdefault(item.author, group)
            data.sides.setdefault(item.author, state.persons[item.author].territory or "")
    privacy, authors = state.definition.privacy, {item.author for item in fresh}
    by_group = Counter(data.groups.get(author, "") for author in authors)
    allowed = group_labels_allowed(by_group, privacy, [group.id for group in state.definition.groups])
    labels = {one: group if (group := data.groups.get(one, "")) in allowed else "" for one in authors}
    blocks = Counter((labels[one], data.sides.get(one, "")) for one in authors)
    sided = side_labels_allowed(blocks, privacy)
    for item in fresh:
        label = labels[item.author]
        item.label = label or None
        item.side = data.sides.get(item.author) or None if label in sided else None


def labels_of(state: State, item: Item) -> Json:
    """The group and the territory that stand beside an item: none while people may still write in its run,
    since one that came or went with somebody's group would name the author; none of what was brought in."""
    if item.brought or state.runs[item.run].running:
        return {}
    said = {"group": item.label, "territory": item.side}
    return {name: one for name, one in said.items() if one}
