"""Pass phrases: Argon2id, computed in the thread pool, so that the loop goes on meanwhile.

The parameters are those of argon2-cffi: RFC 9106 for little memory (64 MiB, 3 passes). Two at a time
at most, so that many attempts cannot fill the memory.
"""

import gevent
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from gevent.lock import BoundedSemaphore

_hasher = PasswordHasher()
_turns = BoundedSemaphore(2)

_NOBODYS = (
    "$argon2id$v=19$m=65536,t=3,p=4$c29tZSBzYWx0IHRoYXQgaXM$3kqHjHJLVSYhMhOKxTXlKUc9MBL8tfNMSL8kmXbFvWw"
)
"""Checked where there is no such account, so that the time does not tell which user names exist."""


def hash_password(password: str) -> str:
    """The hash to store. Waits for its turn; other greenlets run meanwhile."""
    with _turns:
        hashed: str = gevent.get_hub().threadpool.apply(_hasher.hash, (password,))
        return hashed


def check_password(stored: str | None, password: str) -> bool:
    """Whether this is the pass phrase that was hashed; with None (no such account), False after as long."""
    with _turns:
        right: bool = gevent.get_hub().threadpool.apply(_matches, (stored or _NOBODYS, password))
    return right and stored is not None


def _matches(stored: str, password: str) -> bool:
    try:
        return _hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False
