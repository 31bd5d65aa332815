"""Ballots of every method on the phone: given, changed, taken back, kept over a reload and a lost link."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.support.ballots import TITLES, WAYS, amount, answer, cast, go_to, ideas, place, saved, score
from tests.support.definitions import every_method
from tests.support.desk import Begin, Contexts
from tests.support.phone import OFFLINE, SEEN, Phone, arrive_at
from tests.support.stage import Hand

Arrive = Callable[..., Phone]

every = pytest.mark.parametrize("method", list(WAYS))

EACH_FORM = ("dots", "criteria", "ranking")
"""One vote for an item at a tap, one in several answers, one on all items: what is between the phone and the
server tells no more than these apart."""


@pytest.fixture
def form(long: bool, method: str) -> str:
    """The method, where a run tries it: each with --long, else one of each form."""
    if not long and method not in EACH_FORM:
        pytest.skip("with --long")
    return method


@pytest.fixture
def hand(begin: Begin) -> Hand:
    return begin(every_method())


@pytest.fixture
def arrive(hand: Hand, contexts: Contexts) -> Arrive:
    """Somebody who has joined, while ideas are being written."""
    return lambda **options: arrive_at(hand.join_url, contexts(**options)).join("Business")


def opened(hand: Hand, phone: Phone, stage: str, titles: tuple[str, ...] = TITLES) -> str:
    """The ideas are there and this vote is open; its run."""
    ideas(hand, titles)
    run = hand.open(stage)
    expect(phone.page.locator("#ballot")).to_be_visible(timeout=SEEN)
    return run


def is_blank(hand: Hand) -> None:
    hand.until(lambda view: view["now"]["cast"] == 0, "nobody has a vote")


@every
def test_given_kept_over_a_reload_changed_taken_back_and_told_once_closed(
    hand: Hand, arrive: Arrive, method: str
) -> None:
    phone, way = arrive(), WAYS[method]
    run = opened(hand, phone, method)
    rule = phone.page.locator(".rule")
    expect(rule).to_contain_text(way.rule)
    expect(rule).to_contain_text(
        "Nothing passes or drops out" if method in ("axes", "choice") else "Every group counts the same"
    )
    expect(rule).to_contain_text("Votes are never shown one by one.")
    way.give(phone)
    expect(rule).to_be_visible()
    saved(phone)
    hand.until(lambda view: view["now"]["cast"] == 1, "one person has voted")
    phone.page.reload()
    expect(phone.page.get_by_text("How this vote works")).to_be_visible(timeout=SEEN)
    way.back(phone)
    is_blank(hand)
    way.give(phone)
    saved(phone)
    hand.until(lambda view: view["now"]["cast"] == 1, "one person has voted")
    hand.do("close_stage", run=run)
    placed = phone.page.locator(".own .placed")
    expect(placed).to_have_count(len(way.closed), timeout=SEEN)
    for title, words in way.closed.items():
        expect(placed.filter(has_text=title)).to_contain_text(words)
    hand.do("end_workshop")
    phone.sees_heading("Thank you")
    for title, words in way.closed.items():
        expect(placed.filter(has_text=title)).to_contain_text(words)


@every
def test_with_the_link_lost_every_tap_counts_once_and_none_is_outdated(
    form: str, hand: Hand, arrive: Arrive
) -> None:
    phone, way = arrive(), WAYS[form]
    run = opened(hand, phone, form)
    phone.page.context.set_offline(True)
    expect(phone.page.get_by_text(OFFLINE)).to_be_visible(timeout=SEEN)
    way.give(phone)
    expect(phone.page.get_by_text("Waiting for the connection").first).to_be_visible(timeout=SEEN)
    phone.page.context.set_offline(False)
    hand.until(lambda view: view["now"]["cast"] == 1, "the vote is there")
    saved(phone)
    hand.do("close_stage", run=run)
    for title, words in way.closed.items():
        expect(phone.page.locator(".placed").filter(has_text=title)).to_contain_text(words, timeout=SEEN)


@every
def test_what_comes_too_late_is_said_with_the_vote_in_words(form: str, hand: Hand, arrive: Arrive) -> None:
    phone, way = arrive(), WAYS[form]
    run = opened(hand, phone, form)
    phone.page.context.set_offline(True)
    expect(phone.page.get_by_text(OFFLINE)).to_be_visible(timeout=SEEN)
    way.give(phone)
    hand.do("close_stage", run=run)
    phone.page.context.set_offline(False)
    notice = phone.page.locator(".refusals .notice-bad")
    expect(notice).to_contain_text("Not counted", timeout=SEEN)
    words = {"points": "7 of 10 points placed", "ranking": "2 items in order", "dots": "2 dots"}
    expect(notice).to_contain_text(f"Your vote: {words.get(form) or next(iter(way.closed.values()))}")
    expect(notice).to_contain_text("This arrived after the stage was closed")
    expect(phone.page.locator(".now")).to_contain_text(
        "You placed no dots in this vote." if form == "dots" else "You did not vote here."
    )


def test_points_stop_at_the_cap_and_at_what_there_is(hand: Hand, arrive: Arrive) -> None:
    phone = arrive()
    opened(hand, phone, "points")
    expect(phone.left).to_contain_text("10 points left")
    amount(phone, "Dry port").fill("9")
    amount(phone, "Dry port").press("Enter")
    expect(amount(phone, "Dry port")).to_have_value("6")
    expect(phone.page.locator(".hint-bar")).to_have_text("At most 6 on the same item.")
    amount(phone, "Fog water").fill("5")
    expect(amount(phone, "Fog water")).to_have_value("4")  # after a moment, without leaving the field
    expect(phone.left).to_contain_text("Done: all your points are placed")
    expect(phone.page.get_by_role("button", name="Put a point on “Quality olives”")).to_have_attribute(
        "aria-disabled", "true"
    )
    saved(phone)


def test_a_ballot_on_all_items_goes_again_without_one_that_was_hidden(hand: Hand, arrive: Arrive) -> None:
    phone = arrive()
    item = ideas(hand)["Fog water"]
    run = hand.open("ranking")
    expect(phone.page.locator("#ballot")).to_be_visible(timeout=SEEN)
    phone.page.context.set_offline(True)
    expect(phone.page.get_by_text(OFFLINE)).to_be_visible(timeout=SEEN)
    for title in ("Fog water", "Quality olives", "Dry port"):
        place(phone, title).click()
    hand.do("hide_item", item=item)
    phone.page.context.set_offline(False)
    hand.until(lambda view: view["now"]["cast"] == 1, "the rest of the order")
    expect(place(phone, "Quality olives")).to_contain_text("1st", timeout=SEEN)
    expect(place(phone, "Dry port")).to_contain_text("2nd")
    saved(phone)
    hand.do("close_stage", run=run)
    expect(phone.page.locator(".own .placed")).to_have_count(2, timeout=SEEN)


def test_criteria_wait_until_everything_is_answered_and_lose_nothing(hand: Hand, arrive: Arrive) -> None:
    phone = arrive()
    page = phone.page
    run = opened(hand, phone, "criteria")
    go_to(phone, "Dry port")
    score(phone, "Assets and critical mass", 2)
    page.get_by_label("One reason").fill("The railway ends there.")
    lacks = page.get_by_text("Still to answer: Innovation added value, Market and connections")
    expect(lacks).to_be_visible()
    assert hand.view["now"]["cast"] == 0
    page.reload()
    expect(lacks).to_be_visible(timeout=SEEN)
    expect(page.get_by_label("One reason")).to_have_value("The railway ends there.")
    score(phone, "Innovation added value", "?")
    score(phone, "Market and connections", 5)
    saved(phone)
    expect(page.locator(".judged")).not_to_contain_text("Still to answer")
    page.get_by_text("All items").click()
    expect(page.locator(".all-items li").filter(has_text="Dry port")).to_contain_text("done")
    page.locator(".all-items button").filter(has_text="Fog water").click()
    expect(page.locator(".judged h2")).to_be_focused()
    expect(page.get_by_label("One reason")).to_have_value("")
    hand.do("close_stage", run=run)
    expect(page.locator(".refusals")).to_have_count(0)
    hand.do("step_back")
    expect(page.locator("#ballot")).to_be_visible(timeout=SEEN)
    go_to(phone, "Dry port")
    expect(page.get_by_label("One reason")).to_have_value("The railway ends there.")


def test_a_reason_begun_and_not_sent_is_offered_when_the_vote_closes(hand: Hand, arrive: Arrive) -> None:
    phone = arrive()
    run = opened(hand, phone, "criteria")
    score(phone, "Assets and critical mass", 2)
    phone.page.get_by_label("One reason").fill("Half a vote has none")
    hand.do("close_stage", run=run)
    expect(phone.page.locator(".refusals")).to_contain_text("Half a vote has none", timeout=SEEN)
    now = phone.page.locator(".now")
    expect(now).to_contain_text("You did not vote here.")
    expect(now).to_contain_text(re.compile("Begun, and not counted.*Assets.*: 2", re.S))


def test_a_reason_is_counted_in_characters_and_comes_back_with_the_vote(hand: Hand, arrive: Arrive) -> None:
    phone = arrive()
    page = phone.page
    opened(hand, phone, "agree")
    answer(phone, "Dry port", "Agree").click()
    phone.candidate("Dry port").get_by_role("button", name="Say why").click()
    box = page.get_by_label("One reason")
    expect(box).to_be_focused()
    box.fill("x" * 303)
    expect(page.locator(".counter")).to_have_text("3 characters too many")
    box.fill("Two customs offices")
    box.blur()
    saved(phone)
    answer(phone, "Dry port", "Agree").click()
    is_blank(hand)
    expect(box).to_have_count(0)
    answer(phone, "Dry port", "Disagree").click()
    expect(box).to_have_value("Two customs offices")
    page.reload()
    expect(answer(phone, "Dry port", "Disagree")).to_have_attribute("aria-pressed", "true", timeout=SEEN)
    expect(box).to_have_value("Two customs offices")


def test_what_stands_beside_is_asked_of_funders_alone(hand: Hand, arrive: Arrive, contexts: Contexts) -> None:
    phone = arrive()
    other = arrive_at(hand.join_url, contexts())
    other.page.get_by_role("checkbox", name="funding").check()
    other.join("Government")
    opened(hand, phone, "criteria")
    expect(phone.page.locator(".measure")).to_have_count(3)
    expect(other.page.locator(".measure")).to_have_count(4, timeout=SEEN)
    beside = other.page.locator(".measure").last
    expect(beside).to_contain_text("It stands beside the total, not in it.")
    score(other, "Fundability", 3)
    assert hand.view["now"]["cast"] == 0
    for criterion in ("Assets and critical mass", "Innovation added value", "Market and connections"):
        score(other, criterion, 3)
    saved(other)


def test_a_second_round_shows_what_the_first_said_and_why(hand: Hand, arrive: Arrive) -> None:
    phone = arrive()
    ids = ideas(hand)
    run = hand.open("criteria")
    for n, group in enumerate(("government", "business", "academia", "business")):
        high = n % 2 == 0
        scores = dict.fromkeys(("assets", "novelty", "market"), 5 if high else 1)
        reason = "Buyers are waiting" if high else "Nobody will pay"
        flat = dict.fromkeys(scores, 3)
        hand.somebody(
            group,
            cast(run, ids["Dry port"], scores=scores, reason=reason),
            cast(run, ids["Fog water"], scores=flat),
        )
    hand.reveal(run)
    hand.open("again")
    page = phone.page
    expect(page.locator(".judged h2")).to_contain_text("Dry port", timeout=SEEN)
    expect(page.locator(".rule")).to_contain_text("Second round")
    first = page.locator(".first-round")
    expect(first).to_contain_text("Opinions are divided. Read both sides’ reasons before deciding.")
    expect(first).to_contain_text("High scores: 2. In between: 0. Low scores: 2.")
    expect(first).to_contain_text(re.compile("Why high.*Buyers are waiting.*Why low.*Nobody will pay", re.S))
    expect(page.locator(".left")).to_contain_text("0 of 1 voted on")
    above = first.bounding_box()
    below = page.locator(".measure").first.bounding_box()
    assert above
    assert below
    assert above["y"] + above["height"] <= below["y"]


def test_in_one_s_order_things_go_up_and_down_under_the_same_finger(hand: Hand, arrive: Arrive) -> None:
    phone = arrive(viewport={"width": 390, "height": 600})
    page = phone.page
    opened(hand, phone, "ranking", (*TITLES, "Salt", "Sun"))
    for title in TITLES:
        place(phone, title).click()
    expect(phone.left).to_contain_text("Done: all places are filled")
    place(phone, "Salt").click(force=True)
    expect(page.locator(".hint-bar")).to_contain_text("Take one out first.")
    page.get_by_role("button", name="My order").click()
    rows = page.locator(".order li")
    up = page.get_by_role("button", name="One place up: “Fog water”")
    up.click(trial=True)  # once it stands still
    where = up.bounding_box()
    up.click()
    expect(rows.nth(1)).to_contain_text("Fog water")
    expect(up).to_be_focused()
    page.wait_for_function(
        "([x, y]) => document.elementFromPoint(x, y).closest('li').textContent.includes('Fog water')",
        arg=[where["x"] + 10, where["y"] + 10] if where else [],
    )
    page.keyboard.press("Enter")
    expect(rows.nth(0)).to_contain_text("Fog water")
    expect(up).to_have_attribute("aria-disabled", "true")
    page.get_by_role("button", name="One place down: “Fog water”").click()
    expect(rows.nth(1)).to_contain_text("2nd Fog water")
    saved(phone)


def test_a_pause_holds_every_button_and_says_so(hand: Hand, arrive: Arrive) -> None:
    phone = arrive()
    run = opened(hand, phone, "choice")
    hand.do("pause_stage", run=run)
    expect(answer(phone, "Dry port", "Now")).to_have_attribute("aria-disabled", "true", timeout=SEEN)
    answer(phone, "Dry port", "Now").click(force=True)
    expect(phone.page.locator(".hint-bar")).to_contain_text("The stage is paused.")
    expect(answer(phone, "Dry port", "Now")).to_have_attribute("aria-pressed", "false")
    hand.do("resume_stage", run=run)
    expect(answer(phone, "Dry port", "Now")).not_to_have_attribute("aria-disabled", "true", timeout=SEEN)
    answer(phone, "Dry port", "Now").click()
    saved(phone)


def test_under_several_headings_one_is_led_to_what_is_still_open(begin: Begin, contexts: Contexts) -> None:
    hand = begin(every_method(columns=2))
    phone = arrive_at(hand.join_url, contexts()).join("Business")
    opened(hand, phone, "agree")
    headings = phone.page.locator(".column")
    headings.nth(1).click()
    answer(phone, "Dry port", "Agree").click()
    expect(headings.nth(1)).to_contain_text("1 of 1")
    expect(phone.left).to_contain_text("1 of 3 voted on")
    phone.page.get_by_role("button", name="Next one").click()
    expect(headings.nth(0)).to_have_attribute("aria-pressed", "true")
    for title in ("Quality olives", "Fog water"):
        answer(phone, title, "No opinion").click()
    expect(phone.left).to_contain_text("Done: you have voted on everything")


def test_a_keyboard_is_enough_for_every_ballot(hand: Hand, arrive: Arrive) -> None:
    phone = arrive(has_touch=False)
    page = phone.page
    opened(hand, phone, "agree")
    answer(phone, "Dry port", "Agree").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(answer(phone, "Dry port", "Disagree")).to_have_attribute("aria-pressed", "true")
    saved(phone)
    hand.open("axes")
    expect(page.locator(".measure")).to_have_count(2, timeout=SEEN)
    expect(page.locator(".now h1")).to_be_focused()
    page.get_by_role("group", name="Impact").get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    saved(phone)
    chosen = page.locator(".measure .step.chosen")
    expect(chosen.nth(0)).to_have_text("2")
    expect(chosen.nth(1)).to_have_text("1")
    page.get_by_role("button", name="Next item").press("Enter")
    expect(page.locator(".judged h2")).to_be_focused()
    hand.open("points")
    field = page.get_by_role("textbox").first
    expect(field).to_be_visible(timeout=SEEN)
    expect(page.locator(".now h1")).to_be_focused()
    field.press("Shift+Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("7")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(field).to_have_value("6")
    saved(phone)
