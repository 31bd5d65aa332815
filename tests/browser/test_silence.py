"""A server that stands still without closing anything, as a real phone sees it."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, expect

from tests.support.definitions import short
from tests.support.fault_server import SHORT_PINGS, FaultServer
from tests.support.phone import OFFLINE, SEEN, Phone
from tests.support.stage import Hand


def test_a_phone_says_when_the_server_is_silent_and_sends_once_when_it_goes_on(
    contexts: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    with FaultServer(tmp_path, before=SHORT_PINGS) as server:
        _, code = server.workshop(short(per="stage"), server.account("ana"))
        hand = Hand(server.url, code)
        hand.open("swot")
        page = contexts().new_page()
        page.goto(f"{server.url}/j/{code}")
        phone = Phone(page).join("Business", "Tacna")
        phone.write("Heard at once")
        expect(phone.own("Heard at once").locator(".saved")).to_be_visible(timeout=SEEN)
        server.hold()
        try:
            phone.write("Into the silence")
            expect(page.get_by_text(OFFLINE)).to_be_visible(timeout=SEEN)
        finally:
            server.go_on()
        expect(phone.own("Into the silence").locator(".saved")).to_be_visible(timeout=2 * SEEN)
        expect(page.get_by_text(OFFLINE)).to_be_hidden(timeout=SEEN)
        view = hand.until(lambda v: len(v["items"]) == 2, "both items, once each")
        assert [item["title"] for item in view["items"].values()] == ["Heard at once", "Into the silence"]
        hand.leave()
