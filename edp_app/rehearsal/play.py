"""A whole workshop, played: the phones and the facilitator together, from the first stage to the report."""

import asyncio
import contextlib
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from edp_app.core.definition import Definition
from edp_app.rehearsal.client import LiveClient, new_id
from edp_app.rehearsal.facilitator import Browser, Facilitator
from edp_app.rehearsal.ledger import Ledger
from edp_app.rehearsal.phone import Pace, SimulatedPhone, draw_habits
from edp_app.rehearsal.texts import REMARKS, Pool, Text, for_stage, repeats

Json = dict[str, Any]
Say = Callable[[str], None]

STAGE_SECONDS = 900
PAPER_SHEETS = 3


@dataclass
class Played:
    """What a played workshop leaves behind for the verdict."""

    ledger: Ledger
    published: dict[str, Json] = field(default_factory=dict)
    """Run to its dots result, as the console showed it at the end."""
    merged: int = 0
    paper: int = 0
    cuts: int = 0
    people: int = 0
    stages: list[str] = field(default_factory=list)


class Room:
    """The simulated participants of one workshop."""

    def __init__(
        self,
        url: str,
        code: str,
        definition: Definition,
        participants: int,
        pace: Pace,
        seed: int,
        texts: list[Text],
    ) -> None:
        self.ledger = Ledger()
        self._texts = texts
        self.repeats = repeats(texts)
        self._pools: dict[str, Pool] = {}
        self._seed = seed
        self._remarks = iter(REMARKS)
        groups = [group.id for group in definition.groups]
        territories = [territory.id for territory in definition.territories]
        titles = {text.id: text.title for text in texts}
        self.phones = []
        for number in range(participants):
            chance = random.Random(f"{seed} phone {number}")  # noqa: S311  # a rehearsal, not a secret
            client = LiveClient(url, {"role": "phone", "code": code, "secret": new_id(chance.getrandbits)})
            habits = draw_habits(chance, groups, territories, number)
            self.phones.append(
                SimulatedPhone(client, habits, chance, pace, self.ledger, self._pool, titles, self._remark)
            )

    def _pool(self, run: Json) -> Pool:
        """One pool for all phones and all runs of a stage."""
        stage = run["stage"]
        if stage not in self._pools:
            columns = [column["id"] for column in run["columns"]]
            chance = random.Random(f"{self._seed} {stage}")  # noqa: S311  # a rehearsal, not a secret
            self._pools[stage] = Pool(for_stage(self._texts, stage, columns), chance)
        return self._pools[stage]

    def _remark(self) -> str | None:
        """The next remark for whoever happens to answer, until all were said."""
        return next(self._remarks, None)

    async def all_done(self, run: str, task: "asyncio.Task[Any]") -> None:
        """Wait until everyone who is here has done what they wanted in this run. A phone that fails ends
        it.
        """
        async with asyncio.timeout(STAGE_SECONDS):
            while not all(run in phone.done or phone.waiting for phone in self.phones):
                if task.done():
                    task.result()
                    break
                await asyncio.sleep(0.02)

    async def take_part(self) -> None:
        """Everyone, until the workshop has ended. The first failure ends all of them."""
        async with asyncio.TaskGroup() as group:
            for phone in self.phones:
                group.create_task(phone.take_part())


async def play(
    browser: Browser,
    code: str,
    definition: Definition,
    room: Room,
    pace: Pace,
    seed: int,
    say: Say,
    pdf: Path | None,
) -> Played:
    """Play every stage of the definition in order. Raises whatever a facilitator would have stopped at."""
    chance = random.Random(f"{seed} facilitator")  # noqa: S311  # a rehearsal, not a secret
    facilitator = Facilitator(browser, code, chance)
    await facilitator.client.connect()
    everyone = asyncio.create_task(room.take_part())
    try:
        first_paper = True
        for stage in definition.stages:
            run = await facilitator.open(stage.id)
            say(f"{stage.id}: open")
            if run["kind"] in ("gather", "vote"):
                await facilitator.hesitate(run)
            await pace.pause(chance, 5, 10)
            await room.all_done(run["run"], everyone)
            run = facilitator.client.view["now"]
            if run["kind"] == "sort":
                await facilitator.sort(run, room.repeats)
            if run["kind"] == "vote" and first_paper:
                first_paper = False
                await facilitator.type_in_paper(run, PAPER_SHEETS)
            await facilitator.close(run)
            await pace.pause(chance, 3, 6)
        await facilitator.do("end_workshop")
        await facilitator.see(lambda v: v["workshop"]["ended"])
        await everyone
        if pdf:
            say("report: asked for")
            await facilitator.report(pdf)
        return _played(facilitator, room, definition)
    finally:
        everyone.cancel()
        with contextlib.suppress(asyncio.CancelledError, Exception):
            await everyone
        await facilitator.client.close()


def _played(facilitator: Facilitator, room: Room, definition: Definition) -> Played:
    view = facilitator.client.view
    results = {run: past["result"] for run, past in view["results"].items() if past["kind"] == "vote"}
    return Played(
        ledger=room.ledger,
        published={run: result for run, result in results.items() if result.get("method") == "dots"},
        merged=facilitator.merged,
        paper=facilitator.paper,
        cuts=sum(phone.client.cuts for phone in room.phones),
        people=view["people"]["total"],
        stages=[stage.id for stage in definition.stages],
    )
