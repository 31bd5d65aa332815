"""Nothing lost on the phone: the network gone for a minute, pages reloaded or closed meanwhile, what came too
late, two tabs, and another phone after this one."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Error, Page, expect

from tests.support.air import Air, recorded, to_the_vote
from tests.support.at_rest import standing
from tests.support.definitions import short
from tests.support.desk import DESK, Begin, Contexts, Opens
from tests.support.phone import OFFLINE, SEEN, Phone
from tests.support.stage import Hand, Stage

WAITING = "Waiting for the connection"


class Visitor:
    """A person with a phone of their own, whose clock and network the test holds."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        context.clock.install()
        self.context, self.url = context, url
        self.air = Air(context)
        self.phone = self.open()

    def open(self) -> Phone:
        """Opens the page in a tab of its own."""
        page = self.context.new_page()
        page.goto(self.url)
        self.phone = Phone(page)
        return self.phone

    @property
    def page(self) -> Page:
        return self.phone.page


@pytest.fixture
def hand(begin: Begin) -> Hand:
    return begin(short(per="stage"))


@pytest.fixture
def visit(hand: Hand, contexts: Contexts) -> Callable[[], Visitor]:
    """Somebody new with a phone."""
    return lambda: Visitor(contexts(), hand.join_url)


@pytest.mark.parametrize("meanwhile", ["reload", "another tab"])
def test_the_network_is_gone_for_a_minute_while_two_people_vote_and_both_count_once(
    server: Stage, hand: Hand, visit: Callable[[], Visitor], meanwhile: str
) -> None:
    """Ana's vote never leaves her phone; Luis's reaches the server, and the answer never reaches him."""
    ana, luis = visit(), visit()
    weigh = to_the_vote(hand, ana.phone, luis.phone)
    item = next(i for i, one in hand.view["items"].items() if one["title"] == "Olive groves")
    ana.air.falls_silent()
    luis.air.falls_silent(last_words=True)
    for one in (ana, luis):
        one.phone.put_dot("Olive groves")
        expect(one.phone.dots_on("Olive groves")).to_have_count(1)
        standing(one.page, 3)
        expect(one.phone.candidate("Olive groves")).to_contain_text("Sending…", timeout=SEEN)
        one.context.clock.resume()
    hand.until(lambda v: v["now"]["cast"] == 1, "the vote whose answer is lost")
    for one in (ana, luis):
        one.air.minute_passes()
        expect(one.phone.candidate("Olive groves")).to_contain_text(WAITING, timeout=SEEN)
        expect(one.page.locator(".line")).to_contain_text(OFFLINE)
        expect(one.page.locator(".line")).to_contain_text("One thing is waiting to be sent.")
    if meanwhile == "reload":
        luis.page.reload()
    else:
        luis.page.close()
        luis.open()
    luis.context.clock.fast_forward(3_000)
    expect(luis.page.locator("main")).to_contain_text("cannot be reached at the moment", timeout=SEEN)
    expect(luis.page.locator(".line")).to_contain_text("One thing is waiting to be sent.", timeout=SEEN)
    for one in (ana, luis):
        one.air.minute_passes()
    hand.until(lambda view: view["now"]["cast"] == 1, "Luis's vote alone")
    for one in (ana, luis):
        one.air.is_back()
        expect(one.phone.candidate("Olive groves").locator(".saved")).to_be_visible(timeout=SEEN)
        expect(one.phone.dots_on("Olive groves")).to_have_count(1)
        expect(one.page.locator(".line")).not_to_contain_text(OFFLINE)
    hand.until(lambda v: v["now"]["cast"] == 2, "both have voted")
    assert recorded(server, hand.code)["ballot_cast"] == 2
    for group in ("government", "academia"):
        hand.somebody(group, {"type": "cast_ballot", "run": weigh, "item": item, "dots": 1})
    hand.reveal(weigh)
    result = hand.until(lambda v: weigh in v["results"], "the result")["results"][weigh]["result"]
    shown = {row["title"]: row["dots"] for row in result["columns"][0]["items"]}
    assert (result["voters"], shown) == (4, {"Olive groves": 4, "Dry port": 0})
    for one in (ana, luis):
        one.phone.sees_heading("The result")
        row = one.page.locator(".now .result-row").filter(has_text="Olive groves")
        expect(row).to_contain_text("You placed one dot")


def test_two_phones_without_any_network_vote_one_is_reloaded_meanwhile_and_both_count_once(
    server: Stage, hand: Hand, contexts: Contexts, long: bool
) -> None:
    """The whole network is cut, on the clock of the world: seconds, or a minute in a long run. Luis presses
    while it goes, Ana once it is gone; Luis reloads and gets the browser's own page."""
    ana, luis = (Phone(contexts().new_page()) for _ in range(2))
    for phone in (ana, luis):
        phone.page.goto(hand.join_url)
    weigh = to_the_vote(hand, ana, luis)
    luis.put_dot("Olive groves")
    for phone in (luis, ana):
        phone.page.context.set_offline(True)
        expect(phone.page.locator(".line")).to_contain_text(OFFLINE, timeout=SEEN)
    expect(ana.page.locator(".line")).to_contain_text("Please do not close or reload this page now.")
    ana.put_dot("Olive groves")
    expect(ana.candidate("Olive groves")).to_contain_text(WAITING)
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        luis.page.reload()
    cut = ana.page.evaluate("performance.now()")
    seconds = 60 if long else 4
    ana.page.wait_for_function(
        "([since, ms]) => performance.now() - since > ms", arg=[cut, seconds * 1000], timeout=90_000
    )
    expect(ana.page.locator(".line")).to_contain_text("One thing is waiting to be sent.")
    for phone in (ana, luis):
        phone.page.context.set_offline(False)
    luis.page.reload()
    for phone in (ana, luis):
        expect(phone.candidate("Olive groves").locator(".saved")).to_be_visible(timeout=SEEN)
        expect(phone.dots_on("Olive groves")).to_have_count(1)
        expect(phone.page.locator(".line")).not_to_contain_text(OFFLINE)
        expect(phone.page.locator(".refusals")).to_have_count(0)
    view = hand.until(lambda v: v["now"]["cast"] == 2, "both have voted")
    assert recorded(server, hand.code)["ballot_cast"] == 2
    item = next(i for i, one in view["items"].items() if one["title"] == "Olive groves")
    hand.somebody("government", {"type": "cast_ballot", "run": weigh, "item": item, "dots": 1})
    hand.reveal(weigh)
    result = hand.until(lambda v: weigh in v["results"], "the result")["results"][weigh]["result"]
    shown = {row["title"]: row["dots"] for row in result["columns"][0]["items"]}
    assert (result["voters"], shown) == (3, {"Olive groves": 3, "Dry port": 0})
    for phone in (ana, luis):
        phone.sees_heading("The result")
        row = phone.page.locator(".now .result-row").filter(has_text="Olive groves")
        expect(row).to_contain_text("You placed one dot")


TOO_LATE = "This arrived after the stage was closed, so it is not counted."


def test_what_arrives_after_the_closing_is_shown_as_not_counted_until_it_is_dismissed(
    server: Stage, hand: Hand, visit: Callable[[], Visitor]
) -> None:
    ana = visit()
    weigh = to_the_vote(hand, ana.phone)
    ana.phone.put_dot("Dry port")
    expect(ana.phone.candidate("Dry port").locator(".saved")).to_be_visible(timeout=SEEN)
    ana.air.falls_silent()
    ana.phone.put_dot("Dry port")
    ana.phone.put_dot("Olive groves")
    hand.do("close_stage", run=weigh)
    ana.air.is_back()
    notices = ana.page.locator(".refusals .notice-bad")
    expect(notices).to_have_count(2, timeout=SEEN)
    for _ in range(2):
        port, olives = notices.filter(has_text="Dry port"), notices.filter(has_text="Olive groves")
        expect(port).to_contain_text("Not counted Your vote: 2 dots")
        expect(port).to_contain_text(f"{TOO_LATE} What was saved before counts: one dot.")
        expect(olives).to_contain_text("Not counted Your vote: one dot")
        expect(olives).not_to_contain_text("saved before")
        ana.page.reload()
        expect(notices).to_have_count(2, timeout=SEEN)
    expect(ana.page.locator(".placed")).to_have_count(1)
    expect(ana.page.locator(".placed")).to_contain_text("One dot of yours")
    hand.do("end_workshop")
    ana.phone.sees_heading("Thank you")
    expect(notices).to_have_count(2)
    notices.filter(has_text="Olive groves").get_by_role("button", name="Understood").click()
    expect(notices).to_have_count(1)
    assert recorded(server, hand.code)["ballot_cast"] == 1


def test_an_answer_that_came_too_late_names_its_question(hand: Hand, visit: Callable[[], Visitor]) -> None:
    run = hand.open("evaluation")
    ana = visit()
    ana.phone.join("Business", "Tacna")
    question = ana.page.locator(".question h2").first.inner_text()
    ana.air.falls_silent()
    ana.page.locator(".step").nth(3).click()
    ana.page.get_by_label("More?").fill("In my own words")
    ana.page.get_by_role("button", name="Send the answer").click()
    hand.do("close_stage", run=run)
    hand.open("opening")
    ana.air.is_back()
    notices = ana.page.locator(".refusals .notice-bad")
    expect(notices.filter(has_text="Not counted Your answer: 4")).to_contain_text(question, timeout=SEEN)
    expect(notices.filter(has_text="In my own words")).to_contain_text(TOO_LATE)


def test_a_code_makes_another_phone_the_same_person(
    server: Stage, hand: Hand, visit: Callable[[], Visitor]
) -> None:
    ana = visit()
    code = ana.phone.join("Business", "Tacna").page.locator(".now .recovery-code").inner_text()
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4} ){3}[0-9A-HJKMNP-TV-Z]{4}", code)
    asked: list[str] = []
    ana.context.on("request", lambda request: asked.append(request.url))
    hand.open("swot")
    ana.phone.write("Salt flats")
    expect(ana.phone.own("Salt flats").locator(".saved")).to_be_visible(timeout=SEEN)
    weigh = hand.open("weigh")
    ana.phone.put_dot("Salt flats")
    expect(ana.phone.candidate("Salt flats").locator(".saved")).to_be_visible(timeout=SEEN)
    other = visit()
    other.context.on("request", lambda request: asked.append(request.url))
    other.page.get_by_text("I was here before").click()
    field, press = other.page.get_by_label("Your code"), other.page.locator(".recover button")
    field.fill("7K2M")
    press.click()
    expect(other.page.get_by_role("alert")).to_contain_text("This code has 16 figures and letters")
    field.fill("0000 0000 0000 0000")
    press.click()
    expect(other.page.get_by_role("alert")).to_contain_text("Nobody has joined", timeout=SEEN)
    field.fill(f" {code.lower().replace(' ', '-').replace('0', 'o').replace('1', 'l')}")
    press.click()
    expect(other.phone.dots_on("Salt flats")).to_have_count(1, timeout=SEEN)
    expect(other.page.locator(".top")).to_contain_text("Business")
    other.phone.put_dot("Salt flats")
    expect(other.phone.candidate("Salt flats").locator(".saved")).to_be_visible(timeout=SEEN)
    expect(ana.phone.dots_on("Salt flats")).to_have_count(2, timeout=SEEN)
    other.page.reload()
    expect(other.phone.dots_on("Salt flats")).to_have_count(2, timeout=SEEN)
    view = hand.until(lambda v: v["now"]["cast"] == 1, "one has voted")
    assert view["people"]["total"] == 1
    for group in ("government", "government", "academia"):
        vote = {"type": "cast_ballot", "run": weigh, "item": next(iter(view["items"])), "dots": 1}
        hand.somebody(group, vote)
    hand.reveal(weigh)
    result = hand.until(lambda v: weigh in v["results"], "the result")["results"][weigh]["result"]
    assert (result["voters"], result["columns"][0]["dots"]) == (4, 5)
    assert recorded(server, hand.code)["joined"] == 4
    secret = code.replace(" ", "")
    assert not [url for url in asked if secret in url]
    for phone in (ana.phone, other.phone):
        phone.sees_heading("The result")
    hand.do("end_workshop")
    expect(other.page.locator(".placed")).to_contain_text("Salt flats", timeout=SEEN)


def test_without_a_connection_a_code_is_not_called_wrong(hand: Hand, visit: Callable[[], Visitor]) -> None:
    hand.open("swot")
    ana, other = visit(), visit()
    ana.phone.join("Business", "Tacna").page.get_by_text("Continue on another phone").click()
    code = ana.page.locator(".recovery-code").inner_text()
    other.page.get_by_text("I was here before").click()
    other.page.get_by_label("Your code").fill(code)
    other.air.falls_silent()
    other.air.up = False
    other.page.locator(".recover button").click()
    other.air.minute_passes()
    expect(other.page.locator(".recover [role=alert]")).to_contain_text("cannot be reached", timeout=SEEN)
    other.air.is_back()
    expect(other.page.locator(".line")).not_to_contain_text(OFFLINE, timeout=SEEN)
    other.page.locator(".recover button").click()
    expect(other.phone.box).to_be_visible(timeout=SEEN)
    assert hand.until(lambda v: v["people"]["total"] == 1, "one person")


def test_two_tabs_without_a_connection_send_each_thing_once_and_in_order(
    server: Stage, hand: Hand, visit: Callable[[], Visitor]
) -> None:
    ana = visit()
    first = ana.phone
    to_the_vote(hand, first)
    second = ana.open()
    expect(second.candidate("Olive groves")).to_be_visible(timeout=SEEN)
    ana.air.falls_silent()
    first.put_dot("Olive groves")
    expect(second.dots_on("Olive groves")).to_have_count(1)
    second.put_dot("Olive groves")
    expect(first.dots_on("Olive groves")).to_have_count(2)
    second.put_dot("Dry port")
    first.take_dot("Olive groves")
    ana.air.minute_passes()
    for tab in (first, second):
        expect(tab.page.locator(".line")).to_contain_text(OFFLINE, timeout=SEEN)
    ana.air.is_back()
    for tab in (first, second):
        for item in ("Olive groves", "Dry port"):
            expect(tab.candidate(item).locator(".saved")).to_be_visible(timeout=SEEN)
            expect(tab.dots_on(item)).to_have_count(1)
        expect(tab.page.locator(".refusals")).to_have_count(0)
    hand.until(lambda v: v["now"]["cast"] == 1, "one has voted")
    assert recorded(server, hand.code)["joined"] == 2


def test_the_words_of_a_phone_from_a_loss_to_its_end(hand: Hand, visit: Callable[[], Visitor]) -> None:
    hand.open("swot")
    ana = visit()
    ana.phone.join("Business", "Tacna")
    line = ana.page.locator(".line")
    expect(line).to_have_text("")
    ana.air.falls_silent()
    ana.air.minute_passes()
    expect(line).to_contain_text(OFFLINE, timeout=SEEN)
    ana.phone.write("Salt flats")
    expect(ana.phone.own("Salt flats")).to_contain_text(WAITING)
    ana.air.is_back()
    expect(line).to_contain_text("The connection is back. Everything is saved.", timeout=SEEN)
    expect(line).not_to_contain_text(OFFLINE)
    ana.context.clock.fast_forward(6_000)
    expect(line).to_have_text("")


def test_a_press_on_a_console_that_loses_its_line_is_not_sent_later(
    server: Stage, hand: Hand, contexts: Contexts, console: Opens
) -> None:
    hand.open("swot")
    context = contexts(viewport=DESK)
    context.clock.install()
    air = Air(context)
    page = console(hand.code, context)
    said = page.locator(".now .said")
    air.falls_silent()
    page.get_by_role("button", name="Pause").click()
    standing(page, 3)
    expect(said).to_contain_text("Sending…")
    context.clock.resume()
    air.minute_passes()
    expect(page.locator(".trouble")).to_contain_text("The connection is lost", timeout=SEEN)
    context.clock.fast_forward(3_000)
    expect(said).to_contain_text(
        "“Pause” was not answered: the connection broke. It will not be sent later.", timeout=SEEN
    )
    page.locator("[data-action]").click(force=True)
    expect(said).to_contain_text("“Close: SWOT” was not sent: there was no connection.")
    air.is_back()
    expect(page.locator(".trouble")).to_have_count(0, timeout=SEEN)
    page.get_by_role("button", name="Close the door").click()
    hand.until(lambda v: not v["workshop"]["door"], "what is pressed now")
    kinds = recorded(server, hand.code)
    assert (kinds["stage_paused"], kinds["stage_closed"]) == (0, 0)
