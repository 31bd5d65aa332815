"""Waiting until a page is at rest, before anything of it is read that does not wait by itself.

Whatever Playwright reads at once (``evaluate``, ``inner_text``, ``bounding_box``, …) may be read of the page
before, of a page whose style is still on its way, or between two frames. What is asked here waits.
"""

from collections.abc import Callable
from typing import TypeVar

from playwright.sync_api import Page

T = TypeVar("T")

STEP_MS = 50
LOOKS = 300
"""So often, for as long as everything else is waited for."""

FONTS = "() => Promise.all([...document.fonts].map((one) => one.load())).then(() => true)"

FRAMES = """() => new Promise((done) => requestAnimationFrame(() =>
  requestAnimationFrame(() => setTimeout(() => done(true)))))"""


def dressed(page: Page) -> None:
    """Waits until the page that is shown now is there whole: its style, its scripts, its letters."""
    page.wait_for_load_state()
    page.evaluate(FONTS)


def listening(page: Page) -> None:
    """Waits until what is drawn hears keys: a script begins to listen in the frame after it has drawn."""
    page.evaluate(FRAMES)


def standing(page: Page, seconds: int = 1) -> None:
    """So many seconds from now the page's clock, installed before it opened, stands until a test lets it go
    on. What is said for a moment only is said then for as long as a busy machine takes to look."""
    page.context.clock.pause_at(page.evaluate(f"() => Date.now() / 1000 + {seconds}"))


def comes_to(page: Page, look: Callable[[], T], wanted: T) -> T:
    """What ``look`` finds, once that is what is ``wanted``; what it found last, if it never is."""
    found = look()
    for _ in range(LOOKS):
        if found == wanted:
            break
        page.wait_for_timeout(STEP_MS)
        found = look()
    return found
