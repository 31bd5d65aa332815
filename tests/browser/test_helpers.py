"""Somebody helps without an account, and a phone becomes the remote: pages as people use them."""

from playwright.sync_api import Page, expect

from tests.support.axe import findings
from tests.support.definitions import weighing
from tests.support.desk import Begin, Contexts, Opens, items, no_overflow

PHONE = {"width": 390, "height": 844}
THUMB = 250
"""Pixels from the foot of a phone's page that the thumb of the hand that holds it reaches easily."""


def linked(page: Page, part: str, button: str) -> str:
    """Make a link on “Join and links”; its address."""
    page.get_by_role("button", name="Join and links").click()
    section = page.get_by_role("region", name=part)
    section.get_by_role("button", name=button).click()
    expect(section.locator(".once-qr")).to_be_visible()
    return section.locator(".once input").input_value()


def test_a_helper_has_what_they_may_do_and_nothing_else(
    begin: Begin, console: Opens, contexts: Contexts
) -> None:
    hand = begin(weighing())
    desk = console(hand.code)
    desk.locator(".button-primary").click()
    expect(desk.locator(".status")).to_have_text("open")
    hand.until(lambda view: "now" in view, "the open stage")
    hand.somebody("business", *items(hand.run, ["Olive groves", "Salt in the wells", "Salty wells"], 1))
    address = linked(desk, "Who helps", "Invite somebody to help")

    helper = contexts(viewport=PHONE).new_page()
    helper.goto(address)
    assert findings(helper) == []
    helper.get_by_label("Your name").fill("Rosa")
    helper.get_by_role("button", name="Start helping").click()
    expect(helper.locator(".item")).to_have_count(3)
    expect(helper.locator(".bar")).to_contain_text("You help as Rosa")
    for absent in (".button-primary", ".thumb", "#step-back", ".timer", ".door button", ".persons"):
        expect(helper.locator(absent)).to_have_count(0)
    for name in ("Pause", "End the workshop", "Correct", "Invite somebody to help", "Report"):
        expect(helper.get_by_role("button", name=name, exact=True)).to_have_count(0)
    no_overflow(helper)
    assert findings(helper) == []
    helper.keyboard.press("n")
    helper.keyboard.press("p")

    helper.get_by_role("button", name="Hide number 1").click()
    expect(desk.locator(".helpers-list")).to_contain_text("Rosa")
    desk.get_by_role("button", name="This stage").click()
    expect(desk.locator(".item.is-hidden")).to_have_count(1)
    expect(desk.locator(".status")).to_have_text("open")

    desk.get_by_role("button", name="Join and links").click()
    desk.get_by_role("button", name="End the help of Rosa").click()
    desk.get_by_role("button", name="Yes, end it now").click()
    expect(helper.locator(".trouble")).to_contain_text("You do not help in this workshop any more")
    expect(desk.locator(".helpers-list")).to_contain_text("helps no more")
    assert findings(desk) == []


def test_a_phone_becomes_the_remote(begin: Begin, console: Opens, contexts: Contexts) -> None:
    desk = console(begin(weighing()).code)
    address = linked(desk, "Use your phone as well", "Show a link for my phone")
    phone = contexts(viewport=PHONE).new_page()
    phone.goto(address)
    assert findings(phone) == []
    phone.get_by_role("button", name="Lead from this device").click()
    opening = phone.locator(".button-primary")
    expect(opening).not_to_have_attribute("aria-disabled", "true")
    opening.click()
    expect(desk.locator(".status")).to_have_text("open")

    remote = phone.locator(".thumb")
    remote.get_by_role("button", name="25 min").click()
    expect(remote.get_by_role("button", name="+1 min")).to_be_visible()
    expect(remote.get_by_role("button")).to_have_count(3)
    for reached in remote.get_by_role("button").all():
        box = reached.bounding_box()
        assert box is not None
        assert box["height"] >= 44
        assert PHONE["height"] - THUMB <= box["y"] <= PHONE["height"] - box["height"]
    no_overflow(phone)
    remote.get_by_role("button", name="Pause").click()
    expect(desk.locator(".status")).to_have_text("paused")
    expect(opening).to_have_text("Resume: SWOT")

    desk.reload()
    desk.get_by_role("button", name="Join and links").click()
    expect(desk.locator(".device-others")).to_contain_text("signed in on")
    desk.get_by_role("button", name="Sign out everywhere else").click()
    expect(phone.locator(".trouble")).to_contain_text("signed out")
