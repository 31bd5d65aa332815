"""What facilitators do with items: hide, merge, tell apart, translate, and undo each. Nothing is lost by
any."""

from itertools import combinations

from edp_app.core.commands import (
    Context,
    HideItem,
    MergeItems,
    ShowItem,
    TellApart,
    TranslateItem,
    UnmergeItem,
)
from edp_app.core.events import (
    Event,
    ItemHidden,
    ItemShown,
    ItemsMerged,
    ItemsToldApart,
    ItemTranslated,
    ItemUnmerged,
)
from edp_app.core.item import Item, Naming
from edp_app.core.refusals import Refusal, refuse
from edp_app.core.registry import Decides, Evolves
from edp_app.core.state import State
from edp_app.core.text import clean

MERGED_TITLE_LENGTH = 300
TRANSLATION_LENGTH = 500
"""Of a line beside an item in characters: as long as the longest item that a workshop may take."""


def _present(state: State, item_id: str) -> Item | Refusal:
    item = state.items.get(item_id)
    return refuse("unknown_item") if item is None or item.withdrawn else item


def hide(state: State, command: HideItem, ctx: Context) -> list[Event] | Refusal:
    item = _present(state, command.item)
    if isinstance(item, Refusal):
        return item
    return [] if item.hidden else [ItemHidden(item=item.id)]


def show(state: State, command: ShowItem, ctx: Context) -> list[Event] | Refusal:
    item = _present(state, command.item)
    if isinstance(item, Refusal):
        return item
    return [ItemShown(item=item.id)] if item.hidden else []


def merge(state: State, command: MergeItems, ctx: Context) -> list[Event] | Refusal:
    """Items of one column of one stage only; what was merged before comes along."""
    into = _present(state, command.into)
    if isinstance(into, Refusal):
        return into
    if not into.stands:
        return refuse("cannot_merge")
    title = clean(command.title, MERGED_TITLE_LENGTH, required=False)
    if isinstance(title, Refusal):
        return title
    items: list[str] = []
    for item_id in dict.fromkeys(command.items):
        item = _present(state, item_id)
        if isinstance(item, Refusal):
            return item
        if item.id == into.id or (item.stage, item.column) != (into.stage, into.column) or not item.stands:
            return refuse("cannot_merge")
        items.append(item.id)
    return [ItemsMerged(into=into.id, items=items, title=title)]


def unmerge(state: State, command: UnmergeItem, ctx: Context) -> list[Event] | Refusal:
    item = _present(state, command.item)
    if isinstance(item, Refusal):
        return item
    into = state.items.get(item.into) if item.into else None
    if into is None:
        return []
    renames = bool(into.namings) and into.namings[-1].items == {item.id}
    return [ItemUnmerged(item=item.id, renames=renames)]


def tell_apart(state: State, command: TellApart, ctx: Context) -> list[Event] | Refusal:
    items = list(dict.fromkeys(command.items))
    for item_id in items:
        item = _present(state, item_id)
        if isinstance(item, Refusal):
            return item
    told = [two in state.apart for two in _each_two(items)]
    done = all(told) if command.apart else not any(told)
    return [] if done else [ItemsToldApart(items=items, apart=command.apart)]


def _each_two(items: list[str]) -> set[tuple[str, str]]:
    return set(combinations(sorted(items), 2))


def translate(state: State, command: TranslateItem, ctx: Context) -> list[Event] | Refusal:
    item = _present(state, command.item)
    if isinstance(item, Refusal):
        return item
    text = clean(command.text, TRANSLATION_LENGTH, required=False)
    if isinstance(text, Refusal):
        return text
    if item.translated.get(command.language, "") == text:
        return []
    return [ItemTranslated(item=item.id, language=command.language, text=text)]


def on_hidden(state: State, event: ItemHidden, at: int, actor: str) -> None:
    if item := state.items.get(event.item):
        item.hidden = True


def on_shown(state: State, event: ItemShown, at: int, actor: str) -> None:
    if item := state.items.get(event.item):
        item.hidden = False


def on_merged(state: State, event: ItemsMerged, at: int, actor: str) -> None:
    for item_id in event.items:
        if item := state.items.get(item_id):
            item.into = event.into
    if event.title and (into := state.items.get(event.into)):
        into.namings.append(Naming(set(event.items), into.name))
        into.name = event.title


def on_unmerged(state: State, event: ItemUnmerged, at: int, actor: str) -> None:
    item = state.items.get(event.item)
    if item is None or item.into is None:
        return
    into = state.items.get(item.into)
    item.into = None
    if into is None:
        return
    before = _forget_naming(into, item.id)
    if event.renames and before is not None:
        into.name = before
    if not state.merged_into(into.id):
        into.name = ""  # nothing stands under it any more: it is called by its own title again
        into.namings.clear()


def _forget_naming(into: Item, item: str) -> str | None:
    """Take an item out of the merge that put it there. The name from before that merge, if nothing is left
    of it and it is the one that named ``into``; if others named it since, the next one's ``before`` is that
    name."""
    for at, naming in enumerate(into.namings):
        if item in naming.items:
            naming.items.discard(item)
            if naming.items:
                return None
            del into.namings[at]
            if at == len(into.namings):
                return naming.before
            into.namings[at].before = naming.before
            return None
    return None


def on_told_apart(state: State, event: ItemsToldApart, at: int, actor: str) -> None:
    two = _each_two(event.items)
    state.apart = state.apart | two if event.apart else state.apart - two


def on_translated(state: State, event: ItemTranslated, at: int, actor: str) -> None:
    if item := state.items.get(event.item):
        key = (item.called, event.language)
        item.translations.pop(key, None)
        if event.text:
            item.translations[key] = event.text


DECIDES: Decides = {
    HideItem: hide,
    ShowItem: show,
    MergeItems: merge,
    UnmergeItem: unmerge,
    TellApart: tell_apart,
    TranslateItem: translate,
}
EVOLVES: Evolves = {
    ItemHidden: on_hidden,
    ItemShown: on_shown,
    ItemsMerged: on_merged,
    ItemUnmerged: on_unmerged,
    ItemsToldApart: on_told_apart,
    ItemTranslated: on_translated,
}
