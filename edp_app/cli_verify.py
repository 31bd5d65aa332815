"""The command that checks records: those of this installation, or those in a backup or an exported file."""

import sys
from pathlib import Path

import click
from sqlalchemy.orm import Session

from edp_app.checking import Checked, check_record, check_results
from edp_app.config import from_environment
from edp_app.log import export as exports
from edp_app.log import portable, store
from edp_app.log.store.events import StoredEvent, workshop_ids
from edp_app.opened import Opened, give_up


@click.command()
@click.argument("what", required=False, metavar="[CODE|FILE]")
@click.option("--at", type=click.IntRange(1), metavar="SEQ", help="The digest at this position, too.")
def verify(what: str | None, at: int | None) -> None:
    """Check the record of the workshop with this CODE, or all that FILE holds (a backup, an exported log);
    without either, every workshop here. Status 1 if anything does not fit.

    Computes the chain of digests again from the first entry, compares the answers that phones were given
    with the record, reads it as the server does, and counts the results a second time. The digest that is
    printed is the one on the last page of a report made from as many entries; --at gives that of an earlier
    report.
    """
    code = (what or "").replace(" ", "")
    if at and not _is_code(code):
        raise click.UsageError("--at is for one workshop: say its code.")
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
    _tell(found.code, found.title, checked)
    if at and not earlier:
        give_up(f"The record ends before position {at}.")
    for row in earlier:
        _tell_digest(f"At {at}", row.digest)
    _end([] if checked.problem is None else [checked.problem])


def _verify_all() -> None:
    with Opened() as opened:
        problems = opened.database.read(_check_all)
    _end(problems)


def _verify_backup(file: Path) -> None:
    try:
        with portable.opened(file, from_environment().data) as backup, backup.session() as session:
            problems = _check_all(session)
    except portable.BackupError as problem:
        give_up(str(problem))
    _end(problems)


def _verify_log(file: Path) -> None:
    try:
        with file.open("rb") as whole:
            log = exports.read_log(whole)
    except exports.ExportError as problem:
        give_up(f"{file}: {problem}")
    rows = [StoredEvent(*row[1:8], row.digest) for row in log.events]
    checked = check_results(log.state, rows)
    _tell(log.header.code, log.header.title, checked)
    _end([] if checked.problem is None else [checked.problem])


def _check_all(session: Session) -> list[str]:
    problems = []
    for workshop_id in workshop_ids(session):
        found = store.workshop_by_id(session, workshop_id)
        checked = check_record(session, workshop_id)
        code, title = (found.code, found.title) if found else (workshop_id, "(not in the list of workshops)")
        _tell(code, title, checked)
        click.echo("")
        if checked.problem is not None:
            problems.append(f"{code}: {checked.problem}")
    return problems


def _tell(code: str, title: str, checked: Checked) -> None:
    verdict = checked.verdict
    erased = f", {verdict.erased} of them erased" if verdict.erased else ""
    click.echo(f"Workshop   {code}  {title}")
    click.echo(f"Entries    {verdict.events}{erased}")
    click.echo(f"Results    {checked.results}, {checked.figures} figures counted again")
    _tell_digest("Digest", verdict.head)


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
