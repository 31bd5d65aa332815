"""What a browser keeps of the workshops in which somebody helps without an account, in its signed session."""

from flask import session

KEY = "helps"
MOST = 8
"""In how many workshops one browser helps; those helped in first are let go."""


def token_of(workshop_id: str) -> str | None:
    """What this request's browser shows to help in this workshop, if anything."""
    token = session.get(KEY, {}).get(workshop_id)
    return token if isinstance(token, str) else None


def keep(workshop_id: str, token: str) -> None:
    """Have the browser keep it, for as long as it keeps a sign-in."""
    others = [(one, kept) for one, kept in session.get(KEY, {}).items() if one != workshop_id]
    session[KEY] = dict([*others, (workshop_id, token)][-MOST:])
    session.permanent = True


def drop(workshop_id: str) -> None:
    """Have the browser keep it no more. Repeatable."""
    session[KEY] = {one: kept for one, kept in session.get(KEY, {}).items() if one != workshop_id}
