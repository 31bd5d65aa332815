"""Two servers on one PostgreSQL, of which now one and now the other is killed while everybody sends, and the
database cuts everybody off: what was answered is stored, once, and both servers show the same."""

import asyncio
import random
from pathlib import Path

from tests.support.fault_hall import Hall, Phone, close, limited
from tests.support.fault_results import Results
from tests.support.fault_server import FaultServer
from tests.support.pair import KEY
from tests.support.postgres import Postgres

PHONES = 20
STAGES = ("swot", "weigh", "last")


def test_killed_in_turns(postgres: Postgres, tmp_path: Path, long: bool, results: Results) -> None:
    rounds = 60 if long else 3
    with postgres.database() as url:
        servers = [one_on(url, tmp_path / name) for name in ("one", "other")]
        with servers[0] as one, servers[1] as other:
            one.account("ana")
            hall = Hall(one)
            cut = limited(3600 if long else 300, turns(hall, other, postgres, url, rounds))
            account = hall.account()
            results.count(
                operations=account.operations, kills=one.kills + other.kills, cuts=cut,
                lost=len(account.lost), double=len(account.double),
            )  # fmt: skip
            results.note(f"{account.resent} operations sent more than once; cuts are of the database's lines")
            assert account.whole, account
            assert one.kills + other.kills == rounds
            assert account.resent > 0, "no kill hit anything under way: nothing was tried"
            assert not (problems := hall.recounted()), problems


def one_on(url: str, folder: Path) -> FaultServer:
    """A server on this database, with the installation's key."""
    folder.mkdir()
    return FaultServer(folder, EDP_DATABASE_URL=url, EDP_SECRET_KEY=KEY)


async def turns(hall: Hall, other: FaultServer, postgres: Postgres, url: str, rounds: int) -> int:
    """Every round ends one server, and every third cuts all lines to the database; how often it was."""
    chance, cut = random.Random(7), 0
    await hall.console.connect()
    await hall.fill(PHONES // 2)
    hall.phones += (theirs := [Phone(hall, PHONES + n, other.url) for n in range(PHONES // 2)])
    await asyncio.gather(*(phone.come_in() for phone in theirs))
    for number, stage in enumerate(STAGES):
        run = await hall.open(stage)
        async with hall.everybody_acts():
            for turn in range(rounds * number // len(STAGES), rounds * (number + 1) // len(STAGES)):
                await hall.until_answered(chance.randint(20, 100))
                if turn % 3 == 0:
                    postgres.cut(url)
                    cut += 1
                    await hall.until_answered(20)
                server = (hall.server, other)[turn % 2]
                server.kill()
                await asyncio.to_thread(server.start)
            await hall.until_answered(50)
        await hall.do("close_stage", run=run)
        if stage != "swot":
            await hall.do("reveal_result", run=run)
    await hall.everybody(lambda client: len(client.view["results"]) == len(STAGES) - 1)
    mine, its = (hall.phones[at].client.view["results"] for at in (0, -1))
    assert mine == its, "the two servers show different results"
    await asyncio.gather(*(close(phone.client) for phone in theirs))
    hall.phones = [phone for phone in hall.phones if phone not in theirs]
    await hall.leave()
    return cut
