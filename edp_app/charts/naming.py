"""The names of what a published result tells by id: items, groups, cells, criteria."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from edp_app.charts.look import Mark, Speech
from edp_app.charts.textures import POOL, of_groups
from edp_app.core.definition import in_language
from edp_app.core.results.labels import Label

Json = Mapping[str, Any]
JOINT = "+"
FUNDERS = "funders"


@dataclass(frozen=True)
class Names:
    """Names in one language. ``past``: a revealed run as every view has it under ``results``; ``groups``: the
    groups of that view."""

    past: Json
    groups: Sequence[Json]
    words: Speech

    def say(self, words: Mapping[str, str] | None) -> str:
        """One text of several languages in this one."""
        return in_language(dict(words or {}), self.words.language)

    def column(self, key: str) -> str:
        """The name of a column, where each has a list of its own."""
        columns: Sequence[Json] = self.past.get("columns", ())
        return next((self.say(column["name"]) for column in columns if key and column["id"] == key), "")

    def item(self, row: Json) -> str:
        """The title of an item, or that it is hidden."""
        return str(row.get("title") or self.words.gettext("(hidden by the facilitator)"))

    @property
    def result(self) -> Json:
        """The published result."""
        found: Json = self.past["result"]
        return found

    @property
    def method(self) -> Json:
        """The settings of the method, with the names of criteria, axes and options."""
        found: Json = self.past.get("method") or {}
        return found

    @cached_property
    def cells(self) -> dict[str, Json]:
        """The cells by id, in their order."""
        return {cell["id"]: cell for cell in self.result.get("cells", ())}

    @cached_property
    def _groups(self) -> dict[str, Mark]:
        textures = of_groups([group["id"] for group in self.groups])
        return {
            group["id"]: Mark(
                self.say(group["name"]),
                group.get("icon", "other"),
                f"group-{group['id']}",
                textures[group["id"]],
            )
            for group in self.groups
        }

    def cell(self, key: str) -> Mark:
        """How a cell, or several that stand together for an item, is recognised."""
        cells = [self.cells[part] for part in key.split(JOINT) if part in self.cells]
        groups = [group for cell in cells for group in cell["groups"]]
        funders = self.words.gettext("Funders")
        with_funders = any(cell.get("funders") for cell in cells)
        if with_funders and not groups:
            return Mark(funders, "funding", "group-other", "upright")
        if len(groups) == 1 and not with_funders and groups[0] in self._groups:
            return self._groups[groups[0]]
        names = [self._groups[group].name for group in groups if group in self._groups]
        listed = ", ".join([*names, funders] if with_funders else names)
        name = self.words.gettext("Smaller groups together: %(groups)s", groups=listed)
        return Mark(name, "pool", "group-pool", POOL)

    def marks(self, keys: Iterable[str]) -> dict[str, Mark]:
        """The marks of these cells, in the order of the cells."""
        order = list(self.cells)

        def place(key: str) -> tuple[int, int]:
            first = key.split(JOINT)[0]
            return (order.index(first) if first in order else len(order), len(key))

        return {key: self.cell(key) for key in sorted(set(keys), key=place)}


def label_name(label: Label | None, words: Speech) -> str:
    """How the room stands towards an item, in a word or two; empty where there is no label."""
    gettext = words.gettext
    return {
        None: "",
        "groups_differ": gettext("groups disagree"),
        "shared_yes": gettext("broad yes"),
        "shared_no": gettext("broad no"),
        "divided": gettext("opinions divided"),
        "open": gettext("no clear answer"),
    }[label]
