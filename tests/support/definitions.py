"""Workshops for tests, in code rather than in files, so that a test shows what it stands on."""

from collections.abc import Mapping

from edp_app.core.definition import (
    AskSettings,
    Column,
    Definition,
    DotsMethod,
    Field,
    GatherSettings,
    Group,
    Privacy,
    Question,
    Rule,
    ShowSettings,
    SortSettings,
    Stage,
    Step,
    Territory,
    VoteSettings,
    WhoSettings,
)

Texts = dict[str, str]
"""One text by language."""

GROUPS = ("government", "business", "academia", "civil_society", "environment")
TERRITORIES = ("tacna", "arica")


def arc(
    titles: Mapping[str, Texts],
    *,
    swot: GatherSettings,
    weigh: VoteSettings,
    ideas: GatherSettings,
    shortlist: VoteSettings,
    questions: list[Question],
    steps: Mapping[str, Step],
) -> list[Stage]:
    """What a whole workshop does: who, SWOT, sort, weigh, ideas, sort, shortlist, evaluation. ``titles`` and
    ``steps`` are by the stage's id."""
    settings = {
        "who": (5, WhoSettings()),
        "swot": (25, swot),
        "sort": (10, SortSettings(of="swot")),
        "weigh": (10, weigh),
        "ideas": (25, ideas),
        "sort_ideas": (10, SortSettings(of="ideas")),
        "shortlist": (10, shortlist),
        "evaluation": (5, AskSettings(questions)),
    }
    return [
        Stage(stage, titles[stage], minutes, setting, step=steps.get(stage, ""))
        for stage, (minutes, setting) in settings.items()
    ]


def short(
    *,
    dots: int = 3,
    cap: int = 2,
    per: str = "column",
    rule: Rule = "balanced",
    passes: int = 2,
    privacy: Privacy = "grouped",
    others: str = "live",
) -> Definition:
    """Opening and the whole arc, in few words: what most tests stand on."""
    titles = {
        "who": "Who is here",
        "swot": "SWOT",
        "sort": "Group and name",
        "weigh": "Weigh",
        "ideas": "Ideas",
        "sort_ideas": "Group ideas",
        "shortlist": "Shortlist",
        "evaluation": "Evaluation",
    }
    method = DotsMethod(dots=dots, cap=cap, per=per)  # type: ignore[arg-type]
    stages = arc(
        {stage: {"en": title} for stage, title in titles.items()},
        swot=GatherSettings(columns=[Column(c, {"en": c}) for c in "swot"], others=others),  # type: ignore[arg-type]
        weigh=VoteSettings("swot", method, rule, passes),
        ideas=GatherSettings(
            columns=[Column("idea", {"en": "Idea"})],
            fields=[Field("who", {"en": "Who benefits"}, 100)],
            sdgs=True,
            links_to="swot",
            per_person=3,
        ),
        shortlist=VoteSettings("ideas", DotsMethod(5, "stage", 3)),
        questions=[Question("useful", {"en": "Useful?"}), Question("more", {"en": "More?"}, "text")],
        steps={"swot": "analysis"},
    )
    return Definition(
        title="Valle de prueba",
        territory="Tacna–Arica",
        convener="Mesa de prueba",
        date="2026-11-20",
        language="es",
        privacy=privacy,
        groups=[Group(g, {"en": g.title(), "es": f"{g} es"}, expected=5) for g in GROUPS],
        territories=[Territory(t, {"es": t.title()}) for t in TERRITORIES],
        stages=[Stage("opening", {"en": "Opening"}, 10, ShowSettings(text={"en": "Welcome"})), *stages],
    )


def in_three(en: str, es: str, pt: str) -> Texts:
    """One text in the product's languages."""
    return {"en": en, "es": es, "pt": pt}


def border_region(
    language: str = "es",
    privacy: Privacy = "grouped",
    rule: Rule = "balanced",
    title: str = "",
    **more: object,
) -> Definition:
    """The whole arc and a lunch, in words as a real workshop has them: what the report is tested with."""
    stages = arc(
        {
            "who": in_three("Who is here", "Quiénes estamos", "Quem está aqui"),
            "swot": in_three("SWOT", "FODA", "FOFA"),
            "sort": {"en": "Group and name", "es": "Agrupar y nombrar"},
            "weigh": in_three("Weigh the SWOT", "Ponderar el FODA", "Ponderar a FOFA"),
            "ideas": in_three("Ideas", "Ideas", "Ideias"),
            "sort_ideas": {"es": "Agrupar las ideas"},
            "shortlist": in_three("Shortlist", "Selección de prioridades", "Seleção de prioridades"),
            "evaluation": in_three("Evaluation", "Evaluación", "Avaliação"),
        },
        swot=GatherSettings(
            columns=[
                Column("s", in_three("Strengths", "Fortalezas", "Forças")),
                Column("w", in_three("Weaknesses", "Debilidades", "Fraquezas")),
                Column("o", in_three("Opportunities", "Oportunidades", "Oportunidades")),
                Column("t", in_three("Threats", "Amenazas", "Ameaças")),
            ]
        ),
        weigh=VoteSettings("swot", DotsMethod(dots=3, per="column"), "balanced", passes=3),
        ideas=GatherSettings(
            columns=[Column("idea", in_three("Ideas", "Ideas", "Ideias"))],
            fields=[
                Field("who", in_three("Who benefits", "A quién beneficia", "Quem se beneficia")),
                Field("new", in_three("What is new", "Qué hay de nuevo", "O que há de novo")),
            ],
            sdgs=True,
            links_to="swot",
        ),
        shortlist=VoteSettings("ideas", DotsMethod(dots=5, cap=2), rule, passes=3),
        questions=[
            Question(
                "useful", {"es": "¿Le resultó útil este taller?"}, low={"es": "nada"}, high={"es": "mucho"}
            ),
            Question("heard", {"es": "¿Sintió que su voz contó?"}, low={"es": "nada"}, high={"es": "mucho"}),
            Question("remark", {"es": "¿Qué quiere decir a quienes convocaron?"}, type="text"),
        ],
        steps={"swot": "analysis", "ideas": "priorities", "shortlist": "priorities"},
    )
    names = {
        "government": in_three(
            "Government and public bodies",
            "Gobierno y administración pública",
            "Governo e administração pública",
        ),
        "business": in_three(
            "Businesses, cooperatives and producers",
            "Empresas, cooperativas y productores",
            "Empresas, cooperativas e produtores",
        ),
        "academia": in_three(
            "Universities and research", "Universidades e investigación", "Universidades e pesquisa"
        ),
        "civil_society": in_three(
            "Civil society and communities", "Sociedad civil y comunidades", "Sociedade civil e comunidades"
        ),
        "environment": in_three("Environment", "Medio ambiente", "Meio ambiente"),
    }
    expected = (20, 18, 10, 12, 5)
    return Definition(
        title=title or "Prioridades de innovación para la frontera Tacna–Arica",
        groups=[
            Group(group, names[group], icon=group, expected=count)
            for group, count in zip(GROUPS, expected, strict=True)
        ],
        language=language,  # type: ignore[arg-type]
        territory="Tacna (Perú) y Arica y Parinacota (Chile)",
        convener="Gobierno Regional de Tacna y Gobierno Regional de Arica y Parinacota",
        date="2026-10-14",
        territories=[Territory("tacna", {"es": "Tacna"}), Territory("arica", {"es": "Arica y Parinacota"})],
        privacy=privacy,
        stages=[*stages, Stage("lunch", {"es": "Almuerzo"}, 60, ShowSettings(is_break=True))],
        **more,  # type: ignore[arg-type]
    )


def weighing(*, language: str = "en", columns: int = 4, dots: int = 3, passes: int = 2) -> Definition:
    """Gather, then weigh with dots: the least that a result needs."""
    names = ("Strengths", "Weaknesses", "Opportunities", "Threats")
    return Definition(
        title="A valley that chooses",
        language=language,  # type: ignore[arg-type]
        privacy="open",
        groups=[
            Group("government", {"en": "Government", "es": "Gobierno"}, icon="government", expected=4),
            Group("business", {"en": "Business", "es": "Empresas"}, icon="business", expected=6),
            Group("academia", {"en": "Academia", "es": "Academia"}, icon="academia", expected=2),
        ],
        stages=[
            Stage(
                "swot",
                {"en": "SWOT", "es": "FODA"},
                25,
                GatherSettings(
                    columns=[Column(f"c{n}", {"en": names[n]}) for n in range(columns)], per_person=60
                ),
                {"en": "What is one strength, one weakness?", "es": "¿Cuál es una fortaleza, una debilidad?"},
                "analysis",
            ),
            Stage(
                "weigh",
                {"en": "Weigh", "es": "Ponderar"},
                10,
                VoteSettings("swot", DotsMethod(dots, "stage", dots), "balanced", passes),
            ),
        ],
    )
