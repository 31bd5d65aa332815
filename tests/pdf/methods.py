"""A workshop in which forty people vote by every method, done by real commands: opinions of every label,
weights that the room agreed on, a second round, a vote run again, two territories, funders."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from edp_app.core.commands import (
    AddItem,
    Answer,
    CastBallot,
    CloseStage,
    Describe,
    EndWorkshop,
    Join,
    OpenStage,
    RevealResult,
)
from edp_app.core.definition import CriteriaMethod, Definition
from tests.pdf.methods_definition import CRITERIA, every_method
from tests.pdf.methods_words import DRIVERS, REASONS, VISIONS, WHY
from tests.pdf.sample_words import IDEAS, REMARKS, SWOT
from tests.support.memory import MemoryWorkshop

SIZES = {"government": 12, "business": 11, "academia": 9, "civil_society": 6, "environment": 2}
GROUPS = list(SIZES)

Taste = Callable[[str, int], float]
"""A group and a number within it to how much that person likes an item, from 1 to 5."""


def everybody(centre: float) -> Taste:
    """All alike."""

    def taste(group: str, n: int) -> float:
        return centre

    return taste


def turns(odd: float, even: float) -> Taste:
    """One after the other, whatever their group."""

    def taste(group: str, n: int) -> float:
        return odd if n % 2 else even

    return taste


def groups(some: Sequence[str], theirs: float, others: float) -> Taste:
    """These groups so, the others otherwise."""

    def taste(group: str, n: int) -> float:
        return theirs if group in some else others

    return taste


LIKED: Sequence[Taste] = [
    everybody(4.4),  # broad yes
    groups(("government", "business"), 4.6, 1.9),  # the groups differ
    turns(4.7, 1.5),  # divided
    everybody(3.0),  # open
    everybody(1.6),  # broad no
    everybody(3.9),
    turns(4.5, 1.8),
    groups(("academia",), 3.4, 2.8),
]
"""How the first ideas are liked."""


@dataclass
class Voted:
    """The workshop and what tests want to find again."""

    workshop: MemoryWorkshop
    people: list[str] = field(default_factory=list)
    """Those who vote."""
    writers: list[str] = field(default_factory=list)
    items: dict[str, list[str]] = field(default_factory=dict)

    def stage(self, stage: str, *, reveal: bool = True) -> None:
        """Closes the stage's last run."""
        run = self.workshop.state.runs_of(stage)[-1].id
        self.workshop.must(CloseStage(run))
        if reveal:
            self.workshop.must(RevealResult(run))

    def group(self, person: str) -> str:
        return self.workshop.state.persons[person].group or ""


def join(workshop: MemoryWorkshop, sizes: Mapping[str, int], *, sides: bool = True) -> list[str]:
    """People of each group, the first half of each from one side of the border. Every third of the
    government and of business speaks for a funding institution."""
    people = []
    for group, size in sizes.items():
        for n in range(size):
            person = f"p:{group}{n}"
            workshop.must(Join(), person)
            side = ("tacna" if n * 2 < size else "arica") if sides else None
            workshop.must(Describe(group, side, funder=group in GROUPS[:2] and n % 3 == 1), person)
            people.append(person)
    return people


def held(
    definition: Definition | None = None,
    *,
    sizes: Mapping[str, int] = SIZES,
    ideas: int = 8,
    end: bool = True,
    again: bool = True,
    anybody: bool = True,
    long_words: bool = False,
) -> Voted:
    """The whole workshop. ``ideas``: how many there are; ``again``: the scores are given twice, and there is
    a second round; ``anybody``: whether anybody votes; ``long_words``: ideas have words without an end."""
    rng = random.Random(20270317)
    workshop = MemoryWorkshop(definition or every_method())
    voted = Voted(workshop)
    workshop.must(OpenStage("who"))
    voted.writers = join(workshop, sizes)
    voted.people = voted.writers if anybody else []
    _write(voted, rng, ideas, "x" * 120 if long_words else "")
    _dots(voted, rng)
    _plot(voted, rng)
    _share(voted, rng)
    if workshop.state.definition.stage("weights"):
        _weights(voted, rng)
    _points(voted, rng)
    score(voted, rng, "score", LIKED)
    if again:
        score(voted, rng, "score", [*LIKED[:4], everybody(2.9), *LIKED[5:]])
        score(voted, rng, "second", [LIKED[0], *[everybody(4.2)] * 2, *LIKED[3:]], reason_every=3)
    _fundable(voted, rng)
    _order(voted, rng)
    _read_back(voted, rng)
    _evaluate(voted, rng)
    if end:
        workshop.must(EndWorkshop())
    return voted


def add(voted: Voted, stage: str, column: str, texts: Sequence[str], author: str) -> list[str]:
    """Writes these into a gather stage that is on; their ids."""
    written = [AddItem(f"{stage}.1", column, text) for text in texts]
    return [str(voted.workshop.must(one, author)[0].item) for one in written]  # type: ignore[union-attr]


def _write(voted: Voted, rng: random.Random, ideas: int, tail: str) -> None:
    workshop, people = voted.workshop, voted.writers
    workshop.must(OpenStage("swot"))
    evidence: dict[str, str] = {}
    for column, texts in SWOT.items():
        for place, text in enumerate(texts[:6]):
            author = people[(place * 7) % len(people)]
            (evidence[f"{column}{place}"],) = add(voted, "swot", column, [text], author)
    voted.items["swot"] = list(evidence.values())
    workshop.must(OpenStage("ideas"))
    ids = []
    for place in range(ideas):
        idea = IDEAS[place % len(IDEAS)]
        more = f" ({place})" if place >= len(IDEAS) else ""
        more = f"{more} {tail[: 190 - len(str(idea['title'])) - len(more)]}" if tail else more
        fields = {key: str(idea[key]) for key in ("who", "new") if key in idea}
        links = [evidence[link] for link in idea.get("links", []) if link in evidence]  # type: ignore[attr-defined]
        title, goals = f"{idea['title']}{more}", list(idea.get("sdgs", []))  # type: ignore[call-overload]
        command = AddItem("ideas.1", "idea", title, fields, goals, links)
        ids.append(str(workshop.must(command, people[(place * 11) % len(people)])[0].item))  # type: ignore[union-attr]
    voted.items["ideas"] = ids


def _dots(voted: Voted, rng: random.Random) -> None:
    voted.workshop.must(OpenStage("weigh"))
    columns = [voted.items["swot"][n * 6 : n * 6 + 6] for n in range(4)]
    for person in voted.people:
        for column in columns:
            for item in rng.sample(column, 2):
                voted.workshop.must(CastBallot("weigh.1", item, 1), person)
    voted.stage("weigh")


def _plot(voted: Voted, rng: random.Random) -> None:
    voted.workshop.must(OpenStage("drivers"))
    items = add(voted, "drivers", "d", DRIVERS, voted.writers[0])
    voted.workshop.must(OpenStage("plot"))
    for person in voted.people:
        for place, item in enumerate(items):
            scores = {"impact": near(rng, 4.5 - place * 0.5), "doubt": near(rng, 2 + (place * 1.7) % 3)}
            voted.workshop.must(CastBallot("plot.1", item, scores=scores), person)
    voted.stage("plot")


def _share(voted: Voted, rng: random.Random) -> None:
    voted.workshop.must(OpenStage("visions"))
    items = add(voted, "visions", "v", VISIONS, voted.writers[-1])
    voted.workshop.must(OpenStage("share"))
    opine(voted, rng, "share", items, [0.95, 0.7, 0.8, 0.5, 0.1])


def opine(
    voted: Voted, rng: random.Random, stage: str, items: Sequence[str], chance: Sequence[float]
) -> None:
    """Everybody agrees with each item by its chance; every fifth says why. Then it is closed and shown."""
    for place, person in enumerate(voted.people):
        for item, how in zip(items, chance, strict=True):
            choice = "agree" if rng.random() < how else "pass" if rng.random() < 0.3 else "disagree"
            reason = rng.choice(WHY[choice]) if place % 5 == 0 else ""
            voted.workshop.must(CastBallot(f"{stage}.1", item, choice=choice, reason=reason), person)
    voted.stage(stage)


def without(definition: Definition, stage: str) -> Definition:
    """The definition without a stage on whose answers the weights would rest."""
    kept = []
    for one in definition.stages:
        method = getattr(one.settings, "method", None)
        if isinstance(method, CriteriaMethod):
            method = msgspec.structs.replace(method, weights_from=None)
            one = msgspec.structs.replace(one, settings=msgspec.structs.replace(one.settings, method=method))
        if one.id != stage:
            kept.append(one)
    return msgspec.structs.replace(definition, stages=kept)


def _weights(voted: Voted, rng: random.Random) -> None:
    voted.workshop.must(OpenStage("weights"))
    for person in voted.people:
        for place, criterion in enumerate(CRITERIA[:4]):
            voted.workshop.must(Answer("weights.1", criterion.id, near(rng, 4.6 - place * 0.7)), person)
    voted.stage("weights")


def _points(voted: Voted, rng: random.Random) -> None:
    voted.workshop.must(OpenStage("points"))
    items = voted.items["ideas"]
    for person in voted.people:
        start = GROUPS.index(voted.group(person)) * 2
        favourites = [items[(start + n) % len(items)] for n in range(min(3, len(items)))]
        scores = dict(zip(favourites, (5, 3, 2), strict=False))
        voted.workshop.must(CastBallot("points.1", "", scores=scores), person)
    voted.stage("points")


def near(rng: random.Random, centre: float) -> int:
    """A score close to this one."""
    return min(5, max(1, round(rng.gauss(centre, 0.55))))


def score(
    voted: Voted,
    rng: random.Random,
    stage: str,
    liked: Sequence[Taste],
    reason_every: int = 2,
) -> None:
    """Everybody scores every item that this stage asks about, as they like it; every ninth does not know one
    criterion. Then it is closed and shown."""
    workshop = voted.workshop
    workshop.must(OpenStage(stage))
    run = workshop.state.runs_of(stage)[-1]
    for place, person in enumerate(voted.people):
        group, n = voted.group(person), int(person.lstrip("p:").lstrip("_abcdefghijklmnopqrstuvwxyz"))
        for at, item in enumerate(voted.items["ideas"]):
            if item not in run.data.candidates:
                continue
            centre = liked[at % len(liked)](group, n)
            scores = {c.id: near(rng, centre) for c in CRITERIA if not c.beside}
            if (place + at) % 9 == 0:
                scores["market"] = 0
            if workshop.state.persons[person].funder:
                scores["fund"] = near(rng, 3.2)
            side = "high" if centre >= 3.5 else "low" if centre <= 2.5 else "middle"
            reason = rng.choice(REASONS[side]) if (place + at) % reason_every == 0 else ""
            workshop.must(CastBallot(run.id, item, scores=scores, reason=reason), person)
    voted.stage(stage)


def _fundable(voted: Voted, rng: random.Random) -> None:
    voted.workshop.must(OpenStage("fundable"))
    for person in voted.people:
        for place, item in enumerate(voted.items["ideas"]):
            weights = [4, 3, 2, 1] if place % 2 else [1, 3, 2, 4]
            choice = rng.choices(["now", "changes", "none", "no"], weights)[0]
            voted.workshop.must(CastBallot("fundable.1", item, choice=choice), person)
    voted.stage("fundable")


def _order(voted: Voted, rng: random.Random) -> None:
    voted.workshop.must(OpenStage("order"))
    items = voted.items["ideas"]
    for person in voted.people:
        likes = {item: LIKED[at % len(LIKED)](voted.group(person), at) for at, item in enumerate(items)}
        order = sorted(items, key=lambda item: -likes[item] + rng.random() * 2)
        voted.workshop.must(CastBallot("order.1", "", order=order[:5]), person)
    voted.stage("order")


def _read_back(voted: Voted, rng: random.Random) -> None:
    voted.workshop.must(OpenStage("readback"))
    items = voted.items["ideas"]
    opine(voted, rng, "readback", items, [0.9 - (n % 8) * 0.08 for n in range(len(items))])


def _evaluate(voted: Voted, rng: random.Random) -> None:
    workshop = voted.workshop
    workshop.must(OpenStage("evaluation"))
    for person in voted.people[:34]:
        workshop.must(Answer("evaluation.1", "useful", rng.choice([3, 4, 4, 5, 5, 5])), person)
        workshop.must(Answer("evaluation.1", "heard", rng.choice([2, 3, 4, 4, 5])), person)
    for person, remark in zip(voted.people, REMARKS, strict=False):
        workshop.must(Answer("evaluation.1", "remark", remark), person)
    voted.stage("evaluation")
