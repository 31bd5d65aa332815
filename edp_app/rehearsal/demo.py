"""The demonstration: simulated participants at a human pace, and a facilitator who begins and then hands
over.
"""

import asyncio
import contextlib
import random

from edp_app.rehearsal.facilitator import Browser, Facilitator
from edp_app.rehearsal.habits import Pace
from edp_app.rehearsal.play import Room
from edp_app.rehearsal.run import Plan

BEGIN = ("show", "who", "gather")
"""The kinds of stage that are opened for the visitor, up to the first in which people write."""
LISTEN_SECONDS = (6.0, 9.0)


def accompany(plan: Plan) -> None:
    """Fill the room and open its first stages; then everything is the visitor's to press. Runs until it is
    ended.
    """
    with contextlib.suppress(KeyboardInterrupt, asyncio.CancelledError):
        asyncio.run(_accompany(plan))


async def _accompany(plan: Plan) -> None:
    pace = Pace(plan.speed)
    room = Room(
        *(plan.url, plan.code, plan.definition, plan.participants, pace, plan.seed, plan.texts),
        patience=None,  # the visitor takes their time
    )
    everyone = asyncio.create_task(room.take_part())
    await _begin(plan, pace)
    await everyone


async def _begin(plan: Plan, pace: Pace) -> None:
    """Open stage after stage until people write. Whoever facilitates by then has the say: if a stage was
    opened or
    closed by somebody else meanwhile, nothing more is opened."""
    browser = Browser(plan.url)
    chance = random.Random(plan.seed)  # noqa: S311  # a demonstration, not a secret
    try:
        await browser.log_in(plan.login, plan.password)
        facilitator = Facilitator(browser, plan.code, chance)
        await facilitator.client.connect()
        opened = None
        for stage in plan.definition.stages:
            now = facilitator.client.view.get("now", {})
            if now.get("run") != opened or stage.settings.__struct_config__.tag not in BEGIN:
                break
            run = await facilitator.open(stage.id)
            opened = run["run"]
            await facilitator.do("set_timer", run=opened, seconds=run["minutes"] * 60)
            if run["kind"] == "gather":
                break
            await pace.pause(chance, *LISTEN_SECONDS)
        await facilitator.client.close()
    finally:
        await browser.close()
