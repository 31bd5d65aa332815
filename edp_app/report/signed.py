"""Reasons beside which their authors set their names, as far as the room was shown the reasons."""

from collections.abc import Mapping

from edp_app.core.signing import signatures
from edp_app.core.state import Run
from edp_app.core.voting.ballots import AGAINST as AGAINST
from edp_app.report.parts import Json

Signed = Mapping[str, tuple[tuple[str, str], ...]]
"""Item to reasons with names."""


def signed_reasons(run: Run, result: Json, names: Mapping[str, str]) -> Signed:
    """Of a revealed vote. ``result``: as it was published; a reason that is not in it (too few voted, or the
    item was hidden since) is told no more with a name than without. ``names``: person to name."""
    shown = {
        row["item"]: list(row.get("reasons", {}).get(AGAINST, ()))
        for listing in result.get("columns", ())
        for row in listing["items"]
    }
    found: dict[str, list[tuple[str, str]]] = {}
    for one in signatures(run):
        name = names.get(one.person, "")
        if name and one.reason in shown.get(one.item, ()):
            shown[one.item].remove(one.reason)
            found.setdefault(one.item, []).append((one.reason, name))
    return {item: tuple(sorted(said, key=_by_name)) for item, said in found.items()}


def _by_name(said: tuple[str, str]) -> tuple[str, str]:
    """An order that tells nothing of who wrote first."""
    reason, name = said
    return name.casefold(), reason
