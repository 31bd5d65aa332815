"""Accounts of those who prepare and run workshops. Passwords come in as hashes only."""

import secrets
import unicodedata
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from edp_app.log.models import Account
from edp_app.log.store.announce import announce_account

_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"  # without l, o, 0, 1, which are mistaken for one another
_CHANGEABLE = frozenset({"name", "language", "active", "is_admin", "password_hash"})


class LoginTakenError(Exception):
    """Another account has this login name."""


def random_id(length: int) -> str:
    """A random id of that many characters, 5 bits each."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))


def normal_login(login: str) -> str:
    """The form under which a login name is stored and looked up: case and width do not matter."""
    return unicodedata.normalize("NFKC", login).strip().casefold()


def create_account(
    session: Session,
    *,
    login: str,
    name: str,
    password_hash: str,
    now: int,
    language: str = "en",
    is_admin: bool = False,
) -> Account:
    """A new account. Raises :class:`LoginTakenError`."""
    normal = normal_login(login)
    if account_by_login(session, normal) is not None:
        raise LoginTakenError(normal)
    account = Account(
        id=random_id(12),
        login=normal,
        name=name,
        password_hash=password_hash,
        language=language,
        is_admin=is_admin,
        active=True,
        created_at=now,
    )
    session.add(account)
    session.flush()
    return account


def account_by_id(session: Session, account_id: str) -> Account | None:
    """The account, active or not."""
    return session.get(Account, account_id)


def account_by_login(session: Session, login: str) -> Account | None:
    """The account with this login name, however it is written."""
    return session.scalars(sa.select(Account).where(Account.login == normal_login(login))).first()


def any_account(session: Session) -> bool:
    """Whether there is an account at all; the first one is made with a token from the terminal."""
    return session.scalars(sa.select(Account.id).limit(1)).first() is not None


def accounts(session: Session) -> list[Account]:
    """All accounts, by login name."""
    return list(session.scalars(sa.select(Account).order_by(Account.login)))


def set_account(session: Session, account_id: str, **values: Any) -> bool:
    """Set any of ``name``, ``language``, ``active``, ``is_admin``, ``password_hash``.

    Returns whether there is such an account; raises ``TypeError`` for another name.
    """
    if unknown := set(values) - _CHANGEABLE:
        raise TypeError(f"an account has no changeable {', '.join(sorted(unknown))}")
    account = session.get(Account, account_id)
    if account is None:
        return False
    for key, value in values.items():
        setattr(account, key, value)
    announce_account(session, account_id)
    return True


def set_password_hash(session: Session, account_id: str, password_hash: str) -> bool:
    """Replace the password. Returns whether there is such an account."""
    return set_account(session, account_id, password_hash=password_hash)
