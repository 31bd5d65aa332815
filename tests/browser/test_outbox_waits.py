"""What an outbox holds back until it can be taken: in a pause, behind another tab, after a restoration."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.support.air import Air, recorded, to_the_vote
from tests.support.definitions import short
from tests.support.desk import Begin
from tests.support.phone import SEEN, Phone, arrive_at
from tests.support.restorable import BACK, Hall
from tests.support.stage import Stage

Contexts = Callable[..., BrowserContext]

HERE_BEFORE = "I was here before"


@pytest.fixture
def visit(hall: Hall, contexts: Contexts) -> Callable[[], Phone]:
    """Somebody new with a phone, in the hall that can be set back."""
    return lambda: arrive_at(hall.join_url, contexts())


@pytest.mark.parametrize("goes_on", [True, False])
def test_a_vote_that_meets_a_pause_waits_and_counts_when_the_stage_goes_on(
    server: Stage, begin: Begin, contexts: Contexts, goes_on: bool
) -> None:
    hand = begin(short(per="stage"))
    context = contexts()
    context.clock.install()
    air = Air(context)
    ana = arrive_at(hand.join_url, context)
    weigh = to_the_vote(hand, ana)
    air.falls_silent()
    ana.put_dot("Olive groves")
    hand.do("pause_stage", run=weigh)
    air.minute_passes()
    air.is_back()
    candidate = ana.candidate("Olive groves")
    waits = "The stage is paused: this waits on your phone and is sent when it goes on"
    expect(candidate).to_contain_text(waits, timeout=SEEN)
    expect(ana.dots_on("Olive groves")).to_have_count(1)
    expect(ana.page.locator(".line")).not_to_contain_text("The server was set back")
    ana.page.reload()
    expect(candidate).to_contain_text(waits, timeout=SEEN)
    if goes_on:
        hand.do("resume_stage", run=weigh)
        expect(candidate.locator(".saved")).to_be_visible(timeout=SEEN)
    else:
        hand.do("close_stage", run=weigh)
        notice = ana.page.locator(".refusals .notice-bad")
        expect(notice).to_contain_text("Not counted Your vote: one dot", timeout=SEEN)
        expect(notice).to_contain_text("Olive groves")
    assert recorded(server, hand.code)["ballot_cast"] == (1 if goes_on else 0)


def test_the_last_tap_counts_whichever_tab_it_was_in(server: Stage, begin: Begin, contexts: Contexts) -> None:
    """The first tab's vote is stored, and the answer does not reach it; the second tab votes on."""
    hand = begin(short(per="stage"))
    context = contexts()
    first, second = Phone(context.new_page()), Phone(context.new_page())
    air = Air(first.page)
    first.page.goto(hand.join_url)
    to_the_vote(hand, first)
    second.page.goto(hand.join_url)
    expect(second.candidate("Olive groves")).to_be_visible(timeout=SEEN)
    air.falls_silent(last_words=True)
    first.put_dot("Olive groves")
    hand.until(lambda v: v["now"]["cast"] == 1, "the vote whose answer is lost")
    expect(second.dots_on("Olive groves")).to_have_count(1)
    second.put_dot("Olive groves")
    expect(second.candidate("Olive groves").locator(".saved")).to_be_visible(timeout=BACK)
    expect(second.dots_on("Olive groves")).to_have_count(2)
    assert recorded(server, hand.code)["ballot_cast"] == 2
    air.up = air.down = True
    expect(first.candidate("Olive groves").locator(".saved")).to_be_visible(timeout=BACK)
    for tab in (first, second):
        expect(tab.dots_on("Olive groves")).to_have_count(2)
        expect(tab.page.get_by_role("alert")).to_have_count(0)
    assert recorded(server, hand.code)["ballot_cast"] == 2


def test_set_back_to_a_closed_door_phones_wait_for_it_to_be_opened(
    hall: Hall, visit: Callable[[], Phone]
) -> None:
    hall.hand.open("swot")
    hall.hand.do("set_door", open=False)
    hall.make_backup()
    hall.hand.do("set_door", open=True)
    ana = visit().join("Business", "Tacna")
    ana.write("Olive groves")
    expect(ana.own("Olive groves").locator(".saved")).to_be_visible(timeout=SEEN)
    hall.restore()
    hall.come_back()
    expect(ana.page.locator("main")).to_contain_text("The door of this workshop is closed", timeout=BACK)
    for _ in range(2):
        expect(ana.page.locator("main")).to_contain_text("Olive groves", timeout=SEEN)
        expect(ana.page.locator(".notice-bad")).to_have_count(0)
        ana.page.reload()
    assert hall.kinds() == []
    hall.hand.do("set_door", open=True)
    expect(ana.own("Olive groves").locator(".saved")).to_be_visible(timeout=BACK)
    assert hall.kinds() == ["joined", "described", "item_added"]


def test_set_back_to_before_the_second_round_its_votes_wait_for_it(
    hall: Hall, visit: Callable[[], Phone]
) -> None:
    ana = visit()
    to_the_vote(hall.hand, ana)
    ana.put_dot("Olive groves")
    expect(ana.candidate("Olive groves").locator(".saved")).to_be_visible(timeout=SEEN)
    hall.make_backup()
    hall.hand.reveal("weigh.1")
    assert hall.hand.open("weigh") == "weigh.2"
    expect(ana.page.locator(".eyebrow")).to_contain_text("Round 2", timeout=SEEN)
    ana.put_dot("Dry port")
    expect(ana.candidate("Dry port").locator(".saved")).to_be_visible(timeout=SEEN)
    hall.restore()
    hall.come_back()
    waiting = ana.page.locator(".line").get_by_text("One thing of yours waits on this phone")
    expect(waiting).to_be_visible(timeout=BACK)
    expect(ana.dots_on("Olive groves")).to_have_count(1)
    hall.hand.do("close_stage", run="weigh.1")
    hall.hand.do("reveal_result", run="weigh.1")
    ana.sees_heading("The result")
    expect(waiting).to_be_visible()
    expect(ana.page.locator(".refusals")).to_have_count(0)
    assert hall.hand.open("weigh") == "weigh.2"
    expect(ana.candidate("Dry port").locator(".saved")).to_be_visible(timeout=BACK)
    expect(waiting).to_have_count(0)
    assert hall.kinds().count("ballot_cast") == 2


def test_a_phone_that_was_taken_over_says_what_a_restoration_took_from_it(
    hall: Hall, visit: Callable[[], Phone]
) -> None:
    """The first phone is gone for good, and with it what it kept."""
    hall.hand.open("swot")
    hall.make_backup()
    first, second = visit(), visit()
    first.join("Business", "Tacna")
    first.write("Olive groves")
    expect(first.own("Olive groves").locator(".saved")).to_be_visible(timeout=SEEN)
    first.page.get_by_text("Continue on another phone").click()
    code = first.page.locator(".recovery-code").inner_text()
    second.page.get_by_text(HERE_BEFORE).click()
    second.page.get_by_label("Your code").fill(code)
    second.page.locator(".recover button").click()
    expect(second.own("Olive groves").locator(".saved")).to_be_visible(timeout=SEEN)
    first.page.context.close()
    hall.restore()
    hall.come_back()
    notice = second.page.locator(".refusals .notice-bad")
    for _ in range(2):
        expect(notice).to_have_count(1, timeout=BACK)
        expect(notice).to_contain_text("Olive groves")
        expect(notice).to_contain_text(
            "The server was set back to an earlier state, in which this is missing."
        )
        second.page.reload()
    second.join("Business", "Tacna")
    notice.get_by_role("button", name="Edit and send again").click()
    second.page.get_by_role("button", name="Send", exact=True).click()
    expect(second.own("Olive groves").locator(".saved")).to_be_visible(timeout=SEEN)
    expect(notice).to_have_count(0)
    assert hall.kinds() == ["joined", "described", "item_added"]
