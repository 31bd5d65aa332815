"""What a console says and lets one do while something is wrong with its connection, and after it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect
from pysqlite3 import dbapi2

from tests.support.at_rest import comes_to, standing
from tests.support.definitions import weighing
from tests.support.desk import DESK, RECONNECT_MS, Begin, Cable, Contexts, NewWorkshop, Opens, items, sign_in
from tests.support.stage import PASSWORD, Hand, Stage, edp


@pytest.fixture
def line(contexts: Contexts) -> Callable[..., tuple[BrowserContext, Cable]]:
    """A browser on a desk whose line to the server a test holds in its hand."""

    def make(**more: object) -> tuple[BrowserContext, Cable]:
        context = contexts(**{"viewport": DESK, **more})
        return context, Cable(context)

    return make


def wakes(page: Page) -> None:
    """As when somebody turns to this tab."""
    page.evaluate(TURN)


TURN = "document.dispatchEvent(new Event('visibilitychange'))"


BARS = ("full", "here", "expected")
"""One of two who are here has answered; six are expected, in the largest group."""


def place(button: Locator) -> dict[str, float]:
    box = button.bounding_box()
    assert box
    return dict(box)


def test_signing_out_in_another_tab_is_said_and_signing_in_there_is_enough(
    console: Opens, contexts: Contexts, server: Stage, workshop: NewWorkshop
) -> None:
    context = contexts(viewport=DESK)
    page = console(workshop(weighing()), context)
    tab = context.new_page()
    tab.goto(f"{server.url}/workshops")
    tab.get_by_role("button", name="Sign out").click()
    trouble = page.locator(".trouble")
    expect(trouble).to_contain_text("You are signed out")
    expect(trouble.get_by_role("link", name="Sign in")).to_be_visible()
    expect(page.locator(".button-primary")).to_have_attribute("aria-disabled", "true")
    wakes(page)
    expect(trouble).to_contain_text("You are signed out")
    sign_in(tab, server)
    # turned to once more while it still waits for the answer of before, it does not ask again
    page.wait_for_function(f"() => {{ {TURN}; return !document.querySelector('.trouble'); }}", polling=1000)
    expect(trouble).to_have_count(0)
    expect(page.locator(".button-primary")).not_to_have_attribute("aria-disabled", "true")


def test_a_right_that_was_taken_away_is_said_as_that(
    console: Opens, contexts: Contexts, server: Stage, begin: Begin
) -> None:
    hand = begin(weighing())
    edp(server.data, "create-admin", "--login", "rita", "--name", "Rita", "--password-stdin", typed=PASSWORD)
    edp(server.data, "access", hand.code, "--add", "rita")
    context = contexts(viewport=DESK)
    page = context.new_page()
    page.goto(f"{server.url}/login?next=/workshops/{hand.code}/console")
    page.fill("input[name=login]", "rita")
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    expect(page.locator(".runsheet")).to_be_visible()
    edp(server.data, "access", hand.code, "--remove", "rita")
    page.locator(".button-primary").click()
    trouble = page.locator(".trouble")
    expect(trouble).to_contain_text("Your account may not run this workshop (any more).")
    expect(trouble).not_to_contain_text("signed out")
    trouble.get_by_role("link", name="Workshops").click()
    page.wait_for_url("**/workshops")
    assert "now" not in hand.view


def test_without_a_connection_nothing_looks_as_if_it_could_be_sent_and_nothing_moves(
    begin: Begin, console: Opens, line: Callable[..., tuple[BrowserContext, Cable]]
) -> None:
    hand = begin(weighing(columns=1))
    hand.somebody("business", *items(hand.open("swot"), ["Olives", "Salt"], 1))
    context, cable = line()
    page = console(hand.code, context)
    expect(page.locator(".item")).to_have_count(2)
    page.get_by_text("Correct a group").click()
    buttons = [page.get_by_role("button", name=name) for name in ("Pause", "Step back", "Close the door")]
    buttons.append(page.get_by_role("button", name="Hide number 1"))
    fields = [page.locator(".item input").first, page.get_by_label("Group of number 1")]
    for button in buttons:
        expect(button).not_to_have_attribute("aria-disabled", "true")
    for field in fields:
        expect(field).to_be_enabled()
    before = [place(button) for button in buttons]
    cable.pull()
    trouble = page.locator(".trouble")
    expect(trouble).to_contain_text("Phones keep what people write, and send it later.", timeout=RECONNECT_MS)
    for button in buttons:
        expect(button).to_have_attribute("aria-disabled", "true")
    for field in fields:
        expect(field).to_be_disabled()
    assert comes_to(page, lambda: [place(button) for button in buttons], before) == before
    expect(page.get_by_role("link", name="Workshops")).to_be_hidden()
    page.get_by_role("button", name="Step back").dispatch_event("click")
    expect(page.locator("#back-words")).to_have_count(0)
    page.get_by_role("button", name="Pause").dispatch_event("click")
    expect(page.locator(".said-bad")).to_have_text("“Pause” was not sent: there was no connection.")
    cable.mend()
    expect(trouble).to_have_count(0, timeout=RECONNECT_MS)
    for button in buttons:
        expect(button).not_to_have_attribute("aria-disabled", "true")
    for field in fields:
        expect(field).to_be_enabled()
    assert hand.view["now"]["status"] == "open"


def unanswered(page: Page, cable: Cable, name: str) -> Locator:
    """A press into a line that has gone dead and then breaks; what is said about it."""
    cable.deafen()
    page.get_by_role("button", name=name).click()
    standing(page, 3)
    slow = page.locator(".said-slow")
    expect(slow).to_have_text("Sending…")
    expect(slow.get_by_role("button")).to_have_count(0)
    cable.pull()
    page.context.clock.resume()
    said = page.locator(".said")
    expect(said).to_contain_text(f"“{name}” was not answered: the connection broke.", timeout=RECONNECT_MS)
    expect(said).to_contain_text("It will not be sent later.")
    return said


def test_a_press_without_an_answer_is_named_and_then_told_how_things_stand(
    begin: Begin, console: Opens, line: Callable[..., tuple[BrowserContext, Cable]]
) -> None:
    hand = begin(weighing())
    hand.open("swot")
    context, cable = line(reduced_motion="reduce")  # a colour is there at once, not on its way
    context.clock.install()
    page = console(hand.code, context)
    said = unanswered(page, cable, "Pause")
    cable.mend()
    open_still = "“Pause” was not answered in time. “SWOT” is open. Press again if need be."
    expect(said).to_have_text(open_still, timeout=RECONNECT_MS)
    expect(said).to_have_class(re.compile("said-bad"))
    expect(page.locator("[aria-live=polite]").first).to_have_text(open_still)
    assert hand.view["now"]["status"] == "open"
    page.get_by_role("button", name="Pause").click()
    expect(page.locator(".status")).to_have_text("paused")
    expect(said).to_have_count(0)

    # held until there is an answer the main button keeps its colour; what cannot be sent has none
    resume = page.get_by_role("button", name="Resume: SWOT")
    expect(resume).not_to_have_attribute("aria-disabled", "true")
    colour = "button => getComputedStyle(button).backgroundColor"
    bright = resume.evaluate(colour)
    cable.deafen()
    resume.click()
    expect(resume).to_have_attribute("aria-disabled", "true")
    expect(resume).to_have_css("background-color", bright)
    expect(resume).to_have_css("cursor", "progress")
    cable.pull()
    expect(resume).to_have_css("cursor", "not-allowed", timeout=RECONNECT_MS)
    expect(resume).not_to_have_css("background-color", bright)


def test_a_press_that_was_carried_out_after_all_is_not_asked_for_again(
    begin: Begin, console: Opens, line: Callable[..., tuple[BrowserContext, Cable]]
) -> None:
    hand = begin(weighing())
    run = hand.open("swot")
    context, cable = line(locale="es-PE")
    context.clock.install()
    page = console(hand.code, context)
    said = unanswered(page, cable, "Pause")
    hand.do("pause_stage", run=run)
    cable.mend()
    expect(said).to_have_text("“Pause” was not answered in time. “SWOT” is paused.", timeout=RECONNECT_MS)
    expect(said).not_to_have_class(re.compile("said-bad"))
    # what is said follows what is
    hand.do("resume_stage", run=run)
    expect(said).to_contain_text("“SWOT” is open. Press again if need be.")


def test_a_bar_is_full_for_those_who_have_answered_only(begin: Begin, console: Opens) -> None:
    hand = begin(weighing())
    run = hand.open("swot")
    hand.somebody("business")
    page = console(hand.code)
    business = page.locator(".group-row", has_text="Business")
    expect(business.locator(".group-answered")).to_have_text("0 have answered")
    expect(business.locator(".is-full")).to_have_css("width", "0px")
    hand.somebody("business", *items(run, ["Olives"]))
    expect(business.locator(".group-answered")).to_have_text("1 has answered")
    expect(page.locator(".people-facts")).to_contain_text("1 has answered in this stage")
    wide = [business.locator(f".is-{bar}").evaluate("bar => parseInt(bar.style.width)") for bar in BARS]
    assert wide == [16, 33, 100]


def test_the_people_who_are_connected_are_called_people(
    begin: Begin, console: Opens, contexts: Contexts
) -> None:
    hand: Hand = begin(weighing())
    page = console(hand.code)
    expect(page.locator(".people-phones")).to_have_text("0 phones are connected")
    phone = contexts()
    for _ in range(2):  # two tabs are one person
        phone.new_page().goto(hand.join_url)
    expect(page.locator(".people-phones")).to_have_text("One phone is connected")


def test_a_press_that_cannot_be_stored_is_given_up_and_not_carried_out_later(
    begin: Begin, console: Opens, server: Stage
) -> None:
    hand = begin(weighing())
    hand.open("swot")
    page = console(hand.code)
    holder = dbapi2.connect(str(server.data / "edp.sqlite3"), isolation_level=None, timeout=10)
    holder.execute("BEGIN IMMEDIATE")
    try:
        page.get_by_role("button", name="Pause").click()
        said = page.locator(".said-bad")
        expect(said).to_contain_text("“Pause” could not be stored", timeout=30_000)
        expect(said).to_contain_text("It will not be sent later.")
    finally:
        holder.execute("ROLLBACK")
        holder.close()
    hand.do("set_door", open=False)  # stored after all that was before it
    assert hand.view["now"]["status"] == "open"
    expect(page.locator(".status")).to_have_text("open")
