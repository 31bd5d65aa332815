"""What people type, made safe to store, to show and to compare: bounded, NFC, without control characters.

Pasted line breaks and tabs are taken for spaces where one line is asked for, since pasting must work;
anything else that cannot be seen is refused rather than silently dropped.
"""

import re
import unicodedata

from edp_app.core.refusals import Refusal, refuse

_SPACES = re.compile(r"\s+")
_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_JOINERS = frozenset("\u200c\u200d") | frozenset(map(chr, range(0xE0020, 0xE0080)))
"""Characters without a shape that belong inside words and emoji; others of their kind are taken out."""
_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_MOST_MARKS = 4


def unaccented(text: str) -> str:
    """A text without what stands above or below its letters, and with ligatures and the like taken apart."""
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


def folded(text: str) -> str:
    """A text without case and accents, as words are compared that people typed."""
    return unaccented(text.casefold())


def _unusable(char: str) -> bool:
    """Controls, halves of characters, private use, what is no character at all, and the bidirectional
    overrides,
    which make a line read as something else than it is. Not: what this Python does not know yet, as new
    emoji."""
    code = ord(char)
    nothing = 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE
    return unicodedata.category(char) in ("Cc", "Cs", "Co") or char in _OVERRIDES or nothing


_MOST_SORTED = 30


def _visible(text: str) -> bool:
    return any((unicodedata.category(c)[0] in "LNPS" and c not in _BLANK_LETTERS) or _new(c) for c in text)


def _new(char: str) -> bool:
    return unicodedata.category(char) == "Cn"


def _stacked(text: str) -> bool:
    """Whether marks are piled on a letter until they cover the lines around it."""
    marks = 0
    for char in text:
        marks = marks + 1 if unicodedata.category(char) in ("Mn", "Me") else 0
        if marks > _MOST_MARKS:
            return True
    return False


def _shapeless_out(text: str) -> str:
    return "".join(c for c in text if unicodedata.category(c) != "Cf" or c in _JOINERS)


def clean(raw: str, limit: int, *, required: bool = True) -> str | Refusal:
    """``raw`` as one trimmed line in NFC, or why not: ``bad_text``, ``empty_text``, ``text_too_long``.

    ``limit`` counts characters (code points) after cleaning. Cleaning twice changes nothing.
    """
    if not _usable(raw):
        return refuse("bad_text")
    spaced = _SPACES.sub(" ", unicodedata.normalize("NFC", raw))
    if any(_unusable(char) for char in spaced) or _stacked(spaced):
        return refuse("bad_text")
    text = _SPACES.sub(" ", _shapeless_out(spaced)).strip()
    return _bounded(text, limit, required)


def clean_lines(raw: str, limit: int, *, required: bool = False) -> str | Refusal:
    """Like :func:`clean`, but line breaks stay (as ``\\n``, at most two in a row)."""
    if not _usable(raw):
        return refuse("bad_text")
    lines = unicodedata.normalize("NFC", raw).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    spaced = [_SPACES.sub(" ", line) for line in lines]
    if any(_unusable(char) for line in spaced for char in line) or any(map(_stacked, spaced)):
        return refuse("bad_text")
    shown = [_SPACES.sub(" ", _shapeless_out(line)).strip() for line in spaced]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(shown)).strip()
    return _bounded(text, limit, required)


def _usable(raw: str) -> bool:
    """Whether a text can be stored, and put into NFC in reasonable time: sorting the marks on one letter
    takes the square of their number, and no writing has more than 30 (UAX #15, stream-safe text)."""
    try:
        raw.encode()
    except UnicodeEncodeError:
        return False
    if raw.isascii():
        return True
    marks = 0
    for char in raw:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks > _MOST_SORTED:
            return False
    return True


def _bounded(text: str, limit: int, required: bool) -> str | Refusal:
    if not _visible(text):
        text = ""
    if required and not text:
        return refuse("empty_text")
    if len(text) > limit:
        return refuse("text_too_long", limit=limit, length=len(text))
    return text
