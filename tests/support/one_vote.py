"""The smallest workshop with a result: items, and one vote on them, revealed."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from edp_app.core.commands import AddItem, CastBallot, CloseStage, Describe, Join, OpenStage, RevealResult
from edp_app.core.definition import Definition, GatherSettings, Method, Rule, Stage, VoteSettings
from edp_app.core.parts import Column, Group
from tests.support.memory import MemoryWorkshop

Says = Callable[[str, int], Mapping[str, Any] | None]
"""What a person casts of the item in this place, or, with ``item`` "", of all; None for nothing."""


def _name(word: str) -> dict[str, str]:
    return {"en": word}


def held(
    method: Method,
    says: Says,
    *,
    sizes: Mapping[str, int],
    titles: Sequence[str] = ("Alpha", "Beta", "Gamma"),
    columns: int = 1,
    rule: Rule = "balanced",
    passes: int = 1,
) -> tuple[MemoryWorkshop, list[str]]:
    """The workshop after the reveal, and its items. ``sizes``: how many voters each group has; a person is
    called after it, ``p:gov0``. Items go to the columns in turn."""
    boxes = [Column(f"c{n}", _name(f"Ideas {n}")) for n in range(columns)]
    room = MemoryWorkshop(
        Definition(
            title="Room",
            language="en",
            groups=[Group(group, _name(group)) for group in sizes],
            stages=[
                Stage("ideas", _name("Ideas"), 10, GatherSettings(boxes, per_person=100)),
                Stage("vote", _name("Vote"), 10, VoteSettings("ideas", method, rule, passes)),
            ],
        )
    )
    people = [(f"p:{group}{n}", group) for group, size in sizes.items() for n in range(size)]
    for person, group in people:
        room.must(Join(), person)
        room.must(Describe(group=group), person)
    room.must(OpenStage("ideas"))
    for n, title in enumerate(titles):
        room.must(AddItem("ideas.1", boxes[n % columns].id, title), people[0][0])
    items = list(room.state.items)
    room.must(OpenStage("vote"))
    for person, _ in people:
        for place, item in enumerate(items):
            if said := says(person, place):
                room.must(CastBallot(**{"run": "vote.1", "item": item, **said}), person)
    room.must(CloseStage("vote.1"))
    room.must(RevealResult("vote.1"))
    return room, items
