"""Whether a workshop's record is in order, looked at in every way there is: the chain of digests, the answers
that phones were given, what the rules make of the log, and the results, counted a second time by code that
shares nothing with the rules.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

import msgspec
from sqlalchemy.orm import Session

from edp_app.core.state import State
from edp_app.core.views import view
from edp_app.core.workshop import evolve
from edp_app.log import store
from edp_app.log.bounds import is_shown
from edp_app.log.store import StoredEvent
from edp_app.rehearsal.recount import Row, recount
from edp_app.rehearsal.recount_cards import cards_shown


class Checked(NamedTuple):
    """What reading a whole record found. ``problem`` is a sentence, or None; ``figures`` and ``results`` are
    how much was counted a second time."""

    verdict: store.Verdict
    problem: str | None
    results: int = 0
    figures: int = 0


def check_record(session: Session, workshop_id: str) -> Checked:
    """Check one workshop, from the first event to the last. Changes nothing."""
    verdict = store.verify(session, workshop_id)
    problem = verdict.problem or store.verify_operations(session, workshop_id)
    if problem is not None:
        return Checked(verdict, problem)
    state, rows = State(), []
    try:
        for row in store.events_after(session, workshop_id):
            evolve(state, store.recorded(row))
            rows.append(row)
    except Exception as error:  # noqa: BLE001 -- whatever it is, the record does not fold
        where = f"The entry at position {len(rows) + 1} cannot be read"
        return Checked(verdict, f"{where} ({type(error).__name__}).")
    if state.digest != verdict.head:
        return Checked(verdict, f"Reading the record ends with another digest, {state.digest}.")
    if not is_shown(state):
        return Checked(verdict, "No page can be made of the workshop that the record tells of.")
    return _recounted(verdict, state, rows)


def check_results(state: State, rows: Iterable[StoredEvent]) -> Checked:
    """The results of a log that was folded, against a second count of its rows."""
    return _recounted(store.Verdict(state.seq, state.erased, state.digest), state, rows)


def _recounted(verdict: store.Verdict, state: State, rows: Iterable[StoredEvent]) -> Checked:
    console: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(view(state, "console")))
    try:
        counted = recount(
            [_row(row) for row in rows],
            {run: past["result"] for run, past in console["results"].items()},
            cards_shown(console),
        )
    except Exception as error:  # noqa: BLE001 -- whatever it is, the two do not agree
        return Checked(verdict, f"The results cannot be counted a second time ({type(error).__name__}).")
    problem = f"Results: {counted.problems[0]}." if counted.problems else None
    return Checked(verdict, problem, counted.runs_compared, counted.figures_compared)


def _row(row: StoredEvent) -> Row:
    payload = msgspec.json.decode(row.payload) if row.payload is not None else {}
    return Row(row.seq, row.kind, row.actor, row.op_id, payload, row.digest)
