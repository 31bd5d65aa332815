"""What facilitators did last and can take back: kept while folding, offered with the commands that undo it.

Nothing is taken out of the log: an act is undone by commands like any other, and what they lead to is written
behind it. An act that was undone, or that something later rests on, is not offered any more.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import combinations

import msgspec

from edp_app.core import arranging, bringing, proposed
from edp_app.core.commands import (
    Command,
    CorrectGroup,
    CountHeads,
    HoldItems,
    MergeItems,
    PlanEnd,
    PlanStage,
    PutBack,
    ReopenWorkshop,
    SetModeration,
    ShowItem,
    StepBack,
    TellApart,
    TranslateItem,
    UnmergeItem,
)
from edp_app.core.events import (
    CardTextSettled,
    Described,
    EndPlanned,
    Event,
    HeadsCounted,
    ItemApproved,
    ItemBrought,
    ItemHidden,
    ItemsMerged,
    ItemsToldApart,
    ItemTranslated,
    ItemUnmerged,
    ModerationSet,
    PersonTurnedAway,
    Recorded,
    StageAdded,
    StageClosed,
    StageMoved,
    StageOpened,
    StagePlanned,
    StageRemoved,
    StageReopened,
    WorkshopEnded,
)
from edp_app.core.registry import Json
from edp_app.core.state import Act, Person, Planned, State, phone_of

REMEMBERED = 24
"""How many acts are kept in memory: more than are shown, since some of them may be overtaken."""

SHOWN = 6
"""How many acts are offered."""


def remember(state: State, recorded: Recorded) -> None:
    """Keep what is about to be folded, if it can be taken back; called before it changes ``state``."""
    event = recorded.event
    act = Act(recorded.seq, recorded.at, recorded.actor, str(event.__struct_config__.tag))
    match event:
        case ItemHidden():
            _keep(state, replace(act, items=(event.item,)))
        case ItemApproved():
            _remember_several(state, act, event.item)
        case ItemBrought() if state.now():  # else it is what the workshop was prepared with
            _remember_several(state, act, event.item)
        case CardTextSettled() if event.approved:
            _remember_several(state, replace(act, became=True), event.text)
        case CardTextSettled():
            _keep(state, replace(act, items=(event.text,), became=False))
        case ItemsMerged():
            _keep(state, replace(act, items=(event.into, *event.items)))
        case ItemUnmerged():
            _remember_unmerged(state, act, event)
        case StageClosed():
            _keep(state, replace(act, run=event.run))
        case StageOpened() | StageReopened():
            _forget_closing(state, event.closes)
            if isinstance(event, StageReopened) and event.closes is None:
                _forget_closing(state, event.run)  # it is taken back by this
            else:
                _keep(state, replace(act, run=event.run))
        case StagePlanned():
            if stage := state.definition.stage(event.stage):
                before = Planned(state.minutes_of(stage), state.is_skipped(stage.id))
                after = Planned(event.minutes, event.skipped)
                _keep(state, replace(act, stage=stage.id, before=before, after=after))
        case StageMoved() | StageAdded() | StageRemoved():
            _remember_arranged(state, act, event)
        case EndPlanned():
            ends = replace(act, end_before=state.ends_at, end_after=event.ends_at)
            _keep(state, replace(ends, start_before=state.starts_at, start_after=event.starts_at))
        case WorkshopEnded():
            _keep(state, act)
        case _:
            _remember_other(state, act, event)


def _remember_other(state: State, act: Act, event: Event) -> None:
    """What is no step of the workshop: of its texts, its people and its door."""
    match event:
        case ModerationSet():
            state.acts[:] = [one for one in state.acts if one.what != act.what]
            _keep(state, replace(act, became=event.on))
        case ItemsToldApart() if event.apart:
            _keep(state, replace(act, items=tuple(event.items)))
        case ItemTranslated():
            if item := state.items.get(event.item):
                of = replace(act, items=(item.id,), language=event.language, words=item.called)
                _keep_change(state, of, item.translated.get(event.language, ""), event.text)
        case Described() if act.actor != phone_of(event.person):
            if person := state.persons.get(event.person):
                _keep_change(state, replace(act, person=person.id), _place(person), _place(event))
        case PersonTurnedAway():
            _keep(state, replace(act, person=event.person))
        case HeadsCounted():
            _keep_change(state, act, state.heads, event.heads)


def _remember_arranged(state: State, act: Act, event: StageMoved | StageAdded | StageRemoved) -> None:
    """With the whole order before and after: what is taken back gives exactly that order again."""
    was, became = arranging.ids(state.definition), arranging.order_after(state, event)
    match event:
        case StageMoved():
            _keep_change(state, replace(act, stage=event.stage), was, became)
        case StageAdded():
            _keep(
                state, replace(act, stage=event.stage.id, was=was, became=became, weighs=tuple(event.weighs))
            )
        case StageRemoved():
            state.acts[:] = [one for one in state.acts if one.stage != event.stage]


def _place(said: Person | Described) -> Json:
    place = {"group": said.group, "territory": said.territory}
    return {name: one for name, one in place.items() if one} | {"funder": said.funder}


def _keep_change(state: State, act: Act, was: object, became: object) -> None:
    if was != became:
        _keep(state, replace(act, was=was, became=became))


def _remember_several(state: State, act: Act, item: str) -> None:
    """What one press approved, or brought in, is one act; approved, also together with turning approval
    off."""
    last = state.acts[-1] if state.acts else None
    if last is None or (last.at, last.actor) != (act.at, act.actor):
        _keep(state, replace(act, items=(item,)))
    elif last.what == act.what:
        state.acts.pop()
        _keep(state, replace(act, items=(*last.items, item)))
    elif last.what == "moderation_set" and act.what in ("item_approved", "card_text_settled"):
        state.acts[-1] = replace(last, items=(*last.items, item))
    else:
        _keep(state, replace(act, items=(item,)))


def _remember_unmerged(state: State, act: Act, event: ItemUnmerged) -> None:
    """A merge of which nothing is left was taken back, and is forgotten with all that was taken out of it."""
    item = state.items.get(event.item)
    into = state.items.get(item.into) if item and item.into else None
    if item is None or into is None:
        return
    merge = next((one for one in reversed(state.acts) if _merged(one, into.id, item.id)), None)
    if merge and not any(i != item.id and state.items[i].into == into.id for i in merge.items[1:]):
        gone = {(into.id, i) for i in merge.items[1:]}
        taken_out = [one for one in state.acts if one.what == act.what and one.items in gone]
        state.acts[:] = [one for one in state.acts if one is not merge and one not in taken_out]
        return
    _keep(state, replace(act, items=(into.id, item.id), words=into.name if event.renames else ""))


def _merged(act: Act, into: str, item: str) -> bool:
    return act.what == "items_merged" and act.items[0] == into and item in act.items[1:]


def _keep(state: State, act: Act) -> None:
    """The same done again stands in the place of the first time. What puts back what an earlier act changed
    is no act of its own: both are forgotten."""
    for earlier in reversed(state.acts):
        if _puts_back(act, earlier):
            state.acts.remove(earlier)
            return
        if act.what in _CHANGES and _subject(act) == _subject(earlier):
            break
    if act.what not in _CHANGES:
        state.acts[:] = [one for one in state.acts if _subject(one) != _subject(act)]
    state.acts.append(act)
    del state.acts[:-REMEMBERED]


def _subject(act: Act) -> tuple[object, ...]:
    return act.what, act.stage, act.run, act.items, act.person, act.language, act.words


_CHANGES = (
    "stage_planned",
    "stage_moved",
    "end_planned",
    "item_translated",
    "described",
    "heads_counted",
)
"""Acts that put something in the place of what stood there before."""


def _puts_back(act: Act, earlier: Act) -> bool:
    return (
        act.what in _CHANGES
        and _subject(act) == _subject(earlier)
        and (act.before, act.after) == (earlier.after, earlier.before)
        and (act.end_before, act.end_after) == (earlier.end_after, earlier.end_before)
        and (act.was, act.became) == (earlier.became, earlier.was)
        and (act.start_before, act.start_after) == (earlier.start_after, earlier.start_before)
    )


def _forget_closing(state: State, run: str | None) -> None:
    """A closing that an opening brought along goes with it; one that was taken back is gone."""
    state.acts[:] = [one for one in state.acts if one.what != "stage_closed" or one.run != run]


# ---- what undoes an act, as things stand


def _show(state: State, act: Act) -> list[Command]:
    item = state.items.get(act.items[0])
    return [ShowItem(item=item.id)] if item and item.hidden and not item.withdrawn else []


def _hold(state: State, act: Act) -> list[Command]:
    under = {item.into for item in state.items.values() if item.into and not item.withdrawn}
    found = [state.items[i] for i in act.items if i in state.items]
    free = [i.id for i in found if not (i.waiting or i.withdrawn or i.into or i.hidden or i.id in under)]
    return [HoldItems(items=free)] if free else []


def _unmerge(state: State, act: Act) -> list[Command]:
    into, *items = act.items
    found = [state.items[i] for i in items if i in state.items]
    return [UnmergeItem(item=item.id) for item in found if item.into == into and not item.withdrawn]


def _merge(state: State, act: Act) -> list[Command]:
    into, item = (state.items.get(i) for i in act.items)
    if not (into and item and into.stands and item.stands):
        return []
    return [MergeItems(into=into.id, items=[item.id], title=act.words)]


def _moderate(state: State, act: Act) -> list[Command]:
    if state.moderated != act.became:
        return []
    return [SetModeration(on=not act.became), *_hold(state, act), *proposed.held_again(state, act)]


def _tell_alike(state: State, act: Act) -> list[Command]:
    there = all(i in state.items and not state.items[i].withdrawn for i in act.items)
    told = set(combinations(sorted(act.items), 2)) <= state.apart
    return [TellApart(items=list(act.items), apart=False)] if there and told else []


def _translate(state: State, act: Act) -> list[Command]:
    item = state.items.get(act.items[0])
    if item is None or item.withdrawn or item.called != act.words:
        return []
    if item.translated.get(act.language, "") != act.became:
        return []
    return [
        msgspec.convert(
            {"type": "translate_item", "item": item.id, "language": act.language, "text": act.was},
            TranslateItem,
        )
    ]


def _place_as_before(state: State, act: Act) -> list[Command]:
    """A group cannot be taken away again, nor a side: only another one given."""
    person = state.persons.get(act.person)
    if person is None or _place(person) != act.became or "group" not in act.was:
        return []
    if "territory" in act.became and "territory" not in act.was:
        return []
    return [CorrectGroup(person=person.id, **act.was)]


def _put_back(state: State, act: Act) -> list[Command]:
    waits = state.definition.door == "admitted" and act.person in state.away
    return [PutBack(person=act.person)] if waits else []


def _heads_as_before(state: State, act: Act) -> list[Command]:
    return [CountHeads(heads=act.was)] if state.heads == act.became else []


def _step_back(state: State, act: Act) -> list[Command]:
    run = state.now()
    if run is None or run.id != act.run or run.revealed:
        return []
    if act.what == "stage_closed":
        return [StepBack(run=run.id, stood="closed")] if run.status == "closed" else []
    return [StepBack(run=run.id, stood="running")] if run.running else []


def _replan(state: State, act: Act) -> list[Command]:
    stage = state.definition.stage(act.stage)
    runs = state.runs_of(act.stage)
    if stage is None or act.before is None or act.after is None or (runs and not runs[-1].running):
        return []
    if act.after != Planned(state.minutes_of(stage), state.is_skipped(stage.id)):
        return []
    minutes = act.before.minutes if act.before.minutes != act.after.minutes else None
    skipped = act.before.skipped if act.before.skipped != act.after.skipped else None
    if runs and skipped:
        return []
    return [PlanStage(stage=stage.id, minutes=minutes, skipped=skipped)]


def _end_as_before(state: State, act: Act) -> list[Command]:
    if (state.ends_at, state.starts_at) != (act.end_after, act.start_after):
        return []
    return [PlanEnd(ends_at=act.end_before, starts_at=act.start_before)]


def _reopen(state: State, act: Act) -> list[Command]:
    return [ReopenWorkshop()] if state.ended else []


_UNDOES: Mapping[str, Callable[[State, Act], list[Command]]] = {
    "item_hidden": _show,
    "item_approved": _hold,
    "item_brought": bringing.taken_back,
    "card_text_settled": proposed.held_again,
    "items_merged": _unmerge,
    "item_unmerged": _merge,
    "moderation_set": _moderate,
    "items_told_apart": _tell_alike,
    "item_translated": _translate,
    "described": _place_as_before,
    "person_turned_away": _put_back,
    "heads_counted": _heads_as_before,
    "stage_closed": _step_back,
    "stage_opened": _step_back,
    "stage_reopened": _step_back,
    "stage_planned": _replan,
    "stage_moved": arranging.moved_back,
    "stage_added": arranging.taken_out,
    "end_planned": _end_as_before,
    "workshop_ended": _reopen,
}
_AFTER_THE_END = ("item_hidden", "workshop_ended")
"""What can still be taken back once the workshop has ended."""


def undoing(state: State, act: Act) -> list[Command]:
    """The commands that take an act back, in this order; none if it cannot be (any more)."""
    if state.ended and act.what not in _AFTER_THE_END:
        return []
    return _UNDOES[act.what](state, act)


def acts_view(state: State) -> list[Json]:
    """The latest acts that can be taken back, the newest first, each with what takes it back."""
    shown: list[Json] = []
    for act in reversed(state.acts):
        if (commands := undoing(state, act)) and len(shown) < SHOWN:
            shown.append(_act_view(act) | {"commands": [msgspec.to_builtins(one) for one in commands]})
    return shown


def _act_view(act: Act) -> Json:
    said: Json = {"seq": act.seq, "at": act.at, "what": act.what}
    if act.stage:
        said["stage"] = act.stage
    if act.run:
        said["run"] = act.run
    if act.items:
        said["items"] = list(act.items)
    for name in ("person", "language", "was", "became", "weighs"):
        if (value := getattr(act, name)) not in (None, "", ()):
            said[name] = value
    for name, planned in (("before", act.before), ("after", act.after)):
        if planned is not None:
            said[name] = {"minutes": planned.minutes, "skipped": planned.skipped}
    for name, end in (("end_before", act.end_before), ("end_after", act.end_after)):
        if end is not None:
            said[name] = end
    return said
