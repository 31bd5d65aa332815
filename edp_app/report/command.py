"""``edp report``: one workshop's report from the database to a file, in a process of its own.

The log is read and the transaction closed before layout begins: seconds of CPU hold no lock. The file appears
under its name only when it is whole.
"""

import logging
import os
from collections.abc import Callable
from pathlib import Path

from edp_app.config import Settings
from edp_app.core.state import State
from edp_app.core.workshop import fold
from edp_app.log.reading import NotThereError, read_log, reading, workshop_of
from edp_app.log.store import names_of_workshop
from edp_app.report.model import report_model
from edp_app.report.pdf import ReportError, render

Say = Callable[..., None]
"""Told how far it is: ``say(state, page=…, pages=…)``; the numbers only where they are known."""


def read_state(database_url: str, code: str, at: int | None = None) -> State:
    """The workshop with this code (archived ones too) as it stood at position ``at`` (None: now).

    Changes nothing in the database. Raises :class:`ReportError` where there is no such workshop or position.
    """
    return _read(database_url, code, at)[0]


def _names(database_url: str, code: str) -> dict[str, str]:
    """The names that people gave and have not taken back, as they stand now, by person and by badge."""
    with reading(database_url) as session:
        given = names_of_workshop(session, workshop_of(session, code).id)
    return {who: one.name for who, one in given.items()}


def _read(database_url: str, code: str, at: int | None) -> tuple[State, str]:
    """The state, and the workshop's epoch, which is another one as soon as anything is erased."""
    try:
        recorded, epoch = read_log(database_url, code, at)
    except NotThereError as problem:
        raise ReportError(str(problem)) from None
    return fold(recorded), epoch


def _still(database_url: str, code: str, epoch: str) -> None:
    """Raises :class:`ReportError` if content was erased since it was read: no report may bring it back."""
    with reading(database_url) as session:
        if workshop_of(session, code).epoch != epoch:
            raise ReportError(
                "Something was erased from this workshop while the report was made. Please make it again."
            )


def write_report(
    settings: Settings, code: str, out: Path, *, language: str | None, at: int | None, say: Say
) -> None:
    """Writes the PDF to ``out``, in ``language`` (None: the workshop's own), as the log stood at ``at``.

    An existing file is replaced, in one step. Raises :class:`ReportError` with a sentence if it cannot be
    made; then ``out`` is as it was, and ``say`` has been told ``failed``.
    """
    # Style for browsers (dark mode, reduced motion) is none of its business, and it would say so each time.
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    try:
        say("reading")
        state, epoch = _read(settings.database_url, code, at)
        names = _names(settings.database_url, code)
        data = render(report_model(state, language or "", names), _numbers(say))
        _replace(out, data, lambda: _still(settings.database_url, code, epoch))
    except MemoryError as error:
        say("failed")
        raise ReportError(
            f"The report needs more than the {settings.report_megabytes} MB of memory it may take "
            "(EDP_REPORT_MEGABYTES)."
        ) from error
    except ReportError:
        say("failed")
        raise
    except OSError as error:
        say("failed")
        raise ReportError(f"The report cannot be written: {error.strerror}.") from error
    say("done")


def _numbers(say: Say) -> Callable[[str, int, int], None]:
    """``say`` with only those numbers that are known."""

    def tell(state: str, page: int, pages: int) -> None:
        say(state, **{name: n for name, n in (("page", page), ("pages", pages)) if n})

    return tell


def _replace(out: Path, data: bytes, may_appear: Callable[[], None]) -> None:
    """``may_appear`` is asked when the file is written and has not got its name yet: whoever erases something
    after that and deletes the folder finds it."""
    part = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        may_appear()
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
