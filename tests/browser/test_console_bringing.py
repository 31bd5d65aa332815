"""Statements brought in from the console, in a real browser: pasted, looked at, brought in, on every face."""

import os

from msgspec.structs import replace
from playwright.sync_api import Page, expect

from edp_app.core.definition import AgreeMethod, GatherSettings, Stage, VoteSettings
from edp_app.core.parts import Column
from tests.support.axe import findings
from tests.support.definitions import short
from tests.support.desk import Begin, Contexts, Opens, no_overflow
from tests.support.phone import arrive_at

KNOWN = GatherSettings([Column("facts", {"en": "Facts"})])
AGREE = VoteSettings("facts", AgreeMethod(), passes=2)
FACTS = Stage("facts", {"en": "What we know"}, 6, KNOWN, {"en": "What is known?"})
CHECK = Stage("check", {"en": "Evidence check"}, 6, AGREE, {"en": "Do you see this?"})
LIST = "Half of those under 25 leave\n• Water for two months is lost\n3. Three ports within an hour"
TITLES = ["Half of those under 25 leave", "Water for two months is lost", "Three ports within an hour"]


def picture(page: Page, name: str) -> None:
    """Kept to be looked at, where that was asked for."""
    if folder := os.environ.get("EDP_LOOK"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def test_three_lines_are_pasted_and_voted_on_without_their_stage_being_opened(
    begin: Begin, console: Opens, screen: Opens, contexts: Contexts
) -> None:
    workshop = short()
    hand = begin(replace(workshop, stages=[workshop.stages[0], FACTS, CHECK, *workshop.stages[1:]]))
    page = console(hand.code, reduced_motion="reduce")
    hand.open("opening")
    phone = arrive_at(hand.join_url, contexts()).join("Business", "Tacna")

    # leaving out the stage in which they would be written, the console says what helps
    row = page.locator(".agenda-row:has([aria-controls=stage-facts])")
    row.locator(".agenda-button").click()
    row.get_by_role("button", name="Leave it out").click()
    page.locator("button[data-action=close]").click()
    expect(page.locator("#primary-hint")).to_contain_text("Nothing stands in “What we know” yet.")
    page.locator(".tab[data-tab=items]").click()
    picture(page, "console-empty")
    page.get_by_role("link", name="Bring in statements").click()
    expect(page.get_by_role("heading", name="Bring in statements")).to_be_visible()
    picture(page, "page-empty")
    page.get_by_label("The statements").fill(LIST)
    page.get_by_label("Where they come from").fill("Diagnosis of 2025")
    assert findings(page) == []
    page.get_by_role("button", name="Look at it first").click()
    expect(page.locator(".bring-row")).to_have_count(3)
    picture(page, "page-preview")
    page.set_viewport_size({"width": 390, "height": 844})
    no_overflow(page)
    picture(page, "page-preview-390")
    assert findings(page) == []
    page.get_by_role("button", name="Bring in all 3").click()
    expect(page.get_by_text("3 statements were brought in.")).to_be_visible()
    assert findings(page) == []
    no_overflow(page)
    picture(page, "page-done-390")
    page.set_viewport_size({"width": 1440, "height": 900})
    picture(page, "page-done")
    page.get_by_role("link", name="Console").click()

    # they are voted on, each with where it comes from
    page.locator("button[data-action=open]").click()
    for title in TITLES:
        expect(phone.page.get_by_text(title)).to_be_visible()
    expect(phone.page.get_by_text("Brought in · Diagnosis of 2025").first).to_be_visible()
    picture(phone.page, "phone-vote")
    page.locator(".tab[data-tab=items]").click()
    expect(page.locator(".item").first).to_contain_text("Brought in · Diagnosis of 2025")
    picture(page, "console-items")
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator(".tab[data-tab=items]").click()
    no_overflow(page)
    picture(page, "console-items-390")


def test_what_is_brought_into_an_open_stage_stands_on_the_screen_and_can_be_taken_back(
    begin: Begin, console: Opens, screen: Opens, contexts: Contexts
) -> None:
    workshop = short()
    hand = begin(replace(workshop, stages=[FACTS, *workshop.stages]))
    page, wall = console(hand.code, reduced_motion="reduce"), screen(hand.code, reduced_motion="reduce")
    hand.open("facts")
    phone = arrive_at(hand.join_url, contexts()).join("Business", "Tacna")
    page.get_by_role("link", name="Bring in statements").click()
    page.get_by_label("The statements").fill(LIST)
    page.get_by_role("button", name="Look at it first").click()
    page.get_by_role("button", name="Bring in all 3").click()
    for title in TITLES:
        expect(wall.locator(".note-title", has_text=title)).to_be_visible()
    expect(wall.locator(".note-from").first).to_have_text("Traído de antes")  # the room speaks Spanish
    picture(wall, "screen")
    phone.page.locator("summary", has_text="What others wrote").click()
    expect(phone.page.get_by_text("Brought in").first).to_be_visible()
    picture(phone.page, "phone-board")

    page.get_by_role("link", name="Console").click()
    page.locator("#step-back").click()
    act = page.locator(".undo-row").first
    expect(act).to_contain_text("3 statements brought in")
    act.get_by_role("button", name="Undo").click()
    expect(wall.locator(".note-title")).to_have_count(0)
