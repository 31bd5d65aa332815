"""Workshops that accounts saved as formats, to begin others with. Who may use or change which,
:mod:`edp_app.access` says."""

from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from edp_app.core.text import folded
from edp_app.log.models import Account, OwnFormat
from edp_app.log.store.accounts import random_id

MOST_FORMATS = 30
"""How many one account may keep."""

MOST_OF_OTHERS = 60
"""How many of those that others share are listed, the latest first."""


class SavedFormat(NamedTuple):
    """A saved format, and who saved it. ``text``: that of a format file; ``saved_at`` in ms."""

    id: str
    account_id: str
    by: str
    name: str
    text: str
    shared: bool
    saved_at: int


class FormatNameTakenError(Exception):
    """The account has another format of this name. ``format_id``: which."""

    def __init__(self, format_id: str) -> None:
        super().__init__(format_id)
        self.format_id = format_id


class TooManyFormatsError(Exception):
    """The account keeps as many formats as it may."""


def formats_of(session: Session, account_id: str) -> list[SavedFormat]:
    """Those that this account saved, by name."""
    query = _with_names().where(OwnFormat.account_id == account_id)
    return sorted(_rows(session, query), key=lambda one: (folded(one.name), one.id))


def formats_of_others(session: Session, account_id: str) -> list[SavedFormat]:
    """Those that other accounts saved for everybody, the latest first: at most :data:`MOST_OF_OTHERS`."""
    query = (
        _with_names()
        .where(OwnFormat.account_id != account_id, OwnFormat.shared.is_(True))
        .order_by(OwnFormat.saved_at.desc(), OwnFormat.id)
        .limit(MOST_OF_OTHERS)
    )
    return _rows(session, query)


def sees_formats(session: Session, account_id: str) -> bool:
    """Whether there is any that this account may begin with."""
    seen = sa.or_(OwnFormat.account_id == account_id, OwnFormat.shared.is_(True))
    return session.scalars(sa.select(OwnFormat.id).where(seen).limit(1)).first() is not None


def format_by_id(session: Session, format_id: str) -> SavedFormat | None:
    """The format with this id, whoever's it is."""
    rows = _rows(session, _with_names().where(OwnFormat.id == format_id))
    return rows[0] if rows else None


def save_format(
    session: Session, account_id: str, *, name: str, text: str, shared: bool, now: int, replace: bool = False
) -> str:
    """Keep a format under this (clean) name, and return its id. One of the same name, however it is written,
    is replaced if ``replace`` says so, else :class:`FormatNameTakenError` is raised; for one too many,
    :class:`TooManyFormatsError`. ``now`` in ms."""
    _lock(session, account_id)
    same = _called(session, account_id, name)
    if same is not None and not replace:
        raise FormatNameTakenError(same.id)
    if same is None:
        count = sa.select(sa.func.count()).select_from(OwnFormat).where(OwnFormat.account_id == account_id)
        if (session.scalar(count) or 0) >= MOST_FORMATS:
            raise TooManyFormatsError
        same = OwnFormat(id=random_id(12), account_id=account_id)
        session.add(same)
    same.name, same.text, same.shared, same.saved_at = name, text, shared, now
    session.flush()
    return same.id


def change_format(session: Session, format_id: str, *, name: str, shared: bool) -> bool:
    """Call it otherwise, share it or not. Returns whether it is there; raises :class:`FormatNameTakenError`
    where its owner has another one of this name."""
    row = session.get(OwnFormat, format_id)
    if row is None:
        return False
    _lock(session, row.account_id)
    same = _called(session, row.account_id, name)
    if same is not None and same.id != format_id:
        raise FormatNameTakenError(same.id)
    row.name, row.shared = name, shared
    return True


def delete_format(session: Session, format_id: str) -> None:
    """Delete it. Repeatable."""
    session.execute(sa.delete(OwnFormat).where(OwnFormat.id == format_id))


def _lock(session: Session, account_id: str) -> None:
    """Of two that save for one account at the same moment, the second waits for the first."""
    session.execute(sa.select(Account.id).where(Account.id == account_id).with_for_update())


def _called(session: Session, account_id: str, name: str) -> OwnFormat | None:
    rows = session.scalars(sa.select(OwnFormat).where(OwnFormat.account_id == account_id))
    return next((row for row in rows if folded(row.name) == folded(name)), None)


def _with_names() -> sa.Select[tuple[OwnFormat, str]]:
    return sa.select(OwnFormat, Account.name).join(Account, Account.id == OwnFormat.account_id)


def _rows(session: Session, query: sa.Select[tuple[OwnFormat, str]]) -> list[SavedFormat]:
    return [
        SavedFormat(row.id, row.account_id, by, row.name, row.text, row.shared, row.saved_at)
        for row, by in session.execute(query)
    ]
