"""The pages that the server makes: joining, accounts, workshops, downloads, the shells of the live pages."""

from typing import Any

from flask import Flask, Response, g, request, url_for

from edp_app.config import Settings
from edp_app.i18n import LANGUAGE_NAMES, language
from edp_app.web import (
    accounts,
    assets,
    badges,
    bringing,
    compress,
    errors,
    exports,
    format_help,
    helping,
    join,
    own_formats,
    personal,
    pictures,
    preparing,
    register,
    rehearsals,
    remote,
    security,
)
from edp_app.web.editor import routes as editor
from edp_app.web.limits import Limits
from edp_app.web.reports import ReportJobs


def init(app: Flask, settings: Settings) -> None:
    """Registers every page with this application."""
    app.config.update(
        MAX_CONTENT_LENGTH=1024 * 1024,  # the whole request; a format file's own limit is smaller
        MAX_FORM_MEMORY_SIZE=900 * 1024,
        MAX_FORM_PARTS=100,
        PERMANENT_SESSION_LIFETIME=14 * 24 * 3600,
    )
    app.jinja_env.trim_blocks = False
    app.extensions["edp.limits"] = Limits()
    app.extensions["edp.reports"] = ReportJobs(settings, _report_url)
    app.extensions["edp.exports"] = exports.Exports(settings)
    security.init(app)
    assets.init(app)
    compress.init(app)
    accounts.init(app)
    remote.init(app)
    errors.init(app)
    (workshops,) = {register.bp, preparing.bp}  # the list's pages and the form's stand on one blueprint
    own = (
        workshops,
        own_formats.bp,
        format_help.bp,
        rehearsals.bp,
        helping.bp,
        personal.bp,
        badges.bp,
        bringing.bp,
        exports.bp,
        editor.bp,
    )
    for blueprint in (join.bp, pictures.bp, accounts.bp, *own):
        app.register_blueprint(blueprint)
    app.context_processor(_for_every_page)
    app.after_request(_say_when_to_return)


def _report_url(code: str) -> str:
    return f"/workshops/{code}/report.pdf"


def _for_every_page() -> dict[str, Any]:
    """What the layout needs."""
    came_by_link = request.method == "GET" and request.endpoint not in (None, "static")
    here = request.full_path.rstrip("?") if came_by_link else request.path
    if request.method != "GET" and request.endpoint == "workshops.start_report":
        here = url_for("workshops.index")
    return {"language": language(), "language_names": LANGUAGE_NAMES, "language_next": here}


def _say_when_to_return(response: Response) -> Response:
    if wait := g.get("retry_after"):
        response.headers["Retry-After"] = str(wait)
    return response
