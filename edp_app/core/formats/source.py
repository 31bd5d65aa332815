"""A file's text turned into plain values, with the place of each; and what makes that impossible."""

import codecs
import re
import tomllib
from dataclasses import dataclass, field
from typing import Any

from edp_app.core.formats import messages as say
from edp_app.core.formats.lines import Path, lines_of
from edp_app.core.formats.messages import FormatError
from edp_app.core.formats.scan import LARGEST, too_much

Table = dict[str, Any]

_AT = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_HEADING = re.compile(r"[ \t]*(\[\[?)[ \t]*([a-z_.]+)[ \t]*\]")
_DOCUMENTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf")
"""What files of text processors and spreadsheets begin with."""
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
LISTS = ("groups", "territories", "stages", "columns", "fields", "questions", "criteria", "options")
"""What is written in double brackets, once for each entry."""
_REASONS = (
    ("Expected '='", say.NO_EQUALS),
    ("Invalid value", say.NO_VALUE),
    ("Invalid date or datetime", say.NO_VALUE),
    ("Unterminated string", say.OPEN_TEXT),
    ("Illegal character '\\n'", say.OPEN_TEXT),
    ('Expected "\'"', say.OPEN_TEXT),
    ("Expected \"'''\"", say.OPEN_TEXT),
    ("Unclosed array", say.OPEN_LIST),
    ("Unclosed inline table", say.OPEN_TABLE),
    ("Expected newline or end of document", say.LEFT_OVER),
    ("Cannot overwrite a value", say.TWICE),
    ("Cannot declare", say.TWICE),
    ("Cannot redefine", say.TWICE),
    ("Cannot mutate", say.TWICE),
    ("Duplicate inline table key", say.TWICE),
    ("Unescaped '\\'", say.BACKSLASH),
    ("Invalid hex value", say.BACKSLASH),
    ("Escaped character", say.BACKSLASH),
    ("Invalid statement", say.NOT_A_LINE),
    ("Invalid initial character", say.NOT_A_LINE),
    ("Expected ']", say.OPEN_HEADING),
)


@dataclass(frozen=True)
class Place:
    """Where a value stands. ``elsewhere``: keys of this table that come from another file."""

    file: str
    lines: dict[Path, int]
    path: Path = ()
    elsewhere: "dict[str, Place]" = field(default_factory=dict)

    def at(self, key: str | int) -> "Place":
        """The place of a key or an entry; it need not be there."""
        if isinstance(key, str) and key in self.elsewhere:
            return self.elsewhere[key]
        return Place(self.file, self.lines, (*self.path, key))

    def holds(self, key: str) -> bool:
        """Whether this key is written there, well or badly."""
        return key in self.elsewhere or (*self.path, key) in self.lines

    def home(self) -> "Place":
        """The same place for what the file does with what it takes from the library: that is told where it is
        taken, not in the library's file."""
        taken = self.at("use") if (*self.path, "use") in self.lines else self
        here = {key: there if there.file == self.file else taken for key, there in self.elsewhere.items()}
        return Place(self.file, self.lines, self.path, here)

    @property
    def line(self) -> int:
        """The line of the value, or of the innermost thing around it that has one."""
        for length in range(len(self.path), 0, -1):
            if line := self.lines.get(self.path[:length]):
                return line
        return 1

    def error(self, message: str, **params: str | int) -> FormatError:
        """Something is wrong here."""
        return FormatError(self.file, self.line, message, params)


def parse(source: str | bytes, name: str) -> tuple[Table, Place] | FormatError:
    """The values of a TOML file and the place of its top, or what makes it unreadable."""
    if isinstance(source, bytes) and source.startswith(_DOCUMENTS):
        return FormatError(name, 1, say.DOCUMENT)
    if len(source) > LARGEST:
        return FormatError(name, 1, say.TOO_LARGE, {"limit": LARGEST // 1024})
    text = _decode(source, name)
    if isinstance(text, FormatError):
        return text
    if found := too_much(text):
        line, message, params = found
        return FormatError(name, line, message, params)
    try:
        table = tomllib.loads(text)
        lines = lines_of(text.replace("\r\n", "\n"))
    except RecursionError:
        return FormatError(name, 1, say.TOO_DEEP)
    except tomllib.TOMLDecodeError as problem:
        return _syntax_error(text, name, str(problem))
    if not table:
        return FormatError(name, 1, say.EMPTY_FILE)
    return table, Place(name, lines)


def _decode(source: str | bytes, name: str) -> str | FormatError:
    if isinstance(source, str):
        return source.removeprefix("\ufeff")
    if source.startswith(_UTF16):
        return FormatError(name, 1, say.NOT_UTF8)
    if b"\0" in source:
        return FormatError(name, source.count(b"\n", 0, source.index(b"\0")) + 1, say.NO_TEXT)
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = source.count(b"\n", 0, problem.start) + 1
        return FormatError(name, line, say.NOT_UTF8)


def _in_single_brackets(text: str, broken: str) -> tuple[int, str, dict[str, str | int]] | None:
    """What is wrong with the first heading of a list that stands in single brackets, where that is why a
    later one cannot be read."""
    later = _HEADING.match(broken)
    if later is None or later.group(2).rpartition(".")[2] not in LISTS:
        return None
    for n, line in enumerate(text.split("\n"), start=1):
        found = _HEADING.match(line)
        if found and found.group(1) == "[" and found.group(2) == later.group(2):
            return n, say.SINGLE_BRACKETS, {"key": later.group(2)}
    return None


def _syntax_error(text: str, name: str, problem: str) -> FormatError:
    match = _AT.search(problem)
    reason = problem[: match.start()] if match else problem
    last = text.rstrip("\n").count("\n") + 1
    line = int(match.group(1)) if match and match.group(1) else last
    broken = text.split("\n")[line - 1]
    if reason == "Invalid value" and ("“" in broken or "”" in broken):
        return FormatError(name, line, say.CURLY)
    if reason.startswith("Cannot ") and (single := _in_single_brackets(text, broken)):
        return FormatError(name, *single)
    for beginning, message in _REASONS:
        if reason.startswith(beginning):
            return FormatError(name, line, message)
    return FormatError(name, line, say.SYNTAX, {"reason": reason})
