"""What facilitators do with items: hide, merge, and undo both. Nothing is lost by either."""

from edp_app.core.commands import Context, HideItem, MergeItems, ShowItem, UnmergeItem
from edp_app.core.events import Event, ItemHidden, ItemShown, ItemsMerged, ItemUnmerged
from edp_app.core.refusals import Refusal, refuse
from edp_app.core.registry import Decides, Evolves
from edp_app.core.state import Item, State
from edp_app.core.text import clean

MERGED_TITLE_LENGTH = 300


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
    return [ItemUnmerged(item=item.id)] if item.into else []


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
        into.name = event.title


def on_unmerged(state: State, event: ItemUnmerged, at: int, actor: str) -> None:
    item = state.items.get(event.item)
    if item is None or item.into is None:
        return
    into = state.items.get(item.into)
    item.into = None
    if into and not state.merged_into(into.id):
        into.name = ""  # nothing stands under it any more: it is called by its own title again


DECIDES: Decides = {HideItem: hide, ShowItem: show, MergeItems: merge, UnmergeItem: unmerge}
EVOLVES: Evolves = {
    ItemHidden: on_hidden,
    ItemShown: on_shown,
    ItemsMerged: on_merged,
    ItemUnmerged: on_unmerged,
}
