"""What a vote takes from what came before it: the weights that the room agreed on, and what was divided in a
first round.

Both are settled when a run opens, from results that everyone has seen: a weight or a candidate that came from
a hidden result would tell something of it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from edp_app.core.definition import CriteriaMethod, Method, Stage, VoteSettings, in_language
from edp_app.core.refusals import Refusal, refuse
from edp_app.core.registry import Json, settings_as
from edp_app.core.results.scores import BEFORE
from edp_app.core.stages.ask import agreed
from edp_app.core.state import Run, State

AGAIN = ("divided", "groups_differ")
"""The labels that a second round is about."""

ResultOf = Callable[[State, Run], Json | None]


@dataclass(frozen=True, slots=True)
class Before:
    """What an earlier round had published. ``rows``: item to the figures that stand beside the later ones.
    ``again``: the items that a second round asks about once more. ``reasons``: item to what either side
    said."""

    run: str = ""
    rows: Mapping[str, Json] = field(default_factory=dict)
    again: frozenset[str] = frozenset()
    reasons: Mapping[str, Json] = field(default_factory=dict)
    passed: frozenset[str] = frozenset()
    """What passed then."""

    def shown(self, item: str) -> Json:
        """What a ballot of the second round shows of the first."""
        said: Json = {"before": self.rows[item]} if item in self.rows else {}
        return said | ({"reasons": self.reasons[item]} if item in self.reasons else {})


def first_round(state: State, stage: Stage, result_of: ResultOf) -> Before | Refusal:
    """What came before a run of ``stage`` that begins now: of the vote that it is a second round of, or of
    its own last run if everyone has seen the result of that; nothing else. ``not_revealed_yet`` where a
    second round comes before the reveal of the first."""
    settings = settings_as(stage, VoteSettings)
    if not isinstance(settings.method, CriteriaMethod):
        return Before()
    seen = [run for run in state.runs_of(settings.second_of or stage.id) if run.revealed]
    if not seen:
        return not_revealed(state, settings.second_of) if settings.second_of else Before()
    result = result_of(state, seen[-1])
    rows = result["columns"][0]["items"] if result and not result.get("few") else []
    return Before(
        run=seen[-1].id,
        rows={row["item"]: {"run": seen[-1].id} | {k: row[k] for k in BEFORE if k in row} for row in rows},
        again=frozenset(row["item"] for row in rows if row.get("label") in AGAIN),
        reasons={row["item"]: row["reasons"] for row in rows if "reasons" in row},
        passed=frozenset(row["item"] for row in rows if row.get("passes")),
    )


def not_revealed(state: State, stage_id: str) -> Refusal:
    """``not_revealed_yet``, with the title of the stage whose result is waited for."""
    return refuse("not_revealed_yet", title=_title(state, stage_id))


def nothing_passed(state: State, stage_id: str) -> Refusal:
    """``nothing_passed``, with the title of the vote by which nothing did."""
    return refuse("nothing_passed", title=_title(state, stage_id))


def _title(state: State, stage_id: str) -> str:
    stage = state.definition.stage(stage_id)
    return in_language(stage.title, state.definition.language) if stage else stage_id


def room_weights(state: State, method: Method) -> dict[str, Fraction] | Refusal:
    """The weights that the room has agreed on: balanced means of its answers, normalised. Empty where it was
    not asked, or too few answered. ``not_revealed_yet`` where it was asked and the answers have not been
    shown."""
    if not isinstance(method, CriteriaMethod) or method.weights_from is None:
        return {}
    runs = state.runs_of(method.weights_from)
    if not runs:
        return {}
    if not runs[-1].revealed:
        return not_revealed(state, method.weights_from)
    means = agreed(state, runs[-1])
    counting = [c.id for c in method.criteria if not c.beside]
    if any(c not in means for c in counting):
        return {}
    total = sum(means[c] for c in counting)
    return {c: means[c] / total for c in counting}


def own_weights(method: Method) -> dict[str, Fraction]:
    """The weights that stand in the settings, normalised; all the same where they are all 0."""
    if not isinstance(method, CriteriaMethod):
        return {}
    given = {c.id: c.weight for c in method.criteria if not c.beside}
    if not any(given.values()):
        given = dict.fromkeys(given, 1)
    total = sum(given.values())
    return {c: Fraction(weight, total) for c, weight in given.items() if weight}
