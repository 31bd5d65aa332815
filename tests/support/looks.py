"""What every page has to pass, in every state, at every size: the one place where it is measured.

A page is brought into a state once; :func:`judge` then changes the size of its window and its theme in place
and asks the same questions each time (``looks.js``): does anything stand beyond the edge, is any text cut or
drawn over other text, does a thumb find each control, can what has the focus be seen, is the language said
right, and, by axe-core, is anybody kept out. What it finds comes back as sentences; none, if all is well.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page

from tests.support import axe

SOURCE = Path(__file__).with_suffix(".js")

Face = Literal["site", "phone", "console", "screen"]
Theme = Literal["light", "dark"]

SMALLEST_TYPE = 28
"""Pixels, on the screen at 1920 × 1080."""

FOCUSED = 60
"""Of how many controls of a page the focus is looked at; where there are more, of evenly many."""


@dataclass(frozen=True)
class Size:
    """A window. ``text``: how large its letters are set, in percent; a zoom of 200 % is a window of half the
    width and height."""

    name: str
    width: int
    height: int
    text: int = 100


SIZES = (
    Size("360", 360, 640),
    Size("390", 390, 844),
    Size("768", 768, 1024),
    Size("1440", 1440, 900),
    Size("1920", 1920, 1080),
)
"""The widths at which every page is looked at."""

ZOOMED = (
    Size("1440 at 200 %", 720, 450),
    Size("768 at 200 %", 384, 512),
    Size("390 with text at 200 %", 390, 844, 200),
    Size("1280 at 400 %", 320, 568),
)

TOUCHED = 430
"""Windows up to this width are touched with a thumb."""


@dataclass(frozen=True)
class Look:
    """How thoroughly: at which sizes, and in which themes axe-core is asked."""

    sizes: Sequence[Size] = SIZES
    themes: Sequence[Theme] = ("light", "dark")


WHOLE = Look((*SIZES, *ZOOMED))


def judge(page: Page, face: Face, name: str, look: Look, language: str) -> list[str]:
    """What is wrong with this page in the state it is in, said with ``name``; the window is as before then.
    The page has to keep still: motion is finished first, and reduced."""
    if not look.sizes and not look.themes:
        return []
    page.wait_for_load_state()
    before = page.viewport_size
    found: list[str] = []
    for size in look.sizes:
        at = f"{name}, {size.name}"
        found += [f"{at}: {words}" for words in _at(page, face, size, language)]
    for theme in look.themes:
        narrow = face == "phone" or (theme == "light" and face != "screen")
        size = SIZES[1] if narrow else SIZES[3]
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        page.set_viewport_size({"width": size.width, "height": size.height})
        ask(page, "await looks.rest()")
        found += [f"{name}, {size.name} {theme}: {words}" for words in axe.findings(page)]
    if before:
        page.set_viewport_size(before)
    return found


def _at(page: Page, face: Face, size: Size, language: str) -> Iterable[str]:
    if face == "screen" and size.text != 100:
        return []  # set by the width of the picture, and looked at from the last row
    page.set_viewport_size({"width": size.width, "height": size.height})
    asked = ["sideways()", "clipped()", "overlapping()", f"covered({FOCUSED})", f"language('{language}')"]
    if face != "screen" and size.width <= TOUCHED and size.text == 100:
        asked.append("small()")
    if face == "screen" and size.name == "1920":
        asked.append(f"tiny({SMALLEST_TYPE})")
    calls = ", ".join(f"...looks.{call}" for call in asked)
    text = "" if size.text == 100 else f"{size.text}%"
    return ask(
        page,
        f"document.documentElement.style.fontSize = '{text}'; await looks.rest(); const found = [{calls}];"
        "document.documentElement.style.fontSize = ''; return found;",
    )


def ask(page: Page, script: str) -> list[str]:
    """Evaluates a script in which ``looks`` has the questions of ``looks.js``; what it returns."""
    source = SOURCE.read_text(encoding="utf-8").rstrip()
    found: list[str] | None = page.evaluate(f"async () => {{ const looks = {source}; {script} }}")
    return found or []
