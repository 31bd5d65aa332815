"""Statements and earlier priorities, pasted or from a file: read into what a gather stage is to be given, or
what is wrong with them.

One a line is enough. A table has, in any of the product's languages, a first line that names its columns, of
which only the statement itself is needed, in one language or in several; one pasted from a spreadsheet
without it has statement, source and heading in this order.
"""

import csv
import io
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import msgspec

from edp_app.core.bringing import SOURCE_LENGTH
from edp_app.core.commands import Brought
from edp_app.core.curation import TRANSLATION_LENGTH
from edp_app.core.definition import (
    LANGUAGES,
    MOST_STATEMENTS,
    Definition,
    GatherSettings,
    in_language,
)
from edp_app.core.formats import could_be_read
from edp_app.core.parts import Statement
from edp_app.core.refusals import Refusal
from edp_app.core.text import clean
from edp_app.pasted import (
    DELIMITERS,
    MOST_MISTAKES,
    TAB,
    Heading,
    Mistake,
    Row,
    called,
    cells_of,
    decoded,
    first_line,
    heading_of,
    holds_mail,
    left_out,
    lines_of,
    meant,
    plain,
    read_as,
    repeats,
    rows_of,
)

_COLUMNS = {
    "statement": (
        "statement",
        "title",
        "text",
        "item",
        "priority",
        "afirmacion",
        "enunciado",
        "titulo",
        "texto",
        "prioridad",
        "dato",
        "afirmacao",
        "declaracao",
        "prioridade",
        "dado",
    ),
    "source": (
        "source",
        "note",
        "origin",
        "fuente",
        "nota",
        "origen",
        "fonte",
        "origem",
    ),
    "heading": (
        "heading",
        "column",
        "encabezado",
        "columna",
        "titulo de columna",
        "coluna",
        "cabecalho",
    ),
}
_NAMES = tuple(_COLUMNS)
_IN = {code: f"statement_{code}" for code in LANGUAGES}
"""The columns of the statement in one language."""
_KNOWN = {
    **_COLUMNS,
    **{
        column: tuple(
            f"{word}{code_said}"
            for word in _COLUMNS["statement"]
            for code_said in (f"_{code}", f" {code}", f" ({code})")
        )
        for code, column in _IN.items()
    },
}
_SAYING = {said for column in ("statement", *_IN.values()) for said in _KNOWN[column]}
"""What a column may be called in which statements stand."""
_BULLET = re.compile(r"^[ \t]*(?:[•▪◦‣·*–—-]|\d{1,3}[.)])[ \t]+")
"""What a line copied from a document begins with, and is not part of it."""


def _(message: str) -> str:
    """Marks a sentence for the catalogue; it is translated when it is said."""
    return message


@dataclass(frozen=True)
class Listed:
    """What came of a list: what is to be brought in, or (then nothing) what is wrong with it. ``known``: how
    many stand there already and are left out. ``notes``: what of the list was left out, or taken once."""

    items: list[Brought]
    mistakes: list[Mistake]
    known: int = 0
    notes: tuple[Mistake, ...] = ()


def read_statements(
    text: str,
    settings: GatherSettings,
    speaks: str,
    *,
    is_file: bool = False,
    column: str = "",
    source: str = "",
    there: Collection[tuple[str, str]] = (),
    own: str = "",
) -> Listed:
    """What a list says. ``column``, ``source``: of those that say none themselves. ``speaks``: the language
    in which columns are named to the reader; ``own``: that of the workshop, if it is another one. ``there``:
    title, as :func:`edp_app.pasted.plain` has it, and column of what was brought in before."""
    heading, rows, mistakes = _table(text, is_file=is_file)
    if mistakes:
        return Listed([], mistakes)
    if not rows:
        return _wrong(0, _("There is nothing yet. Please paste it, or choose a file."))
    reader = _Reader(settings, speaks, heading, column, source, own or speaks)
    items, mistakes = reader.read(rows)
    if len(items) > MOST_STATEMENTS:
        most = {"most": MOST_STATEMENTS, "count": len(items)}
        return _wrong(0, _("%(most)s fit at once; here there are %(count)s."), most)
    new = [one for one in items if (plain(one.title), one.column) not in there]
    notes = (*left_out(heading), *repeats(reader.repeated))
    return Listed(new, mistakes, len(items) - len(new), notes)


def _wrong(line: int, message: str, params: dict[str, int] | None = None) -> Listed:
    return Listed([], [Mistake(line, message, params or {})])


def as_table(items: Collection[Brought]) -> str:
    """A list that is read as these: what a page sends back to itself."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=TAB, lineterminator="\n")
    spoken = [code for code in LANGUAGES if any(code in one.translations for one in items)]
    writer.writerow([*_NAMES, *(_IN[code] for code in spoken)])
    for one in items:
        beside = (one.translations.get(code, "") for code in spoken)
        writer.writerow([one.title, one.source, one.column, *beside])
    return written.getvalue()


_IN_ORDER = Heading({name: place for place, name in enumerate(_NAMES)}, "", len(_NAMES))


def _table(text: str, *, is_file: bool) -> tuple[Heading, list[Row], list[Mistake]]:
    first = first_line(text)
    heads = {delimiter: cells_of(first, delimiter) for delimiter in DELIMITERS}
    named = [d for d in DELIMITERS if {plain(cell) for cell in heads[d]} & _SAYING]
    if named:
        rows, mistakes = rows_of(text, max(named, key=lambda delimiter: len(heads[delimiter])))
        if mistakes:
            return _IN_ORDER, [], mistakes
        heading, mistakes = heading_of(rows[0], _KNOWN, "statement", _NAMES, instead=tuple(_IN.values()))
        if len(rows) == 1 and not mistakes:
            mistakes = [Mistake(rows[0][0], _("Below the names of the columns there is nothing."))]
        return heading, rows[1:], mistakes
    if is_file and (row := max(heads.values(), key=len)) and len(row) > 1:
        _heading, mistakes = heading_of((_line_of(text, first), row), _KNOWN, "statement", _NAMES)
        return _IN_ORDER, [], mistakes
    lines = [_BULLET.sub("", line) for line in lines_of(text)]
    if any(TAB in line.strip() for line in lines):
        rows, mistakes = rows_of("\n".join(lines), TAB)
        return _IN_ORDER, rows, mistakes
    return _IN_ORDER, [(n, [line]) for n, line in enumerate(lines, start=1) if line.strip()], []


def _line_of(text: str, first: str) -> int:
    return 1 + lines_of(text).index(first)


class _Reader:
    """Reads the rows below the names of the columns."""

    def __init__(
        self,
        settings: GatherSettings,
        speaks: str,
        heading: Heading,
        column: str,
        source: str,
        own: str,
    ) -> None:
        self._own = own
        self._settings, self._heading = settings, heading
        self._column = column or (settings.columns[0].id if len(settings.columns) == 1 else "")
        self._source = source
        self._called = called((one.id, one.name) for one in settings.columns)
        self._names = ", ".join(in_language(one.name, speaks) for one in settings.columns)
        self.repeated: list[tuple[int, int]] = []
        """Each line that repeats another one, and that one."""

    def read(self, rows: list[Row]) -> tuple[list[Brought], list[Mistake]]:
        items: dict[tuple[str, str], Brought] = {}
        mistakes: list[Mistake] = []
        lines: dict[tuple[str, str], int] = {}
        for line, cells in rows:
            found = list(self._wrong(line, cells))
            if not found:
                one = self._brought(cells)
                same = plain(one.title), one.column
                if same in lines:
                    found = _contradicted(line, one, lines[same], items[same])
                    self.repeated.append((line, lines[same]))
                lines.setdefault(same, line)
                items[same] = _together(items.get(same, one), one)
            mistakes += found
            if len(mistakes) >= MOST_MISTAKES:
                break
        return ([], mistakes) if mistakes else (list(items.values()), [])

    def _cell(self, cells: list[str], column: str) -> str:
        place = self._heading.places.get(column, len(cells))
        return cells[place].strip() if place < len(cells) else ""

    def _wrong(self, line: int, cells: list[str]) -> Iterator[Mistake]:
        if any(cell.strip() for cell in cells[self._heading.width :]):
            count = {"cells": len(cells), "columns": self._heading.width}
            yield Mistake(line, _("There are %(cells)s cells on this line, and %(columns)s columns."), count)
            return
        of = self._title_column(cells)
        limits = {one: TRANSLATION_LENGTH for one in _IN.values() if self._cell(cells, one)}
        for column, limit in {**limits, of: self._settings.max_length, "source": SOURCE_LENGTH}.items():
            yield from _wrong_text(line, column, self._cell(cells, column), limit, required=column == of)
        heading = self._cell(cells, "heading")
        if heading and meant(self._called, heading) is None:
            unknown = _(
                "“%(value)s” in the column “%(column)s” is no heading of this stage. It has: %(names)s."
            )
            yield Mistake(line, unknown, {"value": heading[:40], "column": "heading", "names": self._names})
        elif not heading and not self._column:
            missing = _("It is not said under which heading this stands. The headings: %(names)s.")
            yield Mistake(line, missing, {"names": self._names})

    def _brought(self, cells: list[str]) -> Brought:
        of = self._title_column(cells)
        texts = (
            clean(self._cell(cells, of), self._settings.max_length),
            clean(self._cell(cells, "source") or self._source, SOURCE_LENGTH, required=False),
        )
        title, source = ("" if isinstance(text, Refusal) else text for text in texts)
        heading = self._cell(cells, "heading")
        column = meant(self._called, heading) if heading else self._column
        lines = {
            code: clean(self._cell(cells, one), TRANSLATION_LENGTH, required=False)
            for code, one in _IN.items()
            if one != of
        }
        beside = {code: one for code, one in lines.items() if isinstance(one, str) and one not in ("", title)}
        return Brought(title=title, column=column or "", source=source, translations=beside)

    def _title_column(self, cells: list[str]) -> str:
        """The column of what stands there: the one that names no language, else that of the workshop's, else
        the first that says something."""
        columns = ("statement", _IN[self._own], *_IN.values())
        return next((one for one in columns if self._cell(cells, one)), "statement")


def _contradicted(line: int, one: Brought, first: int, before: Brought) -> list[Mistake]:
    """What keeps a line from being taken together with the one that says the same."""
    pairs = [("source", one.source, before.source)]
    pairs += [(_IN[code], line, before.translations.get(code, "")) for code, line in one.translations.items()]
    differing = [pair for pair in pairs if pair[1] and pair[2] and plain(pair[1]) != plain(pair[2])]
    if not differing:
        return []
    column, here, there = differing[0]
    differs = _(
        "This says the same as line %(line)s, and the column “%(column)s” says something else: here "
        "“%(here)s”, there “%(there)s”. Please leave one of them."
    )
    params: dict[str, str | int] = {"line": first, "column": column, "here": here[:60], "there": there[:60]}
    return [Mistake(line, differs, params)]


def _together(before: Brought, one: Brought) -> Brought:
    """What two lines say that say the same: a source, or a language, that one of them lacks is that of the
    other."""
    beside = {**one.translations, **before.translations}
    return msgspec.structs.replace(before, source=before.source or one.source, translations=beside)


def _wrong_text(line: int, column: str, raw: str, limit: int, *, required: bool) -> Iterator[Mistake]:
    text = clean(raw, limit, required=required)
    if holds_mail(raw):
        mail = _("There is an e-mail address in the column “%(column)s”. None is kept: please take it out.")
        yield Mistake(line, mail, {"column": column})
    elif isinstance(text, Refusal):
        message = {
            "empty_text": _("The column “%(column)s” is empty."),
            "text_too_long": _("The text in the column “%(column)s” is too long: %(limit)s characters fit."),
        }.get(text.code, _("The text in the column “%(column)s” contains characters that cannot be shown."))
        yield Mistake(line, message, {"column": column, "limit": limit})


def brought_into(
    definition: Definition, stage_id: str, source: bytes
) -> tuple[Definition, list[Mistake]] | list[Mistake]:
    """The same workshop with what a file says brought into this stage, and what is to be said of the file; or
    what is wrong with it. Raises LookupError for a stage in which nothing is written."""
    stage = definition.stage(stage_id)
    if stage is None or not isinstance(stage.settings, GatherSettings):
        raise LookupError(stage_id)
    found = decoded(source)
    if isinstance(found, Mistake):
        return [found]
    listed = read_statements(found.text, stage.settings, definition.language, is_file=True)
    if listed.mistakes:
        return listed.mistakes
    new = [
        Statement(title=one.title, column=one.column, source=one.source, translations=one.translations)
        for one in listed.items
    ]
    settings = msgspec.structs.replace(stage.settings, statements=[*stage.settings.statements, *new])
    stages = [
        msgspec.structs.replace(one, settings=settings) if one is stage else one for one in definition.stages
    ]
    made = definition.prepared(stages)
    if could_be_read(made):
        return made, [*read_as(found.encoding), *listed.notes]
    if len(settings.statements) <= MOST_STATEMENTS:
        return [Mistake(0, _("This is more text than fits into a workshop. Please bring in less of it."))]
    many = {"most": MOST_STATEMENTS, "count": len(settings.statements)}
    return [Mistake(0, _("%(most)s fit at once; here there are %(count)s."), many)]
