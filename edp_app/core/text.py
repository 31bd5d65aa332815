"""What people type, made safe to store, to show and to compare: bounded, NFC, without control characters.

Pasted line breaks and tabs are taken for spaces where one line is asked for, since pasting must work;
anything else that cannot be seen is refused rather than silently dropped.
"""

import re
import unicodedata

from edp_app.core.refusals import Refusal, refuse

_SPACES = re.compile(r"\s+")
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _unusable(char: str) -> bool:
    # Cc: control characters; Cs: halves of a character, which cannot be encoded; Co/Cn have no agreed look.
    # The bidirectional overrides can make a line read as something else than it is.
    return unicodedata.category(char) in ("Cc", "Cs", "Co", "Cn") or char in _BIDI


def clean(raw: str, limit: int, *, required: bool = True) -> str | Refusal:
    """``raw`` as one trimmed line in NFC, or why not: ``bad_text``, ``empty_text``, ``text_too_long``.

    ``limit`` counts characters (code points) after cleaning. Cleaning twice changes nothing.
    """
    text = _SPACES.sub(" ", unicodedata.normalize("NFC", raw)).strip() if _encodable(raw) else "\x00"
    if any(_unusable(char) for char in text):
        return refuse("bad_text")
    return _bounded(text, limit, required)


def clean_lines(raw: str, limit: int, *, required: bool = False) -> str | Refusal:
    """Like :func:`clean`, but line breaks stay (as ``\\n``, at most two in a row)."""
    if not _encodable(raw):
        return refuse("bad_text")
    lines = unicodedata.normalize("NFC", raw).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(_SPACES.sub(" ", line).strip() for line in lines)).strip()
    if any(_unusable(char) for char in text if char != "\n"):
        return refuse("bad_text")
    return _bounded(text, limit, required)


def _encodable(raw: str) -> bool:
    try:
        raw.encode()
    except UnicodeEncodeError:
        return False
    return True


def _bounded(text: str, limit: int, required: bool) -> str | Refusal:
    if required and not text:
        return refuse("empty_text")
    if len(text) > limit:
        return refuse("text_too_long", limit=limit, length=len(text))
    return text
