"""Badges: the invitation list of a workshop, badges made anew and taken back, and the sheets to print.

A badge's secret is made from the installation's key and a random mark that stands in the record, so that
sheets can be printed again; the record holds its SHA-256 alone (docs/decisions/0024-badges.md).
"""

import base64
import hashlib
import hmac
import io
import secrets
from collections import Counter
from dataclasses import dataclass

import gevent
import segno
from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _
from flask_login import login_required
from gevent.lock import BoundedSemaphore
from werkzeug.wrappers import Response as AnyResponse

from edp_app.core.commands import ExpectPeople, MakeBadges, NewBadge, RemakeBadge, VoidBadges
from edp_app.core.definition import in_language
from edp_app.core.door import badge_digest
from edp_app.core.state import Badge, State
from edp_app.i18n import language
from edp_app.log import store
from edp_app.log.database import Database
from edp_app.log.store import PersonNames
from edp_app.pasted import Mistake, as_shown, plain, uploaded
from edp_app.rooms import Room
from edp_app.web.forms import InvitationForm, spaced
from edp_app.web.invitations import Invited, read_list
from edp_app.web.running import carry_out, room_of
from edp_app.web.security import form_expired, keeps_input
from edp_app.web.shells import join_url, short_url

Page = AnyResponse | str | tuple[str, int]

bp = Blueprint("badges", __name__, url_prefix="/workshops")

PER_SHEET = 8
"""Badges on one A4 sheet: two by four."""

_ONE_LIST = BoundedSemaphore(1)
_NOBODY = PersonNames("", "")
_CROCKFORD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ")


def badge_secret(key: str, workshop_id: str, mark: str) -> str:
    """What a badge's code says: 80 bits that nobody finds without the installation's key, written as recovery
    codes are (16 characters of Crockford's base32)."""
    made = hmac.new(key.encode(), f"edp badge:{workshop_id}:{mark}".encode(), hashlib.sha256).digest()
    return base64.b32encode(made[:10]).decode().translate(_CROCKFORD)


@dataclass(frozen=True)
class Line:
    """One badge, as the list and the sheet show it. ``secret`` is empty where this installation cannot make
    it: the record came from another one. ``used``: the number of who came in with it, else 0; ``has_acted``:
    whether they have contributed something; ``handed_on``: whether another phone is to come for them."""

    badge: str
    n: int
    name: str
    organisation: str
    group: str
    group_id: str
    icon: str
    territory: str
    funder: bool
    used: int
    has_acted: bool
    handed_on: bool
    secret: str

    @property
    def is_wanted(self) -> bool:
        """Whether somebody can still come in with it."""
        return not self.used or self.handed_on

    @property
    def in_fours(self) -> str:
        """The secret as it is read out."""
        return " ".join(self.secret[at : at + 4] for at in range(0, len(self.secret), 4))


def lines(state: State, workshop_id: str, names: dict[str, PersonNames], speaks: str) -> list[Line]:
    """The badges of a workshop in the order of the list."""
    groups = {group.id: group for group in state.definition.groups}
    sides = {side.id: in_language(side.name, speaks) for side in state.definition.territories}
    found = []
    for n, badge in enumerate(state.badges.values(), start=1):
        person, given = state.persons.get(badge.person), names.get(badge.id, _NOBODY)
        found.append(
            Line(
                badge=badge.id,
                n=n,
                name=given.name,
                organisation=given.organisation,
                group=in_language(groups[badge.group].name, speaks),
                group_id=badge.group,
                icon=groups[badge.group].icon,
                territory=sides.get(badge.territory or "", ""),
                funder=badge.funder,
                used=person.n if person else 0,
                has_acted=bool(person and person.acted),
                handed_on=badge.handed_on,
                secret=_secret_of(badge, workshop_id),
            )
        )
    return found


def _secret_of(badge: Badge, workshop_id: str) -> str:
    made = badge_secret(str(current_app.secret_key), workshop_id, badge.mark)
    return made if badge_digest(made) == badge.digest else ""


def _new(workshop_id: str) -> tuple[str, str]:
    """A mark, and the digest of the secret that is made from it."""
    mark = secrets.token_urlsafe(12)
    return mark, badge_digest(badge_secret(str(current_app.secret_key), workshop_id, mark))


@bp.route("/<code>/badges", methods=["GET", "POST"])
@login_required
@keeps_input
def index(code: str) -> Page:
    """The list, and the form that adds to it."""
    room, form = room_of(code), InvitationForm()
    mistakes: list[Mistake] = []
    problem = None
    if request.method == "POST" and not room.state.ended:
        source = uploaded(form.file.data) or (form.text.data or "").encode("utf-8", "replace")
        form.text.data = as_shown(source)
        if form.validate_on_submit():
            listed = read_list(source, room.state.definition, language())
            mistakes = listed.mistakes
            if not mistakes:
                only_count = request.form.get("do") == "expect"
                problem = _expect(room, listed.people) if only_count else _invite(room, listed.people)
                if problem is None:
                    for note in listed.notes:
                        flash(note.said())
                    return redirect(url_for("badges.index", code=code), 303)
    page = render_template(
        "pages/badges.html",
        code=code,
        room=room,
        lines=_lines(room, language()),
        form=form,
        mistakes=mistakes,
        problem=problem,
        example=_example(room.state),
        is_expired=form_expired(),
    )
    return page, 400 if request.method == "POST" else 200


def _invite(room: Room, people: list[Invited]) -> str | None:
    """Makes a badge for each who has none yet and says so; why not, in words, or None. A list that has grown
    is sent again as a whole, and a button is pressed twice: one list at a time."""
    with _ONE_LIST:
        room.when_settled()
        there = {_who(line) for line in _lines(room, language()) if line.name}
        new = [one for one in people if not one.name or _who(one) not in there]
        problem = carry_out(room, _invitation(room, new)) if new else None
    if problem is not None:
        return problem
    said = []
    if new:
        said.append(ngettext("One badge was made.", "%(num)s badges were made.", len(new)))
    if known := len(people) - len(new):
        said.append(
            ngettext(
                "One person on the list is invited already and keeps that badge.",
                "%(num)s people on the list are invited already and keep their badges.",
                known,
            )
        )
    if new:
        said.append(_("Print them, cut them, and hand each to its person."))
    flash(" ".join(said))
    return None


def _who(one: Invited | Line) -> tuple[str, str, str]:
    """What is the same of one person on two lists."""
    group = one.group_id if isinstance(one, Line) else one.group
    return plain(one.name), plain(one.organisation), group


def _expect(room: Room, people: list[Invited]) -> str | None:
    """Has as many people of each group, and from each territory, expected as stand on the list; why not, in
    words, or None."""
    there = Counter(one.group for one in people)
    expected = {group.id: there[group.id] for group in room.state.definition.groups}
    sides = Counter(one.territory for one in people)
    territories = {side.id: sides[side.id] for side in room.state.definition.territories}
    problem = carry_out(room, ExpectPeople(expected=expected, territories=territories))
    if problem is None:
        flash(
            ngettext(
                "One person is expected now, and no badge was made.",
                "%(num)s people are expected now, as many of each group as stand on the list, and no badge "
                "was made.",
                len(people),
            )
        )
    return problem


def _invitation(room: Room, people: list[Invited]) -> MakeBadges:
    made = []
    for one in people:
        mark, digest = _new(room.id)
        made.append(
            NewBadge(
                mark=mark,
                digest=digest,
                group=one.group,
                territory=one.territory,
                funder=one.funder,
                name=one.name,
                organisation=one.organisation,
            )
        )
    return MakeBadges(badges=made)


def _example(state: State) -> str:
    """Three lines of a list for this workshop."""
    speaks = language()
    groups = [in_language(group.name, speaks) for group in state.definition.groups[:2]]
    sides = [in_language(side.name, speaks) for side in state.definition.territories[:2]] or ["", ""]
    rows = (
        [_("name"), _("organisation"), _("group"), _("territory"), _("funder")],
        ["Ana Quispe", _("Cooperative of Minka"), groups[0], sides[0], _("no")],
        ["Luis Rojas", "", groups[-1], sides[-1], _("yes")],
    )
    return "\n".join(";".join(cell for cell in row) for row in rows)


@bp.post("/<code>/badges/anew")
@login_required
def remake(code: str) -> Page:
    """A lost badge made anew: the old one is void from this moment. ``on``: for somebody who has contributed,
    so that they go on with another phone."""
    room = room_of(code)
    mark, digest = _new(room.id)
    badge = request.form.get("badge", "")[:40]
    hands_on = bool(request.form.get("on"))
    problem = carry_out(room, RemakeBadge(badge=badge, mark=mark, digest=digest, hand_on=hands_on))
    if problem is None:
        room.when_settled()
        flash(_("The badge was made anew, and the old one is void. Print it now."))
        if room.state.badges[badge].handed_on:
            flash(
                _(
                    "Whoever comes in with it goes on as the same person, with all they wrote and voted; the "
                    "phone before is out then."
                )
            )
        return redirect(url_for("badges.sheets", code=code, badge=badge), 303)
    flash(problem)
    return redirect(url_for("badges.index", code=code), 303)


@bp.post("/<code>/badges/back")
@login_required
def take_back(code: str) -> Page:
    """One invitation that nobody has used taken back, or all of those."""
    room = room_of(code)
    unused = [badge.id for badge in room.state.badges.values() if not badge.person]
    one = request.form.get("badge", "")[:40]
    taken = unused if one == "unused" else [one]
    problem = carry_out(room, VoidBadges(badges=taken)) if taken else None
    if problem is None:
        room.when_settled()
        flash(ngettext("One badge is void.", "%(num)s badges are void.", len(taken)))
    else:
        flash(problem)
    return redirect(url_for("badges.index", code=code), 303)


@bp.get("/<code>/badges/sheets")
@login_required
def sheets(code: str) -> Page:
    """The badges to print, in the workshop's language: all, those not used yet (``?which=unused``), or one
    (``?badge=``)."""
    room = room_of(code)
    definition, speaks = room.state.definition, room.state.definition.language
    wanted = request.args.get("badge", "")
    found = [
        line
        for line in _lines(room, speaks)
        if line.secret
        and (line.badge == wanted if wanted else line.is_wanted or request.args.get("which") != "unused")
    ]
    if not found:
        abort(404)
    address = join_url(room.state.code)
    codes = {}
    for line in found:
        codes[line.badge] = _qr(f"{address}#b={line.secret}")
        gevent.sleep(0)  # a thousand of them take seconds
    with force_locale(speaks):
        return render_template(
            "pages/badge_sheets.html",
            code=spaced(room.state.code),
            back=url_for("badges.index", code=code),
            title=definition.title,
            when=definition.date,
            speaks=speaks,
            short_url=short_url(),
            sheets=[found[at : at + PER_SHEET] for at in range(0, len(found), PER_SHEET)],
            codes=codes,
        )


def _qr(address: str) -> str:
    """The QR code with its quiet zone, black on white, as part of a page."""
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawn,
        kind="svg",
        border=4,
        dark="#000",
        light="#fff",
        omitsize=True,
        xmldecl=False,
        svgns=False,
        title=None,
    )
    return drawn.getvalue().decode()


def _lines(room: Room, speaks: str) -> list[Line]:
    database: Database = current_app.extensions["edp.database"]
    names = database.read(store.names_of_workshop, room.id)
    return lines(room.state, room.id, names, speaks)
