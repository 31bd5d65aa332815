"""Two servers on one PostgreSQL, and pages at both: one workshop, whatever is done where."""

import asyncio
import contextlib
import itertools
import os
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from edp_app.core import views
from edp_app.core.workshop import fold
from edp_app.log import store
from tests.support.definitions import GROUPS, short
from tests.support.page import Json, Page, asynchronous
from tests.support.postgres import Postgres
from tests.support.server import ROOT, LiveServer, free_port

pytestmark = pytest.mark.live

KEY = "one secret key for all servers of this installation"
SECONDS = 30.0


def server_on(url: str, tmp_path_factory: pytest.TempPathFactory, **settings: str) -> LiveServer:
    folder = tmp_path_factory.mktemp("server")
    return LiveServer(folder, **({"EDP_DATABASE_URL": url, "EDP_SECRET_KEY": KEY} | settings))


@pytest.fixture(scope="module")
def url(postgres: Postgres) -> Iterator[str]:
    with postgres.database() as url:
        yield url


@pytest.fixture(scope="module")
def servers(url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[LiveServer]]:
    with server_on(url, tmp_path_factory) as first, server_on(url, tmp_path_factory) as second:
        first.account("ana")
        yield [first, second]


@pytest.fixture(scope="module")
def cookie(servers: list[LiveServer]) -> str:
    return servers[0].sign_in("ana")


@dataclass
class Hall:
    """A workshop of Ana's, and pages at either server."""

    servers: list[LiveServer]
    cookie: str
    definition: Any = field(default_factory=short)

    def __post_init__(self) -> None:
        owner = self.servers[0].database.read(store.account_by_login, "ana")
        assert owner is not None
        self.id, self.code = self.servers[0].workshop(self.definition, owner.id)
        self._ids = (f"insisting-{n:06}" for n in itertools.count())

    def page(self, role: str, at: int, **more: Any) -> Page:
        return Page(self.servers[at].url, role, self.code, **more)

    def console(self, at: int = 0) -> Page:
        return self.page("console", at, cookie=self.cookie)

    async def phones(self, count: int) -> list[Page]:
        """So many people who have joined, at one server and the other in turn."""
        pages = [await self.page("phone", n % 2).open() for n in range(count)]
        for n, page in enumerate(pages):
            await page.must("join")
            await page.must("describe", group=GROUPS[n % len(GROUPS)], territory="tacna")
        return pages

    async def insist(self, page: Page, command: Json, op_id: str = "") -> Json:
        """Ask as a phone does: the same again, until it is stored or refused for good."""
        op_id = op_id or next(self._ids)
        async with asyncio.timeout(SECONDS):
            while True:
                answer = await page.op(command, op_id)
                if answer["ok"] or answer["refusal"]["code"] not in ("try_again", "too_fast"):
                    return answer
                await asyncio.sleep(0.1)

    def log(self) -> list[store.StoredEvent]:
        return self.servers[0].database.read(store.events_after, self.id)

    async def check(self, *pages: tuple[str, Page]) -> None:
        """The record is whole, and every page comes to show what follows from it."""
        database = self.servers[0].database
        assert database.read(store.verify, self.id).ok
        assert database.read(store.verify_operations, self.id) is None
        state = fold(database.read(lambda session: list(store.log_of(session, self.id))))
        for role, page in pages:
            shown = msgspec.json.decode(msgspec.json.encode(views.view(state, role)))
            await page.until(lambda page=page, shown=shown: page.view == shown)


@pytest.fixture
def hall(servers: list[LiveServer], cookie: str) -> Hall:
    definition = short(dots=3, cap=3, per="stage")
    stages = [
        replace(stage, settings=replace(stage.settings, per_person=100)) if stage.id == "swot" else stage
        for stage in definition.stages
    ]
    return Hall(servers, cookie, replace(definition, stages=stages))


async def close(*pages: Page) -> None:
    for page in pages:
        await page.close()


def refusals(answers: list[Json]) -> Counter[str]:
    return Counter("ok" if answer["ok"] else answer["refusal"]["code"] for answer in answers)


@asynchronous
async def test_a_budget_holds_against_one_person_at_both_servers(hall: Hall) -> None:
    """Fifty requests at once, one dot on each of fifty items, by ten pages of one person who has three."""
    console = await hall.console().open()
    await console.must("open_stage", stage="swot")
    authors = await hall.phones(5)
    for n in range(50):
        await authors[n % 5].must("add_item", run="swot.1", column="s", title=f"Item {n}")
    await console.until(lambda: len(console.view["items"]) == 50)
    items = list(console.view["items"])
    await console.must("open_stage", stage="weigh")
    secret = authors[0].secret
    hands = [await hall.page("phone", n % 2, secret=secret).open() for n in range(10)]
    answers = await asyncio.gather(
        *(
            hands[n % 10].op(
                {"type": "cast_ballot", "run": "weigh.1", "item": item, "dots": 1, "revision": 0},
                f"hand-{n:06}",
            )
            for n, item in enumerate(items)
        )
    )
    assert refusals(answers) == {"ok": 3, "no_dots_left": 47}
    cast = [event.seq for event in hall.log() if event.kind == "ballot_cast"]
    assert cast == sorted(answer["first"] for answer in answers if answer["ok"])
    for page in hands:
        await page.until(lambda page=page: set(page.own["left"]["weigh.1"].values()) == {0})
        assert sum(ballot["dots"] for ballot in page.own["ballots"]["weigh.1"].values()) == 3
    await hall.check(("console", console), *(("phone", page) for page in hands))
    await close(console, *authors, *hands)


@asynchronous
async def test_a_timer_closes_a_stage_once(hall: Hall) -> None:
    consoles = [await hall.console(at).open() for at in (0, 1)]
    await consoles[0].must("open_stage", stage="swot")
    await consoles[1].until(lambda: consoles[1].view.get("now", {}).get("run") == "swot.1")
    timer = {"type": "set_timer", "run": "swot.1", "seconds": 1, "close": True}
    assert (await consoles[1].op(timer, "the-timer"))["ok"]
    for console in consoles:
        await console.until(lambda console=console: console.view["now"]["status"] == "closed")
    closed = [event for event in hall.log() if event.kind == "stage_closed"]
    assert [(event.actor, event.op_id.startswith("timer.swot.1.")) for event in closed] == [("system", True)]
    await hall.check(*(("console", console) for console in consoles))
    await close(*consoles)


@asynchronous
async def test_after_a_burst_both_show_the_same(hall: Hall) -> None:
    console = await hall.console(1).open()
    screens = [await hall.page("screen", at).open() for at in (0, 1)]
    phones = await hall.phones(20)
    await console.must("open_stage", stage="swot")

    async def write(page: Page) -> None:
        for n in range(5):
            await page.must("add_item", run="swot.1", column="swot"[n % 4], title=f"Item {n}")

    await asyncio.gather(*(write(page) for page in phones))
    await hall.check(*(("screen", page) for page in screens), *(("phone", page) for page in phones))
    assert (screens[0].view, screens[0].seq) == (screens[1].view, screens[1].seq)
    assert sum(screens[0].view["now"]["count"].values()) == 100
    assert screens[0].epoch == screens[1].epoch
    await close(console, *screens, *phones)


@asynchronous
async def test_one_operation_at_both_servers_counts_once(hall: Hall) -> None:
    console = await hall.console().open()
    await console.must("open_stage", stage="swot")
    here, *_ = phones = await hall.phones(2)
    there = await hall.page("phone", 1, secret=here.secret).open()
    for n in range(10):
        command = {"type": "add_item", "run": "swot.1", "column": "s", "title": f"Once {n}"}
        first, second = await asyncio.gather(*(page.op(command, f"once-{n:06}") for page in (here, there)))
        assert first["ok"]
        assert (first["first"], first["last"]) == (second["first"], second["last"])
        other = await there.op(command | {"title": "Another"}, f"once-{n:06}")
        assert other["refusal"]["code"] == "op_id_reused"
    assert [event.kind for event in hall.log()].count("item_added") == 10
    await hall.check(("console", console))
    await close(console, there, *phones)


@asynchronous
async def test_what_is_done_at_one_server_reaches_ones_page_at_the_other(hall: Hall) -> None:
    console = await hall.console().open()
    await console.must("open_stage", stage="swot")
    (here,) = await hall.phones(1)
    there = await hall.page("phone", 1, secret=here.secret).open()
    await here.must("add_item", run="swot.1", column="s", title="Mine")
    await there.until(lambda: "Mine" in str(there.own))
    await close(console, here, there)


def backends(postgres: Postgres, url: str, which: str) -> set[int]:
    """The database's processes for our servers: those that listen, or all that serve them."""
    name = url.partition("?")[0].rpartition("/")[2]
    query = f"SELECT pid FROM pg_stat_activity WHERE datname = %s AND application_name = 'edp' AND {which}"  # noqa: S608
    return {row[0] for row in postgres.execute(url, query, name)}


LISTENING = "query LIKE 'LISTEN%%'"


@asynchronous
async def test_deaf_servers_catch_up_and_listen_again(hall: Hall, postgres: Postgres, url: str) -> None:
    console, screen = await hall.console(0).open(), await hall.page("screen", 1).open()
    before = backends(postgres, url, LISTENING)
    assert len(before) == 2
    for n in range(3):
        for pid in backends(postgres, url, LISTENING):
            postgres.execute(url, "SELECT pg_terminate_backend(%s, 5000)", pid)
        await console.must("set_door", open=bool(n % 2))
        await screen.until(lambda: screen.seq == console.seq)
    async with asyncio.timeout(SECONDS):
        while len(backends(postgres, url, LISTENING) - before) != 2:
            await asyncio.sleep(0.05)
    await console.must("open_stage", stage="swot")
    await screen.until(lambda: screen.view.get("now"))
    await hall.check(("console", console), ("screen", screen))
    await close(console, screen)


@contextlib.asynccontextmanager
async def everybody_writes(hall: Hall) -> Any:
    """Within the block phones at both servers write, one item after the other; afterwards every one of them
    is in the log as it was answered, once, and both servers show it."""
    console = await hall.console().open()
    screens = [await hall.page("screen", at).open() for at in (0, 1)]
    phones = await hall.phones(10)
    await console.must("open_stage", stage="swot")
    enough = asyncio.Event()
    answers: dict[str, Json] = {}

    async def write(number: int, page: Page) -> None:
        for n in itertools.count():
            op_id = f"writes-{number:03}-{n:06}"
            command = {"type": "add_item", "run": "swot.1", "column": "s", "title": op_id}
            answers[op_id] = await hall.insist(page, command, op_id)
            if enough.is_set():
                return

    writers = [asyncio.create_task(write(number, page)) for number, page in enumerate(phones)]
    yield answers
    enough.set()
    await asyncio.gather(*writers)
    assert set(refusals(list(answers.values()))) == {"ok"}
    stored = [(event.op_id, event.seq) for event in hall.log() if event.kind == "item_added"]
    assert sorted(stored) == sorted((op_id, answer["first"]) for op_id, answer in answers.items())
    await hall.check(("console", console), *(("screen", page) for page in screens))
    await close(console, *screens, *phones)


async def more(answers: dict[str, Json], count: int) -> None:
    """Wait until so many more were answered."""
    goal = len(answers) + count
    async with asyncio.timeout(SECONDS):
        while len(answers) < goal:
            await asyncio.sleep(0.01)


@asynchronous
async def test_cut_connections_in_a_burst_lose_nothing(hall: Hall, postgres: Postgres, url: str) -> None:
    async with everybody_writes(hall) as answers:
        for _ in range(8):
            await more(answers, 20)
            for pid in backends(postgres, url, "true"):
                postgres.execute(url, "SELECT pg_terminate_backend(%s)", pid)


@asynchronous
async def test_a_restart_of_the_database_in_a_burst_loses_nothing(hall: Hall, postgres: Postgres) -> None:
    async with everybody_writes(hall) as answers:
        await more(answers, 30)
        await asyncio.to_thread(postgres.stop)
        phone = await hall.page("phone", 1).connect()
        assert (await phone.op({"type": "join"}))["refusal"]["code"] == "try_again"
        await phone.close()
        await asyncio.to_thread(postgres.start)
        await more(answers, 30)


@asynchronous
async def test_a_killed_server_keeps_nobody_waiting(
    hall: Hall, url: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """What it had answered is known to the other, and what it had begun is undone."""
    console, screen = await hall.console(0).open(), await hall.page("screen", 1).open()
    await console.must("open_stage", stage="swot")
    with server_on(url, tmp_path_factory) as third:
        pages = [await Page(third.url, "phone", hall.code).open() for _ in range(4)]
        for page in pages:
            await page.must("join")
            await page.must("describe", group="business", territory="tacna")
        await console.until(lambda: console.heard("presence")[-1]["phones"] == 4)

        def command(op_id: str) -> Json:
            return {"type": "add_item", "run": "swot.1", "column": "s", "title": op_id}

        asked: dict[str, tuple[Page, Json]] = {}

        async def write(page: Page, number: int) -> None:
            with contextlib.suppress(Exception):  # the connection ends in the middle
                for n in itertools.count():
                    op_id = f"killed-{number}-{n:06}"
                    asked[op_id] = page, {}
                    asked[op_id] = page, await page.op(command(op_id), op_id)

        writers = [asyncio.create_task(write(page, n)) for n, page in enumerate(pages)]
        async with asyncio.timeout(SECONDS):
            while len(asked) < 40:
                await asyncio.sleep(0.01)
        os.kill(third.pid, signal.SIGKILL)
        await asyncio.gather(*(page.gone.wait() for page in pages))
        for writer in writers:
            writer.cancel()
        third._process.wait()
        third._process = None
    again = {page: await hall.page("phone", 1, secret=page.secret).open() for page in pages}
    for op_id, (page, answer) in asked.items():
        repeated = await hall.insist(again[page], command(op_id), op_id)
        assert repeated["ok"]
        assert not answer.get("ok") or (repeated["first"] == answer["first"])
    titles = Counter(item["title"] for item in console.view["items"].values())
    await hall.check(("console", console), ("screen", screen))
    titles = Counter(item["title"] for item in console.view["items"].values())
    assert titles == Counter(list(asked))
    await close(console, screen, *pages, *again.values())


@asynchronous
async def test_presence_is_the_sum(hall: Hall, url: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    console = await hall.console(0).open()
    phones = await hall.phones(4)

    def seen() -> Json:
        told: Json = console.heard("presence")[-1]
        return told

    screen = await hall.page("screen", 1).open()
    await console.until(lambda: seen() == {"phones": 4, "screens": 1, "consoles": 1})
    with server_on(url, tmp_path_factory) as third:
        more = await Page(third.url, "phone", hall.code).open()
        await console.until(lambda: seen()["phones"] == 5)
        third.stop()
        await console.until(lambda: seen()["phones"] == 4)  # taken back at once
        await more.close()
    await close(screen, *phones)
    await console.until(lambda: seen() == {"phones": 0, "screens": 0, "consoles": 1})
    await close(console)


def edp(url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command of the operator, with a data folder of its own."""
    command = [sys.executable, "-m", "edp_app.cli", *arguments]
    with tempfile.TemporaryDirectory() as folder:
        environ = {
            "PATH": os.environ["PATH"],
            "EDP_DATA": folder,
            "EDP_DATABASE_URL": url,
            "EDP_SECRET_KEY": KEY,
        }
        return subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=60)


@asynchronous
async def test_rights_that_are_taken_end_connections_everywhere(hall: Hall, url: str) -> None:
    servers = hall.servers
    servers[0].account("bea")
    done = await asyncio.to_thread(edp, url, "access", hall.code, "--add", "bea")
    assert done.returncode == 0, done.stderr
    cookie = await asyncio.to_thread(servers[0].sign_in, "bea")
    pages = [await hall.page("console", at, cookie=cookie).open() for at in (0, 1)]
    await asyncio.to_thread(edp, url, "access", hall.code, "--remove", "bea")
    for page in pages:
        await asyncio.wait_for(page.gone.wait(), SECONDS)
        assert page.heard("bye")
    await close(*pages)


@asynchronous
async def test_a_workshop_put_away_at_one_server_is_gone_at_the_other(hall: Hall, url: str) -> None:
    pages = [await hall.page("screen", at).open() for at in (0, 1)]
    assert (await asyncio.to_thread(edp, url, "archive", hall.code)).returncode == 0
    for page in pages:
        await asyncio.wait_for(page.gone.wait(), SECONDS)
        assert page.heard("bye")
    await close(*pages)


@asynchronous
async def test_what_is_erased_leaves_the_pages_of_both(hall: Hall, url: str) -> None:
    console = await hall.console().open()
    await console.must("open_stage", stage="swot")
    phones = await hall.phones(2)
    await phones[0].must("add_item", run="swot.1", column="w", title="The mayor's water")
    await console.until(lambda: "mayor" in str(console.view))
    assert (await asyncio.to_thread(edp, url, "erase", hall.code, "--item", "1", "--yes")).returncode == 0
    for page in (console, *phones):
        await asyncio.wait_for(page.gone.wait(), SECONDS)
    for at in (0, 1):
        async with hall.page("phone", at) as fresh:
            assert "mayor" not in str(fresh.view)
    await close(console, *phones)


def test_servers_that_start_at_once_make_the_tables_once(
    postgres: Postgres, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with postgres.database(empty=True) as empty, contextlib.ExitStack() as stack:
        folders = [tmp_path_factory.mktemp("server") for _ in range(3)]
        processes = []
        for folder in folders:
            environ = {"PATH": os.environ["PATH"], "EDP_DATA": str(folder), "EDP_PORT": str(free_port())}
            environ |= {"EDP_DATABASE_URL": empty, "EDP_SECRET_KEY": KEY}
            command = [sys.executable, "-u", "-m", "edp_app.cli", "serve"]
            process = subprocess.Popen(
                command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
            )
            stack.callback(process.wait)
            stack.callback(process.terminate)
            stack.enter_context(process.stdout)
            processes.append(process)
        for process in processes:
            said = ""
            while "Stop with Ctrl-C." not in said:
                line = process.stdout.readline()
                assert line, f"a server ended:\n{said}"
                said += line
        assert edp(empty, "doctor").stdout.count("Database PostgreSQL") == 1


def test_a_report_is_made_from_either_database(hall: Hall, url: str, tmp_path: Path) -> None:
    out = tmp_path / "report.pdf"
    done = edp(url, "report", hall.code, "--out", str(out))
    assert done.returncode == 0, done.stderr
    assert out.read_bytes().startswith(b"%PDF")


def test_a_server_with_another_secret_key_is_refused(
    servers: list[LiveServer], url: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = server_on(url, tmp_path_factory, EDP_SECRET_KEY="quite another key, long enough to be one")
    with pytest.raises(AssertionError, match="has another secret key"):
        other.start()
    other._process = None
    other.database.close()


def test_a_second_server_on_an_sqlite_file_is_refused(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("server")
    with LiveServer(folder):
        second = LiveServer(folder)
        with pytest.raises(AssertionError, match="is in use by another server"):
            second.start()
        second._process = None
        second.database.close()
