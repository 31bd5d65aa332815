"""Workshops for tests, in code rather than in files, so that a test shows what it stands on."""

from collections.abc import Mapping

from edp_app.core.definition import (
    AgreeMethod,
    AskSettings,
    AxesMethod,
    Axis,
    ChoiceMethod,
    CriteriaMethod,
    Criterion,
    Definition,
    Door,
    DotsMethod,
    GatherSettings,
    Method,
    PointsMethod,
    Privacy,
    RankingMethod,
    Rule,
    ShowSettings,
    SortSettings,
    Stage,
    Step,
    VoteSettings,
    WhoSettings,
)
from edp_app.core.parts import Column, Field, Group, Option, Question, Territory

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
    door: Door = "open",
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
        door=door,
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


def four_criteria() -> list[Criterion]:
    """Two that count the same, one that counts more, and one that funders alone are asked."""
    return [
        Criterion(
            "assets",
            in_three("Assets and critical mass", "Activos y masa crítica", "Ativos e massa crítica"),
            in_three(
                "People, firms, knowledge: here, now?",
                "Personas, empresas, conocimiento: ¿aquí, hoy?",
                "Pessoas, empresas, conhecimento: aqui, hoje?",
            ),
            low=in_three("almost none", "casi nada", "quase nada"),
            middle=in_three("some, scattered", "algo, disperso", "algo, disperso"),
            high=in_three("proven, connected", "probado, conectado", "comprovado, conectado"),
        ),
        Criterion(
            "novelty",
            in_three(
                "Innovation added value", "Valor agregado de la innovación", "Valor agregado da inovação"
            ),
            in_three("What is new, and where?", "¿Qué es nuevo, y dónde?", "O que é novo, e onde?"),
            low=in_three("as today", "como hoy", "como hoje"),
            middle=in_three("improves what exists", "mejora lo que existe", "melhora o que existe"),
            high=in_three("opens a new activity", "abre una actividad nueva", "abre uma atividade nova"),
        ),
        Criterion(
            "market",
            in_three("Market and connections", "Mercado y conexiones", "Mercado e conexões"),
            low=in_three("no known buyer", "sin comprador conocido", "sem comprador conhecido"),
            high=in_three("buyers named", "compradores con nombre", "compradores com nome"),
            weight=2,
        ),
        Criterion(
            "fundable",
            in_three("Fundability", "Posibilidad de financiamiento", "Possibilidade de financiamento"),
            in_three("Is there a real source?", "¿Existe una fuente real?", "Existe uma fonte real?"),
            beside=True,
        ),
    ]


def every_method(
    *,
    privacy: Privacy = "grouped",
    columns: int = 1,
    language: str = "en",
    methods: Mapping[str, Method] | None = None,
    rule: Rule = "balanced",
) -> Definition:
    """Ideas, and a vote on them by each of the seven methods, whose name is the id of its stage; then a
    second round of the vote by criteria, ``again``. ``methods`` replaces settings."""
    known: dict[str, Method] = {
        "dots": DotsMethod(dots=3, cap=2),
        "points": PointsMethod(points=10, cap=6),
        "agree": AgreeMethod(reason=True),
        "criteria": CriteriaMethod(four_criteria()),
        "axes": AxesMethod(
            Axis(
                "impact",
                in_three("Impact", "Impacto", "Impacto"),
                in_three("hardly any", "casi ninguno", "quase nenhum"),
                in_three("changes everything", "lo cambia todo", "muda tudo"),
            ),
            Axis(
                "unsure",
                in_three("Uncertainty", "Incertidumbre", "Incerteza"),
                in_three("will come", "vendrá", "virá"),
                in_three("nobody knows", "nadie lo sabe", "ninguém sabe"),
            ),
        ),
        "choice": ChoiceMethod(
            [
                Option("now", in_three("Now", "Ahora", "Agora")),
                Option("changed", in_three("With changes", "Con cambios", "Com mudanças")),
                Option("none", in_three("No instrument", "Sin instrumento", "Sem instrumento")),
                Option("no", in_three("No", "No", "Não")),
            ]
        ),
        "ranking": RankingMethod(top=3),
    }
    prompts = {
        "dots": in_three(
            "Where would you put your dots?", "¿Dónde pone sus puntos?", "Onde põe seus pontos?"
        ),
        "points": in_three(
            "What deserves how much?", "¿Cuánto merece cada idea?", "Quanto merece cada ideia?"
        ),
        "agree": in_three(
            "Does this match what you see?", "¿Coincide con lo que ve?", "Coincide com o que vê?"
        ),
        "criteria": in_three("Score each idea", "Califique cada idea", "Avalie cada ideia"),
        "axes": in_three("Where does it stand?", "¿Dónde se ubica?", "Onde se situa?"),
        "choice": in_three("Could this be financed?", "¿Podría financiarse?", "Poderia ser financiado?"),
        "ranking": in_three("What comes first?", "¿Qué va primero?", "O que vem primeiro?"),
    }
    votes = {**known, **(methods or {})}
    names = [Column(f"c{n}", {"en": f"Column {n + 1}"}) for n in range(columns)]
    again = VoteSettings("ideas", votes["criteria"], second_of="criteria")
    return Definition(
        title="Seven ways to vote",
        language=language,  # type: ignore[arg-type]
        privacy=privacy,
        groups=[Group(g, {"en": g.title(), "es": f"{g} es"}, icon=g, expected=5) for g in GROUPS],
        stages=[
            Stage("ideas", {"en": "Ideas"}, 10, GatherSettings(columns=names, per_person=100)),
            *(
                Stage(name, {"en": name.title()}, 10, VoteSettings("ideas", method, rule), prompts[name])
                for name, method in votes.items()
            ),
            Stage("again", {"en": "Second round"}, 10, again, prompts["criteria"]),
        ],
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
