"""Reading a format file: its top, its groups, its stages, each with the presets it draws on."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, get_args

import msgspec
from msgspec import inspect as types

from edp_app.core import definition as d
from edp_app.core.definition import Definition
from edp_app.core.formats import messages as say
from edp_app.core.formats.library import Library
from edp_app.core.formats.lines import Path
from edp_app.core.formats.meaning import check_meaning
from edp_app.core.formats.messages import FormatError
from edp_app.core.formats.references import name_of
from edp_app.core.formats.shapes import MISSING, Shapes, fields_of, list_type, read_of, shown
from edp_app.core.formats.source import Place, Table, parse
from edp_app.core.formats.translated import warn_of_languages
from edp_app.core.formats.writer import write_format
from edp_app.core.parts import Group, Words

FORMAT = 1
"""The version of format files that this code reads and writes."""

MOST_TOLD = 50
"""How many mistakes are told at once."""

AS_FIRST = ("of", "criteria", "weights_from")
"""What a second round need not say, since it is as in the first."""

SLUG = r"^[a-z][a-z0-9_]{0,31}\Z"

KINDS: dict[str, type] = {str(kind.__struct_config__.tag): kind for kind in get_args(d.Settings)}


class Checked(NamedTuple):
    """What came of a file: a definition and warnings, or errors."""

    definition: Definition | None
    errors: list[FormatError]
    warnings: list[FormatError]
    name: Words
    """What the format itself is called where formats are offered; a workshop made from it has a title."""


def check_format(source: str | bytes, name: str, library: Library) -> Checked:
    """Read a format file. What is wrong with it is told at once, in the order of its lines (the first
    :data:`MOST_TOLD` mistakes), except that a file that is no TOML, or far larger than a workshop needs,
    cannot be read beyond its first mistake. ``name`` is what the file is called in messages.
    """
    parsed = parse(source, name)
    if isinstance(parsed, FormatError):
        return Checked(None, [parsed], [], {})
    raw, top = parsed
    language = raw.get("language", "es")
    shapes = Shapes(language if language in d.LANGUAGES else "es")
    read = _Reader(shapes, library).workshop(raw, top)
    called = shapes.words(raw["name"], top.at("name"), "name") if "name" in raw else {}
    warn_of_languages(shapes, raw, name)
    if shapes.errors:  # much of what would be worth a look may come of them
        return Checked(None, _told(shapes.errors, name), [], called)
    return Checked(msgspec.convert(read, Definition), [], _told(shapes.warnings, name), called)


def read_format(source: str | bytes, name: str, library: Library) -> Definition | list[FormatError]:
    """The definition in a format file, or everything that is wrong with it. See :func:`check_format`."""
    checked = check_format(source, name, library)
    return checked.errors if checked.definition is None else checked.definition


class Mistake(NamedTuple):
    """One thing that is wrong (or hardly meant) with values that stand in no file. ``path``: keys and places
    in lists, from the top."""

    path: Path
    message: str
    params: dict[str, str | int]


class CheckedValues(NamedTuple):
    """What came of values: a definition and warnings, or errors."""

    definition: Definition | None
    errors: list[Mistake]
    warnings: list[Mistake]


def check_values(raw: Table, library: Library) -> CheckedValues:
    """The same for the values of a format file that were not read from one: by the same rules, and with the
    place of each mistake among the values instead of a line. ``raw``: as :func:`table_of` gives them."""
    raw = {"format": FORMAT, **raw}
    paths = list(_paths(raw, ()))
    top = Place("", {path: n for n, path in enumerate(paths, start=1)})
    shapes = Shapes(raw.get("language", "es"))
    read = _Reader(shapes, library).workshop(raw, top)
    warn_of_languages(shapes, raw, top.file)

    def placed(found: list[FormatError]) -> list[Mistake]:
        return [Mistake(paths[one.line - 1], one.message, one.params) for one in found]

    errors = placed(shapes.errors)
    if errors:
        return CheckedValues(None, errors, [])
    return CheckedValues(msgspec.convert(read, Definition), [], placed(shapes.warnings))


def could_be_read(definition: Definition) -> bool:
    """Whether it could have been read from a format file, which checks all of it."""
    return read_format(write_format(definition), "", Library.of({})) == definition


def _paths(raw: Any, path: Path) -> Iterator[Path]:
    if path:
        yield path
    if isinstance(raw, dict | list):
        for key, value in raw.items() if isinstance(raw, dict) else enumerate(raw):
            yield from _paths(value, (*path, key))


def _told(found: list[FormatError], name: str) -> list[FormatError]:
    """By line, the file itself before the library; what a preset used twice gets wrong twice is told once. Of
    very many, the first :data:`MOST_TOLD` and how many more there are."""
    once = {
        (error.file, error.line, error.message, *error.params.items()): error
        for error in sorted(found, key=lambda e: (e.file != name, e.file, e.line))
    }
    told = list(once.values())
    if len(told) <= MOST_TOLD:
        return told
    next_one = told[MOST_TOLD]
    count = len(told) - MOST_TOLD
    return [*told[:MOST_TOLD], FormatError(next_one.file, next_one.line, say.AND_MORE, {"count": count})]


class _Reader:
    def __init__(self, shapes: Shapes, library: Library) -> None:
        self.shapes = shapes
        self.library = library
        self._before: dict[str, tuple[Table, Place]] = {}
        """The votes read so far, by id, as they stand with their presets."""
        self._group_ids: set[str] = set()

    def workshop(self, raw: Table, top: Place) -> Table:
        """The whole file, as :class:`Definition` is made of; without what is wrong."""
        self._version(raw, top)
        fields = fields_of(Definition)
        meant = self.shapes.known_keys(raw, [*fields, "format", "name"], top)
        groups, stages = list_type(fields.pop("groups")), list_type(fields.pop("stages"))
        read = self.shapes.settings(fields, raw, top, meant)
        before = len(self.shapes.errors)
        read["groups"] = [] if "groups" in meant else self._groups(raw, top, groups)
        self.shapes.wrong_groups = len(self.shapes.errors) > before or "groups" in meant
        self._group_ids = {group["id"] for group in read["groups"] if "id" in group}
        read["stages"], places = ([], []) if "stages" in meant else self._stages(raw, top, stages)
        check_meaning(self.shapes, read, top, places)
        return read

    def _version(self, raw: Table, top: Place) -> None:
        version = raw.get("format")
        if version is None:
            self.shapes.wrong(top, say.NO_FORMAT)
        elif version != FORMAT or isinstance(version, bool):
            self.shapes.wrong(top.at("format"), say.OTHER_FORMAT, value=shown(version))

    def _groups(self, raw: Table, top: Place, kind: types.ListType) -> list[Table]:
        place, sets = top.at("groups"), self.library.sets
        given = raw.get("groups")
        if given is None:
            self.shapes.wrong(top, say.MISSING_CHOICES, key="groups", choices=", ".join(sets))
            return []
        if isinstance(given, str):
            if given not in sets:
                self.shapes.not_one_of(place, "groups", given, sets)
                return []
            known = (self.library.groups[group] for group in sets[given])
            read = [self.shapes.table(fields_of(Group), group, at, "groups") for group, at in known]
        elif isinstance(given, list):
            self.shapes.length(kind, len(given), place, "groups")
            read = [self._group(entry, place.at(n)) for n, entry in enumerate(read_of(kind, given))]
        else:
            self.shapes.no_list(given, place, "groups")
            return []
        return [group for group in read if group is not MISSING]

    def _group(self, raw: Any, place: Place) -> Any:
        """One group; the words of one that the library knows by its id need not be written again."""
        if isinstance(raw, dict) and isinstance(raw.get("id"), str) and raw["id"] in self.library.groups:
            known, at = self.library.groups[raw["id"]]
            place = Place(place.file, place.lines, place.path, {k: at.at(k) for k in known if k not in raw})
            raw = {**known, **raw}
        return self.shapes.table(fields_of(Group), raw, place, "groups")

    def _stages(self, raw: Table, top: Place, kind: types.ListType) -> tuple[list[Table], list[Place]]:
        place, given = top.at("stages"), raw.get("stages")
        if given is None:
            self.shapes.wrong(top, say.NO_STAGES, key="stages")
            return [], []
        if not isinstance(given, list):
            self.shapes.no_list(given, place, "stages")
            return [], []
        self.shapes.length(kind, len(given), place, "stages")
        self._await(given, len(read_of(kind, given)))
        read: list[Table] = []
        places: list[Place] = []
        for n, entry in enumerate(read_of(kind, given)):
            if not isinstance(entry, dict):
                self.shapes.wrong(place.at(n), say.NOT_TABLE, key="stages")
                continue
            before = len(self.shapes.errors)
            stage, at = self._stage(entry, place.at(n), read)
            if len(self.shapes.errors) > before and "id" in stage:
                self.shapes.wrong_stages.add(stage["id"])
            read.append(stage)
            places.append(at.home())
        return read, places

    def _await(self, given: list[Any], most: int) -> None:
        """Note which ids are not there for a reason that is told elsewhere. ``most``: so many stages are
        read."""
        awaited = self.shapes.awaited
        for n, own in enumerate(given):
            if not isinstance(own, dict):
                continue
            use, id_ = own.get("use"), own.get("id")
            if isinstance(id_, str):
                if n >= most or not re.search(SLUG, id_):
                    awaited.add(id_)
            elif "id" in own or "use" not in own:
                self.shapes.nameless = True
            elif isinstance(use, str) and use not in self.library.presets:
                awaited.update((use, self.shapes.near(use, self.library.presets)))
            elif isinstance(use, str) and n >= most:
                awaited.add(use)
        awaited.discard("")

    def _stage(self, own: Table, place: Place, before: list[Table]) -> tuple[Table, Place]:
        """One stage: its own settings over those of the preset it uses. Kind and method settings stand
        flat. ``before``: the stages that come first."""
        raw, place = self._with_preset(own, place)
        raw, place = self._as_first_round(raw, place)
        fields = fields_of(d.Stage)
        del fields["settings"]
        kind = raw.get("kind")
        if kind is None:
            if "use" in own:  # of no preset that there is: what that would have brought is not missed as well
                fields = {name: field for name, field in fields.items() if name in raw}
            elif not (near := self._misspelt(raw, ("kind", "use"), fields)):
                self.shapes.wrong(place, say.MISSING_CHOICES, key="kind", choices=", ".join(KINDS))
            else:
                self.shapes.wrong(place.at(near[0]), say.UNKNOWN_KEY_NEAR, key=shown(near[0]), near=near[1])
                fields = {name: field for name, field in fields.items() if name in raw}
            return self.shapes.settings(fields, raw, place), place
        if not isinstance(kind, str) or kind not in KINDS:
            self.shapes.not_one_of(place.at("kind"), "kind", kind, KINDS)
            return self.shapes.settings(fields, raw, place), place
        if isinstance(raw.get("statements"), list):
            raw = {**raw, "statements": [_titled(entry) for entry in raw["statements"]]}
        of_kind = fields_of(KINDS[kind])
        method = _method_field(of_kind)
        method_fields, method_tag = self._method(method, of_kind, raw, place)
        plain = {name: field for name, field in of_kind.items() if name != method}
        known = {**fields, **plain, **method_fields}
        told = self.shapes.known_keys(raw, [*known, "kind", "use", *([method] if method else [])], place)
        if "second_of" in raw and kind == "vote":
            told.update(AS_FIRST)  # they come with the first round; that there is none is told
        if "of" in plain and "of" not in raw and "of" not in told:
            told.add("of")
            name_of(self.shapes, kind, before, place)
        settings = {"kind": kind, **self.shapes.settings(plain, raw, place, told)}
        if method and method_tag:
            settings[method] = {**method_tag, **self.shapes.settings(method_fields, raw, place, told)}
        return {**self.shapes.settings(fields, raw, place, told), "settings": settings}, place

    def _misspelt(self, raw: Table, wanted: Sequence[str], known: Iterable[str]) -> tuple[str, str] | None:
        """The first key that is spelt almost like one of these, and that one."""
        for key in raw:
            if key not in known and key not in wanted and (close := self.shapes.near(key, wanted)):
                return key, close
        return None

    def _with_preset(self, own: Table, place: Place) -> tuple[Table, Place]:
        use = own.get("use")
        if use is None:
            return own, place
        if not isinstance(use, str) or use not in self.library.presets:
            self.shapes.not_one_of(place.at("use"), "use", use, self.library.presets)
            return own, place
        preset = self.library.presets[use]
        elsewhere = {key: preset.place.at(key) for key in preset.raw if key not in own}
        raw = {"id": use, **_without_its_example(preset.raw, own), **own}
        if "prompt_for" in raw and "prompt_for" not in own:
            raw["prompt_for"] = self._for_groups_here(raw["prompt_for"])
        if raw.get("kind") != preset.raw.get("kind"):
            kind = str(preset.raw.get("kind"))
            self.shapes.wrong(place.at("kind"), say.KIND_OF_PRESET, use=use, kind=kind)
            raw["kind"] = kind
        return raw, Place(place.file, place.lines, place.path, elsewhere)

    def _for_groups_here(self, prompts: Any) -> Any:
        """What a preset asks of groups, without those that this workshop does not have."""
        if not isinstance(prompts, dict):
            return prompts
        return {group: words for group, words in prompts.items() if group in self._group_ids}

    def _as_first_round(self, raw: Table, place: Place) -> tuple[Table, Place]:
        """A second round with what it leaves out, from the vote that it names; and where that stands."""
        if raw.get("kind") != "vote":
            return raw, place
        second_of = raw.get("second_of")
        if isinstance(second_of, str) and second_of in self._before and raw.get("method") == "criteria":
            first, there = self._before[second_of]
            taken = {key: first[key] for key in AS_FIRST if key in first and key not in raw}
            home = there.home()
            elsewhere = {**place.elsewhere, **{key: home.at(key) for key in taken}}
            raw, place = {**raw, **taken}, Place(place.file, place.lines, place.path, elsewhere)
        if isinstance(raw.get("id"), str):
            self._before.setdefault(raw["id"], (raw, place))
        return raw, place

    def _method(
        self, name: str | None, of_kind: dict[str, types.Field], raw: Table, place: Place
    ) -> tuple[dict[str, types.Field], Table]:
        """The settings of the voting method that a stage names, and its tag."""
        if name is None:
            return {}, {}
        methods = {str(t.tag): t for t in _structs(of_kind[name].type)}
        chosen = raw.get(name, next(iter(methods)))
        if not isinstance(chosen, str) or chosen not in methods:
            self.shapes.not_one_of(place.at(name), name, chosen, methods)
            return {f.name: f for method in methods.values() for f in method.fields}, {}
        method = methods[chosen]
        return {f.name: f for f in method.fields}, {str(method.tag_field): chosen}


def fields_of_kind(kind: str) -> tuple[dict[str, types.Field], str | None, dict[str, dict[str, types.Field]]]:
    """The settings of a kind of stage; the one among them, if there is one, that is a choice between methods;
    and the settings of each method, by its name."""
    fields = fields_of(KINDS[kind])
    name = _method_field(fields)
    methods = [] if name is None else _structs(fields[name].type)
    return fields, name, {str(one.tag): {f.name: f for f in one.fields} for one in methods}


def _titled(entry: Any) -> Any:
    """A statement may be written as its text alone."""
    return {"title": entry} if isinstance(entry, str) else entry


def _without_its_example(preset: Table, own: Table) -> Table:
    """A preset's settings. With another prompt it asks no group anything else, and its only column has none:
    these go with the preset's own question."""
    if "prompt" not in own:
        return preset
    preset = {key: value for key, value in preset.items() if key != "prompt_for"}
    if not has_example(preset):
        return preset
    return {**preset, "columns": [{k: v for k, v in preset["columns"][0].items() if k != "prompt"}]}


def has_example(preset: Table) -> bool:
    """Whether an example stands below what a preset asks, and goes with it."""
    columns = preset.get("columns", [])
    return len(columns) == 1 and "prompt" in columns[0]


def _structs(kind: types.Type) -> list[types.StructType]:
    options = kind.types if isinstance(kind, types.UnionType) else (kind,)
    return [t for t in options if isinstance(t, types.StructType)]


def _method_field(fields: dict[str, types.Field]) -> str | None:
    """The setting whose own settings stand flat in the stage: the one that is a choice between tagged
    types."""
    return next((n for n, f in fields.items() if any(t.tag is not None for t in _structs(f.type))), None)
