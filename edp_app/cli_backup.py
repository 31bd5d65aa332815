"""The commands that carry things out of an installation and into one: whole (backup, restore), or one
workshop (export, import). All but ``restore`` work beside a running server."""

import contextlib
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from edp_app import __version__
from edp_app.config import Settings, from_environment
from edp_app.log import backup as backups
from edp_app.log import export as exports
from edp_app.log import portable
from edp_app.log.database import Database
from edp_app.log.engine import database_path, is_postgresql, make_engine
from edp_app.log.files import FileProblemError, others_may_read, written_whole
from edp_app.log.lock import AlreadyInUseError, server_lock
from edp_app.opened import Opened, backup_folder, bring_forward, give_up, now_ms, stamped

FILE = click.Path(path_type=Path)
THERE = click.Path(exists=True, dir_okay=False, path_type=Path)
NOT_SERVING = "edp restore"
"""In place of a secret key that no server has."""


# ---- everything


@click.command()
@click.argument("file", type=FILE, required=False)
@click.option("--force", is_flag=True, help="Replace a file that is there already.")
def backup(file: Path | None, force: bool) -> None:
    """Write everything in this installation into FILE, while the server runs.

    Without FILE, or with a folder, the file is named after the time; without either it goes into the folder
    “backups” of the data folder. It is read again and checked before it gets its name. It holds everything
    that the database holds, pass phrases as hashes: keep it as you keep the data folder.
    """
    settings = from_environment()
    url = settings.database_url
    if not is_postgresql(url) and not database_path(url).exists():
        give_up(f"There is nothing to back up: there is no database {database_path(url)}.")
    path = file or backup_folder(settings)
    if path.is_dir():
        path = stamped(path, "edp")
    os.nice(10)
    engine = make_engine(url)
    try:
        made = backups.make(engine, path.absolute(), now_ms(), __version__, replace=force)
    except (backups.BackupError, FileProblemError) as problem:
        give_up(str(problem))
    finally:
        engine.dispose()
    click.echo(f"{made.path}: {_size(made.size)}, {_held(made.manifest)}. Read again and found whole.")
    _say_who_reads(made.path)


@click.command()
@click.argument("file", type=THERE)
@click.option("--force", is_flag=True, help="Replace what is there, after making a backup of it.")
def restore(file: Path, force: bool) -> None:
    """Put the backup FILE in place of an empty installation. No server may be running.

    Phones that were ahead of the backup notice, and offer again what they hold of workshops that have not
    ended. Nobody is signed in afterwards.
    """
    settings = from_environment()
    try:
        with _alone(settings), portable.opened(file, settings.data) as backup:
            with backup.session() as session:
                if problem := portable.problem_in(session):
                    give_up(f"{file} holds a record that is broken. {problem}")
            with _target(settings, force) as engine:
                if kept := _kept(settings, engine, force):
                    click.echo(f"What was there is kept in {kept}.")
                backups.restore(engine, backup, replace=force)
    except (backups.BackupError, FileProblemError) as problem:
        give_up(str(problem))
    if moved := _reports_away(settings.data):
        click.echo(f"Finished reports may tell of more than the backup holds. They were moved to {moved}.")
    made = datetime.fromtimestamp(backup.manifest.made_at / 1000, UTC)
    click.echo(f"Restored as of {made:%Y-%m-%d %H:%M:%S} UTC: {_held(backup.manifest)}.")
    click.echo("Start the server; everybody who had signed in has to sign in again.")


@contextlib.contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    """While no server runs, and none can start."""
    lock = server_lock(settings.database_url, NOT_SERVING)
    try:
        lock.acquire()
    except AlreadyInUseError:
        give_up("A server is running on this installation. Please stop it first.")
    try:
        yield
    finally:
        lock.release()


@contextlib.contextmanager
def _target(settings: Settings, force: bool) -> Iterator[Engine]:
    """The database to restore into, with the tables of this version. One that cannot be read any more is put
    aside if that is forced."""
    engine = make_engine(settings.database_url)
    try:
        try:
            kept = bring_forward(settings, engine)
        except sa.exc.DatabaseError as error:
            if is_postgresql(settings.database_url) or isinstance(error, sa.exc.OperationalError):
                raise
            if not force:
                give_up(f"The database that is there cannot be read ({error.orig}). --force puts it aside.")
            engine.dispose()
            click.echo(f"What was there cannot be read; it was moved to {_aside(settings)}.")
            engine = make_engine(settings.database_url)
            kept = bring_forward(settings, engine)
        if kept:
            click.echo(f"Before its tables were brought forward, a backup was made: {kept}.")
        yield engine
    finally:
        engine.dispose()


def _aside(settings: Settings) -> Path:
    """Rename the files of an SQLite database; the new path of the first."""
    path = database_path(settings.database_url)
    away = stamped(path.parent, path.name, ".unreadable")
    for end in ("", "-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + end).rename(away.with_name(away.name + end))
    return away


def _kept(settings: Settings, engine: Engine, force: bool) -> Path | None:
    """A backup of what is there, if there is anything. Ends the command if it may not be replaced."""
    with engine.connect() as connection, Session(bind=connection) as session:
        if backups.is_empty(session):
            return None
    if not force:
        give_up(
            "There is something in this installation already. --force replaces it, after making a backup."
        )
    path = stamped(backup_folder(settings), "before-restore")
    return backups.make(engine, path, now_ms(), __version__, check=False).path


def _reports_away(data: Path) -> Path | None:
    """Move the finished reports out of the server's sight; where to, or None if there are none."""
    folder = data / "reports"
    if not folder.is_dir() or not any(folder.iterdir()):
        return None
    away = stamped(data, "reports-before-restore", "")
    folder.rename(away)
    return away


# ---- one workshop


@click.command()
@click.argument("code")
@click.argument("file", type=FILE, required=False)
@click.option("--to", "form", type=click.Choice(["log"]), required=True, help="log: the whole record.")
@click.option("--no-names", is_flag=True, help="Leave out names and organisations.")
@click.option("--force", is_flag=True, help="Replace a file that is there already.")
def export(code: str, file: Path | None, form: str, no_names: bool, force: bool) -> None:  # noqa: ARG001
    """Write the whole record of the workshop with this CODE into FILE, to be kept or imported elsewhere.

    It holds each vote under a pseudonym, and names where they were given. It is not for publication.
    """
    with Opened() as opened:
        found = opened.workshop(code)
        path = (file or stamped(Path(), f"workshop-{found.code}", ".jsonl")).absolute()
        engine = opened.database.engine
        try:
            with (
                written_whole(path, replace=force) as part,
                part.open("wb") as out,
                engine.connect().execution_options(writes=False) as connection,
                connection.begin(),
                Session(bind=connection) as session,
            ):
                header = exports.export_log(session, found, out, now_ms(), __version__, names=not no_names)
        except FileProblemError as problem:
            give_up(str(problem))
    size = _size(path.stat().st_size)
    click.echo(f"{path}: {size}, “{header.title}” ({header.code}), {_count(header.events, 'entry')}.")
    click.echo(f"Digest     {header.digest[:8]} {header.digest[8:16]}")
    _say_who_reads(path)


@click.command("import")
@click.argument("file", type=THERE)
@click.option("--owner", metavar="LOGIN", help="The account that will run the workshop.")
def import_(file: Path, owner: str | None) -> None:
    """Bring in the workshop that was exported into FILE. A running server has it at once.

    Everything in the file is checked before anything is stored.
    """
    try:
        with file.open("rb") as whole:
            log = exports.read_log(whole)
    except exports.ExportError as problem:
        give_up(f"{file}: {problem}")
    except OSError as error:
        give_up(f"{file} cannot be read: {(error.strerror or '').lower()}.")
    with Opened() as opened:
        owner_id = opened.account(owner).id if owner else None
        brought = _import(opened.database, log, owner_id)
    entries = _count(log.header.events, "entry")
    click.echo(f"“{log.header.title}” is here, with {entries}. Its code is {brought.code}.")
    if brought.code != log.state.code:
        click.echo(f"The code that it had, {log.state.code}, is another workshop's here.")
    if owner is None:
        click.echo(f"Nobody may run it yet: edp access {brought.code} --add LOGIN")


def _import(database: Database, log: exports.Log, owner_id: str | None) -> exports.Brought:
    try:
        return database.call(exports.import_log, log, owner_id, now_ms())
    except exports.ExportError as problem:
        give_up(str(problem))


# ---- words


def _say_who_reads(path: Path) -> None:
    if others_may_read(path):
        click.echo(f"{path.parent} keeps no rights: whoever has it in hand can read this file. Lock it away.")


def _held(manifest: portable.Manifest) -> str:
    names = {"workshop": "workshop", "event": "entry", "account": "account"}
    return ", ".join(_count(manifest.rows(table), name) for table, name in names.items())


def _count(number: int, name: str) -> str:
    plural = f"{name[:-1]}ies" if name.endswith("y") else f"{name}s"
    return f"{number:,} {name if number == 1 else plural}"


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} KB"
