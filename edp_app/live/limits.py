"""How much one connection may send, and one address may do: connect, bring new people, guess codes."""

import logging
import time
from collections import Counter, OrderedDict
from collections.abc import Callable
from typing import Any

from edp_app.network import LOOPBACK

Clock = Callable[[], float]

MESSAGES = (200, 50.0)
"""What a page may send, whatever it is: so many at once, then so many a second. Ours send one operation at a
time and fetch the view now and then; a console may send as many operations, and answers pings besides."""

BYTES = (400 * 1024, 200 * 1024.0)
"""The same in bytes: twenty messages of the largest size at once, then ten a second."""

NEWCOMERS = (200, 2.0)
"""New people of one address. A hall stands behind one address and joins within a minute or two: two hundred
get in at once, the others a little later, since phones ask again by themselves. To fill a workshop from one
address takes most of an hour, and the facilitator sees it coming."""

SOCKETS_PER_ADDRESS = 1500
"""Connections of one address: a hall of a thousand, and those that come back before their old connection was
given up."""

SOCKETS = 5000
"""Connections to one process. At some 45 KB each, and with what waits for those that do not read, they stay
within 300 MB, whoever opens them."""

PAGES_OF_PERSON = 20
"""Connections of one person in one workshop: tabs and devices, and those that were not given up yet. One more
waits until another has gone. Ending the oldest instead would find no rest: it would come back at once."""

OPS_OF_PERSON = (60, 10.0)
"""Commands of one person over all connections: as many a second as one of them may send, more at once."""

VIEWS_OF_PERSON = (40, 3.0)
"""The same for asking for the view: each page asks once when it connects."""


KEPT = 20_000
"""How many addresses are remembered; the one unused for longest is forgotten first."""

_log = logging.getLogger(__name__)


class Bucket:
    """``size`` at once, then ``rate`` a second."""

    __slots__ = ("_at", "_clock", "_left", "_rate", "_size")

    def __init__(self, size: int, rate: float, clock: Clock = time.monotonic) -> None:
        self._size, self._rate, self._clock = size, rate, clock
        self._left, self._at = float(size), clock()

    def left(self) -> float:
        """How many could be taken now."""
        now = self._clock()
        self._left = min(self._size, self._left + (now - self._at) * self._rate)
        self._at = now
        return self._left

    def take(self, count: int = 1) -> bool:
        """Take so many; False, and nothing taken, if there are fewer."""
        if self.left() < count:
            return False
        self._left -= count
        return True

    def is_full(self) -> bool:
        """Whether nothing was taken lately."""
        return self.left() >= self._size

    def give_back(self) -> None:
        """One that was taken was not needed."""
        self._left = min(self._size, self._left + 1)


class Inflow:
    """What one connection may send: so many messages and so many bytes. What makes no message (pings, empty
    frames, requests for what is new) counts as one, too: it is the work that is limited."""

    __slots__ = ("_bytes", "_messages")

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._messages, self._bytes = Bucket(*MESSAGES, clock), Bucket(*BYTES, clock)

    def takes(self, messages: int, size: int = 0) -> bool:
        """Whether so much more is within the limit."""
        return self._messages.take(messages) and self._bytes.take(size)


class Newcomers:
    """How many new people each address brings. This machine itself is not limited: rehearsals come from it,
    and whoever is on it needs no network to do harm."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._left: OrderedDict[str, Bucket] = OrderedDict()

    def may_come(self, address: str) -> bool:
        """Whether one more may come now; counts it."""
        if address == LOOPBACK:
            return True
        bucket = self._left.setdefault(address, Bucket(*NEWCOMERS, self._clock))
        _touch(self._left, address)
        return bucket.take()

    def did_not_come(self, address: str) -> None:
        """One that might come was not let in after all."""
        if bucket := self._left.get(address):
            bucket.give_back()


class Connections:
    """Counts the open connections, all and by address. This machine itself counts for the total only."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._address: dict[str, str] = {}
        self._by_address: Counter[str] = Counter()
        self._said = Bucket(1, 1 / 60, clock)

    def enter(self, sid: str, address: str) -> bool:
        """Count a connection; False, and nothing counted, if there are too many. Says so in the log, once a
        minute at most and without the address."""
        here = self._by_address[address] if address != LOOPBACK else 0
        if len(self._address) >= SOCKETS or here >= SOCKETS_PER_ADDRESS:
            if self._said.take():
                _log.warning(
                    "Connections are being refused: %d are open (at most %d), %d of them from the address "
                    "that asks (at most %d).",
                    *(len(self._address), SOCKETS, here, SOCKETS_PER_ADDRESS),
                )
            return False
        self._address[sid] = address
        self._by_address[address] += 1
        return True

    def leave(self, sid: str) -> None:
        """A connection has ended. Repeatable."""
        address = self._address.pop(sid, None)
        if address is None:
            return
        self._by_address[address] -= 1
        if not self._by_address[address]:
            del self._by_address[address]


class Budget:
    """What one person may do, over all connections."""

    __slots__ = ("ops", "pages", "views")

    def __init__(self, clock: Clock) -> None:
        self.pages = 0
        self.ops, self.views = Bucket(*OPS_OF_PERSON, clock), Bucket(*VIEWS_OF_PERSON, clock)

    def is_full(self) -> bool:
        """Whether it says nothing that a new one would not say."""
        return not self.pages and self.ops.is_full() and self.views.is_full()


class People:
    """The budgets of those who are connected, and of those who have just gone: coming back gives nobody a new
    one. There are no more of them than connections, and some seconds' leavers."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._here: dict[str, Budget] = {}
        self._gone: OrderedDict[str, Budget] = OrderedDict()

    def enter(self, person: str) -> Budget | None:
        """One more connection of this person: their budget; None, and nothing counted, if there are too
        many."""
        self._forget()
        budget = self._here.get(person) or self._gone.pop(person, None) or Budget(self._clock)
        if budget.pages >= PAGES_OF_PERSON:
            return None
        budget.pages += 1
        self._here[person] = budget
        return budget

    def leave(self, person: str) -> None:
        """One of their connections has ended."""
        budget = self._here[person]
        budget.pages -= 1
        if not budget.pages:
            self._gone[person] = self._here.pop(person)
            self._forget()

    def __len__(self) -> int:
        """How many are remembered."""
        return len(self._here) + len(self._gone)

    def _forget(self) -> None:
        """Whoever went longest ago stands first; their buckets are the first to be full again."""
        while self._gone and (len(self._gone) > KEPT or next(iter(self._gone.values())).is_full()):
            self._gone.popitem(last=False)


class Guesses:
    """Counts wrong codes by address, so that six digits cannot be tried out.

    A hall of people stands behind one address: it may err often, and once an address has got into a workshop
    it always gets into that one again, however many wrong codes somebody there has tried since.
    """

    def __init__(self, size: int = 100, rate: float = 0.5, clock: Clock = time.monotonic) -> None:
        self._size, self._rate, self._clock = size, rate, clock
        self._wrong: OrderedDict[str, Bucket] = OrderedDict()
        self._known: OrderedDict[tuple[str, str], None] = OrderedDict()

    def may_try(self, address: str, code: str) -> bool:
        """Whether this address may connect with this code now, right or wrong. Changes nothing."""
        bucket = self._wrong.get(address)
        return bucket is None or (address, code) in self._known or bucket.left() >= 1

    def wrong(self, address: str) -> None:
        """One more wrong code."""
        bucket = self._wrong.setdefault(address, Bucket(self._size, self._rate, self._clock))
        bucket.take()
        _touch(self._wrong, address)

    def right(self, address: str, code: str) -> None:
        """This address has got in with this code."""
        self._known[(address, code)] = None
        _touch(self._known, (address, code))


def _touch(remembered: OrderedDict[Any, Any], key: object) -> None:
    remembered.move_to_end(key)
    while len(remembered) > KEPT:
        remembered.popitem(last=False)
