"""The agenda changed on the console while the workshop runs, in a real browser, with the keyboard too."""

import re

from playwright.sync_api import expect

from edp_app.core.definition import in_language
from tests.support.axe import findings
from tests.support.definitions import short
from tests.support.desk import Begin, Contexts, Opens, no_overflow
from tests.support.phone import arrive_at
from tests.support.wired import scoring


def test_a_stage_is_moved_another_added_and_both_are_undone(
    begin: Begin, console: Opens, contexts: Contexts
) -> None:
    hand = begin(short())
    page = console(hand.code, reduced_motion="reduce")
    expect(page.get_by_role("button", name="Add a stage")).to_have_count(
        0
    )  # before, that is no act of the day
    hand.open("swot")
    phone = arrive_at(hand.join_url, contexts()).join("Business", "Tacna")

    # up by one place with each press: the focus stays on the button, so that the next press is the next place
    row = page.locator(".agenda-row:has([aria-controls=stage-ideas])")
    row.locator(".agenda-button").click()
    up = row.get_by_role("button", name="Move up")
    up.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".agenda-row").nth(4)).to_contain_text("Ideas")
    expect(up).to_be_focused()
    expect(up).not_to_have_attribute("aria-disabled", "true")  # once the press before is answered
    page.keyboard.press("Enter")
    expect(page.locator(".agenda-row").nth(3)).to_contain_text("Ideas")
    expect(up).to_have_attribute("aria-disabled", "true")  # the stage that is on is above it
    expect(page.locator(".now-next")).to_contain_text("Ideas")
    expect(page.locator(".now-next")).to_contain_text("25 minutes")

    # why not: the vote needs what is written
    vote = page.locator(".agenda-row:has([aria-controls=stage-shortlist])")
    vote.locator(".agenda-button").click()
    for place in (6, 5, 4):
        vote.get_by_role("button", name="Move up").click()
        expect(page.locator(".agenda-row").nth(place)).to_contain_text("Shortlist")
    expect(vote).to_contain_text("“Shortlist” needs “Ideas”, so it cannot come before it.")
    expect(vote.get_by_role("button", name="Move up")).to_have_attribute("aria-disabled", "true")

    # one more from the library
    page.get_by_role("button", name="Add a stage").click()
    form = page.locator("#adding")
    expect(form.locator("option", has_text="Second round")).to_have_text(
        "Second round (needs a vote by criteria before it)"
    )
    form.get_by_label("Which stage?").select_option(label="Score · by criteria, from 1 to 5")
    expect(form.get_by_label("What it is about")).to_have_value("swot")
    form.get_by_label("Title").fill("A closer look")
    # with another question in the workshop's language, Spanish, no other one keeps the library's
    asked = form.get_by_label("What is asked (Español)")
    expect(asked).to_have_value(re.compile("^Dé a cada idea un puntaje"))
    asked.fill("¿Cuánto vale cada una?")
    hint = form.locator(".adding-question")
    expect(hint).to_have_text(
        "Nothing is written in English, Português: whoever reads it sees another language there."
    )
    form.get_by_role("button", name="Show it in all languages").click()
    expect(asked).to_be_focused()
    form.get_by_label("What is asked (English)").fill("What is each worth?")
    expect(hint).to_have_text(
        "Nothing is written in Português: whoever reads it sees another language there."
    )
    form.get_by_label("Minutes").fill("12")
    assert findings(page) == []
    form.get_by_role("button", name="Add it").click()
    expect(page.locator(".agenda-row").nth(3)).to_contain_text("A closer look")
    expect(page.get_by_role("button", name="Add a stage")).to_be_focused()
    expect(page.locator(".now-next")).to_contain_text("A closer look")
    phone.page.locator("summary", has_text="Agenda").click()
    expect(phone.page.locator(".agenda li").nth(3)).to_have_text(re.compile(r"A closer look\s*12 min"))
    added = page.locator(".agenda-row:has([aria-controls=stage-score])")
    added.locator(".agenda-button").click()
    expect(added).to_contain_text("added on the day")
    for width, height in ((1440, 900), (1920, 1080), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        no_overflow(page)
    page.set_viewport_size({"width": 1440, "height": 900})

    # all of it is named, and taken back, the newest first
    page.locator("#step-back").click()
    first = page.locator(".undo-row").first
    for done in ("Added: A closer look", *(["Shortlist after “"] * 3), *(["Ideas after “"] * 2)):
        expect(first).to_contain_text(done)
        shown = first.locator(".undo-done").inner_text()
        first.get_by_role("button", name="Undo").click()
        expect(page.get_by_role("button", name=f"Undo: {shown}", exact=True)).to_have_count(0)
    expect(page.locator(".agenda-row .agenda-title")).to_have_text(
        [in_language(stage.title, "en") for stage in short().stages]
    )

    # one that asks what was written here, as it is opened
    page.get_by_role("button", name="Add a stage").click()
    form.get_by_label("Which stage?").select_option(label="Ideas")
    asked.fill("¿Qué falta?")
    expect(hint).to_have_text(
        "Nothing is written in English, Português: whoever reads it sees another language there."
        " The example that goes with the library's question is left out."
    )
    form.get_by_role("button", name="Add it").click()
    hand.until(lambda view: any(row["id"] == "ideas_2" for row in view["agenda"]), "the stage is there")
    hand.open("ideas_2")
    expect(phone.page.get_by_role("heading", name="¿Qué falta?")).to_be_visible()
    assert hand.view["now"]["prompt"] == {"es": "¿Qué falta?"}


def test_what_takes_its_weights_from_a_stage_is_said_before_it_is_put_in(
    begin: Begin, console: Opens
) -> None:
    hand = begin(scoring())
    page = console(hand.code, reduced_motion="reduce", viewport={"width": 390, "height": 844})
    hand.open("ideas")
    expect(page.locator("#now-title")).to_have_text("Ideas")  # a stage that opens comes to the front
    page.get_by_role("button", name="Agenda").click()
    page.get_by_role("button", name="Add a stage").click()
    form = page.locator("#adding")
    said = form.locator(".adding-weighs")
    form.get_by_label("Which stage?").select_option(label="Agree on the criteria")
    expect(said).to_have_text(
        "“Score” will take its weights from what the room agrees on here."
        " “Second round” will take its weights from what the room agrees on here."
    )
    form.get_by_label("Which stage?").select_option(label="Evaluation")
    expect(said).to_have_count(0)
    form.get_by_label("Which stage?").select_option(label="Agree on the criteria")
    expect(said).to_be_visible()
    no_overflow(page)
    form.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("navigation", name="Agenda")).to_contain_text(
        "“Score” takes its weights from “Agree on the criteria” now."
        " “Second round” takes its weights from “Agree on the criteria” now."
    )
    page.set_viewport_size({"width": 1440, "height": 1300})
    page.locator("#step-back").click()
    undone = page.locator(".undo-row").first
    expect(undone).to_contain_text("With their own weights again: Score; Second round.")
    undone.get_by_role("button", name="Undo").click()
    expect(page.locator(".agenda-row")).to_have_count(4)
