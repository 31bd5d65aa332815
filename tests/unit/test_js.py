"""The browser's own logic, tested where it runs: node's test runner over tests/unit/js."""

import json
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest

from edp_app.core.patch import diff

FOLDER = Path(__file__).parent / "js"


@pytest.mark.parametrize("file", sorted(path.name for path in FOLDER.glob("*.test.js")))
def test_javascript(file: str) -> None:
    done = subprocess.run(
        ["node", "--test", "--test-reporter=spec", str(FOLDER / file)],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_browser_follows_the_servers_patches() -> None:
    views: list[dict[str, object]] = [
        {"agenda": [{"id": "swot", "status": "waiting"}], "results": {}},
        {
            "agenda": [{"id": "swot", "status": "open"}],
            "results": {},
            "now": {"run": "swot.1", "count": {"s": 0}},
        },
        {
            "agenda": [{"id": "swot", "status": "open"}],
            "results": {},
            "now": {"run": "swot.1", "count": {"s": 2}},
        },
        {
            "agenda": [],
            "results": {"w.1": {"result": {"few": True}}},
            "now": {"run": "w.1", "status": "closed"},
        },
        {"agenda": [], "results": {}},
    ]
    patches = [diff(old, new) for old, new in pairwise(views)]
    done = subprocess.run(
        ["node", str(FOLDER / "merge_all.js")],
        input=json.dumps({"start": views[0], "patches": patches}),
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert [json.loads(line) for line in done.stdout.splitlines()] == views[1:]
