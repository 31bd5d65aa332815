"""Raw values checked against the types of :mod:`edp_app.core.definition`, all mistakes at once.

The types say what a format file may contain: a setting that is added there needs nothing here.
"""

import datetime
import re
from collections.abc import Collection, Iterable, Sequence
from difflib import get_close_matches
from functools import cache
from typing import Any, NamedTuple

from msgspec import NODEFAULT
from msgspec import inspect as types

from edp_app.core.definition import LANGUAGES
from edp_app.core.formats import messages as say
from edp_app.core.formats.messages import FormatError
from edp_app.core.formats.source import LISTS, Place, Table
from edp_app.core.refusals import Refusal
from edp_app.core.text import clean, clean_lines

MISSING = object()
"""Stands for a value that could not be used; what is wrong with it was noted."""

WORDS_LENGTH = {
    "title": 120,
    "name": 120,
    "low": 120,
    "middle": 120,
    "high": 120,
    "asks": 300,
    "text": 2000,
    "translations": 500,
}
"""The longest text of a setting in characters; others may have :data:`OTHER_LENGTH`."""
OTHER_LENGTH = 600
SEVERAL_LINES = {"credit"}
SEVERAL_LINES_OF_WORDS = ("text", "prompt", "prompt_for", "examples")


CLOCK = re.compile(r"([0-9]{1,2})[:.h]([0-9]{2})")
"""A time of day as people type it."""

MOST_KEPT = 1000
"""How many mistakes are kept: far more than are told, so that the first lines are among them."""
MOST_NEAR = 100
"""For how many misspelt names the one that was meant is looked for."""


def fields_of(struct: type) -> dict[str, types.Field]:
    """The settings of a type, by name."""
    return {field.name: field for field in _info(struct).fields}


@cache
def _info(struct: type) -> types.StructType:
    info = types.type_info(struct)
    if not isinstance(info, types.StructType):
        raise TypeError(f"{struct!r} has no settings")
    return info


def list_type(field: types.Field) -> types.ListType:
    """The type of a setting that is a list, with its limits."""
    if not isinstance(field.type, types.ListType):
        raise TypeError(f"{field.name} is no list")
    return field.type


def read_of(kind: types.ListType, raw: list[Any]) -> list[Any]:
    """As much of a list as is read; that one is too long is said by :meth:`Shapes.length`."""
    return raw[: kind.max_length]


def shown(value: object) -> str:
    """A raw value as it stands in a sentence. Python refuses to write out numbers of thousands of digits."""
    try:
        return str(value)[:40]
    except ValueError:
        return "…"


def as_written(value: object) -> str:
    """A raw value as it stands in the file."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f'"{shown(value)}"' if isinstance(value, str) else shown(value)


class Worded(NamedTuple):
    """A text that was read: where it stands, under which setting, in which languages."""

    place: Place
    key: str
    languages: tuple[str, ...]


class Shapes:
    """Checks values against types and keeps what is wrong in ``errors``, and in ``worded`` which languages
    texts are in. ``language``: of texts that have none."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.errors: list[FormatError] = []
        self.warnings: list[FormatError] = []
        self.worded: list[Worded] = []
        self.awaited: set[str] = set()
        """Ids that stages would have, were they not wrong themselves: that no such stage is there is no
        mistake of whoever names one."""
        self.nameless = False
        """Whether a stage has no id at all, so that any name may be its."""
        self.wrong_stages: set[str] = set()
        """Ids of stages that are wrong by themselves: what others make of them is not looked at."""
        self.wrong_groups = False
        self.places: Sequence[Place] = ()
        """Of the stages."""
        self.circles: set[frozenset[str]] = set()
        """The stages of each circle that was told."""
        self._looked_for = 0

    def wrong(self, place: Place, message: str, **params: str | int) -> Any:
        """Note a mistake."""
        if len(self.errors) < MOST_KEPT:
            self.errors.append(place.error(message, **params))
        return MISSING

    def near(self, value: object, choices: Iterable[str]) -> str:
        """The choice that is spelt most like ``value``; empty if none is."""
        if self._looked_for >= MOST_NEAR:
            return ""
        self._looked_for += 1
        found = get_close_matches(shown(value), list(choices), n=1, cutoff=0.6)
        return found[0] if found else ""

    def not_one_of(self, place: Place, key: str, value: object, choices: Iterable[str]) -> Any:
        """Note a choice that does not exist, with the one that was probably meant."""
        listed = list(choices)
        params = {"key": key, "value": shown(value), "choices": ", ".join(c or '""' for c in listed)}
        if close := self.near(value, listed):
            return self.wrong(place, say.NOT_ONE_OF_NEAR, near=close, **params)
        return self.wrong(place, say.NOT_ONE_OF, **params)

    def table(self, fields: dict[str, types.Field], raw: Any, place: Place, key: str) -> Any:
        """A table with exactly these settings; those that are wrong are left out of what is returned."""
        if not isinstance(raw, dict):
            return self.wrong(place, say.NOT_TABLE, key=key)
        meant = self.known_keys(raw, fields, place)
        return self.settings(fields, raw, place, meant)

    def known_keys(self, raw: Table, known: Iterable[str], place: Place) -> set[str]:
        """Note every key that is not known. Returns those that were probably meant: they are misspelt, and
        so not missing."""
        names = list(known)
        meant = set()
        for key in raw:
            if key not in names:
                if close := self.near(key, names):
                    self.wrong(place.at(key), say.UNKNOWN_KEY_NEAR, key=shown(key), near=close)
                    meant.add(close)
                else:
                    self.wrong(place.at(key), say.UNKNOWN_KEY, key=shown(key))
        return meant

    def settings(
        self, fields: dict[str, types.Field], raw: Table, place: Place, told: Collection[str] = ()
    ) -> Table:
        """The values of these settings; keys that are none of them are not looked at. ``told``: of what is
        missing, what need not be told."""
        read = {}
        for name, field in fields.items():
            if name in raw:
                value = self.value(field.type, raw[name], place.at(name), name)
                if value is not MISSING:
                    read[name] = value
            elif name not in told and field.default is NODEFAULT and field.default_factory is NODEFAULT:
                self.wrong(place, say.MISSING, key=name)
        return read

    def value(self, kind: types.Type, raw: Any, place: Place, key: str) -> Any:
        """``raw`` as this type, or :data:`MISSING`."""
        match kind:
            case types.UnionType():
                other = next(t for t in kind.types if not isinstance(t, types.NoneType))
                return self.value(other, raw, place, key)
            case types.Metadata():
                return self.value(kind.type, raw, place, key)
            case types.DictType(value_type=types.DictType()):
                return self.by_name(kind, raw, place, key)
            case types.DictType():
                return self.words(raw, place, key)
            case types.StructType():
                return self.table({f.name: f for f in kind.fields}, raw, place, key)
            case types.ListType():
                return self.list(kind, raw, place, key)
            case types.LiteralType():
                return raw if raw in kind.values else self.not_one_of(place, key, raw, map(str, kind.values))
            case types.BoolType():
                return raw if isinstance(raw, bool) else self.wrong(place, say.NOT_YES_NO, key=key)
            case types.IntType():
                return self.number(kind, raw, place, key)
            case types.StrType():
                return self.text(kind, raw, place, key)
        raise TypeError(f"format files have no {kind!r}")

    def number(self, kind: types.IntType, raw: Any, place: Place, key: str) -> Any:
        if not isinstance(raw, int) or isinstance(raw, bool):
            return self.wrong(place, say.NOT_NUMBER, key=key, value=as_written(raw))
        least, most = kind.ge, kind.le
        if (least is not None and raw < least) or (most is not None and raw > most):
            return self.wrong(
                place, say.OUT_OF_RANGE, key=key, least=least or 0, most=most or 0, value=shown(raw)
            )
        return raw

    def text(self, kind: types.StrType, raw: Any, place: Place, key: str) -> Any:
        if kind.pattern is not None and r"\d{4}-" in kind.pattern:
            return self.date(raw, place, key)
        if kind.pattern is not None and ":" in kind.pattern:
            return self.time(raw, place, key)
        if not isinstance(raw, str):
            return self.wrong(place, say.NOT_TEXT, key=key)
        if kind.pattern is not None:
            if re.search(kind.pattern, raw):
                return raw
            if key != "id" and raw in self.awaited:
                return MISSING  # it was told where that id stands
            return self.wrong(place, say.BAD_ID, key=key, value=raw[:40])
        required = bool(kind.min_length)
        return self.cleaned(raw, kind.max_length or OTHER_LENGTH, place, key, required=required)

    def cleaned(self, raw: str, limit: int, place: Place, key: str, *, required: bool) -> Any:
        """A text made safe, on one line unless the setting has room for several."""
        several = key in SEVERAL_LINES or key in SEVERAL_LINES_OF_WORDS
        text = (clean_lines if several else clean)(raw, limit, required=required)
        if not isinstance(text, Refusal):
            return text
        if text.code == "empty_text":
            return self.wrong(place, say.EMPTY, key=key)
        if text.code == "text_too_long":
            return self.wrong(place, say.TOO_LONG, key=key, **text.params)
        return self.wrong(place, say.BAD_TEXT, key=key)

    def date(self, raw: Any, place: Place, key: str) -> Any:
        """A date of the calendar, written as TOML's own or in quotation marks; or an empty text."""
        if isinstance(raw, datetime.date) and not isinstance(raw, datetime.datetime):
            return raw.isoformat()
        try:
            if raw == "" or datetime.date.fromisoformat(raw).isoformat() == raw:
                return raw
        except (TypeError, ValueError):
            pass
        return self.wrong(place, say.BAD_DATE, key=key, value=shown(raw))

    def time(self, raw: Any, place: Place, key: str) -> Any:
        """A time of day, written as TOML's own or in quotation marks; or an empty text."""
        text = f"{raw:%H:%M}" if isinstance(raw, datetime.time) else raw
        if text == "":
            return text
        found = CLOCK.fullmatch(text) if isinstance(text, str) else None
        if found is None or int(found[1]) > 23 or int(found[2]) > 59:
            return self.wrong(place, say.BAD_TIME, key=key, value=shown(raw))
        return f"{int(found[1]):02}:{found[2]}"

    def words(self, raw: Any, place: Place, key: str) -> Any:
        """One text, in the workshop's language, or a table of one for each language."""
        if isinstance(raw, str):
            raw, places = {self.language: raw}, {self.language: place}
        elif isinstance(raw, dict):
            places = {language: place.at(language) for language in raw}
        else:
            return self.wrong(place, say.NOT_WORDS, key=key)
        if not raw:
            return self.wrong(place, say.EMPTY, key=key)
        read = {}
        for language, text in raw.items():
            here = places[language]
            if language not in LANGUAGES:
                self.wrong(here, say.BAD_LANGUAGE, value=str(language), choices=", ".join(LANGUAGES))
            elif not isinstance(text, str):
                self.wrong(here, say.NOT_TEXT, key=f"{key}.{language}")
            else:
                cleaned = self.cleaned(text, WORDS_LENGTH.get(key, OTHER_LENGTH), here, key, required=True)
                if cleaned is not MISSING:
                    read[language] = cleaned
        if read and key != "translations":  # of another text, in whatever languages there are
            self.worded.append(Worded(place, key, tuple(raw)))
        return {code: read[code] for code in LANGUAGES if code in read} or MISSING

    def by_name(self, kind: types.DictType, raw: Any, place: Place, key: str) -> Any:
        """A table of texts, each under a name of its own; those that are wrong are left out."""
        if not isinstance(raw, dict):
            return self.wrong(place, say.NOT_TABLE, key=key)
        read = {name: self.value(kind.value_type, entry, place.at(name), key) for name, entry in raw.items()}
        return {name: value for name, value in read.items() if value is not MISSING}

    def list(self, kind: types.ListType, raw: Any, place: Place, key: str) -> Any:
        """A list; entries that are wrong are left out."""
        if not isinstance(raw, list):
            return self.no_list(raw, place, key)
        self.length(kind, len(raw), place, key)
        read = (
            self.value(kind.item_type, entry, place.at(n), key) for n, entry in enumerate(read_of(kind, raw))
        )
        return [value for value in read if value is not MISSING]

    def no_list(self, raw: Any, place: Place, key: str) -> Any:
        """Note what stands for a list and is none: mostly a heading in single brackets."""
        if isinstance(raw, dict) and key in LISTS:
            heading = ".".join(str(one) for one in place.path if isinstance(one, str))
            return self.wrong(place, say.SINGLE_BRACKETS, key=heading)
        return self.wrong(place, say.NOT_LIST, key=key)

    def length(self, kind: types.ListType, count: int, place: Place, key: str) -> None:
        """Note a list that is too short or too long."""
        if kind.min_length is not None and count < kind.min_length:
            self.wrong(place, say.TOO_FEW, key=key, least=kind.min_length, value=count)
        if kind.max_length is not None and count > kind.max_length:
            first_too_many = place.at(kind.max_length)
            self.wrong(first_too_many, say.TOO_MANY, key=key, most=kind.max_length, value=count)
