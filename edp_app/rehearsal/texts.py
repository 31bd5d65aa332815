"""What simulated people write: a pool of texts from a file, each written once, then said again by somebody
else.
"""

import random
import tomllib
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Text:
    """One thing to write. ``group`` is the helix whose concern it is; ``evidence`` names keys of other
    texts.
    """

    key: str
    column: str
    title: str
    group: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    sdgs: tuple[int, ...] = ()
    evidence: tuple[str, ...] = ()


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


def read_texts(path: Path) -> dict[str, list[Text]]:
    """The pools of a file, by the name of their tables (``[[swot]]``, ``[[ideas]]``)."""
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        name: [
            Text(
                key=row.get("key", f"{name}{number}"),
                column=row.get("column", ""),
                title=row["title"],
                group=row.get("group", ""),
                fields=row.get("fields", {}),
                sdgs=tuple(row.get("sdgs", ())),
                evidence=tuple(row.get("evidence", ())),
            )
            for number, row in enumerate(rows, start=1)
        ]
        for name, rows in tables.items()
        if isinstance(rows, list)
    }


def for_stage(texts: dict[str, list[Text]], stage: str, columns: list[str]) -> list[Text]:
    """The pool for a gather stage: the file's, where its columns fit; else texts that say they are
    invented.
    """
    fitting = [t for t in texts.get(stage, []) if t.column in columns or (not t.column and len(columns) == 1)]
    if fitting:
        return [t if t.column else Text(t.key, columns[0], *_rest(t)) for t in fitting]
    return [
        Text(key=f"{stage}-{column}-{n}", column=column, title=f"Rehearsal text {n} · {column}")
        for n in range(1, 11)
        for column in columns
    ]


def _rest(text: Text) -> tuple[str, str, dict[str, str], tuple[int, ...], tuple[str, ...]]:
    return text.title, text.group, text.fields, text.sdgs, text.evidence
