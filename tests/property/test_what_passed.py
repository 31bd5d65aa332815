"""Whatever happens between a vote and one on what it let through: that is about what had passed, and nothing
else; the log folds to the same; and whoever counts it again finds the same."""

from collections.abc import Sequence

from hypothesis import event, given, settings
from hypothesis import strategies as st

from edp_app.core.commands import (
    AddItem,
    CloseStage,
    Command,
    HideItem,
    MergeItems,
    OpenStage,
    RevealResult,
    ShowItem,
    UnmergeItem,
)
from edp_app.core.refusals import Refusal
from tests.support.shortlisted import IDEAS, PEOPLE, Room

Halves = tuple[list[int], list[int]]
"""What one half of the room thinks of each idea (0 to 5), and what the other does."""

opinion = st.lists(st.integers(0, 5), min_size=len(IDEAS), max_size=len(IDEAS))
halves = st.tuples(opinion, opinion)
one_idea, in_a_column = st.sampled_from(IDEAS), st.permutations(IDEAS[::2])
curation = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(("hide", "show", "unmerge")), one_idea),
        st.tuples(st.just("merge"), in_a_column.map(lambda three: three[0]), in_a_column),
    ),
    max_size=3,
)
RESTS = {"score": "shortlist", "points": "score", "read_back": "score", "cards": "score"}
NAMES = "promises"
"""The stage in which what passed by ``score`` can be named."""


def passed(room: Room, stage: str) -> set[str] | None:
    """What passed by a vote, read from what everybody is shown of its last run and of its second round; None
    where that is not shown."""
    results, runs = room.shown_results(), room.workshop.state.runs_of(stage)
    if not runs or not runs[-1].revealed:
        return None
    by_first = {row["item"] for row in room.rows(results, runs[-1].id) if row["passes"]}
    again = [one for one in room.workshop.state.runs_of("again") if one.data.before.run == runs[-1].id]
    if stage != "score" or not again:
        return by_first
    if not again[-1].revealed:
        return None
    both = results[again[-1].id]["both_rounds"]
    if "kept" not in both:
        return by_first
    return {*both["kept"], *(row["item"] for row in room.rows(results, again[-1].id) if row["passes"])}


def open_stage(room: Room, stage: str) -> str | None:
    """The run of a stage that opens, which is about what had passed; None where nothing had, or that is not
    shown."""
    wanted = passed(room, RESTS[stage]) if stage in RESTS else set()
    opened = room.workshop.do(OpenStage(stage))
    state = room.workshop.state
    if isinstance(opened, Refusal):
        event(f"{stage}: {opened.code}")
        if stage in RESTS:
            assert (opened.code == "not_revealed_yet") == (wanted is None)
        return None
    run = state.now()
    assert run is not None
    assert wanted is not None
    if stage in RESTS:
        tops = {found.id for item in wanted if (found := state.standing(item))}
        about = room.shown()["order"] if stage == "cards" else run.data.candidates
        assert set(about) == tops != set()
        event(f"{stage}: {len(tops)}")
    return run.id


def promise(room: Room) -> None:
    """What can be named is what had passed, and nothing else; without that vote nothing can, and people write
    all the same."""
    wanted, held = passed(room, "score"), room.workshop.state.runs_of("score")
    opened = room.workshop.do(OpenStage(NAMES))
    if isinstance(opened, Refusal):
        assert opened.code == "not_revealed_yet"
        assert held
        assert wanted is None
        return
    state = room.workshop.state
    assert wanted is not None or not held
    tops = {found.id for item in wanted or () if (found := state.standing(item))}
    assert set(room.shown().get("links", {"items": {}})["items"]) == tops
    for item in room.ids.values():
        answer = room.workshop.do(AddItem("promises.1", "a", "I will", links=[item]), PEOPLE[0])
        if item in tops:
            assert not isinstance(answer, Refusal)
        elif isinstance(answer, Refusal):
            assert answer.code == "unknown_link"
        else:
            found = state.standing(item)
            assert found is not None
            assert found.id in tops
    event(f"{NAMES}: {len(tops)}")


def vote(room: Room, stage: str, thought: Halves, *, revealed: bool = True) -> None:
    """Everybody says what may be said of what there is, and the run is closed."""
    run = open_stage(room, stage)
    if run is None:
        return
    for n, person in enumerate(PEOPLE[:6]):
        for ballot in room.ballots(run, thought[n % 2]):
            room.workshop.do(ballot, person)
    room.workshop.must(CloseStage(run))
    if revealed:
        room.workshop.must(RevealResult(run))


def curate(room: Room, done: Sequence[tuple[str, ...]]) -> None:
    """What a facilitator does between the votes; some of it may not be allowed."""
    commands: list[Command] = []
    for kind, idea, *others in done:
        item = room.ids[idea]
        if kind == "merge":
            commands += [MergeItems(into=item, items=[room.ids[one] for one in others[0] if one != idea][:1])]
        else:
            commands += [{"hide": HideItem, "show": ShowItem, "unmerge": UnmergeItem}[kind](item=item)]  # type: ignore[operator]
    for one in commands:
        room.workshop.do(one)


@given(halves, curation, halves, curation, st.none() | halves, st.booleans(), curation, halves)
@settings(max_examples=80, deadline=None)
def test_a_vote_is_about_what_had_passed(
    first: Halves,
    then: list[tuple[str, ...]],
    scores: Halves,
    later: list[tuple[str, ...]],
    again: Halves | None,
    revealed: bool,
    last: list[tuple[str, ...]],
    other: Halves,
) -> None:
    room = Room()
    vote(room, "shortlist", first)
    curate(room, then)
    vote(room, "score", scores)
    curate(room, later)
    if again:
        vote(room, "again", again, revealed=revealed)
    curate(room, last)
    open_stage(room, "cards")
    promise(room)
    vote(room, "read_back", other)
    vote(room, "points", other)
    vote(room, "shortlist", other, revealed=revealed)
    vote(room, "score", first)
    promise(room)
    room.holds()
