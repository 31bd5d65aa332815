"""The simulated people of a rehearsal at the console: they join, and act as stages open. Who opens them is a
real facilitator."""

import asyncio
import contextlib
import logging
import os
import sys
import threading

from edp_app.rehearsal.brief import Brief
from edp_app.rehearsal.client import Lost
from edp_app.rehearsal.habits import Pace
from edp_app.rehearsal.phone import SimulatedPhone
from edp_app.rehearsal.play import Room
from edp_app.rehearsal.themes import REMARKS, texts_about

log = logging.getLogger(__name__)


def fill(brief: Brief) -> None:
    """Fill the workshop with people, until this process is ended or the server is gone."""
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_fill(brief))


async def _fill(brief: Brief) -> None:
    definition = brief.definition
    room = Room(
        *(brief.url, brief.code, definition, brief.people, Pace(brief.speed), brief.seed),
        texts_about(definition),
        remarks=REMARKS[definition.language],
        headers={"Host": brief.host},
        patience=None,
    )
    await asyncio.gather(*(_one(phone) for phone in room.phones))


async def _one(phone: SimulatedPhone) -> None:
    """One of them. Whatever goes wrong with one is nobody else's affair."""
    try:
        await phone.arrive()
        await phone.stay_on()
    except Lost:
        return
    except Exception as error:  # noqa: BLE001 -- the others go on
        log.warning("a simulated person has left the rehearsal: %s", type(error).__name__)


def end_with_the_server() -> None:
    """End this process as soon as its standard input is closed, which the server's end does in any case."""
    threading.Thread(target=_wait_for_the_end, daemon=True).start()


def _wait_for_the_end() -> None:
    sys.stdin.buffer.read()
    os._exit(0)
