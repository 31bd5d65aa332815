"""Nothing lost on the phone: the network gone for a minute, pages reloaded or closed meanwhile, what came too
late, two tabs, and another phone after this one."""

import re
from collections import Counter
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Route, WebSocketRoute, expect

from edp_app.log import store
from edp_app.log.database import Database
from tests.support.definitions import short
from tests.support.desk import Begin, Contexts
from tests.support.phone import OFFLINE, SEEN, Phone
from tests.support.stage import Hand, Stage

WAITING = "Waiting for the connection"
BACK_MS = 8_000
"""Longer than a page waits between two tries."""


class Air:
    """The network between a phone and the server. It can go silent, as in a hall: nothing arrives, nothing is
    closed, pages can still be fetched."""

    def __init__(self, context: BrowserContext) -> None:
        self._context = context
        self.up = self.down = True
        context.route_web_socket(re.compile(r"/socket\.io/"), self._socket)
        context.route(re.compile(r"/socket\.io/"), self._request)

    def _socket(self, page: WebSocketRoute) -> None:
        if not self.up:
            return  # it opens, and nobody ever answers
        server = page.connect_to_server()
        page.on_message(lambda message: server.send(message) if self.up else None)
        server.on_message(lambda message: page.send(message) if self.down else None)

    def _request(self, route: Route) -> None:
        if self.up:
            route.continue_()
        else:
            route.abort()

    def falls_silent(self, *, last_words: bool = False) -> None:
        """From now on nothing arrives; with ``last_words`` what the phone sends at first still does, but no
        answer comes back."""
        self.up, self.down = last_words, False

    def minute_passes(self) -> None:
        """On the page's clock; in steps, since a page waits, gives up, tries again."""
        self.up = False
        for _ in range(12):
            self._context.clock.fast_forward(5_000)

    def is_back(self) -> None:
        """The network is there again, and the page's next try is due."""
        self.up = self.down = True
        self._context.clock.fast_forward(BACK_MS)


class Visitor:
    """A person with a phone of their own, whose clock and network the test holds."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        context.clock.install()
        self.context, self.url = context, url
        self.air = Air(context)
        self.phone = self.open()

    def open(self) -> Phone:
        """Opens the page in a tab of its own."""
        page = self.context.new_page()
        page.goto(self.url)
        self.phone = Phone(page)
        return self.phone

    @property
    def page(self) -> Page:
        return self.phone.page


@pytest.fixture
def hand(begin: Begin) -> Hand:
    return begin(short(per="stage"))


@pytest.fixture
def visit(hand: Hand, contexts: Contexts) -> Callable[[], Visitor]:
    """Somebody new with a phone."""
    return lambda: Visitor(contexts(), hand.join_url)


def recorded(server: Stage, code: str) -> Counter[str]:
    """How many events of each kind the record holds."""
    database = Database.open(f"sqlite:///{server.data / 'edp.sqlite3'}")
    try:
        found = database.read(store.workshop_by_code, code)
        assert found is not None
        return Counter(row.kind for row in database.read(store.events_after, found.id))
    finally:
        database.close()


def to_the_vote(hand: Hand, *phones: Phone) -> str:
    """Everyone joins, something is written, the vote is open on every phone; its run."""
    run = hand.open("swot")
    for title in ("Olive groves", "Dry port"):
        hand.somebody("government", {"type": "add_item", "run": run, "column": "s", "title": title})
    for phone in phones:
        phone.join("Business", "Tacna")
    weigh = hand.open("weigh")
    for phone in phones:
        expect(phone.candidate("Olive groves")).to_be_visible(timeout=SEEN)
    return weigh


@pytest.mark.parametrize("meanwhile", ["reload", "another tab"])
def test_the_network_is_gone_for_a_minute_while_two_people_vote_and_both_count_once(
    server: Stage, hand: Hand, visit: Callable[[], Visitor], meanwhile: str
) -> None:
    """Ana's vote never leaves her phone; Luis's reaches the server, and the answer never reaches him."""
    ana, luis = visit(), visit()
    weigh = to_the_vote(hand, ana.phone, luis.phone)
    item = next(i for i, one in hand.view["items"].items() if one["title"] == "Olive groves")
    ana.air.falls_silent()
    luis.air.falls_silent(last_words=True)
    for one in (ana, luis):
        one.phone.put_dot("Olive groves")
        expect(one.phone.dots_on("Olive groves")).to_have_count(1)
        one.context.clock.fast_forward(3_000)
        expect(one.phone.candidate("Olive groves")).to_contain_text("Sending…", timeout=SEEN)
    hand.until(lambda v: v["now"]["cast"] == 1, "the vote whose answer is lost")
    for one in (ana, luis):
        one.air.minute_passes()
        expect(one.phone.candidate("Olive groves")).to_contain_text(WAITING, timeout=SEEN)
        expect(one.page.locator(".line")).to_contain_text(OFFLINE)
        expect(one.page.locator(".line")).to_contain_text("One thing is waiting to be sent.")
    if meanwhile == "reload":
        luis.page.reload()
    else:
        luis.page.close()
        luis.open()
    luis.context.clock.fast_forward(3_000)
    expect(luis.page.locator("main")).to_contain_text("cannot be reached at the moment", timeout=SEEN)
    expect(luis.page.locator(".line")).to_contain_text("One thing is waiting to be sent.", timeout=SEEN)
    for one in (ana, luis):
        one.air.minute_passes()
    assert hand.view["now"]["cast"] == 1
    for one in (ana, luis):
        one.air.is_back()
        expect(one.phone.candidate("Olive groves").locator(".saved")).to_be_visible(timeout=SEEN)
        expect(one.phone.dots_on("Olive groves")).to_have_count(1)
        expect(one.page.locator(".line")).not_to_contain_text(OFFLINE)
    hand.until(lambda v: v["now"]["cast"] == 2, "both have voted")
    assert recorded(server, hand.code)["ballot_cast"] == 2
    for group in ("government", "academia"):
        hand.somebody(group, {"type": "cast_ballot", "run": weigh, "item": item, "dots": 1})
    hand.reveal(weigh)
    result = hand.until(lambda v: weigh in v["results"], "the result")["results"][weigh]["result"]
    shown = {row["title"]: row["dots"] for row in result["columns"][0]["items"]}
    assert (result["voters"], shown) == (4, {"Olive groves": 4, "Dry port": 0})
    for one in (ana, luis):
        one.phone.sees_heading("The result")
        row = one.page.locator(".now .result-row").filter(has_text="Olive groves")
        expect(row).to_contain_text("You placed one dot")
