"""Statements and earlier priorities that are brought in: among the items like any other, and nobody's."""

from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from edp_app.core.canonical import encode, kind_of
from edp_app.core.commands import (
    AddItem,
    BringItems,
    Brought,
    CastBallot,
    ChangeItem,
    CloseStage,
    Describe,
    EditWorkshop,
    HideItem,
    Join,
    MergeItems,
    OpenStage,
    RevealResult,
    StepBack,
    TakeBackItems,
    WithdrawItem,
)
from edp_app.core.definition import AgreeMethod, Stage, VoteSettings
from edp_app.core.erasing import holding, left_of
from edp_app.core.events import ItemBrought
from edp_app.core.items import board
from edp_app.core.undo import acts_view
from edp_app.core.views import AUDIENCES, self_view, view
from edp_app.exports.model import export_model
from edp_app.live.affected import affected
from edp_app.log.bounds import out_of_bounds
from edp_app.rehearsal.recount import Row, recount
from edp_app.report.model import report_model
from tests.support.acting import ANA, PEOPLE, refused, write
from tests.support.definitions import GROUPS, short
from tests.support.memory import FACILITATOR, MemoryWorkshop, plain

CHECK = Stage("check", {"en": "Check"}, 5, VoteSettings("swot", AgreeMethod(), passes=1))
SUN = Brought("Three hundred days of sun", "s", "Census of 2022")
ROADS = Brought("Few roads", "w")


@pytest.fixture
def room() -> MemoryWorkshop:
    """The short workshop with a check of its SWOT, three people in it."""
    workshop = short()
    at = next(n for n, stage in enumerate(workshop.stages) if stage.id == "swot") + 1
    stages = [*workshop.stages[:at], CHECK, *workshop.stages[at:]]
    made = MemoryWorkshop(replace(workshop, stages=stages))
    for person, group in zip(PEOPLE, GROUPS, strict=False):
        made.must(Join(), person)
        made.must(Describe(group=group), person)
    return made


def bring(room: MemoryWorkshop, *items: Brought, stage: str = "swot") -> list[str]:
    """The ids of what was brought in at once."""
    done = room.must(BringItems(stage, list(items)))
    return [event.item for event in done if isinstance(event, ItemBrought)]


def test_what_stands_beside_it_in_other_languages_comes_with_it(room: MemoryWorkshop) -> None:
    prepared = replace(SUN, translations={"pt": " Trezentos dias  de sol", "es": ""})
    room.must(BringItems("swot", [prepared]))
    room.must(OpenStage(stage="opening"))
    (early,) = (item.id for item in room.state.items_of("swot"))
    (late,) = bring(room, replace(ROADS, translations={"es": "Pocos caminos", "pt": "Poucas estradas"}))
    lasting(room)
    shown = {one.id: one.translated for one in room.state.items_of("swot")}
    assert shown == {
        early: {"pt": "Trezentos dias de sol"},
        late: {"es": "Pocos caminos", "pt": "Poucas estradas"},
    }
    assert board(room.state, "swot")["items"][late]["translations"] == shown[late]
    refused(
        room, BringItems("swot", [replace(SUN, translations={"fr": "Du soleil"})]), FACILITATOR, "bad_value"
    )
    long = replace(SUN, translations={"es": "x" * 501})
    refused(room, BringItems("swot", [long]), FACILITATOR, "text_too_long")


def test_erased_it_says_nothing_in_any_language(room: MemoryWorkshop) -> None:
    room.must(OpenStage(stage="opening"))
    (item,) = bring(room, replace(ROADS, translations={"es": "Pocos caminos"}))
    (seq,) = holding(room.log, item=item)
    left = left_of(next(one.event for one in room.log if one.seq == seq), "en")
    assert isinstance(left, ItemBrought)
    assert (left.translations, left.source) == ({}, "")


def standing(room: MemoryWorkshop, stage: str = "swot") -> list[str]:
    return [item.title for item in room.state.items_of(stage) if item.stands]


def lasting(room: MemoryWorkshop) -> dict[str, Any]:
    """What everybody is shown, which folding the whole log anew gives as well."""
    shown = {audience: plain(view(room.state, audience)) for audience in AUDIENCES}
    assert shown == {audience: plain(view(room.refolded(), audience)) for audience in AUDIENCES}
    return shown  # type: ignore[return-value]


class TestBefore:
    def test_it_is_prepared_and_comes_in_with_the_first_stage(self, room: MemoryWorkshop) -> None:
        assert not bring(room, SUN, ROADS)
        assert not room.state.items
        settings = room.state.definition.stage("swot").settings  # type: ignore[union-attr]
        assert [one.title for one in settings.statements] == [SUN.title, ROADS.title]  # type: ignore[union-attr]
        done = room.must(OpenStage(stage="opening"))
        assert [type(event).__name__ for event in done] == ["ItemBrought", "ItemBrought", "StageOpened"]
        assert all(out_of_bounds(event) is None for event in done)
        assert standing(room) == [SUN.title, ROADS.title]
        assert not acts_view(room.state)[0].get("items"), "only the opening is offered to be taken back"
        lasting(room)

    def test_a_first_stage_gone_back_from_brings_them_in_once(self, room: MemoryWorkshop) -> None:
        bring(room, SUN)
        room.must(OpenStage(stage="opening"))
        room.must(StepBack())
        room.must(OpenStage(stage="opening"))
        assert standing(room) == [SUN.title]

    def test_stages_edited_after_going_back_bring_theirs(self, room: MemoryWorkshop) -> None:
        bring(room, SUN)
        room.must(OpenStage(stage="opening"))
        room.must(StepBack())
        bring(room, ROADS)
        assert not room.state.items, "it comes again with the next opening"
        room.must(OpenStage(stage="opening"))
        assert standing(room) == [SUN.title, ROADS.title]
        stages = room.state.definition.stages
        refused(room, EditWorkshop(edition=room.state.edition, stages=stages), FACILITATOR, "workshop_begun")
        lasting(room)

    def test_the_very_first_stage_may_be_a_vote_on_them(self, room: MemoryWorkshop) -> None:
        refused(room, OpenStage(stage="check"), FACILITATOR, "nothing_to_vote_on")
        refused(room, OpenStage(stage="sort"), FACILITATOR, "nothing_to_sort")
        bring(room, SUN, ROADS)
        room.must(OpenStage(stage="check"))
        assert len(view(room.state, "phone")["now"]["candidates"]) == 2

    def test_where_others_are_hidden_it_is_seen_from_the_beginning_and_tells_nothing_of_them(self) -> None:
        room = MemoryWorkshop(short(others="after_close"))
        for person, group in zip(PEOPLE, GROUPS, strict=False):
            room.must(Join(), person)
            room.must(Describe(group=group), person)
        room.must(OpenStage(stage="opening"))
        sun, roads, clear, gone = bring(room, SUN, ROADS, Brought("Clear skies", "s"), Brought("A port", "o"))
        room.must(OpenStage(stage="swot"))
        room.must(HideItem(item=gone))
        secret = write(room, ANA, "Secret sun", "s")
        room.must(MergeItems(into=sun, items=[clear]))

        def shown() -> dict[str, Any]:
            (phone, wall) = (lasting(room)[audience] for audience in ("phone", "screen"))
            assert "Secret" not in str([phone, wall])
            assert phone["now"]["brought"] == wall["now"]["brought"]
            assert "board" not in phone["now"]
            items: dict[str, Any] = phone["now"]["brought"]["items"]
            return items

        assert list(shown()) == [sun, roads]
        assert shown()[sun]["source"] == SUN.source
        assert [one["id"] for one in shown()[sun]["merged"]] == [clear]
        assert view(room.state, "phone")["now"]["count"] == {"s": 1, "w": 0, "o": 0, "t": 0}, (
            "what people wrote"
        )
        room.must(MergeItems(into=sun, items=[secret], title="Secret sun every day"))
        assert shown()[sun]["title"] == SUN.title
        other = write(room, PEOPLE[1], "Secret roads", "w")
        room.must(MergeItems(into=other, items=[roads]))
        assert shown()[roads]["title"] == ROADS.title
        room.must(CloseStage(run="swot.1"))
        now = lasting(room)["phone"]["now"]
        assert "brought" not in now
        assert now["board"]["items"][sun]["title"] == "Secret sun every day"

    def test_the_only_column_need_not_be_named(self, room: MemoryWorkshop) -> None:
        bring(room, Brought("Solar drying"), stage="ideas")
        room.must(OpenStage(stage="opening"))
        assert [item.column for item in room.state.items_of("ideas")] == ["idea"]


@pytest.mark.parametrize("begun", [False, True])
@pytest.mark.parametrize(
    ("items", "why"),
    [
        ([SUN, Brought("", "s")], "empty_text"),
        ([SUN, Brought("x" * 201, "s")], "text_too_long"),
        ([SUN, Brought("Sun", "s", "x" * 201)], "text_too_long"),
        ([SUN, Brought("Sun\x07", "s")], "bad_text"),
        ([SUN, Brought("Sun")], "unknown_column"),
        ([SUN, Brought("Sun", "x")], "unknown_column"),
    ],
)
def test_all_of_it_or_nothing(room: MemoryWorkshop, items: list[Brought], why: str, begun: bool) -> None:
    if begun:
        room.must(OpenStage(stage="swot"))
    before = room.state.seq
    refused(room, BringItems("swot", items), FACILITATOR, why)
    assert room.state.seq == before


def test_only_where_something_is_written(room: MemoryWorkshop) -> None:
    for stage in ("opening", "check", "nowhere"):
        refused(room, BringItems(stage, [SUN]), FACILITATOR, "unknown_stage")


class TestWhileItRuns:
    def test_a_vote_is_held_on_a_stage_that_was_never_opened(self, room: MemoryWorkshop) -> None:
        room.must(OpenStage(stage="opening"))
        sun, roads = bring(room, SUN, ROADS)
        room.must(OpenStage(stage="check"))
        for person in PEOPLE:
            room.must(CastBallot(run="check.1", item=sun, choice="agree"), person)
        room.must(CloseStage(run="check.1"))
        room.must(RevealResult(run="check.1"))
        shown = lasting(room)["phone"]["now"]
        assert shown["candidates"][sun] == {
            "id": sun,
            "n": 1,
            "column": "s",
            "title": SUN.title,
            "brought": True,
            "source": "Census of 2022",
        }
        assert "source" not in shown["candidates"][roads]
        assert [row["item"] for row in shown["result"]["columns"][0]["items"]] == [sun, roads]
        log = [
            Row(
                one.seq, kind_of(one.event), one.actor, "", msgspec.json.decode(encode(one.event)), one.digest
            )
            for one in room.log
        ]
        verdict = recount(log, {"check.1": shown["result"]})
        assert verdict.runs_compared == 1
        assert not verdict.problems

    def test_it_is_nobodys(self, room: MemoryWorkshop) -> None:
        room.must(OpenStage(stage="swot"))
        own = write(room, ANA, "Sun")
        (sun,) = bring(room, SUN)
        refused(room, ChangeItem(run="swot.1", item=sun, revision=1, title="Rain"), ANA, "unknown_item")
        refused(room, WithdrawItem(run="swot.1", item=sun), ANA, "unknown_item")
        assert set(self_view(room.state, ANA)["items"]) == {own}
        assert view(room.state, "console")["answered"]["total"] == 1
        room.must(CloseStage(run="swot.1"))
        assert room.state.items[sun].label is None
        for recorded in room.log[-2:]:
            assert "" not in (affected(room.state, recorded) or set())

    def test_it_protects_nobody(self) -> None:
        """Two authors of a group stay two: what was brought in does not make them three."""
        rooms = []
        for with_it in (False, True):
            room = MemoryWorkshop(short())
            for n in range(5):
                room.must(Join(), f"p:{n}")
                room.must(Describe(group=GROUPS[n // 3]), f"p:{n}")
            room.must(OpenStage(stage="swot"))
            for n in range(5):
                write(room, f"p:{n}", f"Text {n}")
            if with_it:
                bring(room, SUN, ROADS)
            room.must(CloseStage(run="swot.1"))
            rooms.append([item.label for item in room.state.items.values() if not item.brought])
        assert rooms[0] == rooms[1]

    def test_what_an_open_stage_was_given_stays_when_one_steps_back(self, room: MemoryWorkshop) -> None:
        room.must(OpenStage(stage="opening"))
        room.must(OpenStage(stage="swot"))
        bring(room, SUN)
        room.must(StepBack())
        assert standing(room) == [SUN.title]
        assert room.state.runs["swot.1"].status == "closed"

    def test_ideas_rest_on_it_and_it_is_merged_like_any_other(self, room: MemoryWorkshop) -> None:
        room.must(OpenStage(stage="swot"))
        own = write(room, ANA, "Sun")
        (sun,) = bring(room, SUN)
        room.must(MergeItems(into=own, items=[sun]))
        board = lasting(room)["screen"]["now"]["board"]["items"]
        assert board[own]["merged"] == [
            {"id": sun, "title": SUN.title, "brought": True, "source": "Census of 2022"}
        ]
        assert "brought" not in board[own]
        room.must(OpenStage(stage="ideas"))
        room.must(AddItem(run="ideas.1", column="idea", title="Drying", links=[sun]), ANA)
        assert lasting(room)["phone"]["now"]["board"]["items"]


class TestTakingBack:
    def acts(self, room: MemoryWorkshop) -> list[Any]:
        return [act for act in acts_view(room.state) if act["what"] == "item_brought"]

    def test_one_press_is_one_act_and_taken_back_at_once(self, room: MemoryWorkshop) -> None:
        room.must(OpenStage(stage="swot"))
        first = bring(room, SUN, ROADS)
        bring(room, Brought("Rain", "s"))
        assert [len(act["items"]) for act in self.acts(room)] == [1, 2]
        assert self.acts(room)[1]["commands"] == [{"type": "take_back_items", "items": first}]
        room.must(TakeBackItems(items=first))
        assert standing(room) == ["Rain"]
        assert len(self.acts(room)) == 1
        lasting(room)

    def test_it_is_not_offered_once_something_rests_on_it(self, room: MemoryWorkshop) -> None:
        room.must(OpenStage(stage="swot"))
        own = write(room, ANA, "Sun")
        (sun,) = bring(room, SUN)
        room.must(MergeItems(into=own, items=[sun]))
        assert not self.acts(room)
        refused(room, TakeBackItems(items=[sun]), FACILITATOR, "item_merged")
        refused(room, TakeBackItems(items=[own]), FACILITATOR, "unknown_item")

    def test_nor_once_it_was_voted_on_or_hidden(self, room: MemoryWorkshop) -> None:
        room.must(OpenStage(stage="opening"))
        (sun,) = bring(room, SUN)
        (roads,) = bring(room, ROADS)
        room.must(HideItem(item=roads))
        assert [act["items"] for act in self.acts(room)] == [[sun]]
        room.must(OpenStage(stage="check"))
        assert not self.acts(room)


class TestReadLater:
    @pytest.fixture
    def held(self, room: MemoryWorkshop) -> MemoryWorkshop:
        room.must(OpenStage(stage="opening"))
        bring(room, SUN, ROADS)
        (rain,) = bring(room, Brought("Rain", "s"))
        room.must(TakeBackItems(items=[rain]))
        room.must(OpenStage(stage="ideas"))
        return room

    def test_an_export_says_what_was_brought_in(self, held: MemoryWorkshop) -> None:
        (swot, _ideas) = export_model(held.state).gatherings
        assert [(item.title, item.brought) for item in swot.items] == [(SUN.title, True), (ROADS.title, True)]
        assert swot.items[0].source == "Census of 2022"
        assert swot.withdrawn == 0, "nobody withdrew anything of theirs"

    def test_the_report_says_it_beside_each(self, held: MemoryWorkshop) -> None:
        report = report_model(held.state, "en")
        swot = next(one for one in report.gatherings if one.stage == "swot")
        assert [entry.origin for entry in swot.entries] == ["brought in: Census of 2022", "brought in"]
        assert (swot.brought, swot.withdrawn) == (2, 0)
        assert all(entry.group is None for entry in swot.entries)

    def test_its_words_can_be_erased(self, held: MemoryWorkshop) -> None:
        sun = next(iter(held.state.items))
        (seq,) = holding(held.log, item=sun)
        left = left_of(held.log[seq - 1].event, "en")
        assert isinstance(left, ItemBrought)
        assert (left.title, left.source, left.item) == ("(erased)", "", sun)
