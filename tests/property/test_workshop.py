"""What must hold whatever people do: random workshops, driven by random commands that are often nonsense."""

from collections import Counter
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from edp_app.core import patch
from edp_app.core.commands import (
    AddItem,
    Answer,
    AnyCommand,
    ApproveItem,
    ApproveItems,
    BringItems,
    Brought,
    CastBallot,
    ChangeItem,
    CloseStage,
    Command,
    CorrectGroup,
    Describe,
    DescribeWorkshop,
    EndWorkshop,
    EnterPaperBallot,
    HideItem,
    HoldItems,
    Join,
    MergeItems,
    OpenStage,
    PauseStage,
    ReopenWorkshop,
    ResumeStage,
    RevealResult,
    SetDoor,
    SetModeration,
    SetTimer,
    ShowItem,
    StepBack,
    TakeBackItems,
    TellApart,
    TranslateItem,
    UnmergeItem,
    WithdrawItem,
)
from edp_app.core.definition import Privacy
from edp_app.core.views import AUDIENCES, self_view, view
from tests.support.definitions import GROUPS, TERRITORIES, short
from tests.support.memory import FACILITATOR, MemoryWorkshop, plain

PEOPLE = [f"p:{name}" for name in "abcdefgh"]
STAGES = [stage.id for stage in short().stages]
people = st.sampled_from(PEOPLE)
runs = st.one_of(
    st.just("NOW"), st.builds("{}.{}".format, st.sampled_from(STAGES), st.integers(1, 2)), st.just("x.1")
)
items = st.integers(1, 60).map("i{}".format)
texts = st.one_of(st.text(max_size=30), st.sampled_from(["Sol", "Puerto", "Café", "", "\x00"]))
dots = st.integers(0, 4)
values = st.one_of(st.integers(0, 6), texts)
groups = st.sampled_from([*GROUPS, "nobody"])
revisions = st.integers(0, 3)

brought = st.builds(Brought, title=texts, column=st.sampled_from(["s", "w", "idea", ""]), source=texts)
several = st.lists(brought, min_size=1, max_size=3)

by_participants = st.one_of(
    st.just(Join()),
    st.builds(Describe, group=groups, territory=st.sampled_from([*TERRITORIES, None])),
    st.builds(AddItem, run=runs, column=st.sampled_from("swotx"), title=texts),
    st.builds(AddItem, run=runs, column=st.just("idea"), title=texts, links=st.lists(items, max_size=2)),
    st.builds(ChangeItem, run=runs, item=items, revision=revisions, title=texts),
    st.builds(WithdrawItem, run=runs, item=items),
    st.builds(CastBallot, run=runs, item=items, dots=dots, revision=revisions),
    st.builds(CastBallot, run=st.just("NOW"), item=st.just("ANY"), dots=dots, revision=st.just(0)),
    st.builds(Answer, run=runs, question=st.sampled_from(["useful", "more"]), value=values),
)  # fmt: skip
by_facilitators = st.one_of(
    st.builds(OpenStage, stage=st.sampled_from(STAGES)),
    st.builds(OpenStage, stage=st.sampled_from(["swot", "weigh", "ideas"])),
    st.builds(CloseStage, run=runs),
    st.builds(PauseStage, run=runs),
    st.builds(ResumeStage, run=runs),
    st.builds(RevealResult, run=runs),
    st.just(StepBack()),
    st.builds(SetTimer, run=runs, seconds=st.integers(0, 90)),
    st.builds(HideItem, item=items),
    st.builds(ShowItem, item=items),
    st.builds(MergeItems, into=items, items=st.lists(items, min_size=1, max_size=3), title=texts),
    st.builds(UnmergeItem, item=items),
    st.builds(BringItems, stage=st.sampled_from(["swot", "ideas", "weigh"]), items=several),
    st.builds(TakeBackItems, items=st.lists(items, min_size=1, max_size=3)),
    st.builds(SetModeration, on=st.booleans(), approve=st.booleans()),
    st.builds(ApproveItem, item=items),
    st.builds(ApproveItems, items=st.lists(items, min_size=1, max_size=9)),
    st.builds(HoldItems, items=st.lists(items, min_size=1, max_size=3)),
    st.builds(TellApart, items=st.lists(items, min_size=2, max_size=3), apart=st.booleans()),
    st.builds(TranslateItem, item=items, language=st.sampled_from(["en", "pt"]), text=texts),
    st.builds(
        EnterPaperBallot,
        run=runs,
        voter=st.sampled_from(["1", "2"]),
        group=st.sampled_from(GROUPS),
        dots=st.dictionaries(items, dots, max_size=3),
    ),
    st.builds(CorrectGroup, person=people, group=st.sampled_from(GROUPS)),
    st.builds(
        DescribeWorkshop,
        title=texts,
        territory=st.none() | texts,
        date=st.sampled_from([None, "", "2027-03-14", "soon"]),
    ),
    st.builds(SetDoor, open=st.booleans()),
    st.sampled_from([EndWorkshop(), ReopenWorkshop(), ReopenWorkshop()]),
)
steps = st.lists(
    st.one_of(
        st.tuples(people, by_participants),
        st.tuples(people, by_participants),
        st.tuples(st.just(FACILITATOR), by_facilitators),
    ),
    max_size=60,
)  # fmt: skip


def meant(room: MemoryWorkshop, command: Command) -> Command:
    """Point NOW and ANY at what is there, so that chance hits the open stage often enough to matter."""
    now = room.state.now()
    if getattr(command, "run", None) == "NOW":
        command = msgspec.structs.replace(command, run=now.id if now else "none.1")
    if getattr(command, "item", None) == "ANY":
        candidates = list(getattr(now.data, "candidates", {})) if now else []
        command = msgspec.structs.replace(command, item=candidates[0] if candidates else "i1")
    return command


def started(privacy: Privacy = "grouped") -> MemoryWorkshop:
    room = MemoryWorkshop(short(privacy=privacy))
    for n, person in enumerate(PEOPLE[:6]):
        room.must(Join(), person)
        room.must(Describe(group=GROUPS[n % 3]), person)
    room.must(OpenStage(stage="swot"))
    for n, person in enumerate(PEOPLE[:6]):
        room.must(AddItem(run="swot.1", column="swot"[n % 4], title=f"Text {n}"), person)
    return room


def nulls(value: Any) -> bool:
    if isinstance(value, dict):
        return any(nulls(inner) for inner in value.values())
    if isinstance(value, (list, tuple)):
        return any(nulls(inner) for inner in value)
    return value is None


def anyones_result(value: Any) -> list[str]:
    """The runs of which figures stand anywhere in a view."""
    if not isinstance(value, dict):
        return []
    found = [value["run"]] if "result" in value and "run" in value else []
    return found + [run for inner in value.values() for run in anyones_result(inner)]


@settings(max_examples=60, deadline=None)
@given(steps)
def test_a_view_with_its_changes_is_the_fresh_view_and_holds_no_result_too_early(steps: Any) -> None:
    room = started()
    held = {audience: plain(view(room.state, audience)) for audience in AUDIENCES}
    for actor, command in steps:
        room.do(meant(room, command), actor)
        for audience in AUDIENCES:
            fresh = plain(view(room.state, audience))
            held[audience] = patch.apply(held[audience], plain(patch.diff(held[audience], fresh)))  # type: ignore[arg-type]
            assert held[audience] == fresh
            assert not nulls(fresh)
            shown = set(anyones_result(fresh)) | set(fresh["results"])  # type: ignore[index]
            assert all(room.state.runs[run].revealed for run in shown)
        assert not nulls(plain(self_view(room.state, PEOPLE[0])))


def labels_of(room: MemoryWorkshop) -> dict[str, str]:
    items = view(room.state, "console")["items"]
    return {i: item["group"] for i, item in items.items() if "group" in item}


@settings(max_examples=100, deadline=None)
@given(steps)
def test_a_label_changes_with_the_opening_and_closing_of_its_run_only(steps: Any) -> None:
    room = started()
    seen: dict[str, str] = {}
    for actor, command in steps:
        before = labels_of(room)
        running = {run.id for run in room.state.runs.values() if run.running}
        room.do(meant(room, command), actor)
        after, items = labels_of(room), room.state.items
        now_running = {run.id for run in room.state.runs.values() if run.running}
        changed = {i for i in before.keys() | after.keys() if before.get(i) != after.get(i)}
        assert {items[i].run for i in changed} <= running ^ now_running
        assert not now_running & {items[i].run for i in after}
        assert all(seen.get(i, label) == label for i, label in after.items())
        seen |= after
        for run in running - now_running:
            authors = {(items[i].author, label) for i, label in after.items() if items[i].run == run}
            by_label = Counter(label for _, label in authors)
            standing = {i.author for i in items.values() if i.run == run and i.stands}
            assert all(n >= 3 for n in by_label.values())
            assert not by_label or len(standing) - by_label.total() in (0, *range(3, 9))


@settings(max_examples=60, deadline=None)
@given(steps)
def test_folding_the_log_anew_gives_the_same_views(steps: Any) -> None:
    room = started()
    for actor, command in steps:
        room.do(meant(room, command), actor)
    again = room.refolded()
    for audience in AUDIENCES:
        assert plain(view(again, audience)) == plain(view(room.state, audience))
    for person in PEOPLE:
        assert plain(self_view(again, person)) == plain(self_view(room.state, person))
    assert (again.seq, again.digest) == (room.state.seq, room.state.digest)


@settings(max_examples=60, deadline=None)
@given(steps)
def test_nobody_ever_has_spent_more_than_they_had(steps: Any) -> None:
    room = started()
    room.must(OpenStage(stage="weigh"))
    for actor, command in steps:
        room.do(meant(room, command), actor)
    for run in room.state.runs.values():
        if run.kind != "vote":
            continue
        method = run.stage.settings.method  # type: ignore[union-attr]
        for placed in run.data.tally.ballots().values():
            items = room.state.items
            visible = {i: n for i, n in placed.items() if not room.state.is_hidden(items[i])}
            assert all(0 < n <= method.cap for n in placed.values())
            shown_again = any(type(r.event).__name__ in ("ItemShown", "ItemUnmerged") for r in room.log)
            for column in "swot":
                spent = sum(n for i, n in visible.items() if room.state.items[i].column == column)
                if method.per == "column" and not shown_again:
                    assert spent <= method.dots


@settings(max_examples=200, deadline=None)
@given(st.one_of(by_participants, by_facilitators))
def test_every_command_survives_the_wire(command: Command) -> None:
    encoded = msgspec.json.encode(command)
    assert msgspec.json.decode(encoded, type=AnyCommand) == command


json_values = st.recursive(
    st.one_of(st.booleans(), st.integers(), st.text(max_size=5), st.lists(st.integers(), max_size=3)),
    lambda inner: st.dictionaries(st.text(max_size=3), inner, max_size=4),
    max_leaves=20,
)
objects = st.dictionaries(st.text(max_size=3), json_values, max_size=5)


@settings(max_examples=500)
@given(objects, objects)
def test_patches_say_exactly_what_changed(old: dict[str, Any], new: dict[str, Any]) -> None:
    difference = patch.diff(old, new)
    assert patch.apply(old, difference) == new
    assert (difference == {}) == (
        msgspec.json.encode(old, order="sorted") == msgspec.json.encode(new, order="sorted")
    )
