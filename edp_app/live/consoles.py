"""Who sits at a console: the login of the page that opened the connection, and what it allows now."""

from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask_login import current_user

from edp_app.access import may_facilitate
from edp_app.log.database import Database


@dataclass(frozen=True, slots=True)
class Login:
    """An account as a session knows it. ``session_id`` ends with the session: signing out ends it, and so
    does a new pass phrase."""

    account_id: str
    session_id: str


class Consoles:
    """Answers from the database, in its thread; the greenlet that asks waits, nobody else."""

    def __init__(self, app: Flask, database: Database) -> None:
        self._app = app
        self._database = database

    def login(self, environ: dict[str, Any]) -> Login | None:
        """Whose session cookie this request carries; None for nobody's, or one that has ended."""
        with self._app.request_context(environ):
            if not current_user.is_authenticated:
                return None
            return Login(current_user.account_id, current_user.get_id())

    def may_facilitate(self, login: Login, workshop_id: str) -> bool:
        """Whether the session still holds, the account is active, and it has the right to this workshop."""
        with self._app.app_context():
            # The function that Flask-Login was given with user_loader.
            user = self._app.login_manager._user_callback(login.session_id)  # type: ignore[attr-defined]
        return user is not None and self._database.read(may_facilitate, login.account_id, workshop_id)
