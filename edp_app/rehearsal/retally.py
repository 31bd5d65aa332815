"""A second count, from the stored rows alone: written apart from the rules on purpose and in its own way, so
that a mistake in the rules does not agree with itself. It shares no code with ``core``; the specification is
the same.
"""

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

Json = dict[str, Any]
SMALL = 3


@dataclass(frozen=True)
class Row:
    """A stored event as it stands in the database, its payload parsed and nothing else done to it."""

    seq: int
    kind: str
    actor: str
    op_id: str
    payload: Json
    digest: str = ""


@dataclass
class Vote:
    """What the log says of one run of a vote."""

    run: str
    settings: Json
    columns: list[str]
    candidates: dict[str, str] = field(default_factory=dict)
    counted: dict[str, str] = field(default_factory=dict)
    """The candidates that were still to be seen at the reveal."""
    dots: dict[tuple[str, str], int] = field(default_factory=dict)
    own: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    """The same by voter."""
    most: Counter[tuple[str, str]] = field(default_factory=Counter)
    """The most that a voter ever had placed in a column (or, under "", in the whole stage)."""
    groups: dict[str, str] = field(default_factory=dict)
    digest: str = ""
    shut: bool = False
    revealed: bool = False
    too_late: int = 0
    """Ballots that were taken although the run was closed, and no sheets of paper, or revealed."""


@dataclass
class Asked:
    """What the log says of one run of questions."""

    questions: list[Json]
    answers: dict[tuple[str, str], Any] = field(default_factory=dict)
    revealed: bool = False


class Replay:
    """The log, read once from the beginning to the end."""

    def __init__(self, log: list[Row]) -> None:
        self.definition: Json = log[0].payload["definition"]
        self.stages = {stage["id"]: stage for stage in self.definition["stages"]}
        self.group_order = [group["id"] for group in self.definition["groups"]]
        self.privacy = self.definition.get("privacy", "grouped")
        self.items: dict[str, Json] = {}
        self.groups: dict[str, str] = {}
        self.votes: dict[str, Vote] = {}
        self.asked: dict[str, Asked] = {}
        self.closed: set[str] = set()
        self.paused: set[str] = set()
        for row in log:
            step = getattr(self, f"_{row.kind}", None)
            if step and row.payload:  # of a vote that was erased nothing is left
                step(row, row.payload)

    def _described(self, row: Row, event: Json) -> None:
        self.groups[event["person"]] = event["group"]

    def _paper_voter_added(self, row: Row, event: Json) -> None:
        self.groups[event["person"]] = event["group"]
        if vote := self.votes.get(event.get("run", "")):
            vote.groups[event["person"]], vote.digest = event["group"], row.digest

    def _item_added(self, row: Row, event: Json) -> None:
        self.items[event["item"]] = {**event, "stage": event["run"].rsplit(".", 1)[0]}

    def _item_withdrawn(self, row: Row, event: Json) -> None:
        self.items[event["item"]]["gone"] = True

    def _item_hidden(self, row: Row, event: Json) -> None:
        self.items[event["item"]]["hidden"] = True

    def _item_shown(self, row: Row, event: Json) -> None:
        self.items[event["item"]]["hidden"] = False

    def _items_merged(self, row: Row, event: Json) -> None:
        for item in event["items"]:
            self.items[item]["into"] = event["into"]

    def _item_unmerged(self, row: Row, event: Json) -> None:
        self.items[event["item"]]["into"] = None

    def _stage_opened(self, row: Row, event: Json) -> None:
        settings = self.stages[event["stage"]]["settings"]
        if settings["kind"] == "ask":
            self.asked[event["run"]] = Asked(settings["questions"])
        if settings["kind"] == "vote":
            of = self.stages[settings["of"]]["settings"]
            vote = Vote(event["run"], settings, [column["id"] for column in of["columns"]])
            for item in self.items.values():
                if item["stage"] == settings["of"] and not any(map(item.get, ("gone", "hidden", "into"))):
                    vote.candidates[item["item"]] = item["column"]
            self.votes[event["run"]] = vote

    def _stage_paused(self, row: Row, event: Json) -> None:
        self.paused.add(event["run"])

    def _stage_closed(self, row: Row, event: Json) -> None:
        self.closed.add(event["run"])
        if vote := self.votes.get(event["run"]):
            vote.groups, vote.digest, vote.shut = dict(self.groups), row.digest, True

    def _stage_reopened(self, row: Row, event: Json) -> None:
        if vote := self.votes.get(event["run"]):
            vote.shut = False

    def _result_revealed(self, row: Row, event: Json) -> None:
        shown: Vote | Asked | None = self.votes.get(event["run"]) or self.asked.get(event["run"])
        if shown:
            shown.revealed = True
        if isinstance(shown, Vote):
            # What was taken off the board before the reveal does not count; afterwards the figures stand.
            shown.counted = {item: column for item, column in shown.candidates.items() if self._seen(item)}

    def _seen(self, item: str) -> bool:
        """Whether neither an item nor the one that it stands under was hidden or withdrawn."""
        held: Json | None = self.items[item]
        while held and not held.get("hidden") and not held.get("gone"):
            if not held.get("into"):
                return True
            held = self.items.get(held["into"])
        return False

    def _ballot_cast(self, row: Row, event: Json) -> None:
        vote = self.votes[event["run"]]
        vote.dots.pop((event["voter"], event["item"]), None)  # the one given last stands last
        vote.dots[event["voter"], event["item"]] = event["dots"]
        vote.digest = row.digest  # of a sheet after the closing: the lot is drawn once all of them are in
        vote.too_late += vote.revealed or (vote.shut and not event["voter"].startswith("v:"))
        own = vote.own[event["voter"]]
        own[event["item"]] = event["dots"]
        for column in ("", vote.candidates[event["item"]]):
            placed = sum(n for item, n in own.items() if column in ("", vote.candidates[item]))
            vote.most[event["voter"], column] = max(vote.most[event["voter"], column], placed)

    def _answered(self, row: Row, event: Json) -> None:
        self.asked[event["run"]].answers[event["voter"], event["question"]] = event.get("value")

    # ---- counting

    def uncountable(self) -> list[str]:
        """The votes by a method that is not counted here."""
        methods = {run: vote.settings.get("method", {}) for run, vote in self.votes.items()}
        return [run for run, method in methods.items() if method.get("type", "dots") != "dots"]

    def expected(self, run: str) -> Json:
        """The whole result of a vote with dots, as it has to be published."""
        vote = self.votes[run]
        method = {"dots": 3, "per": "stage", "cap": 1, **vote.settings.get("method", {})}
        counted = vote.counted
        placed = self._placed(vote, method)
        voters = sorted({voter for voter, _ in placed})
        rule = "headcount" if self.privacy == "headcount" else vote.settings.get("rule", "balanced")
        result: Json = {"rule": rule, "passes": vote.settings.get("passes", 3), "voters": len(voters)}
        phones = [voter for voter in voters if not voter.startswith("v:")]
        if len(phones or voters) < SMALL:
            return {**result, "few": True}
        cells = self._cells(voters, phones, vote.groups)
        result["cells"] = [
            (sorted(groups), sum(vote.groups[v] in groups for v in voters)) for groups in cells
        ]
        present = {vote.groups[voter] for voter in voters}
        result["not_represented"] = [g for g in self.group_order if g not in present]
        if self.privacy == "headcount":
            result["not_represented"] = []
        columns = [""] if method["per"] == "stage" else vote.columns
        result["columns"] = [
            self._column([i for i, c in counted.items() if column in ("", c)], placed, cells, vote, result)
            for column in columns
        ]
        return result

    def _placed(self, vote: Vote, method: Json) -> dict[tuple[str, str], int]:
        """The dots that count: nobody has more than were given out, even where an item came back on which
        some had been spent; of too many, those given first do not count.
        """
        used: Counter[tuple[str, str]] = Counter()
        placed = {}
        for (voter, item), n in reversed(vote.dots.items()):
            if item in vote.counted:
                purse = (voter, vote.counted[item] if method["per"] == "column" else "")
                taken = max(0, min(n, method["dots"] - used[purse]))
                used[purse] += taken
                if taken:
                    placed[voter, item] = taken
        return placed

    def _cells(self, voters: list[str], phones: list[str], group_of: dict[str, str]) -> list[set[str]]:
        """Who is shown together: groups of fewer than three phones, and then the next smallest until they
        are.
        """
        if self.privacy == "headcount":
            return []
        present = [g for g in self.group_order if any(group_of[v] == g for v in voters)]
        protect = Counter(group_of[v] for v in (phones or voters))
        small = {g for g in present if protect[g] < SMALL} if self.privacy == "grouped" else set()
        large = sorted((g for g in present if g not in small), key=lambda g: protect[g])
        while small and large and sum(protect[g] for g in small) < SMALL:
            small.add(large.pop(0))
        return [{g} for g in present if g not in small] + ([small] if small else [])

    def _column(
        self,
        items: list[str],
        placed: dict[tuple[str, str], int],
        cells: list[set[str]],
        vote: Vote,
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
        for count in ("headcount", "balanced"):
            for row in rows:
                row[f"rank_{count}"] = 1 + sum(other[count] > row[count] for other in rows)
            order = sorted((r for r in rows if r["dots"]), key=lambda r: (-r[count], -r["lowest"], r["lot"]))
            for place, row in enumerate(order):
                row[f"by_{count}"] = place < result["passes"]
        deciding = {"headcount": ["headcount"], "balanced": ["balanced"], "both": ["headcount", "balanced"]}
        for row in rows:
            row["passes"] = all(row.get(f"by_{count}", False) for count in deciding[result["rule"]])
        return rows

    def mean_of(self, run: str, question: str) -> tuple[int, Fraction | None]:
        """How many answered a scale, and their mean."""
        given = [
            value
            for (_, asked), value in self.asked[run].answers.items()
            if asked == question and isinstance(value, int)
        ]
        return len(given), Fraction(sum(given), len(given)) if given else None
