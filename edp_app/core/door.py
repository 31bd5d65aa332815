"""The door: who comes in, in each of the three ways, and who does not (yet).

Whoever waits or was turned away is not among ``State.persons``, and nobody else contributes or is counted:
that they count nowhere needs no further rule.
"""

import hashlib

from edp_app.core.commands import (
    Admit,
    AdmitAll,
    Context,
    CountHeads,
    Join,
    MakeBadges,
    NewBadge,
    PutBack,
    RemakeBadge,
    SetDoor,
    TurnAway,
    VoidBadges,
)
from edp_app.core.events import (
    BadgeHandedOn,
    BadgeMade,
    BadgeRemade,
    BadgeVoided,
    Described,
    DoorSet,
    Event,
    HeadsCounted,
    Joined,
    Named,
    PersonAdmitted,
    PersonPutBack,
    PersonTurnedAway,
    PersonWaiting,
    PhoneChanged,
)
from edp_app.core.people import check_place, names_of
from edp_app.core.refusals import Refusal, refuse
from edp_app.core.registry import Decides, Decision, Evolves
from edp_app.core.state import Badge, Person, State

MOST_PEOPLE = 5000
"""In the room, at the door and turned away together."""

MOST_BADGES = 2000

REPLACED = "-old"
"""Ends the id of a phone by which somebody took part before they went on with another one."""


def badge_digest(secret: str) -> str:
    """What is stored of a badge's secret: its SHA-256 in hex. 80 random bits cannot be found from it."""
    return hashlib.sha256(f"edp badge:{secret}".encode()).hexdigest()


def whose(state: State, phone: str) -> str:
    """The person whom the phone with this id is. One that was replaced is a stranger from then on."""
    while (person := state.phones.get(phone, phone)) == "":
        phone += REPLACED
    return person


def join(state: State, command: Join, ctx: Context) -> Decision:
    """Whoever is in stays in, also when the door is closed: joining again changes nothing. Whoever was turned
    away does not come back to the door by themselves."""
    if ctx.actor in state.persons:
        return []
    if state.ended:
        return refuse("workshop_ended")
    way = state.definition.door
    if way == "badges" and (badge := _badge_of(state, command)) and badge.handed_on:
        return [PhoneChanged(person=badge.person, phone=ctx.actor)]  # they are in, also by a closed door
    if way == "admitted" and state.somebody(ctx.actor):
        return []
    if not state.door:
        return refuse("door_closed")
    if len(state.persons) + len(state.waiting) + len(state.away) >= MOST_PEOPLE:
        return refuse("workshop_full")
    if way == "badges":
        return _join_by_badge(state, command, ctx.actor)
    return [PersonWaiting(person=ctx.actor) if way == "admitted" else Joined(person=ctx.actor)]


def _join_by_badge(state: State, command: Join, person: str) -> Decision:
    if not command.badge:
        return refuse("badge_needed")
    badge = _badge_of(state, command)
    if badge is None:
        return refuse("unknown_badge")
    if badge.person:
        return refuse("badge_used")
    place = Described(person=person, group=badge.group, territory=badge.territory, funder=badge.funder)
    named = [Named(person=person, given=True)] if badge.named else []
    return [Joined(person=person, badge=badge.id), place, *named]


def _badge_of(state: State, command: Join) -> Badge | None:
    digest = badge_digest(command.badge)
    return next((one for one in state.badges.values() if one.digest == digest), None)


# ---- one by one


def admit(state: State, command: Admit, ctx: Context) -> Decision:
    """Also while the door is closed: it keeps new people from asking, not the facilitator from letting in."""
    if command.person in state.persons:
        return []
    if not state.somebody(command.person):
        return refuse("unknown_person")
    return [PersonAdmitted(person=command.person)]


def admit_all(state: State, command: AdmitAll, ctx: Context) -> Decision:
    return [PersonAdmitted(person=one.id) for one in state.waiting.values() if one.n <= command.upto]


def turn_away(state: State, command: TurnAway, ctx: Context) -> Decision:
    if command.person in state.away:
        return []
    return (
        [PersonTurnedAway(person=command.person)] if command.person in state.waiting else _no(state, command)
    )


def put_back(state: State, command: PutBack, ctx: Context) -> Decision:
    """Only whom a facilitator let in or turned away; what somebody has contributed is never taken out."""
    if command.person in state.waiting:
        return []
    person = state.persons.get(command.person)
    if person and person.admitted and person.acted:
        return refuse("has_acted", n=person.n)
    if command.person in state.away or (person and person.admitted):
        return [PersonPutBack(person=command.person)]
    return _no(state, command)


def _no(state: State, command: TurnAway | PutBack) -> Refusal:
    person = state.persons.get(command.person)
    return refuse("has_acted", n=person.n) if person and person.acted else refuse("unknown_person")


# ---- heads and badges


def set_door(state: State, command: SetDoor, ctx: Context) -> Decision:
    return [] if state.door == command.open else [DoorSet(open=command.open)]


def count_heads(state: State, command: CountHeads, ctx: Context) -> Decision:
    return [] if state.heads == command.heads else [HeadsCounted(heads=command.heads)]


def make_badges(state: State, command: MakeBadges, ctx: Context) -> Decision:
    """All or none. Each is called after its position in the log; names are stored by whoever commits this."""
    if len(state.badges) + len(command.badges) > MOST_BADGES:
        return refuse("workshop_full")
    made: list[Event] = []
    digests = {badge.digest for badge in state.badges.values()}
    for seq, new in enumerate(command.badges, state.seq + 1):
        if refusal := check_place(state, new.group, new.territory):
            return refusal
        words = names_of(new)
        if isinstance(words, Refusal):
            return words
        if new.digest in digests:
            return refuse("bad_value")
        digests.add(new.digest)
        made.append(_made(f"b:{seq}", new, named=any(words)))
    return made


def _made(badge: str, new: NewBadge, *, named: bool) -> BadgeMade:
    return BadgeMade(
        badge=badge,
        mark=new.mark,
        digest=new.digest,
        group=new.group,
        territory=new.territory,
        funder=new.funder,
        named=named,
    )


def remake_badge(state: State, command: RemakeBadge, ctx: Context) -> Decision:
    badge = state.badges.get(command.badge)
    if badge is None:
        return refuse("unknown_badge")
    person = state.persons.get(badge.person)
    if person and person.acted and not command.hand_on:
        return refuse("has_acted", n=person.n)
    if any(one.digest == command.digest for one in state.badges.values()):
        return refuse("bad_value")
    if person and person.acted:
        return [BadgeHandedOn(badge=badge.id, mark=command.mark, digest=command.digest)]
    return [BadgeRemade(badge=badge.id, mark=command.mark, digest=command.digest, person=badge.person)]


def void_badges(state: State, command: VoidBadges, ctx: Context) -> Decision:
    void: list[Event] = []
    for badge_id in dict.fromkeys(command.badges):
        badge = state.badges.get(badge_id)
        if badge is None:
            return refuse("unknown_badge")
        if badge.person:
            return refuse("badge_used")
        void.append(BadgeVoided(badge=badge_id))
    return void


# ---- what the events do


def on_joined(state: State, event: Joined, at: int, actor: str) -> None:
    if event.person in state.persons:
        return
    known = state.waiting.pop(event.person, None) or state.away.pop(event.person, None)
    state.gone.pop(event.person, None)
    person = known or Person(id=event.person, n=state.number())
    state.persons[event.person] = person
    if badge := state.badges.get(event.badge):
        badge.person, person.badge = person.id, badge.id


def on_waiting(state: State, event: PersonWaiting, at: int, actor: str) -> None:
    if state.somebody(event.person) is None:
        state.gone.pop(event.person, None)
        state.waiting[event.person] = Person(id=event.person, n=state.number())


def on_admitted(state: State, event: PersonAdmitted, at: int, actor: str) -> None:
    person = state.waiting.pop(event.person, None) or state.away.pop(event.person, None)
    if person:
        person.admitted = True
        state.persons[person.id] = person


def on_turned_away(state: State, event: PersonTurnedAway, at: int, actor: str) -> None:
    if person := state.waiting.pop(event.person, None):
        state.away[person.id] = person


def on_put_back(state: State, event: PersonPutBack, at: int, actor: str) -> None:
    person = state.away.pop(event.person, None) or state.persons.pop(event.person, None)
    if person:
        person.admitted = False
        state.waiting[person.id] = person


def on_door(state: State, event: DoorSet, at: int, actor: str) -> None:
    state.door = event.open


def on_heads(state: State, event: HeadsCounted, at: int, actor: str) -> None:
    state.heads = event.heads


def on_made(state: State, event: BadgeMade, at: int, actor: str) -> None:
    state.badges[event.badge] = Badge(
        id=event.badge,
        mark=event.mark,
        digest=event.digest,
        group=event.group,
        territory=event.territory,
        funder=event.funder,
        named=event.named,
    )


def on_remade(state: State, event: BadgeRemade, at: int, actor: str) -> None:
    if badge := state.badges.get(event.badge):
        if person := state.persons.pop(event.person, None):
            person.badge = ""  # which is somebody else's
            state.gone[person.id] = person
        badge.mark, badge.digest, badge.person = event.mark, event.digest, ""


def on_handed_on(state: State, event: BadgeHandedOn, at: int, actor: str) -> None:
    if badge := state.badges.get(event.badge):
        badge.mark, badge.digest, badge.handed_on = event.mark, event.digest, True


def on_phone(state: State, event: PhoneChanged, at: int, actor: str) -> None:
    before = [phone for phone, person in state.phones.items() if person == event.person]
    for phone in (event.person, *before):
        state.phones[phone] = ""
    state.phones[event.phone] = event.person
    person = state.persons.get(event.person)
    if badge := state.badges.get(person.badge if person else ""):
        badge.handed_on = False


def on_voided(state: State, event: BadgeVoided, at: int, actor: str) -> None:
    state.badges.pop(event.badge, None)


def badge_names(command: MakeBadges, first: int) -> list[tuple[str, str, str]]:
    """Of the badges that an accepted command made, as the events from position ``first`` on: id, name and
    organisation, as they are to be stored beside the log."""
    found = []
    for seq, new in enumerate(command.badges, first):
        words = names_of(new)
        if not isinstance(words, Refusal) and any(words):
            found.append((f"b:{seq}", *words))
    return found


DECIDES: Decides = {
    Join: join,
    Admit: admit,
    AdmitAll: admit_all,
    TurnAway: turn_away,
    PutBack: put_back,
    SetDoor: set_door,
    CountHeads: count_heads,
    MakeBadges: make_badges,
    RemakeBadge: remake_badge,
    VoidBadges: void_badges,
}
EVOLVES: Evolves = {
    Joined: on_joined,
    PersonWaiting: on_waiting,
    PersonAdmitted: on_admitted,
    PersonTurnedAway: on_turned_away,
    PersonPutBack: on_put_back,
    DoorSet: on_door,
    HeadsCounted: on_heads,
    BadgeMade: on_made,
    BadgeRemade: on_remade,
    BadgeHandedOn: on_handed_on,
    PhoneChanged: on_phone,
    BadgeVoided: on_voided,
}
