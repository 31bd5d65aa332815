"""Which refusals are stored: enough that whoever has heard one is not surprised, and never without bound."""

from collections.abc import Iterator
from pathlib import Path

import gevent
import pytest

from edp_app.core.commands import (
    AddItem,
    CloseStage,
    Command,
    OpenStage,
    SetDoor,
    StepBack,
    WithdrawItem,
)
from edp_app.log import store
from edp_app.rooms import committer, outcome
from edp_app.rooms.outcome import Outcome
from tests.support.definitions import short
from tests.support.workshops import StoredWorkshop, person

MOST = 3
LOST = WithdrawItem(run="swot.1", item="i999")


@pytest.fixture
def workshop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[StoredWorkshop]:
    monkeypatch.setattr(outcome, "MOST_KEPT", MOST)
    workshop = StoredWorkshop(tmp_path / "edp.db", short())
    workshop.people(2)
    workshop.must(OpenStage(stage="swot"))
    yield workshop
    workshop.close()


def refuse(workshop: StoredWorkshop, command: Command = LOST, actor: str = "", op_id: str = "") -> Outcome:
    given = workshop.do(command, actor or person(0), op_id)
    assert not given.ok
    return given


def stored(workshop: StoredWorkshop, actor: str = "") -> int:
    rows = workshop.execute(
        "SELECT outcome FROM operation WHERE first_seq IS NULL AND actor = ?", actor or person(0)
    )
    return len(rows)


def test_so_many_of_one_person_in_one_run_are_stored(workshop: StoredWorkshop) -> None:
    for _ in range(3 * MOST):
        refuse(workshop)
    assert stored(workshop) == MOST
    refuse(workshop, actor=person(1))
    assert stored(workshop, person(1)) == 1, "another person has their own"
    workshop.must(OpenStage(stage="ideas"))
    for _ in range(3 * MOST):
        refuse(workshop)
    assert stored(workshop) == 2 * MOST


def test_a_facilitators_are_all_stored(workshop: StoredWorkshop) -> None:
    for _ in range(3 * MOST):
        refuse(workshop, OpenStage(stage="nowhere"), workshop.facilitator)
    assert stored(workshop, workshop.facilitator) == 3 * MOST


def test_strangers_leave_nothing(workshop: StoredWorkshop) -> None:
    refuse(workshop, SetDoor(open=False), person(7))
    refuse(workshop, LOST, person(7))
    assert stored(workshop, person(7)) == 0


def late(workshop: StoredWorkshop) -> AddItem:
    """An item that came after its stage was closed, and was refused; then the closing is taken back."""
    item = AddItem(run="swot.1", column="s", title="Late")
    workshop.must(CloseStage(run="swot.1"))
    for _ in range(MOST):
        refuse(workshop)
    refuse(workshop, item, op_id="the-late-item")
    assert stored(workshop) == MOST
    workshop.must(StepBack())
    return item


def test_a_copy_that_comes_late_is_refused_as_it_was_told(workshop: StoredWorkshop) -> None:
    item = late(workshop)
    again = refuse(workshop, item, op_id="the-late-item")
    assert again.refusal
    assert (again.refusal.code, again.repeated) == ("stage_closed", True)
    other = refuse(workshop, AddItem(run="swot.1", column="s", title="Other"), op_id="the-late-item")
    assert other.refusal
    assert other.refusal.code == "op_id_reused"


def test_after_a_restart_it_is_decided_anew_and_counts_once(workshop: StoredWorkshop) -> None:
    """As any operation whose answer nobody has heard."""
    item = late(workshop)
    workshop.restart()
    first = workshop.must(item, person(0), "the-late-item")
    again = workshop.must(item, person(0), "the-late-item")
    assert (again.first, again.repeated) == (first.first, True)
    assert len(workshop.room.state.items) == 1


def test_those_that_are_remembered_have_a_bound(
    workshop: StoredWorkshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outcome, "MOST_REMEMBERED", 5)
    for n in range(20):
        refuse(workshop, op_id=f"refused-{n:03}")
    known = [n for n in range(20) if workshop.room.refusals.remembered(person(0), f"refused-{n:03}")]
    assert known == [15, 16, 17, 18, 19]


def test_what_was_not_answered_is_not_remembered(
    workshop: StoredWorkshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A batch that fails has refused nobody: what was before it may have been the reason."""
    for _ in range(MOST):
        refuse(workshop)
    room, commands = workshop.room, [AddItem(run="swot.1", column="s", title="It"), LOST]

    def fail(*_: object) -> None:
        raise OSError("no room")

    with monkeypatch.context() as patch:
        patch.setattr(committer, "_write", fail)
        both = [gevent.spawn(workshop.do, c, person(0), f"together-{n}") for n, c in enumerate(commands)]
        gevent.joinall(both, raise_error=True)
    assert [answer.value.refusal.code for answer in both] == ["try_again", "try_again"]
    assert room.refusals.remembered(person(0), "together-1") is None
    assert workshop.database.read(store.verify, workshop.id).ok
