"""Sheets of paper on the console, for every method: typed in, saved, corrected; the line that is amiss is
named."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.air import Clerk
from tests.support.axe import findings
from tests.support.ballots import TITLES, WAYS, ideas
from tests.support.definitions import every_method
from tests.support.desk import DESK, Begin, Contexts, Opens, no_overflow
from tests.support.stage import Hand

Marks = dict[str, list[str]]
"""Title to what stands in its fields, in their order."""


@pytest.fixture
def hand(begin: Begin) -> Hand:
    return begin(every_method())


def line(page: Page, title: str) -> Locator:
    """The fields of an item."""
    return page.locator(".paper-line").filter(has_text=title).locator("[data-mark]")


def head(page: Page, number: str) -> None:
    """Types in the number and the group of a sheet."""
    page.get_by_label("Number on the sheet").fill(number)
    page.locator(".paper").get_by_label("Group").select_option("academia")


def type_in(page: Page, number: str, marks: Marks) -> None:
    """Types a sheet in and saves it."""
    head(page, number)
    write(page, marks)
    page.get_by_role("button", name="Save the sheet").click()


def write(page: Page, marks: Marks) -> None:
    for title, fields in marks.items():
        for n, text in enumerate(fields):
            field = line(page, title).nth(n)
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(label=text)
            else:
                field.fill(text)


# What is typed in, what is stored of it, and a correction with what is stored then.
SHEETS: dict[str, tuple[Marks, dict[str, object], Marks, dict[str, object]]] = {
    "dots": (
        {"Dry port": ["2"]},
        {"dots": {"Dry port": 2}},
        {"Dry port": ["1"], "Fog water": ["2"]},
        {"dots": {"Dry port": 1, "Fog water": 2}},
    ),
    "points": (
        {"Dry port": ["6"], "Fog water": ["4"]},
        {"": {"scores": {"Dry port": 6, "Fog water": 4}}},
        {"Dry port": [""]},
        {"": {"scores": {"Fog water": 4}}},
    ),
    "agree": (
        {"Dry port": ["disagree"]},
        {"Dry port": {"choice": "disagree"}},
        {"Dry port": [""], "Fog water": ["no opinion"]},
        {"Fog water": {"choice": "pass"}},
    ),
    "criteria": (
        {"Dry port": ["1", "0", "5"]},
        {"Dry port": {"scores": {"assets": 1, "novelty": 0, "market": 5}}},
        {"Dry port": ["2"]},
        {"Dry port": {"scores": {"assets": 2, "novelty": 0, "market": 5}}},
    ),
    "axes": (
        {"Dry port": ["4", "0"]},
        {"Dry port": {"scores": {"impact": 4, "unsure": 0}}},
        {"Dry port": ["", ""], "Fog water": ["1", "5"]},
        {"Fog water": {"scores": {"impact": 1, "unsure": 5}}},
    ),
    "choice": (
        {"Dry port": ["With changes"]},
        {"Dry port": {"choice": "changed"}},
        {"Dry port": ["No"]},
        {"Dry port": {"choice": "no"}},
    ),
    "ranking": (
        {"Dry port": ["2"], "Fog water": ["1"]},
        {"": {"order": ["Fog water", "Dry port"]}},
        {"Dry port": ["1"], "Fog water": ["3"], "Quality olives": ["2"]},
        {"": {"order": ["Dry port", "Quality olives", "Fog water"]}},
    ),
}


def named(stored: object, ids: dict[str, str]) -> object:
    """The same with ids in the place of titles."""
    if isinstance(stored, dict):
        return {ids.get(key, key): named(value, ids) for key, value in stored.items()}
    if isinstance(stored, list):
        return [ids.get(one, one) for one in stored]
    return stored


@pytest.mark.parametrize("method", list(WAYS))
def test_a_sheet_is_typed_in_kept_saved_and_corrected(hand: Hand, console: Opens, method: str) -> None:
    ids = ideas(hand)
    run = hand.open(method)
    marks, stored, correction, corrected = SHEETS[method]
    page = console(hand.code)
    expect(page.locator("section.panel").first).to_contain_text(WAYS[method].rule)
    page.get_by_text("Votes on paper").click()
    expect(page.locator(".button[aria-disabled]")).to_have_count(0)
    assert findings(page) == []
    page.get_by_label("Number on the sheet").fill("7")
    write(page, marks)
    page.reload()
    expect(page.get_by_label("Number on the sheet")).to_have_value("7")
    type_in(page, "7", {})
    expect(page.locator(".said")).to_contain_text("Sheet 7 is saved.")
    expect(page.get_by_label("Number on the sheet")).to_have_value("8")
    expect(page.locator(".count b")).to_have_text("1")
    sheet = hand.until(lambda view: bool(view["paper"].get(run)), "the sheet")["paper"][run]["7"]
    assert sheet.pop("group") == "academia"
    assert sheet.pop("revision") > 0
    wanted = stored if method == "dots" else {"ballots": stored}
    assert sheet == named(wanted, ids)
    page.get_by_role("button", name="Correct sheet 7").click()
    type_in(page, "7", correction)
    wanted = corrected if method == "dots" else {"ballots": corrected}
    hand.until(
        lambda view: view["paper"][run]["7"].items() >= named(wanted, ids).items(),
        "the corrected sheet",
    )
    no_overflow(page)


def test_a_line_that_is_half_filled_is_named_and_nothing_is_saved(hand: Hand, console: Opens) -> None:
    ideas(hand)
    run = hand.open("criteria")
    page = console(hand.code)
    page.get_by_text("Votes on paper").click()
    type_in(page, "1", {"Dry port": ["1", "2", "3"], "Fog water": ["4", "", "4"]})
    said = page.locator(".paper-line.is-wrong + .said-bad")
    expect(said).to_contain_text("“Fog water”, under “Column 1”: not every field is filled")
    expect(line(page, "Fog water").first).to_be_focused()
    assert run not in hand.view["paper"]
    line(page, "Fog water").nth(1).fill("9")
    page.get_by_role("button", name="Save the sheet").click()
    expect(said).to_contain_text("“Fog water”, under “Column 1”: this cannot stand there.")
    line(page, "Fog water").nth(1).fill("0")
    page.get_by_role("button", name="Save the sheet").click()
    expect(page.locator(".said")).to_contain_text("Sheet 1 is saved.")


def test_points_beyond_the_cap_or_the_sum_are_told_while_typing_or_by_their_line(
    hand: Hand, console: Opens
) -> None:
    ideas(hand)
    hand.open("points")
    page = console(hand.code)
    page.get_by_text("Votes on paper").click()
    type_in(page, "1", {"Dry port": ["7"]})
    expect(page.locator(".paper-line.is-wrong + .said-bad")).to_contain_text(
        "“Dry port”, under “Column 1”: one person may give an item 6 points at most."
    )
    write(page, {"Dry port": ["6"], "Fog water": ["5"]})
    expect(page.locator(".paper-column legend")).to_contain_text("one point too many")
    page.get_by_role("button", name="Save the sheet").click()
    expect(page.locator(".said-bad")).to_contain_text("That is more than there are points to give.")


def test_places_given_twice_or_left_out_are_told_before_saving(hand: Hand, console: Opens) -> None:
    ideas(hand, (*TITLES, "Salt"))
    hand.open("ranking")
    page = console(hand.code)
    page.get_by_text("Votes on paper").click()
    head(page, "1")
    write(page, {"Dry port": ["1"], "Fog water": ["1"]})
    save = page.get_by_role("button", name="Save the sheet")
    expect(save).to_have_attribute("aria-disabled", "true")
    expect(page.locator(".paper-form .row")).to_contain_text("place 1 stands on the sheet twice.")
    expect(page.locator(".paper-line.is-wrong")).to_contain_text("Fog water")
    write(page, {"Fog water": ["3"]})
    expect(page.locator(".paper-form .row")).to_contain_text("a place before 3 is empty.")
    write(page, {"Fog water": ["4"]})
    expect(page.locator(".paper-form .row")).to_contain_text("there are 3 places only.")
    write(page, {"Fog water": ["2"]})
    save.click()
    expect(page.locator(".said")).to_contain_text("Sheet 1 is saved.")


def slowly(hand: Hand, contexts: Contexts, console: Opens) -> tuple[Page, Clerk]:
    """The console with its sheets unfolded, and the clerk that its commands pass."""
    context = contexts(viewport=DESK)
    clerk = Clerk(context)
    page = console(hand.code, context)
    page.get_by_text("Votes on paper").click()
    return page, clerk


def test_what_is_typed_before_the_answer_is_there_stays(
    hand: Hand, contexts: Contexts, console: Opens
) -> None:
    ids = ideas(hand)
    run = hand.open("dots")
    page, clerk = slowly(hand, contexts, console)
    clerk.answer = lambda _command: "late"
    save = page.get_by_role("button", name="Save the sheet")
    type_in(page, "1", {"Dry port": ["2"]})
    expect(save).to_have_attribute("aria-disabled", "true")
    write(page, {"Dry port": ["1"]})
    clerk.lets_go()
    expect(page.locator(".said")).to_contain_text("Sheet 1 is saved.")
    expect(line(page, "Dry port")).to_have_value("1")
    clerk.answer = lambda _command: None
    save.click()
    expect(page.get_by_label("Number on the sheet")).to_have_value("2")
    dots = named({"Dry port": 1}, ids)
    hand.until(lambda view: view["paper"][run]["1"]["dots"] == dots, "what was typed meanwhile")


def test_a_sheet_that_is_opened_before_the_answer_for_another_is_there_can_be_saved(
    hand: Hand, contexts: Contexts, console: Opens
) -> None:
    ids = ideas(hand)
    run = hand.open("dots")
    page, clerk = slowly(hand, contexts, console)
    number = page.get_by_label("Number on the sheet")
    type_in(page, "1", {"Dry port": ["2"]})
    expect(number).to_have_value("2")
    clerk.answer = lambda _command: "late"
    type_in(page, "2", {"Dry port": ["2"]})
    expect(page.get_by_role("button", name="Save the sheet")).to_have_attribute("aria-disabled", "true")
    page.get_by_role("button", name="Correct sheet 1").click()
    expect(number).to_have_value("1")
    clerk.lets_go()
    expect(page.locator(".said")).to_contain_text("Sheet 2 is saved.")
    expect(page.locator(".paper-form .hint").first).to_have_text(
        "Sheet 1 is typed in already. Saving replaces it."
    )
    clerk.answer = lambda _command: None
    write(page, {"Dry port": ["1"]})
    page.get_by_role("button", name="Save the sheet").click()
    expect(page.locator(".said")).to_contain_text("Sheet 1 is saved.")
    dots = named({"Dry port": 1}, ids)
    hand.until(lambda view: view["paper"][run]["1"]["dots"] == dots, "the corrected sheet")
