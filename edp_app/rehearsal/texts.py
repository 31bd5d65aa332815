"""What simulated people write: a pool of texts from a file, each written once, then said again by somebody
else.
"""

import random
import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path

SAID_AGAIN = 0.15
"""How often somebody for whom no text is left says one that somebody else has said."""


@dataclass(frozen=True)
class Text:
    """One thing to write. ``links`` names the texts that it rests on, ``same_as`` the one it repeats."""

    id: str
    stage: str
    column: str
    title: str
    group: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    sdgs: tuple[int, ...] = ()
    links: tuple[str, ...] = ()
    same_as: str = ""


def allot(texts: list[Text], wanted: list[tuple[str, int]], chance: random.Random) -> list[list[Text]]:
    """Who writes what. ``wanted``: each person's group and how many texts they would write. Every text is
    written
    once, preferably by the group whose concern it is; when all are gone, a few people say one of them
    again."""
    left = list(texts)
    chance.shuffle(left)
    allotted: list[list[Text]] = [[] for _ in wanted]
    for round_number in range(max((count for _, count in wanted), default=0)):
        for number, (group, count) in enumerate(wanted):
            if count <= round_number:
                continue
            if left:
                text = next((t for t in left if t.group == group), left[0])
                left.remove(text)
                allotted[number].append(text)
            elif texts and chance.random() < SAID_AGAIN:
                allotted[number].append(chance.choice(texts))
    return allotted


def read_texts(path: Path) -> list[Text]:
    """The texts of a file: a table ``[[stage]]`` for each."""
    stages = tomllib.loads(path.read_text(encoding="utf-8"))
    return [
        Text(
            id=row["key"],
            stage=stage,
            column=row.get("column", ""),
            title=row["title"],
            group=row.get("group", ""),
            fields=row.get("fields", {}),
            sdgs=tuple(row.get("sdgs", ())),
            links=tuple(row.get("evidence", ())),
            same_as=row.get("same_as", ""),
        )
        for stage, rows in stages.items()
        for row in rows
    ]


def for_stage(texts: list[Text], stage: str, columns: list[str]) -> list[Text]:
    """The pool for a gather stage: the file's texts, where there are any; else made-up ones that say so."""
    fitting = [
        text if text.column else replace(text, column=columns[0])
        for text in texts
        if text.stage == stage and text.column in (*columns, "")
    ]
    return fitting or [
        Text(f"{stage}-{column}-{n}", stage, column, f"Rehearsal text {n} · {column}")
        for n in range(1, 11)
        for column in columns
    ]


def repeats(texts: list[Text]) -> dict[str, str]:
    """The words of a text that says what another said: to the words of that other."""
    titles = {text.id: text.title for text in texts}
    return {text.title: titles[text.same_as] for text in texts if text.same_as in titles}


REMARKS = (
    "Me gustó votar desde el teléfono; la próxima vez, con más tiempo para las ideas.",
    "Por primera vez vi cómo votaron los otros grupos.",
    "Faltaron los pescadores de la caleta.",
    "Que el informe llegue también a los municipios pequeños.",
    "Buena conducción. La sala tenía poca señal, pero nada se perdió.",
    "Ahora hay que decir quién hace qué.",
    "Gostei de ver os dois lados da fronteira na mesma tela.",
)
"""What people say to an open question; each is said once."""
