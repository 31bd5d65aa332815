"""How fast one connection may ask, and how often one address may guess a code."""

import ipaddress
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

Clock = Callable[[], float]

KEPT = 20_000
"""How many addresses are remembered; the one unused for longest is forgotten first."""


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

    def take(self) -> bool:
        """Take one; False, and nothing taken, if there is none."""
        if self.left() < 1:
            return False
        self._left -= 1
        return True


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


def address_key(address: str) -> str:
    """What counts as one address: an IPv4 address, or the /64 network that one IPv6 line gets."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)
