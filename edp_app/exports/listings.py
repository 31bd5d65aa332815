"""The tables of results: rankings, every figure, answers, reasons."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
from msgspec import UNSET

from edp_app.exports import cards, tables
from edp_app.exports.contents import Ask, Export, Vote
from edp_app.exports.figures import Figure, of_ask, of_vote
from edp_app.exports.names import Names, Term
from edp_app.exports.tables import Table, heading_of, table

Json = dict[str, Any]


class Called:
    """The number and the title of every item of an export."""

    def __init__(self, export: Export, names: Names) -> None:
        self.hidden = names.words.gettext("(hidden by the facilitator)")
        self.numbers: dict[str, int] = {}
        for gathering in export.gatherings:
            for item in gathering.items:
                self.numbers[item.id] = item.n
                merged = () if item.merged is UNSET else item.merged
                self.numbers |= {one.id: one.n for one in merged}

    def of(self, run: Vote) -> dict[str, Json]:
        """The items of a result by their id, in the order in which they are listed."""
        result: Json = msgspec.to_builtins(run.result)
        return {
            row["item"]: {"item": row["item"], "n": self.numbers.get(row["item"])}
            | {"title": row.get("title", self.hidden)}
            for column in result.get("columns", ())
            for row in column["items"]
        }


def rankings(export: Export, names: Names) -> Table:
    """Every vote's list: in which order, who is through by which count, and what is marked."""
    called = Called(export, names)
    rows = [row for run in export.results if isinstance(run, Vote) for row in standing(names, run, called)]
    columns = (
        "run stage_title round column column_name listed n item title few passes passes_headcount "
        "passes_balanced passes_portfolio filled tied_out lot small_group cut_depends label"
    )
    return table(names, "rankings", names.words.gettext("Rankings"), columns, rows, 9)


def standing(names: Names, run: Vote, called: Called) -> Iterator[Json]:
    """The rows of a vote's lists, without its figures."""
    result: Json = msgspec.to_builtins(run.result)
    lists = {column.id: names.say(column.name) for column in run.columns}
    items = called.of(run)
    for column in result.get("columns", ()):
        out = column.get("tied_out", ())
        chosen = column.get("portfolio", {}).get("chosen", ())
        filled = [one["item"] for one in chosen if one.get("filled")]
        for place, row in enumerate(column["items"], start=1):
            by = row.get("passes_by", {})
            yield (
                heading_of(names, run)
                | items[row["item"]]
                | {
                    "column": column["column"] or None,
                    "column_name": lists.get(column["column"]),
                    "listed": place,
                    "few": row.get("few", False),
                    "passes": row.get("passes"),
                    **{f"passes_{count}": by.get(count) for count in ("headcount", "balanced", "portfolio")},
                    "filled": row["item"] in filled if chosen else None,
                    "tied_out": row["item"] in out if "passes" in row else None,
                    **{mark: row.get(mark, False) for mark in ("lot", "small_group", "cut_depends") if by},
                    "label": names.value(row["label"], "label") if "label" in row else None,
                }
            )


def results(export: Export, names: Names) -> Table:
    """Every figure of every vote, one in a line."""
    called = Called(export, names)
    rows = [
        row
        for run in export.results
        if isinstance(run, Vote)
        for row in lines_of(names, run, called.of(run), of_vote(run))
    ]
    columns = (
        "run stage stage_title round method column column_name n item title aspect aspect_name count part "
        "part_name measure figure value"
    )
    return table(names, "results", names.words.gettext("Figures"), columns, rows, 4)


def lines_of(
    names: Names, run: Vote | Ask, items: Mapping[str, Json], figures: Iterable[Figure]
) -> Iterator[Json]:
    """A line for each of these figures of a run."""
    head = heading_of(names, run) | {"method": msgspec.to_builtins(run.result).get("method", "ask")}
    aspects, parts = names.aspects(run), Parts(names, run)
    lists = {column.id: names.say(column.name) for column in run.columns} if isinstance(run, Vote) else {}
    for figure in figures:
        yield (
            head
            | items.get(figure.item, {})
            | {
                "column": figure.column or None,
                "column_name": lists.get(figure.column),
                "aspect": figure.aspect or None,
                "aspect_name": aspects.get(figure.aspect),
                "count": figure.counted,
                "part": figure.part or None,
                "part_name": parts.of(figure) or None,
                "measure": figure.measure,
                "figure": names.measures[figure.measure],
                "value": figure.value,
            }
        )


class Parts:
    """The names of the cells and territories of one run, looked up once each."""

    def __init__(self, names: Names, run: Vote | Ask) -> None:
        self._names, self._run = names, run
        self._known: dict[tuple[str, str], str] = {}

    def of(self, figure: Figure) -> str:
        """What the cell or territory of a figure is called; "" if it is of neither."""
        key = (figure.counted, figure.part)
        if key not in self._known:
            self._known[key] = self._names.part(self._run, figure)
        return self._known[key]


def answers(export: Export, names: Names) -> Table:
    """Every figure of every question, one in a line; open answers after them."""
    rows: list[Json] = []
    for run in export.results:
        if isinstance(run, Ask):
            rows += lines_of(names, run, {}, of_ask(run))
            rows += texts(names, run)
    columns = (
        "run stage stage_title round aspect aspect_name count part part_name measure figure value answer"
    )
    return table(names, "answers", names.words.gettext("Answers"), columns, rows, 4)


def texts(names: Names, run: Ask) -> Iterator[Json]:
    """A line for each open answer."""
    questions = () if run.result.questions is UNSET else run.result.questions
    aspects = names.aspects(run)
    for question in questions:
        for text in () if question.texts is UNSET else question.texts:
            yield heading_of(names, run) | {
                "aspect": question.id,
                "aspect_name": aspects[question.id],
                "count": "all",
                "measure": "text",
                "answer": text,
            }


def reasons(export: Export, names: Names) -> Table:
    """What people gave as their reasons, without who did."""
    called = Called(export, names)
    rows: list[Json] = []
    for run in export.results:
        if isinstance(run, Vote):
            items = called.of(run)
            result: Json = msgspec.to_builtins(run.result)
            for column in result.get("columns", ()):
                for row in column["items"]:
                    for side, texts in row.get("reasons", {}).items():
                        of = heading_of(names, run) | items[row["item"]]
                        rows += [
                            of | {"side": Term(side, names.measures[side]), "text": text} for text in texts
                        ]
    title = names.words.gettext("Reasons")
    return table(names, "reasons", title, "run stage_title round n item title side text", rows, 6)


def all_tables(export: Export, names: Names) -> Sequence[Table]:
    """Every table of an export, as the CSV files have them."""
    makers = (
        tables.about,
        tables.people,
        tables.agenda,
        tables.items,
        tables.originals,
        cards.cards,
        tables.runs,
        tables.scales,
        tables.cells,
        rankings,
        results,
        answers,
        reasons,
    )
    return [make(export, names) for make in makers]
