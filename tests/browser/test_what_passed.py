"""A vote on what an earlier one let through: every face says how many of how many it is about, and the
console what has to come first."""

from msgspec.structs import replace
from playwright.sync_api import Page, expect

from edp_app.core.definition import GatherSettings
from edp_app.core.parts import Column, Field
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


def test_a_commitment_is_for_what_passed_on_every_face(
    begin: Begin, contexts: Contexts, console: Opens
) -> None:
    """The phone offers what passed, and asks which of it a commitment is for; the console says both."""
    workshop = shortlisted()
    lines = [
        Field("who", {"en": "Who"}, asks={"en": "As it may stand in the report"}, shown=True),
        Field("by_when", {"en": "By when"}, shown=True),
        Field("why", {"en": "Why"}),
    ]
    promises = GatherSettings([Column("a", {"en": "A"})], fields=lines, links_to="shortlist", feeds="actions")
    stages = [replace(one, settings=promises) if one.id == "promises" else one for one in workshop.stages]
    hand = begin(replace(workshop, stages=stages))
    items = written(hand)
    desk = console(hand.code)
    phone = arrive_at(hand.join_url, contexts()).join("Business")
    open_from_the_agenda(desk, "Promises")
    expect(phone.page.get_by_role("textbox").first).to_be_visible(timeout=SEEN)
    expect(phone.page.get_by_label("Who As it may stand in the report")).to_be_visible()
    expect(phone.page.get_by_label("By when")).to_be_visible()
    expect(phone.page.get_by_label("Why")).to_be_hidden()
    row = desk.locator(".agenda-list > li", has_text="Promises").first
    expect(row.get_by_text("Contributions can name what passes in “Shortlist”.")).to_be_visible()
    chosen(hand, [items[0], items[2], items[3]])
    hand.open("promises")
    page = phone.page
    page.get_by_role("textbox").first.fill("I will lend the press")
    page.get_by_label("Who As it").fill("The mill")
    page.get_by_label("By when").fill("March")
    offered = page.get_by_role("group", name="Which priority is it for? Shortlist")
    expect(offered.get_by_role("checkbox")).to_have_count(3)
    offered.get_by_text("Alpha").click()
    page.get_by_role("button", name="Send").click()
    view = hand.until(lambda view: "I will lend the press" in str(view["items"]), "the commitment")
    kept = next(one for one in view["items"].values() if one["title"] == "I will lend the press")
    assert kept["fields"] == {"who": "The mill", "by_when": "March"}
    expect(offered.get_by_role("checkbox", checked=True)).to_have_count(0)
    expect(desk.get_by_text("For: Alpha")).to_be_visible()
