"""The pages that live in the browser: what the server sends is a shell, its settings and the bundle."""

from typing import Any

from flask import current_app, render_template, request, url_for
from flask_wtf.csrf import generate_csrf

from edp_app.config import Settings
from edp_app.core.definition import LANGUAGES
from edp_app.exports.command import FORMS
from edp_app.i18n import browser_catalogue_json, in_every_language, language
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


def N_(message: str) -> str:  # noqa: N802 - the name by which messages are found
    """Marks a sentence for the catalogue; it is translated when it is said."""
    return message


MAY_LEAVE = N_(
    "This Wi-Fi may have no internet. If your phone leaves it: switch mobile data off, or choose “stay "
    "connected” when the phone asks."
)
REHEARSAL = N_("Rehearsal: nothing of what is written or voted here counts.")


def shell(
    role: str,
    code: str,
    title: str,
    *,
    speaks: str | None = None,
    keeps: str = "",
    helps_as: str = "",
    owns: bool = False,
    is_remote: bool = False,
    rehearsal: bool = False,
) -> str:
    """The page of this role. ``speaks`` is the language it begins in, else the reader's; ``keeps`` the id
    of the workshop, for a page that keeps something in its browser: a code may be another's one day;
    ``rehearsal``: whether it is one of a rehearsal, which it says in words. A console: ``helps_as``, the
    name of somebody who helps without an account; ``owns``, whether the workshop is the reader's own;
    ``is_remote``, whether nothing but this console is open on the device."""
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
    if rehearsal:
        # In all languages, and from here: the scripts of those who do not rehearse stay free of it.
        config["rehearsal"] = in_every_language(REHEARSAL)
        config["over_url"] = url_for("join.rehearsal_over")
    settings: Settings = current_app.extensions["edp.settings"]
    if settings.lan and role == "phone":
        config["lan"] = in_every_language(MAY_LEAVE)
    elif settings.lan:
        config["lan"] = True
    to_room = role != "console" or bool(helps_as)
    if settings.says_wifi(to_room=to_room) and role != "phone":
        config["wifi"] = {
            "name": settings.wifi_name,
            "password": settings.wifi_password,
            "qr_url": url_for("join.wifi"),
        }
    if role == "phone":
        config["second"] = {
            "script": asset_url(f"{SECOND}.js"),
            "style": asset_url(f"{SECOND}.css"),
            "words": catalogue_urls(SECOND),
        }
    if role == "console" and helps_as:
        config |= {
            "csrf": generate_csrf(),
            "screen_url": url_for("join.screen", code=code),
            "helper": {"name": helps_as, "leave_url": url_for("helping.leave", code=code)},
        }
    elif role == "console":
        config |= {
            "csrf": generate_csrf(),
            "helpers_url": url_for("helping.listed", code=code),
            "device_url": url_for("helping.invite_device", code=code),
            "devices_url": url_for("helping.devices"),
            "names_url": url_for("workshops.names", code=code),
            "badges_url": url_for("badges.index", code=code),
            "details_url": url_for("workshops.describe", code=code),
            "stages_url": url_for("editor.stages", code=code),
            "bring_url": url_for("bringing.page", code=code),
            "report_url": url_for("workshops.start_report", code=code),
            "report_pdf_url": url_for("workshops.report_pdf", code=code),
            "export_urls": {form: url_for("exports.download", code=code, form=form) for form in FORMS},
            "screen_url": url_for("join.screen", code=code),
            "workshops_url": url_for("workshops.index"),
            "login_url": url_for("accounts.login", next=url_for("workshops.console", code=code)),
            "rehearsal_urls": _rehearsal_urls(code, rehearsal=rehearsal),
        }
        if is_remote:
            for closed in _NOT_ON_A_REMOTE:
                del config[closed]
        elif rehearsal:  # what is prepared, and for whom, is the workshop's own
            for own in ("details_url", "stages_url", "badges_url", "bring_url"):
                del config[own]
        elif owns:
            config["personal_url"] = url_for("personal.page", code=code)
    return render_template("shells/live.html", role=role, title=title, config=config, page_language=chosen)


_NOT_ON_A_REMOTE = (
    "device_url",
    "devices_url",
    "badges_url",
    "details_url",
    "stages_url",
    "bring_url",
    "workshops_url",
    "rehearsal_urls",
)
"""What leads from a console to more than its workshop, or prepares it."""


def _rehearsal_urls(code: str, *, rehearsal: bool) -> dict[str, str]:
    """What the console may ask for: to begin a rehearsal, or, in one, to start over or end it."""
    asks = ("again", "end") if rehearsal else ("begin",)
    return {what: url_for(f"rehearsals.{what}", code=code) for what in asks}
