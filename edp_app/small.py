"""A process that works beside the server: it takes no more than its part, whatever happens."""

import contextlib
import os
import resource
from pathlib import Path


def give_way() -> None:
    """Lowest priority for this process: everybody else comes first."""
    os.nice(10)
    if os.getsid(0) == os.getpid():
        # Where Linux shares the processors out by session first (autogroup), niceness counts within one only.
        with contextlib.suppress(OSError):
            Path("/proc/self/autogroup").write_text("10")


def stay_small(megabytes: int, seconds: int) -> None:
    """Lowest priority, and an end to this process's memory and computing time."""
    give_way()
    _limit(resource.RLIMIT_AS, megabytes * 1024 * 1024)
    _limit(resource.RLIMIT_CPU, seconds)
    _limit(resource.RLIMIT_CORE, 0)


def _limit(what: int, value: int) -> None:
    _soft, hard = resource.getrlimit(what)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    resource.setrlimit(what, (value, value))
