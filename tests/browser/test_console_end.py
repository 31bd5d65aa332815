"""The last steps at the console and some on the way: what is not revealed is not in the report, minutes of
one's own on the timer, a code that can be read whole, a list that stays where it is."""

import re

from playwright.sync_api import Page, expect

from tests.support.at_rest import comes_to
from tests.support.axe import findings
from tests.support.definitions import short, weighing
from tests.support.desk import Begin, Opens, ballot, items, no_overflow

LEFT_OUT = "Not revealed, so not in the report: “Weigh”."

CUT = """() => [...document.querySelectorAll(".join-code, .bar-code")].filter((code) => {
  const box = document.createRange();
  box.selectNodeContents(code);
  const words = box.getBoundingClientRect();
  const room = (code.closest(".middle") || document.body).getBoundingClientRect();
  return words.width < 40 || words.right > room.right - 8 || words.left < room.left;
}).map((code) => code.className)"""


def test_what_is_not_revealed_is_named_before_the_end_and_after_it(begin: Begin, console: Opens) -> None:
    hand = begin(weighing())
    run = hand.open("swot")
    hand.somebody("business", *items(run, ["Olives"]))
    olives = next(iter(hand.until(lambda view: view["items"], "the olives")["items"]))
    run = hand.open("weigh")
    for group in ("government", "business", "business"):
        hand.somebody(group, ballot(run, olives))
    page = console(hand.code)

    # minutes of one's own
    page.get_by_label("Minutes on the timer").fill("3")
    page.get_by_role("button", name="Set the timer to 3 minutes").click()
    expect(page.locator(".timer-clock")).to_contain_text(re.compile(r"(3:00|2:\d\d)"))
    page.get_by_role("button", name="Other minutes").click()
    page.get_by_label("Minutes on the timer").fill("0")
    expect(page.locator(".timer-choose button")).to_have_attribute("aria-disabled", "true")
    page.get_by_label("Minutes on the timer").fill("42")
    expect(page.locator(".timer-choose button")).not_to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Enter")
    expect(page.locator(".timer-clock")).to_contain_text(re.compile(r"4[12]:\d\d"))
    expect(page.locator(".timer-choose")).to_have_count(0)

    # before the end: said beside the button, and asked about once more
    hand.do("close_stage", run=run)
    expect(page.locator("#primary-hint")).to_contain_text("What is not revealed is not in the report.")
    page.get_by_role("button", name="End without revealing").click()
    expect(page.locator(".end-asked")).to_contain_text(LEFT_OUT)
    expect(page.locator(".end-asked")).to_be_focused()
    assert not hand.view["workshop"]["ended"]
    assert findings(page) == []
    page.get_by_role("button", name="End all the same").click()
    expect(page.locator("#now-title")).to_have_text("The workshop has ended")

    # after it: what is missing, and both ways to bring it in
    left_out = page.locator(".left-out")
    expect(left_out).to_contain_text(LEFT_OUT)
    expect(page.get_by_text(LEFT_OUT)).to_have_count(1)
    title = page.locator("#now-title").bounding_box()
    box = left_out.bounding_box()
    assert title
    assert box
    assert box["y"] - title["y"] - title["height"] >= 16
    assert findings(page) == []
    page.set_viewport_size({"width": 360, "height": 780})
    no_overflow(page)
    page.get_by_role("button", name="Reopen the workshop").click()
    expect(page.locator("#now-title")).to_have_text("Weigh")

    # the end from “Join and links” asks, too; and the code can be read whole, however wide the page is
    page.locator(".tab[data-tab=join]").click()
    for width in (360, 640, 700, 768, 1023, 1024, 1280, 1440):
        page.set_viewport_size({"width": width, "height": 800})
        page.locator(".join-code").scroll_into_view_if_needed()
        assert comes_to(page, lambda: page.evaluate(CUT), []) == [], width
    page.locator(".joining").get_by_role("button", name="End the workshop").click()
    expect(page.locator(".joining .end-asked")).to_contain_text(LEFT_OUT)
    page.locator(".joining").get_by_role("button", name="End all the same").click()
    left_out.get_by_role("button", name="Reveal: Weigh").click()
    hand.until(lambda view: view["now"]["revealed"], "the result")
    expect(left_out).to_have_count(0)


def test_the_list_of_suggestions_stays_where_it_is_after_a_merge(begin: Begin, console: Opens) -> None:
    hand = begin(short())
    run = hand.open("swot")
    twice = [
        (f"The {word} is missing here", f"The {word} is missing") for word in ("water", "port", "school")
    ]
    for title in [title for pair in twice for title in pair] + [
        f"Another matter, number {n}" for n in range(20)
    ]:
        hand.somebody("business", {"type": "add_item", "run": run, "column": "s", "title": title})
    hand.open("sort")
    page = console(hand.code)
    expect(page.locator(".alike-list > .alike-group")).to_have_count(3, timeout=20_000)
    second = page.locator(".alike-list > .alike-group").nth(1)
    words = second.locator("li").first.inner_text()
    page.locator(".alike-group").first.get_by_role("button", name="Merge these 2").click()
    merge = page.locator(".merge").get_by_role("button", name="Merge these 2")
    merge.click(trial=True)
    top = place(page, words)
    merge.click()
    expect(page.locator(".merge-said")).to_contain_text("2 contributions were merged into one.")
    expect(page.locator(".alike-list > .alike-group")).to_have_count(2)
    assert comes_to(page, lambda: 0 < place(page, words) <= top and top - place(page, words) < 300, True)


def place(page: Page, words: str) -> float:
    """How far below the top of the window this suggestion stands."""
    box = page.locator(".alike-list > .alike-group", has_text=words).bounding_box()
    assert box
    return box["y"]
