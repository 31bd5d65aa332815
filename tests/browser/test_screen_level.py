"""The screen after a vote by very few people, in which everything came out level: nothing is shown by group
where all groups count as one, and what a lot decided is called so, also at the end."""

import pytest
from playwright.sync_api import expect

from edp_app.core.definition import Definition, DotsMethod, GatherSettings, Stage, VoteSettings
from edp_app.core.parts import Column, Group
from tests.support.desk import Begin, Opens, ballot, items
from tests.support.poster import cut_off_for_long, poster

GROUPS = ("business", "academia", "government")


def definition(passes: int) -> Definition:
    vote = VoteSettings("ideas", DotsMethod(dots=3), "balanced", passes)
    return Definition(
        title="Tres",
        language="en",
        groups=[Group(group, {"en": group.title()}) for group in GROUPS],
        stages=[
            Stage("ideas", {"en": "Ideas"}, 10, GatherSettings([Column("c0", {"en": "Ideas"})])),
            Stage("shortlist", {"en": "Shortlist"}, 10, vote),
        ],
    )


@pytest.mark.parametrize("passes", [2, 3])
def test_few_people_and_a_lot_among_what_is_level(begin: Begin, screen: Opens, passes: int) -> None:
    hand = begin(definition(passes))
    run = hand.open("ideas")
    hand.somebody("business", *items(run, ["Alpha", "Beta", "Gamma"], columns=1))
    hand.until(lambda view: len(view["items"]) == 3, "all three")
    vote = hand.open("shortlist")
    ids = list(hand.view["now"]["candidates"])
    for group in GROUPS:
        hand.somebody(group, *(ballot(vote, one) for one in ids))
    hand.reveal(vote)
    page = screen(hand.code)
    page.keyboard.press(" ")  # the first page stays
    with poster(page):
        expect(page.locator(".result-row")).to_have_count(3)
    expect(page.locator(".pages-foot")).to_contain_text("The same number: level.")
    lot = "A tie at the cut was decided by lot."
    if passes == 2:
        expect(page.locator(".pages-foot")).to_contain_text(lot)
    said = page.locator(".result-remarks")
    expect(said).to_contain_text("Results cannot be shown by group: in some groups too few people took part.")
    expect(page.locator(".pages-of")).to_have_count(0)
    expect(page.locator(".further-row")).to_have_count(0)

    hand.do("end_workshop")
    expect(page.locator(".scene-ended .ended-item")).to_have_count(passes)
    assert page.locator(".ended-rank").all_inner_texts() == ["1"] * passes
    note = page.locator(".ended-note")
    expect(note).to_contain_text("The same number: level.")
    if passes == 2:
        (out,) = {"Alpha", "Beta", "Gamma"} - set(
            page.locator(".ended-item > span:last-child").all_inner_texts()
        )
        expect(note).to_contain_text(f"Level at the cut, and not through: “{out}”. {lot}")
    else:
        expect(note).not_to_contain_text(lot)
    for width, height in ((1920, 1080), (1440, 900), (768, 1024)):
        page.set_viewport_size({"width": width, "height": height})
        expect(note).to_be_visible()
        assert cut_off_for_long(page) == []
