"""A server killed while a whole hall sends: what was answered is stored, once, and the rest comes through."""

import asyncio
import random
from collections.abc import Callable

from tests.support.fault_hall import Hall, limited
from tests.support.fault_results import Results
from tests.support.fault_server import FaultServer

PHONES = 24
STAGES = ("swot", "weigh", "last")


def test_kills_in_the_middle_of_a_burst(
    serve: Callable[..., FaultServer], long: bool, results: Results
) -> None:
    kills = 60 if long else 3
    hall = Hall(serve())
    limited(3600 if long else 300, burst(hall, kills))
    account = hall.account()
    results.count(
        operations=account.operations, kills=hall.server.kills, restarts=hall.server.kills,
        lost=len(account.lost), double=len(account.double),
    )  # fmt: skip
    results.note(f"{account.resent} operations sent more than once, {PHONES} phones")
    assert account.whole, account
    assert hall.server.kills == kills
    assert account.resent > 0, "no kill hit anything under way: nothing was tried"
    assert not (problems := hall.recounted()), problems
    assert set(STAGES[1:]) == {run.split(".")[0] for run in hall.console.view["results"]}


async def burst(hall: Hall, kills: int) -> None:
    chance = random.Random(7)
    await hall.console.connect()
    await hall.fill(PHONES)
    for number, stage in enumerate(STAGES):
        run = await hall.open(stage)
        async with hall.everybody_acts():
            for _ in range(kills * number // len(STAGES), kills * (number + 1) // len(STAGES)):
                await hall.until_answered(chance.randint(20, 150))
                hall.server.kill()
                await asyncio.to_thread(hall.server.start)
            await hall.until_answered(50)
        await hall.do("close_stage", run=run)
        if stage != "swot":
            await hall.do("reveal_result", run=run)
    await everything_again(hall, chance)
    await hall.everybody(lambda client: len(client.view["results"]) == len(STAGES) - 1)
    await hall.leave()


async def everything_again(hall: Hall, chance: random.Random) -> None:
    """Whatever was answered is answered the same when it is sent once more."""
    for phone in hall.phones:
        sent = [o.op_id for o in hall.ledger.operations.values() if o.person == phone.person]
        for op_id in chance.sample(sent, min(5, len(sent))):
            await phone.again(op_id)
