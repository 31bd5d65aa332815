"""What a device may open that was signed in by a link: the console of one workshop and what belongs to it."""

from flask import Flask, Response, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from edp_app.log import store
from edp_app.web.errors import answer
from edp_app.web.mine import database

OPENED = frozenset(
    (
        "workshops.console",
        "workshops.names",
        "workshops.start_report",
        "workshops.report_pdf",
        "exports.data",
        "exports.download",
        "helping.listed",
        "helping.invite",
        "helping.remove",
        "helping.withdraw",
    )
)
"""Of the pages of an account those that stand for the console of a workshop; each takes its code."""


def init(app: Flask) -> None:
    """Has every request looked at."""
    app.before_request(_check)


def _check() -> AnyResponse | tuple[Response | str, int] | None:
    rule = request.url_rule
    if rule is None or not rule.rule.startswith("/workshops"):
        return None
    if not current_user.is_authenticated or not current_user.only:
        return None
    found = database().read(store.workshop_by_id, current_user.only)
    code = found.code if found else ""
    if code and request.endpoint in OPENED and (request.view_args or {}).get("code") == code:
        return None
    if code and request.endpoint == "workshops.index":
        return redirect(url_for("workshops.console", code=code), 303)
    return answer(
        403,
        _("On this device you lead one workshop. For everything else, please sign in with your pass phrase."),
    )
