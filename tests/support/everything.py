"""A workshop in which every voting method was used, with hidden, merged and withdrawn items, paper, reasons,
open answers, and one vote that nobody was shown."""

import random
from collections.abc import Sequence
from typing import Any

from edp_app.core.commands import (
    AddItem,
    Answer,
    CastBallot,
    CloseStage,
    Describe,
    EnterPaperBallot,
    HideItem,
    Join,
    MergeItems,
    NameMyself,
    OpenStage,
    RevealResult,
    WithdrawItem,
)
from edp_app.core.definition import (
    AgreeMethod,
    AskSettings,
    AxesMethod,
    Axis,
    ChoiceMethod,
    CriteriaMethod,
    Criterion,
    Definition,
    DotsMethod,
    GatherSettings,
    Method,
    PointsMethod,
    Privacy,
    RankingMethod,
    Rule,
    SortSettings,
    Stage,
    VoteSettings,
)
from edp_app.core.parts import Column, Field, Group, Option, Question, Territory
from tests.support.definitions import GROUPS, TERRITORIES
from tests.support.memory import MemoryWorkshop

SIZES = dict(zip(GROUPS, (9, 6, 5, 2, 1), strict=True))
HIDDEN, WITHDRAWN = "Texto que se ocultó", "Texto que se retiró"
UNREVEALED = "secret"
NAME, ORGANISATION = "Rosario Quispe", "Cooperativa Los Faros"
REASON, ANSWER = "Porque hay demanda en el valle", "Volvería con gusto"

CRITERIA = [
    Criterion("market", {"en": "Market", "es": "Mercado"}, flag_ones=True),
    Criterion("new", {"en": "Novelty", "es": "Novedad"}, weight=2),
    Criterion("fund", {"en": "Fundable", "es": "Financiable"}, beside=True),
]
METHODS: dict[str, tuple[Method, Rule]] = {
    "dots": (DotsMethod(dots=3, cap=2), "portfolio"),
    "by_column": (DotsMethod(dots=2, per="column"), "both"),
    "points": (PointsMethod(points=10, cap=6), "balanced"),
    "agree": (AgreeMethod(reason=True), "balanced"),
    "score": (CriteriaMethod(CRITERIA, weights_from="weights"), "both"),
    "axes": (
        AxesMethod(Axis("impact", {"es": "Impacto"}), Axis("doubt", {"es": "Incertidumbre"})),
        "balanced",
    ),
    "choice": (
        ChoiceMethod([Option("now", {"es": "Ya"}), Option("no", {"es": "No"})], funders_apart=True),
        "balanced",
    ),
    "ranking": (RankingMethod(top=3), "headcount"),
}


def definition(privacy: Privacy = "grouped", also: Sequence[Stage] = (), **more: Any) -> Definition:
    """The workshop as it was prepared; ``also``: stages after all others."""
    votes = [
        Stage(name, {"es": f"Votar {name}"}, 5, VoteSettings("ideas", method, rule, passes=2))
        for name, (method, rule) in METHODS.items()
    ]
    score = METHODS["score"][0]
    again = VoteSettings("ideas", score, "balanced", 2, second_of="score")
    weights = [Question(c, {"es": f"¿Cuánto cuenta {c}?"}) for c in ("market", "new")]
    stages = [
        Stage(
            "ideas",
            {"es": "Ideas", "en": "Ideas"},
            10,
            GatherSettings(
                columns=[Column("a", {"es": "Agua"}), Column("b", {"es": "Bosque"})],
                fields=[Field("who", {"es": "A quién beneficia"})],
                sdgs=True,
            ),
            step="priorities",
        ),
        Stage(
            "more",
            {"es": "Más ideas"},
            5,
            GatherSettings(columns=[Column("c", {"es": "Otras"})], links_to="ideas"),
        ),
        Stage("sort", {"es": "Agrupar"}, 5, SortSettings("ideas")),
        Stage("weights", {"es": "Pesos"}, 5, AskSettings(weights)),
        *votes,
        Stage("again", {"es": "Segunda ronda"}, 5, again),
        Stage(UNREVEALED, {"es": "Sin revelar"}, 5, VoteSettings("ideas", DotsMethod(), "balanced", 2)),
        Stage(
            "evaluation",
            {"es": "Evaluación"},
            5,
            AskSettings(
                [Question("useful", {"es": "¿Útil?"}), Question("say", {"es": "¿Algo más?"}, "text")]
            ),
        ),
    ]
    whole = {
        "title": "Todo de una vez",
        "language": "es",
        "territory": "Valle de prueba",
        "territories": [Territory(t, {"es": t.title()}) for t in TERRITORIES],
    }
    groups = [Group(g, {"es": f"{g} es"}, expected=5) for g in GROUPS]
    return Definition(groups=groups, stages=[*stages, *also], privacy=privacy, **(whole | more))


def held(privacy: Privacy = "grouped", seed: int = 5, **more: Any) -> MemoryWorkshop:
    """The workshop, with every result revealed but that of :data:`UNREVEALED`."""
    rng = random.Random(seed)
    room = MemoryWorkshop(definition(privacy, **more))
    people = _people(room)
    ideas = _ideas(room, people)
    _ask(room, "weights", people, {"market": [2, 3, 3], "new": [4, 5, 5]}, rng)
    for name, (method, _rule) in METHODS.items():
        _vote(room, f"{name}.1", name, method, people, ideas, rng)
    _vote(room, "again.1", "again", METHODS["score"][0], people, ideas, rng)
    _vote(room, f"{UNREVEALED}.1", UNREVEALED, DotsMethod(), people, ideas, rng, reveal=False)
    _ask(room, "evaluation", people, {"useful": [3, 4, 5]}, rng)
    return room


def _people(room: MemoryWorkshop) -> list[str]:
    people = []
    for group, size in SIZES.items():
        for n in range(size):
            person = f"p:{group}{n:020d}"
            room.must(Join(), person)
            # Three or more of every group on each side, or all on one: then sides may be told.
            side = TERRITORIES[n % 2] if size > 5 else TERRITORIES[group != "academia"]
            room.must(Describe(group, side, funder=n == 1 or (group == "government" and n < 3)), person)
            people.append(person)
    room.must(NameMyself(NAME, ORGANISATION), people[0])
    return people


def _ideas(room: MemoryWorkshop, people: list[str]) -> list[str]:
    room.must(OpenStage("ideas"))

    def add(person: int, column: str, title: str, **more: Any) -> str:
        room.must(AddItem("ideas.1", column, title, **more), people[person])
        return list(room.state.items)[-1]

    kept = [add(n * 4, "ab"[n % 2], f"Idea {n}", fields={"who": f"Valle {n}"}, sdgs=[2, 6]) for n in range(5)]
    double = add(2, "a", "Idea 0, otra vez")
    hidden = add(3, "b", HIDDEN)
    gone = add(4, "b", WITHDRAWN)
    room.must(WithdrawItem("ideas.1", gone), people[4])
    room.must(OpenStage("sort"))
    room.must(HideItem(hidden))
    room.must(MergeItems(kept[0], [double], "Idea cero, las dos"))
    room.must(OpenStage("more"))
    room.must(AddItem("more.1", "c", "Con enlace", links=[kept[1]]), people[0])
    return kept


def _ask(
    room: MemoryWorkshop, stage: str, people: list[str], scales: dict[str, list[int]], rng: random.Random
) -> None:
    run = f"{stage}.1"
    room.must(OpenStage(stage))
    for n, person in enumerate(people):
        for question, values in scales.items():
            room.must(Answer(run, question, rng.choice(values)), person)
        if stage == "evaluation" and n % 5 == 0:
            room.must(Answer(run, "say", f"{ANSWER} {n}"), person)
    room.must(CloseStage(run))
    room.must(RevealResult(run))


def _vote(
    room: MemoryWorkshop,
    run: str,
    stage: str,
    method: Method,
    people: list[str],
    ideas: list[str],
    rng: random.Random,
    *,
    reveal: bool = True,
) -> None:
    room.must(OpenStage(stage))
    standing = [i for i in ideas if i in run_of(room, run).data.candidates]
    for n, person in enumerate(people):
        funder = room.state.persons[person].funder
        for command in _ballots(run, method, standing, n, funder, rng):
            room.must(command, person)
    if isinstance(method, DotsMethod) and reveal:
        room.must(EnterPaperBallot(run, "1", GROUPS[3], {standing[0]: 1}, TERRITORIES[1]))
    room.must(CloseStage(run))
    if reveal:
        room.must(RevealResult(run))


def run_of(room: MemoryWorkshop, run: str) -> Any:
    """A run of the workshop."""
    return room.state.runs[run]


def _ballots(
    run: str, method: Method, items: list[str], n: int, funder: bool, rng: random.Random
) -> list[CastBallot]:
    match method:
        case DotsMethod():
            return [CastBallot(run, item, 1) for item in rng.sample(items, 2)]
        case PointsMethod():
            return [CastBallot(run, scores=dict(zip(rng.sample(items, 3), (5, 3, 2), strict=True)))]
        case RankingMethod():
            return [CastBallot(run, order=rng.sample(items, 3))]
        case AgreeMethod():
            choices = [rng.choice(("agree", "agree", "disagree", "pass")) for _ in items]
            return [
                CastBallot(run, item, choice=choice, reason=f"{REASON} {n}" if n % 4 == 0 else "")
                for item, choice in zip(items, choices, strict=True)
            ]
        case ChoiceMethod():
            return [CastBallot(run, item, choice=rng.choice(("now", "no"))) for item in items]
        case AxesMethod():
            return [
                CastBallot(run, item, scores={"impact": rng.randint(1, 5), "doubt": rng.randint(0, 5)})
                for item in items
            ]
    return [_scores(run, place, item, n, funder, rng) for place, item in enumerate(items)]


def _scores(run: str, place: int, item: str, n: int, funder: bool, rng: random.Random) -> CastBallot:
    """The first item is liked by all, the second divides the groups, the third everybody; the last is scored
    by two people only."""
    at = {0: (4, 5), 1: (4, 5) if n < SIZES[GROUPS[0]] else (1, 2), 2: (1, 5), 3: (2, 3), 4: (0, 1)}[place]
    scores = {c: rng.choice(at) for c in ("market", "new")}
    if place == 4 and n > 1:
        scores = {"market": 3, "new": 0}
    if funder:
        scores["fund"] = rng.randint(1, 5)
    return CastBallot(run, item, scores=scores, reason=f"{REASON} {n}" if n % 3 == 0 else "")
