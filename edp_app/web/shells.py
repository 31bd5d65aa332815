"""The pages that live in the browser: what the server sends is a shell, its settings and the bundle."""

from typing import Any

from flask import current_app, render_template, request, url_for
from flask_wtf.csrf import generate_csrf

from edp_app.config import Settings
from edp_app.core.definition import LANGUAGES
from edp_app.exports.command import FORMS
from edp_app.i18n import browser_catalogue_json, language
from edp_app.web.assets import asset_url

ROLES = ("phone", "screen", "console")

SECOND = "phone.second"
"""What the phone's page fetches once it has drawn itself: a script, its style and its words."""

PAGES = (*ROLES, SECOND)
"""What has words of its own."""


def base_url() -> str:
    """What links and QR codes begin with, seen from this request."""
    settings: Settings = current_app.extensions["edp.settings"]
    return settings.base_url(request.host_url.rstrip("/"))


def join_url(code: str) -> str:
    """The address that the QR code holds."""
    return f"{base_url()}/j/{code}"


def short_url() -> str:
    """The address people type, as short as it can be said."""
    return base_url().partition("://")[2]


def catalogue_urls(page: str) -> dict[str, str]:
    """Where one of :data:`PAGES` finds its words in each language; the address changes with them."""
    return {
        code: url_for("join.catalogue", code=code, page=page, v=browser_catalogue_json(code, page)[1])
        for code in LANGUAGES
    }


def shell(role: str, code: str, title: str, *, speaks: str | None = None, keeps: str = "") -> str:
    """The page of this role. ``speaks`` is the language it begins in, else the reader's; ``keeps`` the id
    of the workshop, for a page that keeps something in its browser: a code may be another's one day."""
    chosen = speaks or language()
    config: dict[str, Any] = {
        "code": code,
        "role": role,
        "language": chosen,
        "languages": list(LANGUAGES),
        "i18n": catalogue_urls(role),
        "join_url": join_url(code),
        "short_url": short_url(),
        "qr_url": url_for("join.qr", code=code),
    }
    if keeps:
        config["id"] = keeps
    if role == "phone":
        config["second"] = {
            "script": asset_url(f"{SECOND}.js"),
            "style": asset_url(f"{SECOND}.css"),
            "words": catalogue_urls(SECOND),
        }
    if role == "console":
        config |= {
            "csrf": generate_csrf(),
            "names_url": url_for("workshops.names", code=code),
            "details_url": url_for("workshops.describe", code=code),
            "report_url": url_for("workshops.start_report", code=code),
            "report_pdf_url": url_for("workshops.report_pdf", code=code),
            "export_urls": {form: url_for("exports.download", code=code, form=form) for form in FORMS},
            "screen_url": url_for("join.screen", code=code),
            "workshops_url": url_for("workshops.index"),
            "login_url": url_for("accounts.login", next=url_for("workshops.console", code=code)),
        }
    return render_template("shells/live.html", role=role, title=title, config=config, page_language=chosen)
