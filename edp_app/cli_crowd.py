"""The hidden command ``edp rehearsal-crowd``: the process of a rehearsal's simulated people, which the server
starts. Apart from the other commands of rehearsals, so that it loads no more than it needs."""

import logging
import sys

import click
import msgspec

from edp_app.rehearsal.brief import Brief
from edp_app.rehearsal.crowd import end_with_the_server, fill
from edp_app.small import give_way


@click.command("rehearsal-crowd", hidden=True)
def rehearsal_crowd() -> None:
    """The simulated people of a rehearsal; started by the server, with what they are to do in one line of
    the standard input."""
    give_way()
    logging.basicConfig(level="WARNING", format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    brief = msgspec.json.decode(sys.stdin.buffer.readline(), type=Brief)
    end_with_the_server()
    fill(brief)
