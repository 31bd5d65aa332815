"""What was sent and what came back: the rehearsal's own account, kept apart from the server's."""

import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Literal

Sort = Literal["contribution", "ballot", "other"]

SORTS: dict[str, Sort] = {
    "add_item": "contribution",
    "change_item": "contribution",
    "withdraw_item": "contribution",
    "fill_card": "contribution",
    "cast_ballot": "ballot",
    "answer": "ballot",
}


@dataclass
class Operation:
    """One operation: how often it was sent and what the final answer was (None while there is none)."""

    op_id: str
    person: str
    command: dict[str, Any]
    sort: Sort
    attempts: int = 0
    first_sent: float = 0.0
    seconds: float | None = None
    answer: dict[str, Any] | None = None

    @property
    def voter(self) -> str:
        """Whom it counts for: at a phone that several people share, whoever sat at the seat it names."""
        seat = self.command.get("seat")
        return f"{self.person}.{seat}" if seat else self.person

    @property
    def saved(self) -> bool:
        return bool(self.answer and self.answer["ok"])

    @property
    def refused(self) -> str | None:
        return None if self.answer is None or self.answer["ok"] else str(self.answer["refusal"]["code"])


@dataclass
class Ledger:
    """Every operation of every simulated phone."""

    operations: dict[str, Operation] = field(default_factory=dict)

    def open(self, op_id: str, person: str, command: dict[str, Any]) -> Operation:
        """Note an operation before it is sent for the first time."""
        sort = SORTS.get(command["type"], "other")
        operation = Operation(op_id, person, command, sort, first_sent=time.monotonic())
        self.operations[op_id] = operation
        return operation

    def answered(self, operation: Operation, answer: dict[str, Any]) -> None:
        """Note the answer. Two different answers to one operation would be a broken promise: the first
        stays, and
        the difference is kept for the verdict."""
        if operation.answer is None:
            operation.answer = answer
            operation.seconds = time.monotonic() - operation.first_sent
        elif (operation.answer["ok"], operation.answer.get("first")) != (answer["ok"], answer.get("first")):
            operation.answer["contradicted_by"] = answer

    def of(self, *sorts: Sort) -> list[Operation]:
        """The operations of these sorts, in the order in which they were first sent."""
        return [o for o in self.operations.values() if o.sort in sorts]

    def refusals(self) -> dict[str, int]:
        """How many operations were refused, by reason."""
        return dict(Counter(o.refused for o in self.operations.values() if o.refused))

    def answer_times(self) -> dict[str, float]:
        """Milliseconds from first sending to the answer: median, 99th percentile, longest."""
        times = sorted(o.seconds * 1000 for o in self.operations.values() if o.seconds is not None)
        if not times:
            return {}
        return {
            "p50_ms": round(times[len(times) // 2], 1),
            "p99_ms": round(times[min(len(times) - 1, int(len(times) * 0.99))], 1),
            "max_ms": round(times[-1], 1),
        }
