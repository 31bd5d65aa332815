"""What the commands that write and read files have in common: where a file goes, how much it is, and what is
said of one that is no good."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import click

from edp_app.log.files import others_may_read
from edp_app.log.portable import BackupError, DamagedError
from edp_app.opened import stamped
from edp_app.which_database import give_up


@contextlib.contextmanager
def place(wanted: str | Path, stem: str, suffix: str) -> Iterator[Path]:
    """The absolute path of the file to be written in the block.

    A name with an ending is that of a file, unless there is such a folder. Any other, and one with a slash at
    its end, is that of a folder, in which the file is named after the time; it is made for its owner alone,
    and gone again if the block raises. Ends the command where that cannot be.
    """
    path = Path(wanted).absolute()
    if not (str(wanted).endswith("/") or path.is_dir() or not path.suffix):
        if not path.parent.is_dir():
            give_up(f"There is no folder {path.parent}.")
        yield path
        return
    made = _made(path)
    try:
        yield stamped(path, stem, suffix)
    except BaseException:
        if made:
            path.rmdir()
        raise


def _made(folder: Path) -> bool:
    """Makes a folder; whether it was not there. The one above it has to be: it may be a disk that is away."""
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        if not folder.is_dir():
            give_up(
                f"{folder} is a file. The name of a file to be written needs an ending; "
                "any other is that of a folder."
            )
        return False
    except FileNotFoundError:
        give_up(f"There is no folder {folder.parent}.")
    except OSError as error:
        give_up(f"The folder {folder} cannot be made: {(error.strerror or '').lower()}.")
    return True


def refused_backup(problem: BackupError, unchanged: str) -> NoReturn:
    """End the command: what is wrong with the backup, what was left alone (a sentence), what to do next, and
    at last the place of the damage."""
    if not isinstance(problem, DamagedError):
        give_up(f"{problem} {unchanged}".rstrip())
    said = (
        problem.sentence,
        unchanged,
        "Please take another backup, or copy this one again from where it was made.",
        f"({problem.detail})" if problem.detail else "",
    )
    give_up(" ".join(part for part in said if part))


def count(number: int, name: str) -> str:
    """A number of things, in words: “1 entry”, “2,000 entries”."""
    plural = f"{name[:-1]}ies" if name.endswith("y") else f"{name}s"
    return f"{number:,} {name if number == 1 else plural}"


def size(size: int) -> str:
    """Bytes, as a person reads them."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} KB"


def say_who_reads(path: Path) -> None:
    """Warn where the medium keeps no rights, as sticks do not."""
    if others_may_read(path):
        click.echo(f"{path.parent} keeps no rights: whoever has it in hand can read this file. Lock it away.")
