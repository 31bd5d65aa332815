"""The result of a vote by any method: what the log says of it, put as a question to the oracle."""

from typing import TYPE_CHECKING, Any

from edp_app.rehearsal.oracle import Question, publish

if TYPE_CHECKING:
    from edp_app.rehearsal.retally import Replay, Vote

Json = dict[str, Any]

LEFT_OUT: dict[str, Json] = {
    "dots": {"dots": 3, "per": "stage", "cap": 1},
    "points": {"points": 10, "cap": None},
    "agree": {"reason": False, "may_sign": False},
    "criteria": {"weights_from": None, "reason": True},
    "axes": {},
    "choice": {"funders_apart": False},
    "ranking": {"top": None},
}
"""What a setting is that the stored definition leaves out."""
CRITERION: Json = {"weight": 1, "beside": False, "flag_ones": False}
AGAIN = ("divided", "groups_differ")
"""The labels with which an item is in the second round."""
BEFORE = ("balanced", "headcount", "rank_balanced", "rank_headcount", "label", "sides", "agreement")
"""What of an earlier round is told beside a later one."""


def publish_vote(replay: "Replay", vote: "Vote") -> Json:
    """The result as it has to be published."""
    return publish(question_of(replay, vote))


def question_of(replay: "Replay", vote: "Vote") -> Question:
    """A vote that was revealed, as the oracle takes it."""
    return Question(
        method=whole_method(vote.settings),
        rule=vote.settings.get("rule", "balanced"),
        passes=vote.settings.get("passes", 3) if vote.places is None else vote.places,
        privacy=replay.privacy,
        groups=replay.group_order,
        territories=replay.territories,
        columns=vote.columns,
        items={i: {"column": column, "title": replay.title(i)} for i, column in vote.counted.items()},
        ballots=replay.sheets(vote),
        group_of=vote.groups,
        seed=vote.digest,
        territory_of=vote.sides,
        funders=vote.funders,
        paper={voter for voter, _ in vote.ballots if voter.startswith("v:")},
        weights=vote.weights,
        before=dict(vote.before),
        before_run=vote.before_run or None,
    )


def whole_method(settings: Json) -> Json:
    """The settings of a stored vote's method, with those that are left out in it."""
    given = settings.get("method", {"type": "dots"})
    method = {**LEFT_OUT[given["type"]], **given}
    if "criteria" in method:
        method["criteria"] = [{**CRITERION, **criterion} for criterion in method["criteria"]]
    return method


def rows_of(result: Json) -> list[Json]:
    """The rows of a result with one list; none where too few voted."""
    return [] if result.get("few") else list(result["columns"][0]["items"])


def told_before(run: str, row: Json) -> Json:
    """What of an earlier round's row is told beside the later one."""
    return {"run": run} | {name: row[name] for name in BEFORE if name in row}
