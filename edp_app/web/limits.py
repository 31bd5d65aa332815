"""How often something may go wrong before one has to wait. Counted in this process's memory, and only what
went wrong: whoever types the right code or the right pass phrase is never counted.

A hall of people stands behind one address, so an address may err often and a single browser seldom.
"""

import math
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

KEPT = 20_000
"""How many keys a limit remembers; the one unused for longest is forgotten first."""


@dataclass
class Limit:
    """A bucket for each key: ``size`` errors at once, one more after every ``seconds``."""

    size: int
    seconds: float
    clock: Callable[[], float] = time.monotonic
    _buckets: OrderedDict[Hashable, tuple[float, float]] = field(default_factory=OrderedDict)

    def wait(self, key: Hashable) -> int:
        """Seconds (whole, rounded up) until this key may try again; 0 if it may now. Changes nothing."""
        over = self._level(key) + 1 - self.size
        return math.ceil(over * self.seconds) if over > 0 else 0

    def count(self, key: Hashable) -> None:
        """One more error."""
        self._buckets[key] = (min(self._level(key) + 1, self.size), self.clock())
        self._buckets.move_to_end(key)
        while len(self._buckets) > KEPT:
            self._buckets.popitem(last=False)

    def undo(self, key: Hashable) -> None:
        """Take one error back, because it was none."""
        self._buckets[key] = (max(self._level(key) - 1, 0.0), self.clock())

    def forget(self, key: Hashable) -> None:
        """Start anew, after success."""
        self._buckets.pop(key, None)

    def _level(self, key: Hashable) -> float:
        level, at = self._buckets.get(key, (0.0, 0.0))
        return max(0.0, level - (self.clock() - at) / self.seconds)


@dataclass
class Limits:
    """All limits of the pages."""

    code_by_address: Limit = field(default_factory=lambda: Limit(300, 2))
    """Wrong join codes from one address: a full hall may mistype at once; a guesser gets one every 2 s."""
    code_by_browser: Limit = field(default_factory=lambda: Limit(12, 15))
    login_by_address: Limit = field(default_factory=lambda: Limit(40, 20))
    login_by_name: Limit = field(default_factory=lambda: Limit(8, 60))
    """Wrong pass phrases for one name from one address."""
    first_by_address: Limit = field(default_factory=lambda: Limit(20, 30))
    link_by_address: Limit = field(default_factory=lambda: Limit(20, 30))
    """Links to help or to sign in that are not, or not any more."""

    def use_clock(self, clock: Callable[[], float]) -> None:
        """Takes the time from elsewhere."""
        for limit in vars(self).values():
            limit.clock = clock
