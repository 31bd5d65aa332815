"""Invitation lists: a table pasted or from a CSV file, read into people to invite, or what is wrong with it.

The first line names the columns, in any of the product's languages. What is wrong is said with its line, and
then nothing is read at all.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from flask_babel import gettext

from edp_app.core.definition import Definition, Group, Territory, in_language
from edp_app.core.people import NAME_LENGTH
from edp_app.core.refusals import Refusal
from edp_app.core.text import clean, folded

LARGEST = 256 * 1024
"""Bytes of a list."""

MOST = 1000
"""People on one list."""

BEGINNING = 4
"""So many letters of a group's name are enough, where no other group begins so."""

MOST_MISTAKES = 50
"""So many are told at once."""

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
class Mistake:
    """What is wrong on a line of a list; line 0: with the list as a whole."""

    line: int
    message: str
    params: Mapping[str, str | int] = field(default_factory=dict)

    def said(self) -> str:
        """The sentence in the reader's language. Needs a request or a Babel locale."""
        params = {"columns": ", ".join(map(gettext, _COLUMNS)), **self.params}
        named = params.get("column")
        if named:
            params["column"] = gettext(named)
        return str(gettext(self.message, **params))


@dataclass(frozen=True)
class Invited:
    """Somebody to invite, with what their badge assigns."""

    group: str
    territory: str | None
    funder: bool
    name: str
    organisation: str


def plain(text: str) -> str:
    """A text without accents, case and double blanks, by which words are compared."""
    return " ".join(folded(text).split())


def read_list(source: bytes, definition: Definition, speaks: str) -> tuple[list[Invited], list[Mistake]]:
    """Everybody on the list, or (then nobody) what is wrong with it. ``speaks``: the language in which groups
    and territories are named to the reader."""
    if len(source) > LARGEST:
        return [], [Mistake(0, _("The list is too large: %(size)s KB fit."), {"size": LARGEST // 1024})]
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return [], [Mistake(source.count(b"\n", 0, error.start) + 1, _NOT_UTF8)]
    rows, mistakes = _rows(text)
    if mistakes:
        return [], mistakes
    if not rows:
        return [], [Mistake(0, _("There is no list yet. Please paste it, or choose a file."))]
    columns, mistakes = _columns(*rows[0])
    if mistakes:
        return [], mistakes
    if len(rows) == 1:
        return [], [Mistake(rows[0][0], _("Below the names of the columns there is nobody."))]
    if len(rows) > MOST + 1:
        most = {"most": MOST, "count": len(rows) - 1}
        return [], [Mistake(0, _("%(most)s people fit on one list; here there are %(count)s."), most)]
    return _Reader(definition, speaks, columns).read(rows[1:])


_NOT_UTF8 = _(
    "This line is not written in UTF-8. Please save the table as “CSV UTF-8”, or copy it and paste it here."
)

Row = tuple[int, list[str]]


def _rows(text: str) -> tuple[list[Row], list[Mistake]]:
    """The rows that are not blank, each with the line on which it begins. Tables pasted from a spreadsheet
    stand between tabs; CSV files have commas or, where the comma is the decimal sign, semicolons."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max("\t;,", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[Row] = []
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((begins, cells))
            begins = reader.line_num + 1
    except csv.Error:
        unreadable = _(
            "From here on the list cannot be read: a quotation mark is not closed, or stands inside a cell."
        )
        return [], [Mistake(begins, unreadable)]
    return rows, []


def _columns(line: int, cells: list[str]) -> tuple[dict[str, int], list[Mistake]]:
    found: dict[str, int] = {}
    mistakes = []
    known = {word: column for column, words in _COLUMNS.items() for word in words}
    for place, cell in enumerate(cells):
        column = known.get(plain(cell))
        if column is None and plain(cell):
            unknown = _("“%(name)s” is no column. The first line names the columns: %(columns)s.")
            mistakes.append(Mistake(line, unknown, {"name": cell.strip()[:40]}))
        elif column in found:
            mistakes.append(
                Mistake(line, _("The column “%(name)s” stands there twice."), {"name": cell.strip()})
            )
        elif column:
            found[column] = place
    if "group" not in found and not mistakes:
        missing = _("The column “%(column)s” is missing. The first line names the columns: %(columns)s.")
        mistakes.append(Mistake(line, missing, {"column": "group"}))
    return found, mistakes


class _Reader:
    """Reads the rows below the names of the columns."""

    def __init__(self, definition: Definition, speaks: str, columns: dict[str, int]) -> None:
        self._columns = columns
        self._width = 1 + max(columns.values())
        self._groups = _called(definition.groups)
        self._territories = _called(definition.territories)
        self._group_names = ", ".join(in_language(one.name, speaks) for one in definition.groups)
        self._territory_names = ", ".join(in_language(one.name, speaks) for one in definition.territories)
        self._several = len(definition.territories) > 1

    def read(self, rows: list[Row]) -> tuple[list[Invited], list[Mistake]]:
        people: list[Invited] = []
        mistakes: list[Mistake] = []
        lines: dict[Invited, int] = {}
        for line, cells in rows:
            found = list(self._wrong(line, cells))
            if not found:
                one = self._invited(cells)
                if one.name and one in lines:
                    found = [Mistake(line, _("The same as line %(line)s."), {"line": lines[one]})]
                lines.setdefault(one, line)
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
            count = {"cells": len(cells), "columns": len(self._columns)}
            yield Mistake(line, _("There are %(cells)s cells on this line, and %(columns)s columns."), count)
            return
        yield from self._wrong_place(line, cells)
        if plain(funder := self._cell(cells, "funder")) not in _YES | _NO:
            neither = _("“%(value)s” in the column “%(column)s” is neither yes nor no.")
            yield Mistake(line, neither, {"value": funder[:40], "column": "funder"})
        for column in ("name", "organisation"):
            text = clean(self._cell(cells, column), NAME_LENGTH, required=False)
            if isinstance(text, Refusal):
                too_long = _("The text in the column “%(column)s” is too long: %(limit)s characters fit.")
                bad = _("The text in the column “%(column)s” contains characters that cannot be shown.")
                message = too_long if text.code == "text_too_long" else bad
                yield Mistake(line, message, {"column": column, "limit": NAME_LENGTH})

    def _wrong_place(self, line: int, cells: list[str]) -> Iterator[Mistake]:
        group, territory = self._cell(cells, "group"), self._cell(cells, "territory")
        if not group:
            yield Mistake(line, _("The group is missing."))
        elif _meant(self._groups, group) is None:
            unknown = _("“%(group)s” is no group of this workshop. Its groups: %(groups)s.")
            yield Mistake(line, unknown, {"group": group[:40], "groups": self._group_names})
        if not territory and self._several:
            missing = _("The territory is missing. The territories: %(territories)s.")
            yield Mistake(line, missing, {"territories": self._territory_names})
        elif territory and not self._territories:
            yield Mistake(line, _("This workshop has no territories; please leave the column empty."))
        elif territory and _meant(self._territories, territory) is None:
            unknown = _("“%(territory)s” is no territory of this workshop. Its territories: %(territories)s.")
            yield Mistake(line, unknown, {"territory": territory[:40], "territories": self._territory_names})

    def _invited(self, cells: list[str]) -> Invited:
        texts = [
            clean(self._cell(cells, column), NAME_LENGTH, required=False)
            for column in ("name", "organisation")
        ]
        name, organisation = ("" if isinstance(text, Refusal) else text for text in texts)
        return Invited(
            group=_meant(self._groups, self._cell(cells, "group")) or "",
            territory=_meant(self._territories, self._cell(cells, "territory")),
            funder=plain(self._cell(cells, "funder")) in _YES,
            name=name,
            organisation=organisation,
        )


def _called(ones: list[Group] | list[Territory]) -> dict[str, str]:
    """Whatever a group or territory is called, in any language, to its id; the id wins over a name."""
    found = {plain(name): one.id for one in ones for name in one.name.values()}
    return found | {one.id: one.id for one in ones}


def _meant(called: Mapping[str, str], said: str) -> str | None:
    """The id of the one that is called so in the list: by its whole name, else by a beginning that no other
    has. Lists from a spreadsheet say “Businesses” for a group with a long name."""
    name = plain(said)
    if name in called:
        return called[name]
    begun = {one for whole, one in called.items() if len(name) >= BEGINNING and whole.startswith(name)}
    return begun.pop() if len(begun) == 1 else None
