"""Votes with dots, counted a third time and in yet another way: the oldest of the counts that hold the rules
to their word."""

import hashlib
from collections import Counter, defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from edp_app.rehearsal.recount_votes import whole_method

if TYPE_CHECKING:
    from edp_app.rehearsal.retally import Replay, Vote

Json = dict[str, Any]
SMALL = 3
DECIDING = {"headcount": ["headcount"], "balanced": ["balanced"], "both": ["headcount", "balanced"]}
"""Which counts a rule asks; the portfolio is worked out elsewhere."""


def count_dots(replay: "Replay", vote: "Vote") -> Json:
    """What follows from the dots of a vote, in part as it is published; ``columns``: a list of rows each."""
    method = whole_method(vote.settings)
    placed = _placed(vote, method)
    voters = sorted({voter for voter, _ in placed})
    rule = "headcount" if replay.privacy == "headcount" else vote.settings.get("rule", "balanced")
    result: Json = {"rule": rule, "passes": vote.settings.get("passes", 3), "voters": len(voters)}
    phones = [voter for voter in voters if not voter.startswith("v:")]
    if len(phones or voters) < SMALL:
        return {**result, "few": True}
    cells = _cells(replay, voters, phones, vote.groups)
    result["cells"] = [(sorted(groups), sum(vote.groups[v] in groups for v in voters)) for groups in cells]
    present = {vote.groups[voter] for voter in voters}
    result["not_represented"] = [g for g in replay.group_order if g not in present]
    if replay.privacy == "headcount":
        result["not_represented"] = []
    columns = [""] if method["per"] == "stage" else vote.columns
    result["columns"] = [
        _column([i for i, c in vote.counted.items() if column in ("", c)], placed, cells, vote, result)
        for column in columns
    ]
    return result


def _placed(vote: "Vote", method: Json) -> dict[tuple[str, str], int]:
    """The dots that count: nobody has more than were given out, even where an item came back on which some
    had been spent; of too many, those given first do not count.
    """
    used: Counter[tuple[str, str]] = Counter()
    placed = {}
    for (voter, item), ballot in reversed(vote.ballots.items()):
        if item in vote.counted:
            purse = (voter, vote.counted[item] if method["per"] == "column" else "")
            taken = max(0, min(ballot.get("dots", 0), method["dots"] - used[purse]))
            used[purse] += taken
            if taken:
                placed[voter, item] = taken
    return placed


def _cells(
    replay: "Replay", voters: list[str], phones: list[str], group_of: dict[str, str]
) -> list[set[str]]:
    """Who is shown together: groups of fewer than three phones, and then the next smallest until they are."""
    if replay.privacy == "headcount":
        return []
    present = [g for g in replay.group_order if any(group_of[v] == g for v in voters)]
    protect = Counter(group_of[v] for v in (phones or voters))
    small = {g for g in present if protect[g] < SMALL} if replay.privacy == "grouped" else set()
    large = sorted((g for g in present if g not in small), key=lambda g: protect[g])
    while small and large and sum(protect[g] for g in small) < SMALL:
        small.add(large.pop(0))
    return [{g} for g in present if g not in small] + ([small] if small else [])


def _column(
    items: list[str],
    placed: dict[tuple[str, str], int],
    cells: list[set[str]],
    vote: "Vote",
    result: Json,
) -> list[Json]:
    here = {key: n for key, n in placed.items() if key[1] in items}
    total = sum(here.values())
    spent: dict[int, Counter[str]] = defaultdict(Counter)
    for (voter, item), n in here.items():
        for number, groups in enumerate(cells):
            if vote.groups[voter] in groups:
                spent[number][item] += n
    rows = []
    for item in items:
        mine = sum(n for (_, i), n in here.items() if i == item)
        shares = [Fraction(counts[item], counts.total()) for counts in spent.values()]
        rows.append(
            {
                "item": item,
                "dots": mine,
                "headcount": Fraction(mine, total) if total else Fraction(0),
                "balanced": sum(shares, Fraction(0)) / len(shares) if shares else Fraction(0),
                "lowest": min(shares, default=Fraction(0)),
                "lot": hashlib.sha256(f"{vote.digest}|{item}".encode()).hexdigest(),
            }
        )
    _pass(rows, result)
    return rows


def _pass(rows: list[Json], result: Json) -> None:
    for count in ("headcount", "balanced"):
        for row in rows:
            row[f"rank_{count}"] = 1 + sum(other[count] > row[count] for other in rows)
        order = sorted((r for r in rows if r["dots"]), key=lambda r: (-r[count], -r["lowest"], r["lot"]))
        for place, row in enumerate(order):
            row[f"by_{count}"] = place < result["passes"]
    if deciding := DECIDING.get(result["rule"]):
        for row in rows:
            row["passes"] = all(row.get(f"by_{count}", False) for count in deciding)
