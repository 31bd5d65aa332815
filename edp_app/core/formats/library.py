"""The library of stage presets and of groups, which format files draw on by name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path as FilePath

from edp_app.core.formats.messages import FormatError
from edp_app.core.formats.source import Place, Table, parse

GROUPS_FILE = "groups.toml"
CRITERIA_FILE = "criteria.toml"


@dataclass(frozen=True)
class Preset:
    """A stage with its settings and words, as a file of the library holds it."""

    name: str
    raw: Table
    place: Place


@dataclass(frozen=True)
class Library:
    """``groups``: the groups that are known by id; ``sets``: names for lists of them; ``more``: criteria that
    no preset has, and how their weight is asked."""

    presets: Mapping[str, Preset] = field(default_factory=dict)
    groups: Mapping[str, tuple[Table, Place]] = field(default_factory=dict)
    sets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    more: Table = field(default_factory=dict)

    @classmethod
    def of(cls, files: Mapping[str, str | bytes]) -> "Library":
        """A library of these files: name (``swot.toml``) to content. Raises ValueError, with the sentence,
        where one of them cannot be read; what a preset says is checked when a format uses it."""
        presets: dict[str, Preset] = {}
        groups: dict[str, tuple[Table, Place]] = {}
        sets: dict[str, tuple[str, ...]] = {}
        more: Table = {}
        for name, content in sorted(files.items()):
            parsed = parse(content, f"library/{name}")
            if isinstance(parsed, FormatError):
                raise ValueError(parsed.sentence())
            table, place = parsed
            if name == GROUPS_FILE:
                for n, group in enumerate(table["groups"]):
                    groups[group["id"]] = (group, place.at("groups").at(n))
                sets = {known: tuple(ids) for known, ids in table["sets"].items()}
            elif name == CRITERIA_FILE:
                more = table
            else:
                stem = name.removesuffix(".toml")
                presets[stem] = Preset(stem, table, place)
        for known, ids in sets.items():
            if missing := set(ids) - set(groups):
                raise ValueError(f"{GROUPS_FILE}: {known} names unknown groups: {', '.join(sorted(missing))}")
        return cls(presets, groups, sets, more)

    @classmethod
    def in_folder(cls, folder: FilePath) -> "Library":
        """The library in a folder of TOML files (``workshops/library``). Reads the disk."""
        return cls.of({path.name: path.read_bytes() for path in folder.glob("*.toml")})
