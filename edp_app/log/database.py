"""The one database thread of a process, and how greenlets and plain threads ask it to do something.

The event loop must never wait for a lock or a disk, so nothing in it touches the database: work is handed
to this thread, and only the greenlet (or thread) that asked waits. One thread is enough, because SQLite takes
one writer at a time, and on PostgreSQL a batch is of all workshops of the process.

A connection that was lost is replaced. What had only just begun is then done again; what was further on fails
for whoever asked, and what was being committed may be stored or not. A database that cannot be reached
fails whoever asks at once, and is tried again after a pause that grows up to :data:`LONGEST_PAUSE`.
"""

import logging
import queue
import sys
import threading
import time
from collections.abc import Callable
from typing import Any, Concatenate, Literal, ParamSpec, TypeVar

from gevent.hub import Waiter, get_hub
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.engine import Transaction as SqlTransaction
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from edp_app.log.engine import UnusableDatabaseError, is_postgresql, make_engine

try:
    from gevent._hub_local import get_hub_if_exists
except ImportError:  # a gevent that moved it: always use its loop
    get_hub_if_exists = get_hub

_log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")
Work = Callable[Concatenate[Session, P], T]

SWITCH_SECONDS = 0.0005
"""How long a thread of this process may keep the interpreter while another waits for it. SQLite calls give
the interpreter up and take it back several times for each transaction; with Python's default of 5 ms, a
batch of 200 events beside a busy loop took 44 ms, with this value 14 ms."""

STEP_SECONDS = 30.0
"""How long a transaction is held for whoever began it; then it is rolled back and later steps fail."""


LONGEST_PAUSE = 2.0
"""Seconds between two attempts to reach a database that is away, at most."""

Begin = Literal["read", "alone", "rows"]
"""How a transaction begins: to read; as the one writer; as a writer that locks the rows it needs."""

_WRITES = {"read": False, "alone": True, "rows": "rows"}


class DatabaseClosedError(Exception):
    """The database thread has been stopped."""


class DatabaseAwayError(Exception):
    """The database could not be reached a moment ago, and it is too early to try again."""


def _checkpoint(connection: Connection) -> bool:
    if is_postgresql(connection.engine.url):
        from edp_app.log.postgresql import vacuum

        vacuum(connection.engine)
        return True
    cursor = connection.connection.cursor()
    busy, _, _ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    cursor.close()
    return not busy


class _Reply:
    """Where the thread puts a result, for a caller that waits as its own kind does: greenlet or thread."""

    def __init__(self) -> None:
        self._value: Any = None
        self._error: BaseException | None = None
        hub = get_hub_if_exists()
        self._watcher: Any = None
        if hub is None:
            self._done = threading.Event()
        else:
            self._waiter = Waiter(hub)
            self._watcher = hub.loop.async_()
            self._watcher.start(self._arrived)

    def give(self, value: Any, error: BaseException | None) -> None:
        """Called in the database thread, once."""
        self._value, self._error = value, error
        if self._watcher is None:
            self._done.set()
        else:
            self._watcher.send()

    def _arrived(self) -> None:
        self._watcher.stop()
        self._watcher.close()
        self._waiter.switch(None)

    def wait(self) -> Any:
        if self._watcher is None:
            self._done.wait()
        else:
            self._waiter.get()
        if self._error is not None:
            raise self._error
        return self._value


class _Step:
    """One function to run in the thread; ``then`` says what becomes of the transaction after it, and
    ``begin`` how it begins if this is its first."""

    __slots__ = ("args", "begin", "fn", "kwargs", "reply", "then")

    def __init__(
        self,
        begin: Begin,
        then: str,
        fn: Callable[..., Any] | None,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> None:
        self.begin, self.then, self.fn, self.args, self.kwargs = begin, then, fn, args, kwargs
        self.reply = _Reply()


class Transaction:
    """A write transaction whose steps are decided outside of the thread, which does nothing else meanwhile.

    Use as a context manager: leaving without :meth:`commit` rolls back. It begins with the first step, which
    has to lock what it writes to (:func:`edp_app.log.store.lock_workshops`) before it reads it.
    """

    def __init__(self, database: "Database") -> None:
        self._database = database
        self._steps: queue.SimpleQueue[_Step] = queue.SimpleQueue()
        self._begun = self._over = self._abandoned = False
        self._sending = threading.Lock()

    def run(self, fn: Work[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """``fn(session, …)`` within the transaction. If it raises, the transaction is over and rolled
        back."""
        result: T = self._send(_Step("rows", "stay", fn, args, kwargs))
        return result

    def commit(self, fn: Work[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """``fn(session, …)``, then commit. When this returns the transaction is on the disk. When it raises,
        it is most probably not: it may be if the connection was lost in the middle of the commit."""
        result: T = self._send(_Step("rows", "commit", fn, args, kwargs))
        return result

    def rollback(self) -> None:
        """Undo everything. Allowed at any time, repeatedly."""
        if self._begun and not self._over and not self._abandoned:
            self._send(_Step("rows", "rollback", None, (), {}))
        self._over = True

    def _send(self, step: _Step) -> Any:
        if self._over:
            raise RuntimeError("this transaction is over")
        self._over = step.then != "stay"
        if not self._begun:
            self._begun = True
            self._database._enqueue(self)
        with self._sending:
            if self._abandoned:
                raise TimeoutError("the transaction was held too long and rolled back")
            self._steps.put(step)
        try:
            return step.reply.wait()
        except Exception:
            self._over = True
            raise

    def __enter__(self) -> "Transaction":
        return self

    def __exit__(self, *_: object) -> None:
        self.rollback()

    def _perform(self, database: "Database") -> None:
        """In the thread: run the steps as they come until one ends the transaction."""
        while True:
            step = self._next_step()
            if step is None:
                _log.error("a transaction was held too long and rolled back")
                database._end(commit=False)
                return
            if database._perform_step(step):
                return

    def _next_step(self) -> _Step | None:
        try:
            return self._steps.get(timeout=STEP_SECONDS)
        except queue.Empty:
            with self._sending:
                self._abandoned = self._steps.empty()
            return None if self._abandoned else self._steps.get()


class Database:
    """The database of one process. Safe to call from greenlets and from plain threads, with or without a
    loop."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._queue: queue.SimpleQueue[Transaction | _Step | None] = queue.SimpleQueue()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        self._closed = False
        self._connection: Connection | None = None
        self._open: SqlTransaction | None = None
        self._session: Session | None = None
        self._pause = self._not_before = 0.0

    @classmethod
    def open(cls, url: str) -> "Database":
        """The database at this URL. Raises :class:`~edp_app.log.engine.UnusableDatabaseError`."""
        return cls(make_engine(url))

    def call(self, fn: Work[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """``fn(session, …)`` in a write transaction of its own: committed if it returns, else rolled back and
        raised here. There is one such transaction at a time, of all processes. The session must not be used
        afterwards; objects it loaded may be read."""
        result: T = self._ask(_Step("alone", "commit", fn, args, kwargs))
        return result

    def read(self, fn: Work[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Like :meth:`call` for something that only reads: takes no lock, sees one state of everything, and
        is always rolled back."""
        result: T = self._ask(_Step("read", "read", fn, args, kwargs))
        return result

    def transaction(self) -> Transaction:
        """A write transaction in several steps, with the caller deciding in between."""
        return Transaction(self)

    def checkpoint(self) -> bool:
        """Move everything from the write-ahead log into the database file and empty it, so that what was
        erased is in neither. Returns whether that was done: not while another process is reading, for which
        it waits a few seconds; call it again later.

        On PostgreSQL: give back the room of what was erased, to be overwritten; always done."""
        done: bool = self._ask(_Step("read", "outside", _checkpoint, (), {}))
        return done

    def close(self) -> None:
        """Finish what was asked, then stop the thread. Repeatable. Later calls raise
        :class:`DatabaseClosedError`."""
        with self._starting:
            self._closed = True
            thread, self._thread = self._thread, None
        if thread is not None:
            self._queue.put(None)
            thread.join()
        self.engine.dispose()

    def _ask(self, step: _Step) -> Any:
        self._enqueue(step)
        return step.reply.wait()

    def _enqueue(self, job: "Transaction | _Step") -> None:
        if threading.current_thread() is self._thread:
            raise RuntimeError("the database thread cannot wait for itself")
        with self._starting:
            if self._closed:
                raise DatabaseClosedError("the database is closed")
            if self._thread is None:
                sys.setswitchinterval(min(sys.getswitchinterval(), SWITCH_SECONDS))
                self._thread = threading.Thread(target=self._run, name="edp-database", daemon=True)
                self._thread.start()
            self._queue.put(job)

    # ---- in the thread

    def _run(self) -> None:
        while (job := self._queue.get()) is not None:
            if isinstance(job, Transaction):
                job._perform(self)
            else:
                self._perform_step(job)
        self._discard()

    def _perform_step(self, step: _Step) -> bool:
        """Run one step and answer it. Returns whether the transaction is over."""
        try:
            value = self._work(step)
        except BaseException as error:  # noqa: BLE001 -- it belongs to the caller, whatever it is
            self._end(commit=False)
            step.reply.give(None, error)
            return True
        step.reply.give(value, None)
        return step.then != "stay"

    def _work(self, step: _Step) -> Any:
        if step.then == "outside":
            return step.fn(self._connected()) if step.fn else None
        value = self._done(step)
        if step.then != "stay":
            self._end(commit=step.then == "commit")
        return value

    def _done(self, step: _Step) -> Any:
        """Run the function, once more if it began the transaction and found a connection that was lost."""
        is_first = self._session is None
        try:
            return self._run_function(step)
        except DBAPIError as error:
            if not (is_first and error.connection_invalidated):
                raise
        _log.warning("the connection to the database was lost; a new one is made")
        self._end(commit=False)
        self._discard()
        return self._run_function(step)

    def _run_function(self, step: _Step) -> Any:
        session = self._session or self._begin(step.begin)
        value = step.fn(session, *step.args, **step.kwargs) if step.fn else None
        if step.then == "commit":
            session.flush()
        return value

    def _connected(self) -> Connection:
        if self._connection is None:
            if time.monotonic() < self._not_before:
                raise DatabaseAwayError("the database cannot be reached")
            try:
                self._connection = self.engine.connect()
            except BaseException:
                self._pause = min(max(0.05, 2 * self._pause), LONGEST_PAUSE)
                self._not_before = time.monotonic() + self._pause
                raise
            self._pause = 0.0
        return self._connection

    def _begin(self, how: Begin) -> Session:
        connection = self._connected().execution_options(writes=_WRITES[how])
        try:
            self._open = connection.begin()
        except BaseException:
            self._discard()  # it may have begun half-way, for instance while it waited for a lock
            raise
        self._session = Session(
            bind=connection, expire_on_commit=False, join_transaction_mode="rollback_only"
        )
        return self._session

    def _end(self, commit: bool) -> None:
        """End the open transaction, if there is one. Raises if committing fails; rolling back never
        raises."""
        session, transaction = self._session, self._open
        self._session = self._open = None
        try:
            if session is not None:
                session.expunge_all()
                session.close()
            if transaction is not None:
                if commit:
                    transaction.commit()
                elif transaction.is_active:  # the session has rolled it back itself where storing failed
                    transaction.rollback()
        except BaseException:
            # Whatever state the connection is in, the next transaction starts with a new one.
            self._discard()
            if commit:
                raise
            _log.exception("a transaction could not be rolled back; its connection was closed")
        if self._connection is not None and self._connection.invalidated:
            self._discard()

    def _discard(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.close()
            except Exception:  # noqa: BLE001 -- it is being thrown away
                _log.warning("a database connection could not be closed", exc_info=True)


__all__ = ["Database", "DatabaseAwayError", "DatabaseClosedError", "Transaction", "UnusableDatabaseError"]
