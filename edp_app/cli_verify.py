"""The command that checks records: those of this installation, or those in a backup or an exported file."""

import sys
from pathlib import Path

import click
from sqlalchemy.orm import Session

from edp_app.checking import Checked, check_record, check_results
from edp_app.cli_transfer import read_exported
from edp_app.cli_words import count, refused_backup
from edp_app.log import portable, store
from edp_app.log.store.events import StoredEvent, workshop_ids
from edp_app.opened import Opened
from edp_app.which_database import give_up, settings_of_command


@click.command()
@click.argument("what", required=False, metavar="[CODE|FILE]")
@click.option("--at", type=click.IntRange(1), metavar="N", help="The digest after N entries, too.")
def verify(what: str | None, at: int | None) -> None:
    """Check the record of the workshop with this CODE, or all that FILE holds (a backup, an exported log);
    without either, every workshop here. Status 1 if anything does not fit.

    Computes the chain of digests again from the first entry, compares the answers that phones were given
    with the record, reads it as the server does, and counts the results a second time. The digest that is
    printed is the one on the last page of a report. That page says from how many entries the report was made:
    for a report that is older than the last entry, give that number to --at.
    """
    code = (what or "").replace(" ", "")
    if at and not _is_code(code):
        raise click.UsageError("--at is for one workshop here: say its code.")
    if what is None:
        _verify_all()
    elif _is_code(code) and not Path(what).exists():
        _verify_one(code, at)
    elif not Path(what).is_file():
        give_up(f"There is no file {what}, and no workshop has such a code.")
    elif portable.is_backup(Path(what)):
        _verify_backup(Path(what))
    else:
        _verify_log(Path(what))


def _is_code(text: str) -> bool:
    return len(text) == 6 and text.isascii() and text.isdigit()


def _verify_one(code: str, at: int | None) -> None:
    with Opened() as opened:
        found = opened.workshop(code)
        checked = opened.database.read(check_record, found.id)
        earlier = opened.database.read(store.events_after, found.id, at - 1, limit=1) if at else []
    click.echo(f"Database   {opened.name}")
    _tell(found.code, found.title, checked)
    if at and not earlier:
        give_up(f"The record has no {at} entries.")
    for row in earlier:
        _tell_digest(f"At {at}", row.digest)
    _end([] if checked.problem is None else [checked.problem])


def _verify_all() -> None:
    with Opened() as opened:
        click.echo(f"Database   {opened.name}\n")
        opened.database.read(_check_all)


def _verify_backup(file: Path) -> None:
    try:
        with portable.opened(file, settings_of_command().data) as backup, backup.session() as session:
            _check_all(session)
    except portable.BackupError as problem:
        refused_backup(problem, "")


def _verify_log(file: Path) -> None:
    log = read_exported(file, "")
    rows = [StoredEvent(*row[1:8], row.digest) for row in log.events]
    checked = check_results(log.state, rows)
    _tell(log.header.code, log.header.title, checked)
    _end([] if checked.problem is None else [checked.problem])


def _check_all(session: Session) -> None:
    """Checks and tells of every workshop, then ends as :func:`_end` does."""
    problems, ids = [], workshop_ids(session)
    for workshop_id in ids:
        found = store.workshop_by_id(session, workshop_id)
        checked = check_record(session, workshop_id)
        code, title = (found.code, found.title) if found else (workshop_id, "(not in the list of workshops)")
        _tell(code, title, checked)
        click.echo("")
        if checked.problem is not None:
            problems.append(f"{code}: {checked.problem}")
    if ids:
        click.echo(f"{count(len(ids), 'workshop')} checked.")
        _end(problems)
    else:
        click.echo("There is no workshop in it, so there was nothing to check.")


def _tell(code: str, title: str, checked: Checked) -> None:
    verdict = checked.verdict
    erased = f", {verdict.erased} of them erased" if verdict.erased else ""
    click.echo(f"Workshop   {code}  {title}")
    click.echo(f"Entries    {verdict.events}{erased}")
    click.echo(f"Results    {_counted(checked)}")
    _tell_digest("Digest", verdict.head)


def _counted(checked: Checked) -> str:
    if checked.results:
        return f"{checked.results}, {checked.figures} figures counted again"
    return "none published yet" if checked.problem is None else "not counted, since the record is broken"


def _tell_digest(label: str, digest: str) -> None:
    """The short form that the report prints large, and the whole."""
    click.echo(f"{label:<10} {digest[:8]} {digest[8:16]}")
    click.echo(f"{'':10} {digest}")


def _end(problems: list[str]) -> None:
    for problem in problems:
        click.echo(f"The record is broken. {problem}")
    if problems:
        sys.exit(1)
    click.echo("The record is whole.")
