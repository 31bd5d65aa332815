"""The same numbers everywhere: every figure of a result is read back from JSON, tables, spreadsheet and
compared, and with what the report was made from."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from edp_app.exports.as_csv import write_csv
from edp_app.exports.as_json import write_json
from edp_app.exports.as_xlsx import sheet_name, write_xlsx
from edp_app.exports.contents import Vote
from edp_app.exports.figures import BALANCED, MAIN, of_ask, of_vote
from edp_app.exports.model import export_model
from edp_app.exports.names import Names
from edp_app.exports.sheets import all_sheets
from edp_app.report.model import report_model
from edp_app.report.parts import Chosen, Measured, Opinions, Placed, Ranked, Row, Scored
from edp_app.report.parts import Vote as Reported
from tests.support import everything
from tests.support.memory import MemoryWorkshop
from tests.support.sheets import read_csv, read_xlsx

ANSWERS = ("agree", "disagree", "pass")
SIDES = ("high", "middle", "low")
NO_FIGURES = ("version", "passes", "number")


def as_in_a_sheet(values: Iterable[float]) -> Any:
    """Numbers as spreadsheets keep them: with 15 or 16 digits."""
    return pytest.approx(sorted(values), rel=1e-14)


@pytest.fixture(scope="module", params=("grouped", "open", "headcount"))
def room(request: pytest.FixtureRequest) -> MemoryWorkshop:
    return everything.held(request.param)


def numbers(value: Any) -> Iterator[float]:
    """Every number in a piece of JSON."""
    if isinstance(value, dict):
        for name, one in value.items():
            if name not in NO_FIGURES or isinstance(one, (dict, list)):
                yield from numbers(one)
    elif isinstance(value, list):
        for one in value:
            yield from numbers(one)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield value


def published(result: dict) -> Iterator[tuple[str, str, Counter]]:
    """The numbers of a result: of each item of each list, and what is of the whole."""
    rest = dict(result)
    for column in rest.pop("columns", ()):
        left = dict(column)
        chosen = {one["item"]: one for one in left.get("portfolio", {}).get("chosen", ())}
        for row in left.pop("items"):
            backed = chosen.get(row["item"], {}).get("backed_by", {})
            yield column["column"], row["item"], Counter([*numbers(row), *numbers(backed)])
        left["portfolio"] = left.get("portfolio", {}).get("budget_per_cell", {})
        yield column["column"], "", Counter(numbers(left))
    if "questions" not in rest:
        yield "", "run", Counter(numbers(rest))


def results_of(room: MemoryWorkshop) -> list[dict]:
    found: list[dict] = json.loads(write_json(export_model(room.state)))["results"]
    return found


def records(rows: list[list[str]]) -> list[dict[str, str]]:
    """The lines of a table by the ids of its columns."""
    ids = [heading.rpartition("[")[2].rstrip("]") for heading in rows[0]]
    return [dict(zip(ids, row, strict=True)) for row in rows[1:]]


def test_tables_have_every_number_of_every_result_once(room):
    tables = read_csv(write_csv(export_model(room.state)))
    lines = records(tables["results.csv"])
    for one in results_of(room):
        if one["kind"] != "vote":
            continue
        mine = [line for line in lines if line["run"] == one["run"]]
        assert {(line["stage"], line["round"]) for line in mine} == {(one["stage"], str(one["number"]))}
        seen: dict[tuple[str, str], Counter] = {}
        for line in mine:
            of_list = line["item"] or line["measure"] in (
                "dots",
                "points",
                "rankings",
                "w",
                "budget_per_cell",
            )
            key = (line["column"], line["item"]) if of_list else ("", "run")
            seen.setdefault(key, Counter())[float(line["value"])] += 1
        expected = {(c, i): counter for c, i, counter in published(one["result"]) if counter}
        assert seen == expected, one["run"]


def test_tables_have_every_answer_once(room):
    lines = records(read_csv(write_csv(export_model(room.state)))["answers.csv"])
    for one in results_of(room):
        for question in one["result"].get("questions", ()):
            mine = [line for line in lines if (line["run"], line["aspect"]) == (one["run"], question["id"])]
            told = Counter(float(line["value"]) for line in mine if line["value"])
            assert told == Counter(numbers(question))
            assert [line["answer"] for line in mine if line["answer"]] == question.get("texts", [])


def test_rankings_have_the_order_and_what_passes(room):
    lines = records(read_csv(write_csv(export_model(room.state)))["rankings.csv"])
    for one in results_of(room):
        rows = [(c, row) for c in one["result"].get("columns", ()) for row in c["items"]]
        mine = [line for line in lines if line["run"] == one["run"]]
        assert [line["item"] for line in mine] == [row["item"] for _column, row in rows]
        for line, (column, row) in zip(mine, rows, strict=True):
            assert line["passes"] == {True: "true", False: "false", None: ""}[row.get("passes")]
            by = row.get("passes_by", {})
            for count in ("headcount", "balanced", "portfolio"):
                assert line[f"passes_{count}"] == (str(by[count]).lower() if count in by else "")
            assert line["label"] == row.get("label", "")
            assert (line["tied_out"] == "true") == (row["item"] in column.get("tied_out", []))
            assert (line["lot"] == "true") == row.get("lot", False)


def test_the_spreadsheet_has_every_number_of_every_result_once(room):
    export = export_model(room.state)
    names, taken = Names(export, ""), set()
    sheets = {s.id: (sheet_name(s.title, taken), s) for s in all_sheets(export, names)}
    book = read_xlsx(write_xlsx(export))
    assert list(book) == [name for name, _sheet in sheets.values()]
    for run in export.results:
        here = [(name, s) for id_, (name, s) in sheets.items() if id_ in (run.run, f"{run.run}-criteria")]
        found = (
            row[place]
            for name, sheet in here
            for row in book[name][1:]
            for place, column in enumerate(sheet.columns)
            if "." in column.id and row[place] is not None
        )
        if isinstance(run, Vote):
            figures = [figure for figure in of_vote(run) if figure.item]
        else:
            figures = [figure for figure in of_ask(run) if figure.aspect]
        assert sorted(found) == as_in_a_sheet(figure.value for figure in figures), run.run


def test_each_number_stands_in_the_line_of_its_item(room):
    export = export_model(room.state)
    book = read_xlsx(write_xlsx(export))
    vote = next(run for run in export.results if run.run == "points.1")
    rows = book["Votar points"]
    title, share = rows[0].index("Aporte"), rows[0].index("Una persona, un voto · parte")
    assert [(row[title], pytest.approx(row[share], rel=1e-14)) for row in rows[1:]] == [
        (row.title, row.headcount) for row in vote.result.columns[0].items
    ]


Key = tuple[str, str, str, str, str]
"""Item, aspect, count, part, measure."""


def told_by_the_report(vote: Reported, sides: dict[str, str]) -> Iterator[tuple[Key, float]]:
    """Every figure of a vote that the report's model knows, by the key it has in the tables."""
    main, balanced = MAIN.get(vote.method, ""), BALANCED.get(vote.method, "")
    for listing in vote.listings:
        if listing.w is not None:
            yield ("", "", "all", "", "w"), listing.w
        for backing in listing.portfolio:
            for cell, share in backing.backed_by:
                yield (backing.row.item, "", "portfolio", cell.id, "backed_by"), share
        for row in listing.rows:
            yield (row.item, "", "all", "", "n"), row.n
            if vote.method in ("dots", "points"):
                yield (row.item, "", "all", "", vote.method), row.given
            for count, measure, figure in (
                ("headcount", main, row.headcount),
                ("headcount", "rank", row.rank_headcount),
                ("balanced", balanced, row.balanced),
                ("balanced", "rank", row.rank_balanced),
            ):
                if figure is not None:
                    yield (row.item, "", count, "", measure), figure
            if main:
                yield from parts_of(row.item, "", main, row.by_cell, row.by_territory, sides)
            yield from told_of_the_method(vote, row, sides)


def told_of_the_method(vote: Reported, row: Row, sides: dict[str, str]) -> Iterator[tuple[Key, float]]:
    settings, part = vote.past["method"], row.part
    match part:
        case Opinions():
            yield from people_of(row.item, ANSWERS, (part.agree, part.disagree, part.passed))
            for cell, counts in part.by_cell:
                for measure, n in zip(ANSWERS, counts, strict=True):
                    yield (row.item, "", "cell", cell.id, measure), n
        case Scored():
            for name in ("rated", "dont_know", "gap", "agreement", "polarisation", "p"):
                if (figure := getattr(part, name)) is not None:
                    yield (row.item, "", "all", "", name), figure
            yield from people_of(row.item, SIDES, part.sides or ())
            for criterion, measured in part.scores:
                yield from measured_of(row.item, criterion.id, measured, sides)
            if before := part.before:
                for count in ("headcount", "balanced"):
                    if (figure := getattr(before, count)) is not None:
                        yield (row.item, "", count, "", "before_total"), figure
                    if (figure := getattr(before, f"rank_{count}")) is not None:
                        yield (row.item, "", count, "", "before_rank"), figure
                yield from people_of(row.item, [f"before_{side}" for side in SIDES], before.sides or ())
        case Placed():
            for axis in ("x", "y"):
                yield from measured_of(row.item, settings[axis]["id"], getattr(part, axis), sides)
        case Chosen():
            for option, n in zip(settings["options"], part.counts, strict=True):
                yield (row.item, option["id"], "all", "", "chosen"), n
            for cell, counts in part.by_cell:
                for option, n in zip(settings["options"], counts, strict=True):
                    yield (row.item, option["id"], "cell", cell.id, "chosen"), n
        case Ranked():
            yield (row.item, "", "all", "", "mean_place"), part.mean_place


def people_of(item: str, measures: Iterable[str], counts: Iterable[int]) -> Iterator[tuple[Key, float]]:
    for measure, n in zip(measures, counts, strict=False):
        yield (item, "", "all", "", measure), n


def parts_of(
    item: str, aspect: str, measure: str, by_cell: Any, by_territory: Any, sides: dict[str, str]
) -> Iterator[tuple[Key, float]]:
    for cell, figure in by_cell:
        yield (item, aspect, "cell", cell.id, measure), figure
    for side, figure in by_territory:
        yield (item, aspect, "territory", sides[side], measure), figure


def measured_of(
    item: str, aspect: str, measured: Measured, sides: dict[str, str]
) -> Iterator[tuple[Key, float]]:
    yield (item, aspect, "all", "", "n"), measured.n
    for count in ("headcount", "balanced"):
        if (figure := getattr(measured, count)) is not None:
            yield (item, aspect, count, "", "mean"), figure
    yield from parts_of(item, aspect, "mean", measured.by_cell, measured.by_territory, sides)
    for step, n in enumerate(measured.counts, start=1):
        yield (item, aspect, "all", "", f"gave_{step}"), n


def test_the_report_tells_the_same(room):
    report, export = report_model(room.state), export_model(room.state)
    sides = {place.name["es"]: place.id for place in export.people.territories}
    lines = records(read_csv(write_csv(export))["results.csv"])
    assert [vote.run for vote in report.votes] == [run.run for run in export.results if isinstance(run, Vote)]
    compared = 0
    for vote in report.votes:
        told = {
            (line["item"], line["aspect"], line["count"], line["part"], line["measure"]): line["value"]
            for line in lines
            if line["run"] == vote.run and (line["item"] or line["measure"] == "w")
        }
        reported = dict(told_by_the_report(vote, sides))
        for key, figure in reported.items():
            assert float(told[key]) == figure, (vote.run, key)
        compared += len(reported)
    assert compared > 0.9 * sum(bool(line["item"]) for line in lines)


def test_words_are_in_the_language_that_is_asked_for():
    export = export_model(everything.held().state)
    spanish, english = read_csv(write_csv(export)), read_csv(write_csv(export, "en"))
    assert list(spanish) == list(english)
    assert spanish["results.csv"][0][-1] == "Valor [value]"
    assert english["results.csv"][0][-1] == "Value [value]"
    assert "Market" in [line["aspect_name"] for line in records(english["results.csv"])]
    assert "Mercado" in [line["aspect_name"] for line in records(spanish["results.csv"])]
