"""Where things stand in a TOML file: the line of every table, key and list entry.

The standard library's reader tells no positions. This one reads a text that the standard library has
accepted, and so need not check anything.
"""

import re
import tomllib
from bisect import bisect_right

Path = tuple[str | int, ...]
"""The way to a value: keys of tables and places in lists, from the top of the file."""

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_PLAIN = re.compile(r"[^,\]}\n#]*")
_TEXTS = (
    ('"""', re.compile(r'"""(?:\\.|[^\\])*?"{3,5}', re.DOTALL)),
    ("'''", re.compile(r"'''.*?'{3,5}", re.DOTALL)),
    ('"', re.compile(r'"(?:\\.|[^"\\])*"')),
    ("'", re.compile(r"'[^']*'")),
)


def lines_of(text: str) -> dict[Path, int]:
    """The line (from 1) of everything in a valid TOML text. A table's line is that of its heading, or of
    the first key that makes it."""
    return _Scanner(text).scan()


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[Path, int] = {}
        self._breaks = [match.start() for match in re.finditer("\n", text)]
        self._tables: dict[Path, int] = {}  # lists of tables: how many so far

    def scan(self) -> dict[Path, int]:
        table: Path = ()
        self._skip(_BLANK)
        while self.at < len(self.text):
            if self.text.startswith("[", self.at):
                table = self._heading()
            else:
                self._setting(table)
            self._skip(_BLANK)
        return self.lines

    def _line(self) -> int:
        return bisect_right(self._breaks, self.at - 1) + 1

    def _skip(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        if match is None:
            return ""
        self.at = match.end()
        return match.group()

    def _note(self, path: Path, line: int) -> None:
        self.lines.setdefault(path, line)

    def _heading(self) -> Path:
        line = self._line()
        in_list = self.text.startswith("[[", self.at)
        self.at += 2 if in_list else 1
        keys = self._keys()
        self._skip(_SPACE)
        self.at += 2 if in_list else 1
        path: Path = ()
        for key in keys[:-1]:
            path = self._latest((*path, key))
            self._note(path, line)
        path = (*path, keys[-1])
        if in_list:
            self._note(path, line)
            place = self._tables.get(path, 0)
            self._tables[path] = place + 1
            path = (*path, place)
        self._note(path, line)
        return path

    def _latest(self, path: Path) -> Path:
        count = self._tables.get(path)
        return path if count is None else (*path, count - 1)

    def _keys(self) -> list[str]:
        keys = []
        while True:
            self._skip(_SPACE)
            keys.append(self._key())
            self._skip(_SPACE)
            if not self.text.startswith(".", self.at):
                return keys
            self.at += 1

    def _key(self) -> str:
        if bare := self._skip(_BARE_KEY):
            return bare
        start = self.at
        self._text()
        quoted = self.text[start : self.at]
        if "\\" in quoted and quoted.startswith('"'):
            return next(iter(tomllib.loads(f"{quoted} = 0")))
        return quoted[1:-1]

    def _setting(self, table: Path) -> None:
        line = self._line()
        path = table
        for key in self._keys():
            path = (*path, key)
            self._note(path, line)
        self.at += 1  # the equals sign
        self._skip(_SPACE)
        self._value(path)

    def _value(self, path: Path) -> None:
        if self.text.startswith("[", self.at):
            self._entries(path, "]")
        elif self.text.startswith("{", self.at):
            self._entries(path, "}")
        elif not self._text():
            self._skip(_PLAIN)

    def _entries(self, path: Path, end: str) -> None:
        """A list or an inline table."""
        self.at += 1
        place = 0
        self._skip(_BLANK)
        while not self.text.startswith(end, self.at):
            if end == "}":
                self._setting(path)
            else:
                self._note((*path, place), self._line())
                self._value((*path, place))
            place += 1
            self._skip(_BLANK)
            if self.text.startswith(",", self.at):
                self.at += 1
                self._skip(_BLANK)
        self.at += 1

    def _text(self) -> bool:
        for opening, whole in _TEXTS:
            if self.text.startswith(opening, self.at):
                return bool(self._skip(whole))
        return False
