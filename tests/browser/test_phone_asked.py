"""What a phone asks: of one group something else than of the others, and on a scale that begins at 0."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from edp_app.core.definition import Definition
from edp_app.core.formats import read_format
from tests.support.desk import Begin, Contexts, Opens, no_overflow
from tests.support.looks import WHOLE, judge
from tests.support.phone import SEEN, arrive_at
from tests.support.stage import Hand
from tests.unit.test_library import LIBRARY

TEXT = """
format = 1
title = "What is asked"
language = "en"
groups = "quadruple"

[[stages]]
use = "value_chain"

[[stages]]
use = "readiness"

[[stages]]
id = "why"
kind = "ask"
title = "Why"
minutes = 5
prompt = "Why did you come?"
prompt_for.business = "What would you pay for?"
questions = [{ id = "one", text = "One word?", type = "text" }]
"""


@pytest.fixture
def hand(begin: Begin) -> Hand:
    definition = read_format(TEXT, "asked.toml", LIBRARY)
    assert isinstance(definition, Definition)
    return begin(definition)


def kept(page: Page, name: str) -> None:
    """A picture for whoever looks at the pages, where a folder for them is named."""
    if folder := os.environ.get("EDP_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png")


def test_each_group_reads_its_own_question_and_the_screen_that_of_everybody(
    hand: Hand, contexts: Contexts, screen: Opens
) -> None:
    public, business = (arrive_at(hand.join_url, contexts()) for _ in range(2))
    public.join("Government")
    business.join("Business")
    hand.open("value_chain")
    lead = public.page.locator(".stage-head .lead")
    expect(lead).to_contain_text("because of a rule, a permit or a road", timeout=SEEN)
    expect(business.page.locator(".stage-head .lead")).to_have_text(
        "Where does the chain break? One break at a time, under the link where it happens.", timeout=SEEN
    )
    kept(public.page, "chain")
    no_overflow(public.page)
    hand.open("why")
    business.sees_heading("What would you pay for?")
    public.sees_heading("Why did you come?")
    wall = screen(hand.code)
    expect(wall.locator("body")).to_contain_text("Why did you come?", timeout=SEEN)
    expect(wall.locator("body")).not_to_contain_text("What would you pay for?")


def test_at_a_table_each_one_reads_the_question_of_their_own_group(hand: Hand, contexts: Contexts) -> None:
    phone = arrive_at(hand.join_url, contexts())
    page = phone.page
    page.get_by_label("Several people share this phone").check()
    phone.join("Government")
    hand.open("why")
    phone.sees_heading("This phone goes round the table.")
    page.get_by_role("button", name="Somebody else at the table").click()
    page.locator(".passed").get_by_role("radio", name="Business").check()
    page.get_by_role("button", name="Go on").click()
    phone.sees_heading("What would you pay for?")
    page.locator(".sitting").get_by_role("button", name="Done: next person").click()
    page.locator(".passed .seat").filter(has_text="Person 1").click()
    phone.sees_heading("Why did you come?")


def test_the_wheel_goes_from_nought_to_five_on_the_phone_and_on_the_screen(
    hand: Hand, contexts: Contexts, screen: Opens
) -> None:
    phone = arrive_at(hand.join_url, contexts())
    page = phone.page
    phone.join("Business")
    run = hand.open("readiness")
    first = page.locator("fieldset.question").first
    expect(first.locator("label.step")).to_have_text(["0", "1", "2", "3", "4", "5"], timeout=SEEN)
    first.get_by_role("radio", name="0, None").check()
    expect(first.locator(".saved")).to_be_visible(timeout=SEEN)
    assert judge(page, "phone", "the wheel", WHOLE, "en") == []
    kept(page, "wheel")
    questions = ("analysis", "governance", "vision", "priorities", "policy_mix", "monitoring")
    for n in range(3):
        said = [
            {"type": "answer", "run": run, "question": question, "value": (n + k) % 6}
            for k, question in enumerate(questions)
        ]
        hand.somebody("academia", *said)
    hand.reveal(run)
    scale = page.locator(".answer").first
    expect(scale.locator(".scale-mean")).to_contain_text("on a scale from 0 to 5", timeout=SEEN)
    expect(scale.locator(".scale-ends")).to_contain_text("0 None")
    expect(scale.locator(".scale-ends")).to_contain_text("Excellent 5")
    kept(page, "wheel-result")
    wall = screen(hand.code)
    expect(wall.locator("body")).to_contain_text("on a scale from 0 to 5", timeout=SEEN)
    kept(wall, "wheel-screen")
