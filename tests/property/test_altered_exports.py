"""Whatever single thing somebody alters in an exported log, all digests computed again: the file is refused
with a sentence, or it is a workshop like any other, that is stored and shown."""

import copy
import io
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edp_app.checking import check_record
from edp_app.core.workshop import fold
from edp_app.log import export, store
from edp_app.log.database import Database
from tests.support.altering import lines_of, places, sealed_again
from tests.support.carrying import lively, shown
from tests.support.memory import START
from tests.support.workshops import open_database

ODD: list[Any] = [
    *(-1, 0, 1, 3, 2**31, 2**53, 2**53 + 2, 2**63, 2**70, -(2**70), 10**17, 0.5, 1e300, None, True, False),
    *("", " ", "x", "x" * 600, "x" * 5000, "../../x", "000000", "12345", "1234567", "__proto__"),
    *("\x00", "a\u0007b", "a\u202eb", "\ud800", "e" + "\u0301" * 40, "i1", "i999", "swot.1", "weigh.9"),
    *("business", "nowhere", "system", "f:x", "p:x", "f" * 64, "0" * 64, "joined", "erased", "2026-02-31"),
    *([], [[]], [1], ["i1"] * 60, {}, {"a": {}}, {"en": "x"}, {"xx": "x"}, {"ok": True}, {"ok": False}),
]


class There(NamedTuple):
    lines: list[Any]
    database: Database

    def __repr__(self) -> str:
        return "there"


@pytest.fixture(scope="module")
def there() -> Iterator[There]:
    """The lines of a good file, and an empty installation."""
    with tempfile.TemporaryDirectory(prefix="edp-property-") as folder:
        workshop = lively(Path(folder) / "here.db")
        out = io.BytesIO()
        row = workshop.database.read(store.workshop_by_id, workshop.id)
        assert row
        workshop.database.read(export.export_log, row, out, START, "1.0", names=True)
        workshop.close()
        database = open_database(Path(folder) / "there.db")
        yield There(lines_of(out.getvalue()), database)
        database.close()


def outcome(there: There, lines: list[Any]) -> str:
    """The sentence with which these lines are refused, or "" for a workshop that is there and shown."""
    try:
        log = export.read_log(io.BytesIO(sealed_again(lines)))
    except export.ExportError as problem:
        return str(problem)
    brought = there.database.call(export.import_log, log, None, START)
    try:
        checked = there.database.read(check_record, brought.workshop_id)
        assert checked.verdict.ok, checked
        pages = json.dumps(shown(there.database.read(lambda s: fold(store.log_of(s, brought.workshop_id)))))
        sane(json.loads(pages))
    finally:
        there.database.call(store.delete_workshop, brought.workshop_id)
    return ""


def sane(value: Any) -> None:
    """Whether a browser reads the same in it, and can draw it."""
    match value:
        case dict():
            assert "__proto__" not in value
            for key, inner in value.items():
                sane(key)
                sane(inner)
        case list():
            for inner in value:
                sane(inner)
        case str():
            assert len(value) <= 5000
            assert all(char >= " " or char == "\n" for char in value)
        case int():
            assert abs(value) <= 2**53


def test_what_was_not_altered_is_brought_in(there: There) -> None:
    assert outcome(there, there.lines) == ""


@settings(max_examples=150)
@given(data=st.data())
def test_one_value_altered(there: There, data: st.DataObject) -> None:
    lines = copy.deepcopy(there.lines)
    line = data.draw(st.sampled_from(lines[:-1]))
    *way, last = data.draw(st.sampled_from(places(line)))
    inside = line
    for key in way:
        inside = inside[key]
    if data.draw(st.integers(0, 9)):
        inside[last] = data.draw(st.sampled_from(ODD))
    else:
        del inside[last]
    said = outcome(there, lines)
    assert not said or said.endswith(".")


@settings(max_examples=40)
@given(data=st.data())
def test_lines_left_out_moved_and_repeated(there: There, data: st.DataObject) -> None:
    lines = copy.deepcopy(there.lines)
    one, other = (data.draw(st.integers(0, len(lines) - 1)) for _ in range(2))
    match data.draw(st.sampled_from(["out", "moved", "repeated"])):
        case "out":
            del lines[one]
        case "moved":
            lines.insert(other, lines.pop(one))
        case _:
            lines.insert(other, copy.deepcopy(lines[one]))
    said = outcome(there, lines)
    assert not said or said.endswith(".")
