"""Whether the log gives the reason for which an operation was refused."""

from typing import Any

from edp_app.rehearsal.ledger import Operation
from edp_app.rehearsal.recount_votes import whole_method
from edp_app.rehearsal.retally import Json, Replay, Vote

BEST = 5
"""The highest score."""


def borne_out(operation: Operation, replay: Replay) -> bool:
    """Whether the log says so, too. Of refusals that no rehearsal should meet, never."""
    run, command, code = operation.command.get("run", ""), operation.command, operation.refused
    if code == "stage_closed":
        return run in replay.closed
    if code == "stage_paused":
        return run in replay.paused
    if command["type"] == "fill_card":
        stage, at = run.rsplit(".", 1)[0], (command["item"], command["field"])
        return code == "outdated" and replay.cards[stage].get(at, ("", 0))[1] > command["revision"]
    vote = replay.votes.get(run)
    if vote is None or _unknown(vote, command):
        return code == "unknown_item"
    method = whole_method(vote.settings)
    match code:
        case "no_dots_left":
            column = vote.candidates[command["item"]] if method["per"] == "column" else ""
            return bool(vote.most[operation.voter, column] + command["dots"] > method["dots"])
        case "cap_reached":
            return bool(method["cap"] and max(_given(command), default=0) > method["cap"])
        case "no_points_left":
            return bool(sum(_given(command)) > method["points"])
        case "incomplete":
            return not _asked(method) <= set(command.get("scores", ()))
        case "bad_value":
            return _no_value(vote, method, command)
    return False


def _given(command: Json) -> list[int]:
    """The dots or the points of a ballot, item by item."""
    return [command["dots"]] if "dots" in command else list(command.get("scores", {}).values())


def _unknown(vote: Vote, command: Json) -> bool:
    named = {command["item"]} - {""} or {*command.get("scores", ()), *command.get("order", ())}
    return not named <= set(vote.candidates)


def _asked(method: Json) -> set[str]:
    """What everybody has to score."""
    if method["type"] == "axes":
        return {method["x"]["id"], method["y"]["id"]}
    return {criterion["id"] for criterion in method["criteria"] if not criterion["beside"]}


def _no_value(vote: Vote, method: Json, command: Json) -> bool:
    """Whether a ballot says what there is not to say."""
    known: dict[str, Any] = {
        "agree": {"agree", "disagree", "pass"},
        "choice": {option["id"] for option in method.get("options", ())},
    }
    if method["type"] in known:
        return command.get("choice") not in known[method["type"]]
    if method["type"] == "ranking":
        order = command.get("order", [])
        return len(set(order)) < len(order) or len(order) > (method["top"] or len(vote.candidates))
    if method["type"] in ("criteria", "axes"):
        return any(not 0 <= score <= BEST for score in command.get("scores", {}).values())
    return any(n < 1 for n in _given(command))
