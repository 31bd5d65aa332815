"""What there is to be counted, and which of the ballots count."""

from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

Json = dict[str, Any]
Sheets = dict[str, dict[str, Json]]
"""Voter to what that voter said: by item, or under "" where one ballot is about all of them."""


@dataclass(frozen=True)
class Question:
    """One run of a vote: everything that its result follows from, as plain data.

    ``items``: those that count, in order of arrival, each with its column and its title, which is None where
    it was hidden since. ``ballots``: the latest of each voter, in the order in which they were cast; also on
    items that do not count. ``weights``: what the room agreed on for each criterion, None if it did not.
    ``before``: for the items of a second round what the first had told, by item.
    """

    method: Json
    rule: str
    passes: int
    privacy: str
    groups: list[str]
    territories: list[str]
    columns: list[str]
    items: dict[str, Json]
    ballots: Sheets
    group_of: dict[str, str]
    seed: str
    territory_of: dict[str, str] = field(default_factory=dict)
    funders: set[str] = field(default_factory=set)
    paper: set[str] = field(default_factory=set)
    weights: dict[str, Fraction] | None = None
    before: dict[str, Json | None] = field(default_factory=dict)
    before_run: str | None = None

    @property
    def type(self) -> str:
        return str(self.method["type"])

    @property
    def decided_by(self) -> str:
        """The rule that decides: where no groups are counted, heads."""
        return "headcount" if self.privacy == "headcount" else self.rule


def that_count(question: Question) -> Sheets:
    """The ballots that count. Who is left without any did not vote."""
    clean = {"dots": _dots, "points": _points, "ranking": _ranking}.get(question.type, _by_item)
    sheets = {voter: clean(question, sheet) for voter, sheet in question.ballots.items()}
    return {voter: sheet for voter, sheet in sheets.items() if sheet}


def _by_item(question: Question, sheet: dict[str, Json]) -> dict[str, Json]:
    said = "scores" if question.type in ("criteria", "axes") else "choice"
    return {item: ballot for item, ballot in sheet.items() if item in question.items and ballot.get(said)}


def _dots(question: Question, sheet: dict[str, Json]) -> dict[str, Json]:
    """Nobody has more dots than were given out; of too many, those given first do not count."""
    used: Counter[str] = Counter()
    kept = {}
    for item, ballot in reversed(sheet.items()):
        if item in question.items:
            purse = question.items[item]["column"] if question.method["per"] == "column" else ""
            dots = min(ballot.get("dots", 0), question.method["dots"] - used[purse])
            if dots > 0:
                used[purse] += dots
                kept[item] = {"dots": dots}
    return kept


def _points(question: Question, sheet: dict[str, Json]) -> dict[str, Json]:
    given = sheet.get("", {}).get("scores") or {}
    return {item: {"points": n} for item, n in given.items() if item in question.items and n > 0}


def _ranking(question: Question, sheet: dict[str, Json]) -> dict[str, Json]:
    order = [item for item in sheet.get("", {}).get("order") or () if item in question.items]
    return {"": {"order": order}} if order else {}
