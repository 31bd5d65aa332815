"""Signing in and out, and the first account of a new server."""

import hashlib
import secrets
from typing import TYPE_CHECKING, Any, NamedTuple

from flask import (
    Blueprint,
    Flask,
    abort,
    current_app,
    flash,
    g,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_babel import gettext as _
from flask_login import LoginManager, UserMixin, current_user, login_required, login_user, logout_user
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from edp_app import helping
from edp_app.clock import milliseconds
from edp_app.i18n import language
from edp_app.log import store
from edp_app.log.database import Database
from edp_app.log.models import Account
from edp_app.network import address_key
from edp_app.web.errors import answer, wants_json
from edp_app.web.forms import MAX_FORMAT_BYTES, FirstAccountForm, LoginForm
from edp_app.web.join import local_path
from edp_app.web.limits import Limits
from edp_app.web.passwords import check_password, hash_password
from edp_app.web.security import form_expired, keeps_input

if TYPE_CHECKING:
    from edp_app.live.service import Live

bp = Blueprint("accounts", __name__)

ENTRANCE = "edp.entrance"
"""Where the app keeps the demonstration's link; see :func:`new_entrance`."""

TYPED = ("workshops.new", "workshops.upload")
"""Pages with much to type: what was typed is there again after signing in."""

FIRST_TOKEN = "first_token"  # noqa: S105 - the name of the setting
FIRST_TOKEN_SECONDS = 24 * 3600

Page = Response | str | tuple[str | Response, int]


class User(UserMixin):
    """An account, as Flask-Login sees it, in one of its sessions. Its id there changes with the pass phrase,
    so that a new pass phrase ends every session; and it names the session, which signing out ends."""

    def __init__(self, account: Account, secret: str) -> None:
        self.account_id = account.id
        self.name = account.name
        self.language = account.language
        self.secret = secret
        self.only = store.only_for(secret)
        """The one workshop that may be led here; empty: all of the account's."""
        self._stamp = _stamp(account)

    def get_id(self) -> str:
        """What stands in the signed session."""
        return f"{self.account_id}.{self._stamp}.{self.secret}"


def _stamp(account: Account) -> str:
    return hashlib.sha256(account.password_hash.encode()).hexdigest()[:16]


def account_id() -> str | None:
    """The account of this request, or None."""
    return current_user.account_id if current_user.is_authenticated else None


def init(app: Flask) -> None:
    """Sets up Flask-Login."""
    manager = LoginManager()
    manager.login_view = "accounts.login"
    manager.login_message = None
    manager.session_protection = None  # phones change their address while walking about

    @manager.user_loader
    def _load(user_id: str) -> User | None:
        number, _dot, rest = user_id.partition(".")
        stamp, _dot, secret = rest.partition(".")
        account = _database().read(_account_signed_in, number, secret)
        if account is None or not account.active or not secrets.compare_digest(stamp, _stamp(account)):
            return None
        return User(account, secret)

    @manager.unauthorized_handler
    def _ask_to_sign_in() -> Page:
        if request.path in (url_for(endpoint) for endpoint in TYPED) and not wants_json():
            if request.method == "POST":
                return _login_page(LoginForm(formdata=None), request.path, _typed(), status=401)
        elif request.method != "GET" or wants_json():
            # A script, or a button on a page that outlived its session: a redirect would drop what was sent.
            return answer(401, _("You are signed out. Please sign in again, then repeat this."))
        return redirect(url_for("accounts.login", next=request.full_path.rstrip("?")))

    manager.init_app(app)


@bp.route("/login", methods=["GET", "POST"])
@keeps_input
def login() -> Page:
    """Sign in. Wrong attempts are limited by address and, from one address, by user name.

    What somebody had typed into a form when the session ended travels along in hidden fields. Once they are
    signed in, the browser sends it to that form's page again (307 keeps the method and what was sent), which
    shows it: the token belongs to the session before, so that nothing is done by it.
    """
    asked = request.args.get("next", "")
    target = local_path(asked) if asked else url_for("workshops.index")
    typed = _typed() if target in (url_for(endpoint) for endpoint in TYPED) else {}
    if current_user.is_authenticated and not current_user.only:
        return redirect(target, 307 if typed else 303)
    form = LoginForm()
    if not form.validate_on_submit():
        status = 400 if request.method == "POST" else 200
        return _login_page(form, asked, typed, is_expired=form_expired(), status=status)
    limits: Limits = current_app.extensions["edp.limits"]
    address = address_key(request.remote_addr)
    name = (address, store.normal_login(form.login.data))
    wait = max(limits.login_by_address.wait(address), limits.login_by_name.wait(name))
    if wait:
        g.retry_after = wait
        problem = _("Several attempts went wrong. Please wait %(n)s seconds, then try again.", n=wait)
        return _login_page(form, asked, typed, problem=problem, status=429)
    # Counted before the answer is known, so that many attempts at once do not slip through together.
    limits.login_by_address.count(address)
    limits.login_by_name.count(name)
    account = _database().read(store.account_by_login, form.login.data)
    usable = account.password_hash if account is not None and account.active else None
    if account is None or not check_password(usable, form.password.data):
        problem = _("This user name and pass phrase do not belong together. Please try again.")
        return _login_page(form, asked, typed, problem=problem, status=400)
    limits.login_by_address.undo(address)
    limits.login_by_name.forget(name)
    sign_in(account)
    return redirect(target, 307 if typed else 303)


def _login_page(
    form: LoginForm,
    target: str,
    typed: dict[str, str],
    *,
    status: int,
    problem: str = "",
    is_expired: bool = False,
) -> Page:
    page = render_template(
        "pages/login.html",
        form=form,
        action=url_for("accounts.login", next=target or None),
        typed=typed,
        problem=problem,
        is_expired=is_expired,
    )
    return page, status


def _typed() -> dict[str, str]:
    """What was sent besides the fields of signing in; a file as its text."""
    own = {"csrf_token", *LoginForm()._fields}
    typed = {name: value for name, value in request.form.items() if name not in own}
    if (file := request.files.get("file")) and file.filename:
        typed["text"] = file.stream.read(MAX_FORMAT_BYTES).decode("utf-8", "replace")
    return typed


@bp.post("/logout")
@login_required
def logout() -> Response:
    """Sign out: the session ends for whoever has its cookie, its consoles are cut, and a new one begins."""
    _end_session()
    session.clear()
    return redirect(url_for("join.page"), 303)


@bp.route("/first/<token>", methods=["GET", "POST"])
@keeps_input
def first(token: str) -> Page:
    """The first account, for whoever has the link that stands in the terminal. The link works once."""
    limits: Limits = current_app.extensions["edp.limits"]
    address = address_key(request.remote_addr)
    if limits.first_by_address.wait(address):
        abort(429)
    if not _database().read(first_token_is, token, milliseconds()):
        limits.first_by_address.count(address)
        g.error_text = _("This link has been used or is too old. Starting the server again prints a new one.")
        abort(404)
    form = FirstAccountForm()
    if not form.validate_on_submit():
        status = 400 if request.method == "POST" else 200
        return render_template("pages/first.html", form=form, is_expired=form_expired()), status
    hashed = hash_password(form.password.data)
    account = _database().call(
        use_first_token,
        token,
        milliseconds(),
        login=form.login.data,
        name=form.name.data,
        password_hash=hashed,
        language=language(),
    )
    if account is None:
        abort(404)
    sign_in(account)
    flash(_("Your account is made, and you are signed in."))
    return redirect(url_for("workshops.index"), 303)


@bp.get("/enter/<token>")
def enter(token: str) -> Response:
    """Signs in whoever started a demonstration and follows the link in their own terminal. There are such
    links only while a demonstration runs, and they are stored nowhere; see :func:`new_entrance`."""
    limits: Limits = current_app.extensions["edp.limits"]
    address = address_key(request.remote_addr)
    if limits.first_by_address.wait(address):
        abort(429)
    entrance: Entrance | None = current_app.extensions.get(ENTRANCE)
    account = None
    if entrance and secrets.compare_digest(entrance.token_hash, _hash(token)):
        account = _database().read(store.account_by_login, entrance.login)
    if account is None or entrance is None:
        limits.first_by_address.count(address)
        g.error_text = _("This link has been used or is too old. Starting the server again prints a new one.")
        abort(404)
    sign_in(account)
    return redirect(entrance.target, 303)


class Entrance(NamedTuple):
    """Who is signed in by the demonstration's link, and where they are led."""

    token_hash: str
    login: str
    target: str


def new_entrance(app: Flask, login: str, target: str) -> str:
    """The path of a link that signs in as ``login`` and leads to the path ``target``, for as long as this
    process runs. For demonstrations only: whoever has the link facilitates."""
    token = secrets.token_urlsafe(24)
    app.extensions[ENTRANCE] = Entrance(_hash(token), login, target)
    return f"/enter/{token}"


def new_first_token(session: Session, now: int) -> str | None:
    """A fresh token for the first account, replacing an earlier one; None if there is an account. Only
    its hash is stored. ``now`` in ms. Needs a transaction that writes."""
    if store.any_account(session):
        return None
    token = secrets.token_urlsafe(24)
    store.set_setting(session, FIRST_TOKEN, f"{_hash(token)} {now + FIRST_TOKEN_SECONDS * 1000}")
    return token


def first_token_is(session: Session, token: str, now: int) -> bool:
    """Whether this token may be used now: the latest one, not expired, and there is still no account."""
    stored, _space, until = (store.setting(session, FIRST_TOKEN) or "").partition(" ")
    right = bool(stored) and secrets.compare_digest(stored, _hash(token))
    return right and now < int(until) and not store.any_account(session)


def use_first_token(session: Session, token: str, now: int, **account: Any) -> Account | None:
    """Makes the first account and uses the token up; None if it may not be used. Needs a transaction that
    writes, so that of two attempts at once only one succeeds."""
    if not first_token_is(session, token, now):
        return None
    store.set_setting(session, FIRST_TOKEN, "")
    return store.create_account(session, now=now, is_admin=True, **account)


def sign_in(account: Account, *, only: str = "") -> None:
    """A new session for this account in the browser of this request, for all it may do or ``only`` for one
    workshop: nothing of the one before stays in it but the codes it knows and the workshops it helps in."""
    if current_user.is_authenticated:
        _end_session()
    secret = _database().call(store.sign_in, account.id, milliseconds(), only=only)
    kept = {key: session[key] for key in ("codes", helping.KEY) if key in session}
    session.clear()
    session.update(kept)
    session.permanent = True
    login_user(User(account, secret))


def _end_session() -> None:
    account, secret = current_user.account_id, current_user.secret
    logout_user()
    _database().call(store.sign_out, secret)
    live: Live = current_app.extensions["edp.live"]
    live.cut_account(account)


def _account_signed_in(session: Session, account: str, secret: str) -> Account | None:
    signed_in = store.is_signed_in(session, account, secret, milliseconds())
    return store.account_by_id(session, account) if signed_in else None


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _database() -> Database:
    database: Database = current_app.extensions["edp.database"]
    return database
