"""What a phone and a terminal are told of the local network."""

import io
import socket
import struct
from pathlib import Path

import pytest
import segno
import zxingcpp
from PIL import Image

from edp_app import network
from edp_app.config import Settings, SettingsError, from_environment
from edp_app.network import address_key, interface_addresses, machine_addresses, wifi_words
from edp_app.server import lan_lines
from edp_app.terminal import qr, qr_beside

PASSWORD = 'a;b,c:d"e\\f'


def read(words: str) -> str:
    """What a reader of QR codes finds in a picture of these words."""
    out = io.BytesIO()
    segno.make(words, error="m", micro=False).save(out, kind="png", scale=4, border=4)
    return zxingcpp.read_barcodes(Image.open(out))[0].text


def printed(picture: str) -> str:
    """What a reader finds in block characters, as a terminal shows them: white on black."""
    rows = [line for line in picture.splitlines() if set(line) <= set("█▀▄ ")]
    upper = [[cell in "█▀" for cell in row] for row in rows]
    lower = [[cell in "█▄" for cell in row] for row in rows]
    lines = [line for pair in zip(upper, lower, strict=True) for line in pair]
    image = Image.new("L", (max(map(len, lines)), len(lines)), 0)
    image.putdata([255 if light else 0 for line in lines for light in line])
    return zxingcpp.read_barcodes(image.resize((image.width * 6, image.height * 6), Image.NEAREST))[0].text


def test_the_signs_that_mean_something_in_it_are_escaped() -> None:
    words = wifi_words("Hall; 1st floor", PASSWORD)
    assert words == 'WIFI:T:WPA;S:Hall\\; 1st floor;P:a\\;b\\,c\\:d\\"e\\\\f;;'
    assert read(words) == words


def test_an_open_wifi_says_that_it_asks_for_nothing() -> None:
    assert wifi_words("Sala", "") == "WIFI:T:nopass;S:Sala;;"


def test_a_code_in_the_terminal_can_be_read() -> None:
    assert printed(qr("http://192.168.1.20:8000/")) == "http://192.168.1.20:8000/"


def test_two_codes_stand_side_by_side_where_there_is_room() -> None:
    wide = qr_beside(("1", "first words"), ("2", "second words"), 80)
    narrow = qr_beside(("1", "first words"), ("2", "second words"), 40)
    assert wide.count("\n") < narrow.count("\n")
    assert max(map(len, wide.splitlines())) <= 80
    assert max(map(len, narrow.splitlines())) <= 40
    first, _, second = narrow.partition("\n\n")
    assert [printed(first), printed(second)] == ["first words", "second words"]


class Interfaces:
    """Networks of a machine, instead of its own: name to address ("" for none) and whether it is up."""

    def __init__(self, up: dict[str, str], down: dict[str, str], usual: str) -> None:
        self.up, self.down, self.usual = up, down, usual

    def index(self) -> list[tuple[int, str]]:
        return list(enumerate((*self.up, *self.down), start=1))

    def asked(self, _: socket.socket, what: int, interface: str, __: str) -> int:
        if what == network.GET_FLAGS:
            return 0x1043 if interface in self.up else 0x1002
        address = (self.up | self.down)[interface]
        if not address:
            raise OSError
        number: int = struct.unpack("!I", socket.inet_aton(address))[0]
        return number


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Interfaces:
    found = Interfaces(
        up={
            "lo": "127.0.0.1",
            "docker0": "172.17.0.1",
            "eth0": "10.0.0.4",
            "tun0": "10.8.0.2",
            "wlan0": "192.168.1.20",
        },
        down={"eth1": "10.9.9.9"},
        usual="192.168.1.20",
    )
    monkeypatch.setattr(network.socket, "if_nameindex", found.index)
    monkeypatch.setattr(network.socket, "gethostname", lambda: "Laptop")
    monkeypatch.setattr(network.socket, "getaddrinfo", lambda *_: [])
    monkeypatch.setattr(network, "_asked", found.asked)
    monkeypatch.setattr(network, "_default_route", lambda: found.usual)
    return found


def test_what_phones_can_reach_stands_first(machine: Interfaces) -> None:
    assert list(interface_addresses()) == ["192.168.1.20", "10.0.0.4", "172.17.0.1", "10.8.0.2"]
    assert machine_addresses()[-2:] == ("laptop", "laptop.local")
    machine.usual = "10.8.0.2"  # everything goes through a tunnel, behind which no phone is
    assert next(iter(interface_addresses())) in ("10.0.0.4", "192.168.1.20")


def test_a_hotspot_without_a_way_out_has_an_address(machine: Interfaces) -> None:
    """No default route, and a name that leads to the machine itself only."""
    machine.up = {"lo": "127.0.0.1", "wlan0": "10.42.0.1"}
    machine.usual = ""
    assert machine_addresses() == ("10.42.0.1", "laptop", "laptop.local")


def told(settings: Settings) -> str:
    return "\n".join(lan_lines(settings, settings.base_url()))


def test_the_terminal_names_every_address_and_warns(machine: Interfaces, tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, database_url="").with_lan()
    said = told(settings)
    assert "http://10.0.0.4:8000/   (eth0)" in said
    for name in ("laptop", "laptop.local"):
        assert f"http://{name}:8000/   (only where the network knows this name)" in said
    assert said.count("only where") == 2, "an address is no name"
    assert "http://10.9.9.9" not in said
    assert "switch mobile data off" in said
    assert "Wi-Fi “" not in said
    assert "1  Join the Wi-Fi “Sala”" in told(settings.with_wifi("Sala", "a password"))
    machine.up = {}
    assert "No network was found" in told(settings)


def test_a_wifi_that_cannot_be_is_refused(tmp_path: Path) -> None:
    env = {"EDP_DATA": str(tmp_path), "EDP_WIFI_NAME": "Sala", "EDP_WIFI_PASSWORD": "a password"}
    settings = from_environment(env, make=False)
    assert (settings.wifi_name, settings.wifi_password) == ("Sala", "a password")
    assert "a password" not in repr(settings)
    with pytest.raises(SettingsError, match="8 to 64"):
        from_environment(env | {"EDP_WIFI_PASSWORD": "short"}, make=False)
    with pytest.raises(SettingsError, match="32 bytes"):
        from_environment(env | {"EDP_WIFI_NAME": "ñ" * 17}, make=False)


def test_who_is_told_of_the_wifi(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, database_url="").with_wifi("Sala", "")
    assert not settings.says_wifi(to_room=False), "only where the local network is served"
    assert settings.with_lan().says_wifi(to_room=False)
    assert not settings.with_lan().says_wifi(to_room=True)


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("127.0.0.1", "loopback"),
        ("127.1.2.3", "loopback"),
        ("::1", "loopback"),
        ("::ffff:127.0.0.1", "loopback"),
        ("", "unknown"),
        (None, "unknown"),
        ("not an address", "unknown"),
    ],
)
def test_one_line_of_the_internet_counts_as_one(address: str | None, key: str) -> None:
    assert address_key(address) == key
