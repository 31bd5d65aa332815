"""A whole workshop without a mouse: made, run and reported by its facilitator; joined, written in and voted
in on a phone with a keyboard. What has the focus is looked at, at every stop on the way."""

import pytest
from playwright.sync_api import Page, expect

from tests.support.desk import DESK, Contexts
from tests.support.keyboard import Keyboard
from tests.support.stage import LOGIN, PASSWORD, Hand, Json, Stage

NO_MOUSE = """
window.touched = [];
["mousedown", "touchstart", "pointerdown"].forEach((name) => {
  document.addEventListener(name, (event) => window.touched.push(name), true);
});
"""


def without_mouse(contexts: Contexts, **options: object) -> Page:
    """A page that keeps whatever a mouse or a finger did to it."""
    context = contexts(has_touch=False, reduced_motion="reduce", **options)
    context.add_init_script(NO_MOUSE)
    return context.new_page()


@pytest.mark.pdf
def test_a_whole_workshop_without_a_mouse(server: Stage, contexts: Contexts) -> None:
    page = without_mouse(contexts, viewport=DESK, locale="en-GB")
    keys = Keyboard(page)
    code = _prepared(keys, server)
    hand = Hand(server.url, code)
    try:
        phone = Keyboard(without_mouse(contexts, viewport={"width": 390, "height": 844}, locale="en-GB"))
        _join(phone, server, code)
        opened: list[str] = []
        while (now := _primary(page)) != "End the workshop":
            keys.to(now).press()
            expect(page.locator(".button-primary")).not_to_have_text(now)
            if now.startswith("Open"):
                run = hand.until(lambda view: _run(view) not in {None, *opened}, "the stage that was opened")
                opened.append(run["now"]["run"])
                _does(phone, keys, run["now"]["kind"], run["now"]["run"])
        assert len(opened) == len(hand.view["stages"])
        keys.to("End the workshop").press()
        expect(page.locator("#now-title")).to_have_text("The workshop has ended")
        expect(phone.page.locator(".now h1")).to_have_text("Thank you for taking part.")
        expect(page.get_by_role("link", name="Download the PDF")).to_be_visible(timeout=120_000)
        keys.to("Download the PDF")
        assert page.evaluate("window.touched") == phone.page.evaluate("window.touched") == []
    finally:
        hand.leave()


def _prepared(keys: Keyboard, server: Stage) -> str:
    """The short workshop, made by its form, and its console opened; the code."""
    page = keys.page
    page.goto(f"{server.url}/login")
    keys.to("User name").type(LOGIN)
    keys.to("Pass phrase").type(PASSWORD).press()
    page.wait_for_url("**/workshops*")
    keys.to("Prepare a workshop").press()
    page.wait_for_url("**/new")
    keys.to("Title").type("By keys alone")
    keys.to("Make the workshop").press()
    page.wait_for_url("**/workshops*")
    keys.to("By keys alone").press()
    page.wait_for_url("**/console")
    return page.url.split("/")[-2]


def _run(view: Json) -> str | None:
    """The run that is on."""
    found: str | None = (view.get("now") or {}).get("run")
    return found


def _primary(page: Page) -> str:
    """The one thing to do now, once it can be done."""
    primary = page.locator(".button-primary")
    expect(primary).not_to_have_attribute("aria-disabled", "true")
    return primary.inner_text().strip()


def _does(phone: Keyboard, keys: Keyboard, kind: str, stage: str) -> None:
    """What somebody does on the phone in a stage of this kind, and the facilitator on the console."""
    if kind == "gather":
        _write(phone, f"Olive groves {stage}", f"Groves of olives {stage}", f"Salt in the wells {stage}")
    elif kind == "sort":
        _merge(keys)
    elif kind == "vote":
        expect(phone.page.locator(".candidate").first).to_be_visible()
        expect(phone.page.locator(".now h1")).to_be_focused()
        phone.to("", at=".candidate button:not([aria-disabled=true])").press()
        expect(phone.page.locator(".candidate .saved")).to_be_visible()
    elif kind == "ask":
        expect(phone.page.locator(".step input").first).to_be_attached()
        expect(phone.page.locator(".now h1")).to_be_focused()
        phone.to("", at=".step input").press("Space")
        expect(phone.page.locator(".question .saved")).to_be_visible()
    else:
        expect(phone.page.locator(".now h1")).to_be_visible()


def _merge(keys: Keyboard) -> None:
    page = keys.page
    expect(page.locator(".item")).to_have_count(3)
    expect(page.locator(".alike-group")).to_be_visible()  # it comes by itself, and moves the list down
    page.locator(".item").first.scroll_into_view_if_needed()
    for title in ("Olive groves", "Groves of olives"):
        number = page.locator(".item", has_text=title).locator(".item-n").inner_text()
        keys.to(f"{number} {title}").press("Space")
    keys.to("Merge these 2").press()
    expect(page.locator(".item")).to_have_count(2)


def _join(phone: Keyboard, server: Stage, code: str) -> None:
    phone.page.goto(server.url)
    expect(phone.page.get_by_label("Code of the workshop")).to_be_focused()
    phone.type(code).press()
    expect(phone.page.locator(".act .button")).to_be_visible(timeout=20_000)
    phone.to("Government").press("ArrowDown")  # from the first of the groups to the second
    phone.to("Join").press()
    expect(phone.page.locator(".now h1")).to_be_visible()


def _write(phone: Keyboard, *titles: str) -> None:
    expect(phone.page.locator("#title-new")).to_be_visible(timeout=20_000)
    for n, title in enumerate(titles, start=1):
        if n == 1:
            phone.to("", at="#title-new")  # after that it keeps the focus
        expect(phone.page.locator("#title-new")).to_be_focused()
        phone.type(title).to("Send").press()
        expect(phone.page.locator(".now .own-item")).to_have_count(n)
