"""What each audience may see: the only place that decides it.

A view is JSON-ready, built from objects keyed by id, never with null (absent keys instead), so that merge
patches can say what changed. Results are in a view once their run was revealed, never before, for any
audience; how people voted is in none but one's own.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Literal, get_args

from edp_app.core import planning, undo
from edp_app.core.hours import TIMES
from edp_app.core.item import Item
from edp_app.core.items import item_view, merged_under
from edp_app.core.proposed import texts_view
from edp_app.core.registry import Json
from edp_app.core.seats import at_table
from edp_app.core.sheets import awaits_reveal, sheets_view
from edp_app.core.stages import kind_by_id
from edp_app.core.stages.card import cards_view
from edp_app.core.stages_shown import agenda, stage_runs
from edp_app.core.state import SEAT, Person, Run, State, Timer

Audience = Literal["phone", "screen", "console"]
AUDIENCES: tuple[Audience, ...] = get_args(Audience)


_SAID_OF_RESULTS = (
    "columns",
    "questions",
    "method",
    "weights",
    "weights_agreed",
    "passed_by",
    "passed_in",
    "among",
    "second_of",
    "both_rounds",
    "translations",
)
"""What of a run is said beside its result, for as long as there is one."""


def view(state: State, audience: Audience) -> Json:
    """Everything that this audience is shown. Equal states give equal views."""
    counts = audience != "phone"
    shown: Json = {
        "workshop": _workshop(state),
        "groups": [
            {"id": g.id, "name": g.name, "examples": g.examples, "icon": g.icon}
            for g in state.definition.groups
        ],
        "territories": [{"id": t.id, "name": t.name} for t in state.definition.territories],
        "agenda": agenda(state),
        "results": {},
        "results_order": [],
    }
    if run := state.now():
        shown["now"] = run_view(state, run, counts=counts)
    if reminder := planning.reminder_view(state):
        shown["reminder"] = reminder
    for revealed in _revealed(state):
        if result := kind_by_id(revealed.kind).result(state, revealed):
            shown["results_order"].append(revealed.id)
            shown["results"][revealed.id] = _past_result(state, revealed, result)
    if counts:
        shown["people"] = _people(state)
    if audience == "console":
        shown |= _console(state)
    return shown


def run_view(state: State, run: Run, *, counts: bool) -> Json:
    """One run as everyone may see it. ``counts``: with how many have taken part, which phones are told once
    it is closed: while it is open, each ballot would be news for every phone in the hall."""
    counts = counts or run.status == "closed"
    shown: Json = {
        "run": run.id,
        "stage": run.stage.id,
        "kind": run.kind,
        "title": run.stage.title,
        "prompt": run.stage.asking(run.stage.prompt),
        "step": run.stage.step,
        "minutes": state.minutes_of(run.stage),
        "status": run.status,
        "reveals": kind_by_id(run.kind).reveals,
        "revealed": run.revealed,
        "number": run.number,
        "opened_at": run.opened_at,
    }
    if run.stage.prompt_for:
        shown["prompt_for"] = {of: run.stage.asking(said) for of, said in run.stage.prompt_for.items()}
    if run.began != run.opened_at:
        shown["began"] = run.began
    if run.timer:
        shown["timer"] = _timer(run.timer)
    if counts and awaits_reveal(run):
        shown["able"] = len(_able(state, kind_by_id(run.kind).took_part(state, run)))
    return shown | kind_by_id(run.kind).public(state, run, counts=counts)


def self_view(state: State, person_id: str) -> Json:
    """What is one person's own; for that person alone."""
    person = state.persons.get(person_id)
    if person is None:
        return {"person": person_id, "joined": False} | _at_the_door(state, person_id)
    mine: Json = {
        "person": person.id,
        "joined": True,
        "n": person.n,
        "funder": person.funder,
        "group_fixed": person.fixed,
        "named": person.named,
        "items": _own_items(state, person),
    }
    if person.badge:
        mine["badge"] = True
    if person.group:
        mine["group"] = person.group
    if person.territory:
        mine["territory"] = person.territory
    seats = [_seat(state, sitting) for sitting in at_table(state, person.id) if sitting is not person]
    if seats:  # the phone is a table's
        mine["seats"] = {seat.pop("seat"): seat for seat in seats}
    return mine | _given(state, person)


def _given(state: State, person: Person) -> Json:
    """What somebody gave, run by run."""
    given: Json = {"ballots": {}, "left": {}, "answers": {}}
    for run in state.runs.values():
        if run.status != "cancelled":
            for name, own in kind_by_id(run.kind).own(state, run, person).items():
                given.setdefault(name, {})[run.id] = own
    return given


def _seat(state: State, person: Person) -> Json:
    """One of those who share a phone, for that phone alone."""
    seat: Json = {
        "seat": person.id.partition(SEAT)[2],
        "place": person.place,
        "n": person.n,
        "funder": person.funder,
        "group_fixed": person.fixed,
        "group": person.group,
    }
    if person.territory:
        seat["territory"] = person.territory
    return seat | _given(state, person)


def _at_the_door(state: State, person_id: str) -> Json:
    """What somebody who waits, or was turned away, has said of themselves."""
    person = state.somebody(person_id)
    if person is None:
        return {}
    said = {name: value for name, value in _person(person).items() if name in ("n", "group", "territory")}
    stands = "waiting" if person_id in state.waiting else "turned_away"
    return said | {stands: True, "funder": person.funder, "named": person.named}


def _workshop(state: State) -> Json:
    definition = state.definition
    shown = {
        "title": definition.title,
        "territory": definition.territory,
        "convener": definition.convener,
        "date": definition.date,
        "code": state.code,
        "language": definition.language,
        "privacy": definition.privacy,
        "door": state.door,
        "way_in": definition.door,
        "ended": state.ended,
    }
    if state.rehearsal:
        shown["rehearsal"] = True
    if state.moderated:
        shown["moderated"] = True
    if state.ends_at is not None:
        shown["ends_at"] = state.ends_at
        if state.starts_at is not None and state.now() is None:
            shown["starts_at"] = state.starts_at
    else:  # as it was prepared
        shown |= {name: time for name in TIMES if (time := getattr(definition, name))}
    return shown


def _revealed(state: State) -> list[Run]:
    runs = [run for run in state.runs.values() if run.revealed and run.status != "cancelled"]
    return sorted(runs, key=lambda run: run.closed_seq or 0)


def _past_result(state: State, run: Run, result: Json) -> Json:
    past: Json = {
        "stage": run.stage.id,
        "kind": run.kind,
        "title": run.stage.title,
        "number": run.number,
        "result": result,
    }
    public = kind_by_id(run.kind).public(state, run, counts=False)
    past |= {name: public[name] for name in _SAID_OF_RESULTS if name in public}
    return past


def _timer(timer: Timer) -> Json:
    shown: Json = {"close": timer.close}
    if timer.ends_at is not None:
        shown["ends_at"] = timer.ends_at
    if timer.left is not None:
        shown["left"] = timer.left
    return shown


def _people(state: State) -> Json:
    by_group = state.persons_by_group()
    paper = sum(person.paper for person in state.persons.values())
    shown: Json = {
        "total": len(state.persons),
        "by_group": by_group,
        "undecided": len(state.persons) - sum(by_group.values()),
        "expected": state.expected(),
        "funders": sum(person.funder for person in state.persons.values()),
        "paper": paper,
    }
    if state.definition.territories:
        expected_from = state.expected_from()
        shown["territories"] = {
            of: {"here": here} | ({"expected": expected_from[of]} if of in expected_from else {})
            for of, here in _by_territory(state, state.persons).items()
        }
    if state.seats:  # otherwise everybody who is not on paper has a phone of their own
        seats = sum(map(len, state.seats.values()))
        shown |= {"phones": len(state.persons) - paper - seats, "tables": len(state.seats)}
    return shown


def _own_items(state: State, person: Person) -> Json:
    under = merged_under(state)
    mine: Json = {}
    for item in state.items.values():
        if item.author == person.id:
            hidden = state.is_hidden(item)
            own = item_view(state, item, {} if hidden else under) | {
                "title": item.title,
                "revision": item.revision,
                "state": "hidden" if hidden and not item.withdrawn else item_state(item),
            }
            for label in ("group", "territory"):  # how it is labelled for others stands on the board
                own.pop(label, None)
            if item.into and (top := state.standing(item.id)):
                own["into"] = {"id": top.id, "title": top.called}
                if top.name:  # what somebody else wrote, and the name that both have now
                    own["into"]["own_title"] = top.title
            elif item.name:
                own["name"] = item.name
            mine[item.id] = own
    return mine


def item_state(item: Item) -> str:
    """What was done to this item itself: ``withdrawn``, ``hidden``, ``waiting``, ``merged`` or ``shown``; the
    first that applies. One that was merged into a hidden item is ``merged``, and listed under that."""
    if item.withdrawn:
        return "withdrawn"
    if item.hidden:
        return "hidden"
    if item.waiting:
        return "waiting"
    return "merged" if item.into else "shown"


def _console(state: State) -> Json:
    under = merged_under(state)
    items: Json = {}
    for item in state.items.values():
        items[item.id] = item_view(state, item, under) | {
            "state": item_state(item),
            "stage": item.stage,
            "own_title": item.title,
        }
        if item.into:
            items[item.id]["into"] = item.into
    shown: Json = {
        "stages": [stage_runs(state, stage_id) for stage_id in (s.id for s in state.definition.stages)],
        "can_step_back": state.current is not None or state.ended,
        "items": items,
        "acts": undo.acts_view(state),
        "persons": {person.id: _person(person) for person in state.persons.values()},
        "door": _door(state),
        "paper": sheets_view(state),
        "unrevealed": {
            run.id: run_view(state, run, counts=True)
            for run in state.runs.values()
            if run.status == "closed" and run.id != state.current and awaits_reveal(run)
        },
    }
    if state.apart:
        shown["apart"] = {f"{one}+{other}": True for one, other in sorted(state.apart)}
    if cards := cards_view(state):
        shown["cards"] = cards
    if texts := texts_view(state):
        shown["proposed"] = texts
    if run := state.open_run():
        shown["answered"] = _answered(state, run)
    return shown


def _door(state: State) -> Json:
    """Who waits, who was turned away, how many heads were counted, and how many badges there are."""
    shown: Json = {
        "waiting": {person.id: _person(person) for person in state.waiting.values()},
        "away": {person.id: _person(person) for person in state.away.values()},
    }
    if state.heads is not None:
        shown["heads"] = state.heads
    if state.badges:
        used = sum(bool(badge.person) for badge in state.badges.values())
        shown["badges"] = {"made": len(state.badges), "used": used}
    return shown


def _person(person: Person) -> Json:
    shown: Json = {"n": person.n, "funder": person.funder, "fixed": person.fixed}
    if person.group:
        shown["group"] = person.group
    if person.territory:
        shown["territory"] = person.territory
    if person.paper:
        shown["paper"] = True
    if person.phone:
        shown |= {"phone": person.phone, "place": person.place}
    if person.admitted and not person.acted:
        shown["put_back"] = True  # a facilitator may still undo that they were let in
    if person.named:
        shown["named"] = True  # the name itself stands beside the log and is fetched
    return shown


def _answered(state: State, run: Run) -> Json:
    """Who has contributed to the open run, and of how many: ``able``. What a table wrote together, all who
    sit at it have written."""
    took_part = kind_by_id(run.kind).took_part(state, run)
    if run.kind == "gather":
        took_part = took_part.union(*(state.seats.get(person, []) for person in took_part))
    able = _able(state, took_part)
    return {
        "total": len(took_part),
        "by_group": _by_group(state, took_part),
        "by_territory": _by_territory(state, took_part),
        "able": {"total": len(able), "by_group": _by_group(state, able)},
    }


def _able(state: State, took_part: set[str]) -> list[str]:
    """Who can contribute to a run: whoever has a phone, or a seat at one, and those of whom a sheet of paper
    came in."""
    return [person.id for person in state.persons.values() if not person.paper or person.id in took_part]


def _by_territory(state: State, people: Iterable[str]) -> dict[str, int]:
    counts = Counter(state.persons[person].territory for person in people if person in state.persons)
    return {one.id: counts[one.id] for one in state.definition.territories}


def _by_group(state: State, people: Iterable[str]) -> dict[str, int]:
    by_group = {group.id: 0 for group in state.definition.groups}
    for person in people:
        if group := state.group_of(person):
            by_group[group] += 1
    return by_group
