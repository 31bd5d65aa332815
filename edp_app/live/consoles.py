"""Who sits at a console: the session of the page that opened the connection, and what it allows now."""

from dataclasses import dataclass
from typing import Any, Literal

from flask import Flask
from flask_login import current_user

from edp_app.access import helper, may_facilitate
from edp_app.clock import milliseconds
from edp_app.helping import token_of
from edp_app.log.database import Database
from edp_app.log.store import HELPER

Denial = Literal["signed_out", "not_allowed"]
ConsoleRole = Literal["facilitator", "assistant"]


@dataclass(frozen=True, slots=True)
class Login:
    """An account as a session knows it, or somebody who helps in one workshop (then ``account_id`` is their
    actor, ``h:…``). ``session_id`` ends with the session: signing out ends it, and so does a new pass phrase;
    a helper's when the facilitator says so."""

    account_id: str
    session_id: str

    @property
    def role(self) -> ConsoleRole:
        """What they may be where they may be anything."""
        return "assistant" if self.account_id.startswith(HELPER) else "facilitator"

    @property
    def actor(self) -> str:
        """Who they are in the record."""
        return self.account_id if self.role == "assistant" else f"f:{self.account_id}"


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

    def helper(self, environ: dict[str, Any], workshop_id: str) -> Login | None:
        """Who helps in this workshop with the session cookie of this request; None for nobody, or one who
        helps no more."""
        with self._app.request_context(environ):
            token = token_of(workshop_id)
        actor = self._database.read(helper, workshop_id, token, milliseconds()) if token else None
        return Login(actor, token) if actor and token else None

    def denial(self, login: Login, workshop_id: str) -> Denial | None:
        """Why this login may not be at the workshop's console now; None if it may. ``signed_out``: the
        session has ended, or the account is closed. ``not_allowed``: there is no right to this workshop (any
        more)."""
        if login.role == "assistant":
            actor = self._database.read(helper, workshop_id, login.session_id, milliseconds())
            return None if actor == login.account_id else "not_allowed"
        with self._app.app_context():
            # The function that Flask-Login was given with user_loader.
            user = self._app.login_manager._user_callback(login.session_id)  # type: ignore[attr-defined]
        if user is None:
            return "signed_out"
        if user.only not in ("", workshop_id):
            return "not_allowed"
        may = self._database.read(may_facilitate, login.account_id, workshop_id)
        return None if may else "not_allowed"
