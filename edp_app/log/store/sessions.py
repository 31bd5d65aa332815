"""Where accounts are signed in: by this, signing out ends a session for everyone who has its cookie."""

import hashlib
import secrets

import sqlalchemy as sa
from sqlalchemy.orm import Session

from edp_app.log.models import SignedIn
from edp_app.log.store.announce import announce_account

LONGEST = 90 * 24 * 3600 * 1000
"""After so many milliseconds a session ends, however much it is used."""


def sign_in(session: Session, account_id: str, now: int) -> str:
    """A new session of this account: the secret that its browser keeps. Sessions that are over are forgotten
    by the way. ``now`` in ms."""
    session.execute(sa.delete(SignedIn).where(SignedIn.at <= now - LONGEST))
    secret = secrets.token_urlsafe(24)
    session.add(SignedIn(id=_digest(secret), account_id=account_id, at=now))
    return secret


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


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
