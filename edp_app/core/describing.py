"""What a workshop is called, what it is about, who convened it and when, and who is expected: corrected after
it was made."""

import datetime

from edp_app.core.commands import Context, DescribeWorkshop, ExpectPeople
from edp_app.core.definition import Definition
from edp_app.core.events import Event, PeopleExpected, PersonAdmitted, WorkshopDescribed
from edp_app.core.refusals import Refusal, refuse
from edp_app.core.registry import Decides, Evolves
from edp_app.core.state import State
from edp_app.core.text import clean

LENGTH = 200
"""Of each text in characters, as in :class:`edp_app.core.definition.Definition`."""


def describe_workshop(state: State, command: DescribeWorkshop, ctx: Context) -> list[Event] | Refusal:
    """Before the first stage was opened everything may be corrected, then title and language alone: what
    phones and screen have said of the workshop since then stays true. How results protect people is announced
    at joining, so it stays once anybody has come."""
    before = state.definition
    title = clean(command.title, LENGTH)
    if isinstance(title, Refusal):
        return title
    texts = {"territory": before.territory, "convener": before.convener}
    for name, raw in (("territory", command.territory), ("convener", command.convener)):
        if raw is not None:
            text = clean(raw, LENGTH, required=False)
            if isinstance(text, Refusal):
                return text
            texts[name] = text
    date = before.date if command.date is None else command.date
    if not is_date(date):
        return refuse("bad_value")
    door, privacy = command.door or before.door, command.privacy or before.privacy
    announced = (texts["territory"], texts["convener"], date, door)
    if state.now() and announced != (before.territory, before.convener, before.date, before.door):
        return refuse("workshop_begun")
    if privacy != before.privacy and (state.now() or state.numbered):
        return refuse("workshop_begun")
    language = command.language or before.language
    told = WorkshopDescribed(title=title, date=date, door=door, language=language, privacy=privacy, **texts)
    if described(before, told) == before:
        return []
    # with the door open to all, nobody is left waiting at it
    let_in = [PersonAdmitted(person=person) for person in state.waiting] if door == "open" else []
    return [told, *let_in]


def expect_people(state: State, command: ExpectPeople, ctx: Context) -> list[Event] | Refusal:
    """At any time: who cannot come says so on the day."""
    groups, sides = state.definition.groups, state.definition.territories
    said = {one.id: one.expected for one in sides if one.expected is not None}
    territories = said if command.territories is None else command.territories
    if not command.expected.keys() <= {group.id for group in groups}:
        return refuse("unknown_group")
    if not territories.keys() <= {side.id for side in sides}:
        return refuse("unknown_territory")
    before = {one.id: one.expected for one in groups if one.expected is not None}
    if (command.expected, territories) == (before, said):
        return []
    return [PeopleExpected(expected=command.expected, territories=territories)]


def described(definition: Definition, event: WorkshopDescribed) -> Definition:
    """The workshop under the words of the event."""
    return definition.described(
        title=event.title,
        territory=event.territory,
        convener=event.convener,
        date=event.date,
        door=event.door,
        language=event.language,
        privacy=event.privacy,
    )


def is_date(text: str) -> bool:
    """Whether it is empty or a day of the calendar, written year first."""
    try:
        return not text or datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def on_described(state: State, event: WorkshopDescribed, at: int, actor: str) -> None:
    state.definition = described(state.definition, event)


def on_expected(state: State, event: PeopleExpected, at: int, actor: str) -> None:
    state.definition = state.definition.expecting(event.expected, event.territories)


DECIDES: Decides = {DescribeWorkshop: describe_workshop, ExpectPeople: expect_people}
EVOLVES: Evolves = {WorkshopDescribed: on_described, PeopleExpected: on_expected}
