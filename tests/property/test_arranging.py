"""Whatever is done to the agenda of a running workshop: nothing comes before what it needs, and taking
everything back gives the agenda again."""

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from edp_app.core.commands import AddStage, AnyCommand, Command, MoveStage, OpenStage, PlanStage, StepBack
from edp_app.core.definition import Stage
from edp_app.core.formats.adding import offers
from edp_app.core.plan import needs
from edp_app.core.refusals import Refusal
from edp_app.core.undo import acts_view
from tests.support.definitions import short
from tests.support.memory import LIBRARY, MemoryWorkshop
from tests.support.wired import scoring

ARRANGED = ("stage_moved", "stage_added", "stage_planned")
OFFERED = sorted(LIBRARY.presets)


def agenda(room: MemoryWorkshop) -> list[tuple[Stage, int, bool]]:
    state = room.state
    return [(one, state.minutes_of(one), state.is_skipped(one.id)) for one in state.definition.stages]


@st.composite
def acts(draw: st.DrawFn, room: MemoryWorkshop) -> Command:
    """Something that a console may ask for, most of it possible."""
    known = [stage.id for stage in room.state.definition.stages]
    stage, after = draw(st.sampled_from(known)), draw(st.sampled_from(["", *known]))
    what = draw(st.sampled_from(["move", "move", "add", "skip", "minutes"]))
    if what == "move":
        return MoveStage(stage=stage, after=after)
    if what == "skip":
        return PlanStage(stage=stage, skipped=draw(st.booleans()))
    if what == "minutes":
        return PlanStage(stage=stage, minutes=draw(st.integers(1, 40)))
    before = room.state.definition.stages[: 1 + known.index(after)] if after else []
    preset = draw(st.sampled_from(offers(before, LIBRARY, "es")))
    named = {key: draw(st.sampled_from(ids)) for key, ids in preset.refers.items() if ids}
    return AddStage(preset=preset.preset, after=after, **named)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_taking_everything_back_gives_the_agenda_again(data: st.DataObject) -> None:
    scored = [*short().stages, *scoring().stages[1:3]]  # of "ideas", which the room may yet agree to weigh
    room = MemoryWorkshop(msgspec.structs.replace(short(), stages=scored))
    begun = data.draw(st.sampled_from(["", "opening", "swot"]))
    if begun:
        room.must(OpenStage(stage=begun))
    before = agenda(room)
    for _ in range(data.draw(st.integers(1, 6))):
        room.do(data.draw(acts(room)))
        seen = set[str]()
        for stage in room.state.definition.stages:
            assert needs(stage) <= seen
            seen.add(stage.id)
        if data.draw(st.booleans()):
            _step_in_and_back(room)
    while offered := [act for act in acts_view(room.state) if act["what"] in ARRANGED]:
        for command in data.draw(st.sampled_from(offered))["commands"]:
            assert not isinstance(room.do(msgspec.convert(command, AnyCommand)), Refusal)
    assert agenda(room) == before
    assert agenda(room) == [(one, one.minutes, False) for one in room.refolded().definition.stages]


def _step_in_and_back(room: MemoryWorkshop) -> None:
    """A stage opened by mistake: the agenda is as it was."""
    waiting = [one for one in room.state.definition.stages if not room.state.runs_of(one.id)]
    kinds = [one for one in waiting if one.settings.__struct_config__.tag in ("who", "show", "gather")]
    if kinds and not isinstance(room.do(OpenStage(stage=kinds[-1].id)), Refusal):
        room.must(StepBack())
