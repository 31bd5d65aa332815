"""What simulated people write where nobody has written it for them: themes that fit any region and any
question, in the workshop's language. All are invented."""

from edp_app.core.definition import Definition, GatherSettings
from edp_app.rehearsal.texts import Text

THEMES: dict[str, tuple[str, ...]] = {
    "en": (
        "Water, and who shares it",
        "Young people who stay",
        "The road to the port",
        "Two colleges that know each other",
        "Energy from the sun",
        "Small farms that sell together",
        "Customs at the border, open longer",
        "Health close to the villages",
        "Repair instead of throwing away",
        "A market hall for both sides",
        "Guides who know the old paths",
        "Soil that is not worn out",
        "Internet in every valley",
        "Women who lead companies",
        "Wood that becomes houses",
        "Research that asks the growers",
        "Music and crafts with a name",
        "Loans that small companies get",
        "Clean buses between the towns",
        "A laboratory that tests our food",
        "Waste that becomes compost",
        "Fish from our own ponds",
        "Apprentices paid from the first day",
        "Maps and data that everyone may use",
    ),
    "es": (
        "El agua, y quién la comparte",
        "Jóvenes que se quedan",
        "El camino al puerto",
        "Dos institutos que se conocen",
        "Energía del sol",
        "Chacras pequeñas que venden juntas",
        "Aduana abierta más horas",
        "Salud cerca de los pueblos",
        "Reparar en vez de botar",
        "Un mercado para los dos lados",
        "Guías que conocen los caminos antiguos",
        "Suelos que no se agotan",
        "Internet en cada valle",
        "Mujeres que dirigen empresas",
        "Madera que se vuelve casas",
        "Investigación que pregunta a quienes cultivan",
        "Música y artesanía con nombre propio",
        "Crédito que llega a la empresa pequeña",
        "Buses limpios entre las ciudades",
        "Un laboratorio que analiza nuestros alimentos",
        "Residuos que se vuelven compost",
        "Peces de nuestros propios estanques",
        "Aprendices con sueldo desde el primer día",
        "Mapas y datos que todos pueden usar",
    ),
    "pt": (
        "A água, e quem a divide",
        "Jovens que ficam",
        "O caminho até o porto",
        "Dois institutos que se conhecem",
        "Energia do sol",
        "Sítios pequenos que vendem juntos",
        "Alfândega aberta por mais tempo",
        "Saúde perto dos povoados",
        "Consertar em vez de jogar fora",
        "Um mercado para os dois lados",
        "Guias que conhecem os caminhos antigos",
        "Solos que não se esgotam",
        "Internet em cada vale",
        "Mulheres que dirigem empresas",
        "Madeira que vira casa",
        "Pesquisa que pergunta a quem cultiva",
        "Música e artesanato com nome próprio",
        "Crédito que chega à pequena empresa",
        "Ônibus limpos entre as cidades",
        "Um laboratório que analisa nossos alimentos",
        "Resíduos que viram adubo",
        "Peixes dos nossos próprios tanques",
        "Aprendizes pagos desde o primeiro dia",
        "Mapas e dados que todos podem usar",
    ),
}

REMARKS: dict[str, tuple[str, ...]] = {
    "en": (
        "Clear, and on time.",
        "A little more time for the ideas, please.",
        "For once I saw how the other groups voted.",
        "Now we must say who does what.",
    ),
    "es": (
        "Claro, y a tiempo.",
        "Un poco más de tiempo para las ideas, por favor.",
        "Por una vez vi cómo votaron los otros grupos.",
        "Ahora hay que decir quién hace qué.",
    ),
    "pt": (
        "Claro, e no horário.",
        "Um pouco mais de tempo para as ideias, por favor.",
        "Desta vez vi como os outros grupos votaram.",
        "Agora é preciso dizer quem faz o quê.",
    ),
}
"""What they say to an open question."""


def texts_about(definition: Definition) -> list[Text]:
    """Something to write for every stage in which people write: each theme once in each of them, under its
    columns in turn, so that no column stays empty."""
    themes = THEMES[definition.language]
    found = []
    for stage in definition.stages:
        if isinstance(stage.settings, GatherSettings):
            columns = [column.id for column in stage.settings.columns]
            most = stage.settings.max_length
            found += [
                Text(f"{stage.id}-{n}", stage.id, columns[n % len(columns)], theme[:most].strip())
                for n, theme in enumerate(themes)
            ]
    return found
