"""The report's child process: progress, one at a time, limits, failures, the download."""

import json
import os
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import gevent
import msgspec
import pytest

from edp_app.log import store
from edp_app.web.reports import ReportJobs
from tests.support.definitions import short
from tests.web.conftest import Site

CHILD = """
import json, os, sys, time
code, out = sys.argv[1], sys.argv[sys.argv.index("--out") + 1]
def say(state, **more): print(json.dumps({{"state": state, **more}}), flush=True)
{body}
"""
WRITES = (
    'say("reading"); say("layout", page=1, pages=2); say("writing"); '
    'open(out, "wb").write(b"%PDF-1.7 " + code.encode())'
)


@pytest.fixture
def jobs(site: Site) -> ReportJobs:
    """The report jobs of the application."""
    found: ReportJobs = site.app.extensions["edp.reports"]
    return found


@pytest.fixture
def said(jobs: ReportJobs) -> list[tuple[str, dict[str, Any]]]:
    """What listeners were told, instead of the consoles."""
    told: list[tuple[str, dict[str, Any]]] = []
    jobs.listeners[:] = [lambda code, progress: told.append((code, progress))]
    return told


def acts(jobs: ReportJobs, body: str) -> None:
    """Let the child be this program instead of ``edp report``."""
    jobs.command = [sys.executable, "-c", CHILD.format(body=body)]


def acts_once(jobs: ReportJobs, there: Path, body: str) -> None:
    """The same, where the program does nothing before this file is there."""
    acts(jobs, f"while not os.path.exists({str(there)!r}): time.sleep(0.01)\n{body}")


def finish(jobs: ReportJobs, workshop: str = "w1", seconds: float = 60) -> None:
    """Wait until nothing is being made for this workshop."""
    with gevent.Timeout(seconds):
        while jobs.running(workshop):
            gevent.sleep(0.01)


def states(said: list[tuple[str, dict[str, Any]]]) -> list[str]:
    """Only how far it was."""
    return [progress["state"] for _, progress in said]


def test_a_report_is_made_and_its_progress_told(
    jobs: ReportJobs, said: list[tuple[str, dict[str, Any]]]
) -> None:
    acts(jobs, WRITES)
    job = jobs.start("w1", "123456", language="es", speaks="en")
    finish(jobs)
    assert states(said) == ["preparing", "reading", "layout", "writing", "done"]
    assert all(code == "123456" and progress["job"] == job.id for code, progress in said)
    assert said[2][1] == {"job": job.id, "state": "layout", "page": 1, "pages": 2}
    assert said[-1][1]["url"] == "/workshops/123456/report.pdf"
    latest = jobs.latest("w1")
    assert latest is not None
    assert latest.read_bytes() == b"%PDF-1.7 123456"


def test_the_child_is_told_the_language_and_the_database_and_nothing_secret(
    site: Site, jobs: ReportJobs, said: list[tuple[str, dict[str, Any]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDP_SECRET_KEY", "s" * 40)
    acts(jobs, 'json.dump([sys.argv[1:], dict(os.environ)], open(out, "w"))')
    jobs.start("w1", "123456", language="pt", speaks="en")
    finish(jobs)
    latest = jobs.latest("w1")
    assert latest is not None
    arguments, environment = json.loads(latest.read_text())
    assert arguments[0] == "123456"
    assert arguments[arguments.index("--language") + 1] == "pt"
    assert "--progress" in arguments
    assert environment["EDP_DATABASE_URL"] == site.settings.database_url
    assert "s" * 40 not in environment.values()
    assert site.settings.secret_key not in environment.values()


def test_asking_twice_is_one_job_and_two_workshops_take_turns(
    jobs: ReportJobs, said: list[tuple[str, dict[str, Any]]]
) -> None:
    acts(jobs, f"time.sleep(0.3); {WRITES}")
    first = jobs.start("w1", "111111", language="es", speaks="en")
    assert jobs.start("w1", "111111", language="es", speaks="en") is first
    jobs.start("w2", "222222", language="es", speaks="en")
    finish(jobs, "w2")
    order = [(code, progress["state"]) for code, progress in said]
    assert order[:2] == [("111111", "preparing"), ("222222", "queued")]
    assert order.index(("111111", "done")) < order.index(("222222", "preparing"))
    assert order.index(("111111", "done")) < order.index(("222222", "reading"))
    assert states(said).count("done") == 2


def test_asked_for_again_while_one_is_read_it_is_made_once_more(
    jobs: ReportJobs, said: list[tuple[str, dict[str, Any]]]
) -> None:
    acts(jobs, WRITES)
    asked: list[object] = []

    def ask(code: str, progress: dict[str, Any]) -> None:
        if progress["state"] == "layout" and len(asked) < 2:
            asked.append(jobs.start("w1", code, language="es", speaks="en"))

    jobs.listeners.append(ask)
    jobs.start("w1", "123456", language="es", speaks="en")
    finish(jobs)
    assert len(asked) == 2
    assert states(said).count("reading") == 3, "once more for each time, and not for ever"
    assert states(said).count("done") == 1
    latest = jobs.latest("w1")
    assert latest is not None
    assert [path.name for path in latest.parent.iterdir()] == [latest.name]


@pytest.mark.parametrize(
    "body",
    [
        "sys.exit(3)",
        "os.abort()",
        "raise ValueError('what somebody wrote')",
        "pass",
        'say("done")',
    ],
)
def test_a_failure_is_said_in_a_sentence_and_the_last_good_report_stays(
    jobs: ReportJobs, said: list[tuple[str, dict[str, Any]]], caplog: pytest.LogCaptureFixture, body: str
) -> None:
    acts(jobs, WRITES)
    jobs.start("w1", "123456", language="es", speaks="en")
    finish(jobs)
    good = jobs.latest("w1")
    said.clear()
    acts(jobs, body)
    jobs.start("w1", "123456", language="es", speaks="en")
    finish(jobs)
    assert states(said)[-1] == "failed"
    assert "The workshop is not affected." in said[-1][1]["message"]
    assert jobs.latest("w1") == good
    assert good is not None
    assert [path.name for path in good.parent.iterdir()] == [good.name]
    assert "what somebody wrote" not in caplog.text


def test_a_report_that_takes_too_long_is_given_up_with_everything_it_started(
    site: Site, jobs: ReportJobs, said: list[tuple[str, dict[str, Any]]], tmp_path: Path
) -> None:
    pids = tmp_path / "pids"
    body = (
        "import subprocess; child = subprocess.Popen(['sleep', '600']); "
        f"open({str(pids)!r}, 'w').write(f'{{os.getpid()}} {{child.pid}}'); time.sleep(600)"
    )
    jobs.command = [sys.executable, "-c", CHILD.format(body=body.replace("{{", "{").replace("}}", "}"))]
    for seconds in (2, 8, 32):  # as long as this machine needs to begin it at all
        object.__setattr__(jobs._settings, "report_seconds", seconds)
        jobs.start("w1", "123456", language="es", speaks="en")
        finish(jobs, seconds=seconds + 30)
        assert states(said)[-1] == "failed"
        assert "not finished in time" in said[-1][1]["message"]
        if pids.exists():
            break
    with gevent.Timeout(60):  # a killed process is gone when the kernel gets round to it
        while any(_runs(int(pid)) for pid in pids.read_text().split()):
            gevent.sleep(0.01)


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except FileNotFoundError:
        return False


def test_a_child_that_floods_its_output_is_read_and_ignored(
    jobs: ReportJobs, said: list[tuple[str, dict[str, Any]]]
) -> None:
    acts(jobs, f'print("x" * 200000); print("[1]"); sys.stderr.write("y" * 200000); say("odd"); {WRITES}')
    jobs.start("w1", "123456", language="es", speaks="en")
    finish(jobs)
    assert states(said) == ["preparing", "reading", "layout", "writing", "done"]


def test_stopping_the_server_ends_the_child(
    jobs: ReportJobs, said: list[tuple[str, dict[str, Any]]], tmp_path: Path
) -> None:
    pid_file = tmp_path / "pid"
    acts(jobs, f"open({str(pid_file)!r}, 'w').write(str(os.getpid())); say('reading'); time.sleep(600)")
    jobs.start("w1", "123456", language="es", speaks="en")
    with gevent.Timeout(60):
        while states(said)[-1] != "reading":
            gevent.sleep(0.01)
    jobs.stop()
    finish(jobs)
    assert not _runs(int(pid_file.read_text()))


def test_stopping_the_server_ends_those_that_wait_for_their_turn(
    jobs: ReportJobs, said: list[tuple[str, dict[str, Any]]]
) -> None:
    acts(jobs, "time.sleep(600)")
    for workshop, code in (("w1", "111111"), ("w2", "222222")):
        jobs.start(workshop, code, language="es", speaks="en")
    jobs.stop()
    for workshop in ("w1", "w2"):
        finish(jobs, workshop)
    assert states(said).count("failed") == 2


def test_the_page_starts_it_and_hands_it_out(
    site: Site, jobs: ReportJobs, said: list[tuple[str, dict[str, Any]]], tmp_path: Path
) -> None:
    go_on = tmp_path / "go-on"
    acts_once(jobs, go_on, WRITES)
    code = site.workshop(site.account())
    row = site.database.read(store.workshop_by_code, code)
    assert row is not None
    ana = site.signed_in()
    assert ana.get(f"/workshops/{code}/report.pdf").status_code == 404
    token = ana.token("/workshops")
    answer = ana.client.post(f"/workshops/{code}/report", headers={"X-CSRFToken": token})
    assert answer.status_code == 202
    assert answer.json == {"job": said[0][1]["job"]}
    assert "The report is being made" in ana.get("/workshops").text
    go_on.touch()
    finish(jobs, row.id)
    pdf = ana.get(f"/workshops/{code}/report.pdf")
    assert pdf.mimetype == "application/pdf"
    assert pdf.data == b"%PDF-1.7 " + code.encode()
    assert pdf.headers["Cache-Control"] == "no-store"
    assert pdf.headers["Content-Disposition"].startswith("attachment; filename=Valle-de-prueba-20")
    assert "Report (PDF)" in ana.get("/workshops").text
    assert site.browser().get(f"/workshops/{code}/report.pdf").status_code == 302


@pytest.fixture
def lima(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This server's clock shows the time of Lima, five hours behind UTC."""
    monkeypatch.setenv("TZ", "America/Lima")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("lima")
@pytest.mark.parametrize(("date", "in_name"), [("2026-10-14", "2026-10-14"), ("", "2026-11-21")])
def test_the_files_name_has_the_workshops_own_day_or_that_of_the_servers_clock(
    site: Site, jobs: ReportJobs, date: str, in_name: str
) -> None:
    acts(jobs, WRITES)
    definition = msgspec.structs.replace(short(), title="Tacna–Arica", date=date)
    code = site.workshop(site.account(), definition)
    row = site.database.read(store.workshop_by_code, code)
    assert row is not None
    jobs.start(row.id, code, language="es", speaks="en")
    finish(jobs, row.id)
    made = jobs.latest(row.id)
    assert made is not None
    night = datetime(2026, 11, 22, 3, 0, tzinfo=UTC).timestamp()
    os.utime(made, (night, night))
    pdf = site.signed_in().get(f"/workshops/{code}/report.pdf")
    assert pdf.headers["Content-Disposition"] == f"attachment; filename=Tacna-Arica-{in_name}.pdf"


def test_without_a_script_the_list_says_that_it_is_being_made(
    site: Site, jobs: ReportJobs, tmp_path: Path
) -> None:
    go_on = tmp_path / "go-on"
    acts_once(jobs, go_on, "pass")
    jobs.listeners.clear()
    code = site.workshop(site.account())
    row = site.database.read(store.workshop_by_code, code)
    assert row is not None
    ana = site.signed_in()
    answer = ana.send(f"/workshops/{code}/report", page="/workshops")
    assert (answer.status_code, answer.location) == (303, "/workshops")
    assert "The report is being made" in ana.get("/workshops").text
    go_on.touch()
    finish(jobs, row.id)


@pytest.mark.pdf
def test_the_real_child_makes_a_pdf(
    site: Site, jobs: ReportJobs, said: list[tuple[str, dict[str, Any]]]
) -> None:
    code = site.workshop(site.account())
    row = site.database.read(store.workshop_by_code, code)
    assert row is not None
    jobs.start(row.id, code, language="es", speaks="en")
    finish(jobs, row.id, seconds=300)
    assert states(said)[-1] == "done", said[-1]
    latest = jobs.latest(row.id)
    assert latest is not None
    assert latest.read_bytes().startswith(b"%PDF-1.")
    assert latest.stat().st_size > 5000
