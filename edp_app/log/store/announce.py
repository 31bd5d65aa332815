"""Word to the other processes of what is about to be committed. On SQLite there are none: whoever changes
something beside the server is found out by looking (:meth:`edp_app.rooms.Rooms.notice`)."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy.orm import Session

from edp_app.log.store.sql import execute, is_postgresql

CHANNEL = "edp"
"""Where word of what was committed is sent."""


class Word(NamedTuple):
    """What a process is told. Either of a workshop: its log ends at ``seq``, or, where that is 0, something
    else of it has changed; or of an account whose rights have."""

    workshop_id: str | None
    seq: int
    account_id: str | None


def announce(session: Session, texts: Iterable[str]) -> None:
    """Tell every process that listens, once this transaction is committed."""
    if is_postgresql(session) and (sent := list(texts)):
        execute(session, "SELECT pg_notify(?, said) FROM unnest(?::text[]) AS said", [CHANNEL, sent])


def announce_workshop(session: Session, workshop_id: str, seq: int = 0) -> None:
    """The log of this workshop ends there now; 0: something else about it has changed."""
    announce(session, [f"{workshop_id}:{seq}"])


def announce_account(session: Session, account_id: str) -> None:
    """What this account may do has changed, or where it is signed in."""
    announce(session, [f"@{account_id}"])


def understood(text: str) -> Word | None:
    """A word as it was sent; None for one that is not ours."""
    if text.startswith("@"):
        return Word(None, 0, text[1:])
    workshop_id, colon, seq = text.partition(":")
    return Word(workshop_id, int(seq), None) if colon and seq.isdecimal() else None
