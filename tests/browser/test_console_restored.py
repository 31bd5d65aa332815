"""A server that is killed and restored: what the facilitator is told, and the way back to the console."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from edp_app.log import store
from tests.support.axe import findings
from tests.support.desk import DESK, open_console
from tests.support.restorable import BACK, Hall
from tests.support.stage import LOGIN, PASSWORD

SEEN = 15_000


@pytest.fixture
def desk(contexts: Callable[..., BrowserContext]) -> Callable[..., BrowserContext]:
    """A browser on a desk, whose clock shows the time of Lima."""
    return lambda **more: contexts(**{"viewport": DESK, "timezone_id": "America/Lima", **more})


def signs_in_again(page: Page, hall: Hall) -> None:
    """From the console that says that one is signed out, back to it."""
    trouble = page.locator(".trouble")
    expect(trouble).to_contain_text("You are signed out, so nothing can be pressed here.", timeout=BACK)
    trouble.get_by_role("link", name="Sign in").click()
    page.fill("input[name=login]", LOGIN)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(f"**/workshops/{hall.code}/console")


def test_the_console_leads_back_to_itself_and_tells_of_the_restoration(
    hall: Hall, desk: Callable[..., BrowserContext]
) -> None:
    context = desk()
    page = open_console(context, hall.server, hall.code)
    expect(page.locator(".restored")).to_have_count(0)
    hall.hand.open("swot")
    hall.make_backup()
    ended_at = hall.server.database.read(store.head, hall.id).at
    hall.hand.open("ideas")
    expect(page.locator("#now-title")).to_have_text("Ideas")
    hall.restore()
    hall.come_back()
    expect(page.locator(".trouble")).not_to_contain_text("facilitator", timeout=BACK)
    signs_in_again(page, hall)

    notice = page.locator(".restored")
    expect(notice).to_contain_text("The server went back to an earlier state")
    lima = page.evaluate(
        "at => new Date(at).toTimeString().slice(0, 5)",
        ended_at,
    )
    expect(notice).to_contain_text(re.compile(rf"ends on .* at {lima}\."))
    expect(notice).to_contain_text("So open the stage that was open")
    expect(page.locator("#now-title")).to_have_text("SWOT")
    assert findings(page) == []
    page.get_by_role("button", name="Español").click()
    expect(notice).to_contain_text("El servidor volvió a un estado anterior")
    page.get_by_role("button", name="English").click()
    expect(notice).to_contain_text("The server went back to an earlier state")

    page.reload()
    expect(notice).to_be_visible(timeout=SEEN)
    notice.get_by_role("button", name="Close this message").click()
    expect(notice).to_have_count(0)
    page.reload()
    expect(page.locator("#now-title")).to_have_text("SWOT", timeout=SEEN)
    expect(notice).to_have_count(0)

    other = open_console(desk(viewport={"width": 390, "height": 844}), hall.server, hall.code)
    expect(other.locator(".restored")).to_be_visible()
    assert findings(other) == []
    hall.hand.do("end_workshop")
    expect(other.locator(".restored")).to_have_count(0, timeout=SEEN)


def test_another_restoration_is_told_again(hall: Hall, desk: Callable[..., BrowserContext]) -> None:
    hall.hand.open("swot")
    hall.make_backup()
    hall.restore()
    hall.come_back()
    page = open_console(desk(), hall.server, hall.code)
    page.locator(".restored").get_by_role("button").click()
    expect(page.locator(".restored")).to_have_count(0)
    hall.restore()
    hall.come_back()
    signs_in_again(page, hall)
    expect(page.locator(".restored")).to_be_visible(timeout=SEEN)
