"""Ballots of every method as people give them in a browser: on the phone, and as commands of others."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, expect

from tests.support.phone import SEEN, Phone
from tests.support.stage import Hand

Json = dict[str, Any]

TITLES = ("Quality olives", "Dry port", "Fog water")


def ideas(hand: Hand, titles: tuple[str, ...] = TITLES) -> dict[str, str]:
    """Somebody writes these ideas; title to id."""
    run = hand.open("ideas")
    columns = [column["id"] for column in hand.view["now"]["columns"]]
    hand.somebody(
        "government",
        *(
            {"type": "add_item", "run": run, "column": columns[n % len(columns)], "title": title}
            for n, title in enumerate(titles)
        ),
    )
    view = hand.until(lambda v: len(v["items"]) == len(titles), "the ideas")
    return {item["title"]: item["id"] for item in view["items"].values()}


def saved(phone: Phone) -> None:
    """Everything that was given is with the server, and nothing was refused."""
    states = phone.page.locator("#ballot ~ .left .saved, .candidate .saved, .judged .saved")
    expect(states.first).to_be_visible(timeout=SEEN)
    expect(phone.page.locator(".now .waiting")).to_have_count(0, timeout=SEEN)
    expect(phone.page.locator(".refused, .refusals")).to_have_count(0)


def amount(phone: Phone, title: str) -> Locator:
    """The field with the points of an item."""
    return phone.page.get_by_label(f"Points for “{title}”")


def answer(phone: Phone, title: str, word: str) -> Locator:
    """The button of one answer for an item."""
    return phone.candidate(title).get_by_role("button", name=word, exact=True)


def go_to(phone: Phone, title: str) -> None:
    """Turns the pages of a ballot to this item: back to the first, then on. (From the last one, the way on
    leads to what is still open; and everybody has an order of their own.)"""
    page = phone.page
    heading = page.locator(".judged h2")
    back, forward = (page.get_by_role("button", name=name) for name in ("Previous item", "Next item"))
    expect(heading).to_be_visible()
    for button in (back, forward):
        for _ in range(20):
            before = heading.inner_text()
            if title in before or not button.count() or button.get_attribute("aria-disabled"):
                break
            button.click()
            expect(heading).not_to_have_text(before)
    assert title in heading.inner_text()


def score(phone: Phone, of: str, step: int | str) -> None:
    """Scores the item on the page, by this criterion or axis."""
    group = phone.page.get_by_role("group", name=of)
    name = "Don’t know" if step == "?" else f"{step}"
    group.get_by_role("radio", name=name, exact=False).first.click(force=True)


def place(phone: Phone, title: str) -> Locator:
    """The button that gives an item its place in a ranking."""
    return phone.candidate(title).locator(".toggle")


def _points(phone: Phone) -> None:
    add = phone.page.get_by_role("button", name="Put a point on “Quality olives”")
    for _ in range(3):
        add.click()
    amount(phone, "Dry port").fill("4")
    amount(phone, "Dry port").press("Enter")


def _scores(first: str, second: str, third: str = "") -> Callable[[Phone], None]:
    def give(phone: Phone) -> None:
        go_to(phone, "Quality olives")
        score(phone, first, 4)
        score(phone, second, "?")
        if third:
            score(phone, third, 5)

    return give


def _dots(phone: Phone) -> None:
    phone.put_dot("Quality olives")
    phone.put_dot("Quality olives")


def _ranking(phone: Phone) -> None:
    for title in ("Fog water", "Quality olives"):
        place(phone, title).click()


@dataclass(frozen=True)
class Way:
    """One method on the phone. ``rule``: what is said of it before the first ballot; ``give``: what somebody
    taps; ``closed``: what they are told of it once the vote is closed, by title; ``back``: takes it back."""

    rule: str
    give: Callable[[Phone], None]
    closed: dict[str, str]
    back: Callable[[Phone], None]


def _take_back(phone: Phone) -> None:
    go_to(phone, "Quality olives")
    phone.page.get_by_role("button", name="Take this vote back").click()


def _twice(step: Callable[[Phone], None]) -> Callable[[Phone], None]:
    def both(phone: Phone) -> None:
        step(phone)
        step(phone)

    return both


def _no_points(phone: Phone) -> None:
    for title in ("Quality olives", "Dry port"):
        amount(phone, title).fill("0")
        amount(phone, title).press("Enter")


WAYS = {
    "dots": Way(
        "Everyone has 3 dots.",
        _dots,
        {"Quality olives": "2 dots of yours"},
        _twice(lambda phone: phone.take_dot("Quality olives")),
    ),
    "points": Way(
        "Everyone divides 10 points among the items as they like. At most 6 on the same item.",
        _points,
        {"Dry port": "4 points", "Quality olives": "3 points"},
        _no_points,
    ),
    "agree": Way(
        "Say of each item whether you agree or disagree, or that you have no opinion.",
        lambda phone: answer(phone, "Dry port", "Disagree").click(),
        {"Dry port": "disagree"},
        lambda phone: answer(phone, "Dry port", "Disagree").click(),
    ),
    "criteria": Way(
        "Score each item from 1 to 5 on 3 criteria, or say that you don’t know.",
        _scores("Assets and critical mass", "Innovation added value", "Market and connections"),
        {"Quality olives": "Assets and critical mass: 4 · Innovation added value: don’t know"},
        _take_back,
    ),
    "axes": Way(
        "Place each item on two scales from 1 to 5: Impact, Uncertainty.",
        _scores("Impact", "Uncertainty"),
        {"Quality olives": "Impact: 4 · Uncertainty: don’t know"},
        _take_back,
    ),
    "choice": Way(
        "Choose one answer for each item.",
        lambda phone: answer(phone, "Fog water", "With changes").click(),
        {"Fog water": "With changes"},
        lambda phone: answer(phone, "Fog water", "With changes").click(),
    ),
    "ranking": Way(
        "Put up to 3 items in order, the best first.",
        _ranking,
        {"Fog water": "1st", "Quality olives": "2nd"},
        _twice(lambda phone: phone.page.get_by_role("button", name="Take out:").first.click()),
    ),
}
"""How to vote by each method, in a workshop of :func:`tests.support.definitions.every_method`."""


def cast(run: str, item: str, **fields: object) -> Json:
    """The command that gives a ballot for the first time."""
    return {"type": "cast_ballot", "run": run, "item": item, "revision": 0, **fields}
