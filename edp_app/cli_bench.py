"""The command ``edp bench``. What it runs is part of the checkout; an installed package says so."""

import importlib
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import click

from edp_app.config import PACKAGE

CHECKOUT = PACKAGE.parent
FOLDER = click.Path(file_okay=False, exists=True, path_type=Path)


class Numbers(click.ParamType):
    """Whole numbers above 0, separated by commas."""

    name = "numbers"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, ...]:
        """The numbers, each once, smallest first."""
        if isinstance(value, tuple):
            return value
        words = str(value).split(",")
        if not all(word.strip().isdecimal() and 0 < int(word) <= 2000 for word in words):
            self.fail(f"“{value}” is no list of numbers from 1 to 2000.", param, ctx)
        return tuple(sorted({int(word) for word in words}))


def _from_checkout(module: str) -> Any:
    if not (CHECKOUT / "bench" / "__init__.py").is_file():
        click.echo("edp: The benchmark is part of the source, not of the installed package.", err=True)
        click.echo("Run it from a checkout: ./edp bench", err=True)
        sys.exit(1)
    return importlib.import_module(module)


@click.command("bench")
@click.option(
    "--phones", type=Numbers(), default="100,500,1000", show_default=True, help="Crowds, by commas."
)
@click.option("--hall", type=click.IntRange(0, 4000), default=2000, show_default=True, help="0: no big hall.")
@click.option("--rounds", type=click.IntRange(1, 20), default=3, show_default=True)
@click.option("--quick", is_flag=True, help="One round with 50 phones: whether it works, no more.")
@click.option("--reveal", is_flag=True, help="What revealing a big vote costs, and nothing else.")
@click.option("--first", is_flag=True, help="Go before all ordinary processes (root); others will feel it.")
@click.option("--server-core", type=click.IntRange(0), default=0, show_default=True)
@click.option("--load-core", type=click.IntRange(0), default=1, show_default=True)
@click.option("--folder", type=FOLDER, help="The disk to write to.  [the system's temporary folder]")
@click.option("--record", is_flag=True, help="Append the figures to bench/RESULTS.md.")
@click.option("--json", "json_file", type=click.Path(dir_okay=False, writable=True, path_type=Path))
def bench(
    phones: tuple[int, ...],
    hall: int,
    rounds: int,
    quick: bool,
    reveal: bool,
    first: bool,
    server_core: int,
    load_core: int,
    folder: Path | None,
    record: bool,
    json_file: Path | None,
) -> None:
    """Measure what a vote costs, beside the least that any server would have to pay.

    Takes a quarter of an hour on two processors; docs/bench.md says how to read what it prints.
    """
    account, servers = _from_checkout("bench.account"), _from_checkout("bench.servers")
    place = servers.Place(server_core, load_core, first, folder or Path(tempfile.gettempdir()))
    if reveal:
        part = _from_checkout("bench.reveal")
        few = part.Plan(place, rooms=part.ORDINARY, voters=(50,), quiet_seconds=3.0)
        _measured(part.measure, part, few if quick else part.Plan(place), record, json_file)
        return
    run = _from_checkout("bench.run")
    if quick:
        phones, hall, rounds = (50,), 0, 1
    for name in run.CEILINGS:
        if not servers.have_ceiling(name):
            click.echo(
                f"edp: Without {account.SERVERS[name]}: it is not installed (./edp test brings it).", err=True
            )
    _measured(run.measure, account, run.Plan(place, phones, rounds, hall), record, json_file)


def _measured(measure: Any, part: Any, plan: Any, record: bool, json_file: Path | None) -> None:
    """Measure, say the entry, and keep it where that was asked for."""
    others = _from_checkout("bench.machine").Others()
    try:
        found = measure(plan, lambda line: click.echo(f"· {line}"))
    except _from_checkout("bench.crowd").Failed as problem:
        click.echo(f"edp: The measurement stopped. {problem}", err=True)
        sys.exit(1)
    entry = part.entry(plan, found, others.load, others.percent())
    click.echo(f"\n{entry}")
    if json_file:
        json_file.write_text(json.dumps(part.as_json(found), indent=1) + "\n", encoding="utf-8")
    if record:
        with (CHECKOUT / "bench" / "RESULTS.md").open("a", encoding="utf-8") as results:
            results.write(f"\n{entry}")
