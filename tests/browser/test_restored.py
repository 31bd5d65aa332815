"""A server that is killed and restored from an earlier backup: what phones were told is saved comes back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.support.carrying import run
from tests.support.phone import OFFLINE, SEEN, Phone, arrive_at
from tests.support.restorable import BACK, Hall

Contexts = Callable[..., BrowserContext]


@pytest.fixture
def phone(hall: Hall, contexts: Contexts) -> Phone:
    return arrive_at(hall.join_url, contexts())


def test_a_vote_of_after_the_backup_is_there_again_and_once(hall: Hall, phone: Phone) -> None:
    hall.hand.open("swot")
    phone.join("Business", "Tacna")
    phone.write("Olive groves")
    expect(phone.own("Olive groves").locator(".saved")).to_be_visible(timeout=SEEN)
    hall.hand.open("weigh")
    expect(phone.candidate("Olive groves")).to_be_visible(timeout=SEEN)
    hall.make_backup()
    phone.put_dot("Olive groves")
    expect(phone.candidate("Olive groves").locator(".saved")).to_be_visible(timeout=SEEN)
    assert hall.kinds()[-1] == "ballot_cast"
    hall.restore()
    assert "ballot_cast" not in hall.kinds()
    hall.come_back()
    hall.hand.until(lambda v: v["now"]["cast"] == 1, "the vote is there again")
    expect(phone.dots_on("Olive groves")).to_have_count(1, timeout=BACK)
    expect(phone.candidate("Olive groves").locator(".saved")).to_be_visible(timeout=BACK)
    phone.page.reload()
    expect(phone.dots_on("Olive groves")).to_have_count(1, timeout=SEEN)
    assert hall.kinds() == ["joined", "described", "item_added", "ballot_cast"]
    assert run("verify", hall.code).exit_code == 0


def test_what_cannot_be_counted_again_is_said_and_votes_wait_for_their_stage(
    hall: Hall, phone: Phone
) -> None:
    hall.hand.open("swot")
    phone.join("Business", "Tacna")
    phone.write("Olive groves")
    expect(phone.own("Olive groves").locator(".saved")).to_be_visible(timeout=SEEN)
    hall.make_backup()
    phone.write("Dry port")
    expect(phone.own("Dry port").locator(".saved")).to_be_visible(timeout=SEEN)
    hall.hand.open("weigh")
    for title in ("Olive groves", "Dry port"):
        phone.put_dot(title)
        expect(phone.candidate(title).locator(".saved")).to_be_visible(timeout=SEEN)
    phone.page.context.set_offline(True)
    hall.restore()
    hall.come_back()
    # While that phone is away somebody else writes, in its place in the record, and the stage closes.
    hall.hand.somebody("academia", {"type": "add_item", "run": "swot.1", "column": "s", "title": "Salt"})
    hall.hand.do("close_stage", run="swot.1")
    phone.page.context.set_offline(False)
    refusals = phone.page.locator(".refusals")
    expect(refusals).to_contain_text("Dry port", timeout=BACK)
    expect(phone.page.locator(".line")).not_to_contain_text(OFFLINE, timeout=BACK)
    waiting = phone.page.locator(".line").get_by_text("2 things of yours wait on this phone")
    expect(waiting).to_be_visible(timeout=SEEN)
    assert hall.kinds().count("ballot_cast") == 0
    hall.hand.open("weigh")
    expect(phone.dots_on("Olive groves")).to_have_count(1, timeout=BACK)
    expect(phone.candidate("Olive groves").locator(".saved")).to_be_visible(timeout=BACK)
    expect(phone.dots_on("Salt")).to_have_count(0)
    expect(refusals).to_contain_text("Your vote on it is not counted either.", timeout=SEEN)
    expect(refusals.locator(".notice")).to_have_count(1)
    expect(waiting).to_have_count(0)
    assert hall.kinds().count("ballot_cast") == 1
