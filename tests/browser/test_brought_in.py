"""What was brought into a stage that shows what people write once it is closed: seen from the beginning."""

import re

from playwright.sync_api import expect

from tests.support.definitions import short
from tests.support.desk import Begin, Contexts, Opens
from tests.support.phone import arrive_at
from tests.support.poster import poster

LATER = "1 aporte hasta ahora. Lo que escribió cada persona se mostrará cuando se cierre la etapa."


def test_it_need_not_wait_for_the_closing(begin: Begin, screen: Opens, contexts: Contexts) -> None:
    hand = begin(short(others="after_close"))
    run = hand.open("swot")
    wall = screen(hand.code)
    hand.somebody("business", {"type": "add_item", "run": run, "column": "s", "title": "A quiet word"})
    expect(wall.locator(".figure-number")).to_have_text("1")
    hand.do("bring_items", stage="swot", items=[{"title": "A loud fact", "column": "s", "source": "Census"}])
    with poster(wall):
        expect(wall.locator(".note-title")).to_have_text("A loud fact")
        expect(wall.locator(".board-foot")).to_have_text(LATER)
    phone = arrive_at(hand.join_url, contexts()).join("Business", "Tacna").page
    expect(phone.get_by_text("What others write is shown when this stage closes.")).to_be_visible()
    phone.locator("summary", has_text="What was brought in").click()
    expect(phone.locator(".board-item")).to_have_text(re.compile(r"A loud fact\s*Brought in · Census"))
    assert "A quiet word" not in wall.content() + phone.content()
    hand.do("close_stage", run=run)
    expect(wall.locator(".note-title")).to_have_text(["A quiet word", "A loud fact"])
    expect(wall.locator(".board-foot")).to_have_count(0)
