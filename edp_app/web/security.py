"""What every answer carries and every request has to pass: host names, headers, CSRF, sessions."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, request
from flask.sessions import SecureCookieSessionInterface
from flask_wtf.csrf import CSRFError, CSRFProtect
from itsdangerous import SignatureExpired, TimestampSigner, URLSafeTimedSerializer
from werkzeug.datastructures import Headers

from edp_app import clock
from edp_app.config import LOOPBACK_HOSTS, Settings

View = TypeVar("View", bound=Callable[..., Any])

csrf = CSRFProtect()

FOR_EVER = "public, max-age=31536000, immutable"

FIXED_HEADERS = (
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    (
        "Permissions-Policy",
        "camera=(), geolocation=(), microphone=(), payment=(), fullscreen=(self), screen-wake-lock=(self)",
    ),
)

ALONE = ("Cross-Origin-Opener-Policy", "same-origin")
"""Heeded by browsers where a page came over HTTPS or from this machine; elsewhere they complain of it."""

_kept: set[str] = set()


def keeps_input(view: View) -> View:
    """Marks a view whose form comes back filled in where its CSRF token has expired: the view is called all
    the same, its form does not validate, and it shows what was sent with :func:`form_expired` saying why."""
    _kept.add(f"{view.__module__}.{view.__qualname__}")
    return view


def form_expired() -> bool:
    """Whether this request was sent with a token that has expired, so that nothing may be done."""
    return bool(g.get("form_expired", False))


def content_security_policy(host: str, is_secure: bool) -> str:
    """Our own files and our own live connection, nothing inline, nothing from anywhere else.

    The live connection is named, since older Safari does not count WebSockets as 'self'.
    """
    live = f"{'wss' if is_secure else 'ws'}://{host}"
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
        f"connect-src 'self' {live}; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )


class HostGuard:
    """Refuses requests under host names that are not ours, before anything else sees them, the live
    connection included: a stranger's name that leads here must not become part of links, nor of an origin."""

    def __init__(self, app: Callable[..., Iterable[bytes]], settings: Settings) -> None:
        self._app = app
        self._hosts = settings.hosts()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if _hostname(environ.get("HTTP_HOST", "")) in self._hosts:
            return self._app(environ, start_response)
        body = b"This server does not answer under this name. The operator can add it to EDP_ALLOWED_HOSTS.\n"
        headers = [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Length", str(len(body))),
            ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
            *FIXED_HEADERS,
        ]
        start_response("421 Misdirected Request", headers)
        return [body]


def _hostname(header: str) -> str:
    try:
        return (urlsplit(f"//{header}").hostname or "").lower()
    except ValueError:
        return ""


class _Signer(TimestampSigner):
    """Sessions go by the server's clock, which nobody sets while it runs. One from the future is as good as
    new: the machine's clock was set back since. Nobody but this installation can sign one."""

    def get_timestamp(self) -> int:
        return clock.milliseconds() // 1000

    def unsign(
        self, signed_value: str | bytes, max_age: int | None = None, return_timestamp: bool = False
    ) -> Any:
        try:
            return super().unsign(signed_value, max_age, return_timestamp)
        except SignatureExpired as expired:
            if expired.date_signed is None or expired.date_signed.timestamp() <= self.get_timestamp():
                raise
            return super().unsign(signed_value, None, return_timestamp)


class _Sessions(SecureCookieSessionInterface):
    """Session cookies that are Secure whenever the request came over HTTPS."""

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        serializer = super().get_signing_serializer(app)
        if serializer is not None:
            serializer.signer = _Signer
        return serializer

    def get_cookie_secure(self, app: Flask) -> bool:
        settings: Settings = app.extensions["edp.settings"]
        return settings.is_https or request.is_secure


def init(app: Flask) -> None:
    """Puts all of it in place."""
    app.session_interface = _Sessions()
    app.config.update(
        SESSION_COOKIE_NAME="edp_session",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_TIME_LIMIT=None,  # a token ends with its session: a console stays open for days
        WTF_CSRF_SSL_STRICT=False,  # some browsers send no Referer; the token is what counts
    )
    csrf.init_app(app)
    app.before_request(_check_csrf)
    app.after_request(_add_headers)


def _check_csrf() -> None:
    if request.method not in app_csrf_methods():
        return
    try:
        csrf.protect()
    except CSRFError:
        view = current_app.view_functions.get(request.endpoint or "")
        if view is None or f"{view.__module__}.{view.__qualname__}" not in _kept:
            raise
        g.form_expired = True


def app_csrf_methods() -> Iterable[str]:
    """The methods that change something."""
    return current_app.config["WTF_CSRF_METHODS"]  # type: ignore[no-any-return]


def _add_headers(response: Response) -> Response:
    headers: Headers = response.headers
    for name, value in FIXED_HEADERS:
        headers.setdefault(name, value)
    headers.setdefault("Content-Security-Policy", content_security_policy(request.host, request.is_secure))
    if request.is_secure or _hostname(request.host) in LOOPBACK_HOSTS:
        headers.setdefault(*ALONE)
    if request.is_secure:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.path.startswith("/static/dist/") and response.status_code == 200:
        named_by_content = not request.path.startswith("/static/dist/fonts/")
        headers["Cache-Control"] = FOR_EVER if named_by_content else "public, max-age=2592000"
    else:
        headers.setdefault("Cache-Control", "no-store")
    return response
