"""One workshop as one file and back: the same views, the same digests, and nothing of a file that is not
whole."""

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from edp_app.config import from_environment
from edp_app.core.commands import AddItem, CastBallot, OpenStage
from edp_app.log import export, store
from edp_app.log.database import Database
from edp_app.log.export import ExportError
from tests.support.altering import lines_of, sealed_again
from tests.support.carrying import ERASED, NAME, held, lively, run
from tests.support.definitions import short
from tests.support.postgres import Postgres
from tests.support.workshops import StoredWorkshop, open_database, person

MADE_AT = 1_790_000_000_000


@pytest.fixture
def workshop(where: Path | str) -> Iterator[StoredWorkshop]:
    workshop = lively(where)
    yield workshop
    workshop.close()


def exported(workshop: StoredWorkshop, *, names: bool = True) -> bytes:
    """The file, as bytes."""
    out = io.BytesIO()

    def write(session: Session) -> None:
        row = store.workshop_by_id(session, workshop.id)
        assert row
        export.export_log(session, row, out, MADE_AT, "1.0", names=names)

    workshop.database.read(write)
    return out.getvalue()


def bring(file: bytes, database: Database, owner_id: str | None = None) -> export.Brought:
    log = export.read_log(io.BytesIO(file))
    return database.call(export.import_log, log, owner_id, MADE_AT)


def test_out_and_in_again_is_the_same_workshop(workshop: StoredWorkshop, tmp_path: Path) -> None:
    there = open_database(tmp_path / "there.db")
    owner = there.call(store.create_account, login="bea", name="Bea", password_hash="-", now=1)
    brought = bring(exported(workshop), there, owner.id)
    assert brought == (workshop.id, workshop.code)
    assert held(there, workshop.id) == held(workshop.database, workshop.id)
    before = workshop.database.read(store.workshop_by_id, workshop.id)
    after = there.read(store.workshop_by_id, workshop.id)
    assert before
    assert after
    assert (after.code, after.title, after.owner_id) == (before.code, before.title, owner.id)
    assert (after.created_at, after.last_at, after.ended_at) == (
        before.created_at,
        before.last_at,
        before.ended_at,
    )
    assert after.epoch[:8] != before.epoch[:8]
    there.close()


def test_from_one_database_to_the_other(workshop: StoredWorkshop, postgres: Postgres, tmp_path: Path) -> None:
    file = exported(workshop)
    with postgres.database() as url:
        there = open_database(url)
        bring(file, there)
        assert held(there, workshop.id) == held(workshop.database, workshop.id)
        there.close()


def test_it_goes_on_where_it_was(workshop: StoredWorkshop, tmp_path: Path) -> None:
    """What was answered before is answered again; what is new is appended to the same chain."""
    file = exported(workshop)
    workshop.where = tmp_path / "there.db"
    workshop.close()
    workshop.database = open_database(workshop.where)
    bring(file, workshop.database)
    workshop.restart()
    ballot = next(row for row in workshop.log() if row[3] == "ballot_cast" and row[7] is not None)
    vote = json.loads(ballot[7])
    again = workshop.do(CastBallot(run="weigh.1", item=vote["item"], dots=vote["dots"]), ballot[5], ballot[6])
    assert (again.repeated, again.first) == (True, ballot[1])
    workshop.must(AddItem(run="ideas.1", column="idea", title="Since then"), person(1))
    assert workshop.database.read(store.verify, workshop.id).ok


def test_without_names_there_is_nothing_by_which_to_guess_one(
    workshop: StoredWorkshop, tmp_path: Path
) -> None:
    assert NAME.encode() in exported(workshop)
    file = exported(workshop, names=False)
    assert NAME.encode() not in file
    naming = {row[6] for row in workshop.log() if row[3] == "named"}
    lines = [json.loads(line) for line in file.splitlines()]
    hashes = {line["op_id"]: line["content_hash"] for line in lines if line.get("line") == "operation"}
    accepted = {line["op_id"] for line in lines if line.get("first_seq")}
    assert naming
    assert not any(hashes[op_id] for op_id in hashes.keys() - (accepted - naming))
    assert sum(value is not None for value in hashes.values()) > 10
    there = open_database(tmp_path / "there.db")
    bring(file, there)
    assert there.read(store.names_of_workshop, workshop.id) == {}
    there.close()


def test_what_was_erased_is_in_no_file(workshop: StoredWorkshop) -> None:
    assert ERASED.encode() not in exported(workshop)


def test_a_workshop_that_is_there_is_left_alone(workshop: StoredWorkshop) -> None:
    file, log = exported(workshop), workshop.log()
    with pytest.raises(ExportError, match="in this installation already"):
        bring(file, workshop.database)
    assert workshop.log() == log


def test_a_code_that_is_taken_is_changed_in_the_log_itself(workshop: StoredWorkshop, tmp_path: Path) -> None:
    there = StoredWorkshop(tmp_path / "there.db", short())
    there.execute("UPDATE workshop SET code = ?", workshop.code)
    brought = bring(exported(workshop), there.database)
    assert brought.code != workshop.code
    room = there.rooms.by_id(workshop.id)
    assert room
    assert room.code == brought.code
    assert held(there.database, workshop.id)["views"]["screen"]["workshop"]["code"] == brought.code
    assert held(there.database, workshop.id)["head"].events == workshop.room.state.seq + 1
    assert there.database.read(store.verify_operations, workshop.id) is None
    there.database.call(store.rebuild_index)
    found = there.database.read(store.workshop_by_id, workshop.id)
    assert found
    assert found.code == brought.code
    there.close()


# ---- files that are no good

Spoil = Callable[[list[bytes]], Any]


def changed(number: int, old: str, new: str) -> Spoil:
    def spoil(lines: list[bytes]) -> None:
        assert old.encode() in lines[number - 1]
        lines[number - 1] = lines[number - 1].replace(old.encode(), new.encode(), 1)

    return spoil


def without(number: int) -> Spoil:
    return lambda lines: lines.pop(number - 1)


def cut(lines: list[bytes]) -> None:
    lines[30:] = [lines[30][:40]]


def twice(lines: list[bytes]) -> None:
    lines.insert(-1, lines[-2])


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda lines: lines.clear(), "The file is empty."),
        (lambda lines: lines.insert(0, b"%PDF-1.7\n"), "It is no log of a workshop"),
        (lambda lines: lines.insert(0, b"\xff\xfe\n"), "It is no log of a workshop"),
        (lambda lines: lines.insert(0, b"[1]\n"), "It is no log of a workshop"),
        (changed(1, '"format":2', '"format":3'), "It was made by a newer version of this program (1.0)."),
        (changed(1, '"rules":1', '"rules":2'), "It was made by a newer version of this program (1.0)."),
        (changed(1, '"workshop":"', '"workshop":"../'), "Line 1 of the file: it is not the header"),
        (changed(1, '"title"', '"titel"'), "Line 1 of the file: it is not the header"),
        (changed(1, "Valle", "Volle"), "the lines before it are not those that were exported"),
        (
            changed(18, "Few roads", "Few raods"),
            "Line 18 of the file: the content at position 17 of the record was changed.",
        ),
        (
            changed(10, '"seq":9,"at":1', '"seq":9,"at":2'),
            "Line 10 of the file: the chain breaks at position 9 of the record.",
        ),
        (changed(10, '"version":1', '"version":2'), "Line 10 of the file: an event “described” of version 2"),
        (changed(10, '"described"', '"painted"'), "Line 10 of the file: an event “painted” of version 1"),
        (changed(10, '"salt":"', '"salt":"x'), "Line 10 of the file: the salt is not one."),
        (
            changed(10, '"op_id":"', '"op_id":"x'),
            "Line 10 of the file: the chain breaks at position 9 of the record.",
        ),
        (changed(10, "{", "["), "Line 10 of the file: it is not what an exported log holds."),
        (without(10), "Line 10 of the file: position 9 of the record is missing."),
        (without(-1), "the lines before it are not those"),
        (cut, "Line 31 of the file: the file ends here, before its end."),
        (lambda lines: lines.pop(), "the file ends here, before its end."),
        (lambda lines: lines.append(b"\n"), "something follows the end."),
        (twice, "an operation was answered twice."),
        (
            lambda lines: lines.insert(12, b"{" + b" " * export.LONGEST_LINE + b"}\n"),
            "Line 13 of the file: it is too long.",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_line(path: Path, tmp_path: Path, spoil: Spoil, said: str) -> None:
    workshop = lively(path)
    lines = exported(workshop).splitlines(keepends=True)
    workshop.close()
    spoil(lines)
    there = open_database(tmp_path / "there.db")
    with pytest.raises(ExportError) as problem:
        bring(b"".join(lines), there)
    assert said in str(problem.value)
    assert str(problem.value).endswith(".")
    assert there.call(store.rebuild_index) == []
    there.close()


HELD = "Line 2 of the file: what stands at position 1 of the record is not what a workshop can hold: "


def payload(of: str, **fields: Any) -> Callable[[list[Any]], None]:
    def alter(lines: list[Any]) -> None:
        next(line for line in lines if line.get("kind") == of and line["salt"])["payload"].update(fields)

    return alter


def everywhere(name: str, change: Callable[[Any], Any]) -> Callable[[list[Any]], None]:
    def alter(lines: list[Any]) -> None:
        for line in lines:
            if line.get("line") in ("event", "operation") and name in line:
                line[name] = change(line[name])

    return alter


def answer(outcome: Any, first: int | None = None, last: int | None = None, actor: str = "p:nobody") -> Any:
    row = {"line": "operation", "actor": actor, "op_id": "x" * 20, "outcome": outcome}
    return lambda lines: lines.insert(-1, {**row, "content_hash": None, "first_seq": first, "last_seq": last})


@pytest.mark.parametrize(
    ("alter", "said"),
    [
        (payload("workshop_created", code="../../x"), f"{HELD}the field “code” is out of bounds."),
        (payload("workshop_created", code=""), "the field “code” is out of bounds."),
        (payload("item_added", title="x" * 1_000_000), "the field “title” is out of bounds."),
        (payload("joined", person="p:" + "z" * 100_000), "the field “person” is out of bounds."),
        (payload("joined", more=1), "it holds more than such an event."),
        (payload("stage_opened", kind="door_set", open=True), "it is of another kind."),
        (everywhere("at", lambda at: at + 2**63), f"{HELD}the time (years 1970 to 2099) is out of bounds."),
        (everywhere("at", lambda at: at + 10**17), f"{HELD}the time (years 1970 to 2099) is out of bounds."),
        (everywhere("at", lambda at: at - 10**17), "Line 2 of the file: "),
        (everywhere("op_id", lambda op_id: f"a\0{op_id}"), "the operation id is out of bounds."),
        (everywhere("actor", lambda actor: actor + "z" * 100), "the actor is out of bounds."),
        (answer({"ok": True}, 0, 0), "an operation of somebody who is not in the record was answered"),
        (answer({"ok": True}), "an operation was answered with no position."),
        (answer({"ok": False, "refusal": {"code": "nonsense"}}), "the answer to an operation is not one."),
        (answer({"ok": False, "refusal": {"code": "outdated"}}, 99, 2**70), "Line 79 of the file: "),
        (lambda lines: lines[0].update(title="Another"), "code and title in the first line are others"),
    ],
)  # fmt: skip
def test_what_is_out_of_bounds_is_said_with_its_line(
    path: Path, alter: Callable[[list[Any]], None], said: str
) -> None:
    """All digests were computed again: they prove nothing here."""
    workshop = lively(path)
    lines = lines_of(exported(workshop))
    workshop.close()
    alter(lines)
    with pytest.raises(ExportError) as problem:
        export.read_log(io.BytesIO(sealed_again(lines)))
    assert said in str(problem.value)
    assert str(problem.value).startswith("Line ")
    assert str(problem.value).endswith(".")


# ---- the commands


@pytest.fixture
def here(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[StoredWorkshop]:
    """A workshop in the data folder of every command."""
    monkeypatch.setenv("EDP_DATA", str(tmp_path / "data"))
    workshop = lively(Path(from_environment().database_url.removeprefix("sqlite:///")))
    yield workshop
    workshop.close()


def test_the_commands(here: StoredWorkshop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "it.jsonl"
    code, seq = here.code, here.room.state.seq
    said = run("export", code, "--to", "log", file)
    assert said.exit_code == 0, said.output
    assert f"“Valle de prueba” ({code}), {seq} entries." in said.output
    assert file.stat().st_mode & 0o777 == 0o600
    assert "already" in run("export", code, "--to", "log", file).output
    assert run("export", code, "--to", "log", "--force", "--no-names", file).exit_code == 0
    assert NAME.encode() not in file.read_bytes()
    assert run("export", code, "--force", file).exit_code == 0
    assert NAME.encode() in file.read_bytes()
    refused = run("import", file)
    assert refused.exit_code == 1
    assert "is in this installation already" in refused.output
    whole = run("verify", file)
    assert whole.exit_code == 0, whole.output
    assert here.room.state.digest in whole.output
    monkeypatch.setenv("EDP_DATA", str(tmp_path / "other"))
    missing = run("import", file, "--owner", "nobody")
    assert missing.exit_code == 1
    assert "There is no database in" in missing.output
    assert not (tmp_path / "other").exists()
    brought = run("import", file)
    assert brought.exit_code == 0, brought.output
    database = tmp_path / "other" / "edp.sqlite3"
    assert f"A new database was made: {database}\n" in brought.output
    assert f"is in {database} now, with {seq} entries. Its code is {code}.\n" in brought.output
    assert f"  edp create-admin --login LOGIN\n  edp access {code} --add LOGIN\n" in brought.output
    assert run("verify").exit_code == 0
    file.write_bytes(file.read_bytes().replace(b"Few roads", b"Few raods"))
    for words in (("verify", file), ("import", file)):
        broken = run(*words)
        assert broken.exit_code == 1
        assert f"{file} is damaged, or was changed after it was exported." in broken.output
        assert "(Line 18 of the file: the content at position 17 of the record was changed)" in broken.output
        assert ("Nothing was imported." in broken.output) == (words[0] == "import")
        assert "export it again" in broken.output


def test_what_import_says_is_what_is_left_to_do(
    here: StoredWorkshop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there are accounts, none has to be made."""
    file = tmp_path / "it.jsonl"
    run("export", here.code, file)
    monkeypatch.setenv("EDP_DATA", str(tmp_path / "other"))
    made = ("create-admin", "--login", "eva", "--name", "Eva", "--password-stdin")
    assert run(*made, given="correct horse battery\n").exit_code == 0
    missing = run("import", file, "--owner", "nobody")
    assert missing.exit_code == 1
    assert "There is no account “nobody”. Make it with: edp create-admin" in missing.output
    brought = run("import", file)
    assert brought.exit_code == 0, brought.output
    assert "create-admin" not in brought.output
    assert f"  edp access {here.code} --add LOGIN\n" in brought.output
    assert run("access", here.code, "--add", "eva").exit_code == 0


def test_without_a_name_the_file_is_named_after_the_workshop(
    here: StoredWorkshop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert run("export", here.code).exit_code == 0
    assert run("export", here.code, "there/").exit_code == 0
    assert len(list(tmp_path.glob(f"here/workshop-{here.code}-*.jsonl"))) == 1
    assert len(list(tmp_path.glob(f"here/there/workshop-{here.code}-*.jsonl"))) == 1
    shown = " ".join(run("export", "--help").output.split())
    assert "workshop-CODE-TIME.jsonl in the folder that you are in" in shown
    ignored = (Path(__file__).resolve().parents[2] / ".gitignore").read_text().splitlines()
    assert "workshop-*.jsonl" in ignored


def test_a_backup_is_not_imported(here: StoredWorkshop, tmp_path: Path) -> None:
    run("backup", tmp_path / "it.edp-backup")
    said = run("import", tmp_path / "it.edp-backup")
    assert said.exit_code == 1
    assert "looks like a backup of a whole installation" in said.output
    assert "Nothing was imported." in said.output
    assert f"edp restore {tmp_path / 'it.edp-backup'}\n" in said.output
    (tmp_path / "it.txt").write_text("a letter")
    said = run("import", tmp_path / "it.txt")
    assert said.exit_code == 1
    assert said.output.endswith("It is no log of a workshop, exported by edp export. Nothing was imported.\n")
    assert here.log()


def test_a_code_that_is_taken_is_said(
    here: StoredWorkshop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "it.jsonl"
    run("export", here.code, "--to", "log", file)
    monkeypatch.setenv("EDP_DATA", str(tmp_path / "other"))
    (tmp_path / "other").mkdir()
    other = StoredWorkshop(tmp_path / "other" / "edp.sqlite3", short())
    other.execute("UPDATE workshop SET code = ?", here.code)
    other.must(OpenStage(stage="swot"))
    brought = run("import", file, "--owner", "ana")
    assert brought.exit_code == 0, brought.output
    assert f"The code that it had, {here.code}, is another workshop's here." in brought.output
    other.close()
