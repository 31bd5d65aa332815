"""Criteria agreed in a stage that was put in on the day: the votes that wait take their weights from it,
never those that were opened; and nothing is wired otherwise at the console than in the editor."""

from functools import cache

import msgspec
import pytest

from edp_app.core.canonical import encode, kind_of
from edp_app.core.commands import (
    AddItem,
    AddStage,
    Answer,
    AnyCommand,
    CastBallot,
    CloseStage,
    Command,
    Describe,
    Join,
    OpenStage,
    RemoveStage,
    RevealResult,
    StepBack,
)
from edp_app.core.definition import CriteriaMethod, Definition, VoteSettings
from edp_app.core.events import StageAdded
from edp_app.core.formats import check_values
from edp_app.core.formats.adding import offers
from edp_app.core.refusals import Refusal
from edp_app.core.undo import acts_view
from edp_app.core.views import view
from edp_app.live.offering import offered
from edp_app.rehearsal.recount import Row, recount
from edp_app.web.editor.changes import from_library, raw_of, weighed
from tests.support.acting import PEOPLE
from tests.support.memory import LIBRARY, MemoryWorkshop, plain
from tests.support.wired import scoring, stages_of

PRESETS = {name: preset.raw for name, preset in LIBRARY.presets.items()}
AGREE = AddStage(preset="agree_criteria", after="ideas")


def weights(room: MemoryWorkshop) -> dict[str, str | None]:
    """Where each vote by criteria takes its weights from, in the log folded anew as well."""
    found = {}
    for stage in room.state.definition.stages:
        settings = stage.settings
        if isinstance(settings, VoteSettings) and isinstance(settings.method, CriteriaMethod):
            found[stage.id] = settings.method.weights_from
    assert room.refolded().definition == room.state.definition
    return found


def refused(room: MemoryWorkshop, command: Command) -> str:
    refusal = room.do(command)
    assert isinstance(refusal, Refusal)
    return refusal.code


@pytest.fixture
def room() -> MemoryWorkshop:
    made = MemoryWorkshop(scoring())
    made.must(OpenStage(stage="ideas"))
    for person, group in zip(PEOPLE[:3], ("business", "academia", "government"), strict=True):
        made.must(Join(), person)
        made.must(Describe(group=group), person)
    (column,) = made.state.definition.stage("ideas").settings.columns  # type: ignore[union-attr]
    made.must(AddItem(run="ideas.1", column=column.id, title="Olives"), PEOPLE[0])
    return made


def test_the_score_that_waits_and_its_second_round_weigh_as_the_room_agrees(room: MemoryWorkshop) -> None:
    before = room.state.definition
    offer = {one.preset: one for one in offered(room.state, "ideas", LIBRARY).presets}
    weighs = {name: one.weighs for name, one in offer.items() if one.weighs}
    assert weighs == {"agree_criteria": ["score", "second_round"]}
    (added,) = room.must(AGREE)
    assert isinstance(added, StageAdded)
    assert weighs == {"agree_criteria": list(added.weighs)}, "what it says beforehand is what happens"
    assert weights(room) == {"score": "agree_criteria", "second_round": "agree_criteria"}
    (act, *_) = acts_view(room.state)
    assert act["weighs"] == ("score", "second_round")
    for command in act["commands"]:
        room.must(msgspec.convert(command, AnyCommand))
    assert weights(room) == {"score": None, "second_round": None}
    assert room.state.definition == before


def test_what_the_room_agreed_on_is_what_the_score_weighs_by(room: MemoryWorkshop) -> None:
    room.must(AGREE)
    room.must(OpenStage(stage="agree_criteria"))
    run = "agree_criteria.1"
    for person in PEOPLE[:3]:
        for question, value in (("assets", 5), ("added_value", 1), ("distinctiveness", 1), ("market", 1)):
            room.must(Answer(run=run, question=question, value=value), person)
    assert refused(room, OpenStage(stage="score")) == "not_revealed_yet"
    room.must(CloseStage(run=run))
    room.must(RevealResult(run=run))
    room.must(OpenStage(stage="score"))
    (olives,) = room.state.items
    scores = dict.fromkeys(("assets", "added_value", "distinctiveness", "market"), 1) | {"assets": 5}
    for person in PEOPLE[:3]:
        room.must(CastBallot(run="score.1", item=olives, scores=scores), person)
    room.must(CloseStage(run="score.1"))
    room.must(RevealResult(run="score.1"))
    published = {of: told["result"] for of, told in plain(view(room.state, "screen")["results"]).items()}
    (told,) = published["score.1"]["columns"][0]["items"]
    assert told["balanced"] == pytest.approx((5 * 5 + 3 * 1) / 8)
    log = [
        Row(one.seq, kind_of(one.event), one.actor, "", msgspec.json.decode(encode(one.event)), one.digest)
        for one in room.log
    ]
    verdict = recount(log, published)  # the second count knows of it as well
    assert (verdict.runs_compared, verdict.problems) == (2, [])


def test_a_score_that_was_opened_is_never_changed(room: MemoryWorkshop) -> None:
    room.must(OpenStage(stage="score"))
    room.must(CloseStage(run="score.1"))
    room.must(OpenStage(stage="ideas"))
    offer = {one.preset: one for one in offered(room.state, "ideas", LIBRARY).presets}
    assert offer["agree_criteria"].weighs == []
    room.must(OpenStage(stage="score"))
    assert refused(room, AGREE) == "place_passed"
    room.must(AddStage(preset="agree_criteria", after="score"))
    assert weights(room) == {"score": None, "second_round": None}


def test_nor_is_one_opened_after_that_given_its_own_weights_again(room: MemoryWorkshop) -> None:
    room.must(AGREE)
    room.must(OpenStage(stage="score"))  # the room was not asked: its own weights count
    out = RemoveStage(stage="agree_criteria")
    assert refused(room, out) == "stage_needs"
    assert not any(act["what"] == "stage_added" for act in acts_view(room.state))
    room.must(StepBack())
    room.must(out)
    assert weights(room) == {"score": None, "second_round": None}


def test_a_vote_by_other_criteria_or_with_agreed_weights_stays_as_it_is() -> None:
    definition = stages_of(
        'use = "ideas"',
        'use = "agree_criteria"\nid = "agreed"',
        'use = "score"\nof = "ideas"\nweights_from = "agreed"',
        'use = "score"\nid = "other"\nof = "ideas"\ncriteria = [{ id = "new", name = "New" }]',
        'use = "score"\nid = "late"\nof = "ideas"',
    )
    room = MemoryWorkshop(definition)
    room.must(AGREE)
    assert weights(room) == {"score": "agreed", "other": None, "late": "agree_criteria"}


def test_a_record_that_was_altered_has_no_vote_weigh_by_what_is_no_question(room: MemoryWorkshop) -> None:
    (swot,) = stages_of('use = "swot"').stages
    room.append([StageAdded(stage=swot, after="ideas", weighs=["score", "ideas", "nowhere"])], "f:1")
    assert weights(room) == {"score": None, "second_round": None}


BEFORE = ("opening", "evidence", "swot", "value_chain", "ideas", "group_and_name", "shortlist", "score")


@cache
def everything() -> Definition:
    """A workshop in which every stage of the library waits behind a few that were held, each about those."""
    stages: list[dict[str, object]] = []
    for name in BEFORE:
        made = from_library(name, PRESETS, stages, len(stages), ["business"])
        assert isinstance(made, dict)
        stages.append(made)
    held = list(stages)
    for name in sorted(PRESETS):
        made = from_library(name, PRESETS, held, len(held), ["business"], {str(one["id"]) for one in stages})
        assert isinstance(made, dict), name
        stages.append(made)
    return read(stages)


def read(stages: list[dict[str, object]]) -> Definition:
    groups = [{"id": one, "name": {"en": one}} for one in ("business", "academia")]
    raw = {"title": "A", "language": "en", "groups": groups, "stages": stages}
    checked = check_values(raw, LIBRARY)
    assert checked.definition is not None, checked.errors
    return checked.definition


@pytest.mark.parametrize("preset", sorted(PRESETS))
def test_before_every_other_stage_it_changes_the_same_at_the_console_as_in_the_editor(preset: str) -> None:
    definition = everything()
    place = len(BEFORE)
    last = definition.stages[place - 1].id
    raw = raw_of(definition)["stages"]
    made = from_library(preset, PRESETS, raw, place, ["business", "academia"])
    assert isinstance(made, dict)
    edited, _taking = weighed(raw, [*raw[:place], made, *raw[place:]])
    room = MemoryWorkshop(definition)
    room.must(OpenStage(stage="opening"))
    before = definition.stages[:place]
    offer = {one.preset: one for one in offers(before, LIBRARY, "en", ["business", "academia"])}[preset]
    room.must(AddStage(preset=preset, after=last, **offer.takes))
    assert room.state.definition.stages == read(edited).stages
