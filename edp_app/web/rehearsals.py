"""Rehearsing a workshop: a copy of it with simulated people, begun, started over and thrown away with one
press each. The workshop itself is not touched."""

from flask import Blueprint, abort, current_app, flash, redirect, request, session, url_for
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug.wrappers import Response as AnyResponse

from edp_app.clock import milliseconds
from edp_app.config import Settings
from edp_app.crowds import MOST_CROWDS, Crowds, CrowdsBusyError
from edp_app.keeping import remove_reports, throw_away
from edp_app.log import store
from edp_app.log.models import Workshop
from edp_app.rehearsal.brief import MOST_PEOPLE
from edp_app.rooms import Rooms
from edp_app.web import definitions
from edp_app.web.mine import database, mine

bp = Blueprint("rehearsals", __name__, url_prefix="/workshops")

PEOPLE = 12
SPEEDS = (1, 3, 10)
"""How many times faster than life the simulated people may be; the second is what is offered first."""


@bp.post("/<code>/rehearsal")
@login_required
def begin(code: str) -> AnyResponse:
    """Makes the copy, sends simulated people into it and opens its console. Where somebody is rehearsing this
    workshop already, it leads there."""
    found = mine(code)
    if found.rehearsal_of or database().read(store.has_begun, found.id):
        flash(_("“%(title)s” has begun. A workshop is rehearsed before its first stage.", title=found.title))
        return redirect(url_for("workshops.index"), 303)
    session["rehearsal"] = _asked()
    made, is_new = database().call(store.begin_rehearsal, found.id, milliseconds())
    if is_new and not _fill(made):
        _throw_away(made)
        flash(
            _(
                "%(n)s rehearsals are under way on this server already. Please wait until one has ended.",
                n=MOST_CROWDS,
            )
        )
        return redirect(url_for("workshops.index"), 303)
    return redirect(url_for("workshops.console", code=made.code), 303)


@bp.post("/<code>/rehearsal/again")
@login_required
def again(code: str) -> AnyResponse:
    """Throws the copy away and makes a fresh one under the same code, with new simulated people."""
    found = _rehearsal(code)
    _crowds().end(found.id)
    made = database().call(store.rehearse_again, found.id, milliseconds())
    if made is not None:
        settings: Settings = current_app.extensions["edp.settings"]
        remove_reports(settings.data, found.id)
        _tell_its_pages()
        _fill(made)
    return redirect(url_for("workshops.console", code=found.code), 303)


@bp.post("/<code>/rehearsal/end")
@login_required
def end(code: str) -> AnyResponse:
    """Throws the copy away and goes back to the console of the workshop itself."""
    found = _rehearsal(code)
    original = database().read(store.workshop_by_id, found.rehearsal_of or "")
    _throw_away(found)
    if original is None or original.archived_at:
        return redirect(url_for("workshops.index"), 303)
    return redirect(url_for("workshops.console", code=original.code), 303)


def _asked() -> dict[str, int]:
    """How many people, and how fast, as the form says; the nearest that may be."""
    people = request.form.get("people", PEOPLE, type=int)
    speed = request.form.get("speed", SPEEDS[1], type=int)
    return {
        "people": max(1, min(MOST_PEOPLE, people)),
        "speed": min(SPEEDS, key=lambda one: abs(one - speed)),
    }


def _fill(copy: Workshop) -> bool:
    """Send people into a copy; False if there is no room for more. The browser remembers how many, so that
    starting over brings as many."""
    asked = session.get("rehearsal") or {"people": PEOPLE, "speed": SPEEDS[1]}
    if _rooms().by_id(copy.id) is None:  # in memory from here on: what another process does to it is heard
        return False
    definition = database().read(definitions.definition_of, copy.id)
    try:
        _crowds().start(copy.id, copy.code, definition, asked["people"], asked["speed"])
    except CrowdsBusyError:
        return False
    return True


def _throw_away(copy: Workshop) -> None:
    settings: Settings = current_app.extensions["edp.settings"]
    _crowds().end(copy.id)
    throw_away(database(), settings.data, [copy.id])
    _tell_its_pages()


def _tell_its_pages() -> None:
    """What is in memory of a copy that was deleted goes as well, and its pages are told; other processes hear
    of it through the database."""
    _rooms().notice()


def _rehearsal(code: str) -> Workshop:
    found = mine(code)
    if not found.rehearsal_of:
        abort(404)
    return found


def _rooms() -> Rooms:
    rooms: Rooms = current_app.extensions["edp.rooms"]
    return rooms


def _crowds() -> Crowds:
    crowds: Crowds = current_app.extensions["edp.crowds"]
    return crowds
