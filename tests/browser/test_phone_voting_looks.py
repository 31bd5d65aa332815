"""Ballots of every method as things to look at and to touch, and the script that they come with."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.support.axe import findings
from tests.support.ballots import TITLES, WAYS, ideas, saved
from tests.support.definitions import every_method
from tests.support.desk import Begin, Contexts
from tests.support.phone import SEEN, Phone, arrive_at
from tests.support.stage import Hand

Arrive = Callable[..., Phone]

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


@pytest.fixture
def hand(begin: Begin) -> Hand:
    return begin(every_method())


@pytest.fixture
def arrive(hand: Hand, contexts: Contexts) -> Arrive:
    """Somebody who has joined, while ideas are being written."""
    return lambda **options: arrive_at(hand.join_url, contexts(**options)).join("Business")


def test_no_serious_finding_on_any_ballot_that_was_given(hand: Hand, arrive: Arrive) -> None:
    phone = arrive(color_scheme="dark")
    ideas(hand)
    for method, way in WAYS.items():
        hand.open(method)
        phone.sees_heading(every_prompt(method))
        expect(phone.page.locator("#ballot")).to_be_visible(timeout=SEEN)
        way.give(phone)
        saved(phone)
        assert not findings(phone.page), f"{method}, given"


def every_prompt(method: str) -> str:
    """What a vote asks."""
    return next(stage for stage in every_method().stages if stage.id == method).prompt["en"]


def test_every_ballot_fits_the_narrowest_phone_with_letters_of_twice_the_size(
    hand: Hand, contexts: Contexts
) -> None:
    context = contexts(viewport={"width": 320, "height": 800}, locale="es-PE")
    context.add_init_script(
        "document.addEventListener('DOMContentLoaded', () => {"
        " document.documentElement.style.fontSize = '200%'; });"
    )
    phone = arrive_at(hand.join_url, context)
    phone.page.get_by_role("radio").nth(1).check()
    phone.page.locator(".act .button").click()
    expect(phone.page.locator(".now h1")).to_be_visible(timeout=SEEN)
    ideas(hand, (LONG, *TITLES, f"{TITLES[0]} ".strip() * 10))
    for method in WAYS:
        hand.open(method)
        expect(phone.page.locator(".eyebrow")).to_have_text(method.title(), timeout=SEEN)
        expect(phone.page.locator("#ballot")).to_be_visible(timeout=SEEN)
        phone.page.locator(".stepper-add, .answer-button, .measure input, .is-row .toggle").first.click(
            force=True
        )
        assert phone.too_wide() <= 0, method


def test_the_second_script_is_asked_for_until_it_comes_and_speaks_every_language(
    hand: Hand, contexts: Contexts
) -> None:
    context = contexts(locale="pt-BR")
    tries: list[str] = []

    def lost(route: Route) -> None:
        tries.append(route.request.url)
        if len(tries) < 3:
            route.abort()
        else:
            route.continue_()

    context.route("**/phone.second.*.js", lost)
    page = context.new_page()
    page.goto(hand.join_url)
    page.get_by_role("radio").nth(1).check()
    page.locator(".act .button").click()
    expect(page.locator(".now h1")).to_be_visible(timeout=SEEN)
    ideas(hand)
    hand.open("agree")
    expect(page.get_by_role("button", name="Discordo").first).to_be_visible(timeout=SEEN)
    assert len(tries) == 3
    page.get_by_role("button", name="Español").click()
    expect(page.get_by_role("button", name="En desacuerdo").first).to_be_visible(timeout=SEEN)
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("button", name="Disagree").first).to_be_visible(timeout=SEEN)
