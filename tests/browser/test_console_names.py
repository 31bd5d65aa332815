"""The names that people gave, beside their numbers on the console."""

from playwright.sync_api import expect

from tests.support.definitions import weighing
from tests.support.desk import Begin, Opens


def test_names_stand_beside_the_numbers_once_the_list_is_open(begin: Begin, console: Opens) -> None:
    hand = begin(weighing())
    named = {"type": "name_myself", "name": "Rosaura Mamani", "organisation": "Cooperativa del Valle"}
    hand.somebody("business", named)
    hand.somebody("business")
    page = console(hand.code)
    asked: list[str] = []
    page.on("request", lambda request: request.url.endswith("/names") and asked.append(request.url))
    expect(page.locator(".people-total")).to_contain_text("2")
    assert asked == []
    page.get_by_text("Correct a group").click()
    people = page.locator(".person-n")
    expect(people.nth(0)).to_have_text("Number 1 Rosaura Mamani, Cooperativa del Valle")
    expect(people.nth(1)).to_have_text("Number 2")
    # Somebody else gives a name while the list is open.
    hand.somebody("academia", {**named, "name": "Emi Flores", "organisation": ""})
    expect(people.nth(2)).to_have_text("Number 3 Emi Flores")
    assert len(asked) == 2
