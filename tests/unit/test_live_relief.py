"""Which pages are cut off where too much waits for all of them together."""

from types import SimpleNamespace
from typing import Any

import pytest

from edp_app.live import transport
from edp_app.live.transport import Once, SendQueue, event_packet, relieve


class Cut:
    """A page for which bytes wait, that took some of them last at a certain time."""

    def __init__(self, waiting: int, moved: float, queued: int = 0) -> None:
        self.queue = SimpleNamespace(bytes=queued)
        self.websocket = SimpleNamespace(held=waiting, moved=moved)


@pytest.fixture
def cut(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    found: list[Any] = []
    monkeypatch.setattr(transport, "abort", found.append)
    return found


def test_nobody_is_cut_within_the_limit(cut: list[Any]) -> None:
    server = SimpleNamespace(sockets={n: Cut(100, n) for n in range(10)})
    assert relieve(server, 1000) == 0
    assert cut == []


def test_those_that_took_nothing_for_longest_go_first(cut: list[Any]) -> None:
    reading, asleep, idle = Cut(600, 50.0), [Cut(100, n, queued=50) for n in range(4)], Cut(0, 0.0)
    server = SimpleNamespace(sockets=dict(enumerate([reading, *reversed(asleep), idle])))
    assert relieve(server, 1000) == 3  # of 1200, until no more than 750 wait
    assert cut == asleep[:3]


def test_a_page_that_polls_counts_by_its_queue(cut: list[Any]) -> None:
    polling = Cut(0, 0.0, queued=900)
    del polling.websocket
    assert relieve(SimpleNamespace(sockets={1: polling, 2: Cut(200, 9.0)}), 1000) == 1
    assert cut == [polling]


def test_what_goes_to_one_page_waits_until_it_is_written_and_is_let_go() -> None:
    queue = SendQueue()
    queue.put(Once("4abc"))
    queue.put(event_packet("change", {}))
    before = queue.bytes
    once, many = queue.get(), queue.get()
    assert queue.bytes == 4 < before
    assert once.encode() == "4abc"
    assert queue.bytes == 0
    assert once.data == ""
    assert many.encode() == many.encode() == '42["change",{}]'
