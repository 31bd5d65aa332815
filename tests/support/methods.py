"""Workshops for each voting method, and a room of people who disagree: what results are looked at with.

Everybody's opinion of an item is that of their group, a little more or less; so groups differ, and the two
counts do, in the way of real rooms. The same numbers give the same room.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from edp_app.core.definition import (
    AgreeMethod,
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
    Stage,
    VoteSettings,
)
from edp_app.core.parts import Column, Group, Option, Territory
from tests.support.definitions import in_three

Json = dict[str, Any]

TITLES = (
    "Olive oil with a protected origin, milled on both sides of the border",
    "Solar pumps for small farms in the desert valleys",
    "A port that serves two countries",
    "Fish farming with recovered water",
    "A joint school of irrigation technicians",
    "Astronomy and night tourism across the pass",
    "Oregano and medicinal herbs, dried and certified",
    "Lithium: services instead of raw material",
    "One laboratory for food safety, recognised by both states",
)
"""What is voted on."""

OPINIONS: Mapping[str, Sequence[float]] = {
    "government": (4.4, 3.2, 4.8, 1.9, 2.9, 2.4, 2.2, 4.6, 3.0),
    "business": (3.9, 3.5, 4.7, 2.6, 2.2, 3.3, 3.4, 4.1, 3.1),
    "academia": (4.1, 4.6, 2.1, 3.8, 4.2, 2.7, 2.5, 1.7, 4.3),
    "civil_society": (4.6, 4.4, 1.6, 3.4, 3.9, 2.2, 3.3, 1.3, 3.2),
    "environment": (3.8, 4.7, 1.4, 4.1, 3.0, 2.9, 3.1, 1.2, 2.6),
}
"""What each group thinks of each item, from 1 to 5."""

ROOM: Mapping[str, int] = {
    "government": 17,
    "business": 11,
    "academia": 6,
    "civil_society": 4,
    "environment": 2,
}
"""Forty people, most of them from two groups."""

NAMES = {
    "government": in_three("Government", "Gobierno", "Governo"),
    "business": in_three("Businesses", "Empresas", "Empresas"),
    "academia": in_three("Universities", "Universidades", "Universidades"),
    "civil_society": in_three("Civil society", "Sociedad civil", "Sociedade civil"),
    "environment": in_three("Environment", "Medio ambiente", "Meio ambiente"),
}


def criteria(**more: Any) -> CriteriaMethod:
    """Three criteria that count, of which one flags 1s, and one for funders beside them."""
    return CriteriaMethod(
        criteria=[
            Criterion("assets", in_three("Assets", "Activos", "Ativos"), weight=2),
            Criterion(
                "market", in_three("Market and connections", "Mercado y conexiones", "Mercado e conexões")
            ),
            Criterion(
                "sustain", in_three("Sustainability", "Sostenibilidad", "Sustentabilidade"), flag_ones=True
            ),
            Criterion(
                "fund",
                in_three("Fundability", "Financiamiento posible", "Financiamento possível"),
                beside=True,
            ),
        ],
        **more,
    )


METHODS: Mapping[str, Method] = {
    "dots": DotsMethod(dots=3),
    "columns": DotsMethod(dots=2, per="column"),
    "points": PointsMethod(points=10),
    "agree": AgreeMethod(reason=True),
    "criteria": criteria(),
    "axes": AxesMethod(
        Axis("impact", in_three("Impact", "Impacto", "Impacto")),
        Axis("uncertainty", in_three("Uncertainty", "Incertidumbre", "Incerteza")),
    ),
    "choice": ChoiceMethod(
        [
            Option("now", in_three("Now", "Ya", "Já")),
            Option("changes", in_three("With changes", "Con cambios", "Com mudanças")),
            Option("none", in_three("No instrument", "Sin instrumento", "Sem instrumento")),
            Option("no", in_three("No", "No", "Não")),
        ],
        funders_apart=True,
    ),
    "ranking": RankingMethod(),
}


def deciding(
    method: Method,
    *,
    rule: Rule = "balanced",
    passes: int = 3,
    language: str = "en",
    privacy: Privacy = "grouped",
    columns: int = 1,
    sides: bool = True,
    again: bool = False,
) -> Definition:
    """Gather, then a vote; with ``again`` a second round of it on what was divided."""
    heads = ("Farming", "Energy", "Services", "Tourism")
    vote = VoteSettings("ideas", method, rule, passes)
    title = in_three("Shortlist", "Selección de prioridades", "Seleção de prioridades")
    stages = [
        Stage(
            "ideas",
            in_three("Ideas", "Ideas", "Ideias"),
            20,
            GatherSettings([Column(f"c{n}", {"en": heads[n]}) for n in range(columns)], per_person=100),
        ),
        Stage("vote", title, 10, vote),
    ]
    if again:
        round_two = in_three("Second round", "Segunda ronda", "Segunda rodada")
        second = VoteSettings("ideas", method, rule, passes, second_of="vote")
        stages.append(Stage("again", round_two, 10, second))
    return Definition(
        title="A valley that chooses",
        groups=[Group(group, NAMES[group], icon=group) for group in ROOM],
        territories=[Territory(t, {"en": t.title()}) for t in ("tacna", "arica")] if sides else [],
        language=language,  # type: ignore[arg-type]
        privacy=privacy,
        stages=stages,
    )


@dataclass(frozen=True)
class Voter:
    """One person in the room: what they are, and what they think of each item, from 1 to 5."""

    n: int
    group: str
    territory: str
    funder: bool
    opinions: tuple[float, ...]

    def score(self, place: int, shift: float = 0) -> int:
        """What they would give an item, from 1 to 5."""
        return max(1, min(5, round(self.opinions[place % len(self.opinions)] + shift)))


def room(sizes: Mapping[str, int] = ROOM, *, spread: float = 0.7, seed: int = 7) -> list[Voter]:
    """So many people of each group, on both sides of the border; every eighth speaks for a funder."""
    chance = random.Random(seed)
    groups = [group for group, n in sizes.items() for _ in range(n)]
    return [
        Voter(
            n,
            group,
            "tacna" if n % 5 < 3 else "arica",
            n % 8 == 3,
            tuple(chance.gauss(mean, spread) for mean in OPINIONS[group]),
        )
        for n, group in enumerate(groups)
    ]


def calmer(voters: Sequence[Voter]) -> list[Voter]:
    """The same people after they have read one another's reasons: nearer to the middle of all of them."""
    count = len(voters[0].opinions)
    means = [sum(v.opinions[i] for v in voters) / len(voters) for i in range(count)]
    return [
        replace(v, opinions=tuple(o + 0.75 * (m - o) for o, m in zip(v.opinions, means, strict=True)))
        for v in voters
    ]


def ballots(method: Method, run: str, items: Sequence[str], voter: Voter) -> list[Json]:
    """What this person sends in a vote on these items, in the order in which they were written."""
    liked = sorted(range(len(items)), key=lambda i: (-voter.opinions[i % len(TITLES)], i))
    ballot = {"type": "cast_ballot", "run": run, "revision": 0}
    if isinstance(method, DotsMethod):
        return [ballot | {"item": items[i], "dots": 1} for i in liked[: method.dots]]
    if isinstance(method, PointsMethod):
        first, second, third = (items[i] for i in (liked * 3)[:3])
        return [ballot | {"item": "", "scores": {first: 5, second: 3, third: 2}}]
    if isinstance(method, RankingMethod):
        return [ballot | {"item": "", "order": [items[i] for i in liked[: method.top or len(liked)]]}]
    return [ballot | {"item": item} | _judged(method, voter, place) for place, item in enumerate(items)]


def _judged(method: Method, voter: Voter, place: int) -> Json:
    score = voter.score(place)
    unsure = (voter.n + place) % 17 == 0
    if isinstance(method, AgreeMethod):
        said = "pass" if unsure or score == 3 else "agree" if score > 3 else "disagree"
        return {"choice": said} | _why(voter, said, {"agree": FOR, "disagree": AGAINST})
    if isinstance(method, ChoiceMethod):
        place = min(len(method.options) - 1, 5 - score)
        return {"choice": method.options[place].id}
    if isinstance(method, AxesMethod):
        return {"scores": {method.x.id: 0 if unsure else score, method.y.id: voter.score(place + 4)}}
    assert isinstance(method, CriteriaMethod)
    shifts = {c.id: shift for c, shift in zip(method.criteria, (0.3, -0.2, -0.5, 0.2), strict=False)}
    scores = {
        c.id: voter.score(place, shifts.get(c.id, 0)) for c in method.criteria if voter.funder or not c.beside
    }
    if unsure:
        scores[method.criteria[1].id] = 0
    side = "agree" if score > 3 else "disagree" if score < 3 else ""
    return {"scores": scores} | _why(voter, side, {"agree": FOR, "disagree": AGAINST})


FOR = (
    "We already have the people and the brand.",
    "Two buyers have asked for it this year.",
    "It helps both sides of the border at once.",
)
AGAINST = (
    "Nobody has said who pays for the water.",
    "The law on the other side forbids it today.",
    "Others do it cheaper, and have done for years.",
)


def _why(voter: Voter, side: str, reasons: Mapping[str, Sequence[str]]) -> Json:
    if side not in reasons or voter.n % 6:
        return {}
    return {"reason": reasons[side][voter.n % 3]}
