"""What simulated people write on cards: by the names that the library gives its lines. All are invented."""

import random
from typing import Any

Json = dict[str, Any]

LINES: dict[str, tuple[str, ...]] = {
    "instrument": (
        "Plan regional de competitividad",
        "Fondo de innovación productiva",
        "Programa de cooperación fronteriza",
        "Ninguno",
    ),
    "owner": ("Dirección regional de producción", "Mesa binacional", "Cámara de productores", "Universidad"),
    "lead": ("Cámara de productores", "Universidad", "Mesa binacional"),
    "problem": ("Se vende a granel y el valor queda afuera.", "Cada lado mide la calidad a su manera."),
    "solution": ("Una norma común y un laboratorio compartido.", "Una planta pequeña, de varios dueños."),
    "partners": ("Cooperativas, municipios, un instituto técnico", "Dos universidades y los productores"),
    "cost": ("80.000 dólares", "250.000 dólares en tres años"),
    "funding": ("Fondo de innovación, abierto hasta mayo", "Aporte de los socios y un crédito blando"),
    "legal_obstacle": ("El registro sanitario vale de un solo lado.", "Ninguno conocido"),
    "indicator": ("Productores que venden con marca propia", "Toneladas exportadas con sello"),
    "baseline": ("12 productores", "0 toneladas", "no se mide"),
    "target": ("60 productores", "40 toneladas"),
    "year": ("2028", "2030"),
    "source": ("Registro de la cámara", "Aduana", "Encuesta propia"),
    "sdgs": ("8, 9, 12", "2, 12"),
    "first_step": (
        "La cámara reúne a los dos lados antes de marzo.",
        "El instituto presenta un presupuesto en abril.",
    ),
}


def line_for(field: Json, chance: random.Random) -> str:
    """What somebody writes on a line of a card."""
    if options := field.get("options"):
        return str(chance.choice(options)["id"])
    text = chance.choice(LINES.get(field["id"], (f"Rehearsal text · {field['id']}",)))
    return text[: field["max_length"]].strip()


def turns(run: Json, number: int, people: int) -> list[tuple[str, Json]]:
    """The lines that the ``number``-th of so many people looks after: everybody some, so that all are filled;
    with few lines several people come to the same one."""
    lines = [(item, field) for item in run["order"] for field in run["fields"]]
    share = max(1, -(-len(lines) // max(1, people)))
    return [lines[(number * share + place) % len(lines)] for place in range(share)]
