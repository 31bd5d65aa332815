"""What holds of every picture on the big screen."""

import io
from collections.abc import Iterator
from contextlib import contextmanager

import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from tests.support.at_rest import comes_to


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


def clipped(page: Page) -> list[str]:
    """Numbers that stand in a part of a bar and are cut by its edges, and words that leave their picture."""
    found: list[str] = page.evaluate(
        """() => {
          const out = [];
          document.querySelectorAll(".stack-part b").forEach((number) => {
            const part = number.parentElement.getBoundingClientRect(), box = number.getBoundingClientRect();
            const within = box.left >= part.left - 0.5 && box.right <= part.right + 0.5;
            if (box.width && !within && box.top < part.bottom - 1) out.push(number.textContent);
          });
          document.querySelectorAll(".picture-drawing text").forEach((words) => {
            const edge = words.ownerSVGElement.getBoundingClientRect(), box = words.getBoundingClientRect();
            if (box.left < edge.left - 1 || box.right > edge.right + 1) out.push(words.textContent);
          });
          return out;
        }"""
    )
    return found


def codes_on(page: Page) -> list[str]:
    """What a phone's camera reads from the projected picture."""
    picture = Image.open(io.BytesIO(page.screenshot())).convert("L")
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def shows_the_code(page: Page, address: str) -> None:
    """A camera reads this one address, once the code is painted."""
    assert comes_to(page, lambda: codes_on(page), [address]) == [address]


def hold_the_first(page: Page) -> None:
    """Holds the pages of the screen at the first one, to which they are turned back if they have gone on by
    themselves."""
    label = page.locator(".pages-of")
    expect(label).to_be_visible()
    page.keyboard.press(" ")
    expect(page.locator(".pages-held")).to_be_visible()
    while label.inner_text().split()[1] != "1":
        before = label.inner_text()
        page.keyboard.press("ArrowLeft")
        expect(label).not_to_have_text(before)


def cut_off_for_long(page: Page) -> list[str]:
    """:func:`cut_off`, once the page has been measured anew after a change, which takes a frame or two."""
    return comes_to(page, lambda: cut_off(page), [])


@contextmanager
def poster(page: Page) -> Iterator[None]:
    """What holds of every picture: it is whole, large enough, and nothing on it is to be pressed."""
    yield
    assert cut_off_for_long(page) == []
    assert too_small(page) == []
    assert page.locator("button, a[href], input, select").count() == 0
