"""The verdict: was everything that was acknowledged stored, once and as it was sent; was everything refused
for a reason that the log bears out; and do the published results follow from the log when they are counted
anew?
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from edp_app.rehearsal.borne_out import borne_out
from edp_app.rehearsal.ledger import Ledger, Operation
from edp_app.rehearsal.recount_cards import told_again
from edp_app.rehearsal.recount_dots import count_dots
from edp_app.rehearsal.retally import PARTS, Json, Replay, Row

__all__ = ["Line", "Row", "Verdict", "compare", "judge", "recount"]

CLOSE = 1e-9
"""Figures that differ by less are the same."""

STORED_AS = {
    "add_item": "item_added",
    "change_item": "item_changed",
    "withdraw_item": "item_withdrawn",
    "fill_card": "card_filled",
    "cast_ballot": "ballot_cast",
    "answer": "answered",
}


@dataclass
class Line:
    """One line of the account: operations sent, answered, and found once in the log."""

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
    unchanged: int = 0
    """Accepted with nothing to change (a dot put where it is already), and nothing of them in the log."""
    refused: Line = field(default_factory=Line)
    """Sent, answered with a refusal; ``counted`` must be 0."""
    runs_compared: int = 0
    figures_compared: int = 0
    problems: list[str] = field(default_factory=list)


def judge(
    ledger: Ledger, log: list[Row], published: dict[str, Json], cards: dict[str, Json] | None = None
) -> Verdict:
    """Hold what was sent against the log, and the published results against a second count of the log.

    ``published``: run to its result as the pages showed it, for every vote and every run of questions;
    ``cards``: stage to what its cards said.
    """
    verdict = Verdict()
    replay = Replay(log)
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in log:
        if row.op_id:
            found[row.actor, row.op_id].append(row)
    for operation in ledger.of("contribution", "ballot"):
        _account(operation, found[operation.person, operation.op_id], replay, verdict)
    _same_ballots(ledger, replay, verdict)
    _compare(replay, published, verdict)
    _compare_cards(replay, cards or {}, verdict)
    _not_empty(replay, verdict)
    return verdict


def recount(log: list[Row], published: dict[str, Json], cards: dict[str, Json] | None = None) -> Verdict:
    """Hold results against a second count of any workshop's log. Of the verdict only ``problems`` and what
    was compared say anything."""
    verdict, replay = Verdict(), Replay(log)
    _compare(replay, published, verdict)
    _compare_cards(replay, cards or {}, verdict)
    return verdict


def _compare_cards(replay: Replay, cards: dict[str, Json], verdict: Verdict) -> None:
    for what, counted, shown in told_again(replay, cards):
        _same(verdict, what, counted, shown)


def _compare(replay: Replay, published: dict[str, Json], verdict: Verdict) -> None:
    for run in [*replay.votes, *replay.asked]:
        shown = replay.shown(run)
        if shown and shown.revealed and run not in published:
            verdict.problems.append(f"{run} was revealed and its result is nowhere")
    for run, result in published.items():
        verdict.runs_compared += 1
        if (vote := replay.votes.get(run)) and vote.method == "dots":
            _compare_dots(run, result, count_dots(replay, vote), verdict)
        compare(run, replay.expected(run), result, verdict)
    _none_too_late(replay, verdict)


def _account(operation: Operation, rows: list[Row], replay: Replay, verdict: Verdict) -> None:
    line = verdict.contributions if operation.sort == "contribution" else verdict.ballots
    name = f"{operation.command['type']} {operation.op_id}"
    answer = operation.answer
    if answer is None:
        line.sent += 1
        verdict.problems.append(f"{name} was never answered")
        return
    if "contradicted_by" in answer:
        verdict.problems.append(f"{name} was given two different answers")
    if operation.refused:
        verdict.refused.sent += 1
        verdict.refused.acknowledged += 1
        verdict.refused.counted += len(rows)
        if rows:
            verdict.problems.append(f"{name} was refused and stands in the log")
        if not borne_out(operation, replay):
            verdict.problems.append(
                f"{name} was refused as {operation.refused}, which the log does not bear out"
            )
        return
    if not answer["first"]:
        verdict.unchanged += 1
        if rows:
            verdict.problems.append(f"{name} was said to change nothing and stands in the log")
        return
    line.sent += 1
    line.acknowledged += 1
    line.counted += len(rows) == 1
    if len(rows) != 1:
        verdict.problems.append(f"{name} stands {len(rows)} times in the log")
    elif rows[0].payload.get("voter", operation.voter) != operation.voter:
        verdict.problems.append(f"{name} was counted for somebody else")
    elif not _as_sent(operation.command, rows[0]):
        verdict.problems.append(f"{name} was stored otherwise than it was sent")


def _as_sent(command: Json, row: Row) -> bool:
    """Whether what is stored says what was sent. What people typed is compared without the white space
    around it.
    """
    stored = row.payload
    if row.kind != STORED_AS[command["type"]]:
        return False
    same: dict[str, tuple[Any, Any]] = {
        name: (command[name].strip() if isinstance(command[name], str) else command[name], stored.get(name))
        for name in ("run", "item", "column", "field", "title", "question", "value")
        if name in command and name in stored
    }
    if row.kind == "ballot_cast":
        same["ballot"] = (_said(command), _said(stored))
    for name in ("fields", "sdgs", "links"):
        if command.get(name):
            same[name] = (command[name], stored.get(name))
    if "title" in command and "title" not in stored:
        return False
    return all(sent == kept for sent, kept in same.values())


def _said(ballot: Json) -> Json:
    """What a ballot says, sent or stored: the parts that are filled."""
    said = {part: ballot[part] for part in PARTS if ballot.get(part)}
    if reason := said.pop("reason", "").strip():
        said["reason"] = reason
    if said.get("choice") != "disagree" or "reason" not in said:
        said.pop("signed", None)  # nothing that a name could stand beside
    return said


def _same_ballots(ledger: Ledger, replay: Replay, verdict: Verdict) -> None:
    """What each phone was last told is saved, against what the log holds of it in the end."""
    told: dict[tuple[str, str, str], tuple[int, Json]] = {}
    for operation in ledger.of("ballot"):
        if operation.saved and operation.answer and operation.command["type"] == "cast_ballot":
            key = (operation.command["run"], operation.voter, operation.command["item"])
            place = operation.answer["first"]
            if place >= told.get(key, (0, {}))[0]:
                told[key] = (place, _said(operation.command))
    for (run, person, item), (_, said) in told.items():
        kept = replay.votes[run].ballots.get((person, item), {}) if run in replay.votes else None
        _same(verdict, f"{run} {item}: what a phone holds saved", said, kept)


def _compare_dots(run: str, result: Json, expected: Json, verdict: Verdict) -> None:
    for name in ("rule", "passes", "voters"):
        _same(verdict, f"{run} {name}", expected[name], result.get(name))
    _same(verdict, f"{run} few", expected.get("few", False), result.get("few", False))
    if expected.get("few"):
        _same(verdict, f"{run} columns", None, result.get("columns"))
        return
    cells = [(sorted(cell["groups"]), cell["voters"]) for cell in result.get("cells", ())]
    _same(verdict, f"{run} cells", sorted(expected["cells"]), sorted(cells))
    missing = list(result.get("not_represented", ()))
    _same(verdict, f"{run} not represented", expected["not_represented"], missing)
    columns = result.get("columns", ())
    _same(verdict, f"{run} lists", len(expected["columns"]), len(columns))
    for rows, column in zip(expected["columns"], columns, strict=False):
        shown = {row["item"]: row for row in column["items"]}
        _same(verdict, f"{run} {column['column']} items", sorted(r["item"] for r in rows), sorted(shown))
        for row in rows:
            if row["item"] in shown:
                _compare_row(f"{run} {row['item']}", row, shown[row["item"]], verdict)


def _compare_row(where: str, expected: Json, shown: Json, verdict: Verdict) -> None:
    for name in ("dots", "headcount", "rank_headcount", "passes"):
        if name in expected:
            _same(verdict, f"{where} {name}", expected[name], shown.get(name))
    if "balanced" in shown:
        for name in ("balanced", "rank_balanced"):
            _same(verdict, f"{where} {name}", expected[name], shown[name])


def compare(where: str, expected: Any, shown: Any, verdict: Verdict) -> None:
    """Two results, whole: every figure and every word of them."""
    if isinstance(expected, dict) and isinstance(shown, dict):
        for name in sorted(expected.keys() | shown.keys()):
            here = f"{where} {name}"
            compare(here, expected.get(name, "nothing"), shown.get(name, "nothing"), verdict)
    elif isinstance(expected, list) and isinstance(shown, list) and len(expected) == len(shown):
        for n, (mine, theirs) in enumerate(zip(expected, shown, strict=True)):
            name = mine.get("item", mine.get("id", n)) if isinstance(mine, dict) else n
            compare(f"{where} {name}", mine, theirs, verdict)
    else:
        _same(verdict, where, expected, shown)


def _not_empty(replay: Replay, verdict: Verdict) -> None:
    """A rehearsal in which nobody could vote rehearsed nothing."""
    for vote in replay.votes.values():
        if not vote.ballots:
            verdict.problems.append(f"{vote.run} was opened and holds no ballot at all")
    for stage in replay.card_stages:
        if not replay.cards.get(stage):
            verdict.problems.append(f"{stage} was opened and nothing was written on its cards")
    kinds = Counter(stage["settings"]["kind"] for stage in replay.definition["stages"])
    if kinds["vote"] and not replay.votes:
        verdict.problems.append("no vote was opened")


def _none_too_late(replay: Replay, verdict: Verdict) -> None:
    """After the closing only sheets of paper are taken, and after the reveal nothing."""
    for vote in replay.votes.values():
        if vote.too_late:
            verdict.problems.append(f"{vote.run} holds ballots from after its end: {vote.too_late}")


def _same(verdict: Verdict, what: str, counted: Any, published: Any) -> None:
    verdict.figures_compared += 1
    if isinstance(published, float) and not isinstance(counted, str):
        agrees = abs(float(counted) - published) < CLOSE
    else:
        agrees = counted == published
    if not agrees:
        verdict.problems.append(f"{what}: counted again {counted}, published {published}")
