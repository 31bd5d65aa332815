"""The names that people gave, beside their numbers on the console."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, expect

from edp_app.core.definition import Definition
from tests.support.desk import DESK, open_console, weighing
from tests.support.stage import Hand
from tests.support.stage import Stage as Server


def test_names_stand_beside_the_numbers_once_the_list_is_open(
    contexts: Callable[..., BrowserContext],
    server: Server,
    workshop: Callable[[Definition], str],
    facilitate: Callable[[str], Hand],
) -> None:
    code = workshop(weighing())
    hand = facilitate(code)
    named = {"type": "name_myself", "name": "Rosaura Mamani", "organisation": "Cooperativa del Valle"}
    hand.as_phone(code, server.url, "business", named)
    hand.as_phone(code, server.url, "business")
    page = open_console(contexts(viewport=DESK), server, code)
    asked: list[str] = []
    page.on("request", lambda request: request.url.endswith("/names") and asked.append(request.url))
    expect(page.locator(".people-total")).to_contain_text("2")
    assert asked == []
    page.get_by_text("Correct a group").click()
    people = page.locator(".person-n")
    expect(people.nth(0)).to_have_text("Number 1 Rosaura Mamani, Cooperativa del Valle")
    expect(people.nth(1)).to_have_text("Number 2")
    # Somebody else gives a name while the list is open.
    hand.as_phone(code, server.url, "academia", {**named, "name": "Emi Flores", "organisation": ""})
    expect(people.nth(2)).to_have_text("Number 3 Emi Flores")
    assert len(asked) == 2
