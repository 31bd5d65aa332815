"""A facilitator's evening at the console, in a real browser against a real server."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.at_rest import comes_to, standing
from tests.support.axe import findings
from tests.support.definitions import short, weighing
from tests.support.desk import (
    DESK,
    RECONNECT_MS,
    Begin,
    Cable,
    Contexts,
    NewWorkshop,
    Opens,
    ballot,
    items,
)


def primary(page: Page, label: str) -> Locator:
    """The one thing to do now, once it says this and may be pressed."""
    button = page.locator(".button-primary")
    expect(button).to_have_text(label)
    expect(button).not_to_have_attribute("aria-disabled", "true")
    return button


def test_a_workshop_from_the_first_stage_to_its_end(begin: Begin, console: Opens) -> None:
    hand = begin(weighing())
    page = console(hand.code)

    primary(page, "Open: SWOT").click()
    expect(page.locator(".status")).to_have_text("open")
    run = hand.until(lambda view: "now" in view, "the open stage")["now"]["run"]
    hand.somebody("business", *items(run, ["Olive groves", "Salt in the wells"]))
    expect(page.locator(".item")).to_have_count(2)

    page.get_by_role("button", name="Pause").click()
    expect(page.locator(".status")).to_have_text("paused")
    primary(page, "Resume: SWOT").click()
    expect(page.locator(".status")).to_have_text("open")

    primary(page, "Close: SWOT").click()
    expect(page.locator(".status")).to_have_text("closed")
    primary(page, "Open next: Weigh").click()
    expect(page.locator("#now-title")).to_have_text("Weigh")

    first = hand.until(lambda view: view["now"]["stage"] == "weigh", "the vote")
    olive = next(i["id"] for i in first["items"].values() if i["title"] == "Olive groves")
    run = hand.run
    for group in ("government", "business", "business"):
        hand.somebody(group, ballot(run, olive, 3))
    expect(page.locator(".count b")).to_have_text("3")
    expect(page.locator(".result, .result-row, .result-value")).to_have_count(0)

    primary(page, "Close: Weigh").click()
    primary(page, "Reveal the result")
    expect(page.locator(".result, .result-row, .result-value")).to_have_count(0)
    assert "result" not in hand.view["now"]
    primary(page, "Reveal the result").click()
    expect(page.locator(".result-row").first).to_contain_text("Olive groves")
    expect(page.locator(".result-row").first.locator(".result-value")).to_have_count(2)

    primary(page, "End the workshop").click()
    expect(page.locator("#now-title")).to_have_text("The workshop has ended")
    page.get_by_role("button", name="Reopen the workshop").first.click()
    expect(page.locator("#now-title")).to_have_text("Weigh")


def test_stepping_back_says_beforehand_what_it_does(console: Opens, workshop: NewWorkshop) -> None:
    page = console(workshop(weighing()))
    primary(page, "Open: SWOT").click()
    expect(page.locator(".status")).to_have_text("open")
    page.get_by_role("button", name="Step back").click()
    expect(page.locator("#back-words")).to_contain_text("“SWOT” is as if it had not been opened.")
    page.get_by_role("button", name="Leave it").click()
    primary(page, "Close: SWOT").click()
    expect(page.locator(".status")).to_have_text("closed")
    page.get_by_role("button", name="Step back").click()
    expect(page.locator("#back-words")).to_contain_text("opens again, with everything that was sent in")
    page.get_by_role("button", name="Do it").click()
    expect(page.locator(".status")).to_have_text("open")
    expect(page.locator("#back-words")).to_have_count(0)


def test_the_form_for_merging_is_low_where_there_is_room(begin: Begin, console: Opens) -> None:
    hand = begin(weighing(columns=1))
    run = hand.open("swot")
    hand.somebody("business", *items(run, [f"Contribution {n}" for n in range(1, 13)], 1))
    page = console(hand.code)
    page.set_viewport_size({"width": 1440, "height": 900})
    expect(page.locator(".item")).to_have_count(12)
    expect(page.get_by_text("Tick two or more to merge them.")).to_be_visible()
    page.locator(".item").nth(0).get_by_role("checkbox").check()
    page.locator(".item").nth(1).get_by_role("checkbox").check()
    expect(page.locator(".merge").get_by_role("button", name="Merge these 2")).to_be_visible()
    form = page.locator(".merge").bounding_box()
    assert form is not None
    assert form["height"] < 900 / 3, "most of the list is seen above it"


def test_items_are_hidden_and_merged_and_both_undone(begin: Begin, console: Opens) -> None:
    hand = begin(weighing(columns=1))
    run = hand.open("swot")
    titles = ["Young people leave", "The young go away", "Salt in the wells"]
    hand.somebody("business", *items(run, titles, 1))
    page = console(hand.code)
    expect(page.locator(".item")).to_have_count(3)
    salt = page.locator(".item", has_text="Salt in the wells")

    salt.get_by_role("button", name="Hide").click()
    expect(salt).to_have_class(re.compile("is-hidden"))
    hand.until(lambda view: any(i["state"] == "hidden" for i in view["items"].values()), "the hidden item")
    salt.get_by_role("button", name="Undo").click()
    expect(salt).not_to_have_class(re.compile("is-hidden"))

    page.locator(".item", has_text="Young people leave").get_by_role("checkbox").check()
    expect(page.locator(".merge")).to_contain_text("Choose another one")
    page.locator(".item", has_text="The young go away").get_by_role("checkbox").check()
    page.get_by_label("A new title").fill("Emigration of the young")
    page.get_by_role("button", name="Merge these 2").click()
    merged = page.locator(".item", has_text="Emigration of the young")
    expect(merged).to_contain_text("Written as: Young people leave")
    expect(merged.locator(".item-merged li")).to_contain_text("The young go away")
    expect(page.locator(".item")).to_have_count(2)

    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".item")).to_have_count(3)
    expect(page.locator(".item", has_text="Young people leave")).to_be_visible()


def test_a_filter_finds_words_and_numbers(begin: Begin, console: Opens) -> None:
    hand = begin(weighing(columns=1))
    hand.somebody("business", *items(hand.open("swot"), ["Olives", "Salt", "Sun"], 1))
    page = console(hand.code)
    expect(page.locator(".item")).to_have_count(3)
    primary(page, "Close: SWOT")
    page.keyboard.press("/")
    expect(page.locator("#filter")).to_be_focused()
    page.keyboard.type("sal")
    expect(page.locator(".item")).to_have_count(1)
    expect(page.locator(".item")).to_contain_text("Salt")
    page.locator("#filter").fill("3")
    expect(page.locator(".item")).to_contain_text("Sun")


def test_contributions_stay_at_hand_in_later_stages(begin: Begin, console: Opens) -> None:
    hand = begin(short())
    swot = {"type": "add_item", "run": hand.open("swot"), "column": "s", "title": "Sun all year"}
    hand.somebody("business", swot)
    evidence = next(iter(hand.until(lambda view: bool(view["items"]), "the strength")["items"]))
    idea = {"type": "add_item", "run": hand.open("ideas"), "column": "idea", "title": "Dry oregano"}
    hand.somebody(
        "business",
        {**idea, "fields": {"who": "Forty families"}, "sdgs": [2, 8], "links": [evidence]},
    )
    hand.open("shortlist")
    page = console(hand.code)
    page.get_by_role("button", name="Contributions").click()
    item = page.locator(".item")
    for words in ("Dry oregano", "Who benefits: Forty families", "SDGs: 2, 8", "Evidence: Sun all year"):
        expect(item).to_contain_text(words)
    page.get_by_label("Stage").select_option("swot")
    expect(page.locator(".items-title").first).to_contain_text("s 1")
    expect(item).to_contain_text("Sun all year")


def test_a_paper_ballot_is_typed_in_and_corrected_by_its_number(begin: Begin, console: Opens) -> None:
    hand = begin(weighing(columns=1))
    hand.somebody("business", *items(hand.open("swot"), ["Olives", "Salt"], 1))
    run = hand.open("weigh")
    page = console(hand.code)
    page.get_by_text("Votes on paper").click()
    page.get_by_label("Number on the sheet").fill("7")
    page.locator(".paper").get_by_label("Group").select_option("academia")
    lines = page.locator("[data-mark]")
    lines.nth(0).fill("2")
    lines.nth(0).press("Enter")
    expect(lines.nth(1)).to_be_focused()
    page.keyboard.type("1")
    expect(page.locator(".paper-column legend")).to_contain_text("0 dots left")
    page.get_by_role("button", name="Results").click()
    page.get_by_role("button", name="This stage").click()
    expect(page.get_by_label("Number on the sheet")).to_have_value("7")
    expect(page.locator(".paper").get_by_label("Group")).to_have_value("academia")
    expect(lines.nth(1)).to_have_value("1")
    page.get_by_role("button", name="Save the sheet").click()
    expect(page.locator(".said")).to_contain_text("Sheet 7 is saved.")
    expect(page.get_by_label("Number on the sheet")).to_have_value("8")
    sheets = hand.until(lambda view: bool(view["paper"].get(run)), "the sheet")["paper"][run]
    assert sheets["7"]["group"] == "academia"
    assert sorted(sheets["7"]["dots"].values()) == [1, 2]

    page.get_by_role("button", name="Correct sheet 7").click()
    expect(lines.nth(0)).to_have_value("2")
    lines.nth(0).fill("4")
    expect(page.locator(".paper-column legend")).to_contain_text("2 dots too many")
    page.get_by_role("button", name="Save the sheet").click()
    expect(page.locator(".said-bad")).to_be_visible()
    lines.nth(0).fill("")
    page.get_by_role("button", name="Save the sheet").click()
    hand.until(lambda view: sum(view["paper"][run]["7"]["dots"].values()) == 1, "the corrected sheet")
    expect(page.locator(".said")).to_contain_text("Sheet 7 is saved.")
    expect(page.get_by_label("Number on the sheet")).to_have_value("8")

    # the next number was typed in meanwhile on another device: that is said, and nothing replaced
    lines.nth(0).fill("1")
    theirs = dict.fromkeys(sheets["7"]["dots"], 1)
    hand.do("enter_paper_ballot", run=run, voter="8", group="academia", dots=theirs)
    page.locator(".paper").get_by_label("Group").select_option("business")
    expect(page.locator(".hint.over")).to_contain_text("Another sheet 8 was typed in meanwhile.")
    page.get_by_role("button", name="Save the sheet").click()
    expect(page.get_by_text("Sheet 8 is saved.")).to_have_count(0)
    sheet = hand.until(lambda view: "8" in view["paper"][run], "the sheet typed in first")["paper"][run]["8"]
    assert sheet["group"] == "academia"


def test_a_group_is_corrected_and_the_door_closed(begin: Begin, console: Opens) -> None:
    hand = begin(weighing())
    hand.somebody("business")
    page = console(hand.code)
    business = page.locator(".group-row", has_text="Business")
    expect(business).to_contain_text("1 of 6")
    page.get_by_text("Correct a group").click()
    page.get_by_label("Group of number 1").select_option("academia")
    expect(page.locator(".group-row", has_text="Academia")).to_contain_text("1 of 2")
    expect(page.get_by_label("Group of number 1")).to_have_value("academia")
    page.get_by_role("button", name="Close the door").click()
    expect(page.get_by_text("The door is closed")).to_be_visible()
    assert hand.until(lambda view: not view["workshop"]["door"], "the closed door")


def test_the_timer_is_set_in_one_tap_and_changed(begin: Begin, console: Opens) -> None:
    hand = begin(weighing())
    hand.open("swot")
    page = console(hand.code)
    page.get_by_role("button", name="Set the timer to 25 minutes").click()
    expect(page.locator(".timer-clock")).to_contain_text(re.compile(r"2[45]:\d\d"))
    page.get_by_role("button", name="+5 min").click()
    expect(page.locator(".timer-clock")).to_contain_text(re.compile(r"(29|30):\d\d"))
    page.get_by_label("Close the stage when it runs out").click()
    hand.until(lambda view: view["now"].get("timer", {}).get("close") is True, "that it closes the stage")
    expect(page.get_by_label("Close the stage when it runs out")).to_be_checked()
    page.get_by_role("button", name="Hold").click()
    expect(page.locator(".timer-clock")).to_contain_text("held")
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_role("button", name="Set the timer to 25 minutes")).to_be_visible()


def test_a_refusal_is_said_where_it_was_pressed_and_read_out(console: Opens, workshop: NewWorkshop) -> None:
    page = console(workshop(weighing()))
    row = page.locator(".agenda-row", has_text="Weigh")
    row.get_by_role("button").first.click()
    row.get_by_role("button", name="Open this now").click()
    expect(row.locator(".said-bad")).to_contain_text("There is nothing to vote on yet")
    expect(page.locator("[aria-live=polite]").first).to_contain_text("There is nothing to vote on yet")
    expect(page.locator("#now-title")).to_have_text("Ready when you are")


def test_single_keys_and_the_clicker(begin: Begin, console: Opens, contexts: Contexts) -> None:
    hand = begin(weighing())
    context = contexts(viewport=DESK)
    context.clock.install()
    page = console(hand.code, context)
    primary(page, "Open: SWOT")
    page.keyboard.press("n")
    expect(page.locator(".status")).to_have_text("open")
    run = hand.until(lambda view: "now" in view, "the open stage")["now"]["run"]
    hand.somebody("business", *items(run, ["Olives"]))
    page.keyboard.press("p")
    expect(page.locator(".status")).to_have_text("paused")
    primary(page, "Resume: SWOT")
    page.keyboard.press("p")
    expect(page.locator(".status")).to_have_text("open")
    primary(page, "Close: SWOT")
    page.keyboard.press("m")
    expect(page.locator(".said")).to_contain_text("There is no timer.")
    assert "timer" not in hand.view["now"]

    page.get_by_role("button", name="Join and links").click()
    page.get_by_label("Single keys are on").uncheck()
    page.get_by_label(re.compile("forward key")).check()
    page.keyboard.press("n")
    page.get_by_role("button", name="This stage").click()
    page.locator("#filter").fill("ol")
    page.keyboard.press("PageUp")  # what has the focus is not seen from the front of the room
    expect(page.locator("#step-back")).to_be_focused()
    primary(page, "Close: SWOT")
    page.locator("#filter").focus()
    page.keyboard.press("PageDown")
    expect(page.locator(".status")).to_have_text("closed")
    hand.open("weigh")
    primary(page, "Close: Weigh")
    page.keyboard.press("PageDown")
    primary(page, "Reveal the result")
    standing(page)  # the second press has four seconds to come, however busy this machine is
    page.keyboard.press("PageDown")
    expect(page.locator(".said")).to_contain_text("Press the key again")
    assert not hand.view["now"]["revealed"]
    page.keyboard.press("PageDown")
    hand.until(lambda view: view["now"]["revealed"], "the revealed result")


@pytest.mark.parametrize("key", ["n", "PageDown"])
def test_a_double_press_does_one_step(begin: Begin, console: Opens, contexts: Contexts, key: str) -> None:
    hand = begin(weighing())
    run = hand.open("swot")
    hand.somebody("business", *items(run, ["Olives"]))
    context = contexts(viewport=DESK)
    context.clock.install()
    page = console(hand.code, context)
    page.get_by_role("button", name="Join and links").click()
    page.get_by_label(re.compile("forward key")).check()
    primary(page, "Close: SWOT")
    standing(page)  # the second press comes at once, however busy this machine is
    page.keyboard.press(key)
    expect(page.locator(".button-primary")).to_have_text("Open next: Weigh")
    page.keyboard.press(key)
    context.clock.run_for(1500)
    assert hand.view["now"]["stage"] == "swot"
    assert hand.view["now"]["status"] == "closed"
    primary(page, "Open next: Weigh")
    page.keyboard.press(key)
    expect(page.locator("#now-title")).to_have_text("Weigh")


def test_what_is_typed_in_a_field_is_no_shortcut(begin: Begin, console: Opens) -> None:
    hand = begin(weighing(columns=1))
    hand.somebody("business", *items(hand.open("swot"), ["Napa", "Salt"], 1))
    page = console(hand.code)
    page.locator("#filter").fill("")
    page.locator("#filter").press_sequentially("np")
    expect(page.locator(".items-count")).to_have_text("0 of 2")
    assert hand.view["now"]["status"] == "open"


def test_a_lost_connection_is_said_and_nothing_is_sent_meanwhile(
    begin: Begin, console: Opens, contexts: Contexts
) -> None:
    hand = begin(weighing())
    context = contexts(viewport=DESK)
    cable = Cable(context)
    page = console(hand.code, context)
    primary(page, "Open: SWOT")
    cable.pull()
    expect(page.locator(".trouble")).to_contain_text("The connection is lost")
    expect(page.locator(".button-primary")).to_have_attribute("aria-disabled", "true")
    page.locator(".button-primary").dispatch_event("click")
    hand.open("swot")
    cable.mend()
    expect(page.locator(".trouble")).to_have_count(0, timeout=RECONNECT_MS)
    primary(page, "Close: SWOT")


def test_focus_goes_as_one_reads_and_can_skip_to_the_stage(console: Opens, workshop: NewWorkshop) -> None:
    page = console(workshop(weighing()))
    columns = page.locator(".runsheet > *")
    expect(columns).to_have_count(3)
    left = [box["x"] for box in (columns.nth(n).bounding_box() for n in range(3)) if box]
    assert len(left) == 3
    assert left == sorted(left)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    primary(page, "Open: SWOT")
    page.keyboard.press("Tab")
    expect(page.locator(".button-primary")).to_be_focused()


def test_on_a_phone_the_agenda_and_the_people_are_tabs(console: Opens, workshop: NewWorkshop) -> None:
    page = console(workshop(weighing()), viewport={"width": 390, "height": 844})
    expect(page.locator(".agenda, .people")).to_have_count(0)
    primary(page, "Open: SWOT")
    page.get_by_role("button", name="Agenda").click()
    expect(page.locator(".agenda-row")).to_have_count(2)
    page.get_by_role("button", name="Who is here").click()
    page.get_by_role("button", name="Close the door").click()
    expect(page.get_by_text("The door is closed")).to_be_visible()
    assert findings(page) == []
    rows = page.locator(".tab").evaluate_all("tabs => new Set(tabs.map((tab) => tab.offsetTop)).size")
    assert rows == 1


def test_the_consoles_language_is_switched_without_a_reload(console: Opens, workshop: NewWorkshop) -> None:
    page = console(workshop(weighing()))
    page.get_by_role("button", name="Español").click()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    expect(page.locator(".agenda-title").first).to_have_text("FODA")


@pytest.mark.pdf
def test_the_report_is_made_and_can_be_downloaded(begin: Begin, console: Opens) -> None:
    hand = begin(short())
    hand.somebody(
        "business",
        {"type": "add_item", "run": hand.open("swot"), "column": "s", "title": "Olives"},
    )
    page = console(hand.code)
    page.get_by_role("button", name="Report").click()
    page.get_by_role("button", name="Make the report").click()
    link = page.get_by_role("link", name="Download the PDF")
    expect(link).to_be_visible(timeout=120_000)
    expect(link).to_have_class("button-ink")
    expect(page.get_by_role("button", name="Make it again")).to_have_class("button-outline")
    with page.expect_download() as download:
        link.click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")


def typed_in(page: Page, number: str, group: str, dots: dict[int, str]) -> None:
    """A sheet typed into the form, line by line, and saved."""
    page.get_by_label("Number on the sheet").fill(number)
    page.locator(".paper").get_by_label("Group").select_option(group)
    for line, n in dots.items():
        page.locator("[data-mark]").nth(line).fill(n)
    page.get_by_role("button", name="Save the sheet").click()


def test_sheets_are_typed_in_after_the_closing_and_during_the_break(begin: Begin, console: Opens) -> None:
    hand = begin(short())
    hand.somebody("business", *gathered(hand.open("swot")))
    run = hand.open("weigh")
    strength = next(i["id"] for i in hand.view["items"].values() if i["title"] == "Sun all year")
    for _ in range(3):
        hand.somebody("business", ballot(run, strength))
    page = console(hand.code)
    primary(page, "Close: Weigh").click()
    expect(page.locator(".status")).to_have_text("closed")
    page.get_by_text("Votes on paper").click()
    expect(page.locator(".paper")).to_contain_text("Phones cannot vote any more.")
    typed_in(page, "1", "business", {1: "2"})
    expect(page.locator(".said")).to_contain_text("Sheet 1 is saved.")
    expect(page.locator(".count b")).to_have_text("4")

    page.get_by_role("button", name="Go on without revealing: Ideas").click()
    expect(page.locator("#now-title")).to_have_text("Ideas")
    page.get_by_role("button", name="Votes on paper").click()
    typed_in(page, "2", "business", {1: "1"})
    expect(page.locator(".said")).to_contain_text("Sheet 2 is saved.")
    expect(page.get_by_role("button", name="Correct sheet 1")).to_be_visible()

    row = page.locator(".agenda-row", has_text="Weigh")
    row.get_by_role("button").first.click()
    row.get_by_role("button", name="Reveal the result").click()
    result = hand.until(lambda view: run in view["results"], "the result")["results"][run]["result"]
    assert [item["dots"] for item in result["columns"][0]["items"]] == [3, 3]
    assert result["voters"] == 5
    expect(page.get_by_role("button", name="Votes on paper")).to_have_count(0)
    expect(row.get_by_role("button", name="Reveal the result")).to_have_count(0)


def gathered(run: str) -> list[dict[str, str]]:
    """Two strengths."""
    return [
        {"type": "add_item", "run": run, "column": "s", "title": title}
        for title in ("Sun all year", "A harbour")
    ]


def test_a_refused_sheet_names_the_line_that_does_not_fit(begin: Begin, console: Opens) -> None:
    hand = begin(weighing(columns=2, dots=3))
    hand.somebody("business", *items(hand.open("swot"), ["Olives", "Salt", "Sun"], 2))
    hand.open("weigh")
    page = console(hand.code)
    page.get_by_text("Votes on paper").click()
    typed_in(page, "1", "academia", {0: "2", 2: "2"})  # the third line is the first of the second column
    said = page.locator(".paper .said-bad")
    expect(said).to_have_text(
        "Number 2, “Salt”, under “Weaknesses”: with it the sheet gives more than its 3 dots. "
        "Nothing of this sheet was saved."
    )
    wrong = page.locator(".paper-line.is-wrong")
    expect(wrong).to_contain_text("Salt")
    expect(wrong.get_by_role("spinbutton")).to_have_attribute("aria-invalid", "true")
    expect(wrong.get_by_role("spinbutton")).to_be_focused()
    expect(page.locator(".paper-line.is-wrong + .said-bad")).to_be_visible()
    expect(page.locator(".button[aria-disabled]")).to_have_count(0)
    assert findings(page) == []
    page.locator("[data-mark]").nth(0).fill("4")
    expect(page.locator(".paper-line.is-wrong")).to_have_count(0)
    page.get_by_role("button", name="Save the sheet").click()
    expect(said).to_contain_text(
        "Number 1, “Olives”, under “Strengths”: one person may give an item 3 dots at most."
    )
    # Hidden meanwhile: the line is gone from the form, and the rest can be saved.
    for line, n in enumerate(("1", "1", "1")):
        page.locator("[data-mark]").nth(line).fill(n)
    hand.do("hide_item", item=next(i["id"] for i in hand.view["items"].values() if i["title"] == "Salt"))
    expect(page.locator("[data-mark]")).to_have_count(2)
    page.get_by_role("button", name="Save the sheet").click()
    sheet = hand.until(lambda view: bool(view["paper"]), "the sheet")["paper"][hand.run]["1"]
    assert sorted(sheet["dots"].values()) == [1, 1]


def test_a_hidden_item_keeps_its_place_and_is_brought_back_there(begin: Begin, console: Opens) -> None:
    hand = begin(weighing(columns=1))
    hand.somebody("business", *items(hand.open("swot"), ["Olives", "Salt", "Sun"], 1))
    page = console(hand.code)
    rows = page.locator(".item")
    expect(rows).to_have_count(3)
    primary(page, "Close: SWOT")
    button = rows.nth(1).get_by_role("button", name=re.compile("Hide|Undo"))
    expect(button).not_to_have_attribute("aria-disabled", "true")
    where = button.bounding_box()
    button.click()
    expect(rows.nth(1)).to_have_class(re.compile("is-hidden"))
    expect(rows.nth(1)).to_contain_text("Salt")
    expect(rows.nth(1)).to_contain_text("Hidden from every page and from the report.")
    expect(rows.nth(1).locator(".item-text")).to_have_css("text-decoration-line", "line-through")
    expect(button).to_have_text("Undo")
    expect(button).to_have_accessible_name("Undo: show number 2 again")
    expect(button).to_be_focused()
    expect(button).not_to_have_attribute("aria-disabled", "true")
    assert where

    def has_moved() -> bool:
        now = button.bounding_box()
        assert now
        aside = abs((now["x"] + now["width"]) - (where["x"] + where["width"]))
        return aside >= 2 or abs(now["y"] - where["y"]) >= 2

    assert not comes_to(page, has_moved, False)
    expect(page.locator(".items-title span")).to_have_text("2")
    assert findings(page) == []
    page.keyboard.press("Enter")
    expect(rows.nth(1)).not_to_have_class(re.compile("is-hidden"))
    expect(button).to_have_text("Hide")
    assert [text.split()[-1] for text in page.locator(".item-text").all_inner_texts()] == [
        "Olives",
        "Salt",
        "Sun",
    ]


def test_a_closed_evaluation_is_revealed_first_of_all(begin: Begin, console: Opens) -> None:
    hand = begin(short())
    hand.open("opening")
    page = console(hand.code)

    # where nothing is sent in there is nothing to pause: neither a button nor a key
    primary(page, "Close: Opening")
    expect(page.get_by_role("button", name="Pause")).to_have_count(0)
    page.keyboard.press("p")
    page.get_by_role("button", name="Set the timer to 10 minutes").click()
    expect(page.locator(".timer-clock")).to_be_visible()
    assert hand.view["now"]["status"] == "open"

    hand.open("evaluation")
    primary(page, "Close: Evaluation").click()
    reveal = primary(page, "Reveal the answers")
    expect(page.locator("#primary-hint")).to_have_text(
        "Everyone sees them then. They cannot be hidden again."
    )
    expect(page.get_by_role("button", name="End without revealing")).to_have_class("button-outline")
    feet = page.locator(".steps button").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect().bottom)"
    )
    assert len(feet) == 3
    assert page.locator("#primary-hint").evaluate("hint => hint.getBoundingClientRect().top") >= max(feet)
    reveal.click()
    hand.until(lambda view: view["now"]["revealed"], "the answers")
    expect(page.get_by_role("button", name="End without revealing")).to_have_count(0)

    page.get_by_role("button", name="Step back").click()
    expect(page.locator("#back-words")).to_contain_text(
        "“Evaluation” starts again from zero, as run 2. The result already seen stays, marked as run 1."
    )
    page.get_by_role("button", name="Do it").click()
    expect(page.locator(".status")).to_have_text("open")
    page.get_by_role("button", name="Results").click()
    expect(page.locator(".past .part-title")).to_have_text("Evaluation · run 1")


def test_the_title_is_corrected_from_the_console(begin: Begin, console: Opens) -> None:
    hand = begin(weighing())
    page = console(hand.code)
    page.get_by_role("link", name="Correct").click()
    page.wait_for_url("**/details")
    page.get_by_label("Title").fill("A valley that knows")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".register-what h2")).to_contain_text(["A valley that knows"])
    hand.until(lambda view: view["workshop"]["title"] == "A valley that knows", "the new title")
