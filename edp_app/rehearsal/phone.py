"""A simulated participant: joins, contributes, votes, answers, and misbehaves as people and phones do."""

import asyncio
import random
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from edp_app.rehearsal.cards import line_for, turns
from edp_app.rehearsal.client import LiveClient, new_id
from edp_app.rehearsal.habits import Dice, Habits, Pace
from edp_app.rehearsal.ledger import Ledger
from edp_app.rehearsal.opinions import Mood, Opinions, best_first, out_of_bounds
from edp_app.rehearsal.texts import Text

if TYPE_CHECKING:
    from edp_app.rehearsal.table import AtTable

Json = dict[str, Any]

PAUSE_SECONDS = 0.3
"""Between two tries of what met a paused stage, as long as the pause is not shown yet."""


class Script(Protocol):
    """What everybody will say, settled before the first of them arrives."""

    def texts_for(self, number: int, stage: str) -> list[Text]:
        """What the ``number``-th person writes in a stage."""
        ...

    def words_of(self, links: tuple[str, ...]) -> set[str]:
        """The words of the texts with these ids."""
        ...

    def remark_of(self, number: int) -> str | None:
        """What the ``number``-th person says to an open question, if anything."""
        ...

    def mood_of(self, title: str) -> Mood:
        """How a text is taken."""
        ...

    def place_of(self, group: str) -> int:
        """The place of a group among the groups."""
        ...

    @property
    def people(self) -> int:
        """How many there are."""
        ...


class SimulatedPhone:
    """One person with one phone. ``done`` holds the runs in which they have done what they wanted to.
    One that was closed before is not among them: if it opens again, they go on."""

    def __init__(
        self,
        client: LiveClient,
        habits: Habits,
        dice: "Dice",
        pace: Pace,
        ledger: Ledger,
        script: "Script",
    ) -> None:
        self.client, self.habits, self.dice = client, habits, dice
        self.pace, self.ledger, self._script = pace, ledger, script
        place = script.place_of(habits.group)
        self.opinions = Opinions(dice, place, script.mood_of, funder=habits.funder)
        self.table: list[AtTable] = []
        """Others who share this phone."""
        self.done: set[str] = set()
        self._late: set[str] = set()
        self._written: set[tuple[str, str]] = set()
        self._too_late = False

    @property
    def own(self) -> Json:
        """What the page shows as one's own."""
        return self.client.own

    @property
    def now(self) -> Json:
        found: Json = self.client.view.get("now", {})
        return found

    async def take_part(self) -> None:
        """From arriving to the end of the workshop."""
        await self.arrive()
        await self.stay()
        await self.client.close()

    async def arrive(self) -> None:
        """Connect, join, and say who one is."""
        await self._pause(0.5, 12)
        await self.client.connect()
        await self.client.until(lambda: self._stages_begun() >= self.habits.late_by or self._ended())
        await self._come_in()
        await self._describe()
        await self.client.until(lambda: self._is_in() or self._ended())

    async def _come_in(self) -> None:
        """Join. Whoever finds the door closed tries again whenever something has changed and it is open."""
        while not (await self._send({"type": "join"}))["ok"] and not self._ended():
            before = self.client.seq
            await self.client.until(lambda seen=before: self._ended() or self._is_let_in(seen))

    def _is_in(self) -> bool:
        """Where people are let in one by one, joining is asking to be."""
        return bool(self.client.own.get("joined"))

    def _is_let_in(self, seen: int) -> bool:
        return bool(self.client.seq != seen and self.client.view["workshop"]["door"])

    async def stay(self) -> None:
        """Do in every stage what is asked, until the workshop ends."""
        while not self._ended():
            run = self.now.get("run")
            if run and run not in self.done and self.now["status"] == "open":
                self._too_late = False
                await self._act()
                if not self._too_late:
                    self.done.add(run)
            elif run and run not in self._late and self.now["status"] == "closed" and self.habits.taps_late:
                self._late.add(run)
                await self._tap_after_closing()
            else:
                before = self.client.seq
                await self.client.until(lambda seen=before: self.client.seq != seen)

    async def stay_on(self) -> None:
        """:meth:`stay`, and again whenever the workshop is opened again."""
        while True:
            await self.stay()
            await self.client.until(lambda: not self._ended())

    def _ended(self) -> bool:
        return bool(self.client.view and self.client.view["workshop"]["ended"])

    def _stages_begun(self) -> int:
        agenda = self.client.view.get("agenda", [])
        return sum(stage["status"] != "waiting" for stage in agenda)

    async def _pause(self, shortest: float, longest: float) -> None:
        await self.pace.pause(self.dice.time, shortest, longest)

    async def _send(self, command: Json) -> Json:
        """One operation, with the link lost around it now and then: before, or with the answer under way."""
        op_id = new_id(self.dice.time.getrandbits)
        operation = self.ledger.open(op_id, self.client.own.get("person", ""), command)

        def note() -> None:
            operation.attempts += 1

        loses_link = self.dice.time.random() < self.habits.loses_link
        cut = asyncio.create_task(self._cut_soon()) if loses_link else None
        answer = await self._outlast(op_id, command, note)
        self.ledger.answered(operation, answer)
        self._too_late = self._too_late or operation.refused == "stage_closed"
        operation.person = operation.person or self.client.own.get("person", "")
        if cut:
            await cut
            # The same again, as a phone does that missed the answer: it must be the same answer.
            self.ledger.answered(operation, await self._outlast(op_id, command, note))
        return answer

    async def _outlast(self, op_id: str, command: Json, note: Callable[[], None]) -> Json:
        """What comes of an operation. One that meets a pause waits, and is sent again when it is over."""
        while True:
            answer = await self.client.op(op_id, command, note)
            if answer["ok"] or answer["refusal"]["code"] != "stage_paused":
                return answer
            await asyncio.sleep(PAUSE_SECONDS)  # the view may not show the pause yet
            await self.client.until(lambda: self.now.get("status") != "paused")

    async def _cut_soon(self) -> None:
        await asyncio.sleep(self.dice.time.uniform(0, 0.02))
        await self.client.cut()

    async def _describe(self) -> None:
        await self._pause(1, 6)
        command: Json = {"type": "describe", "group": self.habits.group, "funder": self.habits.funder}
        if self.habits.territory:
            command["territory"] = self.habits.territory
        await self._send(command)

    async def _act(self) -> None:
        acts = {"gather": self._gather, "vote": self._vote, "card": self._fill, "ask": self._ask}
        run = self.now
        act = acts.get(run["kind"])
        if act:
            await self._pause(3, 15)
            # Whoever is slow may find the next stage open, and says all the same what they were about to say.
            run = self.now if self.now["run"] == run["run"] else run
            await act(run)
        for one in self.table:
            await one.take_turn(run)
            self._too_late = self._too_late or one.came_too_late

    # ---- writing

    async def _gather(self, run: Json) -> None:
        chance = self.dice.about(run["stage"])
        for text in self._script.texts_for(self.dice.number, run["stage"]):
            if (run["run"], text.title) in self._written:
                continue
            await self._pause(6, 30)
            if self._too_late:
                return
            await self._write(run, text, chance)

    async def _write(self, run: Json, text: Text, chance: random.Random) -> None:
        command: Json = {"type": "add_item", "run": run["run"], "column": text.column, "title": text.title}
        known = {field["id"] for field in run["fields"]}
        if fields := {name: value for name, value in text.fields.items() if name in known}:
            command["fields"] = fields
        if text.sdgs and run["sdgs"]:
            command["sdgs"] = list(text.sdgs)
        if links := self._evidence(run, text, chance):
            command["links"] = links
        answer = await self._send(command)
        if answer["ok"]:
            self._written.add((run["run"], text.title))
        changes = chance.random() < self.habits.changes_mind / 4
        if answer["ok"] and changes:
            await self._rewrite(f"i{answer['first']}", command)

    def _evidence(self, run: Json, text: Text, chance: random.Random) -> list[str]:
        """The items that this text rests on: those it names, else now and then any. What was written for an
        idea that did not pass is for none of those that did."""
        links = run.get("links", {})
        items = links.get("items", {})
        words = self._script.words_of(text.links)
        named = [i for i, item in items.items() if item["title"] in words]
        if named or not items or (words and "passed_by" in links):
            return named
        by_title = sorted(items, key=lambda i: str(items[i]["title"]))
        return [chance.choice(by_title)] if chance.random() < 0.5 else []

    async def _rewrite(self, item: str, command: Json) -> None:
        own = self.own.get("items", {}).get(item)
        if own is None:
            return
        await self._pause(3, 8)
        again = {key: value for key, value in command.items() if key not in ("type", "column")}
        again |= {"type": "change_item", "item": item, "revision": own["revision"]}
        await self._send(again | {"title": command["title"].rstrip(".") + "."})

    # ---- cards

    async def _fill(self, run: Json) -> None:
        """Some lines of some cards. Where somebody was first, now and then something else is put."""
        if run["who"] != "everyone":
            return
        chance = self.dice.about(f"{run['run']} cards")
        for item, field in turns(run, self.dice.number, self._script.people):
            await self._pause(5, 20)
            if self._too_late:
                return
            stands = self._on_card(run, item, field)
            if not stands.get("value") or chance.random() < self.habits.changes_mind:
                await self._write_line(run, item, field, line_for(field, chance), stands.get("revision", 0))

    async def _write_line(self, run: Json, item: str, field: Json, value: str, revision: int) -> None:
        command = {"type": "fill_card", "run": run["run"], "item": item, "field": field["id"]}
        await self._send(command | {"value": value, "revision": revision})

    def _on_card(self, run: Json, item: str, field: Json) -> Json:
        """What the page shows of a line, as long as the stage is on."""
        shown = self.now if self.now.get("run") == run["run"] else run
        found: Json = shown["cards"].get(item, {}).get(field["id"], {})
        return found

    # ---- voting

    async def _vote(self, run: Json) -> None:
        if run["method"]["type"] == "dots":
            await self._vote_with_dots(run)
        else:
            await self._vote_by_sheet(run)

    async def _vote_by_sheet(self, run: Json) -> None:
        """One ballot after the other; then, now and then, second thoughts, and something that is refused."""
        chance = self.dice.about(f"{run['run']} hand")
        sheet = self.opinions.sheet(run)
        order = list(sheet)
        chance.shuffle(order)
        for item in order:
            if self._too_late:
                return
            await self._pause(2, 9)
            await self._say(run["run"], item, sheet[item])
        if order and chance.random() < self.habits.changes_mind:
            await self._think_again(run, chance.choice(order), chance)
        if self.habits.overspends and (beyond := out_of_bounds(run)):
            await self._say(run["run"], *beyond)

    async def _think_again(self, run: Json, item: str, chance: random.Random) -> None:
        """Another ballot instead of the one that was given; now and then it is taken back first."""
        await self._pause(2, 6)
        if chance.random() < 0.3:
            await self._say(run["run"], item, {})
        if other := self.opinions.sheet(run, "on second thoughts").get(item):
            await self._say(run["run"], item, other)

    async def _vote_with_dots(self, run: Json) -> None:
        method, candidates = run["method"], run["candidates"]
        columns = [c["id"] for c in run["columns"]] if method["per"] == "column" else [None]
        for column in columns:
            here = {i: item["title"] for i, item in candidates.items() if column in (None, item["column"])}
            liked = best_first({i: self.opinions.of(title) for i, title in here.items()})
            await self._spend(run["run"], liked, method, self.dice.about(f"{run['run']} {column}"))

    async def _spend(self, run: str, liked: list[str], method: Json, chance: random.Random) -> None:
        left = method["dots"]
        for item in liked:
            if left == 0 or self._too_late:
                break
            dots = min(left, method["cap"], chance.choice([1, 1, 2]))
            for tapped in range(1, dots + 1):
                await self._pause(0.8, 4)
                await self._cast(run, item, tapped)
            left -= dots
        if liked and chance.random() < self.habits.changes_mind:
            await self._move_one(run, liked)
        if len(liked) > method["dots"] and self.habits.overspends:
            await self._cast(run, liked[-1], 1)

    async def _move_one(self, run: str, liked: list[str]) -> None:
        given = self.own.get("ballots", {}).get(run, {})
        spent = [item for item in liked if given.get(item, {}).get("dots")]
        free = [item for item in liked if not given.get(item, {}).get("dots")]
        if spent and free:
            await self._pause(2, 6)
            await self._cast(run, spent[-1], given[spent[-1]]["dots"] - 1)
            await self._cast(run, free[0], 1)

    async def _cast(self, run: str, item: str, dots: int) -> Json:
        return await self._say(run, item, {"dots": dots})

    async def _say(self, run: str, item: str, said: Json) -> Json:
        """One ballot, in place of the one before; nothing said takes it back."""
        given = self.own.get("ballots", {}).get(run, {}).get(item, {})
        command = {"type": "cast_ballot", "run": run, "item": item, **said}
        return await self._send(command | {"revision": given.get("revision", 0)})

    # ---- answering

    async def _ask(self, run: Json) -> None:
        chance = self.dice.about(run["stage"])
        for question in run["questions"]:
            await self._pause(2, 7)
            if self._too_late:
                return
            if question["type"] == "scale":
                usual = 3.9 + self.dice.of_all(question["id"]).uniform(-1.2, 0.6)
                lowest = question.get("first", 1)
                highest = lowest + question["steps"] - 1
                value: int | str | None = max(lowest, min(highest, round(chance.gauss(usual, 0.9))))
            else:
                value = self._script.remark_of(self.dice.number)
            if value is not None:
                await self._answer(run["run"], question["id"], value)

    async def _answer(self, run: str, question: str, value: int | str) -> None:
        given = self.own.get("answers", {}).get(run, {}).get(question, {})
        command = {"type": "answer", "run": run, "question": question, "value": value}
        await self._send(command | {"revision": given.get("revision", 0)})

    async def _tap_after_closing(self) -> None:
        """A thumb that was slower than the facilitator: refused, and said so."""
        run = self.now
        if run["kind"] == "vote" and run["candidates"]:
            if run["method"]["type"] == "dots":
                await self._cast(run["run"], sorted(run["candidates"])[0], 1)
            elif sheet := self.opinions.sheet(run):
                await self._say(run["run"], *sorted(sheet.items())[0])
        elif run["kind"] == "gather":
            column = run["columns"][0]["id"]
            command = {"type": "add_item", "run": run["run"], "column": column, "title": "Demasiado tarde"}
            await self._send(command)
