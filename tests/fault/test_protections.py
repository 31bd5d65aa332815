"""Each protection is taken out on purpose, and a test must go red. A few in every run; all of them with
``--long``, which writes down what came of it."""

import re
import time
from collections.abc import Iterator

import pytest

from tests.fault.protections import ROOT, Change, Copy, Protection, Seen, Verdict, judged, read_table
from tests.support.fault_results import write_taken_out

TABLE = read_table()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "taken_out" in metafunc.fixturenames:
        chosen = [one for one in TABLE if one.quick or metafunc.config.getoption("--long")]
        metafunc.parametrize("taken_out", chosen, ids=lambda one: one.name)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    if not (ROOT / ".git").exists():
        pytest.skip("no repository here")
    return Copy(tmp_path_factory.mktemp("without"))


@pytest.fixture(scope="module")
def verdicts(request: pytest.FixtureRequest) -> Iterator[dict[str, Verdict]]:
    """What came of each, written down at the end of a long run."""
    began, found = time.monotonic(), dict[str, Verdict]()
    yield found
    if request.config.getoption("--long"):
        write_taken_out(found, time.monotonic() - began)


def test_every_fragment_is_found_once() -> None:
    texts = {change.file: (ROOT / change.file).read_text() for one in TABLE for change in one.changes}
    lost = [
        f"{one.name}: {texts[change.file].count(change.was)} times in {change.file}"
        for one in TABLE
        for change in one.changes
        if texts[change.file].count(change.was) != 1
    ]
    assert lost == [], "what protects has moved: find it again, and see that a test still goes red without it"
    assert all(change.was != change.becomes for one in TABLE for change in one.changes)


def test_every_test_that_is_named_is_there() -> None:
    lost = []
    for name in {name for one in TABLE for name in one.tests}:
        file, *parts = re.sub(r"\[.*", "", name).split("::")
        path = ROOT / file
        text = path.read_text() if path.is_file() else ""
        words = [rf"^class {part}\b" if part[0] == "T" else rf"\bdef {part}\(" for part in parts]
        lost += [name] * (not text or not all(re.search(word, text, re.MULTILINE) for word in words))
    assert lost == []


def test_names_are_given_once() -> None:
    names = [one.name for one in TABLE]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("seen", "says"),
    [
        ([], "nothing ran"),
        ([Seen("t", "call", "skipped", "Skipped", "")], "nothing ran"),
        ([Seen("t", "call", "passed", "", "")], "nobody noticed, 1 passed"),
        ([Seen("t.py", "collect", "failed", "ImportError", "")], "broken: ImportError in t.py (collect)"),
        ([Seen("t", "setup", "failed", "AssertionError", "")], "broken: AssertionError in t (setup)"),
        ([Seen("t", "call", "failed", "NameError", "")], "broken: NameError in t"),
        (
            [Seen("tests/unit/test_js.py::t", "call", "failed", "AssertionError", "SyntaxError")],
            "broken: error in node in tests/unit/test_js.py::t",
        ),
    ],
)
def test_what_does_not_count_as_noticed(seen: list[Seen], says: str) -> None:
    assert judged(seen, red=["Timeout"]) == Verdict(False, says)


@pytest.mark.parametrize("kind", ["AssertionError", "Failed", "Timeout"])
def test_what_counts_as_noticed(kind: str) -> None:
    seen = [Seen("one", "call", "passed", "", ""), Seen("other", "call", "failed", kind, "")]
    assert judged(seen, red=["Timeout"]) == Verdict(True, "other")


@pytest.mark.parametrize(
    ("instead", "says"), [("# another word\ndef clean(", "nobody noticed, "), ("def (", "broken: ")]
)
def test_the_copy_tells_a_harmless_change_from_a_broken_program(
    copy: Copy, long: bool, instead: str, says: str
) -> None:
    if not long:
        pytest.skip("only in a long run")
    change = Change("edp_app/core/text.py", "def clean(", instead)
    protection = Protection("none", [change], ["tests/unit/test_text.py"], [], False)
    verdict = copy.verdict(protection)
    assert not verdict.noticed
    assert verdict.words.startswith(says)


def test_a_protection_taken_out_is_noticed(
    taken_out: Protection, copy: Copy, verdicts: dict[str, Verdict], long: bool
) -> None:
    copy.must_pass(
        taken_out.tests if long else sorted({name for one in TABLE if one.quick for name in one.tests})
    )
    verdict = copy.verdict(taken_out)
    verdicts[taken_out.name] = verdict
    assert verdict.noticed, f"{taken_out.name}: {verdict.words}"
