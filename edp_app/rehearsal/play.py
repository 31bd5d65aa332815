"""A whole workshop, played: the phones and the facilitator together, from the first stage to the report."""

import asyncio
import contextlib
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from edp_app.core.definition import Definition, GatherSettings, Stage
from edp_app.core.plan import needs
from edp_app.rehearsal.client import LiveClient, new_id
from edp_app.rehearsal.facilitator import Browser, Facilitator, Refused
from edp_app.rehearsal.habits import Dice, Pace, draw_habits
from edp_app.rehearsal.ledger import Ledger
from edp_app.rehearsal.opinions import MOODS, Mood, in_turn
from edp_app.rehearsal.paper import PaperVoter
from edp_app.rehearsal.phone import SimulatedPhone
from edp_app.rehearsal.recount_cards import cards_shown
from edp_app.rehearsal.table import AtTable
from edp_app.rehearsal.texts import REMARKS, Text, allot, for_stage, repeats

Json = dict[str, Any]
Say = Callable[[str], None]

STAGE_SECONDS = 900
PAPER_SHEETS = 2
LATE_SHEETS = 1
"""How many sheets of paper are typed in while a vote is open, and how many once it is closed."""
SKIPPED = {"nothing_divided": "nothing was divided", "nothing_passed": "nothing had passed"}
"""What a vote is refused for where there is nothing that it could be about, and how that is said."""


TABLE_EVERY = 6
"""One phone of so many is a table's …"""

SEATS_FROM = 100_000
"""… and those who share it are numbered apart from everybody who has a phone."""


@dataclass
class Played:
    """What a played workshop leaves behind for the verdict."""

    ledger: Ledger
    published: dict[str, Json] = field(default_factory=dict)
    """Run to its result, as the console showed it at the end."""
    cards: dict[str, Json] = field(default_factory=dict)
    """Stage to what its cards said, as the console showed them at the end."""
    merged: int = 0
    paper: int = 0
    cuts: int = 0
    people: int = 0
    tables: int = 0
    """Phones that several people shared."""
    stages: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    """Second rounds for which nothing was divided, and votes on what an earlier one let through, which was
    nothing."""


class Room:
    """The simulated participants of one workshop, and what they will say."""

    def __init__(
        self,
        url: str,
        code: str,
        definition: Definition,
        participants: int,
        pace: Pace,
        seed: int,
        texts: list[Text],
        *,
        remarks: Sequence[str] = REMARKS,
        headers: dict[str, str] | None = None,
        patience: float | None = STAGE_SECONDS,
        tables: bool = False,
    ) -> None:
        """``remarks``: what they say to open questions. ``patience``: for how many seconds nothing may happen
        before they give up; None: for ever. ``tables``: now and then a phone is shared by three."""
        self.ledger, self._remarks = Ledger(), remarks
        self.repeats = repeats(texts)
        self._titles = {text.id: text.title for text in texts}
        groups = [group.id for group in definition.groups]
        territories = [territory.id for territory in definition.territories]
        self._groups, self._moods = groups, dict[str, Mood]()
        self.phones = []
        for number in range(participants):
            dice = Dice(seed, number)
            secret = new_id(dice.about("secret").getrandbits)
            auth = {"role": "phone", "code": code, "secret": secret}
            client = LiveClient(url, auth, headers, patience=patience)
            habits = draw_habits(dice.about("habits"), groups, territories, number)
            self.phones.append(SimulatedPhone(client, habits, dice, pace, self.ledger, self))
        for number, phone in enumerate(self.phones):
            for place in (2, 3) if tables and number % TABLE_EVERY == TABLE_EVERY // 2 else ():
                dice = Dice(seed, SEATS_FROM * place + number)
                habits = draw_habits(dice.about("habits"), groups, territories, dice.number)
                phone.table.append(AtTable(phone, habits, dice, self, f"seat{place}"))
        self._allotted = self._allot(definition, seed, texts)
        self._moods = self._set_moods()
        self.paper = [
            PaperVoter.drawn(Dice(seed, participants + number), number, groups, territories, self.mood_of)
            for number in range(1, PAPER_SHEETS + LATE_SHEETS + 1)
        ]

    def _allot(self, definition: Definition, seed: int, texts: list[Text]) -> dict[str, list[list[Text]]]:
        wanted = [(phone.habits.group, phone.habits.items) for phone in self.phones]
        allotted = {}
        for stage in definition.stages:
            if isinstance(stage.settings, GatherSettings):
                pool = for_stage(texts, stage.id, [column.id for column in stage.settings.columns])
                chance = random.Random(f"{seed} {stage.id}")  # noqa: S311  # a rehearsal, not a secret
                allotted[stage.id] = allot(pool, wanted, chance)
        return allotted

    def _set_moods(self) -> dict[str, Mood]:
        """Of the texts that will be written, those that say something new are taken in turn."""
        moods: dict[str, Mood] = {}
        for people in self._allotted.values():
            titles = [text.title for texts in people for text in texts]
            moods |= in_turn([self.repeats.get(title, title) for title in titles])
        return moods

    def mood_of(self, title: str) -> Mood:
        """How a text is taken."""
        bare = title.rstrip(".")
        known = self._moods.get(self.repeats.get(bare, bare))
        return known or MOODS[len(title) % len(MOODS)]

    @property
    def people(self) -> int:
        """How many phones there are."""
        return len(self.phones)

    def place_of(self, group: str) -> int:
        """The place of a group among the groups."""
        return self._groups.index(group)

    def texts_for(self, number: int, stage: str) -> list[Text]:
        """What the ``number``-th person writes in a stage."""
        return self._allotted[stage][number]

    def words_of(self, links: tuple[str, ...]) -> set[str]:
        """The words of the texts with these ids."""
        return {self._titles.get(link, link) for link in links}

    def remark_of(self, number: int) -> str | None:
        """Every third person says something to an open question, until all remarks were made."""
        spoken = number % 3 == 0 and number // 3 < len(self._remarks)
        return self._remarks[number // 3] if spoken else None

    async def all_done(self, run: str, begun: int, task: "asyncio.Task[Any]") -> None:
        """Wait until everyone who is here by the ``begun``-th stage has done what they wanted in this run. A
        phone
        that fails ends it."""
        here = [phone for phone in self.phones if phone.habits.late_by <= begun]
        async with asyncio.timeout(STAGE_SECONDS):
            while not all(run in phone.done for phone in here):
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
        begun, skipped = 0, list[str]()
        for stage in definition.stages:
            run = await _opened(facilitator, stage, skipped)
            if isinstance(run, str):
                skipped.append(stage.id)
                say(f"{stage.id}: skipped, {run}")
                continue
            say(f"{stage.id}: open")
            begun += 1
            await pace.pause(chance, 5, 10)
            await _hold(facilitator, room, run, begun, everyone)
            await pace.pause(chance, 3, 6)
        await facilitator.do("end_workshop")
        await facilitator.see(lambda v: v["workshop"]["ended"])
        await everyone
        if pdf:
            say("report: asked for")
            await facilitator.report(pdf)
        return _played(facilitator, room, definition, skipped)
    finally:
        everyone.cancel()
        with contextlib.suppress(asyncio.CancelledError, Exception):
            await everyone
        await facilitator.client.close()


async def _opened(facilitator: Facilitator, stage: Stage, skipped: Sequence[str]) -> Json | str:
    """The run of a stage that is opened; or why there is nothing that it could be about."""
    try:
        return await facilitator.open(stage.id)
    except Refused as refused:
        rests_on_skipped = not needs(stage).isdisjoint(skipped)
        if refused.code == "not_revealed_yet" and rests_on_skipped:
            return "what it rests on was skipped"
        if refused.code not in SKIPPED:
            raise
        return SKIPPED[refused.code]


async def _hold(
    facilitator: Facilitator, room: Room, run: Json, begun: int, everyone: "asyncio.Task[Any]"
) -> None:
    """One run, the ``begun``-th, from its opening to its reveal."""
    if run["kind"] in ("gather", "vote"):
        await facilitator.hesitate(run)
    await room.all_done(run["run"], begun, everyone)
    run = facilitator.client.view["now"]
    if run["kind"] == "sort":
        await facilitator.sort(run, room.repeats)
    on_paper = room.paper if run["kind"] == "vote" else []
    await facilitator.type_in_paper(run, on_paper[:PAPER_SHEETS])
    await facilitator.close(run, on_paper[PAPER_SHEETS:])


def _played(facilitator: Facilitator, room: Room, definition: Definition, skipped: list[str]) -> Played:
    view = facilitator.client.view
    return Played(
        ledger=room.ledger,
        published={run: past["result"] for run, past in view["results"].items()},
        cards=cards_shown(view),
        merged=facilitator.merged,
        paper=len(facilitator.on_paper),
        cuts=sum(phone.client.cuts for phone in room.phones),
        people=view["people"]["total"],
        tables=view["people"].get("tables", 0),
        stages=[stage.id for stage in definition.stages if stage.id not in skipped],
        skipped=skipped,
    )
