"""Sheets of paper as consoles are shown them: those whose result nobody has seen yet."""

from edp_app.core.registry import Json
from edp_app.core.stages import kind_by_id
from edp_app.core.state import Person, Run, State


def awaits_reveal(run: Run) -> bool:
    """Whether this run will have a result that nobody has seen yet."""
    return run.status != "cancelled" and not run.revealed and kind_by_id(run.kind).reveals


def sheets_view(state: State) -> Json:
    """The sheets typed in, so that they can be corrected until the result is revealed. From then on they are
    votes like all others, shown to nobody."""
    typed: Json = {}
    on_paper = [person for person in state.persons.values() if person.paper]
    for run in state.runs.values():
        if on_paper and awaits_reveal(run) and (sheets := _sheets(state, run, on_paper)):
            typed[run.id] = sheets
    return typed


def _sheets(state: State, run: Run, on_paper: list[Person]) -> Json:
    """The sheets of one run by their numbers, each with the group that it counts for, and its revision."""
    counts = {p: group for p, (group, _) in run.late.items()} if run.running else run.groups_then
    sheets: Json = {}
    for person in on_paper:
        if own := kind_by_id(run.kind).own(state, run, person).get("ballots"):
            group = counts.get(person.id, person.group)
            revision = sum(ballot["revision"] for ballot in own.values())
            place = {"group": group, "revision": revision}
            sheets[person.id.removeprefix("v:")] = place | _sheet(own)
    return sheets


def _sheet(own: Json) -> Json:
    """What a sheet says, without what was taken back: of dots the numbers alone."""
    said = {item: {k: v for k, v in ballot.items() if k != "revision"} for item, ballot in own.items()}
    if any("dots" in ballot for ballot in said.values()):
        return {"dots": {item: ballot["dots"] for item, ballot in said.items() if ballot["dots"]}}
    return {"ballots": {item: ballot for item, ballot in said.items() if ballot}}
