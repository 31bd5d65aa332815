"""A look at a file before it is read: what would keep the readers busy for seconds is refused here.

The standard library's reader, and ours of the lines, take time that grows with the square of a key's parts,
and with every table that is opened. A workshop needs few of either. This scan passes over the text once; it
need not understand it, only keep texts and comments apart from the rest for as far as the file is valid:
the readers stop at the first mistake anyway.
"""

import re

from edp_app.core.formats import messages as say

LARGEST = 64 * 1024
"""The largest file that is read, in bytes."""
MOST_LINES = 5000
LONGEST_LINE = 4096
"""In characters."""
MOST_TABLES = 300
"""Headings in brackets."""
MOST_ENTRIES = 8000
"""Settings, parts of their names and entries of lists, all together."""
MOST_PARTS = 8
"""Parts of a key, with the dots between them."""
DEEPEST = 8
"""Lists and tables inside each other."""

_PIECE = re.compile(
    r"""
    (?P<text> \"{3} (?: \\. | [^\\] )*? \"{3,5} | '{3} .*? '{3,5} | "(?: \\. | [^"\\\n] )*" | '[^'\n]*' )
  | (?P<open_text> ["'] )
  | (?P<comment> \#[^\n]* )
  | (?P<dot> \. )
  | (?P<in> [\[{] )
  | (?P<out> [\]}] )
  | (?P<new_key> [=,\n] )
  | [^"'\#.\[{\]}=,\n]+
    """,
    re.VERBOSE | re.DOTALL,
)

Found = tuple[int, str, dict[str, str | int]]
"""A line, what is wrong there, and the blanks of the sentence."""


def too_much(text: str) -> Found | None:
    """The first thing in this text that is more than a workshop file has, or None. Takes time in proportion
    to the length of the text."""
    lines = text.split("\n")
    if len(lines) > MOST_LINES:
        return MOST_LINES + 1, say.TOO_MANY_LINES, {"most": MOST_LINES}
    for n, line in enumerate(lines, 1):
        if len(line) > LONGEST_LINE:
            return n, say.LINE_TOO_LONG, {"limit": LONGEST_LINE}
    return _too_deep(text)


def _too_deep(text: str) -> Found | None:
    line, parts, depth, tables, entries = 1, 1, 0, 0, 0
    begins_line = True
    for piece in _PIECE.finditer(text):
        match piece.lastgroup:
            case "open_text":
                return None  # it has no end: the readers stop here
            case "dot":
                parts, entries = parts + 1, entries + 1
            case "in":
                tables += begins_line and depth == 0
                parts, depth, entries = 1, depth + 1, entries + 1
            case "out":
                parts, depth = 1, max(depth - 1, 0)
            case "new_key":
                parts, entries = 1, entries + (piece.group() != "\n")
        if parts > MOST_PARTS:
            return line, say.KEY_TOO_LONG, {"most": MOST_PARTS}
        if depth > DEEPEST:
            return line, say.TOO_DEEP, {}
        if entries > MOST_ENTRIES:
            return line, say.TOO_MANY_ENTRIES, {"most": MOST_ENTRIES}
        if tables > MOST_TABLES:
            return line, say.TOO_MANY_TABLES, {"most": MOST_TABLES}
        said = piece.group()
        line += said.count("\n")
        begins_line = said == "\n" or (begins_line and not said.strip(" \t\r"))
    return None
