"""Erasing what somebody wrote: which events hold the words, and what is left of each.

What is left folds to the same workshop: who wrote in which run and column, when, with which links, and how
everybody judged it. Only the words are gone, and :data:`ERASED` stands in their place, so that no running
number moves and no figure changes.
"""

from collections.abc import Iterable

import msgspec

from edp_app.core.definition import in_language
from edp_app.core.events import (
    Answered,
    BallotCast,
    CardFilled,
    Event,
    ItemAdded,
    ItemBrought,
    ItemChanged,
    ItemsMerged,
    ItemTranslated,
    Named,
    Recorded,
)
from edp_app.core.parts import Words

ERASED: Words = {"en": "(erased)", "es": "(borrado)", "pt": "(apagado)"}
"""What stands for words that were erased, in the workshop's language."""

GONE = frozenset(kind.__struct_config__.tag for kind in (BallotCast, Answered))
"""The kinds of event of which nothing may be left."""


def holding(
    log: Iterable[Recorded], *, item: str | None = None, person: str | None = None, ballots: bool = False
) -> list[int]:
    """The positions of the events that hold words of an item, or of everything that a person wrote.

    Of an item: as it was added and changed, the titles it was given when others were merged into it, and what
    stands beside it in other languages, and what its cards say. Of a
    person: the same for all their items, their open answers, their reasons, what they wrote on cards, and
    that they gave a name.
    ``ballots``: also the votes on the item, or the person's votes and answers on scales. What is erased
    already is left out.
    """
    items = set() if item is None else {item}
    found = []
    for recorded in log:
        event = recorded.event
        if isinstance(event, CardFilled):
            meant = event.item == item if person is None else recorded.actor == person
            if meant and event.value and not event.erased:
                found.append(recorded.seq)
            continue
        if isinstance(event, ItemAdded) and person is not None and event.author == person:
            items.add(event.item)
        # A vote whose reason was erased is still there, and may be erased itself.
        whole = ballots and isinstance(event, BallotCast)
        if (whole or not getattr(event, "erased", 0)) and _holds(event, items, person, ballots):
            found.append(recorded.seq)
    return found


def _holds(event: Event, items: set[str], person: str | None, ballots: bool) -> bool:
    match event:
        case ItemAdded() | ItemBrought() | ItemChanged():
            return event.item in items
        case ItemsMerged():
            return event.into in items and bool(event.title)
        case ItemTranslated():
            return event.item in items and bool(event.text)
        case Answered():
            return event.voter == person and (isinstance(event.value, str) or _given(event, ballots))
        case Named():
            return event.person == person and event.given
        case BallotCast():
            mine = event.voter == person
            return (mine and bool(event.reason)) or (ballots and (mine or event.item in items))
    return False


def _given(event: Answered, ballots: bool) -> bool:
    return ballots and event.value is not None


def left_of(event: Event, language: str, *, ballots: bool = False) -> Event | None:
    """What is left of an event when its words are erased; None for a vote, of which nothing is left, except
    that one with a reason loses that alone unless ``ballots`` are erased, too.

    ``language``: that of the workshop. Raises ``ValueError`` for a kind of event that holds no words.
    """
    words = in_language(ERASED, language)
    match event:
        case ItemAdded() | ItemChanged():
            return msgspec.structs.replace(event, title=words, fields={}, erased=event.version)
        case ItemBrought():
            left = msgspec.structs.replace(event, title=words, source="", translations={})
            return msgspec.structs.replace(left, erased=event.version)
        case ItemsMerged():
            title = words if event.title else ""
            return msgspec.structs.replace(event, title=title, erased=event.version)
        case ItemTranslated():
            return msgspec.structs.replace(event, text="", erased=event.version)
        case Answered(value=str()) | CardFilled():
            return msgspec.structs.replace(event, value=words, erased=event.version)
        case Named():
            return msgspec.structs.replace(event, given=False, erased=event.version)
        case BallotCast() if (event.reason or event.erased) and not ballots:
            return msgspec.structs.replace(event, reason="", signed=False, erased=event.version)
        case Answered() | BallotCast():
            return None
    raise ValueError("this kind of event holds no words and cannot be erased")


def is_left(event: Event) -> bool:
    """Whether this is what an erasing leaves: nothing that anybody has written."""
    if not getattr(event, "erased", 0):
        return False
    return any(left_of(event, language) == event for language in ERASED)
