"""A vote on what an earlier one let through: every face says how many of how many it is about, and the
console what has to come first."""

from playwright.sync_api import Page, expect

from tests.support.desk import Begin, Contexts, Opens, ballot
from tests.support.phone import SEEN, arrive_at
from tests.support.poster import poster
from tests.support.shortlisted import IDEAS, shortlisted
from tests.support.stage import Hand

ABOUT = "Only what passed in “Shortlist”: 3 of 5."


def written(hand: Hand) -> list[str]:
    """Five ideas on the board; their ids."""
    run = hand.open("ideas")
    add = {"type": "add_item", "run": run, "column": "a"}
    hand.somebody("gov", *({**add, "title": title} for title in IDEAS))
    items = hand.until(lambda view: len(view["items"]) == len(IDEAS), "the ideas")["items"].values()
    return [one["id"] for one in sorted(items, key=lambda one: one["n"])]


def chosen(hand: Hand, items: list[str]) -> None:
    """Each gets a dot of somebody, and everybody sees it."""
    run = hand.open("shortlist")
    hand.everybody([({"group": "biz"}, [ballot(run, item)]) for item in items])
    hand.reveal(run)


def open_from_the_agenda(desk: Page, title: str) -> None:
    row = desk.locator(".agenda-list > li", has_text=title).first
    row.get_by_role("button").first.click()
    row.get_by_role("button", name="Open this now").click()


def test_what_passed_is_what_is_scored_on_every_face(
    begin: Begin, contexts: Contexts, screen: Opens, console: Opens
) -> None:
    hand = begin(shortlisted())
    items = written(hand)
    desk, page = console(hand.code), screen(hand.code)
    phone = arrive_at(hand.join_url, contexts()).join("Business")
    open_from_the_agenda(desk, "Score")
    row = desk.locator(".agenda-list > li", has_text="Score").first
    expect(row.get_by_text("About what passes in “Shortlist”.")).to_be_visible()
    expect(row).to_contain_text("Hold “Shortlist” and reveal its result first: this stage rests on it.")
    chosen(hand, [items[0], items[2], items[3]])
    hand.open("score")
    expect(phone.page.locator("#ballot")).to_be_visible(timeout=SEEN)
    expect(phone.page.get_by_text(ABOUT)).to_be_visible()
    expect(phone.page.get_by_text("0 of 3 voted on")).to_be_visible()
    with poster(page):
        expect(page.get_by_text(ABOUT)).to_be_visible(timeout=SEEN)
    expect(desk.get_by_text(ABOUT)).to_be_visible()
