"""The ``edp`` command. What a command needs is imported when it runs, so that each starts quickly."""

import importlib
import importlib.util
import json
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import NoReturn, TextIO

import click

from edp_app import __version__
from edp_app.clock import milliseconds
from edp_app.config import SettingsError, from_environment
from edp_app.core.definition import LANGUAGES

ELSEWHERE = {
    "access": ("edp_app.cli_operate", "access"),
    "account": ("edp_app.cli_operate", "account"),
    "archive": ("edp_app.cli_operate", "archive"),
    "backup": ("edp_app.cli_backup", "backup"),
    "bench": ("edp_app.cli_bench", "bench"),
    "check": ("edp_app.cli_formats", "check"),
    "demo": ("edp_app.cli_rehearse", "demo"),
    "demo-crowd": ("edp_app.cli_rehearse", "demo_crowd"),
    "erase": ("edp_app.cli_operate", "erase"),
    "export": ("edp_app.cli_transfer", "export"),
    "import": ("edp_app.cli_transfer", "import_"),
    "new": ("edp_app.cli_formats", "new"),
    "rehearsal-crowd": ("edp_app.cli_crowd", "rehearsal_crowd"),
    "rehearse": ("edp_app.cli_rehearse", "rehearse"),
    "restore": ("edp_app.cli_backup", "restore"),
    "verify": ("edp_app.cli_verify", "verify"),
}
"""Commands that other parts bring: name to module and function. Listed where the module is installed."""


class Commands(click.Group):
    """The commands here, and those of :data:`ELSEWHERE`, imported only when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, sorted."""
        there = [name for name, (module, _) in ELSEWHERE.items() if _installed(module)]
        return sorted([*super().list_commands(ctx), *there])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name."""
        if cmd_name in ELSEWHERE and _installed(ELSEWHERE[cmd_name][0]):
            module, function = ELSEWHERE[cmd_name]
            command: click.Command = getattr(importlib.import_module(module), function)
            return command
        return super().get_command(ctx, cmd_name)


def _installed(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def main() -> None:
    """The entry point: settings that cannot be used, and the like, end in one sentence and status 1."""
    from sqlalchemy.exc import DatabaseError

    from edp_app.log.engine import UnusableDatabaseError

    try:
        edp()
    except (SettingsError, UnusableDatabaseError) as problem:
        _give_up(str(problem))
    except DatabaseError as problem:
        _give_up(f"The database cannot be used: {problem.orig}. More is told by: edp doctor")
    except PermissionError as problem:
        _give_up(
            f"This user may not use {problem.filename}. Run the command as the user that the server runs as."
        )


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="edp")
def edp() -> None:
    """Live workshops for the entrepreneurial discovery process.

    Settings come from the environment (EDP_DATA, EDP_PUBLIC_URL and others; see docs/deployment.md).
    """


@edp.command()
@click.option(
    "--lan", is_flag=True, help="Serve the local network, without an internet connection if need be."
)
@click.option("--host", help="The address to listen on.  [EDP_HOST, else 127.0.0.1]")
@click.option("--port", type=click.IntRange(1, 65535), help="The port to listen on.  [EDP_PORT, else 8000]")
@click.option(
    "--wifi", metavar="NAME", help="With --lan: the Wi-Fi that phones are to join.  [EDP_WIFI_NAME]"
)
@click.option(
    "--wifi-password-file",
    type=click.File(),
    help="Its password is in the first line of this file.  [EDP_WIFI_PASSWORD, else it is asked for]",
)
@click.option(
    "--wifi-on-screen", is_flag=True, help="The screen says it, too, until the first stage is opened."
)
def serve(
    lan: bool,
    host: str | None,
    port: int | None,
    wifi: str | None,
    wifi_password_file: TextIO | None,
    wifi_on_screen: bool,
) -> None:
    """Serve workshops until Ctrl-C."""
    from edp_app.log.lock import AlreadyInUseError
    from edp_app.server import CannotServeError
    from edp_app.server import serve as run
    from edp_app.which_database import settings_of_command

    settings_of_command()  # nothing is made where it would be refused
    settings = from_environment()
    if lan:
        settings = settings.with_lan()
    settings = replace(settings, host=host or settings.host, port=port or settings.port)
    if (wifi or wifi_password_file or wifi_on_screen) and not settings.lan:
        _give_up("A Wi-Fi is for serving the local network: add --lan.")
    if wifi:
        settings = settings.with_wifi(wifi, _wifi_password(wifi, wifi_password_file))
    elif wifi_password_file:
        _give_up("Say which Wi-Fi this is the password of: add --wifi NAME.")
    settings = replace(settings, wifi_on_screen=wifi_on_screen or settings.wifi_on_screen)
    try:
        run(settings)
    except (CannotServeError, AlreadyInUseError) as problem:
        _give_up(str(problem))


def _wifi_password(name: str, file: TextIO | None) -> str:
    """The password of a Wi-Fi, which no command line holds: those of all processes can be read by everybody
    on this machine."""
    if file is not None:
        return file.readline().rstrip("\r\n")
    if (said := os.environ.get("EDP_WIFI_PASSWORD")) is not None:
        return said
    if not sys.stdin.isatty():
        _give_up("The password of the Wi-Fi is missing: set EDP_WIFI_PASSWORD, or add --wifi-password-file.")
    question = f"Password of the Wi-Fi “{name}” (empty: it has none)"
    typed: str = click.prompt(question, hide_input=True, default="", show_default=False)
    return typed


@edp.command("create-admin")
@click.option("--login", prompt="User name", help="What is typed to sign in.")
@click.option("--name", prompt="Name", help="The name as it is shown.")
@click.option("--language", type=click.Choice(LANGUAGES), help="The language of its pages.  [the terminal's]")
@click.option("--password-stdin", is_flag=True, help="Read the pass phrase from the standard input.")
def create_admin(login: str, name: str, language: str | None, password_stdin: bool) -> None:
    """Make an account that may prepare and lead workshops and administer this server."""
    from edp_app.cli_formats import terminal_language
    from edp_app.log import store
    from edp_app.opened import Opened
    from edp_app.web.passwords import hash_password

    if password_stdin:
        password = sys.stdin.readline().rstrip("\n")
    else:
        password = click.prompt(
            "Pass phrase (12 characters or more)", hide_input=True, confirmation_prompt=True
        )
    if len(password) < 12:
        _give_up("The pass phrase needs 12 characters or more.")
    hashed = hash_password(password)
    try:
        with Opened(make=True) as opened:
            opened.database.call(
                store.create_account,
                login=login,
                name=name,
                password_hash=hashed,
                now=milliseconds(),
                language=language or terminal_language() or opened.settings.language,
                is_admin=True,
            )
    except store.LoginTakenError:
        _give_up(f"There is an account “{login}” already.")
    click.echo(f"The account “{login}” is ready.")


@edp.group()
def db() -> None:
    """The database."""


@db.command("upgrade")
def db_upgrade() -> None:
    """Bring the tables to those of this version, after making a backup. A server does so when it starts.

    Where there is no database, an empty one is made.
    """
    from edp_app.opened import Opened

    with Opened(make=True) as opened:
        if opened.kept:
            click.echo(f"The database as it was is kept in {opened.kept}.")
    click.echo(f"The database has the tables of this version: {opened.name}")


@edp.command()
def doctor() -> None:
    """Look for what keeps this installation from working well; status 1 if anything does."""
    from edp_app.doctor import examine

    findings = examine(from_environment())
    for finding in findings:
        click.echo(f"{'ok  ' if finding.good else 'BAD '} {finding.text}")
    if not all(finding.good for finding in findings):
        sys.exit(1)


@edp.command()
@click.argument("code")
@click.option("--out", required=True, type=click.Path(dir_okay=False, writable=True, path_type=Path))
@click.option("--language", type=click.Choice(LANGUAGES), help="Else the workshop's own.")
@click.option("--at", type=click.IntRange(1), metavar="SEQ", help="As it stood at this position of the log.")
@click.option("--progress", is_flag=True, help="Say in lines of JSON how far it is.")
def report(code: str, out: Path, language: str | None, at: int | None, progress: bool) -> None:
    """Write the report of the workshop with this CODE as a PDF."""
    from edp_app.which_database import is_there, no_database, settings_of_command

    settings = settings_of_command()
    if not is_there(settings):
        no_database(settings)
    from edp_app.small import stay_small

    stay_small(settings.report_megabytes, settings.report_seconds)
    from edp_app.report.command import ReportError, write_report

    def say(state: str, **more: int) -> None:
        if progress:
            click.echo(json.dumps({"state": state, **more}))

    try:
        write_report(settings, code, out, language=language, at=at, say=say)
    except ReportError as problem:
        _give_up(str(problem))


@edp.command(hidden=True)
@click.argument("code")
@click.argument("run")
@click.option("--at", required=True, type=click.IntRange(1), metavar="SEQ")
def count(code: str, run: str, at: int) -> None:
    """Count a closed run of the workshop with this CODE, as the log stood at SEQ, and say its figures as
    JSON. The server asks for it where a room is big."""
    from edp_app.which_database import settings_of_command

    settings = settings_of_command()
    from edp_app.small import stay_small

    stay_small(settings.report_megabytes, settings.report_seconds)
    import msgspec

    from edp_app.core.stages import kind_by_id
    from edp_app.core.workshop import fold
    from edp_app.log.reading import NotThereError, read_log

    try:
        state = fold(read_log(settings.database_url, code, at)[0])
    except NotThereError as problem:
        _give_up(str(problem))
    asked = state.runs.get(run)
    counting = kind_by_id(asked.kind).to_count(state, asked) if asked and asked.status == "closed" else None
    if counting is None:
        _give_up(f"There is nothing to count in “{run}”.")
    click.echo(msgspec.json.encode(counting.prepare()()))


def _give_up(sentence: str) -> NoReturn:
    click.echo(f"edp: {sentence}", err=True)
    sys.exit(1)


if __name__ == "__main__":
    main()
