"""The pages made on the server, in a real browser, and without a script; test_looks.py looks at them."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, expect

from tests.support.definitions import short
from tests.support.stage import Stage


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
    for path, drawn in ((f"/j/{code}", ".act .button"), (f"/screen/{code}", ".picture")):
        page.goto(f"{server.url}{path}")
        expect(page.locator(drawn)).to_be_visible()
        expect(page.locator("#app")).not_to_have_text(re.compile("Opening the workshop"))
    assert complaints == []
    assert all(url.startswith((server.url, server.url.replace("http", "ws"))) for url in asked)
