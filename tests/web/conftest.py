"""The whole application over a database file of its own, asked through Flask's test client."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace
from werkzeug.test import TestResponse

from edp_app import create_app
from edp_app.config import Settings, from_environment
from edp_app.core.definition import Definition, Language
from edp_app.log import store
from edp_app.log.database import Database
from edp_app.log.upgrade import upgrade
from edp_app.web.definitions import shipped
from tests.support.definitions import short

PASSWORD = "a long pass phrase for tests"
QUICK = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)


@dataclass
class Site:
    """One application and what tests do with it."""

    app: Flask
    settings: Settings
    database: Database
    now: float = 1000.0

    def account(self, login: str = "ana") -> str:
        """A new account; its id."""
        made = self.database.call(
            store.create_account,
            login=login,
            name=login.title(),
            password_hash=QUICK.hash(PASSWORD),
            now=time.time_ns() // 1_000_000,
        )
        return made.id

    def workshop(self, owner: str, definition: Definition | None = None) -> str:
        """A new workshop; its code."""
        made = self.database.call(store.create_workshop, definition or short(), owner, 1_700_000_000_000)
        return made.code

    def prepared(self, name: str, language: Language) -> str:
        """A workshop of Ana's, made from the shipped format of this name; its code."""
        owner = self.database.read(store.account_by_login, "ana")
        assert owner is not None
        return self.workshop(owner.id, replace(shipped()[name].definition, language=language))

    def browser(self, address: str = "192.0.2.10") -> "Browser":
        """Somebody's browser, with its own cookies."""
        client = self.app.test_client()
        client.environ_base["REMOTE_ADDR"] = address
        return Browser(client)

    def signed_in(self, login: str = "ana") -> "Browser":
        """A browser in which this account has signed in."""
        browser = self.browser()
        answer = browser.send("/login", login=login, password=PASSWORD)
        assert answer.status_code == 303, answer.text
        return browser


@dataclass
class Browser:
    """A test client that fills in forms as a person would: it opens the page and sends its token along."""

    client: FlaskClient

    def get(self, path: str, **more: object) -> TestResponse:
        """Open a page."""
        return self.client.get(path, **more)

    def token(self, path: str) -> str:
        """The token of the form on this page."""
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.client.get(path).text)
        assert found, f"{path} has no form"
        return found[1]

    def send(self, path: str, /, page: str | None = None, **fields: object) -> TestResponse:
        """Open ``page`` (else the path itself) and send its form to the path."""
        return self.client.post(path, data={"csrf_token": self.token(page or path), **fields})


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """An application with an empty database; its rate limits take the time from ``site.now``."""
    with site_in(tmp_path) as made:
        yield made


@contextmanager
def site_in(folder: Path) -> Iterator[Site]:
    """The same in this folder, until the block ends."""
    settings = from_environment({"EDP_DATA": str(folder)})
    app = create_app(settings)
    database: Database = app.extensions["edp.database"]
    upgrade(database.engine)
    made = Site(app, settings, database)
    app.extensions["edp.limits"].use_clock(lambda: made.now)
    yield made
    database.close()


@pytest.fixture
def ana(site: Site) -> Browser:
    """A facilitator who has signed in."""
    site.account()
    return site.signed_in()


@pytest.fixture
def code(site: Site, ana: Browser) -> str:
    """A workshop made from the short format, in English; where another is wanted, the file has its own."""
    return site.prepared("short", "en")
