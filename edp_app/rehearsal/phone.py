"""A simulated participant: joins, contributes, votes, answers, and misbehaves as people and phones do."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from edp_app.rehearsal.client import LiveClient, new_id
from edp_app.rehearsal.ledger import Ledger
from edp_app.rehearsal.texts import Pool, Text

Json = dict[str, Any]


@dataclass(frozen=True)
class Pace:
    """How fast people are. ``speed`` divides every pause; 0 means none at all."""

    speed: float

    async def pause(self, chance: random.Random, shortest: float, longest: float) -> None:
        """Wait as long as a person would for this, divided by the speed."""
        seconds = chance.uniform(shortest, longest)
        await asyncio.sleep(seconds / self.speed if self.speed else 0)


@dataclass(frozen=True)
class Habits:
    """How somebody behaves, drawn once from the seed."""

    group: str
    territory: str | None
    funder: bool
    late_by: int
    """How many stages have passed when they arrive."""
    items: int
    loses_link: float
    changes_mind: float
    taps_late: bool
    overspends: bool


def draw_habits(chance: random.Random, groups: list[str], territories: list[str], number: int) -> Habits:
    """The habits of the ``number``-th person. Groups are of unequal size, as they are in every room."""
    weights = [9, 6, 5, 3, 2, 1, 1, 1, 1, 1, 1, 1][: len(groups)]
    group = groups[number % len(groups)] if number < len(groups) else chance.choices(groups, weights)[0]
    return Habits(
        group=group,
        territory=chance.choice(territories) if territories else None,
        funder=chance.random() < 0.08,
        late_by=chance.choices([0, 1, 2, 3], [80, 10, 6, 4])[0],
        items=chance.choices([1, 2, 3], [45, 40, 15])[0],
        loses_link=chance.choice([0.0, 0.0, 0.02, 0.1]),
        changes_mind=chance.choice([0.05, 0.2, 0.4]),
        taps_late=chance.random() < 0.2,
        overspends=chance.random() < 0.15,
    )


class SimulatedPhone:
    """One person with one phone. ``done`` holds the runs in which they have done what they wanted to."""

    def __init__(
        self,
        client: LiveClient,
        habits: Habits,
        chance: random.Random,
        pace: Pace,
        ledger: Ledger,
        pool_of: Callable[[Json], Pool],
        titles: dict[str, str],
        remark: Callable[[], str | None],
    ) -> None:
        """``pool_of`` gives what can be written in a run; ``titles`` are the words of each text's id;
        ``remark``
        gives what somebody says to an open question, or None if they say nothing."""
        self.client, self.habits, self.pace, self.ledger = client, habits, pace, ledger
        self.chance, self._pool_of, self._titles, self._remark = chance, pool_of, titles, remark
        self.done: set[str] = set()
        self.waiting = True
        """They have not come in yet."""
        self._late: set[str] = set()

    @property
    def now(self) -> Json:
        found: Json = self.client.view.get("now", {})
        return found

    async def take_part(self) -> None:
        """From arriving to the end of the workshop."""
        await self.pace.pause(self.chance, 0.5, 12)
        await self.client.connect()
        await self.client.until(lambda: self._stages_begun() >= self.habits.late_by or self._ended())
        self.waiting = False
        await self._send({"type": "join"})
        await self._describe()
        while not self._ended():
            run = self.now.get("run")
            if run and run not in self.done and self.now["status"] == "open":
                await self._act()
                self.done.add(run)
            elif run and run not in self._late and self.now["status"] == "closed" and self.habits.taps_late:
                self._late.add(run)
                await self._tap_after_closing()
            else:
                before = self.client.seq
                await self.client.until(lambda seen=before: self.client.seq != seen)
        await self.client.close()

    def _ended(self) -> bool:
        return bool(self.client.view and self.client.view["workshop"]["ended"])

    def _stages_begun(self) -> int:
        agenda = self.client.view.get("agenda", [])
        return sum(stage["status"] != "waiting" for stage in agenda)

    async def _send(self, command: Json) -> Json:
        """One operation, with the link lost around it now and then: before, or with the answer under way."""
        op_id = new_id(self.chance.getrandbits)
        operation = self.ledger.open(op_id, self.client.own.get("person", ""), command)

        def note() -> None:
            operation.attempts += 1

        cut = asyncio.create_task(self._cut_soon()) if self.chance.random() < self.habits.loses_link else None
        answer = await self.client.op(op_id, command, note)
        self.ledger.answered(operation, answer)
        if operation.refused == "stage_paused":
            # As a person does: wait until it goes on, then the same again, which is a new operation.
            await self.client.until(lambda: self.now.get("status") != "paused")
            return await self._send(command)
        operation.person = operation.person or self.client.own.get("person", "")
        if cut:
            await cut
            # The same again, as a phone does that missed the answer: it must be the same answer.
            self.ledger.answered(operation, await self.client.op(op_id, command, note))
        return answer

    async def _cut_soon(self) -> None:
        await asyncio.sleep(self.chance.uniform(0, 0.02))
        await self.client.cut()

    async def _describe(self) -> None:
        await self.pace.pause(self.chance, 1, 6)
        command: Json = {"type": "describe", "group": self.habits.group, "funder": self.habits.funder}
        if self.habits.territory:
            command["territory"] = self.habits.territory
        await self._send(command)

    async def _act(self) -> None:
        acts = {"gather": self._gather, "vote": self._vote, "ask": self._ask}
        act = acts.get(self.now["kind"])
        if act:
            await self.pace.pause(self.chance, 3, 15)
            await act(self.now)

    # ---- writing

    async def _gather(self, run: Json) -> None:
        pool = self._pool_of(run)
        for _ in range(self.habits.items):
            text = pool.take(self.habits.group)
            if text is None:
                text = pool.again() if self.chance.random() < 0.15 else None
            if text is None:
                return
            await self.pace.pause(self.chance, 6, 30)
            await self._write(run, text)

    async def _write(self, run: Json, text: Text) -> None:
        command: Json = {"type": "add_item", "run": run["run"], "column": text.column, "title": text.title}
        known = {field["id"] for field in run["fields"]}
        if fields := {name: value for name, value in text.fields.items() if name in known}:
            command["fields"] = fields
        if text.sdgs and run["sdgs"]:
            command["sdgs"] = list(text.sdgs)
        if links := self._evidence(run, text):
            command["links"] = links
        answer = await self._send(command)
        if answer["ok"] and self.chance.random() < self.habits.changes_mind / 4:
            await self._rewrite(f"i{answer['first']}", command)

    def _evidence(self, run: Json, text: Text) -> list[str]:
        """The items that this text rests on: those it names, else now and then any."""
        items = run.get("links", {}).get("items", {})
        words = {self._titles.get(link, link) for link in text.links}
        named = [i for i, item in items.items() if item["title"] in words]
        if named or not items:
            return named
        return [self.chance.choice(sorted(items))] if self.chance.random() < 0.5 else []

    async def _rewrite(self, item: str, command: Json) -> None:
        own = self.client.own.get("items", {}).get(item)
        if own is None:
            return
        await self.pace.pause(self.chance, 3, 8)
        again = {key: value for key, value in command.items() if key not in ("type", "column")}
        again |= {"type": "change_item", "item": item, "revision": own["revision"]}
        await self._send(again | {"title": command["title"].rstrip(".") + "."})

    # ---- voting

    def _liking(self, item: str) -> float:
        """How much this person likes an item: half of it is shared with their group, so that groups
        differ.
        """
        shared = random.Random(f"{self.habits.group} {item}").random()  # noqa: S311  # a taste, not a secret
        return shared * 0.6 + self.chance.random() * 0.4

    async def _vote(self, run: Json) -> None:
        method, candidates = run["method"], run["candidates"]
        if method["type"] != "dots":
            return
        columns = [c["id"] for c in run["columns"]] if method["per"] == "column" else [None]
        for column in columns:
            here = [i for i, item in candidates.items() if column in (None, item["column"])]
            liked = sorted(here, key=self._liking, reverse=True)
            await self._spend(run["run"], liked, method)

    async def _spend(self, run: str, liked: list[str], method: Json) -> None:
        left = method["dots"]
        for item in liked:
            if left == 0:
                break
            dots = min(left, method["cap"], self.chance.choice([1, 1, 2]))
            for tapped in range(1, dots + 1):
                await self.pace.pause(self.chance, 0.8, 4)
                await self._cast(run, item, tapped)
            left -= dots
        if liked and self.chance.random() < self.habits.changes_mind:
            await self._move_one(run, liked)
        if len(liked) > method["dots"] and self.habits.overspends:
            await self._cast(run, liked[-1], 1)

    async def _move_one(self, run: str, liked: list[str]) -> None:
        given = self.client.own.get("ballots", {}).get(run, {})
        spent = [item for item in liked if given.get(item, {}).get("dots")]
        free = [item for item in liked if not given.get(item, {}).get("dots")]
        if spent and free:
            await self.pace.pause(self.chance, 2, 6)
            await self._cast(run, spent[-1], given[spent[-1]]["dots"] - 1)
            await self._cast(run, free[0], 1)

    async def _cast(self, run: str, item: str, dots: int) -> Json:
        given = self.client.own.get("ballots", {}).get(run, {}).get(item, {})
        command = {"type": "cast_ballot", "run": run, "item": item, "dots": dots}
        return await self._send(command | {"revision": given.get("revision", 0)})

    # ---- answering

    async def _ask(self, run: Json) -> None:
        for question in run["questions"]:
            await self.pace.pause(self.chance, 2, 7)
            if question["type"] == "scale":
                value: int | str = max(1, min(question["steps"], round(self.chance.gauss(3.9, 0.9))))
            elif (remark := self._remark()) is not None:
                value = remark
            else:
                continue
            await self._answer(run["run"], question["id"], value)

    async def _answer(self, run: str, question: str, value: int | str) -> None:
        given = self.client.own.get("answers", {}).get(run, {}).get(question, {})
        command = {"type": "answer", "run": run, "question": question, "value": value}
        await self._send(command | {"revision": given.get("revision", 0)})

    async def _tap_after_closing(self) -> None:
        """A thumb that was slower than the facilitator: refused, and said so."""
        run = self.now
        if run["kind"] == "vote" and run["candidates"]:
            await self._cast(run["run"], sorted(run["candidates"])[0], 1)
        elif run["kind"] == "gather":
            column = run["columns"][0]["id"]
            command = {"type": "add_item", "run": run["run"], "column": column, "title": "Demasiado tarde"}
            await self._send(command)
