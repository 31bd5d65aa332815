"""A real Chromium against a real server. One server and one browser for all tests; a workshop for each."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from edp_app.core.definition import Definition
from tests.support.chromium import CHROMIUM_ARGUMENTS, chromium_path
from tests.support.desk import DESK, PROJECTOR, Begin, Contexts, Opens, open_console, open_screen
from tests.support.restorable import Hall
from tests.support.stage import Hand, Stage, stage

PHONE = {"width": 390, "height": 844}

SEEN = 20_000
"""Milliseconds for which everything is waited for, where nothing else is said: a busy machine is no fault."""

expect.set_options(timeout=SEEN)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with stage(tmp_path_factory.mktemp("data")) as running:
        yield running


@pytest.fixture
def facilitate(server: Stage) -> Iterator[Callable[[str], Hand]]:
    """A facilitator for the workshop with this code."""
    hands: list[Hand] = []

    def begin(code: str) -> Hand:
        hands.append(Hand(server.url, code))
        return hands[-1]

    yield begin
    for hand in hands:
        hand.leave()


@pytest.fixture
def contexts(chromium: Browser) -> Iterator[Contexts]:
    """A browser profile of one's own, with Playwright's options; closed at the end. Errors on its pages fail
    the test."""
    opened: list[BrowserContext] = []
    errors: list[str] = []

    def watch(page: Page) -> None:
        page.on("pageerror", lambda error: errors.append(f"{page.url}: {error}"))

    def make(**options: object) -> BrowserContext:
        context = chromium.new_context(**{"viewport": PHONE, "has_touch": True, "locale": "en-GB", **options})
        context.set_default_timeout(SEEN)
        context.on("page", watch)
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()
    assert not errors, errors


@pytest.fixture
def workshop(server: Stage) -> Callable[[Definition], str]:
    """Makes a workshop; its code."""
    return server.new_workshop


@pytest.fixture
def begin(workshop: Callable[[Definition], str], facilitate: Callable[[str], Hand]) -> Begin:
    """Makes a workshop and its facilitator."""
    return lambda definition: facilitate(workshop(definition))


@pytest.fixture
def hall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hall]:
    """A server of one's own, with one workshop, that can be taken back to a backup."""
    monkeypatch.setenv("EDP_DATA", str(tmp_path / "data"))
    hall = Hall(tmp_path)
    yield hall
    hall.close()


@pytest.fixture
def console(contexts: Contexts, server: Stage) -> Opens:
    """Opens the console of the workshop with this code: on a desk, or in a context of one's own."""

    def opened(code: str, context: BrowserContext | None = None, **options: object) -> Page:
        return open_console(context or contexts(**{"viewport": DESK, **options}), server, code)

    return opened


@pytest.fixture
def screen(contexts: Contexts, server: Stage) -> Opens:
    """Opens the screen of the workshop with this code: on a projector, or in a context of one's own."""

    def opened(code: str, context: BrowserContext | None = None, **options: object) -> Page:
        projector = {"viewport": PROJECTOR, "has_touch": False}
        return open_screen(context or contexts(**{**projector, **options}), server, code)

    return opened
