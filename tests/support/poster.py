"""What holds of every picture on the big screen."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page


def too_small(page: Page) -> list[str]:
    """Words on the page in type below 28 px; none at 1920 × 1080, but for whoever sits at the computer."""
    found: list[str] = page.evaluate(
        """() => {
          const walker = document.createTreeWalker(document.getElementById("app"), NodeFilter.SHOW_TEXT);
          const out = [];
          while (walker.nextNode()) {
            const parent = walker.currentNode.parentElement;
            if (!walker.currentNode.textContent.trim()) continue;
            if (parent.closest(".visually-hidden, .awake, .result-axis, svg title, svg desc")) continue;
            // pixels of a unit of the drawing, where it is one
            const drawn = parent.ownerSVGElement ? parent.getScreenCTM().a : 1;
            const size = parseFloat(getComputedStyle(parent).fontSize) * drawn;
            if (size < 27.9) out.push(size + ": " + walker.currentNode.textContent.slice(0, 40));
          }
          return out;
        }"""
    )
    return found


def cut_off(page: Page) -> list[str]:
    """Entries that stick out of the picture, or run into the column with the code; none."""
    found: list[str] = page.evaluate(
        """() => {
          const out = [];
          const root = document.documentElement;
          if (root.scrollWidth > innerWidth || root.scrollHeight > innerHeight)
            out.push(`page ${root.scrollWidth} x ${root.scrollHeight}`);
          const sheet = document.querySelector(".sheet").getBoundingClientRect();
          document.querySelectorAll(".sheet *").forEach((element) => {
            if (element.closest(".visually-hidden, .pages-ruler")) return;
            const box = element.getBoundingClientRect();
            if (box.width && (box.right > sheet.right + 1 || box.bottom > sheet.bottom + 1))
              out.push(`${element.className} ${box.right} ${box.bottom}`);
          });
          document.querySelectorAll(".pages-lanes").forEach((lanes) => {
            const limit = lanes.closest(".pages-area").getBoundingClientRect().bottom + 1;
            lanes.querySelectorAll("li").forEach((entry) => {
              const bottom = entry.getBoundingClientRect().bottom;
              if (bottom > limit) out.push("below: " + entry.textContent.slice(0, 40));
            });
          });
          return out.slice(0, 5);
        }"""
    )
    return found


def cut_off_for_long(page: Page) -> list[str]:
    """:func:`cut_off`, once the page has been measured anew after a change, which takes a frame or two."""
    for _ in range(MOST_LOOKS):
        found = cut_off(page)
        if not found:
            return []
        page.wait_for_timeout(50)
    return found


MOST_LOOKS = 30


@contextmanager
def poster(page: Page) -> Iterator[None]:
    """What holds of every picture: it is whole, large enough, and nothing on it is to be pressed."""
    yield
    assert cut_off_for_long(page) == []
    assert too_small(page) == []
    assert page.locator("button, a[href], input, select").count() == 0
