"""``edp serve --lan --wifi``: where the password comes from, and what is said where it is missing."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from edp_app import server
from edp_app.cli import edp
from edp_app.config import Settings

PASSWORD = "a; password"


@pytest.fixture(autouse=True)
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Settings]:
    """The settings with which a server would have been started; none is."""
    for name in list(os.environ):
        if name.startswith("EDP_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("EDP_DATA", str(tmp_path))
    found: list[Settings] = []
    monkeypatch.setattr(server, "serve", found.append)
    return found


def serve(*arguments: str) -> Result:
    return CliRunner().invoke(edp, ["serve", *arguments])


def test_the_password_is_in_a_file_or_in_the_environment(
    served: list[Settings], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "wifi"
    file.write_text(f"{PASSWORD}\n", encoding="utf-8")
    assert serve("--lan", "--wifi", "Sala", "--wifi-password-file", str(file)).exit_code == 0
    monkeypatch.setenv("EDP_WIFI_PASSWORD", PASSWORD)
    assert serve("--lan", "--wifi", "Sala", "--wifi-on-screen").exit_code == 0
    monkeypatch.setenv("EDP_WIFI_NAME", "Sala")
    assert serve("--lan").exit_code == 0
    assert [(one.wifi_name, one.wifi_password) for one in served] == [("Sala", PASSWORD)] * 3
    assert [one.wifi_on_screen for one in served] == [False, True, False]
    monkeypatch.setenv("EDP_WIFI_PASSWORD", "")
    assert serve("--lan", "--wifi", "Sala").exit_code == 0
    assert served[-1].wifi_password == "", "an open network"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--wifi", "Sala"), "add --lan"),
        (("--wifi-on-screen",), "add --lan"),
        (("--lan", "--wifi", "Sala"), "The password of the Wi-Fi is missing"),
        (("--lan", "--wifi-password-file", "-"), "add --wifi NAME"),
    ],
)
def test_what_is_missing_is_said(served: list[Settings], arguments: tuple[str, ...], said: str) -> None:
    result = serve(*arguments)
    assert result.exit_code == 1
    assert said in result.output
    assert served == []


def test_no_option_takes_the_password_itself() -> None:
    """What stands on a command line can be read by everybody on the machine."""
    options = {option for one in edp.commands["serve"].params for option in one.opts}
    assert {option for option in options if "password" in option} == {"--wifi-password-file"}
