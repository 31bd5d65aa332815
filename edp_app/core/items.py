"""Items as they are shown: merged ones under the one that stands for them, links followed."""

from edp_app.core.definition import GatherSettings
from edp_app.core.item import Item
from edp_app.core.parts import Statement, Words
from edp_app.core.registry import Json, settings_as
from edp_app.core.state import State
from edp_app.core.whose import labels_of


def gather_settings(state: State, stage_id: str) -> GatherSettings:
    """The settings of the gather stage with this id. A definition that was checked always has it."""
    stage = state.definition.stage(stage_id)
    if stage is None:
        raise LookupError(stage_id)
    return settings_as(stage, GatherSettings)


def items_stage(state: State, stage_id: str) -> str | None:
    """The gather stage whose items a stage is about, if it is about any: it may name a vote on them."""
    stage = state.definition.stage(stage_id)
    of: str | None = getattr(stage.settings, "of", None) if stage else None
    return state.definition.gathered_in(of) if of else None


def columns_of(state: State, stage_id: str) -> list[Json]:
    """The columns of a gather stage."""
    settings, stage = gather_settings(state, stage_id), state.definition.stage(stage_id)
    return [
        {"id": column.id, "name": column.name, "prompt": stage.asking(column.prompt) if stage else {}}
        for column in settings.columns
    ]


def standing_items(state: State, stage_id: str) -> list[Item]:
    """The items of a gather stage that are to be seen and voted on, in order of arrival."""
    return [item for item in state.items_of(stage_id) if item.stands]


def due(state: State) -> list[tuple[str, Statement]]:
    """The statements that the workshop was prepared with and that are no items yet, each with its stage."""
    there = {item.stage for item in state.items.values() if item.brought}
    return [
        (stage.id, statement)
        for stage in state.definition.stages
        if isinstance(stage.settings, GatherSettings) and stage.id not in there
        for statement in stage.settings.statements
    ]


def has_items(state: State, stage_id: str) -> bool:
    """Whether anything of a gather stage can be voted on, once a stage is opened."""
    return bool(standing_items(state, stage_id)) or any(stage == stage_id for stage, _ in due(state))


def board(state: State, stage_id: str) -> Json:
    """Everything that a gather stage holds, as everyone may see it."""
    under = merged_under(state)
    return {"items": {i.id: item_view(state, i, under) for i in standing_items(state, stage_id)}}


def brought_board(state: State, stage_id: str) -> Json:
    """What was brought into a gather stage, as everyone may see it while what people write there is hidden:
    nothing that a merge put beside it tells of that."""
    seen = [item for item in state.items_of(stage_id) if item.brought and state.is_seen(item.id)]
    tops = {item.id: top.id for item in seen if item.into and (top := state.top(item.id)) and top.brought}
    mixed = {top.id for i in state.items.values() if i.into and not i.brought and (top := state.top(i.id))}
    shown: Json = {}
    for item in seen:
        if item.id in tops:
            continue
        title = item.title if item.id in mixed or item.into else item.called
        view: Json = {"id": item.id, "n": item.n, "column": item.column, "title": title, **_origin(item)}
        if translations := item.translated_from(title):
            view["translations"] = translations
        if merged := [_original(state, one) for one in seen if tops.get(one.id) == item.id]:
            view["merged"] = merged
        shown[item.id] = view
    return {"items": shown}


def merged_under(state: State) -> dict[str, list[Item]]:
    """For each item that others stand under, hidden itself or not, those that were merged into it, directly
    or through another."""
    under: dict[str, list[Item]] = {}
    for item in state.items.values():
        if item.into and not item.hidden and not item.withdrawn and (top := state.top(item.id)):
            under.setdefault(top.id, []).append(item)
    return under


def item_view(state: State, item: Item, under: dict[str, list[Item]]) -> Json:
    """One item as everyone may see it; never with its author."""
    view: Json = {"id": item.id, "n": item.n, "column": item.column, "title": item.called}
    view |= _origin(item)
    if item.fields:
        view["fields"] = item.fields
    if item.sdgs:
        view["sdgs"] = item.sdgs
    if links := linked(state, item):
        view["links"] = links
    if translations := item.translated:
        view["translations"] = translations
    if merged := under.get(item.id):
        view["merged"] = [_original(state, m) for m in merged]
    return view | labels_of(state, item)


def _origin(item: Item, *, run: bool = True) -> Json:
    """In which ``run`` it was written; of what was brought in, that it was, and where it comes from."""
    if not item.brought:
        return {"run": item.run} if run else {}
    return {"brought": True, "source": item.source} if item.source else {"brought": True}


def _original(state: State, item: Item) -> Json:
    """An item that was merged into another: what its author wrote, the lines beside that, and its group where
    that may be told, so that two groups that said the same stay two."""
    view: Json = {"id": item.id, "title": item.title, **_origin(item, run=False)}
    if translations := item.translated_from(item.title):
        view["translations"] = translations
    return view | labels_of(state, item)


def linked(state: State, item: Item) -> list[str]:
    """The items that are this one's evidence, as they stand now."""
    standing = (state.standing(link) for link in item.links)
    return list(dict.fromkeys(found.id for found in standing if found))


def words_of_stage(state: State, stage_id: str) -> Words:
    """The title of a stage."""
    stage = state.definition.stage(stage_id)
    return stage.title if stage else {}
