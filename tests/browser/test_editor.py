"""The editor in a real browser: a workshop of three stages, built from the library and opened."""

import re

from msgspec.structs import replace
from playwright.sync_api import expect

from edp_app.web.definitions import shipped
from tests.support import axe
from tests.support.desk import Contexts, NewWorkshop, Opens, sign_in
from tests.support.stage import Stage


def test_a_workshop_of_three_stages_is_built_from_the_library_and_opened(
    server: Stage, contexts: Contexts, console: Opens
) -> None:
    page = contexts(java_script_enabled=False).new_page()
    sign_in(page, server)
    page.goto(f"{server.url}/workshops/new")
    page.get_by_label("Stages of your own, from the library").check()
    page.get_by_label("Title").fill("What this valley could do")
    page.get_by_role("button", name="Make the workshop", exact=True).click()
    expect(page.get_by_role("heading", name="Stages and questions")).to_be_visible()
    found = re.search(r"/workshops/(\d+)/stages", page.url)
    assert found, page.url
    for stage in ("Ideas", "Group and name", "Shortlist"):
        page.get_by_role("button", name=re.compile(f"^Add *: {stage}$")).click()
        expect(page.get_by_role("status").first).to_contain_text(f"“{stage}” was added")
    remove = page.get_by_role("button", name=re.compile("^Remove *: Who is here$"))
    expect(remove).to_be_hidden()  # on a phone, what can be done with a stage is folded
    page.get_by_label(re.compile("^What can be done with it *: Who is here$")).check()
    remove.click()
    expect(page.locator(".stages-row")).to_have_count(3)
    page.reload()
    page.get_by_role("button", name=re.compile("^Bring it back *: Who is here$")).click()
    expect(page.locator(".stages-row").first).to_contain_text("Who is here")
    page.get_by_label(re.compile("^What can be done with it *: Who is here$")).check()
    remove.click()
    expect(page.locator(".stages-row")).to_have_count(3)
    page.get_by_label(re.compile("^Minutes *: Ideas$")).fill("20")
    page.keyboard.press("Enter")
    expect(page.locator(".stages-sum")).to_contain_text("40 minutes")
    expect(page.get_by_label(re.compile("^Minutes *: Ideas$"))).to_have_value("20")
    page.get_by_role("link", name="Shortlist", exact=True).click()
    page.get_by_label("Title", exact=True).fill("Our few")
    page.get_by_label("Dots for each person").fill("2")
    page.get_by_role("button", name="Save").last.click()
    expect(page.get_by_role("status").first).to_contain_text("“Our few” is saved")
    expect(page.locator(".error")).to_have_count(0)
    expect(page.locator(".stages-sum")).to_contain_text("40 minutes")
    desk = console(found[1])
    expect(desk.locator(".agenda li")).to_have_count(3)
    desk.get_by_role("button", name=re.compile("Open.*Ideas")).first.click()
    expect(desk.get_by_role("heading", name="Ideas", level=1)).to_be_visible()
    page.reload()
    expect(page.get_by_text("The workshop has begun")).to_be_visible()


def test_pages_that_are_open_show_the_change_at_once(
    server: Stage, contexts: Contexts, workshop: NewWorkshop, console: Opens, screen: Opens
) -> None:
    code = workshop(replace(shipped()["short"].definition, language="en"))
    desk = console(code)
    expect(desk.locator(".agenda")).to_contain_text("Welcome")
    page = contexts(viewport={"width": 390, "height": 844}).new_page()
    sign_in(page, server)
    page.goto(f"{server.url}/workshops/{code}/stages/opening")
    assert axe.findings(page) == []
    page.get_by_label("Title", exact=True).fill("Good morning, valley")
    page.get_by_role("button", name="Save").last.click()
    expect(desk.locator(".agenda")).to_contain_text("Good morning, valley")
    expect(page.get_by_role("status").first).to_contain_text("“Good morning, valley” is saved")
    assert axe.findings(page) == []
    page.goto(f"{server.url}/workshops/{code}/groups")
    assert axe.findings(page) == []


def test_a_workshop_is_saved_as_a_format_and_another_begins_with_it(
    server: Stage, contexts: Contexts, workshop: NewWorkshop
) -> None:
    code = workshop(replace(shipped()["short"].definition, language="en", title="Water"))
    page = contexts(java_script_enabled=False, viewport={"width": 390, "height": 844}).new_page()
    sign_in(page, server)
    for end in (page.get_by_role("heading", name="Our way"), page.get_by_role("alert")):
        page.goto(f"{server.url}/workshops/{code}/stages")
        page.get_by_role("link", name="Save as a format", exact=True).click()
        page.get_by_label("Name of the format").fill("Our way")
        page.get_by_label("Everybody with an account here").check()
        page.get_by_role("button", name="Save as a format").click()
        expect(end).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("You have a format of this name")
    page.get_by_role("button", name="Replace it").click()
    expect(page.get_by_role("heading", name="Our way")).to_have_count(1)
    page.get_by_role("link", name=re.compile("^Prepare a workshop *: Our way$")).click()
    expect(page.get_by_label("Our way")).to_be_checked()
    page.get_by_label("Title").fill("In another valley")
    page.get_by_role("button", name="Make it and change its stages").click()
    expect(page.locator(".stages-row")).to_have_count(len(shipped()["short"].definition.stages))
    page.goto(f"{server.url}/workshops/formats")
    page.get_by_role("link", name=re.compile("^Change or delete *: Our way$")).click()
    page.get_by_role("link", name="Delete").click()
    page.get_by_role("button", name="Delete it").click()
    expect(page.get_by_role("status").first).to_contain_text("“Our way” is deleted")
    expect(page.get_by_role("heading", name="Our way")).to_have_count(0)


def test_minutes_that_were_typed_are_not_lost_when_a_link_is_followed(
    server: Stage, contexts: Contexts, workshop: NewWorkshop
) -> None:
    code = workshop(shipped()["short"].definition)
    page = contexts(viewport={"width": 1440, "height": 900}).new_page()
    sign_in(page, server)
    page.goto(f"{server.url}/workshops/{code}/stages")
    minutes = page.locator("#minutes-swot")
    minutes.fill("31")
    page.get_by_role("link", name=re.compile("^Change *: SWOT$")).click()
    expect(page.get_by_label("Minutes", exact=True)).to_have_value("31")
    page.go_back()
    minutes.fill("")
    page.get_by_role("link", name="Console").click()
    expect(page.locator(".stages-row .error")).to_be_visible()
    expect(minutes).to_have_value("")


def test_the_sum_follows_what_is_typed_and_says_that_it_is_not_saved(
    server: Stage, contexts: Contexts, workshop: NewWorkshop
) -> None:
    code = workshop(replace(shipped()["half_day"].definition, language="en", starts="09:00", ends="12:30"))
    page = contexts(viewport={"width": 390, "height": 844}).new_page()
    sign_in(page, server)
    page.goto(f"{server.url}/workshops/{code}/stages")
    total, unsaved = page.locator(".stages-sum [data-total]"), page.locator(".stages-unsaved")
    expect(total).to_have_text("Together: 3 h 30 min")
    expect(unsaved).to_be_hidden()
    page.locator("#minutes-score").fill("35")
    expect(unsaved).to_contain_text("Not saved yet. Together: 3 h 45 min")
    expect(unsaved).to_contain_text("It would end at 12:45.")
    expect(total).to_have_text("Together: 3 h 45 min")
    expect(page.locator(".stages-sum")).to_have_class(re.compile("is-over"))
    expect(page.locator('[data-clock="second_round"]')).to_contain_text("11:55")
    expect(page.locator("#minutes-score")).to_be_in_viewport(ratio=1)
    expect(unsaved).to_be_in_viewport(ratio=1)
    typed, foot = page.locator("#minutes-score").bounding_box(), page.locator(".stages-foot").bounding_box()
    assert typed
    assert foot
    assert typed["y"] + typed["height"] <= foot["y"], "what one types in is not behind the foot"
    assert axe.findings(page) == []
    page.locator("#minutes-score").fill("")
    expect(unsaved).to_contain_text("3 h 45 min")  # for the moment in which a field is empty
    page.locator("#minutes-score").fill("20")
    expect(unsaved).to_be_hidden()
    expect(total).to_have_text("Together: 3 h 30 min")
    page.locator("#minutes-score").fill("25")
    page.get_by_role("button", name="Save minutes and times").click()
    told = page.get_by_role("status").filter(has_text="Saved. Every page shows it already.")
    expect(told).to_be_in_viewport(ratio=1)
    expect(total).to_be_in_viewport(ratio=1)
    expect(total).to_have_text("Together: 3 h 35 min")


def test_what_the_browser_fills_in_again_is_told_as_not_saved(
    server: Stage, contexts: Contexts, workshop: NewWorkshop
) -> None:
    code = workshop(replace(shipped()["half_day"].definition, language="en"))
    page = contexts(viewport={"width": 390, "height": 844}).new_page()
    sign_in(page, server)
    page.add_init_script(
        "document.addEventListener('readystatechange', () => {"  # as a browser does, before scripts run
        " const typed = document.getElementById('minutes-score'); if (typed) typed.value = '35'; });"
    )
    page.goto(f"{server.url}/workshops/{code}/stages")
    unsaved = page.locator(".stages-unsaved")
    expect(unsaved).to_contain_text("Not saved yet. Together: 3 h 45 min")
    expect(unsaved).to_be_in_viewport(ratio=1)
    expect(unsaved.get_by_role("status")).to_have_text("Not saved yet.")


def test_a_criterion_is_added_with_one_press_and_the_notice_stands_where_it_was_done(
    server: Stage, contexts: Contexts, workshop: NewWorkshop
) -> None:
    code = workshop(replace(shipped()["half_day"].definition, language="en"))
    page = contexts(java_script_enabled=False, viewport={"width": 390, "height": 844}).new_page()
    sign_in(page, server)
    page.goto(f"{server.url}/workshops/{code}/stages/score")
    page.get_by_role("button", name=re.compile("^Add *: Sustainability$")).click()
    expect(page.locator("#criteria\\.4")).to_be_in_viewport()
    expect(page.locator(".ready-row", has_text="Sustainability")).to_contain_text("In the list")
    page.get_by_role("button", name="Save").last.click()
    row = page.locator("#score")
    expect(row.get_by_role("status").first).to_contain_text("“Score” is saved")
    for notice in row.get_by_role("status").all():
        expect(notice).to_be_in_viewport(ratio=1)
    expect(row).to_contain_text("“Agree on the criteria” asks about the same criteria now.")
    page.goto(f"{server.url}/workshops/{code}/stages/score")
    expect(page.locator(".ready-row", has_text="Sustainability")).to_contain_text("In the list")
