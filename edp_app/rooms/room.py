"""One workshop in memory."""

import time
from collections.abc import Callable, Sequence

import gevent
from gevent.event import Event as Signal

from edp_app.core.commands import Command, Context
from edp_app.core.events import Recorded
from edp_app.core.state import State
from edp_app.core.workshop import evolve
from edp_app.log import store
from edp_app.log.database import Database
from edp_app.log.store import StoredEvent
from edp_app.rooms.counting import Apart, Counter
from edp_app.rooms.outcome import Outcome, Refusals
from edp_app.rooms.places import log_places

Submit = Callable[["Room", Command, Context, str], Outcome]
"""Has a command carried out in a room, and returns once the answer is on the disk; the text is the hash of
the command's content. See :meth:`Room.submit`."""

Listener = Callable[["Room", Sequence[Recorded]], None]
"""Called after each commit with what was added to the log, and with nothing after the room was folded anew.
The room is settled then, and the first :attr:`Room.elsewhere` of them were not asked for here, but of another
process. A listener that raises is logged; it must not wait."""

FOLD_AT_ONCE = 500
"""Events folded in one go: a few milliseconds of work."""


class Room:
    """A workshop's state and whoever wants to know when it changes. Got from :class:`edp_app.rooms.Rooms`.

    ``state`` may be read after :meth:`when_settled`, until the next switch to another greenlet. It is one
    object that changes in place, and another one after the room was folded anew.
    """

    def __init__(
        self,
        workshop_id: str,
        epoch: str,
        state: State,
        submit: Submit,
        clock: Callable[[], int],
        restored: int | None = None,
        apart: Apart | None = None,
    ) -> None:
        self.id = workshop_id
        self.epoch = epoch
        self.restored = restored
        """The time of the event with which its log ended when it was put in place from a backup, if it was.
        No server runs while that happens."""
        self.state = state
        self.listeners: list[Listener] = []
        self.touched = time.monotonic()
        self.stale = False
        """What is in memory cannot be trusted; the committer folds the log anew before anything else."""
        self.archived = False
        """Its code finds nothing any more."""
        self.gone = False
        """There is nothing of it left in the database; nothing is stored for it."""
        self.refusals = Refusals()
        self._counter = Counter(apart)
        self._submit = submit
        self.elsewhere = 0
        self._clock = clock
        self._ahead = 0
        self._settled = Signal()
        self._settled.set()

    @property
    def code(self) -> str:
        """The six digits."""
        return self.state.code

    def now(self) -> int:
        """Milliseconds since 1970, UTC, as this workshop counts them: never before what stands in its log,
        and going on from there as time passes, also where the machine's clock was set back while the server
        was down. Timers last as long as they say."""
        now = self._clock() + self._ahead
        if now < self.state.at:
            self._ahead += self.state.at - now
        return max(now, self.state.at)

    def submit(self, command: Command, ctx: Context, content_hash: str) -> Outcome:
        """Have a command carried out; returns once the answer is on the disk.

        ``ctx.op_id`` names the operation: the same one again gets the same answer and changes nothing. The
        same one with another ``content_hash`` is refused as ``op_id_reused``. ``try_again`` means that
        nothing is known to be stored: the same operation may be sent again. Giving up waiting does not take
        the command back. Raises ``ValueError`` for an operation id of no or more than 120 characters.
        """
        self.touched = time.monotonic()
        return self._submit(self, command, ctx, content_hash)

    def when_settled(self) -> None:
        """Wait until ``state`` holds nothing but what is on the disk. Returns at once most of the time."""
        while not self._settled.is_set():
            self._settled.wait()

    def when_countable(self) -> None:
        """:meth:`when_settled`, and wait until what ``state`` shows has been counted, too: whoever shows it
        to everybody asks for this first. Returns at once most of the time."""
        self.when_settled()
        while not self._counter.is_ready(self.state):
            self._counter.count(self.state)
            self.when_settled()

    def count_ahead(self) -> None:
        """Count what was closed and may be revealed soon, if that is much; waits as long as it takes."""
        self._counter.count(self.state, ahead=True)

    # ---- for the committer

    @property
    def is_settled(self) -> bool:
        """Whether ``state`` holds nothing but what is on the disk."""
        return bool(self._settled.is_set())

    def unsettle(self) -> None:
        """From now on ``state`` may hold what is not on the disk yet."""
        self._settled.clear()

    def stands_as(self, standing: store.Standing | None) -> bool:
        """Whether what was folded is still what is stored, given how the workshop stands in the index."""
        return standing is not None and standing.epoch == self.epoch

    def settle(self) -> None:
        """What ``state`` holds is on the disk."""
        self.stale = False
        self._settled.set()

    def tell(self, recorded: Sequence[Recorded], elsewhere: int = 0) -> None:
        """Call the listeners. The first ``elsewhere`` events came from other processes."""
        self.elsewhere = elsewhere
        for listener in list(self.listeners):
            try:
                listener(self, recorded)
            except Exception as error:  # noqa: BLE001 -- logged without what people wrote
                log_places(error, "a listener of a room failed")


def fold_log(database: Database, workshop_id: str) -> State:
    """The state of a workshop, folded from its log in a thread of its own, piece by piece: neither the loop
    nor the database thread is kept busy for long. Raises ``LookupError`` if there is no such log."""
    state = State()
    pool = gevent.get_hub().threadpool
    while rows := database.read(store.events_after, workshop_id, state.seq, limit=FOLD_AT_ONCE):
        pool.apply(_fold, (state, rows))
    if state.seq == 0:
        raise LookupError("there is no log of this workshop")
    return state


def _fold(state: State, rows: list[StoredEvent]) -> None:
    for row in rows:
        evolve(state, store.recorded(row))
