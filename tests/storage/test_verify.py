"""What ``edp verify`` finds, beside the chain and the operations: results that do not follow from the log,
and the record of every workshop, here or in a backup."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from edp_app import checking
from edp_app.core.views import view
from edp_app.log import store
from edp_app.log.engine import named
from tests.support.carrying import lively, run
from tests.support.definitions import short
from tests.support.memory import START
from tests.support.workshops import StoredWorkshop


@pytest.fixture
def workshop(of_commands: Path | str) -> Iterator[StoredWorkshop]:
    """A workshop in the database of every command."""
    workshop = lively(of_commands)
    yield workshop
    workshop.close()


def test_results_are_counted_a_second_time(workshop: StoredWorkshop, monkeypatch: pytest.MonkeyPatch) -> None:
    said = run("verify", workshop.code)
    assert said.exit_code == 0, said.output
    assert "Results    1, " in said.output
    assert "Results    1, 0" not in said.output

    def wrong(state: Any, audience: Any) -> Any:
        seen: Any = view(state, audience)
        seen["results"]["weigh.1"]["result"]["columns"][1]["items"][0]["dots"] += 1
        return seen

    monkeypatch.setattr(checking, "view", wrong)
    said = run("verify", workshop.code)
    assert said.exit_code == 1
    assert "The record is broken. Results: weigh.1 i" in said.output
    assert "dots: counted again" in said.output


def test_every_workshop_is_checked(workshop: StoredWorkshop, tmp_path: Path) -> None:
    other = workshop.database.call(store.create_workshop, short(), workshop.account.id, START)
    said = run("verify")
    assert said.exit_code == 0, said.output
    assert said.output.count("Valle de prueba") == 2
    assert run("backup", tmp_path / "good.edp-backup").exit_code == 0
    workshop.execute("UPDATE event SET at = at + 1 WHERE workshop_id = ? AND seq = 9", workshop.id)
    workshop.execute("UPDATE event SET actor = 'f:x' WHERE workshop_id = ?", other.id)
    said = run("verify")
    assert said.exit_code == 1
    assert f"The record is broken. {workshop.code}: The chain breaks at position 9." in said.output
    assert f"The record is broken. {other.code}: The chain breaks at position 1." in said.output
    assert "whole" not in said.output
    said = run("verify", tmp_path / "good.edp-backup")
    assert said.exit_code == 0, said.output
    assert said.output.count("Valle de prueba") == 2


def test_where_nothing_was_published_that_is_said(workshop: StoredWorkshop) -> None:
    other = workshop.database.call(store.create_workshop, short(), workshop.account.id, 1)
    said = run("verify", other.code)
    assert said.exit_code == 0, said.output
    assert "Results    none published yet\n" in said.output
    workshop.execute("UPDATE event SET actor = 'f:x' WHERE workshop_id = ?", other.id)
    assert "Results    not counted, since the record is broken\n" in run("verify", other.code).output


def test_the_database_is_named(workshop: StoredWorkshop) -> None:
    for words in (("verify",), ("verify", workshop.code)):
        assert f"Database   {named(workshop.database.engine.url)}\n" in run(*words).output
    assert "1 workshop checked.\nThe record is whole.\n" in run("verify").output


def test_an_answer_for_nothing_is_found(workshop: StoredWorkshop) -> None:
    workshop.execute("UPDATE operation SET op_id = 'another' WHERE first_seq = 9")
    said = run("verify", workshop.code)
    assert said.exit_code == 1
    assert "The operation that led to position 9 has no answer." in said.output


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("nowhere", "There is no file nowhere"),
        ("000000", "There is no workshop with the code 000000."),
        ("README.md", "It is no log of a workshop"),
    ],
)
@pytest.mark.usefixtures("workshop")
def test_what_is_not_there(what: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "README.md").write_text("# Something else\n")
    monkeypatch.chdir(tmp_path)
    found = run("verify", what)
    assert found.exit_code == 1
    assert said in found.output


@pytest.mark.usefixtures("workshop")
def test_an_earlier_digest_is_one_workshops(tmp_path: Path) -> None:
    assert run("verify", "--at", "3").exit_code == 2
    assert run("verify", tmp_path / "edp.sqlite3", "--at", "3").exit_code == 2
