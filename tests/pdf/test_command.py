"""``edp report`` as the server runs it: a child process, a database, a file."""

import json
import os
import subprocess
import sys

import pytest

from edp_app.config import from_environment
from edp_app.core.canonical import FIRST
from edp_app.log.database import Database
from edp_app.log.engine import database_url
from edp_app.log.models import Workshop
from edp_app.log.store.events import append_events, events_after, sealed
from edp_app.log.store.names import set_name
from edp_app.log.store.upkeep import erase_events
from edp_app.log.upgrade import upgrade
from edp_app.report.command import read_state, write_report
from edp_app.report.pdf import ReportError
from tests.pdf.sample import held
from tests.support.signing import NAMES, read_back

pytestmark = pytest.mark.pdf

CODE = "314159"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A data folder whose database holds the sample workshop."""
    return stored(tmp_path_factory.mktemp("data"), held().workshop.log)


def stored(path, log, names=()):
    """The same folder, whose database holds the workshop of this log, and the names given in it."""
    database = Database.open(database_url(path / "edp.sqlite3"))
    upgrade(database.engine)

    def fill(session):
        session.add(
            Workshop(
                id="w1", code=CODE, title="sample", owner_id=None, created_at=1, last_at=1, ended_at=None,
                archived_at=None, epoch="e",
            )
        )  # fmt: skip
        session.flush()
        rows, previous = [], FIRST
        for one in log:
            row = sealed(
                "w1",
                one.event,
                previous=previous,
                seq=one.seq,
                at=one.at,
                actor=one.actor,
                op_id=str(one.seq),
            )
            previous = row.digest
            rows.append(row)
        append_events(session, rows)
        for person, name in names:
            set_name(session, "w1", person, name, "Institute")

    database.call(fill)
    database.close()
    return path


def edp_report(folder, *arguments, **environment):
    return subprocess.run(
        [sys.executable, "-m", "edp_app.cli", "report", *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, "EDP_DATA": str(folder), **environment},
        timeout=120,
    )


def test_it_writes_the_file_and_says_how_far_it_is(folder, tmp_path):
    out = tmp_path / "report.pdf"
    done = edp_report(folder, CODE, "--out", str(out), "--language", "pt", "--progress")
    assert done.returncode == 0, done.stderr
    said = [json.loads(line) for line in done.stdout.splitlines()]
    states = [one["state"] for one in said]
    assert states[:2] == ["reading", "layout"]
    assert states[-2:] == ["writing", "done"]
    assert said[-2]["pages"] == max(one.get("page", 0) for one in said) > 10
    assert out.read_bytes().startswith(b"%PDF-1.7")
    assert done.stderr == ""
    assert list(tmp_path.iterdir()) == [out]


def test_the_state_is_that_of_the_position_asked_for(folder):
    url = database_url(folder / "edp.sqlite3")
    whole = read_state(url, CODE)
    part = read_state(url, CODE, at=400)
    assert part.seq == 400
    assert whole.seq > 1000
    assert whole.ended
    assert not part.ended


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["000000"], "no workshop with the code 000000"),
        ([CODE, "--at", "999999"], "ends at position"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_no_file(folder, tmp_path, arguments, sentence):
    out = tmp_path / "report.pdf"
    done = edp_report(folder, *arguments, "--out", str(out), "--progress")
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == {"state": "failed"}
    assert not out.exists()


def test_a_report_does_not_bring_back_what_was_erased_meanwhile(folder, tmp_path):
    """Erased after it was read and before the file gets its name: no file."""
    out = tmp_path / "report.pdf"
    settings = from_environment({"EDP_DATA": str(folder)})
    database = Database.open(settings.database_url)
    try:
        item = next(row for row in database.read(events_after, "w1") if row.kind == "item_added")

        def say(state, **more):
            if state == "writing":
                database.call(erase_events, "w1", [item.seq])

        with pytest.raises(ReportError, match="Something was erased"):
            write_report(settings, CODE, out, language=None, at=400, say=say)
    finally:
        database.close()
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_is_not_there_is_not_made(tmp_path):
    with pytest.raises(ReportError, match="There is no database"):
        read_state(database_url(tmp_path / "none.sqlite3"), CODE)
    assert list(tmp_path.iterdir()) == []


def test_too_little_memory_costs_nobody_else_anything(folder, tmp_path):
    out = tmp_path / "report.pdf"
    out.write_bytes(b"the one before")
    done = edp_report(folder, CODE, "--out", str(out), EDP_REPORT_MEGABYTES="200")
    assert done.returncode != 0
    assert out.read_bytes() == b"the one before"


def test_names_come_from_beside_the_log_and_only_those_that_were_set_beside_a_reason(tmp_path):
    for name, times in (("signed", 1), ("plain", 0)):
        folder = tmp_path / name
        folder.mkdir()
        stored(folder, read_back(signed=name == "signed")[0].workshop.log, NAMES.items())
        out = folder / "report.pdf"
        assert edp_report(folder, CODE, "--out", str(out)).returncode == 0
        text = subprocess.run(["pdftotext", str(out), "-"], capture_output=True, text=True, check=True).stdout
        assert text.count("Ana Quispe") == times
        assert "Bruno Salas" not in text
        assert "Institute" not in text
