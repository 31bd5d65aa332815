"""A workshop in which one vote of every method was held and revealed, built from commands as people send
them."""

import random
from collections.abc import Callable, Sequence
from typing import Any

from edp_app.core.commands import (
    AddItem,
    Answer,
    CastBallot,
    CloseStage,
    Command,
    Describe,
    Join,
    OpenStage,
    RevealResult,
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
    PointsMethod,
    Privacy,
    RankingMethod,
    Stage,
    VoteSettings,
)
from edp_app.core.parts import Column, Group, Option, Question
from edp_app.core.state import State
from tests.support.definitions import GROUPS

Does = Callable[[Command, str], object]
"""Carries out a command of this person, or of the facilitator ("")."""

CRITERIA = ("assets", "market", "novelty")
METHODS: dict[str, Any] = {
    "dots": DotsMethod(dots=3),
    "points": PointsMethod(points=10),
    "agree": AgreeMethod(),
    "criteria": CriteriaMethod([Criterion(c, {"en": c.title(), "es": f"{c} es"}) for c in CRITERIA]),
    "axes": AxesMethod(Axis("impact", {"en": "Impact"}), Axis("doubt", {"en": "Uncertainty"})),
    "choice": ChoiceMethod([Option(o, {"en": o.title()}) for o in ("now", "later", "never")]),
    "ranking": RankingMethod(),
}
PICTURES = {
    "dots": ["portfolio", "counts", "by_group", "shares"],
    "points": ["portfolio", "counts", "by_group", "shares"],
    "agree": ["opinions", "portfolio", "counts", "shares"],
    "criteria": ["heat", "agreement", "counts", "shares", "radar"],
    "axes": ["axes"],
    "choice": ["choice"],
    "ranking": ["counts"],
    "wheel": ["radar"],
}
"""Which pictures each of them has."""

TITLES = (
    "Olive oil & <salt>",
    "Solar desalination",
    "One customs window",
    "A cold chain for fish",
    "Open data",
)
PEOPLE = [f"p:{n:026d}" for n in range(16)]


def definition(privacy: Privacy = "grouped") -> Definition:
    """Ideas, a vote of every method on them, and a wheel of three questions."""
    votes = [
        Stage(name, {"en": f"Vote {name}"}, 10, VoteSettings("ideas", method, passes=2))
        for name, method in METHODS.items()
    ]
    wheel = AskSettings([Question(q, {"en": q.title()}) for q in ("analysis", "vision", "monitoring")])
    return Definition(
        title="Valle de prueba",
        language="es",
        privacy=privacy,
        groups=[Group(g, {"en": g.title(), "es": f"{g} es"}, icon=g) for g in GROUPS],
        stages=[
            Stage("ideas", {"en": "Ideas"}, 10, GatherSettings([Column("idea", {"en": "Idea"})])),
            *votes,
            Stage("wheel", {"en": "Wheel"}, 5, wheel),
        ],
    )


def hold(
    does: Does,
    state: Callable[[], State],
    *,
    methods: Sequence[str] = tuple(METHODS),
    reveal: Sequence[str] = (*METHODS, "wheel"),
) -> None:
    """Everything that is said and voted by these methods, and the wheel if it is to be revealed; the results
    in ``reveal`` are revealed, the others closed."""
    chance = random.Random(11)
    for n, person in enumerate(PEOPLE):
        does(Join(), person)
        does(Describe(group=GROUPS[min(n // 4, 4) if n < 15 else 4]), person)
    does(OpenStage(stage="ideas"), "")
    for title in TITLES:
        does(AddItem(run="ideas.1", column="idea", title=title), PEOPLE[0])
    items = list(state().items)
    for name in methods:
        does(OpenStage(stage=name), "")
        for person in PEOPLE:
            for said in _ballots(name, items, chance):
                does(CastBallot(run=f"{name}.1", **said), person)
        _end(does, name, reveal)
    if "wheel" not in reveal:
        return
    does(OpenStage(stage="wheel"), "")
    for person in PEOPLE:
        for question in ("analysis", "vision", "monitoring"):
            does(Answer(run="wheel.1", question=question, value=chance.randint(1, 5)), person)
    _end(does, "wheel", reveal)


def _end(does: Does, stage: str, reveal: Sequence[str]) -> None:
    does(CloseStage(run=f"{stage}.1"), "")
    if stage in reveal:
        does(RevealResult(run=f"{stage}.1"), "")


def _ballots(name: str, items: list[str], chance: random.Random) -> list[dict[str, Any]]:
    """Everything that one person says in a vote by this method."""
    if name == "dots":
        return [{"item": item, "dots": 1} for item in chance.sample(items, 3)]
    if name == "points":
        return [{"scores": {items[chance.randrange(5)]: 6, items[0]: 4}}]
    if name == "ranking":
        return [{"order": chance.sample(items, 5)}]
    said: dict[str, Callable[[], dict[str, Any]]] = {
        "agree": lambda: {"choice": chance.choice(["agree", "agree", "disagree", "pass"])},
        "criteria": lambda: {"scores": {c: chance.randint(1, 5) for c in CRITERIA}},
        "axes": lambda: {"scores": {"impact": chance.randint(1, 5), "doubt": chance.randint(1, 5)}},
        "choice": lambda: {"choice": chance.choice(["now", "later", "never"])},
    }
    return [{"item": item, **said[name]()} for item in items]
