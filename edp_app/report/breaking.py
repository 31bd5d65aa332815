"""Places where a word may break that is too long for a line.

Layout does not hyphenate what has no dictionary word in it: an address, a word typed without spaces, a file
name. A zero-width space is no sign of its own: it is not drawn, and the text taken out of the PDF does not
contain it, so searching for the word still finds it unless it stands on two lines.
"""

import re
import unicodedata

LONGEST = 22
"""Characters; the narrowest column that holds users' words takes about this many in its size."""

STEP = 10
ZERO_WIDTH_SPACE = "​"

_LONG = re.compile(rf"[^\s{ZERO_WIDTH_SPACE}]{{{LONGEST + 1},}}")
_AFTER = re.compile(r"(?<=[/\\.,:;?&=#_@+\-])(?=[^\s/\\.,:;?&=#_@+\-])")


def _joined_to_before(character: str) -> bool:
    """Whether this character is drawn onto the one before it, so that no break may come between."""
    return unicodedata.combining(character) != 0 or character in "‍️︎"


def _break_part(part: str) -> str:
    """Every ``STEP`` characters a break, never within a letter and its accents and never just before the
    end."""
    out: list[str] = []
    since = 0
    for position, character in enumerate(part):
        if since >= STEP and not _joined_to_before(character) and len(part) - position >= 3:
            out.append(ZERO_WIDTH_SPACE)
            since = 0
        out.append(character)
        since += 1
    return "".join(out)


def breakable(text: str) -> str:
    """``text`` with places to break in every word longer than :data:`LONGEST`: after punctuation inside it,
    else about every :data:`STEP` characters. Applying it again changes nothing."""

    def in_word(match: re.Match[str]) -> str:
        parts = _AFTER.sub(ZERO_WIDTH_SPACE, match.group()).split(ZERO_WIDTH_SPACE)
        return ZERO_WIDTH_SPACE.join(_break_part(part) for part in parts)

    return _LONG.sub(in_word, text)
