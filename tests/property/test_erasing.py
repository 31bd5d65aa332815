"""Erasing takes words away and nothing else: whatever is erased whenever, every figure and number stays."""

from collections.abc import Iterator
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from edp_app.core.canonical import decode, encode, kind_of
from edp_app.core.commands import AddItem, Answer, CastBallot, CloseStage, NameMyself, OpenStage, RevealResult
from edp_app.core.erasing import ERASED, holding, is_left, left_of
from edp_app.core.views import AUDIENCES, self_view, view
from tests.property.test_workshop import PEOPLE, meant, started, steps
from tests.support.memory import MemoryWorkshop, plain

MARK = ERASED["es"]
WORDS = ("title", "own_title", "value")

Difference = tuple[str, str, Any, Any]
"""Where two views differ: the id of the item around it, the key, before and after."""


def voted() -> MemoryWorkshop:
    """People have written, voted, answered and given names; everything is revealed."""
    room = started()
    room.must(NameMyself(name="Rosa"), PEOPLE[0])
    room.must(OpenStage(stage="weigh"))
    items = list(room.state.items.values())
    for n, person in enumerate(PEOPLE[:6]):
        room.must(CastBallot(run="weigh.1", item=items[n % 4].id, dots=1 + n % 2), person)
    room.must(CloseStage(run="weigh.1"))
    room.must(RevealResult(run="weigh.1"))
    room.must(OpenStage(stage="ideas"))
    room.must(
        AddItem(run="ideas.1", column="idea", title="Sol", fields={"who": "Todos"}, links=[items[0].id]),
        PEOPLE[0],
    )
    room.must(OpenStage(stage="evaluation"))
    for n, person in enumerate(PEOPLE[:4]):
        room.must(Answer(run="evaluation.1", question="more", value=f"More of {n}"), person)
        room.must(Answer(run="evaluation.1", question="useful", value=4), person)
    room.must(CloseStage(run="evaluation.1"))
    room.must(RevealResult(run="evaluation.1"))
    return room


def erase(room: MemoryWorkshop, item: str | None = None, person: str | None = None) -> None:
    """As the store does it: what is left takes the place of the event, and the log is folded anew."""
    for seq in holding(room.log, item=item, person=person):
        left = left_of(room.log[seq - 1].event, "es")
        assert left is not None
        assert is_left(left)
        stored = decode(kind_of(left), left.version, encode(left))
        room.log[seq - 1] = msgspec.structs.replace(room.log[seq - 1], event=stored)
    assert holding(room.log, item=item, person=person) == []
    room.state = room.refolded()


def views(room: MemoryWorkshop) -> dict[str, Any]:
    seen = {name: plain(view(room.state, name)) for name in AUDIENCES}
    return seen | {person: plain(self_view(room.state, person)) for person in PEOPLE}


def differences(before: Any, after: Any, key: str = "", around: str = "") -> Iterator[Difference]:
    if isinstance(before, dict) and isinstance(after, dict):
        around = before.get("item") or before.get("id") or before.get("person") or around
        for name in before.keys() | after.keys():
            whose = name if name in PEOPLE else around
            yield from differences(before.get(name), after.get(name), name, whose)
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        if key == "texts":  # an order that depends on the texts
            before, after = sorted(before), sorted(after)
            kept = [text for text in after if text != MARK]
            assert all(text in before for text in kept)
            return
        for one, other in zip(before, after, strict=True):
            yield from differences(one, other, key, around)
    elif before != after:
        yield around, key, before, after


@settings(max_examples=60, deadline=None)
@given(st.booleans(), steps, steps, st.integers(0, 20))
def test_an_erased_item_keeps_its_number_and_every_figure(
    far: bool, first: Any, then: Any, which: int
) -> None:
    kept, erased = (voted(), voted()) if far else (started(), started())
    for actor, command in first:
        kept.do(meant(kept, command), actor)
        erased.do(meant(erased, command), actor)
    items = list(kept.state.items)
    item = items[which % len(items)]
    erase(erased, item=item)
    for actor, command in then:
        kept.do(meant(kept, command), actor)
        erased.do(meant(erased, command), actor)
    assert erased.state.digest == kept.state.digest
    for around, key, _, after in differences(views(kept), views(erased)):
        assert around == item
        assert key in WORDS or key in ("fields", "who")
        assert after in (MARK, None)


@settings(max_examples=40, deadline=None)
@given(steps, steps, st.sampled_from(PEOPLE[:6]))
def test_an_erased_person_has_written_nothing_and_still_counts(first: Any, then: Any, person: str) -> None:
    kept, erased = voted(), voted()
    for actor, command in first:
        kept.do(meant(kept, command), actor)
        erased.do(meant(erased, command), actor)
    erase(erased, person=person)
    theirs = {i.id for i in erased.state.items.values() if i.author == person}
    assert all(erased.state.items[item].title == MARK for item in theirs)
    assert not erased.state.persons[person].named
    for actor, command in then:
        kept.do(meant(kept, command), actor)
        erased.do(meant(erased, command), actor)
    for around, key, _, after in differences(views(kept), views(erased)):
        assert around in theirs or around == person
        assert key in (*WORDS, "fields", "who", "named")
        assert after in (MARK, None, False)
