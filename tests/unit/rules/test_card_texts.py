"""In a moderated workshop, what people write on cards waits, and what stood there stays until then."""

from typing import Any

import msgspec
import pytest

from edp_app.core.commands import (
    AddItem,
    ApproveTexts,
    CloseStage,
    Describe,
    EndWorkshop,
    FillCard,
    HideItem,
    HoldTexts,
    Join,
    MergeItems,
    OpenStage,
    RefuseText,
    SetModeration,
    ShowItem,
)
from edp_app.core.definition import CardSettings, Stage
from edp_app.core.parts import CardField
from edp_app.core.undo import acts_view
from edp_app.core.views import self_view, view
from edp_app.exports.model import export_model
from edp_app.live.affected import affected
from edp_app.report.model import report_model
from tests.support.acting import ANA, BETO, CARLA, PEOPLE, refused
from tests.support.definitions import short
from tests.support.memory import FACILITATOR, MemoryWorkshop

RUN = "cards.1"


@pytest.fixture
def moderated() -> tuple[MemoryWorkshop, str]:
    """An open stage of cards, and the item that has one."""
    workshop = short()
    fields = [CardField("owner", {"en": "Owner"}), CardField("cost", {"en": "Cost"})]
    cards = Stage("cards", {"en": "Cards"}, 5, CardSettings("ideas", fields))
    room = MemoryWorkshop(msgspec.structs.replace(workshop, stages=[*workshop.stages, cards]))
    for person in PEOPLE:
        room.must(Join(), person)
        room.must(Describe(group="business"), person)
    room.must(OpenStage(stage="ideas"))
    room.must(AddItem(run="ideas.1", column="idea", title="Riego"), ANA)
    room.must(OpenStage(stage="cards"))
    room.must(SetModeration(on=True))
    return room, next(iter(room.state.items))


def fill(room: MemoryWorkshop, item: str, value: str, person: str, revision: int = 0) -> str:
    """Somebody writes who has the card; the id that the text has if it waits."""
    room.must(FillCard(RUN, item, "owner", value, revision), person)
    return f"t{room.state.seq}"


def stands(room: MemoryWorkshop, item: str) -> str:
    """What everybody reads, which is the same for all."""
    shown: list[Any] = [
        view(room.state, audience)["now"]["cards"] for audience in ("phone", "screen", "console")
    ]
    assert shown[0] == shown[1] == shown[2]
    return shown[0].get(item, {}).get("owner", {"value": ""})["value"]  # type: ignore[no-any-return]


def queue(room: MemoryWorkshop) -> list[str]:
    return [one["value"] for one in view(room.state, "console").get("proposed", {}).values()]


def own(room: MemoryWorkshop, item: str, person: str) -> Any:
    texts = self_view(room.state, person).get("proposed", {}).get(RUN, {}).get(item, {})
    return (said := texts.get("owner")) and (said["value"], said["state"])


def test_only_author_and_facilitators_see_it_until_it_is_approved(moderated: Any) -> None:
    room, item = moderated
    text = fill(room, item, "Minka", ANA)
    assert stands(room, item) == ""
    assert queue(room) == ["Minka"]
    assert own(room, item, ANA) == ("Minka", "waiting")
    seen = [view(room.state, "phone"), view(room.state, "screen"), self_view(room.state, BETO)]
    assert not any("Minka" in str(one) for one in seen)
    room.must(ApproveTexts(texts=[text]))
    assert (stands(room, item), queue(room), own(room, item, ANA)) == ("Minka", [], None)
    assert not room.must(ApproveTexts(texts=[text])), "approving twice changes nothing"


def test_what_stood_there_stays_until_another_one_is_approved(moderated: Any) -> None:
    room, item = moderated
    room.must(FillCard(RUN, item, "owner", "Cámara", 0))
    first, second = fill(room, item, "Minka", ANA), fill(room, item, "", BETO, 1)
    assert stands(room, item) == "Cámara"
    assert sorted(queue(room)) == ["", "Minka"]
    assert {one["stands"] for one in view(room.state, "console")["proposed"].values()} == {"Cámara"}
    room.must(ApproveTexts(texts=[first, second]))
    assert stands(room, item) == "", "the later one stands"
    room.must(FillCard(RUN, item, "owner", "Otra", room.state.runs[RUN].data.texts[item]["owner"][1]))


def test_its_author_is_told_that_it_was_not_taken_over(moderated: Any) -> None:
    room, item = moderated
    text = fill(room, item, "Insulto", ANA)
    room.must(RefuseText(text=text))
    assert (stands(room, item), queue(room)) == ("", [])
    assert own(room, item, ANA) == ("Insulto", "refused")
    assert affected(room.state, room.log[-1]) == {ANA}
    assert "Insulto" not in str([view(room.state, "console"), self_view(room.state, BETO)])
    fill(room, item, "Minka", ANA)
    assert own(room, item, ANA) == ("Minka", "waiting")
    refused(room, HoldTexts(texts=[text]), FACILITATOR, "unknown_item")


def test_a_newer_text_waits_in_the_place_of_the_older_one(moderated: Any) -> None:
    room, item = moderated
    old = fill(room, item, "Minka", ANA)
    fill(room, item, "Minka y Rosa", ANA, 1)
    assert queue(room) == ["Minka y Rosa"]
    refused(room, ApproveTexts(texts=[old]), FACILITATOR, "unknown_item")
    fill(room, item, "", ANA, 2)
    assert (queue(room), own(room, item, ANA)) == ([], None), "it says what stands there anyway"


def test_both_are_undone_in_one_place(moderated: Any) -> None:
    room, item = moderated
    room.must(FillCard(RUN, item, "owner", "Cámara", 0))
    text, other = fill(room, item, "Minka", ANA), fill(room, item, "Insulto", BETO)
    room.must(ApproveTexts(texts=[text]))
    room.must(RefuseText(text=other))
    acts = acts_view(room.state)
    assert [(act["what"], act["became"]) for act in acts[:2]] == [
        ("card_text_settled", False),
        ("card_text_settled", True),
    ]
    for act in acts[:2]:
        for command in act["commands"]:
            room.must(msgspec.convert(command, HoldTexts))
    assert stands(room, item) == "Cámara"
    assert queue(room) == ["Minka", "Insulto"]
    assert not any(act["what"] == "card_text_settled" for act in acts_view(room.state))


def test_what_was_written_over_since_is_not_taken_back(moderated: Any) -> None:
    room, item = moderated
    text = fill(room, item, "Minka", ANA)
    room.must(ApproveTexts(texts=[text]))
    room.must(FillCard(RUN, item, "owner", "Cámara", 1))
    assert not any(act["what"] == "card_text_settled" for act in acts_view(room.state))
    refused(room, HoldTexts(texts=[text]), FACILITATOR, "outdated")
    assert stands(room, item) == "Cámara"


@pytest.mark.parametrize("approve", [True, False])
def test_turned_off_what_waits_is_approved_or_goes_on_waiting(moderated: Any, approve: bool) -> None:
    room, item = moderated
    fill(room, item, "Minka", ANA)
    room.must(SetModeration(on=False, approve=approve))
    assert stands(room, item) == ("Minka" if approve else "")
    room.must(FillCard(RUN, item, "cost", "Poco", 0), BETO)
    assert view(room.state, "phone")["now"]["cards"][item]["cost"]["value"] == "Poco"
    fill(room, item, "Minka y Rosa", ANA, 1)
    assert queue(room) == ([] if approve else ["Minka y Rosa"])
    if approve:
        (act,) = [one for one in acts_view(room.state) if one["what"] == "moderation_set"]
        assert [one["type"] for one in act["commands"]] == ["set_moderation"]


def test_undoing_that_has_them_wait_again(moderated: Any) -> None:
    room, item = moderated
    fill(room, item, "Minka", ANA)
    room.must(SetModeration(on=False, approve=True))
    (act,) = [one for one in acts_view(room.state) if one["what"] == "moderation_set"]
    room.must(SetModeration(on=True))
    room.must(msgspec.convert(act["commands"][1], HoldTexts))
    assert (stands(room, item), queue(room)) == ("", ["Minka"])


def test_only_facilitators_and_helpers_approve(moderated: Any) -> None:
    room, item = moderated
    text = fill(room, item, "Minka", ANA)
    for command in (ApproveTexts(texts=[text]), RefuseText(text=text), HoldTexts(texts=[text])):
        refused(room, command, BETO, "not_allowed")


def test_it_waits_on_in_the_next_run_and_with_its_item(moderated: Any) -> None:
    room, item = moderated
    text = fill(room, item, "Minka", ANA)
    room.must(HideItem(item=item))
    assert queue(room) == [], "nothing is asked about what is hidden"
    room.must(ShowItem(item=item))
    room.must(OpenStage(stage="evaluation"))
    room.must(OpenStage(stage="cards"))
    assert queue(room) == ["Minka"]
    room.must(ApproveTexts(texts=[text]))
    assert stands(room, item) == "Minka"


def test_report_and_exports_count_what_waits_and_the_end_leaves_time_for_it(moderated: Any) -> None:
    room, item = moderated
    text = fill(room, item, "Minka", ANA)
    fill(room, item, "Otra", CARLA)
    room.must(CloseStage(run=RUN))
    room.must(EndWorkshop())
    exported, told = export_model(room.state).cards[0], report_model(room.state).cards[0]
    assert (exported.waiting, told.waiting) == (2, 2)
    assert "Minka" not in str(exported) + str(told)
    room.must(ApproveTexts(texts=[text]))
    exported, told = export_model(room.state).cards[0], report_model(room.state).cards[0]
    assert (exported.waiting, told.waiting) == (1, 1)
    assert "Minka" in str(exported)
    assert "Minka" in str(told)


def test_on_a_merged_card_it_is_shown_with_the_others(moderated: Any) -> None:
    room, item = moderated
    text = fill(room, item, "Minka", ANA)
    room.must(SetModeration(on=False))
    room.must(OpenStage(stage="ideas"))
    room.must(AddItem(run=room.state.now().id, column="idea", title="Queso"), BETO)
    other = list(room.state.items)[-1]
    room.must(MergeItems(into=other, items=[item]))
    room.must(OpenStage(stage="cards"))
    room.must(ApproveTexts(texts=[text]))
    (also,) = view(room.state, "phone")["now"]["cards"][other]["owner"]["also"]
    assert also["value"] == "Minka"
