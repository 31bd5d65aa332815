"""The whole result of a run, as it is published."""

from edp_app.rehearsal.oracle import agree, axes, choice, criteria, points, rankings
from edp_app.rehearsal.oracle.question import Json, Question, that_count
from edp_app.rehearsal.oracle.room import Room

LISTS = {
    "dots": points.lists,
    "points": points.lists,
    "agree": agree.lists,
    "criteria": criteria.lists,
    "axes": axes.lists,
    "choice": choice.lists,
    "ranking": rankings.lists,
}
WITHOUT_RULE = ("axes", "choice")


def publish(question: Question) -> Json:
    """The result of a vote, of any method, ready for JSON."""
    room = Room(question, that_count(question))
    result: Json = {"version": 1, "method": question.type, "voters": len(room.voters)}
    if question.type not in WITHOUT_RULE:
        result |= {"rule": question.decided_by, "passes": question.passes}
    if room.few:
        return result | {"few": True}
    if not room.heads_only:
        result["cells"] = [cell.told() for cell in room.cells]
    result["not_represented"] = room.not_represented()
    result["seed"] = question.seed
    result |= room.territories()
    if question.type == "criteria":
        result |= criteria.head(question)
        if question.before_run is not None:
            result["before"] = question.before_run
    result["columns"] = LISTS[question.type](room)
    return result
