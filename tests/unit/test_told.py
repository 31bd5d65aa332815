"""What tests tell reaches the end of the output, whichever process they ran in."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

TELLING = """
import pytest
from tests.support.told import tell

@pytest.mark.parametrize("n", range(4))
def test_telling(n):
    tell(f"number {n} was here")
    assert n != 3
"""


@pytest.mark.parametrize("processes", [0, 2])
def test_what_is_told_stands_at_the_end(tmp_path, processes):
    (tmp_path / "test_telling.py").write_text(TELLING)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    options = ["-p", "tests.support.told", "-p", "no:cacheprovider", "-n", str(processes)]
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", *options, tmp_path],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    end = ran.stdout[ran.stdout.index("told by tests") :].splitlines()
    assert end[1:5] == [f"number {n} was here" for n in range(4)]
    assert "1 failed, 3 passed" in ran.stdout
