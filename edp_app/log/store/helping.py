"""Links that work once, and who helps in a workshop without an account.

A link and a helper's session each have a public part, by which they are found, and a secret one, of which
only the digest stands here. Deciding who may make one is up to whoever asks.
"""

import hashlib
import secrets
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from edp_app.log.models import LINK_PURPOSES, Helper, Link, LinkPurpose, PersonName
from edp_app.log.store.accounts import random_id
from edp_app.log.store.announce import announce_account
from edp_app.log.store.names import HELPER, set_name
from edp_app.log.store.sessions import LONGEST

MOST_LINKS = 10
"""How many invitations to help may be open in one workshop."""

MOST_HELPERS = 20
"""How many may help in one workshop at a time."""


class HelperRow(NamedTuple):
    """Somebody who helps or has helped: their actor in the record (``h:…``), their name, and since when (ms);
    ``since`` is None for one who helps no more. The name is empty once it was erased."""

    actor: str
    name: str
    since: int | None


class NewHelper(NamedTuple):
    """A helper who has just come: their actor in the record, and what their browser is to keep."""

    workshop_id: str
    actor: str
    token: str


def make_link(
    session: Session, purpose: LinkPurpose, workshop_id: str, account_id: str, now: int, seconds: int
) -> str | None:
    """The token of a new link of this account's for this workshop, good for so many seconds; None if too many
    invitations are open. A new link for a device replaces the account's earlier ones. ``now`` in ms."""
    if purpose not in LINK_PURPOSES:
        raise ValueError(f"unknown purpose {purpose}")
    session.execute(sa.delete(Link).where(Link.until <= now))
    if purpose == "device":
        mine = sa.and_(Link.purpose == "device", Link.account_id == account_id)
        session.execute(sa.delete(Link).where(mine))
    elif len(open_links(session, workshop_id, now)) >= MOST_LINKS:
        return None
    token = _Token.new()
    session.add(
        Link(
            id=token.id,
            digest=token.digest,
            purpose=purpose,
            workshop_id=workshop_id,
            account_id=account_id,
            until=now + seconds * 1000,
        )
    )
    return str(token)


def link_by_token(session: Session, purpose: LinkPurpose, token: str, now: int) -> Link | None:
    """The link with this token, if it can still be used. Changes nothing. ``now`` in ms."""
    read = _Token.read(token)
    row = session.get(Link, read.id) if read else None
    if read is None or row is None or not secrets.compare_digest(row.digest, read.digest):
        return None
    return row if row.purpose == purpose and now < row.until else None


def use_link(session: Session, purpose: LinkPurpose, token: str, now: int) -> Link | None:
    """Use a link up; None if it cannot be used. Needs a transaction that writes, so that of two attempts at
    once only one succeeds."""
    row = link_by_token(session, purpose, token, now)
    if row is None:
        return None
    gone = session.execute(sa.delete(Link).where(Link.id == row.id).returning(Link.id)).first()
    session.expunge(row)
    return row if gone else None


def open_links(session: Session, workshop_id: str, now: int) -> list[Link]:
    """The invitations to help in this workshop that nobody has used yet, the oldest first."""
    query = sa.select(Link).where(Link.workshop_id == workshop_id, Link.purpose == "help", Link.until > now)
    return list(session.scalars(query.order_by(Link.until, Link.id)))


def withdraw_link(session: Session, workshop_id: str, link_id: str) -> None:
    """Take an invitation back. Repeatable."""
    session.execute(
        sa.delete(Link).where(Link.id == link_id, Link.workshop_id == workshop_id, Link.purpose == "help")
    )


def add_helper(session: Session, workshop_id: str, name: str, now: int) -> NewHelper | None:
    """Somebody of this (cleaned) name helps from now on; None if there are too many. ``now`` in ms."""
    count = sa.select(sa.func.count()).select_from(Helper).where(Helper.workshop_id == workshop_id)
    if (session.scalar(count) or 0) >= MOST_HELPERS:
        return None
    token = _Token.new()
    session.add(Helper(id=token.id, workshop_id=workshop_id, digest=token.digest, at=now))
    actor = HELPER + token.id
    set_name(session, workshop_id, actor, name, "")
    return NewHelper(workshop_id, actor, str(token))


def helper_by_token(session: Session, workshop_id: str, token: str, now: int) -> str | None:
    """The actor of whoever helps in this workshop with this token; None if nobody does (any more)."""
    read = _Token.read(token)
    row = session.get(Helper, read.id) if read else None
    if read is None or row is None or not secrets.compare_digest(row.digest, read.digest):
        return None
    return HELPER + row.id if row.workshop_id == workshop_id and row.at > now - LONGEST else None


def helpers_of(session: Session, workshop_id: str, now: int) -> list[HelperRow]:
    """Who helps in this workshop, and who has helped and whose name is kept; the former first, by when they
    came."""
    rows = session.scalars(sa.select(Helper).where(Helper.workshop_id == workshop_id).order_by(Helper.at))
    since = {HELPER + row.id: row.at for row in rows if row.at > now - LONGEST}
    query = sa.select(PersonName.person, PersonName.name).where(
        PersonName.workshop_id == workshop_id, PersonName.person.startswith(HELPER)
    )
    names = {row.person: row.name for row in session.execute(query.order_by(PersonName.name))}
    here = [HelperRow(actor, names.get(actor, ""), at) for actor, at in since.items()]
    return here + [HelperRow(actor, name, None) for actor, name in names.items() if actor not in since]


def remove_helper(session: Session, workshop_id: str, actor: str) -> bool:
    """This one helps no more; every process is told. Their name stays. Returns whether they helped."""
    row = session.get(Helper, actor.removeprefix(HELPER))
    if row is None or row.workshop_id != workshop_id:
        return False
    session.delete(row)
    announce_account(session, actor)
    return True


def forget_helper(session: Session, workshop_id: str, actor: str) -> bool:
    """Erase the name of somebody who helps no more. Returns whether that could be done: not while they
    help."""
    row = session.get(Helper, actor.removeprefix(HELPER))
    if not actor.startswith(HELPER) or row is not None:
        return False
    set_name(session, workshop_id, actor, "", "")
    return True


class _Token(NamedTuple):
    """What a link or a browser holds: 12 characters to find it by, then the secret."""

    id: str
    secret: str

    @classmethod
    def new(cls) -> "_Token":
        return cls(random_id(12), secrets.token_urlsafe(24))

    @classmethod
    def read(cls, text: str) -> "_Token | None":
        return cls(text[:12], text[12:]) if 12 < len(text) <= 100 else None

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.secret.encode()).hexdigest()

    def __str__(self) -> str:
        return self.id + self.secret
