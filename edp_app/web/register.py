"""The list of an account's workshops: found by a word or a date, by how they stand; copied, put away, brought
back."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal, get_args

import msgspec
from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from flask_login import login_required
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from edp_app.clock import milliseconds
from edp_app.core.definition import Definition
from edp_app.core.text import folded
from edp_app.live.service import Live
from edp_app.log import store
from edp_app.log.models import Workshop
from edp_app.rooms import Rooms
from edp_app.web.accounts import account_id
from edp_app.web.definitions import definition_of
from edp_app.web.forms import code_digits, spaced
from edp_app.web.mine import database, mine, no_copy, owned
from edp_app.web.reports import ReportJobs
from edp_app.web.workshops import bp

Standing = Literal["prepared", "running", "ended"]
STANDINGS: tuple[Standing, ...] = get_args(Standing)

TITLE_LENGTH = 200
"""As in the form."""


@dataclass(frozen=True)
class Entry:
    """One line of the list."""

    code: str
    title: str
    territory: str
    when: str
    day: str
    standing: Standing
    owned: bool
    has_report: bool
    report_running: bool

    @property
    def shown_code(self) -> str:
        """The code as it is read out."""
        return spaced(self.code)

    @property
    def state(self) -> str:
        """How it stands, in words."""
        return standing_words(self.standing)

    @property
    def ended(self) -> bool:
        """Whether it is over."""
        return self.standing == "ended"

    def has(self, words: str) -> bool:
        """Whether title, territory, code or date hold all of these words, or parts of words, in any case and
        with or without accents."""
        held = folded(f"{self.title} {self.territory} {self.code} {self.when} {self.day}")
        digits = code_digits(words)
        return digits == self.code or all(word in held for word in folded(words).split())


def standing_words(standing: Standing, count: int = 1) -> str:
    """How a workshop stands, or so many of them."""
    if standing == "prepared":
        return ngettext("In preparation", "In preparation", count)
    return _("Under way") if standing == "running" else ngettext("Finished", "Finished", count)


@bp.get("")
@login_required
def index() -> str:
    """The workshops of this account, the latest first: those that stand as ``state`` says and hold the words
    of ``q``; ``state=archived``: those that were put away."""
    words, state = request.args.get("q", "").strip()[:200], request.args.get("state", "")
    archived = state == "archived"
    rows = {away: database().read(_rows, account_id() or "", archived=away) for away in (False, True)}
    entries = {away: [_entry(*row) for row in rows[away]] for away in rows}
    found = {away: [one for one in entries[away] if one.has(words)] for away in entries}
    count = Counter(entry.standing for entry in found[False])
    shown = found[archived]
    if state in STANDINGS:
        shown = [entry for entry in shown if entry.standing == state]
    tabs = [
        ("", _("All"), len(found[False])),
        *((one, standing_words(one, count[one]), count[one]) for one in STANDINGS),
        ("archived", _("Archived"), len(found[True])),
    ]
    return render_template(
        "pages/workshops.html",
        entries=shown,
        tabs=tabs,
        state=state if state in (*STANDINGS, "archived") else "",
        archived=archived,
        words=words,
        has_any=bool(entries[False]),
        has_archived=bool(entries[True]),
        has_formats=database().read(store.sees_formats, account_id() or ""),
    )


@bp.post("/<code>/duplicate")
@login_required
def duplicate(code: str) -> AnyResponse:
    """A new workshop that goes as this one does, with a code of its own: nobody is in it, nothing was
    written, and the day is open. What it is called is corrected at once."""
    definition = database().read(definition_of, no_copy(mine(code)).id)
    title = _("%(title)s (copy)", title=definition.title)
    if len(title) > TITLE_LENGTH:
        title = definition.title
    copy = msgspec.structs.replace(definition, title=title, date="")
    made = database().call(store.create_workshop, copy, account_id() or "", milliseconds())
    flash(
        _(
            "This is the copy. Its code is %(code)s; nobody is in it yet. What is it called, and when is it?",
            code=spaced(made.code),
        )
    )
    return redirect(url_for("workshops.describe", code=made.code), 303)


@bp.route("/<code>/archive", methods=["GET", "POST"])
@login_required
def archive(code: str) -> AnyResponse | str:
    """Put a workshop away. Of one that is under way it is asked first, since everybody in it is cut off."""
    found = owned(code)
    running = not found.ended_at and database().read(store.has_begun, found.id)
    if request.method == "GET" or (running and not request.form.get("sure")):
        return render_template("pages/archive.html", code=found.code, title=found.title, running=running)
    database().call(store.archive_workshop, found.id, milliseconds())
    rooms: Rooms = current_app.extensions["edp.rooms"]
    live: Live = current_app.extensions["edp.live"]
    rooms.forget(found.id)
    live.cut_workshop(found.id)
    flash(_("“%(title)s” is archived. It can be brought back at any time.", title=found.title))
    return redirect(url_for("workshops.index"), 303)


@bp.post("/<code>/bring-back")
@login_required
def bring_back(code: str) -> AnyResponse:
    """Undo putting away: the code is valid again."""
    found = owned(code, archived=True)
    database().call(store.unarchive_workshop, found.id)
    flash(_("“%(title)s” is back, under the same code: %(code)s.", title=found.title, code=spaced(code)))
    return redirect(url_for("workshops.index"), 303)


def _rows(session: Session, account: str, *, archived: bool) -> list[tuple[Workshop, Definition, bool, bool]]:
    return [
        (
            workshop,
            definition_of(session, workshop.id),
            store.has_begun(session, workshop.id),
            workshop.owner_id == account,
        )
        for workshop in store.workshops_of(session, account, archived=archived)
    ]


def _entry(workshop: Workshop, definition: Definition, begun: bool, is_owned: bool) -> Entry:
    jobs: ReportJobs = current_app.extensions["edp.reports"]
    prepared = datetime.fromtimestamp(workshop.created_at / 1000, UTC).date()
    day = date.fromisoformat(definition.date) if definition.date else prepared
    shown = format_date(day, "long")
    return Entry(
        code=workshop.code,
        title=workshop.title,
        territory=definition.territory,
        when=shown if definition.date else _("prepared %(date)s", date=shown),
        day=day.isoformat(),
        standing="ended" if workshop.ended_at else "running" if begun else "prepared",
        owned=is_owned,
        has_report=jobs.latest(workshop.id) is not None,
        report_running=jobs.running(workshop.id) is not None,
    )
