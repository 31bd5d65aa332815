"""docs/ux.md: forty points, each shown or said to be missing, and every test that it names is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/ux.md").read_text(encoding="utf-8")
POINTS = dict(re.findall(r"^(\d+)\. (.*?)(?=^\d+\. |^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))


def test_there_are_forty() -> None:
    assert [int(n) for n in POINTS] == list(range(1, 41))


@pytest.mark.parametrize("n", POINTS)
def test_each_is_shown_or_said_to_be_missing(n: str) -> None:
    assert "::" in POINTS[n] or re.search("not there", POINTS[n], re.IGNORECASE), POINTS[n]


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_what_is_named_exists(file: str, name: str) -> None:
    source = (ROOT / file).read_text(encoding="utf-8")
    assert re.search(rf"^\s*(?:async )?def {name}\(", source, re.MULTILINE), f"{file} has no {name}"


def test_nothing_vibrates() -> None:
    scripts = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "static/js").rglob("*.js")}
    assert [name for name, text in scripts.items() if "vibrate" in text] == []
