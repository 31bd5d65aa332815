"""Tables that facilitators paste from a spreadsheet or read from a CSV file: from bytes to rows, and what is
wrong with them, named with its line.

Every list that is read in (people to invite, statements, earlier priorities) is read by this; what its rows
mean, the reader of that list says. Of a list with a mistake nothing is taken over.
"""

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from flask_babel import gettext
from werkzeug.datastructures import FileStorage

from edp_app.core.definition import LANGUAGES
from edp_app.core.parts import Words
from edp_app.core.text import folded

LARGEST = 256 * 1024
"""Bytes of a list."""

MOST_MISTAKES = 50
"""So many are told at once."""

MOST_REPEATS = 10
"""Of so many lines that repeat others it is told which."""

BEGINNING = 4
"""So many letters of a name are enough, where no other name begins so."""

TAB = "\t"
DELIMITERS = "\t;,"
"""Between tabs stand the cells of a table pasted from a spreadsheet; CSV files have commas or, where the
comma is the decimal sign, semicolons."""

MAIL_COLUMNS = (
    "email",
    "e-mail",
    "mail",
    "email address",
    "e-mail address",
    "correo",
    "correo electronico",
    "direccion de correo",
    "correio",
    "correio eletronico",
    "endereco de e-mail",
)
"""What a column of e-mail addresses is called. None is kept."""

Row = tuple[int, list[str]]
"""A row that is not blank, with the line on which it begins."""

Encoding = Literal["utf-8", "utf-16", "windows-1252"]

_BREAK = re.compile(r"\r\n|\r|\n")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]{2,}")
_UTF8_PAIR = re.compile(rb"[\xc3\xc2][\x80-\xbf]|\xe2\x80[\x90-\xbf]")
_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def _(message: str) -> str:
    """Marks a sentence for the catalogue; it is translated when it is said."""
    return message


@dataclass(frozen=True)
class Mistake:
    """What is wrong on a line of a list, or worth being said of it; line 0: of the list as a whole.
    ``columns``: what the columns of such a list are called, as message ids; so is the one parameter
    ``column``, which may have a language behind it (“statement_en”)."""

    line: int
    message: str
    params: Mapping[str, str | int] = field(default_factory=dict)
    columns: tuple[str, ...] = ()

    def said(self, translate: Callable[[str], str] | None = None) -> str:
        """The sentence in the reader's language: that of the request, unless ``translate`` is given."""
        translate = translate or gettext
        params = {"columns": ", ".join(map(translate, self.columns)), **self.params}
        named = params.get("column")
        if named:
            column, sep, code = str(named).rpartition("_")
            params["column"] = translate(column) + sep + code if code in LANGUAGES else translate(str(named))
        return str(translate(self.message)) % params


class Text(NamedTuple):
    """What a file says, and how it was written."""

    text: str
    encoding: Encoding


_NOT_UTF8 = _(
    "This line is not written in UTF-8. Please save the table as “CSV UTF-8”, or copy it and paste it here."
)
_SPREADSHEET = _(
    "This is the file of a spreadsheet and not its table alone. Please save it as “CSV UTF-8”, or copy its "
    "cells and paste them here."
)
_NO_TEXT = _("From this line on it is no text. Please save the table as “CSV UTF-8”, or paste it here.")


def decoded(source: bytes) -> Text | Mistake:
    """A file as text: in UTF-8, or UTF-16 as its first bytes say; else, as spreadsheets on Windows save it,
    in Windows-1252. What is neither is named with its line."""
    if len(source) > LARGEST:
        size = {"size": LARGEST // 1024}
        return Mistake(0, _("The list is too large: %(size)s KB fit."), size)
    if source.startswith(_SPREADSHEETS):
        return Mistake(0, _SPREADSHEET)
    if source.startswith(_UTF16):
        return _utf16(source)
    if b"\0" in source:
        return Mistake(_line_at(source, source.index(b"\0")), _NO_TEXT)
    try:
        return Text(source.decode("utf-8-sig"), "utf-8")
    except UnicodeDecodeError as error:
        return _windows(source, error.start)


def uploaded(file: FileStorage | None) -> bytes | None:
    """The content of a file that was sent in a form, if one was; one byte more than allowed is enough to
    tell."""
    return file.stream.read(LARGEST + 1) if file is not None and file.filename else None


def as_shown(source: bytes) -> str:
    """A file as it comes back in a form, with its mistakes."""
    found = decoded(source)
    return found.text if isinstance(found, Text) else source[:LARGEST].decode("utf-8", "replace")


def _utf16(source: bytes) -> Text | Mistake:
    try:
        return Text(source.decode("utf-16"), "utf-16")
    except UnicodeDecodeError as error:
        before = source[: error.start // 2 * 2].decode("utf-16", "replace")
        return Mistake(before.count("\n") + 1, _NO_TEXT)


def _windows(source: bytes, at: int) -> Text | Mistake:
    """Unless the rest of it is UTF-8: then one letter is broken, and another reading would break the rest."""
    try:
        text = source.decode("cp1252")
    except UnicodeDecodeError:
        return Mistake(_line_at(source, at), _NOT_UTF8)
    if source.startswith(codecs.BOM_UTF8) or _UTF8_PAIR.search(source):
        return Mistake(_line_at(source, at), _NOT_UTF8)
    return Text(text, "windows-1252")


def _line_at(source: bytes, at: int) -> int:
    return source.count(b"\n", 0, at) + 1


def read_as(encoding: Encoding) -> list[Mistake]:
    """What is said of a file that was read in another way than it says itself; nothing of the others."""
    accents = _(
        "The file was read as Windows-1252, as older spreadsheets save it. Please look at the accents."
    )
    return [Mistake(0, accents)] if encoding == "windows-1252" else []


def plain(text: str) -> str:
    """A text without accents, case and double blanks, by which words are compared."""
    return " ".join(folded(text).split())


def lines_of(text: str) -> list[str]:
    """The lines of a text, as editors number them."""
    return _BREAK.split(text)


def first_line(text: str) -> str:
    """The first line that is not blank."""
    return next((line for line in lines_of(text) if line.strip()), "")


def cells_of(line: str, delimiter: str) -> list[str]:
    """The cells of one line."""
    try:
        return next(csv.reader([line], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return [line]


def rows_of(text: str, delimiter: str = "") -> tuple[list[Row], list[Mistake]]:
    """The rows that are not blank; without a ``delimiter``, by the one that the first line has most of."""
    delimiter = delimiter or max(DELIMITERS, key=first_line(text).count)
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


class Heading(NamedTuple):
    """Where the columns of a list stand. ``mail``: what a column of e-mail addresses is called that was left
    out, or "". ``width``: how many columns have a name."""

    places: dict[str, int]
    mail: str
    width: int


def heading_of(
    row: Row,
    known: Mapping[str, Sequence[str]],
    needed: str,
    columns: tuple[str, ...],
    *,
    instead: Sequence[str] = (),
) -> tuple[Heading, list[Mistake]]:
    """The columns that the first row names, by what each of them may be called, without accents and case;
    ``needed`` is the one that has to be there, or one of those ``instead``. ``columns``: as they are named to
    the reader."""
    line, cells = row
    found: dict[str, int] = {}
    mistakes = []
    mail = ""
    by_word = {word: column for column, called in known.items() for word in called}
    for place, cell in enumerate(cells):
        column = by_word.get(plain(cell))
        if column is None and plain(cell) in MAIL_COLUMNS:
            mail = cell.strip()
        elif column is None and plain(cell):
            unknown = _("“%(name)s” is no column. The first line names the columns: %(columns)s.")
            mistakes.append(Mistake(line, unknown, {"name": cell.strip()[:40]}, columns))
        elif column in found:
            twice = _("The column “%(name)s” stands there twice.")
            mistakes.append(Mistake(line, twice, {"name": cell.strip()[:40]}))
        elif column:
            found[column] = place
    if not found.keys() & {needed, *instead} and not mistakes:
        missing = _("The column “%(column)s” is missing. The first line names the columns: %(columns)s.")
        mistakes.append(Mistake(line, missing, {"column": needed}, columns))
    used = [place for place, cell in enumerate(cells) if cell.strip()]
    return Heading(found, mail, 1 + max(used, default=0)), mistakes


def left_out(heading: Heading) -> list[Mistake]:
    """What is said of a column of e-mail addresses, where there was one."""
    mail = _("The column “%(name)s” was left out: this program keeps no e-mail addresses.")
    return [Mistake(0, mail, {"name": heading.mail[:40]})] if heading.mail else []


def repeats(lines: Sequence[tuple[int, int]]) -> list[Mistake]:
    """What is said of lines that repeat others, and so are taken once. ``lines``: of each its own, and that
    of the one before that says the same."""
    once = _("Line %(line)s repeats line %(first)s; it is taken once.")
    told = [Mistake(0, once, {"line": line, "first": first}) for line, first in lines[:MOST_REPEATS]]
    if (more := len(lines) - MOST_REPEATS) > 0:
        told.append(Mistake(0, _("More lines that repeat others: %(count)s."), {"count": more}))
    return told


def holds_mail(text: str) -> bool:
    """Whether there is an e-mail address in a text."""
    return "@" in text and _MAIL.search(text) is not None


def called(ones: Iterable[tuple[str, Words]]) -> dict[str, str]:
    """Whatever these are called, in any language, to their ids; the id wins over a name."""
    known = list(ones)
    return {plain(name): id_ for id_, names in known for name in names.values()} | {
        id_: id_ for id_, _ in known
    }


def meant(known: Mapping[str, str], said: str) -> str | None:
    """The id of the one that is called so in the list: by its whole name, else by a beginning that no other
    has. Lists from a spreadsheet say “Businesses” for a group with a long name."""
    name = plain(said)
    if name in known:
        return known[name]
    begun = {one for whole, one in known.items() if len(name) >= BEGINNING and whole.startswith(name)}
    return begun.pop() if len(begun) == 1 else None
