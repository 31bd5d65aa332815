"""The pages made on the server, in a real browser: axe, touch targets, width, focus, and without a script."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.support import axe
from tests.support.definitions import short
from tests.support.desk import DESK, sign_in
from tests.support.stage import Stage

PHONE = {"width": 390, "height": 844}
NARROWEST = {"width": 320, "height": 568}

SMALL_TARGETS = """() => [...document.querySelectorAll("a, button, .input, [type=radio]")].filter((one) => {
    const round = one.matches("[type=radio], [type=checkbox]");
    const box = (round ? one.closest("label") : one).getBoundingClientRect();
    if (!box.width || one.closest(".skip") || one.type === "hidden") return false;
    if (one.matches("p a, li a, dd a, h2 a")) return false;  // within a sentence or a heading
    return box.height < 43.5 || box.width < 43.5;
}).map((one) => `${one.outerHTML.slice(0, 80)} ${JSON.stringify(one.getBoundingClientRect())}`)"""


def every_page(page: Page, server: Stage) -> list[str]:
    """Opens one page after the other, each in the state that shows most; yields their names."""
    names = []

    def arrived(name: str) -> None:
        names.append(name)
        judge(page, name)

    page.goto(server.url)
    arrived("join")
    page.get_by_label("Code of the workshop").fill("123 45x")
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_role("alert")).to_be_visible()
    arrived("join, wrong code")
    page.goto(f"{server.url}/privacy")
    arrived("privacy")
    page.goto(f"{server.url}/nothing-here")
    arrived("not found")
    page.goto(f"{server.url}/login")
    page.get_by_label("User name").fill("nobody")
    page.get_by_label("Pass phrase").fill("wrong")
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    arrived("login, wrong")
    sign_in(page, server)
    arrived("workshops")
    page.goto(f"{server.url}/workshops/new")
    page.get_by_role("button", name="Make the workshop").click()
    expect(page.locator(".error").first).to_be_visible()
    arrived("new, with mistakes")
    page.goto(f"{server.url}/workshops/upload")
    page.get_by_label("Text of the format").fill('format = 1\ntitle = "x"\ngroups = "five"\n' + "x" * 200)
    page.get_by_role("button", name="Make the workshop").click()
    expect(page.get_by_role("alert")).to_be_visible()
    arrived("upload, with mistakes")
    return names


def judge(page: Page, name: str) -> None:
    """What every page has to pass."""
    assert axe.findings(page) == [], name
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{name} is too wide"
    assert page.evaluate(SMALL_TARGETS) == [], name


@pytest.mark.parametrize(
    ("viewport", "theme"),
    [(NARROWEST, "light"), (PHONE, "dark"), (DESK, "light"), (DESK, "dark")],
    ids=["narrowest", "phone-dark", "desk", "desk-dark"],
)
def test_every_page_can_be_read_and_touched(
    server: Stage,
    contexts: Callable[..., BrowserContext],
    workshop: Callable[..., str],
    viewport: dict[str, int],
    theme: str,
) -> None:
    workshop(short())
    page = contexts(viewport=viewport, color_scheme=theme).new_page()
    assert len(every_page(page, server)) == 8


def test_joining_works_without_a_script(
    server: Stage, contexts: Callable[..., BrowserContext], workshop: Callable[..., str]
) -> None:
    code = workshop(short())
    page = contexts(java_script_enabled=False).new_page()
    page.goto(server.url)
    page.get_by_role("button", name="Español").click()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    page.get_by_role("button", name="English").click()
    page.get_by_label("Code of the workshop").fill(f"{code[:3]}-{code[3:]}")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{server.url}/j/{code}")
    # Chromium draws <noscript> only where scripts are switched off in its settings, which a test cannot do.
    assert "This page needs JavaScript" in page.locator("noscript").inner_text()


def test_the_code_is_typed_on_digits_and_has_the_focus(
    server: Stage, contexts: Callable[..., BrowserContext]
) -> None:
    page = contexts().new_page()
    page.goto(server.url)
    field = page.get_by_label("Code of the workshop")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("inputmode", "numeric")
    page.goto(f"{server.url}/j/999999")
    expect(page.get_by_label("Code of the workshop")).to_have_attribute("aria-invalid", "true")


def test_a_live_page_loads_nothing_from_elsewhere_and_breaks_no_rule(
    server: Stage, contexts: Callable[..., BrowserContext], workshop: Callable[..., str]
) -> None:
    code = workshop(short())
    page = contexts().new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    for path in (f"/j/{code}", f"/screen/{code}"):
        page.goto(f"{server.url}{path}")
        expect(page.locator("#app")).not_to_have_text(re.compile("Opening the workshop"))
    assert complaints == []
    assert all(url.startswith((server.url, server.url.replace("http", "ws"))) for url in asked)
