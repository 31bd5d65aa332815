"""The database as the commands and the server open it: with the tables of this version, brought forward only
after a backup was made."""

import time
from datetime import UTC, datetime
from pathlib import Path

import click
from sqlalchemy.engine import Engine

from edp_app import __version__
from edp_app.config import Settings, make_folder
from edp_app.log import backup, forward, store
from edp_app.log.database import Database
from edp_app.log.engine import named
from edp_app.which_database import give_up, is_there, no_database, settings_of_command

SUFFIX = ".edp-backup"


def now_ms() -> int:
    """Milliseconds since 1970, UTC."""
    return time.time_ns() // 1_000_000


def backup_folder(settings: Settings) -> Path:
    """Where backups are put that are given no other place; made if it is not there, for its owner alone."""
    folder = settings.data / "backups"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def stamped(folder: Path, stem: str, suffix: str = SUFFIX) -> Path:
    """A path in this folder that is not there yet, named after the time of day (UTC)."""
    name = f"{stem}-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    path, count = folder / f"{name}{suffix}", 1
    while path.exists():
        count += 1
        path = folder / f"{name}-{count}{suffix}"
    return path


def bring_forward(settings: Settings, engine: Engine) -> Path | None:
    """Give the database the tables of this version. Where that changes tables that are there, a backup is
    made before; returns its path. Raises :class:`~edp_app.log.engine.UnusableDatabaseError` for a database
    that a newer version has written."""

    def keep(old: Engine) -> Path:
        path = stamped(backup_folder(settings), "before-upgrade")
        return backup.make(old, path, now_ms(), __version__, check=False).path

    return forward.upgrade(engine, keep)


class Opened:
    """The database with the tables of this version, for the length of a command.

    Without ``make`` the command ends where there is none, and nothing is made. With it, a new one is made and
    named.
    """

    def __init__(self, *, make: bool = False) -> None:
        self.settings = settings_of_command()
        if not is_there(self.settings):
            if not make:
                no_database(self.settings)
            make_folder(self.settings.data)
        self._make = make
        self.database = Database.open(self.settings.database_url)

    def __enter__(self) -> "Opened":
        try:
            new = not forward.has_tables(self.database.engine)
            if new and not self._make:
                no_database(self.settings)
            self.kept = bring_forward(self.settings, self.database.engine)
        except BaseException:
            self.database.close()
            raise
        if new:
            click.echo(f"A new database was made: {self.name}")
        return self

    @property
    def name(self) -> str:
        """What the database is called where people read it."""
        return named(self.settings.database_url)

    def __exit__(self, *_: object) -> None:
        self.database.close()

    def workshop(self, code: str) -> store.Workshop:
        """The workshop with this code, archived or not; ends the command if there is none."""
        found = self.database.read(store.workshop_by_code, code.replace(" ", ""), archived=True)
        if found is None:
            give_up(f"There is no workshop with the code {code}.")
        return found

    def account(self, login: str) -> store.Account:
        """The account with this login name; ends the command if there is none."""
        found = self.database.read(store.account_by_login, login)
        if found is None:
            give_up(f"There is no account “{login}”. Make it with: edp create-admin")
        return found
