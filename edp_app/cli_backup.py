"""The commands that carry a whole installation into a file and back. ``backup`` works beside a running
server, ``restore`` only without one."""

import contextlib
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
import sqlalchemy as sa
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.orm import Session

from edp_app import __version__
from edp_app.cli_words import count, place, refused_backup, say_who_reads, size
from edp_app.config import Settings, make_folder
from edp_app.log import backup as backups
from edp_app.log import forward, portable
from edp_app.log.engine import UnusableDatabaseError, database_path, is_postgresql, make_engine, named
from edp_app.log.files import FileProblemError
from edp_app.log.lock import AlreadyInUseError, server_lock
from edp_app.opened import backup_folder, bring_forward, give_up, now_ms, stamped
from edp_app.which_database import is_there, no_database, settings_of_command

THERE = click.Path(exists=True, dir_okay=False, path_type=Path)
NOT_SERVING = "edp restore"
"""In place of a secret key that no server has."""


@click.command()
@click.argument("file", required=False)
@click.option("--force", is_flag=True, help="Replace a file that is there already.")
def backup(file: str | None, force: bool) -> None:
    """Write everything in this installation into FILE, while the server runs.

    A name with an ending, such as monday.edp-backup, is that of a file. Any other name, and any name with a
    slash at its end, is that of a folder, which is made if it is not there; the file in it is named after the
    time (UTC). Without FILE it goes into the folder “backups” of the data folder.

    The backup is read again and checked before it gets its name. It holds everything that the database holds,
    pass phrases as hashes: keep it as you keep the data folder.
    """
    settings = settings_of_command()
    if not is_there(settings):
        no_database(settings)
    os.nice(10)
    engine = make_engine(settings.database_url)
    try:
        if not forward.has_tables(engine):
            no_database(settings)
        with place(file or backup_folder(settings), "edp", ".edp-backup") as path:
            made = backups.make(engine, path, now_ms(), __version__, replace=force)
    except (backups.BackupError, FileProblemError) as problem:
        give_up(str(problem))
    finally:
        engine.dispose()
    click.echo(f"{made.path}: {size(made.size)}, {_held(made.manifest)}. Read again and found whole.")
    click.echo(f"It holds what is in {named(settings.database_url)}.")
    say_who_reads(made.path)


@click.command()
@click.argument("file", type=THERE)
@click.option("--force", is_flag=True, help="Replace what is there, after making a backup of it.")
def restore(file: Path, force: bool) -> None:
    """Put the backup FILE in place of an empty installation. No server may be running.

    It goes into the database that EDP_DATA or EDP_DATABASE_URL names; the server has to be started with the
    same. Phones that were ahead of the backup notice, and offer again what they hold of workshops that have
    not ended. Nobody is signed in afterwards.
    """
    settings = settings_of_command()
    try:
        with portable.opened(file, settings.data) as found:
            _sound(file, found)
            make_folder(settings.data)
            with _alone(settings), _target(settings, force) as engine:
                if kept := _kept(settings, engine, force):
                    click.echo(f"What was there is kept in {kept}.")
                backups.restore(engine, found, replace=force)
    except backups.BackupError as problem:
        refused_backup(problem, "Nothing was changed.")
    except FileProblemError as problem:
        give_up(f"{problem} Nothing was changed.")
    if moved := _reports_away(settings.data):
        click.echo(f"Finished reports may tell of more than the backup holds. They were moved to {moved}.")
    _tell_restored(settings, found.manifest)


def _sound(file: Path, found: portable.Backup) -> None:
    """Ends the command if a record in the backup is broken."""
    with found.session() as session:
        if problem := portable.problem_in(session):
            give_up(
                f"A record was broken already when {file} was made. Nothing was changed. "
                f"Please take an older backup. ({problem.rstrip('.')})"
            )


def _tell_restored(settings: Settings, manifest: portable.Manifest) -> None:
    """What was put where, and how the server has to be started so that it finds it."""
    made = datetime.fromtimestamp(manifest.made_at / 1000, UTC)
    url = settings.database_url
    click.echo(f"Restored as of {made:%Y-%m-%d %H:%M:%S} UTC: {_held(manifest)}.")
    click.echo(f"It is in {named(url)}.")
    if not os.environ.get("EDP_DATA") and not os.environ.get("EDP_DATABASE_URL"):
        click.echo("EDP_DATA is not set, so this is below the folder that you are in.")
    click.echo("Start the server with the same settings:")
    click.echo(f"  EDP_DATA={settings.data}")
    if os.environ.get("EDP_DATABASE_URL"):
        hidden = "  (its password is not shown here)" if make_url(url).password else ""
        click.echo(f"  EDP_DATABASE_URL={named(url) if is_postgresql(url) else url}{hidden}")
    click.echo("Everybody who had signed in has to sign in again.")


@contextlib.contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    """While no server runs, and none can start."""
    lock = server_lock(settings.database_url, NOT_SERVING)
    try:
        lock.acquire()
    except AlreadyInUseError:
        give_up("A server is running on this installation. Nothing was changed. Please stop it first.")
    try:
        yield
    finally:
        lock.release()


@contextlib.contextmanager
def _target(settings: Settings, force: bool) -> Iterator[Engine]:
    """The database to restore into, with the tables of this version. An SQLite file that cannot be read any
    more, or that a newer version has written, is put aside if that is forced."""
    engine = make_engine(settings.database_url)
    try:
        try:
            kept = bring_forward(settings, engine)
        except sa.exc.DatabaseError as error:
            if is_postgresql(settings.database_url) or isinstance(error, sa.exc.OperationalError):
                raise
            if not force:
                give_up(
                    f"The database {named(settings.database_url)} cannot be read. Nothing was changed. "
                    f"--force puts it aside. ({error.orig})"
                )
            engine.dispose()
            click.echo(f"What was there cannot be read; it was moved to {_aside(settings, '.unreadable')}.")
            engine = make_engine(settings.database_url)
            kept = bring_forward(settings, engine)
        except UnusableDatabaseError as problem:
            if is_postgresql(settings.database_url):
                give_up(f"{problem} Nothing was changed. To go back, restore into another, empty database.")
            if not force:
                give_up(f"{problem} Nothing was changed. To go back, --force puts that database aside.")
            engine.dispose()
            away = _aside(settings, ".not-understood")
            click.echo(f"What was there is not understood by this version; it was moved to {away}.")
            engine = make_engine(settings.database_url)
            kept = bring_forward(settings, engine)
        if kept:
            click.echo(f"Before its tables were brought forward, a backup was made: {kept}.")
        yield engine
    finally:
        engine.dispose()


def _aside(settings: Settings, suffix: str) -> Path:
    """Rename the files of an SQLite database; the new path of the first."""
    path = database_path(settings.database_url)
    away = stamped(path.parent, path.name, suffix)
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
            f"There is something in {named(settings.database_url)} already. Nothing was changed. "
            "--force replaces it, after making a backup of it."
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


def _held(manifest: portable.Manifest) -> str:
    names = {"workshop": "workshop", "event": "entry", "account": "account"}
    said = [count(manifest.rows(table), name) for table, name in names.items()]
    if formats := manifest.rows("own_format"):
        said.append(count(formats, "saved format"))
    return ", ".join(said)
