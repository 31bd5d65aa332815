"""A server with one workshop that a test takes back to an earlier backup."""

from pathlib import Path

from edp_app.log import store
from tests.support.carrying import run
from tests.support.definitions import short
from tests.support.fault_server import FaultServer
from tests.support.stage import LOGIN, Hand

BACK = 60_000
"""Milliseconds in which a page is back after a restoration, on a machine however busy."""


class Hall:
    """A server with one workshop, its facilitator, and a backup to go back to."""

    def __init__(self, folder: Path) -> None:
        self.backup = folder / "it.backup"
        self.data = folder / "data"
        self.data.mkdir()
        self.server = FaultServer(self.data)
        self.id, self.code = self.server.workshop(short(per="stage"), self.server.account(LOGIN))
        self.server.start()
        self.hand = Hand(self.server.url, self.code)

    @property
    def join_url(self) -> str:
        """Where phones open the workshop."""
        return f"{self.server.url}/j/{self.code}"

    def close(self) -> None:
        self.hand.leave()
        self.server.stop()
        self.server.database.close()

    def make_backup(self) -> None:
        """While the server runs."""
        made = run("backup", "--force", self.backup)
        assert made.exit_code == 0, made.output

    def restore(self) -> None:
        """The server is gone from one moment to the next, and comes back as it was at the backup."""
        self.hand.leave()
        self.server.kill()
        done = run("restore", "--force", self.backup)
        assert done.exit_code == 0, done.output

    def come_back(self) -> None:
        self.server.start()
        self.hand = Hand(self.server.url, self.code)

    def kinds(self) -> list[str]:
        """The kinds of the events that are stored, of what phones send."""
        rows = self.server.database.read(store.events_after, self.id)
        return [row.kind for row in rows if row.actor.startswith("p:")]
