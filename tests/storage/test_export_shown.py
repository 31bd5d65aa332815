"""``edp export --to json|csv|xlsx``: files of what the room was shown."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from edp_app.cli import edp
from edp_app.config import from_environment
from edp_app.exports.as_json import write_json
from edp_app.exports.model import export_model
from edp_app.log import store
from tests.support.carrying import NAME, lively
from tests.support.sheets import read_csv, read_xlsx
from tests.support.workshops import StoredWorkshop


@pytest.fixture
def workshop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StoredWorkshop:
    """A workshop in the database of the commands."""
    for name in list(os.environ):
        if name.startswith("EDP_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("EDP_DATA", str(tmp_path))
    made = lively(Path(from_environment().database_url.removeprefix("sqlite:///")))
    yield made
    made.close()


def run(*arguments: str) -> Result:
    return CliRunner().invoke(edp, ["export", *arguments])


def test_json_is_what_the_state_gives(workshop: StoredWorkshop, tmp_path: Path) -> None:
    out = tmp_path / "w.json"
    done = run(workshop.code, str(out), "--to", "json")
    assert done.exit_code == 0, done.output
    assert str(out) in done.output
    assert out.read_bytes() == write_json(export_model(workshop.room.state))
    assert NAME not in out.read_text("utf-8")
    assert out.stat().st_mode & 0o077 == 0


def test_tables_and_spreadsheet_speak_the_language_that_is_asked_for(
    workshop: StoredWorkshop, tmp_path: Path
) -> None:
    assert run(workshop.code, str(tmp_path / "w.zip"), "--to", "csv", "--language", "pt").exit_code == 0
    assert run(workshop.code, str(tmp_path / "w.xlsx"), "--to", "xlsx").exit_code == 0
    assert "Valor [value]" in read_csv((tmp_path / "w.zip").read_bytes())["results.csv"][0]
    assert "Ficha" in read_xlsx((tmp_path / "w.xlsx").read_bytes())


def test_a_file_that_is_there_is_left_alone(workshop: StoredWorkshop, tmp_path: Path) -> None:
    out = tmp_path / "w.json"
    out.write_text("mine")
    refused = run(workshop.code, str(out), "--to", "json")
    assert refused.exit_code == 1
    assert "--force" in refused.output
    assert out.read_text() == "mine"
    assert run(workshop.code, str(out), "--to", "json", "--force").exit_code == 0
    assert json.loads(out.read_bytes())["format"] == "edp-workshop"


@pytest.mark.parametrize(("form", "ending"), [("json", ".json"), ("csv", ".zip"), ("xlsx", ".xlsx")])
def test_in_a_folder_it_is_named_after_the_workshop(
    workshop: StoredWorkshop, tmp_path: Path, form: str, ending: str
) -> None:
    assert run(workshop.code, f"{tmp_path}/there/", "--to", form).exit_code == 0
    (made,) = (tmp_path / "there").iterdir()
    assert made.name.startswith(f"workshop-{workshop.code}-")
    assert made.suffix == ending


def test_to_the_standard_output(workshop: StoredWorkshop) -> None:
    command = [sys.executable, "-m", "edp_app.cli", "export", workshop.code, "-", "--to", "json", "--limited"]
    done = subprocess.run(command, capture_output=True, check=True)
    assert done.stdout == write_json(export_model(workshop.room.state))
    assert done.stderr == b""


def test_the_record_does_not_go_to_the_standard_output(workshop: StoredWorkshop) -> None:
    refused = run(workshop.code, "-")
    assert refused.exit_code == 1
    assert "into a file only" in refused.output


def test_a_workshop_that_is_not_there(workshop: StoredWorkshop) -> None:
    refused = run("999999", "-", "--to", "json")
    assert refused.exit_code == 1
    assert "There is no workshop with the code 999999." in refused.output


def test_what_is_erased_meanwhile_is_not_brought_back(
    workshop: StoredWorkshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    from edp_app.exports import command

    def erases(*arguments: object) -> bytes:
        workshop.database.call(_another_epoch, workshop.id)
        return b"{}"

    monkeypatch.setattr(command, "made", erases)
    refused = run(workshop.code, "-", "--to", "json")
    assert refused.exit_code == 1
    assert "Something was erased" in refused.output


def _another_epoch(session: object, workshop_id: str) -> None:
    row = store.workshop_by_id(session, workshop_id)  # type: ignore[arg-type]
    assert row
    row.epoch = "another"
