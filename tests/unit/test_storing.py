"""Whether the server can store: told from what commits said, without asking the database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from edp_app.core.commands import AddItem, SetDoor
from edp_app.log import store
from edp_app.rooms import committer
from edp_app.rooms.storing import PROBE_SECONDS, SLOW_SECONDS, Storing, probe
from tests.support.definitions import short
from tests.support.waiting import until
from tests.support.workshops import StoredWorkshop


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def workshop(tmp_path: Path) -> Iterator[StoredWorkshop]:
    workshop = StoredWorkshop(tmp_path / "edp.db", short())
    yield workshop
    workshop.close()


def test_a_commit_that_waits_too_long_is_noticed_before_it_ends() -> None:
    clock = Clock()
    storing = Storing(clock)
    assert storing.can_store
    with storing.attempt():
        assert storing.can_store
        clock.now += SLOW_SECONDS + 0.1
        assert not storing.can_store
    storing.did()
    assert storing.can_store


def test_one_that_failed_counts_until_something_was_stored_again() -> None:
    clock = Clock()
    storing = Storing(clock)
    storing.did_not()
    assert not storing.can_store
    assert not storing.wants_probe
    clock.now += PROBE_SECONDS
    assert storing.wants_probe
    storing.did_not()
    assert not storing.wants_probe
    storing.did()
    assert storing.can_store
    assert not storing.wants_probe


def test_it_is_tried_again_though_nobody_asks(
    workshop: StoredWorkshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert workshop.rooms.can_store
    monkeypatch.setattr("edp_app.rooms.storing.PROBE_SECONDS", 0.0)
    monkeypatch.setattr(committer, "RETRY_SECONDS", 0.01)
    monkeypatch.setattr(committer, "_write", fails)
    monkeypatch.setattr(committer, "probe", fails)
    refusal = workshop.do(SetDoor(open=False)).refusal
    assert refusal
    assert refusal.code == "try_again"
    assert not workshop.rooms.can_store
    monkeypatch.setattr(committer, "probe", probe)
    until(lambda: workshop.rooms.can_store)
    assert workshop.database.read(store.setting, "probe") is None, "and leaves nothing"


def test_what_stored_nothing_says_nothing(workshop: StoredWorkshop, monkeypatch: pytest.MonkeyPatch) -> None:
    """A refusal that is not kept needs no room on the disk."""
    with monkeypatch.context() as patch:
        patch.setattr(committer, "_write", fails)
        workshop.do(SetDoor(open=False))
    assert workshop.do(AddItem(run="swot.1", column="s", title="It"), "p:stranger").refusal
    assert not workshop.rooms.can_store
    workshop.must(SetDoor(open=False))
    assert workshop.rooms.can_store


def fails(*_: object) -> None:
    raise OSError("no room")
