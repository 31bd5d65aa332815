"""Views and changes: whoever came when, every page shows what a fresh look at the log would show."""

import asyncio
import random
import sqlite3

import msgspec
import pytest

from edp_app.core import patch, views
from edp_app.core.workshop import fold
from edp_app.log import store
from tests.support.definitions import GROUPS, TERRITORIES, short
from tests.support.fault_server import SHORT_PINGS, FaultServer
from tests.support.page import Page, asynchronous
from tests.support.server import LiveServer

pytestmark = pytest.mark.live


def from_the_log(hall):
    """What every audience is to see, folded from what is on the disk."""
    state = fold(hall.server.database.read(lambda session: list(store.log_of(session, hall.id))))
    plain = {name: views.view(state, name) for name in views.AUDIENCES}
    return state, msgspec.json.decode(msgspec.json.encode(plain))


async def same_as_the_log(hall, pages):
    """Every page shows what the log says, at the latest a moment after the last change."""
    state, shown = from_the_log(hall)
    for role, page in pages:
        try:
            await page.until(lambda page=page, role=role: page.view == shown[role])
        except TimeoutError:
            wrong = patch.diff(page.view, shown[role])
            assert not wrong, f"a {role} at {page.seq}, the log at {state.seq}, is to show {wrong}"


class Session:
    """People who do something at random: mostly what the page would offer them, sometimes not."""

    def __init__(self, seed, hall, console, phones):
        self.random = random.Random(seed)
        self.hall, self.console, self.phones = hall, console, phones
        self.accepted = 0

    async def step(self):
        now = self.console.view.get("now", {})
        status = now.get("status")
        phones_act = status == "open" and now.get("kind") in ("gather", "vote", "ask")
        if self.random.random() < (0.15 if phones_act else 0.6):
            answer = await self.console.op(self._facilitator(status))
        else:
            phone = self.random.choice(self.phones)
            answer = await phone.op(self._participant(phone))
        self.accepted += answer["ok"]

    def _facilitator(self, status):
        view, choose = self.console.view, self.random.choice
        run = view.get("now", {}).get("run", "swot.1")
        items = list(view["items"]) or ["i0"]
        stages = ["swot", "sort", "weigh", "ideas", "shortlist", "evaluation", "who"]
        quiet = view.get("now", {}).get("kind") in ("who", "sort")
        if (status != "open" or quiet) and self.random.random() < 0.6:
            resume = {"type": "resume_stage", "run": run}
            return resume if status == "paused" else {"type": "open_stage", "stage": choose(stages)}
        voted = [r["run"] for s in view["stages"] for r in s["runs"] if r["status"] == "closed"]
        return choose(
            [
                {"type": "open_stage", "stage": choose(stages)},
                {"type": "pause_stage", "run": run},
                {"type": "resume_stage", "run": run},
                {"type": "close_stage", "run": run},
                {"type": "reveal_result", "run": choose(voted or ["weigh.1"])},
                {"type": "step_back"},
                {"type": "set_timer", "run": run, "seconds": choose([0, 600])},
                {"type": "hold_timer", "run": run, "held": choose([True, False])},
                {"type": "hide_item", "item": choose(items)},
                {"type": "show_item", "item": choose(items)},
                {"type": "merge_items", "into": choose(items), "items": [choose(items)]},
                {"type": "merge_items", "into": choose(items), "items": [choose(items)], "title": "Together"},
                {"type": "unmerge_item", "item": choose(items)},
                {"type": "set_door", "open": choose([True, True, True, False])},
                {
                    "type": "enter_paper_ballot",
                    "run": run,
                    "voter": choose("123"),
                    "group": choose(GROUPS),
                    "territory": TERRITORIES[0],
                    "dots": {choose(items): 1},
                },
            ]
        )

    def _participant(self, phone):
        choose = self.random.choice
        now = phone.view.get("now", {})
        run, own = now.get("run", "swot.1"), list(phone.own.get("items", {})) or ["i0"]
        columns = [column["id"] for column in now.get("columns", [])] or ["s"]
        if not phone.own.get("joined"):
            return {"type": "join"}
        if "group" not in phone.own or self.random.random() < 0.05:
            return {"type": "describe", "group": choose(GROUPS), "territory": choose(TERRITORIES)}
        if now.get("kind") == "vote":
            item = choose(list(now["candidates"]) or ["i0"])
            ballot = phone.own["ballots"].get(run, {}).get(item, {"revision": 0})
            return {
                "type": "cast_ballot",
                "run": run,
                "item": item,
                "dots": choose([0, 1, 2]),
                "revision": ballot["revision"],
            }
        if now.get("kind") == "ask":
            return {"type": "answer", "run": run, "question": "useful", "value": choose([1, 3, 5, 9])}
        return choose(
            [
                {
                    "type": "add_item",
                    "run": run,
                    "column": choose(columns),
                    "title": f"T{self.random.random()}",
                },
                {
                    "type": "add_item",
                    "run": run,
                    "column": choose(columns),
                    "title": f"T{self.random.random()}",
                },
                {"type": "withdraw_item", "run": run, "item": choose(own)},
                {"type": "change_item", "run": run, "item": choose(own), "revision": 1, "title": "Changed"},
            ]
        )


@pytest.mark.parametrize("seed", range(4))
@asynchronous
async def test_view_and_changes_give_what_a_fresh_look_gives(hall, seed):
    console = await hall.console().open()
    phones = [await hall.phone().open() for _ in range(5)]
    pages = [("console", console), ("screen", await hall.screen().open()), *(("phone", p) for p in phones)]
    session = Session(seed, hall, console, phones)
    await console.must("open_stage", stage="swot")
    for phone in phones:
        await phone.must("join")
    late = random.Random(seed)
    for step in range(200):
        await session.step()
        if step % 20 == 10:  # somebody comes late, or asks again
            role = late.choice(["screen", "phone"])
            pages.append((role, await getattr(hall, role)().open()))
            await late.choice(pages)[1].fetch()
    assert session.accepted > 50, "nearly all was refused: this session means nothing"
    await same_as_the_log(hall, pages)
    _, shown = from_the_log(hall)
    for role in views.AUDIENCES:
        fresh = await getattr(hall, role)().open()
        assert fresh.view == shown[role]
        await fresh.close()
    for _, page in pages:
        await page.close()


@asynchronous
async def test_many_changes_at_once_arrive_in_few_messages(hall):
    async with hall.console() as console, hall.screen() as screen:
        phones = [await hall.phone().open() for _ in range(20)]
        await console.must("open_stage", stage="swot")
        for phone in phones:
            await phone.must("join")
            await phone.must("describe", group="business", territory="tacna")
        await screen.until(lambda: screen.view["people"]["total"] == 20)
        before = len(screen.heard("change"))

        async def write(phone):
            for i in range(5):
                await phone.must("add_item", run="swot.1", column="s", title=f"Item {i}")

        loop = asyncio.get_running_loop()
        began = loop.time()
        await asyncio.gather(*(write(phone) for phone in phones))
        await screen.until(lambda: screen.view["now"]["count"]["s"] == 100)
        took = loop.time() - began
        changes = len(screen.heard("change")) - before
        assert changes <= took / 0.1 + 2, f"{changes} changes in {took:.2f} s"
        for phone in phones:
            await phone.close()


@asynchronous
async def test_waiting_for_a_commit_keeps_nobody_else_waiting(hall):
    """The database is locked for a second, as by a slow disk: what needs no commit goes on meanwhile."""
    async with hall.console() as console, hall.phone() as phone, hall.screen() as screen:
        await console.must("open_stage", stage="swot")
        await screen.until(lambda: screen.view.get("now"))
        lock = sqlite3.connect(hall.server.data / "edp.sqlite3", isolation_level=None)
        lock.execute("BEGIN IMMEDIATE")
        try:
            waiting = asyncio.create_task(phone.must("join"))
            loop = asyncio.get_running_loop()
            began, rounds = loop.time(), 0
            while rounds < 2 or loop.time() < began + 1:
                await asyncio.sleep(0.2)
                await screen.fetch()
                async with hall.screen():
                    pass
                rounds += 1
                assert not waiting.done(), "answered before it could be stored, or before everybody else"
            assert screen.view["people"]["total"] == 0, "shown before it was stored"
        finally:
            lock.execute("ROLLBACK")
            lock.close()
        assert (await waiting)["self"]["joined"]
        await screen.until(lambda: screen.view["people"]["total"] == 1)


@pytest.mark.slow
@asynchronous
async def test_pings_are_answered_and_a_page_stays_connected(tmp_path):
    """Several pings long, and longer than one that is not answered is waited for."""
    with FaultServer(tmp_path, before=SHORT_PINGS) as server:
        _, code = server.workshop(short(), server.account("ana"))
        pages = [Page(server.url, "phone", code, transports=(by,)) for by in ("websocket", "polling")]
        async with pages[0] as phone, pages[1] as polling:
            await asyncio.sleep(6)
            assert not phone.gone.is_set()
            await phone.must("join")
            await polling.must("join")


@asynchronous
async def test_a_restart_loses_nothing_that_was_answered(tmp_path):
    with LiveServer(tmp_path) as server:
        account = server.account("ana")
        _, code = server.workshop(short(), account)
        cookie = server.sign_in("ana")
        console = await Page(server.url, "console", code, cookie=cookie).open()
        phone = await Page(server.url, "phone", code).open()
        await console.must("open_stage", stage="swot")
        first = await phone.op({"type": "join"}, op_id="join-once")
        await console.until(lambda: console.view["people"]["total"] == 1)
        server.stop()
        await asyncio.gather(phone.until_gone(), console.until_gone())
        assert not phone.heard("bye"), "it is to connect again"
        await phone.close()
        await console.close()
        server.start()
        phone = await Page(server.url, "phone", code, secret=phone.secret).open()
        assert phone.own["joined"]
        again = await phone.op({"type": "join"}, op_id="join-once")
        assert {**again, "self": 0} == {**first, "self": 0}
        after = await Page(server.url, "console", code, cookie=cookie).open()
        assert after.view == console.view
        assert after.epoch == console.epoch
        await phone.close()
        await after.close()
