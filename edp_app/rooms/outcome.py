"""What is answered to a command."""

from typing import Any

import msgspec

from edp_app.core.refusals import Code, Refusal, refuse
from edp_app.log.store import StoredOperation

NOT_KEPT: frozenset[Code] = frozenset(
    {
        "try_again",
        "too_fast",
        "op_id_reused",
        "not_joined",
        "door_closed",
        "workshop_full",
        "stage_paused",
    }
)
"""Refusals after which the same operation, sent again, is looked at anew: those that say nothing about the
command itself; what met a pause, which waits on the phone and counts when the stage goes on; and those to
somebody who is not in the workshop. Nothing was promised to strangers, and they shall not be able to fill the
disk, nor to have a commit made for each thing they try."""


class Outcome(msgspec.Struct, frozen=True):
    """The answer to a command. If it is accepted, ``first`` to ``last`` are its positions in the log, both 0
    where there was nothing to do. ``repeated``: it had been answered before."""

    ok: bool
    first: int = 0
    last: int = 0
    refusal: Refusal | None = None
    repeated: bool = False


def refused(refusal: Refusal | Code) -> Outcome:
    """The outcome of a command that was not carried out."""
    return Outcome(ok=False, refusal=refusal if isinstance(refusal, Refusal) else refuse(refusal))


def stored_form(outcome: Outcome) -> str:
    """The JSON that is kept with the operation; the positions have columns of their own."""
    form: dict[str, Any] = {"ok": outcome.ok}
    if outcome.refusal is not None:
        form["refusal"] = outcome.refusal
    return msgspec.json.encode(form).decode()


def from_stored(operation: StoredOperation) -> Outcome:
    """The outcome of a repeat. Raises ``msgspec.ValidationError`` for a row that this version cannot read."""
    refusal = operation.outcome.get("refusal")
    return Outcome(
        ok=bool(operation.outcome["ok"]),
        first=operation.first_seq or 0,
        last=operation.last_seq or 0,
        refusal=None if refusal is None else msgspec.convert(refusal, Refusal),
        repeated=True,
    )
