"""How many people of each group, and from each territory, are expected, as a form asks for it: one field for
each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from edp_app.core.definition import in_language
from edp_app.core.parts import Group, Territory
from edp_app.i18n import language

MOST = 100_000
PREFIX = "expected-"
OF_SIDES = "from-"
"""What the fields of territories begin with."""


@dataclass
class ExpectedField:
    """The field of one group or territory: what stands in it, and what is wrong with that."""

    group: Group | Territory
    typed: str
    error: str = ""
    prefix: str = PREFIX

    @property
    def id(self) -> str:
        """What the field is called in the form."""
        return f"{self.prefix}{self.group.id}"

    @property
    def name(self) -> str:
        """The group's, in the reader's language."""
        return in_language(self.group.name, language())

    @property
    def number(self) -> int | None:
        """What was typed, where it can be read."""
        plain = self.typed.isascii() and self.typed.isdigit() and len(self.typed) < 8
        return int(self.typed) if plain and int(self.typed) <= MOST else None


def expected_fields(
    groups: Iterable[Group | Territory], typed: Mapping[str, str] | None = None, prefix: str = PREFIX
) -> list[ExpectedField]:
    """A field for each of these, once each: with what was typed, else with what is said of it."""
    fields = []
    for group in {one.id: one for one in groups}.values():
        said = "" if group.expected is None else str(group.expected)
        text = said if typed is None else typed.get(f"{prefix}{group.id}", "").strip()
        fields.append(ExpectedField(group, text, prefix=prefix))
    return fields


def read_expected(
    fields: Iterable[ExpectedField], groups: Iterable[Group | Territory]
) -> dict[str, int] | None:
    """How many are expected of each group that something was typed for; None where a field holds no such
    number, or is of a group that is none of these. What is wrong then stands in the field."""
    read: dict[str, int] = {}
    known, good = {group.id for group in groups}, True
    for one in fields:
        if not one.typed:
            continue
        if one.number is None:
            one.error = _("Please type a number, or nothing.")
        elif one.group.id not in known:
            one.error = _("This is none of the groups that you chose above.")
        else:
            read[one.group.id] = one.number
        good = good and not one.error
    return read if good else None
