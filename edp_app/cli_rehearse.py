"""The commands ``edp rehearse`` and ``edp demo``: a rehearsal brought together with a server and its log."""

import contextlib
import json
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click
import msgspec

from edp_app.cli_formats import read_format, speaking
from edp_app.clock import milliseconds
from edp_app.config import Settings, from_environment, resource_dir
from edp_app.core.definition import Definition
from edp_app.log import store
from edp_app.log.database import Database
from edp_app.opened import bring_forward
from edp_app.rehearsal.client import Lost
from edp_app.rehearsal.demo import accompany
from edp_app.rehearsal.facilitator import Failed
from edp_app.rehearsal.own_server import NotStarted, serving
from edp_app.rehearsal.recount import Row, judge
from edp_app.rehearsal.run import Plan, as_json, table
from edp_app.rehearsal.run import rehearse as play_rehearsal
from edp_app.rehearsal.texts import Text, read_texts
from edp_app.terminal import qr
from edp_app.web.accounts import new_entrance
from edp_app.web.passwords import hash_password

DEMO_LOGIN = "demo"
DEMO_PARTICIPANTS = 24
NEW_FILE = click.Path(dir_okay=False, writable=True, path_type=Path)


def default_workshop() -> Path:
    """The workshop that a rehearsal plays if none is named."""
    return resource_dir("workshops") / "formats" / "short.toml"


def demo_workshop() -> Path:
    """The workshop of the demonstration."""
    return resource_dir("workshops") / "demo" / "tacna-arica.toml"


def demo_texts() -> list[Text]:
    """What simulated people write in the demonstration."""
    return read_texts(resource_dir("workshops") / "demo" / "items.toml")


def library_texts() -> list[Text]:
    """What they write in stages of the library that the demonstration does not have."""
    return read_texts(resource_dir("workshops") / "demo" / "library-items.toml")


def texts_for(workshop: Path) -> list[Text]:
    """What simulated people write in the workshop of this file: what stands beside it (``mine-items.toml``
    beside ``mine.toml``), else what they write in the demonstration and in stages of the library."""
    own = workshop.with_name(f"{workshop.stem}-items.toml")
    return read_texts(own) if own.exists() else demo_texts() + library_texts()


def prepare(database: Database, definition: Definition, login: str) -> tuple[str, str]:
    """Make the account (or give it a new pass phrase) and a new workshop of its own: code and pass phrase.
    Its door is open, whichever way in the format has: simulated phones come by themselves."""
    password = secrets.token_urlsafe(24)
    hashed, now = hash_password(password), milliseconds()
    account = database.read(store.account_by_login, login)
    if account is None:
        account = database.call(
            store.create_account,
            login=login,
            name=login,
            password_hash=hashed,
            now=now,
            language=definition.language,
            is_admin=True,
        )
    else:
        database.call(store.set_password_hash, account.id, hashed)
    return database.call(
        store.create_workshop, msgspec.structs.replace(definition, door="open"), account.id, now
    ).code, password


@contextlib.contextmanager
def opened(settings: Settings) -> Iterator[Database]:
    """The database of these settings, with the tables of this version."""
    database = Database.open(settings.database_url)
    try:
        bring_forward(settings, database.engine)
        yield database
    finally:
        database.close()


def stored_rows(database: Database, code: str) -> list[Row]:
    """The log of a workshop, row by row, as it is stored."""
    workshop = database.read(store.workshop_by_code, code)
    if workshop is None:
        raise Failed(f"There is no workshop {code} in the database.")
    return [
        Row(
            event.seq,
            event.kind,
            event.actor,
            event.op_id or "",
            json.loads(event.payload or "{}"),
            event.digest,
        )
        for event in database.read(store.events_after, workshop.id)
    ]


class Speed(click.ParamType):
    """How many times faster than life; ``max`` for no pauses at all."""

    name = "speed"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """A number above 0, or 0 for ``max``."""
        if value == "max":
            return 0.0
        try:
            speed = float(str(value))
        except ValueError:
            speed = -1.0
        if not 0 < speed <= 10_000:
            self.fail(f"“{value}” is neither a number above 0 nor “max”.", param, ctx)
        return speed


@click.command("rehearse")
@click.option("--participants", type=click.IntRange(1, 1000), default=60, show_default=True)
@click.option("--speed", type=Speed(), default="20", show_default=True, help="Times life, or “max”.")
@click.option("--seed", type=int, default=1, show_default=True, help="Fixes choices, not timing.")
@click.option(
    "--workshop",
    type=click.Path(path_type=Path),
    help="A format file; what people write: NAME-items.toml beside it.",
)
@click.option(
    "--pdf", type=click.Path(dir_okay=False, writable=True, path_type=Path), help="Save the report."
)
@click.option(
    "--json",
    "json_file",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Save the account.",
)
@click.option(
    "--data", type=click.Path(file_okay=False, path_type=Path), help="Keep the database in this folder."
)
@speaking
def rehearse(
    participants: int,
    speed: float,
    seed: int,
    workshop: Path | None,
    pdf: Path | None,
    json_file: Path | None,
    data: Path | None,
    language: str | None,
) -> None:
    """Play a whole workshop with simulated phones against a server of its own, and count again.

    Ends with status 0 only if every operation that was sent was acknowledged and is found once in the log,
    and every published figure follows from the log when it is counted by other code.
    """
    file = workshop or default_workshop()
    definition, texts = read_format(file, language), texts_for(file)
    with tempfile.TemporaryDirectory(prefix="edp-rehearsal-") as passing:
        folder = str(data or passing)
        settings = from_environment({"EDP_DATA": folder})
        with opened(settings) as database:
            code, password = prepare(database, definition, "rehearsal")
        try:
            with serving(Path(folder)) as url:
                plan = Plan(url, code, "rehearsal", password, definition, texts, participants, speed, seed)
                played = play_rehearsal(plan, _say, pdf)
        except (Failed, Lost, NotStarted, TimeoutError) as problem:
            click.echo(f"edp: The rehearsal stopped. {problem}", err=True)
            sys.exit(1)
        with opened(settings) as database:
            log = stored_rows(database, code)
    verdict = judge(played.ledger, log, played.published, played.cards)
    for line in table(played, verdict):
        click.echo(line)
    if json_file:
        json_file.write_text(as_json(plan, played, verdict, len(log)), encoding="utf-8")
    for problem in verdict.problems[:20]:
        click.echo(f"edp: {problem}", err=True)
    if verdict.problems:
        sys.exit(1)
    click.echo("Everything that was acknowledged is in the log, once, and the results follow from it.")


def _say(line: str) -> None:
    click.echo(f"· {line}")


@click.command("demo")
@click.option("--lan", is_flag=True, help="Let phones in the same network join.")
@click.option("--port", type=click.IntRange(1, 65535), help="The port to listen on.  [EDP_PORT, else 8000]")
@click.option("--participants", type=click.IntRange(1, 300), default=DEMO_PARTICIPANTS, show_default=True)
@click.option("--speed", type=Speed(), default="1", show_default=True, help="Times life, or “max”.")
def demo(lan: bool, port: int | None, participants: int, speed: float) -> None:
    """Serve the Tacna–Arica workshop with simulated participants; you are the facilitator. Ctrl-C ends it."""
    from edp_app.log.lock import AlreadyInUseError
    from edp_app.server import CannotServeError, Server, set_up_logging, wait_for_stop

    settings = demo_settings(lan, port)
    set_up_logging(replace(settings, log_level="WARNING"))
    definition = read_format(demo_workshop())
    try:
        server = Server(settings)
        code, password = prepare(server.app.extensions["edp.database"], definition, DEMO_LOGIN)
        server.start()
    except (CannotServeError, AlreadyInUseError) as problem:
        click.echo(f"edp: {problem}", err=True)
        sys.exit(1)
    console = new_entrance(server.app, DEMO_LOGIN, f"/workshops/{code}/console")
    click.echo(links(settings.base_url(), code, console, participants, lan))
    local = f"http://127.0.0.1:{settings.port}"
    crowd = start_crowd({"url": local, "code": code, "password": password}, participants, speed)
    try:
        wait_for_stop()
    finally:
        crowd.terminate()
        server.stop()


def demo_settings(lan: bool, port: int | None) -> Settings:
    """A folder of its own, so that a demonstration never stands between real workshops."""
    folder = Path(os.environ.get("EDP_DATA", "data")) / "demo"
    settings = from_environment({**os.environ, "EDP_DATA": str(folder)})
    settings = settings.with_lan() if lan else settings
    return replace(settings, port=port or settings.port)


def links(base: str, code: str, console: str, participants: int, lan: bool) -> str:
    """What a visitor needs, for the terminal: the three links, and a QR to join."""
    join = f"{base}/j/{code}"
    here_only = "This QR leads to this computer only. So that phones can join: ./edp demo --lan"
    reach = "Phones in the same network join by this QR." if lan else here_only
    return f"""
Tacna–Arica: a workshop with {participants} simulated participants. You facilitate.

  1  Console   {base}{console}
  2  Screen    {base}/screen/{code}
  3  Join      {join}    code {code[:3]} {code[3:]}

{qr(join)}
{reach}
Open the three links side by side. The SWOT begins in a few seconds; close it and open the next stage on the
console, reveal the votes, and ask for the report at the end.
Stop with Ctrl-C."""


def start_crowd(where: dict[str, str], participants: int, speed: float) -> "subprocess.Popen[bytes]":
    """The simulated participants, in a process of their own. The pass phrase goes through a pipe."""
    command = [sys.executable, "-m", "edp_app.cli", "demo-crowd", str(participants), str(speed or "max")]
    crowd = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)  # noqa: S603
    if crowd.stdin:
        crowd.stdin.write(json.dumps(where).encode())
        crowd.stdin.close()
    return crowd


@click.command("demo-crowd", hidden=True)
@click.argument("participants", type=int)
@click.argument("speed", type=Speed())
def demo_crowd(participants: int, speed: float) -> None:
    """The simulated participants of a demonstration; started by it."""
    where = json.loads(sys.stdin.read())
    definition = read_format(demo_workshop())
    accompany(
        Plan(
            url=where["url"],
            code=where["code"],
            login=DEMO_LOGIN,
            password=where["password"],
            definition=definition,
            texts=demo_texts(),
            participants=participants,
            speed=speed,
            seed=1,
        )
    )
