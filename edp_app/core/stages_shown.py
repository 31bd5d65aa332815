"""The stages as they are shown: the agenda for everybody, each with its runs for the console."""

from edp_app.core import plan
from edp_app.core.definition import kind_of
from edp_app.core.items import columns_of, due, gather_settings, items_stage, words_of_stage
from edp_app.core.registry import Json
from edp_app.core.stages.passed import rests_on_vote
from edp_app.core.state import State


def agenda(state: State) -> list[Json]:
    """All stages in their order, as everybody may see them."""
    return [
        {
            "id": stage.id,
            "title": stage.title,
            "kind": kind_of(stage.settings),
            "step": stage.step,
            "minutes": state.minutes_of(stage),
            "status": runs[-1].status if (runs := state.runs_of(stage.id)) else "waiting",
        }
        | ({"skipped": True} if state.is_skipped(stage.id) else {})
        | ({"added": True} if stage.id in state.added else {})
        for stage in state.definition.stages
    ]


def stage_runs(state: State, stage_id: str) -> Json:
    """One stage with all its runs, and what a facilitator plans with."""
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
    entry = next(a for a in agenda(state) if a["id"] == stage_id)
    if entry["kind"] == "gather":  # what its items are made of, whichever stage is on
        entry["columns"] = columns_of(state, stage_id)
        entry["fields"] = [{"id": f.id, "name": f.name} for f in gather_settings(state, stage_id).fields]
        if prepared := sum(of == stage_id for of, _ in due(state)):
            entry["statements"] = prepared  # which stand there once a stage is opened
    stage = state.definition.stage(stage_id)
    if of := items_stage(state, stage_id):
        entry["of"] = of
        if stage and (named := getattr(stage.settings, "of", of)) != of:
            entry["passed_by"] = named
    if (links_to := getattr(stage and stage.settings, "links_to", None)) and rests_on_vote(state, links_to):
        entry["links_to"] = links_to  # what its items name is what they are for
    if stage and (planned := state.plan.get(stage_id)) and planned.minutes != stage.minutes:
        entry["prepared"] = stage.minutes
    if needed_by := plan.needed_by(state.definition, stage_id):
        entry["needed_by"] = needed_by
    return entry | {"title": words_of_stage(state, stage_id), "runs": runs}
