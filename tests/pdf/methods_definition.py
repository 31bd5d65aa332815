"""The definition of a workshop with a vote by every method."""

import msgspec

from edp_app.core.definition import (
    AgreeMethod,
    AskSettings,
    AxesMethod,
    Axis,
    ChoiceMethod,
    CriteriaMethod,
    Criterion,
    Definition,
    GatherSettings,
    PointsMethod,
    Privacy,
    RankingMethod,
    Stage,
    VoteSettings,
)
from edp_app.core.parts import Column, Option, Question
from tests.support.definitions import border_region, in_three

CRITERIA = [
    Criterion(
        "assets",
        in_three("Assets and critical mass", "Activos y masa crítica", "Ativos e massa crítica"),
        weight=3,
    ),
    Criterion(
        "novelty",
        in_three("Innovation added value", "Valor agregado de la innovación", "Valor agregado da inovação"),
        weight=2,
    ),
    Criterion(
        "market", in_three("Market and connections", "Mercado y conexiones", "Mercado e conexões"), weight=2
    ),
    Criterion(
        "sustain", in_three("Sustainability", "Sostenibilidad", "Sustentabilidade"), weight=1, flag_ones=True
    ),
    Criterion(
        "fund",
        in_three("Fundability", "Posibilidad de financiamiento", "Possibilidade de financiamento"),
        beside=True,
    ),
]


def stages() -> list[Stage]:
    """The stages between the evidence and the evaluation."""
    score = CriteriaMethod(CRITERIA, weights_from="weights")
    drivers = GatherSettings(columns=[Column("d", in_three("Drivers", "Factores de cambio", "Fatores"))])
    visions = GatherSettings(columns=[Column("v", in_three("Visions", "Visiones", "Visões"))])
    options = [
        Option("now", in_three("now", "ahora", "agora")),
        Option("changes", in_three("with changes", "con cambios", "com mudanças")),
        Option("none", in_three("no instrument", "sin instrumento", "sem instrumento")),
        Option("no", in_three("no", "no", "não")),
    ]
    axes = AxesMethod(
        Axis("impact", in_three("Impact", "Impacto", "Impacto"), {"es": "bajo"}, {"es": "alto"}),
        Axis("doubt", in_three("Uncertainty", "Incertidumbre", "Incerteza"), {"es": "poca"}, {"es": "mucha"}),
    )
    settings = {
        "drivers": (drivers, in_three("Drivers of change", "Factores de cambio", "Fatores de mudança")),
        "plot": (VoteSettings("drivers", axes), in_three("Impact", "Impacto e incertidumbre", "Impacto")),
        "visions": (visions, in_three("Shared vision", "Visión compartida", "Visão compartilhada")),
        "share": (
            VoteSettings("visions", AgreeMethod(reason=True), "portfolio", 2),
            in_three("Do you share it?", "¿La comparte?", "Compartilha?"),
        ),
        "weights": (
            AskSettings(
                [Question(c.id, c.name) for c in CRITERIA if not c.beside],
            ),
            in_three("Agree criteria", "Acordar los criterios", "Acordar os critérios"),
        ),
        "points": (
            VoteSettings("ideas", PointsMethod(10, 6), "portfolio", 8),
            in_three("Shortlist", "Preselección", "Pré-seleção"),
        ),
        "score": (VoteSettings("ideas", score, "balanced", 3), in_three("Score", "Evaluar", "Avaliar")),
        "second": (
            VoteSettings("ideas", score, "balanced", 1, second_of="score"),
            in_three("Second round", "Segunda ronda", "Segunda rodada"),
        ),
        "fundable": (
            VoteSettings("ideas", ChoiceMethod(options, funders_apart=True)),
            in_three("Could it be financed?", "¿Se podría financiar?", "Poderia ser financiado?"),
        ),
        "order": (
            VoteSettings("ideas", RankingMethod(5), "both", 3),
            in_three("Order", "Ordenar", "Ordenar"),
        ),
        "readback": (
            VoteSettings("ideas", AgreeMethod(reason=True), "balanced", 3),
            in_three("Read-back", "Lectura final", "Leitura final"),
        ),
    }
    return [
        Stage(stage, title, 10, setting, step="vision" if stage in ("drivers", "visions") else "priorities")
        for stage, (setting, title) in settings.items()
    ]


def every_method(language: str = "es", privacy: Privacy = "grouped") -> Definition:
    """The definition: SWOT, ideas, and then votes by every method."""
    plain = border_region(language, privacy)
    by_id = {stage.id: stage for stage in plain.stages}
    kept = [by_id[one] for one in ("who", "swot", "sort", "weigh", "ideas", "sort_ideas")]
    return msgspec.structs.replace(plain, stages=[*kept, *stages(), by_id["evaluation"]])
