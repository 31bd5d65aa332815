"""A hall full of phones, one screen and one console, in one process."""

import json
import random
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

from bench.loop import Loop, clock
from bench.page import Audience, Page, position

Json = dict[str, Any]

GROUPS = ("government", "business", "academia", "civil_society")
QUIET_SECONDS = 0.5
"""So long nothing must come for a phase to count as over."""

WAIT_SECONDS = 120.0


class Failed(Exception):
    """The measurement cannot go on; the message says why."""


class Op:
    """One operation: when it was tapped, sent and answered (seconds), and its place in the log."""

    __slots__ = ("answered", "first", "sent", "size", "tapped")

    def __init__(self, tapped: float, sent: float) -> None:
        self.tapped, self.sent = tapped, sent
        self.answered = 0.0
        self.first = 0
        self.size = 0


class Crowd:
    """Phones and the two pages of the facilitator. Everything random follows from ``seed``. ``loop``: that of
    another crowd, so that both do something at the same time; that one closes it."""

    def __init__(
        self, server: tuple[str, int], code: str, cookie: str, seed: int, loop: Loop | None = None
    ) -> None:
        self._own_loop = loop is None
        self.loop = loop or Loop()
        self.chance = random.Random(seed)
        self._server, self._code = server, code
        self.phone_audience, self.screen_audience = Audience(), Audience()
        self.console_audience = Audience()
        auth = {"v": 1, "code": code}
        self.screen = Page(self.loop, server, auth | {"role": "screen"}, self.screen_audience)
        headers = {"Cookie": cookie} if cookie else None
        self.console = Page(self.loop, server, auth | {"role": "console"}, self.console_audience, headers)
        self.phones: list[Page] = []
        self.refusals: Counter[str] = Counter()
        self.waiting = 0
        self._ops = 0

    def close(self) -> None:
        """Break every connection."""
        for page in self.pages():
            page.cut()
        if self._own_loop:
            self.loop.close()

    def pages(self) -> list[Page]:
        """Everybody."""
        return [*self.phones, self.screen, self.console]

    # ---- coming

    def seat_facilitator(self) -> None:
        """Open the console and the screen."""
        for page in (self.console, self.screen):
            page.open(lambda: None)
        self.until(lambda: self.console.is_open and self.screen.is_open, "opening console and screen")

    def new_phone(self, secret: str = "") -> Page:
        """One more phone, not connected yet; of somebody new unless ``secret`` says whose it is."""
        secret = secret or f"{self.chance.getrandbits(200):050x}"
        auth = {"v": 1, "role": "phone", "code": self._code, "secret": secret}
        phone = Page(self.loop, self._server, auth, self.phone_audience)
        self.phones.append(phone)
        return phone

    # ---- asking

    def op(self, page: Page, command: str, tapped: float, then: Callable[[Op], object]) -> None:
        """Send one command (JSON text); ``then`` is called with its answer, whatever it is."""
        self._ops += 1
        self.waiting += 1
        op = Op(tapped, clock())
        body = f'{{"op_id":"{self._ops:012x}","command":{command}}}'
        page.ask("op", body, partial(self._answered, op, then))

    def _answered(self, op: Op, then: Callable[[Op], object], answer: bytes, now: float) -> None:
        self.waiting -= 1
        op.answered, op.size = now, len(answer)
        op.first = position(answer[:80], b'"first":')
        if b'"ok":true' not in answer[:80]:
            op.first = -1
            self.refusals[json.loads(answer)[0]["refusal"]["code"]] += 1
        then(op)

    def must(self, type_: str, **fields: object) -> int:
        """A command of the facilitator that has to be accepted; its place in the log."""
        done: list[Op] = []
        self.op(self.console, json.dumps({"type": type_, **fields}), clock(), done.append)
        self.until(lambda: bool(done), type_)
        if done[0].first < 0:
            raise Failed(f"{type_} was refused: {dict(self.refusals)}")
        return done[0].first

    def ballot(self, phone: Page, run: str, item: str, dots: int) -> str:
        """The command that puts so many dots on an item, with the revision that this phone stands at."""
        key = f"{run}/{item}"
        revision = phone.revisions.get(key, 0)
        phone.revisions[key] = revision + 1
        shown = f',"revision":{revision}' if revision else ""
        return f'{{"type":"cast_ballot","run":"{run}","item":"{item}","dots":{dots}{shown}}}'

    # ---- waiting

    def until(self, done: Callable[[], bool], what: str, seconds: float = WAIT_SECONDS) -> None:
        """Go on until it is so. Raises :class:`Failed`."""
        try:
            self.loop.run(done, seconds, what)
        except TimeoutError as error:
            why = Counter(page.refused for page in self.pages() if page.refused)
            raise Failed(f"{error}; connections lost: {dict(why)}") from None

    def settle(self) -> None:
        """Go on until nothing has come for a moment."""
        heard, since = -1, clock()

        def quiet() -> bool:
            nonlocal heard, since
            now_heard = sum(page.bytes_in for page in self.pages())
            if now_heard != heard:
                heard, since = now_heard, clock()
            return clock() - since > QUIET_SECONDS

        self.until(quiet, "settling")

    def pass_time(self, seconds: float) -> None:
        """Go on for so long."""
        end = clock() + seconds
        self.until(lambda: clock() >= end, "waiting", seconds + 5)
