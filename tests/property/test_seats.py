"""People who share phones are counted as if each had one of their own: never twice, never for another."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from edp_app.core.commands import (
    AddItem,
    CastBallot,
    CloseStage,
    Command,
    Describe,
    Join,
    OpenStage,
    RevealResult,
    TakeSeat,
)
from edp_app.core.seats import MOST_AT_TABLE
from edp_app.core.views import self_view, view
from edp_app.rehearsal.recount import recount
from tests.property.test_recount import published, rows
from tests.property.test_workshop import PEOPLE, by_facilitators, by_participants, meant, people, started
from tests.support.definitions import GROUPS, short
from tests.support.memory import FACILITATOR, MemoryWorkshop, plain

AUTHOR, RUN = "p:author", "weigh.1"
SEATS = ("", "x", "y", "z")

voters = st.tuples(st.integers(0, 3), st.sampled_from(GROUPS), st.booleans())
"""At which table somebody sits, for whom they speak, whether for a funding institution."""


def opened(privacy: Any) -> MemoryWorkshop:
    """A vote on four items, all under one heading, and nobody there but their author."""
    room = MemoryWorkshop(short(privacy=privacy))
    room.must(Join(), AUTHOR)
    room.must(Describe(group=GROUPS[0]), AUTHOR)
    room.must(OpenStage(stage="swot"))
    for n in range(4):
        room.must(AddItem(run="swot.1", column="s", title=f"Text {n}"), AUTHOR)
    room.must(OpenStage(stage="weigh"))
    return room


def result(room: MemoryWorkshop) -> tuple[Any, Any]:
    """What is published, with the lot that both rooms draw, and who is said to be there."""
    room.must(CloseStage(run=RUN))
    room.state.runs[RUN].closing_digest = "0" * 64
    room.must(RevealResult(run=RUN))
    shown = plain(view(room.state, "console"))
    people = {name: value for name, value in shown["people"].items() if name not in ("phones", "tables")}  # type: ignore[index]
    return shown["now"]["result"], people  # type: ignore[index]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(voters, max_size=12),
    st.lists(st.tuples(st.integers(0, 11), st.integers(0, 3), st.integers(0, 3)), max_size=40),
    st.sampled_from(["grouped", "open", "headcount"]),
)
def test_a_seat_counts_as_a_phone_of_ones_own(room_of: Any, taps: Any, privacy: Any) -> None:
    alone, shared = opened(privacy), opened(privacy)
    tables: dict[int, str] = {}
    seats: list[tuple[str, str]] = []
    for n, (table, group, funder) in enumerate(room_of):
        alone.must(Join(), f"p:{n}")
        alone.must(Describe(group=group, funder=funder), f"p:{n}")
        if table not in tables:
            tables[table] = f"p:t{table}"
            shared.must(Join(), tables[table])
            shared.must(Describe(group=group, funder=funder), tables[table])
            seats.append((tables[table], ""))
        else:
            shared.must(TakeSeat(seat=f"s{n}", group=group, funder=funder), tables[table])
            seats.append((tables[table], f"s{n}"))
    items = list(alone.state.items)
    revisions: dict[tuple[int, str], int] = {}
    for voter, item, dots in taps:
        if voter >= len(seats):
            continue
        phone, seat = seats[voter]
        revision = revisions.get((voter, items[item]), 0)
        ballot = CastBallot(run=RUN, item=items[item], dots=dots, revision=revision)
        mine = alone.do(ballot, f"p:{voter}")
        theirs = shared.do(
            CastBallot(run=RUN, item=items[item], dots=dots, revision=revision, seat=seat), phone
        )
        assert isinstance(mine, list) == isinstance(theirs, list), "one was refused, and the other not"
        if isinstance(mine, list):
            revisions[voter, items[item]] = revision + len(mine)
    assert result(alone) == result(shared)
    for n, (phone, seat) in enumerate(seats):
        own, table = self_view(alone.state, f"p:{n}"), self_view(shared.state, phone)
        assert own["ballots"] == (table["seats"][seat] if seat else table)["ballots"]


seated = st.one_of(
    st.builds(TakeSeat, seat=st.sampled_from(SEATS[1:]), group=st.sampled_from([*GROUPS, "nobody"])),
    st.builds(
        CastBallot,
        run=st.just("NOW"),
        item=st.just("ANY"),
        dots=st.integers(0, 3),
        revision=st.integers(0, 2),
        seat=st.sampled_from(SEATS),
    ),
)
turns = st.lists(
    st.one_of(
        *[st.tuples(people, seated)] * 3,
        st.tuples(people, by_participants),
        st.tuples(st.just(FACILITATOR), by_facilitators),
    ),
    max_size=60,
)


@settings(max_examples=40, deadline=None)
@given(turns)
def test_whatever_tables_do_heads_add_up_and_the_second_count_agrees(script: Any) -> None:
    room = started()
    room.must(OpenStage(stage="weigh"))
    step: tuple[str, Command]
    for step in script:
        actor, command = step
        room.do(meant(room, command), actor)
        state = room.state
        seats = [person for table in state.seats.values() for person in table]
        assert len(seats) == len(set(seats))
        assert set(seats) == {person.id for person in state.persons.values() if person.phone}
        assert all(len(table) < MOST_AT_TABLE for table in state.seats.values())
        heads = view(state, "console")["people"]
        assert heads["total"] == heads["undecided"] + sum(heads["by_group"].values()) == len(state.persons)
        assert heads["total"] - heads["paper"] == heads.get("phones", heads["total"] - heads["paper"]) + len(
            seats
        )
        assert all(state.persons[person].phone in PEOPLE for person in seats)
    for run in list(room.state.runs.values()):
        room.do(CloseStage(run=run.id))
        room.do(RevealResult(run=run.id))
    assert recount(rows(room), published(room)).problems == []
    again = room.refolded()
    assert plain(view(again, "console")) == plain(view(room.state, "console"))
