"""A workshop's data to take away: a page that says what there is, and the downloads.

Each file is made by a child process (``edp export``) at low priority, within the limits of a report, one at a
time: a spreadsheet of a large workshop takes seconds of computing that no vote may wait for. Nothing of it
stays on the disk.
"""

import logging
from datetime import UTC, datetime
from pathlib import PurePath

import gevent
from flask import Blueprint, Response, abort, current_app, g, render_template
from flask_babel import gettext as _
from flask_login import login_required
from gevent.lock import BoundedSemaphore
from sqlalchemy.orm import Session

from edp_app.access import facilitated
from edp_app.apart import EDP, Children, last_words
from edp_app.config import Settings
from edp_app.core.definition import Definition
from edp_app.exports.command import FORMS, MIMES, SUFFIXES, Form
from edp_app.log.database import Database
from edp_app.log.models import Workshop
from edp_app.web import definitions
from edp_app.web.accounts import account_id
from edp_app.web.workshops import file_name

log = logging.getLogger(__name__)

bp = Blueprint("exports", __name__, url_prefix="/workshops")

MOST_WAITING = 8
LARGEST = 128 * 1024 * 1024


class BusyError(Exception):
    """So many are waiting for their file already that another one is not begun."""


class Exports:
    """The exports of this server, one at a time."""

    def __init__(self, settings: Settings) -> None:
        self.command: list[str] = [*EDP, "export"]
        self._settings = settings
        self._turn = BoundedSemaphore(1)
        self._asked = 0
        self._children = Children(settings)

    def make(self, code: str, form: Form) -> bytes | None:
        """The file, or None if it could not be made, which the server's log tells. Raises
        :class:`BusyError`."""
        if self._asked > MOST_WAITING:
            raise BusyError
        self._asked += 1
        try:
            with self._turn:
                return self._make(code, form)
        finally:
            self._asked -= 1

    def stop(self) -> None:
        """Ends every child; for the end of the server."""
        self._children.stop()

    def _make(self, code: str, form: Form) -> bytes | None:
        content, problem = b"", ""
        try:
            with (
                self._children.run(
                    [*self.command, code, "-", "--to", form, "--limited"], last_words
                ) as child,
                gevent.Timeout(self._settings.report_seconds),
            ):
                content = child.process.stdout.read(LARGEST + 1)
                if len(content) > LARGEST:
                    problem = "it is larger than a download may be"
                elif status := child.process.wait():
                    problem = f"it ended with status {status}"
        except gevent.Timeout:
            problem = f"it took longer than {self._settings.report_seconds} s"
        if problem or not content:
            log.error("an export was not made: %s: %s", problem, child.problem or "no message")
            return None
        return content


@bp.get("/<code>/data")
@login_required
def data(code: str) -> str:
    """What there is to take away."""
    found, definition = _mine(code)
    return render_template("pages/data.html", code=found.code, title=definition.title, ended=found.ended_at)


@bp.get("/<code>/export.<form>")
@login_required
def download(code: str, form: str) -> Response:
    """The file, made anew."""
    found, definition = _mine(code)
    wanted = next((known for known in FORMS if known == form), None)
    if wanted is None:
        abort(404)
    try:
        content = _exports().make(found.code, wanted)
    except BusyError:
        abort(503)
    if content is None:
        g.error_text = _(
            "The file could not be made. The workshop is not affected. Please try again; if it happens "
            "again, tell the operator of this server."
        )
        abort(500)
    response = Response(content, mimetype=MIMES[wanted])
    today = datetime.now(UTC).astimezone().date().isoformat()
    name = file_name(definition.title, definition.date or today, SUFFIXES[wanted])
    if wanted == "csv":
        path = PurePath(name)
        name = f"{path.stem}-csv{path.suffix}"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _mine(code: str) -> tuple[Workshop, Definition]:
    """The workshop, if this account may run it; else 404, as for one that does not exist."""
    found = _database().read(_read, account_id(), code)
    if found is None:
        abort(404)
    return found


def _read(session: Session, account: str | None, code: str) -> tuple[Workshop, Definition] | None:
    found = facilitated(session, account, code)
    if found is not None and found.rehearsal_of:
        return None  # nothing is kept of a rehearsal
    return None if found is None else (found, definitions.definition_of(session, found.id))


def _exports() -> Exports:
    exports: Exports = current_app.extensions["edp.exports"]
    return exports


def _database() -> Database:
    database: Database = current_app.extensions["edp.database"]
    return database
