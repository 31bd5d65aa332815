"""Every read and write of the tables: plain functions whose first argument is a session.

They neither commit nor roll back: whoever began the transaction does. A server calls them through
:class:`edp_app.log.database.Database`, the command line too.
"""

from edp_app.log.models import Account, Workshop
from edp_app.log.store.accounts import (
    LoginTakenError,
    account_by_id,
    account_by_login,
    accounts,
    any_account,
    create_account,
    normal_login,
    set_account,
    set_password_hash,
)
from edp_app.log.store.events import (
    NewEvent,
    StoredEvent,
    append_events,
    events_after,
    head,
    log_of,
    recorded,
    sealed,
)
from edp_app.log.store.names import PersonNames, names_of_workshop, set_name
from edp_app.log.store.operations import (
    NewOperation,
    StoredOperation,
    find_operations,
    record_operations,
)
from edp_app.log.store.settings import instance_epoch, set_setting, setting
from edp_app.log.store.upkeep import Verdict, erase_event, rebuild_index, rebuild_missing, verify
from edp_app.log.store.workshops import (
    access_role,
    archive_workshop,
    create_workshop,
    definition_of,
    grant_access,
    note_progress,
    revoke_access,
    unarchive_workshop,
    workshop_by_code,
    workshop_by_id,
    workshops_of,
    workshops_recent,
)

__all__ = [
    "Account",
    "LoginTakenError",
    "NewEvent",
    "NewOperation",
    "PersonNames",
    "StoredEvent",
    "StoredOperation",
    "Verdict",
    "Workshop",
    "access_role",
    "account_by_id",
    "account_by_login",
    "accounts",
    "any_account",
    "append_events",
    "archive_workshop",
    "create_account",
    "create_workshop",
    "definition_of",
    "erase_event",
    "events_after",
    "find_operations",
    "grant_access",
    "head",
    "instance_epoch",
    "log_of",
    "names_of_workshop",
    "normal_login",
    "note_progress",
    "rebuild_index",
    "rebuild_missing",
    "record_operations",
    "recorded",
    "revoke_access",
    "sealed",
    "set_account",
    "set_name",
    "set_password_hash",
    "set_setting",
    "setting",
    "unarchive_workshop",
    "verify",
    "workshop_by_code",
    "workshop_by_id",
    "workshops_of",
    "workshops_recent",
]
