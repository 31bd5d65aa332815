"""The rules of the house that no linter knows."""

import importlib.util
import json
import re
import shutil
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest

from edp_app import __version__

ROOT = Path(__file__).resolve().parents[2]

CHANGELOG = ROOT / "CHANGELOG.md"

# A file beyond this length is asking to be two. Who knows a reason why one should not, writes it here.
LONGEST = 400
LONG_FOR_A_REASON: dict[str, str] = {
    "docs/protocol.md": "generated from the protocol's one module",
    "edp_app/core/commands.py": "one list: everything that may be asked, and by whom",
    "edp_app/core/events.py": "one list: everything that can have happened",
    "tests/unit/test_rooms.py": "one object, the room, under every kind of failure; its fixtures are its own",
    "tests/unit/test_formats.py": "a table: each mistake a format file can have, beside its sentence",
    "tests/browser/test_console.py": "one page in a real browser, from opening it to its end",
    "tests/browser/test_phone.py": "one page in a real browser, from the QR code to the end",
    "edp": "one script, so that a bare system needs nothing else to begin; its parts are headed",
}
TEXT = (".py", ".js", ".mjs", ".css", ".html", ".md", ".toml", ".txt", ".json", ".cfg", ".svg", ".po")
CODE = (".py", ".js", ".mjs", ".css", ".html", ".md")


@cache
def tracked() -> tuple[Path, ...]:
    """What is in the repository, or would be after the next commit; outside of one we look at nothing."""
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        pytest.skip("no repository here")
    git = ("git", "-C", ROOT, "-c", f"safe.directory={ROOT}")
    listing = subprocess.run(
        [*git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True,
        text=True,
        check=True,
    )
    paths = {ROOT / name for name in listing.stdout.split("\0") if name}
    return tuple(sorted(path for path in paths if path.is_file()))


def texts(endings: tuple[str, ...]) -> dict[str, str]:
    """Path from the root -> content, for the files with these endings and the scripts without one."""
    return {
        str(path.relative_to(ROOT)): path.read_text("utf-8")
        for path in tracked()
        if path.suffix in endings or path.name in ("edp", "run", ".npmrc", ".gitignore")
    }


def pinned(lock: str) -> dict[str, str]:
    """Package -> version, of a lock of Python packages."""
    lines = (ROOT / "requirements" / lock).read_text().splitlines()
    return dict(re.match(r"([\w.-]+)==(\S+)", line).groups() for line in lines if re.match(r"\w", line))


def test_the_files_everybody_looks_for_are_there():
    for name in ("README.md", "CHANGELOG.md", "LICENSE", "docs/map.md"):
        assert (ROOT / name).read_text("utf-8").strip(), name


def test_the_changelog_knows_this_version():
    text = CHANGELOG.read_text("utf-8")
    assert re.search(rf"^## .*({re.escape(__version__)}|Unreleased)", text, re.MULTILINE)


def links_of(page: Path) -> list[Path]:
    """Files and folders that a page of the documentation links to."""
    text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
    targets = re.findall(r"\]\(([^)\s#]+)(?:#[^)\s]*)?\)", text)
    return [(page.parent / target).resolve() for target in targets if not re.match(r"[a-z]+:", target)]


def documentation() -> list[Path]:
    """The pages for readers: those of docs/ and those at the root."""
    return [p for p in tracked() if p.suffix == ".md" and (p.parent == ROOT or ROOT / "docs" in p.parents)]


def test_no_link_leads_nowhere():
    broken = [
        f"{page.relative_to(ROOT)} -> {target}"
        for page in documentation()
        for target in links_of(page)
        if not target.exists()
    ]
    assert broken == []


def test_every_page_can_be_reached_from_the_readme_or_the_map():
    reached: set[Path] = set()
    waiting = [ROOT / "README.md", ROOT / "docs/map.md"]
    while waiting:
        page = waiting.pop()
        if page in reached:
            continue
        reached.add(page)
        if page.is_dir():
            waiting += page.glob("*.md")
        elif page.suffix == ".md" and page.exists():
            waiting += links_of(page)
    lost = [str(page.relative_to(ROOT)) for page in documentation() if page not in reached | {CHANGELOG}]
    assert lost == []


def test_decisions_are_numbered_one_after_the_other():
    numbers = [int(path.name[:4]) for path in sorted((ROOT / "docs/decisions").glob("[0-9]*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))


def test_no_host_of_a_registry_and_no_path_of_somebodys_machine():
    hosts = ["pypi.org", "pythonhosted.org", "npmjs.org", "npmjs.com"]
    homes = r"(?<![\w.])/(?:root|home/\w+|Users/\w+|work)/"
    pattern = re.compile("|".join([*map(re.escape, hosts), homes]))
    found = [
        f"{name}: {match.group()}"
        for name, text in texts(TEXT).items()
        if name != "tests/unit/test_house.py"
        for match in pattern.finditer(text)
    ]
    assert found == []


def test_nothing_is_left_to_do_in_a_comment():
    marks = re.compile(r"\b(?:" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X")) + r")\b")
    assert [name for name, text in texts(CODE).items() if marks.search(text)] == []


def test_long_files_have_a_reason():
    long = {name for name, text in texts(CODE).items() if text.count("\n") > LONGEST}
    assert long - set(LONG_FOR_A_REASON) == set(), "split it, or give the reason in LONG_FOR_A_REASON"
    assert set(LONG_FOR_A_REASON) - long == set(), "short by now: take it off the list"


def test_gevent_websocket_is_not_installed():
    # python-engineio chooses it without a word where it finds it, at six times the cost per delivery.
    assert importlib.util.find_spec("geventwebsocket") is None
    for lock in ("run.txt", "test.txt"):
        assert "gevent-websocket" not in pinned(lock)


def test_nothing_is_monkey_patched():
    patching = re.compile(r"monkey\.patch|from gevent import monkey|gevent\.monkey")
    ours = {name: text for name, text in texts((".py",)).items() if name.startswith("edp_app/")}
    assert [name for name, text in ours.items() if patching.search(text)] == []


@pytest.mark.parametrize("lock", ["run.txt", "test.txt", "node.txt"])
def test_every_locked_package_has_a_version_and_hashes(lock):
    text = (ROOT / "requirements" / lock).read_text()
    entries = re.split(r"\n(?=\w)", text.strip())
    assert entries
    for entry in entries:
        first = entry.splitlines()[0]
        assert re.match(r"[\w.-]+==[\w.!+]+ (?:; .* )?\\$", first), first
        assert re.findall(r"--hash=sha256:[0-9a-f]{64}", entry), first


def test_what_tests_install_contains_what_users_install():
    run, test = pinned("run.txt"), pinned("test.txt")
    assert run.items() <= test.items()


def test_the_locks_know_every_dependency():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    asked = {
        "run.txt": project["project"]["dependencies"],
        "test.txt": project["dependency-groups"]["test"],
    }
    for lock, requirements in asked.items():
        names = {re.match(r"[\w.-]+", requirement).group() for requirement in requirements}
        assert names <= set(pinned(lock)), lock


def test_the_npm_lock_names_hashes_and_no_addresses():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    for name, package in packages.items():
        if name:
            assert package.get("integrity", "").startswith("sha512-"), name
            assert "resolved" not in package, name


def test_scripts_can_be_started():
    for name in ("edp", ".ci/run"):
        assert (ROOT / name).stat().st_mode & 0o111, name
