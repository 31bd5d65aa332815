"""Who sits at a console: what the live side asks the accounts."""

from typing import Any

from flask import Flask

from edp_app.access import may_facilitate
from edp_app.log.database import Database
from edp_app.rooms import Room
from edp_app.web.accounts import account_id


class Consoles:
    """Answers from the login cookie and from the accounts as they are now."""

    def __init__(self, app: Flask, database: Database) -> None:
        self._app = app
        self._database = database

    def account(self, environ: dict[str, Any]) -> str | None:
        """The account whose login cookie this request carries, or None."""
        with self._app.request_context(environ):
            return account_id()

    def may_facilitate(self, account_id: str, room: Room) -> bool:
        """Whether this account is active and may run this workshop, as of now."""
        return self._database.read(may_facilitate, account_id, room.id)
