"""A real server in a process of its own, with accounts and workshops made through the database beside it."""

import http.cookiejar
import os
import re
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path

from argon2 import PasswordHasher

from edp_app.core.definition import Definition
from edp_app.log import store
from edp_app.log.database import Database
from edp_app.log.upgrade import upgrade
from edp_app.rehearsal.own_server import free_port

ROOT = Path(__file__).parents[2]
PASSWORD = "a long pass phrase for tests"

START_SECONDS, STOP_SECONDS = 90, 60
"""After so long a server does not come up, or does not end, on a machine however busy."""


class LiveServer:
    """One server. A context manager; leaving it stops the process and fails if it did not stop well."""

    program = "from edp_app.cli import main; main()"
    """What the process runs."""

    def __init__(self, data: Path, **settings: str) -> None:
        self.data = data
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = data / "server.log"
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None
        self.database = Database.open(settings.get("EDP_DATABASE_URL") or f"sqlite:///{data / 'edp.sqlite3'}")
        upgrade(self.database.engine)
        # One quick hash for all accounts: how hashes are made is not what these tests are about.
        self._hash = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)

    def __enter__(self) -> "LiveServer":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self.database.close()

    @property
    def pid(self) -> int:
        """The server's process."""
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """Start the process and wait until it answers."""
        environ = {name: value for name, value in os.environ.items() if not name.startswith("EDP_")}
        environ |= {"EDP_DATA": str(self.data), "EDP_PORT": str(self.port), "EDP_LOG_LEVEL": "DEBUG"}
        environ |= self._settings
        with self.log.open("ab") as log:
            command = [sys.executable, "-c", self.program, "serve"]
            self._process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=log, stderr=log)
        end = time.monotonic() + START_SECONDS
        while not self._answers():
            assert self._process.poll() is None, f"the server ended:\n{self.log.read_text()}"
            assert time.monotonic() < end, f"the server does not answer:\n{self.log.read_text()}"
            time.sleep(0.05)

    def stop(self) -> None:
        """Stop the process as an operator would."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            status = process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise AssertionError(f"the server did not stop:\n{self.log.read_text()}") from None
        assert status == 0, f"the server ended with {status}:\n{self.log.read_text()}"

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def account(self, login: str) -> str:
        """A new account; its id."""
        now = time.time_ns() // 1_000_000
        made = self.database.call(
            store.create_account, login=login, name=login.title(), password_hash=self._hash, now=now
        )
        return made.id

    def workshop(self, definition: Definition, owner_id: str) -> tuple[str, str]:
        """A new workshop: its id and its code."""
        row = self.database.call(store.create_workshop, definition, owner_id, time.time_ns() // 1_000_000)
        return row.id, row.code

    def sign_in(self, login: str) -> str:
        """Sign in through the page; the Cookie header of the session."""
        jar = http.cookiejar.CookieJar()
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        with browser.open(f"{self.url}/login", timeout=30) as page:
            token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.read().decode())
        assert token, "the login page has no token"
        form = {"login": login, "password": PASSWORD, "csrf_token": token[1]}
        with browser.open(f"{self.url}/login", urllib.parse.urlencode(form).encode(), timeout=30) as page:
            assert page.url.endswith("/workshops"), f"signing in led to {page.url}"
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)
