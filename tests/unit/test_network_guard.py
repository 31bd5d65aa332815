"""Tests stay off the network, whichever way they try to reach it."""

import asyncio
import socket

import gevent.socket
import pytest

from tests.support.network import NetworkRefused

ELSEWHERE = ("198.51.100.7", 80)  # an address for documentation, RFC 5737


def test_a_connection_to_another_machine_is_refused():
    with socket.socket() as sock, pytest.raises(NetworkRefused, match=r"198\.51\.100\.7"):
        sock.connect(ELSEWHERE)


def test_gevent_is_no_way_round():
    with gevent.socket.socket() as sock, pytest.raises(NetworkRefused):
        sock.connect(ELSEWHERE)


def test_asyncio_is_no_way_round():
    with pytest.raises(NetworkRefused):
        asyncio.run(asyncio.open_connection(*ELSEWHERE))


def test_a_datagram_to_another_machine_is_refused():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock, pytest.raises(NetworkRefused):
        sock.sendto(b"hello", ELSEWHERE)


@pytest.mark.parametrize("look_up", [lambda name: socket.getaddrinfo(name, 80), socket.gethostbyname])
def test_a_name_is_not_looked_up(look_up):
    with pytest.raises(NetworkRefused, match=r"workshops\.example"):
        look_up("workshops.example")


def test_this_machine_can_be_reached():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection(("localhost", port), timeout=5), server.accept()[0]:
            pass


def test_unix_sockets_are_free(tmp_path):
    path = str(tmp_path / "s")
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        server.bind(path)
        server.listen()
        client.connect(path)
