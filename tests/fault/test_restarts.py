"""The server gone and back: every phone comes back by itself, at its own moment, and is in step."""

import asyncio
import json
import time
from collections import Counter
from collections.abc import Callable
from itertools import pairwise

from edp_app.core import views
from edp_app.core.workshop import fold
from edp_app.log import store
from tests.support.fault_hall import Hall, limited
from tests.support.fault_results import Results
from tests.support.fault_server import FaultServer

PHONES = (60, 500)
"""In a short and in a long run."""


def test_everybody_comes_back_in_step(
    serve: Callable[..., FaultServer], long: bool, results: Results
) -> None:
    hall = Hall(serve())

    async def through() -> None:
        await hall.console.connect()
        for _ in range(PHONES[long] // 20):
            await hall.fill(20)
        await hall.open("swot")
        for restart in range(6 if long else 2):
            done = asyncio.Event()
            waiting = [asyncio.create_task(phone.client.until(done.is_set)) for phone in hall.phones]
            for phone in hall.phones:
                phone.client.opened.clear()
            if restart % 2:
                hall.server.kill()
            else:
                await asyncio.to_thread(hall.server.stop)
            await asyncio.to_thread(hall.server.start)
            answers = time.monotonic()
            await hall.until(lambda: all(phone.client.opened for phone in hall.phones))
            came = sorted(phone.client.opened[0] - answers for phone in hall.phones)
            results.count(restarts=1, connections=len(came))
            results.note(spread(came))
            await asyncio.gather(
                *(phone.client.until(lambda c=phone.client: c.view) for phone in hall.phones)
            )
            await hall.do("set_door", open=bool(restart % 2))
            await in_step(hall)
            done.set()
            await hall.do("set_timer", run="swot.1", seconds=600)  # something to hear of, so that all wake
            await asyncio.gather(*waiting)
        await hall.leave()

    limited(3600 if long else 300, through())
    results.count(kills=hall.server.kills, operations=hall.account().operations)
    assert hall.account().whole


async def in_step(hall: Hall) -> None:
    """All phones stand at the same position and show the same, which is what the log says."""
    state = fold(hall.server.database.read(lambda session: list(store.log_of(session, hall.id))))
    shown = json.loads(json.dumps(views.view(state, "phone")))
    clients = [phone.client for phone in hall.phones]
    await asyncio.gather(*(client.until(lambda c=client: c.view == shown) for client in clients))
    assert {client.seq for client in clients} == {state.seq}
    assert sum(client.gaps for client in clients) == 0


def spread(came: list[float]) -> str:
    """How far the reconnections lie apart, in words for the table."""
    at_once = max(Counter(int(at * 10) for at in came).values())
    longest = max(later - earlier for earlier, later in pairwise(came))
    return (
        f"{len(came)} back {came[0]:.1f} to {came[-1]:.1f} s after the server answered, half of them by "
        f"{came[len(came) // 2]:.1f} s, {at_once} at most in a tenth of a second, longest gap {longest:.1f} s"
    )
