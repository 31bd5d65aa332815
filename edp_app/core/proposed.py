"""What people wrote on cards and a facilitator has not approved: nobody else sees it until then.

A card is everybody's, so what stands on it stays until another text was approved in its place. Each person
has one text for a line that waits; written anew, the newer one waits instead, and one that says what stands
there anyway takes it back.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from edp_app.core.commands import ApproveTexts, Command, Context, HoldTexts, RefuseText
from edp_app.core.definition import CardSettings
from edp_app.core.events import CardFilled, CardTextHeld, CardTextSettled, Event
from edp_app.core.refusals import Refusal, refuse
from edp_app.core.registry import Decides, Evolves, Json
from edp_app.core.state import Act, Run, State

Said = tuple[str, int]
"""What stands in a line, and its revision."""


@dataclass(slots=True)
class Proposed:
    """A text for a line of a card. ``revision`` counts for its author's phone alone. Approved, it stands with
    the revision ``stood``, in the place of what it ``replaced``."""

    id: str
    item: str
    field: str
    author: str
    value: str
    revision: int
    state: Literal["waiting", "approved", "refused"] = "waiting"
    replaced: Said = ("", 0)
    stood: int = 0


def latest_cards(state: State) -> list[Run]:
    """The run of each stage of cards in which its texts stand now: the latest, in the agenda's order."""
    stages = [stage for stage in state.definition.stages if isinstance(stage.settings, CardSettings)]
    return [runs[-1] for stage in stages if (runs := state.runs_of(stage.id))]


def waiting_texts(state: State, runs: Iterable[Run] | None = None) -> Iterator[tuple[Run, Proposed]]:
    """What waits for a facilitator, on the cards of items that are there, in order of arrival in each run."""
    for run in latest_cards(state) if runs is None else runs:
        for one in run.data.proposed.values():
            item = state.items.get(one.item)
            if one.state == "waiting" and item and not item.withdrawn and not state.is_hidden(item):
                yield run, one


def own_waiting(run: Run, author: str, item: str, field: str) -> Proposed | None:
    """Somebody's text for this line that waits."""
    return next((one for one in _own(run, author, item, field) if one.state == "waiting"), None)


def _own(run: Run, author: str, item: str, field: str) -> list[Proposed]:
    proposed: Iterable[Proposed] = run.data.proposed.values()
    return [one for one in proposed if (one.author, one.item, one.field) == (author, item, field)]


def propose(state: State, run: Run, event: CardFilled, author: str) -> None:
    """Keep a text that waits, in the place of its author's last one for this line."""
    proposed: dict[str, Proposed] = run.data.proposed
    for one in _own(run, author, event.item, event.field):
        if one.state != "approved":
            del proposed[one.id]
    if event.value != _stands(run, event.item, event.field)[0]:
        one = Proposed(f"t{state.seq}", event.item, event.field, author, event.value, event.revision)
        proposed[one.id] = one


def taken_along(run: Run | None) -> dict[str, Proposed]:
    """What a run that begins now takes over of the one before."""
    return {one.id: replace(one) for one in run.data.proposed.values()} if run else {}


def own_texts(run: Run, person: str) -> Json:
    """By item and field, what this person wrote and others do not see, and where that stands."""
    texts: Json = {}
    for one in run.data.proposed.values():
        if one.author == person and one.state != "approved":
            said = {"value": one.value, "revision": one.revision, "state": one.state}
            texts.setdefault(one.item, {})[one.field] = said
    return texts


def texts_view(state: State) -> Json:
    """For consoles: what waits, by its id; ``stands``: what it would be put in the place of."""
    return {
        one.id: {
            "id": one.id,
            "run": run.id,
            "stage": run.stage.id,
            "item": one.item,
            "field": one.field,
            "value": one.value,
            "stands": _stands(run, one.item, one.field)[0],
        }
        for run, one in waiting_texts(state)
    }


def _stands(run: Run, item: str, field: str) -> Said:
    said: Said = run.data.texts.get(item, {}).get(field, ("", 0))
    return said


def _found(state: State, text: str) -> tuple[Run, Proposed] | None:
    return next(
        ((run, run.data.proposed[text]) for run in latest_cards(state) if text in run.data.proposed), None
    )


def author_of(state: State, text: str) -> str:
    """Who wrote a text; "" for one that nobody knows any more."""
    found = _found(state, text)
    return found[1].author if found else ""


def approval(state: State) -> list[Event]:
    """What approves everything that waits."""
    return [CardTextSettled(run=run.id, text=one.id, approved=True) for run, one in waiting_texts(state)]


def approve(state: State, command: ApproveTexts, ctx: Context) -> list[Event] | Refusal:
    found = [_found(state, text) for text in dict.fromkeys(command.texts)]
    known = [one for one in found if one]
    if not known:
        return refuse("unknown_item")  # its author has written another one meanwhile
    return [
        CardTextSettled(run=run.id, text=one.id, approved=True)
        for run, one in known
        if one.state == "waiting"
    ]


def turn_down(state: State, command: RefuseText, ctx: Context) -> list[Event] | Refusal:
    if (found := _found(state, command.text)) is None:
        return refuse("unknown_item")
    run, one = found
    return [CardTextSettled(run=run.id, text=one.id, approved=False)] if one.state == "waiting" else []


def hold(state: State, command: HoldTexts, ctx: Context) -> list[Event] | Refusal:
    """Only what stands there as it was approved: whatever was written over it since stays."""
    found = [_found(state, text) for text in dict.fromkeys(command.texts)]
    known = [one for one in found if one]
    free = [(run, one) for run, one in known if _can_wait(run, one)]
    if not free and any(one.state != "waiting" for _, one in known):
        return refuse("outdated")
    return [CardTextHeld(run=run.id, text=one.id) for run, one in free] if known else refuse("unknown_item")


def _can_wait(run: Run, one: Proposed) -> bool:
    if own_waiting(run, one.author, one.item, one.field) or one.state == "waiting":
        return False
    return one.state == "refused" or _stands(run, one.item, one.field) == (one.value, one.stood)


def on_settled(state: State, event: CardTextSettled, at: int, actor: str) -> None:
    run = state.runs[event.run]
    if one := run.data.proposed.get(event.text):
        one.state = "approved" if event.approved else "refused"
        if event.approved:
            one.replaced = _stands(run, one.item, one.field)
            one.stood = max(one.replaced[1] + 1, one.revision)
            run.data.texts.setdefault(one.item, {})[one.field] = (one.value, one.stood)


def on_held(state: State, event: CardTextHeld, at: int, actor: str) -> None:
    run = state.runs[event.run]
    if one := run.data.proposed.get(event.text):
        if one.state == "approved":
            one.revision = one.stood + 1
            run.data.texts.setdefault(one.item, {})[one.field] = (one.replaced[0], one.revision)
        one.state = "waiting"


def held_again(state: State, act: Act) -> list[Command]:
    """What takes it back that these were approved, or turned down."""
    found = [(text, _found(state, text)) for text in act.items]
    texts = [text for text, one in found if one and _can_wait(*one)]
    return [HoldTexts(texts=texts)] if texts else []


DECIDES: Decides = {ApproveTexts: approve, RefuseText: turn_down, HoldTexts: hold}
EVOLVES: Evolves = {CardTextSettled: on_settled, CardTextHeld: on_held}
