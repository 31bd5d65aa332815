"""Logs of each version of the stored form, folded with the present rules: they give what they gave then.

``golden/v2.jsonl`` holds a log as it is stored, row by row, with salts and digests; ``golden/v2.views.json``
what everybody is shown of it. Both are made by ``python -m tests.support.golden``.

When it may be made again: only as long as no release has stored logs in that form. Then a difference found
here means that a view was changed on purpose; look at the difference in version control, and commit it with
the change. **Once a version was released, its log is never touched again**: workshops that were held with it
must stay what they were. A change of what is stored needs a new version of the kind of event, an upcaster in
``edp_app/core/canonical.py``, and a new golden log beside the old one (raise ``VERSION`` in
``tests/support/golden.py``); its views may be written anew where pages show more than before, never where a
figure would be another one.
"""

import json
from pathlib import Path
from typing import get_args

import pytest

from edp_app.core import canonical
from edp_app.core.erasing import is_left
from edp_app.core.events import AnyEvent, Erased, Recorded
from edp_app.core.state import State
from edp_app.core.workshop import fold
from tests.support.golden import FOLDER, VERSION, Json, rows, seen

LOGS = sorted(FOLDER.glob("v*.jsonl"))


def lines(log: Path) -> list[Json]:
    """The rows of a golden log."""
    return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]


def folded(stored: list[Json]) -> State:
    """The state that these rows give."""
    return fold(recorded(row) for row in stored)


def recorded(row: Json) -> Recorded:
    payload = None if row["payload"] is None else row["payload"].encode()
    event = canonical.decode(row["kind"], row["version"], payload)
    return Recorded(row["seq"], row["at"], row["actor"], event, row["digest"])


@pytest.mark.parametrize("log", LOGS, ids=lambda log: log.stem)
class TestGolden:
    def test_everybody_sees_what_was_seen_then(self, log: Path) -> None:
        expected = json.loads(log.with_suffix(".views.json").read_text(encoding="utf-8"))
        shown = seen(folded(lines(log)))
        for name in expected:
            assert shown[name] == expected[name], name
        assert shown.keys() == expected.keys()

    def test_the_chain_checks(self, log: Path) -> None:
        digest = canonical.FIRST
        for row in lines(log):
            if row["salt"] is not None:
                content = canonical.content_digest(bytes.fromhex(row["salt"]), row["payload"].encode())
                assert content == row["content_digest"], row["seq"]
            elif row["payload"] is not None:
                assert is_left(recorded(row).event), row["seq"]
            before = (digest, row["seq"], row["at"], row["actor"])
            after = (row["kind"], row["version"], row["content_digest"])
            if log.stem == "v1":  # when the operation was not in the chain yet
                digest = canonical.first_chain(*before, *after)
            else:
                digest = canonical.chain(*before, row["op_id"], *after)
            assert digest == row["digest"], row["seq"]


def test_every_kind_of_event_is_in_the_latest() -> None:
    stored = lines(FOLDER / f"v{VERSION}.jsonl")
    there = {type(recorded(row).event) for row in stored}
    missing = {kind.__struct_config__.tag for kind in set(get_args(AnyEvent)) - there}
    assert not missing, f"tests/support/golden.py makes no {', '.join(sorted(missing))}"
    whole = {(row["kind"], row["version"]) for row in stored if row["salt"] is not None}
    present = {
        (kind.__struct_config__.tag, kind.version) for kind in get_args(AnyEvent) if kind is not Erased
    }
    assert whole == present, "a kind of event is in it in an older version, or erased only"


def test_the_latest_is_what_the_present_rules_store() -> None:
    """The same commands give the same bytes: if not, what is stored has another form or meaning."""
    assert rows() == lines(FOLDER / f"v{VERSION}.jsonl")
