"""Files that are there whole or not at all, and readable by their owner alone where media keep rights."""

import contextlib
import errno
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path


class FileProblemError(Exception):
    """A file cannot be written or read; the message is a sentence for whoever asked for it."""


@contextlib.contextmanager
def written_whole(target: Path, *, replace: bool = False) -> Iterator[Path]:
    """The path of an empty file, ``target`` with ``.part`` at its end, to be filled in the block.

    When the block ends it is on the disk and gets its name; if it raises, nothing is left of it. Mode 0600,
    unless the medium keeps no rights: see :func:`others_may_read`.
    Raises :class:`FileProblemError` if there is a ``target`` already (unless ``replace``), if another process
    is writing it, if it cannot be made, or if the disk is full.
    """
    if not replace:
        _not_there(target)
    part = target.with_name(target.name + ".part")
    descriptor = _own(part, target)
    try:
        try:
            yield part
            os.fsync(descriptor)
            if not replace:
                _not_there(target)
            part.replace(target)
            _sync_folder(target.parent)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise FileProblemError(f"{target} cannot be written: {_reason(error)}.") from error
    finally:
        os.close(descriptor)


_WITHOUT_RIGHTS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS)
"""What file systems answer that know no rights (FAT and exFAT, some of other systems' shares)."""


def own_alone(path: Path) -> None:
    """Take away everybody else's rights to a file. A medium that keeps no rights leaves it as it is: whoever
    has the stick in hand can read it anyway, and a backup there is better than none."""
    try:
        path.chmod(0o600)
    except OSError as error:
        if error.errno not in _WITHOUT_RIGHTS:
            raise


def others_may_read(path: Path) -> bool:
    """Whether others who use this computer can read a file that was made for its owner alone."""
    return bool(path.stat().st_mode & 0o077)


def _not_there(target: Path) -> None:
    if target.exists():
        raise FileProblemError(f"There is a file {target} already. --force replaces it.")


def _own(part: Path, target: Path) -> int:
    """An empty file of our own. One that was left by a process that died is taken over."""
    try:
        while True:
            descriptor = os.open(part, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if _is(descriptor, part):
                    os.ftruncate(descriptor, 0)
                    own_alone(part)
                    return descriptor
                os.close(descriptor)  # whoever had it has finished meanwhile: it is their result now
            except BaseException:
                os.close(descriptor)
                raise
    except BlockingIOError:
        raise FileProblemError(f"Another process is writing {target} at the moment.") from None
    except OSError as error:
        raise FileProblemError(f"{target} cannot be written: {_reason(error)}.") from error


def _is(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


def _sync_folder(folder: Path) -> None:
    """Make a renaming last, where the file system can."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
