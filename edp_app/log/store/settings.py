"""Values that belong to this installation."""

import secrets

from sqlalchemy.orm import Session

from edp_app.log.models import Setting


def setting(session: Session, key: str) -> str | None:
    """The stored value, or None."""
    row = session.get(Setting, key)
    return row.value if row else None


def set_setting(session: Session, key: str, value: str) -> None:
    """Store a value in place of an earlier one."""
    session.merge(Setting(key=key, value=value))


def instance_epoch(session: Session) -> str:
    """A random name of this installation, made when first asked for. Needs a transaction that writes."""
    known = setting(session, "epoch")
    if known is None:
        known = secrets.token_hex(8)
        set_setting(session, "epoch", known)
    return known


def forget_setting(session: Session, key: str) -> None:
    """Remove a value. Repeatable."""
    row = session.get(Setting, key)
    if row is not None:
        session.delete(row)
