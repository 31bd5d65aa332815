"""The local network as this machine sees it, and what a phone is told of its Wi-Fi."""

import contextlib
import fcntl
import ipaddress
import socket
import struct

GET_ADDRESS, GET_FLAGS = 0x8915, 0x8913
"""SIOCGIFADDR and SIOCGIFFLAGS of Linux; other systems refuse them, and only their names are found."""

LOOPBACK = "loopback"
"""What :func:`address_key` calls this machine's own addresses."""

UP_AND_RUNNING = 0x1 | 0x40

VIRTUAL = ("br-", "docker", "lxc", "tailscale", "tap", "tun", "vboxnet", "veth", "virbr", "vmnet", "wg", "zt")
"""What interfaces are called behind which no phone of the room is: machines within this one, and tunnels."""

_SPECIAL = str.maketrans({character: f"\\{character}" for character in '\\;,":'})


def address_key(address: str | None) -> str:
    """What counts as one address: an IPv4 address, or the /64 network that one IPv6 line gets; this machine's
    own are one. ``unknown`` for what is no address."""
    try:
        parsed = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is not None:
        parsed = parsed.ipv4_mapped
    if parsed.is_loopback:
        return LOOPBACK
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


def interface_addresses() -> dict[str, str]:
    """This machine's IPv4 addresses in networks that are up: address to interface. Those that phones in the
    room can most probably reach stand first. Nothing is sent."""
    found: dict[str, str] = {}
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        for _, name in socket.if_nameindex():
            with contextlib.suppress(OSError):
                if _asked(asking, GET_FLAGS, name, "H") & UP_AND_RUNNING != UP_AND_RUNNING:
                    continue
                address = str(ipaddress.IPv4Address(_asked(asking, GET_ADDRESS, name, "!4xI")))
                if not ipaddress.ip_address(address).is_loopback:
                    found[address] = name
    usual = _default_route()
    order = sorted(found, key=lambda address: (found[address].startswith(VIRTUAL), address != usual))
    return {address: found[address] for address in order}


def machine_addresses() -> tuple[str, ...]:
    """The addresses of :func:`interface_addresses`, in that order, then this machine's names."""
    found = list(interface_addresses()) or [_default_route()]
    name = socket.gethostname().lower()
    with contextlib.suppress(OSError):
        found += [str(info[4][0]) for info in socket.getaddrinfo(name, None, socket.AF_INET)]
    addresses = [a for a in dict.fromkeys(found) if a and not ipaddress.ip_address(a).is_loopback]
    return (*addresses, name, f"{name}.local")


def wifi_words(name: str, password: str) -> str:
    """What a QR code holds that brings a phone into a Wi-Fi: the form that cameras of phones understand
    (https://github.com/zxing/zxing/wiki/Barcode-Contents#wi-fi-network-config-android-ios-11). No password:
    an open network."""
    if not password:
        return f"WIFI:T:nopass;S:{name.translate(_SPECIAL)};;"
    return f"WIFI:T:WPA;S:{name.translate(_SPECIAL)};P:{password.translate(_SPECIAL)};;"


def _asked(asking: socket.socket, what: int, interface: str, form: str) -> int:
    """A number that the system tells of an interface. Raises ``OSError`` where it has none."""
    request = struct.pack("256s", interface.encode()[:15])
    answer = fcntl.ioctl(asking.fileno(), what, request)
    number: int = struct.unpack_from(form, answer, 16)[0]
    return number


def _default_route() -> str:
    """The address from which the way into the world begins; "" where there is none. Nothing is sent:
    connecting a UDP socket only asks the system which address it would use."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return ""
        return str(probe.getsockname()[0])
