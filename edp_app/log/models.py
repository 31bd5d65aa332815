"""The tables. ``event``, ``account``, ``person_name`` and ``own_format`` are the originals; the others can be
made anew or are settings.

Times are milliseconds since 1970, UTC. Ids of accounts and workshops are random, so that logs of two
servers can be put together.
"""

from typing import TYPE_CHECKING, Any, Literal

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    ForeignKey,
    LargeBinary,
    MetaData,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.engine import Engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from edp_app.core.definition import LANGUAGES
from edp_app.core.formats import LARGEST
from edp_app.log.engine import make_engine

AccessRole = Literal["facilitator"]
ACCESS_ROLES: tuple[AccessRole, ...] = ("facilitator",)

LinkPurpose = Literal["help", "device"]
LINK_PURPOSES: tuple[LinkPurpose, ...] = ("help", "device")

FORMAT_NAME_LENGTH = 120
"""Of a format that somebody saved, in characters."""

_NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


def _one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


class Base(DeclarativeBase):
    """Base of all tables."""

    metadata = MetaData(naming_convention=_NAMING)


class _Models(SQLAlchemy):
    """Flask-SQLAlchemy on our own kind of engine, so that every connection has the same settings."""

    def _make_engine(self, bind_key: str | None, options: dict[str, Any], app: Any) -> Engine:  # noqa: ARG002
        return make_engine(options["url"])


db = _Models(model_class=Base, disable_autonaming=True)

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


class Account(Model):
    """Somebody who may prepare and run workshops. ``login`` is casefolded."""

    __tablename__ = "account"
    __table_args__ = (
        CheckConstraint("length(login) BETWEEN 1 AND 80", name="login"),
        CheckConstraint(_one_of("language", LANGUAGES), name="language"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    login: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str] = mapped_column(Text)
    is_admin: Mapped[bool] = mapped_column(Boolean, default=False)
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    language: Mapped[str] = mapped_column(String(8), default="en")
    created_at: Mapped[int] = mapped_column(BigInteger)


class Workshop(Model):
    """The index over the logs: how a workshop is found and listed. Made anew from the log if it is lost.

    ``epoch`` changes whenever positions in the log mean something else than before (made anew, erased
    from), so that pages know to fetch everything again.
    """

    __tablename__ = "workshop"
    __table_args__ = (CheckConstraint("length(code) = 6", name="code"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    code: Mapped[str] = mapped_column(String(6), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    owner_id: Mapped[str | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[int] = mapped_column(BigInteger)
    last_at: Mapped[int] = mapped_column(BigInteger)
    ended_at: Mapped[int | None] = mapped_column(BigInteger)
    archived_at: Mapped[int | None] = mapped_column(BigInteger)
    epoch: Mapped[str] = mapped_column(String(16))
    rehearsal_of: Mapped[str | None] = mapped_column(String(32), unique=True, index=True)
    """The workshop of which this is a copy to rehearse with; there is one such copy at a time."""


class Event(Model):
    """One event of a workshop's log. Never changed, except that its content may be erased.

    ``payload`` is canonical JSON; ``content_digest`` is the salted digest of it; ``digest`` chains everything
    up to here. Erasing takes the salt away, leaves of the payload what is not words (nothing, of a vote), and
    both digests as they were: what is left does not match its content digest any more, and cannot. There is
    no foreign key to ``workshop``, because that table follows from this one.
    """

    __tablename__ = "event"
    __table_args__ = (
        CheckConstraint("seq >= 1", name="seq"),
        CheckConstraint("version >= 1", name="version"),
        CheckConstraint("payload IS NOT NULL OR salt IS NULL", name="erased"),
        CheckConstraint("length(content_digest) = 64 AND length(digest) = 64", name="digests"),
        {"sqlite_with_rowid": False},
    )

    workshop_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(40))
    version: Mapped[int] = mapped_column(sa.Integer)
    actor: Mapped[str] = mapped_column(String(64))
    op_id: Mapped[str] = mapped_column(String(120))
    payload: Mapped[str | None] = mapped_column(Text)
    salt: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    content_digest: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))


class Operation(Model):
    """What was answered to an operation, refusals too, so that a repeat gets the same answer.

    ``content_hash`` tells a repeat from another command under the same id; it is empty where the content
    was erased or the row was made anew from the log.
    """

    __tablename__ = "operation"
    __table_args__ = ({"sqlite_with_rowid": False},)

    workshop_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    actor: Mapped[str] = mapped_column(String(64), primary_key=True)
    op_id: Mapped[str] = mapped_column(String(120), primary_key=True)
    content_hash: Mapped[str | None] = mapped_column(String(64))
    outcome: Mapped[dict[str, Any]] = mapped_column(JSON)
    first_seq: Mapped[int | None] = mapped_column(BigInteger)
    last_seq: Mapped[int | None] = mapped_column(BigInteger)


class PersonName(Model):
    """The name and organisation that a participant gave, or the name of somebody who helped the facilitator.
    Beside the log, so that they can be taken back."""

    __tablename__ = "person_name"
    __table_args__ = (CheckConstraint("name <> '' OR organisation <> ''", name="given"),)

    workshop_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    person: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    organisation: Mapped[str] = mapped_column(String(200))


class WorkshopAccess(Model):
    """An account other than the owner that may run a workshop."""

    __tablename__ = "workshop_access"
    __table_args__ = (CheckConstraint(_one_of("role", ACCESS_ROLES), name="role"),)

    workshop_id: Mapped[str] = mapped_column(ForeignKey("workshop.id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[str] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    role: Mapped[str] = mapped_column(String(20))


class SignedIn(Model):
    """One browser in which an account is signed in. ``id`` is a digest of what the browser's session holds,
    so that nobody signs in with what stands here. Gone once it has signed out."""

    __tablename__ = "signed_in"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    at: Mapped[int] = mapped_column(BigInteger)


class Link(Model):
    """A link that works once, until ``until``. ``help``: whoever opens it helps in the workshop; ``device``:
    it signs the account in on another device. ``digest`` is that of the secret in it, so that nobody gets in
    with what stands here. Gone once it was used. Its table has the name ``invitation``."""

    __tablename__ = "invitation"
    __table_args__ = (CheckConstraint(_one_of("purpose", LINK_PURPOSES), name="purpose"),)

    id: Mapped[str] = mapped_column(String(12), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    purpose: Mapped[str] = mapped_column(String(10))
    workshop_id: Mapped[str] = mapped_column(ForeignKey("workshop.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    until: Mapped[int] = mapped_column(BigInteger)


class Helper(Model):
    """Somebody who helps in one workshop, without an account, in one browser; ``digest`` is that of what the
    browser keeps. Gone once they help no more. The name they gave stands with those of the participants."""

    __tablename__ = "helper"

    id: Mapped[str] = mapped_column(String(12), primary_key=True)
    workshop_id: Mapped[str] = mapped_column(ForeignKey("workshop.id", ondelete="CASCADE"), index=True)
    digest: Mapped[str] = mapped_column(String(64))
    at: Mapped[int] = mapped_column(BigInteger)


class OwnFormat(Model):
    """A workshop as somebody saved it to begin others with: the text of a format file. ``shared``: whether
    every account of this installation may begin with it, else only whose it is."""

    __tablename__ = "own_format"
    __table_args__ = (
        UniqueConstraint("account_id", "name"),
        CheckConstraint(f"length(name) BETWEEN 1 AND {FORMAT_NAME_LENGTH}", name="name"),
        CheckConstraint(f"length(text) BETWEEN 1 AND {LARGEST}", name="text"),
    )

    id: Mapped[str] = mapped_column(String(12), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(FORMAT_NAME_LENGTH))
    text: Mapped[str] = mapped_column(Text)
    shared: Mapped[bool] = mapped_column(Boolean)
    saved_at: Mapped[int] = mapped_column(BigInteger)


class Presence(Model):
    """How many pages of a workshop one process serves. Not to be believed when it is older than
    :data:`edp_app.log.store.presence.LEASE_MS`. Used where several processes may serve one workshop."""

    __tablename__ = "presence"

    process: Mapped[str] = mapped_column(String(32), primary_key=True)
    workshop_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    phones: Mapped[int] = mapped_column(sa.Integer)
    screens: Mapped[int] = mapped_column(sa.Integer)
    consoles: Mapped[int] = mapped_column(sa.Integer)
    at: Mapped[int] = mapped_column(BigInteger)


class Setting(Model):
    """One value that belongs to this installation, for example its epoch."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


DERIVED = (
    "invitation",
    "helper",
    "workshop",
    "operation",
    "workshop_access",
    "signed_in",
    "presence",
    "setting",
)
"""Tables that may be lost without losing a workshop."""
