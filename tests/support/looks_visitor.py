"""One browser at a server, on its way through every page."""

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page


@dataclass
class Site:
    """A server without an account yet, and one browser."""

    page: Page
    url: str
    data: Path
    language: str
    count: int
    """How many workshops there are to be."""
    codes: list[str] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    """What the facilitator hands to others: addresses that work once, by what for."""

    def go(self, path: str) -> None:
        """Opens this address of the server."""
        self.page.goto(f"{self.url}{path}")

    def send(self) -> None:
        """Sends the form that the page is for."""
        self.page.locator("main form button[type=submit]").first.click()
