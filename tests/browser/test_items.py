"""A facilitator approves, hides, merges and translates at the console, and takes each back; phones and the
screen show what that makes of it."""

from playwright.sync_api import expect

from tests.support.axe import findings
from tests.support.definitions import short
from tests.support.desk import Begin, Contexts, Opens, no_overflow
from tests.support.phone import SEEN, Phone


def said(page, words: str):
    """What was said about the last press, once it says this; pressing its Undo is :func:`undo`."""
    note = page.locator(".said", has_text=words)
    expect(note).to_be_visible(timeout=SEEN)
    return note


def test_what_a_facilitator_does_with_contributions(
    begin: Begin, console: Opens, screen: Opens, contexts: Contexts
) -> None:
    hand = begin(short())
    hand.open("swot")
    desk = console(hand.code)
    wall = screen(hand.code)

    def phone_of(group: str, language: str = "en-GB") -> Phone:
        page = contexts(locale=language).new_page()
        page.goto(hand.join_url)
        return Phone(page).join(group, "Tacna")

    ana, beto = phone_of("Business"), phone_of("Government")

    # ---- the queue
    desk.locator("#moderation").click()
    said(desk, "From now on, contributions wait for your approval.")
    ana.write("Sun all year round")
    expect(ana.own("Sun all year round")).to_contain_text("Waiting for the facilitator")
    row = desk.locator(".queue .item", has_text="Sun all year round")
    expect(row).to_be_visible(timeout=SEEN)
    expect(wall.locator(".note")).to_have_count(0)
    row.get_by_role("button", name="Approve number 1").click()
    expect(wall.locator(".note", has_text="Sun all year round")).to_be_visible(timeout=SEEN)
    expect(ana.own("Sun all year round")).to_contain_text("Saved")
    said(desk, "Approved: Sun all year round").get_by_role("button", name="Undo").click()
    expect(wall.locator(".note")).to_have_count(0, timeout=SEEN)
    row.get_by_role("button", name="Hide number 1").click()
    expect(ana.own("Sun all year round")).to_contain_text("Taken off the board")
    said(desk, "Hidden: Sun all year round").get_by_role("button", name="Undo").click()
    expect(row).to_be_visible(timeout=SEEN)
    ana.write("A port near by")
    expect(desk.locator(".tab", has_text="2 wait")).to_be_visible(timeout=SEEN)
    assert not findings(desk)
    no_overflow(desk)

    # ---- off: what waits is asked about
    desk.locator("#moderation").click()
    desk.get_by_role("group", name="2 contributions wait.").get_by_role(
        "button", name="Approve all 2"
    ).click()
    expect(wall.locator(".note")).to_have_count(2, timeout=SEEN)
    expect(desk.locator("#moderation")).not_to_be_checked()

    # ---- somebody writes the same, and is told
    beto.box.fill("the sun, al year rond")
    similar = beto.page.locator(".similar details")
    expect(similar).to_have_count(0)
    beto.box.fill("All the year there is sun")
    expect(similar).to_have_text("Sun all year round", timeout=SEEN)
    similar.locator("summary").click()
    assert not findings(beto.page)
    beto.page.get_by_role("button", name="Send", exact=True).click()
    expect(beto.own("All the year there is sun")).to_contain_text("Saved")
    expect(similar).to_have_count(0)

    # ---- the console suggests to merge them
    alike = desk.locator(".alike")
    alike.locator("summary").click(timeout=SEEN)
    alike.get_by_role("button", name="Not the same").click()
    said(desk, "They are not suggested again.").get_by_role("button", name="Undo").click()
    alike.get_by_role("button", name="Merge these 2").click(timeout=SEEN)
    desk.locator(".merge-title input").fill("Sunshine")
    desk.locator(".merge").get_by_role("button", name="Merge these 2").click()
    together = "Was put together with “Sun all year round”, under the name “Sunshine”"
    expect(beto.own("All the year there is sun")).to_contain_text(together, timeout=SEEN)
    expect(ana.own("Sun all year round")).to_contain_text("under the name “Sunshine”")

    # ---- a line in another language
    desk.get_by_role("button", name="Translate number 2").click()
    form = desk.locator(".translate")
    form.get_by_label("Language").select_option("es")
    form.get_by_label("Translation of number 2").fill("Un puerto cercano")
    form.get_by_role("button", name="Save").click()
    said(desk, "It stands beside the original")
    carla = phone_of("Empresas", "es-PE")
    carla.page.locator(".more", has_text="Lo que escribieron los demás").locator("summary").first.click()
    board = carla.page.locator(".board-item", has_text="A port near by")
    expect(board.locator(".translation")).to_have_text("Un puerto cercano")
    expect(ana.own("A port near by").locator(".translation")).to_have_count(0)
    said(desk, "It stands beside the original").get_by_role("button", name="Undo").click()
    expect(board.locator(".translation")).to_have_count(0, timeout=SEEN)
    assert not findings(desk)
    no_overflow(desk)


def test_opening_a_vote_says_how_many_wait(begin: Begin, console: Opens) -> None:
    hand = begin(short())
    hand.do("set_moderation", on=True)
    run = hand.open("swot")
    for n in range(2):
        hand.somebody("business", {"type": "add_item", "run": run, "column": "s", "title": f"Sun {n}"})
    hand.do("close_stage", run=run)
    desk = console(hand.code)
    desk.locator(".agenda-button", has_text="Weigh").click()
    words = "2 contributions wait for approval. They will not be in this vote."
    expect(desk.locator(".agenda-details")).to_contain_text(words)
    written = hand.until(lambda view: len(view["items"]) == 2, "both contributions")["items"]
    hand.do("approve_items", items=[next(iter(written))])
    hand.open("sort")
    hand.do("close_stage", run=hand.run)
    expect(desk.locator(".primary")).to_contain_text("One contribution waits for approval.")
