"""Who may run a workshop or help in it, and use or change a saved format: the one place that decides it, for
pages and live connections."""

from sqlalchemy.orm import Session

from edp_app.log import store
from edp_app.log.models import Account, Workshop


def may_facilitate(session: Session, account_id: str | None, workshop_id: str) -> bool:
    """Whether this account may prepare, run and report this workshop now: its owner, and whoever was given
    access, as long as the account is active. Nobody else, not even an administrator."""
    if account_id is None:
        return False
    account = store.account_by_id(session, account_id)
    workshop = store.workshop_by_id(session, workshop_id)
    return may(session, account, workshop)


def may(session: Session, account: Account | None, workshop: Workshop | None) -> bool:
    """The same, for rows that were loaded already in this transaction."""
    if account is None or workshop is None:
        return False
    return store.access_role(session, workshop, account) is not None


def owns(session: Session, account_id: str | None, workshop_id: str) -> bool:
    """Whether this account owns the workshop. Only the owner puts it away or erases from it."""
    account = store.account_by_id(session, account_id) if account_id else None
    workshop = store.workshop_by_id(session, workshop_id)
    if account is None or workshop is None:
        return False
    return store.access_role(session, workshop, account) == "owner"


def helper(session: Session, workshop_id: str, token: str, now: int) -> str | None:
    """The actor (``h:…``) of whoever helps in this workshop with the session of this token, or None. A helper
    has the role ``assistant`` there and none anywhere else. ``now`` in ms."""
    return store.helper_by_token(session, workshop_id, token, now)


def facilitated(session: Session, account_id: str | None, code: str) -> Workshop | None:
    """The workshop with this code if the account may run it, else None: nobody learns which codes exist."""
    workshop = store.workshop_by_code(session, code)
    if workshop is None or not may_facilitate(session, account_id, workshop.id):
        return None
    return workshop


def usable_format(session: Session, account_id: str | None, format_id: str) -> store.SavedFormat | None:
    """The saved format, if this account may begin a workshop with it: whose it is, and everybody with an
    account here if it was saved for all."""
    account = store.account_by_id(session, account_id) if account_id else None
    found = store.format_by_id(session, format_id)
    if account is None or not account.active or found is None:
        return None
    return found if found.shared or found.account_id == account.id else None


def own_format(session: Session, account_id: str | None, format_id: str) -> store.SavedFormat | None:
    """The saved format, if this account may change it: whoever saved it, and nobody else, not even an
    administrator."""
    found = usable_format(session, account_id, format_id)
    return found if found is not None and found.account_id == account_id else None
