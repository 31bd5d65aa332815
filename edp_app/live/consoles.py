"""Who sits at a console: the login of the page that opened the connection, and what it allows now."""

from dataclasses import dataclass
from typing import Any, Literal

from flask import Flask
from flask_login import current_user

from edp_app.access import may_facilitate
from edp_app.log.database import Database

Denial = Literal["signed_out", "not_allowed"]


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

    def denial(self, login: Login, workshop_id: str) -> Denial | None:
        """Why this login may not run the workshop now; None if it may. ``signed_out``: the session has ended,
        or the account is closed. ``not_allowed``: the account has no right to this workshop."""
        with self._app.app_context():
            # The function that Flask-Login was given with user_loader.
            user = self._app.login_manager._user_callback(login.session_id)  # type: ignore[attr-defined]
        if user is None:
            return "signed_out"
        may = self._database.read(may_facilitate, login.account_id, workshop_id)
        return None if may else "not_allowed"
