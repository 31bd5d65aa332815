"""Which database a command works on: said in words, and refused where it is none, or not the server's.

Nothing here loads the event loop, since the report's process needs none.
"""

import contextlib
import logging
import os
from typing import NoReturn

import click

from edp_app.config import Settings, from_environment
from edp_app.log.engine import database_path, is_postgresql, named
from edp_app.log.files import FileProblemError, written_whole

log = logging.getLogger(__name__)

NOTE = "database.txt"
"""The file in the data folder that says which PostgreSQL database its server uses."""

AS_WHOM = "Run the command as the user that the server runs as."


def settings_of_command() -> Settings:
    """The settings as a command that signs nothing needs them; nothing is made. Ends the command where the
    environment names another kind of database than the server of this data folder uses."""
    settings = from_environment(make=False)
    refuse_another_database(settings)
    return settings


def refuse_another_database(settings: Settings) -> None:
    """End the command if ``EDP_DATABASE_URL`` is not set, though the last server with this data folder was
    on PostgreSQL: an old SQLite file must not be taken for its database."""
    note = settings.data / NOTE
    if os.environ.get("EDP_DATABASE_URL"):
        return
    try:
        used = note.read_text().strip()
    except FileNotFoundError:
        return
    except OSError as error:
        give_up(f"{note} cannot be read: {(error.strerror or '').lower()}. {AS_WHOM}")
    give_up(
        f"The server of {settings.data} uses {used}, but EDP_DATABASE_URL is not set, so nothing was done. "
        f"Set it as the server has it. (If PostgreSQL is not used any more, delete {note}.)"
    )


def note_database(settings: Settings) -> None:
    """Note in the data folder, without its password, which PostgreSQL database a server uses, for
    :func:`refuse_another_database`. Where that cannot be written the server runs all the same."""
    if not is_postgresql(settings.database_url):
        return
    used, note = named(settings.database_url) + "\n", settings.data / NOTE
    with contextlib.suppress(OSError):
        if note.read_text() == used:
            return
    try:
        with written_whole(note, replace=True) as part:
            part.write_text(used)
    except FileProblemError as problem:  # perhaps another process of this server is writing the same
        log.warning("which database is used was not noted: %s", problem)


def no_database(settings: Settings) -> NoReturn:
    """End the command: what it was to work with is not there."""
    url = settings.database_url
    if is_postgresql(url):
        missing = f"There is nothing in the database {named(url)}"
    else:
        missing = f"There is no database in {database_path(url).parent}"
    give_up(
        f"{missing}, and nothing was made there. EDP_DATA and EDP_DATABASE_URL have to "
        "be those of the server; a new installation begins with edp serve or edp create-admin."
    )


def is_there(settings: Settings) -> bool:
    """Whether there is a file of the database; on PostgreSQL that is only known when it is opened."""
    url = settings.database_url
    try:
        return is_postgresql(url) or database_path(url).exists()
    except OSError as error:
        give_up(f"{named(url)} cannot be reached: {(error.strerror or '').lower()}. {AS_WHOM}")


def give_up(sentence: str) -> NoReturn:
    """End the command with this sentence and status 1."""
    click.echo(f"edp: {sentence}", err=True)
    raise SystemExit(1)
