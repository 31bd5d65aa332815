"""Moderation: while it is on, what people write waits for a facilitator before anybody else sees it.

One rule for everything: a text that nobody has approved is on no page but its author's and the consoles, in
no vote and in no report. What is rewritten is such a text, so it waits again, and until it is approved
neither the old nor the new one is shown. Nothing is merged with an item that waits. On cards, which are
everybody's, the old one stays until then; see :mod:`edp_app.core.proposed`.
"""

from edp_app.core import proposed
from edp_app.core.commands import ApproveItem, ApproveItems, Context, HoldItems, SetModeration
from edp_app.core.events import Event, ItemApproved, ItemHeld, ModerationSet
from edp_app.core.item import Item
from edp_app.core.refusals import Refusal, refuse
from edp_app.core.registry import Decides, Evolves
from edp_app.core.state import State


def waiting(state: State, stage_id: str | None = None) -> list[Item]:
    """The items of one gather stage, or of all, that wait for a facilitator, in order of arrival."""
    return [item for item in state.items.values() if _waits(item) and stage_id in (None, item.stage)]


def _waits(item: Item) -> bool:
    return item.waiting and not item.hidden and not item.withdrawn


def set_moderation(state: State, command: SetModeration, ctx: Context) -> list[Event] | Refusal:
    """Turned off, whatever waits is approved if that was asked for; else it goes on waiting."""
    events: list[Event] = [] if state.moderated == command.on else [ModerationSet(on=command.on)]
    if command.approve and not command.on:
        events += [ItemApproved(item=item.id) for item in waiting(state)]
        events += proposed.approval(state)
    return events


def approve(state: State, command: ApproveItem, ctx: Context) -> list[Event] | Refusal:
    item = state.items.get(command.item)
    if item is None or item.withdrawn:
        return refuse("unknown_item")
    if item.hidden:
        return refuse("item_hidden")
    return [ItemApproved(item=item.id)] if item.waiting else []


def approve_all(state: State, command: ApproveItems, ctx: Context) -> list[Event] | Refusal:
    items = (state.items.get(item_id) for item_id in dict.fromkeys(command.items))
    return [ItemApproved(item=item.id) for item in items if item and _waits(item)]


def hold(state: State, command: HoldItems, ctx: Context) -> list[Event] | Refusal:
    """What stands under another item, or has others under it, is part of what they say together."""
    under = {item.into for item in state.items.values() if item.into and not item.withdrawn}
    found = (state.items.get(item_id) for item_id in dict.fromkeys(command.items))
    items = [item for item in found if item and not item.withdrawn]
    if not items:
        return refuse("unknown_item")
    free = [item for item in items if not item.into and item.id not in under]
    if not free:
        return refuse("item_merged")
    return [ItemHeld(item=item.id) for item in free if not item.waiting]


def on_set(state: State, event: ModerationSet, at: int, actor: str) -> None:
    state.moderated = event.on


def on_approved(state: State, event: ItemApproved, at: int, actor: str) -> None:
    if item := state.items.get(event.item):
        item.waiting = False


def on_held(state: State, event: ItemHeld, at: int, actor: str) -> None:
    if item := state.items.get(event.item):
        item.waiting = True


DECIDES: Decides = {
    SetModeration: set_moderation,
    ApproveItem: approve,
    ApproveItems: approve_all,
    HoldItems: hold,
    **proposed.DECIDES,
}
EVOLVES: Evolves = {
    ModerationSet: on_set,
    ItemApproved: on_approved,
    ItemHeld: on_held,
    **proposed.EVOLVES,
}
