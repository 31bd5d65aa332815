"""Reading a workshop's log from another process, beside a running server: nothing is changed, no lock is held
for long."""

import contextlib
from collections.abc import Iterator

from sqlalchemy.orm import Session

from edp_app.core.events import Recorded
from edp_app.log.engine import database_path, is_postgresql, make_engine
from edp_app.log.models import Workshop
from edp_app.log.store.events import head, log_of
from edp_app.log.store.workshops import workshop_by_code


class NotThereError(Exception):
    """What was to be read is not there; a sentence for whoever asked."""


@contextlib.contextmanager
def reading(database_url: str) -> Iterator[Session]:
    """A session that cannot change anything. Raises :class:`NotThereError` where there is no database."""
    never = "SET TRANSACTION READ ONLY"
    if not is_postgresql(database_url):
        path, never = database_path(database_url), "PRAGMA query_only = ON"
        if not path.is_file():
            raise NotThereError(f"There is no database at {path}.")
    engine = make_engine(database_url).execution_options(writes=False)
    try:
        with engine.connect() as connection, Session(connection) as session:
            connection.exec_driver_sql(never)
            yield session
    finally:
        engine.dispose()


def workshop_of(session: Session, code: str) -> Workshop:
    """The workshop with this code, archived ones too. Raises :class:`NotThereError`."""
    workshop = workshop_by_code(session, code, archived=True)
    if workshop is None:
        raise NotThereError(f"There is no workshop with the code {code}.")
    return workshop


def read_log(database_url: str, code: str, at: int | None = None) -> tuple[list[Recorded], str]:
    """The log of the workshop with this code up to position ``at`` (None: to its end), and the workshop's
    epoch, which is another one as soon as anything is erased. Raises :class:`NotThereError`."""
    with reading(database_url) as session:
        workshop = workshop_of(session, code)
        last = head(session, workshop.id).seq
        if at is not None and at > last:
            raise NotThereError(f"The log of this workshop ends at position {last}; {at} is not in it.")
        return list(log_of(session, workshop.id, at)), workshop.epoch
