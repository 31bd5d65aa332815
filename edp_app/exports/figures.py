"""Every number of a published result as one line: which item, which criterion, by which count, of which cell
or territory, what it measures. Tables and spreadsheet are made of these lines, so they hold the same numbers.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec
from msgspec import UNSET

from edp_app.exports.contents import Ask, Vote

Json = dict[str, Any]

MAIN = {"dots": "share", "points": "share", "agree": "share", "criteria": "total", "ranking": "borda"}
"""What a method's figures measure, by head-count, in a cell and in a territory."""

BALANCED = MAIN | {"agree": "consensus"}
"""The same of the balanced count."""


class Figure(NamedTuple):
    """One number. ``column``: the list it stands in; ``item``: "" where it is of the list or the whole run.
    ``aspect``: a criterion, an axis, an option or a question. ``counted``: ``all`` (so many people or
    things), ``headcount``, ``balanced``, ``cell``, ``territory`` or ``portfolio``; ``part``: which cell or
    territory.
    """

    column: str
    item: str
    aspect: str
    counted: str
    part: str
    measure: str
    value: int | float


class _Of(NamedTuple):
    """Whose figures are being written."""

    column: str = ""
    item: str = ""
    aspect: str = ""

    def of(self, measure: str, value: Any, count: str = "all", part: str = "") -> Iterator[Figure]:
        if value is not None:
            yield Figure(self.column, self.item, self.aspect, count, part, measure, value)

    def by(self, count: str, measure: str, values: Json | None) -> Iterator[Figure]:
        for part, value in (values or {}).items():
            yield from self.of(measure, value, count, part)


def of_vote(vote: Vote) -> Iterator[Figure]:
    """Every number of a vote's result, in the order in which it is published."""
    result: Json = msgspec.to_builtins(vote.result)
    method = result["method"]
    yield from _of_people(result)
    for criterion, weight in result.get("weights", {}).items():
        yield from _Of(aspect=criterion).of("weight", weight)
    for column in result.get("columns", ()):
        whole = _Of(column["column"])
        for measure in ("dots", "points", "rankings", "w"):
            yield from whole.of(measure, column.get(measure))
        for row in column["items"]:
            yield from _of_row(method, vote.method, _Of(column["column"], row["item"]), row)
        if portfolio := column.get("portfolio"):
            yield from whole.of("budget_per_cell", portfolio.get("budget_per_cell"), "portfolio")
            for chosen in portfolio["chosen"]:
                of = _Of(column["column"], chosen["item"])
                yield from of.by("portfolio", "backed_by", chosen.get("backed_by"))


def of_ask(ask: Ask) -> Iterator[Figure]:
    """Every number of the answers to questions; ``aspect`` is the question."""
    result: Json = msgspec.to_builtins(ask.result)
    lowest = {asked.id: 1 if asked.first is UNSET else asked.first for asked in ask.questions}
    yield from _of_people(result)
    for question in result.get("questions", ()):
        of = _Of(aspect=question["id"])
        yield from of.of("n", question["n"])
        yield from of.of("mean", question.get("mean"), "headcount")
        yield from of.of("mean", question.get("balanced"), "balanced")
        yield from of.by("cell", "mean", question.get("by_cell"))
        yield from of.by("territory", "mean", question.get("territories"))
        for measure in ("agreement", "gap"):
            yield from of.of(measure, question.get(measure))
        yield from _steps(of, question.get("counts"), lowest.get(question["id"], 1))


def _of_people(result: Json) -> Iterator[Figure]:
    yield from _Of().of("voters", result["voters"])
    for cell in result.get("cells", ()):
        yield from _Of().of("voters", cell["voters"], "cell", cell["id"])
    for side in result.get("territories", ()):
        yield from _Of().of("voters", side["voters"], "territory", side["id"])


def _steps(of: _Of, counts: list[int] | None, lowest: int = 1) -> Iterator[Figure]:
    for step, count in enumerate(counts or (), start=lowest):
        yield from of.of(f"gave_{step}", count)


def _of_row(method: str, settings: Json, of: _Of, row: Json) -> Iterator[Figure]:
    for measure in ("n", "dots", "points", "agree", "disagree", "pass"):
        yield from of.of(measure, row.get(measure))
    if method in MAIN:
        yield from _place(of, row, MAIN[method], BALANCED[method])
    yield from of.of("mean_place", row.get("mean_place"))
    match method:
        case "agree":
            for cell, counts in row.get("counts", {}).items():
                for measure, count in zip(("agree", "disagree", "pass"), counts, strict=True):
                    yield from of.of(measure, count, "cell", cell)
        case "criteria":
            yield from _opinion(of, row)
            for criterion, measured in row.get("scores", {}).items():
                yield from _measure(of._replace(aspect=criterion), measured)
        case "axes":
            for axis in "xy":
                if axis in row:
                    yield from _measure(of._replace(aspect=settings[axis]["id"]), row[axis])
        case "choice":
            yield from _chosen(of, row.get("counts", {}))
            for count, key in (("cell", "by_cell"), ("territory", "territories")):
                for part, counts in row.get(key, {}).items():
                    yield from _chosen(of, counts, count, part)


def _place(of: _Of, row: Json, measure: str, balanced: str, before: str = "") -> Iterator[Figure]:
    yield from of.of(before + measure, row.get("headcount"), "headcount")
    yield from of.of(before + "rank", row.get("rank_headcount"), "headcount")
    yield from of.of(before + balanced, row.get("balanced"), "balanced")
    yield from of.of(before + "rank", row.get("rank_balanced"), "balanced")
    yield from of.by("cell", before + measure, row.get("cells"))
    yield from of.by("territory", before + measure, row.get("territories"))


def _opinion(of: _Of, row: Json) -> Iterator[Figure]:
    for measure in ("rated", "dont_know", "gap", "agreement", "polarisation", "p"):
        yield from of.of(measure, row.get(measure))
    for side, count in row.get("sides", {}).items():
        yield from of.of(side, count)
    if before := row.get("before"):
        yield from _place(of, before, "total", "total", "before_")
        yield from of.of("before_agreement", before.get("agreement"))
        for side, count in before.get("sides", {}).items():
            yield from of.of(f"before_{side}", count)


def _measure(of: _Of, measured: Json) -> Iterator[Figure]:
    yield from of.of("n", measured["n"])
    yield from of.of("mean", measured.get("headcount"), "headcount")
    yield from of.of("mean", measured.get("balanced"), "balanced")
    yield from of.by("cell", "mean", measured.get("cells"))
    yield from of.by("territory", "mean", measured.get("territories"))
    yield from of.of("ones", measured.get("ones"))
    yield from _steps(of, measured.get("counts"))


def _chosen(of: _Of, counts: Json, count: str = "all", part: str = "") -> Iterator[Figure]:
    for option, chosen in counts.items():
        yield from of._replace(aspect=option).of("chosen", chosen, count, part)
