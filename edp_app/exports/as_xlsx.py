"""The export as a spreadsheet (Office Open XML): one sheet for each result, named by its stage.

Text is written as text and never as a formula or a link, whatever it begins with; figures are numbers with
the 15 digits that spreadsheets keep, shown with a few of them.
"""

import io
import re
from collections.abc import Iterable
from datetime import datetime

from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.format import Format  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from edp_app.exports.cells import readable
from edp_app.exports.contents import Export
from edp_app.exports.names import Names
from edp_app.exports.sheets import all_sheets
from edp_app.exports.tables import Column, Table

LONGEST = 32_767
"""Characters that fit a cell, as the format counts them (UTF-16)."""
LONGEST_NAME = 31
WIDEST, NARROWEST = 60, 8
INK, WASH, LINE = "#1d2a2f", "#f1eadc", "#d9d1c1"

_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")


def write_xlsx(export: Export, language: str = "") -> bytes:
    """The file. Headings in ``language`` ("" for the workshop's)."""
    out = io.BytesIO()
    # Rows are written as they come and kept in files: memory does not grow with the workshop.
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with Workbook(out, options) as book:
        book.set_properties(
            {
                "title": readable(export.workshop.title)[:255],
                "company": readable(export.workshop.convener)[:255],
                "comments": f"{export.format} {export.version}, {export.head.seq}: {export.head.digest}",
                "created": datetime.fromisoformat(export.head.at),
            }
        )
        formats = _Formats(book)
        taken: set[str] = set()
        for table in all_sheets(export, Names(export, language)):
            _write(book.add_worksheet(sheet_name(table.title, taken)), table, formats)
    return out.getvalue()


class _Formats:
    """How cells look."""

    def __init__(self, book: Workbook) -> None:
        cell = {"font_color": INK, "valign": "top", "border": 0}
        self._book, self._cell = book, cell
        self._made: dict[tuple[str, bool], Format] = {}
        self.heading = book.add_format(
            cell | {"bold": True, "text_wrap": True, "bg_color": WASH, "bottom": 1, "bottom_color": LINE}
        )

    def of(self, column: Column, *, strong: bool) -> Format:
        """The format of this column's cells; of those that stand out."""
        shown = {"share": "0.0%", "whole": "0", "number": f"0.{'0' * column.digits}"}.get(column.kind, "@")
        if (shown, strong) not in self._made:
            look = {"num_format": "General" if column.kind == "flag" else shown, "bold": strong}
            if column.kind == "text":
                look["text_wrap"] = True
            self._made[shown, strong] = self._book.add_format(self._cell | look)
        return self._made[shown, strong]


def _write(sheet: Worksheet, table: Table, formats: _Formats) -> None:
    for place, (column, width) in enumerate(zip(table.columns, _widths(table), strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, fitting(column.heading), formats.heading)
    sheet.freeze_panes(1, table.frozen)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    for line, row in enumerate(table.rows, start=1):
        strong = line - 1 in table.strong
        for place, (column, value) in enumerate(zip(table.columns, row, strict=True)):
            look = formats.of(column, strong=strong)
            if isinstance(value, bool):
                sheet.write_boolean(line, place, value, look)
            elif isinstance(value, (int, float)):
                sheet.write_number(line, place, value, look)
            elif value:
                sheet.write_string(line, place, fitting(getattr(value, "word", value)), look)


def _widths(table: Table) -> Iterable[int]:
    """About as wide as the longest word of the heading and, up to a limit, the longest text."""
    for place, column in enumerate(table.columns):
        widest = max((len(word) + 3 for word in column.heading.split()), default=0)
        if column.kind == "text":
            texts = (row[place] for row in table.rows[:500])
            widest = max(widest, max((len(t) for t in texts if isinstance(t, str)), default=0))
        yield min(max(widest, NARROWEST), WIDEST)


def fitting(text: str) -> str:
    """A text as a cell can hold it: cut, with an ellipsis, where it is longer than the format allows."""
    text = readable(text)
    if len(text.encode("utf-16-le")) // 2 <= LONGEST:
        return text
    return _cut(text, LONGEST)


def sheet_name(title: str, taken: set[str]) -> str:
    """A name for a sheet like ``title``, within the rules of the format, and none of ``taken``, to which it
    is added. Case does not tell names apart."""
    plain = " ".join(_NOT_IN_NAMES.sub(" ", readable(title)).split()).strip("'") or "-"
    count = 1
    while True:
        end = f" ({count})" if count > 1 else ""
        name = _cut(plain, LONGEST_NAME - len(end)) + end
        if name.casefold() not in taken and name.casefold() != "history":
            taken.add(name.casefold())
            return name
        count += 1


def _cut(text: str, units: int) -> str:
    """At most so many UTF-16 units of a text, the last one an ellipsis if it had more."""
    encoded = text.encode("utf-16-le")
    if len(encoded) // 2 <= units:
        return text
    return encoded[: (units - 1) * 2].decode("utf-16-le", "ignore").rstrip() + "…"
