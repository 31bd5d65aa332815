"""Whose own view an event changes: these people are told theirs."""

from edp_app.core import events as happened
from edp_app.core.events import Recorded
from edp_app.core.item import Item
from edp_app.core.proposed import author_of
from edp_app.core.stages import kind_by_id
from edp_app.core.state import State, phone_of


def affected(state: State, recorded: Recorded) -> set[str] | None:
    """The people whose own view this event changes; None for everybody."""
    event = recorded.event
    match event:
        case happened.Joined() | happened.Described() | happened.Named() | happened.SeatTaken():
            return {phone_of(event.person)}
        case happened.PersonWaiting() | happened.PersonAdmitted():
            return {event.person}
        case happened.PersonTurnedAway() | happened.PersonPutBack():
            return {event.person}
        case happened.PhoneChanged():
            return {event.person}
        case happened.BadgeRemade():
            return {event.person} if event.person else set()
        case happened.BallotCast() | happened.Answered():
            return {phone_of(event.voter)}
        case happened.CardFilled():
            return {recorded.actor} & state.persons.keys()
        case happened.CardTextSettled() | happened.CardTextHeld():
            return {author_of(state, event.text)} & state.persons.keys()
        case happened.ItemAdded():
            return {event.author}
        case happened.ItemChanged() | happened.ItemWithdrawn() | happened.ItemTranslated():
            return _authors(state, {event.item})
        case happened.ItemHidden() | happened.ItemShown() | happened.ItemApproved() | happened.ItemHeld():
            return _authors(state, {event.item}) | _took_part(state)
        case happened.ItemUnmerged():
            return _authors(state, {event.item} | _beside(state, event)) | _took_part(state)
        case happened.ItemsMerged():
            return _authors(state, {event.into, *event.items}) | _took_part(state)
        case happened.StageOpened() | happened.StageReopened() | happened.StageCancelled():
            return None
    return set()


def _authors(state: State, items: set[str]) -> set[str]:
    """Who wrote these items, or others that stand under them."""
    found = set()
    for item in state.items.values():
        under: Item | None = item
        while under is not None and under.id not in items:
            under = state.items.get(under.into) if under.into else None
        if under is not None and not item.brought:
            found.add(item.author)
    return found


def _beside(state: State, event: happened.ItemUnmerged) -> set[str]:
    """Where an item goes by another name since: the items among which it is."""
    if not event.renames or (item := state.items.get(event.item)) is None:
        return set()
    return {one.id for one in state.items.values() if (one.stage, one.column) == (item.stage, item.column)}


def _took_part(state: State) -> set[str]:
    """Who has judged something in the open run, if it keeps what is one's own: what they have left may depend
    on what stands."""
    if (run := state.open_run()) is None:
        return set()
    kind = kind_by_id(run.kind)
    people = kind.took_part(state, run)
    anybody = next((state.persons[person] for person in people if person in state.persons), None)
    return {phone_of(person) for person in people} if anybody and kind.own(state, run, anybody) else set()
