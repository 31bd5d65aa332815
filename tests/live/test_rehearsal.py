"""A whole workshop, small and at full speed, by the command that facilitators use before the day."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.live, pytest.mark.slow]


def edp(*arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "edp_app.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, stdin=subprocess.DEVNULL)


def test_everything_sent_is_acknowledged_and_counted_and_the_report_is_there(tmp_path: Path) -> None:
    account_file, pdf = tmp_path / "account.json", tmp_path / "report.pdf"
    options = ("--participants", "14", "--speed", "max", "--seed", "3")
    done = edp("rehearse", *options, "--json", account_file, "--pdf", pdf)
    assert done.returncode == 0, done.stdout + done.stderr
    account = json.loads(account_file.read_text())
    for line in ("contributions", "ballots"):
        sent, acknowledged, counted = account[line].values()
        assert sent == acknowledged == counted > 0, account
    assert account["refused"]["counted"] == 0
    assert account["lost_links"] > 0, "a rehearsal without a lost link rehearses too little"
    assert account["results_recounted"] == 3
    assert account["passed"] is True
    assert "sent" in done.stdout
    assert "acknowledged" in done.stdout
    assert pdf.read_bytes().startswith(b"%PDF")


def test_a_broken_format_file_is_named_with_its_line(tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text('format = 1\ntitle = "x"\ngroups = "triple"\n\n[[stages]]\nuse = "nowhere"\n')
    done = edp("rehearse", "--workshop", broken)
    assert done.returncode == 1
    assert f"{broken}" in done.stderr
    assert "6" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_speed_that_is_none_is_refused() -> None:
    done = edp("rehearse", "--speed", "fast")
    assert done.returncode == 2
    assert "neither a number above 0 nor" in done.stderr
