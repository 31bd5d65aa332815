"""Waiting in gevent's loop for what a test has set off."""

from collections.abc import Callable

import gevent


def until(condition: Callable[[], object]) -> None:
    """Wait until the condition holds; 30 seconds at most."""
    with gevent.Timeout(30, AssertionError("it did not come to that")):
        while not condition():
            gevent.sleep(0.01)
