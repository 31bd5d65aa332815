"""Published results as the rules publish them, of any size, for what draws them. The figures fit each other
as far as pictures rely on it: a balanced share is the mean of the cells' shares, counts add up."""

import random
from typing import Any

Json = dict[str, Any]

GROUPS = [
    ("government", "Government and public bodies", "Gobierno y administración pública"),
    ("business", "Businesses, cooperatives and producers", "Empresas, cooperativas y productores"),
    ("academia", "Universities and research", "Universidades e investigación"),
    ("civil_society", "Civil society and communities", "Sociedad civil y comunidades"),
    ("environment", "Environment", "Medio ambiente"),
]
TITLES = [
    ("Olive oil with a protected origin from both sides of the border",
     "Aceite de oliva con denominación de origen de ambos lados de la frontera"),
    ("Solar desalination for small farms", "Desalinización solar para pequeñas fincas"),
    ("One customs window for perishable goods",
     "Una sola ventanilla aduanera para productos perecederos"),
    ("Laboratory for smart agriculture in the desert",
     "Laboratorio de agricultura inteligente en el desierto"),
    ("Adventure tourism on the old railway", "Turismo de aventura en el antiguo ferrocarril"),
    ("Cold chain for fish", "Cadena de frío para la pesca"),
    ("Training technicians together: one certificate that both countries recognise, taught in both cities",
     "Formar técnicos en conjunto: un certificado que ambos países reconocen, dictado en ambas ciudades"),
    ("Wood-based solutions for eco-construction", "Soluciones de madera para la construcción ecológica"),
    ("Geothermal heat for greenhouses", "Calor geotérmico para invernaderos"),
    ("Open data on water", "Datos abiertos sobre el agua"),
]  # fmt: skip
CRITERIA = [
    ("assets", "Assets and critical mass", "Activos y masa crítica"),
    ("novelty", "Innovation added value", "Valor agregado de la innovación"),
    ("distinct", "Distinctiveness", "Distintividad"),
    ("market", "Market and connections", "Mercado y conexiones"),
    ("sustain", "Sustainability", "Sostenibilidad"),
    ("legal", "Legal feasibility across the border", "Viabilidad legal transfronteriza"),
    ("reach", "Reach", "Alcance"),
]
LABELS = ["shared_yes", "divided", "groups_differ", "open", "shared_no"]


def said(en: str, es: str) -> Json:
    """Words in two languages."""
    return {"en": en, "es": es}


def groups(many: int = 5) -> list[Json]:
    """The groups of a view; beyond five a workshop has written its own."""
    own = [
        (f"own_{n}", f"Network number {n} of the region", f"Red número {n} de la región")
        for n in range(6, 13)
    ]
    known = [*GROUPS, *own][:many]
    return [
        {"id": key, "name": said(en, es), "icon": key if key in dict_of(GROUPS) else "group"}
        for key, en, es in known
    ]


def dict_of(rows: list[tuple[str, str, str]]) -> dict[str, str]:
    """The first two of each."""
    return {row[0]: row[1] for row in rows}


def title(place: int, language: str = "en") -> str:
    """A title for the item at this place; all are different."""
    both = TITLES[place % len(TITLES)]
    text = both[language == "es"]
    return text if place < len(TITLES) else f"{text} ({place + 1})"


def ranked(figures: list[float]) -> list[int]:
    """Places, from 1, equal ones shared."""
    return [1 + sum(other > figure for other in figures) for figure in figures]


class Sample:
    """Makes revealed runs; equal arguments give equal ones."""

    def __init__(
        self, *, items: int = 6, many_groups: int = 5, language: str = "en", seed: int = 7,
        pooled: bool = False, heads: bool = False,
    ) -> None:  # fmt: skip
        self.random = random.Random(seed)
        self.items = items
        self.language = language
        self.groups = groups(many_groups)
        self.heads = heads
        ids = [group["id"] for group in self.groups]
        alone = ids[:-2] if pooled else ids
        self.cells = [
            {"id": f"c{n}", "groups": [g], "voters": 3 + (n * 5) % 11} for n, g in enumerate(alone, 1)
        ]
        if pooled:
            self.cells.append({"id": "pool", "groups": ids[-2:], "voters": 3})

    def _head(self, method: str, **more: Any) -> Json:
        cells = {} if self.heads else {"cells": self.cells}
        return {
            "version": 1,
            "method": method,
            "voters": sum(c["voters"] for c in self.cells),
            **cells,
            **more,
        }

    def _past(self, result: Json, **more: Any) -> Json:
        return {
            "stage": "s",
            "kind": "vote",
            "title": said("Vote", "Voto"),
            "number": 1,
            "result": result,
            **more,
        }

    def _by_cells(self) -> list[dict[str, float]]:
        """For each item every cell's share; those of a cell sum to 1."""
        spent = {
            cell["id"]: [self.random.random() ** 2 * (self.items - n) for n in range(self.items)]
            for cell in self.cells
        }
        return [
            {cell: parts[place] / sum(parts) for cell, parts in spent.items()} for place in range(self.items)
        ]

    def _listed(self, rows: list[Json], passes: int = 3, rule: str = "balanced") -> list[Json]:
        """Rows with places, in order."""
        for count in ("headcount", "balanced"):
            have = [row for row in rows if count in row]
            for row, rank in zip(have, ranked([row[count] for row in have]), strict=True):
                row[f"rank_{count}"] = rank
        by = "headcount" if self.heads or rule == "headcount" else "balanced"
        rows.sort(key=lambda row: -row.get(by, -1))
        for place, row in enumerate(rows):
            row["passes"] = place < passes
        return rows

    def _row(self, place: int, **more: Any) -> Json:
        return {"item": f"i{place}", "title": title(place, self.language), "n": 20, **more}

    def spent(self, method: str = "dots", rule: str = "balanced") -> Json:
        """A vote with dots or points, or a ranking."""
        rows = []
        for place, cells in enumerate(self._by_cells()):
            balanced = sum(cells.values()) / len(cells)
            groups = {} if self.heads else {"balanced": balanced, "cells": cells}
            heads = max(0.001, balanced + self.random.uniform(-0.04, 0.04))
            rows.append(self._row(place, dots=9, headcount=heads, **groups))
        rows = self._listed(rows, rule=rule)
        listing: Json = {"column": "", "items": rows, "dots": 99}
        if not self.heads:
            listing["portfolio"] = self.portfolio(rows)
        return self._past(self._head(method, rule=rule, passes=3, columns=[listing]))

    def portfolio(self, rows: list[Json]) -> Json:
        """Who backed the first ones; the last of them filled a place."""
        chosen: list[Json] = []
        for row in rows[:3]:
            parts = [self.random.random() ** 3 for _ in self.cells]
            backed = {c["id"]: p / sum(parts) for c, p in zip(self.cells, parts, strict=True)}
            chosen.append({"item": row["item"], "backed_by": backed})
        if len(rows) > 3:
            chosen.append({"item": rows[3]["item"], "filled": True})
        return {"chosen": chosen, "budget_per_cell": 0.6}

    def agree(self) -> Json:
        """Agree, disagree or pass."""
        rows = []
        for place in range(self.items):
            counts = {c["id"]: [self.random.randint(0, c["voters"]) for _ in range(3)] for c in self.cells}
            agree, disagree, passed = (sum(n[k] for n in counts.values()) for k in range(3))
            balanced = 1.0
            for n in counts.values():
                balanced *= (n[0] + 1) / (sum(n) + 2)
            cells = {cell: n[0] / max(1, sum(n)) for cell, n in counts.items()}
            told = {"agree": agree, "disagree": disagree, "pass": passed}
            rows.append(
                self._row(
                    place,
                    headcount=agree / max(1, agree + disagree + passed),
                    balanced=balanced ** (1 / len(counts)),
                    cells=cells,
                    counts=counts,
                    **told,
                )
            )
        return self._past(
            self._head(
                "agree", rule="balanced", passes=3, columns=[{"column": "", "items": self._listed(rows)}]
            )
        )

    def criteria(self, many: int = 4, *, second: bool = False, beside: bool = False) -> Json:
        """Scores on criteria; the last row has too few, one figure is missing, one is flagged."""
        settings: list[Json] = [
            {"id": key, "name": said(en, es), "weight": 1} for key, en, es in CRITERIA[:many]
        ]
        if beside:
            settings.append({"id": "fund", "name": said("Fundability", "Financiamiento"), "beside": True})
        weights = {c["id"]: 1 / many for c in settings if not c.get("beside")}
        rows = []
        for place in range(self.items):
            level = self.random.uniform(1.3, 4.8)
            scores = {
                c["id"]: {"n": 20, "headcount": self._near(level, 1.4), "balanced": self._near(level, 1.2)}
                for c in settings
            }
            if beside:
                scores["fund"] = {"n": 4, "headcount": self._near(level, 1), "beside": True}
            row = self._row(
                place,
                scores=scores,
                headcount=sum(scores[c]["headcount"] for c in weights) / many,
                balanced=sum(scores[c]["balanced"] for c in weights) / many,
                cells={c["id"]: self._near(level, 1.5) for c in self.cells},
                agreement=self.random.uniform(-0.9, 1),
                label=LABELS[place % len(LABELS)],
            )
            if second:
                row["before"] = {
                    "run": "score.1",
                    "balanced": self._near(row["balanced"], 1.2),
                    "label": ["divided", "groups_differ"][place % 2],
                }
            rows.append(row)
        if len(rows) > 2:
            rows[1]["scores"][settings[0]["id"]]["ones"] = 3
            rows[2]["scores"][settings[1]["id"]] = {"n": 2}
            for name in ("balanced", "headcount", "agreement", "label"):
                del rows[2][name]
        listed = self._listed(rows)
        result = self._head(
            "criteria", rule="balanced", passes=3, weights=weights, columns=[{"column": "", "items": listed}]
        )
        return self._past(result, method={"type": "criteria", "criteria": settings})

    def _near(self, level: float, spread: float) -> float:
        return min(5.0, max(1.0, level + self.random.uniform(-spread, spread)))

    def axes(self) -> Json:
        """Impact and uncertainty; the first three in the same place."""
        rows = [
            self._row(
                place,
                x={"n": 20, "headcount": 3.1, "balanced": 4.1 if place < 3 else self.random.uniform(1, 5)},
                y={"n": 20, "headcount": 2.9, "balanced": 4.4 if place < 3 else self.random.uniform(1, 5)},
            )
            for place in range(self.items)
        ]
        method = {
            "type": "axes",
            "x": {"id": "x", "name": said("Impact on the region", "Efecto en la región"),
                  "low": said("hardly any", "casi ninguno"), "high": said("very large", "muy grande")},
            "y": {"id": "y", "name": said("Uncertainty", "Incertidumbre"),
                  "low": said("will come for certain", "ocurrirá con certeza"),
                  "high": said("nobody knows", "nadie lo sabe")},
        }  # fmt: skip
        return self._past(self._head("axes", columns=[{"column": "", "items": rows}]), method=method)

    def choice(self, many: int = 4, *, funders: bool = False) -> Json:
        """Can it be financed? The last row has too few."""
        options = [
            ("now", "It can be financed now", "Puede financiarse ahora"),
            ("changes", "With changes", "Con cambios"),
            ("none", "There is no instrument", "No existe instrumento"),
            ("no", "No", "No"),
            *[(f"o{n}", f"Another answer, number {n}", f"Otra respuesta, número {n}") for n in range(5, 9)],
        ][:many]
        cells = (
            [*self.cells, {"id": "funders", "groups": [], "funders": True, "voters": 4}]
            if funders
            else self.cells
        )
        rows = []
        for place in range(self.items):
            by_cell = {c["id"]: {o[0]: self.random.randint(0, 4) for o in options} for c in cells}
            counts = {o[0]: sum(n[o[0]] for n in by_cell.values()) for o in options}
            rows.append(self._row(place, counts=counts, by_cell=by_cell))
        rows[-1] = self._row(self.items - 1, few=True)
        rows[-1]["n"] = 2
        result = self._head("choice", columns=[{"column": "", "items": rows}]) | {"cells": cells}
        method = {"type": "choice", "options": [{"id": key, "name": said(en, es)} for key, en, es in options]}
        return self._past(result, method=method)

    def wheel(self) -> Json:
        """The six steps of a strategy, from 1 to 6."""
        steps = [
            ("Analysis", "Análisis"), ("Governance", "Gobernanza"),
            ("Shared vision", "Visión compartida"),
            ("Priorities", "Prioridades"),
            ("Policy mix", "Combinación de políticas"),
            ("Monitoring", "Monitoreo"),
        ]  # fmt: skip
        questions = [
            {"id": f"q{n}", "type": "scale", "steps": 6, "text": said(*text)} for n, text in enumerate(steps)
        ]
        told = [
            {"id": q["id"], "n": 20, "mean": self.random.uniform(1, 6), "balanced": self.random.uniform(1, 6)}
            for q in questions
        ]
        return self._past({"voters": 20, "cells": self.cells, "questions": told}, questions=questions)
