"""The day on the cover and on page one: when the workshop was held, and only before that the planned one."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from edp_app.core.commands import OpenStage
from edp_app.report import pages, pdf
from edp_app.report.model import report_model
from tests.support.definitions import short
from tests.support.memory import START, MemoryWorkshop


@pytest.fixture
def lima(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine five hours behind UTC."""
    monkeypatch.setenv("TZ", "<-05>5")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def prepared() -> MemoryWorkshop:
    return MemoryWorkshop(replace(short(), date="2027-11-26", territory="Tacna"))


def written(room: MemoryWorkshop) -> str:
    return pdf.Typesetter(report_model(room.state, "en")).html("report/report.html", fit=pages.FITS[0])


def test_before_it_has_begun_the_planned_day_is_called_so() -> None:
    text = " ".join(written(prepared()).split())
    assert "<dt>Planned for</dt><dd>26 November 2027</dd>" in text
    assert "Tacna · planned for 26 November 2027" in text
    assert "Held on" not in text


def test_once_it_began_the_day_on_which_it_did_stands_there() -> None:
    room = prepared()
    room.must(OpenStage("swot"))
    text = " ".join(written(room).split())
    day = datetime.fromtimestamp(START / 1000, UTC).astimezone().date()
    assert report_model(room.state, "en").date == day.isoformat() != "2027-11-26"
    assert "<dt>Held on</dt>" in text
    assert "26 November 2027" not in text


@pytest.mark.usefixtures("lima")
def test_the_day_is_that_of_this_machines_time_zone() -> None:
    room = prepared()
    room.now = int(datetime(2026, 11, 23, 1, 30, tzinfo=UTC).timestamp() * 1000)
    room.must(OpenStage("swot"))
    assert report_model(room.state, "en").date == "2026-11-22", "half past eight in the evening in Peru"
