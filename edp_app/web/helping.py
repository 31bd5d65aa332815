"""People who help without an account, and a facilitator's second device: links that work once.

Opening a link changes nothing, since messengers open it to show what it is: pressing the button on its page
does. The token stands in the address of that page alone, which no other page is told of (no referrer).
"""

from typing import Any, NoReturn, cast

import segno
from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    g,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from flask_login import current_user, login_required
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from edp_app import helping
from edp_app.access import helper, may_facilitate
from edp_app.clock import milliseconds
from edp_app.live.service import Live
from edp_app.log import store
from edp_app.log.models import Account, Link, LinkPurpose, Workshop
from edp_app.network import address_key
from edp_app.web.accounts import account_id, sign_in
from edp_app.web.errors import answer
from edp_app.web.forms import HelperForm
from edp_app.web.limits import Limits
from edp_app.web.mine import database, mine
from edp_app.web.security import form_expired, keeps_input
from edp_app.web.shells import base_url, shell

bp = Blueprint("helping", __name__)

HELP_SECONDS = 24 * 3600
DEVICE_SECONDS = 5 * 60

Page = AnyResponse | str | tuple[str | Response, int]


# ---- what the console asks for


@bp.get("/workshops/<code>/helpers")
@login_required
def listed(code: str) -> Response:
    """Who helps, who has helped, and the invitations that nobody has used yet."""
    return _listed(mine(code))


@bp.post("/workshops/<code>/helpers/invite")
@login_required
def invite(code: str) -> Page:
    """A link for one person, who then helps in this workshop."""
    made = _new_link("help", mine(code), HELP_SECONDS)
    if made is None:
        return answer(409, _("Too many invitations are open. Please withdraw one first."))
    return made


@bp.post("/workshops/<code>/helpers/<actor>/remove")
@login_required
def remove(code: str, actor: str) -> Response:
    """This one helps no more: their pages are cut at once."""
    found = mine(code)
    if database().call(store.remove_helper, found.id, actor):
        _live().cut_account(actor)
    return _listed(found)


@bp.post("/workshops/<code>/helpers/<actor>/forget")
@login_required
def forget(code: str, actor: str) -> Response:
    """Erase the name of somebody who helps no more."""
    found = mine(code)
    database().call(store.forget_helper, found.id, actor)
    return _listed(found)


@bp.post("/workshops/<code>/helpers/<link>/withdraw")
@login_required
def withdraw(code: str, link: str) -> Response:
    """Take back an invitation that nobody has used."""
    found = mine(code)
    database().call(store.withdraw_link, found.id, link)
    return _listed(found)


@bp.post("/workshops/<code>/device")
@login_required
def invite_device(code: str) -> Page:
    """A link by which another device leads this workshop in the account's name, and opens nothing else."""
    return cast(Response, _new_link("device", mine(code), DEVICE_SECONDS))


@bp.get("/workshops/devices")
@login_required
def devices() -> Response:
    """On how many other devices this account is signed in."""
    others = database().read(store.other_sessions, account_id(), current_user.secret, milliseconds())
    return jsonify(others=others)


@bp.post("/workshops/devices/sign-out")
@login_required
def sign_out_others() -> Response:
    """Sign this account out everywhere else; consoles there are cut at once."""
    database().call(store.sign_out_others, current_user.account_id, current_user.secret)
    _live().cut_account(current_user.account_id)
    return devices()


def _new_link(purpose: LinkPurpose, workshop: Workshop, seconds: int) -> Response | None:
    now = milliseconds()
    token = database().call(store.make_link, purpose, workshop.id, account_id() or "", now, seconds)
    if token is None:
        return None
    url = base_url() + url_for(f"helping.{purpose}", token=token)
    return jsonify(url=url, qr=qr_squares(url), until=now + seconds * 1000)


def _listed(workshop: Workshop) -> Response:
    now = milliseconds()
    helpers = database().read(store.helpers_of, workshop.id, now)
    links = database().read(store.open_links, workshop.id, now)
    return jsonify(
        helpers=[one._asdict() for one in helpers],
        invitations=[{"id": link.id, "until": link.until} for link in links],
    )


def qr_squares(text: str) -> dict[str, Any]:
    """A QR code as a page draws it: the side of its square in modules, quiet zone included, and the dark
    ones as the path of an SVG."""
    rows = list(segno.make(text, error="m", micro=False).matrix_iter(border=4))
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return {"size": len(rows), "path": path}


# ---- what whoever has the link opens


@bp.route("/help/<token>", methods=["GET", "POST"], endpoint="help")
@keeps_input
def come(token: str) -> Page:
    """Come to help: a name is all that is asked. The link works once."""
    workshop = _usable("help", token)[1]
    if database().read(may_facilitate, account_id(), workshop.id):
        flash(_("You lead this workshop yourself. The link is for somebody else, and still works."))
        return redirect(url_for("workshops.console", code=workshop.code), 303)
    form = HelperForm()
    if not form.validate_on_submit():
        status = 400 if request.method == "POST" else 200
        page = render_template("pages/help.html", form=form, title=workshop.title, is_expired=form_expired())
        return _private(page, status)
    try:
        made = database().call(_come, token, form.name.data)
    except _FullError:
        g.error_text = _("So many people help in this workshop that no more can be added.")
        abort(409)
    if made is None:
        _gone()
    helping.keep(made.workshop_id, made.token)
    return redirect(url_for("helping.console", code=workshop.code), 303)


@bp.route("/device/<token>", methods=["GET", "POST"])
@keeps_input
def device(token: str) -> Page:
    """Lead this workshop from this device, too. The link works once."""
    link, workshop = _usable("device", token)
    account = database().read(store.account_by_id, link.account_id)
    if account is None or not account.active:
        _gone()
    if request.method == "GET" or form_expired():
        page = render_template(
            "pages/device.html", name=account.name, title=workshop.title, is_expired=form_expired()
        )
        return _private(page, 400 if form_expired() else 200)
    used = database().call(_use_device, token)
    if used is None:
        _gone()
    if account_id() != used.id or current_user.only:  # else more than that is open here already
        sign_in(used, only=workshop.id)
    return redirect(url_for("workshops.console", code=workshop.code), 303)


@bp.get("/helping/<code>")
def console(code: str) -> Page:
    """The console of somebody who helps. Nobody else learns from it which workshops there are."""
    found = database().read(store.workshop_by_code, code)
    if found is not None and database().read(may_facilitate, account_id(), found.id):
        return redirect(url_for("workshops.console", code=code))
    name = _helps_as(found) if found else None
    if found is None or name is None:
        g.error_text = _(
            "You do not help in this workshop, or not any more. Whoever leads it can send you a new link."
        )
        abort(410)
    is_rehearsal = bool(found.rehearsal_of)
    return shell("console", found.code, found.title, helps_as=name, rehearsal=is_rehearsal)


@bp.post("/helping/<code>/leave")
def leave(code: str) -> AnyResponse:
    """Stop helping, in this browser and for good: coming back needs a new link."""
    found = database().read(store.workshop_by_code, code, archived=True)
    if found and (token := helping.token_of(found.id)):
        actor = database().read(helper, found.id, token, milliseconds())
        helping.drop(found.id)
        if actor and database().call(store.remove_helper, found.id, actor):
            _live().cut_account(actor)
        flash(_("You help no more in “%(title)s”. Thank you!", title=found.title))
    return redirect(url_for("join.page"), 303)


def _helps_as(workshop: Workshop) -> str | None:
    token = helping.token_of(workshop.id)
    actor = database().read(helper, workshop.id, token, milliseconds()) if token else None
    rows = database().read(store.helpers_of, workshop.id, milliseconds()) if actor else []
    return next((row.name for row in rows if row.actor == actor), None)


def _usable(purpose: LinkPurpose, token: str) -> tuple[Link, Workshop]:
    """The link with this token and its workshop. Whoever tries out many waits."""
    limits: Limits = current_app.extensions["edp.limits"]
    address = address_key(request.remote_addr)
    if wait := limits.link_by_address.wait(address):
        g.retry_after = wait
        abort(429)
    link = database().read(store.link_by_token, purpose, token, milliseconds())
    workshop = database().read(store.workshop_by_id, link.workshop_id) if link else None
    if link is None or workshop is None or workshop.archived_at is not None:
        limits.link_by_address.count(address)
        _gone()
    # Whoever made it may have lost the right since.
    if not database().read(may_facilitate, link.account_id, workshop.id):
        _gone()
    return link, workshop


def _gone() -> NoReturn:
    g.error_text = _("This link has been used, or its time is over. Please ask for a new one.")
    abort(410)


def _private(page: str, status: int) -> Response:
    """The token in the address of this page goes nowhere else."""
    response = Response(page, status)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


class _FullError(Exception):
    """So many help already that nobody else can; the link stays as it was."""


def _come(session: Session, token: str, name: str) -> store.NewHelper | None:
    now = milliseconds()
    link = store.use_link(session, "help", token, now)
    if link is None:
        return None
    made = store.add_helper(session, link.workshop_id, name, now)
    if made is None:
        raise _FullError
    return made


def _use_device(session: Session, token: str) -> Account | None:
    link = store.use_link(session, "device", token, milliseconds())
    account = store.account_by_id(session, link.account_id) if link else None
    return account if account is not None and account.active else None


def _live() -> Live:
    live: Live = current_app.extensions["edp.live"]
    return live
