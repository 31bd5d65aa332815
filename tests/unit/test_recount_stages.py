"""The second count of a workshop whose stages were changed: prepared otherwise, or one put in on the day."""

import msgspec

from edp_app.core.canonical import encode, kind_of
from edp_app.core.commands import (
    AddStage,
    BringItems,
    Brought,
    CastBallot,
    CloseStage,
    Describe,
    EditWorkshop,
    Join,
    OpenStage,
    RevealResult,
)
from edp_app.core.views import view
from edp_app.rehearsal.recount import Row, recount
from tests.support.acting import PEOPLE
from tests.support.definitions import GROUPS, short
from tests.support.memory import MemoryWorkshop, plain


def test_stages_that_were_edited_and_added_are_counted_again() -> None:
    room = MemoryWorkshop(short())
    stages = room.state.definition.stages
    vote = msgspec.structs.replace(next(one for one in stages if one.id == "weigh"), id="weigh_again")
    room.must(EditWorkshop(edition=0, stages=[*stages, vote]))
    room.must(BringItems("swot", [Brought("Sol", "s"), Brought("Lluvia", "s")]))
    for person, group in zip(PEOPLE, GROUPS, strict=False):
        room.must(Join(), person)
        room.must(Describe(group=group), person)
    room.must(OpenStage(stage="swot"))
    room.must(AddStage(preset="weigh", after="swot", of="swot"))
    sun = next(iter(room.state.items))
    for stage in ("weigh_2", "weigh_again"):
        room.must(OpenStage(stage=stage))
        for person in PEOPLE:
            room.must(CastBallot(run=f"{stage}.1", item=sun, dots=1), person)
        room.must(CloseStage(run=f"{stage}.1"))
        room.must(RevealResult(run=f"{stage}.1"))
    results = plain(view(room.state, "screen")["results"])
    assert isinstance(results, dict)
    published = {run: told["result"] for run, told in results.items()}
    log = [
        Row(one.seq, kind_of(one.event), one.actor, "", msgspec.json.decode(encode(one.event)), one.digest)
        for one in room.log
    ]
    verdict = recount(log, published)
    assert verdict.runs_compared == 2
    assert not verdict.problems
    published["weigh_2.1"]["columns"][0]["items"][0]["headcount"] = 0.25
    assert recount(log, published).problems, "it would have been found"
