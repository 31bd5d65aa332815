"""The form for a new workshop in a real browser."""

import re

from playwright.sync_api import expect

from tests.support import axe
from tests.support.desk import Contexts, sign_in
from tests.support.stage import Stage


def test_people_are_expected_of_the_groups_that_were_chosen(server: Stage, contexts: Contexts) -> None:
    page = contexts(viewport={"width": 390, "height": 844}).new_page()
    sign_in(page, server)
    page.goto(f"{server.url}/workshops/new")
    funders, environment = page.get_by_label("Funding institutions"), page.get_by_label("Environment")
    expect(environment).to_be_hidden()  # folded, until somebody wants it otherwise
    page.get_by_text("More: territories, groups").click()
    expect(environment).to_be_visible()
    expect(funders).to_be_hidden()
    environment.fill("7")
    page.get_by_label("Groups", exact=True).select_option(label="5 groups, with: Funding institutions")
    expect(funders).to_be_visible()
    expect(environment).to_be_hidden()
    funders.fill("3")
    assert axe.findings(page) == []
    both = page.get_by_role("button", name="Make it and change its stages")
    expect(both).to_be_visible()
    page.get_by_label("Stages of your own").check()  # these are chosen afterwards anyway
    expect(both).to_be_hidden()
    page.locator("input[name=format][value=short]").check()
    page.get_by_label("Title").fill("Who pays for it")
    page.get_by_label("Begins at").fill("09:00")
    page.get_by_label("Ends at").fill("11:00")
    page.get_by_role("button", name="Make it and change its stages").click()
    expect(page.locator(".stages-sum")).to_have_text(
        re.compile("From 09:00 to 11:00 there are 2 h: 20 minutes to")
    )
    page.get_by_role("link", name="Groups and territories").click()
    expect(page.get_by_label("People expected").last).to_have_value("3")
