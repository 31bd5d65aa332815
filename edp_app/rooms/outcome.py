"""What is answered to a command."""

from collections import Counter, OrderedDict
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


MOST_KEPT = 100
"""Refusals that are stored of one participant in one stage run. Nobody is refused so often by tapping; who is
more often has a program do it, and shall not fill the disk."""

MOST_REMEMBERED = 1000
"""Refusals beyond that which a room remembers until it is let go, the latest."""


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


class Refusals:
    """Which refusals of a room are stored, and what is known of those that are not.

    A refusal is stored so that an operation that was refused stays refused when it comes again. That matters
    to whoever has heard the refusal: a page settles it then and never sends the operation again, so only a
    copy can still come, delayed on a line that was given up. Without a stored answer such a copy would be
    decided anew, and might be accepted after all, behind the back of somebody who was told otherwise.
    Therefore the latest refusals that are not stored are remembered here, which covers the seconds in which
    copies travel. A page that has *not* heard the answer still shows the operation as on its way; it may be
    accepted then as it may the first time, and the page says so. Nothing is ever counted twice by this: what
    is accepted is stored, always, together with its events.
    """

    def __init__(self) -> None:
        self._run: str | None = None
        self._kept: Counter[str] = Counter()
        self._remembered: OrderedDict[tuple[str, str], tuple[str, Outcome]] = OrderedDict()

    def takes(self, actor: str, run: str | None) -> bool:
        """Whether one more refusal of this participant is to be stored, ``run`` being the latest run; counts
        it."""
        if run != self._run:
            self._run = run
            self._kept.clear()
        self._kept[actor] += 1
        return self._kept[actor] <= MOST_KEPT

    def remember(self, actor: str, op_id: str, content_hash: str, outcome: Outcome) -> None:
        """One was answered that is not stored."""
        self._remembered[actor, op_id] = content_hash, outcome
        while len(self._remembered) > MOST_REMEMBERED:
            self._remembered.popitem(last=False)

    def remembered(self, actor: str, op_id: str) -> tuple[str, Outcome] | None:
        """The content and the answer of one that was not stored, if it is remembered."""
        return self._remembered.get((actor, op_id))
