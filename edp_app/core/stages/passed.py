"""Which items a vote passed, its second round taken in: what stages rest on that come after the reveal."""

from edp_app.core.definition import Stage, VoteSettings
from edp_app.core.item import Item
from edp_app.core.items import standing_items
from edp_app.core.refusals import Refusal
from edp_app.core.registry import Json
from edp_app.core.stages.rounds import ResultOf, not_revealed
from edp_app.core.state import Run, State


def rests_on_vote(state: State, stage_id: str) -> bool:
    """Whether the stage with this id is a vote."""
    stage = state.definition.stage(stage_id)
    return stage is not None and isinstance(stage.settings, VoteSettings)


def was_voted(state: State, stage_id: str) -> bool:
    """Whether the vote with this id, or the one that it is a second round of, was ever opened."""
    return bool(state.runs_of(first_of(state, stage_id)))


def items_of_stage(state: State, stage_id: str, result_of: ResultOf) -> list[Item] | Refusal:
    """The items of the stage with this id, in order of arrival: of a gather stage those that stand there, of
    a vote those that passed, each under the item that stands for it now. ``not_revealed_yet`` as in
    :func:`passed`."""
    standing = standing_items(state, state.definition.gathered_in(stage_id))
    if not rests_on_vote(state, stage_id):
        return standing
    through = passed(state, stage_id, result_of)
    if isinstance(through, Refusal):
        return through
    now = {item.id for one in through if (item := state.standing(one))}
    return [item for item in standing if item.id in now]


def passed(state: State, stage_id: str, result_of: ResultOf) -> tuple[str, ...] | Refusal:
    """The items that passed by the vote with this id, in the order of its result. A vote and its second round
    are one: what keeps its place, and after it what the second round gave one. ``not_revealed_yet``
    (``title``) where a result of them has not been shown."""
    first = first_of(state, stage_id)
    runs = state.runs_of(first)
    if not runs or not runs[-1].revealed:
        return not_revealed(state, first)
    run = runs[-1]
    again: Run | None = None
    for later in _second_rounds(state, first):
        rounds = [one for one in state.runs_of(later.id) if one.data.before.run == run.id]
        if rounds and not rounds[-1].revealed:
            return not_revealed(state, later.id)
        if rounds and _rows(state, rounds[-1], result_of):
            again = rounds[-1]
    own = _passing(state, run, result_of)
    if again is None:
        return own
    kept = tuple(item for item in own if item in again.data.places.kept)
    return tuple(dict.fromkeys((*kept, *_passing(state, again, result_of))))


def first_of(state: State, stage_id: str) -> str:
    """The vote with this id or, of a second round, the one that it is a round of."""
    stage = state.definition.stage(stage_id)
    if stage is None or not isinstance(stage.settings, VoteSettings):
        raise LookupError(stage_id)
    return stage.settings.second_of or stage_id


def _second_rounds(state: State, first: str) -> list[Stage]:
    stages = state.definition.stages
    return [
        one for one in stages if isinstance(one.settings, VoteSettings) and one.settings.second_of == first
    ]


def _rows(state: State, run: Run, result_of: ResultOf) -> list[Json]:
    result = result_of(state, run) or {}
    return [row for column in result.get("columns", []) for row in column["items"]]


def _passing(state: State, run: Run, result_of: ResultOf) -> tuple[str, ...]:
    return tuple(row["item"] for row in _rows(state, run, result_of) if row.get("passes"))
