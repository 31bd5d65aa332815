"""Writing a definition as a format file, which reads back as the same definition."""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from edp_app.core.definition import LANGUAGES, Definition, Stage

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}

Table = dict[str, Any]


def write_format(definition: Definition) -> str:
    """A format file with everything in it (no preset is referred to), which :func:`read_format` reads back
    equal.

    The texts of the definition must be clean (:mod:`edp_app.core.text`), as they are in every stored one.
    """
    raw = table_of(definition)
    groups, stages = raw.pop("groups"), raw.pop("stages")
    territories = raw.pop("territories", [])
    language = definition.language
    # The language is written always: a text without one is in it.
    top = {"format": 1, "title": raw.pop("title"), "language": language, **raw, "privacy": definition.privacy}
    lines = list(_settings(top, language))
    for heading, tables in (("groups", groups), ("territories", territories)):
        for table in tables:
            lines += ["", f"[[{heading}]]", *_settings(table, language)]
    for stage in stages:
        lines += ["", *_table("stages", stage, language)]
    return "\n".join(lines) + "\n"


def write_stage(own: Table, language: str) -> str:
    """One more stage of a file, with these settings, which may be texts and numbers only."""
    return "\n".join(["", "[[stages]]", *_settings(own, language)]) + "\n"


def table_of(definition: Definition) -> Table:
    """The values of a format file with everything in it: settings at their defaults are left out, and those
    of a stage's kind and of its method stand beside the others."""
    raw: Table = msgspec.to_builtins(definition)
    return {**raw, "stages": [_flat(stage) for stage in raw["stages"]]}


def tables_of(stages: Sequence[Stage]) -> list[Table]:
    """The values of these stages in a format file, as in :func:`table_of`."""
    return [_flat(msgspec.to_builtins(stage)) for stage in stages]


def _flat(stage: Table) -> Table:
    """A stage with the settings of its kind, and of its method, in the same table."""
    settings = stage.pop("settings")
    method = settings.pop("method", None)
    if settings["kind"] == "vote":
        method = method or {"type": "dots"}
        settings["method"] = method.pop("type")
        settings.update(method)
    return {"id": stage.pop("id"), "kind": settings.pop("kind"), **stage, **settings}


def _table(heading: str, table: Table, language: str) -> Iterator[str]:
    """A table of a list of tables, with the tables and the lists of tables in it behind its own settings."""
    tables = {key: value for key, value in table.items() if _is_table(value)}
    lists = {
        key: value for key, value in table.items() if value and key != "statements" and _is_tables(value)
    }
    inner = {**tables, **lists}
    yield f"[[{heading}]]"
    yield from _settings({key: value for key, value in table.items() if key not in inner}, language)
    for key, entry in tables.items():
        yield from ("", f"[{heading}.{key}]", *_settings(entry, language))
    for key, entries in lists.items():
        for entry in entries:
            yield ""
            yield from _table(f"{heading}.{key}", entry, language)


def _is_table(value: Any) -> bool:
    """Whether it is a table with settings of its own, and not one text in several languages. A group may have
    the name of a language."""
    return isinstance(value, dict) and not (
        set(value) <= set(LANGUAGES) and all(isinstance(text, str) for text in value.values())
    )


def _is_tables(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(entry, dict) for entry in value)


def _settings(table: Table, language: str) -> Iterator[str]:
    for key, value in table.items():
        if isinstance(value, dict):
            if list(value) == [language]:
                yield f"{key} = {_value(value[language])}"
            else:
                yield from (f"{key}.{code} = {_value(value[code])}" for code in LANGUAGES if code in value)
        else:
            yield f"{key} = {_value(value)}"


def _value(value: Any) -> str:
    if isinstance(value, dict):  # what stands beside a statement in other languages
        return "{ " + ", ".join(f"{code} = {_value(line)}" for code, line in value.items()) + " }"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):  # statements: each on a line of its own
        return "\n".join(["[", *(f"  {_statement(entry)}," for entry in value), "]"])
    escaped = (_ESCAPES.get(c) or (c if c.isprintable() else f"\\U{ord(c):08x}") for c in str(value))
    return f'"{"".join(escaped)}"'


def _statement(entry: Any) -> str:
    """A text alone, or with its column and where it comes from."""
    if not isinstance(entry, dict):
        return _value(entry)
    if list(entry) == ["title"]:
        return _value(entry["title"])
    return "{ " + ", ".join(f"{key} = {_value(value)}" for key, value in entry.items()) + " }"
