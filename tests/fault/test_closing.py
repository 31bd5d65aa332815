"""A stage closed while votes are on their way: those that came before count, those after are refused."""

import asyncio
import random
from collections.abc import Iterator
from pathlib import Path

import gevent
import pytest

from edp_app.core.commands import AddItem, CastBallot, CloseStage, OpenStage
from edp_app.rooms import committer
from tests.support.definitions import short
from tests.support.fault_hall import Hall, Phone, limited
from tests.support.fault_results import Results
from tests.support.fault_server import FaultServer
from tests.support.workshops import StoredWorkshop

PHONES = 16


async def vote_until_refused(phone: Phone) -> tuple[list[int], int]:
    """Vote on until the stage is closed, and once more; where the accepted ones are, and how many were
    refused."""
    accepted: list[int] = []
    refused = 0
    while refused < 2:
        answer = await phone.send(phone.next())
        if answer["ok"]:
            assert not refused, "accepted after one was refused"
            accepted.append(answer["first"])
        else:
            assert answer["refusal"]["code"] == "stage_closed"
            refused += 1
    return accepted, refused


def test_votes_in_flight(shared: FaultServer, long: bool, results: Results) -> None:
    hall, chance = Hall(shared), random.Random(3)
    rounds = 300 if long else 6

    async def through() -> None:
        await hall.console.connect()
        await hall.fill(PHONES)
        await hall.open("swot")
        await asyncio.gather(*(phone.must(phone.next()) for phone in hall.phones))
        run = await hall.open("weigh")
        for n in range(rounds):
            if n:
                await hall.do("step_back")
                await hall.everybody(lambda page: page.view["now"]["status"] == "open")
            voting = [asyncio.create_task(vote_until_refused(phone)) for phone in hall.phones]
            await hall.until_answered(chance.randint(1, 40))
            closed = await hall.do("close_stage", run=run)
            for accepted, _ in await asyncio.gather(*voting):
                assert all(place < closed["first"] for place in accepted)
            await hall.everybody(lambda page: page.view["now"]["status"] == "closed")
        await hall.do("reveal_result", run=run)
        await hall.everybody(lambda page: page.view["now"]["revealed"])
        await hall.leave()

    limited(3600 if long else 300, through())
    account = hall.account()
    results.count(operations=account.operations, lost=len(account.lost), double=len(account.double))
    results.note(f"{rounds} closings, {hall.ledger.refusals()} refused")
    assert account.whole, account
    assert not (problems := hall.recounted()), problems
    only_while_open(hall)


def only_while_open(hall: Hall) -> None:
    """In the log no ballot stands between a closing and the next opening."""
    is_open = False
    for row in hall.log():
        if row.kind in ("stage_opened", "stage_reopened", "stage_closed"):
            is_open = row.kind != "stage_closed"
        assert is_open or row.kind != "ballot_cast", row


@pytest.fixture
def workshop(tmp_path: Path) -> Iterator[StoredWorkshop]:
    workshop = StoredWorkshop(tmp_path / "edp.db", short(dots=3, cap=3, per="stage"))
    yield workshop
    workshop.close()


@pytest.mark.parametrize("batch", [1, 7, 30, 31, 256])
def test_the_order_of_the_queue_decides(
    workshop: StoredWorkshop, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    """Sixty votes wait, and the closing in the middle of them: the first thirty count, in however many
    transactions."""
    people = workshop.people(60)
    workshop.must(OpenStage(stage="swot"))
    item = f"i{workshop.must(AddItem(run='swot.1', column='s', title='One'), people[0]).first}"
    workshop.must(OpenStage(stage="weigh"))
    monkeypatch.setattr(committer, "BATCH", batch)

    def vote(n: int) -> str:
        outcome = workshop.do(CastBallot(run="weigh.1", item=item, dots=1), people[n])
        return "ok" if outcome.ok else str(outcome.refusal and outcome.refusal.code)

    asked = [gevent.spawn(vote, n) for n in range(30)]
    closing = gevent.spawn(workshop.must, CloseStage(run="weigh.1"))
    asked += [gevent.spawn(vote, n) for n in range(30, 60)]
    gevent.joinall([*asked, closing], raise_error=True)
    assert [greenlet.value for greenlet in asked] == ["ok"] * 30 + ["stage_closed"] * 30
    kinds = [row[3] for row in workshop.log()]
    assert kinds[-31:] == ["ballot_cast"] * 30 + ["stage_closed"]
    assert workshop.views()["console"]["now"]["cast"] == 30
