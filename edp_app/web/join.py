"""What participants and the room open: the join page, the phone and screen pages, the QR code, the words."""

import io
import secrets
from urllib.parse import urlsplit

import gevent
import segno
from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    g,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.exc import DatabaseError
from werkzeug.wrappers import Response as AnyResponse

from edp_app.config import Settings
from edp_app.core.definition import LANGUAGES
from edp_app.i18n import COOKIE, COOKIE_SECONDS, browser_catalogue_json, language
from edp_app.log import store
from edp_app.log.database import Database, DatabaseAwayError
from edp_app.log.models import Workshop
from edp_app.network import address_key, wifi_words
from edp_app.rooms import Rooms
from edp_app.web.definitions import definition_of
from edp_app.web.forms import JoinForm, code_digits, spaced
from edp_app.web.limits import Limits
from edp_app.web.modes import privacy_modes
from edp_app.web.security import FOR_EVER, form_expired, keeps_input
from edp_app.web.shells import MAY_LEAVE, PAGES, join_url, shell

bp = Blueprint("join", __name__)

REMEMBERED = 8
"""How many workshops' codes a browser keeps, so that it gets in again whatever its neighbours type."""

HEALTH_SECONDS = 2.0
"""How long the database may take to answer a look at the server's health."""

Page = AnyResponse | str | tuple[str, int]


@bp.get("/")
def page() -> Page:
    """One field: the code. ``?code=`` fills it in."""
    return _join_page(JoinForm(formdata=None, code=request.args.get("code", "")[:40]))


@bp.post("/")
@keeps_input
def enter() -> Page:
    """From the code to the workshop, or back to the field with one sentence and what was typed."""
    form = JoinForm()
    typed = (form.code.data or "").strip()
    if form_expired():
        return _join_page(form, status=400)
    if not typed:
        return _join_page(form, _("Please type the six digits of the code."), 400)
    code = code_digits(typed)
    if code is None:
        return _join_page(form, _("A code has six digits, such as 123 456. Please type it again."), 400)
    found = find_workshop(code)
    if isinstance(found, Workshop):
        return redirect(url_for("join.phone", code=found.code), 303)
    return _join_page(form, *found)


@bp.get("/j/<code>")
def phone(code: str) -> Page:
    """The page of a participant; where the QR code leads."""
    digits = code_digits(code)
    if digits is None:
        form = JoinForm(formdata=None, code=code[:40])
        return _join_page(form, _("A code has six digits, such as 123 456. Please type it again."), 404)
    if digits != code:
        return redirect(url_for("join.phone", code=digits))
    found = find_workshop(digits)
    if not isinstance(found, Workshop):
        return _join_page(JoinForm(formdata=None, code=code), *found)
    return shell("phone", found.code, found.title, keeps=found.id, rehearsal=bool(found.rehearsal_of))


@bp.get("/screen/<code>")
def screen(code: str) -> Page:
    """The page for the projector: looks on, has no controls, speaks the workshop's language."""
    found = find_workshop(code_digits(code) or "")
    if not isinstance(found, Workshop):
        return _join_page(JoinForm(formdata=None, code=code[:40]), *found)
    definition = _database().read(definition_of, found.id)
    is_rehearsal = bool(found.rehearsal_of)
    return shell("screen", found.code, found.title, speaks=definition.language, rehearsal=is_rehearsal)


@bp.get("/rehearsal-over")
def rehearsal_over() -> str:
    """Where the pages of a rehearsal go when it was thrown away: on the wall as on a phone, in the language
    that the page spoke (``?language=``), and with nothing of anybody's account on it."""
    spoken = request.args.get("language", "")
    with force_locale(spoken if spoken in LANGUAGES else language()):
        return render_template("pages/rehearsal_over.html", language=language())


@bp.get("/qr/<code>.svg")
def qr(code: str) -> Response:
    """The QR code of the join address, with its quiet zone, in black on white in either theme."""
    found = find_workshop(code_digits(code) or "")
    if not isinstance(found, Workshop):
        abort(404)
    return _drawn(join_url(found.code))


@bp.get("/wifi.svg")
def wifi() -> Response:
    """The QR code that brings a phone into the room's Wi-Fi: for facilitators, and for everybody where the
    screen shows it."""
    settings: Settings = current_app.extensions["edp.settings"]
    if not settings.says_wifi(to_room=not current_user.is_authenticated):
        abort(404)
    return _drawn(wifi_words(settings.wifi_name, settings.wifi_password))


def _drawn(words: str) -> Response:
    """A QR code with its quiet zone, in black on white in either theme."""
    drawn = io.BytesIO()
    segno.make(words, error="m", micro=False).save(
        drawn, kind="svg", border=4, dark="#000", light="#fff", omitsize=True, xmldecl=False, title=None
    )
    return Response(drawn.getvalue(), mimetype="image/svg+xml")


@bp.get("/i18n/<code>.json")
def catalogue(code: str) -> Response:
    """The words of one of the browser's pages in one language. The address holds their hash, so they may be
    kept for ever; a page of an older build gets none, since its script has other places for them."""
    page = request.args.get("page", "")
    if code not in LANGUAGES or page not in PAGES:
        abort(404)
    body, stamp = browser_catalogue_json(code, page)
    if request.args.get("v") != stamp:
        abort(404)
    response = Response(body, mimetype="application/json")
    response.headers["Cache-Control"] = FOR_EVER
    return response


@bp.post("/language")
def switch_language() -> Response | AnyResponse:
    """Keeps the reader's choice of language, with the account too if there is one, and goes back."""
    chosen = request.form.get("language", "")
    if chosen not in LANGUAGES:
        abort(400)
    if current_user.is_authenticated and not current_user.only:
        _database().call(store.set_account, current_user.account_id, language=chosen)
    response = redirect(local_path(request.form.get("next", "")), 303)
    settings: Settings = current_app.extensions["edp.settings"]
    response.set_cookie(
        COOKIE,
        chosen,
        max_age=COOKIE_SECONDS,
        samesite="Lax",
        secure=settings.is_https or request.is_secure,
    )
    return response


@bp.get("/privacy")
def privacy() -> str:
    """What is stored, and who sees it."""
    settings: Settings = current_app.extensions["edp.settings"]
    return render_template(
        "pages/privacy.html", privacy_modes=privacy_modes(), retention_days=settings.retention_days
    )


@bp.get("/healthz")
def healthz() -> Response:
    """Whether the server answers, stores and reads: ``ok``, else ``cannot store`` or ``cannot read`` with
    status 503. Says so at once, or after :data:`HEALTH_SECONDS`, however long the database is locked."""
    rooms: Rooms = current_app.extensions["edp.rooms"]
    if not rooms.can_store:
        return _unwell("cannot store")
    try:
        with gevent.Timeout(HEALTH_SECONDS):
            _database().read(store.any_account)
    except (gevent.Timeout, DatabaseAwayError, DatabaseError):
        return _unwell("cannot read" if rooms.can_store else "cannot store")
    return Response("ok\n", mimetype="text/plain")


def _unwell(what: str) -> Response:
    return Response(f"{what}\n", 503, mimetype="text/plain")


def find_workshop(code: str) -> Workshop | tuple[str, int]:
    """The workshop with this code; else one sentence why not, and the status to say it with.

    Wrong codes are counted, by address and by browser. A browser that was in this workshop before, and who
    is signed in, gets in whatever others typed.
    """
    limits: Limits = current_app.extensions["edp.limits"]
    address, browser = address_key(request.remote_addr), session.get("browser")
    known = code in session.get("codes", ())
    if not known and not current_user.is_authenticated:
        wait = max(
            limits.code_by_address.wait(address), limits.code_by_browser.wait(browser) if browser else 0
        )
        if wait:
            g.retry_after = wait
            return _(
                "Several wrong codes came from here. Please wait %(n)s seconds, then try again.", n=wait
            ), 429
    found = _database().read(store.workshop_by_code, code)
    if found is None:
        session["browser"] = browser = browser or secrets.token_hex(8)
        limits.code_by_address.count(address)
        limits.code_by_browser.count(browser)
        shown = spaced(code) if code else ""
        return (
            _(
                "There is no workshop with the code %(code)s. Please compare it with the big screen.",
                code=shown,
            ),
            404,
        )
    if not known:
        session["codes"] = [code, *session.get("codes", ())][:REMEMBERED]
    return found


def local_path(target: str) -> str:
    """``target`` if it is a path on this server, else the join page: nobody is sent elsewhere.

    Browsers read ``//host`` and ``/\\host`` as other servers, and drop tabs and line breaks.
    """
    parts = urlsplit(target)
    safe = (
        target.startswith("/")
        and not target.startswith(("//", "/\\"))
        and not parts.scheme
        and not parts.netloc
    )
    if not safe or "\\" in target or any(ord(char) < 33 for char in target):
        return url_for("join.page")
    return target


def _join_page(form: JoinForm, problem: str = "", status: int = 200) -> tuple[str, int]:
    settings: Settings = current_app.extensions["edp.settings"]
    note = _(MAY_LEAVE) if settings.lan else ""
    page = render_template(
        "pages/join.html", form=form, problem=problem, is_expired=form_expired(), lan_note=note
    )
    return page, status


def _database() -> Database:
    database: Database = current_app.extensions["edp.database"]
    return database
