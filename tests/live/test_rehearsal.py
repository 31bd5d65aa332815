"""A whole workshop, small and at full speed, by the command that facilitators use before the day."""

import asyncio
import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from edp_app.rehearsal.client import LiveClient
from edp_app.rehearsal.habits import Dice, Habits, Pace
from edp_app.rehearsal.ledger import Ledger, Operation
from edp_app.rehearsal.opinions import Mood
from edp_app.rehearsal.phone import SimulatedPhone
from edp_app.rehearsal.texts import Text
from tests.live.conftest import Hall
from tests.support.page import asynchronous

WORKSHOPS = Path(__file__).parents[2] / "workshops"

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
    assert account["tables"] == 2
    assert account["people"] == 14 + 4 + account["paper"]
    assert account["passed"] is True
    assert "sent" in done.stdout
    assert "acknowledged" in done.stdout
    assert pdf.read_bytes().startswith(b"%PDF")


def test_every_way_of_voting_is_played_and_counted_again(tmp_path: Path) -> None:
    workshop, account_file = WORKSHOPS / "demo" / "putumayo.toml", tmp_path / "account.json"
    options = ("--participants", "12", "--speed", "max", "--json", account_file)
    done = edp("rehearse", "--workshop", workshop, *options)
    assert done.returncode == 0, done.stdout + done.stderr
    account = json.loads(account_file.read_text())
    sent, acknowledged, counted = account["ballots"].values()
    assert sent == acknowledged == counted > 400, account
    votes = {"evidence_check", "drivers", "shortlist", "points", "score", "second_round", "rank"}
    assert votes | {"fundability", "read_back"} <= set(account["stages"])
    assert account["skipped"] == []
    assert account["results_recounted"] == 10
    assert account["figures_recounted"] > 1000
    assert account["lost_links"] > 0
    assert {"incomplete", "bad_value"} <= set(account["refusals"]), account["refusals"]
    assert account["paper"] == 3


def test_a_format_of_the_field_is_played_to_its_end(tmp_path: Path) -> None:
    account_file = tmp_path / "account.json"
    lab = WORKSHOPS / "formats" / "lab.toml"
    done = edp("rehearse", "--workshop", lab, "--participants", "6", "--speed", "max", "--json", account_file)
    assert done.returncode == 0, done.stdout + done.stderr
    account = json.loads(account_file.read_text())
    for line in ("contributions", "ballots"):
        sent, acknowledged, counted = account[line].values()
        assert sent == acknowledged == counted > 0, account
    assert account["passed"] is True
    assert account["skipped"] == []
    assert account["stages"][-3:] == ["commitments", "read_back", "evaluation"]


def test_what_waits_to_be_approved_is_approved_and_counted(tmp_path: Path) -> None:
    workshop, account_file = tmp_path / "approved.toml", tmp_path / "account.json"
    workshop.write_text(AGREED.replace("\ntitle", "\nmoderated = true\ntitle", 1), encoding="utf-8")
    (tmp_path / "approved-items.toml").write_text(ONE_IDEA, encoding="utf-8")
    options = ("--participants", "8", "--speed", "max", "--json", account_file)
    done = edp("rehearse", "--workshop", workshop, *options)
    assert done.returncode == 0, done.stdout + done.stderr
    account = json.loads(account_file.read_text())
    sent, acknowledged, counted = account["ballots"].values()
    assert sent == acknowledged == counted > 0, "there was something to vote on"


def test_a_second_round_with_nothing_divided_is_skipped_and_said_so(tmp_path: Path) -> None:
    workshop, account_file = tmp_path / "agreed.toml", tmp_path / "account.json"
    workshop.write_text(AGREED, encoding="utf-8")
    (tmp_path / "agreed-items.toml").write_text(ONE_IDEA, encoding="utf-8")
    done = edp(
        "rehearse", "--workshop", workshop, "--participants", "5", "--speed", "max", "--json", account_file
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "second_round: skipped, nothing was divided" in done.stdout
    account = json.loads(account_file.read_text())
    assert account["skipped"] == ["second_round"]
    assert account["stages"] == ["who", "ideas", "group", "score"]


# The only idea is the first in the order of moods, and so one that everybody likes.
ONE_IDEA = """
[[ideas]]
key = "p01"
title = "La única idea"
"""
AGREED = """
format = 1
title = "Una sola idea"
groups = "triple"

[[stages]]
use = "who"

[[stages]]
use = "ideas"

[[stages]]
id = "group"
use = "group_and_name"
of = "ideas"

[[stages]]
use = "score"
of = "ideas"

[[stages]]
use = "second_round"
second_of = "score"
"""


CARDS = """
format = 1
title = "Fichas"
groups = "triple"
stages = [
  {use = "who"},
  {use = "ideas"},
  {use = "shortlist", of = "ideas"},
  {use = "policy_mix", of = "shortlist"},
  {use = "indicators", of = "ideas"},
]
"""


def test_cards_are_filled_in_and_held_against_the_log(tmp_path: Path) -> None:
    workshop, account_file = tmp_path / "cards.toml", tmp_path / "account.json"
    workshop.write_text(CARDS, encoding="utf-8")
    (tmp_path / "cards-items.toml").write_text(ONE_IDEA, encoding="utf-8")
    options = ("--participants", "8", "--speed", "max", "--json", account_file)
    done = edp("rehearse", "--workshop", workshop, *options)
    assert done.returncode == 0, done.stdout + done.stderr
    account = json.loads(account_file.read_text())
    sent, acknowledged, counted = account["contributions"].values()
    assert sent == acknowledged == counted > 9, account
    assert set(account["refusals"]) <= {"outdated", "stage_closed"}
    assert account["passed"] is True


NOTHING_PASSES = """
format = 1
title = "Nadie pasa"
groups = "triple"
stages = [
  {use = "who"},
  {use = "ideas"},
  {id = "group", use = "group_and_name", of = "ideas"},
  {use = "shortlist", of = "ideas"},
  {use = "score", of = "shortlist", passes = 1},
  {use = "read_back", of = "score"},
]
"""


def test_what_rests_on_a_vote_by_which_nothing_passed_is_skipped_and_said_so(tmp_path: Path) -> None:
    workshop, account_file = tmp_path / "nothing.toml", tmp_path / "account.json"
    workshop.write_text(NOTHING_PASSES, encoding="utf-8")
    (tmp_path / "nothing-items.toml").write_text(ONE_IDEA, encoding="utf-8")
    options = ("--participants", "2", "--speed", "max", "--json", account_file)  # too few to tell anything
    done = edp("rehearse", "--workshop", workshop, *options)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "score: skipped, nothing had passed" in done.stdout
    assert "read_back: skipped, what it rests on was skipped" in done.stdout
    assert json.loads(account_file.read_text())["skipped"] == ["score", "read_back"]


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


class Held(Pace):
    """A pace that stands still until it is let go."""

    def __init__(self) -> None:
        super().__init__(0)
        object.__setattr__(self, "going", asyncio.Event())

    async def pause(self, chance: random.Random, shortest: float, longest: float) -> None:  # noqa: ARG002 -- as every pace is asked
        """As long as it takes until it is let go."""
        await self.going.wait()


class Listening(Ledger):
    """A ledger that says when somebody was too late."""

    def __init__(self) -> None:
        super().__init__()
        self.too_late = asyncio.Event()

    def answered(self, operation: Operation, answer: dict[str, Any]) -> None:
        super().answered(operation, answer)
        if operation.refused == "stage_closed":
            self.too_late.set()


class Lines:
    """A script of three lines for everybody."""

    def texts_for(self, number: int, stage: str) -> list[Text]:  # noqa: ARG002 -- the same for all
        return [Text(f"t{n}", stage, "s", f"Line {n}") for n in range(3)] if stage == "swot" else []

    def words_of(self, links: tuple[str, ...]) -> set[str]:  # noqa: ARG002 -- rests on nothing
        return set()

    def remark_of(self, number: int) -> str | None:  # noqa: ARG002 -- nobody has any
        return None

    def mood_of(self, title: str) -> Mood:  # noqa: ARG002 -- everything is good
        return "liked"

    def place_of(self, group: str) -> int:  # noqa: ARG002 -- there is one of them here
        return 0


@asynchronous
async def test_whoever_was_cut_short_goes_on_when_the_stage_opens_again(hall: Hall) -> None:
    habits = Habits("business", None, False, 0, 3, 0.0, 0.0, False, False)
    pace, ledger = Held(), Listening()
    client = LiveClient(hall.server.url, {"role": "phone", "code": hall.code, "secret": "s" * 43})
    person = SimulatedPhone(client, habits, Dice(1, 1), pace, ledger, Lines())
    async with hall.console() as console:
        taking_part = asyncio.create_task(person.take_part())
        pace.going.set()
        await console.until(lambda: console.view["people"]["by_group"].get("business") == 1)
        pace.going.clear()
        await console.must("open_stage", stage="swot")
        await client.until(lambda: client.view.get("now", {}).get("status") == "open")
        await console.must("close_stage", run="swot.1")
        pace.going.set()
        await ledger.too_late.wait()
        assert console.view["items"] == {}
        await console.must("open_stage", stage="swot")
        await console.until(lambda: len(console.view["items"]) == 3)
        await console.must("end_workshop")
        await taking_part
    assert sorted(item["title"] for item in console.view["items"].values()) == ["Line 0", "Line 1", "Line 2"]
