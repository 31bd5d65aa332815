"""One server owns a database file. The kernel lets go of the lock when the process dies, however it dies."""

import fcntl
import os
from pathlib import Path


class AlreadyInUseError(Exception):
    """Another server owns the file; the message says which."""


class ServerLock:
    """The lock on ``<database>.lock``. A second server is refused; the command line does not need it."""

    def __init__(self, database: Path) -> None:
        self.path = database.with_name(database.name + ".lock")
        self._database = database
        self._descriptor: int | None = None

    def acquire(self) -> None:
        """Own the file from now on. Raises :class:`AlreadyInUseError`."""
        if self._descriptor is not None:
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(descriptor, 32, 0).decode("ascii", "replace").strip() or "unknown"
            os.close(descriptor)
            raise AlreadyInUseError(
                f"The database {self._database} is in use by another server (process {holder}). "
                "Two servers on one SQLite file would not see each other's workshops; stop that one first."
            ) from None
        except OSError:
            os.close(descriptor)  # a file system without locks: better not to start than to start twice
            raise
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        self._descriptor = descriptor

    def release(self) -> None:
        """Let go. The file stays: removing it would let two servers hold locks on two files of one name."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> "ServerLock":
        self.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()
