"""Whatever is asked, in whatever batches, and however often it is sent again: the log is the same."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import gevent
from hypothesis import given, settings
from hypothesis import strategies as st

from edp_app.core.commands import (
    AddItem,
    CastBallot,
    CloseStage,
    Command,
    CorrectGroup,
    Describe,
    Join,
    MergeItems,
    NameMyself,
    OpenStage,
    RevealResult,
    StepBack,
    WithdrawItem,
)
from edp_app.core.workshop import fold
from edp_app.log import store
from edp_app.rooms import Outcome
from tests.support.definitions import GROUPS, short
from tests.support.workshops import StoredWorkshop, person

PEOPLE = [person(n) for n in range(3)]
RUNS = ("swot.1", "weigh.1", "weigh.2")


class Asked(NamedTuple):
    command: Command
    actor: str
    op_id: str


people = st.sampled_from(PEOPLE)
items = st.sampled_from(["i9", "i10", "i11", "i13"])
participants: st.SearchStrategy[Command] = st.one_of(
    st.just(Join()),
    st.builds(Describe, group=st.sampled_from(GROUPS)),
    st.builds(NameMyself, name=st.sampled_from(["", "Ana", "x" * 200]), organisation=st.just("")),
    st.builds(
        AddItem, run=st.just("swot.1"), column=st.sampled_from("st"), title=st.sampled_from(["A", "", "B"])
    ),
    st.builds(WithdrawItem, run=st.just("swot.1"), item=items),
    st.builds(
        CastBallot,
        run=st.sampled_from(RUNS[1:]),
        item=items,
        dots=st.integers(0, 3),
        revision=st.integers(0, 2),
    ),
)
facilitators: st.SearchStrategy[Command] = st.one_of(
    st.builds(OpenStage, stage=st.sampled_from(["swot", "weigh", "nowhere"])),
    st.builds(CloseStage, run=st.sampled_from(RUNS)),
    st.builds(RevealResult, run=st.sampled_from(RUNS)),
    st.just(StepBack()),
    st.builds(MergeItems, into=items, items=st.lists(items, min_size=1, max_size=2)),
    st.builds(CorrectGroup, person=people, group=st.sampled_from(GROUPS)),
)
ballots: st.SearchStrategy[Command] = st.builds(
    CastBallot, run=st.just("weigh.1"), item=items, dots=st.integers(0, 2), revision=st.integers(0, 1)
)
# Facilitators are rarer, so that a stage stays open long enough for something to happen in it.
steps = st.sampled_from([participants, ballots, ballots, ballots, facilitators]).flatmap(
    lambda commands: st.tuples(st.just("") if commands is facilitators else people, commands)
)
# Everyone is in and has written something, so that most of what follows has an effect: items i9 to i11.
BEGINNING: list[tuple[str, Command]] = [
    ("", OpenStage(stage="swot")),
    *((p, Join()) for p in PEOPLE),
    *((p, Describe(group=GROUPS[n])) for n, p in enumerate(PEOPLE)),
    *((p, AddItem(run="swot.1", column="s", title=f"By {n}")) for n, p in enumerate(PEOPLE)),
]
VOTING = [*BEGINNING, ("", OpenStage(stage="weigh"))]
scripts = st.tuples(
    st.sampled_from([BEGINNING, VOTING, VOTING]), st.lists(steps, min_size=15, max_size=40)
).map(lambda parts: [Asked(c, actor, f"operation-{n}") for n, (actor, c) in enumerate(parts[0] + parts[1])])


@contextmanager
def a_workshop() -> Iterator[StoredWorkshop]:
    folder = Path(tempfile.mkdtemp(prefix="edp-property-"))
    workshop = StoredWorkshop(folder / "edp.db", short(dots=3, cap=3, per="stage"))
    try:
        yield workshop
    finally:
        workshop.close()
        shutil.rmtree(folder)


def ask(workshop: StoredWorkshop, asked: Asked) -> Outcome:
    return workshop.do(asked.command, asked.actor, asked.op_id)


def at_once(workshop: StoredWorkshop, script: list[Asked]) -> list[Outcome]:
    greenlets = [gevent.spawn(ask, workshop, asked) for asked in script]
    gevent.joinall(greenlets, raise_error=True)
    return [greenlet.value for greenlet in greenlets]


def said(outcome: Outcome) -> tuple[object, ...]:
    return outcome.ok, outcome.first, outcome.last, outcome.refusal


@settings(max_examples=25)
@given(script=scripts, data=st.data())
def test_sending_anything_again_changes_nothing(script: list[Asked], data: st.DataObject) -> None:
    with a_workshop() as workshop:
        cut = data.draw(st.integers(0, len(script)), "where the first batch ends")
        outcomes = at_once(workshop, script[:cut]) + at_once(workshop, script[cut:])
        answers = {asked.op_id: said(outcome) for asked, outcome in zip(script, outcomes, strict=True)}
        log, views = workshop.log(), workshop.views()
        again = data.draw(st.lists(st.sampled_from(script), max_size=40), "sent again")
        half = len(again) // 2
        repeats = at_once(workshop, again[:half])
        workshop.restart()
        repeats += at_once(workshop, again[half:])
        assert [said(outcome) for outcome in repeats] == [answers[asked.op_id] for asked in again]
        assert all(outcome.repeated for outcome in repeats)
        assert workshop.log() == log
        assert workshop.views() == views
        assert workshop.database.read(store.verify, workshop.id).ok


@settings(max_examples=25)
@given(script=scripts)
def test_batches_do_not_matter(script: list[Asked]) -> None:
    """One after the other or all at once: the same answers, the same events, the same views."""
    with a_workshop() as one_by_one, a_workshop() as together:
        answers = [said(ask(one_by_one, asked)) for asked in script]
        assert [said(outcome) for outcome in at_once(together, script)] == answers

        def happened(workshop: StoredWorkshop) -> list[tuple[object, ...]]:
            # Without ids, salts, digests and what names the owner, which are drawn for each workshop.
            return [(row[1], row[2], row[3], row[6], row[7]) for row in workshop.log()[1:]]

        assert happened(together) == happened(one_by_one)
        folded = together.database.read(lambda session: fold(store.log_of(session, together.id)))
        assert folded.digest == together.room.state.digest
        views, others = together.views(), one_by_one.views()
        for seen in (views, others):
            for audience in ("phone", "screen", "console"):
                del seen[audience]["workshop"]["code"]
        assert views == others
