"""What simulated people write: a pool of texts from a file, each written once, then said again by somebody
else.
"""

import random
import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path


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


class Pool:
    """The texts of one stage, handed out so that each is written once before any is said again."""

    def __init__(self, texts: list[Text], chance: random.Random) -> None:
        self._all = list(texts)
        self._left = list(texts)
        self._chance = chance
        chance.shuffle(self._left)

    def __len__(self) -> int:
        return len(self._left)

    def take(self, group: str) -> Text | None:
        """A text nobody wrote yet, preferably of this group's concern; None when all were written."""
        if not self._left:
            return None
        text = next((t for t in self._left if t.group == group), self._left[0])
        self._left.remove(text)
        return text

    def again(self) -> Text | None:
        """A text that somebody else wrote or will write: two people with the same thought."""
        return self._chance.choice(self._all) if self._all else None


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
