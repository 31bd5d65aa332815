"""A phone that is passed round at a table: three people, each with votes of their own."""

import pytest
from playwright.sync_api import Locator, expect

from tests.support.ballots import TITLES, ideas
from tests.support.definitions import every_method
from tests.support.desk import Begin, Cable, Contexts, Opens
from tests.support.looks import WHOLE, judge
from tests.support.phone import OFFLINE, SEEN, Phone, arrive_at
from tests.support.stage import Hand

FORGET = """() => Object.keys(localStorage).filter((key) => !/secret$/.test(key))
  .forEach((key) => localStorage.removeItem(key))"""


@pytest.fixture
def hand(begin: Begin) -> Hand:
    return begin(every_method())


def seat(phone: Phone, name: str) -> Locator:
    """Somebody in the list of those at the table."""
    return phone.page.locator(".passed .seat").filter(has_text=name)


def pass_on(phone: Phone) -> None:
    """Done; nothing of what was chosen is to be seen on the page now."""
    phone.page.locator(".sitting").get_by_role("button", name="Done: next person").click()
    phone.sees_heading("Pass the phone on.")
    page = phone.page
    expect(page.locator(".candidate, .dot, .ballot")).to_have_count(0)
    shown = page.locator("body").inner_text()
    assert not [title for title in TITLES if title in shown]


def somebody_new(phone: Phone, group: str, name: str = "") -> None:
    """One more sits down."""
    phone.page.get_by_role("button", name="Somebody else at the table").click()
    phone.sees_heading("Welcome at this phone.")
    if name:
        phone.page.get_by_label("A name or a number").fill(name)
    phone.page.locator(".passed").get_by_role("radio", name=group).check()
    phone.page.get_by_role("button", name="Go on").click()


def test_three_people_vote_with_one_phone_over_a_reload_a_lost_link_and_a_lost_memory(
    hand: Hand, contexts: Contexts, console: Opens
) -> None:
    context = contexts()
    cable = Cable(context)
    phone = arrive_at(hand.join_url, context)
    page = phone.page
    page.get_by_label("Several people share this phone").check()
    phone.join("Business")
    ideas(hand)
    run = hand.open("dots")

    # the one who joined with it
    phone.sees_heading("This phone goes round the table.")
    expect(page.get_by_text("only as secret as the table is")).to_be_visible()
    seat(phone, "Person 1").click()
    phone.put_dot("Quality olives")
    expect(phone.dots_on("Quality olives")).to_have_count(1)
    pass_on(phone)
    expect(seat(phone, "Person 1")).to_contain_text("Done", timeout=SEEN)
    assert judge(page, "phone", "between two people", WHOLE, "en") == []

    # another, of another group, with dots of her own; a reload changes nothing
    somebody_new(phone, "Academia", "Rosa")
    expect(page.locator(".candidate .dot.on")).to_have_count(0)
    expect(phone.left).to_contain_text("3 dots left")
    phone.put_dot("Quality olives")
    phone.put_dot("Dry port")
    expect(page.locator(".candidate .saved")).to_have_count(2, timeout=SEEN)
    page.reload()
    expect(phone.dots_on("Dry port")).to_have_count(1, timeout=SEEN)
    expect(page.locator(".sitting")).to_contain_text("2, Rosa")
    assert judge(page, "phone", "a seat's ballot", WHOLE, "en") == []
    pass_on(phone)

    # the third without a connection: seat and votes wait together
    cable.pull()
    expect(page.get_by_text(OFFLINE).first).to_be_visible(timeout=SEEN)
    somebody_new(phone, "Government", "Luis")
    phone.put_dot("Fog water")
    expect(page.locator(".candidate .waiting")).to_have_count(1, timeout=SEEN)
    pass_on(phone)
    expect(seat(phone, "3, Luis")).to_contain_text("Waiting for the connection")
    cable.mend()
    expect(seat(phone, "3, Luis")).to_contain_text("Done", timeout=30_000)
    view = hand.until(lambda v: v["now"]["cast"] == 3, "three people have voted")
    groups = {view["persons"][one]["group"] for one in view["persons"] if view["persons"][one].get("phone")}
    assert groups == {"academia", "government"}
    assert (view["people"]["phones"], view["people"]["tables"]) == (2, 1)

    # chosen again, a ballot can be changed; it is hers alone
    seat(phone, "2, Rosa").click()
    phone.take_dot("Dry port")
    expect(phone.dots_on("Quality olives")).to_have_count(1)
    expect(phone.left).to_contain_text("2 dots left")
    pass_on(phone)
    expect(seat(phone, "2, Rosa")).to_contain_text("Done", timeout=SEEN)

    # a phone that remembers who it is, and nothing else
    page.evaluate(FORGET)
    page.reload()
    phone.sees_heading("Pass the phone on.")
    expect(page.locator(".passed .seat")).to_have_count(3)
    expect(seat(phone, "Person 2")).to_contain_text("Academia")

    # the list of the console tells heads and phones apart
    desk = console(hand.code)
    desk.get_by_text("Correct a group").click()
    expect(desk.locator(".person").filter(has_text="at the phone of number")).to_have_count(2)

    # once it is revealed, each finds their own, and nobody else's beside it
    hand.reveal(run)
    expect(page.locator(".result-head, .result").first).to_be_visible(timeout=SEEN)
    expect(page.locator(".given")).to_have_count(0)
    own = page.locator(".own").filter(has_text="Votes from this phone")
    own.get_by_text("Person 2").click()
    expect(own.locator(".placed")).to_have_count(1)
    expect(own.locator(".placed")).to_contain_text("Quality olives")
    own.get_by_text("Person 3").click()
    expect(own.locator(".placed")).to_have_count(1)
    expect(own.locator(".placed")).to_contain_text("Fog water")

    # another vote: the same people, chosen one by one, and one who is told that the door is closed
    hand.open("agree")
    phone.sees_heading("This phone goes round the table.")
    expect(page.locator(".passed .seat")).to_have_count(3)
    hand.do("set_door", open=False)
    somebody_new(phone, "Government")
    expect(page.locator(".passed").get_by_text("The door of this workshop is closed")).to_be_visible(
        timeout=SEEN
    )
    expect(page.locator(".passed").get_by_text("What this person chose was not counted.")).to_be_visible()
    page.locator(".passed").get_by_role("button", name="Understood").click()
    expect(page.locator(".passed .seat")).to_have_count(3)
    assert hand.view["now"]["cast"] == 0
