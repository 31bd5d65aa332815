"""Faults: what people sent is counted once, whatever breaks. Short by default; ``--long`` for hours of it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.fault_server import FaultServer

# The client library does not close what a server that was killed has left it with.
FORGOTTEN = "ignore::pytest.PytestUnraisableExceptionWarning"
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.live)
            item.add_marker(pytest.mark.filterwarnings(FORGOTTEN))


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., FaultServer]]:
    """Starts servers with an account “ana”; ended at the end."""
    servers: list[FaultServer] = []

    def begin(**more: Any) -> FaultServer:
        data = tmp_path / f"server-{len(servers)}"
        data.mkdir()
        server = FaultServer(data, **more)
        servers.append(server)
        server.start()
        server.account("ana")
        return server

    yield begin
    for server in servers:
        server.stop()
        server.database.close()


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FaultServer]:
    """One server for all tests that do nothing to the server itself; with accounts “ana” and “bea”."""
    server = FaultServer(tmp_path_factory.mktemp("shared"))
    with server:
        server.account("ana")
        server.account("bea")
        yield server
