"""The agenda while the workshop runs: stages that wait change places, stages of the library are put in, and
all of it can be taken back."""

import msgspec
import pytest

from edp_app.core.commands import (
    AddStage,
    AnyCommand,
    CloseStage,
    Command,
    Context,
    MoveStage,
    OpenStage,
    PlanStage,
    RemoveStage,
    StepBack,
)
from edp_app.core.definition import (
    MOST_STAGES,
    GatherSettings,
    Language,
    ShowSettings,
    SortSettings,
    Stage,
    VoteSettings,
)
from edp_app.core.formats import Library
from edp_app.core.formats.adding import REFERENCES, offers, stage_could_be_read
from edp_app.core.formats.writer import tables_of
from edp_app.core.plan import to_come
from edp_app.core.refusals import Refusal
from edp_app.core.undo import acts_view
from edp_app.core.views import AUDIENCES, view
from edp_app.core.workshop import decide
from edp_app.live.offering import offered
from edp_app.web.editor.changes import from_library
from tests.support.definitions import every_method, short
from tests.support.memory import LIBRARY, START, MemoryWorkshop


def order(room: MemoryWorkshop) -> list[str]:
    found = [stage.id for stage in room.state.definition.stages]
    assert [stage.id for stage in room.refolded().definition.stages] == found
    for audience in AUDIENCES:
        assert [row["id"] for row in view(room.state, audience)["agenda"]] == found
    return found


def why(room: MemoryWorkshop, command: Command) -> tuple[str, dict[str, str | int]]:
    refusal = room.do(command)
    assert isinstance(refusal, Refusal)
    return refusal.code, refusal.params


def undo(room: MemoryWorkshop) -> None:
    for command in acts_view(room.state)[0]["commands"]:
        room.must(msgspec.convert(command, AnyCommand))


@pytest.fixture
def room() -> MemoryWorkshop:
    made = MemoryWorkshop(short())
    made.must(OpenStage(stage="swot"))
    return made


class TestMoving:
    def test_a_stage_that_waits_goes_elsewhere_and_what_comes_next_follows(
        self, room: MemoryWorkshop
    ) -> None:
        before = order(room)
        assert to_come(room.state)[0].stage.id == "sort"
        room.must(MoveStage(stage="ideas", after="swot"))
        assert order(room)[:6] == ["opening", "who", "swot", "ideas", "sort", "weigh"]
        assert sorted(order(room)) == sorted(before)
        assert to_come(room.state)[0].stage.id == "ideas"
        assert room.must(MoveStage(stage="ideas", after="swot")) == []  # it stands there already
        undo(room)
        assert order(room) == before

    def test_one_that_was_opened_stays(self, room: MemoryWorkshop) -> None:
        assert why(room, MoveStage(stage="swot", after="evaluation"))[0] == "place_passed"
        assert why(room, MoveStage(stage="nowhere"))[0] == "unknown_stage"
        assert why(room, MoveStage(stage="evaluation", after="nowhere"))[0] == "unknown_stage"
        assert why(room, MoveStage(stage="evaluation", after="evaluation"))[0] == "bad_value"

    def test_one_that_was_passed_over_comes_after_the_current_one(self, room: MemoryWorkshop) -> None:
        before = order(room)
        room.must(MoveStage(stage="opening", after="swot"))
        assert to_come(room.state)[0].stage.id == "opening"
        undo(room)
        assert order(room) == before

    def test_what_a_stage_needs_stays_before_it(self) -> None:
        room = MemoryWorkshop(every_method())
        assert why(room, MoveStage(stage="dots")) == (
            "stage_needs",
            {"stage": "Dots", "other": "Ideas"},
        )
        assert why(room, MoveStage(stage="criteria", after="again")) == (
            "stage_needs",
            {"stage": "Second round", "other": "Criteria"},
        )
        assert why(room, MoveStage(stage="ideas", after="dots"))[0] == "stage_needs"

    def test_a_stage_opened_by_mistake_and_taken_back_can_still_be_moved(self, room: MemoryWorkshop) -> None:
        room.must(OpenStage(stage="evaluation"))
        assert why(room, MoveStage(stage="evaluation", after="swot"))[0] == "place_passed"
        room.must(StepBack())
        room.must(MoveStage(stage="evaluation", after="swot"))
        assert to_come(room.state)[0].stage.id == "evaluation"
        room.must(CloseStage(run="swot.1"))
        room.must(OpenStage(stage="evaluation"))
        assert not any(act["what"] == "stage_moved" for act in acts_view(room.state))


class TestAdding:
    def test_it_is_as_a_file_would_have_it(self, room: MemoryWorkshop) -> None:
        before = order(room)
        room.must(AddStage(preset="weigh", after="swot", title=" Pesar  otra vez ", minutes=7, of="swot"))
        stage = room.state.definition.stage("weigh_2")
        assert stage is not None
        assert (stage.title, stage.minutes) == ({"es": "Pesar otra vez"}, 7)
        assert isinstance(stage.settings, VoteSettings)
        assert stage.settings.of == "swot"
        assert stage.prompt["pt"]  # its words in all languages, as the library has them
        assert order(room)[order(room).index("swot") + 1] == "weigh_2"
        assert stage_could_be_read(stage)
        shown = {row["id"]: row for row in view(room.state, "phone")["agenda"]}
        assert shown["weigh_2"]["added"]
        undo(room)
        assert order(room) == before
        assert acts_view(room.state)[0]["what"] == "stage_opened"

    def test_ids_are_never_given_twice(self, room: MemoryWorkshop) -> None:
        room.must(AddStage(preset="break", after="swot"))
        room.must(PlanStage(stage="break", minutes=3))
        room.must(RemoveStage(stage="break"))
        room.must(AddStage(preset="break", after="swot"))
        added = room.state.definition.stage("break_2")
        assert added is not None
        assert room.state.minutes_of(added) == added.minutes == 15
        assert isinstance(added.settings, ShowSettings)

    def test_it_is_played_like_any_other_and_then_stays(self, room: MemoryWorkshop) -> None:
        room.must(AddStage(preset="group_and_name", after="swot", of="swot"))
        stage = room.state.definition.stage("group_and_name")
        assert stage is not None
        assert stage.settings == SortSettings("swot")
        room.must(AddStage(preset="break", after="swot"))
        room.must(OpenStage(stage="break"))
        assert why(room, RemoveStage(stage="break"))[0] == "place_passed"
        assert why(room, RemoveStage(stage="sort"))[0] == "unknown_stage"  # it was there from the beginning

    def test_what_it_refers_to_comes_before_it_and_is_of_the_right_kind(self, room: MemoryWorkshop) -> None:
        code, params = why(room, AddStage(preset="shortlist", after="swot", of="ideas"))
        assert code == "stage_needs"
        assert params["stage"] == "Preselección"
        assert why(room, AddStage(preset="shortlist", after="swot"))[0] == "does_not_fit"
        assert why(room, AddStage(preset="shortlist", after="swot", of="opening"))[0] == "does_not_fit"
        assert (
            why(room, AddStage(preset="second_round", after="weigh", second_of="weigh"))[0] == "does_not_fit"
        )
        assert why(room, AddStage(preset="break", after="swot", of="swot"))[0] == "does_not_fit"
        assert why(room, AddStage(preset="shortlist", after="swot", of="nowhere"))[0] == "unknown_stage"
        assert why(room, AddStage(preset="nothing", after="swot"))[0] == "unknown_preset"
        assert why(room, AddStage(preset="break"))[0] == "place_passed"
        assert why(room, AddStage(preset="break", after="swot", title="a\x00b"))[0] == "bad_text"

    def test_what_an_added_stage_needs_is_not_taken_out(self, room: MemoryWorkshop) -> None:
        room.must(AddStage(preset="ideas", after="swot", links_to="swot"))
        room.must(AddStage(preset="agree_criteria", after="ideas_2"))
        room.must(
            AddStage(preset="score", after="agree_criteria", of="ideas_2", weights_from="agree_criteria")
        )
        room.must(AddStage(preset="second_round", after="score", second_of="score"))
        again = room.state.definition.stage("second_round")
        assert again is not None
        assert stage_could_be_read(again)
        assert why(room, RemoveStage(stage="ideas_2"))[0] == "stage_needs"
        assert why(room, MoveStage(stage="agree_criteria", after="score"))[0] == "stage_needs"
        for _ in range(4):
            undo(room)
        assert order(room) == [stage.id for stage in short().stages]

    def test_it_asks_what_is_written_here_and_contradicts_it_in_no_language(
        self, room: MemoryWorkshop
    ) -> None:
        room.must(AddStage(preset="ideas", after="swot", prompt={"es": " ¿Qué haría  usted?\n"}))
        asked = room.state.definition.stage("ideas_2")
        assert asked is not None
        assert asked.prompt == {"es": "¿Qué haría usted?"}  # in English and Portuguese not the library's
        assert isinstance(asked.settings, GatherSettings)
        assert asked.settings.columns[0].prompt == {}  # the example went with the library's question
        room.must(AddStage(preset="ideas", after="swot", prompt={"es": "¿Y?", "pt": "E?", "en": " "}))
        room.must(AddStage(preset="vision", after="swot", prompt={"es": "En {year}, …"}))
        again, vision = (room.state.definition.stage(one) for one in ("ideas_3", "vision"))
        assert again is not None
        assert vision is not None
        assert again.prompt == {"es": "¿Y?", "pt": "E?"}
        assert vision.asking(vision.prompt) == {"es": f"En {vision.year}, …"}
        assert stage_could_be_read(vision)
        order(room)

    @pytest.mark.parametrize(
        ("prompt", "code"),
        [
            ({"pt": "E?"}, "empty_text"),
            ({"es": " ", "pt": "E?"}, "empty_text"),
            ({"es": "¿En {year}?"}, "bad_text"),
            ({"es": "¿{who}?"}, "bad_text"),
            ({"es": "a\x00b"}, "bad_text"),
            ({"es": "x" * 601}, "text_too_long"),
        ],
    )
    def test_a_question_that_cannot_be_asked(
        self, room: MemoryWorkshop, prompt: dict[Language, str], code: str
    ) -> None:
        assert why(room, AddStage(preset="ideas", after="swot", prompt=prompt))[0] == code

    def test_about_what_passes_fewer_pass(self, room: MemoryWorkshop) -> None:
        most = room.state.definition.stage("shortlist")
        assert most is not None
        assert isinstance(most.settings, VoteSettings)
        for of, passes in (("shortlist", most.settings.passes // 2), ("ideas", 5)):
            room.must(AddStage(preset="score", after="shortlist", of=of))
            added = room.state.definition.stages[1 + order(room).index("shortlist")].settings
            assert isinstance(added, VoteSettings)
            assert added.passes == passes

    def test_there_is_room_for_so_many(self) -> None:
        stages = [Stage(f"s{n}", {"en": "S"}, 1, ShowSettings()) for n in range(MOST_STAGES)]
        full = MemoryWorkshop(msgspec.structs.replace(short(), stages=stages))
        assert why(full, AddStage(preset="break", after="s3")) == ("too_many_stages", {"most": MOST_STAGES})

    def test_without_a_library_there_is_nothing_to_add(self, room: MemoryWorkshop) -> None:
        ctx = Context("f:1", "facilitator", START, library=Library())
        refusal = decide(room.state, AddStage(preset="break", after="swot"), ctx)
        assert isinstance(refusal, Refusal)
        assert refusal.code == "unknown_preset"


@pytest.mark.parametrize("preset", sorted(LIBRARY.presets))
def test_every_preset_is_offered_with_what_it_can_refer_to_and_fits(preset: str) -> None:
    room = MemoryWorkshop(every_method())
    room.must(AddStage(preset="agree_criteria", after="again"))
    after = "agree_criteria"
    one_offered = {one.preset: one for one in offers(room.state.definition.stages, LIBRARY, "en")}[preset]
    for key in one_offered.needs:
        assert one_offered.refers[key]
    named = {key: known[-1] for key, known in one_offered.refers.items() if known}
    events = room.must(AddStage(preset=preset, after=after, **named))
    assert stage_could_be_read(events[0].stage)  # type: ignore[union-attr]
    assert order(room)[-1].startswith(preset)


@pytest.mark.parametrize("preset", sorted(LIBRARY.presets))
@pytest.mark.parametrize("upto", range(1, 1 + len(short().stages)))
def test_the_console_takes_what_the_editor_would(preset: str, upto: int) -> None:
    before = [*short().stages[:upto]]
    there = {one.preset: one for one in offers(before, LIBRARY, "en", ["funders"])}[preset]
    presets = {name: one.raw for name, one in LIBRARY.presets.items()}
    made = from_library(preset, presets, tables_of(before), upto, ["funders"])
    if isinstance(made, str):
        assert any(not there.refers[key] for key in there.needs)
    else:
        assert there.takes == {key: made[key] for key in REFERENCES if key in made}
        assert there.apart == list(made.get("prompt_for", {}))


def test_what_is_offered_has_its_agreed_weights_its_year_and_what_is_asked_of_groups() -> None:
    room = MemoryWorkshop(short())
    room.must(AddStage(preset="swot", after="opening"))
    room.must(AddStage(preset="agree_criteria", after="shortlist"))
    room.must(PlanStage(stage="shortlist", skipped=True))
    answer = offered(room.state, "agree_criteria", LIBRARY).presets
    found = {one.preset: one for one in answer}
    assert found["score"].takes == {"of": "ideas", "weights_from": "agree_criteria"}  # not what is left out
    assert found["ideas"].takes == {"links_to": "swot_2"}
    assert found["ideas"].example
    assert not found["swot"].example  # four headings, each with its own question
    assert found["vision"].prompt["en"] == "In 2035 this region is known for …"


def test_a_vote_is_offered_with_how_people_vote() -> None:
    offered = {one.preset: one.vote for one in offers(every_method().stages, LIBRARY, "en")}
    assert offered["shortlist"] == {
        "method": {"type": "dots", "dots": 5, "per": "stage", "cap": 2},
        "rule": "balanced",
        "passes": 5,
    }
    assert offered["points"] == {
        "method": {"type": "points", "points": 10},
        "rule": "portfolio",
        "passes": 5,
    }
    assert offered["second_round"] is not None
    assert "criteria" not in offered["second_round"]["method"], "the first round says by which"
    assert offered["fundability"] is not None
    assert "rule" not in offered["fundability"], "nothing passes by a choice"
    assert offered["ideas"] is None


def test_the_newest_change_of_the_agenda_is_taken_back_first(room: MemoryWorkshop) -> None:
    before = order(room)
    room.must(MoveStage(stage="ideas", after="swot"))
    room.must(PlanStage(stage="sort", skipped=True))
    room.must(AddStage(preset="break", after="ideas"))
    room.must(MoveStage(stage="evaluation", after="break"))
    undone = []
    while (act := acts_view(room.state)[0])["what"] != "stage_opened":
        undone.append(act["what"])
        undo(room)
    assert undone == ["stage_moved", "stage_added", "stage_planned", "stage_moved"]
    assert order(room) == before
    assert not room.state.is_skipped("sort")
