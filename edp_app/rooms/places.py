"""Logging what went wrong without logging what people wrote."""

import logging
import traceback

_log = logging.getLogger(__name__)


def log_places(error: BaseException, what: str) -> None:
    """Log where an error came from. Not its message, which may hold what people wrote."""
    places = "".join(traceback.format_tb(error.__traceback__))
    _log.error("%s: %s\n%s", what, type(error).__name__, places)
