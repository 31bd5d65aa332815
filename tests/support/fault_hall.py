"""A hall of simulated phones on a server that fails, and the account of what they sent."""

import asyncio
import contextlib
import json
import random
import sys
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from edp_app.core.definition import AskSettings, Definition, DotsMethod, GatherSettings, Stage, VoteSettings
from edp_app.core.parts import Column, Field, Group, Question
from edp_app.log import store
from edp_app.rehearsal.client import LiveClient
from edp_app.rehearsal.ledger import Ledger
from edp_app.rehearsal.recount import Row, judge
from tests.support.fault_server import FaultServer

Json = dict[str, Any]

GROUPS = ("government", "business", "academia")
MOST_ITEMS = 12


FIELD_LENGTH = 2000


def busy(fields: int = 0) -> Definition:
    """Writing, voting and answering with so much to spend that nobody ever comes to the end of it. With
    ``fields``, items have so many long texts beside their titles."""
    more = [Field(f"f{n}", {"en": f"Field {n}"}, FIELD_LENGTH) for n in range(fields)]
    return Definition(
        title="A hall with a bad line",
        language="en",
        privacy="open",
        groups=[Group(g, {"en": g.title()}) for g in GROUPS],
        stages=[
            Stage(
                "swot",
                {"en": "SWOT"},
                25,
                GatherSettings(columns=[Column(c, {"en": c}) for c in "st"], fields=more, per_person=100),
            ),
            Stage(
                "weigh",
                {"en": "Weigh"},
                10,
                VoteSettings("swot", DotsMethod(100, "stage", 100), "balanced", 2),
            ),
            Stage("last", {"en": "Last"}, 5, AskSettings([Question("useful", {"en": "Useful?"})])),
        ],
    )


def limited(seconds: float, work: Coroutine[Any, Any, Any]) -> Any:
    """Run a coroutine in a loop of its own, for so long at most; then fail with what everybody waited for."""

    async def run() -> Any:
        task = asyncio.ensure_future(work)
        if not (await asyncio.wait({task}, timeout=seconds))[0]:
            for waiting in asyncio.all_tasks() - {asyncio.current_task()}:
                if "/tests/" in (code := waiting.get_coro().cr_code).co_filename:  # type: ignore[union-attr]
                    waiting.print_stack(limit=4)
                    sys.stderr.write(f"in {code.co_qualname}\n")
            task.cancel()
        return await task

    return asyncio.run(run())


@dataclass
class Account:
    """What became of everything that was sent."""

    operations: int = 0
    resent: int = 0
    lost: list[str] = field(default_factory=list)
    """Acknowledged and not in the log as acknowledged, or never answered."""
    double: list[str] = field(default_factory=list)
    """In the log more than once."""
    other: list[str] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        return not (self.lost or self.double or self.other)


class Hall:
    """One workshop, its facilitator, its phones, and the ledger of what the phones sent."""

    def __init__(self, server: FaultServer, login: str = "ana", definition: Definition | None = None) -> None:
        self.server = server
        self.ledger = Ledger()
        self.news = asyncio.Event()
        """Set whenever a phone got an answer."""
        self.put_off = 0
        """How often a phone was told to try again."""
        owner = server.database.read(store.account_by_login, login)
        assert owner is not None
        self.id, self.code = server.workshop(definition or busy(), owner.id)
        self.cookie = server.sign_in(login)
        self.console = self.facilitator()
        self.phones: list[Phone] = []
        self._commands = 0

    def facilitator(self) -> LiveClient:
        """One more console."""
        auth = {"role": "console", "code": self.code}
        return LiveClient(self.server.url, auth, {"Cookie": self.cookie})

    def stranger(self, number: int = 0) -> LiveClient:
        """A phone that has not joined."""
        secret = f"stranger-{number:05d}-{'x' * 30}"
        return LiveClient(self.server.url, {"role": "phone", "code": self.code, "secret": secret})

    async def fill(self, count: int, url: str = "") -> None:
        """So many people join, each with a group."""
        start = len(self.phones)
        self.phones += [Phone(self, start + n, url) for n in range(count)]
        await asyncio.gather(*(phone.come_in() for phone in self.phones[start:]))

    async def do(self, type_: str, **fields: Any) -> Json:
        """A command of the facilitator's, which has to be accepted."""
        self._commands += 1
        answer = await self.console.op(f"console-{self._commands:06d}", {"type": type_, **fields})
        assert answer["ok"], answer
        return answer

    async def open(self, stage: str) -> str:
        """Open a stage; its run, once every phone sees it."""
        await self.do("open_stage", stage=stage)

        def seen(page: LiveClient) -> bool:
            now = page.view.get("now", {})
            return now.get("stage") == stage and now["status"] == "open"

        await self.everybody(seen)
        run: str = self.console.view["now"]["run"]
        return run

    async def everybody(self, condition: Callable[[LiveClient], bool]) -> None:
        """Wait until this is so for every page."""
        pages = [self.console, *(phone.client for phone in self.phones)]
        await asyncio.gather(*(page.until(lambda page=page: condition(page)) for page in pages))

    def answered(self) -> int:
        """How many operations of the phones were answered."""
        return sum(operation.answer is not None for operation in self.ledger.operations.values())

    async def until_answered(self, count: int) -> None:
        """Wait until so many more operations were answered than now."""
        target = self.answered() + count
        await self.until(lambda: self.answered() >= target)

    async def until_put_off(self, count: int) -> None:
        """Wait until phones were told so many more times to try again."""
        target = self.put_off + count
        await self.until(lambda: self.put_off >= target)

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until something that the phones were answered makes this true."""
        while not condition():
            self.news.clear()
            await self.news.wait()

    @contextlib.asynccontextmanager
    async def everybody_acts(self) -> AsyncIterator[None]:
        """Within the block every phone goes on acting, whatever happens to the line; at its end each waits
        for its last answer. If one fails, so does the block."""
        stop = asyncio.Event()
        async with asyncio.TaskGroup() as acting:
            for phone in self.phones:
                acting.create_task(phone.act_until(stop))
            yield
            stop.set()

    async def leave(self) -> None:
        """Everybody goes."""
        await asyncio.gather(*(close(page) for page in [self.console, *(p.client for p in self.phones)]))

    def log(self) -> list[Row]:
        """The stored events."""
        rows = self.server.database.read(store.events_after, self.id)
        return [Row(r.seq, r.kind, r.actor, r.op_id, json.loads(r.payload), r.digest) for r in rows]

    def account(self) -> Account:
        """Hold what was sent against the log."""
        found: dict[tuple[str, str], list[int]] = defaultdict(list)
        for row in self.log():
            found[row.actor, row.op_id].append(row.seq)
        account = Account()
        for operation in self.ledger.operations.values():
            account.operations += 1
            account.resent += operation.attempts > 1
            seqs = found.pop((operation.person, operation.op_id), [])
            answer = operation.answer
            name = f"{operation.command} {operation.op_id}: answered {answer}, stored at {seqs}"
            if answer is None:
                account.lost.append(name)
                continue
            if "contradicted_by" in answer:
                account.other.append(name)
            first, last = (answer["first"], answer["last"]) if answer["ok"] else (0, 0)
            due = list(range(first, last + 1)) if first else []
            if len(seqs) > len(due):
                account.double.append(name)
            elif seqs != due:
                account.lost.append(name)
        strange = [key for key in found if key[0].startswith("p:")]
        account.other += [f"nobody sent {key}" for key in strange]
        verified = self.server.database.read(store.verify, self.id)
        account.other += [] if verified.ok else [str(verified)]
        return account

    def recounted(self) -> list[str]:
        """Count the whole log anew and compare it with what was sent and what the console shows."""
        published = {run: past["result"] for run, past in self.console.view["results"].items()}
        return judge(self.ledger, self.log(), published).problems


class Client(LiveClient):
    """A phone's connection that tells the hall what it went through."""

    def __init__(self, url: str, auth: Json, hall: Hall) -> None:
        super().__init__(url, auth)
        self._hall = hall
        self.opened: list[float] = []
        """When it got through to the server, by the monotonic clock."""

    async def _open(self) -> None:
        await super()._open()
        self.opened.append(time.monotonic())
        self._hall.news.set()

    async def _tell(self) -> None:
        await super()._tell()
        self._hall.news.set()

    async def _call(self, message: str, body: Json) -> Json:
        answer = await super()._call(message, body)
        if answer.get("refusal", {}).get("code") == "try_again":
            self._hall.put_off += 1
            self._hall.news.set()
        return answer


class Phone:
    """One person who does whatever the open stage asks for, as fast as the answers come."""

    def __init__(self, hall: Hall, number: int, url: str = "") -> None:
        self.hall, self.number = hall, number
        self.secret = f"phone-{number:05d}-{'s' * 30}"
        auth = {"role": "phone", "code": hall.code, "secret": self.secret}
        self.client = Client(url or hall.server.url, auth, hall)
        self.chance = random.Random(f"phone {number}")
        self.sent = 0

    @property
    def person(self) -> str:
        found: str = self.client.own["person"]
        return found

    async def come_in(self) -> None:
        """Connect, join, say which group."""
        await self.client.connect()
        await self.must({"type": "join"})
        await self.must({"type": "describe", "group": GROUPS[self.number % len(GROUPS)]})

    async def send(self, command: Json) -> Json:
        """One operation, under one id, until it is answered."""
        self.sent += 1
        op_id = f"n{self.number:04d}-{self.sent:06d}"
        operation = self.hall.ledger.open(op_id, self.person, command)
        return await self._ask(operation)

    async def again(self, op_id: str) -> Json:
        """Send an operation once more that was answered long ago."""
        return await self._ask(self.hall.ledger.operations[op_id])

    async def _ask(self, operation: Any) -> Json:
        def note() -> None:
            operation.attempts += 1

        answer = await self.client.op(operation.op_id, operation.command, note)
        self.hall.ledger.answered(operation, answer)
        self.hall.news.set()
        return answer

    async def must(self, command: Json) -> Json:
        """An operation that has to be accepted."""
        answer = await self.send(command)
        assert answer["ok"], (command, answer)
        return answer

    def next(self) -> Json:
        """What this person does next in the stage that is open."""
        now, own = self.client.view["now"], self.client.own
        command: Json = {"run": now["run"]}
        if now["kind"] == "gather":
            mine = [i for i, item in own["items"].items() if item["run"] == now["run"]]
            title = f"Text {self.number} {self.sent}"
            if len(mine) < MOST_ITEMS:
                return command | {"type": "add_item", "column": self.chance.choice("st"), "title": title}
            item = self.chance.choice(mine)
            return command | {
                "type": "change_item",
                "item": item,
                "revision": own["items"][item]["revision"],
                "title": title,
            }
        if now["kind"] == "vote":
            item = self.chance.choice(list(now["candidates"])[:20])
            ballot = own["ballots"].get(now["run"], {}).get(item, {"dots": 0, "revision": 0})
            dots = ballot["dots"] % 2 + 1
            return command | {
                "type": "cast_ballot",
                "item": item,
                "dots": dots,
                "revision": ballot["revision"],
            }
        before = own["answers"].get(now["run"], {}).get("useful", {"value": 0, "revision": 0})
        value = before["value"] % 5 + 1
        return command | {
            "type": "answer",
            "question": "useful",
            "value": value,
            "revision": before["revision"],
        }

    async def act_until(self, stop: asyncio.Event) -> None:
        """Go on until ``stop``, whatever happens to the line."""
        while not stop.is_set():
            await self.send(self.next())


async def close(client: LiveClient) -> None:
    """End a connection with all that its library leaves open."""
    socket = client._socket
    await client.close()
    if socket is not None and socket.eio.http is not None:
        await socket.eio.http.close()
