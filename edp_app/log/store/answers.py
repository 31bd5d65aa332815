"""What was answered to operations, against the log: every acceptance has its events, every event its
acceptance, and no answer stands there that nobody can have been given."""

from typing import Any, NamedTuple

from edp_app.log.bounds import ACTOR, HASH, OP_ID, is_answer

Positions = tuple[int, int]


class Answer(NamedTuple):
    """A row of the operations, wherever it was read from; ``outcome`` as it comes out of JSON."""

    actor: str
    op_id: str
    outcome: Any
    content_hash: str | None
    first_seq: int | None
    last_seq: int | None


class Answers:
    """Takes the events of a log in order, then the answers in any."""

    def __init__(self) -> None:
        self._asked: dict[tuple[str, str], Positions] = {}
        self._actors: set[str] = set()
        self._answered: set[tuple[str, str]] = set()

    def event(self, seq: int, actor: str, op_id: str) -> str | None:
        """One more event; a sentence if it cannot have come of this operation."""
        self._actors.add(actor)
        first, last = self._asked.get((actor, op_id), (seq, seq - 1))
        if last != seq - 1:
            return (
                f"The operation of position {seq} is that of position {first}, and others stand between them."
            )
        self._asked[actor, op_id] = first, seq
        return None

    def answer(self, row: Answer) -> str | None:
        """One answer; a sentence if it cannot have been given to this operation."""
        key = row.actor, row.op_id
        if key in self._answered:
            return "An operation was answered twice."
        self._answered.add(key)
        came = self._asked.pop(key, None)
        fits = (
            ACTOR.fullmatch(row.actor)
            and OP_ID.fullmatch(row.op_id)
            and (row.content_hash is None or HASH.fullmatch(row.content_hash))
            and is_answer(row.outcome)
        )
        if not fits:
            return f"The answer to an operation{_of(came)} is not one."
        accepted, positions = row.outcome["ok"], (row.first_seq, row.last_seq)
        if accepted and came is None and positions == (0, 0):
            # There was nothing to do. Whoever is in a workshop has done something before.
            strange = row.actor.startswith("p:") and row.actor not in self._actors
            return (
                "An operation of somebody who is not in the record was answered as accepted."
                if strange
                else None
            )
        if positions == (came if accepted else (None, None)) and bool(came) == accepted:
            return None
        if came:
            said = "with other positions" if accepted else "as refused"
            return f"The operation{_of(came)} was answered {said}."
        where = f"position {row.first_seq}, which is not its own" if row.first_seq else "no position"
        return f"An operation was answered with {where}."

    def whole(self) -> str | None:
        """When all were taken: a sentence on the first event whose operation has no answer."""
        if not self._asked:
            return None
        return f"The operation{_of(min(self._asked.values()))} has no answer."


def _of(came: Positions | None) -> str:
    return f" that led to position {came[0]}" if came else ""
