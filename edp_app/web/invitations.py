"""Invitation lists: a table pasted or from a CSV file, read into people to invite, or what is wrong with it.

The first line names the columns, in any of the product's languages. What is wrong is said with its line, and
then nothing is read at all. A person who stands there twice is read once.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from edp_app.core.definition import Definition, in_language
from edp_app.core.people import NAME_LENGTH
from edp_app.core.refusals import Refusal
from edp_app.core.text import clean
from edp_app.pasted import (
    MOST_MISTAKES,
    Heading,
    Mistake,
    Row,
    called,
    decoded,
    heading_of,
    holds_mail,
    left_out,
    meant,
    plain,
    read_as,
    repeats,
    rows_of,
)

MOST = 1000
"""People on one list."""

_COLUMNS = {
    "name": ("name", "nombre", "nome"),
    "organisation": (
        "organisation",
        "organization",
        "organizacion",
        "organizacao",
        "institucion",
        "instituicao",
    ),
    "group": ("group", "grupo"),
    "territory": ("territory", "territorio"),
    "funder": ("funder", "funding institution", "financiador", "financiadora", "entidad financiadora"),
}
_YES = frozenset(("yes", "y", "si", "s", "sim", "x", "1", "true"))
_NO = frozenset(("", "no", "n", "nao", "0", "false", "-"))


def _(message: str) -> str:
    """Marks a sentence for the catalogue; it is translated when it is said."""
    return message


@dataclass(frozen=True)
class Invited:
    """Somebody to invite, with what their badge assigns."""

    group: str
    territory: str | None
    funder: bool
    name: str
    organisation: str


@dataclass(frozen=True)
class Listed:
    """What came of a list: everybody on it, or (then nobody) what is wrong with it. ``notes``: how it
    was read, where that is worth a look."""

    people: list[Invited]
    mistakes: list[Mistake]
    notes: tuple[Mistake, ...] = ()


def read_list(source: bytes, definition: Definition, speaks: str) -> Listed:
    """Everybody on the list. ``speaks``: the language in which groups and territories are named to the
    reader."""
    found = decoded(source)
    if isinstance(found, Mistake):
        return Listed([], [found])
    rows, mistakes = rows_of(found.text)
    if mistakes:
        return Listed([], mistakes)
    if not rows:
        return _wrong(0, _("There is no list yet. Please paste it, or choose a file."))
    heading, mistakes = heading_of(rows[0], _COLUMNS, "group", tuple(_COLUMNS))
    if mistakes:
        return Listed([], mistakes)
    if len(rows) == 1:
        return _wrong(rows[0][0], _("Below the names of the columns there is nobody."))
    if len(rows) > MOST + 1:
        most = {"most": MOST, "count": len(rows) - 1}
        return _wrong(0, _("%(most)s people fit on one list; here there are %(count)s."), most)
    reader = _Reader(definition, speaks, heading)
    people, mistakes = reader.read(rows[1:])
    notes = (*read_as(found.encoding), *left_out(heading), *repeats(reader.repeated))
    return Listed(people, mistakes, notes)


def _wrong(line: int, message: str, params: dict[str, int] | None = None) -> Listed:
    return Listed([], [Mistake(line, message, params or {})])


class _Reader:
    """Reads the rows below the names of the columns."""

    def __init__(self, definition: Definition, speaks: str, heading: Heading) -> None:
        self._columns = heading.places
        self._width = heading.width
        self._groups = called((one.id, one.name) for one in definition.groups)
        self._territories = called((one.id, one.name) for one in definition.territories)
        self._group_names = ", ".join(in_language(one.name, speaks) for one in definition.groups)
        self._territory_names = ", ".join(in_language(one.name, speaks) for one in definition.territories)
        self._several = len(definition.territories) > 1
        self.repeated: list[tuple[int, int]] = []
        """Each line that repeats another one, and that one."""

    def read(self, rows: list[Row]) -> tuple[list[Invited], list[Mistake]]:
        people: list[Invited] = []
        mistakes: list[Mistake] = []
        there: dict[tuple[str, str], tuple[int, Invited]] = {}
        for line, cells in rows:
            found = list(self._wrong(line, cells))
            if not found:
                one = self._invited(cells)
                who = plain(one.name), plain(one.organisation)
                if one.name and who in there:
                    first, before = there[who]
                    found = _contradicted(line, one, first, before)
                    self.repeated.append((line, first))
                else:
                    there[who] = line, one
                    people.append(one)
            mistakes += found
            if len(mistakes) >= MOST_MISTAKES:
                break
        return ([], mistakes) if mistakes else (people, [])

    def _cell(self, cells: list[str], column: str) -> str:
        place = self._columns.get(column, len(cells))
        return cells[place].strip() if place < len(cells) else ""

    def _wrong(self, line: int, cells: list[str]) -> Iterator[Mistake]:
        if any(cell.strip() for cell in cells[self._width :]):
            count = {"cells": len(cells), "columns": self._width}
            yield Mistake(line, _("There are %(cells)s cells on this line, and %(columns)s columns."), count)
            return
        yield from self._wrong_place(line, cells)
        if plain(funder := self._cell(cells, "funder")) not in _YES | _NO:
            neither = _("“%(value)s” in the column “%(column)s” is neither yes nor no.")
            yield Mistake(line, neither, {"value": funder[:40], "column": "funder"})
        for column in ("name", "organisation"):
            text = clean(self._cell(cells, column), NAME_LENGTH, required=False)
            if holds_mail(self._cell(cells, column)):
                mail = _(
                    "There is an e-mail address in the column “%(column)s”. None is kept: please take it out."
                )
                yield Mistake(line, mail, {"column": column})
            elif isinstance(text, Refusal):
                too_long = _("The text in the column “%(column)s” is too long: %(limit)s characters fit.")
                bad = _("The text in the column “%(column)s” contains characters that cannot be shown.")
                message = too_long if text.code == "text_too_long" else bad
                yield Mistake(line, message, {"column": column, "limit": NAME_LENGTH})

    def _wrong_place(self, line: int, cells: list[str]) -> Iterator[Mistake]:
        group, territory = self._cell(cells, "group"), self._cell(cells, "territory")
        if not group:
            yield Mistake(line, _("The group is missing."))
        elif meant(self._groups, group) is None:
            unknown = _("“%(group)s” is no group of this workshop. Its groups: %(groups)s.")
            yield Mistake(line, unknown, {"group": group[:40], "groups": self._group_names})
        if not territory and self._several:
            missing = _("The territory is missing. The territories: %(territories)s.")
            yield Mistake(line, missing, {"territories": self._territory_names})
        elif territory and not self._territories:
            yield Mistake(line, _("This workshop has no territories; please leave the column empty."))
        elif territory and meant(self._territories, territory) is None:
            unknown = _("“%(territory)s” is no territory of this workshop. Its territories: %(territories)s.")
            yield Mistake(line, unknown, {"territory": territory[:40], "territories": self._territory_names})

    def _invited(self, cells: list[str]) -> Invited:
        texts = [
            clean(self._cell(cells, column), NAME_LENGTH, required=False)
            for column in ("name", "organisation")
        ]
        name, organisation = ("" if isinstance(text, Refusal) else text for text in texts)
        return Invited(
            group=meant(self._groups, self._cell(cells, "group")) or "",
            territory=meant(self._territories, self._cell(cells, "territory")),
            funder=plain(self._cell(cells, "funder")) in _YES,
            name=name,
            organisation=organisation,
        )


def _contradicted(line: int, one: Invited, first: int, before: Invited) -> list[Mistake]:
    """What keeps a line from being the same person as on the one with that name and organisation."""
    for column in ("group", "territory", "funder"):
        if getattr(one, column) != getattr(before, column):
            differs = _(
                "Name and organisation are those of line %(line)s, and the column “%(column)s” says "
                "something else. If these are two people, please tell them apart by the name."
            )
            return [Mistake(line, differs, {"line": first, "column": column})]
    return []
