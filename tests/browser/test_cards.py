"""Cards in a real browser: two phones on one line, a lost connection and a reload in between, with console
and screen beside them."""

import msgspec
from playwright.sync_api import Locator, Page, expect

from edp_app.core.definition import CardSettings, Stage
from edp_app.core.parts import CardField
from tests.support.at_rest import comes_to
from tests.support.definitions import short
from tests.support.desk import Begin, Cable, Contexts, Opens
from tests.support.phone import SEEN, Phone, arrive_at


def card(page: Page, title: str) -> Locator:
    """The card of an item, unfolded."""
    found = page.locator(".cards details").filter(has_text=title)
    if found.get_attribute("open") is None:
        found.locator("summary").click()
    return found


def test_two_write_on_one_line_and_nothing_is_lost(
    begin: Begin, contexts: Contexts, console: Opens, screen: Opens
) -> None:
    workshop, fields = short(), [CardField("owner", {"en": "Owner"}), CardField("cost", {"en": "Cost"})]
    cards = Stage("cards", {"en": "Cards"}, 5, CardSettings("ideas", fields), {"en": "What would it take?"})
    hand = begin(msgspec.structs.replace(workshop, language="en", stages=[*workshop.stages, cards]))
    hand.open("ideas")
    for title in ("Drying with the sun", "Cheese route"):
        hand.somebody("business", {"type": "add_item", "run": "ideas.1", "column": "idea", "title": title})
    hand.open("cards")
    desk, poster = console(hand.code), screen(hand.code)
    context = contexts()
    cable = Cable(context)
    ana: Phone = arrive_at(hand.join_url, context).join("Academia", "Tacna")
    beto: Phone = arrive_at(hand.join_url, contexts()).join("Business", "Arica")

    expect(ana.page.get_by_text("Cards complete: 0 of 2")).to_be_visible(timeout=SEEN)
    mine, his = card(ana.page, "Drying"), card(beto.page, "Drying")
    mine.get_by_label("Owner").fill("The chamber")
    expect(mine.get_by_text("Not saved yet").first).to_be_visible()
    mine.get_by_role("button", name="Save this line").click()
    expect(mine.get_by_text("Saved", exact=True)).to_be_visible(timeout=SEEN)
    expect(his.get_by_label("Owner")).to_have_value("The chamber", timeout=SEEN)
    for page in (desk, poster):
        expect(page.get_by_text("The chamber")).to_be_visible(timeout=SEEN)

    # while Ana is away both change the same line; hers is on her phone over a reload
    cable.pull()
    mine.get_by_label("Owner").fill("The chamber and the university")
    mine.get_by_role("button", name="Save this line").click()
    expect(mine.get_by_text("Waiting for the connection")).to_be_visible(timeout=SEEN)
    his.get_by_label("Owner").fill("The two towns")
    his.get_by_role("button", name="Save this line").click()
    expect(desk.get_by_text("The two towns")).to_be_visible(timeout=SEEN)
    cable.mend()
    ana.page.reload()
    expect(ana.page.get_by_text("Somebody else has written here, too")).to_be_visible(timeout=SEEN)
    mine = card(ana.page, "Drying")
    expect(mine.get_by_label("Owner")).to_have_value("The two towns")
    expect(mine.get_by_role("alert")).to_contain_text("The chamber and the university")
    mine.get_by_role("button", name="Put mine in its place").click()
    expect(his.get_by_label("Owner")).to_have_value("The chamber and the university", timeout=SEEN)

    # a draft stays over a reload; the facilitator corrects a line
    mine.get_by_label("Cost").fill("Little")
    ana.page.reload()
    expect(card(ana.page, "Drying").get_by_label("Cost")).to_have_value("Little", timeout=SEEN)
    desk.get_by_role("button", name="Change: Owner, number 1").click()
    desk.get_by_role("textbox", name="Owner").fill("The chamber")
    desk.locator(".card-edit").get_by_role("button", name="Save").click()
    expect(his.get_by_label("Owner")).to_have_value("The chamber", timeout=SEEN)
    card(ana.page, "Drying").get_by_role("button", name="Save this line").click()
    for page in (ana.page, beto.page, poster):
        expect(page.get_by_text("Cards complete: 1 of 2")).to_be_visible(timeout=SEEN)


def test_where_contributions_wait_a_card_says_so_and_the_console_decides(
    begin: Begin, contexts: Contexts, console: Opens, screen: Opens
) -> None:
    workshop, fields = short(), [CardField("owner", {"en": "Owner"}), CardField("cost", {"en": "Cost"})]
    cards = Stage("cards", {"en": "Cards"}, 5, CardSettings("ideas", fields), {"en": "What would it take?"})
    hand = begin(msgspec.structs.replace(workshop, language="en", stages=[*workshop.stages, cards]))
    hand.open("ideas")
    hand.somebody("business", {"type": "add_item", "run": "ideas.1", "column": "idea", "title": "Drying"})
    hand.open("cards")
    hand.do("set_moderation", on=True)
    desk, poster = console(hand.code), screen(hand.code)
    phones = [arrive_at(hand.join_url, contexts()).join("Academia", side) for side in ("Tacna", "Arica")]
    ana, beto = (phone.page for phone in phones)
    expect(ana.get_by_text("once the facilitator has read it")).to_be_visible(timeout=SEEN)
    for page, owner, cost in ((ana, "The chamber", "Little"), (beto, "An insult", "")):
        form = card(page, "Drying")
        form.get_by_label("Owner").fill(owner)
        form.get_by_label("Cost").fill(cost)
        form.get_by_role("button", name="Save th").click()
        expect(form.get_by_text("Waiting for the facilitator").first).to_be_visible(timeout=SEEN)
    queue = desk.locator(".texts")
    expect(queue.locator("[data-text]")).to_have_count(3, timeout=SEEN)
    expect(desk.locator(".tab", has_text="Contributions · 3 wait")).to_be_visible()
    insult = queue.locator("[data-text]", has_text="An insult")
    insult.get_by_role("button", name="Do not take over: Owner, number 1").click()
    told = card(beto, "Drying").get_by_text("Not taken over by the facilitator: “An insult”")
    expect(told).to_be_visible(timeout=SEEN)
    queue.get_by_role("button", name="Approve all 2").click()
    expect(card(beto, "Drying").get_by_label("Owner")).to_have_value("The chamber", timeout=SEEN)
    expect(poster.get_by_text("The chamber")).to_be_visible(timeout=SEEN)
    expect(poster.get_by_text("insult")).to_have_count(0)
    expect(card(ana, "Drying").get_by_text("Saved", exact=True).first).to_be_visible(timeout=SEEN)
    desk.locator(".texts").get_by_role("button", name="Undo").click()
    expect(poster.get_by_text("The chamber")).to_have_count(0, timeout=SEEN)
    expect(card(ana, "Drying").get_by_text("Waiting for the facilitator").first).to_be_visible(timeout=SEEN)


def test_no_card_runs_over_what_stands_below(begin: Begin, screen: Opens) -> None:
    workshop, fields = short(), [CardField("owner", {"en": "Owner"})]
    cards = Stage("cards", {"en": "Cards"}, 5, CardSettings("ideas", fields), {"en": "What would it take?"})
    hand = begin(msgspec.structs.replace(workshop, language="en", stages=[*workshop.stages, cards]))
    poster = screen(hand.code)
    lines = "[...document.querySelectorAll('.lane > li')]"
    lowest = f"() => Math.max(...{lines}.map((one) => one.getBoundingClientRect().bottom))"
    for count in range(1, 9):
        run = hand.open("ideas")
        hand.somebody(
            "business", {"type": "add_item", "run": run, "column": "idea", "title": f"Idea {count}"}
        )
        hand.open("cards")
        done = poster.get_by_text(f"Cards complete: 0 of {count}")
        expect(done).to_be_visible(timeout=SEEN)
        expect(poster.locator(".card-head")).to_have_count(count)

        def is_clear(below: Locator = done) -> bool:
            box = below.bounding_box()
            return bool(box) and poster.evaluate(lowest) <= box["y"]  # type: ignore[index]

        assert comes_to(poster, is_clear, True)
