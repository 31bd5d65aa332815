"""What waits for a facilitator is seen by nobody else, and every step of it can be undone."""

import msgspec
import pytest

from edp_app.core.commands import (
    AddItem,
    ApproveItem,
    ApproveItems,
    CastBallot,
    ChangeItem,
    CloseStage,
    EndWorkshop,
    HideItem,
    HoldItems,
    MergeItems,
    OpenStage,
    RevealResult,
    SetModeration,
    ShowItem,
)
from edp_app.core.moderation import waiting
from edp_app.core.views import self_view, view
from edp_app.exports.model import export_model
from edp_app.report.model import report_model
from tests.support.acting import ANA, BETO, PEOPLE, refused, write
from tests.support.memory import MemoryWorkshop


@pytest.fixture
def moderated(room: MemoryWorkshop) -> MemoryWorkshop:
    room.must(SetModeration(on=True))
    room.must(OpenStage(stage="swot"))
    return room


def on_board(room: MemoryWorkshop) -> set[str]:
    return set(view(room.state, "phone")["now"]["board"]["items"])


def states(room: MemoryWorkshop, *items: str) -> list[str]:
    """As the console sees them."""
    return [view(room.state, "console")["items"][item]["state"] for item in items]


def test_a_new_item_waits_until_it_is_approved(moderated: MemoryWorkshop) -> None:
    room = moderated
    item = write(room, ANA, "Sol")
    assert not on_board(room)
    assert view(room.state, "screen")["now"]["count"]["s"] == 0
    assert self_view(room.state, ANA)["items"][item]["state"] == "waiting"
    assert states(room, item) == ["waiting"]
    room.must(ApproveItem(item=item))
    assert on_board(room) == {item}
    assert self_view(room.state, ANA)["items"][item]["state"] == "shown"
    assert not room.must(ApproveItem(item=item)), "approving twice changes nothing"
    room.must(HoldItems(items=[item]))
    assert not on_board(room)


def test_only_facilitators_approve(moderated: MemoryWorkshop) -> None:
    item = write(moderated, ANA, "Sol")
    for command in (ApproveItem(item=item), ApproveItems(items=[item]), SetModeration(on=False)):
        refused(moderated, command, ANA, "not_allowed")


def test_all_at_once_takes_what_still_waits(moderated: MemoryWorkshop) -> None:
    room = moderated
    items = [write(room, ANA, f"Sol {n}") for n in range(3)]
    room.must(HideItem(item=items[1]))
    assert len(room.must(ApproveItems(items=[*items, "i999"]))) == 2
    assert states(room, *items) == ["shown", "hidden", "shown"]
    refused(room, ApproveItem(item=items[1]), "f:1", "item_hidden")
    room.must(ShowItem(item=items[1]))
    assert states(room, items[1]) == ["waiting"], "what is shown again has not been approved"
    room.must(HoldItems(items=items))
    assert [item.id for item in waiting(room.state)] == items


def test_a_rewritten_text_waits_again(moderated: MemoryWorkshop) -> None:
    room = moderated
    item = write(room, ANA, "Sol")
    room.must(ApproveItem(item=item))
    room.must(ChangeItem(run="swot.1", item=item, revision=1, title="Sol y mar"), ANA)
    assert not on_board(room)
    assert "Sol" not in str(view(room.state, "phone")["now"]["board"])


def test_off_it_is_as_before_and_what_waits_is_approved_or_kept(moderated: MemoryWorkshop) -> None:
    room = moderated
    first = write(room, ANA, "Sol")
    room.must(SetModeration(on=False))
    assert states(room, first, write(room, BETO, "Mar")) == ["waiting", "shown"]
    room.must(ChangeItem(run="swot.1", item=first, revision=1, title="Sol y mar"), ANA)
    assert states(room, first) == ["waiting"], "rewriting is no way around the facilitator"
    room.must(SetModeration(on=True))
    second = write(room, ANA, "Aire")
    room.must(SetModeration(on=False, approve=True))
    assert states(room, first, second) == ["shown", "shown"]


def test_the_format_file_says_how_it_begins(room: MemoryWorkshop) -> None:
    assert not room.state.moderated
    moderated = MemoryWorkshop(msgspec.structs.replace(room.state.definition, moderated=True))
    assert moderated.state.moderated
    assert view(moderated.state, "console")["workshop"]["moderated"]


def test_nothing_is_merged_with_what_waits(moderated: MemoryWorkshop) -> None:
    room = moderated
    first, second, third = (write(room, ANA, title) for title in ("Sol", "Mucho sol", "Más sol"))
    room.must(ApproveItems(items=[first, second]))
    refused(room, MergeItems(into=first, items=[third]), "f:1", "cannot_merge")
    refused(room, MergeItems(into=third, items=[first]), "f:1", "cannot_merge")
    room.must(MergeItems(into=first, items=[second]))
    refused(room, HoldItems(items=[first]), "f:1", "item_merged")
    refused(room, HoldItems(items=[second]), "f:1", "item_merged")


def test_votes_and_evidence_are_about_what_was_approved(moderated: MemoryWorkshop) -> None:
    room = moderated
    seen, unseen = write(room, ANA, "Sol"), write(room, BETO, "Insulto")
    refused(room, OpenStage(stage="weigh"), "f:1", "nothing_to_vote_on")
    room.must(ApproveItem(item=seen))
    room.must(OpenStage(stage="ideas"))
    idea = AddItem(run="ideas.1", column="idea", title="Una idea", links=[unseen])
    refused(room, idea, ANA, "unknown_link")
    room.must(OpenStage(stage="weigh"))
    assert set(view(room.state, "phone")["now"]["candidates"]) == {seen}
    room.must(ApproveItem(item=unseen))
    assert set(view(room.state, "phone")["now"]["candidates"]) == {seen}, "a vote asks what it asked"
    room.must(HoldItems(items=[seen]))
    assert not view(room.state, "phone")["now"]["candidates"]


def test_report_and_exports_count_what_waits_and_the_end_leaves_time_for_it(
    moderated: MemoryWorkshop,
) -> None:
    room = moderated
    write(room, ANA, "Sol")
    item = write(room, BETO, "Mar")
    room.must(ApproveItem(item=item))
    room.must(CloseStage(run="swot.1"))
    room.must(EndWorkshop())
    gathering, told = export_model(room.state).gatherings[0], report_model(room.state).gatherings[0]
    assert (gathering.waiting, told.waiting, len(gathering.items), len(told.entries)) == (1, 1, 1, 1)
    room.must(ApproveItems(items=[item.id for item in waiting(room.state)]))
    assert len(report_model(room.state).gatherings[0].entries) == 2


def test_a_result_names_no_item_that_waits(room: MemoryWorkshop) -> None:
    room.must(OpenStage(stage="swot"))
    item = write(room, ANA, "Sol")
    write(room, BETO, "Mar")
    room.must(OpenStage(stage="weigh"))
    for person in PEOPLE:
        room.must(CastBallot(run="weigh.1", item=item, dots=1), person)
    room.must(CloseStage(run="weigh.1"))
    room.must(RevealResult(run="weigh.1"))
    assert "Sol" in str(view(room.state, "screen"))
    room.must(HoldItems(items=[item]))
    assert "Sol" not in str(view(room.state, "screen"))
    assert "Mar" in str(view(room.state, "screen"))
