"""Where accounts are signed in: by this, signing out ends a session for everyone who has its cookie."""

import hashlib
import secrets

import sqlalchemy as sa
from sqlalchemy.orm import Session

from edp_app.log.models import SignedIn
from edp_app.log.store.announce import announce_account

LONGEST = 90 * 24 * 3600 * 1000
"""After so many milliseconds a session ends, however much it is used."""


_FOR = "~"
"""Stands in a secret before the workshop that it is good for; in no other part of it."""


def sign_in(session: Session, account_id: str, now: int, *, only: str = "") -> str:
    """A new session of this account: the secret that its browser keeps. ``only``: the one workshop it is good
    for, which nobody can take out of the secret, since its digest would be another one. Sessions that are
    over are forgotten by the way. ``now`` in ms."""
    session.execute(sa.delete(SignedIn).where(SignedIn.at <= now - LONGEST))
    secret = secrets.token_urlsafe(24) + (f"{_FOR}{only}" if only else "")
    session.add(SignedIn(id=_digest(secret), account_id=account_id, at=now))
    return secret


def only_for(secret: str) -> str:
    """The id of the one workshop that a session with this secret is good for; empty: for all."""
    return secret.partition(_FOR)[2]


def is_signed_in(session: Session, account_id: str, secret: str, now: int) -> bool:
    """Whether this is a session of this account that has not ended. ``now`` in ms."""
    row = session.get(SignedIn, _digest(secret))
    return row is not None and row.account_id == account_id and row.at > now - LONGEST


def sign_out(session: Session, secret: str) -> None:
    """End this session. Repeatable."""
    row = session.get(SignedIn, _digest(secret))
    if row is not None:
        session.delete(row)
        announce_account(session, row.account_id)


def other_sessions(session: Session, account_id: str, secret: str, now: int) -> int:
    """On how many other devices this account is signed in, beside the one that keeps ``secret``."""
    query = sa.select(sa.func.count()).select_from(SignedIn).where(_others(account_id, secret))
    return session.scalar(query.where(SignedIn.at > now - LONGEST)) or 0


def sign_out_others(session: Session, account_id: str, secret: str) -> None:
    """End every session of this account but this one. Repeatable."""
    session.execute(sa.delete(SignedIn).where(_others(account_id, secret)))
    announce_account(session, account_id)


def _others(account_id: str, secret: str) -> sa.ColumnElement[bool]:
    return sa.and_(SignedIn.account_id == account_id, SignedIn.id != _digest(secret))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
