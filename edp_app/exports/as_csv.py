"""The export as tables in CSV files (RFC 4180), in one zip file.

Each begins with a byte order mark, by which spreadsheets know UTF-8. Text that a spreadsheet would take for
a formula gets an apostrophe in front; numbers have a point, no thousands, and all their digits.
"""

import csv
import io
import zipfile
from collections.abc import Iterator

from edp_app.exports.cells import harmless, readable
from edp_app.exports.contents import Export
from edp_app.exports.listings import all_tables
from edp_app.exports.names import Names
from edp_app.exports.tables import Table, Value

BOM = "\ufeff"


def write_csv(export: Export, language: str = "") -> bytes:
    """The zip file. Headings in ``language`` ("" for the workshop's), each with its id in brackets. Equal
    exports give equal bytes."""
    out = io.BytesIO()
    made = tuple(int(part) for part in export.head.at[:10].split("-"))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in all_tables(export, Names(export, language)):
            entry = zipfile.ZipInfo(f"{table.id}.csv", (made[0], made[1], made[2], 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, BOM + written(table))
    return out.getvalue()


def written(table: Table) -> str:
    """One table as CSV, without the mark."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([harmless(f"{column.heading} [{column.id}]") for column in table.columns])
    for row in table.rows:
        writer.writerow(list(map(_cell, row)))
    return out.getvalue()


def _cell(value: Value) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return harmless(readable(value)) if isinstance(value, str) else value


def read(content: bytes) -> Iterator[tuple[str, list[list[str]]]]:
    """The files of such a zip: their names and rows, the headings first."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            text = archive.read(name).decode("utf-8-sig")
            yield name, list(csv.reader(io.StringIO(text, newline="")))
