"""One workshop read from the database in a process of its own, which writes nothing: for the report and the
exports."""

import contextlib
from collections.abc import Iterator

from sqlalchemy.orm import Session

from edp_app.core.state import State
from edp_app.core.workshop import fold
from edp_app.log.engine import database_path, is_postgresql, make_engine
from edp_app.log.models import Workshop
from edp_app.log.store.events import head, log_of
from edp_app.log.store.workshops import workshop_by_code


class ReadingError(Exception):
    """It cannot be read; the message is a sentence."""


def read_whole(database_url: str, code: str, at: int | None = None) -> tuple[State, str]:
    """The workshop with this code (archived ones too) as it stood at position ``at`` (None: now), and its
    epoch, which is another one as soon as anything is erased.

    The transaction is over when this returns. Raises :class:`ReadingError` where there is no such workshop or
    position.
    """
    with _reading(database_url) as session:
        workshop = _workshop(session, code)
        last = head(session, workshop.id).seq
        if at is not None and at > last:
            raise ReadingError(f"The log of this workshop ends at position {last}; {at} is not in it.")
        recorded = list(log_of(session, workshop.id, at))
        epoch = workshop.epoch
    return fold(recorded), epoch


def still(database_url: str, code: str, epoch: str) -> None:
    """Raises :class:`ReadingError` if something was erased since this epoch: nothing that is made of what was
    read may bring it back."""
    with _reading(database_url) as session:
        if _workshop(session, code).epoch != epoch:
            raise ReadingError("Something was erased from this workshop meanwhile. Please try again.")


@contextlib.contextmanager
def _reading(database_url: str) -> Iterator[Session]:
    never = "SET TRANSACTION READ ONLY"
    if not is_postgresql(database_url):
        path, never = database_path(database_url), "PRAGMA query_only = ON"
        if not path.is_file():
            raise ReadingError(f"There is no database at {path}.")
    engine = make_engine(database_url).execution_options(writes=False)
    try:
        with engine.connect() as connection, Session(connection) as session:
            connection.exec_driver_sql(never)
            yield session
    finally:
        engine.dispose()


def _workshop(session: Session, code: str) -> Workshop:
    workshop = workshop_by_code(session, code, archived=True)
    if workshop is None:
        raise ReadingError(f"There is no workshop with the code {code}.")
    return workshop
