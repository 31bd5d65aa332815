"""The simulated page's way back after its line broke, and what it makes of what comes at once."""

import asyncio
from collections.abc import Callable
from typing import Any

from edp_app.core.patch import diff
from edp_app.rehearsal.client import LiveClient, pause_before


def test_pauses_grow_and_everybody_has_their_own() -> None:
    earliest = [pause_before(attempt, lambda: 0.0) for attempt in range(1, 10)]
    latest = [pause_before(attempt, lambda: 0.999) for attempt in range(1, 10)]
    assert earliest == sorted(earliest)
    assert all(last > 2.9 * first for first, last in zip(earliest, latest, strict=True))
    assert max(latest) <= 3.0
    assert len({pause_before(3) for _ in range(50)}) == 50


class Line:
    """A line on which nothing is answered before the test does it."""

    connected = True

    def __init__(self) -> None:
        self.asked = asyncio.Event()

    async def emit(self, *_: object, callback: Callable[[Any], None]) -> None:
        self.answer = callback
        self.asked.set()


def test_what_comes_with_an_answer_builds_on_it() -> None:
    """A change, and what is one's own, in the same breath: nothing of either is lost or taken back."""
    before, after = {"people": 1}, {"people": 2}
    change = {"from": 3, "to": 4, "patch": diff(before, after)}

    async def through() -> LiveClient:
        client = LiveClient("http://nowhere.example", {})
        line = client._socket = Line()  # type: ignore[assignment]
        fetching = asyncio.create_task(client.fetch())
        await line.asked.wait()
        line.answer({"view": before, "seq": 3, "self": {"n": 1}})
        await client._on_change(change)
        await client._on_self({"n": 2})
        await fetching
        return client

    client = asyncio.run(through())
    assert (client.view, client.seq, client.gaps) == (after, 4, 0)
    assert client.own == {"n": 2}
