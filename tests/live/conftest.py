"""A server for all tests of this folder, and a workshop for each of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from edp_app.core.definition import Definition
from tests.support.definitions import short
from tests.support.page import Page
from tests.support.pair import Pair, server_on
from tests.support.postgres import Postgres
from tests.support.server import LiveServer

# The client library does not read, nor close, the answers with which a server refuses a connection.
FORGOTTEN_ANSWER = "ignore:.*Connection.__del__:pytest.PytestUnraisableExceptionWarning"
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.filterwarnings(FORGOTTEN_ANSWER))


@pytest.fixture(params=[True, False], ids=["own layer", "plain layer"])
def own_websocket(request: pytest.FixtureRequest) -> bool:
    """With our WebSocket layer, and with the plain one of Engine.IO."""
    return bool(request.param)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    with LiveServer(tmp_path_factory.mktemp("server")) as running:
        running.account("ana")
        running.account("bea")
        yield running


@pytest.fixture(scope="session")
def cookies(server: LiveServer) -> dict[str, str]:
    """The sessions of two facilitators. Ana's are the workshops."""
    return {login: server.sign_in(login) for login in ("ana", "bea")}


@pytest.fixture(scope="session")
def two_servers(
    postgres: Postgres, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, list[LiveServer], str]]:
    """The URL of a database, two servers on it, and Ana's session."""
    folders = [tmp_path_factory.mktemp("server") for _ in range(2)]
    with postgres.database() as url, server_on(url, folders[0]) as one, server_on(url, folders[1]) as other:
        one.account("ana")
        yield url, [one, other], one.sign_in("ana")


@pytest.fixture
def pair(two_servers: tuple[str, list[LiveServer], str]) -> Pair:
    """A workshop of Ana's with pages at two servers, not begun."""
    return Pair(*two_servers)


@dataclass
class Hall:
    """One workshop on the server, and how to get into it."""

    server: LiveServer
    id: str
    code: str
    cookies: dict[str, str]

    def phone(self, **more: Any) -> Page:
        return Page(self.server.url, "phone", self.code, **more)

    def screen(self, **more: Any) -> Page:
        return Page(self.server.url, "screen", self.code, **more)

    def console(self, who: str = "ana", **more: Any) -> Page:
        return Page(self.server.url, "console", self.code, cookie=self.cookies.get(who, ""), **more)


@pytest.fixture
def new_hall(server: LiveServer, cookies: dict[str, str]) -> Any:
    """Makes a workshop of Ana's."""
    from edp_app.log import store

    def make(definition: Definition | None = None) -> Hall:
        owner = server.database.read(store.account_by_login, "ana")
        workshop_id, code = server.workshop(definition or short(), owner.id)
        return Hall(server, workshop_id, code, cookies)

    return make


@pytest.fixture
def hall(new_hall: Any) -> Hall:
    """A workshop of Ana's, not begun."""
    return new_hall()
