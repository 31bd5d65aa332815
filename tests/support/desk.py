"""What tests of the console and the screen share: signing in, opening both pages, and a cable to pull."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, Page, Route, WebSocketRoute, expect

from edp_app.core.definition import Definition
from tests.support.at_rest import comes_to, dressed, listening
from tests.support.stage import LOGIN, PASSWORD, Hand
from tests.support.stage import Stage as Server

DESK = {"width": 1440, "height": 900}
PROJECTOR = {"width": 1920, "height": 1080}

RECONNECT_MS = 40_000
"""The client waits up to 7.5 s between two tries, and for some seconds in each of them."""

Json = dict[str, Any]

# What the fixtures of tests/browser/conftest.py give.
Contexts = Callable[..., BrowserContext]
NewWorkshop = Callable[[Definition], str]
Begin = Callable[[Definition], Hand]
Opens = Callable[..., Page]


def sign_in(page: Page, server: Server) -> None:
    """Signs the facilitator in."""
    page.goto(f"{server.url}/login")
    page.fill("input[name=login]", LOGIN)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/workshops*")


def open_console(context: BrowserContext, server: Server, code: str) -> Page:
    """The console of this workshop, connected, its type in place."""
    page = context.new_page()
    sign_in(page, server)
    page.goto(f"{server.url}/workshops/{code}/console")
    expect(page.locator(".runsheet")).to_be_visible(timeout=20_000)
    dressed(page)
    listening(page)
    return page


def open_screen(context: BrowserContext, server: Server, code: str) -> Page:
    """The screen of this workshop, painted, its code loaded, its type in place."""
    page = context.new_page()
    page.goto(f"{server.url}/screen/{code}")
    painted(page)
    return page


def painted(page: Page) -> None:
    """Waits until a screen shows its picture, with its code and its type."""
    expect(page.locator(".picture")).to_be_visible(timeout=20_000)
    dressed(page)
    page.wait_for_function("() => [...document.images].every((one) => one.naturalWidth > 0)")
    listening(page)


def items(run: str, titles: list[str], columns: int = 4) -> list[Json]:
    """Commands that write these titles, one column after the other."""
    return [
        {"type": "add_item", "run": run, "column": f"c{n % columns}", "title": title}
        for n, title in enumerate(titles)
    ]


def ballot(run: str, item: str, dots: int = 1) -> Json:
    """The command that puts dots on an item for the first time."""
    return {"type": "cast_ballot", "run": run, "item": item, "dots": dots, "revision": 0}


class Cable:
    """The line between a browser profile and the server, which a test can pull and put back."""

    def __init__(self, context: BrowserContext) -> None:
        self._cut = False
        self._deaf = False
        self._sockets: list[WebSocketRoute] = []
        context.route_web_socket(re.compile(r"/socket\.io/"), self._socket)
        context.route(re.compile(r"/socket\.io/"), self._request)

    def _socket(self, socket: WebSocketRoute) -> None:
        if self._cut:
            socket.close()
            return
        server = socket.connect_to_server()
        socket.on_message(lambda message: self._deaf or server.send(message))
        server.on_message(lambda message: self._deaf or socket.send(message))
        self._sockets.append(socket)

    def _request(self, route: Route) -> None:
        if self._cut:
            route.abort()
        else:
            route.continue_()

    def pull(self) -> None:
        """Ends what is open, and lets nothing through until :meth:`mend`."""
        self._cut = True
        for socket in self._sockets:
            socket.close()
        self._sockets.clear()

    def deafen(self) -> None:
        """What is open stays so, but nothing comes through it any more."""
        self._deaf = True

    def mend(self) -> None:
        """The line is there again."""
        self._cut = self._deaf = False


TO_THE_SWOT = (
    "Open: Opening",
    "Close: Opening",
    "Open next: Who is here",
    "Close: Who is here",
    "Open next: SWOT",
)
"""What the next step of a console says, one press after the other, until people write in the short format."""


def press_on(console: Page, *words: str) -> None:
    """Presses the one next step of a console as often as there are words for it, which it has to say."""
    step = console.locator(".button-primary")
    for said in words:
        expect(step).to_have_text(said, timeout=20_000)
        step.click()


def no_overflow(page: Page) -> None:
    """Nothing stands beyond the right edge but tabs, which scroll sideways by themselves. What is drawn anew
    for another width is so in the frames after the window has it."""
    page.wait_for_load_state()
    listening(page)

    def wide() -> list[str]:
        found: list[str] = page.evaluate(BEYOND)
        return found

    assert comes_to(page, wide, []) == []


BEYOND = """() => {
  const out = [];
  const whole = document.documentElement.scrollWidth;
  if (whole > innerWidth + 1) out.push("page: " + whole);
  document.querySelectorAll("#app *").forEach((element) => {
    const box = element.getBoundingClientRect();
    if (box.width > 0 && box.right > innerWidth + 1 && !element.closest(".visually-hidden, .tabs"))
      out.push(element.className + ": " + box.right);
  });
  return out.slice(0, 5);
}"""
