"""The line cut at every byte of an operation and of its answer: sent again, it counts once."""

import random

import pytest

from tests.support.fault_hall import Hall, Phone, limited
from tests.support.fault_proxy import Plan, Proxy, Way, never
from tests.support.fault_results import Results
from tests.support.fault_server import FaultServer

STEP = 37
"""A short run looks at every so many-th byte, and at those around the ends."""


def once(way: Way, at: int) -> tuple[Plan, list[int]]:
    """Cut the next frame on this way after so many bytes, and nothing else; the lengths seen."""
    seen: list[int] = []

    def plan(asked: Way, length: int) -> int | None:
        if asked != way or seen:
            return None
        seen.append(length)
        return at

    return plan, seen


def places(length: int, every: bool) -> list[int]:
    """Where to cut a frame of this length: before it, in it, after it."""
    if every:
        return list(range(length + 1))
    return sorted({0, 1, 2, *range(7, length, STEP), length - 1, length})


@pytest.mark.parametrize("resets", [False, True], ids=["ended", "reset"])
@pytest.mark.parametrize("way", ["up", "down"])
def test_a_cut_at_each_byte(
    shared: FaultServer, long: bool, results: Results, way: Way, resets: bool
) -> None:
    hall = Hall(shared)

    async def through() -> None:
        async with Proxy(hall.server.port) as proxy:
            proxy.resets = resets
            await hall.console.connect()
            await hall.fill(3, proxy.url)
            await hall.open("swot")
            for phone in hall.phones:
                await phone.must(phone.next())
            await hall.open("weigh")
            await cut_everywhere(hall.phones[0], proxy, way, long)
            results.count(cuts=proxy.cuts)
            await hall.leave()

    limited(3600 if long else 300, through())
    settle(hall, results)


async def cut_everywhere(phone: Phone, proxy: Proxy, way: Way, every: bool) -> None:
    measure, lengths = once(way, 10_000)
    proxy.plan = measure
    await phone.must(phone.next())
    for at in places(lengths[0], every):
        proxy.plan, seen = once(way, at)
        command = phone.next()
        await phone.must(command)
        assert len(seen) == 1, "the line was to break and did not"
        ballot = phone.client.own["ballots"][command["run"]][command["item"]]
        assert ballot == {"dots": command["dots"], "revision": command["revision"] + 1}
        op_id = f"n{phone.number:04d}-{phone.sent:06d}"
        first = phone.hall.ledger.operations[op_id].answer
        assert first is not None
        assert (await phone.again(op_id))["first"] == first["first"]


def test_cuts_at_random_for_everybody(shared: FaultServer, long: bool, results: Results) -> None:
    hall, chance = Hall(shared), random.Random(11)

    def plan(_way: Way, length: int) -> int | None:
        return chance.randint(0, length) if chance.random() < (0.05 if long else 0.1) else None

    async def through() -> None:
        async with Proxy(hall.server.port) as proxy:
            await hall.console.connect()
            await hall.fill(12, proxy.url)
            for stage in ("swot", "weigh", "last"):
                run = await hall.open(stage)
                proxy.plan = plan
                async with hall.everybody_acts():
                    await hall.until_answered(8000 if long else 100)
                proxy.plan = never
                await hall.do("close_stage", run=run)
                if stage != "swot":
                    await hall.do("reveal_result", run=run)
            await hall.everybody(lambda client: len(client.view["results"]) == 2)
            results.count(cuts=proxy.cuts)
            assert proxy.cuts > 10
            await hall.leave()

    limited(3600 if long else 300, through())
    settle(hall, results)
    assert not (problems := hall.recounted()), problems


def settle(hall: Hall, results: Results) -> None:
    """Everything that was sent is in the log as it was answered."""
    account = hall.account()
    results.count(
        operations=account.operations, lost=len(account.lost), double=len(account.double)
    )  # fmt: skip
    results.note(f"{account.resent} operations sent more than once")
    assert account.whole, account
    assert account.resent > 0
