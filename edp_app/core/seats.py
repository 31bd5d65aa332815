"""A phone that several people share: each of them has a seat at it, and is a voter of their own.

A seat is a :class:`edp_app.core.state.Person` whose id is the phone's, a dot, and the seat's own name, which
the phone makes: so a ballot can be sent before the answer to the seat has come, and two devices of one person
never mean the same seat by accident. Whoever joined with the phone has the first place, under the phone's own
id. In the record the actor is the phone, the voter the seat.
"""

from edp_app.core.commands import Context, TakeSeat
from edp_app.core.door import MOST_PEOPLE
from edp_app.core.events import Described, Event, SeatTaken
from edp_app.core.people import check_place
from edp_app.core.refusals import Refusal, refuse
from edp_app.core.registry import Decides, Evolves
from edp_app.core.state import SEAT, Person, State

MOST_AT_TABLE = 12
"""People at one phone, the one who joined with it included."""


def seat_id(phone: str, seat: str) -> str:
    """The person who sits at this seat of a phone; "" is whoever joined with it."""
    return f"{phone}{SEAT}{seat}" if seat else phone


def at_table(state: State, phone: str) -> list[Person]:
    """Everybody who shares this phone, the one who joined with it first, then in order of their places."""
    ids = [phone, *state.seats.get(phone, ())]
    return [state.persons[person] for person in ids if person in state.persons]


def voter_of(state: State, ctx: Context, seat: str) -> Person | Refusal:
    """For whom a phone speaks that names this seat; ``unknown_person`` where nobody took it."""
    return state.persons.get(seat_id(ctx.actor, seat)) or refuse("unknown_person")


def take(state: State, command: TakeSeat, ctx: Context) -> list[Event] | Refusal:
    """Somebody sits down, or says anew which group they speak for."""
    person = state.persons.get(seat_id(ctx.actor, command.seat))
    before = person.territory if person else None
    territory = command.territory if command.territory is not None else before
    if refusal := check_place(state, command.group, territory):
        return refusal
    if person is None:
        return _sit_down(state, command, ctx)
    if person.fixed and (person.group, person.territory) != (command.group, territory):
        return refuse("group_fixed")
    funder = person.funder if command.funder is None else command.funder
    if (person.group, person.territory, person.funder) == (command.group, territory, funder):
        return []
    return [Described(person=person.id, group=command.group, territory=territory, funder=funder)]


def _sit_down(state: State, command: TakeSeat, ctx: Context) -> list[Event] | Refusal:
    if state.definition.door != "open":
        return refuse("not_allowed")  # everybody is let in, or invited, by themselves
    if not state.door:
        return refuse("door_closed")
    if len(state.persons) + len(state.waiting) + len(state.away) >= MOST_PEOPLE:
        return refuse("workshop_full")
    if len(at_table(state, ctx.actor)) >= MOST_AT_TABLE:
        return refuse("table_full", most=MOST_AT_TABLE)
    return [
        SeatTaken(
            person=seat_id(ctx.actor, command.seat),
            group=command.group,
            territory=command.territory,
            funder=bool(command.funder),
        )
    ]


def on_taken(state: State, event: SeatTaken, at: int, actor: str) -> None:
    if event.person in state.persons:
        return
    person = Person(
        id=event.person,
        n=state.number(),
        group=event.group,
        territory=event.territory,
        funder=event.funder,
    )
    seats = state.seats.setdefault(person.phone, [])
    seats.append(person.id)
    person.place = 1 + len(seats)
    state.persons[person.id] = person


DECIDES: Decides = {TakeSeat: take}
EVOLVES: Evolves = {SeatTaken: on_taken}
