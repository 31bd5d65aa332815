"""What each audience may see: the only place that decides it.

A view is JSON-ready, built from objects keyed by id, never with null (absent keys instead), so that merge
patches can say what changed. Results are in a view once their run was revealed, never before, for any
audience; how people voted is in none but one's own.
"""

from typing import Literal, get_args

from edp_app.core.definition import kind_of
from edp_app.core.items import (
    columns_of,
    gather_settings,
    item_view,
    merged_under,
    words_of_stage,
)
from edp_app.core.registry import Json
from edp_app.core.stages import kind_by_id
from edp_app.core.state import Item, Person, Run, State, Timer

Audience = Literal["phone", "screen", "console"]
AUDIENCES: tuple[Audience, ...] = get_args(Audience)


_SAID_OF_RESULTS = (
    "columns",
    "questions",
    "method",
    "weights",
    "weights_agreed",
    "second_of",
    "both_rounds",
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
        "agenda": _agenda(state),
        "results": {},
        "results_order": [],
    }
    if run := state.now():
        shown["now"] = run_view(state, run, counts=counts)
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
    """One run as everyone may see it."""
    shown: Json = {
        "run": run.id,
        "stage": run.stage.id,
        "kind": run.kind,
        "title": run.stage.title,
        "prompt": run.stage.prompt,
        "step": run.stage.step,
        "minutes": run.stage.minutes,
        "status": run.status,
        "reveals": kind_by_id(run.kind).reveals,
        "revealed": run.revealed,
        "number": run.number,
        "opened_at": run.opened_at,
    }
    if run.timer:
        shown["timer"] = _timer(run.timer)
    return shown | kind_by_id(run.kind).public(state, run, counts=counts)


def self_view(state: State, person_id: str) -> Json:
    """What is one person's own; for that person alone."""
    person = state.persons.get(person_id)
    if person is None:
        return {"person": person_id, "joined": False}
    mine: Json = {
        "person": person.id,
        "joined": True,
        "n": person.n,
        "funder": person.funder,
        "group_fixed": person.fixed,
        "named": person.named,
        "items": _own_items(state, person),
        "ballots": {},
        "left": {},
        "answers": {},
    }
    if person.group:
        mine["group"] = person.group
    if person.territory:
        mine["territory"] = person.territory
    for run in state.runs.values():
        if run.status != "cancelled":
            for name, own in kind_by_id(run.kind).own(state, run, person).items():
                mine[name][run.id] = own
    return mine


def _workshop(state: State) -> Json:
    definition = state.definition
    return {
        "title": definition.title,
        "territory": definition.territory,
        "convener": definition.convener,
        "date": definition.date,
        "code": state.code,
        "language": definition.language,
        "privacy": definition.privacy,
        "door": state.door,
        "ended": state.ended,
    }


def _agenda(state: State) -> list[Json]:
    return [
        {
            "id": stage.id,
            "title": stage.title,
            "kind": kind_of(stage.settings),
            "step": stage.step,
            "minutes": stage.minutes,
            "status": runs[-1].status if (runs := state.runs_of(stage.id)) else "waiting",
        }
        for stage in state.definition.stages
    ]


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
    return {
        "total": len(state.persons),
        "by_group": by_group,
        "undecided": len(state.persons) - sum(by_group.values()),
        "expected": {g.id: g.expected for g in state.definition.groups if g.expected is not None},
        "funders": sum(person.funder for person in state.persons.values()),
        "paper": sum(person.paper for person in state.persons.values()),
    }


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
            own.pop("group", None)  # how it is labelled for others stands on the board
            if item.into and (top := state.standing(item.id)):
                own["into"] = {"id": top.id, "title": top.called}
            mine[item.id] = own
    return mine


def item_state(item: Item) -> str:
    """What was done to this item itself: ``withdrawn``, ``hidden``, ``merged`` or ``shown``; the first that
    applies. One that was merged into a hidden item is ``merged``, and listed under that."""
    if item.withdrawn:
        return "withdrawn"
    if item.hidden:
        return "hidden"
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
        "stages": [_stage_runs(state, stage_id) for stage_id in (s.id for s in state.definition.stages)],
        "can_step_back": state.current is not None or state.ended,
        "items": items,
        "persons": {person.id: _person(person) for person in state.persons.values()},
        "paper": _paper(state),
        "unrevealed": {
            run.id: run_view(state, run, counts=True)
            for run in state.runs.values()
            if run.status == "closed" and run.id != state.current and _awaits_reveal(run)
        },
    }
    if run := state.open_run():
        shown["answered"] = _answered(state, kind_by_id(run.kind).took_part(state, run))
    return shown


def _stage_runs(state: State, stage_id: str) -> Json:
    runs = []
    for run in state.runs_of(stage_id):
        runs.append(
            {
                "run": run.id,
                "status": run.status,
                "revealed": run.revealed,
                "number": run.number,
                "opened_at": run.opened_at,
            }
        )
        if run.closed_at is not None:
            runs[-1]["closed_at"] = run.closed_at
        if run.reopened_at is not None:
            runs[-1]["reopened_at"] = run.reopened_at
    entry = next(a for a in _agenda(state) if a["id"] == stage_id)
    if entry["kind"] == "gather":  # what its items are made of, whichever stage is on
        entry["columns"] = columns_of(state, stage_id)
        entry["fields"] = [{"id": f.id, "name": f.name} for f in gather_settings(state, stage_id).fields]
    stage = state.definition.stage(stage_id)
    if stage and (of := getattr(stage.settings, "of", None)):
        entry["of"] = of  # the gather stage whose items it is about
    return entry | {"title": words_of_stage(state, stage_id), "runs": runs}


def _person(person: Person) -> Json:
    shown: Json = {"n": person.n, "funder": person.funder, "fixed": person.fixed}
    if person.group:
        shown["group"] = person.group
    if person.territory:
        shown["territory"] = person.territory
    if person.paper:
        shown["paper"] = True
    if person.named:
        shown["named"] = True  # the name itself stands beside the log and is fetched
    return shown


def _answered(state: State, took_part: set[str]) -> Json:
    by_group = {group.id: 0 for group in state.definition.groups}
    for person in took_part:
        if group := state.group_of(person):
            by_group[group] += 1
    return {"total": len(took_part), "by_group": by_group}


def _awaits_reveal(run: Run) -> bool:
    return run.status != "cancelled" and not run.revealed and kind_by_id(run.kind).reveals


def _paper(state: State) -> Json:
    """The sheets typed in, so that they can be corrected until the result is revealed. From then on they are
    votes like all others, shown to nobody."""
    typed: Json = {}
    on_paper = [person for person in state.persons.values() if person.paper]
    for run in state.runs.values():
        if on_paper and _awaits_reveal(run) and (sheets := _sheets(state, run, on_paper)):
            typed[run.id] = sheets
    return typed


def _sheets(state: State, run: Run, on_paper: list[Person]) -> Json:
    """The sheets of one run by their numbers, each with the group that it counts for."""
    counts = {p: group for p, (group, _) in run.late.items()} if run.running else run.groups_then
    sheets: Json = {}
    for person in on_paper:
        if own := kind_by_id(run.kind).own(state, run, person).get("ballots"):
            group = counts.get(person.id, person.group)
            sheets[person.id.removeprefix("v:")] = {"group": group} | _sheet(own)
    return sheets


def _sheet(own: Json) -> Json:
    """What a sheet says, without what was taken back: of dots the numbers alone."""
    said = {item: {k: v for k, v in ballot.items() if k != "revision"} for item, ballot in own.items()}
    if any("dots" in ballot for ballot in said.values()):
        return {"dots": {item: ballot["dots"] for item, ballot in said.items() if ballot["dots"]}}
    return {"ballots": {item: ballot for item, ballot in said.items() if ballot}}
