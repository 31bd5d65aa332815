"""Keeps tests off the network: this process may speak with itself, and with nobody else.

An audit hook sees every connection and look-up that goes through Python's own socket module, also those of
gevent, asyncio and of libraries that wrap sockets. Processes that a test starts are not seen.
"""

import ipaddress
import socket
import sys

# Addresses for documentation (RFC 5737): connecting a datagram socket to one asks the kernel for our own
# address in the local network and sends nothing.
_ADDRESSES_FOR_EXAMPLES = ipaddress.ip_network("192.0.2.0/24")
_LOOK_UPS = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo")
_installed = False


class NetworkRefused(Exception):
    """A test reached for the network. Not an OSError, so that no code under test takes it for a bad line."""


def is_own(host: str | bytes | None) -> bool:
    """Whether a host name or address can only mean this machine."""
    if host is None:
        return True
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
    if name in ("", "localhost", socket.gethostname()):
        return True
    try:
        return ipaddress.ip_address(name.split("%")[0]).is_loopback
    except ValueError:
        return False


def _check(event: str, arguments: tuple) -> None:
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        sock, address = arguments[0], arguments[1]
        if sock.family not in (socket.AF_INET, socket.AF_INET6) or not isinstance(address, tuple):
            return
        host = address[0]
        asks_the_kernel = event == "socket.connect" and sock.type & socket.SOCK_DGRAM
        if asks_the_kernel and ipaddress.ip_address(host) in _ADDRESSES_FOR_EXAMPLES:
            return
        if not is_own(host):
            raise NetworkRefused(f"tests stay off the network: {event} to {host!r}")
    elif event in _LOOK_UPS:
        host = arguments[0][0] if isinstance(arguments[0], tuple) else arguments[0]
        if not is_own(host) and not _is_address(host):
            raise NetworkRefused(f"tests stay off the network: {event} of {host!r}")


def _is_address(host: str | bytes) -> bool:
    """An address in figures is not looked up anywhere."""
    try:
        ipaddress.ip_address(host.decode("ascii", "replace") if isinstance(host, bytes) else host)
    except ValueError:
        return False
    return True


def stay_off_the_network() -> None:
    """Installs the guard for the rest of this process; an audit hook cannot be taken out again."""
    global _installed
    if not _installed:
        sys.addaudithook(_check)
        _installed = True
