"""Items as they are shown: merged ones under the one that stands for them, links followed."""

from edp_app.core.definition import GatherSettings, Words
from edp_app.core.registry import Json, settings_as
from edp_app.core.results.cells import group_labels_allowed
from edp_app.core.state import Item, State


def gather_settings(state: State, stage_id: str) -> GatherSettings:
    """The settings of the gather stage with this id. A definition that was checked always has it."""
    stage = state.definition.stage(stage_id)
    if stage is None:
        raise LookupError(stage_id)
    return settings_as(stage, GatherSettings)


def columns_of(state: State, stage_id: str) -> list[Json]:
    """The columns of a gather stage."""
    return [
        {"id": column.id, "name": column.name, "prompt": column.prompt}
        for column in gather_settings(state, stage_id).columns
    ]


def standing_items(state: State, stage_id: str) -> list[Item]:
    """The items of a gather stage that are to be seen and voted on, in order of arrival."""
    return [item for item in state.items_of(stage_id) if item.stands]


def board(state: State, stage_id: str) -> Json:
    """Everything that a gather stage holds, as everyone may see it."""
    labels = labelled_groups(state)
    under = merged_under(state)
    return {"items": {i.id: item_view(state, i, labels, under) for i in standing_items(state, stage_id)}}


def labelled_groups(state: State) -> frozenset[str]:
    """The groups whose name may stand beside an item: in a small group it would name the author."""
    order = [group.id for group in state.definition.groups]
    return group_labels_allowed(state.persons_by_group(), state.definition.privacy, order)


def merged_under(state: State) -> dict[str, list[Item]]:
    """For each item that stands, those that were merged into it, directly or through another."""
    under: dict[str, list[Item]] = {}
    for item in state.items.values():
        if item.into and not item.hidden and not item.withdrawn and (top := state.standing(item.id)):
            under.setdefault(top.id, []).append(item)
    return under


def item_view(state: State, item: Item, labels: frozenset[str], under: dict[str, list[Item]]) -> Json:
    """One item as everyone may see it; never with its author."""
    view: Json = {"id": item.id, "n": item.n, "run": item.run, "column": item.column, "title": item.called}
    if item.fields:
        view["fields"] = item.fields
    if item.sdgs:
        view["sdgs"] = item.sdgs
    if links := linked(state, item):
        view["links"] = links
    if merged := under.get(item.id):
        view["merged"] = [{"id": m.id, "title": m.title} for m in merged]
    if (group := state.group_of(item.author)) and group in labels:
        view["group"] = group
    return view


def linked(state: State, item: Item) -> list[str]:
    """The items that are this one's evidence, as they stand now."""
    standing = (state.standing(link) for link in item.links)
    return list(dict.fromkeys(found.id for found in standing if found))


def words_of_stage(state: State, stage_id: str) -> Words:
    """The title of a stage."""
    stage = state.definition.stage(stage_id)
    return stage.title if stage else {}
