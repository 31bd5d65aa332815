"""A rehearsal from the console: with simulated people, started over with one press, and thrown away."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from edp_app.core.definition import Definition
from tests.support.definitions import short
from tests.support.desk import DESK, TO_THE_SWOT, Contexts, Opens, press_on
from tests.support.looks import SIZES, Look, judge
from tests.support.phone import SEEN, Phone
from tests.support.stage import Stage

SAID = "Rehearsal: nothing of what is written or voted here counts."
DICHO = "Ensayo: nada de lo que se escribe o se vota aquí cuenta."
LOOK, ON_THE_WALL = Look((SIZES[1], SIZES[3])), Look((SIZES[4],), ("light",))
COME = 60_000
"""Milliseconds in which the process of the simulated people has started and some have joined."""


def test_a_day_is_rehearsed_started_over_and_thrown_away(
    server: Stage, workshop: Callable[[Definition], str], console: Opens, screen: Opens, contexts: Contexts
) -> None:
    code = workshop(short(per="stage"))
    desk = console(code)
    desk.get_by_label("Simulated people").fill("4")
    desk.get_by_label("How fast they are").select_option("10")
    assert not judge(desk, "console", "before a rehearsal", LOOK, "en")
    desk.get_by_role("button", name="Rehearse with simulated people").click()
    band = desk.locator(".rehearsal")
    expect(band).to_contain_text(SAID, timeout=SEEN)
    copy = desk.url.split("/")[-2]
    assert copy != code

    poster = screen(copy)
    expect(poster.locator(".rehearsal")).to_have_text(DICHO)  # it speaks the workshop's language
    mine = contexts().new_page()
    mine.goto(f"{server.url}/j/{copy}")
    expect(mine.locator(".rehearsal")).to_have_text(SAID)
    mine.get_by_role("button", name="Español").click()
    expect(mine.locator(".rehearsal")).to_have_text(DICHO)
    mine.get_by_role("button", name="English").click()
    Phone(mine).join("Academia", "Arica")
    expect(desk.locator(".people-phones")).to_have_text("5 phones are connected", timeout=COME)
    press_on(desk, *TO_THE_SWOT)
    expect(poster.locator(".note").first).to_be_visible(timeout=COME)
    assert not judge(desk, "console", "a rehearsal", LOOK, "en")
    assert not judge(poster, "screen", "a rehearsal", ON_THE_WALL, "es")
    assert not judge(mine, "phone", "a rehearsal", LOOK, "en")
    desk.set_viewport_size(DESK)

    desk.get_by_role("button", name="Start over").click()
    expect(desk.locator(".button-primary")).to_have_text("Open: Opening", timeout=SEEN)
    assert desk.url.split("/")[-2] == copy
    expect(poster.locator(".steps")).to_be_visible(timeout=COME)
    expect(mine.get_by_role("button", name="Join", exact=True)).to_be_visible(timeout=COME)
    expect(desk.locator(".people-phones")).to_have_text("5 phones are connected", timeout=COME)
    desk.get_by_role("button", name="Contributions").click()
    expect(desk.locator(".item")).to_have_count(0)

    desk.get_by_role("button", name="End the rehearsal").click()
    desk.wait_for_url(f"**/workshops/{code}/console")
    expect(desk.locator(".people-total")).to_have_text(re.compile(r"^0"), timeout=SEEN)
    expect(band).to_have_count(0)
    for page, said in ((poster, "El ensayo terminó"), (mine, "The rehearsal has ended")):
        expect(page.get_by_role("heading", name=said)).to_be_visible(timeout=COME)
        expect(page.get_by_role("alert")).to_have_count(0)
        expect(page.get_by_role("button", name=re.compile("Sign out|Cerrar sesión"))).to_have_count(0)
