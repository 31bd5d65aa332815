"""A name beside a reason against what was decided: ticked on the phone, unticked again, never by itself."""

from playwright.sync_api import expect

from tests.browser.test_what_passed import chosen, written
from tests.support.ballots import answer
from tests.support.desk import Begin, Contexts
from tests.support.phone import SEEN, arrive_at
from tests.support.signing import WHY, signable
from tests.support.stage import Hand


def at_read_back(hand: Hand) -> str:
    """Two ideas passed by their scores; the run in which the room says what it thinks of that."""
    items = written(hand)
    chosen(hand, [items[0], items[2], items[3]])
    run = hand.open("score")
    scores = [(items[0], 5), (items[2], 4), (items[3], 1)]
    hand.everybody(
        [
            (
                {"group": "biz"},
                [
                    {"type": "cast_ballot", "run": run, "item": item, "scores": {"all": given}, "revision": 0}
                    for item, given in scores
                ],
            )
            for _ in range(3)
        ]
    )
    hand.reveal(run)
    return hand.open("read_back")


def test_a_name_is_set_beside_a_reason_only_by_a_tick_that_can_be_taken_back(
    begin: Begin, contexts: Contexts
) -> None:
    hand = begin(signable())
    phone = arrive_at(hand.join_url, contexts()).join("Business")
    at_read_back(hand)
    page, tick = phone.page, phone.page.get_by_role("checkbox", name="With my name")
    answer(phone, "Alpha", "Disagree").click(timeout=SEEN)
    page.get_by_role("button", name="Say why").click()
    expect(tick).to_have_count(0)
    page.get_by_label("One reason").fill(WHY)
    expect(tick).not_to_be_checked()
    tick.click()
    # before the name is given: who sees it, and when
    expect(page.locator(".sign-name")).to_contain_text(
        "in the list of participants at once, and it stays there"
    )
    page.locator(".sign").get_by_label("Name", exact=True).fill("Ana Quispe")
    page.get_by_role("button", name="Set my name beside it").click()
    named = page.get_by_role("checkbox", name="With my name: Ana Quispe")
    expect(named).to_be_checked()
    expect(page.locator(".now .waiting")).to_have_count(0, timeout=SEEN)
    page.reload()
    expect(named).to_be_checked(timeout=SEEN)
    named.click()
    expect(tick).not_to_be_checked()
    page.reload()
    expect(tick).not_to_be_checked(timeout=SEEN)
    tick.click()
    expect(named).to_be_checked()
    answer(phone, "Alpha", "Agree").click()
    expect(tick).to_have_count(0)
    answer(phone, "Alpha", "Disagree").click()
    expect(tick).not_to_be_checked()
