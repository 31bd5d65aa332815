"""Who people are: groups, names, corrections. How they come in: :mod:`edp_app.core.door`."""

from edp_app.core.commands import Context, CorrectGroup, Describe, NameMyself, NewBadge
from edp_app.core.events import Described, Event, Named, PaperVoterAdded
from edp_app.core.refusals import Refusal, refuse
from edp_app.core.registry import Decides, Evolves
from edp_app.core.state import Person, State
from edp_app.core.text import clean

NAME_LENGTH = 120


def describe(state: State, command: Describe, ctx: Context) -> list[Event] | Refusal:
    """Also of somebody who waits at the door: the facilitator sees who it is."""
    person = state.somebody(ctx.actor)
    if person is None:
        return refuse("not_joined")
    territory = command.territory if command.territory is not None else person.territory
    if refusal := check_place(state, command.group, territory):
        return refusal
    if person.badge and _said(person) != (command.group, territory, _funder(person, command)):
        return refuse("group_from_badge")
    if person.fixed and (person.group, person.territory) != (command.group, territory):
        return refuse("group_fixed")
    return _described(person, command, territory)


def _described(person: Person, command: Describe | CorrectGroup, territory: str | None) -> list[Event]:
    funder = _funder(person, command)
    if _said(person) == (command.group, territory, funder):
        return []
    return [Described(person=person.id, group=command.group, territory=territory, funder=funder)]


def _said(person: Person) -> tuple[str | None, str | None, bool]:
    return person.group, person.territory, person.funder


def _funder(person: Person, command: Describe | CorrectGroup) -> bool:
    return person.funder if command.funder is None else command.funder


def name_myself(state: State, command: NameMyself, ctx: Context) -> list[Event] | Refusal:
    """The words themselves are stored beside the log by whoever commits this; here they are only checked."""
    words = names_of(command)
    if isinstance(words, Refusal):
        return words
    given, person = any(words), state.somebody(ctx.actor)
    if not given and not (person and person.named):
        return []
    return [Named(person=ctx.actor, given=given)]


def names_of(command: NameMyself | NewBadge) -> tuple[str, str] | Refusal:
    """The cleaned name and organisation, as they are to be stored beside the log."""
    name = clean(command.name, NAME_LENGTH, required=False)
    if isinstance(name, Refusal):
        return name
    organisation = clean(command.organisation, NAME_LENGTH, required=False)
    return organisation if isinstance(organisation, Refusal) else (name, organisation)


def correct_group(state: State, command: CorrectGroup, ctx: Context) -> list[Event] | Refusal:
    person = state.persons.get(command.person)
    if person is None:
        return refuse("unknown_person")
    territory = command.territory if command.territory is not None else person.territory
    if refusal := check_place(state, command.group, territory):
        return refusal
    return _described(person, command, territory)


def check_place(state: State, group: str, territory: str | None) -> Refusal | None:
    """Whether these are a group and a territory of this workshop."""
    if all(known.id != group for known in state.definition.groups):
        return refuse("unknown_group")
    if territory is not None and all(known.id != territory for known in state.definition.territories):
        return refuse("unknown_territory")
    return None


def on_described(state: State, event: Described, at: int, actor: str) -> None:
    person = state.somebody(event.person)
    if person is None:
        return
    person.group, person.territory, person.funder = event.group, event.territory, event.funder
    person.corrected = person.corrected or actor not in (person.id, person.phone)
    for run in state.runs.values():
        run.late.pop(person.id, None)  # counts from the next closing on, like everybody's correction


def on_named(state: State, event: Named, at: int, actor: str) -> None:
    if person := state.somebody(event.person):
        person.named = event.given


def on_paper_voter(state: State, event: PaperVoterAdded, at: int, actor: str) -> None:
    person = state.persons.get(event.person)
    if person is None:
        person = state.persons[event.person] = Person(id=event.person, n=state.number(), paper=True)
    run = state.runs.get(event.run)
    # A sheet that came in late counts for what stands on it there alone.
    if run is None or person.group is None:
        person.group, person.territory = event.group, event.territory
    if run is not None:
        run.late[person.id], run.closing_digest = (event.group, event.territory), state.digest
        run.stand(person.id, event.group, event.territory)
        return
    for other in state.runs.values():
        if other.running:  # typed in again, after the run was opened again
            other.late.pop(person.id, None)


DECIDES: Decides = {Describe: describe, NameMyself: name_myself, CorrectGroup: correct_group}
EVOLVES: Evolves = {
    Described: on_described,
    Named: on_named,
    PaperVoterAdded: on_paper_voter,
}
