"""Two facilitators who press at the same moment, on two consoles that show the same: it happens once."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from edp_app.log import store
from edp_app.rehearsal.client import LiveClient
from tests.support.fault_hall import Hall, limited
from tests.support.fault_results import Results
from tests.support.fault_server import FaultServer

Json = dict[str, Any]
ROUNDS = (2, 100)
"""Of a short and of a long run."""


class Two:
    """Two consoles of one workshop."""

    def __init__(self, server: FaultServer) -> None:
        self.hall = hall = Hall(server)
        self.ana = hall.console
        bea = server.database.read(store.account_by_login, "bea")
        assert bea is not None
        server.database.call(store.grant_access, hall.id, bea.id, "facilitator")
        cookie = server.sign_in("bea")
        self.bea = LiveClient(server.url, {"role": "console", "code": hall.code}, {"Cookie": cookie})
        self._count = 0

    async def in_step(self) -> Json:
        """Wait until both show the same and the latest; what they show."""
        head = self.hall.server.database.read(store.head, self.hall.id).seq
        for page in (self.ana, self.bea):
            await page.until(lambda page=page: page.seq == head)  # type: ignore[misc]
        assert self.ana.view == self.bea.view
        return self.ana.view

    async def at_once(self, ana: Json, bea: Json | None = None) -> tuple[Counter[str], list[Json]]:
        """Both press; what came into the log, and what they were told."""
        await self.in_step()
        before = self.hall.server.database.read(store.head, self.hall.id).seq
        self._count += 1
        answers = await asyncio.gather(
            self.ana.op(f"ana-{self._count:06d}", ana),
            self.bea.op(f"bea-{self._count:06d}", ana if bea is None else bea),
        )
        await self.in_step()
        return Counter(row.kind for row in self.hall.log() if row.seq > before), answers


def pressed(view: Json) -> Json:
    """The command of the button “Step back” beside this view, as the console makes it."""
    now = view["now"]
    stood = "running" if now["status"] != "closed" else "revealed" if now["revealed"] else "closed"
    if view["workshop"]["ended"]:
        stood = "ended"
    return {"type": "step_back", "run": now["run"], "stood": stood}


async def same_buttons(two: Two) -> int:
    """Once through a workshop with every button pressed by both; how many pairs of presses."""
    hall, pairs = two.hall, 0

    async def once(kind: str, command: Json, count: int = 1) -> None:
        nonlocal pairs
        happened, answers = await two.at_once(command)
        # A stage that was open before may go on instead of beginning anew: an opening, too.
        found = happened[kind] + (happened["stage_reopened"] if kind == "stage_opened" else 0)
        assert found == count, (command, happened, answers)
        assert any(answer["ok"] for answer in answers)
        pairs += 1

    await once("door_set", {"type": "set_door", "open": False})
    await once("door_set", {"type": "set_door", "open": True})
    await once("stage_opened", {"type": "open_stage", "stage": "swot"})
    run = two.ana.view["now"]["run"]
    await hall.everybody(lambda page: page.view.get("now", {}).get("run") == run)
    for phone in hall.phones:
        await phone.must(phone.next())
    items = (await two.in_step())["items"]
    first, second = list(items)[:2]
    column = {item: items[item]["column"] for item in (first, second)}
    await once("stage_paused", {"type": "pause_stage", "run": run})
    await once("stage_resumed", {"type": "resume_stage", "run": run})
    await once("item_hidden", {"type": "hide_item", "item": first})
    await once("item_shown", {"type": "show_item", "item": first})
    if column[first] == column[second]:
        await once("items_merged", {"type": "merge_items", "into": first, "items": [second]})
        await once("item_unmerged", {"type": "unmerge_item", "item": second})
    await once("stage_closed", {"type": "close_stage", "run": run})
    await once("stage_reopened", pressed(await two.in_step()))
    await once("stage_opened", {"type": "open_stage", "stage": "weigh"})
    run = two.ana.view["now"]["run"]
    await hall.everybody(lambda page: page.view["now"]["run"] == run)
    await hall.phones[0].must(hall.phones[0].next())
    await once("stage_closed", {"type": "close_stage", "run": run})
    await once("stage_reopened", pressed(await two.in_step()))
    await once("stage_closed", pressed(await two.in_step()))
    if two.ana.view["now"]["status"] == "closed":
        await once("result_revealed", {"type": "reveal_result", "run": run})
    await once("stage_opened", pressed(await two.in_step()))
    await once("workshop_ended", {"type": "end_workshop"})
    await once("workshop_reopened", {"type": "reopen_workshop"})
    await once("workshop_ended", {"type": "end_workshop"})
    await once("workshop_reopened", pressed(await two.in_step()))
    return pairs


async def other_buttons(two: Two) -> int:
    """What does not go together: whichever came first, the workshop is in one piece afterwards."""
    await two.hall.do("open_stage", stage="swot")
    phone = two.hall.phones[0]
    await phone.client.until(lambda: phone.client.view.get("now", {}).get("stage") == "swot")
    await phone.must(phone.next())
    view = await two.in_step()
    run = view["now"]["run"]
    opens = {"type": "open_stage", "stage": "weigh"}
    # One opens the next stage, the other closes this one: closed once, and the next is open.
    happened, _ = await two.at_once(opens, {"type": "close_stage", "run": run})
    assert (happened["stage_closed"], happened["stage_opened"] + happened["stage_reopened"]) == (1, 1)
    view = await two.in_step()
    assert (view["now"]["stage"], view["now"]["status"]) == ("weigh", "open")
    # Two stages opened: one after the other, and one is open.
    await two.at_once({"type": "open_stage", "stage": "swot"}, {"type": "open_stage", "stage": "last"})
    view = await two.in_step()
    assert sum(r["status"] == "open" for stage in view["stages"] for r in stage["runs"]) == 1
    # One reveals, the other steps back: either it is revealed, or it is open again.
    await two.hall.do("open_stage", stage="weigh")
    run = (await two.in_step())["now"]["run"]
    await two.hall.everybody(lambda page: page.view["now"]["run"] == run)
    await phone.must(phone.next())
    await two.hall.do("close_stage", run=run)
    happened, answers = await two.at_once(
        {"type": "reveal_result", "run": run}, pressed(await two.in_step())
    )  # fmt: skip
    assert sum(answer["ok"] for answer in answers) == 1
    assert happened.total() == 1
    view = await two.in_step()
    assert view["now"]["run"] == run
    assert (view["now"]["status"], view["now"]["revealed"]) in (("closed", True), ("open", False))
    if view["now"]["status"] == "open":
        await two.hall.do("close_stage", run=run)
        await two.hall.do("reveal_result", run=run)
    return 3


@pytest.mark.parametrize("presses", [same_buttons, other_buttons])
def test_pressed_at_once(
    shared: FaultServer, long: bool, results: Results, presses: Callable[[Two], Awaitable[int]]
) -> None:
    two = Two(shared)

    async def through() -> None:
        await two.ana.connect()
        await two.bea.connect()
        await two.hall.fill(2)
        for _ in range(ROUNDS[long]):
            results.count(operations=2 * await presses(two))
        await two.hall.leave()
        await two.bea.close()

    limited(3600 if long else 300, through())
    results.note("presses of two consoles at once")
    assert two.hall.account().whole
