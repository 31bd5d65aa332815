"""On which side of the border something was written stands beside it on screen, console and phone, once the
stage is closed."""

import re

from playwright.sync_api import expect

from tests.support.definitions import short
from tests.support.desk import Begin, Contexts, Opens, no_overflow
from tests.support.phone import SEEN, arrive_at


def wrote(title: str, column: str) -> dict[str, str]:
    return {"type": "add_item", "run": "swot.1", "column": column, "title": title}


def test_it_stands_beside_the_group(begin: Begin, console: Opens, screen: Opens, contexts: Contexts) -> None:
    hand = begin(short())
    hand.open("swot")
    people = [("government", "tacna"), ("government", "arica"), ("business", "arica")]
    hand.everybody(
        [
            ({"group": group, "territory": side}, [wrote(f"{group} of {side} {n}", "swot"[n])])
            for group, side in people
            for n in range(3)
        ]
    )
    desk, wall = console(hand.code), screen(hand.code)
    sides = desk.get_by_role("list", name="By territory").locator("li")
    expect(sides).to_have_text(
        [re.compile(r"Tacna\s*3\s*3 have answered"), re.compile(r"Arica\s*6\s*6 have")]
    )
    phone = arrive_at(hand.join_url, contexts()).join("Academia", "Tacna")
    note = wall.locator(".note", has_text="government of tacna 1")
    expect(note).to_be_visible(timeout=SEEN)
    expect(wall.locator(".note-side")).to_have_count(0)
    expect(sides.first).to_have_text(re.compile(r"Tacna\s*4\s*3 have answered"))
    hand.do("close_stage", run="swot.1")
    expect(note.locator(".note-side")).to_have_text("Tacna", timeout=SEEN)
    expect(wall.locator(".note", has_text="business of arica 0").locator(".note-side")).to_have_text("Arica")
    no_overflow(wall)
    desk.get_by_role("tab", name="Contributions").or_(
        desk.locator(".tab", has_text="Contributions")
    ).first.click()
    expect(desk.locator(".item", has_text="government of arica 2").locator(".item-side")).to_have_text(
        "Arica"
    )
    phone.page.locator("summary", has_text="What others wrote").click()
    item = phone.page.locator(".board-item", has_text="government of tacna 0")
    expect(item).to_have_text(re.compile(r"Government\s*·\s*Tacna"))
