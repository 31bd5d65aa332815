"""What views of a facilitator's pages begin with: the workshop asked for, if it is this account's."""

from flask import abort, current_app

from edp_app.access import facilitated, owns
from edp_app.log import store
from edp_app.log.database import Database
from edp_app.log.models import Workshop
from edp_app.web.accounts import account_id


def database() -> Database:
    """The application's database."""
    found: Database = current_app.extensions["edp.database"]
    return found


def mine(code: str) -> Workshop:
    """The workshop, if this account may run it; else 404, as for one that does not exist."""
    found = database().read(facilitated, account_id(), code)
    if found is None:
        abort(404)
    return found


def is_owned(workshop_id: str) -> bool:
    """Whether this account owns it."""
    return database().read(owns, account_id(), workshop_id)


def owned(code: str, *, archived: bool = False) -> Workshop:
    """The workshop, if this account owns it; else 404. ``archived``: also one that was put away."""
    found = database().read(store.workshop_by_code, code, archived=archived)
    if found is None or not is_owned(found.id):
        abort(404)
    return no_copy(found)


def no_copy(found: Workshop) -> Workshop:
    """The same workshop; 404 where it is a copy to rehearse with. Whatever lasts longer than a rehearsal
    (being prepared, copied, put away, erased from) is the workshop's own."""
    if found.rehearsal_of:
        abort(404)
    return found
