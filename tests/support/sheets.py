"""Exports read back as another program would read them."""

import csv
import io
import zipfile
from typing import Any

import openpyxl
from openpyxl.utils.escape import unescape

Rows = list[list[Any]]


def read_csv(content: bytes) -> dict[str, list[list[str]]]:
    """The files of a zip of tables: name to rows, the headings first."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        texts = {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}
    return {name: list(csv.reader(io.StringIO(text, newline=""))) for name, text in texts.items()}


def read_xlsx(content: bytes) -> dict[str, Rows]:
    """The sheets of a spreadsheet: name to rows, the headings first."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {
        sheet.title: [[_read(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
        for sheet in book
    }


def _read(cell: Any) -> Any:
    # Text that looks like an escaped character is escaped itself (ECMA-376, 22.9.2.19), and not undone there.
    return unescape(cell) if isinstance(cell, str) else cell
