"""Whoever was not let in counts nowhere, whatever is asked, in whatever order, in each way in."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edp_app.core.commands import (
    AddItem,
    Admit,
    AdmitAll,
    CastBallot,
    CloseStage,
    Describe,
    DescribeWorkshop,
    Join,
    MakeBadges,
    NewBadge,
    OpenStage,
    PutBack,
    RemakeBadge,
    RevealResult,
    SetDoor,
    TurnAway,
    VoidBadges,
)
from edp_app.core.definition import Door
from edp_app.core.door import badge_digest
from edp_app.core.events import (
    BadgeRemade,
    BallotCast,
    ItemAdded,
    Joined,
    PersonAdmitted,
    PersonPutBack,
    Recorded,
)
from edp_app.core.views import AUDIENCES, self_view, view
from tests.support.definitions import GROUPS, short
from tests.support.memory import FACILITATOR, MemoryWorkshop, plain

PEOPLE = [f"p:{name}" for name in "abcdef"]
SECRETS = [f"SECRET{n}" for n in range(4)]
people, secrets = st.sampled_from(PEOPLE), st.sampled_from([*SECRETS, ""])
badges = st.integers(2, 6).map("b:{}".format)

by_participants = st.one_of(
    st.builds(Join, badge=secrets),
    st.builds(Describe, group=st.sampled_from(GROUPS)),
    st.builds(AddItem, run=st.just("swot.1"), column=st.sampled_from("sw"), title=st.just("Sol")),
    st.builds(CastBallot, run=st.just("weigh.1"), item=st.integers(6, 30).map("i{}".format), dots=st.just(1)),
)
by_facilitators = st.one_of(
    st.builds(Admit, person=people),
    st.builds(AdmitAll, upto=st.integers(1, 6)),
    st.builds(TurnAway, person=people),
    st.builds(PutBack, person=people),
    st.builds(SetDoor, open=st.booleans()),
    st.builds(VoidBadges, badges=st.lists(badges, min_size=1, max_size=2)),
    st.builds(
        RemakeBadge,
        badge=badges,
        mark=st.just("made-anew"),
        digest=st.sampled_from(SECRETS).map(badge_digest),
    ),
    st.builds(OpenStage, stage=st.sampled_from(["swot", "weigh"])),
    st.builds(CloseStage, run=st.just("weigh.1")),
    st.builds(RevealResult, run=st.just("weigh.1")),
    st.builds(DescribeWorkshop, title=st.just("Short"), door=st.sampled_from(["open", "admitted", "badges"])),
)
steps = st.lists(
    st.one_of(st.tuples(people, by_participants), st.tuples(st.just(FACILITATOR), by_facilitators)),
    max_size=50,
)


def let_in(log: list[Recorded]) -> set[str]:
    """Who is in, told from the log alone."""
    inside: dict[str, str] = {}
    for one in log:
        match one.event:
            case Joined(person=person, badge=badge):
                inside[person] = badge
            case PersonAdmitted(person=person):
                inside[person] = ""
            case PersonPutBack(person=person):
                inside.pop(person, None)
            case BadgeRemade(badge=badge):
                inside = {person: by for person, by in inside.items() if by != badge}
    return set(inside)


@pytest.mark.parametrize("way", ["open", "admitted", "badges"])
@settings(max_examples=40, deadline=None)
@given(steps=steps)
def test_nobody_who_is_not_in_ever_counts(way: Door, steps: Any) -> None:
    room = MemoryWorkshop(short(door=way))
    new = [
        NewBadge(mark=f"mark-{n:04}", digest=badge_digest(secret), group=GROUPS[n])
        for n, secret in enumerate(SECRETS[:3])
    ]
    room.must(MakeBadges(badges=new))
    inside = let_in(room.log)
    for actor, command in steps:
        before = inside
        done = room.do(command, actor)
        for event in done if isinstance(done, list) else []:
            if isinstance(event, ItemAdded | BallotCast):
                assert actor in before
        inside = let_in(room.log)
        assert set(room.state.persons) == inside
        by_badge = [person.badge for person in room.state.persons.values() if person.badge]
        assert len(by_badge) == len(set(by_badge))
        everybody = [*room.state.persons, *room.state.waiting, *room.state.away]
        assert len(everybody) == len(set(everybody)) == len({room.state.somebody(p).n for p in everybody})  # type: ignore[union-attr]
    people = view(room.state, "screen")["people"]
    assert people["total"] == len(inside) >= sum(people["by_group"].values())
    assert {item.author for item in room.state.items.values()} <= inside
    again = room.refolded()
    for audience in AUDIENCES:
        assert plain(view(again, audience)) == plain(view(room.state, audience))
    for person in PEOPLE:
        assert self_view(again, person) == self_view(room.state, person)
