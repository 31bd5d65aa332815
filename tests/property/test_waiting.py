"""Whatever people and facilitators do: a text that waits, or was hidden, is shown to nobody but its author
and the consoles, by no way into a vote, a report or an export."""

from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from edp_app.core.commands import (
    AddItem,
    ApproveItem,
    ApproveItems,
    ChangeItem,
    CloseStage,
    Command,
    Describe,
    HideItem,
    HoldItems,
    Join,
    MergeItems,
    OpenStage,
    RevealResult,
    SetModeration,
    ShowItem,
    TellApart,
    TranslateItem,
    UnmergeItem,
    WithdrawItem,
)
from edp_app.core.similar import Index
from edp_app.core.suggesting import for_writer, texts_of
from edp_app.core.views import self_view, view
from edp_app.exports.as_json import write_json
from edp_app.exports.model import export_model
from edp_app.report.model import report_model
from tests.support.definitions import GROUPS, short
from tests.support.memory import FACILITATOR, MemoryWorkshop

PEOPLE = ["p:a", "p:b", "p:c"]
places = st.integers(0, 9)
several = st.lists(places, min_size=1, max_size=3)
words = st.sampled_from(["sol", "agua", "puerto"])


def item(place: int) -> str:
    """The item written as the ``place``-th, once :func:`meant` knows which that is."""
    return f"#{place}"


def write(word: str, column: str) -> AddItem:
    return AddItem(run="NOW", column=column, title=word)


by_people = st.one_of(
    st.builds(write, words, st.sampled_from(["s", "s", "idea"])),
    st.builds(write, words, st.just("s")),
    st.builds(lambda i, w: ChangeItem(run="NOW", item=item(i), revision=1, title=w), places, words),
    st.builds(lambda i: WithdrawItem(run="NOW", item=item(i)), places),
)
by_facilitators = st.one_of(
    st.builds(SetModeration, on=st.booleans(), approve=st.booleans()),
    st.builds(lambda i: ApproveItem(item=item(i)), places),
    st.builds(lambda some: ApproveItems(items=list(map(item, some))), several),
    st.builds(lambda some: HoldItems(items=list(map(item, some))), several),
    st.builds(lambda i: HideItem(item=item(i)), places),
    st.builds(lambda i: ShowItem(item=item(i)), places),
    st.builds(lambda i, some: MergeItems(into=item(i), items=list(map(item, some))), places, several),
    st.builds(lambda i: UnmergeItem(item=item(i)), places),
    st.builds(lambda i, j: TellApart(items=[item(i), item(j)]), places, places),
    st.builds(lambda i, w: TranslateItem(item=item(i), language="en", text=w), places, words),
    st.builds(OpenStage, stage=st.sampled_from(["swot", "swot", "sort", "weigh", "ideas"])),
    st.just(CloseStage(run="NOW")),
    st.just(RevealResult(run="NOW")),
)
steps = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(PEOPLE), by_people),
        st.tuples(st.just(FACILITATOR), by_facilitators),
    ),
    max_size=40,
)


def meant(room: MemoryWorkshop, command: Command, n: int) -> Command:
    """The command about the run and the items that there are; every text gets a number, so that it can be
    told from all others."""
    now = room.state.now()
    there = list(room.state.items)

    def known(value: Any) -> Any:
        if value == "NOW":
            return now.id if now else "none.1"
        if isinstance(value, str) and value.startswith("#"):
            return there[int(value[1:]) % len(there)] if there else "i1"
        if isinstance(value, list):
            return [known(one) for one in value]
        return value

    fields = {name: known(getattr(command, name)) for name in command.__struct_fields__}
    for name in ("title", "text"):
        if fields.get(name):
            fields[name] += f" {n} end"
    return msgspec.structs.replace(command, **fields)


@settings(max_examples=60, deadline=None)
@given(st.booleans(), steps)
def test_what_waits_or_is_hidden_has_no_way_out(
    moderated: bool,
    done: list[tuple[str, Command]],
) -> None:
    room = MemoryWorkshop(msgspec.structs.replace(short(), moderated=moderated))
    for person, group in zip(PEOPLE, GROUPS, strict=False):
        room.must(Join(), person)
        room.must(Describe(group=group), person)
    room.must(OpenStage(stage="swot"))
    for n, (actor, command) in enumerate(done):
        room.do(meant(room, command, n), actor)
    state = room.state
    kept = [i for i in state.items.values() if i.waiting or i.hidden or i.withdrawn]
    private = {text: i.author for i in kept for text in (i.title, *i.translations.values())}
    told = {audience: str(view(state, audience)) for audience in ("phone", "screen")}
    told |= {"export": write_json(export_model(state)).decode(), "report": str(report_model(state))}
    for name, shown in told.items():
        assert not [text for text in private if text in shown], name
    for person in PEOPLE:
        own = str(self_view(state, person))
        assert not [text for text, author in private.items() if author != person and text in own]
    index = Index()
    for key, text in texts_of(state, "swot").items():
        index.put(key, text)
    suggested = [
        for_writer(state, "p:d", "swot.1", "s", index.like(f"{word} end")) for word in ("sol", "agua")
    ]
    assert not {i for some in suggested for i in some} & {i.id for i in kept}
    assert all(not i.into and not state.merged_into(i.id) for i in state.items.values() if i.waiting)
    assert view(room.refolded(), "console") == view(state, "console")
