"""The clock of server and command line. It goes on evenly, also when the machine's is set while it runs.

The rules never read it: they are told the time.
"""

import time

_STEADY = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
"""Counts on whatever is done to the machine's clock; where the system has it, also while a laptop sleeps."""


class SteadyClock:
    """Milliseconds since 1970, UTC: as the machine had it when this clock was made, and from then on as time
    passes. Were the machine's clock followed, a correction by an hour would end a stage in the middle, or
    leave it open for an hour too long."""

    def __init__(self) -> None:
        self._ahead = time.time_ns() - time.clock_gettime_ns(_STEADY)

    def __call__(self) -> int:
        return (time.clock_gettime_ns(_STEADY) + self._ahead) // 1_000_000


milliseconds = SteadyClock()
"""The clock of this process."""
