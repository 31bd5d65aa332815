"""Protections taken out on purpose, one at a time: the table of them, and the copy of the repository in which
that is done. A protection that can be taken out while all tests stay green is none that is kept.

``protections.toml`` says of each where it stands and which tests must go red without it.
"""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tomllib
from collections.abc import Collection, Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
TABLE = Path(__file__).with_name("protections.toml")

SECONDS = 180
"""How long the tests of one protection may take before they are given up."""

NOTICED = frozenset({"AssertionError", "Failed"})
"""How a test goes red that looked and found something else: its own assertion, or an exception that was to be
raised and was not."""

JAVASCRIPT = "tests/unit/test_js.py::"


class Change(NamedTuple):
    """A fragment of a file, and what stands there without the protection."""

    file: str
    was: str
    becomes: str


class Protection(NamedTuple):
    """One line of the table. ``red``: other kinds of errors by which its tests may go red."""

    name: str
    changes: list[Change]
    tests: list[str]
    red: list[str]
    quick: bool


class Seen(NamedTuple):
    """What became of one test in one of its phases, or of collecting a file of them."""

    test: str
    when: str
    outcome: str
    kind: str
    said: str

    def sort_of_error(self) -> str:
        """The kind of the error; of a test that ran in node, that of the error there."""
        if not self.test.startswith(JAVASCRIPT):
            return self.kind
        return "AssertionError" if "ERR_ASSERTION" in self.said else "error in node"


class Verdict(NamedTuple):
    """Whether somebody noticed, and in words what happened."""

    noticed: bool
    words: str


def read_table(path: Path = TABLE) -> list[Protection]:
    """All protections, in the order of the file."""
    rows = tomllib.loads(path.read_text())["protection"]
    return [
        Protection(
            row["name"],
            [Change(**change) for change in row["change"]],
            row["tests"],
            row.get("red", []),
            row.get("quick", False),
        )
        for row in rows
    ]


def judged(seen: Collection[Seen], red: Iterable[str] = ()) -> Verdict:
    """What to make of a run without the protection. Only a test that ran to its own assertion counts: one
    that could not be collected or set up says nothing."""
    failed = [one for one in seen if one.outcome == "failed" and one.when == "call"]
    in_red = {one.test for one in failed}  # whatever they leave behind then
    unready = [one for one in seen if one.outcome == "failed" and one.test not in in_red]
    if unready:
        return Verdict(False, f"broken: {unready[0].kind} in {unready[0].test} ({unready[0].when})")
    if not failed:
        ran = sum(one.outcome == "passed" for one in seen)
        return Verdict(False, f"nobody noticed, {ran} passed" if ran else "nothing ran")
    strange = [one for one in failed if one.sort_of_error() not in NOTICED | set(red)]
    if strange:
        return Verdict(False, f"broken: {strange[0].sort_of_error()} in {strange[0].test}")
    return Verdict(True, failed[0].test)


class Copy:
    """A copy of the repository, as it would be after the next commit, with what set-up has made."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "copy"
        self._temporary = folder / "temporary"
        self._numbers = count(1)
        self._sound: set[tuple[str, ...]] = set()
        for name in _names():
            if (ROOT / name).is_file():
                _copy(ROOT / name, self.root / name)
        shutil.copytree(ROOT / "static" / "dist", self.root / "static" / "dist")
        for messages in (ROOT / "edp_app").rglob("*.mo"):
            _copy(messages, self.root / messages.relative_to(ROOT))
        for name in (".venv", "node_modules"):
            (self.root / name).symlink_to(ROOT / name)

    @contextlib.contextmanager
    def without(self, protection: Protection) -> Iterator[None]:
        """Take a protection out for the length of the block."""
        before = {change.file: (self.root / change.file).read_text() for change in protection.changes}
        texts = dict(before)
        for file, was, becomes in protection.changes:
            assert texts[file].count(was) == 1, f"{file} does not hold this once: {was}"
            texts[file] = texts[file].replace(was, becomes)
        try:
            self._write(texts)
            yield
        finally:
            self._write(before)

    def _write(self, texts: dict[str, str]) -> None:
        for file, text in texts.items():
            path = self.root / file
            path.write_text(text)
            # Python takes what it has compiled for good while second and size are the same.
            seconds = path.stat().st_mtime + next(self._numbers)
            os.utime(path, (seconds, seconds))

    def must_pass(self, tests: Iterable[str]) -> None:
        """Run these tests as they are; they have to pass. Once for each selection."""
        selection = tuple(tests)
        if selection not in self._sound:
            seen = self.run(selection)
            bad = [one for one in seen if one.outcome != "passed"]
            assert seen, f"nothing ran: {selection}"
            assert not bad, f"red with all protections in place: {bad}"
            self._sound.add(selection)

    def run(self, tests: Iterable[str]) -> list[Seen]:
        """Run these tests in the copy, up to the first that fails; one without an end is “hung”."""
        witness = self._temporary.with_name(f"witness-{next(self._numbers)}")
        witness.touch()
        command = [
            *("nice", "-n", "10", sys.executable, "-m", "pytest", "-q", "-x", "--tb=no"),
            *("-p", "no:cacheprovider", "-p", "tests.support.fault_witness", f"--witness={witness}"),
            *(f"--basetemp={self._temporary}", *tests),
        ]
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("EDP_", "PYTEST_"))
        }
        # Before the way by which the environment finds the repository itself.
        environment["PYTHONPATH"] = str(self.root)
        process = subprocess.Popen(
            command,
            cwd=self.root,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            text=True,
        )
        try:
            out, _ = process.communicate(timeout=SECONDS)
        except BaseException as error:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            if not isinstance(error, subprocess.TimeoutExpired):
                raise
            return [Seen(" ".join(tests), "call", "failed", "hung", "")]
        seen = [Seen(*json.loads(line)) for line in witness.read_text().splitlines()]
        assert process.returncode in (0, 1, 2, 4), f"pytest ended with {process.returncode}:\n{out}"
        assert seen, f"pytest ran nothing:\n{out}"
        return seen

    def verdict(self, protection: Protection) -> Verdict:
        """Take the protection out and see whether somebody notices."""
        with self.without(protection):
            return judged(self.run(protection.tests), protection.red)


def _names() -> list[str]:
    git = ("git", "-C", str(ROOT), "-c", f"safe.directory={ROOT}")
    listing = subprocess.run(
        [*git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True,
        text=True,
        check=True,
    )
    return [name for name in listing.stdout.split("\0") if name]


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source, target)
