"""Following a log's chain of digests, row by row."""

import msgspec

from edp_app.core import canonical
from edp_app.core.erasing import GONE, is_left
from edp_app.log.bounds import Row, problem_of_row


class Chain:
    """Where following a log has come to.

    An event that is out of the bounds of what this program stores does not follow, even if its digests do.
    Of an event that was erased, the chain shows that there was one, of which kind, when and by whom; what is
    left of it is not in any digest, and only checked to hold no words.
    """

    def __init__(self) -> None:
        self.seq, self.at, self.digest, self.erased = 0, 0, canonical.FIRST, 0
        self._form = 1

    def follow(self, row: Row) -> str | None:
        """Go on to the next row; a sentence if that does not follow, and then stay."""
        content, wordless, erased = row.content_digest, True, False
        if row.payload is not None and row.salt is not None:
            content = canonical.content_digest(row.salt, row.payload.encode())
        else:
            erased, wordless = True, _is_wordless(row)
        form = canonical.chained_by(
            row.digest,
            *(self.digest, row.seq, row.at, row.actor, row.op_id, row.kind, row.version, row.content_digest),
        )
        problem = (
            (row.seq != self.seq + 1 and f"Position {self.seq + 1} is missing.")
            or (content != row.content_digest and f"The content at position {row.seq} was changed.")
            or (not wordless and f"What erasing left at position {row.seq} was changed.")
            or (form < self._form and f"The chain breaks at position {row.seq}.")
            or (row.at < self.at and f"Time runs backwards at position {row.seq}.")
        )
        if problem:
            return problem
        if why := problem_of_row(row):
            return f"What stands at position {row.seq} is not what a workshop can hold: {why}."
        self.seq, self.at, self.digest, self._form = row.seq, row.at, row.digest, form
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
