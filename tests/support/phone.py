"""A participant's phone in a real browser."""

from playwright.sync_api import BrowserContext, Locator, Page, expect

SEEN = 30_000

OFFLINE = "No connection."

KEEPS_NOTHING = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };"
"""A script that makes a browser's storage take nothing."""

ALL_ANSWERED = """() => !Object.keys(localStorage).some((key) =>
  /^edp\\..*\\.out\\./.test(key) && JSON.parse(localStorage.getItem(key) || "{}").state !== "refused")"""
"""Whether nothing that was done on a phone is on its way any more."""


class Phone:
    """What a person does with the page. Finds things by what stands there, as a person does."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def join(self, group: str, territory: str | None = None) -> "Phone":
        """Chooses a group (and a side), presses the one button, and is in: all that it takes is answered."""
        self.page.get_by_role("radio", name=group).check()
        if territory:
            self.page.get_by_role("radio", name=territory).check()
        self.page.locator(".act .button").click()
        expect(self.page.locator(".now h1")).to_be_visible(timeout=SEEN)
        self.page.wait_for_function(ALL_ANSWERED, timeout=SEEN)
        return self

    def sees_heading(self, text: str) -> None:
        """Waits for the big words at the top."""
        expect(self.page.locator(".now h1")).to_contain_text(text, timeout=SEEN)

    @property
    def box(self) -> Locator:
        """The box in which one writes."""
        return self.page.locator("#title-new")

    def write(self, text: str) -> None:
        """Writes and sends an item."""
        self.box.fill(text)
        self.page.get_by_role("button", name="Send", exact=True).click()

    def own(self, text: str) -> Locator:
        """One's own item in the list below the box."""
        return self.page.locator(".own-item").filter(has_text=text)

    def candidate(self, text: str) -> Locator:
        """An item one can vote for."""
        return self.page.locator(".candidate").filter(has_text=text)

    def put_dot(self, text: str) -> None:
        self.page.get_by_role("button", name=f"Put a dot on “{text}”").click()

    def take_dot(self, text: str) -> None:
        self.page.get_by_role("button", name=f"Take a dot back from “{text}”").click()

    def dots_on(self, text: str) -> Locator:
        """The filled dots drawn beside an item."""
        return self.candidate(text).locator(".candidate-foot .dot.on")

    @property
    def left(self) -> Locator:
        """The bar that says what is left."""
        return self.page.locator(".left")

    def too_wide(self) -> int:
        """By how many pixels the page is wider than the screen."""
        wide: int = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        return wide


def arrive_at(url: str, context: BrowserContext) -> Phone:
    """Somebody opens this address in a new tab."""
    page = context.new_page()
    page.goto(url)
    return Phone(page)
