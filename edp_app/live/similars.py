"""The indexes of what was written, one for each gather stage that somebody asks about, kept up to date when
they are asked. What is much, as after a start of the server, is compared by a greenlet of its own, a few
milliseconds at a time; whoever asks meanwhile is told to ask again."""

import time
from collections import OrderedDict
from dataclasses import dataclass, field

import gevent

from edp_app.core.similar import Index
from edp_app.core.suggesting import for_merging, for_writer, texts_of
from edp_app.live.limits import Bucket
from edp_app.rooms import Room

AT_ONCE = 5
"""So many new texts are compared within an answer; a text takes one to four milliseconds among two
thousand."""

SLICE = 0.005
"""Seconds for which comparing goes on before others have their turn."""

KEPT = 64
"""So many stages are kept; the one not asked about for longest is forgotten first."""

WRITERS = (60, 30.0)
"""Questions of all who write in one stage, at once and then a second: votes and texts go before
suggestions."""


@dataclass(eq=False, slots=True)
class Compared:
    """What is known of one stage."""

    index: Index = field(default_factory=Index)
    writers: Bucket = field(default_factory=lambda: Bucket(*WRITERS))
    job: gevent.Greenlet | None = None


class Similars:
    """Answers what may say the same."""

    def __init__(self) -> None:
        self._stages: OrderedDict[tuple[str, str], Compared] = OrderedDict()

    def to_writer(self, room: Room, person: str, run: str, column: str, text: str) -> list[str] | None:
        """See :func:`edp_app.core.suggesting.for_writer`; None where there is no time for it now."""
        known = room.state.runs.get(run)
        if known is None:
            return []
        compared = self._stage(room, known.stage.id)
        if not compared.writers.take() or not self._is_ready(room, known.stage.id, compared):
            return None
        return for_writer(room.state, person, run, column, compared.index.like(text))

    def to_console(self, room: Room, stage: str, *, across: bool) -> list[list[str]] | None:
        """See :func:`edp_app.core.suggesting.for_merging`; None while the items are being compared."""
        compared = self._stage(room, stage)
        if not self._is_ready(room, stage, compared):
            return None
        return for_merging(room.state, compared.index.pairs(), across=across)

    def _stage(self, room: Room, stage: str) -> Compared:
        compared = self._stages.setdefault((room.id, stage), Compared())
        self._stages.move_to_end((room.id, stage))
        while len(self._stages) > KEPT:
            self._stages.popitem(last=False)
        return compared

    def _is_ready(self, room: Room, stage: str, compared: Compared) -> bool:
        if compared.job is not None and not compared.job.dead:
            return False
        changes = _changes(room, stage, compared.index)
        if len(changes) > AT_ONCE:
            compared.job = gevent.spawn(_compare, room, stage, compared.index)
            return False
        for key, text in changes.items():
            _take_over(compared.index, key, text)
        return True


def _changes(room: Room, stage: str, index: Index) -> dict[str, str | None]:
    """What the index has to be told: key to text, None where there is none any more."""
    texts = texts_of(room.state, stage)
    gone: dict[str, str | None] = {key: None for key in index.texts if key not in texts}
    return gone | {key: text for key, text in texts.items() if index.texts.get(key) != text}


def _take_over(index: Index, key: str, text: str | None) -> None:
    if text is None:
        index.drop(key)
    else:
        index.put(key, text)


def _compare(room: Room, stage: str, index: Index) -> None:
    """Bring an index up to date, and let others have their turn in between."""
    began = time.monotonic()
    for key, text in _changes(room, stage, index).items():
        _take_over(index, key, text)
        if time.monotonic() - began > SLICE:
            gevent.sleep(0)
            began = time.monotonic()
