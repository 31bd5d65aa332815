"""What went wrong, in a sentence and with a way on, for people and for scripts."""

import logging
import traceback

from flask import Flask, Response, g, jsonify, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from edp_app.bundle import MissingBundleError

log = logging.getLogger(__name__)


def wants_json() -> bool:
    """Whether a script asked, which reads JSON, and not a person. Ours send the token as a header."""
    accepted = request.accept_mimetypes
    return "X-CSRFToken" in request.headers or accepted["application/json"] > accepted["text/html"]


def sentence(status: int) -> tuple[str, str]:
    """A heading and one sentence for a status; for those without their own, the general one."""
    known = {
        400: (_("That did not work"), _("The browser sent something that this page does not understand.")),
        401: (_("Signed out"), _("Please sign in again.")),
        403: (_("Not for this account"), _("This account may not do that.")),
        404: (
            _("There is nothing here"),
            _("There is no page at this address, or it belongs to another account."),
        ),
        409: (_("That did not work"), _("As things stand this cannot be done.")),
        410: (_("No longer valid"), _("This has been used, or its time is over.")),
        405: (_("That did not work"), _("This address cannot be opened like that.")),
        413: (_("Too large"), _("What was sent is larger than this page accepts, so nothing was stored.")),
        429: (_("Too many attempts"), _("Please wait a moment, then try again.")),
        503: (_("Not ready"), _("The server cannot do this at the moment. Please try again in a minute.")),
    }
    return known.get(
        status,
        (
            _("Something went wrong here"),
            _("The fault is with the server, not with you. Nothing was changed. Please try again."),
        ),
    )


def answer(status: int, text: str | None = None) -> tuple[Response | str, int]:
    """The error page, or the same as JSON."""
    heading, general = sentence(status)
    if wants_json():
        return jsonify(error=text or general), status
    return render_template("errors/error.html", heading=heading, text=text or general, status=status), status


def init(app: Flask) -> None:
    """Registers a page for every kind of error."""

    @app.errorhandler(CSRFError)
    def _expired(_error: CSRFError) -> tuple[Response | str, int]:
        return answer(
            400,
            _(
                "This page had been open for a long time, so nothing was done. "
                "Please go back, reload the page, and try again."
            ),
        )

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> tuple[Response | str, int]:
        return answer(error.code or 500, g.get("error_text"))

    @app.errorhandler(MissingBundleError)
    def _bundle(error: MissingBundleError) -> Response:
        log.error("%s", error)
        return Response(f"{error}\n", 503, mimetype="text/plain")

    @app.errorhandler(Exception)
    def _unexpected(error: Exception) -> tuple[Response | str, int]:
        # The places are enough for the operator; the error's own words may quote what somebody wrote.
        places = "".join(traceback.format_tb(error.__traceback__))
        log.error("%s in %s\n%s", type(error).__name__, request.endpoint, places)
        return answer(500)
