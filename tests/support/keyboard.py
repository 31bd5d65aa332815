"""Hands that never touch a mouse: everything is reached with Tab, and whatever has the focus is seen."""

from playwright.sync_api import Page

MOST = 150
"""So many presses of Tab at most: all the way round the largest page."""

FOCUSED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return { name: "", seen: true };
  const label = one.labels && one.labels[0];
  const said = [one.getAttribute("aria-label"), one.innerText, label && label.innerText, one.placeholder];
  const name = said.filter(Boolean).join(" ").replace(/\\s+/g, " ").trim();
  const outlined = (element) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  };
  const shown = ["radio", "checkbox"].includes(one.type) && label || one;
  const box = shown.getBoundingClientRect();
  const x = Math.min(innerWidth - 2, Math.max(1, box.left + box.width / 2));
  const y = Math.min(innerHeight - 2, Math.max(1, box.top + box.height / 2));
  const top = document.elementFromPoint(x, y);
  return {
    name,
    outlined: [one, shown, one.closest("label")].some((element) => element && outlined(element)),
    inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    free: Boolean(top && (shown.contains(top) || top.contains(shown))),
  };
}"""


class Keyboard:
    """One person at one page. Each stop on the way is looked at: it has an outline, stands in the window and
    is not covered."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.stops = 0

    def to(self, name: str, *, back: bool = False, at: str = "*") -> "Keyboard":
        """Goes on with Tab until what has the focus is called so (or begins so) and matches ``at``."""
        passed: list[str] = []
        for _ in range(MOST):
            self.page.keyboard.press("Shift+Tab" if back else "Tab")
            focused = self.page.evaluate(FOCUSED)
            if not focused["name"]:
                continue
            self.stops += 1
            passed.append(focused["name"][:40])
            assert focused["outlined"], f"no outline: {focused}"
            assert focused["inside"], f"out of sight: {focused}"
            assert focused["free"], f"covered: {focused}"
            if focused["name"].startswith(name) and self.page.locator(f":focus:is({at})").count():
                return self
        raise AssertionError(f"“{name}” is not reached with Tab: {passed}")

    def press(self, key: str = "Enter") -> "Keyboard":
        """Presses a key."""
        self.page.keyboard.press(key)
        return self

    def type(self, text: str) -> "Keyboard":
        """Writes where the focus is."""
        self.page.keyboard.type(text)
        return self
