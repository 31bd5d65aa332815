"""The wheel is whole: installed outside the checkout, without the checkout in reach, the command works."""

import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from edp_app import __version__

ROOT = Path(__file__).resolve().parents[2]

SHOW_PATH = "import json, sys; print(json.dumps(sys.path))"

pytestmark = [pytest.mark.wheel, pytest.mark.slow]


def run(*command: str | Path, cwd: Path) -> str:
    """Runs a command with nothing of our environment that could help it; returns what it printed."""
    done = subprocess.run(
        command,
        cwd=cwd,
        env={"PATH": os.environ["PATH"], "HOME": str(cwd), "LANG": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The built wheel; no network and no isolated environment, the back end is the locked one."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-I", "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def names(wheel):
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """An environment with the wheel in it, and our dependencies, but not the checkout, in reach."""
    folder = tmp_path_factory.mktemp("installed") / "venv"
    elsewhere = folder.parent
    run(sys.executable, "-I", "-m", "venv", "--without-pip", folder, cwd=elsewhere)
    python = folder / "bin/python"
    pip = (sys.executable, "-I", "-m", "pip", "--python", python, "install", "--no-deps", "--no-index")
    run(*pip, "--disable-pip-version-check", wheel, cwd=elsewhere)
    (site,) = folder.glob("lib/python*/site-packages")
    # Naming the folder of our dependencies in a .pth file does not read the .pth files in it: the one that
    # leads to the checkout stays out.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder


def test_everything_the_server_reads_is_in_the_wheel(names):
    prefix = "edp_app/static/dist/"
    static = {name.removeprefix(prefix) for name in names if name.startswith(prefix)}
    dist = ROOT / "static/dist"
    assert static == {str(path.relative_to(dist)) for path in dist.rglob("*") if path.is_file()}
    assert "manifest.json" in static
    for folder in ("templates", "workshops", "edp_app/log/migrations"):
        expected = {
            f"edp_app/{path.relative_to(ROOT)}".replace("edp_app/edp_app/", "edp_app/")
            for path in (ROOT / folder).rglob("*")
            if path.is_file() and path.suffix != ".pyc"
        }
        assert expected, f"{folder} is empty"
        assert expected <= names


def test_compiled_messages_are_in_the_wheel_for_each_catalogue(names):
    catalogues = list((ROOT / "edp_app/translations").glob("*/LC_MESSAGES/messages.po"))
    assert catalogues
    assert {str(path.relative_to(ROOT).with_suffix(".mo")) for path in catalogues} <= names


def test_nothing_else_is_in_the_wheel(names):
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"edp_app"}
    wrong = [
        name
        for name in names
        if name.endswith((".po", ".pot", ".pyc", ".mjs"))
        or ("/static/" in name and "/static/dist/" not in name)
        or "node_modules" in name
        or "/tests/" in name
    ]
    assert wrong == []


def test_the_licence_travels_with_it(names):
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)
    assert "edp_app/static/dist/fonts/LICENSE" in names


def test_the_installed_command_runs_from_the_wheel_alone(installed, tmp_path):
    where = run(installed / "bin/python", "-P", "-c", "import edp_app; print(edp_app.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(installed)
    found = json.loads(run(installed / "bin/python", "-P", "-c", SHOW_PATH, cwd=tmp_path))
    assert str(ROOT) not in {entry.rstrip("/") for entry in found}
    assert __version__ in run(installed / "bin/edp", "--version", cwd=tmp_path)


def test_the_installed_wheel_plays_a_whole_workshop(installed, tmp_path):
    account = tmp_path / "account.json"
    pdf = tmp_path / "report.pdf"
    options = ("--participants", "5", "--speed", "max", "--json", account, "--pdf", pdf)
    run(installed / "bin/edp", "rehearse", *options, cwd=tmp_path)
    assert json.loads(account.read_text())["passed"] is True
    assert pdf.read_bytes().startswith(b"%PDF")
