"""The texts that simulated participants contribute to a demonstration or a rehearsal."""

import tomllib

import msgspec

from edp_app.core.definition import Definition, GatherSettings


class Contribution(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One item as somebody of ``group`` would write it. ``same_as`` and ``links`` name others by their
    ``id``, which means nothing outside the file."""

    id: str
    stage: str
    column: str
    group: str
    title: str
    language: str
    territory: str | None = None
    fields: dict[str, str] = {}
    sdgs: list[int] = []
    links: list[str] = []
    same_as: str | None = None


class _File(msgspec.Struct, forbid_unknown_fields=True):
    items: list[Contribution]


def read_contributions(source: str, definition: Definition) -> list[Contribution]:
    """The contributions of a file, in its order. Raises ValueError naming the first that the workshop would
    not take: an unknown stage, column, field, group or territory, a text too long, a link to something else
    than an item of the stage that may be linked to."""
    items = msgspec.convert(tomllib.loads(source), _File).items
    known = {item.id: item for item in items}
    if len(known) < len(items):
        raise ValueError("two contributions have the same id")
    for item in items:
        if problem := _problem(item, known, definition):
            raise ValueError(f"{item.id}: {problem}")
    return items


def _problem(item: Contribution, known: dict[str, Contribution], definition: Definition) -> str | None:
    stage = definition.stage(item.stage)
    if stage is None or not isinstance(stage.settings, GatherSettings):
        return f"no gather stage {item.stage}"
    gather = stage.settings
    lengths = {field.id: field.max_length for field in gather.fields}
    if item.column not in {column.id for column in gather.columns}:
        return f"no column {item.column}"
    if item.group not in {group.id for group in definition.groups}:
        return f"no group {item.group}"
    if item.territory is not None and item.territory not in {t.id for t in definition.territories}:
        return f"no territory {item.territory}"
    if len(item.title) > gather.max_length:
        return f"the title has {len(item.title)} characters"
    for field, text in item.fields.items():
        if len(text) > lengths.get(field, 0):
            return f"no field {field} that takes {len(text)} characters"
    if item.sdgs and not gather.sdgs:
        return "the stage asks for no SDGs"
    if any(link not in known or known[link].stage != gather.links_to for link in item.links):
        return "a link to something else than an item that may be linked to"
    if item.same_as is not None:
        same = known.get(item.same_as)
        if same is None or (same.stage, same.column) != (item.stage, item.column):
            return "the same as something that cannot be merged with it"
    return None
