"""A read-back on the screen and the console: how the room stands, and no word of anything that passes."""

from dataclasses import replace

from playwright.sync_api import expect

from tests.browser.test_results import asked, votes, written
from tests.support.desk import Begin, Opens
from tests.support.methods import METHODS, deciding, room
from tests.support.phone import SEEN
from tests.support.poster import poster

NOTHING = "Nothing passes or drops out by this vote."


def test_a_read_back_says_how_the_room_stands_and_lets_nothing_pass(
    begin: Begin, screen: Opens, console: Opens
) -> None:
    definition = deciding(METHODS["agree"], rule="balanced", passes=0)
    hand = begin(definition)
    written(hand, 5)
    run, ids = asked(hand)
    page, desk = screen(hand.code), console(hand.code)
    with poster(page):
        expect(page.get_by_text(NOTHING)).to_be_visible(timeout=SEEN)
    expect(desk.get_by_text(NOTHING)).to_be_visible(timeout=SEEN)
    people = [replace(one, n=n) for n, one in enumerate(room({"government": 3, "business": 3}))]
    votes(hand, definition, run, ids, people)
    hand.reveal(run)
    with poster(page):
        expect(page.locator(".headline")).to_contain_text("More agree than disagree with", timeout=SEEN)
        expect(page.locator(".result-row")).to_have_count(5)
        expect(page.locator(".result-row.passes, .result-cut")).to_have_count(0)
        expect(page.get_by_text(NOTHING)).to_be_visible()
    shown = desk.locator(".result").first
    expect(shown.locator(".result-headline")).to_contain_text("More agree than disagree with")
    words = shown.inner_text()  # drawn by the same pieces as on a phone
    assert NOTHING in words
    for said in ("this count decides", "Nothing passes here", "weighs heavily"):
        assert said not in words
