"""A stage of the library put into a workshop that there is already: read by the code that reads files."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

import msgspec
from msgspec import NODEFAULT

from edp_app.core.definition import (
    AskSettings,
    CriteriaMethod,
    Definition,
    GatherSettings,
    ShowSettings,
    Stage,
    VoteSettings,
)
from edp_app.core.formats.library import Library, Preset
from edp_app.core.formats.messages import FormatError
from edp_app.core.formats.reader import check_format, fields_of_kind, has_example
from edp_app.core.formats.source import Table
from edp_app.core.formats.votes import RULED
from edp_app.core.formats.wired import (
    can_be_voted_again,
    could_take,
    fewer_pass,
    is_second_round,
    lets_pass,
    that_take,
    wired,
)
from edp_app.core.formats.writer import tables_of, write_format, write_stage
from edp_app.core.parts import Column, Group, Question, Words
from edp_app.core.registry import Json

REFERENCES = ("of", "links_to", "second_of", "weights_from")
"""Settings of a stage that name an earlier one."""


class Offer(NamedTuple):
    """A stage of the library, and what it could refer to in a workshop. ``refers``: setting to the stages
    that it may name; ``needs``: which of these settings it must have; ``takes``: which stage each of them
    names unless another is chosen; ``step``: the one it belongs to. ``prompt``: what it asks, as people would
    read it; with another question go its own for the groups ``apart`` and, if it has one, its ``example``.
    ``vote``: see :func:`vote_of`; ``weighs``: the votes that would take their weights from it, with their
    second rounds."""

    preset: str
    kind: str
    title: Words
    minutes: int
    refers: dict[str, list[str]]
    needs: list[str]
    takes: dict[str, str]
    step: str
    prompt: Words
    apart: list[str]
    example: bool
    vote: Json | None
    weighs: list[str]


def added(
    definition: Definition, before: Sequence[Stage], own: Table, library: Library
) -> Stage | list[FormatError]:
    """The stage that a file would have with these settings (``use``, ``id``, …) behind the stages ``before``,
    or everything that is wrong with it. ``before`` must hold whatever these refer to."""
    text = write_format(msgspec.structs.replace(definition, stages=list(before)))
    checked = check_format(text + write_stage(own, definition.language), "", library)
    return checked.errors if checked.definition is None else checked.definition.stages[-1]


def offers(
    before: Sequence[Stage],
    library: Library,
    language: str,
    groups: Collection[str] = (),
    waiting: Sequence[Stage] = (),
) -> list[Offer]:
    """What can be put in behind these stages of a workshop with these groups, in the order of the names.
    ``waiting``: the stages that come after it then and were not opened."""
    tables = tables_of(before)
    presets = {name: preset.raw for name, preset in library.presets.items()}
    found = []
    for name, preset in sorted(library.presets.items()):
        raw = preset.raw
        refers, needs = _references(raw, tables)
        wires = wired(name, presets, tables)
        takes = {} if isinstance(wires, str) else {key: wires[key] for key in REFERENCES if key in wires}
        offer = Offer(
            name,
            kind=str(raw.get("kind", "")),
            title=title_of(preset, language),
            minutes=int(raw.get("minutes", 1)),
            refers=refers,
            needs=needs,
            takes={key: refers[key][-1] for key in needs if refers[key]} | takes,
            step=str(raw.get("step", "")),
            prompt=_prompt_of(raw, language),
            apart=[group for group in raw.get("prompt_for", {}) if group in groups],
            example=has_example(raw),
            vote=vote_of(raw),
            weighs=_taking(raw, waiting),
        )
        found.append(offer)
    return found


def fewer_then(preset: Preset, of: Stage | None) -> Table:
    """What else a stage of the library has where it is about this one: see
    :func:`~edp_app.core.formats.wired.fewer_pass`."""
    if of is None or preset.raw.get("kind") != "vote" or is_second_round(preset.raw):
        return {}
    (earlier,) = tables_of([of])
    return fewer_pass(preset.raw, earlier) if lets_pass(earlier) else {}


def weighed_by(asking: Stage, waiting: Sequence[Stage]) -> list[str]:
    """Those of the stages that wait after it which take their weights from this one, where the room agrees on
    them, once it is there; and the second rounds of these, which weigh as the first round does."""
    (asked,) = tables_of([asking])
    return _taking(asked, waiting)


def _taking(asked: Table, waiting: Sequence[Stage]) -> list[str]:
    first = that_take(asked, tables_of(waiting))
    return [one.id for one in waiting if one.id in first or getattr(one.settings, "second_of", None) in first]


def title_of(preset: Preset, language: str) -> Words:
    """What a stage of the library is called; ``language``: the one of a text that names none."""
    title = preset.raw.get("title", preset.name)
    return dict(title) if isinstance(title, dict) else {language: str(title)}


def _prompt_of(raw: Table, language: str) -> Words:
    """What a stage of the library asks, with its year."""
    prompt = raw.get("prompt", {})
    words = dict(prompt) if isinstance(prompt, dict) else {language: str(prompt)}
    return Stage("a", {}, 1, ShowSettings(), year=raw.get("year")).asking(words)


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


def _references(raw: Table, before: Sequence[Table]) -> tuple[dict[str, list[str]], list[str]]:
    gathered = [one["id"] for one in before if one["kind"] == "gather"]
    about = [one["id"] for one in before if one["kind"] == "gather" or lets_pass(one)]
    kind = raw.get("kind")
    if kind == "gather":
        return {"links_to": about}, []
    if kind == "sort":
        return {"of": gathered}, ["of"]
    if kind == "card" or (kind == "vote" and raw.get("method") != "criteria"):
        return {"of": about}, ["of"]
    if kind != "vote":
        return {}, []
    if is_second_round(raw):
        return {"second_of": [one["id"] for one in before if can_be_voted_again(one)]}, ["second_of"]
    return {"of": about, "weights_from": [one["id"] for one in before if could_take(raw, one)]}, ["of"]


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
