"""Deleting what a person has given, their name and their words, on the owner's page. Votes stay counted."""

from collections import Counter
from collections.abc import Callable

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import login_required
from werkzeug.wrappers import Response as AnyResponse

from edp_app.config import Settings
from edp_app.core.definition import in_language
from edp_app.core.state import Person, State
from edp_app.erasing import Target, erase_target, kinds_of
from edp_app.i18n import language
from edp_app.keeping import empty_journal, remove_reports
from edp_app.log import store
from edp_app.log.models import Workshop
from edp_app.rooms import Rooms
from edp_app.web.mine import database, owned
from edp_app.web.security import form_expired, keeps_input

bp = Blueprint("personal", __name__, url_prefix="/workshops")

Page = AnyResponse | str | tuple[str, int]

_KINDS: dict[str, Callable[[int], str]] = {
    "named": lambda n: _("the name or organisation they gave"),  # noqa: ARG005 -- however often
    "item_added": lambda n: ngettext(
        "the words of one contribution", "the words of %(num)s contributions", n
    ),
    "item_brought": lambda n: ngettext(
        "the words of one contribution", "the words of %(num)s contributions", n
    ),
    "item_changed": lambda n: ngettext(
        "one other wording of a contribution", "%(num)s other wordings of contributions", n
    ),
    "items_merged": lambda n: ngettext(
        "one title given to a contribution of theirs", "%(num)s titles given to contributions of theirs", n
    ),
    "item_translated": lambda n: ngettext(
        "one translation of a contribution", "%(num)s translations of contributions", n
    ),
    "answered": lambda n: ngettext("one answer in words", "%(num)s answers in words", n),
    "card_filled": lambda n: ngettext(
        "one text on a card, as they wrote it", "%(num)s texts on cards, as they wrote them", n
    ),
    "ballot_cast": lambda n: ngettext("one reason given with a vote", "%(num)s reasons given with votes", n),
}


@bp.route("/<code>/personal", methods=["GET", "POST"])
@login_required
@keeps_input
def page(code: str) -> Page:
    """First whose data, then what would be erased and what stays; it is erased once the number was typed
    again."""
    found = owned(code)
    state = _state(found)
    wanted = request.values.get("person", "").strip()
    person = _by_number(state, wanted)
    problem = ""
    if wanted and person is None:
        problem = _(
            "There is nobody with this number. People find theirs on their phone, under “You and your "
            "group”; after the end it stands below their votes. It is not the number of a contribution."
        )
    elif person and request.method == "POST" and not form_expired():
        if request.form.get("again", "").strip() == str(person.n):
            return _erase(found, person)
        problem = _("The number was not the same, so nothing was erased.")
    status = 400 if problem or form_expired() else 200
    return _drawn(found, state, person, wanted, problem), status


def _drawn(found: Workshop, state: State, person: Person | None, wanted: str, problem: str) -> str:
    names = database().read(store.names_of_workshop, found.id)
    given = sorted(
        (one.n, ", ".join(filter(None, names[one.id]))) for one in state.everybody() if one.id in names
    )
    held: Counter[str] = Counter()
    if person:
        held = database().read(kinds_of, found.id, Target(person=person.id))
    return render_template(
        "pages/personal.html",
        code=found.code,
        title=found.title,
        person=person,
        called=dict(given).get(person.n, "") if person else "",
        group=_group(state, person) if person else "",
        held=[words(held[kind]) for kind, words in _KINDS.items() if held[kind]],
        given=given,
        wanted=wanted,
        problem=problem,
        is_expired=form_expired(),
    )


def _erase(found: Workshop, person: Person) -> AnyResponse:
    settings: Settings = current_app.extensions["edp.settings"]
    rooms: Rooms = current_app.extensions["edp.rooms"]
    database().call(erase_target, found.id, Target(person=person.id))
    rooms.reload(found.id)
    remove_reports(settings.data, found.id)
    if empty_journal(database()):
        flash(_("What number %(n)s wrote is erased, and finished reports with it.", n=person.n))
    else:
        flash(
            _(
                "What number %(n)s wrote is erased from every page. The database was busy, so its journal "
                "may still hold it for a while: please do the same again in a minute.",
                n=person.n,
            )
        )
    return redirect(url_for("personal.page", code=found.code), 303)


def _by_number(state: State, wanted: str) -> Person | None:
    return next((one for one in state.everybody() if str(one.n) == wanted), None)


def _group(state: State, person: Person) -> str:
    group = next((one for one in state.definition.groups if one.id == person.group), None)
    return in_language(group.name, language()) if group else ""


def _state(found: Workshop) -> State:
    rooms: Rooms = current_app.extensions["edp.rooms"]
    room = rooms.by_id(found.id)
    if room is None:
        abort(404)
    room.when_settled()
    return room.state
