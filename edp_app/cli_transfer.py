"""The commands that carry one workshop out of an installation as a file, and into one. Both work beside a
running server."""

from pathlib import Path
from typing import Literal, NoReturn

import click
from sqlalchemy.orm import Session

from edp_app import __version__
from edp_app.cli_words import count, place, say_who_reads, size
from edp_app.core.definition import LANGUAGES
from edp_app.exports.command import FORMS, SUFFIXES, Form, exported
from edp_app.log import export as exports
from edp_app.log import portable, store
from edp_app.log.database import Database
from edp_app.log.files import FileProblemError, written_whole
from edp_app.log.reading import NotThereError
from edp_app.opened import Opened, now_ms
from edp_app.small import stay_small
from edp_app.which_database import give_up, is_there, no_database, settings_of_command

THERE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("code")
@click.argument("file", required=False)
@click.option(
    "--to",
    "form",
    type=click.Choice(["log", *FORMS]),
    default="log",
    show_default=True,
    help="log: the whole record. json, csv (a zip of tables), xlsx (a spreadsheet): what the room was shown.",
)
@click.option("--language", type=click.Choice(LANGUAGES), help="Of headings.  [the workshop's own]")
@click.option("--no-names", is_flag=True, help="log: leave out names and organisations.")
@click.option("--force", is_flag=True, help="Replace a file that is there already.")
@click.option("--limited", is_flag=True, hidden=True, help="Take no more than a report may.")
def export(
    code: str,
    file: str | None,
    form: Form | Literal["log"],
    language: str | None,
    no_names: bool,
    force: bool,
    limited: bool,
) -> None:
    """Write the workshop with this CODE into FILE.

    The whole record, to be kept or imported elsewhere, holds each vote under a pseudonym, and names where
    they were given: it is not for publication. The other forms hold what the room was shown, as the report
    does: contributions and revealed results, no names, nobody's vote.

    A name with an ending is that of a file; any other, and any name with a slash at its end, is that of a
    folder, which is made if it is not there. Without FILE it is workshop-CODE-TIME.jsonl in the folder that
    you are in, or ends in .json, .zip or .xlsx. With - the other forms go to the standard output.
    """
    if form != "log":
        _export_shown(code, file, form, language or "", force=force, limited=limited)
        return
    if file == "-":
        give_up("The whole record is written into a file only, not to the standard output.")
    with Opened() as opened:
        found = opened.workshop(code)
        if found.rehearsal_of:
            give_up(f"{found.code} is a rehearsal, of which nothing is kept.")
        engine = opened.database.engine
        try:
            with (
                place(file or Path(), f"workshop-{found.code}", ".jsonl") as path,
                written_whole(path, replace=force) as part,
                part.open("wb") as out,
                engine.connect().execution_options(writes=False) as connection,
                connection.begin(),
                Session(bind=connection) as session,
            ):
                header = exports.export_log(session, found, out, now_ms(), __version__, names=not no_names)
        except FileProblemError as problem:
            give_up(str(problem))
    written, entries = size(path.stat().st_size), count(header.events, "entry")
    click.echo(f"{path}: {written}, “{header.title}” ({header.code}), {entries}.")
    click.echo(f"Digest     {header.digest[:8]} {header.digest[8:16]}")
    say_who_reads(path)


def _export_shown(
    code: str, file: str | None, form: Form, language: str, *, force: bool, limited: bool
) -> None:
    """What the room was shown, into a file or to the standard output."""
    settings = settings_of_command()
    if not is_there(settings):
        no_database(settings)
    if limited:
        stay_small(settings.report_megabytes, settings.report_seconds)
    code = code.replace(" ", "")
    try:
        content = exported(settings, code, form, language)
        if file == "-":
            click.get_binary_stream("stdout").write(content)
            return
        with (
            place(file or Path(), f"workshop-{code}", SUFFIXES[form]) as path,
            written_whole(path, replace=force) as part,
        ):
            part.write_bytes(content)
    except (NotThereError, FileProblemError) as problem:
        give_up(str(problem))
    click.echo(f"{path}: {size(path.stat().st_size)}.")


@click.command("import")
@click.argument("file", type=THERE)
@click.option("--owner", metavar="LOGIN", help="The account that will run the workshop.")
def import_(file: Path, owner: str | None) -> None:
    """Bring in the workshop that was exported into FILE. A running server has it at once.

    Everything in the file is checked before anything is stored.
    """
    settings = settings_of_command()
    log = read_exported(file, "Nothing was imported.")
    if owner and not is_there(settings):
        no_database(settings)
    with Opened(make=not owner) as opened:
        owner_id = opened.account(owner).id if owner else None
        brought = _import(opened.database, log, owner_id)
        accounts = opened.database.read(store.any_account)
    entries = count(log.header.events, "entry")
    click.echo(f"“{log.header.title}” is in {opened.name} now, with {entries}. Its code is {brought.code}.")
    if brought.code != log.state.code:
        click.echo(f"The code that it had, {log.state.code}, is another workshop's here.")
    if owner is None:
        click.echo("Nobody may run it yet. Give it to an account with:")
        if not accounts:
            click.echo("  edp create-admin --login LOGIN")
        click.echo(f"  edp access {brought.code} --add LOGIN")


def read_exported(file: Path, unchanged: str) -> exports.Log:
    """An exported log that was read to its end and found whole; else ends the command, saying what was left
    alone (a sentence, or "") and what to do next."""
    try:
        with file.open("rb") as whole:
            return exports.read_log(whole)
    except exports.AlteredError as problem:
        _refuse(
            f"{file} is damaged, or was changed after it was exported.",
            unchanged,
            "Please copy it again from where it was exported, or export it again.",
            f"({str(problem).rstrip('.')})",
        )
    except exports.ExportError as problem:
        if portable.is_backup(file):
            _refuse(
                f"{file} looks like a backup of a whole installation, not like one exported workshop.",
                unchanged,
                f"A backup is put in place with: edp restore {file}",
            )
        _refuse(f"{file} cannot be used.", str(problem), unchanged)
    except OSError as error:
        _refuse(f"{file} cannot be read: {(error.strerror or '').lower()}.", unchanged)


def _refuse(*sentences: str) -> NoReturn:
    give_up(" ".join(sentence for sentence in sentences if sentence))


def _import(database: Database, log: exports.Log, owner_id: str | None) -> exports.Brought:
    try:
        return database.call(exports.import_log, log, owner_id, now_ms())
    except exports.ExportError as problem:
        give_up(f"{problem} Nothing was imported.")
