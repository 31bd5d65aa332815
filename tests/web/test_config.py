"""Settings, the secret key, addresses for links and QR codes."""

import stat
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from edp_app.config import Settings, SettingsError, from_environment, machine_addresses, resource_dir


@pytest.fixture
def plain(tmp_path: Path) -> Settings:
    """The settings of a first start."""
    return from_environment({"EDP_DATA": str(tmp_path / "data")})


def test_a_first_start_makes_its_folder_and_a_key_nobody_else_can_read(tmp_path: Path) -> None:
    settings = from_environment({"EDP_DATA": str(tmp_path / "data")})
    key = tmp_path / "data" / "secret.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert stat.S_IMODE(key.parent.stat().st_mode) == 0o700
    assert settings.secret_key == key.read_text()
    assert len(settings.secret_key) == 64
    assert settings.secret_key not in repr(settings)
    assert from_environment({"EDP_DATA": str(tmp_path / "data")}).secret_key == settings.secret_key
    assert [path.name for path in key.parent.iterdir()] == ["secret.key"]


def test_servers_that_start_at_once_agree_on_the_key(tmp_path: Path) -> None:
    keys: list[str] = []
    threads = [
        threading.Thread(target=lambda: keys.append(from_environment({"EDP_DATA": str(tmp_path)}).secret_key))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 8
    assert len(set(keys)) == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("EDP_PORT", "http"),
        ("EDP_PORT", "0"),
        ("EDP_PORT", "70000"),
        ("EDP_PROXIES", "-1"),
        ("EDP_LANGUAGE", "fr"),
        ("EDP_LOG_LEVEL", "LOUD"),
        ("EDP_PUBLIC_URL", "edp.example"),
        ("EDP_PUBLIC_URL", "https://edp.example/path"),
        ("EDP_PUBLIC_URL", "ftp://edp.example"),
        ("EDP_REPORT_SECONDS", "1"),
        ("EDP_RETENTION_DAYS", "-1"),
        ("EDP_RETENTION_DAYS", "a year"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        from_environment({"EDP_DATA": str(tmp_path), name: value})


def test_a_key_that_is_too_short_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_text("short")
    with pytest.raises(SettingsError, match="too short"):
        from_environment({"EDP_DATA": str(tmp_path)})


def test_links_name_the_public_address_wherever_one_asks_from(plain: Settings) -> None:
    public = replace(plain, public_url="https://edp.example")
    assert public.base_url("http://127.0.0.1:8000") == "https://edp.example"
    assert public.base_url() == "https://edp.example"
    assert "edp.example" in public.hosts()
    assert "https://edp.example" in public.origins()
    assert public.is_https


def test_without_a_public_address_links_name_the_one_that_was_asked(plain: Settings) -> None:
    assert plain.base_url("http://localhost:8000") == "http://localhost:8000"
    assert plain.base_url() == "http://127.0.0.1:8000"
    assert plain.hosts() == {"localhost", "127.0.0.1", "::1"}


def test_in_a_local_network_links_can_be_followed_by_others(plain: Settings) -> None:
    lan = replace(plain, lan=True, machine_addresses=("192.168.1.20", "laptop", "laptop.local"))
    assert lan.base_url("http://127.0.0.1:8000") == "http://192.168.1.20:8000"
    assert lan.base_url("http://laptop.local:8000") == "http://laptop.local:8000"
    assert {"192.168.1.20", "laptop.local", "localhost"} <= lan.hosts()
    assert "http://192.168.1.20:8000" in lan.origins()
    assert "http://192.168.1.20" not in lan.origins()


def test_in_a_local_network_the_server_listens_to_it(plain: Settings) -> None:
    lan = plain.with_lan()
    assert lan.host == "0.0.0.0"  # noqa: S104
    assert lan.machine_addresses == machine_addresses()
    assert not any(address.startswith("127.") for address in lan.machine_addresses)


def test_more_names_can_be_allowed(tmp_path: Path) -> None:
    settings = from_environment(
        {"EDP_DATA": str(tmp_path), "EDP_ALLOWED_HOSTS": "Taller.example, otra.example"}
    )
    assert {"taller.example", "otra.example"} <= settings.hosts()
    assert "https://taller.example" in settings.origins()


def test_what_the_program_needs_is_found_and_what_is_not_there_is_said() -> None:
    assert (resource_dir("templates") / "_layout.html").is_file()
    with pytest.raises(SettingsError, match="no-such-folder"):
        resource_dir("no-such-folder")
