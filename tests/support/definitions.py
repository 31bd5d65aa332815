"""Small workshops for tests, in code rather than in files, so that a test shows what it stands on."""

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
    Territory,
    VoteSettings,
    WhoSettings,
)

GROUPS = ("government", "business", "academia", "civil_society", "environment")
TERRITORIES = ("tacna", "arica")


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
    """Opening, who, SWOT, sort, dots, ideas with evidence, sort, dots, evaluation."""
    method = DotsMethod(dots=dots, cap=cap, per=per)  # type: ignore[arg-type]
    return Definition(
        title="Valle de prueba",
        territory="Tacna–Arica",
        convener="Mesa de prueba",
        date="2026-11-20",
        language="es",
        privacy=privacy,
        groups=[Group(g, {"en": g.title(), "es": f"{g} es"}, expected=5) for g in GROUPS],
        territories=[Territory(t, {"es": t.title()}) for t in TERRITORIES],
        stages=[
            Stage("opening", {"en": "Opening"}, 10, ShowSettings(text={"en": "Welcome"})),
            Stage("who", {"en": "Who is here"}, 5, WhoSettings()),
            Stage(
                "swot",
                {"en": "SWOT"},
                25,
                GatherSettings(columns=[Column(c, {"en": c}) for c in "swot"], others=others),  # type: ignore[arg-type]
                step="analysis",
            ),
            Stage("sort", {"en": "Group and name"}, 10, SortSettings(of="swot")),
            Stage("weigh", {"en": "Weigh"}, 10, VoteSettings("swot", method, rule, passes)),
            Stage(
                "ideas",
                {"en": "Ideas"},
                25,
                GatherSettings(
                    columns=[Column("idea", {"en": "Idea"})],
                    fields=[Field("who", {"en": "Who benefits"}, 100)],
                    sdgs=True,
                    links_to="swot",
                    per_person=3,
                ),
            ),
            Stage("sort_ideas", {"en": "Group ideas"}, 10, SortSettings(of="ideas")),
            Stage("shortlist", {"en": "Shortlist"}, 10, VoteSettings("ideas", DotsMethod(5, "stage", 3))),
            Stage(
                "evaluation",
                {"en": "Evaluation"},
                5,
                AskSettings(
                    [Question("useful", {"en": "Useful?"}), Question("more", {"en": "More?"}, "text")]
                ),
            ),
        ],
    )
