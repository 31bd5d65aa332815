"""What lies between a phone in a browser and the server, and what got through it."""

import json
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, Page, Route, WebSocketRoute, expect

from edp_app.log import store
from edp_app.log.database import Database
from tests.support.phone import SEEN, Phone
from tests.support.stage import Hand, Stage

BACK_MS = 8_000
"""Longer than a page waits between two tries."""


class Air:
    """The network between a phone and the server. It can go silent, as in a hall: nothing arrives, nothing is
    closed, pages can still be fetched. Of a whole browser, or of one tab that loads nothing before."""

    def __init__(self, context: BrowserContext | Page) -> None:
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


class Clerk:
    """Stands before the server: a command can be answered here instead of there, or swallowed."""

    def __init__(self, context: BrowserContext) -> None:
        self.answer: Callable[[str], str | None] = lambda _kind: None
        """For a type of command: the code of a refusal, "" for no answer, None to let the server answer;
        "late": as soon as :meth:`lets_go` is called."""
        self._held: list[Callable[[], None]] = []
        context.route_web_socket(re.compile(r"/socket\.io/"), self._socket)

    def _socket(self, page: WebSocketRoute) -> None:
        server = page.connect_to_server()

        def asked(message: str | bytes) -> None:
            found = re.match(r"42(\d+)(\[\"op\".*)", message, re.DOTALL) if isinstance(message, str) else None
            if found is None:
                server.send(message)
                return
            command: dict[str, Any] = json.loads(found[2])[1]["command"]
            code = self.answer(command["type"])
            if code is None:
                server.send(message)
            elif code == "late":
                self._held.append(lambda: server.send(message))
            elif code:
                page.send(f"43{found[1]}" + json.dumps([{"ok": False, "refusal": {"code": code}}]))

        page.on_message(asked)

    def lets_go(self) -> None:
        """What was held goes on to the server."""
        while self._held:
            self._held.pop(0)()


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
    item = {"type": "add_item", "run": run, "column": "s"}
    hand.somebody("government", {**item, "title": "Olive groves"}, {**item, "title": "Dry port"})
    for phone in phones:
        phone.join("Business", "Tacna")
    weigh = hand.open("weigh")
    for phone in phones:
        expect(phone.candidate("Olive groves")).to_be_visible(timeout=SEEN)
    return weigh
