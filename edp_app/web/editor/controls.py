"""The settings of a stage as fields of a form, and what was typed into them as settings again. Which there
are, and of which type, :mod:`edp_app.core.definition` says: a setting that is added there needs its words
in :mod:`edp_app.web.editor.words`, and nothing here."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from msgspec import NODEFAULT
from msgspec import inspect as types
from werkzeug.datastructures import MultiDict

from edp_app.core.definition import LANGUAGES
from edp_app.core.formats.shapes import SEVERAL_LINES_OF_WORDS
from edp_app.web.editor import words
from edp_app.web.editor.ready import Offer

Table = dict[str, Any]
Fields = Mapping[str, types.Field]
Typed = MultiDict[str, str]

UNSEEN = ("id", "icon")
"""Settings that nobody reads; they stay as they are."""

MOST_SHOWN = 3
"""Entries with more settings than these are folded."""

Type = Literal["words", "number", "flag", "choice", "rows", "part", "groups"]


class Line(NamedTuple):
    """One text in one language."""

    name: str
    language: str
    text: str
    error: str


@dataclass
class Control:
    """One setting in the form. ``name`` is its place among the stage's settings, with dots."""

    type: Type
    name: str
    label: str
    hint: str = ""
    error: str = ""
    value: str = ""
    several: bool = False
    """Whether the text has room for several lines."""
    lines: list[Line] = field(default_factory=list)
    """Of words: one for each language, the workshop's own first."""
    options: list[tuple[str, str]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    """Of a choice whose answers need a sentence each: what they are called, and the sentence."""
    parts: list["Control"] = field(default_factory=list)
    rows: list["Row"] = field(default_factory=list)
    gone: list["Row"] = field(default_factory=list)
    """Entries that were taken out in this form, which are put back with one tap until it is saved."""
    note: str = ""
    """What is to be looked at in it, where it is a part."""
    ready: Sequence[Offer] = ()
    """Entries that can be added as they are, and those of them that are there."""
    one_more: str = ""

    @property
    def is_filled(self) -> bool:
        """Whether it has words in any language."""
        return any(line.text for line in self.lines)

    @property
    def said_in(self) -> list[str]:
        """The languages, beside the workshop's own, in which there are words."""
        return [line.language for line in self.lines[1:] if line.text]

    @property
    def has_error(self) -> bool:
        """Whether something in it has to be corrected."""
        own = self.error or any(line.error for line in self.lines)
        return bool(own) or any(one.has_error for one in every([self]) if one is not self)


@dataclass
class Row:
    """One entry of a list."""

    name: str
    id: str
    title: str
    parts: list[Control]
    at: int = 0
    """Where it stood."""
    is_open: bool = False
    """Whether something was just done in it."""
    note: str = ""
    """What is to be looked at in it."""

    @property
    def is_folded(self) -> bool:
        """Whether only its title is shown at first: there is much of it, and nothing to be done there."""
        if not self.id or self.is_open or self.note:
            return False
        return len(self.parts) > MOST_SHOWN and not any(one.has_error for one in self.parts)


@dataclass(frozen=True)
class Drawing:
    """What the fields of one form are drawn with. ``errors``: by the name of the field; ``stages``: which
    stages a setting can name, by its name; ``groups``: those of the workshop, and what they are called;
    ``gone``: what was taken out of its lists; ``ready``: by list, what can be added to it as it is;
    ``pressed``: the list in which something was just done; ``notes``: what is to be looked at, by the
    entry (:func:`entries`)."""

    languages: Sequence[str]
    errors: Mapping[str, str]
    stages: Callable[[str], list[tuple[str, str]]]
    groups: Sequence[tuple[str, str]] = ()
    gone: Mapping[str, Sequence[Table]] = field(default_factory=dict)
    ready: Mapping[str, Sequence[Offer]] = field(default_factory=dict)
    pressed: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)


def inner_of(kind: types.Type) -> types.Type:
    """A type without that it may be left out, and without notes."""
    match kind:
        case types.UnionType():
            return inner_of(next(t for t in kind.types if not isinstance(t, types.NoneType)))
        case types.Metadata():
            return inner_of(kind.type)
    return kind


def is_optional(one: types.Field) -> bool:
    """Whether a setting may be left out for good."""
    return isinstance(one.type, types.UnionType)


def is_required(one: types.Field) -> bool:
    """Whether it has to be said."""
    return one.default is NODEFAULT and one.default_factory is NODEFAULT


def item_fields(kind: types.ListType) -> Fields | None:
    """The settings of an entry of a list; None for a list of plain values, which has no form."""
    item = inner_of(kind.item_type)
    return {f.name: f for f in item.fields} if isinstance(item, types.StructType) else None


# ---- drawing


def draw(fields: Fields, raw: Table, drawing: Drawing, prefix: str = "", owner: str = "") -> list[Control]:
    """The fields of a form for these settings; ``raw`` may hold what was typed and cannot be."""
    found = (
        _control(one, name, raw, drawing, prefix, owner) for name, one in fields.items() if name not in UNSEEN
    )
    return [one for one in found if one is not None]


def _control(
    one: types.Field, name: str, raw: Table, drawing: Drawing, prefix: str, owner: str
) -> Control | None:
    kind, full = inner_of(one.type), prefix + name
    own = f"{owner or raw.get('kind', '')}.{name}"
    label = words.LABELS.get(own, words.LABELS.get(name, name))
    hint = words.HINTS.get(own, "" if owner else words.HINTS.get(name, ""))
    if is_optional(one) and name in words.IF_EMPTY:
        hint = words.IF_EMPTY[name]
    base = {"name": full, "label": str(label), "hint": str(hint), "error": drawing.errors.get(full, "")}
    default = "" if is_required(one) or one.default is None else one.default
    match kind:
        case types.DictType() if isinstance(inner_of(kind.value_type), types.StrType):
            lines = _lines(full, raw.get(name, {}), drawing)
            return Control("words", lines=lines, several=name in SEVERAL_LINES_OF_WORDS, **base)
        case types.DictType():
            return Control("groups", parts=_by_group(name, full, raw.get(name, {}), drawing), **base)
        case types.IntType():
            value = raw.get(name, default)
            return Control("number", value="" if value is NODEFAULT else str(value), **base)
        case types.BoolType():
            return Control("flag", value="1" if raw.get(name, default) else "", **base)
        case types.LiteralType():
            said = words.CHOICES.get(name, {})
            options = [(str(v), str(said.get(v, v))) for v in _in_order(kind.values, said)]
            notes = [
                (called, str(words.CHOICE_NOTES[name][v]))
                for v, called in options
                if name in words.CHOICE_NOTES
            ]
            return Control("choice", value=str(raw.get(name, default)), options=options, notes=notes, **base)
        case types.StrType() if name in words.NONE:
            options = [("", str(words.NONE[name])), *drawing.stages(name)]
            return Control("choice", value=str(raw.get(name) or ""), options=options, **base)
        case types.StructType():
            inner = {f.name: f for f in kind.fields}
            parts = draw(inner, raw.get(name, {}), drawing, f"{full}.", kind.cls.__name__)
            return Control("part", parts=parts, note=drawing.notes.get(full, ""), **base)
        case types.ListType() if (inner_fields := item_fields(kind)) is not None:
            owner_of_rows = inner_of(kind.item_type).cls.__name__  # type: ignore[attr-defined]

            def row(full_name: str, entry: Table) -> Row:
                parts = draw(inner_fields, entry, drawing, f"{full_name}.", owner_of_rows)
                is_open = f"{drawing.pressed}.".startswith(f"{full_name}.")
                title = title_of(entry, drawing.languages)
                own_id = entry.get("id", "")
                note = drawing.notes.get(f"{full}/{own_id}", "")
                return Row(full_name, own_id, title, parts, entry.get("at", 0), is_open, note)

            rows = [row(f"{full}.{n}", entry) for n, entry in enumerate(raw.get(name, []))]
            out = (raw.get("gone", {}) if prefix else drawing.gone).get(name, ())  # an entry keeps its own
            gone = [row(f"{full}.gone.{n}", entry) for n, entry in enumerate(out)]
            ready, one_more = drawing.ready.get(full, ()), str(words.ONE_MORE.get(name, ""))
            return Control("rows", rows=rows, gone=gone, ready=ready, one_more=one_more, **base)
    return None


def _lines(full: str, given: Mapping[str, str], drawing: Drawing) -> list[Line]:
    """One text in every language."""
    return [
        Line(f"{full}.{code}", code, given.get(code, ""), drawing.errors.get(f"{full}.{code}", ""))
        for code in drawing.languages
    ]


def _by_group(name: str, full: str, given: Mapping[str, Any], drawing: Drawing) -> list[Control]:
    """One text for each group of the workshop."""
    return [
        Control(
            "words",
            f"{full}.{group}",
            str(words.FOR_A_GROUP[name]) % {"group": called},
            several=name in SEVERAL_LINES_OF_WORDS,
            lines=_lines(f"{full}.{group}", given.get(group, {}), drawing),
        )
        for group, called in drawing.groups
    ]


def _in_order(values: Sequence[Any], said: Mapping[str, Any]) -> list[Any]:
    return sorted(values, key=lambda value: list(said).index(value) if value in said else len(said))


def title_of(entry: Table, languages: Sequence[str]) -> str:
    """What an entry is called: its first words."""
    said = entry.get("name") or entry.get("text") or {}
    return next((said[code] for code in languages if said.get(code)), "")


def every(controls: Sequence[Control]) -> Iterator[Control]:
    """All of them, with those inside others."""
    for one in controls:
        yield one
        yield from every(one.parts)
        for row in one.rows:
            yield from every(row.parts)


def entries(controls: Sequence[Control]) -> Iterator[tuple[str, str, list[Control]]]:
    """The entries and parts of a form that have fields of their own: a key, the same wherever an entry
    stands; its name in the form; its fields."""
    for one in controls:
        if one.type == "part":
            yield one.name, one.name, one.parts
        yield from ((f"{one.name}/{row.id}", row.name, row.parts) for row in one.rows if row.id)


# ---- reading


def read(fields: Fields, typed: Typed, before: Table, own: str, prefix: str = "") -> Table:
    """The settings as they were typed; those that have no field stay as they were ``before``. What is no
    number stays a text, so that the rules say what is wrong with it. New entries have no id yet. ``own``: the
    language of the workshop."""
    read_now = dict(before)
    for name, one in fields.items():
        kind, full = inner_of(one.type), prefix + name
        if name in UNSEEN:
            continue
        match kind:
            case types.DictType() if isinstance(inner_of(kind.value_type), types.StrType):
                value: Any = _words(typed, full, before.get(name, {}), own, needed=is_required(one))
                missing = not value and not is_required(one)
            case types.DictType():
                value = _words_by_group(typed, full, before.get(name, {}), own)
                missing = not value
            case types.IntType():
                value = number(typed.get(full, "").strip())
                missing = value == "" and is_optional(one)
            case types.BoolType():
                value, missing = full in typed, False
            case types.LiteralType():
                value = typed.get(full, before.get(name, ""))
                missing = value == "" and "" not in kind.values
            case types.StrType() if name in words.NONE:
                value = typed.get(full, "")
                missing = not value
            case types.StructType():
                inner = {f.name: f for f in kind.fields}
                value, missing = read(inner, typed, before.get(name, {}), own, f"{full}."), False
            case types.ListType() if (inner_fields := item_fields(kind)) is not None:
                value, missing = _rows(inner_fields, typed, before.get(name, []), own, full), False
            case _:
                continue
        read_now.pop(name, None)
        if not missing:
            read_now[name] = value
    return read_now


def _words(typed: Typed, full: str, before: Mapping[str, str], own: str, *, needed: bool) -> dict[str, str]:
    """One text for each language that something was typed for. Where the text in the workshop's language was
    taken out and the others were not in sight, nor changed, they go with it, or it has to be said. Browsers
    end lines otherwise than files do."""
    found = {}
    for code in LANGUAGES:
        text = typed.get(f"{full}.{code}", before.get(code, "")).replace("\r\n", "\n").strip()
        if text:
            found[code] = text
    seen = typed.get("all") or any(found.get(code) != before.get(code) for code in LANGUAGES if code != own)
    if before.get(own) and own not in found and not seen:
        return {**found, own: ""} if needed else {}
    return found


def _words_by_group(
    typed: Typed, full: str, before: Mapping[str, Mapping[str, str]], own: str
) -> dict[str, dict[str, str]]:
    """One text for each group that something was typed for, in the order of the form."""
    ends = tuple(f".{code}" for code in LANGUAGES)
    names = [name.removeprefix(f"{full}.") for name in typed if name.startswith(f"{full}.")]
    groups = dict.fromkeys([*(one.rpartition(".")[0] for one in names if one.endswith(ends)), *before])
    found = {of: _words(typed, f"{full}.{of}", before.get(of, {}), own, needed=False) for of in groups if of}
    return {of: said for of, said in found.items() if said}


def number(text: str) -> int | str:
    """A number as it was typed; what is none stays a text."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else text


def _rows(fields: Fields, typed: Typed, before: Sequence[Table], language: str, full: str) -> list[Table]:
    known = {entry.get("id"): entry for entry in before}
    rows, n = [], 0
    while (own := typed.get(f"{full}.{n}.id")) is not None and n < 200:
        entry, prefix = known.get(own, {}) if own else {}, f"{full}.{n}."
        row = read(fields, typed, entry, language, prefix) | {"id": own}
        if gone := read_gone(fields, typed, entry, language, prefix):
            row["gone"] = gone
        rows.append(row)
        n += 1
    return rows


def read_gone(
    fields: Fields, typed: Typed, before: Table, own: str, prefix: str = ""
) -> dict[str, list[Table]]:
    """By list: the entries that were taken out of it in this form, and where (``at``) each stood. What was
    taken out of the lists of an entry stands in that entry, as ``gone``."""
    found = {}
    for name, one in fields.items():
        kind, full = inner_of(one.type), f"{prefix}{name}.gone"
        inner = item_fields(kind) if isinstance(kind, types.ListType) else None
        if inner is None:
            continue
        rows = _rows(inner, typed, before.get(name, []), own, full)
        for n, entry in enumerate(rows):
            at = number(typed.get(f"{full}.{n}.at", ""))
            entry["at"] = at if isinstance(at, int) else 0
        if rows:
            found[name] = rows
    return found
