"""A small workshop with cards: what tests of the report and of exports stand on."""

import msgspec

from edp_app.core.commands import (
    AddItem,
    CastBallot,
    CloseStage,
    Describe,
    FillCard,
    HideItem,
    Join,
    MergeItems,
    OpenStage,
    RevealResult,
)
from edp_app.core.definition import CardSettings, Definition, Stage
from edp_app.core.parts import CardField, Option
from tests.support.definitions import GROUPS, short
from tests.support.memory import MemoryWorkshop

LONG = "Una norma común para las dos orillas, con un laboratorio compartido. " * 20


def definition() -> Definition:
    fit = [Option("si", {"es": "Encaja"}), Option("no", {"es": "No encaja"})]
    mix = [CardField("plan", {"es": "Instrumento"}), CardField("fit", {"es": "Encaje"}, options=fit)]
    project = [CardField("solution", {"es": "Solución"}, max_length=2000), CardField("cost", {"es": "Costo"})]
    workshop = short(passes=1)
    later = [
        Stage("mix", {"es": "Combinación de políticas"}, 5, CardSettings("shortlist", mix)),
        Stage("project", {"es": "Fichas de proyecto"}, 5, CardSettings("ideas", project)),
    ]
    return msgspec.structs.replace(workshop, stages=[*workshop.stages, *later])


def held() -> MemoryWorkshop:
    """Four ideas, of which one was merged and one hidden; the room has written on the cards."""
    room = MemoryWorkshop(definition())
    people = [f"p:{n}" for n in range(4)]
    for n, person in enumerate(people):
        room.must(Join(), person)
        room.must(Describe(group=GROUPS[n % 2]), person)
    room.must(OpenStage(stage="ideas"))
    items = []
    for n, title in enumerate(("Riego", "Queso", "Más queso", "Insulto")):
        room.must(AddItem(run="ideas.1", column="idea", title=title), people[n])
        items.append(f"i{room.state.seq}")
    room.must(OpenStage(stage="shortlist"))
    for person in people:
        for item, dots in ((items[0], 3), (items[1], 1)):
            room.must(CastBallot(run="shortlist.1", item=item, dots=dots), person)
    room.must(CloseStage(run="shortlist.1"))
    room.must(RevealResult(run="shortlist.1"))
    room.must(OpenStage(stage="mix"))
    _fill(room, "mix.1", items[0], "plan", "Plan de riego <b>")
    _fill(room, "mix.1", items[0], "fit", "si")
    room.must(OpenStage(stage="project"))
    _fill(room, "project.1", items[0], "solution", LONG.strip())
    _fill(room, "project.1", items[1], "cost", "Poco")
    _fill(room, "project.1", items[2], "cost", "Casi nada")
    _fill(room, "project.1", items[3], "cost", "UNSEEN")
    room.must(MergeItems(into=items[1], items=[items[2]]))
    room.must(HideItem(item=items[3]))
    return room


def _fill(room: MemoryWorkshop, run: str, item: str, field: str, value: str) -> None:
    room.must(FillCard(run=run, item=item, field=field, value=value), "p:0")
