"""A sample workshop of sixty people, done by real commands: contributions, merges, two votes, questions."""

import random
from dataclasses import dataclass

from edp_app.core.commands import (
    AddItem,
    Answer,
    CastBallot,
    CloseStage,
    Describe,
    EndWorkshop,
    EnterPaperBallot,
    HideItem,
    Join,
    MergeItems,
    NameMyself,
    OpenStage,
    RevealResult,
    WithdrawItem,
)
from edp_app.core.definition import Definition
from tests.pdf.sample_words import IDEAS, PEOPLE, REMARKS, SWOT
from tests.support.definitions import border_region
from tests.support.memory import MemoryWorkshop

SIZES = {"government": 25, "business": 17, "academia": 9, "civil_society": 6, "environment": 2}


@dataclass
class Sample:
    """The workshop and what tests want to find again."""

    workshop: MemoryWorkshop
    hidden: str = "Texto ofensivo que nadie debe leer"
    withdrawn: str = "Texto retirado por su autora"


TASTE = {
    "government": [4, 5, 1, 0, 1, 3, 1, 2, 1, 0, 2, 1, 1, 1],
    "business": [4, 6, 1, 0, 1, 5, 1, 0, 0, 1, 2, 1, 2, 0],
    "academia": [5, 1, 0, 4, 1, 0, 1, 3, 0, 1, 0, 1, 0, 0],
    "civil_society": [3, 0, 4, 5, 2, 0, 1, 0, 0, 0, 0, 0, 0, 1],
    "environment": [2, 0, 1, 6, 2, 0, 0, 1, 0, 0, 0, 0, 0, 0],
}
"""How much each group likes each idea, in the order of the ideas: the two counts are meant to differ."""


def people_of(workshop: MemoryWorkshop, sizes: dict[str, int]) -> list[str]:
    """Joins this many of each group, the sides of the border in turn; two have not said who they are."""
    people = []
    for group, size in sizes.items():
        for n in range(size):
            person = f"p:{group}{n}"
            workshop.must(Join(), person)
            territory = ("tacna", "arica", "tacna")[n % 3] if workshop.state.definition.territories else None
            workshop.must(Describe(group, territory, funder=group == "government" and n % 9 == 4), person)
            people.append(person)
    return people


def held(definition: Definition | None = None, *, reveal: bool = True, end: bool = True) -> Sample:
    """The whole sample. Without ``reveal`` the last vote stays hidden; without ``end`` it is a draft."""
    rng = random.Random(20261014)
    workshop = MemoryWorkshop(definition or border_region())
    sample = Sample(workshop)
    workshop.must(OpenStage("who"))
    people = people_of(workshop, SIZES)
    workshop.must(Join(), "p:late")
    for person, (name, organisation) in zip(people[::9], PEOPLE, strict=False):
        workshop.must(NameMyself(name, organisation), person)
    evidence = _swot(workshop, people, rng, sample)
    _ideas(workshop, people, rng, evidence, reveal=reveal)
    _evaluation(workshop, people, rng)
    if end:
        workshop.must(EndWorkshop())
    return sample


def _item(workshop: MemoryWorkshop, command: AddItem, actor: str) -> str:
    return str(workshop.must(command, actor)[0].item)  # type: ignore[union-attr]


def _swot(workshop: MemoryWorkshop, people: list[str], rng: random.Random, sample: Sample) -> dict[str, str]:
    workshop.must(OpenStage("swot"))
    ids = {}
    for column, texts in SWOT.items():
        for place, text in enumerate(texts):
            ids[f"{column}{place}"] = _item(workshop, AddItem("swot.1", column, text), rng.choice(people))
    gone = _item(workshop, AddItem("swot.1", "s", sample.withdrawn), people[0])
    workshop.must(WithdrawItem("swot.1", gone), people[0])
    bad = _item(workshop, AddItem("swot.1", "w", sample.hidden), people[1])
    workshop.must(OpenStage("sort"))
    workshop.must(HideItem(bad))
    workshop.must(
        MergeItems(ids["t0"], [ids["t9"]], "Sequías, crecidas y conflictos por el agua en las mismas cuencas")
    )
    workshop.must(MergeItems(ids["w3"], [ids["w9"]]))
    workshop.must(OpenStage("weigh"))
    for person in people[:-1]:
        for column, texts in SWOT.items():
            chosen: dict[str, int] = {}
            while len(chosen) < 3:
                place = min(int(rng.expovariate(0.32)), len(texts) - 1)
                item = ids[f"{column}{place}"]
                if workshop.state.items[item].stands:
                    chosen[item] = 1
            for item in chosen:
                workshop.must(CastBallot("weigh.1", item, 1), person)
    workshop.must(CloseStage("weigh.1"))
    workshop.must(RevealResult("weigh.1"))
    return ids


def _ideas(
    workshop: MemoryWorkshop, people: list[str], rng: random.Random, evidence: dict[str, str], *, reveal: bool
) -> None:
    workshop.must(OpenStage("ideas"))
    ids = []
    for place, idea in enumerate(IDEAS):
        fields = {key: str(idea[key]) for key in ("who", "new") if key in idea}
        links = [evidence[link] for link in idea.get("links", [])]  # type: ignore[attr-defined]
        command = AddItem("ideas.1", "idea", str(idea["title"]), fields, list(idea.get("sdgs", [])), links)  # type: ignore[call-overload]
        ids.append(_item(workshop, command, people[(place * 17) % len(people)]))
    double = _item(workshop, AddItem("ideas.1", "idea", "Riego solar compartido"), people[40])
    workshop.must(OpenStage("sort_ideas"))
    workshop.must(MergeItems(ids[0], [double]))
    workshop.must(OpenStage("shortlist"))
    for person in people[:-1]:
        taste = TASTE[workshop.state.persons[person].group or ""]
        given: dict[str, int] = {}
        for item in rng.choices(ids, weights=taste, k=5):
            if given.get(item, 0) < 2:
                given[item] = given.get(item, 0) + 1
        for item, dots in given.items():
            workshop.must(CastBallot("shortlist.1", item, dots), person)
    workshop.must(EnterPaperBallot("shortlist.1", "1", "civil_society", {ids[2]: 2, ids[3]: 2}))
    workshop.must(CloseStage("shortlist.1"))
    if reveal:
        workshop.must(RevealResult("shortlist.1"))


def _evaluation(workshop: MemoryWorkshop, people: list[str], rng: random.Random) -> None:
    workshop.must(OpenStage("evaluation"))
    for person in people[:47]:
        workshop.must(Answer("evaluation.1", "useful", rng.choice([3, 4, 4, 5, 5, 5])), person)
        workshop.must(Answer("evaluation.1", "heard", rng.choice([2, 3, 4, 4, 5])), person)
    for person, remark in zip(people, REMARKS, strict=False):
        workshop.must(Answer("evaluation.1", "remark", remark), person)
    workshop.must(CloseStage("evaluation.1"))
    workshop.must(RevealResult("evaluation.1"))
