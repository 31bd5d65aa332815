"""Following a log's chain of digests, row by row."""

from typing import Protocol

import msgspec

from edp_app.core import canonical
from edp_app.core.erasing import GONE, is_left


class Row(Protocol):
    """A row of the log, wherever it was read from."""

    @property
    def seq(self) -> int: ...
    @property
    def at(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def version(self) -> int: ...
    @property
    def actor(self) -> str: ...
    @property
    def payload(self) -> str | None: ...
    @property
    def salt(self) -> bytes | None: ...
    @property
    def content_digest(self) -> str: ...
    @property
    def digest(self) -> str: ...


class Chain:
    """Where following a log has come to.

    Of an event that was erased, the chain shows that there was one, of which kind, when and by whom; what is
    left of it is not in any digest, and only checked to hold no words.
    """

    def __init__(self) -> None:
        self.seq, self.at, self.digest, self.erased = 0, 0, canonical.FIRST, 0

    def follow(self, row: Row) -> str | None:
        """Go on to the next row; a sentence if that does not follow, and then stay."""
        content, wordless, erased = row.content_digest, True, False
        if row.payload is not None and row.salt is not None:
            content = canonical.content_digest(row.salt, row.payload.encode())
        else:
            erased, wordless = True, _is_wordless(row)
        following = canonical.chain(
            self.digest, row.seq, row.at, row.actor, row.kind, row.version, row.content_digest
        )
        problem = (
            (row.seq != self.seq + 1 and f"Position {self.seq + 1} is missing.")
            or (content != row.content_digest and f"The content at position {row.seq} was changed.")
            or (not wordless and f"What erasing left at position {row.seq} was changed.")
            or (following != row.digest and f"The chain breaks at position {row.seq}.")
            or (row.at < self.at and f"Time runs backwards at position {row.seq}.")
        )
        if problem:
            return problem
        self.seq, self.at, self.digest = row.seq, row.at, following
        self.erased += erased
        return None


def _is_wordless(row: Row) -> bool:
    if row.payload is None:
        return row.kind in GONE
    try:
        left = canonical.decode(row.kind, row.version, row.payload.encode())
    except msgspec.MsgspecError:
        return False
    return canonical.kind_of(left) == row.kind and is_left(left)
