"""The processes of simulated people: how many at once, and when they end."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import gevent
import msgspec
import pytest

from edp_app import crowds as limits
from edp_app.config import Settings
from edp_app.crowds import MOST_CROWDS, Crowds, CrowdsBusyError, own_address
from edp_app.rehearsal.brief import Brief
from edp_app.rehearsal.themes import THEMES, texts_about
from tests.support.definitions import short

LISTENS = "import sys; sys.stdin.buffer.readline(); sys.stdin.buffer.read()"
"""A crowd that does nothing until its server is gone."""


class Hall:
    """Crowds of which a test says whether somebody watches them, and what time it is."""

    def __init__(self, data: Path) -> None:
        self.now, self.watched = 0.0, set[str]()
        settings = Settings(data=data, database_url="", port=1)
        self.crowds = Crowds(settings, self.watched.__contains__, lambda: self.now)
        self.crowds.command = [sys.executable, "-c", LISTENS]

    def start(self, *ids: str) -> None:
        for one in ids:
            self.crowds.start(one, "123456", short(), 12, 3)

    def pids(self) -> list[int]:
        return [crowd.child.pid for crowd in self.crowds._crowds.values()]


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    made = Hall(tmp_path)
    yield made
    made.crowds.stop()


def is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_there_are_so_many_at_once_and_no_more(hall: Hall) -> None:
    hall.start(*map(str, range(MOST_CROWDS)))
    with pytest.raises(CrowdsBusyError):
        hall.start("one more")
    hall.crowds.end("0")
    hall.start("one more")
    assert len(hall.crowds.here()) == MOST_CROWDS


def test_they_leave_when_nobody_has_watched_for_long(hall: Hall) -> None:
    hall.start("watched", "left")
    hall.watched.add("watched")
    hall.now = limits.UNWATCHED_SECONDS - 1
    hall.crowds.look()
    assert hall.crowds.here() == ["watched", "left"]
    hall.now += 2
    hall.crowds.look()
    assert hall.crowds.here() == ["watched"]
    hall.now = limits.LONGEST_SECONDS + 1
    hall.crowds.look()
    assert hall.crowds.here() == []


def test_the_end_of_the_server_ends_them(hall: Hall) -> None:
    hall.start("one", "other")
    pids = hall.pids()
    assert all(map(is_there, pids))
    hall.crowds.stop()
    assert not any(map(is_there, pids))


def test_one_that_has_fallen_over_makes_room(hall: Hall) -> None:
    hall.crowds.command = [sys.executable, "-c", "raise SystemExit(3)"]
    hall.start("one")
    with gevent.Timeout(60):
        while hall.crowds.here():
            gevent.sleep(0.01)
            hall.crowds.look()


def test_a_server_that_is_killed_takes_them_along(tmp_path: Path) -> None:
    """The pipe on which they were told what to do stays open as long as the server lives."""
    brief = Brief("http://127.0.0.1:1", "127.0.0.1:1", "123456", short(), 1, 1.0, 1)
    hall = Hall(tmp_path)
    hall.crowds.command = Crowds(Settings(data=tmp_path, database_url=""), bool).command
    hall.crowds.start("one", brief.code, brief.definition, brief.people, brief.speed)
    child = hall.crowds._crowds["one"].child
    child.stdin.close()  # as the end of the server's process does
    with gevent.Timeout(60):
        assert child.wait() == 0
    hall.crowds.stop()


def test_what_it_is_told_can_be_read_again() -> None:
    brief = Brief("http://127.0.0.1:1", "127.0.0.1:1", "123456", short(), 12, 3.0, 1)
    assert msgspec.json.decode(msgspec.json.encode(brief), type=Brief) == brief


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("0.0.0.0", "http://127.0.0.1:8000"),  # noqa: S104 -- asked for, not bound
        ("::", "http://127.0.0.1:8000"),
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("192.0.2.7", "http://192.0.2.7:8000"),
        ("::1", "http://[::1]:8000"),
    ],
)
def test_the_server_reaches_itself_under_a_name_that_it_answers_to(
    tmp_path: Path, host: str, url: str
) -> None:
    settings = Settings(data=tmp_path, database_url="", host=host)
    found, name = own_address(settings)
    assert found == url
    assert name.partition(":")[0] in settings.hosts()


def test_there_is_something_to_write_under_every_column() -> None:
    for language in THEMES:
        definition = msgspec.structs.replace(short(), language=language)
        texts = texts_about(definition)
        swot = [text for text in texts if text.stage == "swot"]
        assert {text.column for text in swot} == {"s", "w", "o", "t"}
        assert len({text.title for text in swot}) == len(swot)
        assert texts[0].title in THEMES[language]
