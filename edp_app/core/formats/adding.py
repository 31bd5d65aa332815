"""A stage of the library put into a workshop that there is already: read by the code that reads files."""

from collections.abc import Sequence
from typing import NamedTuple

import msgspec
from msgspec import NODEFAULT

from edp_app.core.definition import (
    AskSettings,
    Column,
    CriteriaMethod,
    Definition,
    GatherSettings,
    Group,
    Question,
    Stage,
    VoteSettings,
    Words,
)
from edp_app.core.formats.library import Library, Preset
from edp_app.core.formats.messages import FormatError
from edp_app.core.formats.reader import check_format, fields_of_kind
from edp_app.core.formats.source import Table
from edp_app.core.formats.votes import RULED
from edp_app.core.formats.writer import write_format, write_stage
from edp_app.core.registry import Json

REFERENCES = ("of", "links_to", "second_of", "weights_from")
"""Settings of a stage that name an earlier one."""


class Offer(NamedTuple):
    """A stage of the library, and what it could refer to in a workshop. ``refers``: setting to the stages
    that it may name; ``needs``: which of these settings it must have; ``step``: the one it belongs to;
    ``vote``: see :func:`vote_of`."""

    preset: str
    kind: str
    title: Words
    minutes: int
    refers: dict[str, list[str]]
    needs: list[str]
    step: str
    vote: Json | None


def added(
    definition: Definition, before: Sequence[Stage], own: Table, library: Library
) -> Stage | list[FormatError]:
    """The stage that a file would have with these settings (``use``, ``id``, …) behind the stages ``before``,
    or everything that is wrong with it. ``before`` must hold whatever these refer to."""
    text = write_format(msgspec.structs.replace(definition, stages=list(before)))
    checked = check_format(text + write_stage(own, definition.language), "", library)
    return checked.errors if checked.definition is None else checked.definition.stages[-1]


def offers(before: Sequence[Stage], library: Library, language: str) -> list[Offer]:
    """What can be put in behind these stages, in the order of the names."""
    found = []
    for name, preset in sorted(library.presets.items()):
        refers, needs = _references(preset.raw, before)
        kind, minutes = str(preset.raw.get("kind", "")), int(preset.raw.get("minutes", 1))
        step = str(preset.raw.get("step", ""))
        title, vote = title_of(preset, language), vote_of(preset.raw)
        found.append(Offer(name, kind, title, minutes, refers, needs, step, vote))
    return found


def title_of(preset: Preset, language: str) -> Words:
    """What a stage of the library is called; ``language``: the one of a text that names none."""
    title = preset.raw.get("title", preset.name)
    return dict(title) if isinstance(title, dict) else {language: str(title)}


def vote_of(raw: Table) -> Json | None:
    """How people vote in a stage with these settings: its ``method``, with what it takes for granted, and by
    which ``rule`` how many pass (``passes``), where something can. A second round has its criteria from the
    first, and names none. None of what is no vote."""
    if raw.get("kind") != "vote":
        return None
    own, name, methods = fields_of_kind("vote")
    tag = str(raw.get(name or "", next(iter(methods))))
    settings = {key: raw.get(key, one.default) for key, one in methods.get(tag, {}).items()}
    known = {key: value for key, value in settings.items() if value is not None and value is not NODEFAULT}
    deciding = {key: raw.get(key, own[key].default) for key in ("rule", "passes")}
    return {"method": {"type": tag, **known}, **(deciding if tag in RULED else {})}


def _references(raw: Table, before: Sequence[Stage]) -> tuple[dict[str, list[str]], list[str]]:
    gathered = [one.id for one in before if isinstance(one.settings, GatherSettings)]
    about = [one.id for one in before if _has_items(one)]
    kind = raw.get("kind")
    if kind == "gather":
        return {"links_to": about}, []
    if kind == "sort":
        return {"of": gathered}, ["of"]
    if kind == "card" or (kind == "vote" and raw.get("method") != "criteria"):
        return {"of": about}, ["of"]
    if kind != "vote":
        return {}, []
    if "criteria" not in raw:  # a second round asks what the first one asked
        return {"second_of": [one.id for one in before if _is_by_criteria(one)]}, ["second_of"]
    wanted = {one.get("id") for one in raw["criteria"] if not one.get("beside", False)}
    asked = [one.id for one in before if wanted <= _scales(one)]
    return {"of": about, "weights_from": asked}, ["of"]


def _has_items(stage: Stage) -> bool:
    """Whether another stage can be about its items: those that stand there, or those that pass."""
    if isinstance(stage.settings, VoteSettings):
        return stage.settings.passes > 0 and stage.settings.method.__struct_config__.tag in RULED
    return isinstance(stage.settings, GatherSettings)


def _is_by_criteria(stage: Stage) -> bool:
    return isinstance(stage.settings, VoteSettings) and isinstance(stage.settings.method, CriteriaMethod)


def _scales(stage: Stage) -> set[str]:
    if not isinstance(stage.settings, AskSettings):
        return set()
    return {question.id for question in stage.settings.questions if question.type == "scale"}


# ---- a stage by itself

_A = {"en": "a"}


def stage_could_be_read(stage: Stage) -> bool:
    """Whether a file could have held this stage, behind such as it refers to."""
    stages = [*_referred(stage), stage]
    groups = [Group(one, _A) for one in stage.prompt_for] or [Group("a", _A)]
    groups += [Group("another_group", _A)] * (len(groups) < 2)
    definition = Definition(title="a", groups=groups, stages=stages, language="en")
    checked = check_format(write_format(definition), "", Library())
    return checked.definition == definition


def _referred(stage: Stage) -> list[Stage]:
    """Stages that it could refer to: the least of each."""
    settings = stage.settings
    gathered = {one for one in (getattr(settings, "of", None), getattr(settings, "links_to", None)) if one}
    found = [Stage(one, _A, 1, GatherSettings([Column("a", _A)])) for one in sorted(gathered)]
    if not isinstance(settings, VoteSettings):
        return found
    method = settings.method
    if isinstance(method, CriteriaMethod) and method.weights_from:
        asked = [Question(one.id, _A) for one in method.criteria if not one.beside] or [Question("a", _A)]
        found.append(Stage(method.weights_from, _A, 1, AskSettings(asked)))
    if settings.second_of:
        first = msgspec.structs.replace(settings, second_of=None)
        found.append(Stage(settings.second_of, _A, 1, first))
    return found
