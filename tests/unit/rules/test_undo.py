"""What can be taken back is offered with commands that do it, and no longer once it is done or overtaken."""

from typing import Any

import msgspec

from edp_app.core.commands import (
    AnyCommand,
    ApproveItem,
    ApproveItems,
    CloseStage,
    CorrectGroup,
    CountHeads,
    Describe,
    DescribeWorkshop,
    EndWorkshop,
    HideItem,
    Join,
    MergeItems,
    OpenStage,
    PlanEnd,
    PlanStage,
    RevealResult,
    SetModeration,
    StepBack,
    TellApart,
    TranslateItem,
    TurnAway,
    UnmergeItem,
)
from edp_app.core.undo import acts_view
from edp_app.core.views import view
from tests.support.acting import ANA, write
from tests.support.definitions import short
from tests.support.memory import MemoryWorkshop, plain


def acts(room: MemoryWorkshop) -> list[dict[str, Any]]:
    assert plain(acts_view(room.refolded())) == plain(acts_view(room.state))
    return acts_view(room.state)


def undo(room: MemoryWorkshop, place: int = 0) -> None:
    """Press “Undo” beside one of them."""
    for command in acts(room)[place]["commands"]:
        room.must(msgspec.convert(command, AnyCommand))


def kinds(room: MemoryWorkshop) -> list[str]:
    return [act["what"] for act in acts(room)]


def test_each_act_is_taken_back_by_its_own_commands(room: MemoryWorkshop) -> None:
    room.must(OpenStage(stage="swot"))
    one, two, three = (write(room, ANA, title) for title in ("Sol", "Sal", "Sur"))
    room.must(HideItem(item=one))
    room.must(MergeItems(into=two, items=[three]))
    room.must(PlanStage(stage="ideas", minutes=12))
    room.must(PlanStage(stage="sort", skipped=True))
    room.must(PlanEnd(ends_at=room.now + 1000))
    assert kinds(room) == [
        "end_planned", "stage_planned", "stage_planned", "items_merged", "item_hidden", "stage_opened",
    ]  # fmt: skip
    for _ in range(5):
        undo(room)
    assert kinds(room) == ["stage_opened"]
    state = room.state
    assert state.ends_at is None
    assert not state.is_skipped("sort")
    ideas = state.definition.stage("ideas")
    assert ideas is not None
    assert state.minutes_of(ideas) == ideas.minutes
    assert state.items[three].into is None
    assert not state.items[one].hidden
    undo(room)
    assert state.runs["swot.1"].status == "closed"


def test_what_one_press_approved_is_one_act(room: MemoryWorkshop) -> None:
    room.must(SetModeration(on=True))
    room.must(OpenStage(stage="swot"))
    one, two, three = (write(room, ANA, title) for title in ("Sol", "Sal", "Sur"))
    room.must(ApproveItem(item=one))
    room.must(ApproveItems(items=[two, three]))
    assert [act["items"] for act in acts(room)[:2]] == [[two, three], [one]]
    undo(room)
    assert [room.state.items[item].waiting for item in (one, two, three)] == [False, True, True]
    assert acts(room)[0]["items"] == [one]


def test_opening_and_closing_go_back_one_step_at_a_time(room: MemoryWorkshop) -> None:
    room.must(OpenStage(stage="opening"))
    room.must(OpenStage(stage="who"))
    assert kinds(room) == ["stage_opened"]
    undo(room)
    assert room.state.current == "opening.1"
    assert acts(room)[0]["run"] == "opening.1"
    room.must(CloseStage(run="opening.1"))
    assert kinds(room) == ["stage_closed"]
    undo(room)
    assert room.state.runs["opening.1"].running
    assert kinds(room) == ["stage_opened"]


def test_what_cannot_be_taken_back_any_more_is_not_offered(room: MemoryWorkshop) -> None:
    room.must(OpenStage(stage="swot"))
    write(room, ANA, "Sol")
    room.must(PlanStage(stage="swot", minutes=12))
    room.must(OpenStage(stage="weigh"))
    assert kinds(room) == ["stage_opened"]  # the minutes of a stage that is over
    room.must(CloseStage(run="weigh.1"))
    room.must(RevealResult(run="weigh.1"))
    assert kinds(room) == []
    room.must(EndWorkshop())
    assert kinds(room) == ["workshop_ended"]
    undo(room)
    assert not room.state.ended


def test_the_same_done_again_stands_there_once(room: MemoryWorkshop) -> None:
    room.must(OpenStage(stage="swot"))
    item = write(room, ANA, "Sol")
    for _ in range(3):
        room.must(HideItem(item=item))
        undo(room)
    room.must(HideItem(item=item))
    assert kinds(room) == ["item_hidden", "stage_opened"]
    for minutes in (12, 14, 16):
        room.must(PlanStage(stage="ideas", minutes=minutes))
    undo(room)
    assert acts(room)[0]["after"]["minutes"] == 14
    room.must(StepBack())
    assert "stage_planned" in kinds(room)


def test_approval_goes_back_on_with_what_was_approved_when_it_went_off(room: MemoryWorkshop) -> None:
    room.must(OpenStage(stage="swot"))
    room.must(SetModeration(on=True))
    one, two = (write(room, ANA, title) for title in ("Sol", "Sal"))
    room.must(SetModeration(on=False, approve=True))
    assert [(act["what"], act.get("items")) for act in acts(room)[:2]] == [
        ("moderation_set", [one, two]), ("stage_opened", None),
    ]  # fmt: skip
    undo(room)
    assert room.state.moderated
    assert room.state.items[one].waiting
    assert room.state.items[two].waiting
    room.must(ApproveItem(item=one))
    assert kinds(room)[:2] == ["item_approved", "moderation_set"]
    undo(room, 1)
    assert not room.state.moderated
    assert room.state.items[two].waiting


def test_what_befell_texts_people_and_the_door_is_taken_back_too(room: MemoryWorkshop) -> None:
    room.must(OpenStage(stage="swot"))
    one, two, three = (write(room, ANA, title) for title in ("Sol", "Sal", "Sur"))
    before = plain(view(room.state, "console"))
    room.must(TellApart(items=[one, two]))
    room.must(TranslateItem(item=one, language="en", text="Sun"))
    room.must(CountHeads(heads=12))
    room.must(CorrectGroup(person=ANA, group="business"))
    assert kinds(room)[:4] == ["described", "heads_counted", "item_translated", "items_told_apart"]
    for _ in range(4):
        undo(room)
    after = plain(view(room.state, "console"))
    assert {name: after[name] for name in before} == before  # type: ignore[index, union-attr]

    # a second change is taken back to the first, and one that was overtaken not at all
    room.must(TranslateItem(item=one, language="en", text="Sun"))
    room.must(TranslateItem(item=one, language="en", text="The sun"))
    undo(room)
    assert room.state.items[one].translated == {"en": "Sun"}
    room.must(CountHeads(heads=12))
    room.must(CountHeads(heads=13))
    room.must(CountHeads())
    assert acts(room)[0]["was"] == 13
    assert kinds(room).count("heads_counted") == 1
    room.must(Describe(group="academia"), ANA)
    assert "described" not in kinds(room)
    room.must(TellApart(items=[one, three]))
    room.must(TellApart(items=[one, three], apart=False))
    assert "items_told_apart" not in kinds(room)


def test_one_that_was_taken_out_goes_back_under_the_name_it_had(room: MemoryWorkshop) -> None:
    room.must(OpenStage(stage="swot"))
    one, two, three = (write(room, ANA, title) for title in ("Sol", "Sal", "Sur"))
    room.must(MergeItems(into=one, items=[two]))
    room.must(MergeItems(into=one, items=[three], title="All"))
    room.must(UnmergeItem(item=three))
    assert kinds(room)[:2] == ["items_merged", "stage_opened"]  # its merge was taken back
    room.must(MergeItems(into=one, items=[three], title="All"))
    room.state.acts.clear()  # too long ago to be remembered
    room.must(UnmergeItem(item=three))
    assert acts_view(room.state)[0]["items"] == [one, three]
    for command in acts_view(room.state)[0]["commands"]:
        room.must(msgspec.convert(command, AnyCommand))
    assert (room.state.items[three].into, room.state.items[one].called) == (one, "All")

    room.must(UnmergeItem(item=three))
    room.must(UnmergeItem(item=two))
    room.must(MergeItems(into=one, items=[two, three], title="Both"))
    room.must(UnmergeItem(item=two))
    assert [act["what"] for act in acts_view(room.state)][:2] == ["item_unmerged", "items_merged"]
    room.must(UnmergeItem(item=three))
    assert "item_unmerged" not in {act["what"] for act in acts_view(room.state) if act["items"][1:] == [two]}


def test_whoever_was_turned_away_can_wait_again() -> None:
    room = MemoryWorkshop(short(door="admitted"))
    room.must(Join(), ANA)
    room.must(TurnAway(person=ANA))
    assert acts(room)[0]["person"] == ANA
    undo(room)
    assert list(room.state.waiting) == [ANA]
    room.must(TurnAway(person=ANA))
    room.must(DescribeWorkshop(title="Open to all", door="open"))
    assert kinds(room) == []
