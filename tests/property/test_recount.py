"""The second count agrees with the rules whatever people did: where it does not, one of the two is wrong."""

from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from edp_app.core.canonical import encode, kind_of
from edp_app.core.commands import CastBallot, CloseStage, HideItem, OpenStage, RevealResult, ShowItem
from edp_app.core.views import view
from edp_app.rehearsal.recount import Row, recount
from tests.property.test_workshop import PEOPLE, by_facilitators, by_participants, meant, people, started
from tests.support.memory import FACILITATOR, MemoryWorkshop, plain


def rows(room: MemoryWorkshop) -> list[Row]:
    return [
        Row(
            one.seq,
            kind_of(one.event),
            one.actor,
            "",
            msgspec.json.decode(encode(one.event)),
            one.digest,
        )
        for one in room.log
    ]


def published(room: MemoryWorkshop) -> dict[str, Any]:
    shown: Any = plain(view(room.state, "console")["results"])
    return {run: past["result"] for run, past in shown.items()}


ballots = st.tuples(people, st.integers(0, 5), st.integers(0, 3))
turns = st.one_of(
    *[ballots.map(lambda one: ("ballot", *one))] * 4,
    st.tuples(people, by_participants).map(lambda one: ("do", *one)),
    st.tuples(st.just(FACILITATOR), by_facilitators).map(lambda one: ("do", *one)),
    st.tuples(st.just(FACILITATOR), st.builds(HideItem, item=st.integers(15, 21).map("i{}".format))).map(
        lambda one: ("do", *one)
    ),
    st.tuples(st.just(FACILITATOR), st.builds(ShowItem, item=st.integers(15, 21).map("i{}".format))).map(
        lambda one: ("do", *one)
    ),
)


def cast(room: MemoryWorkshop, person: str, item: int, dots: int) -> None:
    """A ballot with the revision that its phone would know."""
    now = room.state.now()
    if now is None or now.kind != "vote" or not now.data.candidates:
        return
    candidates = list(now.data.candidates)
    chosen = candidates[item % len(candidates)]
    revision = now.data.tally.revision(person, chosen)
    room.do(CastBallot(run=now.id, item=chosen, dots=dots, revision=revision), person)


@settings(max_examples=150)
@given(st.lists(turns, max_size=60), st.sampled_from(["grouped", "open", "headcount"]))
def test_it_agrees_with_the_rules(script: Any, privacy: Any) -> None:
    room = started(privacy)
    room.must(OpenStage(stage="weigh"))
    for kind, actor, *rest in script:
        if kind == "ballot":
            cast(room, actor, rest[0], rest[1])
        else:
            room.do(meant(room, rest[0]), actor)
    for run in list(room.state.runs.values()):
        room.do(CloseStage(run=run.id))
        room.do(RevealResult(run=run.id))
    verdict = recount(rows(room), published(room))
    assert verdict.problems == []
    assert verdict.runs_compared >= 1 or "weigh.1" not in published(room)


def test_dots_spent_twice_count_once() -> None:
    """An item is hidden, its dots are spent elsewhere, the item is shown again."""
    room = started("open")
    room.must(OpenStage(stage="weigh"))
    first, second = (item for item, column in room.state.now().data.candidates.items() if column == "s")  # type: ignore[union-attr]
    given: list[tuple[str, str, int]] = [(p, first, 2) for p in PEOPLE[:4]]
    given += [(p, second, 1) for p in PEOPLE[:4]]
    for person, item, dots in given:
        room.must(CastBallot(run="weigh.1", item=item, dots=dots), person)
    room.must(HideItem(item=first))
    room.must(CastBallot(run="weigh.1", item=second, dots=2, revision=1), PEOPLE[0])
    room.must(ShowItem(item=first))
    room.must(CloseStage(run="weigh.1"))
    room.must(RevealResult(run="weigh.1"))
    shown = published(room)
    strengths = shown["weigh.1"]["columns"][0]["items"]
    assert {row["item"]: row["dots"] for row in strengths} == {first: 7, second: 5}
    assert recount(rows(room), shown).problems == []
