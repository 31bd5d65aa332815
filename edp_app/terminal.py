"""What a terminal shows of an address."""

import io
import shutil
import sys

import segno

BETWEEN = 4
"""Blanks between two pictures that stand side by side."""

WHITE_ON_BLACK, PLAIN = "\x1b[38;5;231;48;5;16m", "\x1b[0m"


def qr(words: str) -> str:
    """The QR code of these words in block characters, half as high as wide letters would make it. A terminal
    shows it black on white, whatever its own colours are."""
    return "\n".join(_shown(line) for line in _lines(words)) + "\n"


def qr_beside(first: tuple[str, str], second: tuple[str, str], width: int | None = None) -> str:
    """Two QR codes, each (heading, words), side by side, or one below the other where the terminal (or
    ``width``, in letters) is too narrow for both."""
    (left_head, left_words), (right_head, right_words) = first, second
    left, right = _lines(left_words), _lines(right_words)
    left_width = max(len(left_head), *map(len, left))
    whole = left_width + BETWEEN + max(len(right_head), *map(len, right))
    if whole > (width or shutil.get_terminal_size().columns):
        return "\n".join([left_head, *map(_shown, left), "", right_head, *map(_shown, right)]) + "\n"
    rows = [f"{left_head:{left_width}}{' ' * BETWEEN}{right_head}"]
    for place in range(max(len(left), len(right))):
        one = left[place] if place < len(left) else ""
        other = right[place] if place < len(right) else ""
        gap = " " * (left_width - len(one) + BETWEEN)
        rows.append(f"{_shown(one)}{gap}{_shown(other)}".rstrip())
    return "\n".join(rows) + "\n"


def _lines(words: str) -> list[str]:
    out = io.StringIO()
    segno.make(words, error="m", micro=False).terminal(out, compact=True)
    return out.getvalue().splitlines()


def _shown(line: str) -> str:
    return f"{WHITE_ON_BLACK}{line}{PLAIN}" if line and sys.stdout.isatty() else line
