"""Sheets of paper as rows of a table on the console: typed with the keyboard alone, corrected, pasted."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.ballots import ideas
from tests.support.definitions import every_method
from tests.support.desk import Begin, Opens, items
from tests.support.looks import SIZES, WHOLE, Look, judge
from tests.support.phone import SEEN
from tests.support.stage import Hand

PASTE = """([element, text]) => {
  const data = new DataTransfer();
  data.setData("text", text);
  const options = { clipboardData: data, bubbles: true, cancelable: true };
  element.dispatchEvent(new ClipboardEvent("paste", options));
}"""


@pytest.fixture
def hand(begin: Begin) -> Hand:
    return begin(every_method())


def as_table(page: Page) -> None:
    """Unfolds the sheets of paper and turns to the table."""
    page.get_by_text("Votes on paper").first.click()
    page.get_by_role("button", name="As a table").click()
    expect(page.locator(".grid")).to_be_visible()


def cell(page: Page, number: str, what: str) -> Locator:
    """A cell of a row that is being typed."""
    return page.get_by_label(f"Sheet {number}: {what}")


def saved(page: Page, number: int) -> Locator:
    """The row of a sheet that is stored."""
    return page.locator(".grid .is-saved").filter(
        has=page.get_by_role("rowheader", name=f"{number}", exact=True)
    )


def all_answered(page: Page) -> None:
    """No row is on its way any more: the one that is left is empty."""
    expect(page.locator(".grid .is-typed")).to_have_count(1, timeout=SEEN)


def paste(field: Locator, lines: list[list[str]]) -> None:
    """Pastes a block as a spreadsheet copies it."""
    text = "\n".join("\t".join(line) for line in lines) + "\n"
    field.evaluate("(element, text) => (" + PASTE + ")([element, text])", text)


def test_rows_are_typed_saved_refused_corrected_and_pasted(hand: Hand, console: Opens) -> None:
    ids = ideas(hand)
    run = hand.open("dots")
    page = console(hand.code)
    as_table(page)

    # keys alone: number, group, figures; the number after the last one stands there already
    keys = page.keyboard
    cell(page, "1", "Number").focus()
    for key in ("Tab", "a", "Tab", "2", "Tab", "1", "Enter"):
        keys.press(key)
    expect(saved(page, 1)).to_contain_text("Saved", timeout=SEEN)
    expect(saved(page, 1).locator("td").first).to_have_text("Academia")
    expect(cell(page, "2", "Number")).to_be_focused()
    for key in ("Tab", "2", "Tab", "1", "Enter"):  # the second group of the list
        keys.press(key)
    expect(saved(page, 2).locator("td").first).to_have_text("Business", timeout=SEEN)
    sheets = hand.until(lambda view: len(view["paper"].get(run, {})) == 2, "two sheets")["paper"][run]
    dots = {ids["Quality olives"]: 2, ids["Dry port"]: 1}
    assert sheets["1"] == {"group": "academia", "revision": 2, "dots": dots}
    expect(cell(page, "3", "Number")).to_be_focused()

    # what cannot be is said with its cell, and kept as it was typed, over a reload, too
    for key in ("Tab", "x", "Tab", "7", "Enter"):
        keys.press(key)
    wrong = page.locator(".grid .is-wrong")
    expect(wrong).to_contain_text("“x” is none of those in this workshop")
    expect(wrong).to_contain_text("“Quality olives”, under “Column 1”: “7” cannot stand there, only 0 to 2.")
    expect(cell(page, "3", "Group")).to_be_focused()
    assert judge(page, "console", "sheets as a table, one with mistakes", WHOLE, "en") == []
    page.reload()
    expect(cell(page, "3", "Group")).to_have_value("x", timeout=SEEN)
    cell(page, "3", "Group").fill("gov")
    for title in ("1 Quality olives", "2 Dry port"):
        cell(page, "3", title).fill("2")
    cell(page, "3", "2 Dry port").press("Enter")
    expect(wrong).to_contain_text("one dot too many")
    cell(page, "3", "2 Dry port").fill("")
    cell(page, "3", "2 Dry port").press("Enter")
    expect(saved(page, 3)).to_be_visible(timeout=SEEN)
    expect(cell(page, "4", "Number")).to_be_focused()

    # typed in meanwhile on another device: nothing is replaced unless that is asked for
    for key in ("Tab", "b", "Tab", "2"):
        keys.press(key)
    theirs = {ids["Fog water"]: 1}
    hand.do("enter_paper_ballot", run=run, voter="4", group="academia", dots=theirs)
    typed = page.locator(".grid .is-typed")
    expect(typed).to_contain_text("this number is saved already", timeout=SEEN)
    keys.press("Enter")
    expect(wrong).to_contain_text("Another sheet 4 was typed in meanwhile. It stands as it is.", timeout=SEEN)
    assert judge(page, "console", "a number that was taken", WHOLE, "en") == []
    sheet = hand.until(lambda view: "4" in view["paper"][run], "the sheet typed in first")["paper"][run]["4"]
    assert sheet["dots"] == theirs
    page.get_by_role("button", name="Replace sheet 4").click()
    expect(cell(page, "4", "Number")).to_be_focused()
    expect(typed.first).to_contain_text("replaces what was saved")
    keys.press("Enter")
    hand.until(lambda view: view["paper"][run]["4"]["group"] == "business", "the sheet that was to be there")
    expect(cell(page, "5", "Number")).to_be_focused()
    all_answered(page)

    # the number again brings the sheet back, and replaces it
    cell(page, "5", "Number").fill("1")
    cell(page, "1", "Number").press("Tab")
    expect(cell(page, "1", "1 Quality olives")).to_have_value("2")
    cell(page, "1", "1 Quality olives").fill("0")
    cell(page, "1", "1 Quality olives").press("Enter")
    hand.until(lambda v: v["paper"][run]["1"]["dots"] == {ids["Dry port"]: 1}, "the corrected sheet")
    expect(saved(page, 1)).to_have_count(1)
    all_answered(page)

    # a block, its heading left out, its wrong cell named; the others are saved
    lines = [
        ["No.", "Group", "A", "B", "C"],
        ["11", "b", "1", "", "1"],
        ["12", "Academia", "z", "", ""],
        ["13", "g", "", "1", ""],
    ]
    paste(page.locator(".is-typed [data-cell]").first, lines)
    expect(page.get_by_text("3 rows were filled in. They are not saved yet.")).to_be_visible()
    expect(page.get_by_text("The first line was taken for a heading.")).to_be_visible()
    expect(wrong).to_contain_text("“Quality olives”, under “Column 1”: “z” cannot stand there")
    page.get_by_role("button", name="Save 3 rows").click()
    expect(saved(page, 13)).to_be_visible(timeout=SEEN)
    expect(saved(page, 11)).to_be_visible()
    expect(cell(page, "12", "1 Quality olives")).to_be_focused()
    sheets = {"1", "2", "3", "4", "11", "13"}
    hand.until(lambda view: set(view["paper"][run]) == sheets, "each sheet that was saved")

    # the vote is closed: late sheets are still taken; of another method with fields of its own
    hand.do("close_stage", run=run)
    cell(page, "12", "1 Quality olives").fill("1")
    cell(page, "12", "1 Quality olives").press("Enter")
    expect(saved(page, 12)).to_be_visible(timeout=SEEN)
    hand.open("criteria")
    expect(page.get_by_role("heading", name="Criteria")).to_be_visible(timeout=SEEN)
    page.locator("details.paper summary").click()
    line = page.locator(".is-typed [data-cell]")
    for at, text in enumerate(["1", "a", "5", "4"]):
        line.nth(at).fill(text)
    line.nth(3).press("Enter")
    expect(wrong).to_contain_text("“Quality olives”, under “Column 1”: not every field is filled")
    line.nth(4).fill("0")
    line.nth(4).press("Enter")
    expect(saved(page, 1)).to_be_visible(timeout=SEEN)
    all_answered(page)

    # the next vote opens while somebody types: the rows wait under "Votes on paper", and that is said
    paste(page.locator(".is-typed [data-cell]").first, [["21", "b", "1"], ["22", "a", "2"]])
    expect(page.locator(".grid .is-typed")).to_have_count(2)
    hand.open("points")
    expect(page.get_by_role("heading", name="Points")).to_be_visible(timeout=SEEN)
    notice = page.get_by_text("2 sheets of “Criteria” are typed in and not saved.")
    expect(notice).to_be_visible()
    page.locator("details.paper summary").click()
    paste(page.locator(".is-typed [data-cell]").first, [["31", "b", "1"], ["32", "a", "2"]])
    assert judge(page, "console", "rows of the vote before are not saved", WHOLE, "en") == []
    page.get_by_role("button", name="Go to the sheets").click()
    expect(page.locator("section.past", has_text="Criteria").locator(".is-typed")).to_have_count(2)
    expect(notice).to_have_count(0)
    page.get_by_role("button", name="This stage").click()
    page.get_by_role("button", name="Discard row 31").click()
    page.get_by_role("button", name="Discard row 32").click()
    page.reload()
    expect(notice).to_be_visible(timeout=SEEN)


def test_forty_sheets_of_sixty_items_are_pasted_and_saved(hand: Hand, console: Opens) -> None:
    writing = hand.open("ideas")
    ideas_of = [items(writing, [f"Idea number {n}" for n in range(start, 60, 3)], 1) for start in range(3)]
    hand.everybody([({"group": "business"}, some) for some in ideas_of])
    run = hand.open("dots")
    page = console(hand.code)
    as_table(page)
    block = [[f"{n + 1}", "abg"[n % 3], *("1" if at == n else "" for at in range(60))] for n in range(40)]
    paste(page.locator(".is-typed [data-cell]").first, block)
    page.get_by_role("button", name="Save 40 rows").click()
    hand.until(lambda view: len(view["paper"].get(run, {})) == 40, "forty sheets")
    expect(page.locator(".grid .is-saved")).to_have_count(40, timeout=SEEN)
    expect(page.locator(".grid .is-typed")).to_have_count(1)
    assert judge(page, "console", "forty sheets of sixty items", Look(SIZES[1::2], ("light",)), "en") == []
    page.locator(".is-typed [data-cell]").first.focus()
    for key in ("Tab", "c", "Tab", "2", "Enter"):
        page.keyboard.press(key)
    expect(saved(page, 41)).to_be_visible(timeout=SEEN)
