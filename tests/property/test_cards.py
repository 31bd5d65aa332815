"""Whatever people and facilitators do with cards, no text that was accepted is lost, and nobody writes over
what they have not seen."""

from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from edp_app.core.commands import (
    AddItem,
    CloseStage,
    Command,
    Describe,
    FillCard,
    HideItem,
    Join,
    MergeItems,
    OpenStage,
    ShowItem,
    UnmergeItem,
)
from edp_app.core.definition import CardSettings, Stage
from edp_app.core.events import CardFilled
from edp_app.core.parts import CardField
from edp_app.core.views import view
from tests.support.definitions import short
from tests.support.memory import FACILITATOR, MemoryWorkshop

PEOPLE = ("p:a", "p:b")
ITEMS = 3
places = st.integers(0, ITEMS - 1)
steps = st.lists(
    st.one_of(
        st.tuples(
            st.just("fill"),
            places,
            st.sampled_from(["Sol", "Mar", ""]),
            st.integers(0, 3),
            st.sampled_from([*PEOPLE, FACILITATOR]),
        ),
        st.tuples(st.sampled_from(["hide", "show", "unmerge"]), places),
        st.tuples(st.just("merge"), places, places),
        st.tuples(st.just("again")),
    ),
    max_size=25,
)


def hall() -> tuple[MemoryWorkshop, list[str]]:
    workshop = short()
    cards = Stage("cards", {"en": "Cards"}, 5, CardSettings("ideas", [CardField("owner", {"en": "Owner"})]))
    room = MemoryWorkshop(msgspec.structs.replace(workshop, stages=[*workshop.stages, cards]))
    for person in PEOPLE:
        room.must(Join(), person)
        room.must(Describe(group="business"), person)
    room.must(OpenStage(stage="ideas"))
    items = []
    for n in range(ITEMS):
        room.must(AddItem(run="ideas.1", column="idea", title=f"Idea {n}"), PEOPLE[n % 2])
        items.append(f"i{room.state.seq}")
    room.must(OpenStage(stage="cards"))
    return room, items


def command(step: Any, run: str, items: list[str]) -> Command:
    kind, *rest = step
    if kind == "fill":
        return FillCard(run=run, item=items[rest[0]], field="owner", value=rest[1], revision=rest[2])
    if kind == "merge":
        return MergeItems(into=items[rest[0]], items=[items[rest[1]]])
    return {"hide": HideItem, "show": ShowItem, "unmerge": UnmergeItem}[kind](item=items[rest[0]])  # type: ignore[no-any-return]


@given(steps)
@settings(max_examples=150, deadline=None)
def test_every_text_that_stands_is_shown_with_its_item(taken: Any) -> None:
    room, items = hall()
    stands: dict[str, tuple[str, int]] = {}
    for step in taken:
        run = room.state.now().id  # type: ignore[union-attr]
        if step[0] == "again":
            room.must(CloseStage(run=run))
            room.do(OpenStage(stage="cards"))
            continue
        done = room.do(command(step, run, items), step[-1] if step[0] == "fill" else FACILITATOR)
        for event in done if isinstance(done, list) else []:
            if isinstance(event, CardFilled):
                before = stands.get(event.item, ("", 0))
                assert event.revision == before[1] + 1 == step[3] + 1, (
                    "nobody writes over what they did not see"
                )
                stands[event.item] = (event.value, event.revision)
    shown = view(room.state, "phone")["now"]["cards"]
    for item, (value, revision) in stands.items():
        top = room.state.standing(item)
        if top is None or room.state.items[item].hidden:
            assert item not in shown
        elif top.id == item:
            said = shown[item]["owner"]
            assert (said["value"], said["revision"]) == (value, revision)
        elif value:
            also = {one["item"]: one["value"] for one in shown[top.id]["owner"]["also"]}
            assert also[item] == value
    assert room.refolded() == room.state
