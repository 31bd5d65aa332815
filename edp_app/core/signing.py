"""Who set their name beside why they do not stand by what was decided.

A ballot says only *that* its voter's name may stand there. The name itself is what they gave, beside the log,
so that it is taken back and erased like every name, and whoever reads the log alone does not find it.
"""

from collections.abc import Mapping
from typing import NamedTuple

from edp_app.core.state import Run, State


class Signature(NamedTuple):
    """A reason that somebody stands by with their name."""

    item: str
    person: str
    reason: str


def signatures(run: Run) -> list[Signature]:
    """Those of a vote whose result was revealed, in an order that tells nothing of when they voted."""
    if run.kind != "vote" or not run.revealed:
        return []
    return sorted(
        Signature(item, voter, ballot.reason)
        for voter, given in run.data.tally.ballots().items()
        for item, ballot in given.items()
        if getattr(ballot, "signed", False)
    )


def called(state: State, given: Mapping[str, str]) -> dict[str, str]:
    """Person to name. ``given``: the names that stand beside the log, by person and by badge; who gave none
    of their own has that of their badge, as long as they have not taken their name back."""
    found = {}
    for person in state.persons.values():
        if person.named and (name := given.get(person.id, "") or given.get(person.badge or "", "")):
            found[person.id] = name
    return found
