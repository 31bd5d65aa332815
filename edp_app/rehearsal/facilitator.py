"""A simulated facilitator: logs in as a person would, drives the console's commands, fetches the report."""

import asyncio
import json
import random
import re
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from html import unescape
from pathlib import Path
from typing import Any

import aiohttp
from yarl import URL

from edp_app.core.text import folded
from edp_app.rehearsal.client import LiveClient, new_id
from edp_app.rehearsal.paper import PaperVoter

Json = dict[str, Any]

REPORT_SECONDS = 600
SLIPS = 0.3
"""How often a sheet of paper is typed in wrong at first."""


class Failed(Exception):
    """Something that a facilitator would have stopped at; the message says what."""


class Refused(Failed):
    """A command that was refused, for the reason ``code``."""

    def __init__(self, command: str, code: str) -> None:
        super().__init__(f"{command} was refused: {code}.")
        self.code = code


class Browser:
    """Pages and forms over HTTP, with cookies and CSRF tokens as a browser has them."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._session = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))

    async def log_in(self, login: str, password: str) -> None:
        """Log in with the form. Raises :class:`Failed` where the server does not let us in."""
        page = await self.get("/login")
        form = {"csrf_token": hidden(page, "csrf_token"), "login": login, "password": password}
        async with self._session.post(f"{self.url}/login", data=form, allow_redirects=False) as answer:
            if answer.status not in (302, 303):
                raise Failed(f"Logging in was answered with {answer.status}.")

    async def get(self, path: str) -> str:
        """The text of a page. Raises :class:`Failed` unless it is answered with 200."""
        async with self._session.get(f"{self.url}{path}") as answer:
            if answer.status != 200:
                raise Failed(f"{path} was answered with {answer.status}.")
            return await answer.text()

    async def post(self, path: str, token: str) -> Json:
        """Post as the console's script does: JSON back. Raises :class:`Failed` unless it is accepted."""
        headers = {"X-CSRFToken": token, "Accept": "application/json"}
        async with self._session.post(f"{self.url}{path}", headers=headers) as answer:
            if answer.status not in (200, 202):
                raise Failed(f"{path} was answered with {answer.status}.")
            found: Json = await answer.json()
            return found

    async def download(self, path: str, target: Path) -> None:
        """Save a file."""
        async with self._session.get(f"{self.url}{path}") as answer:
            if answer.status != 200:
                raise Failed(f"{path} was answered with {answer.status}.")
            target.write_bytes(await answer.read())

    def cookie_header(self) -> dict[str, str]:
        """The cookies, for the live connection."""
        cookies = self._session.cookie_jar.filter_cookies(URL(self.url))
        return {"Cookie": "; ".join(f"{name}={morsel.value}" for name, morsel in cookies.items())}

    async def close(self) -> None:
        await self._session.close()


def hidden(page: str, name: str) -> str:
    """The value of a hidden field of a form. Raises :class:`Failed` if it is not there."""
    tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
    value = re.search(r'value="([^"]*)"', tag.group(0)) if tag else None
    if value is None:
        raise Failed(f"The form has no field {name}.")
    return unescape(value.group(1))


def page_config(page: str) -> Json:
    """What a live page is told by the server."""
    block = re.search(r'<script[^>]*id="edp"[^>]*>(.*?)</script>', page, re.DOTALL)
    if block is None:
        raise Failed("The page has no configuration.")
    found: Json = json.loads(block.group(1))
    return found


class Facilitator:
    """Runs a workshop from its first stage to its report."""

    def __init__(self, browser: Browser, code: str, chance: random.Random) -> None:
        self.browser, self.code, self.chance = browser, code, chance
        self.client = LiveClient(browser.url, {"role": "console", "code": code}, browser.cookie_header())
        self.merged = 0
        self.on_paper: set[int] = set()
        """The numbers on the sheets of paper that were typed in."""

    async def do(self, command_type: str, **fields: Any) -> Json:
        """One command; raises :class:`Refused` if it is refused."""
        answer = await self.client.op(new_id(), {"type": command_type, **fields})
        if not answer["ok"]:
            raise Refused(command_type, answer["refusal"]["code"])
        return answer

    async def see(self, condition: Callable[[Json], bool]) -> None:
        """Wait until the console shows it."""
        await self.client.until(lambda: condition(self.client.view))

    async def open(self, stage: str) -> Json:
        """Open a stage and wait until the console shows it; the run."""
        answer = await self.do("open_stage", stage=stage)
        # An earlier run of the stage may still be shown as open: wanted is the one that this opened.
        await self.client.until(lambda: self.client.seq >= answer["last"])
        await self.see(lambda v: v.get("now", {}).get("stage") == stage and v["now"]["status"] == "open")
        run: Json = self.client.view["now"]
        return run

    async def close(self, run: Json, late_sheets: Sequence[PaperVoter] = ()) -> None:
        """Close a run, approve what waits for it, type in the sheets of paper that were collected then, and
        reveal its result if its kind has one."""
        closed = await self.do("close_stage", run=run["run"])
        await self.client.until(lambda: self.client.seq >= closed["last"])
        await self.approve()
        await self.type_in_paper(run, late_sheets)
        if run["reveals"]:
            await self.do("reveal_result", run=run["run"])
        await self.see(lambda v: v["now"]["run"] != run["run"] or v["now"]["status"] == "closed")

    async def approve(self) -> None:
        """Approve what waits: one by itself, which then has to wait again, then all of them."""
        waiting = [item["id"] for item in self.client.view["items"].values() if item["state"] == "waiting"]
        if waiting:
            await self.do("approve_item", item=waiting[0])
            await self.do("hold_items", items=waiting[:1])
            await self.do("approve_items", items=waiting)
        texts = list(self.client.view.get("proposed", {}))
        if texts:
            await self.do("refuse_text", text=texts[0])
            await self.do("hold_texts", texts=texts[:1])
            await self.do("approve_texts", texts=texts)

    async def hesitate(self, run: Json) -> None:
        """Pause and go on, set the timer and take it away: nothing of it may lose anything."""
        await self.do("pause_stage", run=run["run"])
        await self.do("resume_stage", run=run["run"])
        await self.do("set_timer", run=run["run"], seconds=run["minutes"] * 60)

    async def sort(self, run: Json, repeats: dict[str, str]) -> None:
        """Merge what was said twice, undo one merge and do it again, hide one item and show it again.

        ``repeats``: the words that a person would recognise as saying the same as other words.
        """
        for into, *others in duplicates(list(run["board"]["items"].values()), repeats):
            await self.do("merge_items", into=into["id"], items=[item["id"] for item in others])
            if not self.merged:
                await self.do("unmerge_item", item=others[0]["id"])
                await self.do("merge_items", into=into["id"], items=[others[0]["id"]])
            self.merged += len(others)
        if items := sorted(run["board"]["items"]):
            await self.do("hide_item", item=items[-1])
            await self.do("show_item", item=items[-1])

    async def type_in_paper(self, run: Json, voters: Sequence[PaperVoter]) -> None:
        """The sheets of people without a phone; now and then with a slip of the finger that is put right."""
        for voter in voters:
            if self.chance.random() < SLIPS:
                await self.do("enter_paper_ballot", **voter.mistyped(run))
            await self.do("enter_paper_ballot", **voter.sheet(run))
            self.on_paper.add(voter.number)

    async def report(self, target: Path, progress: Callable[[Json], Awaitable[None]] | None = None) -> None:
        """Ask for the PDF as the console does, wait for it, and save it. Raises :class:`Failed`."""
        config = page_config(await self.browser.get(f"/workshops/{self.code}/console"))
        await self.browser.post(f"/workshops/{self.code}/report", config["csrf"])
        seen = 0
        async with asyncio.timeout(REPORT_SECONDS):
            while True:
                await self.client.until(lambda n=seen: len(self.client.reports) > n)
                for news in self.client.reports[seen:]:
                    if progress:
                        await progress(news)
                seen = len(self.client.reports)
                last = self.client.reports[-1]
                if last["state"] == "failed":
                    raise Failed(f"The report failed: {last.get('message', 'no reason was given')}")
                if last["state"] == "done":
                    break
        await self.browser.download(f"/workshops/{self.code}/report.pdf", target)


def duplicates(items: list[Json], repeats: dict[str, str]) -> list[list[Json]]:
    """Items of one column that say the same: by ``repeats``, or but for case, accents and marks; the first
    words for it first."""
    same: dict[tuple[str, str], list[Json]] = defaultdict(list)
    for item in sorted(items, key=lambda i: (i["title"].rstrip(".") in repeats, i["title"], i["n"])):
        said = repeats.get(item["title"].rstrip("."), item["title"])
        words = "".join(c for c in folded(said) if c.isalnum() or c == " ")
        same[item["column"], words.strip()].append(item)
    return [group for group in same.values() if len(group) > 1]
