"""Two servers on one PostgreSQL, and pages at both: one workshop, whatever is done where."""

import asyncio
import contextlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from edp_app.log.engine import named
from tests.support.page import Json, Page, asynchronous
from tests.support.pair import KEY, Pair, close, edp, one_more, refusals, server_on
from tests.support.postgres import Postgres
from tests.support.server import ROOT, LiveServer, free_port

pytestmark = pytest.mark.live


@asynchronous
async def test_a_budget_holds_against_one_person_at_both_servers(pair: Pair) -> None:
    """Fifty requests at once, one dot on each of fifty items, by ten pages of one person who has three."""
    console = await pair.console().open()
    await console.must("open_stage", stage="swot")
    authors = await pair.phones(5)
    for n in range(50):
        await authors[n % 5].must("add_item", run="swot.1", column="s", title=f"Item {n}")
    await console.until(lambda: len(console.view["items"]) == 50)
    items = list(console.view["items"])
    await console.must("open_stage", stage="weigh")
    secret = authors[0].secret
    hands = [await pair.page("phone", n % 2, secret=secret).open() for n in range(10)]
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
    cast = [event.seq for event in pair.log() if event.kind == "ballot_cast"]
    assert cast == sorted(answer["first"] for answer in answers if answer["ok"])
    for page in hands:
        await page.until(lambda page=page: set(page.own["left"]["weigh.1"].values()) == {0})
        assert sum(ballot["dots"] for ballot in page.own["ballots"]["weigh.1"].values()) == 3
    await pair.check(("console", console), *(("phone", page) for page in hands))
    await close(console, *authors, *hands)


@asynchronous
async def test_a_timer_closes_a_stage_once(pair: Pair) -> None:
    consoles = [await pair.console(at).open() for at in (0, 1)]
    await consoles[0].must("open_stage", stage="swot")
    await consoles[1].until(lambda: consoles[1].view.get("now", {}).get("run") == "swot.1")
    timer = {"type": "set_timer", "run": "swot.1", "seconds": 1, "close": True}
    assert (await consoles[1].op(timer, "the-timer"))["ok"]
    for console in consoles:
        await console.until(lambda console=console: console.view["now"]["status"] == "closed")
    closed = [event for event in pair.log() if event.kind == "stage_closed"]
    assert [(event.actor, event.op_id.startswith("timer.swot.1.")) for event in closed] == [("system", True)]
    await pair.check(*(("console", console) for console in consoles))
    await close(*consoles)


@asynchronous
async def test_after_a_burst_both_show_the_same(pair: Pair) -> None:
    console = await pair.console(1).open()
    screens = [await pair.page("screen", at).open() for at in (0, 1)]
    phones = await pair.phones(20)
    await console.must("open_stage", stage="swot")

    async def write(page: Page) -> None:
        for n in range(5):
            await page.must("add_item", run="swot.1", column="swot"[n % 4], title=f"Item {n}")

    await asyncio.gather(*(write(page) for page in phones))
    await pair.check(*(("screen", page) for page in screens), *(("phone", page) for page in phones))
    assert (screens[0].view, screens[0].seq) == (screens[1].view, screens[1].seq)
    assert sum(screens[0].view["now"]["count"].values()) == 100
    assert screens[0].epoch == screens[1].epoch
    await close(console, *screens, *phones)


@asynchronous
async def test_one_operation_at_both_servers_counts_once(pair: Pair) -> None:
    console = await pair.console().open()
    await console.must("open_stage", stage="swot")
    here, *_ = phones = await pair.phones(2)
    there = await pair.page("phone", 1, secret=here.secret).open()
    for n in range(10):
        command = {"type": "add_item", "run": "swot.1", "column": "s", "title": f"Once {n}"}
        first, second = await asyncio.gather(*(page.op(command, f"once-{n:06}") for page in (here, there)))
        assert first["ok"]
        assert (first["first"], first["last"]) == (second["first"], second["last"])
        other = await there.op(command | {"title": "Another"}, f"once-{n:06}")
        assert other["refusal"]["code"] == "op_id_reused"
    assert [event.kind for event in pair.log()].count("item_added") == 10
    await pair.check(("console", console))
    await close(console, there, *phones)


@asynchronous
async def test_what_is_done_at_one_server_reaches_ones_page_at_the_other(pair: Pair) -> None:
    console = await pair.console().open()
    await console.must("open_stage", stage="swot")
    (here,) = await pair.phones(1)
    there = await pair.page("phone", 1, secret=here.secret).open()
    await here.must("add_item", run="swot.1", column="s", title="Mine")
    await there.until(lambda: "Mine" in str(there.own))
    await close(console, here, there)


@asynchronous
async def test_presence_is_the_sum(pair: Pair, tmp_path_factory: pytest.TempPathFactory) -> None:
    console = await pair.console(0).open()
    phones = await pair.phones(4)

    def seen() -> Json:
        told: Json = console.heard("presence")[-1]
        return told

    screen = await pair.page("screen", 1).open()
    await console.until(lambda: seen() == {"phones": 4, "screens": 1, "consoles": 1})
    async with one_more(pair.url, tmp_path_factory.mktemp("server")) as third:
        more = await Page(third.url, "phone", pair.code).open()
        await console.until(lambda: seen()["phones"] == 5)
        await asyncio.to_thread(third.stop)
        await console.until(lambda: seen()["phones"] == 4)  # taken back at once
        await more.close()
    await close(screen, *phones)
    await console.until(lambda: seen() == {"phones": 0, "screens": 0, "consoles": 1})
    await close(console)


@asynchronous
async def test_rights_that_are_taken_end_connections_everywhere(pair: Pair) -> None:
    servers = pair.servers
    servers[0].account("bea")
    done = await asyncio.to_thread(edp, pair.url, "access", pair.code, "--add", "bea")
    assert done.returncode == 0, done.stderr
    cookie = await asyncio.to_thread(servers[0].sign_in, "bea")
    pages = [await pair.page("console", at, cookie=cookie).open() for at in (0, 1)]
    await asyncio.to_thread(edp, pair.url, "access", pair.code, "--remove", "bea")
    for page in pages:
        await page.until_gone()
        assert page.heard("bye")
    await close(*pages)


@asynchronous
async def test_a_workshop_put_away_at_one_server_is_gone_at_the_other(pair: Pair) -> None:
    pages = [await pair.page("screen", at).open() for at in (0, 1)]
    assert (await asyncio.to_thread(edp, pair.url, "archive", pair.code)).returncode == 0
    for page in pages:
        await page.until_gone()
        assert page.heard("bye")
    await close(*pages)


@asynchronous
async def test_what_is_erased_leaves_the_pages_of_both(pair: Pair) -> None:
    console = await pair.console().open()
    await console.must("open_stage", stage="swot")
    phones = await pair.phones(2)
    await phones[0].must("add_item", run="swot.1", column="w", title="The mayor's water")
    await console.until(lambda: "mayor" in str(console.view))
    assert (
        await asyncio.to_thread(edp, pair.url, "erase", pair.code, "--item", "1", "--yes")
    ).returncode == 0
    for page in (console, *phones):
        await page.until_gone()
    for at in (0, 1):
        async with pair.page("phone", at) as fresh:
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
        noted = {(folder / "database.txt").read_text() for folder in folders}
        assert noted == {named(empty) + "\n"}, "so that no command takes a file for the database"
        assert edp(empty, "doctor").stdout.count("Database PostgreSQL") == 1


def test_a_report_is_made_from_either_database(pair: Pair, tmp_path: Path) -> None:
    out = tmp_path / "report.pdf"
    done = edp(pair.url, "report", pair.code, "--out", str(out))
    assert done.returncode == 0, done.stderr
    assert out.read_bytes().startswith(b"%PDF")


def test_a_server_with_another_secret_key_is_refused(
    pair: Pair, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = server_on(
        pair.url, tmp_path_factory.mktemp("server"), EDP_SECRET_KEY="quite another key, long enough to be one"
    )
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
