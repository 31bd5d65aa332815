"""What is much to count is counted by a process of its own from the stored log, and comes out alike."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from edp_app.apart import CannotCountError, CountApart
from edp_app.config import Settings
from edp_app.core.commands import AddItem, CastBallot, CloseStage, OpenStage, RevealResult
from edp_app.core.stages import kind_by_id
from edp_app.log.engine import database_url
from edp_app.rooms import counting
from tests.support.definitions import short
from tests.support.workshops import StoredWorkshop


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path, database_url=database_url(tmp_path / "edp.db"), report_seconds=60)


@pytest.fixture
def workshop(settings: Settings, tmp_path: Path) -> Iterator[StoredWorkshop]:
    """A vote that is closed and not revealed."""
    workshop = StoredWorkshop(tmp_path / "edp.db", short(passes=1))
    people = workshop.people(6)
    workshop.must(OpenStage(stage="swot"))
    for title in ("Sol", "Puerto"):
        workshop.must(AddItem(run="swot.1", column="s", title=title), people[0])
    workshop.must(OpenStage(stage="weigh"))
    for n, person in enumerate(people):
        item = list(workshop.room.state.items)[n % 2]
        workshop.must(CastBallot(run="weigh.1", item=item, dots=1), person)
    workshop.must(CloseStage(run="weigh.1"))
    yield workshop
    workshop.close()


def test_the_figures_are_those_that_are_counted_here(workshop: StoredWorkshop, settings: Settings) -> None:
    state = workshop.room.state
    run = state.runs["weigh.1"]
    found = CountApart(settings)(workshop.code, "weigh.1", state.seq)
    expected = kind_by_id("vote").to_count(state, run)
    assert expected is not None
    assert found == expected.prepare()()
    assert found["voters"] == 6


def test_a_room_takes_them_from_there(
    workshop: StoredWorkshop, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "BIG", 1)
    asked = []
    apart = CountApart(settings)

    def count(code: str, run: str, seq: int) -> dict[str, object]:
        asked.append(run)
        return apart(code, run, seq)

    monkeypatch.setattr(workshop.room._counter, "_apart", count)
    workshop.must(RevealResult(run="weigh.1"))
    workshop.room.when_countable()
    assert asked == ["weigh.1"]
    state = workshop.room.state
    result = kind_by_id("vote").result(state, state.runs["weigh.1"])
    assert result is not None
    assert {row["title"] for row in result["columns"][0]["items"]} == {"Sol", "Puerto"}


def test_what_cannot_be_counted_is_said(workshop: StoredWorkshop, settings: Settings) -> None:
    apart = CountApart(settings)
    with pytest.raises(CannotCountError, match="nothing to count"):
        apart(workshop.code, "weigh.9", workshop.room.state.seq)
    with pytest.raises(CannotCountError, match="no workshop"):
        apart("000000", "weigh.1", 1)
    with pytest.raises(CannotCountError, match="too long"):
        CountApart(replace(settings, report_seconds=0))(workshop.code, "weigh.1", 1)
