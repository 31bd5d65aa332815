"""Where workshops come from (shipped formats, a form, a file), and what a stored one consists of."""

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import gevent
import msgspec
from sqlalchemy.orm import Session

from edp_app.config import resource_dir
from edp_app.core.definition import Definition, in_language
from edp_app.core.editing import asking_its_groups
from edp_app.core.formats import Checked, FormatError, Library, check_format
from edp_app.core.parts import Group, Words
from edp_app.log import store

_ONE_STAGE = '[[stages]]\nid = "a"\nkind = "show"\ntitle = "a"\nminutes = 1\n'


def definition_of(session: Session, workshop_id: str) -> Definition:
    """What a workshop consists of by now. Raises ``LookupError`` where there is no log of it."""
    definition = store.definition_of(session, workshop_id)
    if definition is None:
        raise LookupError(workshop_id)
    return definition


@cache
def library() -> Library:
    """The presets and groups that format files draw on."""
    return Library.in_folder(resource_dir("workshops") / "library")


class Shipped(NamedTuple):
    """A format that comes with the program."""

    definition: Definition
    name: Words

    def called(self, language: str) -> str:
        """What it is called in this language."""
        return in_language(self.name, language) or self.definition.title


@cache
def shipped() -> dict[str, Shipped]:
    """The formats that come with the program, by file name without its ending, the shortest workshop first.

    Raises ValueError, with the first sentence, if one of them is wrong.
    """
    found: dict[str, Shipped] = {}
    for path in (resource_dir("workshops") / "formats").glob("*.toml"):
        checked = check_format(path.read_bytes(), path.name, library())
        if checked.definition is None:
            raise ValueError(checked.errors[0].sentence())
        found[path.stem] = Shipped(checked.definition, checked.name)
    return dict(sorted(found.items(), key=lambda pair: (minutes(pair[1].definition), pair[0])))


FROM_NOTHING = "own"
"""What stands for no format: a workshop whose stages are chosen from the library, one by one."""


@cache
def offered() -> dict[str, Shipped]:
    """What a new workshop can start from: a first stage alone, which stands before all others so that it is
    seen; and the formats."""
    shortest = next(iter(shipped().values())).definition
    text = f'format = 1\ntitle = "a"\ngroups = "{next(iter(library().sets))}"\n[[stages]]\nuse = "who"\n'
    made = check_format(text, "own.toml", library()).definition
    if made is None:
        raise ValueError("the library has no stage to begin with")
    made = msgspec.structs.replace(made, groups=shortest.groups)
    return {FROM_NOTHING: Shipped(made, OWN_STAGES), **shipped()}


OWN_STAGES: Words = {
    "en": "Stages of your own, from the library",
    "es": "Etapas propias, de la biblioteca",
    "pt": "Etapas próprias, da biblioteca",
}


@cache
def example(speaks: str) -> str:
    """A short workshop as a format file to start from, with remarks in this language (one of
    :data:`edp_app.core.definition.LANGUAGES`)."""
    return (resource_dir("workshops") / "examples" / f"{speaks}.toml").read_text("utf-8")


def minutes(definition: Definition) -> int:
    """How long a workshop takes."""
    return sum(stage.minutes for stage in definition.stages)


@cache
def group_sets() -> dict[str, tuple[Group, ...]]:
    """The lists of groups that one can choose from: name to groups."""
    sets: dict[str, tuple[Group, ...]] = {}
    for name in library().sets:
        text = f'format = 1\ntitle = "a"\ngroups = "{name}"\n{_ONE_STAGE}'
        definition = check_format(text, "groups.toml", library()).definition
        if definition is None:
            raise ValueError(f"the groups “{name}” of the library cannot be used")
        sets[name] = tuple(definition.groups)
    return sets


def names_of(groups: tuple[Group, ...] | list[Group], language: str) -> str:
    """The names of groups in one language, as a list in words."""
    return " · ".join(in_language(group.name, language) for group in groups)


def read(source: str | bytes, name: str) -> Checked:
    """A definition from a format file, or what is wrong with it. Read in the thread pool; other greenlets run
    meanwhile."""
    checked: Checked = gevent.get_hub().threadpool.apply(check_format, (source, name, library()))
    return checked


def with_changes(definition: Definition, **changes: object) -> Definition:
    """The same workshop with other values; with other groups, without what was asked of those that are gone.
    Raises ``msgspec.ValidationError`` where one cannot be."""
    changed = asking_its_groups(msgspec.structs.replace(definition, **changes))
    return msgspec.convert(msgspec.to_builtins(changed), Definition)


def sentence(error: FormatError, translate: Callable[[str], str]) -> str:
    """What is wrong, without the file's name; the line is shown beside it."""
    return error.plain(translate)
