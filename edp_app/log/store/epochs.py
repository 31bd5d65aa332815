"""Epochs of workshops: what tells a page that what it holds may not be so any more.

The first half of an epoch stands for one line of history. Where a workshop is put in place from a backup or
an export, or its row made anew, the log may be shorter than what was answered before, so the half is a new
one, and phones offer again what they hold. Erasing words moves no position and changes the second half only.
"""

import secrets

_HALF = 8


def new_epoch() -> str:
    """An epoch that no page has seen: another line of history."""
    return secrets.token_hex(_HALF)


def epoch_after_erasing(epoch: str) -> str:
    """Another epoch on the same line of history."""
    return epoch[:_HALF] + secrets.token_hex(_HALF // 2)
