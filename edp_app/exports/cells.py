"""Text in cells: what a spreadsheet must not take for anything but text."""

import re
import unicodedata

FORMULA = frozenset("=+-@\t\r\n\0")
"""What a cell begins with that a spreadsheet may carry out (CSV injection, CWE-1236)."""

_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def readable(text: str) -> str:
    """The text with a replacement mark (U+FFFD) for each character that no file of a spreadsheet can hold."""
    return _UNREADABLE.sub("\ufffd", text)


def harmless(text: str) -> str:
    """The text as it may stand in a CSV file: with an apostrophe in front where, after spaces and what is not
    seen, it begins like a formula. Full-width signs count as what they stand for."""
    if text[:1] in FORMULA:
        return f"'{text}"
    first = next((c for c in text if not c.isspace() and unicodedata.category(c) not in ("Cf", "Cc")), "")
    return f"'{text}" if unicodedata.normalize("NFKC", first)[:1] in FORMULA and first else text
