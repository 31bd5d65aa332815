"""How wide words are in the type of the product, so that a chart can wrap them: SVG does not."""

import re
from copy import copy
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

SUBSETS = ("latin", "latin-ext")
WEIGHTS = (400, 600, 700)
_SPACES = re.compile(r"[ \t\n\r\f\v]+")
"""Where a line may break: not at a space that must not, as before the sign for per cent."""

Slack = tuple[float, float]
"""How many times as wide as the family's another type may run: regular, and bold."""

EXACT: Slack = (1.0, 1.0)

UNKNOWN = 1.0
"""Width, in em, taken for a character that the family does not have."""


class Metrics:
    """Widths of the family's characters, read from its files in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self._widths = {weight: self._read(folder, weight) for weight in WEIGHTS}
        self._slack = EXACT

    def widened(self, slack: Slack) -> "Metrics":
        """The same for type that runs so many times as wide, as that of a phone's own system does."""
        wide = copy(self)
        wide._slack = slack
        return wide

    @staticmethod
    def _read(folder: Path, weight: int) -> dict[int, float]:
        widths: dict[int, float] = {}
        for subset in reversed(SUBSETS):
            with TTFont(folder / f"source-sans-3-{subset}-{weight}-normal.woff2", lazy=True) as font:
                advance, em = font["hmtx"].metrics, font["head"].unitsPerEm
                widths.update({code: advance[name][0] / em for code, name in font.getBestCmap().items()})
        return widths

    def width(self, text: str, size: float, weight: int = 400) -> float:
        """How wide ``text`` stands, in the unit of ``size``; kerning aside, which only makes it narrower."""
        widths, slack = self._widths[weight], self._slack[weight > 400]
        return slack * size * sum(widths.get(ord(character), UNKNOWN) for character in text)

    def wrap(self, text: str, size: float, room: float, lines: int, weight: int = 400) -> list[str]:
        """``text`` in at most ``lines`` lines no wider than ``room``; what does not fit ends in an ellipsis.

        Breaks at spaces, and inside a word only where the word alone is wider than ``room``.
        """
        out: list[str] = []
        line = ""
        for word in _SPACES.split(text.strip()):
            tried = f"{line} {word}" if line else word
            if self.width(tried, size, weight) <= room:
                line = tried
                continue
            if line:
                out.append(line)
            while self.width(word, size, weight) > room:
                fits = next(
                    (n for n in range(len(word) - 1, 0, -1) if self.width(word[:n], size, weight) <= room), 1
                )
                out.append(word[:fits])
                word = word[fits:]
            line = word
        if line:
            out.append(line)
        if len(out) <= lines:
            return out
        last = out[lines - 1]
        while last and self.width(last + "…", size, weight) > room:
            last = last[:-1]
        return [*out[: lines - 1], last.rstrip(" ,;:.") + "…"]


@lru_cache(maxsize=2)
def metrics(folder: Path) -> Metrics:
    """The widths of the family whose files are in ``folder``, read once."""
    return Metrics(folder)
