"""Why simulated people judge as they do: reasons that fit any idea, in three languages. All are invented."""

REASONS: dict[str, tuple[str, ...]] = {
    "high": (
        "Ya tenemos a la gente que sabe hacerlo.",
        "En ningún otro lugar se podría hacer igual.",
        "Los compradores preguntan por esto cada mes.",
        "Se puede empezar el año que viene con lo que hay.",
        "It builds on what both sides already do well.",
        "The young people here would stay for this.",
        "Une as duas margens em vez de separá-las.",
        "O conhecimento já existe; falta só organização.",
    ),
    "middle": (
        "Me gusta, pero no está claro quién lo mantendría.",
        "Depende de que los permisos salgan a tiempo.",
        "Good in principle; I have seen such plans before.",
        "É uma boa ideia, mas cedo demais para nós.",
    ),
    "low": (
        "Se intentó hace cinco años y nadie compró.",
        "Beneficia a pocos y el costo es de todos.",
        "No hay camino ni energía para sostenerlo.",
        "El agua no alcanza para otra cosa más.",
        "Anyone could copy this within a year.",
        "It leaves the villages upstream with nothing.",
        "Falta quem compre, e o frete come o lucro.",
        "Ninguém perguntou às comunidades.",
    ),
}
"""For those who are in favour, in between, and against."""
