"""The verdict: was everything that was acknowledged found in the log, once, and do the tallies follow from
it?

Written apart from the rules on purpose: it reads the stored rows as they are and counts in its own way, so
that a mistake in the rules does not agree with itself.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from edp_app.rehearsal.ledger import Ledger, Sort

Json = dict[str, Any]


@dataclass(frozen=True)
class Row:
    """A stored event as it stands in the database, its payload parsed and nothing else done to it."""

    seq: int
    kind: str
    actor: str
    op_id: str
    payload: Json


@dataclass
class Line:
    """One line of the account: operations sent, acknowledged as saved, and found once in the log."""

    sent: int = 0
    acknowledged: int = 0
    counted: int = 0

    @property
    def whole(self) -> bool:
        return self.sent == self.acknowledged == self.counted


@dataclass
class Verdict:
    """``problems`` is empty exactly when the promise was kept."""

    contributions: Line = field(default_factory=Line)
    ballots: Line = field(default_factory=Line)
    refused: Line = field(default_factory=Line)
    """Sent, acknowledged as refused; ``counted`` must be 0."""
    runs_compared: int = 0
    figures_compared: int = 0
    problems: list[str] = field(default_factory=list)


def judge(ledger: Ledger, log: list[Row], published: dict[str, Json]) -> Verdict:
    """Hold what was sent against the log, and the published results against a recount of the log.

    ``published``: run to its dots result as the pages showed it.
    """
    verdict = Verdict()
    found = Counter((row.actor, row.op_id) for row in log if row.op_id)
    for sort, line in (("contribution", verdict.contributions), ("ballot", verdict.ballots)):
        _account(ledger, found, sort, line, verdict)  # type: ignore[arg-type]  # both are sorts
    for run, result in published.items():
        _compare(run, result, log, verdict)
    return verdict


def _account(
    ledger: Ledger, found: Counter[tuple[str, str]], sort: Sort, line: Line, verdict: Verdict
) -> None:
    for operation in ledger.of(sort):
        times = found[operation.person, operation.op_id]
        if operation.answer and "contradicted_by" in operation.answer:
            verdict.problems.append(f"{operation.op_id} was given two different answers")
        if operation.refused:
            verdict.refused.sent += 1
            verdict.refused.acknowledged += 1
            verdict.refused.counted += times
            if times:
                verdict.problems.append(f"{operation.op_id} was refused and stands in the log")
            continue
        line.sent += 1
        line.acknowledged += operation.saved
        if operation.answer is None:
            verdict.problems.append(f"{operation.op_id} was never answered")
        changed_nothing = operation.saved and operation.answer and not operation.answer["first"]
        line.counted += times == 1 or bool(changed_nothing and not times)
        if times != 1 and not changed_nothing:
            verdict.problems.append(f"{operation.op_id} stands {times} times in the log")


def _compare(run: str, result: Json, log: list[Row], verdict: Verdict) -> None:
    """Dots, shares by heads and shares by cells of one run, recounted."""
    closed = max(r.seq for r in log if r.kind == "stage_closed" and r.payload["run"] == run)
    groups: dict[str, str] = {}
    hidden: set[str] = set()
    latest: dict[tuple[str, str], int] = {}
    for row in log:
        if row.seq > closed:
            break
        event = row.payload
        if row.kind in ("described", "paper_voter_added"):
            groups[event["person"]] = event["group"]
        elif row.kind == "item_hidden":
            hidden.add(event["item"])
        elif row.kind == "item_shown":
            hidden.discard(event["item"])
        elif row.kind == "ballot_cast" and event["run"] == run:
            latest[event["voter"], event["item"]] = event["dots"]
    dots = {key: n for key, n in latest.items() if n and key[1] not in hidden}
    verdict.runs_compared += 1
    voters = {voter for voter, _ in dots}
    _same(verdict, f"{run} voters", len(voters), result["voters"])
    cell_of = {g: cell["id"] for cell in result.get("cells", ()) for g in cell["groups"]}
    for column in result.get("columns", ()):
        rows = column["items"]
        here = {key: n for key, n in dots.items() if key[1] in {r["item"] for r in rows}}
        _same(verdict, f"{run} {column['column']} dots", sum(here.values()), column["dots"])
        by_cell: dict[str, Counter[str]] = defaultdict(Counter)
        for (voter, item), n in here.items():
            by_cell[cell_of.get(groups.get(voter, ""), "")][item] += n
        by_cell.pop("", None)
        for row in rows:
            _compare_row(f"{run} {row['item']}", row, here, by_cell, verdict)


def _compare_row(
    where: str,
    row: Json,
    here: dict[tuple[str, str], int],
    by_cell: dict[str, Counter[str]],
    verdict: Verdict,
) -> None:
    mine = sum(n for (_, item), n in here.items() if item == row["item"])
    _same(verdict, f"{where} dots", mine, row["dots"])
    total = sum(here.values())
    _same(verdict, f"{where} share", float(Fraction(mine, total)) if total else 0.0, row["headcount"])
    if "balanced" in row and by_cell:
        shares = [Fraction(cell[row["item"]], sum(cell.values())) for cell in by_cell.values()]
        _same(verdict, f"{where} balanced", float(sum(shares, Fraction(0)) / len(shares)), row["balanced"])


def _same(verdict: Verdict, what: str, counted: float, published: float) -> None:
    verdict.figures_compared += 1
    if abs(counted - published) > 1e-12:
        verdict.problems.append(f"{what}: counted again {counted}, published {published}")
