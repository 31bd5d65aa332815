"""Whatever is done in a moderated workshop, a text that nobody approved is on no page but its author's and
the consoles."""

from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from edp_app.core.commands import (
    ApproveTexts,
    CloseStage,
    FillCard,
    HoldTexts,
    OpenStage,
    RefuseText,
    SetModeration,
)
from edp_app.core.events import CardFilled, CardTextSettled
from edp_app.core.undo import acts_view
from edp_app.core.views import AUDIENCES, self_view, view
from edp_app.rehearsal.recount_cards import cards_shown, told_again
from edp_app.rehearsal.retally import Replay, Row
from tests.property.test_cards import ITEMS, PEOPLE, hall
from tests.support.memory import FACILITATOR, MemoryWorkshop, plain

who = st.sampled_from([*PEOPLE, FACILITATOR])
steps = st.lists(
    st.one_of(
        st.tuples(st.just("fill"), st.integers(0, ITEMS - 1), who),
        st.tuples(st.just("fill"), st.integers(0, ITEMS - 1), st.sampled_from(PEOPLE)),
        st.tuples(st.sampled_from(["approve", "refuse", "hold"]), st.integers(0, 20), who),
        st.tuples(st.sampled_from(["on", "off", "off_and_approve", "undo", "again"]), st.just(0), who),
    ),
    max_size=30,
)


def do(room: MemoryWorkshop, items: list[str], step: Any) -> None:
    what, n, actor = step
    run = room.state.now().id  # type: ignore[union-attr]
    written = [f"t{one.seq}" for one in room.log if isinstance(one.event, CardFilled) and one.event.waiting]
    if what == "fill":
        stands = room.state.runs[run].data.texts.get(items[n], {}).get("owner", ("", 0))
        room.do(FillCard(run, items[n], "owner", f"<{len(room.log)}>", stands[1]), actor)
    elif what == "again":
        room.must(CloseStage(run=run))
        room.must(OpenStage(stage="cards"))
    elif what == "undo":
        for raw in [command for act in acts_view(room.state)[:1] for command in act["commands"]]:
            if raw["type"] == "hold_texts":
                room.do(msgspec.convert(raw, HoldTexts))
    elif what in ("on", "off", "off_and_approve"):
        room.do(SetModeration(on=what == "on", approve=what == "off_and_approve"))
    elif written:
        text = written[n % len(written)]
        command = {"approve": ApproveTexts([text]), "refuse": RefuseText(text), "hold": HoldTexts([text])}
        room.do(command[what], FACILITATOR)


@given(steps)
@settings(max_examples=120, deadline=None)
def test_what_nobody_approved_is_seen_by_nobody_else(taken: Any) -> None:
    room, items = hall()
    room.must(SetModeration(on=True))
    for step in taken:
        do(room, items, step)
        approved = {
            one.event.text
            for one in room.log
            if isinstance(one.event, CardTextSettled) and one.event.approved
        }
        for one in room.log:
            event = one.event
            if isinstance(event, CardFilled) and event.waiting and f"t{one.seq}" not in approved:
                others = [self_view(room.state, person) for person in PEOPLE if person != one.actor]
                shown = [view(room.state, audience) for audience in ("phone", "screen")]
                cards = view(room.state, "console")["now"]["cards"]
                assert event.value not in str([others, shown, cards])


@given(steps)
@settings(max_examples=60, deadline=None)
def test_folded_anew_and_counted_anew_it_is_the_same(taken: Any) -> None:
    room, items = hall()
    room.must(SetModeration(on=True))
    for step in taken:
        do(room, items, step)
    again = room.refolded()
    for audience in AUDIENCES:
        assert plain(view(again, audience)) == plain(view(room.state, audience))
    rows = [
        Row(one.seq, str(one.event.__struct_config__.tag), one.actor, "", plain(one.event), one.digest)  # type: ignore[arg-type]
        for one in room.log
    ]
    shown = cards_shown(plain(view(room.state, "console")))  # type: ignore[arg-type]
    for name, counted, told in told_again(Replay(rows), shown):
        assert counted == told, name
