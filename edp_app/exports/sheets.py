"""What stands on the sheets of the spreadsheet: one for each stage's contributions and for each result."""

from collections.abc import Iterator, Sequence
from typing import Any

from edp_app.exports import cards, listings, tables
from edp_app.exports.contents import Ask, Export, Vote
from edp_app.exports.figures import Figure, of_ask, of_vote
from edp_app.exports.listings import Called, Parts
from edp_app.exports.names import Names
from edp_app.exports.tables import Column, Kind, Table, Value, table

Json = dict[str, Any]

KINDS: dict[str, Kind] = {"share": "share", "weight": "share", "backed_by": "share"}
DIGITS = {"p": 4, "borda": 3, "consensus": 3, "w": 3}
BROKEN = frozenset(
    (
        *("agreement", "gap", "mean", "mean_place", "polarisation", "total"),
        *("before_total", "before_agreement", "budget_per_cell"),
        *DIGITS,
    )
)
"""What is measured in other than whole numbers."""

APART = frozenset(("criteria",))
"""Methods of which there is a second sheet, one line for each item and criterion."""


def all_sheets(export: Export, names: Names) -> Sequence[Table]:
    """The sheets in the order of a workshop."""
    called = Called(export, names)
    sheets = [
        tables.about(export, names),
        tables.people(export, names),
        tables.agenda(export, names),
        *(tables.items(export, names, gathering) for gathering in export.gatherings),
        tables.originals(export, names),
        *cards.sheets(export, names),
        tables.runs(export, names),
        tables.scales(export, names),
        tables.cells(export, names),
        _totals(export, names),
        *(sheet for run in export.results for sheet in _of_run(names, run, called)),
        _open_answers(export, names),
        listings.reasons(export, names),
    ]
    return [_without_ids(sheet) for sheet in sheets if sheet.rows]


IDS = frozenset(("aspect", "column", "group", "groups", "id", "item", "part", "stage", "territory"))
"""Columns with ids beside names: for programs, which have the CSV files."""


def _without_ids(made: Table) -> Table:
    kept = [place for place, column in enumerate(made.columns) if column.id not in IDS]
    return Table(
        made.id,
        made.title,
        tuple(made.columns[place] for place in kept),
        tuple(tuple(row[place] for place in kept) for row in made.rows),
        sum(place < made.frozen for place in kept),
        made.strong,
    )


def _totals(export: Export, names: Names) -> Table:
    """The figures that are of a whole vote."""
    rows = [
        row
        for run in export.results
        if isinstance(run, Vote)
        for row in listings.lines_of(names, run, {}, (f for f in of_vote(run) if not f.item))
    ]
    columns = "run stage_title round column_name aspect_name part_name figure value"
    return table(names, "totals", names.words.gettext("Whole votes"), columns, rows, 3)


def _open_answers(export: Export, names: Names) -> Table:
    rows = [row for run in export.results if isinstance(run, Ask) for row in listings.texts(names, run)]
    title = names.words.gettext("Open answers")
    return table(names, "open-answers", title, "run stage_title round aspect_name answer", rows, 4)


def _of_run(names: Names, run: Vote | Ask, called: Called) -> Iterator[Table]:
    if isinstance(run, Ask):
        yield _questions(names, run)
        return
    figures = [figure for figure in of_vote(run) if figure.item]
    apart = [f for f in figures if f.aspect] if run.result.__struct_config__.tag in APART else []
    kept = [f for f in figures if not (apart and f.aspect)]
    yield _ranking(names, run, called, kept)
    if apart:
        yield _by_criterion(names, run, called, apart)


def _ranking(names: Names, run: Vote, called: Called, figures: Sequence[Figure]) -> Table:
    """The list of a vote as it was shown, with all its figures beside it."""
    ids = [
        "listed",
        "column_name",
        "n",
        "title",
        "passes",
        "label",
        "passes_headcount",
        "passes_balanced",
        "passes_portfolio",
    ]
    ids += ["filled", "tied_out", "lot", "small_group", "cut_depends", "few"]
    rows = list(listings.standing(names, run, called))
    ids = [i for i in ids if i in ("listed", "n", "title") or any(row.get(i) for row in rows)]
    made = table(names, run.run, names.stage(run), " ".join(ids), rows, ids.index("title") + 1)
    keys = [(row["column"] or "", row["item"]) for row in rows]
    columns, found = _laid(names, run, [((f.column, f.item), f) for f in figures], keys)
    strong = frozenset(place for place, row in enumerate(rows) if row.get("passes"))
    return _wider(made, columns, found, strong)


def _by_criterion(names: Names, run: Vote, called: Called, figures: Sequence[Figure]) -> Table:
    items = called.of(run)
    keys = list(dict.fromkeys((f.item, f.aspect) for f in figures))
    aspects = names.aspects(run)
    rows: list[Json] = [items[item] | {"aspect_name": aspects[aspect]} for item, aspect in keys]
    title = names.words.gettext("%(stage)s: criteria", stage=names.stage(run))
    made = table(names, f"{run.run}-criteria", title, "n title aspect_name", rows, 3)
    wanted = [((f.item, f.aspect), f._replace(aspect="")) for f in figures]
    columns, found = _laid(names, run, wanted, keys)
    return _wider(made, columns, found)


def _questions(names: Names, run: Ask) -> Table:
    figures = [figure for figure in of_ask(run) if figure.aspect]
    keys = list(dict.fromkeys(figure.aspect for figure in figures))
    aspects = names.aspects(run)
    rows: list[Json] = [{"aspect_name": aspects[key]} for key in keys]
    made = table(names, run.run, names.stage(run), "aspect_name", rows, 1)
    wanted = [(figure.aspect, figure._replace(aspect="")) for figure in figures]
    columns, found = _laid(names, run, wanted, keys)
    return _wider(made, columns, found)


def _laid(
    names: Names, run: Vote | Ask, wanted: Sequence[tuple[Any, Figure]], keys: Sequence[Any]
) -> tuple[list[Column], list[list[Value]]]:
    """Figures side by side: a column for whatever is measured, in the order in which it first comes, and a
    row for each key."""
    places: dict[tuple[str, ...], int] = {}
    columns: list[Column] = []
    aspects, parts = names.aspects(run), Parts(names, run)
    rows: dict[Any, dict[int, Value]] = {key: {} for key in keys}
    for key, figure in wanted:
        what = (figure.aspect, figure.counted, figure.part, figure.measure)
        if what not in places:
            places[what] = len(columns)
            columns.append(_column(names, figure, aspects.get(figure.aspect, ""), parts.of(figure)))
        rows[key][places[what]] = figure.value
    return columns, [[rows[key].get(place) for place in range(len(columns))] for key in keys]


def _column(names: Names, figure: Figure, aspect: str, part: str) -> Column:
    of = part or names.value(figure.counted).word
    what = names.measures[figure.measure]
    heading = " · ".join(part for part in (aspect, of, what) if part)
    measure = figure.measure
    kind = KINDS.get(measure, "number" if measure in BROKEN else "whole")
    id_ = ".".join((figure.aspect, figure.counted, figure.part, measure))
    return Column(id_, heading[:1].upper() + heading[1:], kind, DIGITS.get(measure, 2))


def _wider(
    made: Table,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Value]],
    strong: frozenset[int] = frozenset(),
) -> Table:
    """The table with more columns at its right."""
    return Table(
        made.id,
        made.title,
        (*made.columns, *columns),
        tuple((*left, *right) for left, right in zip(made.rows, rows, strict=True)),
        made.frozen,
        strong,
    )
